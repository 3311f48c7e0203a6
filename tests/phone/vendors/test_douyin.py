"""Douyin's functions by its own types and pages: what is different there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from drawn import video
from natively import call, called, turns
from opened import ANDROID, IPHONE, opened

import taropy
from taropy.phone import Phone
from taropy.testing import expect_unhandled

NOWHERE = "http://127.0.0.1:9/"
MISSING = "ttfile://temp/none.png"

FAILING: list[tuple[str, Mapping[str, Any]]] = [
    ("authorize", {"scope": "scope.none"}),
    ("compressImage", {"src": MISSING}),
    ("connectSocket", {"url": "tea"}),
    ("downloadFile", {"url": NOWHERE}),
    ("getFileInfo", {"filePath": MISSING}),
    ("getStorage", {"key": ""}),
    ("removeSavedFile", {"filePath": MISSING}),
    ("request", {"url": NOWHERE}),
    ("request", {"url": "tea"}),
    ("saveFile", {"tempFilePath": MISSING}),
    ("saveImageToPhotosAlbum", {"filePath": MISSING}),
    ("setStorage", {"key": ""}),
    ("uploadFile", {"url": NOWHERE, "filePath": MISSING, "name": "tea"}),
]


@pytest.mark.parametrize(("name", "options"), FAILING)
def test_a_failure_has_none_of_wechat_s_numbers(name: str, options: Any) -> None:
    with Phone() as phone:
        assert {*call(phone.native("tt", "tt"), name, **options)} == {"errMsg"}


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("authorize", "scope.userInfo"),
        ("chooseAddress", "scope.address"),
        ("chooseLocation", "scope.userLocation"),
        ("getLocation", "scope.userLocation"),
        ("getUserInfo", "scope.userInfo"),
        ("saveImageToPhotosAlbum", "scope.album"),
        ("startLocationUpdate", "scope.userLocation"),
    ],
)
def test_so_has_a_refusal(name: str, scope: str, tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        world.phone.permissions.deny(scope)
        answer = call(world.native, name, scope=scope, filePath=world.file())
        assert answer == {"errMsg": f"{name}:fail auth deny"}


def test_a_key_that_was_never_stored_is_an_empty_text() -> None:
    with taropy.create("tt") as t:
        assert t.getStorage(key="tea").result().data == ""
        assert t.getStorageSync("tea") == ""


def test_sealed_data_are_for_who_asks_for_them() -> None:
    with taropy.create("tt") as t:
        t.login().result()
        assert not {"signature", "encryptedData", "iv"} & {*t.getUserInfo().result()}
        assert {"signature", "encryptedData", "iv"} <= {*t.getUserInfo(withCredentials=True).result()}


def test_a_profile_is_asked_for_without_a_description() -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        assert call(native, "getUserProfile")["errMsg"] == "getUserProfile:ok"
        phone.person.script("getUserProfile", allow=False)
        assert call(native, "getUserProfile") == {"errMsg": "getUserProfile:fail auth deny"}


def test_a_position_is_in_gcj02_and_has_the_names_of_its_place() -> None:
    with taropy.create("tt") as t:
        t.phone.location.address = {"city": "Hangzhou", "province": "Zhejiang", "district": "Xihu", "street": "Lushan"}
        usual, named = t.getLocation().result(), t.getLocation(type="gcj02").result()
    assert (usual.latitude, usual.longitude) == (named.latitude, named.longitude)
    assert (usual.city, usual.province, usual.district) == ("Hangzhou", "Zhejiang", "Xihu")
    assert "street" not in usual


@pytest.mark.parametrize(("device", "seconds"), [(IPHONE, 0.015), (ANDROID, 0.030)])
def test_a_short_vibration_is_longer_on_android(device: str, seconds: float) -> None:
    with Phone(device=device) as phone:
        call(phone.native("tt", "tt"), "vibrateShort")
        assert [vibration.seconds for vibration in phone.hardware.vibrations] == [seconds]


def test_an_error_s_icon_is_shown_whatever_it_is_called() -> None:
    with taropy.create("tt") as t:
        t.showToast(title="Out of tea", icon="error").result()
        assert t.phone.screen.toast.icon == "error"


def test_a_modal_has_douyin_s_colors() -> None:
    with Phone() as phone:
        call(phone.native("tt", "tt"), "showModal", title="Tea?")
        [modal] = phone.screen.history
        assert (modal.confirmColor, modal.cancelColor) == ("#F85959", "#000000")


def test_a_page_scrolls_in_200_ms() -> None:
    async def main() -> None:
        promise = t.pageScrollTo(scrollTop=40)
        await turns()
        t.phone.clock.advance(0.199)
        await turns()
        assert t.phone.screen.scroll_top == 0
        t.phone.clock.advance(0.002)
        assert (await promise).errMsg == "pageScrollTo:ok"

    with taropy.create("tt") as t:
        t.phone.clock.stop()
        taropy.run(main)


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "/tea?sort=green", b""),
        ("DELETE", "/tea?sort=green", b""),
        ("POST", "/tea", b'{"sort":"green"}'),
        ("PUT", "/tea", b'{"sort":"green"}'),
        ("PATCH", "/tea", b'{"sort":"green"}'),
    ],
)
def test_data_are_a_body_with_post_put_and_patch_alone(method: str, target: str, body: bytes, tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        call(world.native, "request", url=world.web.url("/tea"), method=method, data={"sort": "green"})
        assert (world.web.last.target, world.web.last.body) == (target, body)


def test_who_is_not_logged_in_is_asked_to() -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        phone.account.log_out()
        phone.person.script("login", allow=False)
        assert call(native, "login") == {"errMsg": "login:fail host login fail"}
        told = call(native, "login")
        assert told["isLogin"]
        assert told["code"]
        assert [question.kind for question in phone.person.asked] == ["login", "login"]


def test_without_force_nobody_is_asked_and_only_the_anonymous_name_is_told() -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        assert call(native, "login", force=False)["isLogin"]
        phone.account.log_out()
        stranger = call(native, "login", force=False)
        assert {*stranger} == {"errMsg", "anonymousCode", "isLogin"}
        assert not stranger["isLogin"]
        assert phone.person.asked == []
        assert ":fail" in call(native, "checkSession")["errMsg"]


def test_a_phone_with_a_folder_knows_who_has_logged_out(tmp_path: Path) -> None:
    with Phone(folder=tmp_path) as phone:
        phone.account.log_out()
    with Phone(folder=tmp_path) as phone:
        assert not phone.account.logged_in
        phone.account.switch_user("bob")
        assert phone.account.logged_in


@pytest.mark.parametrize(
    ("name", "options", "title", "errorCode"),
    [
        ("setClipboardData", {"data": "tea"}, "已设置剪切板内容", 104190),
        ("getClipboardData", {}, "已读取剪切板内容", 104390),
    ],
)
def test_a_toast_tells_of_the_clipboard_and_a_refusal_has_a_number(
    name: str, options: Any, title: str, errorCode: int
) -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        phone.clock.stop()
        call(native, name, **options)
        assert phone.screen.toast is not None
        assert phone.screen.toast.title == title
        phone.clock.advance(1.5)
        assert phone.screen.toast is None
        phone.permissions.deny("scope.clipboard")
        assert call(native, name, **options) == {"errMsg": f"{name}:fail auth deny", "errorCode": errorCode}
        assert len(phone.screen.history) == 1


def test_an_order_of_a_test_s_has_the_number_that_the_test_says() -> None:
    with Phone() as phone:
        phone.faults.fail("getClipboardData", "auth deny", errCode=7)
        assert call(phone.native("tt", "tt"), "getClipboardData")["errCode"] == 7


def test_a_dialog_says_something_and_may_have_a_picture() -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        for blank in ({}, {"title": "", "content": ""}, {"imageSrc": "ttfile://temp/tea.png"}):
            assert call(native, "showModal", **blank)["errMsg"].startswith("showModal:fail parameter error")
        call(native, "showModal", content="Green?", imageSrc="ttfile://temp/tea.png")
        call(phone.native("weapp", "wx"), "showModal", imageSrc="ttfile://temp/tea.png")
        douyin_s, wechat_s = phone.screen.history
        assert (douyin_s.imageSrc, wechat_s.imageSrc) == ("ttfile://temp/tea.png", "")


def test_several_pictures_are_compressed_at_once(tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        told = call(world.native, "compressImage", src=[world.file(), world.file()])["tempFilePath"]
        assert len({*told}) == 2
        assert all(call(world.native, "getImageInfo", src=path)["width"] == 40 for path in told)
        for wrong in ([world.file(), 1], [MISSING], 1):
            assert ":fail" in call(world.native, "compressImage", src=wrong)["errMsg"]


@pytest.mark.parametrize(("count", "picked"), [({}, 9), ({"count": 12}, 12), ({"count": 100}, 60)])
def test_up_to_60_pictures_are_picked(count: Any, picked: int, tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        for number in range(61):
            world.phone.media.add(world.picture.with_name("garden.png").rename(tmp_path / f"{number}.png"))
            (tmp_path / f"{number}.png").rename(world.picture)
        assert len(call(world.native, "chooseImage", **count)["tempFilePaths"]) == picked


@pytest.mark.parametrize("name", ["readFile", "unlink", "stat"])
def test_a_file_that_is_missing_has_none_of_wechat_s_numbers(name: str) -> None:
    with Phone() as phone:
        answer = call(phone.native("tt", "tt").getFileSystemManager(), name, filePath=MISSING, path=MISSING)
        assert {*answer} == {"errMsg"}


def test_a_launch_s_scene_is_a_text_and_says_whether_a_link_led_there(tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        launched = world.native.getLaunchOptionsSync()
        assert (launched["scene"], launched["showFrom"], launched["referrerInfo"]) == ("1001", 10, {})
        heard: list[Any] = []
        world.native.onAppShow(heard.append)
        world.phone.background()
        world.phone.foreground()
        world.phone.foreground(path="/pages/cart/cart", scene=21036)
        assert [(told["scene"], told["showFrom"]) for told in heard] == [("1089", 0), ("21036", 10)]
        assert world.native.getLaunchOptionsSync() == launched


def test_subscriptions_are_told_by_template(tmp_path: Path) -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        for name in ("getSetting", "openSetting"):
            assert "subscriptionsSetting" not in call(native, name)
            told = call(native, name, withSubscriptions=True)["subscriptionsSetting"]
            assert told == {"mainSwitch": True, "itemSettings": {}, "templateSettings": {}}


def test_one_listener_hears_of_screenshots() -> None:
    with Phone() as phone:
        native, heard = phone.native("tt", "tt"), list[str]()
        native.onUserCaptureScreen(lambda *_: heard.append("first"))
        native.onUserCaptureScreen(lambda *_: heard.append("second"))
        with pytest.raises(Exception, match="parameter error"):
            native.onUserCaptureScreen("third")
        phone.display.capture()
        assert heard == ["second"]


def test_a_program_notes_moments_and_asks_by_page(tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        performance, heard = world.native.getPerformance(), list[Any]()
        observer = performance.createObserver(lambda entries: heard.extend(entries.getEntries()))
        observer.observe({"entryTypes": ["mark"]})
        [mark] = performance.mark("tea")
        performance.mark("cake")
        assert (mark.name, mark.entryType, mark.duration) == ("tea", "mark", 0)
        assert [entry.name for entry in performance.getEntriesByType("mark")] == ["tea", "cake"]
        performance.clearMarks("tea")
        assert [entry.name for entry in performance.getEntriesByType("mark")] == ["cake"]
        observer.disconnect()
        performance.mark("milk")
        assert [entry.name for entry in heard] == ["tea", "cake"]
        here = performance.getCurrentPageEntries()
        assert here == performance.getEntriesByPage("pages/home/home") != []
        assert performance.getEntriesByPage("pages/none/none") == []
        for wrong in (performance.mark, performance.clearMarks, performance.getEntriesByPage):
            with pytest.raises(Exception, match="parameter error"):
                wrong(7)


def test_wechat_s_programs_note_none() -> None:
    with taropy.create("weapp") as t:
        assert not hasattr(t.phone.native("weapp", "wx").getPerformance(), "mark")


def test_each_file_that_was_picked_says_which_kind_it_is(tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        world.phone.media.pick(world.picture)
        told = call(world.native, "chooseMedia", count=1)
        [picked] = told["tempFiles"]
        assert (picked["mediaType"], picked["width"], picked["height"]) == ("image", 40, 30)
        assert picked["size"] == world.picture.stat().st_size
        world.phone.media.pick(world.video)
        [picked] = call(world.native, "chooseMedia", count=1, mediaType=["video"])["tempFiles"]
        assert {*picked} == {"tempFilePath", "size", "mediaType", "fileType", "duration", "height", "width"}
        assert picked["mediaType"] == "video"
        world.phone.media.cancel()
        assert call(world.native, "chooseMedia")["errMsg"] == "chooseMedia:fail cancel"


def test_a_session_ends(tmp_path: Path) -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        call(native, "login")
        assert call(native, "checkSession") == {"errMsg": "checkSession:ok"}
        phone.account.expire_session()
        assert {*call(native, "checkSession")} == {"errMsg"}


def test_a_program_hears_of_itself_until_it_does_not_want_to(tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        native, heard = world.native, list[Any]()
        for event in ("AppShow", "AppHide", "Error", "PageNotFound"):
            getattr(native, f"on{event}")(lambda *told, event=event: heard.append((event, *told)))
        world.phone.background()
        world.phone.foreground(path="/pages/none/none?tea=green")
        [(hidden, *_), (shown, entry), (missing, page)] = heard
        assert (hidden, shown, missing) == ("AppHide", "AppShow", "PageNotFound")
        assert (entry["path"], entry["query"], entry["scene"]) == ("pages/none/none", {"tea": "green"}, "1089")
        assert page == {"path": "pages/none/none", "query": {"tea": "green"}, "isEntryPage": False}
        with expect_unhandled(ValueError):
            world.phone.lifecycle.failed(next(iter(world.phone.apps)), ValueError("no tea"), "a test")
        assert heard[-1][0] == "Error"
        assert "no tea" in heard[-1][1]
        for event in ("AppShow", "AppHide", "Error", "PageNotFound"):
            getattr(native, f"off{event}")()
        world.phone.background()
        world.phone.foreground(path="/pages/none/none")
        assert len(heard) == 4


def test_the_screen_s_brightness_is_from_0_to_1() -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        call(native, "setScreenBrightness", value=0.3)
        assert call(native, "getScreenBrightness") == {"errMsg": "getScreenBrightness:ok", "value": 0.3}


@pytest.mark.parametrize(("device", "accuracy", "city"), [(IPHONE, 5, None), (ANDROID, 0, "杭州市")])
def test_reports_of_the_position_tell_what_the_system_knows(device: str, accuracy: int, city: str | None) -> None:
    async def main() -> list[Any]:
        heard: list[Any] = []
        native.onLocationChange(heard.append)
        answer = await called(native, "startLocationUpdate")
        assert answer == {"errMsg": "startLocationUpdate:ok"}
        await turns()
        return heard

    with Phone(device=device) as phone:
        native = phone.native("tt", "tt")
        phone.location.set(30.25, 120.16, vertical_accuracy=5)
        phone.location.address = {"city": "杭州市", "province": "浙江省"}
        report, *_ = asyncio.run(main())
        fields = {"latitude", "longitude", "speed", "accuracy", "altitude", "verticalAccuracy"}
        assert {*report} == (fields if city is None else fields | {"city"})
        assert (report["verticalAccuracy"], report.get("city")) == (accuracy, city)
        known = call(native, "getLocation", type="gcj02")
        assert (report["latitude"], report["longitude"]) == (known["latitude"], known["longitude"])


def test_why_reports_end_is_told_in_words() -> None:
    async def main() -> None:
        await called(native, "startLocationUpdate")
        phone.system.location = False
        phone.clock.advance(2)
        await turns(20)

    with Phone() as phone:
        native, heard = phone.native("tt", "tt"), list[Any]()
        phone.clock.stop()
        native.onLocationChangeError(heard.append)
        asyncio.run(main())
        assert heard == [{"errMsg": "ERROR_NOCELL&WIFI_LOCATIONSWITCHOFF"}]


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize(("device", "smaller"), [(IPHONE, True), (ANDROID, False)])
def test_it_is_the_system_that_decides_whether_a_video_is_compressed(
    device: str, smaller: bool, compressed: bool, tmp_path: Path
) -> None:
    with opened("tt", tmp_path, device) as world:
        video(tmp_path / "large.mp4", size=(1280, 720))
        world.phone.media.pick(tmp_path / "large.mp4")
        told = call(world.native, "chooseVideo", compressed=compressed)
        assert {*told} == {"errMsg", "tempFilePath", "duration", "size", "height", "width"}
        assert (told["width"] < 1280) is smaller
        world.phone.media.cancel()
        assert call(world.native, "chooseVideo") == {"errMsg": "chooseVideo:fail cancel"}


@pytest.mark.parametrize(("device", "shown"), [(IPHONE, False), (ANDROID, True)])
def test_an_iphone_shows_no_ppt(device: str, shown: bool, tmp_path: Path) -> None:
    with opened("tt", tmp_path, device) as world:
        for kind in ("doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf"):
            answer = call(world.native, "openDocument", filePath=world.file(), fileType=kind, fileName="Tea")
            assert (answer["errMsg"] == "openDocument:ok") is (shown or kind != "ppt")
        assert ":fail" in call(world.native, "openDocument", filePath=world.file(), fileType="txt")["errMsg"]


def test_a_network_is_of_one_of_six_kinds() -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        for kind in ("wifi", "2g", "3g", "4g", "unknown", "none"):
            phone.network.type = kind
            assert call(native, "getNetworkType") == {"errMsg": "getNetworkType:ok", "networkType": kind}
        phone.network.type = "5g"
        assert call(native, "getNetworkType")["networkType"] == "unknown"
