"""A program that logs in again before its backend has decrypted: which key opens what, with the vendors' servers."""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from backends import code, decrypted, log_in
from natively import call
from servers import Answer, WebServer

import taropy
from taropy.phone import OpenPlatform, Phone
from taropy.phone.core.apps import default_secret

# How each vendor's backend exchanges a code, and where the session key stands in the answer.
EXCHANGES: dict[str, Callable[[httpx2.Client, str, str, str], Any]] = {
    "weapp": lambda http, appid, secret, code: http.get(
        "/sns/jscode2session",
        params={"appid": appid, "secret": secret, "js_code": code, "grant_type": "authorization_code"},
    ).json(),
    "tt": lambda http, appid, secret, code: http.post(
        "/api/apps/v2/jscode2session", json={"appid": appid, "secret": secret, "code": code}
    ).json()["data"],
    "swan": lambda http, appid, secret, code: http.post(
        "/oauth/jscode2sessionkey", data={"client_id": appid, "sk": secret, "code": code}
    ).json(),
}
EXCHANGES["qq"] = EXCHANGES["weapp"]


class Shop:
    """A program with its backend, on one platform."""

    def __init__(self, platform: str, phone: Phone, taro: Any, http: httpx2.Client) -> None:
        self.phone, self.t = phone, taro
        self._platform, self._http = platform, http

    def code(self) -> str:
        return str(self.t.login().result().code)

    def exchange(self, code: str) -> str:
        """The session key that the backend gets for the code."""
        appid = self.phone.app(self._platform).appid
        return str(EXCHANGES[self._platform](self._http, appid, default_secret(appid), code)["session_key"])

    def told(self) -> Any:
        """What the program is told in secret, and sends to its backend."""
        return self.t.getUserInfo(withCredentials=True).result()

    def opens(self, key: str, told: Any) -> bool:
        """Whether the backend can decrypt it with the key, and the signature, where there is one, says the same."""
        plain = decrypted(told["data" if self._platform == "swan" else "encryptedData"], told["iv"], key)
        readable = b'"watermark"' in plain
        if "signature" not in told:  # Baidu gives none
            return readable
        signed = hashlib.sha1((told["rawData"] + key).encode()).hexdigest() == told["signature"]
        assert signed is readable
        return readable


@pytest.fixture(params=sorted(EXCHANGES))
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    with Phone(user="alice") as phone, phone.open_platform.serve() as server:
        phone.clock.stop()
        with httpx2.Client(base_url=server.url) as http, taropy.create(request.param, phone=phone) as taro:
            yield Shop(request.param, phone, taro, http)


def test_who_logs_in_again_before_decrypting_can_no_longer_decrypt(shop: Shop) -> None:
    first = shop.exchange(shop.code())
    told = shop.told()
    shop.phone.clock.advance(600)
    second = shop.exchange(shop.code())
    assert second != first
    assert (shop.opens(first, told), shop.opens(second, told)) == (True, False)
    assert (shop.opens(first, shop.told()), shop.opens(second, shop.told())) == (False, True)


def test_what_is_told_between_the_login_and_its_exchange_is_in_the_old_key(shop: Shop) -> None:
    first = shop.exchange(shop.code())
    shop.phone.clock.advance(600)
    code = shop.code()
    told = shop.told()
    assert shop.opens(first, told)
    second = shop.exchange(code)
    assert (shop.opens(first, told), shop.opens(second, told)) == (True, False)


def test_a_code_that_nobody_exchanges_changes_no_key(shop: Shop) -> None:
    first = shop.exchange(shop.code())
    shop.phone.clock.advance(600)
    shop.code()
    assert shop.opens(first, shop.told())


def test_after_the_very_first_login_the_code_decrypts_what_came_before_its_exchange(shop: Shop) -> None:
    code = shop.code()
    told = shop.told()
    shop.phone.clock.advance(200)
    assert shop.opens(shop.exchange(code), told)


