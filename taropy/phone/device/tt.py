"""Codes, clipboard and sensors in Douyin's own form: @douyin-microapp/typings 1.3.1; developer.open-douyin.com."""

from __future__ import annotations

from ..core.answers import Result
from ..core.tt import failing
from ..core.variant import Surface, Variant, only_told


def _flat(result: Result) -> Result:
    """The network's fields beside `errMsg`."""
    wifi = result.get("wifi", {})
    return {**{name: value for name, value in result.items() if name != "wifi"}, **wifi}


SURFACE = Surface(
    "tt",
    {
        "scanCode": Variant("scanCode", result=only_told("result")),
        "getClipboardData": Variant("getClipboardData", failure=failing({"auth deny": 104390})),
        "setClipboardData": Variant("setClipboardData", failure=failing({"auth deny": 104190})),
        "startAccelerometer": Variant(
            "startAccelerometer", failure=failing({"sensor disable": 102701, "The accelerometer is running": 102703})
        ),
        "getConnectedWifi": Variant(
            "getConnectedWifi",
            result=_flat,
            failure=failing({"wifi not turned on": 110001, "wifi is connected": 110002, "gain current": 110003}),
        ),
        "startCompass": Variant("startCompass", failure=failing({"sensor disable": 104401})),
    },
)
