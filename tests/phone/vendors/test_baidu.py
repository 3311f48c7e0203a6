"""Baidu's functions by its own documentation: the numbers of failures on each system, and what is different there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from natively import PATIENCE, Answer, call, turns
from opened import ANDROID, IPHONE, opened
from servers import Answer as Reply
from servers import WebServer

import taropy
from taropy.phone import Phone

NOWHERE = "http://127.0.0.1:9/"
MISSING = "bdfile://tmp/none.png"
MB = 1024 * 1024

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


@pytest.mark.parametrize(("device", "wrong", "full"), [(IPHONE, 202, 1003), (ANDROID, 1001, 1001)])
def test_a_storage_function_without_callbacks_returns_its_error(device: str, wrong: int, full: int) -> None:
    with Phone(device=device) as phone:
        native = phone.native("swan", "swan")
        assert native.setStorageSync("tea", "green") is None
        assert native.getStorageSync("tea") == "green"
        for error in (native.getStorageSync(None), native.setStorageSync("tea", print), native.removeStorageSync(None)):
            assert isinstance(error, Exception)
            assert error.errCode == wrong  # type: ignore[attr-defined]
        assert native.getStorageSync("tea") == "green"
        error = native.setStorageSync("more", "x" * 11 * MB)
        assert str(error) == "setStorageSync:fail exceed storage max length"
        assert error.errCode == full


@pytest.mark.parametrize(("name", "arguments"), [("setStorageSync", ("tea", print)), ("removeStorageSync", (None,))])
def test_taro_s_throws_it(name: str, arguments: tuple[Any, ...]) -> None:
    with taropy.create("swan") as t, pytest.raises(taropy.TaroError, match=f"^{name}:fail parameter error"):
        getattr(t, name)(*arguments)


def test_what_is_full_is_told_by_an_exception_of_taro_s() -> None:
    with taropy.create("swan") as t:
        with pytest.raises(taropy.TaroError, match="exceed storage max length") as failure:
            t.setStorageSync("more", "x" * 11 * MB)
        assert failure.value.errCode == 1003
        t.setStorageSync("tea", "green")
        assert t.getStorageSync("tea") == "green"


def test_a_single_value_may_be_as_long_as_there_is_room() -> None:
    with Phone() as phone:
        native = phone.native("swan", "swan")
        assert call(native, "setStorage", key="tea", data="x" * 9 * MB)["errMsg"] == "setStorage:ok"


@pytest.mark.parametrize("name", ["readFile", "unlink", "stat"])
def test_a_file_that_is_missing_has_none_of_wechat_s_numbers(name: str) -> None:
    with Phone() as phone:
        files = phone.native("swan", "swan").getFileSystemManager()
        answer = call(files, name, filePath=MISSING, path=MISSING)
        assert {*answer} == {"errMsg"}
        assert answer["errMsg"].startswith(f"{name}:fail ")
        with pytest.raises(Exception, match="no such file") as failure:
            files.readFileSync(MISSING)
        assert failure.value.errCode is failure.value.errno is None  # type: ignore[attr-defined]


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


@pytest.mark.parametrize(("device", "expected"), [(IPHONE, 1), (ANDROID, 1001)])
def test_a_file_of_more_than_25_mb_is_not_sent(device: str, expected: int, tmp_path: Path) -> None:
    large, fitting = tmp_path / "large", tmp_path / "fitting"
    large.write_bytes(b"x" * (25 * MB + 1))
    fitting.write_bytes(b"x" * 25 * MB)
    with opened("swan", tmp_path, device) as world:
        [app] = world.phone.apps
        sent, refused = (
            call(world.native, "uploadFile", url=world.web.url("/tea"), filePath=path, name="tea")
            for path in (world.phone.files.import_file(app, file) for file in (fitting, large))
        )
        assert sent["statusCode"] == 200
        assert number(refused) == expected


@pytest.mark.parametrize(("device", "expected"), [(IPHONE, 1002), (ANDROID, 1001)])
def test_an_icon_of_more_than_40_kb_is_refused(device: str, expected: int, tmp_path: Path) -> None:
    (tmp_path / "large.png").write_bytes(b"x" * (40 * 1024 + 1))
    (tmp_path / "small.png").write_bytes(b"x" * 40 * 1024)
    with opened("swan", tmp_path, device) as world:
        world.phone.files.set_package(tmp_path)
        for name in ("iconPath", "selectedIconPath"):
            assert number(call(world.native, "setTabBarItem", index=0, text="Tea", **{name: "large.png"})) == expected
        assert world.phone.screen.tab_bar.items[0].text == "Home"
        for icon in ("small.png", "elsewhere.png"):
            assert call(world.native, "setTabBarItem", index=0, iconPath=icon)["errMsg"] == "setTabBarItem:ok"


def test_a_badge_has_three_letters(tmp_path: Path) -> None:
    with opened("swan", tmp_path) as world:
        shown = []
        for text in ("999", "1000", "新新新"):
            call(world.native, "setTabBarBadge", index=1, text=text)
            shown.append(world.phone.screen.tab_bar.items[1].badge)
        assert shown == ["999", "...", "新新新"]


@pytest.mark.parametrize(("device", "name", "expected"), [
    (IPHONE, "chooseImage", 1003), (ANDROID, "chooseImage", 10005), (IPHONE, "chooseVideo", 10005),
])  # fmt: skip
def test_an_album_that_the_device_denies_has_a_number_of_its_own(device: str, name: str, expected: int) -> None:
    with Phone(device=device) as phone:
        phone.system.set_permission("album", "denied")
        assert number(call(phone.native("swan", "swan"), name)) == expected


def test_a_camera_that_the_device_denies_has_the_number_of_all_such(tmp_path: Path) -> None:
    with opened("swan", tmp_path) as world:
        world.phone.system.set_permission("camera", "denied")
        assert number(call(world.native, "chooseImage", sourceType=["camera"])) == 10005


@pytest.mark.parametrize(("device", "told"), [(IPHONE, (100, True)), (ANDROID, (42, False))])
def test_an_iphone_s_battery_is_always_full(device: str, told: tuple[int, bool]) -> None:
    with Phone(device=device) as phone:
        phone.hardware.set_battery(42)
        battery = phone.native("swan", "swan").getBatteryInfoSync()
        assert (battery["level"], battery["isCharging"]) == told


@pytest.mark.parametrize(("device", "accuracy"), [(IPHONE, 5), (ANDROID, 0)])
def test_android_does_not_know_how_exact_a_height_is(device: str, accuracy: int) -> None:
    with Phone(device=device) as phone:
        phone.location.set(30.25, 120.16, vertical_accuracy=5)
        assert call(phone.native("swan", "swan"), "getLocation")["verticalAccuracy"] == accuracy


def test_reports_of_the_position_name_the_place_too() -> None:
    async def main() -> list[Any]:
        heard: list[Any] = []
        t.onLocationChange(heard.append)
        await t.startLocationUpdate()
        await turns()
        return heard

    with taropy.create("swan") as t:
        t.phone.location.address = {"city": "杭州市", "cityCode": "179", "pois": []}
        first, *_ = taropy.run(main)
        assert (first.city, first.cityCode) == ("杭州市", "179")
        assert "pois" not in first


def test_system_information_has_the_position_that_the_program_was_told_last() -> None:
    with Phone() as phone:
        native = phone.native("swan", "swan")
        assert "cacheLocation" not in native.getSystemInfoSync()
        phone.location.set(30.25, 120.16)
        call(native, "getLocation")
        phone.location.set(31.23, 121.47)
        told = call(native, "getSystemInfo")["cacheLocation"]
        assert (told["latitude"], told["longitude"]) == (30.25, 120.16)


def test_an_address_has_codes_and_a_town_that_no_other_vendor_tells() -> None:
    told = {"provinceCode", "cityCode", "countyCode", "townCode", "townName"}
    with Phone() as phone:
        phone.forms.fill("address", townName="新港街道", townCode="440105002")
        address = call(phone.native("swan", "swan"), "chooseAddress")
        assert told <= {*address}
        assert address["townCode"] == "440105002"
        for platform, native in (("weapp", "wx"), ("tt", "tt"), ("qq", "qq"), ("jd", "jd")):
            assert not told & {*call(phone.native(platform, native), "chooseAddress")}


@pytest.mark.parametrize("device", [IPHONE, ANDROID])
def test_who_is_not_logged_in_is_asked_to(device: str) -> None:
    with Phone(device=device) as phone:
        native = phone.native("swan", "swan")
        call(native, "getLoginCode")
        phone.account.log_out()
        assert ":fail" in call(native, "checkSession")["errMsg"]
        phone.person.script("login", allow=False)
        assert number(call(native, "getLoginCode")) == 10004
        assert not phone.account.logged_in
        assert call(native, "getLoginCode")["code"]
        assert phone.account.logged_in


def test_what_runs_is_told_with_the_address_that_opened_it(tmp_path: Path) -> None:
    with opened("swan", tmp_path) as world:
        world.phone.foreground(path="/pages/cart/cart", query={"tea": "green & black"})
        env = world.native.getEnvInfoSync()
        key = env["appKey"]
        assert env["lastAppURL"] == f"baiduboxapp://swan/{key}/pages/cart/cart?tea=green+%26+black"
        assert {*env} == {"appKey", "appName", "lastAppURL", "sdkVersion", "scheme", "env"}
        assert env["sdkVersion"] == world.native.getSystemInfoSync()["SDKVersion"]
        assert (env["scheme"], env["env"]) == ("baiduboxapp", "development")


def test_a_socket_that_breaks_is_told() -> None:
    async def main(native: Any) -> Any:
        broken: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        native.onSocketError(broken.set_result)
        native.connectSocket({"url": "ws://127.0.0.1:9/"})
        return await asyncio.wait_for(broken, PATIENCE)

    with Phone() as phone:
        assert "errMsg" in asyncio.run(main(phone.native("swan", "swan")))


def test_the_pages_are_a_stack_and_the_app_is_one(tmp_path: Path) -> None:
    with opened("swan", tmp_path) as world:
        call(world.native, "navigateTo", url="/pages/detail/detail")
        routes = [page.route for page in world.native.getCurrentPages()]
        assert routes == ["pages/home/home", "pages/detail/detail"]
        assert world.native.getApp() is world.native.getApp()
