"""Titles as `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 takes them: `ui/navigation-bar/index.js`."""

from __future__ import annotations

from ..core.answers import Options
from ..core.options import wrong_type
from ..core.variant import Surface, Variant


def _titled(options: Options) -> Options:
    """A title without a letter is none."""
    if options.get("title") == "":
        raise wrong_type("parameter.title", "String", "")
    return options


SURFACE = Surface("harmony-hybrid", {"setNavigationBarTitle": Variant("setNavigationBarTitle", _titled)})
