"""What `@tarojs/taro-rn` 4.2.0 tells of a code that was scanned, over Expo's scanner: `scanCode/index.tsx`."""

from __future__ import annotations

from ..core.answers import Result
from ..core.rn import refusing
from ..core.variant import Surface, Variant


def _scanned(result: Result) -> Result:
    """Expo gives the text alone; what else is declared is yet to do in Taro's code."""
    return {**result, "charSet": "UTF-8", "rawData": "", "path": ""}


SURFACE = Surface("rn", {"scanCode": Variant("scanCode", result=_scanned, failure=refusing)})
