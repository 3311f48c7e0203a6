"""`EventChannel`, as programs use it: what one page says to another by it, wherever the pages are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, SupportsIndex

from ..models.loading import keep
from .listeners import Listeners
from .options import js_type
from .promise import invoke
from .rejections import Rejections

if TYPE_CHECKING:
    from .faces import Runtime

Listener = Callable[..., Any]


class EventChannel:
    """The program's end of a native channel. Listeners may be async; what they throw is reported."""

    def __init__(self, native: Any, runtime: Runtime) -> None:
        self._native = native
        self._runtime = runtime
        self._listeners = Listeners(runtime.home)

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("an EventChannel can't be pickled or copied; it is between two pages of a running program")

    def on(self, eventName: str, fn: Listener) -> EventChannel | None:
        """Tells `fn` of each event of this name. Where native channels can be chained, so can this."""
        return self._chained(self._native.on(eventName, self._listener("on", eventName, fn)))

    def once(self, eventName: str, fn: Listener) -> EventChannel | None:
        """Tells `fn` of the next event of this name only."""
        return self._chained(self._native.once(eventName, self._listener("once", eventName, fn)))

    def off(self, eventName: str, fn: Listener | None = None) -> EventChannel | None:
        """Takes `fn` off the event; without one, all that listen to it."""
        known = self._listeners.forget(eventName, fn)
        return self._chained(self._native.off(eventName, *([] if fn is None else [known])))

    def _chained(self, returned: Any) -> EventChannel | None:
        return None if returned is None else self

    def emit(self, eventName: str, *args: Any) -> None:
        """Tells those who listen to the event, on both sides, with these arguments."""
        self._native.emit(eventName, *args)

    def __repr__(self) -> str:
        return f"<EventChannel on {self._runtime.platform.name}>"

    def _listener(self, method: str, eventName: str, fn: Listener) -> Listener:
        """What the native channel knows the listener by."""
        if not callable(fn):
            raise self._runtime.parameter_error(method, f"parameter.fn should be Function instead of {js_type(fn)}")
        return self._listeners.native(eventName, fn, keep)


def listening(events: Mapping[str, Listener], home: Rejections) -> dict[str, Listener]:
    """The `events` of `navigateTo`, as the native object is to call them."""
    return {name: _receiving(each, home) if callable(each) else each for name, each in events.items()}


def _receiving(listener: Listener, home: Rejections) -> Listener:
    def receive(*arguments: Any) -> None:
        invoke(listener, home, *arguments)

    return receive
