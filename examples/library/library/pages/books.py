"""The first tab: the books, page by page, and a search that waits until the user has typed."""

from __future__ import annotations

from taropy import Taro
from taropy.js import clearTimeout, setTimeout

from .. import api, ui
from ..config import app
from ..models import Book


@app.page("pages/books/index", navigationBarTitleText="Books", enablePullDownRefresh=True)
class Books:
    """Pulled down it begins anew, at its end it goes on."""

    def __init__(self) -> None:
        self.books: list[Book] = []
        self.page = 0
        self.more = True
        self.busy = False
        self.words = ""
        self.typing: int | None = None

    async def onLoad(self) -> None:
        with ui.telling(), ui.loading("Fetching books"):
            await self.begin()

    async def onPullDownRefresh(self) -> None:
        with ui.telling():
            await self.begin()
        Taro.stopPullDownRefresh()

    async def onReachBottom(self) -> None:
        with ui.telling():
            if self.more and not self.busy:
                await self.go_on()

    def onShareAppMessage(self) -> dict[str, str]:
        return {"title": "Books for you", "path": "/pages/books/index"}

    def typed(self, words: str) -> None:
        """What the search field calls at each letter."""
        self.words = words
        clearTimeout(self.typing)
        self.typing = setTimeout(self.search, 300)

    async def search(self) -> None:
        """Shows what the user has typed by now."""
        with ui.telling():
            await self.begin()

    async def begin(self) -> None:
        """Shows the first books that are looked for."""
        self.books, self.page = [], 0
        await self.go_on()

    async def go_on(self) -> None:
        """Shows some more."""
        self.busy, words = True, self.words
        try:
            found = await api.books(self.page + 1, words)
        finally:
            self.busy = False
        if words == self.words:  # else something else is looked for by now
            self.books += found["books"]
            self.page, self.more = self.page + 1, found["more"]

    async def open(self, book: Book) -> None:
        """What a tap on a book does."""
        await Taro.navigateTo(url=f"/pages/book/index?id={book['id']}")

    async def scan(self) -> None:
        """Opens the book whose label is held before the camera."""
        with ui.telling():
            label = (await Taro.scanCode()).result
            await Taro.navigateTo(url=f"/pages/book/index?id={label.rpartition('/')[2]}")

    def nodes(self) -> str:
        """What is to be seen."""
        return "".join(f'<view class="book" id="b{book["id"]}">{book["title"]}</view>' for book in self.books)
