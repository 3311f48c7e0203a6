"""How HarmonyOS tells that there is no position: @ohos.geoLocationManager, and OpenHarmony's universal error codes."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant, named_listener

PERMISSION_DENIED = (
    201, "Permission verification failed. The application does not have the permission required to call the API.",
)  # fmt: skip
SWITCHED_OFF = (3301100, "The location switch is off.")


def _failed(failure: Result) -> Result:
    """The error of HarmonyOS, which Taro's code hands on: its `code` and its `message`."""
    reason = failure["errMsg"]
    if "LOCATIONSWITCHOFF" in reason:
        code, words = SWITCHED_OFF
    elif "auth deny" in reason or "system permission" in reason:
        code, words = PERMISSION_DENIED
    else:
        return failure
    return {"code": code, "message": words}


SURFACE = Surface(
    "harmony",
    {
        "getLocation": Variant("getLocation", failure=_failed),
        "offLocationChange": Variant("offLocationChange", arguments=named_listener),
    },
)
