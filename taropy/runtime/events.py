"""`Taro.Events`: the event emitter behind `Taro.eventCenter`."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Self

from .signatures import called

Listener = Callable[..., Any]

SPLITTER = ","


class Events:
    """Listeners by event name. Several names may be given at once, with commas: `on("login,logout", listener)`.

    As Taro has it: a listener that is taken off while its event is being triggered still hears this one, a listener
    that is added then does not, and what a listener raises reaches the caller of `trigger`.
    """

    eventSplitter: str = SPLITTER

    def __init__(self) -> None:
        self._listeners: dict[Hashable, list[Listener]] = {}

    def on(self, eventName: Hashable, listener: Listener | None) -> Self:
        """Listens to an event, or to several; without a listener nothing happens."""
        if listener is not None:
            for name in _names(eventName):
                # A new list each time: whoever goes through the old one is not disturbed.
                self._listeners[name] = [*self._listeners.get(name, ()), listener]
        return self

    def once(self, eventName: Hashable, listener: Listener) -> Self:
        """Listens to the first of the named events that comes, and to that one only."""

        def first(*arguments: Any) -> None:
            called(listener, *arguments)
            self.off(eventName, first)

        return self.on(eventName, first)

    def off(self, eventName: Hashable = None, listener: Listener | None = None) -> Self:
        """Ends listening: of this listener to these events, of all to these, of this one to any, or of all to all."""
        if eventName is None and listener is None:
            self._listeners.clear()
            return self
        for name in list(self._listeners) if eventName is None else _names(eventName):
            left = [] if listener is None else [each for each in self._listeners.get(name, ()) if each != listener]
            if left:
                self._listeners[name] = left
            else:
                self._listeners.pop(name, None)
        return self

    def trigger(self, eventName: Hashable, *arguments: Any) -> Self:
        """Calls the listeners of the event, in the order in which they came, with these arguments."""
        for name in _names(eventName):
            for listener in self._listeners.get(name, ()):
                called(listener, *arguments)
        return self


def _names(eventName: Hashable) -> list[Hashable]:
    return list(eventName.split(SPLITTER)) if isinstance(eventName, str) else [eventName]
