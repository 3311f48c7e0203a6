"""Storage in Douyin's own form: @douyin-microapp/typings 1.3.1. What fits is in the room's `RULES`."""

from __future__ import annotations

from ..core.failing import without_numbers
from ..core.variant import Surface, Variant

SURFACE = Surface(
    "tt", {name: Variant(name, failure=without_numbers) for name in ("getStorage", "setStorage", "removeStorage")}
)
