"""eventemitter3 5: `EventEmitter`. A listener has no `context`, since it has no `this`."""

from __future__ import annotations

from typing import Any

from ..callbacks import Callback
from ..conversions import truthy
from ..missing import is_nullish
from . import events


class EventEmitter(events.EventEmitter):
    """As that of `events`, with two differences.

    An `error` that nobody listens to is no error, and `off` takes all copies of a listener away.
    """

    def off(self, eventName: Any, listener: Callback | None = None, context: Any = None, once: Any = None) -> Any:
        """Takes a listener away, or all of an event; returns the emitter."""
        if is_nullish(listener):
            return self.removeAllListeners(eventName)
        kept = [each for each in self._of(eventName) if each.call != listener or (truthy(once) and not each.once)]
        self._listeners[eventName] = kept
        return self

    removeListener = off

    def removeAllListeners(self, eventName: Any = None) -> Any:
        """Takes all listeners of an event away, or of all events; returns the emitter."""
        for name in list(vars(self).get("_listeners", {})) if is_nullish(eventName) else [eventName]:
            self._listeners[name] = []
        return self

    def _tell(self, eventName: str, *arguments: Any) -> None:
        pass

    def _throw(self, error: Any) -> None:
        pass
