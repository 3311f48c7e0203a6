"""One book; links, codes and shared pages lead here as well."""

from __future__ import annotations

from typing import Any

from taropy import Taro

from .. import api, bag, favourites, ui
from ..config import app
from ..models import Book


@app.page("pages/book/index")
class BookPage:
    """Opened with `?id=`."""

    book: Book | None = None

    async def onLoad(self, query: Any) -> None:
        self.liked = query.id in favourites.all()
        with ui.telling():
            self.book = await api.book(query.id)
            Taro.setNavigationBarTitle(title=self.book["title"])

    def onShareAppMessage(self) -> dict[str, str]:
        assert self.book
        return {"title": self.book["title"], "path": f"/pages/book/index?id={self.book['id']}"}

    def like(self) -> None:
        """What a tap on the heart does."""
        assert self.book
        self.liked = favourites.toggle(self.book["id"])

    def take(self) -> None:
        """What a tap on "into the bag" does."""
        assert self.book
        if self.book["free"]:
            bag.add(self.book)
        else:
            ui.toast("All copies are lent")
