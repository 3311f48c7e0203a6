"""The app, as `app.config.ts` has it, and its own code."""

from __future__ import annotations

from typing import Any

import taropy
from taropy import Taro

from .notices import Notices

app = taropy.App(
    pages=[
        "pages/books/index",
        "pages/bag/index",
        "pages/mine/index",
        "pages/book/index",
        "pages/damage/index",
        "pages/sign-in/index",
    ],
    window={"navigationBarTitleText": "Town library"},
    tabBar={
        "list": [
            {"pagePath": "pages/books/index", "text": "Books"},
            {"pagePath": "pages/bag/index", "text": "Bag"},
            {"pagePath": "pages/mine/index", "text": "Mine"},
        ]
    },
    permission={"scope.userLocation": {"desc": "To show the branch next to you"}},
)


@app.entry
class Library:
    """The app's own code."""

    def __init__(self) -> None:
        self.notices = Notices()

    async def onLaunch(self) -> None:
        if Taro.getStorageSync("token"):
            await self.notices.listen()

    def onPageNotFound(self, missing: Any) -> None:
        Taro.switchTab(url="/pages/books/index")
