"""A page to write about a tea, with a picture of the cup."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from taropy import Taro

from .. import api, ui
from ..shop import app


@app.page("pages/note/index")
class Note:
    """Opened by the list, which it tells of what was written."""

    def onLoad(self, query: Any) -> None:
        self.tea = query.tea
        Taro.setNavigationBarTitle(title=unquote(query.name))

    async def send(self, text: str) -> None:
        """Has a picture taken, sends it with the text, and goes back to the list."""
        with ui.telling():
            chosen = await Taro.chooseImage(count=1, sourceType=["camera"])
            note = await api.write_note(self.tea, text, chosen.tempFilePaths[0])
            Taro.eventCenter.trigger("written", note)  # not every platform gives a channel to the page that opened
            await Taro.navigateBack()
            Taro.showToast(title="Thank you")
