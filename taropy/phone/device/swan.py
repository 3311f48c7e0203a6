"""Codes, clipboard and telephone in Baidu's own form: github.com/swan-team/swan-docs, api/device_sys."""

from __future__ import annotations

from ..core.swan import ANY, CANCEL, FAILED, failing, numbered, wrong
from ..core.variant import Surface, Variant, only_told

_UNREAD = 203
_ALL = {**wrong(), ANY: FAILED}

# Its page: there is no such thing on iOS, and this is what it gives there.
_BATTERY_ON_IOS = Variant(
    "getBatteryInfoSync", arguments=lambda *_: (), result=lambda _: {"level": 100, "isCharging": True}
)

SURFACE = Surface(
    "swan",
    {
        "scanCode": Variant(
            "scanCode",
            result=only_told("result", "scanType", "charSet"),
            failure=failing(_ALL),
            systems={
                "ios": Variant(
                    "scanCode",
                    result=only_told("result", "scanType"),
                    failure=failing({**wrong(), CANCEL: _UNREAD}),
                )
            },
        ),
        "getBatteryInfoSync": Variant("getBatteryInfoSync", systems={"ios": _BATTERY_ON_IOS}),
        "setClipboardData": numbered("setClipboardData", wrong(), wrong()),
        **{
            name: numbered(name, wrong(), _ALL)
            for name in ("makePhoneCall", "addPhoneContact", "setKeepScreenOn", "setScreenBrightness")
        },
    },
)
