"""What `@tarojs/plugin-platform-harmony-ets` 4.2.0 tells as null, since it does not know it: `base/system.ts`."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant

_UNKNOWN: Result = dict.fromkeys((
    "benchmarkLevel", "bluetoothEnabled", "cameraAuthorized", "enableDebug", "fontSizeSetting", "locationAuthorized",
    "locationEnabled", "microphoneAuthorized", "notificationAuthorized", "phoneCalendarAuthorized",
))  # fmt: skip


def _nothing(*_: object) -> tuple[()]:
    return ()


def _system(result: Result) -> Result:
    return {**_UNKNOWN, **result}


SURFACE = Surface(
    "harmony",
    {
        "getSystemInfo": Variant("getSystemInfo", result=_system),
        "getSystemInfoSync": Variant("getSystemInfoSync", arguments=_nothing, result=_system),
    },
)
