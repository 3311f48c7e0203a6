"""The handlers of a page or of the app, and how they are called."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from ..models.record import record
from ..runtime.bound import Runtime
from ..runtime.coroutines import start
from ..runtime.life import methods_of
from ..runtime.promise import begun
from ..runtime.rejections import of_listeners
from ..signatures import fitting

Handler = Callable[..., Any]

#: The events to which a page may promise its answer.
AWAITED = frozenset({"onShareAppMessage"})


class Handlers:
    """The handlers of one page, or of the app, by event."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._handlers: dict[str, list[Handler]] = {}

    def __contains__(self, event: str) -> bool:
        return event in self._handlers

    def add(self, event: str, handler: Handler) -> None:
        """Has `handler` called at the event, after those that are there."""
        self._handlers.setdefault(event, []).append(fitting(handler))

    def replace(self, event: str, handler: Handler) -> None:
        """Has `handler` called at the event in the place of those that are there."""
        self._handlers[event] = [fitting(handler)]

    def add_methods(self, owner: Any) -> None:
        """Adds the methods of an object that are named after events; one that mounts itself says what it hears."""
        heard = getattr(type(owner), "__handlers__", methods_of)
        for event, method in heard(owner):
            self.add(event, method)

    def call(self, event: str, *arguments: Any) -> Any:
        """Calls the handlers; gives what the first returns, of an async one its promise if the phone waits for it."""
        given = [record(argument) for argument in arguments]
        answers = [self._answer(event, handler(*given)) for handler in self._handlers.get(event, ())]
        return answers[0] if answers else None

    def run(self, handler: Handler, *arguments: Any) -> None:
        """Calls a handler that is none of these, of a component's event."""
        self._answer("", handler(*[record(argument) for argument in arguments]))

    def _answer(self, event: str, code: Any) -> Any:
        """What a handler returned. An async one is run; its failure is an unhandled rejection, or the phone's."""
        if not inspect.iscoroutine(code):
            return code
        if event in AWAITED:
            return begun(code, self._runtime.home)
        home = of_listeners if event == "onUnhandledRejection" else self._runtime.home
        start(code, _ignore, home.report)
        return None


def _ignore(value: Any) -> None:
    """What a handler returns means nothing."""
