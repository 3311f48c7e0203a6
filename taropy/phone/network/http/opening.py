"""Which way requests go out: over connections of the phone's own, or by the browser that it is in."""

from __future__ import annotations

from ...core.browser import IN_BROWSER
from ...core.clock import Clock
from .wire import Wire


def open_wire(keep_alive: float, clock: Clock) -> Wire:
    """The way out of the running loop."""
    if IN_BROWSER:
        from .fetching import FetchingWire

        return FetchingWire(clock)
    from .pools import Pools

    return Pools(keep_alive, clock)
