"""The login example's backend, as any HTTP client meets it, and as it meets the vendors."""

from __future__ import annotations

import base64
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
from backend import Settings, create_app
from backend.open_data import decrypted
from backend.serving import serving
from servers import Answer, WebServer, unused_port
from world import apps_at_vendors

import taropy
from taropy import Phone
from taropy.phone.core.crypto import aes_cbc_encrypt

VENDORS_WORDS = {
    "weapp": "WEAPP refused the login: 40029 invalid code",
    "qq": "QQ refused the login: 40029 invalid code",
    "tt": "TT refused the login: 40018 bad code",
    "swan": "SWAN refused the login: invalid_grant",
    "alipay": "ALIPAY refused the login: isv.code-invalid",
}
VENDORS = tuple(VENDORS_WORDS)


@pytest.fixture
def shop(phone: Phone) -> Iterator[httpx2.Client]:
    """A client of the backend."""
    with httpx2.Client(base_url=os.environ["TARO_APP_API"]) as client:
        yield client


def code_of(phone: Phone, platform: str) -> str:
    """What `login` gives the program on that platform."""
    with taropy.create(platform, phone=phone) as t:
        code: str = t.login().result().code
        return code


def signed_in(shop: httpx2.Client, phone: Phone, platform: str = "weapp") -> dict[str, str]:
    """The header of a user that has logged in."""
    answer = shop.post("/login", json={"platform": platform.upper(), "code": code_of(phone, platform)})
    return {"Authorization": f"Bearer {answer.json()['token']}"}


@pytest.mark.parametrize("platform", VENDORS)
def test_a_code_that_the_vendor_never_gave_is_refused_in_its_words(shop: httpx2.Client, platform: str) -> None:
    answer = shop.post("/login", json={"platform": platform.upper(), "code": "made up"})
    assert answer.status_code == 400
    assert answer.json()["error"] == "login_refused"
    assert answer.json()["message"].startswith(VENDORS_WORDS[platform])


@pytest.mark.parametrize("platform", VENDORS)
def test_a_code_is_good_once(shop: httpx2.Client, phone: Phone, platform: str) -> None:
    login = {"platform": platform.upper(), "code": code_of(phone, platform)}
    assert shop.post("/login", json=login).status_code == 200
    assert shop.post("/login", json=login).status_code == 400


def test_a_code_of_another_platforms_app_is_refused(shop: httpx2.Client, phone: Phone) -> None:
    answer = shop.post("/login", json={"platform": "WEAPP", "code": code_of(phone, "qq")})
    assert (answer.status_code, answer.json()["error"]) == (400, "login_refused")


