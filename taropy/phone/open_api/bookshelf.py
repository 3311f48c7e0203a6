"""The bookshelf of the vendor's app: what contents of apps the person has put there.

Facts: @tarojs/taro 4.2.1, types/api/swan/bookshelf.d.ts; smartprogram.baidu.com, `swan.insertBookshelf` and its kin.
Baidu's and QQ's are the same; the texts of `msg`, and what a content that is not there comes to, are judgement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import required, strings, word
from ..core.room import Room
from ..core.saved import Saved
from ..core.telling import count
from .visits import Visits

if TYPE_CHECKING:
    from ..core.faces import Phone

CATEGORIES = ("article", "doc", "cartoon", "av")

#: How many contents one call may name, and what their ids look like: no spaces, no Chinese characters.
MOST = 100
CONTENT = re.compile(r"[!-~]{1,22}")


@attrs.frozen
class Content:
    """Something of an app's that is on the shelf; `read_at` is when it was read last, by what its program says."""

    app_key: str
    category: str
    id: str
    read_at: float


@attrs.frozen
class Kept:
    """What the phone keeps of it."""

    contents: list[Content] = attrs.field(factory=list)


class Bookshelf(Room, name="bookshelf"):
    """What programs have put on the shelf of Baidu's or QQ's app.

    - `contents`: all of it, that which was read last first; see `Content`.
    """

    STATE = ("_contents",)
    FILE = "bookshelf.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Kept)
        self._contents: list[Content] = self._saved.load(Kept()).contents

    def in_words(self) -> Iterator[str]:
        """How many contents there are."""
        yield from [count(len(self._contents), "contents")] if self._contents else []

    @property
    def contents(self) -> list[Content]:
        """What is on the shelf, that which was read last first."""
        return sorted(self._contents, key=lambda content: -content.read_at)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    @only("swan", "qq")
    def insertBookshelf(self, app: App, options: Options) -> Result:
        """Puts contents of one category there; one that is there already counts as put."""
        category, ids = _category(options), _ids(options)
        for id in ids:
            if self._found(app, id, category) is None:
                self._contents.append(Content(app.key, category, id, self.phone.clock.now()))
        self._keep()
        return {"list": [_told(id, done=True) for id in ids]}

    @answered
    @only("swan")
    def deleteBookshelf(self, app: App, options: Options) -> Result:
        """Takes contents of one category away."""
        category, ids = _category(options), _ids(options)
        found = {id: self._found(app, id, category) for id in ids}
        self._contents = [content for content in self._contents if content not in found.values()]
        self._keep()
        return {"list": [_told(id, done=content is not None) for id, content in found.items()]}

    @answered
    @only("swan", "qq")
    def queryBookshelf(self, app: App, options: Options) -> Result:
        """Whether contents are there, of whatever category."""
        return {"list": [{"contentId": id, "status": int(self._found(app, id) is not None)} for id in _ids(options)]}

    @answered
    @only("swan", "qq")
    def updateBookshelfReadTime(self, app: App, options: Options) -> Result:
        """Says that a content was read just now."""
        category, [id, *_] = _category(options), _ids(options)
        content = self._found(app, id, category)
        if content is not None:
            at = self._contents.index(content)
            self._contents[at] = attrs.evolve(content, read_at=self.phone.clock.now())
            self._keep()
        told = _told(id, done=content is not None)
        return {"status": told["status"], "msg": told["msg"]}

    @answered
    @only("swan")
    def navigateToBookshelf(self, app: App, options: Options) -> None:
        """Opens the shelf, maybe at a category."""
        if options.get("category") is not None:
            _category(options)
        Visits.on(self.phone).go(app, "navigateToBookshelf", options)

    # --- its own -----------------------------------------------------------------------------------------------

    def _found(self, app: App, id: str, category: str | None = None) -> Content | None:
        mine = (content for content in self._contents if (content.app_key, content.id) == (app.key, id))
        return next((content for content in mine if category in (None, content.category)), None)

    def _keep(self) -> None:
        self._saved.keep_if_writable(Kept(self._contents))


def _category(options: Options) -> str:
    return word(options, "category", CATEGORIES)


def _ids(options: Options) -> list[str]:
    """The contents that the program names, each once; one may stand there without a list."""
    given = options.get("contentIds")
    listed = (
        [given] if isinstance(given, str) else strings(required(options, "contentIds", "Array"), "parameter.contentIds")
    )
    ids = list(dict.fromkeys(listed))
    if not 0 < len(ids) <= MOST:
        raise Fail(f"parameter error: parameter.contentIds should have 1 to {MOST} ids")
    wrong = next((id for id in ids if not CONTENT.fullmatch(id)), None)
    if wrong is not None:
        raise Fail(f"parameter error: parameter.contentIds has an invalid id {wrong}")
    return ids


def _told(id: str, *, done: bool) -> Result:
    return {"contentId": id, "status": int(done), "msg": "success" if done else "fail"}
