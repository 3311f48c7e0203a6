"""What `@tarojs/taro-rn` 4.2.0 tells of a code that was scanned, over Expo's scanner: `scanCode/index.tsx`."""

from __future__ import annotations

from ..core.answers import Result
from ..core.failing import without_numbers
from ..core.variant import Surface, Variant


def _scanned(result: Result) -> Result:
    """Expo gives the text alone; what else is declared is yet to do in Taro's code."""
    return {**result, "charSet": "UTF-8", "rawData": "", "path": ""}


def _failed(failure: Result) -> Result:
    """The reason of a refusal alone, whoever it is that denies the camera."""
    refused = any(words in failure["errMsg"] for words in ("Permissions denied!", "system permission denied"))
    return {"errMsg": "Permissions denied!"} if refused else without_numbers(failure)


SURFACE = Surface("rn", {"scanCode": Variant("scanCode", result=_scanned, failure=_failed)})
