"""The system: what programs learn of the device, and what a test can set."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy.phone import Phone
from taropy.phone.system import devices

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
    assert 300 < known["windowWidth"] == known["screenWidth"] < known["windowHeight"] < known["screenHeight"]


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
    assert info("h5", "taro")["model"] == "iPhone 15 Pro"
    assert (info("weapp", "wx")["system"], info("alipay", "my")["system"]) == ("iOS 17.5.1", "17.5.1")


@pytest.mark.parametrize(
    ("platform", "native", "there", "absent"),
    [
        ("weapp", "wx", "SDKVersion host safeArea theme albumAuthorized", "app appName screen titleBarHeight"),
        ("alipay", "my", "app screen titleBarHeight storage currentBattery", "SDKVersion host theme benchmarkLevel"),
        ("swan", "swan", "swanNativeVersion host navigationBarHeight", "appName screen theme"),
        ("tt", "tt", "appName nativeSDKVersion SDKUpdateVersion", "host app cameraAuthorized"),
        ("qq", "qq", "AppPlatform benchmarkLevel", "host app"),
        ("h5", "taro", "theme enableDebug", "version statusBarHeight fontSizeSetting SDKVersion safeArea wifiEnabled"),
        ("rn", "rn", "safeArea version", "SDKVersion language theme wifiEnabled"),
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
        Phone(device="Nokia 3310").native("weapp").getSystemInfoSync()


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
    with pytest.raises(ValueError, match=f"{name} is one of .*, not '{value}'"):
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
    with pytest.raises(ValueError, match="one of authorized, denied, not determined, not 'maybe'"):
        phone.system.set_permission("camera", "maybe")


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
