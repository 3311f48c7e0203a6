"""Who listens to the events of a native object, as programs say with `on…` and `off…`."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from ...unheard import report
from .telling import Showing

Listener = Callable[..., Any]


class Listeners(Showing):
    """The listeners of a native object, by event; each is told in the order in which they came."""

    def __init__(self) -> None:
        #: Each with whom it listens for.
        self._listeners: dict[Hashable, list[tuple[Listener, object]]] = {}

    def __contains__(self, event: Hashable) -> bool:
        return bool(self._listeners.get(event))

    def on(self, event: Hashable, listener: Listener, owner: object = None) -> None:
        """Tells `listener` of each `event` from now on. One that listens already is not told twice."""
        known = self._listeners.setdefault(event, [])
        if all(listener != one for one, _ in known):
            known.append((listener, owner))

    def off(self, event: Hashable, listener: Listener | None = None) -> None:
        """Takes the listener off; without one, all of the event."""
        listeners = self._listeners.get(event, [])
        self._listeners[event] = [] if listener is None else [each for each in listeners if each[0] != listener]

    def leave(self, owner: object) -> None:
        """Takes off all that listen for this very `owner`."""
        for event, listeners in tuple(self._listeners.items()):
            self._listeners[event] = [each for each in listeners if each[1] is not owner]

    def tell(self, event: Hashable, *arguments: Any) -> None:
        """Calls the listeners of `event`. One that throws is reported, and keeps the others from nothing."""
        for listener, _ in tuple(self._listeners.get(event, ())):
            call(event, listener, *arguments)

    def tell_each(self, event: Hashable, make: Callable[[], Any]) -> None:
        """As `tell`, with one argument, which is made anew for each listener, and only if there is one."""
        for listener, _ in tuple(self._listeners.get(event, ())):
            call(event, listener, make())

    def answers(self, event: Hashable, *arguments: Any) -> list[Any]:
        """What the listeners of `event` return, in their order; one that throws is reported, and is left out."""
        answers: list[Any] = []
        for listener, _ in tuple(self._listeners.get(event, ())):
            call(event, lambda *given, listener=listener: answers.append(listener(*given)), *arguments)
        return answers

    def clear(self) -> None:
        """Takes all listeners off."""
        self._listeners.clear()


class Repeating(Listeners):
    """Listeners as taro-h5's `CallbackManager` has them: who comes twice is told twice, and goes once at a time."""

    def on(self, event: Hashable, listener: Listener, owner: object = None) -> None:
        self._listeners.setdefault(event, []).append((listener, owner))

    def off(self, event: Hashable, listener: Listener | None = None) -> None:
        known = self._listeners.get(event, [])
        if listener is None:
            known.clear()
            return
        at = next((at for at in reversed(range(len(known))) if known[at][0] == listener), None)
        if at is not None:
            del known[at]


def call(event: Hashable, listener: Listener, *arguments: Any) -> None:
    """Calls a listener of `event`. What it throws is reported, and keeps the caller from nothing."""
    try:
        listener(*arguments)
    except Exception as error:
        report(f"a listener of {event} threw", error)
