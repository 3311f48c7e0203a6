"""Dialogs, toasts and scrolling in Douyin's own form: @douyin-microapp/typings 1.3.1; developer.open-douyin.com."""

from __future__ import annotations

from ..core.answers import Options
from ..core.variant import Surface, Variant, by_default


def _toast(options: Options) -> Options:
    """The icon that is an error's elsewhere is called `fail`."""
    return {**options, "icon": "error"} if options.get("icon") == "fail" else options


_COLORS = by_default(confirmColor="#F85959", cancelColor="#000000")

SURFACE = Surface(
    "tt",
    {
        "showToast": Variant("showToast", _toast),
        "showModal": Variant("showModal", _COLORS),
        "pageScrollTo": Variant("pageScrollTo", by_default(duration=200)),
    },
)
