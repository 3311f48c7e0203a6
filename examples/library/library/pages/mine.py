"""The third tab: what the user has borrowed, and where to bring it. A page as a function, with hooks."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import Any

from taropy import Taro, TaroError

from .. import api, notices, ui
from ..config import app
from ..models import Branch


@app.page("pages/mine/index", navigationBarTitleText="Mine")
def mine() -> None:
    """It loads each time that it is shown, and when a notice says that there is something new."""
    page: Any = Taro.getCurrentInstance().page
    page.loans = []
    page.branch = None

    async def load() -> None:
        with ui.telling():
            page.loans = await api.loans()
            Taro.removeTabBarBadge(index=notices.MINE)

    async def find_branch() -> None:
        with ui.telling():
            page.branch = await nearest_branch()

    page.find_branch = find_branch
    Taro.useLoad(lambda _: Taro.eventCenter.on("ready", load))
    Taro.useUnload(lambda: Taro.eventCenter.off("ready", load))
    Taro.useDidShow(load)


async def nearest_branch() -> Branch | None:
    """The branch next to the user; None if they do not tell where they are."""
    try:
        here = await Taro.getLocation()
    except TaroError:
        if not await _allowed_in_settings():
            return None
        here = await Taro.getLocation()

    def distance(branch: Branch) -> float:
        east = (branch["longitude"] - here.longitude) * cos(radians(here.latitude))
        return hypot(east, branch["latitude"] - here.latitude)

    return min(await api.branches(), key=distance)


async def _allowed_in_settings() -> bool:
    if not Taro.canIUse("openSetting"):  # a browser's settings are its own affair
        return False
    asked = await Taro.showModal(title="Where are you?", content="Let the library know, in the settings")
    if not asked.confirm:
        return False
    res = await Taro.openSetting()
    return bool(res.authSetting.get("scope.userLocation"))
