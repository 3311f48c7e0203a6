"""Addresses, invoices and number plates, as the person hands them out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from supporting import failure, supporting

import taropy
from taropy.phone import Phone

FUNCTIONS = ["chooseAddress", "chooseInvoiceTitle", "chooseInvoice", "chooseLicensePlate"]


@supporting("chooseAddress")
def test_the_person_hands_out_an_address_or_goes_back(t: Any) -> None:
    t.phone.forms.fill("address", userName="李雷", telNumber="13800000000")
    res = t.chooseAddress().result()
    assert (res.errMsg, res.userName, res.telNumber) == ("chooseAddress:ok", "李雷", "13800000000")
    assert (res.provinceName, res.cityName, res.countyName) == ("广东省", "广州市", "海珠区")
    t.phone.forms.hand_out(userName="韩梅梅", cityName="深圳市")
    res = t.chooseAddress().result()
    assert (res.userName, res.cityName, res.telNumber) == ("韩梅梅", "深圳市", "13800000000")
    assert t.phone.forms["address"]["userName"] == "李雷"
    t.phone.forms.cancel()
    assert failure(t.chooseAddress()) == "chooseAddress:fail cancel"


@supporting("chooseInvoiceTitle")
def test_an_invoice_is_made_out_to_a_company_or_a_person(t: Any) -> None:
    assert t.chooseInvoiceTitle({}).result().type == "0"
    t.phone.forms.fill("invoice_title", type="1", title="李雷", taxNumber="")
    res = t.chooseInvoiceTitle({}).result()
    assert (res.type, res.title, res.taxNumber) == ("1", "李雷", "")


def test_an_invoice_is_a_list_in_json() -> None:
    with taropy.create("weapp") as t:
        t.phone.forms.fill("invoice", card_id="c1", encrypt_code="e1", app_id="wx1")
        invoices = json.loads(t.chooseInvoice().result().invoiceInfo)
        assert invoices == [{"card_id": "c1", "encrypt_code": "e1", "app_id": "wx1"}]


def test_a_number_plate() -> None:
    with taropy.create("weapp") as t:
        t.phone.forms.fill("license_plate", plateNumber="京A12345")
        assert t.chooseLicensePlate().result().plateNumber == "京A12345"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_wechat_asks_for_no_permission_and_the_person_may_go_back(function: str) -> None:
    with taropy.create("weapp") as t:
        t.phone.permissions.deny("scope.address")
        assert getattr(t, function)().result().errMsg == f"{function}:ok"
        t.phone.forms.cancel()
        assert failure(getattr(t, function)()) == f"{function}:fail cancel"
        assert {question.kind for question in t.phone.person.asked} == {"form"}


@pytest.mark.parametrize(
    ("platform", "function", "scope"),
    [
        ("tt", "chooseAddress", "scope.address"),
        ("swan", "chooseAddress", "scope.address"),
        ("swan", "chooseInvoiceTitle", "scope.invoiceTitle"),
    ],
)
def test_others_ask_and_remember_a_no(platform: str, function: str, scope: str) -> None:
    with taropy.create(platform) as t:
        t.phone.person.script("authorize", allow=False)
        for _ in range(2):
            assert "den" in failure(getattr(t, function)())
        assert [question.shown.get("scope") for question in t.phone.person.asked] == [scope]


@pytest.mark.parametrize(
    ("form", "fields", "expected"),
    [
        ("adress", {}, "no form 'adress'; did you mean 'address'"),
        ("address", {"username": "a"}, "no field of address 'username'; did you mean 'userName'"),
        ("address", {"userName": 5}, "the field userName of address is text, not 5"),
    ],
)
def test_a_form_that_there_is_not_is_a_mistake_that_is_named(form: str, fields: Any, expected: str) -> None:
    forms = Phone().forms
    with pytest.raises((ValueError, TypeError), match=expected):
        forms.fill(form, **fields)
    assert forms["address"]["userName"] == "张三"


def test_a_phone_with_a_folder_keeps_its_forms_and_a_snapshot_brings_them_back(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.forms.fill("address", userName="李雷")
        state = phone.forms.snapshot()
        phone.forms.fill("address", userName="韩梅梅")
        phone.forms.restore(state)
    with Phone(tmp_path) as phone:
        assert phone.forms["address"]["userName"] == "李雷"
    assert Phone().forms["address"]["userName"] == "张三"


def test_a_form_that_is_filled_in_wrongly_stays_as_it_was() -> None:
    phone = Phone()
    before = phone.forms["address"]
    with pytest.raises(TypeError, match="cityName"):
        phone.forms.fill("address", userName="李雷", cityName=5)  # type: ignore[arg-type]
    assert phone.forms["address"] == before
