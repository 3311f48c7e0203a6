"""What an app is told about the user: in the clear, signed, and encrypted with the session's key."""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from typing import Any

import pytest
from backends import decrypted, log_in
from natively import call, call_reporting_nothing

import taropy
from taropy.phone import Phone, User

ALICE = User("alice", "Alice", "https://example.com/alice.png", gender=2, country="中国", province="江苏", city="南京")


def test_wechat_tells_nobodys_profile_and_asks_nobody() -> None:
    phone = Phone(user=ALICE)
    log_in(phone)
    answer = call(phone.native("weapp"), "getUserInfo")
    assert answer["errMsg"] == "getUserInfo:ok"
    assert answer["userInfo"]["nickName"] == "微信用户"
    assert phone.person.asked == []
    assert call(phone.native("weapp"), "getSetting")["authSetting"] == {"scope.userInfo": True}


def test_a_backend_can_decrypt_and_check_what_it_is_told() -> None:
    phone = Phone(user=ALICE)
    login = log_in(phone)
    answer = call(phone.native("weapp"), "getUserInfo", withCredentials=True)
    told = json.loads(decrypted(answer["encryptedData"], answer["iv"], login.session_key))
    assert (told["openId"], told["unionId"]) == (login.openid, login.unionid)
    assert told["watermark"]["appid"] == phone.app("weapp").appid
    assert told["nickName"] == json.loads(answer["rawData"])["nickName"]
    signature = hashlib.sha1((answer["rawData"] + login.session_key).encode()).hexdigest()
    assert answer["signature"] == signature


def test_a_backend_learns_in_which_group_the_app_was_opened() -> None:
    phone = Phone()
    login = log_in(phone)

    def told(group: str) -> str:
        phone.account.group = group
        answer = call(phone.native("weapp"), "getGroupEnterInfo")
        return str(json.loads(decrypted(answer["encryptedData"], answer["iv"], login.session_key))["opengid"])

    assert told("family") == told("family") != told("work")


@pytest.mark.parametrize("platform", ["qq", "tt"])
def test_elsewhere_the_person_is_asked_once_and_the_profile_is_real(platform: str) -> None:
    phone = Phone(user=ALICE)
    login = log_in(phone, platform, platform)
    options = {"lang": "zh_CN", "withCredentials": True}
    answers = [call(phone.native(platform, platform), "getUserInfo", **options) for _ in range(2)]
    assert [question.kind for question in phone.person.asked] == ["authorize"]
    for answer in answers:
        told = json.loads(decrypted(answer["encryptedData"], answer["iv"], login.session_key))
        assert told.items() >= answer["userInfo"].items()
        assert (told["openId"], told["nickName"], told["city"]) == (login.openid, "Alice", "南京")


@pytest.mark.parametrize(("gender", "told"), [(1, "0"), (2, "1"), (0, "2")])
def test_jd_asks_nobody_and_tells_a_profile_that_was_allowed_before(gender: int, told: str) -> None:
    phone = Phone(user=User("alice", "Alice", gender=gender))
    login = log_in(phone, "jd", "jd")
    assert call(phone.native("jd", "jd"), "getUserInfo")["errMsg"] == "getUserInfo:fail auth deny"
    phone.permissions.grant("scope.userInfo")
    answer = call(phone.native("jd", "jd"), "getUserInfo")
    assert phone.person.asked == []
    assert {*answer} == {"errMsg", "userInfo", "rawData", "signature"}
    assert (answer["userInfo"]["nickName"], answer["userInfo"]["gender"]) == ("Alice", told)
    assert json.loads(answer["rawData"]) == answer["userInfo"]
    assert answer["signature"] == hashlib.sha1(f"{answer['rawData']}{login.session_key}".encode()).hexdigest()


@pytest.mark.parametrize("platform", ["qq", "tt", "swan", "jd"])
def test_a_person_may_keep_the_profile_private(platform: str) -> None:
    phone = Phone()
    phone.person.script("authorize", allow=False)
    assert call(phone.native(platform, platform), "getUserInfo")["errMsg"].endswith(" deny")


def test_baidus_wrapping_can_be_undone_with_the_session_key() -> None:
    phone = Phone(user=ALICE)
    login = log_in(phone, "swan", "swan")
    answer = call(phone.native("swan", "swan"), "getUserInfo")
    plain = decrypted(answer["data"], answer["iv"], login.session_key)
    (length,) = struct.unpack(">I", plain[16:20])
    assert json.loads(plain[20 : 20 + length])["openId"] == login.openid
    assert plain[20 + length :].decode() == phone.app("swan").appid


