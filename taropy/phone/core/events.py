"""The native functions `on…` and `off…`, by which programs listen to the events of a room or of a manager."""

from __future__ import annotations

from .answers import NativeFunction
from .app import App
from .functions import plain
from .listening import Listener
from .options import UNDEFINED, function, string
from .room import Manager, Room


def on(event: str, tells: str) -> NativeFunction:
    """The native function that takes on a listener of `event`, in the audience of its room or manager.

    `tells` is the function's docstring: what listeners are told, and when.
    """

    @plain
    def listen(self: Room | Manager, app: App, callback: object = UNDEFINED) -> None:
        self.audience(app).on(event, function(callback), app)

    listen.__doc__ = tells
    return listen


def on_named(tells: str) -> NativeFunction:
    """As `on`, of a manager whose programs name the event: `decoder.on("start", callback)`."""

    @plain
    def listen(self: Manager, app: App, event: object = None, callback: object = UNDEFINED) -> None:
        self.listeners.on(string(event, "parameter.eventName"), function(callback, "parameter.callback"), app)

    listen.__doc__ = tells
    return listen


def off(event: str) -> NativeFunction:
    """The native function that takes one of the listeners of `event` off again, or all."""

    @plain
    def leave(self: Room | Manager, app: App, callback: Listener | None = None) -> None:
        """Takes the listener off; without one, all."""
        self.audience(app).off(event, callback)

    return leave


def off_named() -> NativeFunction:
    """As `off`, of a manager whose programs name the event."""

    @plain
    def leave(self: Manager, app: App, event: object = None, callback: Listener | None = None) -> None:
        """Takes the listener off; without one, all of the event."""
        self.listeners.off(string(event, "parameter.eventName"), callback)

    return leave
