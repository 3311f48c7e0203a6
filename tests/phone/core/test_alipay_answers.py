"""What Alipay's functions give and tell, where that is not what WeChat's do; see taropy/phone/sources/alipay.toml."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from drawn import code, picture
from natively import call
from servers import Answer, WebServer
from tabbed import launched

import taropy
from taropy import spec
from taropy.phone import Phone
from taropy.phone.media.library import SAMPLES


@pytest.fixture
def my(phone: Phone) -> Any:
    """Alipay's native object, of an app with two tabs that shows the first."""
    launched(taropy.create("alipay", phone=phone))
    return phone.native("alipay")


# --- whose app it is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", spec.PLATFORMS)
def test_the_app_that_a_test_names_is_the_programs_own(platform: str) -> None:
    phone = Phone()
    named = phone.app(platform)
    with taropy.create(platform, phone=phone):
        assert [*phone.apps] == [named]


def test_a_file_that_a_test_brings_before_the_program_begins_is_the_programs(tmp_path: Path) -> None:
    phone = Phone()
    with taropy.create("alipay", phone=phone) as t:
        (tmp_path / "leaf.txt").write_text("tea")
        path = phone.files.import_file(phone.app("alipay"), tmp_path / "leaf.txt")
        assert path.startswith("https://resource/")
        fs = t.getFileSystemManager()
        assert fs.readFileSync(path, "utf8")["data"] == "tea"
        fs.writeFileSync(f"{t.env.USER_DATA_PATH}/x", "1")


def test_an_app_of_another_vendor_is_named_as_its_programs_name_it() -> None:
    phone = Phone()
    assert phone.app("lark").native_name == "wx", "nothing has been heard of it"
    phone.native("lark", "tt")
    assert phone.app("lark").native_name == "tt"


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo"])
def test_a_tab_page_opens_without_the_tab_bar(phone: Phone, name: str) -> None:
    with taropy.create("alipay", phone=phone) as t:
        launched(t)
        low = t.getWindowInfo().windowHeight
        getattr(t, name)(url="/pages/cart/cart?from=home").result()
        assert phone.pages.current.route == "pages/cart/cart"
        assert phone.pages.current.query == {"from": "home"}
        assert t.getWindowInfo().windowHeight > low
        assert call(phone.native("alipay"), "hideTabBar")["error"] == 11
        with pytest.raises(LookupError):
            phone.pages.tap_tab(0)


def test_switching_to_the_same_tab_opens_it_anew_with_the_bar(phone: Phone) -> None:
    with taropy.create("alipay", phone=phone) as t:
        launched(t)
        low = t.getWindowInfo().windowHeight
        t.navigateTo(url="/pages/cart/cart").result()
        opened = phone.pages.current
        t.switchTab(url="/pages/cart/cart").result()
        assert phone.pages.routes == ["pages/cart/cart"]
        assert phone.pages.current is not opened
        assert t.getWindowInfo().windowHeight == low


def test_on_wechat_a_tab_page_is_refused(weapp: Any) -> None:
    launched(weapp)
    with pytest.raises(taropy.TaroError, match="can not navigateTo a tabbar page"):
        weapp.navigateTo(url="/pages/cart/cart").result()


# --- words beside a success ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("addPhoneContact", {"nickName": "Ann"}),
        ("getSavedFileList", {}),
        ("getScreenBrightness", {}),
        ("hideKeyboard", {}),
        ("makePhoneCall", {"number": "95188"}),
        ("setBackgroundColor", {"backgroundColor": "#ff0000"}),
        ("setClipboard", {"text": "tea"}),
        ("setKeepScreenOn", {"keepScreenOn": True}),
        ("setScreenBrightness", {"brightness": 0.5}),
        ("showActionSheet", {"items": ["tea"]}),
        ("startPullDownRefresh", {}),
        ("vibrateLong", {}),
        ("vibrateShort", {}),
    ],
)
def test_a_success_says_so(my: Any, name: str, options: dict[str, Any]) -> None:
    assert call(my, name, **options)["success"] is True


def test_the_menu_button_s_place_says_so_too(my: Any) -> None:
    place = my.getMenuButtonBoundingClientRect()
    assert place["success"] is True
    assert place["right"] - place["left"] == place["width"]


# --- the person and their phone ------------------------------------------------------------------------------------


def test_contacts_come_as_a_list_and_nobody_is_a_success(my: Any, phone: Phone) -> None:
    phone.telephone.add_contact("Ann", "13800000000")
    picked = {"mobile": "13800000000", "displayName": "Ann", "realName": "Ann"}
    assert call(my, "chooseContact", chooseType="single")["contactsDicArray"] == [picked]
    phone.telephone.cancel_contact()
    nobody = call(my, "chooseContact", chooseType="single")
    assert (nobody["contactsDicArray"], ":fail" in nobody.get("errMsg", "")) == ([], False)


def test_a_contact_needs_no_name(my: Any, phone: Phone) -> None:
    call(my, "addPhoneContact", organization="Tea House", mobilePhoneNumber="95188")
    [contact] = phone.telephone.contacts
    assert (contact.displayName, contact.phoneNumbers) == ("Tea House", ["95188"])


