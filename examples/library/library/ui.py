"""What the user is shown while something takes time, and when it fails."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from taropy import Taro, TaroError

from .session import ServerError, SignInNeeded


@contextmanager
def telling() -> Generator[None]:
    """Tells the user of what fails in the block; who has to sign in is led to where they can."""
    try:
        yield
    except SignInNeeded:
        Taro.navigateTo(url="/pages/sign-in/index")
    except ServerError as error:
        toast(str(error))
    except TaroError as error:
        if "cancel" not in error.errMsg:  # the user knows
            toast("No connection" if error.api in ("request", "uploadFile") else error.errMsg)


@contextmanager
def loading(title: str) -> Generator[None]:
    """Shows, while the block lasts, that something is on its way."""
    Taro.showLoading(title=title)
    try:
        yield
    finally:
        Taro.hideLoading()


def toast(title: str) -> None:
    """A line that goes by itself."""
    Taro.showToast(title=title, icon="none")
