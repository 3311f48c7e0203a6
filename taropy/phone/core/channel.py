"""`EventChannel`: how the page that opens another and the opened one speak with each other.

Facts: developers.weixin.qq.com/miniprogram/dev/api/route/EventChannel. Both sides hold the same channel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .listening import Listener, Listeners


class EventChannel:
    """The events between an opener and the page that it opened."""

    def __init__(self) -> None:
        self._listeners = Listeners()
        #: What is known of each listener that hears of one event only: which, and whom it tells.
        self._once: dict[Listener, tuple[str, Listener]] = {}

    def on(self, eventName: str, fn: Callable[..., Any]) -> None:
        """Tells `fn` of each event."""
        self._listeners.on(eventName, fn)

    def once(self, eventName: str, fn: Callable[..., Any]) -> None:
        """Tells `fn` of the next event only."""
        self._listeners.on(eventName, self._first_only(eventName, fn))

    def off(self, eventName: str, fn: Callable[..., Any] | None = None) -> None:
        """Takes `fn` off the event; without one, all that listen to it."""
        self._listeners.off(eventName, fn)
        for first, (event, told) in tuple(self._once.items()):
            if event == eventName and fn in (None, told):
                self._drop(first, event)

    def emit(self, eventName: str, *args: Any) -> None:
        """Tells the listeners of the event, on both sides, with these arguments."""
        self._listeners.tell(eventName, *args)

    def _first_only(self, eventName: str, fn: Callable[..., Any]) -> Listener:
        """What listens for `fn` until it has heard of one event."""

        def first(*arguments: Any) -> None:
            self._drop(first, eventName)
            fn(*arguments)

        self._once[first] = eventName, fn
        return first

    def _drop(self, first: Listener, eventName: str) -> None:
        self._once.pop(first, None)
        self._listeners.off(eventName, first)
