"""Which fields each platform's system functions tell, and what the vendors' own apps say of themselves."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ..core.app import App
from ..core.devices import Device

if TYPE_CHECKING:
    from ..core.faces import Phone

Fields = Mapping[str, tuple[str, ...]]
Host = Mapping[str, Any]
Known = Mapping[str, Any]
Translate = Callable[[Known, "Phone", App], Known]

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
ANDROID_ONLY = frozenset({"abi", "deviceAbi", "cpuType", "CPUType", "apiLevel"})
# Taro's own implementations tell the same on every device.
ALIKE: Mapping[str, bool] = dict.fromkeys(("h5", "harmony", "harmony-hybrid"), True)

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
    "env": (),
}  # fmt: skip

# What `@tarojs/taro-h5` 4.2.1 tells: `api/base/system.js`.
_H5: Fields = {
    **_WECHAT,
    "getSystemInfo": (
        *_DEVICE, "deviceAbi", "CPUType", "benchmarkLevel", *_WINDOW, "statusBarHeight", "safeArea", "version",
        "SDKVersion", "language", "theme", "enableDebug", "fontSizeSetting", "deviceOrientation", *_SWITCHES,
        *_AUTHORIZED, "locationReducedAccuracy", "environment",
    ),
    "getDeviceInfo": ("abi", "deviceAbi", "benchmarkLevel", *_DEVICE, "CPUType"),
    "getWindowInfo": (*_WINDOW, "statusBarHeight", "safeArea"),
    "getAppBaseInfo": ("version", "SDKVersion", "language", "theme", "enableDebug"),
}  # fmt: skip
# What it leaves empty, and what it has no number for: a browser knows neither the processor nor an app around it.
_EMPTY = ("abi", "deviceAbi", "CPUType", "version", "SDKVersion", "environment")
_NO_NUMBER = ("statusBarHeight", "fontSizeSetting")

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


# Alipay: the pages of these functions, and their types (github.com/ant-mini-program/api-typings).
_ALIPAY: Fields = {
    **_info(
        "app", "apiLevel", "storage", "currentBattery", "screen", "titleBarHeight", "transparentTitle", "safeArea",
        "performance", "isIphoneXSeries", "albumAuthorized", "cameraAuthorized", "locationAuthorized",
        "microphoneAuthorized", "locationEnabled", "wifiEnabled",
    ),
    "getWindowInfo": (*_WINDOW, "screenTop", "statusBarHeight", "safeArea"),
    "getAppBaseInfo": ("SDKVersion", "language", "version"),
    "getSystemSetting": _SWITCHES,
    "getAppAuthorizeSetting": (*_WECHAT["getAppAuthorizeSetting"], "overlayAuthorized"),
    "env": ("clientName", "clientVersion", "language", "platform"),
}  # fmt: skip
# What is told only to a program that asks for it, by the option.
ALIPAY_ON_REQUEST: Fields = {
    "includeBluetooth": ("bluetoothEnabled", "bluetoothAuthorized"),
    "includeNotification": (
        "notificationAuthorized", "notificationAlertAuthorized", "notificationBadgeAuthorized",
        "notificationSoundAuthorized",
    ),
}  # fmt: skip

_HARMONY_HYBRID: Fields = {
    **_info(
        "SDKVersion", "benchmarkLevel", "safeArea", "theme", "host", "enableDebug", "deviceOrientation", *_SWITCHES,
        "albumAuthorized", "cameraAuthorized", "locationAuthorized", "microphoneAuthorized", "notificationAuthorized",
        "phoneCalendarAuthorized", "locationReducedAccuracy",
    ),
    "getDeviceInfo": (*_DEVICE, "benchmarkLevel"),
    "getAppAuthorizeSetting": (
        "albumAuthorized", "bluetoothAuthorized", "cameraAuthorized", "locationAuthorized", "locationReducedAccuracy",
        "microphoneAuthorized", "notificationAuthorized", "phoneCalendarAuthorized",
    ),
    "getWindowInfo": (*_WINDOW, "statusBarHeight", "safeArea"),
    "getAppBaseInfo": ("SDKVersion", "enableDebug", "host", "language", "version", "theme"),
}  # fmt: skip

FIELDS: Mapping[str, Fields] = {
    "wx": _WECHAT,
    "my": _ALIPAY,
    "swan": _info(
        "SDKVersion", "swanNativeVersion", "host", "devicePixelRatio", "navigationBarHeight", "safeArea", "enableDebug",
        "deviceOrientation", *_SWITCHES, "albumAuthorized", "cameraAuthorized", "locationAuthorized",
        "microphoneAuthorized", "notificationAuthorized", "notificationAlertAuthorized",
        "notificationBadgeAuthorized", "notificationSoundAuthorized", "cacheLocation",
    ),
    "tt": {
        **_info(
            "SDKVersion", "SDKUpdateVersion", "nativeSDKVersion", "appName", "battery", "wifiSignal", "deviceScore",
            "screenRatio", "devicePixelRatio", "safeArea",
        ),
        "env": ("VERSION",),
    },
    "qq": _info("SDKVersion", "AppPlatform", "benchmarkLevel", "safeArea", *_SWITCHES, *_AUTHORIZED),
    "jd": _info("SDKVersion", "safeArea"),
    "h5": _H5,
    "rn": _RN,
    # What else it could tell, `@tarojs/plugin-platform-harmony-ets` leaves empty.
    "harmony": {
        **_WECHAT,
        "getSystemInfo": (
            *_DEVICE, *_WINDOW, "statusBarHeight", "safeArea", "language", "version", "SDKVersion", "theme",
            "wifiEnabled", "albumAuthorized", "notificationAlertAuthorized", "notificationBadgeAuthorized",
            "notificationSoundAuthorized",
        ),
    },
    "harmony-hybrid": _HARMONY_HYBRID,
}  # fmt: skip

# Releases of the vendors' apps and of their base libraries.
HOSTS: Mapping[str, Host] = {
    "wx": {"version": "8.0.56", "SDKVersion": "3.7.8", "host": {"env": "WeChat", "appId": ""}},
    "my": {
        "version": "10.5.62",
        "SDKVersion": "2.9.16",
        "app": "alipay",
        "clientName": "ap",
        "transparentTitle": False,
    },
    "swan": {"version": "13.50.0.10", "SDKVersion": "3.740.2", "swanNativeVersion": "3.740.2", "host": "baiduboxapp"},
    "tt": {
        "version": "29.9.0",
        "SDKVersion": "3.63.0",
        "SDKUpdateVersion": "3.63.0.4",
        "nativeSDKVersion": "10.3.0",
        "appName": "Douyin",
        "deviceScore": {"cpu": 7.905, "gpu": 9.0622, "memory": 7.0344, "overall": 7.9524},
        "screenRatio": 1,
    },
    "qq": {"version": "9.0.70", "SDKVersion": "1.64.1", "AppPlatform": "qq"},
    "jd": {"version": "13.2.8", "SDKVersion": "1.33.4"},
    "h5": {},
    "rn": {"version": "1.0.0"},
    "harmony": {"SDKVersion": 13},
    "harmony-hybrid": {"version": "1.0.0", "SDKVersion": "13"},
}

# As Alipay and HarmonyOS name them.
_LANGUAGES = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant", "zh_HK": "zh-HK", "en": "en"}

# What Douyin calls the kinds of release that others call by WeChat's names.
_RELEASES = {"develop": "development", "trial": "preview", "release": "production"}

_PERMISSIONS = (*_AUTHORIZED, "bluetoothAuthorized")


def _alipay(known: Known, phone: Phone, app: App) -> Known:
    """Alipay's own pages say that on Android it tells the screen's size in physical pixels, and `screen` in logical."""
    device = phone.system.device
    ratio = 1 if device.platform == "ios" else device.pixel_ratio
    return {
        "model": device.code,
        "system": device.os_version,
        "platform": device.os,
        "language": _LANGUAGES[known["language"]],
        "storage": device.disk,
        "currentBattery": f"{phone.hardware.battery_level}%",
        "performance": _performance(device),
        "isIphoneXSeries": device.platform == "ios" and device.inset_bottom > 0,
        "clientVersion": known["version"],
        "screenWidth": round(known["screenWidth"] * ratio),
        "screenHeight": round(known["screenHeight"] * ratio),
    }


def _performance(device: Device) -> str:
    """Alipay's classes of devices, by the memory that they are sold with."""
    gigabytes = math.ceil(device.memory / 1024)
    if gigabytes >= 4:
        return "high"
    return "middle" if gigabytes >= (2 if device.platform == "ios" else 3) else "low"


