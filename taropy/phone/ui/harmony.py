"""Dialogs as `@tarojs/plugin-platform-harmony-ets` 4.2.0 makes them of HarmonyOS's: `ui/interaction/index.ts`."""

from __future__ import annotations

from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, called


def _modal(result: Result) -> Result:
    """The text of an input that it does not have is null, if the dialog was confirmed."""
    return {**result, "content": None} if result.get("confirm") else result


def _toast(options: Options) -> Options:
    """HarmonyOS's has a text alone."""
    return {name: value for name, value in {**options, "icon": "none"}.items() if name not in ("image", "mask")}


SURFACE = Surface(
    "harmony",
    {
        "showActionSheet": Variant("showActionSheet", result=called(tapIndex="index")),
        "showModal": Variant("showModal", result=_modal),
        "showToast": Variant("showToast", _toast),
    },
)
