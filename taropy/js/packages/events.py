"""events 3.3, which is Node's: `EventEmitter`."""

from __future__ import annotations

from typing import Any

from ..array import Array
from ..callbacks import Callback, called_with
from ..conversions import text, truthy
from ..errors import Error, TypeError
from ..missing import is_nullish
from ..object import Object


class _Listener:
    """A function that listens, and whether only once."""

    __slots__ = ("call", "once")

    def __init__(self, call: Callback, *, once: bool) -> None:
        if not callable(call):
            raise TypeError('The "listener" argument must be of type Function.')
        self.call = call
        self.once = once


class EventEmitter(Object):
    """Listeners by the name of an event; those of one event are called in their order."""

    def __init__(self) -> None:
        self._listeners: dict[Any, list[_Listener]] = {}

    def _of(self, eventName: Any) -> list[_Listener]:
        # a class may extend it without calling super().__init__()
        return vars(self).setdefault("_listeners", {}).setdefault(eventName, [])  # type: ignore[no-any-return]

    def _add(self, eventName: Any, listener: Callback, *, once: bool = False, first: bool = False) -> Any:
        made = _Listener(listener, once=once)
        known = self._of(eventName)
        if known or eventName != "newListener":
            self._tell("newListener", eventName, listener)
        known = self._of(eventName)
        self._listeners[eventName] = [made, *known] if first else [*known, made]
        return self

    def _tell(self, eventName: str, *arguments: Any) -> None:
        if self._listeners.get(eventName):
            self.emit(eventName, *arguments)

    def on(self, eventName: Any, listener: Callback) -> Any:
        """Has a listener called with what is emitted; returns the emitter."""
        return self._add(eventName, listener)

    addListener = on

    def once(self, eventName: Any, listener: Callback) -> Any:
        """As `on`, for the next time only."""
        return self._add(eventName, listener, once=True)

    def prependListener(self, eventName: Any, listener: Callback) -> Any:
        """As `on`, before the others."""
        return self._add(eventName, listener, first=True)

    def prependOnceListener(self, eventName: Any, listener: Callback) -> Any:
        """As `once`, before the others."""
        return self._add(eventName, listener, once=True, first=True)

    def off(self, eventName: Any, listener: Callback) -> Any:
        """Takes a listener away, the one that came last; returns the emitter."""
        known = list(self._of(eventName))
        place = next((at for at in reversed(range(len(known))) if known[at].call == listener), None)
        if place is not None:
            del known[place]
            self._listeners[eventName] = known
            self._tell("removeListener", eventName, listener)
        return self

    removeListener = off

    def removeAllListeners(self, eventName: Any = None) -> Any:
        """Takes all listeners of an event away, or of all events; returns the emitter."""
        for name in list(vars(self).get("_listeners", {})) if is_nullish(eventName) else [eventName]:
            for each in reversed(self._of(name)):
                self.off(name, each.call)
        return self

    def emit(self, eventName: Any, *arguments: Any) -> bool:
        """Calls the listeners of an event; whether there are any. An `error` that nobody listens to is thrown."""
        known = self._of(eventName)
        if not known:
            if eventName == "error":
                self._throw(arguments[0] if arguments else None)
            return False
        for each in known:
            if each.once:
                self._listeners[eventName] = [other for other in self._of(eventName) if other is not each]
                self._tell("removeListener", eventName, each.call)
            called_with(each.call, arguments)
        return True

    def _throw(self, error: Any) -> None:
        if isinstance(error, BaseException):
            raise error
        raise Error(f"Unhandled error. ({text(error)})" if truthy(error) else "Unhandled error.")

    def listenerCount(self, eventName: Any) -> int:
        """How many listeners an event has."""
        return len(self._of(eventName))

    def listeners(self, eventName: Any) -> Array[Any]:
        """The listeners of an event."""
        return Array(each.call for each in self._of(eventName))

    def rawListeners(self, eventName: Any) -> Array[Any]:
        """The same."""
        return self.listeners(eventName)

    def eventNames(self) -> Array[Any]:
        """The events that have listeners."""
        return Array(name for name, known in vars(self).get("_listeners", {}).items() if known)

    def setMaxListeners(self, n: Any) -> Any:
        """Nothing: nobody is warned of many listeners here. Returns the emitter."""
        return self

    def getMaxListeners(self) -> int:
        """How many listeners there may be: any number."""
        return 0
