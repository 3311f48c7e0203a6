"""Host card emulation: a program that plays a card, and a reader that talks to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import taropy
from taropy.phone import Phone

AID = "F222222222"
SELECT = bytes.fromhex("00a4040005f22222222200")
OK = b"\x90\x00"


@pytest.fixture
def weapp() -> Iterator[Any]:
    with taropy.create("weapp", phone=Phone(device="Pixel 8")) as runtime:
        yield runtime


@pytest.fixture
def card(weapp: Any) -> list[Any]:
    """A program that plays a card, which answers each command with the command and `90 00`; what it has heard."""
    heard: list[Any] = []

    def answer(told: Any) -> None:
        heard.append(told)
        if told.messageType == 1:
            weapp.sendHCEMessage(data=bytes(told.data) + OK)

    assert weapp.startHCE(aid_list=[AID]).result().errCode == 0
    weapp.onHCEMessage(answer)
    return heard


def number(promise: Any) -> int:
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    return caught.value.errCode


def test_a_reader_chooses_the_card_and_is_answered(weapp: Any, card: list[Any]) -> None:
    hce = weapp.phone.hce
    hce.select(AID.lower())
    hce.send(b"\x00\xb0\x00\x00\x10")
    assert [bytes(told.data) for told in card] == [SELECT, b"\x00\xb0\x00\x00\x10"]
    assert hce.answers == [SELECT + OK, b"\x00\xb0\x00\x00\x10" + OK]


def test_a_card_that_nobody_plays_is_not_there(weapp: Any, card: list[Any]) -> None:
    weapp.phone.hce.select("F333333333")
    assert (weapp.phone.hce.answers, card) == ([b"\x6a\x82"], [])


def test_the_program_hears_that_the_reader_has_gone(weapp: Any, card: list[Any]) -> None:
    weapp.phone.hce.select(AID)
    weapp.phone.hce.leave()
    weapp.phone.hce.leave()
    assert [(told.messageType, told.get("reason")) for told in card] == [(1, None), (2, 0)]


def test_after_the_end_there_is_no_card(weapp: Any, card: list[Any]) -> None:
    weapp.phone.hce.select(AID)
    weapp.stopHCE().result()
    weapp.phone.hce.send(b"\x00")
    weapp.phone.hce.select(AID)
    assert weapp.phone.hce.answers[1:] == [b"\x6a\x82"] * 2


def test_one_listener_hears(weapp: Any, card: list[Any]) -> None:
    heard: list[Any] = []
    weapp.onHCEMessage(heard.append)
    weapp.phone.hce.select(AID)
    weapp.offHCEMessage()
    weapp.phone.hce.select(AID)
    assert (len(card), len(heard)) == (0, 1)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda phone: setattr(phone.nfc, "supported", False), 13000),
        (lambda phone: setattr(phone.nfc, "enabled", False), 13001),
        (lambda phone: setattr(phone.hce, "supported", False), 13002),
    ],
)
def test_a_phone_may_not_be_able_to(weapp: Any, make: Any, told: int) -> None:
    assert weapp.getHCEState().result().errCode == 0
    make(weapp.phone)
    assert number(weapp.getHCEState()) == told
    assert number(weapp.startHCE(aid_list=[AID])) == told
    weapp.phone.hce.select(AID)
    assert weapp.phone.hce.answers == [b"\x6a\x82"]


def test_an_iphone_is_not() -> None:
    with taropy.create("weapp", phone=Phone(device="iPhone 15 Pro")) as t:
        assert number(t.getHCEState()) == 13002


@pytest.mark.parametrize("ids", [[], ["F2"], ["F22222222"], ["tea and cake"], ["F2" * 17]])
def test_an_id_has_5_to_16_bytes(weapp: Any, ids: list[str]) -> None:
    assert number(weapp.startHCE(aid_list=ids)) == 13003
    for each in ids:
        with pytest.raises(ValueError, match="5 to 16 bytes"):
            weapp.phone.hce.select(each)


def test_the_vendors_app_has_to_be_the_one_that_pays(weapp: Any) -> None:
    weapp.phone.hce.default_payment = False
    assert number(weapp.startHCE(aid_list=[AID])) == 13004


def test_an_answer_is_data_and_somebody_has_asked(weapp: Any) -> None:
    weapp.startHCE(aid_list=[AID]).result()
    assert number(weapp.sendHCEMessage(data=OK)) == 13010
    assert number(weapp.sendHCEMessage(data=b"")) == 13005


def test_a_card_ends_with_its_program() -> None:
    phone = Phone(device="Pixel 8")
    with taropy.create("weapp", phone=phone) as t:
        t.startHCE(aid_list=[AID]).result()
        with taropy.create("weapp", phone=phone) as other:
            other.getHCEState().result()
        assert repr(phone.hce) == "<Hce F222222222>"
    assert repr(phone.hce) == "<Hce no card>"


def test_a_snapshot_has_the_card(weapp: Any, card: list[Any]) -> None:
    taken = weapp.phone.snapshot()
    weapp.stopHCE().result()
    weapp.phone.restore(taken)
    weapp.phone.hce.select(AID)
    assert weapp.phone.hce.answers == [SELECT + OK]
    assert repr(weapp.phone.hce) == "<Hce F222222222>"
