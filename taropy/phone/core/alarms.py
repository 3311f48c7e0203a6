"""What rings at moments of a clock: timers of programs, those who sleep, and limits of time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import count
from pathlib import Path
from typing import Protocol

import attrs

from ...program import FunctionPlace
from ...unheard import ProgramWarning, tell

# An alarm may ring so much too early, in seconds: sums of times are rounded, to less than a microsecond.
TOLERANCE = 0.0001

# So many alarms are kept before those that were cancelled are looked for.
FEW = 64

_numbers = count()


class Shows(Protocol):
    """The clock, as alarms see it."""

    @property
    def moves(self) -> bool: ...

    def now(self) -> float: ...

    def ring(self) -> None: ...

    def alarms(self) -> Iterable[Alarm]: ...


class Described(Protocol):
    """What an alarm is there for: `kind` as `setTimeout` or `sleep`, the name of what is called, and who set it."""

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def place(self) -> FunctionPlace | None: ...

    @property
    def is_missed(self) -> bool:
        """Whether the program counts on it, though the loop that it is for may have ended."""
        ...

    @property
    def is_void(self) -> bool:
        """Whether nothing comes of it any more: the program that has set it has ended."""
        ...


class LostTimerWarning(ProgramWarning, RuntimeWarning):
    """The clock was moved past a timer that is gone with its event loop, as that of a `taropy.run` which has ended.

    `place` is the file and the line of the program that has set it.
    """


@attrs.frozen
class PendingTimer:
    """A timer that has not fired yet, or one who sleeps.

    - `moment`: when it is due, in seconds since the epoch by the phone's clock; `seconds`: how long that is from now.
    - `kind`: `setTimeout`, `setInterval`, `requestAnimationFrame`, `sleep`; `alarm` for what `call_at` has set;
      `timeout` for what ends a call that takes too long.
    - `name`: of the function that it calls, or that sleeps.
    - `file`, `line`: where the program has set it; None where taropy itself waits, as for a slow network.
    """

    moment: float
    seconds: float
    kind: str
    name: str
    file: str | None
    line: int | None

    def __str__(self) -> str:
        place = "" if self.file is None else f", set at {Path(self.file).name}:{self.line}"
        return f"{self.kind} {self.name} in {self.seconds:g} s{place}"


class Alarm:
    """What is called at a moment of the clock: by its loop if the clock runs, else by whoever moves the clock.

    One that `limits` only ends what takes too long; nobody waits for it to ring.
    """

    __slots__ = ("_about", "_call", "_clock", "_handle", "limits", "loop", "moment", "number", "thread")

    def __init__(
        self,
        clock: Shows,
        moment: float,
        call: Callable[[], object],
        loop: asyncio.AbstractEventLoop,
        about: Described | None = None,
        *,
        limits: bool = False,
    ) -> None:
        self.moment = moment
        self.loop = loop
        self.thread = threading.get_ident()
        self.limits = limits
        self.number = next(_numbers)
        self._about = about
        self._clock = clock
        self._call: Callable[[], object] | None = call
        self._handle: asyncio.TimerHandle | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has rung or was cancelled."""
        return self._call is None

    @property
    def is_void(self) -> bool:
        """Whether nothing will come of it."""
        return self.is_over or (self._about is not None and self._about.is_void)

    def described(self) -> PendingTimer:
        """What it is there for."""
        about, place = self._about, None if self._about is None else self._about.place
        if about is not None:
            kind, name = about.kind, about.name
        else:
            kind, name = ("timeout", "of a call") if self.limits else ("alarm", getattr(self._call, "__qualname__", ""))
        seconds = round(max(0.0, self.moment - self._clock.now()), 6)
        return PendingTimer(self.moment, seconds, kind, name, place and place[0], place and place[1])

    def ring(self) -> None:
        """Rings, once."""
        call = self._call
        self.cancel()
        if call is not None:
            call()

    def miss(self) -> None:
        """Its loop has ended, and the clock is moved past it: tells so if the program counts on it."""
        about, timer = self._about, self.described()
        missed = about is not None and about.is_missed
        self.cancel()
        if missed:
            warning = LostTimerWarning(
                f"{timer.kind} {timer.name} was due, and is gone with the event loop that it was set in, as that of a "
                "taropy.run which has ended: advance the clock in the same main, or set the timer outside of taropy.run"
            )
            warning.place = None if timer.file is None or timer.line is None else (timer.file, timer.line)
            tell(warning)

    def cancel(self) -> None:
        """Has it not ring any more."""
        self._call = self._about = None
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def arm(self) -> None:
        """Has the loop look at the clock when the time has come; in the loop's own thread."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        if self._call is None:
            return
        if self._clock.moves:
            self._handle = self.loop.call_later(max(self.moment - self._clock.now(), 0), self._look)
        else:
            from .standstill import watch

            watch(self.loop, self._clock)

    def arm_anew(self) -> None:
        """The same after the clock was moved, from any thread."""
        if self._call is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.arm)

    def _look(self) -> None:
        self._handle = None
        self._clock.ring()
        self.arm()  # if the loop was early, for that is all that can have kept it from ringing


class Alarms:
    """The alarms of one clock, by when they are due; those of one moment in the order in which they were set."""

    __slots__ = ("_heap", "_most")

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Alarm]] = []
        self._most = FEW

    def add(self, alarm: Alarm) -> None:
        """Keeps one."""
        if len(self._heap) >= self._most:
            self._heap[:] = [entry for entry in self._heap if not entry[2].is_over]
            heapify(self._heap)
            self._most = max(FEW, 2 * len(self._heap))
        heappush(self._heap, (alarm.moment, alarm.number, alarm))

    def take_due(self, moment: float) -> Alarm | None:
        """Takes the next that is due at that moment; None if no other is."""
        while self._heap and self._heap[0][0] <= moment + TOLERANCE:
            alarm = heappop(self._heap)[2]
            if not alarm.is_over:
                return alarm
        return None

    def pending(self) -> list[Alarm]:
        """Those that somebody waits for, in the order in which they will ring; none whose loop has ended."""
        alarms = (entry for entry in self._heap if not entry[2].is_over and not entry[2].limits)
        waited_for = (entry for entry in alarms if not entry[2].loop.is_closed())
        return [alarm for _, _, alarm in sorted(waited_for, key=lambda entry: entry[:2])]

    def next(self, *, limits: bool = False) -> float | None:
        """The earliest moment that somebody waits for; or at which a limit ends."""
        moments = (moment for moment, _, alarm in self._heap if not alarm.is_over and alarm.limits == limits)
        return min(moments, default=None)

    def shift(self, seconds: float) -> None:
        """Has all of them due so much later, or earlier."""
        for _, _, alarm in self._heap:
            alarm.moment += seconds
        self._heap[:] = [(alarm.moment, number, alarm) for _, number, alarm in self._heap]

    def __iter__(self) -> Iterator[Alarm]:
        return (alarm for _, _, alarm in tuple(self._heap))
