"""What the person allows an app to do, and where the answers are kept."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from natively import call, call_reporting_nothing, called
from supporting import failure, refused, supporting

import taropy
from taropy.phone import Phone, Question

NATIVES = [("weapp", "wx"), ("swan", "swan"), ("qq", "qq"), ("tt", "tt")]


def settings(native: Any) -> dict[str, bool]:
    answer: dict[str, bool] = call(native, "getSetting")["authSetting"]
    return answer


@pytest.mark.parametrize(("platform", "native_name"), NATIVES)
def test_the_person_is_asked_once_and_agrees_unless_told_otherwise(platform: str, native_name: str) -> None:
    phone = Phone()
    native = phone.native(platform, native_name)
    for _ in range(2):
        assert call(native, "authorize", scope="scope.camera")["errMsg"] == "authorize:ok"
    (question,) = phone.person.asked
    assert question.kind == "authorize"
    assert question.shown == {"appid": phone.app(platform).appid, "scope": "scope.camera"}


def test_a_no_is_remembered_as_well() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    phone.person.script("authorize", allow=False)
    for _ in range(2):
        assert call(wx, "authorize", scope="scope.record") == {
            "errMsg": "authorize:fail auth deny", "errCode": -12006, "errno": 103,
        }  # fmt: skip
    assert len(phone.person.asked) == 1
    assert settings(wx) == {"scope.record": False}


def test_the_settings_hold_only_what_the_app_asked_for() -> None:
    wx = Phone().native("weapp")
    assert settings(wx) == {}
    call(wx, "authorize", scope="scope.camera")
    assert settings(wx) == {"scope.camera": True}


def test_one_apps_permission_is_not_anothers() -> None:
    phone = Phone()
    call(phone.native("weapp"), "authorize", scope="scope.camera")
    assert settings(phone.native("qq", "qq")) == {}


def test_several_calls_at_once_show_one_dialog() -> None:
    async def main() -> None:
        shown, tapped = asyncio.Event(), asyncio.Event()

        async def ask(question: Question) -> dict[str, Any]:
            shown.set()
            await tapped.wait()
            return {"allow": False}

        phone = Phone(ask=ask)
        calls = [asyncio.ensure_future(called(phone.native("weapp"), "authorize", scope="scope.camera")) for _ in "abc"]
        await shown.wait()
        tapped.set()
        assert {answer["errMsg"] for answer in await asyncio.gather(*calls)} == {"authorize:fail auth deny"}
        assert len(phone.person.asked) == 1

    asyncio.run(main())


class Dialogs:
    """A person who sees dialogs, and answers when told to."""

    def __init__(self) -> None:
        self.seen, self.gone, self.answered = asyncio.Semaphore(0), asyncio.Semaphore(0), asyncio.Event()

    async def __call__(self, question: Question) -> dict[str, Any]:
        self.seen.release()
        try:
            await self.answered.wait()
        finally:
            self.gone.release()
        return {"allow": True}


@pytest.mark.anyio
@pytest.mark.parametrize("platform", ["weapp", "alipay", "tt"])
async def test_the_dialog_goes_with_the_last_call_that_waits_for_it(platform: str) -> None:
    dialogs = Dialogs()
    with taropy.create(platform, ask=dialogs) as t:

        async def locate() -> Any:
            return await t.getLocation()

        first, last = asyncio.create_task(locate()), asyncio.create_task(locate())
        await dialogs.seen.acquire()
        first.cancel()
        await asyncio.wait([first])
        assert dialogs.gone.locked()
        last.cancel()
        await asyncio.wait([last])
        await dialogs.gone.acquire()
        again = asyncio.create_task(locate())
        await dialogs.seen.acquire()
        dialogs.answered.set()
        assert (await again).latitude is not None
        assert len(t.phone.person.asked) == 2


@pytest.mark.anyio
async def test_a_call_that_comes_while_the_dialog_goes_shows_one_of_its_own() -> None:
    dialogs = Dialogs()
    with taropy.create("weapp", ask=dialogs) as t:
        app = t.phone.app("weapp")
        first = asyncio.create_task(t.phone.permissions.ask(app, "scope.camera"))
        await dialogs.seen.acquire()
        first.cancel()
        second = asyncio.create_task(t.phone.permissions.ask(app, "scope.camera"))
        await dialogs.seen.acquire()
        dialogs.answered.set()
        assert await second


def test_a_dialog_that_broke_is_shown_again() -> None:
    terminals = iter([False, True])

    def ask(question: Question) -> dict[str, Any]:
        if not next(terminals):
            raise RuntimeError("no terminal")
        return {"allow": True}

    wx = Phone(ask=ask).native("weapp")
    assert "no terminal" in call_reporting_nothing(wx, "authorize", scope="scope.camera")["errMsg"]
    assert call(wx, "authorize", scope="scope.camera")["errMsg"] == "authorize:ok"


@pytest.mark.parametrize("scope", ["", "camera", "scope.", "scope.everything", "scope.camera\0", "x" * 100_000])
def test_a_scope_that_does_not_exist(scope: str) -> None:
    phone = Phone()
    answer = call(phone.native("weapp"), "authorize", scope=scope)
    assert answer == {"errMsg": "authorize:fail invalid scope", "errCode": -12001}
    assert settings(phone.native("weapp")) == {}


@pytest.mark.parametrize(
    ("function", "options", "reason"),
    [
        ("authorize", {}, "parameter.scope should be String instead of Undefined"),
        ("authorize", {"scope": 5}, "parameter.scope should be String instead of Number"),
        ("authorize", {"scope": ["scope.camera"]}, "parameter.scope should be String instead of Array"),
        ("getSetting", {"withSubscriptions": 1}, "parameter.withSubscriptions should be Boolean instead of Number"),
        ("openSetting", {"withSubscriptions": "y"}, "parameter.withSubscriptions should be Boolean instead of String"),
    ],
)
def test_wrong_options_are_named(function: str, options: dict[str, Any], reason: str) -> None:
    answer = call(Phone().native("weapp"), function, **options)
    assert answer["errMsg"] == f"{function}:fail parameter error: {reason}"


@pytest.mark.parametrize("scope", ["scope.address", "scope.invoice", "scope.invoiceTitle"])
def test_what_needs_nobodys_permission_any_more_is_allowed_unasked(scope: str) -> None:
    phone = Phone()
    assert call(phone.native("weapp"), "authorize", scope=scope)["errMsg"] == "authorize:ok"
    assert phone.person.asked == []


def test_wechat_shows_no_dialog_for_the_profile() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    assert call(wx, "authorize", scope="scope.userInfo")["errMsg"] == "authorize:fail scope unauthorized"
    call(wx, "getUserInfo")
    assert call(wx, "authorize", scope="scope.userInfo")["errMsg"] == "authorize:ok"
    assert phone.person.asked == []


def test_location_in_the_background_is_given_on_the_settings_page_only() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    scope = "scope.userLocationBackground"
    assert call(wx, "authorize", scope=scope)["errMsg"] == "authorize:fail auth deny"
    phone.person.script("openSetting", authSetting={scope: True})
    call(wx, "openSetting")
    assert call(wx, "authorize", scope=scope)["errMsg"] == "authorize:ok"
    assert [question.kind for question in phone.person.asked] == ["openSetting"]


def test_the_person_may_change_an_answer_on_the_settings_page() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    phone.person.script("authorize", allow=False)
    call(wx, "authorize", scope="scope.camera")
    phone.person.script("openSetting", authSetting={"scope.camera": True, "scope.record": True})
    answer = call(wx, "openSetting")
    # What the app never asked for is not on the page.
    assert answer == {"errMsg": "openSetting:ok", "authSetting": {"scope.camera": True}}
    assert phone.person.asked[-1].shown["authSetting"] == {"scope.camera": False}
    assert call(wx, "authorize", scope="scope.camera")["errMsg"] == "authorize:ok"


def test_a_person_that_only_looks_changes_nothing() -> None:
    wx = Phone().native("weapp")
    call(wx, "authorize", scope="scope.camera")
    assert call(wx, "openSetting")["authSetting"] == {"scope.camera": True}


@pytest.mark.parametrize("function", ["getSetting", "openSetting"])
def test_subscriptions_are_told_when_asked_for(function: str) -> None:
    wx = Phone().native("weapp")
    assert "subscriptionsSetting" not in call(wx, function)
    answer = call(wx, function, withSubscriptions=True)
    assert answer["subscriptionsSetting"] == {"mainSwitch": True, "itemSettings": {}}


@supporting("authorize", "getSetting", "openSetting")
def test_a_refusal_is_remembered_until_the_person_changes_it_in_the_settings(t: Any) -> None:
    t.phone.person.script("authorize", allow=False)
    for _ in range(2):
        assert failure(t.authorize(scope="scope.camera")) == refused(t, "authorize")
    assert t.getSetting().result().authSetting["scope.camera"] is False
    t.phone.person.script("openSetting", authSetting={"scope.camera": True})
    assert t.openSetting().result().authSetting["scope.camera"] is True
    t.authorize(scope="scope.camera").result()
    assert [question.kind for question in t.phone.person.asked] == ["authorize", "openSetting"]


@supporting("getSetting", "getLocation")
def test_what_was_asked_for_by_its_use_is_in_the_settings(t: Any) -> None:
    assert not t.getSetting().result().authSetting.get("scope.userLocation")
    t.getLocation(type="wgs84").result()
    assert t.getSetting().result().authSetting["scope.userLocation"] is True


def test_a_program_leads_the_person_to_the_settings_page() -> None:
    with taropy.create("weapp") as t:
        t.phone.person.script("authorize", allow=False)
        with pytest.raises(taropy.TaroError, match="authorize:fail auth deny"):
            t.authorize(scope="scope.record").result()
        t.phone.person.script("openSetting", authSetting={"scope.record": True})
        assert t.openSetting().result().authSetting["scope.record"] is True
        t.authorize(scope="scope.record").result()


# --- each vendor's own way -----------------------------------------------------------------------------------------


def test_alipay_asks_again_after_a_no() -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    phone.person.script("authorize", allow=False)
    assert call(my, "getLocation").items() >= {"error": 2001, "errorMessage": "用户不允许授权"}.items()
    assert call(my, "getSetting")["authSetting"] == {"location": False}
    assert call(my, "getLocation")["errMsg"] == "getLocation:ok"
    assert call(my, "getSetting")["authSetting"] == {"location": True}
    assert [question.kind for question in phone.person.asked] == ["authorize"] * 2


def test_alipay_remembers_a_no_that_is_meant_for_good() -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    phone.person.script("authorize", allow=False, remember=True)
    assert [call(my, "chooseImage")["error"] for _ in range(3)] == [2003, 2002, 2002]
    assert len(phone.person.asked) == 1
    phone.person.script("openSetting", authSetting={"album": True})
    assert call(my, "openSetting")["authSetting"] == {"album": True}
    assert call(my, "chooseImage")["errMsg"] == "chooseImage:ok"


def test_what_is_taken_back_on_alipays_settings_page_is_asked_for_again() -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    call(my, "getLocation")
    phone.person.script("openSetting", authSetting={"scope.userLocation": False})
    assert call(my, "openSetting")["authSetting"] == {"location": False}
    assert call(my, "getLocation")["errMsg"] == "getLocation:ok"
    assert [question.kind for question in phone.person.asked] == ["authorize", "openSetting", "authorize"]


def test_a_no_that_alipay_asks_about_again_is_kept_as_such(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.person.script("authorize", allow=False)
        call(phone.native("alipay", "my"), "getLocation")
    with Phone(tmp_path) as phone:
        my = phone.native("alipay", "my")
        assert call(my, "getSetting")["authSetting"] == {"location": False}
        assert call(my, "getLocation")["errMsg"] == "getLocation:ok"


def test_on_douyin_one_permission_is_for_choosing_and_for_saving() -> None:
    phone = Phone()
    tt = phone.native("tt", "tt")
    phone.permissions.deny("scope.writePhotosAlbum", phone.app("tt", "tt"))
    assert call(tt, "chooseImage")["errMsg"] == "chooseImage:fail auth deny"
    phone.person.script("openSetting", authSetting={"scope.album": True})
    assert call(tt, "openSetting")["authSetting"] == {"scope.album": True}
    path = call(tt, "chooseImage")["tempFilePaths"][0]
    assert call(tt, "saveImageToPhotosAlbum", filePath=path)["errMsg"] == "saveImageToPhotosAlbum:ok"


def test_douyin_names_the_scope_in_its_result() -> None:
    assert call(Phone().native("tt", "tt"), "authorize", scope="scope.camera")["data"] == {"scope.camera": "ok"}


def test_baidu_has_words_and_a_code_of_its_own() -> None:
    phone = Phone()
    phone.permissions.deny("scope.camera")
    answer = call(phone.native("swan", "swan"), "authorize", scope="scope.camera")
    assert answer == {"errMsg": "authorize:fail user deny", "errCode": 10003}


@pytest.mark.parametrize(
    ("platform", "scope"),
    [("tt", "scope.writePhotosAlbum"), ("swan", "scope.album"), ("rn", "scope.userInfo"), ("rn", "scope.address")],
)
def test_a_vendor_does_not_know_anothers_scopes(platform: str, scope: str) -> None:
    words = "authorize:fail" if platform == "rn" else "authorize:fail invalid scope"
    assert call(Phone().native(platform, platform), "authorize", scope=scope)["errMsg"] == words


def test_react_native_tells_of_its_four_scopes_also_when_nobody_was_asked() -> None:
    assert settings(Phone().native("rn", "rn")) == {
        "scope.userLocation": False, "scope.record": False, "scope.writePhotosAlbum": False, "scope.camera": False,
    }  # fmt: skip


def test_a_plugin_asks_for_the_apps_permission() -> None:
    with taropy.create("weapp") as t:
        t.authorizeForMiniProgram(scope="scope.record").result()
        assert t.getSetting().result().authSetting == {"scope.record": True}
        assert failure(t.authorizeForMiniProgram(scope="scope.userLocation")).endswith(":fail invalid scope")
        t.phone.permissions.deny("scope.camera")
        assert failure(t.authorizeForMiniProgram(scope="scope.camera")) == "authorizeForMiniProgram:fail auth deny"


# --- by hand ------------------------------------------------------------------------------------------------------


def test_a_test_can_grant_and_deny_ahead() -> None:
    phone = Phone()
    phone.permissions.grant("scope.camera")
    phone.permissions.deny("scope.record")
    for platform, native_name in NATIVES:
        native = phone.native(platform, native_name)
        assert call(native, "authorize", scope="scope.camera")["errMsg"] == "authorize:ok"
        assert call(native, "authorize", scope="scope.record")["errMsg"].endswith(" deny")
    assert phone.person.asked == []


def test_what_is_set_for_every_app_replaces_what_single_apps_had() -> None:
    phone = Phone()
    call(phone.native("weapp"), "authorize", scope="scope.camera")
    phone.permissions.deny("scope.camera")
    assert settings(phone.native("weapp")) == {"scope.camera": False}


def test_one_app_may_be_an_exception() -> None:
    phone = Phone()
    phone.permissions.grant("scope.camera")
    phone.permissions.deny("scope.camera", phone.app("qq"))
    assert settings(phone.native("qq", "qq")) == {"scope.camera": False}
    assert settings(phone.native("weapp")) == {"scope.camera": True}


def test_after_a_reset_the_person_is_asked_again() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    for scope in ("scope.camera", "scope.record"):
        call(wx, "authorize", scope=scope)
    phone.permissions.reset("scope.camera")
    assert settings(wx) == {"scope.record": True}
    phone.permissions.reset()
    assert settings(wx) == {}
    call(wx, "authorize", scope="scope.camera")
    assert len(phone.person.asked) == 3


def test_granting_what_does_not_exist_is_a_mistake_that_is_named() -> None:
    phone = Phone()
    with pytest.raises(ValueError, match=r"no scope 'camera'.*scope\.camera"):
        phone.permissions.grant("camera")


def test_a_phone_with_a_folder_remembers(tmp_path: Any) -> None:
    with Phone(tmp_path) as phone:
        phone.permissions.deny("scope.record")
        call(phone.native("weapp"), "authorize", scope="scope.camera")
    with Phone(tmp_path) as phone:
        assert settings(phone.native("weapp")) == {"scope.record": False, "scope.camera": True}
        phone.permissions.reset()
    with Phone(tmp_path) as phone:
        assert settings(phone.native("weapp")) == {}


@pytest.mark.parametrize("allowed", [True, False])
def test_of_two_answers_that_are_one_to_the_vendor_the_latest_counts(allowed: bool) -> None:
    phone = Phone()
    tt = phone.native("tt", "tt")
    answer, other = phone.permissions.grant, phone.permissions.deny
    if not allowed:
        answer, other = other, answer
    for scope in ("scope.album", "scope.writePhotosAlbum", "scope.album"):
        other("scope.album")
        other("scope.writePhotosAlbum")
        answer(scope, phone.app("tt", "tt"))
        assert settings(tt) == {"scope.album": allowed}
        other("scope.writePhotosAlbum" if scope == "scope.album" else "scope.album", phone.app("tt", "tt"))
        assert settings(tt) == {"scope.album": not allowed}
