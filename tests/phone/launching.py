"""Apps of blank pages, for tests in which it matters that one was launched, and what its settings say."""

from __future__ import annotations

from typing import Any

import taropy


def launched(taro: Any, *routes: str, **settings: Any) -> Any:
    """The runtime, after a launch of an app with these pages, or with one."""
    app = taropy.App(pages=list(routes) or ["pages/index/index"], **settings)
    for route in app.routes:
        app.page(route)(type("Shown", (), {}))
    app.launch(taro).result()
    return taro
