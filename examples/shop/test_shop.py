"""The shop is paid, is not paid, and gives money back. `pytest examples/shop`"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from backend import Backend
from shop import buy, complain, state
from world import world

import taropy
from taropy import Phone, TaroError


@pytest.fixture
def backend(phone: Phone) -> Iterator[Backend]:
    taropy.use("weapp", phone=phone)
    with world(phone) as backend:
        yield backend


def test_a_tea_is_paid_and_the_backend_hears_of_it(phone: Phone, backend: Backend) -> None:
    number = taropy.run(buy("Oolong"))
    phone.payments.deliver()
    assert taropy.run(state(number)) == "paid"
    assert phone.payments.balance == 1_000_000 - 980


def test_who_lacks_the_money_gets_no_tea(phone: Phone, backend: Backend) -> None:
    phone.payments.balance = 100
    with pytest.raises(TaroError, match="requestPayment:fail cancel"):
        taropy.run(buy("Sencha"))
    assert list(backend.states.values()) == ["new"]


def test_money_goes_back_as_long_as_the_shop_has_it(phone: Phone, backend: Backend) -> None:
    number = taropy.run(buy("Oolong"))
    assert taropy.run(complain(number, 980))
    assert not taropy.run(complain(number, 1))
    phone.payments.deliver()
    assert backend.states[number] == "refunded"
    assert phone.payments.balance == 1_000_000
