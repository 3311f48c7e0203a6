"""How Taro's router for the web tells pages apart and reads their queries.

Facts: `createRouter`, `PageHandler.getQuery` and `navigate` of `@tarojs/router` 4.2.1, `incrementId` and `getPath` of
`@tarojs/runtime` 4.2.1, `parse` of query-string, and `EventChannel` of `@tarojs/shared` 4.2.1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..core.app import App
from ..core.channel import EventChannel
from ..core.running import Running
from ..core.vendors import of_vendor

#: Where Taro's router for the web opens the pages.
WEB: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def is_web(app: App) -> bool:
    """Whether the app's pages are a browser's."""
    return of_vendor(WEB, app, False)


def query_of(url: str) -> dict[str, Any]:
    """The query of `url`, its names in order of the alphabet: a name that comes twice has a list, a bare one None."""
    query: dict[str, Any] = {}
    for part in filter(None, url.partition("?")[2].split("&")):
        name, mark, text = part.partition("=")
        value = text if mark else None
        if name in query:
            known = query[name]
            query[name] = [*(known if isinstance(known, list) else [known]), value]
        else:
            query[name] = value
    return dict(sorted(query.items()))


def stamped(running: Running, query: Mapping[str, Any]) -> dict[str, Any]:
    """The query with the mark by which the router knows this one page: `stamp`, two letters that count up."""
    if "stamp" in query:
        return dict(query)
    number, running.stamps = running.stamps, running.stamps + 1
    return {**query, "stamp": stamp(number)}


def stamp(number: int) -> str:
    """`AA`, `AB`, … `Az`, `BA`, …"""
    text = ""
    while len(text) < 2 or number:
        number, digit = divmod(number, len(_LETTERS))
        text = f"{_LETTERS[digit]}{text}"
    return text


class PageChannel(EventChannel):
    """The page's end: what the opener has sent before the page listens is told as soon as it does."""

    def __init__(self) -> None:
        super().__init__()
        self.opener: OpenerChannel = OpenerChannel(self)
        self._sent: list[tuple[str, tuple[Any, ...]]] = []

    def on(self, eventName: str, fn: Callable[..., Any]) -> None:
        """Tells `fn` of each event, and of those that wait."""
        super().on(eventName, fn)
        waiting = [arguments for name, arguments in self._sent if name == eventName]
        self._sent = [each for each in self._sent if each[0] != eventName]
        for arguments in waiting:
            self._listeners.tell(eventName, *arguments)

    def emit(self, eventName: str, *args: Any) -> None:
        """Tells the listeners that the opener gave as `events`, or put on its own end."""
        self.opener.tell(eventName, *args)

    def send(self, eventName: str, *arguments: Any) -> None:
        """Takes what the opener sends. It waits for a new listener; those that there are hear of the event no more."""
        self.off(eventName)
        self._sent.append((eventName, arguments))


class OpenerChannel(EventChannel):
    """The opener's end."""

    def __init__(self, page: PageChannel) -> None:
        super().__init__()
        self._page = page

    def emit(self, eventName: str, *args: Any) -> None:
        """Sends the page an event."""
        self._page.send(eventName, *args)

    def tell(self, eventName: str, *arguments: Any) -> None:
        """Tells the opener's listeners of what the page sent."""
        self._listeners.tell(eventName, *arguments)
