"""What `@tarojs/taro-rn` 4.2.0 tells of itself though it does not know it: `getSystemInfo`, `getAppBaseInfo`."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant


def _nothing(*_: object) -> tuple[()]:
    return ()


def _system(result: Result) -> Result:
    return {**result, "language": None, "SDKVersion": None}


def _app(result: Result) -> Result:
    return {**result, "language": "", "SDKVersion": ""}


SURFACE = Surface(
    "rn",
    {
        "getSystemInfo": Variant("getSystemInfo", result=_system),
        "getSystemInfoSync": Variant("getSystemInfoSync", arguments=_nothing, result=_system),
        "getAppBaseInfo": Variant("getAppBaseInfo", arguments=_nothing, result=_app),
    },
)
