"""How the person holds an app: put on the list of their apps, on top of it, beside what was used last.

Facts: @tarojs/taro 4.2.1, types/api/qq and types/api/swan; q.qq.com/wiki, "port_addToMyApps", "port_addColorSign".
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from typing import TYPE_CHECKING

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, asked, only
from ..core.options import optional
from ..core.room import Room
from ..core.telling import count
from .account import Account
from .asking import with_leave

if TYPE_CHECKING:
    from ..core.faces import Phone


@attrs.frozen
class ColorSign:
    """A page of an app that lies among QQ's signs of what was looked at last, and the query that it opens with."""

    app_key: str
    route: str
    query: str


class MyApps(Room, name="my_apps"):
    """The apps that the person keeps at hand. Which these are is `phone.account.favorites`, by their ids.

    QQ asks before an app comes there, the question `applyAddToMyApps`.

    - `pinned`: the ids of those on top of the list, as Baidu has it.
    - `color_signs`: pages that programs have put among QQ's signs, oldest first.
    - `floating_windows`: whether the system lets QQ show these signs.
    """

    STATE = ("pinned", "color_signs", "floating_windows")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.pinned: set[str] = set()
        self.color_signs: list[ColorSign] = []
        self.floating_windows = True

    def in_words(self) -> Iterator[str]:
        """How many are on top."""
        yield from [f"{count(len(self.pinned), 'apps')} on top"] if self.pinned else []

    @answered
    @only("swan")
    def getFavorStatus(self, app: App, options: Options) -> Result:
        """Whether the person follows the app, `isFavor`: the text 1 or 0."""
        return {"isFavor": "1" if self._is_listed(app) else "0"}

    @answered
    @only("swan")
    def getTopStatus(self, app: App, options: Options) -> Result:
        """Whether the app is on top of the list, `isTop`."""
        return {"isTop": app.appid in self.pinned}

    @answered
    @only("qq")
    def isAddedToMyApps(self, app: App, options: Options) -> Result:
        """Whether the app is on the list, `isAdded`."""
        return {"isAdded": self._is_listed(app)}

    @asked
    @only("qq")
    def applyAddToMyApps(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """Offers the person to put the app on the list: a no is a success, too, with `cancel`."""

        def add() -> Result:
            Account.on(self.phone).favorites.add(app.appid)
            return {"confirm": True, "cancel": False}

        shown, declined = {"appid": app.appid}, {"confirm": False, "cancel": True}
        return with_leave(self.phone, "applyAddToMyApps", shown, add, lambda: declined)

    @answered
    @only("qq")
    def addRecentColorSign(self, app: App, options: Options) -> None:
        """Puts the page among QQ's signs, to be opened with `query`, by default the page's own."""
        page = self.phone.pages.top(app)
        query = optional(options, "query", "String", page.path.partition("?")[2])
        if not self.floating_windows:
            raise Fail("No floating window permission")
        self.color_signs.append(ColorSign(app.key, page.route, query))

    def _is_listed(self, app: App) -> bool:
        return app.appid in Account.on(self.phone).favorites
