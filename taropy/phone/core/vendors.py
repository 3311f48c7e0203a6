"""Where vendors differ: one table per difference, keyed by native object (`my`, `qq`, …) or by platform (`h5`, …)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .app import App

Value = TypeVar("Value")

#: Where programs run as web pages, by Taro's own code: `@tarojs/taro-h5` and `@tarojs/router` 4.2.1. HarmonyOS' hybrid
#: apps (plugin-platform-harmony-hybrid 4.1.11) hand on what is to be seen; what they ask of the device is their own.
WEB = frozenset({"h5", "harmony-hybrid"})


def of_vendor(table: Mapping[str, Value], app: App, default: Value) -> Value:
    """What `table` says of the vendor that runs `app`; what it does not name behaves as WeChat does, `default`."""
    found = table.get(app.native_name)
    return table.get(app.platform, default) if found is None else found


def is_web(app: App) -> bool:
    """Whether the app's pages are those of a browser."""
    return app.platform in WEB


def is_in_browser(app: App) -> bool:
    """Whether the app has nothing but a browser, which also stands between it and the device."""
    return app.platform == "h5"
