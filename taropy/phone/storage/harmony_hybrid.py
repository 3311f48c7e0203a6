"""What `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 tells of the storage: its sizes are no numbers."""

from __future__ import annotations

import math

from ..core.answers import Result
from ..core.variant import Surface, Variant


def _sized(result: Result) -> Result:
    return {**result, "limitSize": math.nan, "currentSize": math.nan}


SURFACE = Surface("harmony-hybrid", {"getStorageInfo": Variant("getStorageInfo", result=_sized)})
