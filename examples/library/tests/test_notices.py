"""What the library tells while the app is open."""

from __future__ import annotations

import pytest
from answers import NOTICES
from library import app
from seen import badge, toast

import taropy
from taropy import Phone, Taro
from taropy.phone import ServerSide

pytestmark = pytest.mark.platform("weapp", "alipay", "h5")

READY = {"kind": "ready", "title": "Emma", "count": 2}


def test_who_is_not_signed_in_is_told_nothing(phone: Phone) -> None:
    app.launch()
    assert "connectSocket" not in phone.log.names


def test_a_book_that_is_ready_is_told_and_counted_on_the_tab(phone: Phone) -> None:
    Taro.setStorageSync("token", "t1")
    notices = phone.sockets.route(NOTICES)

    async def main() -> None:
        await app.launch()
        side = await notices.connected()
        assert side.query["token"] == "t1"
        await side.send(READY)
        await taropy.settled()
        assert toast(phone) == "Emma waits for you"
        assert badge(phone, 2) == "2"
        phone.pages.tap_tab(2)
        await taropy.settled()
        assert badge(phone, 2) is None

    taropy.run(main)


def test_a_connection_that_breaks_is_made_anew_ever_more_slowly(phone: Phone) -> None:
    Taro.setStorageSync("token", "t1")
    notices = phone.sockets.route(NOTICES, status=503)

    async def main() -> None:
        phone.clock.stop()
        await app.launch()
        await phone.clock.advance(0)
        for wait, calls in ((1, 2), (2, 3), (4, 4), (8, 5), (16, 6), (30, 7), (30, 8)):
            await phone.clock.advance(wait)
            notices.assert_called(times=calls)

    taropy.run(main)


def test_after_a_connection_the_first_wait_is_short_again(phone: Phone) -> None:
    Taro.setStorageSync("token", "t1")
    notices = phone.sockets.route(NOTICES)
    phone.sockets.route(NOTICES, status=503, times=2)

    async def main() -> None:
        phone.clock.stop()
        await app.launch()
        await phone.clock.advance(3)
        side = await notices.connected()
        side.fail()
        await phone.clock.advance(1)
        notices.assert_called(times=2)

    taropy.run(main)


def test_who_was_signed_out_elsewhere_is_left_alone(phone: Phone) -> None:
    Taro.setStorageSync("token", "t1")

    async def server(side: ServerSide) -> None:
        await side.close(4001)

    notices = phone.sockets.route(NOTICES, on_connect=server)

    async def main() -> None:
        phone.clock.stop()
        await app.launch()
        await phone.clock.advance(60)
        notices.assert_called(times=1)

    taropy.run(main)
