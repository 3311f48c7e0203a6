"""The list of teas: pulled down it begins anew, at its end it goes on."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from taropy import Taro

from .. import api, ui
from ..shop import app


@app.page("pages/teas/index", navigationBarTitleText="Teas", enablePullDownRefresh=True)
class Teas:
    """The first tab."""

    PAGE = 5

    def __init__(self) -> None:
        self.teas: list[Any] = []
        self.more = True

    async def onLoad(self) -> None:
        Taro.eventCenter.on("written", self.on_written)
        with ui.telling(), ui.loading("Boiling water"):
            await self.load()

    def onUnload(self) -> None:
        Taro.eventCenter.off("written", self.on_written)

    async def onPullDownRefresh(self) -> None:
        self.teas, self.more = [], True
        with ui.telling():
            await self.load()
        Taro.stopPullDownRefresh()

    async def onReachBottom(self) -> None:
        with ui.telling():
            if self.more:
                await self.load()

    def onShareAppMessage(self) -> dict[str, str]:
        return {"title": f"{len(self.teas)} teas to taste"}

    async def load(self) -> None:
        """Adds the next few teas to the list."""
        page = await api.teas(len(self.teas), self.PAGE)
        self.teas, self.more = [*self.teas, *page.teas], page.more

    async def taste(self, tea: Any) -> None:
        """What a tap on a tea does."""
        await Taro.navigateTo(url=f"/pages/note/index?tea={tea.id}&name={quote(tea.name)}")

    def on_written(self, note: Any) -> None:
        """Counts the note that was written about one of the teas."""
        for tea in self.teas:
            if tea.id == note.teaId:
                tea.notes += 1

    def nodes(self) -> str:
        """What is to be seen."""
        return "".join(f'<view class="tea" data-id="{tea.id}">{tea.name}</view>' for tea in self.teas)