def _douyin(known: Known, phone: Phone, app: App) -> Known:
    return {
        "brand": _brand(phone.system.device),
        "battery": phone.hardware.battery_level,
        "wifiSignal": 4 if phone.network.type == "wifi" else 0,
        "VERSION": _RELEASES[app.env_version],
    }


def _brand(device: Device) -> str:
    """Where iPhones are of the brand Apple."""
    return device.maker if device.platform == "ios" else device.brand


def _baidu(known: Known, phone: Phone, app: App) -> Known:
    """Letters have one of four sizes: small, usual, big, very big; which of them so many pixels are, is judgement.

    So is the form of the position that the client knows already: the one in which `getLocation` told it last.
    """
    size = known["fontSizeSetting"]
    told = phone.location.last_told(app)
    return {
        "fontSizeSetting": 1 if size < 16 else 2 if size < 18 else 3 if size < 21 else 4,
        **({} if told is None else {"cacheLocation": told}),
    }


# What Baidu calls the kinds of release.
_BAIDU_RELEASES = {"develop": "development", "trial": "trial", "release": "production"}
_BAIDU_SCHEME = "baiduboxapp"


def baidu_env(app: App, entry: Known) -> dict[str, Any]:
    """What `swan.getEnvInfoSync` tells: github.com/swan-team/swan-docs, api/device_sys.

    The phone knows no name of the app. The address by which it was opened last is put together as the documents have
    such addresses.
    """
    query = urlencode(entry["query"])
    opened = f"{_BAIDU_SCHEME}://swan/{app.appid}/{entry['path'].lstrip('/')}"
    return {
        "appKey": app.appid,
        "appName": "",
        "lastAppURL": f"{opened}?{query}" if query else opened,
        "sdkVersion": HOSTS["swan"]["SDKVersion"],
        "scheme": _BAIDU_SCHEME,
        "env": _BAIDU_RELEASES[app.env_version],
    }


