"""`EventChannel`: how the page that opens another and the opened one speak with each other.

Facts: developers.weixin.qq.com/miniprogram/dev/api/route/EventChannel. Both sides hold the same channel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..listening import Listener, Listeners


class EventChannel:
    """The events between an opener and the page that it opened."""

    def __init__(self) -> None:
        self._listeners = Listeners()
        self._once: dict[tuple[str, Listener], Listener] = {}

    def on(self, eventName: str, fn: Callable[..., Any]) -> None:
        """Tells `fn` of each event."""
        self._listeners.on(eventName, fn)

    def once(self, eventName: str, fn: Callable[..., Any]) -> None:
        """Tells `fn` of the next event only."""

        def first(*arguments: Any) -> None:
            self.off(eventName, fn)
            fn(*arguments)

        self._once[eventName, fn] = first
        self._listeners.on(eventName, first)

    def off(self, eventName: str, fn: Callable[..., Any] | None = None) -> None:
        """Takes `fn` off the event; without one, all that listen to it."""
        known = None if fn is None else self._once.pop((eventName, fn), fn)
        self._listeners.off(eventName, known)

    def emit(self, eventName: str, *args: Any) -> None:
        """Tells the listeners of the event, on both sides, with these arguments."""
        self._listeners.tell(eventName, *args)
