"""Random bytes, and the keys by which a program and its backend encrypt what they exchange."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from natively import Answer, call
from supporting import failure

import taropy
from taropy.phone import Phone
from taropy.phone.core.apps import default_secret
from taropy.phone.core.crypto import hmac_sha256_hex

APPID = Phone().app("weapp").appid


@pytest.fixture
def weapp(phone: Phone) -> Any:
    return taropy.create("weapp", phone=phone)


@pytest.mark.parametrize("length", [1, 6, 6.0, 1024 * 1024])
def test_random_values_have_the_length_that_was_asked_for(weapp: Any, length: float) -> None:
    for ask in (weapp.getRandomValues, weapp.getUserCryptoManager().getRandomValues):
        values = ask(length=length).result().randomValues
        assert isinstance(values, bytes)
        assert len(values) == length


def test_random_values_are_new_each_time(weapp: Any) -> None:
    assert len({weapp.getRandomValues(length=16).result().randomValues for _ in range(100)}) == 100


@pytest.mark.parametrize("length", [0, -1, 1.5, 1024 * 1024 + 1, math.inf, math.nan])
def test_a_length_out_of_range_is_refused(weapp: Any, length: float) -> None:
    for ask in (weapp.getRandomValues, weapp.getUserCryptoManager().getRandomValues):
        assert failure(ask(length=length)) == "getRandomValues:fail invalid random value length"
    assert call(weapp.phone.native("weapp"), "getRandomValues", length=length)["errno"] == 109001


@pytest.mark.parametrize("length", [None, "6", True])
def test_a_length_is_a_number(length: Any) -> None:
    answer = call(Phone().native("weapp"), "getRandomValues", length=length)
    assert answer["errMsg"].startswith("getRandomValues:fail parameter error: parameter.length should be Number")


def test_there_is_one_manager(weapp: Any) -> None:
    assert weapp.getUserCryptoManager() == weapp.getUserCryptoManager()


def test_the_users_key_stays_for_an_hour_and_then_there_is_the_next(weapp: Any, phone: Phone) -> None:
    manager = weapp.getUserCryptoManager()
    first = manager.getLatestUserKey().result()
    assert (len(base64.b64decode(first.encryptKey)), len(first.iv), first.version) == (16, 16, 1)
    assert first.expireTime == int(phone.clock.now()) + 3600
    phone.clock.advance(3599)
    assert manager.getLatestUserKey().result() == first
    phone.clock.advance(1)
    second = manager.getLatestUserKey().result()
    assert second.version == 2
    assert second.encryptKey != first.encryptKey


def test_each_user_and_each_app_has_keys_of_its_own(weapp: Any, phone: Phone) -> None:
    alice = weapp.getUserCryptoManager().getLatestUserKey().result()
    phone.account.switch_user("bob")
    bob = weapp.getUserCryptoManager().getLatestUserKey().result()
    other = taropy.create("weapp", phone=Phone(user="alice", appid="wx2", open_platform=phone.open_platform))
    elsewhere = other.getUserCryptoManager().getLatestUserKey().result()
    assert len({alice.encryptKey, bob.encryptKey, elsewhere.encryptKey}) == 3


def test_the_backend_gets_the_last_three_keys(
    weapp: Any, phone: Phone, get: Callable[..., Answer], post: Callable[..., Answer]
) -> None:
    session = get(
        "/sns/jscode2session",
        appid=APPID,
        secret=default_secret(APPID),
        js_code=weapp.login().result().code,
        grant_type="authorization_code",
    )

    def asked(signature: str) -> Answer:
        token = get("/cgi-bin/token", appid=APPID, secret=default_secret(APPID), grant_type="client_credential")
        query = {"openid": session["openid"], "sig_method": "hmac_sha256", "signature": signature, **token}
        return post(f"/wxa/business/getuserencryptkey?{urlencode(query)}")

    signature = hmac_sha256_hex(session["session_key"])
    assert asked(signature)["key_info_list"] == []
    keys = []
    for _ in range(4):
        keys.append(weapp.getUserCryptoManager().getLatestUserKey().result())
        phone.clock.advance(3600)
    found = asked(signature)["key_info_list"]
    assert [one["version"] for one in found] == [4, 3, 2]
    assert [one["encrypt_key"] for one in found] == [key.encryptKey for key in reversed(keys[1:])]
    assert {one["expire_in"] for one in found} == {0}
    assert asked("wrong")["errcode"] == 87009
