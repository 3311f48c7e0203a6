"""What the user is shown. Not every platform has every kind of message, so each falls back to what there is."""

from __future__ import annotations

from taropy import Taro


def toast(title: str) -> None:
    """A short message that goes away by itself."""
    if Taro.canIUse("showToast"):
        Taro.showToast(title=title, icon="none")


async def alert(title: str, content: str) -> None:
    """A message that the user has to confirm; without dialogs, a toast."""
    if Taro.canIUse("showModal"):
        await Taro.showModal(title=title, content=content, showCancel=False)
    else:
        toast(content)
