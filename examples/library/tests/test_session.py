"""Signing in: by the platform's login where it has one, by phone number elsewhere."""

from __future__ import annotations

import pytest
from answers import API
from library import api, app
from seen import toast

import taropy
from taropy import Phone, Taro

MINE = "pages/mine/index"


@pytest.mark.platform("weapp", "alipay")
def test_the_user_is_signed_in_when_that_is_first_needed(phone: Phone) -> None:
    login = phone.network.route("POST", f"{API}/login", json={"token": "t7"})
    app.launch()
    login.assert_not_called()
    phone.pages.tap_tab(2)
    login.assert_called(times=1)
    assert login.calls[0].json["platform"] == Taro.getEnv()
    assert Taro.getStorageSync("token") == "t7"


@pytest.mark.platform("weapp", "alipay")
def test_a_token_that_the_server_has_forgotten_is_changed_for_a_new_one(phone: Phone) -> None:
    Taro.setStorageSync("token", "old")
    phone.network.route("GET", f"{API}/loans", status=401, match_headers={"authorization": "Bearer old"})
    app.launch()
    phone.pages.tap_tab(2)
    assert [call.status for call in phone.network.calls] == [200, 401, 200, 200]
    assert [loan["title"] for loan in phone.pages.current.program.loans] == ["Emma"]


def test_a_server_that_takes_no_token_is_not_asked_for_ever(phone: Phone) -> None:
    loans = phone.network.route("GET", f"{API}/loans", status=401, json={"message": "You have no card"})
    app.launch(path=MINE)
    loans.assert_called(times=2)
    assert toast(phone) == "You have no card"


def test_who_asks_at_the_same_time_shares_one_login(phone: Phone) -> None:
    login = phone.network.route("POST", f"{API}/login", json={"token": "t1"})

    async def main() -> None:
        await app.launch()
        await taropy.Promise.all([api.loans() for _ in range(5)])

    taropy.run(main)
    login.assert_called(times=1)


def test_a_login_that_fails_is_told_and_tried_again(phone: Phone) -> None:
    phone.faults.fail("login", "system error")
    app.launch(path=MINE)
    assert toast(phone) == "login:fail system error"
    phone.background()
    phone.foreground()
    assert Taro.getStorageSync("token") == "t1"


@pytest.mark.platform("h5")
def test_where_there_is_no_login_a_phone_number_signs_in(phone: Phone) -> None:
    login = phone.network.route("POST", f"{API}/login", json={"token": "t9"}, match_json={"code": "4711"})
    app.launch(path=MINE)
    assert phone.pages.routes == [MINE, "pages/sign-in/index"]
    taropy.run(phone.pages.current.program.sign_in("13900000000", "4711"))
    login.assert_called(times=1)
    assert phone.pages.routes == [MINE]
    assert [loan["title"] for loan in phone.pages.current.program.loans] == ["Emma"]


@pytest.mark.platform("h5")
def test_a_wrong_code_leaves_the_user_where_they_are(phone: Phone) -> None:
    phone.network.route("POST", f"{API}/login", status=400, json={"message": "That is not the code"})
    app.launch(path="pages/sign-in/index")
    taropy.run(phone.pages.current.program.sign_in("13900000000", "1"))
    assert toast(phone) == "That is not the code"
    assert phone.pages.routes == ["pages/sign-in/index"]


@pytest.mark.platform("h5")
def test_a_code_can_be_sent_again_after_a_minute(phone: Phone) -> None:
    codes = phone.network.route("POST", f"{API}/codes", status=204)
    app.launch(path="pages/sign-in/index")
    page = phone.pages.current.program

    async def main() -> None:
        phone.clock.stop()
        await page.send_code("13900000000")
        assert page.label == "Again in 60 s"
        await page.send_code("13900000000")
        codes.assert_called(times=1)
        await phone.clock.advance(59)
        assert page.label == "Again in 1 s"
        await phone.clock.advance(1)
        assert page.label == "Send the code"
        assert phone.clock.timers == ()

    taropy.run(main)


@pytest.mark.platform("h5")
def test_the_countdown_ends_with_its_page(phone: Phone) -> None:
    async def main() -> None:
        await app.launch(path=MINE)
        await taropy.settled()
        await phone.pages.current.program.send_code("13900000000")
        assert phone.pages.current.program.left == 60
        phone.pages.press_back()
        await taropy.settled()
        assert phone.clock.timers == ()

    taropy.run(main)
