"""The bag: in storage at once, and on the server when the user has stopped changing it."""

from __future__ import annotations

from taropy import Taro
from taropy.js import clearTimeout, setTimeout

from . import api, ui
from .models import Book, Line

LIMIT = 5
QUIET = 500  # milliseconds without a change, before the server is told

_timer: int | None = None


def lines() -> list[Line]:
    """What is in it."""
    return Taro.getStorageSync("bag") or []


def add(book: Book) -> None:
    """Puts the book in, for two weeks. A bag takes five books, each once."""
    kept = lines()
    if len(kept) == LIMIT:
        ui.toast(f"{LIMIT} books are all you can carry")
    elif all(line["id"] != book["id"] for line in kept):
        _keep([*kept, Line(id=book["id"], title=book["title"], weeks=2)])


def set_weeks(id: str, weeks: int) -> None:
    """Changes for how long; no weeks take the book out."""
    changed = [Line(id=line["id"], title=line["title"], weeks=weeks) if line["id"] == id else line for line in lines()]
    _keep([line for line in changed if line["weeks"] > 0])


def clear() -> None:
    """Takes all out."""
    _keep([])


def _keep(lines: list[Line]) -> None:
    global _timer
    Taro.setStorageSync("bag", lines)
    clearTimeout(_timer)
    _timer = setTimeout(_save, QUIET)


async def _save() -> None:
    with ui.telling():
        await api.save_bag(lines())
