"""Storage in Baidu's own form: github.com/swan-team/swan-docs, api/storage. What fits is in the room's `RULES`."""

from __future__ import annotations

from ..core.swan import ANY, FAILED, WRONG, numbered, wrong
from ..core.variant import Surface

_TOO_MUCH = 1003
_ANDROID = {ANY: FAILED}

SURFACE = Surface(
    "swan",
    {
        "getStorage": numbered("getStorage", wrong(), _ANDROID),
        "setStorage": numbered("setStorage", {**wrong(WRONG), "exceed storage": _TOO_MUCH}, _ANDROID),
        "removeStorage": numbered("removeStorage", wrong(), _ANDROID),
    },
)
