"""How Taro's router for the web tells pages apart, reads their queries and takes them away.

Facts: `createRouter`, `PageHandler` and `navigate` of `@tarojs/router` 4.2.1, `incrementId` and `getPath` of
`@tarojs/runtime` 4.2.1, `parse` of query-string, and `EventChannel` of `@tarojs/shared` 4.2.1; which letters of an
address a browser writes as numbers, from the URL standard.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from ..core.app import App
from ..core.channel import EventChannel
from ..core.options import function
from ..core.page import Page
from ..core.running import Running
from ..core.vendors import is_web

#: What the navigation bar of a page is drawn by.
BAR = (
    "navigationBarTitleText", "navigationBarTextStyle", "navigationBarBackgroundColor", "navigationBarLoading",
    "frontColor",
)  # fmt: skip

#: What a browser leaves as it is behind the `#` of an address.
_PLAIN = "".join(letter for letter in map(chr, range(ord("!"), ord("~") + 1)) if letter not in '"<>`')

#: How many turns of the loop a program may go on after it has opened a page, before that page would have been there.
_UNTIL_LOADED = 12

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def query_of(url: str) -> dict[str, Any]:
    """The query of `url`, its names in order of the alphabet: a name that comes twice has a list, a bare one None.

    The router's own mark takes the place of a `stamp`.
    """
    query: dict[str, Any] = {}
    for part in filter(None, quote(url.partition("#")[0].partition("?")[2], safe=_PLAIN).split("&")):
        name, mark, text = part.partition("=")
        value = text if mark else None
        if name in query:
            known = query[name]
            query[name] = [*(known if isinstance(known, list) else [known]), value]
        else:
            query[name] = value
    return {name: query[name] for name in sorted(query) if name != "stamp"}


def stamped(running: Running, query: Mapping[str, Any]) -> dict[str, Any]:
    """The query with the mark by which the router knows this one page: `stamp`, two letters that count up."""
    if "stamp" in query:
        return dict(query)
    if running.spare_stamp is not None:
        query, running.spare_stamp = {**query, "stamp": running.spare_stamp}, None
        return dict(query)
    return stamped_anew(running, query)


def stamped_anew(running: Running, query: Mapping[str, Any]) -> dict[str, Any]:
    """The query with a mark that nothing has had yet."""
    number, running.stamps = running.stamps, running.stamps + 1
    return {**query, "stamp": stamp(number)}


def draw_bar(running: Running, page: Page) -> None:
    """Draws the navigation bar of a page that comes to the screen, before it is told that it is shown.

    The bar is as it is configured, or as it was set while a page of the route was there. So what a page sets as it is
    loaded is gone, unless its route has been there before: `NavigationBarHandler` of `@tarojs/router` 4.2.1.
    """
    if running.package is None:
        return
    as_configured = running.package.window(page.route)
    drawn = {**as_configured, **running.bars.setdefault(page.route, {})}
    for name in BAR:
        page.window.pop(name, None)
    page.window.update({name: drawn[name] for name in BAR if name in drawn})


def slides(app: App, running: Running) -> bool:
    """Whether a page that goes slides out of the window, and so is unloaded after the one below is shown.

    The app's `animation` says so.
    """
    return is_web(app) and (running.package is None or bool(running.package.config.get("animation", True)))


def stamp(number: int) -> str:
    """`AA`, `AB`, … `Az`, `BA`, …"""
    text = ""
    while len(text) < 2 or number:
        number, digit = divmod(number, len(_LETTERS))
        text = f"{_LETTERS[digit]}{text}"
    return text


class _Channel(EventChannel):
    """One end of what goes between a page and its opener: one value an event, and methods that can be chained."""

    def on(self, eventName: str, fn: Callable[..., Any]) -> Any:
        """Tells `fn` of each event."""
        super().on(eventName, fn)
        return self

    def once(self, eventName: str, fn: Callable[..., Any]) -> Any:
        """Tells `fn` of the next event only."""
        super().once(eventName, fn)
        return self

    def off(self, eventName: str, fn: Callable[..., Any] | None = None) -> Any:
        """Takes `fn` off the event; without one, all that listen to it."""
        super().off(eventName, fn)
        return self


class PageChannel(_Channel):
    """The pages' end, of which there is but one: what an opener has sent before a page listens waits until it does.

    While a page is opening, and its opener is told so, the page would not be there yet in a browser: what the opener
    sends then is for those who have begun to listen since.
    """

    def __init__(self) -> None:
        super().__init__()
        self.opener: OpenerChannel = OpenerChannel(self)
        self._sent: list[tuple[str, Any]] = []
        self._openings = 0
        #: Who has begun to listen since a page is opening, by event.
        self._early: dict[str, list[Callable[..., Any]]] = {}

    def open(self, events: Mapping[str, Any]) -> None:
        """Notes that a page is opening, whose opener listens to these events in place of those who did before."""
        self._openings += 1
        self._early = {}
        for name, listener in events.items():
            function(listener, f"parameter.events.{name}")
        for name, listener in events.items():
            self.opener.off(name)
            self.opener.on(name, listener)

    def on(self, eventName: str, fn: Callable[..., Any]) -> Any:
        """Tells `fn` of each event, and of those that wait."""
        super().on(eventName, fn)
        if self._openings:
            self._early.setdefault(eventName, []).append(fn)
        waiting = [data for name, data in self._sent if name == eventName]
        self._sent = [each for each in self._sent if each[0] != eventName]
        for data in waiting:
            self._listeners.tell(eventName, data)
        return self

    def once(self, eventName: str, fn: Callable[..., Any]) -> Any:
        """Tells `fn` of the next event only, which may be one that waits."""
        return self.on(eventName, self._first_only(eventName, fn))

    def off(self, eventName: str, fn: Callable[..., Any] | None = None) -> Any:
        """Takes `fn` off the event; without one, all that listen to it."""
        left = [each for each in self._early.pop(eventName, ()) if fn not in (None, each)]
        if left:
            self._early[eventName] = left
        return super().off(eventName, fn)

    def _drop(self, first: Callable[..., Any], eventName: str) -> None:
        super()._drop(first, eventName)
        self._early[eventName] = [each for each in self._early.get(eventName, ()) if each is not first]

    def emit(self, eventName: str, *args: Any) -> None:
        """Tells the listeners that the opener gave as `events`, or put on its own end."""
        self.opener.tell(eventName, _first(args))

    def send(self, eventName: str, data: Any) -> None:
        """Takes what the opener sends. It waits for a new listener; those that there are hear of the event no more."""
        early = self._early.get(eventName, []) if self._openings else []
        self._listeners.off(eventName)
        for listener in early:
            self._listeners.on(eventName, listener)
        if early:
            self._listeners.tell(eventName, data)
        else:
            self._sent.append((eventName, data))

    async def opened(self) -> None:
        """Notes when the opener has been told, and has done what it does then."""
        for _ in range(_UNTIL_LOADED):
            await asyncio.sleep(0)
        self._openings -= 1


class OpenerChannel(_Channel):
    """The opener's end."""

    def __init__(self, page: PageChannel) -> None:
        super().__init__()
        self._page = page

    def emit(self, eventName: str, *args: Any) -> None:
        """Sends the page an event."""
        self._page.send(eventName, _first(args))

    def tell(self, eventName: str, data: Any) -> None:
        """Tells the opener's listeners of what the page sent."""
        self._listeners.tell(eventName, data)


def _first(arguments: tuple[Any, ...]) -> Any:
    """What goes with an event: no more than one value."""
    return arguments[0] if arguments else None
