"""Listeners and the map as `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 has them: `location/`."""

from __future__ import annotations

from ..core.answers import Options
from ..core.variant import Surface, Variant, named_listener


def _unscaled(options: Options) -> Options:
    """How far the map is zoomed in is not handed on."""
    return {name: value for name, value in options.items() if name != "scale"}


SURFACE = Surface(
    "harmony-hybrid",
    {
        "offLocationChange": Variant("offLocationChange", arguments=named_listener),
        "offLocationChangeError": Variant("offLocationChangeError", arguments=named_listener),
        "openLocation": Variant("openLocation", _unscaled),
    },
)
