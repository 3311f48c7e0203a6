"""The system: what programs learn of the device, and what a test can set."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from natively import call

import taropy
from taropy.phone import Phone, devices

PLATFORMS = [
    ("weapp", "wx"), ("alipay", "my"), ("swan", "swan"), ("tt", "tt"), ("qq", "qq"), ("jd", "jd"),
    ("h5", "taro"), ("rn", "rn"), ("harmony", "harmony"), ("harmony-hybrid", "native"),
]  # fmt: skip
FUNCTIONS = ["getDeviceInfo", "getWindowInfo", "getAppBaseInfo", "getSystemSetting", "getAppAuthorizeSetting"]


def info(platform: str, native: str, **phone: Any) -> dict[str, Any]:
    found: dict[str, Any] = Phone(**phone).native(platform, native).getSystemInfoSync()
    return found


@pytest.mark.parametrize("device", devices())
@pytest.mark.parametrize(("platform", "native"), PLATFORMS)
def test_every_device_tells_every_platform_the_essentials(device: str, platform: str, native: str) -> None:
    known = info(platform, native, device=device)
    assert known["brand"]
    assert known["model"]
    assert known["system"]
    assert known["pixelRatio"] >= 1
    screen = known["screen"]["width"] if platform == "alipay" else known["screenWidth"]
    assert 300 < known["windowWidth"] == screen < known["windowHeight"] < known["screenHeight"]


@pytest.mark.parametrize("device", devices())
def test_the_safe_area_lies_within_the_screen(device: str) -> None:
    known = info("weapp", "wx", device=device)
    safe = known["safeArea"]
    assert known["statusBarHeight"] <= safe["top"]
    assert safe["top"] + safe["height"] == safe["bottom"] <= known["screenHeight"]
    assert safe["left"] + safe["width"] == safe["right"] == known["screenWidth"]


def test_an_iphone_is_known_by_its_own_names() -> None:
    assert info("weapp", "wx")["model"] == "iPhone 15 pro<iPhone16,1>"
    assert info("alipay", "my")["model"] == "iPhone16,1"
    assert info("h5", "taro")["model"] == "iPhone"
    assert (info("weapp", "wx")["system"], info("alipay", "my")["system"]) == ("iOS 17.5.1", "17.5.1")


@pytest.mark.parametrize(
    ("platform", "native", "there", "absent"),
    [
        ("weapp", "wx", "SDKVersion host safeArea theme albumAuthorized", "app appName screen titleBarHeight"),
        ("alipay", "my", "app screen titleBarHeight storage currentBattery", "SDKVersion host theme benchmarkLevel"),
        ("swan", "swan", "swanNativeVersion host navigationBarHeight", "appName screen theme"),
        ("tt", "tt", "appName nativeSDKVersion SDKUpdateVersion", "host app cameraAuthorized"),
        ("qq", "qq", "AppPlatform benchmarkLevel", "host app"),
        ("h5", "taro", "theme enableDebug safeArea version SDKVersion", "host screenTop memorySize"),
        ("rn", "rn", "safeArea version SDKVersion language", "theme wifiEnabled host"),
        (
            "harmony",
            "harmony",
            "SDKVersion theme albumAuthorized bluetoothEnabled",
            "host deviceOrientation memorySize",
        ),
        ("harmony-hybrid", "native", "host enableDebug benchmarkLevel cameraAuthorized", "app screenTop memorySize"),
    ],
)
def test_a_platform_tells_its_own_fields_and_no_others(platform: str, native: str, there: str, absent: str) -> None:
    known = info(platform, native)
    assert set(there.split()) <= known.keys()
    assert not set(absent.split()) & known.keys()


def test_some_things_only_iphones_or_only_androids_tell() -> None:
    iphone, pixel = Phone().native("weapp"), Phone(device="Pixel 8").native("weapp")
    assert "albumAuthorized" in iphone.getSystemInfoSync()
    assert "albumAuthorized" not in pixel.getSystemInfoSync()
    assert "abi" not in iphone.getDeviceInfo()
    assert pixel.getDeviceInfo()["abi"] == "arm64-v8a"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_newer_functions_tell_parts_of_the_whole(name: str) -> None:
    wx = Phone(device="Redmi 10A").native("weapp")
    part, whole = getattr(wx, name)(), wx.getSystemInfoSync()
    common = part.keys() & whole.keys()
    assert common
    if name == "getAppAuthorizeSetting":
        assert {part[field] for field in common} == {"authorized"}
    else:
        assert {field: part[field] for field in common} == {field: whole[field] for field in common}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize(("platform", "native"), PLATFORMS)
def test_the_newer_functions_answer_everywhere(platform: str, native: str, name: str) -> None:
    assert getattr(Phone().native(platform, native), name)()


@pytest.mark.parametrize("platform", ["weapp", "tt", "h5", "rn", "harmony"])
def test_sync_and_async_tell_the_same(platform: str) -> None:
    async def main() -> None:
        async with taropy.create(platform) as t:
            told = await t.getSystemInfo()
            assert told.model == t.getSystemInfoSync()["model"]
            assert told.windowWidth == t.getSystemInfoSync()["windowWidth"]
            if t.canIUse("getSystemInfoAsync"):
                assert (await t.getSystemInfoAsync()).model == told.model

    asyncio.run(main())


def test_an_unknown_device_is_refused_with_the_known_names() -> None:
    with pytest.raises(ValueError, match=r"no device profile 'Nokia 3310'; there are iPhone 15 Pro, .*Pixel 8"):
        Phone(device="Nokia 3310")


# --- each platform's own way ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("device", ["iPhone 15 Pro", "Pixel 8"])
def test_alipay_tells_whether_its_windows_may_float(device: str) -> None:
    phone = Phone(device=device)
    my = phone.native("alipay", "my")
    assert my.getAppAuthorizeSetting()["overlayAuthorized"] == "authorized"
    phone.system.set_permission("overlay", "denied")
    assert my.getAppAuthorizeSetting()["overlayAuthorized"] == "denied"
    assert "overlayAuthorized" not in phone.native("weapp", "wx").getAppAuthorizeSetting()


def test_alipay_and_douyin_tell_how_full_the_battery_is() -> None:
    phone = Phone()
    my, tt = phone.native("alipay", "my"), phone.native("tt", "tt")
    phone.hardware.set_battery(79)
    assert (my.getSystemInfoSync()["currentBattery"], tt.getSystemInfoSync()["battery"]) == ("79%", 79)
    assert tt.getSystemInfoSync()["wifiSignal"] == 4
    phone.network.type = "4g"
    assert tt.getSystemInfoSync()["wifiSignal"] == 0


def test_alipay_tells_the_screen_of_an_android_in_physical_pixels() -> None:
    told = info("alipay", "my", device="Redmi 10A")
    assert (told["windowWidth"], told["screenWidth"], told["screen"]["width"]) == (360, 720, 360)
    assert (told["apiLevel"], told["performance"], told["isIphoneXSeries"]) == (30, "high", False)
    iphone = info("alipay", "my")
    assert (iphone["screenWidth"], iphone["isIphoneXSeries"]) == (393, True)
    assert "apiLevel" not in iphone


def test_alipay_tells_of_bluetooth_and_notifications_when_it_is_asked_to() -> None:
    my = Phone().native("alipay", "my")
    assert not {"bluetoothEnabled", "notificationAuthorized"} & my.getSystemInfoSync().keys()
    asked = my.getSystemInfoSync({"includeBluetooth": True})
    assert (asked["bluetoothEnabled"], asked["bluetoothAuthorized"]) == (True, True)
    asked = call(my, "getSystemInfo", includeNotification=True)
    assert asked["notificationAuthorized"] is True
    assert "bluetoothEnabled" not in asked


def test_alipays_base_info_is_its_versions_and_its_language() -> None:
    my = Phone().native("alipay", "my")
    assert my.getAppBaseInfo().keys() == {"SDKVersion", "language", "version"}
    assert my.getSystemSetting().keys() == {"bluetoothEnabled", "locationEnabled", "wifiEnabled"}


def test_env_has_what_the_vendor_puts_there() -> None:
    phone = Phone()
    env = phone.native("alipay", "my").env
    assert (env["clientName"], env["language"], env["platform"]) == ("ap", "zh-Hans", "iOS")
    assert env["clientVersion"] == phone.native("alipay", "my").getSystemInfoSync()["version"]
    assert phone.native("tt", "tt").env == {"USER_DATA_PATH": "ttfile://user", "VERSION": "development"}
    assert phone.native("weapp").env == {"USER_DATA_PATH": "wxfile://usr"}


def test_douyin_tells_of_the_app_and_where_it_may_write() -> None:
    with taropy.create("tt") as t:
        env = t.getEnvInfoSync()
        appid = t.phone.app("tt").appid
        assert env.microapp == {"mpVersion": "1.0.0", "envType": "development", "appId": appid}
        assert env.common.USER_DATA_PATH == t.env.USER_DATA_PATH == "ttfile://user"


@pytest.mark.parametrize(("size", "level"), [(14, 1), (16, 2), (18, 3), (22, 4)])
def test_baidu_has_four_sizes_of_letters(size: int, level: int) -> None:
    phone = Phone()
    phone.system.font_size = size
    assert phone.native("swan", "swan").getSystemInfoSync()["fontSizeSetting"] == level


def test_a_web_page_has_a_window_and_knows_no_switches() -> None:
    with taropy.create("h5") as t:
        window = t.getWindowInfo()
        assert (window.safeArea.width, window.safeArea.bottom) == (window.windowWidth, window.windowHeight)
        assert t.getSystemInfoSync().safeArea.height == window.windowHeight
        assert t.getSystemInfoSync().cameraAuthorized is False
        assert t.getSystemSetting().wifiEnabled is False
        assert t.getAppAuthorizeSetting().cameraAuthorized == "not determined"


def test_react_native_tells_what_its_libraries_do() -> None:
    iphone, pixel = info("rn", "rn"), info("rn", "rn", device="Pixel 8")
    assert (iphone["brand"], iphone["system"]) == ("Apple", "ios 17.5.1")
    assert (pixel["brand"], pixel["system"]) == ("google", "android 34")


def test_on_harmony_the_adaptation_finds_what_it_expects() -> None:
    with taropy.create("harmony", phone=Phone(device="HUAWEI Mate 60 Pro")) as t:
        told = t.getSystemInfoSync()
        assert (told.SDKVersion, told.benchmarkLevel, told.language) == ("13", -1, "zh-Hans")
        assert (told.platform, told.version) == ("harmony", "ALN-AL00 5.0.1")
        assert told.wifiEnabled is False


def test_on_harmony_measures_are_in_physical_pixels() -> None:
    phone = Phone(device="Pixel 8")
    with taropy.create("harmony", phone=phone) as t, taropy.create("weapp", phone=phone) as weapp:
        told, logical = t.getSystemInfoSync(), weapp.getSystemInfoSync()
        ratio = logical.pixelRatio
        assert told.pixelRatio == ratio != 1
        assert told.screenWidth == round(logical.screenWidth * ratio)
        assert told.statusBarHeight == round(logical.statusBarHeight * ratio)
        assert told.safeArea.bottom == round(logical.safeArea.bottom * ratio)
        assert t.getSystemInfo().result().windowHeight == told.windowHeight > logical.screenHeight
        phone.faults.answer("getSystemInfo", screenWidth=5)
        assert t.getSystemInfo().result().screenWidth == 5


def test_on_harmony_hybrid_what_was_told_of_the_settings_holds_for_half_a_second() -> None:
    with taropy.create("harmony-hybrid") as t:
        t.phone.clock.stop()
        assert t.getSystemSetting().wifiEnabled is True
        t.phone.system.wifi = False
        t.phone.clock.advance(0.49)
        assert t.getSystemSetting().wifiEnabled is True
        t.phone.clock.advance(0.02)
        assert t.getSystemSetting().wifiEnabled is False


def test_on_harmony_hybrid_the_host_is_the_app() -> None:
    with taropy.create("harmony-hybrid") as t:
        assert t.getAppBaseInfo().host.appId == t.phone.app("harmony-hybrid").appid


@pytest.mark.parametrize("name", ["getSystemInfoSync", *FUNCTIONS, "getPerformance", "getRealtimeLogManager"])
def test_what_is_given_to_a_function_that_takes_nothing_is_ignored(name: str) -> None:
    assert getattr(Phone().native("weapp"), name)({"useCache": True}, 5)


# --- settings ------------------------------------------------------------------------------------------------------


def test_settings_are_seen_by_programs() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    system = phone.system
    system.theme, system.language, system.font_size = "dark", "en", 20
    system.wifi = system.bluetooth = system.location = False
    known = wx.getSystemInfoSync()
    assert (known["theme"], known["language"], known["fontSizeSetting"]) == ("dark", "en", 20)
    assert wx.getSystemSetting() == {
        "bluetoothEnabled": False,
        "locationEnabled": False,
        "wifiEnabled": False,
        "deviceOrientation": "portrait",
    }
    assert phone.native("h5", "taro").getAppBaseInfo()["theme"] == "dark"


@pytest.mark.parametrize(
    ("language", "alipay", "h5"), [("zh_CN", "zh-Hans", "zh-CN"), ("zh_TW", "zh-Hant", "zh-TW"), ("en", "en", "en")]
)
def test_each_vendor_has_its_own_names_for_languages(language: str, alipay: str, h5: str) -> None:
    phone = Phone()
    phone.system.language = language
    assert phone.native("alipay", "my").getSystemInfoSync()["language"] == alipay
    assert phone.native("h5", "taro").getSystemInfoSync()["language"] == h5


def test_a_phone_held_sideways_is_wider_than_high() -> None:
    phone = Phone()
    phone.system.orientation = "landscape"
    known = phone.native("weapp").getSystemInfoSync()
    assert (known["screenWidth"], known["screenHeight"]) == (852, 393)
    assert known["windowHeight"] < known["windowWidth"] == 852
    assert known["deviceOrientation"] == "landscape"


@pytest.mark.parametrize(
    ("name", "value"), [("theme", "blue"), ("language", "xx"), ("orientation", "up"), ("wifi", "on")]
)
def test_a_setting_that_does_not_exist_is_refused(name: str, value: Any) -> None:
    system = Phone().system
    with pytest.raises(ValueError, match=f"^phone.system has no {name} '{value}'; there are "):
        setattr(system, name, value)


def test_a_permission_of_the_vendors_app_can_be_denied() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    phone.system.set_permission("camera", "denied")
    assert wx.getAppAuthorizeSetting()["cameraAuthorized"] == "denied"
    assert wx.getAppAuthorizeSetting()["locationAuthorized"] == "authorized"
    assert wx.getSystemInfoSync()["cameraAuthorized"] is False
    with pytest.raises(ValueError, match="no permission 'telepathy'; there are album"):
        phone.system.set_permission("telepathy", "denied")
    with pytest.raises(ValueError, match="never 'maybe'; there are authorized, denied, not determined"):
        phone.system.set_permission("camera", "maybe")
    phone.system.set_permission("camera", "not determined")
    assert wx.getAppAuthorizeSetting()["cameraAuthorized"] == "not determined"
    with pytest.raises(ValueError, match="only iOS has permissions that are not determined, and this is a Pixel 8"):
        Phone(device="Pixel 8").system.set_permission("camera", "not determined")


def test_a_phone_with_a_folder_keeps_its_settings(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.system.theme = "dark"
        phone.system.set_permission("album", "denied")
    with Phone(tmp_path) as phone:
        assert phone.system.theme == "dark"
        assert phone.system.permission("album") == "denied"


def test_phones_do_not_share_settings() -> None:
    one, other = Phone(), Phone()
    one.system.theme = "dark"
    one.system.set_permission("camera", "denied")
    assert (other.system.theme, other.system.permission("camera")) == ("light", "authorized")


def test_a_program_cannot_change_what_others_are_told() -> None:
    wx = Phone().native("weapp")
    wx.getSystemInfoSync()["safeArea"]["top"] = wx.getSystemInfoSync()["host"]["env"] = "changed"
    assert wx.getSystemInfoSync()["safeArea"]["top"] == 59
    assert wx.getSystemInfoSync()["host"]["env"] == "WeChat"
