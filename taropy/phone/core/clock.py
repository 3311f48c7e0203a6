"""The phone's clock: real time by default, and a test may set it, stop it and advance it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, time
from functools import cached_property
from time import localtime, strftime
from time import time as real_time
from weakref import WeakKeyDictionary

from ...loops import in_its_loop
from ...program import FunctionPlace, calling_function
from .alarms import Alarm, Alarms, Described, PendingTimer
from .guarded import Guarded
from .journey import Journey, Work, by, jump, through, to, to_the_last
from .moments import moment_of, next_moment
from .telling import told

# What the phone does in real time is waited for so long by a journey, in seconds.
PATIENCE = 1.0


class Clock(Guarded):
    """Seconds since the epoch, as this phone sees them."""

    _in_messages = "phone.clock"
    _busy = frozenset(("limit", "call_at", "show", "take_due", "one_at_a_time"))

    def __init__(self) -> None:
        self._offset = 0.0
        #: What it shows while it stands; and whether that is only for as long as it is held.
        self._stopped: float | None = None
        self._resumes = False
        self._holds = 0
        #: How far it was set back, in all.
        self._back = 0.0

    @cached_property
    def _alarms(self) -> Alarms:
        return Alarms()

    @cached_property
    def _work(self) -> Work:
        return Work(PATIENCE)

    def __repr__(self) -> str:
        return told("Clock", self._told)

    def _told(self) -> Iterator[str]:
        yield strftime("%Y-%m-%d %H:%M:%S", localtime(self.now()))
        yield from ["stopped"] if self.stopped else []

    @property
    def work(self) -> Work:
        """What the phone does in real time, and journeys wait for; its `patience` is how long."""
        return self._work

    # --- what it shows ------------------------------------------------------------------------------------------

    def now(self) -> float:
        """The time on the phone, in seconds since the epoch."""
        return real_time() + self._offset if self._stopped is None else self._stopped

    @property
    def stopped(self) -> bool:
        """Whether only `set`, `advance` and their kin move it."""
        return self._stopped is not None and not self._resumes

    @property
    def moves(self) -> bool:
        """Whether it moves by itself just now: it neither is stopped nor on a journey."""
        return self._stopped is None

    def elapsed(self) -> float:
        """Seconds that only ever grow: setting the clock back does not make them fewer."""
        return self.now() + self._back

    # --- what waits for it --------------------------------------------------------------------------------------

    @property
    def next(self) -> float | None:
        """The earliest time that anything waits for, in seconds since the epoch; None where nothing does."""
        return self._alarms.next() if "_alarms" in vars(self) else None

    @property
    def next_limit(self) -> float | None:
        """The earliest time by which something has taken too long, as a request; None where nothing is to end."""
        return self._alarms.next(limits=True) if "_alarms" in vars(self) else None

    @property
    def next_timer(self) -> PendingTimer | None:
        """The timer that is due first: when, what it calls, and where the program has set it. None if there is none."""
        return next(iter(self.timers), None)

    @property
    def timers(self) -> tuple[PendingTimer, ...]:
        """What is to come, in the order in which it will: timers of the program, and those who sleep by the clock."""
        return tuple(alarm.described() for alarm in self._alarms.pending()) if "_alarms" in vars(self) else ()

    # --- moving it ----------------------------------------------------------------------------------------------

    def advance(self, seconds: float) -> Journey:
        """Moves the time forward by `seconds`, through all that is due meanwhile.

        Timers fire in their order, each while the clock shows the moment at which it is due; what they begin is done
        before the next, so timers that they set are among them. In a running loop, `await clock.advance(60)`;
        elsewhere all has happened when it returns. A bare `clock.advance(60)` in a running loop moves the clock in one
        go: timers fire with their jobs, and what needs the loop, as tasks that sleep and requests, goes on afterwards.
        """
        if not isinstance(seconds, int | float) or not seconds >= 0:
            raise ValueError(f"a clock is advanced by a number of seconds that is not negative, and not by {seconds!r}")
        moment_of(self.now() + seconds)
        return Journey(self, by(seconds), f"clock.advance({seconds:g})")

    def advance_to(self, moment: float | datetime | time) -> Journey:
        """As `advance`, to a moment: seconds since the epoch, a date with its time, or the next such time of day.

        Dates and times without a zone are local, as `TZ` in the environment or the system has it. ValueError for a
        moment that has been.
        """
        goal = next_moment(moment, self.now()) if isinstance(moment, time) else moment_of(moment)
        if goal < self.now():
            shown = datetime.fromtimestamp(self.now()).isoformat(" ")
            raise ValueError(f"{moment} has been; the clock shows {shown}, and is set back with set()")
        return Journey(self, to(goal), f"clock.advance_to({moment})")

    def run_pending(self) -> Journey:
        """As `advance`, as far as the last of the timers that are set now: each of them fires, intervals at least once.

        What they set in turn fires only if it is due by then.
        """
        return Journey(self, to_the_last, "clock.run_pending()")

    def run_all(self, limit: int = 1000) -> Journey:
        """As `advance`, until no timer is left; the clock shows then when the last was due.

        `EndlessTimers`, which names the next one, when `limit` have fired and there are more, as with an interval.
        """
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            raise ValueError(f"limit is a number of timers, one or more, and not {limit!r}")
        return Journey(self, through(limit), "clock.run_all()")

    def set(self, moment: float | datetime) -> None:
        """Sets the time, in seconds since the epoch or as a date. It goes on from there, unless the clock is stopped.

        When the clock is set forward, this is an `advance` in one go, be it in a running loop or not. When it is set
        back, what was to ring in a minute still is.
        """
        moment = moment_of(moment)
        change = moment - self.now()
        if change >= 0:
            if "_alarms" in vars(self):
                jump(self, to(moment))
            else:
                self.show(moment)
                self._wake()
            return
        self._back -= change
        if "_alarms" in vars(self):
            self._alarms.shift(change)
        self.show(moment)
        self._wake()

    def stop(self) -> None:
        """Stops the clock at this moment; only `set`, `advance` and their kin move it until `start`.

        Real work goes on: a server's answer comes in while the clock stands. What is to come after some time, a
        timeout among it, does not.
        """
        self._stopped, self._resumes = _rounded(self.now()), False
        self._wake()

    def start(self) -> None:
        """Lets the clock run again, from the time it shows."""
        self._go_on(self.now())
        self._wake()

    def snapshot(self) -> tuple[float, bool]:
        """The time that it shows, and whether it is stopped."""
        return self.now(), self.stopped

    def restore(self, state: tuple[float, bool]) -> None:
        """Shows that time again, stopped or not as it was."""
        shown, stopped = state
        self.set(shown)
        if stopped:
            self._stopped, self._resumes = shown, False
        else:
            self._go_on(shown)
        self._wake()

    # --- waiting for it -----------------------------------------------------------------------------------------

    async def sleep(self, seconds: float) -> None:
        """Waits until the clock has gone on by `seconds`, be it that it runs or that it is moved."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        moment, place = self.now() + seconds, calling_function()
        while self.now() < moment:
            moment = await self._rung(moment, place)

    async def until(self, moment: float) -> None:
        """Waits until the clock shows `moment`, in seconds since the epoch, be it that it runs or that it is moved."""
        place = calling_function() if moment > self.now() else None
        while moment > self.now():
            await self._rung(moment, place)

    async def _rung(self, moment: float, place: FunctionPlace | None) -> float:
        """Waits for a moment; the moment that it has become if the clock was set back meanwhile."""
        loop, task, asleep = asyncio.get_running_loop(), asyncio.current_task(), self.work.asleep
        woken = loop.create_future()
        sleeper = _Sleeper(loop, woken, place)
        alarm = self.call_at(moment, sleeper.wake, loop, sleeper)
        if task is not None:
            asleep[task] = None
        try:
            await woken
        finally:
            alarm.cancel()
            if task is not None:
                asleep.pop(task, None)
        return alarm.moment

    @asynccontextmanager
    async def timeout(self, seconds: float) -> AsyncIterator[None]:
        """As `asyncio.timeout`, by the phone's clock: `TimeoutError` if the block takes longer than `seconds`."""
        loop, over = asyncio.get_running_loop(), False

        def end() -> None:
            if not over:
                limit.reschedule(loop.time())

        async with asyncio.timeout(None) as limit:
            alarm = self.call_at(self.now() + seconds, in_its_loop(loop, end), loop, limits=True)
            try:
                yield
            finally:
                over = True
                alarm.cancel()

    def call_at(
        self,
        moment: float,
        call: Callable[[], object],
        loop: asyncio.AbstractEventLoop,
        about: Described | None = None,
        *,
        limits: bool = False,
    ) -> Alarm:
        """Has `call` called when the clock shows `moment`, in seconds since the epoch. The alarm can be cancelled.

        As long as the clock runs, `loop` calls it; whoever moves the clock calls it in their own thread.
        `about` says in `timers` what it is. One that `limits` only ends what takes too long: it is not in `timers`,
        and `run_all` does not go that far for its sake.
        """
        alarm = Alarm(self, moment, call, loop, about, limits=limits)
        self._alarms.add(alarm)
        alarm.arm()
        return alarm

    def limit(self, loop: asyncio.AbstractEventLoop, end: float, call: Callable[[], object]) -> Alarm:
        """Has `call` called in `loop` when `elapsed` is `end`, to end what takes too long."""
        return self.call_at(end - self._back, in_its_loop(loop, call), loop, limits=True)

    def ring(self) -> None:
        """Rings the alarms that are due."""
        while (alarm := self._alarms.take_due(self.now())) is not None:
            alarm.ring()

    # --- what journeys ask --------------------------------------------------------------------------------------

    def show(self, moment: float) -> None:
        """Shows a time, and rings nothing."""
        if self._stopped is None:
            self._offset = moment - real_time()
        else:
            self._stopped = moment

    def take_due(self, moment: float) -> Alarm | None:
        """Takes the next alarm that is due at a moment; None if no other is."""
        while (alarm := self._alarms.take_due(moment)) is not None:
            if not alarm.loop.is_closed():
                return alarm
            alarm.miss()
        return None

    def alarms(self) -> Iterable[Alarm]:
        """All alarms, those that are over among them."""
        return self._alarms if "_alarms" in vars(self) else ()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Has the clock stand but for what moves it, and go on from there afterwards if it ran."""
        if self._stopped is None:
            self._stopped, self._resumes = _rounded(self.now()), True
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1
            if self._holds == 0 and self._resumes:
                self._go_on(self.now())
            self._wake()

    def one_at_a_time(self, loop: asyncio.AbstractEventLoop) -> asyncio.Lock:
        """What journeys of one loop go one after another by."""
        return self._locks.setdefault(loop, asyncio.Lock())

    @cached_property
    def _locks(self) -> WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]:
        return WeakKeyDictionary()

    def _go_on(self, shown: float) -> None:
        """Runs from a time on; as soon as nobody holds it."""
        self._stopped, self._resumes = (shown, True) if self._holds else (None, False)
        self.show(shown)

    def _wake(self) -> None:
        if "_alarms" in vars(self):
            for alarm in self._alarms:
                alarm.arm_anew()


class _Sleeper:
    """One who waits for a time, as `timers` tells of them."""

    kind = "sleep"
    is_missed = False
    is_void = False

    def __init__(
        self, loop: asyncio.AbstractEventLoop, woken: asyncio.Future[None], place: FunctionPlace | None
    ) -> None:
        self.place = place
        self.wake = in_its_loop(loop, lambda: None if woken.done() else woken.set_result(None))

    @property
    def name(self) -> str:
        """The function that waits."""
        return "of the phone" if self.place is None else f"in {self.place[2]}"


def _rounded(moment: float) -> float:
    """In whole microseconds: sums of such times that should be the same moment are, and keep their order."""
    return round(moment, 6)