def test_a_scan_tells_where_the_picture_is_from(my: Any, phone: Phone, tmp_path: Path) -> None:
    file = code(tmp_path / "code.png", "content")
    phone.camera.show(file)
    scanned = call(my, "scan")
    assert {scanned[name] for name in ("code", "qrCode", "result")} == {"content"}
    assert scanned["imageChannel"] == "camera"
    assert scanned["scanType"]
    phone.scanner.pick(file)
    assert call(my, "scan")["imageChannel"] == "album"


def test_a_video_has_no_thumbnail(my: Any) -> None:
    assert {*call(my, "chooseVideo")} == {"errMsg", "tempFilePath", "duration", "size", "height", "width"}


def test_the_network_is_told_in_two_words(my: Any, phone: Phone) -> None:
    phone.network.type = "none"
    told = {"errMsg": "getNetworkType:ok", "networkAvailable": False, "networkType": "NOTREACHABLE"}
    assert call(my, "getNetworkType") == told


def test_a_map_begins_where_alipays_does(my: Any, phone: Phone) -> None:
    call(my, "openLocation", longitude=121.5, latitude=31.2, name="The Bund", address="Shanghai")
    assert phone.location.shown[-1].scale == 15


@pytest.mark.parametrize(("device", "told"), [("iPhone 15 Pro", {}), ("Pixel 8", {"level": 15})])
def test_only_androids_tell_how_low_the_memory_is(device: str, told: dict[str, int]) -> None:
    phone = Phone(device=device)
    heard: list[Any] = []
    phone.native("alipay").onMemoryWarning(heard.append)
    phone.hardware.warn_of_memory(15)
    assert heard == [told]


def test_an_app_that_is_hidden_is_told_nothing_more(my: Any, phone: Phone) -> None:
    heard: list[Any] = []
    my.onAppHide(lambda *told: heard.append(told))
    phone.background()
    assert heard == [()]


# --- files and downloads -------------------------------------------------------------------------------------------


def test_a_file_for_the_disk_may_be_named_as_every_other(my: Any, phone: Phone, tmp_path: Path) -> None:
    path = phone.files.import_file(phone.app("alipay"), picture(tmp_path / "a.png", (2, 2)))
    assert call(my, "saveFileToDisk", apFilePath=path)["success"] is True


def test_a_saved_file_is_10_mb_at_most(my: Any, phone: Phone, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * (10 * 1024 * 1024 + 1))
    path = phone.files.import_file(phone.app("alipay"), tmp_path / "large")
    assert call(my, "saveFile", apFilePath=path)["error"] == 19


def test_a_picture_in_a_data_url_becomes_a_file(my: Any, phone: Phone) -> None:
    url = f"data:image/png;base64,{base64.b64encode(b'a picture').decode()}"
    answer = call(my, "downloadFile", url=url)
    assert answer["apFilePath"] == answer["tempFilePath"]
    assert phone.files.local(phone.app("alipay"), answer["apFilePath"]).read_bytes() == b"a picture"
    assert call(my, "downloadFile", url=url, filePath="https://usr/a.png")["filePath"] == "https://usr/a.png"
    assert call(my, "downloadFile", url="data:image/png;base64,&")["error"] == 2
    assert call(phone.native("weapp"), "downloadFile", url=url)["errMsg"].startswith("downloadFile:fail")


def test_a_download_tells_its_paths_and_headers(my: Any) -> None:
    with WebServer(lambda received: Answer("tea")) as server:
        answer = call(my, "downloadFile", url=server.url("/a.txt"))
    assert {*answer} == {"errMsg", "apFilePath", "tempFilePath", "header", "headers"}
    assert answer["header"] == answer["headers"]


def test_an_upload_counts_in_alipays_words(my: Any) -> None:
    my.getFileSystemManager().writeFileSync("https://usr/a", "tea")
    heard: list[Any] = []

    async def main() -> None:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        options = {"url": server.url("/"), "filePath": "https://usr/a", "name": "file"}
        my.uploadFile({**options, "success": answer.set_result}).onProgressUpdate(heard.append)
        await answer

    with WebServer(lambda received: Answer("ok")) as server:
        asyncio.run(main())
    assert heard[-1].keys() == {"progress", "totalBytesWritten", "totalBytesExpectedToWrite"}
    assert (heard[-1].progress, heard[-1].totalBytesWritten) == (100, heard[-1].totalBytesExpectedToWrite)


def test_what_was_fetched_is_told_with_its_kind(my: Any, phone: Phone) -> None:
    phone.background_fetch.put('{"a": 1}', "jsapiPre", phone.app("alipay"))
    fetched = call(my, "getBackgroundFetchData", fetchType="jsapiPre")
    assert {*fetched} == {"errMsg", "fetchType", "timestamp", "fetchedData"}
    assert (fetched["fetchType"], fetched["fetchedData"]) == ("jsapiPre", {"a": 1})


def test_the_ext_of_no_template_is_a_failure(phone: Phone) -> None:
    my = phone.native("alipay")
    with pytest.raises(taropy.phone.NativeError) as caught:
        my.getExtConfigSync()
    assert caught.value.error == 20
    phone.ext.config = {"shop": "Tea"}
    assert my.getExtConfigSync() == {"shop": "Tea"}
    assert call(my, "getExtConfig")["data"] == call(my, "getExtConfig")["extConfig"] == {"shop": "Tea"}


def test_a_film_is_measured_in_milliseconds(my: Any, phone: Phone) -> None:
    path = phone.files.import_file(phone.app("alipay"), SAMPLES["video"])
    assert call(my, "getVideoInfo", src=path)["duration"] == 2000
