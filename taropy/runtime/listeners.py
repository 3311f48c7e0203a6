"""Functions that take a listener: `on…` and `off…`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from ..models.loading import Load
from .binding import Binding, ResultStep
from .calls import direct_call
from .jobs import entered, own_loop, running_loop
from .options import ArgumentRules
from .promise import invoke
from .rejections import Rejections


def identity(listener: Callable[..., Any]) -> Hashable:
    """What a listener is known by: itself, as a bound method is a new object each time; its id if it has no hash."""
    try:
        hash(listener)
    except Exception:  # a `TypeError` by rights, but the program's own class may raise any
        return id(listener)
    return listener


class Listeners:
    """The program's listeners, each with the one function that the native object knows it by: so `off` finds it."""

    def __init__(self, home: Rejections) -> None:
        self._home = home
        self._ended = False
        self._known: dict[tuple[str, Hashable], Callable[..., Any]] = {}
        #: How often beside the first time each listens; some hosts take it off as often.
        self._again: dict[tuple[str, Hashable], int] = {}

    def native(self, event: str, listener: Callable[..., Any], load: Load) -> Callable[..., Any]:
        """What to give the native object for this listener; the same each time."""
        key = event, identity(listener)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._receiving(listener, load)
        else:
            self._again[key] = self._again.get(key, 0) + 1
        return known

    def forget(self, event: str, listener: Callable[..., Any] | None) -> Callable[..., Any] | None:
        """What the native object knows the listener by, as it is taken off; without a listener, all are."""
        if listener is None:
            self._known = {key: known for key, known in self._known.items() if key[0] != event}
            self._again = {key: count for key, count in self._again.items() if key[0] != event}
            return None
        key = event, identity(listener)
        known: Callable[..., Any] = self._known.get(key, listener)
        again = self._again.pop(key, 0)
        if again > 1:
            self._again[key] = again - 1
        elif not again:
            self._known.pop(key, None)
        return known

    def end(self) -> None:
        """Tells the listeners of nothing more, whatever the native object says."""
        self._ended = True

    def _receiving(self, listener: Callable[..., Any], load: Load) -> Callable[..., Any]:
        def receive(*arguments: Any) -> Any:
            if self._ended:
                return None
            loaded = (load(arguments[0]), *arguments[1:]) if arguments else ()
            return invoke(listener, self._home, *loaded)  # what `onCopyUrl` is answered

        return receive


#: From a native object's method, and who listens there if it takes a listener, to the method as programs call it.
BindMethod = Callable[[Callable[..., Any], Listeners | None], Callable[..., Any]]


def _adapted(adapt: ResultStep, load: Load) -> Load:
    """`load`, after an event has got the fields that the platform's table says."""
    return lambda event: load(adapt(event) if isinstance(event, Mapping) else event)


def listener_call(
    binding: Binding, name: str, listeners: Listeners, rules: ArgumentRules, load: Load
) -> Callable[..., Any]:
    """The function `name` that a program calls to listen, or to stop listening, to an event of the native object."""
    off = name.startswith("off")
    event = name.removeprefix("off" if off else "on")
    call_native = direct_call(binding, rules)
    if binding.adapt_result is not None:
        load = _adapted(binding.adapt_result, load)

    def call(*arguments: Any, **named: Any) -> Any:
        if not arguments and len(named) == 1:  # by its own name: `onError(callback=…)`
            arguments = tuple(named.values())
        listener, rest = (arguments[0], arguments[1:]) if arguments else (None, ())
        if off:
            known = listeners.forget(event, listener)
            return call_native() if listener is None else call_native(known, *rest)
        if callable(listener):
            arguments = (listeners.native(event, listener, load), *rest)
        if running_loop() is not None:
            return call_native(*arguments)
        loop = own_loop()
        with entered(loop):  # a host may begin something by it, as a sensor's readings
            given = call_native(*arguments)
        loop.run_until_complete(asyncio.sleep(0))  # and may have something to tell at once
        return given

    call.__name__ = call.__qualname__ = name
    return call
