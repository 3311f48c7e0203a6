"""How `@tarojs/plugin-platform-harmony-ets` 4.2.0 takes listeners off: `device/keyboard.ts`, `…/accelerometer.ts`."""

from __future__ import annotations

from ..core.variant import Surface, Variant, named_listener

SURFACE = Surface(
    "harmony",
    {name: Variant(name, arguments=named_listener) for name in ("offKeyboardHeightChange", "offAccelerometerChange")},
)
