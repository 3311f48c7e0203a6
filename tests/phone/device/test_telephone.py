"""Calls, text messages and the address book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from natively import call
from supporting import failure, supporting

import taropy
from taropy.phone import Contact, Message, Phone

# --- calls and messages --------------------------------------------------------------------------------------------


@supporting("makePhoneCall")
def test_the_person_calls_unless_they_decline(t: Any) -> None:
    assert t.makePhoneCall(phoneNumber="10086").result().errMsg == "makePhoneCall:ok"
    t.phone.telephone.decline_call()
    assert failure(t.makePhoneCall(phoneNumber="10010")) == "makePhoneCall:fail cancel"
    assert t.phone.telephone.calls == ["10086"]


def test_who_is_asked_sees_the_number() -> None:
    phone = Phone(ask=lambda question: {"confirm": question.shown["phoneNumber"] != "110"})
    wx = phone.native("weapp")
    assert call(wx, "makePhoneCall", phoneNumber="110")["errMsg"] == "makePhoneCall:fail cancel"
    assert call(wx, "makePhoneCall", phoneNumber="114")["errMsg"] == "makePhoneCall:ok"


@pytest.mark.parametrize(
    ("number", "words"), [(10086, "should be String instead of Number"), ("", "should not be empty String")]
)
def test_a_number_has_to_be_text(number: Any, words: str) -> None:
    phone = Phone()
    answer = call(phone.native("weapp"), "makePhoneCall", phoneNumber=number)
    assert answer["errMsg"] == f"makePhoneCall:fail parameter error: parameter.phoneNumber {words}"
    assert phone.person.asked == phone.telephone.calls == []


def test_alipay_calls_a_number() -> None:
    phone = Phone()
    call(phone.native("alipay", "my"), "makePhoneCall", number="95188")
    assert phone.telephone.calls == ["95188"]


@supporting("sendSms")
def test_a_message_is_composed(t: Any) -> None:
    t.sendSms(phoneNumber="10086", content="CXLL").result()
    t.sendSms({}).result()
    assert t.phone.telephone.messages == [Message("10086", "CXLL"), Message("", "")]


# --- contacts ------------------------------------------------------------------------------------------------------


@supporting("addPhoneContact")
def test_a_contact_is_saved_with_the_persons_permission(t: Any) -> None:
    t.addPhoneContact(firstName="雷", lastName="李", mobilePhoneNumber="139", email="li@example.com").result()
    fields = {"firstName": "雷", "lastName": "李", "mobilePhoneNumber": "139", "email": "li@example.com"}
    assert t.phone.telephone.contacts == [Contact("李雷", ["139"], fields)]
    assert [question.kind for question in t.phone.person.asked] == ["authorize", "addPhoneContact"]


def test_a_refused_permission_is_remembered() -> None:
    with taropy.create("weapp") as t:
        t.phone.person.script("authorize", allow=False)
        for _ in range(2):
            assert failure(t.addPhoneContact(firstName="Ann")) == "addPhoneContact:fail auth deny"
        assert [question.kind for question in t.phone.person.asked] == ["authorize"]
        assert t.phone.telephone.contacts == []


def test_leaving_the_form_saves_nobody() -> None:
    with taropy.create("weapp") as t:
        t.phone.telephone.discard_contact()
        assert failure(t.addPhoneContact(firstName="Ann")) == "addPhoneContact:fail cancel"
        assert t.phone.telephone.contacts == []


def test_a_contact_needs_a_first_name_and_a_photo_that_is_there() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    assert call(wx, "addPhoneContact", lastName="Li")["errMsg"].endswith(
        "firstName should be String instead of Undefined"
    )
    answer = call(wx, "addPhoneContact", firstName="Li", photoFilePath="wxfile://tmp_none.jpg")
    assert "no such file or directory" in answer["errMsg"]
    assert phone.telephone.contacts == []


@supporting("chooseContact", without=("alipay",))
def test_the_person_picks_the_first_contact_or_the_one_they_want(t: Any) -> None:
    t.phone.telephone.add_contact("Ann", "1", "2")
    t.phone.telephone.add_contact("Bob")
    first = t.chooseContact({}).result()
    assert (first.displayName, first.phoneNumber, first.phoneNumberList) == ("Ann", "1", "1,2")
    t.phone.telephone.pick_contact("Bob")
    second = t.chooseContact({}).result()
    assert (second.displayName, second.phoneNumber) == ("Bob", "")


def test_an_empty_address_book_and_going_back_are_a_cancel() -> None:
    with taropy.create("weapp") as t:
        assert failure(t.chooseContact({})) == "chooseContact:fail cancel"
        t.phone.telephone.add_contact("Ann", "1")
        t.phone.telephone.cancel_contact()
        assert failure(t.chooseContact({})) == "chooseContact:fail cancel"


def test_names_and_numbers_of_contacts_are_text() -> None:
    telephone = Phone().telephone
    for name, number in (("Ann", 5), (None, "1")):
        with pytest.raises(TypeError):
            telephone.add_contact(name, number)  # type: ignore[arg-type]
    assert telephone.contacts == []


def test_a_contact_that_is_not_there_cannot_be_picked() -> None:
    with taropy.create("weapp") as t:
        t.phone.telephone.add_contact("Ann", "1")
        with pytest.raises(ValueError, match="no contact is called 'Nobody'; there are Ann"):
            t.phone.telephone.pick_contact("Nobody")
        t.phone.person.script("chooseContact", displayName="Nobody")
        assert "there is no contact 'Nobody' to pick" in failure(t.chooseContact({}))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"firstName": "Ann", "lastName": "Lee"}, "Ann Lee"),
        ({"firstName": "Ann"}, "Ann"),
        ({"firstName": "梅梅", "lastName": "韩"}, "韩梅梅"),
    ],
)
def test_names_are_shown_as_their_language_orders_them(names: dict[str, str], shown: str) -> None:
    phone = Phone()
    call(phone.native("weapp"), "addPhoneContact", **names)
    assert [contact.displayName for contact in phone.telephone.contacts] == [shown]


def test_a_phone_with_a_folder_keeps_its_contacts(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.telephone.add_contact("Ann", "1")
        state = phone.telephone.snapshot()
        phone.telephone.add_contact("Bob", "2")
        phone.telephone.restore(state)
    with Phone(tmp_path) as phone:
        assert phone.telephone.contacts == [Contact("Ann", ["1"])]
