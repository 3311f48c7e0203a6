"""Who brings the notices: in every kind of program, to backends in the test, whatever goes on meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from shops import MCHID

import taropy
from taropy.phone import OpenPlatform, Phone
from taropy.phone.open_platform.orders import Order

URL = "https://shop.example/notify"


def ordered(phone: Phone, number: str = "order-1", url: str = URL) -> dict[str, str]:
    """An order of the person's, taken without HTTP, and the options to pay it with."""
    from taropy.phone.core.crypto import rsa2_sign

    payments = phone.open_platform.payments
    merchant = payments.merchant(MCHID) or payments.register(MCHID)
    appid, now = phone.app("weapp").appid, phone.clock.now()
    payer = phone.open_platform.openid("weapp", appid, phone.account.user.id)
    order = payments.take(Order("weapp", MCHID, number, appid, "Tea", 990, payer, url, "", now))
    package = f"prepay_id={payments.prepay(order, f'wx-{number}')}"
    signature = rsa2_sign(f"{appid}\n1\nn\n{package}\n", merchant.private_key)
    return {"timeStamp": "1", "nonceStr": "n", "package": package, "signType": "RSA", "paySign": signature}


def outcomes(phone: Phone) -> list[list[str]]:
    return [notice.outcomes for notice in phone.open_platform.payments.notices]


def test_a_mounted_backend_hears_in_a_running_loop() -> None:
    heard: list[str] = []

    async def backend(scope: Any, receive: Any, send: Any) -> None:
        heard.append(scope["path"])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def main() -> None:
        async with taropy.create("weapp") as t:
            t.phone.network.mount("https://shop.example", backend)
            await t.requestPayment(ordered(t.phone))
            await t.phone.payments.deliver()
            assert (heard, outcomes(t.phone)) == (["/notify"], [["204"]])
            await t.phone.payments.deliver()
            assert heard == ["/notify"]

    asyncio.run(main())


def test_notices_come_by_the_clock_in_a_running_loop() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            route = t.phone.network.route("POST", URL, status=500)
            await t.requestPayment(ordered(t.phone))
            await t.phone.payments.deliver()
            for times in (2, 3):
                await t.phone.clock.advance(15)
                assert len(route.calls) == times
            await t.phone.clock.advance(30)
            assert outcomes(t.phone) == [["500"] * 4]

    asyncio.run(main())


def test_what_a_loop_leaves_behind_is_due_in_the_next() -> None:
    with taropy.create("weapp") as t:
        route = t.phone.network.route("POST", URL, status=204)

        async def pay() -> None:
            await t.requestPayment(ordered(t.phone))

        asyncio.run(pay())
        t.phone.payments.deliver()
        assert (len(route.calls), outcomes(t.phone)) == (1, [["204"]])


def test_nothing_is_sent_before_anything_was_paid() -> None:
    with Phone() as phone:
        phone.payments.deliver()
        assert phone.open_platform.payments.notices == []


@pytest.mark.parametrize(
    ("url", "outcome"), [("shop", "invalid url"), ("http://127.0.0.1:9/notify", "ERR_CONNECTION_REFUSED")]
)
def test_an_address_that_leads_nowhere_is_told(url: str, outcome: str) -> None:
    with taropy.create("weapp") as t:
        t.requestPayment(ordered(t.phone, url=url)).result()
        t.phone.payments.deliver()
        ((told,),) = outcomes(t.phone)
        assert outcome in told


def test_a_backend_has_five_seconds() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            t.phone.network.route("POST", URL, status=204, delay=60)
            await t.requestPayment(ordered(t.phone))
            await t.phone.payments.deliver()
            await t.phone.clock.advance(5)
            assert outcomes(t.phone) == [["timeout"]]

    asyncio.run(main())


def test_many_orders_are_paid_at_once_and_each_is_heard_once() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            route = t.phone.network.route("POST", URL, status=204)
            orders = [ordered(t.phone, f"order-{number}") for number in range(100)]
            await taropy.Promise.all([t.requestPayment(order) for order in orders])
            await t.phone.payments.deliver()
            assert len(route.calls) == 100
            assert outcomes(t.phone) == [["204"]] * 100
            assert t.phone.payments.balance == 1_000_000 - 100 * 990

    asyncio.run(main())


def test_phones_that_share_a_platform_bring_what_was_paid_on_them() -> None:
    platform = OpenPlatform()
    with Phone(user="alice", open_platform=platform) as one, Phone(user="bob", open_platform=platform) as other:
        routes = [phone.network.route("POST", URL, status=204) for phone in (one, other)]
        for phone in (one, other):
            with taropy.create("weapp", phone=phone) as t:
                t.requestPayment(ordered(phone, f"order-of-{phone.account.user.id}")).result()
                phone.payments.deliver()
        assert [len(route.calls) for route in routes] == [1, 1]


def test_what_was_ordered_and_paid_is_there_the_next_day(tmp_path: Path) -> None:
    with taropy.create("weapp", phone=Phone(tmp_path)) as t:
        t.phone.network.route("POST", URL, status=500)
        t.requestPayment(ordered(t.phone)).result()
        t.phone.payments.deliver()
        t.phone.close()
    with Phone(tmp_path) as phone:
        payments = phone.open_platform.payments
        order = payments.find("weapp", MCHID, "order-1")
        assert order is not None
        assert (order.state, payments.balance(MCHID), phone.payments.balance) == ("paid", 990, 1_000_000 - 990)
        assert outcomes(phone) == [["500"]]
        payments.refund(order, "refund-1", 990)
        assert (phone.payments.balance, phone.payments.orders[0].refunded) == (1_000_000, 990)
        merchant = payments.merchant(MCHID)
        assert merchant is not None
        assert merchant.private_key not in repr(merchant)


@pytest.mark.parametrize("recover", [False, True])
def test_what_was_paid_is_there_though_the_platform_was_asked_for_something_else_first(
    tmp_path: Path, recover: bool
) -> None:
    with taropy.create("weapp", phone=Phone(tmp_path)) as t:
        t.requestPayment(ordered(t.phone)).result()
        t.phone.close()
    with Phone(tmp_path, recover=recover) as phone, taropy.create("weapp", phone=phone) as t:
        t.login().result()
        assert phone.open_platform.payments.balance(MCHID) == 990


def test_what_a_restarted_phone_still_owes_is_brought_when_asked(tmp_path: Path) -> None:
    with taropy.create("weapp", phone=Phone(tmp_path)) as t:
        t.phone.open_platform.payments.notice_delay = 60
        t.requestPayment(ordered(t.phone)).result()
        t.phone.close()
    with Phone(tmp_path) as phone:
        route = phone.network.route("POST", URL, status=204)
        phone.clock.advance(60)
        phone.payments.deliver()
        assert (len(route.calls), outcomes(phone)) == (1, [["204"]])
