"""Logging in on the phone, its sessions, and what an app is told about the user."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from backends import exchange, log_in
from natively import call

import taropy
from taropy.phone import OpenPlatform, Phone, User
from taropy.phone.open_platform import Reason, Refused

LOGINS = [
    ("weapp", "wx", "login", "code"),
    ("alipay", "my", "getAuthCode", "authCode"),
    ("swan", "swan", "getLoginCode", "code"),
    ("tt", "tt", "login", "code"),
    ("qq", "qq", "login", "code"),
    ("jd", "jd", "login", "code"),
]
WITH_SESSION = [("weapp", "wx"), ("swan", "swan"), ("tt", "tt"), ("qq", "qq")]
OPENIDS = {
    "weapp": r"o[\w-]{27}",
    "qq": r"[0-9A-F]{32}",
    "tt": r"_000[\w-]{32}",
    "swan": r"[0-9a-z]{26}",
    "alipay": r"2088\d{12}",
}
ALICE = User("alice", "Alice", "https://example.com/alice.png", gender=2, country="中国", province="江苏", city="南京")


def refusal(phone: Phone, code: str, platform: str = "weapp") -> Reason:
    with pytest.raises(Refused) as refused:
        exchange(phone, code, platform)
    return refused.value.reason


def still(phone: Phone) -> Phone:
    """The phone, with its clock stopped."""
    phone.clock.stop()
    return phone


# --- codes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("platform", "native_name", "function", "field"), LOGINS)
def test_logging_in_gives_a_code_that_a_backend_can_exchange(
    platform: str, native_name: str, function: str, field: str
) -> None:
    phone = Phone(user="alice")
    answer = call(phone.native(platform, native_name), function)
    assert exchange(phone, answer[field], platform).user_id == "alice"


def test_every_code_is_another() -> None:
    wx = Phone().native("weapp")
    assert len({call(wx, "login")["code"] for _ in range(20)}) == 20


def test_a_code_is_good_once() -> None:
    phone = Phone()
    code = call(phone.native("weapp"), "login")["code"]
    exchange(phone, code)
    assert refusal(phone, code) is Reason.USED_CODE


@pytest.mark.parametrize(("platform", "native_name", "function", "field"), LOGINS)
def test_a_code_is_good_for_five_minutes(platform: str, native_name: str, function: str, field: str) -> None:
    phone = still(Phone())
    native = phone.native(platform, native_name)
    in_time, too_late = call(native, function)[field], call(native, function)[field]
    phone.clock.advance(299)
    exchange(phone, in_time, platform)
    phone.clock.advance(1)
    assert refusal(phone, too_late, platform) is Reason.WRONG_CODE


def test_a_code_is_good_for_its_own_app_and_stays_good_for_it_when_another_tried() -> None:
    phone = Phone()
    code = call(phone.native("weapp"), "login")["code"]
    other = phone.open_platform.register("wx00000000000000aa")
    with pytest.raises(Refused) as refused:
        phone.open_platform.exchange(other, code)
    assert refused.value.reason is Reason.WRONG_CODE_APP
    assert exchange(phone, code).openid


@pytest.mark.parametrize("code", ["", "garbage", "0" * 32, "\0", "ü" * 1000])
def test_a_code_that_nobody_gave_out_is_refused(code: str) -> None:
    assert refusal(Phone(), code) in (Reason.NO_CODE, Reason.WRONG_CODE)


def test_a_code_of_a_plugin_is_no_login_code() -> None:
    phone = Phone()
    answer = call(phone.native("weapp"), "pluginLogin")
    assert answer["errMsg"] == "pluginLogin:ok"
    assert refusal(phone, answer["code"]) is Reason.WRONG_CODE


def test_of_many_threads_one_gets_the_session() -> None:
    phone = Phone()
    code = call(phone.native("weapp"), "login")["code"]
    outcomes: list[str] = []

    def backend() -> None:
        try:
            exchange(phone, code)
            outcomes.append("a session")
        except Refused as refused:
            outcomes.append(refused.reason)

    threads = [threading.Thread(target=backend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["a session"] + [Reason.USED_CODE] * 7


def test_a_used_code_is_called_so_until_it_would_have_ended() -> None:
    phone = still(Phone())
    code = call(phone.native("weapp"), "login")["code"]
    exchange(phone, code)
    phone.clock.advance(299)
    assert refusal(phone, code) is Reason.USED_CODE
    for _ in range(3):
        phone.clock.advance(3600)
        call(phone.native("weapp"), "login")
        assert refusal(phone, code) is Reason.WRONG_CODE


def test_a_wrong_timeout_is_named() -> None:
    answer = call(Phone().native("weapp"), "login", timeout="soon")
    assert answer["errMsg"] == "login:fail parameter error: parameter.timeout should be Number instead of String"


# --- sessions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("platform", "native_name"), WITH_SESSION)
def test_there_is_no_session_until_somebody_logged_in(platform: str, native_name: str) -> None:
    phone = Phone()
    native = phone.native(platform, native_name)
    failed = call(native, "checkSession")
    assert failed.get("errCode") == (None if platform in ("swan", "tt") else -13001)
    assert failed["errMsg"] == "checkSession:fail session time out, need relogin"
    log_in(phone, platform, native_name)
    assert call(native, "checkSession") == {"errMsg": "checkSession:ok"}


def test_a_session_ends_after_three_days_without_use() -> None:
    phone = still(Phone())
    wx = phone.native("weapp")
    log_in(phone)
    phone.clock.advance(3 * 86_400)
    assert call(wx, "checkSession")["errMsg"].startswith("checkSession:fail")


def test_a_session_that_is_used_goes_on() -> None:
    phone = still(Phone())
    wx = phone.native("weapp")
    log_in(phone)
    for _ in range(5):
        phone.clock.advance(2 * 86_400)
        assert call(wx, "checkSession")["errMsg"] == "checkSession:ok"


def test_the_time_without_use_can_be_set_before_and_after_logging_in() -> None:
    phone = still(Phone())
    wx = phone.native("weapp")
    phone.account.session_lifetime = 100
    log_in(phone)
    phone.clock.advance(50)
    assert call(wx, "checkSession")["errMsg"] == "checkSession:ok"
    phone.account.session_lifetime = 10
    phone.clock.advance(10)
    assert call(wx, "checkSession")["errMsg"].startswith("checkSession:fail")
    assert phone.account.session_lifetime == 10


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_session_cannot_live_for_no_time(seconds: float) -> None:
    with pytest.raises(ValueError, match="more than 0"):
        Phone().account.session_lifetime = seconds


def test_an_expired_session_stays_expired_when_the_lifetime_grows() -> None:
    phone = Phone()
    log_in(phone)
    phone.account.expire_session()
    phone.account.session_lifetime = 1e9
    assert call(phone.native("weapp"), "checkSession")["errMsg"].startswith("checkSession:fail")


def test_a_session_ends_when_the_phone_says_so_and_logging_in_begins_another() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    before = log_in(phone).session_key
    phone.account.expire_session()
    assert call(wx, "checkSession")["errMsg"].startswith("checkSession:fail")
    assert log_in(phone).session_key != before
    assert call(wx, "checkSession")["errMsg"] == "checkSession:ok"


def test_the_session_of_one_app_can_be_ended_alone() -> None:
    phone = Phone()
    log_in(phone)
    log_in(phone, "qq", "qq")
    phone.account.expire_session(phone.app("qq", "qq"))
    assert call(phone.native("weapp"), "checkSession")["errMsg"] == "checkSession:ok"
    assert call(phone.native("qq", "qq"), "checkSession")["errMsg"].startswith("checkSession:fail")


def test_logging_in_again_at_once_keeps_the_key_and_later_replaces_it() -> None:
    phone = still(Phone())
    first = log_in(phone).session_key
    assert log_in(phone).session_key == first
    phone.clock.advance(61)
    assert log_in(phone).session_key != first


def test_an_older_code_is_worth_the_key_that_is_valid_now() -> None:
    phone = still(Phone())
    wx = phone.native("weapp")
    older = call(wx, "login")["code"]
    phone.clock.advance(61)
    newer = call(wx, "login")["code"]
    assert exchange(phone, older).session_key == exchange(phone, newer).session_key


def test_another_user_has_no_part_in_the_session() -> None:
    phone = Phone(user="alice")
    wx = phone.native("weapp")
    alices = log_in(phone)
    phone.account.switch_user("bob")
    assert phone.account.user.id == "bob"
    assert call(wx, "checkSession")["errMsg"].startswith("checkSession:fail")
    bobs = log_in(phone)
    assert (alices.openid, alices.session_key) != (bobs.openid, bobs.session_key)
    phone.account.switch_user("alice")
    assert call(wx, "checkSession")["errMsg"] == "checkSession:ok"


def test_two_phones_share_nothing() -> None:
    one, other = Phone(), Phone()
    code = call(one.native("weapp"), "login")["code"]
    assert refusal(other, code) is Reason.WRONG_CODE
    assert call(other.native("weapp"), "checkSession")["errMsg"].startswith("checkSession:fail")


def test_a_user_on_two_phones_of_one_open_platform_has_one_session() -> None:
    vendors = OpenPlatform()
    one, other = Phone(user="alice", open_platform=vendors), Phone(user="alice", open_platform=vendors)
    assert log_in(one).session_key == log_in(other).session_key
    other.account.expire_session()
    assert call(one.native("weapp"), "checkSession")["errMsg"].startswith("checkSession:fail")


# --- who the user is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", OPENIDS)
def test_an_openid_is_in_the_vendors_form_and_the_same_every_time(platform: str) -> None:
    logins = []
    for user in ("alice", "alice", "bob"):
        phone = Phone(user=user)
        code = phone.open_platform.log_in(platform, phone.app(platform).appid, user)
        logins.append(exchange(phone, code, platform))
    again, alice, bob = logins
    assert re.fullmatch(OPENIDS[platform], alice.openid)
    assert again.openid == alice.openid != bob.openid
    assert again.unionid == alice.unionid != bob.unionid


def test_an_openid_belongs_to_one_app_and_a_unionid_to_all_apps_of_a_developer() -> None:
    vendors = OpenPlatform()
    mine = vendors.register("wx0000000000000001", developer="me")
    mine_too = vendors.register("wx0000000000000002", developer="me")
    yours = vendors.register("wx0000000000000003", developer="you")
    one, two, three = (
        vendors.exchange(app, vendors.log_in("weapp", app.appid, "alice")) for app in (mine, mine_too, yours)
    )
    assert len({one.openid, two.openid, three.openid}) == 3
    assert one.unionid == two.unionid != three.unionid


def test_a_user_may_be_given_by_id_alone() -> None:
    assert Phone(user="bob").account.user == User("bob", nickname="bob")


@pytest.mark.parametrize("wrong", [{"id": ""}, {"id": 7}, {"id": "bob", "gender": 3}])
def test_a_user_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        User(**wrong)


def test_the_app_learns_its_own_account() -> None:
    phone = Phone(appid="wx0123456789abcdef")
    account = phone.native("weapp").getAccountInfoSync()
    assert account == {"miniProgram": {"appId": "wx0123456789abcdef", "envVersion": "develop", "version": ""}}


def test_an_appid_of_ones_own_is_known_to_the_open_platform_after_logging_in() -> None:
    phone = Phone(appid="wx0123456789abcdef")
    assert log_in(phone).openid


def test_alipay_has_a_login_of_its_own_and_no_sessions() -> None:
    my = Phone().native("alipay", "my")
    for name in ("login", "checkSession", "getUserInfo", "getUserProfile", "pluginLogin"):
        with pytest.raises(AttributeError):
            getattr(my, name)
        assert name not in dir(my)


# --- as a Taro program sees it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["weapp", "alipay", "swan", "tt", "qq", "jd"])
def test_a_program_logs_in_on_every_platform_that_can(platform: str) -> None:
    with taropy.create(platform, phone=Phone(user="alice")) as t:
        code = t.login().result().code
        assert exchange(t.phone, code, platform).user_id == "alice"


@pytest.mark.parametrize("platform", ["weapp", "swan", "tt", "qq"])
def test_a_program_notices_that_its_session_ended(platform: str) -> None:
    with taropy.create(platform) as t:
        t.login().result()
        t.checkSession().result()
        t.phone.account.expire_session()
        with pytest.raises(taropy.TaroError, match="session time out, need relogin"):
            t.checkSession().result()


# --- a phone with a folder ----------------------------------------------------------------------------------------


def test_a_phone_comes_back_with_its_user_and_session(tmp_path: Any) -> None:
    with Phone(tmp_path, user=ALICE) as phone:
        login = log_in(phone)
    with Phone(tmp_path) as phone:
        assert phone.account.user == ALICE
        assert call(phone.native("weapp"), "checkSession")["errMsg"] == "checkSession:ok"
        assert log_in(phone).session_key == login.session_key


def test_a_phone_that_is_given_a_user_has_that_one(tmp_path: Any) -> None:
    with Phone(tmp_path, user="alice") as phone:
        phone.account.switch_user("bob")
    with Phone(tmp_path) as phone:
        assert phone.account.user.id == "bob"
    with Phone(tmp_path, user="carol") as phone:
        assert phone.account.user.id == "carol"


def test_a_code_can_be_exchanged_by_another_open_platform_over_the_folder_once(tmp_path: Any) -> None:
    with Phone(tmp_path) as phone:
        code = call(phone.native("weapp"), "login")["code"]
        other = OpenPlatform(tmp_path)
        app = other.app(phone.app("weapp").appid, "weapp")
        assert app is not None
        login = other.exchange(app, code)
        assert refusal(phone, code) is Reason.USED_CODE
        other.end_sessions(login.user_id)
        assert call(phone.native("weapp"), "checkSession")["errMsg"].startswith("checkSession:fail")
        other.close()


def test_using_a_session_is_kept_in_the_folder(tmp_path: Any) -> None:
    with Phone(tmp_path) as phone:
        still(phone)
        log_in(phone)
        phone.clock.advance(2 * 86_400)
        assert call(phone.native("weapp"), "checkSession")["errMsg"] == "checkSession:ok"
        now = phone.clock.now()
    with Phone(tmp_path) as phone:
        still(phone).clock.set(now + 2 * 86_400)
        assert call(phone.native("weapp"), "checkSession")["errMsg"] == "checkSession:ok"


def test_an_unused_phone_makes_no_file(tmp_path: Any) -> None:
    with Phone(tmp_path / "phone") as phone:
        phone.native("weapp")
    assert not (tmp_path / "phone").exists()