def test_the_same_user_is_the_same_user_again(shop: httpx2.Client, phone: Phone) -> None:
    first, second = (shop.get("/me", headers=signed_in(shop, phone)).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert (first["logins"], second["logins"]) == (1, 2)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"platform": "WEAPP"}',
        b'{"platform": "WEAPP", "code": 1}',
        b'{"platform": ["WEAPP"], "code": "c"}',
        b'{"platform": "WEAPP", "code": ""}',
        b"[" * 100_000,
    ],
    ids=lambda body: body[:40].decode("latin-1") or "empty",
)
def test_a_login_that_is_no_login_is_a_bad_request(shop: httpx2.Client, body: bytes) -> None:
    answer = shop.post("/login", content=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")


@pytest.mark.parametrize("path", ["/me", "/orders"])
@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer nonsense", "Basic YTpi", "nonsense"])
def test_without_a_good_token_the_answer_is_401(shop: httpx2.Client, path: str, authorization: str | None) -> None:
    answer = shop.get(path, headers={"Authorization": authorization} if authorization else {})
    assert (answer.status_code, answer.json()["error"]) == (401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_is_good_for_two_hours(shop: httpx2.Client, phone: Phone) -> None:
    header = signed_in(shop, phone)
    phone.clock.advance(7100)
    assert shop.get("/me", headers=header).status_code == 200
    phone.clock.advance(200)
    assert shop.get("/me", headers=header).status_code == 401


def test_users_see_their_own_orders_only(shop: httpx2.Client, phone: Phone) -> None:
    mine = signed_in(shop, phone)
    phone.account.switch_user(f"{phone.account.user.id}, the sister")
    hers = signed_in(shop, phone)
    assert shop.post("/orders", json={"tea": "Longjing"}, headers=mine).status_code == 201
    assert [order["tea"] for order in shop.get("/orders", headers=mine).json()] == ["Longjing"]
    assert shop.get("/orders", headers=hers).json() == []


def test_a_tea_that_is_not_sold_cannot_be_ordered(shop: httpx2.Client, phone: Phone) -> None:
    header = signed_in(shop, phone)
    answer = shop.post("/orders", json={"tea": "coffee"}, headers=header)
    assert (answer.status_code, answer.json()["error"]) == (400, "no_such_tea")
    assert shop.get("/orders", headers=header).json() == []


@pytest.mark.parametrize(("data", "iv"), [("AAAA", "AAAA"), ("%%", "%%"), ("A" * 64, "A" * 22 + "==")])
def test_a_profile_that_is_nothing_of_the_kind_is_refused(
    shop: httpx2.Client, phone: Phone, data: str, iv: str
) -> None:
    answer = shop.post("/profile", json={"encryptedData": data, "iv": iv}, headers=signed_in(shop, phone))
    assert (answer.status_code, answer.json()["error"]) == (400, "cannot_decrypt")


def test_open_data_are_for_one_app_and_one_key() -> None:
    keys = [base64.b64encode(letter * 16).decode() for letter in (b"k", b"i", b"x")]
    key, iv, other_key = keys
    told = b'{"nickName": "Ada", "watermark": {"appid": "wx1"}}'
    data = base64.b64encode(aes_cbc_encrypt(told, b"k" * 16, b"i" * 16)).decode()
    assert decrypted(data, iv, key, "wx1")["nickName"] == "Ada"
    with pytest.raises(ValueError, match="not for this app"):
        decrypted(data, iv, key, "wx2")
    with pytest.raises(ValueError):
        decrypted(data, iv, other_key, "wx1")


def test_alipay_has_no_profile_to_decrypt(shop: httpx2.Client, phone: Phone) -> None:
    header = signed_in(shop, phone, "alipay")
    answer = shop.post("/profile", json={"encryptedData": "AAAA", "iv": "AAAA"}, headers=header)
    assert (answer.status_code, answer.json()["error"]) == (501, "no_open_data")


# --- how the backend is set up -----------------------------------------------------------------------------------


def log_in_at(env: Mapping[str, str], platform: str = "WEAPP") -> httpx2.Response:
    """The answer of a backend with this environment to a login."""
    app = create_app(Settings.from_env({"DATABASE": ":memory:", **env}))
    with serving(app) as url:
        return httpx2.post(f"{url}/login", json={"platform": platform, "code": "c1"})


APPS = {f"{platform.upper()}_{what}": "x" for platform in VENDORS for what in ("APPID", "SECRET")}


def test_a_wrong_secret_is_told_in_the_vendors_words() -> None:
    with Phone() as phone, phone.open_platform.serve() as vendors:
        env = {**apps_at_vendors(phone), "WEAPP_SECRET": "wrong", "OPEN_PLATFORM_URL": vendors.url}
        answer = log_in_at(env)
    assert answer.status_code == 400
    assert "40125 invalid appsecret" in answer.json()["message"]


def test_a_vendor_that_cannot_be_reached_is_the_backends_own_trouble() -> None:
    answer = log_in_at({**APPS, "OPEN_PLATFORM_URL": f"http://127.0.0.1:{unused_port()}"})
    assert (answer.status_code, answer.json()["error"]) == (502, "vendor_unreachable")


@pytest.mark.parametrize("said", ["<html>", b"\xff", [], {}, {"openid": "o1"}], ids=str)
@pytest.mark.parametrize("platform", ["WEAPP", "QQ", "TT", "SWAN"])
def test_a_vendor_that_answers_nonsense_is_the_backends_own_trouble(platform: str, said: Any) -> None:
    with WebServer(lambda received: Answer(said)) as vendor:
        answer = log_in_at({**APPS, "OPEN_PLATFORM_URL": vendor.origin}, platform)
    assert (answer.status_code, answer.json()["error"]) == (502, "vendor_unreachable")


def test_only_platforms_with_an_app_are_set_up() -> None:
    settings = Settings.from_env({"TT_APPID": "tt1", "TT_SECRET": "s", "TOKEN_LIFETIME": "60"})
    assert list(settings.apps) == ["TT"]
    assert settings.apps["TT"].url == "https://developer.toutiao.com"
    assert settings.token_lifetime == 60


def test_an_app_without_its_secret_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="TT_SECRET"):
        Settings.from_env({"TT_APPID": "tt1"})


def test_settings_do_not_show_secrets() -> None:
    assert "hush" not in repr(Settings.from_env({"TT_APPID": "tt1", "TT_SECRET": "hush"}))


def test_a_token_outlives_the_backend_and_is_not_to_be_read_in_its_database(tmp_path: Path) -> None:
    file = tmp_path / "shop.sqlite"
    with Phone(user="Ada") as phone, ExitStack() as stack:
        vendors = stack.enter_context(phone.open_platform.serve())
        env = {**apps_at_vendors(phone), "OPEN_PLATFORM_URL": vendors.url, "DATABASE": str(file)}
        with serving(create_app(Settings.from_env(env))) as url, httpx2.Client(base_url=url) as shop:
            header = signed_in(shop, phone)
        with serving(create_app(Settings.from_env(env))) as url, httpx2.Client(base_url=url) as shop:
            assert shop.get("/me", headers=header).json()["logins"] == 1
    database = sqlite3.connect(file)
    dump = "\n".join(database.iterdump())
    database.close()
    assert header["Authorization"].removeprefix("Bearer ") not in dump
