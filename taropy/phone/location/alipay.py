"""Positions in Alipay's own form: github.com/AlipayDocs/open-docs, `my.getLocation`, `my.chooseLocation`."""

from __future__ import annotations

from ..core.alipay import CANCELLED, WRONG_OPTIONS, failing
from ..core.answers import Result
from ..core.variant import Surface, Variant

_UNTOLD = frozenset({"speed", "altitude", "verticalAccuracy"})
_FIGURES = frozenset({"longitude", "latitude", "accuracy", "horizontalAccuracy"})

# The number of `my.getLocation` while the phone does not locate.
_NOT_LOCATING = 11


def _position(result: Result) -> Result:
    """Alipay tells the figures as text, and neither speed nor height."""
    told = {name: value for name, value in result.items() if name not in _UNTOLD}
    return {name: str(value) if name in _FIGURES else value for name, value in told.items()}


SURFACE = Surface(
    "my",
    {
        "getLocation": Variant(
            "getLocation", result=_position, failure=failing({"parameter error": WRONG_OPTIONS}, _NOT_LOCATING)
        ),
        "chooseLocation": Variant("chooseLocation", failure=CANCELLED),
    },
)
