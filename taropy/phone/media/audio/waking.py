"""`Waker`: what has the phone's clock wake a sound, in the loop in which it goes on."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from ....loops import in_its_loop

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from ...core.alarms import Alarm
    from ...core.clock import Clock


class Waker:
    """Calls `wake` when it is time, as it was set last; what it was set to before counts no more."""

    def __init__(self, clock: Clock, wake: Callable[[], object]) -> None:
        self._clock = clock
        self._wake = wake
        self._alarm: Alarm | None = None

    def set(self, seconds: float, loop: asyncio.AbstractEventLoop) -> None:
        """Has it call in so many seconds by the clock, in the loop."""
        self.cancel()
        moment = round(self._clock.now() + max(seconds, 0.0), 6)

        @wraps(self._wake)
        def ring() -> None:
            if alarm is self._alarm:  # or it was set anew before its loop came to it
                self._alarm = None
                self._wake()

        self._alarm = alarm = self._clock.call_at(moment, in_its_loop(loop, ring), loop)

    def cancel(self) -> None:
        """Has it not call any more."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
