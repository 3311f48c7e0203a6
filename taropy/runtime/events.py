"""`Taro.Events`: the event emitter behind `Taro.eventCenter`."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from inspect import iscoroutine
from itertools import takewhile
from typing import Any, Self

from ..signatures import called
from .promise import Promise

Listener = Callable[..., Any]
Heard = tuple[Listener, Any]  # with the context that it was added with

SPLITTER = ","


class Events:
    """Listeners by event name. Several names may be given at once, with commas: `on("login,logout", listener)`.

    As Taro has it: a listener that is taken off while its event is being triggered still hears this one, a listener
    that is added then does not, and what a listener raises reaches the caller of `trigger`. A list of names ends at an
    empty one. A `context`, which is `this` for a listener in JavaScript, tells two uses of one listener apart here.
    """

    eventSplitter: str = SPLITTER

    def __init__(self) -> None:
        self._listeners: dict[Hashable, list[Heard]] = {}

    def __copy__(self) -> Events:
        copy = Events()
        copy._listeners.update(self._listeners)
        return copy

    def on(self, eventName: Hashable, listener: Listener | None, context: Any = None) -> Self:
        """Listens to an event, or to several; without a listener nothing happens."""
        if listener is not None:
            for name in _names(eventName):
                # A new list each time: whoever goes through the old one is not disturbed.
                self._listeners[name] = [*self._listeners.get(name, ()), (listener, context)]
        return self

    def once(self, eventName: Hashable, listener: Listener, context: Any = None) -> Self:
        """Listens to the first of the named events that comes, and to that one only."""

        def first(*arguments: Any) -> None:
            _tell(listener, arguments)
            self.off(eventName, first, context)

        return self.on(eventName, first, context)

    def off(self, eventName: Hashable = None, listener: Listener | None = None, context: Any = None) -> Self:
        """Ends listening: of this listener to these events, of all to these, of this one to any, or of all to all.

        With a `context`, only what was added with it ends.
        """
        if not eventName and listener is None and context is None:
            self._listeners.clear()
            return self
        for name in _names(eventName) if eventName else list(self._listeners):
            left = [each for each in self._listeners.get(name, ()) if not _is_meant(each, listener, context)]
            if left:
                self._listeners[name] = left
            else:
                self._listeners.pop(name, None)
        return self

    def trigger(self, eventName: Hashable, *arguments: Any) -> Self:
        """Calls the listeners of the event, in the order in which they came, with these arguments."""
        for name in _names(eventName):
            for listener, _ in self._listeners.get(name, ()):
                _tell(listener, arguments)
        return self


def _tell(listener: Listener, arguments: tuple[Any, ...]) -> None:
    """Calls a listener; an async one begins at once, and what it raises is an unhandled rejection, as in JavaScript."""
    outcome = called(listener, *arguments)
    if outcome is not None and iscoroutine(outcome):
        Promise.resolve(outcome)


def _names(eventName: Hashable) -> list[Hashable]:
    return list(takewhile(bool, eventName.split(SPLITTER))) if isinstance(eventName, str) else [eventName]


def _is_meant(heard: Heard, listener: Listener | None, context: Any) -> bool:
    """Whether taking off `listener`, added with `context`, means this one; None stands for any."""
    known, known_context = heard
    return listener in (None, known) and (context is None or known_context is context)
