"""The phone's clock: real time by default, and a test may set it, stop it and advance it."""

from __future__ import annotations

import asyncio
from time import time as real_time


class Clock:
    """Seconds since the epoch, as this phone sees them."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._stopped: float | None = None
        self._sleepers: dict[_Sleeper, None] = {}  # an empty set takes thrice as much

    def now(self) -> float:
        """The time on the phone, in seconds since the epoch."""
        return real_time() + self._offset if self._stopped is None else self._stopped

    def set(self, seconds: float) -> None:
        """Sets the time, in seconds since the epoch. It goes on from there, unless the clock is stopped."""
        if self._stopped is None:
            self._offset = seconds - real_time()
        else:
            self._stopped = seconds
        self._wake()

    def advance(self, seconds: float) -> None:
        """Moves the time forward by `seconds`. What waits for a time that has come goes on, in its own loop."""
        if seconds < 0:
            raise ValueError("a clock is advanced by a number of seconds that is not negative")
        self.set(self.now() + seconds)

    def stop(self) -> None:
        """Stops the clock at this moment; only `set` and `advance` move it until `start`."""
        self._stopped = self.now()
        self._wake()

    def start(self) -> None:
        """Lets the clock run again, from the time it shows."""
        shown, self._stopped = self.now(), None
        self.set(shown)

    async def sleep(self, seconds: float) -> None:
        """Waits until the clock shows `seconds` more than now."""
        await self.until(self.now() + seconds)

    async def until(self, moment: float) -> None:
        """Waits until the clock shows `moment`, in seconds since the epoch, be it that it runs or that it is moved."""
        sleeper = _Sleeper()
        self._sleepers[sleeper] = None
        try:
            while (left := moment - self.now()) > 0:
                await sleeper.sleep(None if self._stopped is not None else left)
        finally:
            del self._sleepers[sleeper]

    def snapshot(self) -> tuple[float, bool]:
        """The time that it shows, and whether it is stopped."""
        return self.now(), self._stopped is not None

    def restore(self, state: tuple[float, bool]) -> None:
        """Shows that time again, stopped or not as it was."""
        shown, stopped = state
        self._stopped = shown if stopped else None
        self.set(shown)

    def _wake(self) -> None:
        for sleeper in tuple(self._sleepers):
            sleeper.wake()


class _Sleeper:
    """One who waits for a time; the clock wakes them when it was moved, from whatever thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()

    async def sleep(self, longest: float | None) -> None:
        """Waits to be woken, at most `longest` seconds."""
        self._woken.clear()
        try:
            async with asyncio.timeout(longest):
                await self._woken.wait()
        except TimeoutError:
            return

    def wake(self) -> None:
        """Ends the wait."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)