def test_logging_in_again_within_the_shortest_period_changes_no_key(shop: Shop) -> None:
    first = shop.exchange(shop.code())
    told = shop.told()
    shop.phone.clock.advance(59)
    assert shop.opens(shop.exchange(shop.code()), told)
    # It is the key's age that counts, and not the last login.
    shop.phone.clock.advance(1)
    assert shop.exchange(shop.code()) != first


def test_a_test_decides_how_long_a_key_outlives_logins(shop: Shop) -> None:
    shop.phone.account.session_key_period = 0
    keys = [shop.exchange(shop.code()) for _ in range(3)]
    assert len(set(keys)) == 3
    shop.phone.account.session_key_period = math.inf
    shop.phone.clock.advance(2 * 86_400)
    assert shop.exchange(shop.code()) == keys[-1]


def test_a_test_has_the_vendor_replace_the_key_at_the_login_itself(shop: Shop) -> None:
    first = shop.exchange(shop.code())
    before = shop.told()
    code = shop.code()
    shop.phone.account.renew_session_key()
    told = shop.told()
    shop.t.checkSession().result()
    second = shop.exchange(code)
    assert (shop.opens(first, told), shop.opens(second, told), shop.opens(second, before)) == (False, True, False)


def test_checking_the_session_first_saves_the_data(shop: Shop) -> None:
    shop.phone.account.session_key_period = 0
    key = shop.exchange(shop.code())
    told = shop.told()
    try:
        shop.t.checkSession().result()
    except taropy.TaroError:
        key = shop.exchange(shop.code())
    assert shop.opens(key, told)


def test_the_key_of_one_app_can_be_replaced_alone(phone: Phone) -> None:
    keys = [log_in(phone, "weapp", "wx").session_key, log_in(phone, "qq", "qq").session_key]
    phone.account.renew_session_key(phone.app("qq", "qq"))
    again = [log_in(phone, "weapp", "wx").session_key, log_in(phone, "qq", "qq").session_key]
    assert (again[0] == keys[0], again[1] == keys[1]) == (True, False)


def test_where_there_is_no_session_there_is_no_key_to_replace(phone: Phone) -> None:
    phone.account.renew_session_key()
    assert "encryptedData" not in call(phone.native("weapp"), "getUserInfo")


def test_the_code_of_a_pre_fetch_is_a_login_too(phone: Phone) -> None:
    # WeChat's page of `wx.checkSession` names both.
    app = phone.open_platform.app(phone.app("weapp").appid, "weapp")
    assert app is not None
    phone.account.session_key_period = 0
    first = log_in(phone).session_key
    with WebServer(lambda received: Answer("x")) as server:
        phone.background_fetch.url = server.url()
        assert asyncio.run(phone.background_fetch.fetch("pre", phone.app("weapp")))
        assert phone.open_platform.exchange(app, server.received[0].query["code"]).session_key != first


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_a_key_cannot_be_kept_for_less_than_no_time(seconds: float) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        Phone().account.session_key_period = seconds


def test_a_phone_that_comes_back_knows_how_long_its_key_is_in_use(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.clock.stop()
        first, now = log_in(phone).session_key, phone.clock.now()
    with Phone(tmp_path) as phone:
        phone.clock.stop()
        phone.clock.set(now + 59)
        assert log_in(phone).session_key == first
        phone.clock.advance(1)
        assert log_in(phone).session_key != first


def test_the_period_holds_for_who_exchanges_the_code_in_another_process(tmp_path: Path) -> None:
    server = OpenPlatform(tmp_path)
    with Phone(tmp_path) as phone:
        app = server.app(phone.app("weapp").appid, "weapp")
        assert app is not None
        for period, renewed in ((0, True), (math.inf, False)):
            phone.account.session_key_period = period
            keys = [server.exchange(app, code(phone)).session_key for _ in range(2)]
            assert (keys[0] != keys[1]) is renewed
    server.close()
