"""What the user has written: a page as a function, with hooks."""

from __future__ import annotations

from typing import Any

from taropy import Taro

from .. import api
from ..shop import app


@app.page("pages/mine/index", navigationBarTitleText="Mine")
def mine() -> None:
    """The second tab. It loads anew each time that it is shown."""

    async def load() -> None:
        page: Any = Taro.getCurrentInstance().page
        page.notes = await api.notes()

    Taro.useDidShow(load)
