"""What `@tarojs/plugin-platform-harmony-ets` 4.2.0 tells of the system: `base/system.ts`.

What it does not know is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.answers import Ordered, Result
from ..core.variant import Surface, Variant

_UNKNOWN: Result = dict.fromkeys((
    "benchmarkLevel", "bluetoothEnabled", "cameraAuthorized", "enableDebug", "fontSizeSetting", "locationAuthorized",
    "locationEnabled", "microphoneAuthorized", "notificationAuthorized", "phoneCalendarAuthorized",
))  # fmt: skip
_MEASURES = frozenset({"safeArea", "screenHeight", "screenWidth", "statusBarHeight", "windowHeight", "windowWidth"})


def _nothing(*_: object) -> tuple[()]:
    return ()


def _system(result: Result) -> Result:
    """Measures are in physical pixels; what a test has ordered is as the test says."""
    if isinstance(result, Ordered) or "pixelRatio" not in result:
        return {**_UNKNOWN, **result}
    measured = {name: _physical(result[name], result["pixelRatio"]) for name in _MEASURES & result.keys()}
    return {**_UNKNOWN, **result, **measured}


def _physical(measure: Any, ratio: float) -> Any:
    if isinstance(measure, Mapping):
        return {name: _physical(each, ratio) for name, each in measure.items()}
    return round(measure * ratio)


SURFACE = Surface(
    "harmony",
    {
        "getSystemInfo": Variant("getSystemInfo", result=_system),
        "getSystemInfoSync": Variant("getSystemInfoSync", arguments=_nothing, result=_system),
    },
)
