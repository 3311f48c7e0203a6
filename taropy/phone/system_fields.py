"""Which fields each platform's system functions tell, and what the vendors' own apps say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .devices import Device

Fields = Mapping[str, tuple[str, ...]]
Host = Mapping[str, Any]
Known = Mapping[str, Any]

_DEVICE = ("brand", "model", "system", "platform")
_WINDOW = ("pixelRatio", "screenWidth", "screenHeight", "windowWidth", "windowHeight")
_SWITCHES = ("bluetoothEnabled", "locationEnabled", "wifiEnabled")
_AUTHORIZED = (
    "albumAuthorized", "cameraAuthorized", "locationAuthorized", "microphoneAuthorized", "notificationAuthorized",
    "notificationAlertAuthorized", "notificationBadgeAuthorized", "notificationSoundAuthorized",
    "phoneCalendarAuthorized",
)  # fmt: skip

# Told by iOS devices only.
IOS_ONLY = frozenset({
    "albumAuthorized", "bluetoothAuthorized", "notificationAlertAuthorized", "notificationBadgeAuthorized",
    "notificationSoundAuthorized", "locationReducedAccuracy",
})  # fmt: skip
ANDROID_ONLY = frozenset({"abi", "deviceAbi", "cpuType", "CPUType"})

_WECHAT: Fields = {
    "getSystemInfo": (
        *_DEVICE, "benchmarkLevel", "memorySize", *_WINDOW, "screenTop", "statusBarHeight", "safeArea",
        "version", "SDKVersion", "language", "theme", "host", "enableDebug", "fontSizeSetting", "fontSizeScaleFactor",
        "deviceOrientation", *_SWITCHES, "locationReducedAccuracy", *_AUTHORIZED,
    ),
    "getDeviceInfo": ("abi", "deviceAbi", "benchmarkLevel", *_DEVICE, "cpuType", "CPUType", "memorySize"),
    "getWindowInfo": (*_WINDOW, "screenTop", "statusBarHeight", "safeArea"),
    "getAppBaseInfo": (
        "version", "SDKVersion", "language", "theme", "host", "enableDebug", "fontSizeSetting", "fontSizeScaleFactor",
    ),
    "getSystemSetting": (*_SWITCHES, "deviceOrientation"),
    "getAppAuthorizeSetting": (*_AUTHORIZED, "bluetoothAuthorized", "locationReducedAccuracy"),
}  # fmt: skip

# A browser does not know the status bar, the safe area, the switches, or the versions of an app around it.
_H5: Fields = {
    "getSystemInfo": (*_DEVICE, *_WINDOW, "language", "theme", "enableDebug", "deviceOrientation"),
    "getDeviceInfo": _DEVICE,
    "getWindowInfo": _WINDOW,
    "getAppBaseInfo": ("language", "theme", "enableDebug"),
    "getSystemSetting": ("deviceOrientation",),
    "getAppAuthorizeSetting": (*_AUTHORIZED, "bluetoothAuthorized", "locationReducedAccuracy"),
}

_RN: Fields = {
    **_WECHAT,
    "getSystemInfo": (
        *_DEVICE, *_WINDOW, "statusBarHeight", "safeArea", "version", "fontSizeSetting", "deviceOrientation",
    ),
    "getAppBaseInfo": ("version", "theme", "enableDebug"),
}  # fmt: skip


def _info(*names: str) -> Fields:
    """Fields like WeChat's, but for what `getSystemInfo` tells beside device, window, language and version."""
    common = (*_DEVICE, *_WINDOW, "statusBarHeight", "language", "version", "fontSizeSetting")
    return {**_WECHAT, "getSystemInfo": (*common, *names)}


