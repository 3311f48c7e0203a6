"""What `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 keeps without data, an empty text, and its sizes, no numbers."""

from __future__ import annotations

import math
from typing import Any

from ..core.answers import Result
from ..core.options import UNDEFINED
from ..core.variant import Surface, Variant


def _sized(result: Result) -> Result:
    return {**result, "limitSize": math.nan, "currentSize": math.nan}


def _kept(key: Any = None, data: Any = "", *_: object) -> tuple[Any, Any]:
    """What is kept without data is an empty text."""
    return key, "" if data is UNDEFINED else data


SURFACE = Surface(
    "harmony-hybrid",
    {
        "getStorageInfo": Variant("getStorageInfo", result=_sized),
        "setStorageSync": Variant("setStorageSync", arguments=_kept),
    },
)
