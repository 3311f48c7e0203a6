"""The app: its pages, its tab bar, and what it does as a whole."""

from __future__ import annotations

from typing import Any

import taropy
from taropy import Taro

app = taropy.App(
    pages=["pages/teas/index", "pages/mine/index", "pages/note/index"],
    window={"navigationBarTitleText": "Tea room", "backgroundTextStyle": "dark"},
    tabBar={
        "list": [
            {"pagePath": "pages/teas/index", "text": "Teas"},
            {"pagePath": "pages/mine/index", "text": "Mine"},
        ]
    },
)


@app.entry
class TeaRoom:
    """The app's own code. `Taro.getApp()` is its object."""

    def onLaunch(self, options: Any) -> None:
        self.scene = options.scene

    def onPageNotFound(self, missing: Any) -> None:
        Taro.switchTab(url="/pages/teas/index")

    def onError(self, message: str) -> None:
        Taro.showModal(title="Something went wrong", content=message.splitlines()[1], showCancel=False)