FIELDS: Mapping[str, Fields] = {
    "wx": _WECHAT,
    "my": _info(
        "app", "storage", "currentBattery", "screen", "titleBarHeight", "transparentTitle", "safeArea",
        "albumAuthorized", "cameraAuthorized", "locationAuthorized", "microphoneAuthorized",
        "locationEnabled", "wifiEnabled",
    ),
    "swan": _info(
        "SDKVersion", "swanNativeVersion", "host", "devicePixelRatio", "navigationBarHeight", "safeArea", "enableDebug",
        "deviceOrientation", *_SWITCHES, "albumAuthorized", "cameraAuthorized", "locationAuthorized",
        "microphoneAuthorized", "notificationAuthorized",
    ),
    "tt": _info(
        "SDKVersion", "SDKUpdateVersion", "nativeSDKVersion", "appName", "battery", "wifiSignal", "deviceScore",
        "screenRatio", "devicePixelRatio", "safeArea",
    ),
    "qq": _info("SDKVersion", "AppPlatform", "benchmarkLevel", "safeArea", *_SWITCHES, *_AUTHORIZED),
    "jd": _info("SDKVersion", "safeArea"),
    "h5": _H5,
    "rn": _RN,
    "harmony": _info("SDKVersion", "safeArea", "theme"),
    "harmony-hybrid": _info("SDKVersion", "safeArea", "theme", "deviceOrientation", *_SWITCHES),
}  # fmt: skip

# Releases of the vendors' apps and of their base libraries.
HOSTS: Mapping[str, Host] = {
    "wx": {"version": "8.0.56", "SDKVersion": "3.7.8", "host": {"env": "WeChat", "appId": ""}},
    "my": {"version": "10.5.62", "app": "alipay", "currentBattery": "100%", "transparentTitle": False},
    "swan": {"version": "13.50.0.10", "SDKVersion": "3.740.2", "swanNativeVersion": "3.740.2", "host": "baiduboxapp"},
    "tt": {
        "version": "29.9.0",
        "SDKVersion": "3.63.0",
        "SDKUpdateVersion": "3.63.0.4",
        "nativeSDKVersion": "10.3.0",
        "appName": "Douyin",
        "battery": 100,
        "wifiSignal": 4,
        "deviceScore": {"cpu": 7.905, "gpu": 9.0622, "memory": 7.0344, "overall": 7.9524},
        "screenRatio": 1,
    },
    "qq": {"version": "9.0.70", "SDKVersion": "1.64.1", "AppPlatform": "qq"},
    "jd": {"version": "13.2.8", "SDKVersion": "1.33.4"},
    "h5": {},
    "rn": {"version": "1.0.0"},
    "harmony": {"version": "1.0.0", "SDKVersion": "13"},
    "harmony-hybrid": {"version": "1.0.0", "SDKVersion": "13"},
}

_ALIPAY_LANGUAGES = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant", "zh_HK": "zh-HK", "en": "en"}


def _alipay(known: Known, device: Device) -> Known:
    return {
        "model": device.code,
        "system": device.os_version,
        "platform": device.os,
        "language": _ALIPAY_LANGUAGES[known["language"]],
        "storage": device.disk,
    }


def _browser(known: Known, device: Device) -> Known:
    """What a page reads from `navigator`; it is asked for each permission when it first uses it."""
    told = {"brand": device.maker, "model": device.name, "platform": device.os}
    return {**told, "language": known["language"].replace("_", "-"), **dict.fromkeys(_PERMISSIONS, "not determined")}


_PERMISSIONS = (*_AUTHORIZED, "bluetoothAuthorized")


def _react_native(known: Known, device: Device) -> Known:
    system = f"{device.platform} {device.os_version}"
    return {"system": system, "model": device.name, "fontSizeSetting": known["fontSizeScaleFactor"]}


def _harmony(known: Known, device: Device) -> Known:
    return {"platform": "harmony", "model": "phone"}


# What some platforms word in their own way.
TRANSLATED: Mapping[str, Callable[[Known, Device], Known] | None] = {
    "my": _alipay,
    "h5": _browser,
    "rn": _react_native,
    "harmony": _harmony,
}