def _browser(known: Known, phone: Phone, app: App) -> Known:
    """What a page reads from `navigator` and of its window; it is asked for each permission when it first uses it.

    Who made the phone, and which it is, stands in the user agent: of an iPhone just that, of others the model alone.
    """
    device = phone.system.device
    is_apple = device.platform == "ios"
    return {
        "brand": device.maker if is_apple else "unknown",
        "model": device.brand if is_apple else device.code,
        "platform": device.os,
        "benchmarkLevel": -1,
        "enableDebug": app.env_version != "release",
        "language": known["language"].replace("_", "-"),
        "safeArea": dict.fromkeys(("left", "right", "top", "bottom", "width", "height"), 0),
        **dict.fromkeys(_SWITCHES, False),
        **dict.fromkeys(_PERMISSIONS, "not determined"),
        **dict.fromkeys(_EMPTY, ""),
        **dict.fromkeys(_NO_NUMBER, math.nan),
    }


def _react_native(known: Known, phone: Phone, app: App) -> Known:
    device = phone.system.device
    return {
        "brand": _brand(device),
        "system": f"{device.platform} {device.api_level or device.os_version}",
        "model": device.name,
        "fontSizeSetting": known["fontSizeScaleFactor"],
        "theme": "light",
    }


def _harmony(known: Known, phone: Phone, app: App) -> Known:
    device = phone.system.device
    return {
        "platform": "harmony",
        "model": "phone",
        "version": f"{device.code} {device.os_version}",
        "language": _LANGUAGES[known["language"]],
        "wifiEnabled": False,
        **dict.fromkeys(_PERMISSIONS, "not determined"),
    }


def _harmony_hybrid(known: Known, phone: Phone, app: App) -> Known:
    return {"host": {"appId": app.appid}, "benchmarkLevel": -1}


# What some platforms word in their own way, or tell of what is no business of `System`.
TRANSLATED: Mapping[str, Translate | None] = {
    "my": _alipay,
    "swan": _baidu,
    "tt": _douyin,
    "h5": _browser,
    "rn": _react_native,
    "harmony": _harmony,
    "harmony-hybrid": _harmony_hybrid,
}
