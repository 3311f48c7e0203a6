"""What a phone remembers for tests to read: a phone that lives for days has the last of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy import Phone

MORE = 1003

#: What is done again and again, and where a test finds it.
DONE: dict[str, tuple[Callable[[Any, int], object], Callable[[Phone], list[Any]]]] = {
    "toasts": (lambda t, n: t.showToast(title=str(n)).result(), lambda phone: phone.screen.history),
    "questions": (lambda t, n: t.showModal(title=str(n)).result(), lambda phone: phone.person.asked),
    "calls": (lambda t, n: t.makePhoneCall(phoneNumber=str(n)).result(), lambda phone: phone.telephone.calls),
    "text messages": (
        lambda t, n: t.sendSms(phoneNumber="1", content=str(n)).result(),
        lambda phone: phone.telephone.messages,
    ),
    "vibrations": (lambda t, n: t.vibrateLong().result(), lambda phone: phone.hardware.vibrations),
    "reports": (
        lambda t, n: t.reportEvent("bought", {"number": n}),
        lambda phone: phone.analysis.reports,
    ),
    "places": (
        lambda t, n: t.openLocation(latitude=1.0, longitude=2.0, name=str(n)).result(),
        lambda phone: phone.location.shown,
    ),
}


@pytest.fixture(params=DONE)
def what(request: pytest.FixtureRequest) -> Any:
    return DONE[request.param]


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def seen(what: Any, phone: Phone) -> list[Any]:
    do, read = what
    taro = taropy.create("weapp", phone=phone)
    first: list[Any] = []
    for number in range(MORE):
        do(taro, number)
        if number == 3:
            first = list(read(phone))
    return [first, read(phone)]


def test_the_last_thousand_are_kept_in_order(seen: Any) -> None:
    first, kept = seen
    assert len(first) == 4
    assert len(kept) == 1000
    assert kept[0] == first[3]  # three have gone


def test_a_snapshot_has_the_same_bound(what: Any, phone: Phone, seen: Any) -> None:
    do, read = what
    phone.restore(phone.snapshot())
    for number in range(3):
        do(taropy.create("weapp", phone=phone), number)
    assert len(read(phone)) <= 1000
