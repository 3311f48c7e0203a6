"""How `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 tells of a launch: `base/weapp/life-cycle.js`."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant

_UNTOLD = frozenset({"scene", "shareTicket"})


def _nothing(*_: object) -> tuple[()]:
    return ()


def _launched(result: Result) -> Result:
    return {"apiCategory": "default", **{name: value for name, value in result.items() if name not in _UNTOLD}}


SURFACE = Surface(
    "harmony-hybrid",
    {"getLaunchOptionsSync": Variant("getLaunchOptionsSync", arguments=_nothing, result=_launched)},
)
