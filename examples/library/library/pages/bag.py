"""The second tab: what the user is about to borrow."""

from __future__ import annotations

from taropy import Taro

from .. import api, bag, ui
from ..config import app
from ..models import Line


@app.page("pages/bag/index", navigationBarTitleText="Bag")
class Bag:
    """Reads the bag each time that it is shown."""

    lines: list[Line]

    def onShow(self) -> None:
        self.lines = bag.lines()

    def set_weeks(self, line: Line, weeks: int) -> None:
        """What the stepper of a line does."""
        bag.set_weeks(line["id"], weeks)
        self.lines = bag.lines()

    async def borrow(self) -> None:
        """What the large button does."""
        if not self.lines:
            return ui.toast("The bag is empty")
        with ui.telling():
            asked = await Taro.showModal(title="Borrow", content=f"{len(self.lines)} books?")
            if asked.confirm:
                await api.borrow(self.lines)
                bag.clear()
                await Taro.switchTab(url="/pages/mine/index")
        return None
