"""What pages of Baidu's apps tell its search and its feed of themselves.

Facts: github.com/swan-team/swan-docs at 87accb3c, api/open/swan-setPageInfo.md and its kin.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from ...models.record import Record, record
from ..core.answers import Fail, Options
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import required
from ..core.room import Room

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page

NEEDED = ("title", "keywords", "description")
TEXTS = ("releaseDate", "articleTitle", "likes", "comments", "collects", "shares", "followers")
OF_A_VIDEO = ("url", "duration", "image")

#: How many pictures a page may have for the feed.
MOST_IMAGES = 3


class PageInfo(Room, name="page_info"):
    """What each page has said of itself; `of()` tells it of the page on the screen."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._said: WeakKeyDictionary[Page, dict[str, Any]] = WeakKeyDictionary()

    def of(self, page: Page | None = None) -> Record:
        """What the page has said of itself, by the names of `setPageInfo`; by default that on the screen."""
        page = page or self.phone.pages.top(self.phone.pages.front)
        return Record(record(dict(self._said.get(page, {}))))

    def snapshot(self) -> Any:
        """What the pages have said."""
        return [(page, dict(said)) for page, said in self._said.items()]

    def restore(self, state: Any) -> None:
        """Has that be said again, and nothing else."""
        self._said = WeakKeyDictionary((page, dict(said)) for page, said in state)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    @only("swan")
    def setPageInfo(self, app: App, options: Options) -> None:
        """Says title, keywords and description, and maybe more; takes the place of what was said before."""
        said: dict[str, Any] = {name: required(options, name, "String") for name in NEEDED}
        said |= {name: required(options, name, "String") for name in TEXTS if options.get(name) is not None}
        for name, check in (("image", _images), ("video", _videos), ("visit", _visit)):
            if options.get(name) is not None:
                said[name] = check(options[name])
        self._said[self.phone.pages.top(app)] = said

    @answered
    @only("swan")
    def setDocumentTitle(self, app: App, options: Options) -> None:
        """Says the title alone."""
        self._say(app, "title", required(options, "title", "String"))

    @answered
    @only("swan")
    def setMetaDescription(self, app: App, options: Options) -> None:
        """Says the description alone."""
        self._say(app, "description", required(options, "content", "String"))

    @answered
    @only("swan")
    def setMetaKeywords(self, app: App, options: Options) -> None:
        """Says the keywords alone."""
        self._say(app, "keywords", required(options, "content", "String"))

    # --- its own -----------------------------------------------------------------------------------------------

    def _say(self, app: App, name: str, text: str) -> None:
        self._said.setdefault(self.phone.pages.top(app), {})[name] = text


def _images(given: Any) -> Any:
    images = [given] if isinstance(given, str) else given
    if not isinstance(images, list | tuple) or not all(isinstance(image, str) for image in images):
        raise Fail("parameter error: parameter.image should be String or Array of Strings")
    if len(images) > MOST_IMAGES:
        raise Fail(f"parameter error: parameter.image should have at most {MOST_IMAGES} pictures")
    return given


def _videos(given: Any) -> Any:
    videos = given if isinstance(given, list | tuple) else [given]
    for video in videos:
        if not isinstance(video, Mapping):
            raise Fail("parameter error: parameter.video should be Object or Array of Objects")
        for name in OF_A_VIDEO:
            required(video, name, "String")
    return given


def _visit(given: Any) -> Any:
    if not isinstance(given, Mapping):
        raise Fail("parameter error: parameter.visit should be Object")
    return given