@pytest.mark.parametrize(("function", "options"), [("getUserInfo", {}), ("getUserProfile", {"desc": "why"})])
def test_a_profile_has_three_languages(function: str, options: dict[str, str]) -> None:
    answer = call(Phone().native("weapp"), function, lang="fr", **options)
    assert answer["errMsg"] == f"{function}:fail parameter error: parameter.lang should be one of en, zh_CN, zh_TW"


def test_without_a_session_credentials_cannot_be_told() -> None:
    wx = Phone().native("weapp")
    assert call(wx, "getUserInfo", withCredentials=True)["errMsg"] == "getUserInfo:fail session time out, need relogin"
    for options in ({}, {"withCredentials": False}):
        answer = call(wx, "getUserInfo", **options)
        assert answer["errMsg"] == "getUserInfo:ok"
        assert not answer.keys() & {"encryptedData", "iv", "signature"}


def test_with_a_session_credentials_can_be_left_out() -> None:
    phone = Phone()
    log_in(phone)
    assert "encryptedData" not in call(phone.native("weapp"), "getUserInfo", withCredentials=False)


def test_the_person_is_asked_for_the_profile_every_time_and_sees_what_for() -> None:
    phone = Phone(user=ALICE)
    login = log_in(phone)
    for _ in range(2):
        answer = call(phone.native("weapp"), "getUserProfile", desc="用于完善会员资料")
        assert (answer["userInfo"]["nickName"], answer["userInfo"]["city"]) == ("Alice", "")
    assert [question.shown["desc"] for question in phone.person.asked] == ["用于完善会员资料"] * 2
    told = json.loads(decrypted(answer["encryptedData"], answer["iv"], login.session_key))
    assert not told.keys() & {"openId", "unionId"}


def test_a_person_that_refuses_the_profile() -> None:
    phone = Phone()
    phone.person.script("getUserProfile", allow=False)
    answer = call(phone.native("weapp"), "getUserProfile", desc="用于完善会员资料")
    assert answer == {"errMsg": "getUserProfile:fail auth deny"}


def test_nobody_waits_when_the_way_to_ask_breaks() -> None:
    def broken(question: object) -> None:
        raise RuntimeError("no terminal")

    wx = Phone(ask=broken).native("weapp")
    assert "no terminal" in call_reporting_nothing(wx, "getUserProfile", desc="x")["errMsg"]


@pytest.mark.parametrize("desc", ["", "长" * 31])
def test_what_the_profile_is_for_has_to_be_said_in_thirty_characters(desc: str) -> None:
    answer = call(Phone().native("weapp"), "getUserProfile", desc=desc)
    assert answer["errMsg"] == "getUserProfile:fail desc length does not meet the requirements"


@pytest.mark.parametrize(
    ("function", "options", "reason"),
    [
        ("getUserProfile", {}, "parameter.desc should be String instead of Undefined"),
        ("getUserProfile", {"desc": None}, "parameter.desc should be String instead of Null"),
        ("getUserProfile", {"desc": ["a"]}, "parameter.desc should be String instead of Array"),
        ("getUserInfo", {"lang": 5}, "parameter.lang should be String instead of Number"),
        ("getUserInfo", {"withCredentials": "yes"}, "parameter.withCredentials should be Boolean instead of String"),
    ],
)
def test_wrong_options_are_named(function: str, options: dict[str, Any], reason: str) -> None:
    answer = call(Phone().native("weapp"), function, **options)
    assert answer["errMsg"] == f"{function}:fail parameter error: {reason}"


def test_without_the_crypto_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    phone = Phone()
    log_in(phone)
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers", None)

    answer = call(phone.native("weapp"), "getUserInfo")
    assert answer["errMsg"] == "getUserInfo:fail this needs the package cryptography: pip install 'taropy[crypto]'"


def test_a_program_reads_the_profile() -> None:
    with taropy.create("weapp", phone=Phone(user=ALICE)) as t:
        assert t.getUserProfile({"desc": "用于完善会员资料"}).result().userInfo.nickName == "Alice"
        assert t.getAccountInfoSync().miniProgram.appId == t.phone.app("weapp").appid
