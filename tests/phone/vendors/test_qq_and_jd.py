"""QQ's and JD's functions, as programs of these vendors use them."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from natively import call
from opened import opened
from servers import Answer as Reply
from servers import WebServer

import taropy
from taropy.phone import Phone
from taropy.testing import expect_unhandled


@pytest.fixture
def qq(tmp_path: Path) -> Any:
    with opened("qq", tmp_path) as world:
        yield world


def ok(world: Any, name: str, /, **options: Any) -> Any:
    """What the function answers, which succeeds."""
    answer = call(world.native, name, **options)
    assert answer.pop("errMsg") == f"{name}:ok"
    return answer


def test_the_tab_bar_does_what_the_example_has_it_do(qq: Any) -> None:
    ok(qq, "setTabBarBadge", index=1, text="1")
    ok(qq, "showTabBarRedDot", index=0)
    ok(qq, "setTabBarItem", index=1, text="API")
    ok(qq, "setTabBarStyle", color="#FFF", selectedColor="#1AAD19", backgroundColor="#000000")
    ok(qq, "hideTabBar")
    bar = qq.phone.screen.tab_bar
    assert [(item.badge, item.red_dot, item.text) for item in bar.items] == [(None, True, "Home"), ("1", False, "API")]
    assert (bar.color, bar.selected_color, bar.background_color, bar.visible) == ("#FFF", "#1AAD19", "#000000", False)
    ok(qq, "removeTabBarBadge", index=1)
    ok(qq, "hideTabBarRedDot", index=0)
    ok(qq, "showTabBar")
    bar = qq.phone.screen.tab_bar
    assert bar.visible
    assert [(item.badge, item.red_dot) for item in bar.items] == [(None, False)] * 2


def test_pages_open_by_relative_addresses(qq: Any) -> None:
    ok(qq, "navigateTo", url="/pages/detail/detail")
    ok(qq, "navigateTo", url="./detail?tea=green")
    ok(qq, "redirectTo", url="./detail")
    assert len(qq.native.getCurrentPages()) == 3
    ok(qq, "navigateBack")
    assert len(qq.native.getCurrentPages()) == 2
    ok(qq, "switchTab", url="/pages/cart/cart")
    ok(qq, "reLaunch", url="/pages/home/home")
    assert [page.route for page in qq.native.getCurrentPages()] == ["pages/home/home"]


def test_the_bar_of_a_page_takes_a_title_colors_and_a_loading_sign(qq: Any) -> None:
    ok(qq, "setNavigationBarTitle", title="Tea")
    moving = {"duration": 400, "timingFunc": "easeIn"}
    ok(qq, "setNavigationBarColor", frontColor="#000000", backgroundColor="#FF596A", animation=moving)
    ok(qq, "showNavigationBarLoading")
    bar = qq.phone.screen.navigation_bar
    assert (bar.title, bar.front_color, bar.background_color, bar.loading) == ("Tea", "#000000", "#FF596A", True)
    ok(qq, "hideNavigationBarLoading")
    assert not qq.phone.screen.navigation_bar.loading


def test_notices_and_dialogs_are_shown(qq: Any) -> None:
    ok(qq, "showToast", title="Tea", icon="loading", duration=5000)
    ok(qq, "hideToast")
    ok(qq, "showLoading", title="")
    ok(qq, "hideLoading")
    assert ok(qq, "showModal", content="Green?", confirmText="确定", cancelText="取消")["confirm"]
    toast, loading, modal = qq.phone.screen.history
    assert (toast.icon, loading.title, modal.title, modal.content) == ("loading", "", "", "Green?")


def test_the_clipboard_the_screen_and_the_telephone_do_what_they_are_told(qq: Any) -> None:
    ok(qq, "setClipboardData", data="tea")
    assert ok(qq, "getClipboardData") == {"data": "tea"}
    ok(qq, "setScreenBrightness", value=0.3)
    assert ok(qq, "getScreenBrightness") == {"value": 0.3}
    ok(qq, "setKeepScreenOn", keepScreenOn=True)
    ok(qq, "makePhoneCall", phoneNumber="10086")
    assert qq.phone.telephone.calls == ["10086"]
    for name in ("vibrateShort", "vibrateLong"):
        ok(qq, name)
    assert len(qq.phone.hardware.vibrations) == 2


def test_what_is_stored_is_there_until_all_is_cleared(qq: Any) -> None:
    qq.native.setStorageSync("tea", "green")
    assert qq.native.getStorageSync("tea") == "green"
    qq.native.clearStorageSync()
    assert qq.native.getStorageSync("tea") == ""


def test_who_has_refused_a_profile_is_not_asked_again(qq: Any) -> None:
    qq.phone.permissions.deny("scope.userInfo")
    assert call(qq.native, "getUserInfo")["errMsg"] == "getUserInfo:fail auth deny"
    assert call(qq.native, "authorize", scope="scope.userInfo")["errMsg"] == "authorize:fail auth deny"


def test_boxes_and_observers_are_told(qq: Any) -> None:
    qq.phone.screen.draw('<view class="target" id="tea" style="height: 12px"/>')
    heard: list[Any] = []

    async def main() -> None:
        query = qq.native.createSelectorQuery()
        query.select(".target").boundingClientRect()
        query.exec(heard.append)
        qq.native.createIntersectionObserver(None).relativeToViewport().observe(".target", heard.append)

    taropy.run(main)
    [[box], seen] = heard
    assert (box["height"], box["id"]) == (12, "tea")
    assert seen["intersectionRatio"] > 0


# --- JD --------------------------------------------------------------------------------------------------------------


def test_jd_s_programs_pick_upload_and_look_at_pictures(tmp_path: Path) -> None:
    with opened("jd", tmp_path) as world:
        world.phone.media.pick(world.picture)
        chosen = ok(world, "chooseImage", count=1, sizeType=["original", "compressed"], sourceType=["album", "camera"])
        [path] = chosen["tempFilePaths"]
        assert chosen["tempFiles"] == [{"path": path, "size": world.picture.stat().st_size}]
        info = ok(world, "getImageInfo", src=path)
        assert (info["width"], info["height"]) == (40, 30)
        ok(world, "previewImage", urls=[world.web.url("/picture")], current=world.web.url("/picture"))
        told = ok(world, "uploadFile", url=world.web.url("/tea"), filePath=path, name="photo", formData={"a": "b"})
        assert told["statusCode"] == 200


@pytest.mark.parametrize(("device", "platform"), [("iPhone 15 Pro", "ios"), ("Pixel 8", "android")])
def test_jd_s_programs_know_an_iphone(device: str, platform: str) -> None:
    with Phone(device=device) as phone:
        assert phone.native("jd", "jd").getSystemInfoSync()["platform"] == platform


def test_jd_s_programs_store_lists_and_move_things(tmp_path: Path) -> None:
    with opened("jd", tmp_path) as world:
        assert world.native.getStorageSync("sizes") == ""
        world.native.setStorageSync("sizes", [{"width": 3}])
        assert world.native.getStorageSync("sizes") == [{"width": 3}]
        ok(world, "navigateTo", url="/pages/detail/detail")
        ok(world, "showToast", title="Tea", icon="none")
        assert world.phone.screen.toast.icon == "none"
        moved = world.native.createAnimation({"duration": 300, "delay": 20}).translateX(8).step().export()
        [step] = moved["actions"]
        assert step["option"]["transition"] == {"duration": 300, "timingFunction": "linear", "delay": 20}


def test_who_is_not_logged_in_to_jd_s_app_is_asked_to_by_a_login() -> None:
    with Phone() as phone:
        native = phone.native("jd", "jd")
        assert call(native, "login")["code"]
        assert phone.person.asked == []
        phone.account.log_out()
        phone.person.script("login", allow=False)
        assert call(native, "login")["errMsg"].startswith("login:fail ")
        assert call(native, "login")["code"]
        assert [question.kind for question in phone.person.asked] == ["login", "login"]


def test_who_uses_wechat_or_qq_is_logged_in() -> None:
    with Phone() as phone:
        phone.account.log_out()
        for platform, native in (("weapp", "wx"), ("qq", "qq")):
            assert call(phone.native(platform, native), "login")["code"]
        assert phone.person.asked == []


def test_jd_s_client_has_get_and_post_alone(tmp_path: Path) -> None:
    with opened("jd", tmp_path) as world:
        for method in ("GET", "POST"):
            told = ok(world, "request", url=world.web.url("/tea"), method=method)
            assert (told["statusCode"], told["data"]) == (200, {"path": "/tea"})
            assert {"header", "cookies"} <= {*told}
        for method in ("PUT", "DELETE", "HEAD", "OPTIONS", "TEA"):
            answer = call(world.native, "request", url=world.web.url("/tea"), method=method)
            assert answer["errMsg"].startswith("request:fail ")
        assert world.web.last.method == "POST"


def test_jd_s_address_has_eight_fields() -> None:
    with Phone() as phone:
        assert {*call(phone.native("jd", "jd"), "chooseAddress")} == {
            "errMsg", "userName", "postalCode", "provinceName", "cityName", "countyName", "detailInfo", "nationalCode",
            "telNumber",
        }  # fmt: skip


def test_jd_s_programs_read_a_part_of_a_file_and_know_the_network(tmp_path: Path) -> None:
    with opened("jd", tmp_path) as world:
        files, path = world.native.getFileSystemManager(), f"{world.native.env['USER_DATA_PATH']}/tea"
        files.writeFileSync(path, "green tea")
        assert bytes(call(files, "readFile", filePath=path, position=6, length=3)["data"]) == b"tea"
        world.phone.network.type = "none"
        assert ok(world, "getNetworkType")["networkType"] == "none"


def test_a_screenshot_is_heard_of_until_the_program_does_not_want_to(tmp_path: Path) -> None:
    with opened("jd", tmp_path) as world:
        heard: list[Any] = []
        world.native.onUserCaptureScreen(lambda *_: heard.append(1))
        world.phone.display.capture()
        world.native.offUserCaptureScreen()
        world.phone.display.capture()
        assert heard == [1]


# --- both ------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["qq", "jd"])
def either(request: Any, tmp_path: Path) -> Any:
    with opened(request.param, tmp_path) as world:
        yield world


def test_files_are_saved_listed_looked_at_shown_and_removed(either: Any) -> None:
    file = either.file()
    info = ok(either, "getFileInfo", filePath=file)
    assert info["size"] == either.picture.stat().st_size
    saved = ok(either, "saveFile", tempFilePath=file)["savedFilePath"]
    assert ":fail" in call(either.native, "getFileInfo", filePath=file)["errMsg"]
    [listed] = ok(either, "getSavedFileList")["fileList"]
    assert (listed["filePath"], listed["size"]) == (saved, info["size"])
    told = ok(either, "getSavedFileInfo", filePath=saved)
    assert told["createTime"] == listed["createTime"] == pytest.approx(either.phone.clock.now(), abs=60)
    ok(either, "removeSavedFile", filePath=saved)
    assert ok(either, "getSavedFileList")["fileList"] == []
    assert ":fail" in call(either.native, "getSavedFileInfo", filePath=saved)["errMsg"]


@pytest.mark.parametrize(("name", "shown"), [("tea.pdf", True), ("tea.docx", True), ("tea.exe", False)])
def test_documents_of_seven_kinds_are_shown(name: str, shown: bool, either: Any, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"tea")
    path = either.phone.files.import_file(next(iter(either.phone.apps)), tmp_path / name)
    assert (call(either.native, "openDocument", filePath=path)["errMsg"] == "openDocument:ok") is shown


def test_a_picture_is_saved_to_the_album_unless_it_is_on_the_network(either: Any) -> None:
    before = len(either.phone.media.album)
    ok(either, "saveImageToPhotosAlbum", filePath=either.file())
    assert len(either.phone.media.album) == before + 1
    assert ":fail" in call(either.native, "saveImageToPhotosAlbum", filePath=either.web.url("/picture"))["errMsg"]


def test_a_place_is_picked_in_gcj02(either: Any) -> None:
    either.phone.location.pick("Garden", "Lane 7", 30.25, 120.16)
    place = ok(either, "chooseLocation")
    assert place == {"name": "Garden", "address": "Lane 7", "latitude": 30.25, "longitude": 120.16}


def test_settings_are_told_and_changed(either: Any) -> None:
    either.phone.permissions.deny("scope.userLocation", next(iter(either.phone.apps)))
    assert ok(either, "getSetting")["authSetting"] == {"scope.userLocation": False}
    either.phone.person.script("openSetting", authSetting={"scope.userLocation": True})
    assert ok(either, "openSetting")["authSetting"] == {"scope.userLocation": True}


def test_a_new_version_is_told_and_taken(either: Any) -> None:
    heard: list[Any] = []
    either.phone.updates.offer("1.1.0")

    async def main() -> None:
        manager = either.native.getUpdateManager()
        manager.onCheckForUpdate(lambda told: heard.append(told["hasUpdate"]))
        manager.onUpdateReady(lambda *_: heard.append("ready"))
        manager.onUpdateFailed(lambda *_: heard.append("failed"))
        for _ in range(20):
            await asyncio.sleep(0)
        manager.applyUpdate()

    taropy.run(main)
    assert heard == [True, "ready"]


def test_a_code_is_told_with_its_kind_characters_and_bytes(either: Any) -> None:
    either.phone.scanner.pick(either.code)
    told = ok(either, "scanCode", onlyFromCamera=False, scanType=["qrCode"])
    assert (told["result"], told["charSet"], base64.b64decode(told["rawData"])) == ("tea", "UTF-8", b"tea")
    assert told["scanType"] == "QR_CODE"
    either.phone.scanner.cancel()
    assert ":fail" in call(either.native, "scanCode")["errMsg"]


def test_battery_brightness_and_screen_are_the_phone_s(either: Any) -> None:
    either.phone.hardware.set_battery(42, charging=True)
    assert ok(either, "getBatteryInfo") == {"level": 42, "isCharging": True}
    ok(either, "setScreenBrightness", value=0.7)
    assert ok(either, "getScreenBrightness") == {"value": 0.7}
    ok(either, "setKeepScreenOn", keepScreenOn=True)
    assert either.phone.display.keep_on
    either.phone.background()
    assert not either.phone.display.keep_on


@pytest.mark.parametrize(("device", "told"), [("iPhone 15 Pro", {}), ("Pixel 8", {"level": 15})])
@pytest.mark.parametrize("platform", ["qq", "jd"])
def test_android_says_how_low_memory_runs(platform: str, device: str, told: Any, tmp_path: Path) -> None:
    with opened(platform, tmp_path, device) as world:
        heard: list[Any] = []
        world.native.onMemoryWarning(heard.append)
        world.phone.hardware.warn_of_memory(15)
        assert heard == [told]


def test_backgrounds_take_what_they_are_given(either: Any) -> None:
    ok(either, "setBackgroundColor", backgroundColor="#ffffff", backgroundColorTop="#00ff00")
    assert ":fail" in call(either.native, "setBackgroundColor", backgroundColor="green")["errMsg"]
    for style in ("dark", "light"):
        ok(either, "setBackgroundTextStyle", textStyle=style)
    assert ":fail" in call(either.native, "setBackgroundTextStyle", textStyle="green")["errMsg"]


def test_stored_values_come_back_until_they_are_removed(either: Any) -> None:
    ok(either, "setStorage", key="tea", data={"sort": "green"})
    assert ok(either, "getStorage", key="tea")["data"] == {"sort": "green"}
    either.native.setStorageSync("cake", 1)
    assert either.native.getStorageInfoSync()["keys"] == ["tea", "cake"]
    either.native.removeStorageSync("cake")
    assert either.native.getStorageSync("cake") == ""
    ok(either, "clearStorage")
    assert either.native.getStorageInfoSync()["keys"] == []


def test_the_pages_are_a_stack_and_the_app_is_one(either: Any) -> None:
    ok(either, "navigateTo", url="/pages/detail/detail")
    assert [page.route for page in either.native.getCurrentPages()] == ["pages/home/home", "pages/detail/detail"]
    assert either.native.getApp() is either.native.getApp()


def test_tabs_are_changed(either: Any) -> None:
    ok(
        either,
        "setTabBarStyle",
        color="#FF0000",
        selectedColor="#00FF00",
        backgroundColor="#0000FF",
        borderStyle="white",
    )
    ok(either, "setTabBarItem", index=0, text="Tea")
    ok(either, "setTabBarBadge", index=0, text="1")
    ok(either, "showTabBarRedDot", index=1)
    bar = either.phone.screen.tab_bar
    assert (bar.color, bar.border_style, bar.items[0].text, bar.items[0].badge) == ("#FF0000", "white", "Tea", "1")
    ok(either, "removeTabBarBadge", index=0)
    ok(either, "hideTabBarRedDot", index=1)
    ok(either, "hideTabBar", animation=True)
    bar = either.phone.screen.tab_bar
    assert [(item.badge, item.red_dot) for item in bar.items] == [(None, False)] * 2
    assert not bar.visible
    ok(either, "showTabBar")
    assert either.phone.screen.tab_bar.visible


def test_the_bar_s_colors_are_two_and_its_loading_sign_comes_and_goes(either: Any) -> None:
    moving = {"duration": 400, "timingFunc": "easeIn"}
    ok(either, "setNavigationBarColor", frontColor="#ffffff", backgroundColor="#ff0000", animation=moving)
    wrong = call(either.native, "setNavigationBarColor", frontColor="#00ff00", backgroundColor="#ff0000")
    assert ":fail" in wrong["errMsg"]
    ok(either, "showNavigationBarLoading")
    assert either.phone.screen.navigation_bar.loading
    ok(either, "hideNavigationBarLoading")
    assert not either.phone.screen.navigation_bar.loading


def test_the_clipboard_keeps_a_text(either: Any) -> None:
    ok(either, "setClipboardData", data="tea")
    assert ok(either, "getClipboardData") == {"data": "tea"}


# --- QQ --------------------------------------------------------------------------------------------------------------


def test_qq_s_programs_hear_of_themselves_until_they_do_not_want_to(qq: Any) -> None:
    heard: list[Any] = []
    for event in ("AppShow", "AppHide", "Error"):
        getattr(qq.native, f"on{event}")(lambda *told, event=event: heard.append((event, *told)))
    qq.phone.background()
    qq.phone.foreground(path="/pages/cart/cart?tea=green", scene=1037, referrerInfo={"appId": "1"})
    with expect_unhandled(ValueError):
        qq.phone.lifecycle.failed(next(iter(qq.phone.apps)), ValueError("no tea"), "a test")
    [(hidden, *_), (shown, entry), (failed, text)] = heard
    assert (hidden, shown, failed) == ("AppHide", "AppShow", "Error")
    assert (entry["path"], entry["query"], entry["scene"]) == ("pages/cart/cart", {"tea": "green"}, 1037)
    assert entry["referrerInfo"] == {"appId": "1"}
    assert "no tea" in text
    for event in ("AppShow", "AppHide", "Error"):
        getattr(qq.native, f"off{event}")()
    qq.phone.background()
    assert len(heard) == 3


def test_qq_s_programs_know_their_account_and_how_they_were_opened(qq: Any) -> None:
    account = qq.native.getAccountInfoSync()["miniProgram"]
    assert (account["appId"], account["envVersion"]) == (next(iter(qq.phone.apps)).appid, "develop")
    launched = qq.native.getLaunchOptionsSync()
    assert (launched["path"], launched["query"], launched["referrerInfo"]) == ("pages/home/home", {}, {})


def test_qq_s_session_ends(qq: Any) -> None:
    ok(qq, "login")
    ok(qq, "checkSession")
    qq.phone.account.expire_session()
    assert ":fail" in call(qq.native, "checkSession")["errMsg"]


def test_qq_s_information_is_the_same_at_once(qq: Any) -> None:
    assert ok(qq, "getSystemInfo") == qq.native.getSystemInfoSync()


def test_qq_s_files_are_kept_up_to_10_mb(qq: Any) -> None:
    files, folder = qq.native.getFileSystemManager(), qq.native.env["USER_DATA_PATH"]
    files.writeFileSync(f"{folder}/hello.txt", "hello, world", "utf8")
    assert files.readFileSync(f"{folder}/hello.txt", "utf8") == "hello, world"
    files.writeFileSync(f"{folder}/large", "x" * 9 * 1024 * 1024)
    with pytest.raises(Exception, match="limit is exceeded"):
        files.writeFileSync(f"{folder}/more", "x" * 2 * 1024 * 1024)


def test_a_video_is_saved_to_the_album(qq: Any) -> None:
    path = qq.phone.files.import_file(next(iter(qq.phone.apps)), qq.video)
    before = len(qq.phone.media.album)
    ok(qq, "saveVideoToPhotosAlbum", filePath=path)
    assert len(qq.phone.media.album) == before + 1


def test_a_picture_at_an_address_gets_a_path(qq: Any) -> None:
    info = ok(qq, "getImageInfo", src=qq.web.url("/picture"))
    assert (info["width"], info["height"]) == (40, 30)
    ok(qq, "saveImageToPhotosAlbum", filePath=info["path"])


@pytest.mark.parametrize("kind", ["pre", "periodic"])
def test_data_that_were_fetched_ahead_are_read_and_had_the_token(qq: Any, kind: str) -> None:
    fetching, [app] = qq.phone.background_fetch, qq.phone.apps
    fetching.url = fetching.periodic_url = qq.web.url("/ahead")
    ok(qq, "setBackgroundFetchToken", token="mine")
    assert asyncio.run(fetching.fetch(kind, app))
    assert qq.web.last.method == "GET"
    assert {"appid", "token", "timestamp"} <= {*parse_qs(urlsplit(qq.web.last.target).query)}
    told = ok(qq, "getBackgroundFetchData", fetchType=kind)
    assert json.loads(told["fetchedData"]) == {"path": "/ahead"}
    assert told["timeStamp"] == pytest.approx(qq.phone.clock.now() * 1000, abs=60_000)
    if kind == "pre":
        assert (told["path"], told["query"], told["scene"]) == ("pages/home/home", "", 1001)


def test_jd_s_fonts_come_from_an_address(tmp_path: Path) -> None:
    with WebServer(lambda _: Reply(b"wOFF\0\1\0\0 a font")) as web, opened("jd", tmp_path) as world:
        source = f'url("{web.url("/font")}")'
        ok(world, "loadFontFace", family="Tea", source=source, desc={"style": "italic", "weight": "bold"})
        assert "Tea" in world.phone.screen.fonts
        for wrong in ({"family": "Tea"}, {"source": source}):
            assert ":fail" in call(world.native, "loadFontFace", **wrong)["errMsg"]
