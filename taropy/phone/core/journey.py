"""A journey of the clock to a later time, and what happens on its way.

What is due on the way rings, one after another, each while the clock shows the moment at which it is due. Between two
the journey waits until what has rung is done: jobs, async functions, and real work that the phone does for them, as a
request over the wire. Real work gets `patience` seconds of real time in all; then it is left to itself.
"""

from __future__ import annotations

import asyncio
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

from ...loops import runs_here
from ...program import calling_function
from .alarms import Alarm, PendingTimer
from .guarded import Guarded

# So often a loop has its turn between two alarms at the most. A program that polls for ever is never done.
MOST_TURNS = 1000

# A loop that does not say what it has to do next has so many turns.
TURNS = 20

# A loop has looked at its sockets once more after so many turns in which there was nothing to do.
IDLE_TURNS = 2

# How often work that is under way is looked at, in seconds of real time: it may have come to a wait for the clock.
PAUSE = 0.002


class EndlessTimers(RuntimeError):
    """Timers keep being set, so that `run_all` never comes to an end."""


class Moved(Protocol):
    """The clock, as a journey moves it."""

    def now(self) -> float: ...

    def held(self) -> AbstractContextManager[None]: ...

    def show(self, moment: float) -> None: ...

    def take_due(self, moment: float) -> Alarm | None: ...

    def alarms(self) -> Iterable[Alarm]: ...

    def one_at_a_time(self, loop: asyncio.AbstractEventLoop) -> asyncio.Lock: ...

    @property
    def timers(self) -> tuple[PendingTimer, ...]: ...

    @property
    def next(self) -> float | None: ...

    @property
    def next_timer(self) -> PendingTimer | None: ...

    @property
    def work(self) -> Work: ...


#: Takes each alarm of a journey as its turn comes, and has the clock show when that is.
Plan = Callable[[Moved], Iterator[Alarm]]


