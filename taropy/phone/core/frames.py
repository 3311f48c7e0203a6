"""The screen's frames, as programs wait for the next one with `requestAnimationFrame`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial, wraps
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .alarms import Alarm
    from .clock import Clock

#: How long the screen shows a frame, in seconds.
FRAME = 1 / 60


class Frames:
    """The callbacks of one object that are to be called in the next frame. `tell` calls one, with the time in ms."""

    def __init__(self, clock: Clock, tell: Callable[[Callable[..., Any], float], object]) -> None:
        self._clock = clock
        self._tell = tell
        self._due: dict[int, Alarm] = {}
        self._ids = count(1)

    def request(self, callback: Callable[..., Any], loop: asyncio.AbstractEventLoop) -> int:
        """Has the callback called when the next frame is due by the phone's clock; the id takes that back."""
        id_ = next(self._ids)

        @wraps(callback)  # by whose name the clock tells of its alarms
        def ring() -> None:
            if self._due.pop(id_, None) is not None:
                loop.call_soon(partial(self._tell, callback, self._clock.now() * 1000))

        self._due[id_] = self._clock.call_at(self._clock.now() + FRAME, ring, loop)
        return id_

    def cancel(self, id_: Any) -> None:
        """Has a frame's callback not be called; any other id does nothing."""
        frame = self._due.pop(id_, None)
        if frame is not None:
            frame.cancel()

    def end(self) -> None:
        """Calls none of them any more."""
        while self._due:
            self._due.popitem()[1].cancel()
