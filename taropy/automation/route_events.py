"""`wx.onAppRouteDone`, by which clients know that another page has come to the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..loops import post
from ..phone.core.app import App

if TYPE_CHECKING:
    from .faces import Target

Listener = Callable[[Any], Any]


class RouteEvents:
    """Tells listeners of each route that is done: the page, and how it came, as far as that can be seen."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._listeners: list[Listener] = []
        self._stack: list[int] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def begin(self) -> None:
        """Hears of routes from now on."""
        self._loop = asyncio.get_running_loop()
        self._stack = self._ids()
        self._target.phone.pages.changes.on("route", self._routed, self)

    def end(self) -> None:
        """Hears of no more."""
        self._target.phone.pages.changes.leave(self)
        self._listeners.clear()

    def listen(self, listener: Listener) -> None:
        """Has a listener told of the routes from now on."""
        self._listeners.append(listener)

    def forget(self) -> None:
        """Forgets the listeners, which were those of an app that has gone."""
        self._listeners.clear()

    def soon(self, work: Callable[[], object], seconds: float = 0.0) -> None:
        """Has something done when what happens now is done, or so much later."""
        loop = self._loop
        if loop is None:
            return
        if seconds:
            loop.call_later(seconds, work)
        else:
            post(loop, work)  # somebody may have moved the phone from another thread

    def _ids(self) -> list[int]:
        pages = self._target.phone.pages
        try:
            return [page.id for page in pages.stack(pages.front)]
        except LookupError:
            return []

    def _routed(self, app: App) -> None:
        self.soon(lambda: self._done(app))  # the page is on the stack, and hears of it only now

    def _done(self, app: App) -> None:
        running = self._target.phone.pages.of(app)
        before, now = self._stack, [page.id for page in running.stack]
        self._stack = now
        if now == before:
            return
        page = running.top
        told = {
            "path": page.route,
            "query": dict(page.query),
            "openType": _way(before, now, is_tab=running.shows_tabs(page)),
            "webviewId": page.id,
            "isTabPage": running.shows_tabs(page),
        }
        self._target.elements.forget_closed()
        for listener in list(self._listeners):
            listener(told)


def _way(before: list[int], now: list[int], *, is_tab: bool) -> str:
    if is_tab:
        return "switchTab"
    if len(now) > len(before) and before and now[: len(before)] == before:
        return "navigateTo"
    if now == before[: len(now)]:
        return "navigateBack"
    return "redirectTo" if len(now) > 1 or len(before) == 1 else "reLaunch"
