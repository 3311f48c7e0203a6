"""Timers: `setTimeout` and its kin, on the clock of the phone.

Their ids are numbers, as in browsers and mini programs. Times are milliseconds; as in Node.js, a delay below 1, above
2147483647 or that is no number counts as 1, and no nested timer is held back further. Jobs (what promises and
`queueMicrotask` have queued) run before a timer and after it; timers of the same moment run in the order in which they
were set.

When a test stops the phone's clock, `phone.clock.advance(60)` runs all that is due within the minute before it returns,
each timer while `Date.now()` shows the moment at which it is due, intervals as often as they are due. Otherwise timers
run while their event loop does: `taropy.run(main)` waits for timeouts that `main` has left, and not for intervals. In a
script without a loop they run while a call or `promise.result()` waits.

Timers end with the runtime that was the process's current one when they were set. What a callback raises is reported
as an unhandled rejection is; an async callback begins when the time has come.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any
from weakref import WeakValueDictionary

from ..program import FunctionPlace, calling_function
from ..runtime import rejections
from ..runtime.coroutines import set_aside
from ..runtime.jobs import Answer, Jobs, current_loop, entered, is_current, jobs_of, running_loop
from ..runtime.promise import invoke
from . import clock
from .conversions import number
from .errors import TypeError

Callback = Callable[..., Any]

LONGEST = 2**31 - 1
#: How long a frame takes, in milliseconds.
FRAME = 1000 / 60

_ids = count(1)


class Timer(Answer):
    """A callback and when it is due; one that repeats is due again each time."""

    def __init__(self, kind: str, callback: Callback, arguments: tuple[Any, ...], delay: float) -> None:
        if not callable(callback):
            raise TypeError(f"a timer calls a function, and {callback!r} is none")
        self.id: int = next(_ids)
        self._call = partial(invoke, callback, rejections.process, *arguments)
        self.kind = kind
        self.place: FunctionPlace | None = calling_function()
        self._callback = callback
        self._delay = delay / 1000
        self._repeats = repeats = kind == "setInterval"
        self._over = False
        self._runtime = clock.runtime()
        self._clock = clock.clock()
        self._jobs: Jobs = jobs_of(current_loop())
        self._due = self._clock.now()
        self._set()
        if not repeats:
            self._jobs.timeouts.add(self)

    @property
    def name(self) -> str:
        """What it calls, for `clock.timers`."""
        return getattr(self._callback, "__qualname__", "") or repr(self._callback)

    @property
    def is_missed(self) -> bool:
        """Whether the program counts on it also where its loop has ended; an interval may be meant to go with that."""
        return not (self._repeats or self._over or self._runtime.closed)

    @property
    def is_void(self) -> bool:
        """Whether it will not be called whatever the clock shows: its program has ended, or has cleared it."""
        return self._over or self._runtime.closed

    @property
    def seconds(self) -> float:
        """How long it is until it is due, by the clock."""
        return self._due - self._clock.now()

    @property
    def will_come(self) -> bool:
        """Whether its time comes though nobody moves the clock."""
        return not (self.is_void or self._clock.stopped)

    def cancel(self) -> None:
        """Has it not be called any more."""
        self._over = True
        self._alarm.cancel()
        self._jobs.end_timeout(self)

    def _set(self) -> None:
        self._due = round(self._due + self._delay, 6)  # so that what is lost of a microsecond does not add up
        self._alarm = self._clock.call_at(self._due, self._ring, self._jobs.loop, self)

    def _ring(self) -> None:
        """Queues it as what comes from outside is: after the jobs.

        In its own thread it is called before this returns.
        """
        jobs = self._jobs
        if not is_current(jobs.loop):
            jobs.add_answer(self)
            return
        jobs.answers.append(self)
        if running_loop() is None:
            with entered(jobs.loop):  # which runs them
                return
        with set_aside(jobs.loop):
            jobs.run()

    def deliver(self) -> None:
        """Calls it, unless it was cancelled or its runtime closed meanwhile."""
        if self.is_void:
            self._jobs.end_timeout(self)
            return
        self._over = not self._repeats
        try:
            self._call()
        finally:
            if not self._repeats:
                self._jobs.end_timeout(self)
            elif not self._over:  # it may have ended itself; what it has set comes before it, if due with it
                self._due = max(self._due, self._clock.now())
                self._set()


_timers: WeakValueDictionary[int, Timer] = WeakValueDictionary()


def setTimeout(callback: Callback, delay: float | None = 0, *arguments: Any) -> int:
    """Has `callback` called once with `arguments`, after `delay` milliseconds; the id is for `clearTimeout`.

    The callback may take fewer arguments than it is given. `TypeError` if it is no function.
    """
    return _begun(Timer("setTimeout", callback, arguments, _milliseconds(delay)))


def setInterval(callback: Callback, delay: float | None = 0, *arguments: Any) -> int:
    """Has `callback` called again and again, each `delay` milliseconds; the id is for `clearInterval`.

    `TypeError` if it is no function.
    """
    return _begun(Timer("setInterval", callback, arguments, _milliseconds(delay)))


def clearTimeout(id: int | None = None) -> None:
    """Has a timer not be called any more. What is no id, or one of a timer that has been called, is ignored."""
    timer = _timers.pop(id, None) if isinstance(id, int) else None
    if timer is not None:
        timer.cancel()


def clearInterval(id: int | None = None) -> None:
    """The same as `clearTimeout`."""
    clearTimeout(id)


def setImmediate(callback: Callback, *arguments: Any) -> int:
    """Has `callback` called when the calling code has returned and the jobs are done; `clearImmediate` ends it."""
    immediate = _Immediate(callback, arguments)
    _immediates[immediate.id] = immediate
    _in_loop(partial(immediate.jobs.add_answer, immediate))
    return immediate.id


def clearImmediate(id: int | None = None) -> None:
    """Has it not be called any more."""
    immediate = _immediates.pop(id, None) if isinstance(id, int) else None
    if immediate is not None:
        immediate.is_over = True


def requestAnimationFrame(callback: Callback) -> int:
    """Has `callback` called with the milliseconds of `performance.now()`, a sixtieth of a second from now."""

    def draw() -> Any:
        from .timing import performance

        return callback(performance.now())

    draw.__qualname__ = getattr(callback, "__qualname__", repr(callback))
    return _begun(Timer("requestAnimationFrame", draw, (), FRAME))


def cancelAnimationFrame(id: int | None = None) -> None:
    """Has it not be called any more."""
    clearTimeout(id)


def queueMicrotask(callback: Callable[[], Any]) -> None:
    """Has `callback` called as a job: when the calling code has returned, before any timer. `TypeError` for others."""
    if not callable(callback):
        raise TypeError(f"queueMicrotask takes a function, and {callback!r} is none")
    job = partial(invoke, callback, rejections.process)
    _in_loop(partial(jobs_of(current_loop()).add, job))


class _Immediate(Answer):
    def __init__(self, callback: Callback, arguments: tuple[Any, ...]) -> None:
        if not callable(callback):
            raise TypeError(f"setImmediate takes a function, and {callback!r} is none")
        self.id = next(_ids)
        self.jobs = jobs_of(current_loop())
        self.is_over = False
        self._call = partial(invoke, callback, rejections.process, *arguments)

    def deliver(self) -> None:
        if not self.is_over:
            self._call()


_immediates: WeakValueDictionary[int, _Immediate] = WeakValueDictionary()


def _milliseconds(delay: Any) -> float:
    """A timer's delay as Node.js takes it: 1 for what is too small, too large, or no number."""
    amount = number(delay)
    return math.trunc(amount) if 1 <= amount <= LONGEST else 1


def _begun(timer: Timer) -> int:
    _timers[timer.id] = timer
    return timer.id


def _in_loop(queue: Callable[[], None]) -> None:
    """Queues something. Outside any loop it runs before the caller goes on, as all that is queued there does."""
    if running_loop() is None:
        with entered(current_loop()):
            queue()
    else:
        queue()
