"""How `@tarojs/taro-rn` 4.2.0 tells that there is no position: `getLocation`, with the W3C's numbers."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant

POSITION_UNAVAILABLE = 2


def _failed(failure: Result) -> Result:
    unavailable = "LOCATIONSWITCHOFF" in failure["errMsg"] or "system permission" in failure["errMsg"]
    if unavailable:
        return {"errMsg": "getLocation fail", "err": {"code": POSITION_UNAVAILABLE}}
    return {**failure, "errMsg": "Permissions denied!"} if "Permissions denied!" in failure["errMsg"] else failure


SURFACE = Surface("rn", {"getLocation": Variant("getLocation", failure=_failed)})
