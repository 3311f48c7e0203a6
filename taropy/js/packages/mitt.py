"""mitt 3: events of any kind, and handlers of them; `*` is all."""

from __future__ import annotations

from typing import Any

from ..array import Array
from ..callbacks import Callback, called_with
from ..maps import Map
from ..missing import is_nullish


class Emitter:
    """What `mitt()` gives; `all` are the handlers by kind of event."""

    def __init__(self, handlers: Any = None) -> None:
        self.all: Map[Any, Any] = Map() if is_nullish(handlers) else handlers

    def on(self, type: Any, handler: Callback) -> None:
        """Has `handler(event)` called for a kind of event; for `*`, `handler(type, event)` for all."""
        known = self.all.get(type)
        if known is None:
            self.all.set(type, Array([handler]))
        else:
            known.push(handler)

    def off(self, type: Any, handler: Callback | None = None) -> None:
        """Takes a handler away; without one, all of the kind."""
        known = self.all.get(type)
        if known is None:
            return
        if is_nullish(handler):
            self.all.set(type, Array())
        elif handler in list(known):
            list.remove(known, handler)

    def emit(self, type: Any, event: Any = None) -> None:
        """Calls the handlers of a kind of event, and then those of all."""
        for handler in list(self.all.get(type) or ()):
            called_with(handler, (event,))
        for handler in list(self.all.get("*") or ()):
            called_with(handler, (type, event))


def mitt(all: Any = None) -> Emitter:
    """An emitter, with the handlers of a `Map` if one is given."""
    return Emitter(all)
