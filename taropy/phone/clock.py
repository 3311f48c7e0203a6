"""The phone's clock: real time by default, and a test may set it, stop it and advance it."""

from __future__ import annotations

import time


class Clock:
    """Seconds since the epoch, as this phone sees them."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._stopped: float | None = None

    def now(self) -> float:
        """The time on the phone, in seconds since the epoch."""
        return time.time() + self._offset if self._stopped is None else self._stopped

    def set(self, seconds: float) -> None:
        """Sets the time, in seconds since the epoch. It goes on from there, unless the clock is stopped."""
        if self._stopped is None:
            self._offset = seconds - time.time()
        else:
            self._stopped = seconds

    def advance(self, seconds: float) -> None:
        """Moves the time forward by `seconds`."""
        if seconds < 0:
            raise ValueError("a clock is advanced by a number of seconds that is not negative")
        self.set(self.now() + seconds)

    def stop(self) -> None:
        """Stops the clock at this moment; only `set` and `advance` move it until `start`."""
        self._stopped = self.now()

    def start(self) -> None:
        """Lets the clock run again, from the time it shows."""
        shown, self._stopped = self.now(), None
        self.set(shown)
