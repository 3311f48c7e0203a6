"""How `@tarojs/plugin-platform-harmony-ets` 4.2.0 takes listeners off the keyboard: `device/keyboard.ts`."""

from __future__ import annotations

from ..core.variant import Surface, Variant, named_listener

SURFACE = Surface("harmony", {"offKeyboardHeightChange": Variant("offKeyboardHeightChange", arguments=named_listener)})
