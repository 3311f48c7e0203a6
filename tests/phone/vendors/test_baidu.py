"""Baidu's functions by its own documentation: the numbers of failures on each system, and what is different there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from natively import Answer, call, turns
from opened import ANDROID, IPHONE, opened
from servers import Answer as Reply
from servers import WebServer

import taropy
from taropy.phone import Phone

NOWHERE = "http://127.0.0.1:9/"
MISSING = "bdfile://tmp/none.png"

#: Calls that fail, and the number of that on iOS and on Android; None is none.
NUMBERS: list[tuple[str, Mapping[str, Any], int | None, int | None]] = [
    ("addPhoneContact", {}, 202, 202),
    ("authorize", {}, 202, 1001),
    ("authorize", {"scope": "scope.none"}, 202, 1001),
    ("chooseImage", {"sourceType": ["shop"]}, 202, 202),
    ("closeSocket", {"code": "1000"}, 4, 202),
    ("closeSocket", {}, None, 1001),
    ("connectSocket", {}, 4, 202),
    ("connectSocket", {"url": "tea"}, 2, 1001),
    ("downloadFile", {}, 202, 202),
    ("downloadFile", {"url": NOWHERE}, None, 1001),
    ("getFileInfo", {}, 202, 202),
    ("getFileInfo", {"filePath": MISSING}, 2001, 2001),
    ("getImageInfo", {}, 202, 202),
    ("getImageInfo", {"src": MISSING}, 1003, 1001),
    ("getSavedFileInfo", {}, 202, 202),
    ("getSavedFileInfo", {"filePath": MISSING}, 2001, 2001),
    ("getLoginCode", {"timeout": "soon"}, 202, 1001),
    ("getStorage", {}, 202, 1001),
    ("makePhoneCall", {}, 202, 202),
    ("openDocument", {}, 202, 202),
    ("openDocument", {"filePath": MISSING}, 2001, 1001),
    ("openLocation", {}, 202, None),
    ("pageScrollTo", {}, 202, 202),
    ("previewImage", {}, 202, 202),
    ("removeSavedFile", {}, 202, 202),
    ("removeSavedFile", {"filePath": MISSING}, 2001, 2001),
    ("removeStorage", {}, 202, 1001),
    ("request", {}, 202, 1001),
    ("request", {"url": "tea"}, 4, 1001),
    ("request", {"url": NOWHERE}, None, 1001),
    ("saveFile", {}, 202, 1001),
    ("saveFile", {"tempFilePath": MISSING}, 2001, 2001),
    ("saveImageToPhotosAlbum", {"filePath": MISSING}, None, None),
    ("sendSocketMessage", {"data": "tea"}, None, 1001),
    ("setBackgroundColor", {"backgroundColor": "green"}, 202, 202),
    ("setBackgroundTextStyle", {"textStyle": "green"}, 202, 202),
    ("setClipboardData", {}, 202, 202),
    ("setKeepScreenOn", {}, 202, 202),
    ("setNavigationBarColor", {"frontColor": "#00ff00", "backgroundColor": "#000000"}, 202, 1001),
    ("setNavigationBarTitle", {}, 202, 1001),
    ("setScreenBrightness", {"value": 2}, 202, 202),
    ("setStorage", {}, 202, 1001),
    ("setTabBarBadge", {"text": "1"}, 202, 1001),
    ("setTabBarItem", {}, 202, 1001),
    ("showActionSheet", {"itemList": list("1234567")}, None, 202),
    ("showLoading", {}, 202, 202),
    ("showTabBarRedDot", {}, 202, 1001),
    ("showToast", {}, 202, 202),
    ("uploadFile", {"url": NOWHERE}, 202, 202),
    ("uploadFile", {"url": NOWHERE, "filePath": MISSING, "name": "tea"}, 1, 1001),
]  # fmt: skip


def number(answer: Answer) -> int | None:
    """The number of a failure, which has no other."""
    assert ":fail" in answer["errMsg"]
    assert "errno" not in answer
    found: int | None = answer.get("errCode")
    return found


@pytest.mark.parametrize(("name", "options", "ios", "android"), NUMBERS)
def test_a_failure_has_the_number_of_the_function_s_page(
    name: str, options: Any, ios: int | None, android: int | None
) -> None:
    for device, expected in ((IPHONE, ios), (ANDROID, android), ("HUAWEI Mate 60 Pro", android)):
        with Phone(device=device) as phone:
            assert number(call(phone.native("swan", "swan"), name, **options)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "setTabBarBadge", "removeTabBarBadge", "showTabBarRedDot", "hideTabBarRedDot", "setTabBarItem",
        "setTabBarStyle", "showTabBar", "hideTabBar",
    ],
)  # fmt: skip
def test_a_page_without_a_tab_bar_is_1001(name: str, tmp_path: Path) -> None:
    for device in (IPHONE, ANDROID):
        with opened("swan", tmp_path, device) as world:
            call(world.native, "navigateTo", url="/pages/detail/detail")
            assert number(call(world.native, name, index=0, text="1")) == 1001


def _cancel_media(phone: Phone) -> None:
    phone.media.cancel()


CANCELS: list[tuple[str, Callable[[Phone], None], Mapping[str, Any], int | None, int | None]] = [
    ("chooseImage", _cancel_media, {}, 1002, 1002),
    ("chooseVideo", _cancel_media, {}, 1002, 1002),
    ("scanCode", lambda phone: phone.scanner.cancel(), {}, 203, 1001),
    ("makePhoneCall", lambda phone: phone.telephone.decline_call(), {"phoneNumber": "10086"}, None, 1001),
    ("addPhoneContact", lambda phone: phone.telephone.discard_contact(), {"firstName": "Mei"}, None, 1001),
    ("chooseAddress", lambda phone: phone.forms.cancel(), {}, None, None),
    ("chooseLocation", lambda phone: phone.location.cancel(), {}, None, None),
    ("showActionSheet", lambda phone: phone.screen.cancel_action_sheet(), {"itemList": ["tea"]}, None, None),
]


@pytest.mark.parametrize(("name", "cancel", "options", "ios", "android"), CANCELS)
def test_what_the_person_cancels_has_the_number_of_the_function_s_page(
    name: str, cancel: Any, options: Any, ios: int | None, android: int | None
) -> None:
    for device, expected in ((IPHONE, ios), (ANDROID, android)):
        with Phone(device=device) as phone:
            native = phone.native("swan", "swan")
            cancel(phone)
            assert number(call(native, name, **options)) == expected


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("getUserInfo", "scope.userInfo"),
        ("getLocation", "scope.userLocation"),
        ("chooseLocation", "scope.userLocation"),
        ("chooseAddress", "scope.address"),
        ("chooseInvoiceTitle", "scope.invoiceTitle"),
        ("saveImageToPhotosAlbum", "scope.writePhotosAlbum"),
        ("saveVideoToPhotosAlbum", "scope.writePhotosAlbum"),
    ],
)
def test_who_has_refused_is_not_asked_again_and_the_call_fails_with_10003(
    name: str, scope: str, tmp_path: Path
) -> None:
    with opened("swan", tmp_path) as world:
        world.phone.permissions.deny(scope)
        answer = call(world.native, name, filePath=world.file())
        assert answer == {"errMsg": f"{name}:fail user deny", "errCode": 10003}


def test_what_the_device_denies_fails_with_10005() -> None:
    with Phone() as phone:
        phone.system.set_permission("location", "denied")
        assert number(call(phone.native("swan", "swan"), "getLocation")) == 10005


@pytest.mark.parametrize(("device", "expected"), [(IPHONE, None), (ANDROID, 1001)])
def test_an_expired_session_has_no_number_of_wechat_s(device: str, expected: int | None) -> None:
    with Phone(device=device) as phone:
        native = phone.native("swan", "swan")
        call(native, "getLoginCode")
        assert call(native, "checkSession") == {"errMsg": "checkSession:ok"}
        phone.account.expire_session()
        assert number(call(native, "checkSession")) == expected


# --- storage and files -----------------------------------------------------------------------------------------------


def test_a_key_that_was_never_stored_is_an_empty_text() -> None:
    with taropy.create("swan") as t:
        assert t.getStorage(key="tea").result().data == ""
        assert t.getStorageSync("tea") == ""


@pytest.mark.parametrize(("device", "expected"), [(IPHONE, 1003), (ANDROID, 1001)])
def test_more_than_10_mb_can_t_be_stored(device: str, expected: int) -> None:
    with Phone(device=device) as phone:
        native = phone.native("swan", "swan")
        for key in range(5):
            call(native, "setStorage", key=str(key), data="x" * 2_000_000)
        assert number(call(native, "setStorage", key="more", data="x" * 2_000_000)) == expected


def test_more_than_10_mb_of_files_can_t_be_kept(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"x" * 6_000_000)
    with opened("swan", tmp_path) as world:
        [app] = world.phone.apps
        first, second = (world.phone.files.import_file(app, large) for _ in range(2))
        assert call(world.native, "saveFile", tempFilePath=first)["errMsg"] == "saveFile:ok"
        assert number(call(world.native, "saveFile", tempFilePath=second)) == 2002


def test_a_saved_file_is_moved(tmp_path: Path) -> None:
    with opened("swan", tmp_path) as world:
        file = world.file()
        saved = call(world.native, "saveFile", tempFilePath=file)["savedFilePath"]
        assert number(call(world.native, "getFileInfo", filePath=file)) == 2001
        assert call(world.native, "getFileInfo", filePath=saved)["size"] == world.picture.stat().st_size


@pytest.mark.parametrize(("device", "expected"), [(IPHONE, 2005), (ANDROID, 1001)])
def test_a_picture_is_no_document(device: str, expected: int, tmp_path: Path) -> None:
    with opened("swan", tmp_path, device) as world:
        assert number(call(world.native, "openDocument", filePath=world.file())) == expected


# --- what is different ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("device", "fields"), [(IPHONE, set()), (ANDROID, {"charSet"})])
def test_the_character_set_of_a_code_is_told_on_android_alone(device: str, fields: set[str], tmp_path: Path) -> None:
    with opened("swan", tmp_path, device) as world:
        world.phone.scanner.pick(world.code)
        assert {*call(world.native, "scanCode")} == {"errMsg", "result", "scanType", *fields}


def test_a_toast_stays_for_two_seconds(tmp_path: Path) -> None:
    with opened("swan", tmp_path) as world:
        world.phone.clock.stop()
        call(world.native, "showToast", title="Tea")
        world.phone.clock.advance(1.9)
        assert world.phone.screen.toast is not None
        world.phone.clock.advance(0.2)
        assert world.phone.screen.toast is None


def test_dialogs_are_baidu_s_blue() -> None:
    with Phone() as phone:
        native = phone.native("swan", "swan")
        call(native, "showModal", title="Tea?", content="Green")
        call(native, "showModal", title="Tea?", content="Green", confirmColor="#00ff00")
        call(native, "showActionSheet", itemList=["green"])
        plain, green, sheet = phone.screen.history
        assert (plain.confirmColor, plain.cancelColor) == ("#3c76ff", "#000000")
        assert (green.confirmColor, sheet.itemColor) == ("#00ff00", "#3c76ff")


@pytest.mark.parametrize("given", [({"selectAll": True},), (None, {"selectAll": True})])
def test_an_observer_of_all_nodes_is_one_by_select_all(given: Any) -> None:
    async def main() -> list[Any]:
        t.phone.screen.draw('<view class="tea" style="height: 10px"/> <view class="tea" style="height: 10px"/>')
        heard: list[Any] = []
        observer = t.phone.native("swan", "swan").createIntersectionObserver(*given)
        observer.relativeToViewport().observe(".tea", heard.append)
        await turns()
        return heard

    with taropy.create("swan") as t:
        assert len(taropy.run(main)) == 2


def test_a_download_of_more_than_10_mb_fails() -> None:
    large = b"x" * (10 * 1024 * 1024 + 1)
    with WebServer(lambda _: Reply(large)) as web, Phone() as phone:
        answer = call(phone.native("swan", "swan"), "downloadFile", url=web.url())
    assert answer == {"errMsg": "downloadFile:fail exceed max file size", "errCode": 1001}


def test_an_address_that_a_picture_is_at_can_t_be_saved_to_the_album(tmp_path: Path) -> None:
    with opened("swan", tmp_path) as world:
        before = world.phone.media.album
        assert number(call(world.native, "saveImageToPhotosAlbum", filePath=world.web.url("/picture"))) is None
        assert world.phone.media.album == before
