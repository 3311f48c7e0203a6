"""Positions and places in Douyin's own form: developer.open-douyin.com, `tt.getLocation`; @douyin-microapp/typings."""

from __future__ import annotations

from ..core.failing import without_numbers
from ..core.variant import Surface, Variant, by_default

SURFACE = Surface(
    "tt",
    {
        # Its page has no other coordinates any more, and they are the default.
        "getLocation": Variant("getLocation", by_default(type="gcj02"), failure=without_numbers),
        **{
            name: Variant(name, failure=without_numbers)
            for name in ("chooseLocation", "openLocation", "startLocationUpdate")
        },
    },
)
