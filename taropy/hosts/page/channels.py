"""What a page and its opener say to each other, over the channel that taro-h5 has for all pages together.

In taro-h5 a page that listens does so after its opener has spoken, as the opener is told of the route before the page
is loaded: what is said is kept for the next who listens, and who has listened before hears no more. Here a route is
answered when its page has been loaded, and listens. So what the opener says then is said to it as if it listened only
afterwards; what is said later goes taro-h5's own way. Facts: `EventChannel` of `@tarojs/shared` 4.2.1.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

Listener = Callable[..., Any]

#: For how many turns of the loop what an opener says after its route counts as said before the page has listened.
AT_ONCE = 12


class PageChannel:
    """The end of the page that was opened; `native` is taro-h5's."""

    def __init__(self, native: Any) -> None:
        self._native = native
        self._listening: list[tuple[str, str, Listener]] = []

    def on(self, eventName: str, fn: Listener) -> None:
        """Tells `fn` of each event."""
        self._listen("on", eventName, fn)

    def once(self, eventName: str, fn: Listener) -> None:
        """Tells `fn` of the next event."""
        self._listen("once", eventName, fn)

    def off(self, *what: Any) -> None:
        """Takes a listener off, or all that listen to an event."""
        name, fn = (*what, None, None)[:2]
        self._listening = [
            each for each in self._listening if each[1] != name or (fn is not None and each[2] is not fn)
        ]
        self._native.off(*what)

    def emit(self, *what: Any) -> None:
        """Tells the opener."""
        self._native.emit(*what)

    def listen_again(self, name: str) -> None:
        """Whoever listens to this event does so as if from now on, and hears what is kept for it."""
        for method, _, fn in [each for each in self._listening if each[1] == name]:
            getattr(self._native, method)(name, fn)

    def _listen(self, method: str, name: str, fn: Listener) -> None:
        self._listening.append((method, name, fn))
        getattr(self._native, method)(name, fn)


class OpenerChannel:
    """The opener's end, to the page that its route has led to."""

    def __init__(self, native: Any, page: PageChannel) -> None:
        self._native = native
        self._page: PageChannel | None = page
        self.on: Callable[..., Any] = native.on
        self.once: Callable[..., Any] = native.once
        self.off: Callable[..., Any] = native.off
        self._count_down(asyncio.get_running_loop(), AT_ONCE)

    def emit(self, name: str, *data: Any) -> None:
        """Tells the page."""
        self._native.emit(name, *data)
        if self._page is not None:
            self._page.listen_again(name)

    def _count_down(self, loop: asyncio.AbstractEventLoop, turns: int) -> None:
        if turns:
            loop.call_soon(self._count_down, loop, turns - 1)
        else:
            self._page = None