class Work(Guarded):
    """What the phone does in real time, task by task: a journey waits for it, but only so long."""

    _in_messages = "phone.clock.work"
    _busy = frozenset(("add", "forget", "of", "progress"))

    def __init__(self, patience: float) -> None:
        #: How long each is waited for in all, in seconds of real time.
        self.patience: float = patience
        #: Those that wait for the clock themselves.
        self.asleep: dict[asyncio.Task[Any], None] = {}
        self._left: dict[asyncio.Task[Any], float] = {}

    def add(self, task: asyncio.Task[Any]) -> None:
        """Has journeys wait for a task, until it is forgotten."""
        self._left[task] = self.patience

    def forget(self, task: asyncio.Task[Any]) -> None:
        """It has ended, if journeys have waited for it."""
        self._left.pop(task, None)

    def of(self, loop: asyncio.AbstractEventLoop) -> list[asyncio.Task[Any]]:
        """What goes on in a loop, and may still be waited for."""
        left = tuple(self._left.items())
        return [task for task, time in left if time > 0 and task not in self.asleep and task.get_loop() is loop]

    async def progress(self, tasks: list[asyncio.Task[Any]]) -> None:
        """Waits a moment for them, and for no longer than they have time."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.wait(tasks, timeout=PAUSE, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task in self._left:
                self._left[task] -= loop.time() - began


class Journey:
    """What moving the clock gives: in a running loop it is awaited, elsewhere all has happened already.

    As a coroutine it begins when it is awaited. One that is dropped without that is made in one go, there and then:
    what rings has its jobs done, and what needs the loop besides goes on afterwards, at the end of the journey.
    """

    def __init__(self, clock: Moved, plan: Plan, name: str) -> None:
        self._clock = clock
        self._plan = plan
        self._name = name
        self._begun = False
        self._loop = asyncio._get_running_loop()
        self._task = None if self._loop is None else asyncio.current_task(self._loop)
        self._place = calling_function() if self._loop is not None else None
        if self._loop is None:
            self._drive()

    def __repr__(self) -> str:
        return f"<Journey {self._name}{'' if self._begun else ', not begun'}>"

    def __await__(self) -> Generator[Any, None, None]:
        if self._begun:
            return
        self._begun = True
        yield from self._go().__await__()

    def __del__(self) -> None:
        loop = self._loop
        if self._begun or loop is None:
            return
        self._begun = True
        if runs_here(loop) and asyncio.current_task(loop) is self._task:
            try:
                jump(self._clock, self._plan)
            except BaseException as error:
                loop.call_soon(_raise, error)  # Python would print it, and go on as if there were none
            return
        place = self._place or ("", 0, "")
        warnings.warn_explicit(
            f"{self._name} was never awaited, and the clock has not moved", RuntimeWarning, place[0], place[1]
        )

    def _drive(self) -> None:
        """Makes it outside any loop, and runs the loops of what rings."""
        self._begun = True
        clock, thread = self._clock, threading.get_ident()
        with clock.held():
            for loop in {alarm.loop for alarm in clock.alarms() if alarm.thread == thread}:
                _run(loop, clock.work)
            for alarm in self._plan(clock):
                alarm.ring()
                if alarm.thread == thread:
                    _run(alarm.loop, clock.work)

    async def _go(self) -> None:
        clock = self._clock
        async with clock.one_at_a_time(asyncio.get_running_loop()):
            with clock.held():
                await _quiet(clock.work)
                for alarm in self._plan(clock):
                    alarm.ring()
                    await _quiet(clock.work)


def jump(clock: Moved, plan: Plan) -> None:
    """Makes a journey in one go: nothing has a turn between two alarms but what they run themselves."""
    with clock.held():
        for alarm in plan(clock):
            alarm.ring()


def to(moment: float) -> Plan:
    """What is due by a moment, which the clock shows in the end."""

    def plan(clock: Moved) -> Iterator[Alarm]:
        while (alarm := clock.take_due(moment)) is not None:
            clock.show(max(alarm.moment, clock.now()))
            yield alarm
        clock.show(max(moment, clock.now()))

    return plan


def by(seconds: float) -> Plan:
    """What is due within so many seconds from when the journey begins."""
    return lambda clock: to(clock.now() + seconds)(clock)


def to_the_last(clock: Moved) -> Iterator[Alarm]:
    """What is due by the moment of the last timer that is set when the journey begins."""
    return to(max((timer.moment for timer in clock.timers), default=clock.now()))(clock)


def through(limit: int) -> Plan:
    """Each timer until none is left."""

    def plan(clock: Moved) -> Iterator[Alarm]:
        fired = 0
        while (moment := clock.next) is not None:
            if fired == limit:
                raise EndlessTimers(
                    f"{limit} timers have fired, and there is still {clock.next_timer}; end it, or go on by "
                    "advance(seconds), or let more of them fire by run_all(limit=…)"
                )
            alarm = clock.take_due(moment)
            if alarm is None:  # another thread has moved the clock
                continue
            fired += not alarm.limits
            clock.show(max(alarm.moment, clock.now()))
            yield alarm

    return plan


async def _quiet(work: Work) -> None:
    """Waits until the running loop has nothing more to do at this moment of the clock."""
    loop = asyncio.get_running_loop()
    turns = idle = 0
    while turns < MOST_TURNS:
        await asyncio.sleep(0)
        turns += 1
        idle = idle + 1 if _is_idle(loop, turns) else 0
        if idle < IDLE_TURNS:
            continue
        tasks = work.of(loop)
        if not tasks:
            return
        await work.progress(tasks)
        turns = idle = 0


def _run(loop: asyncio.AbstractEventLoop, work: Work) -> None:
    """Runs a loop that waits to run again until it has nothing more to do at this moment of the clock."""
    if not (loop.is_closed() or loop.is_running()) and (work.of(loop) or not _is_idle(loop)):
        loop.run_until_complete(_quiet(work))


def _is_idle(loop: asyncio.AbstractEventLoop, turns: int = 0) -> bool:
    """Whether a loop has nothing to do, as far as it can be known: after so many turns it is taken for granted."""
    ready = getattr(loop, "_ready", None)
    return not ready if isinstance(ready, deque) else turns >= TURNS


def _raise(error: BaseException) -> None:
    raise error
