"""What the user is shown while something takes time, and when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from taropy import Taro, TaroError

from .api import ApiError


@contextmanager
def telling() -> Iterator[None]:
    """Tells the user of what fails in the block."""
    try:
        yield
    except (ApiError, TaroError) as error:
        Taro.showToast(title=str(error), icon="none")


@contextmanager
def loading(title: str) -> Iterator[None]:
    """Shows, while the block lasts, that there is something to wait for; HarmonyOS has nothing to show it with."""
    if not Taro.canIUse("showLoading"):
        yield
        return
    Taro.showLoading(title=title)
    try:
        yield
    finally:
        Taro.hideLoading()
