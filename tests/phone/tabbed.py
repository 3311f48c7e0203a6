"""A small app with a tab bar, for tests that need pages."""

from __future__ import annotations

from typing import Any

import taropy

TAB_BAR = {
    "color": "#999999",
    "selectedColor": "#333333",
    "backgroundColor": "#ffffff",
    "list": [
        {"pagePath": "pages/home/home", "text": "Home", "iconPath": "a.png", "selectedIconPath": "b.png"},
        {"pagePath": "pages/cart/cart", "text": "Cart"},
    ],
}


def launched(taro: Any, *, tab_bar: Any = TAB_BAR, **window: Any) -> Any:
    """The runtime, after a launch of an app with two tabs and a page `detail`."""
    routes = ["pages/home/home", "pages/cart/cart", "pages/detail/detail"]
    app = taropy.App(pages=routes, window=window, tabBar=tab_bar)
    for route in routes:
        app.page(route)(lambda: None)
    app.launch(taro).result()
    return taro
