"""Reporting a damaged book, with a photo."""

from __future__ import annotations

from typing import Any

from taropy import Taro

from .. import api, ui
from ..config import app


@app.page("pages/damage/index", navigationBarTitleText="Report damage")
class Damage:
    """Opened with `?loan=`."""

    progress = 0.0

    def onLoad(self, query: Any) -> None:
        self.loan = query.loan

    async def send(self) -> None:
        """Sends a photo that the user takes or picks."""
        with ui.telling():
            photo = (await Taro.chooseImage(count=1)).tempFilePaths[0]
            number = await api.report_damage(self.loan, photo, self.show)
            await Taro.navigateBack()
            ui.toast(f"Thank you, report {number}")

    def show(self, progress: float) -> None:
        """The bar."""
        self.progress = progress
