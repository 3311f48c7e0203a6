"""The tea room's logic, ported, on a phone. Before it: `taropy port src --out shop`."""

from __future__ import annotations

from typing import Any

import pytest
from shop.services.orders import place
from shop.services.teas import TeaList
from shop.store import cart

import taropy
from taropy.js import Obj

LONGJING = Obj(id="7", name="Longjing", price=1250, stock=5)
PLACED = {"id": "o1", "total": 4750, "status": "placed"}


@pytest.fixture(autouse=True)
def an_empty_cart(Taro: Any) -> None:
    """The cart is the module's own, and outlives a test."""
    cart.clear()


def answers(phone: taropy.Phone, *told: tuple[int, Any]) -> None:
    """What the backend answers, one request after the other."""
    for status, data in told:
        phone.faults.answer("request", statusCode=status, data=data, header={}, cookies=[])


async def ordered() -> Any:
    """What comes of an order, as the program's own code has it: called in a running loop."""
    return await place()


@pytest.mark.platform("weapp", "alipay")
def test_who_orders_is_signed_in_and_sees_the_order(Taro: Any, phone: taropy.Phone) -> None:
    answers(phone, (200, {"token": "fresh"}), (200, PLACED))
    cart.add(LONGJING, 4)
    order = taropy.run(ordered())
    assert order == PLACED
    assert phone.pages.current.route == "pages/order/index"
    assert Taro.getStorageSync("token") == "fresh"
    assert cart.items() == []


def test_a_token_that_the_backend_has_forgotten_is_renewed(Taro: Any, phone: taropy.Phone) -> None:
    Taro.setStorageSync("token", "stale")
    answers(phone, (401, {"message": "who?"}), (200, {"token": "fresh"}), (200, PLACED))
    cart.add(LONGJING)
    assert taropy.run(ordered()) == PLACED
    assert Taro.getStorageSync("token") == "fresh"


def test_who_thinks_better_of_it_keeps_the_cart(Taro: Any, phone: taropy.Phone) -> None:
    cart.add(LONGJING, 2)
    phone.screen.answer_modal(confirm=False)
    assert taropy.run(ordered()) is None
    assert cart.items() == [{"id": "7", "count": 2}]


def test_without_a_network_the_user_is_told(Taro: Any, phone: taropy.Phone) -> None:
    cart.add(LONGJING)
    phone.network.type = "none"
    assert taropy.run(ordered()) is None
    assert phone.screen.toast.title == "no connection"


def test_there_are_only_so_many_of_a_tea(Taro: Any, phone: taropy.Phone) -> None:
    assert cart.add(LONGJING, 9) == 5
    assert phone.screen.toast.title == "only 5 of Longjing"
    assert cart.total() == {"sum": 6250, "discount": 313, "total": 5937, "text": "59.37"}


def test_a_page_of_teas_is_asked_for_once(Taro: Any, phone: taropy.Phone) -> None:
    answers(phone, (200, {"list": [LONGJING], "more": False}))

    async def main() -> TeaList:
        teas = TeaList()
        await taropy.Promise.all([teas.next(), teas.next()])
        await teas.next()
        return teas

    teas = taropy.run(main())
    assert [tea.name for tea in teas.search(" long")] == ["Longjing"]
    assert [call.api for call in phone.log].count("request") == 1
