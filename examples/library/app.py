"""One visit to the library.

    taropy run examples/library/app.py
    taropy run --platform h5 examples/library/app.py
    taropy run --log examples/library/app.py          # with every call

Prints what the person does and sees. Asks no server: `answers.py` has what would come from it. Time is the phone's, so
that nobody waits.
"""

from __future__ import annotations

from typing import Any

from answers import NOTICES, usual
from library import app

import taropy
from taropy import Phone, Taro
from taropy.typing import AnyTaro


async def main() -> None:
    """A person looks for a book, borrows it, and finds out where to fetch it."""
    visit = Visit(Taro)
    await visit.find()
    await visit.borrow()
    await visit.fetch()


class Visit:
    """What a person does with the app."""

    def __init__(self, taro: AnyTaro) -> None:
        self.phone: Phone = taro.phone
        usual(self.phone)
        self.notices = self.phone.sockets.route(NOTICES)
        self.phone.clock.stop()
        self.phone.location.set(31.221, 121.461)

    @property
    def page(self) -> Any:
        """The program's object of the page on the screen."""
        return self.phone.pages.current.program

    async def find(self) -> None:
        """Scrolls, searches, looks at a book and takes it."""
        await app.launch()
        await self.see("opens the app", lambda: titles(self.page.books))
        self.phone.pages.scroll_to_bottom()
        await self.see("scrolls down", lambda: titles(self.page.books))
        for words in ("ja", "jane e"):
            self.page.typed(words)
            await self.phone.clock.advance(0.2)
        await self.phone.clock.advance(0.3)
        await self.see('types "jane e"', lambda: titles(self.page.books))
        await self.page.open(self.page.books[0])
        await self.see("taps the book", lambda: f"{self.page.book['title']} by {self.page.book['author']}")
        self.page.like()
        self.page.take()

    async def borrow(self) -> None:
        """Borrows what is in the bag; signs in, if the platform asks for it."""
        self.phone.pages.press_back()
        self.phone.pages.tap_tab(1)
        await self.see("opens the bag", lambda: titles(self.page.lines))
        self.page.set_weeks(self.page.lines[0], 4)
        await self.page.borrow()
        await taropy.settled()
        if self.phone.pages.routes[-1] == "pages/sign-in/index":
            await self.page.send_code("13900000000")
            await self.see("has to sign in", lambda: self.page.label)
            await self.page.sign_in("13900000000", "4711")
            await self.page.borrow()
        await self.see("borrows it for four weeks", lambda: titles(self.page.loans))

    async def fetch(self) -> None:
        """Hears that the book is there, and asks for the way."""
        side = await self.notices.connected()
        await side.send({"kind": "ready", "title": "Jane Eyre", "count": 1})
        await self.see("is told", lambda: toast(self.phone))
        await self.page.find_branch()
        await self.see("asks where to go", lambda: f"to {self.page.branch['name']}")

    async def see(self, doing: str, seen: Any) -> None:
        """Prints what the person has done, and sees when all is there."""
        await taropy.settled()
        title = self.phone.screen.navigation_bar.title
        print(f"{doing:<26} {title:<12} {seen()}")


def titles(books: Any) -> str:
    """Their titles in a line."""
    return ", ".join(book["title"] for book in books)


def toast(phone: Phone) -> str:
    """What the toast says."""
    return phone.screen.toast.title if phone.screen.toast else ""


if __name__ == "__main__":
    taropy.run(main)
