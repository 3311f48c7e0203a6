"""What the user has written: a page as a function, with hooks."""

from __future__ import annotations

from typing import Any

from taropy import Taro

from .. import api, ui
from ..shop import app


@app.page("pages/mine/index", navigationBarTitleText="Mine")
def mine() -> None:
    """The second tab. It loads anew each time that it is shown."""
    page: Any = Taro.getCurrentInstance().page
    page.notes = []

    async def load() -> None:
        with ui.telling():
            page.notes = await api.notes()

    Taro.useDidShow(load)
