"""Which room of the phone answers which native function: a table, so that asking costs no import of the rooms."""

from __future__ import annotations

from collections.abc import Mapping

ROOMS: Mapping[str, tuple[str, ...]] = {
    "account": (
        "login", "checkSession", "pluginLogin", "getAccountInfoSync", "getUserInfo", "getUserProfile",
    ),
    "permissions": ("authorize", "getSetting", "openSetting"),
    "network": ("request",),
    "storage": (
        "getStorage", "setStorage", "removeStorage", "clearStorage", "getStorageInfo",
        "batchGetStorage", "batchSetStorage",
        "getStorageSync", "setStorageSync", "removeStorageSync", "clearStorageSync", "getStorageInfoSync",
        "batchGetStorageSync", "batchSetStorageSync",
    ),
    "screen": ("showToast", "hideToast", "showLoading", "hideLoading", "showModal", "showActionSheet"),
    "system": (
        "getSystemInfo", "getSystemInfoSync", "getSystemInfoAsync", "getDeviceInfo", "getWindowInfo",
        "getAppBaseInfo", "getSystemSetting", "getAppAuthorizeSetting",
    ),
}  # fmt: skip

ROOM_OF: Mapping[str, str] = {name: room for room, names in ROOMS.items() for name in names}
