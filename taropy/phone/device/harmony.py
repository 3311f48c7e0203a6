"""How `@tarojs/plugin-platform-harmony-ets` 4.2.0 takes listeners off the keyboard: `device/keyboard.ts`."""

from __future__ import annotations

from typing import Any

from ..core.variant import Surface, Variant


def _nobody(*_: object) -> None:
    """A listener that nobody is."""


def _one(callback: Any = None, *_: object) -> tuple[Any]:
    """Without a listener nobody's is taken off."""
    return (_nobody if callback is None else callback,)


SURFACE = Surface("harmony", {"offKeyboardHeightChange": Variant("offKeyboardHeightChange", arguments=_one)})
