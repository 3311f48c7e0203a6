"""What rings at moments of a clock: the timers of programs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Protocol

# An alarm may ring so much too early, in seconds: sums of times are rounded, to less than a microsecond.
TOLERANCE = 0.0001

# So many alarms are kept before those that were cancelled are looked for.
FEW = 64

_numbers = count()


class Shows(Protocol):
    """The clock, as alarms see it."""

    @property
    def stopped(self) -> bool: ...

    def now(self) -> float: ...

    def ring(self) -> None: ...


class Alarm:
    """What is called at a moment of the clock: by its loop if the clock runs, else by whoever moves the clock."""

    __slots__ = ("_call", "_clock", "_handle", "_loop", "moment")

    def __init__(
        self, clock: Shows, moment: float, call: Callable[[], object], loop: asyncio.AbstractEventLoop
    ) -> None:
        self.moment = moment
        self._clock = clock
        self._call: Callable[[], object] | None = call
        self._loop = loop
        self._handle: asyncio.TimerHandle | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has rung or was cancelled."""
        return self._call is None

    def ring(self) -> None:
        """Rings, once."""
        call = self._call
        self.cancel()
        if call is not None:
            call()

    def cancel(self) -> None:
        """Has it not ring any more."""
        self._call = None
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def arm(self) -> None:
        """Has the loop look at the clock when the time has come; in the loop's own thread."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        if self._call is not None and not self._clock.stopped:
            self._handle = self._loop.call_later(max(self.moment - self._clock.now(), 0), self._look)

    def arm_anew(self) -> None:
        """The same after the clock was moved, from any thread."""
        if self._call is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.arm)

    def _look(self) -> None:
        self._handle = None
        self._clock.ring()
        self.arm()  # if the loop was early, for that is all that can have kept it from ringing


class Alarms:
    """The alarms of one clock, by when they are due; those of one moment in the order in which they were set."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Alarm]] = []
        self._most = FEW

    def add(self, alarm: Alarm) -> None:
        """Keeps one."""
        if len(self._heap) >= self._most:
            self._heap[:] = [entry for entry in self._heap if not entry[2].is_over]
            heapify(self._heap)
            self._most = max(FEW, 2 * len(self._heap))
        heappush(self._heap, (alarm.moment, next(_numbers), alarm))

    def take_due(self, moment: float) -> Alarm | None:
        """Takes the next that is due at that moment; None if no other is."""
        while self._heap and self._heap[0][0] <= moment + TOLERANCE:
            alarm = heappop(self._heap)[2]
            if not alarm.is_over:
                return alarm
        return None

    def shift(self, seconds: float) -> None:
        """Has all of them due so much later, or earlier."""
        for _, _, alarm in self._heap:
            alarm.moment += seconds
        self._heap[:] = [(alarm.moment, number, alarm) for _, number, alarm in self._heap]

    def __iter__(self) -> Iterator[Alarm]:
        return (alarm for _, _, alarm in tuple(self._heap))
