"""The phone's clock: real time by default, and a test may set it, stop it and advance it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import cached_property
from time import localtime, strftime
from time import time as real_time

from .alarms import Alarm, Alarms
from .telling import told


class Clock:
    """Seconds since the epoch, as this phone sees them."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._stopped: float | None = None
        self._sleepers: dict[_Sleeper, None] = {}  # an empty set takes thrice as much

    @cached_property
    def _alarms(self) -> Alarms:
        return Alarms()

    def __repr__(self) -> str:
        return told("Clock", self._told)

    def _told(self) -> Iterator[str]:
        yield strftime("%Y-%m-%d %H:%M:%S", localtime(self.now()))
        yield from ["stopped"] if self.stopped else []

    @property
    def stopped(self) -> bool:
        """Whether only `set` and `advance` move it."""
        return self._stopped is not None

    def now(self) -> float:
        """The time on the phone, in seconds since the epoch."""
        return real_time() + self._offset if self._stopped is None else self._stopped

    @property
    def next(self) -> float | None:
        """The earliest time that anything waits for, in seconds since the epoch; None where nothing does."""
        alarms = self._alarms if "_alarms" in vars(self) else ()
        moments = [sleeper.moment for sleeper in self._sleepers]
        moments += [alarm.moment for alarm in alarms if not alarm.is_over]
        return min(moments, default=None)

    def set(self, seconds: float) -> None:
        """Sets the time, in seconds since the epoch. It goes on from there, unless the clock is stopped.

        Alarms that are due by then ring, one after another, each while the clock shows the moment at which it is due.
        When the clock is set back, what was to ring in a minute still is.
        """
        if "_alarms" in vars(self):
            seconds = self._pass_alarms(seconds)
        self._show(seconds)
        self._wake()

    def _show(self, seconds: float) -> None:
        if self._stopped is None:
            self._offset = seconds - real_time()
        else:
            self._stopped = seconds

    def advance(self, seconds: float) -> None:
        """Moves the time forward by `seconds`. What waits for a time that has come goes on, in its own loop.

        Before that, the alarms that are due meanwhile ring, as `set` says.
        """
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
        self._show(shown)
        self._wake()

    async def sleep(self, seconds: float) -> None:
        """Waits until the clock shows `seconds` more than now."""
        await self.until(self.now() + seconds)

    async def until(self, moment: float) -> None:
        """Waits until the clock shows `moment`, in seconds since the epoch, be it that it runs or that it is moved."""
        sleeper = _Sleeper(moment)
        self._sleepers[sleeper] = None
        try:
            while (left := moment - self.now()) > 0:
                await sleeper.sleep(None if self._stopped is not None else left)
        finally:
            del self._sleepers[sleeper]

    def call_at(self, moment: float, call: Callable[[], object], loop: asyncio.AbstractEventLoop) -> Alarm:
        """Has `call` called when the clock shows `moment`, in seconds since the epoch. The alarm can be cancelled.

        As long as the clock runs, `loop` calls it; `set` and `advance` call it in the thread that they are called in.
        """
        alarm = Alarm(self, moment, call, loop)
        self._alarms.add(alarm)
        alarm.arm()
        return alarm

    def ring(self) -> None:
        """Rings the alarms that are due."""
        while (alarm := self._alarms.take_due(self.now())) is not None:
            alarm.ring()

    def _pass_alarms(self, seconds: float) -> float:
        """Rings what is due on the way to a time; what the time is then, which what has rung may have moved further."""
        change = seconds - self.now()
        if change < 0:
            self._alarms.shift(change)
            return seconds
        while (alarm := self._alarms.take_due(seconds)) is not None:
            if alarm.moment > self.now():
                self._show(alarm.moment)
            alarm.ring()
        return max(seconds, self.now())

    def snapshot(self) -> tuple[float, bool]:
        """The time that it shows, and whether it is stopped."""
        return self.now(), self._stopped is not None

    def restore(self, state: tuple[float, bool]) -> None:
        """Shows that time again, stopped or not as it was."""
        shown, stopped = state
        self.set(shown)
        self._stopped = shown if stopped else None
        self._show(shown)
        self._wake()

    def _wake(self) -> None:
        for sleeper in tuple(self._sleepers):
            sleeper.wake()
        if "_alarms" in vars(self):
            for alarm in self._alarms:
                alarm.arm_anew()


class _Sleeper:
    """One who waits for a time; the clock wakes them when it was moved, from whatever thread."""

    def __init__(self, moment: float) -> None:
        self.moment = moment
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
