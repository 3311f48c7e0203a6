"""Whether all that a loop waits for is a clock that is stopped, and that nobody is left to move.

A program that sleeps on such a clock would wait for ever, without a word. While alarms of a loop wait for a clock that
stands, the loop looks now and then whether it has anything else to do. It has not, and never will, if no callback is
ready, no timer is set, no socket is watched, no signal is handled, and no other thread works: then whoever waits is
raised a `StoppedClock`. Where any of that can't be known, as of loops that are not asyncio's own, nothing is said.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakKeyDictionary, WeakSet

from ...deadlines import Deadlines
from ...program import is_ours, is_own

if TYPE_CHECKING:
    from .alarms import Alarm

# How soon a loop looks, and looks again, in seconds of real time. One where nothing seems to come is looked at some
# times more, sooner: a thread that has just been given work does not show it yet.
PAUSE, SOON = 0.5, 0.05
SURE = 4
# A deadline that is further off than that is no thing to wait for: all that comes of it is that a call has failed.
NEAR = 10.0
# How many of what is to come the text of the error names.
NAMED = 5

Task = asyncio.Task[Any]


class StoppedClock(RuntimeError):
    """All that is to come waits for the phone's clock, which is stopped, and nobody is left who could move it."""


class Stands(Protocol):
    """A clock that may stand."""

    @property
    def moves(self) -> bool: ...

    def alarms(self) -> Iterable[Alarm]: ...


class _Watch:
    """Looks at one loop, as long as any of its alarms waits for a clock that stands."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.clocks: WeakSet[Stands] = WeakSet()
        self._dead = 0
        loop.call_later(PAUSE, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        stuck = [
            alarm
            for clock in self.clocks if not clock.moves
            for alarm in clock.alarms() if alarm.loop is loop and not alarm.is_void
        ]  # fmt: skip
        if not stuck:
            del _watches[loop]
            return
        self._dead = self._dead + 1 if _is_dead(loop) else 0
        if self._dead == SURE:
            self._dead = 0
            error = StoppedClock(_words(stuck))
            for task in _who_waits(loop):
                _raise_in(task, error)
        loop.call_later(SOON if self._dead else PAUSE, self._look, loop)


_watches: WeakKeyDictionary[asyncio.AbstractEventLoop, _Watch] = WeakKeyDictionary()


def watch(loop: asyncio.AbstractEventLoop, clock: Stands) -> None:
    """Has the loop look, since an alarm of it waits for this clock, which stands."""
    if loop.is_closed():
        return
    known = _watches.get(loop)
    if known is None:
        known = _watches[loop] = _Watch(loop)
    known.clocks.add(clock)


def _words(stuck: list[Alarm]) -> str:
    coming = sorted(stuck, key=lambda alarm: (alarm.limits, alarm.moment, alarm.number))
    names = [str(alarm.described()) for alarm in coming[:NAMED]]
    more = f"; and {len(coming) - NAMED} more" if len(coming) > NAMED else ""
    return (
        f"the phone's clock is stopped, and all that is to come waits for it: {'; '.join(names)}{more}. Nobody is left "
        "who could move it: advance the clock beside what waits (`await phone.clock.advance(60)`), or start it "
        "(`phone.clock.start()`)"
    )


# --- whether anything can still happen ------------------------------------------------------------------------------


def _is_dead(loop: Any) -> bool:
    ready, timers, selector = (getattr(loop, name, None) for name in ("_ready", "_scheduled", "_selector"))
    watched = getattr(selector, "get_map", lambda: None)()
    if not isinstance(ready, deque) or not isinstance(timers, list) or watched is None:
        return False
    if ready or any(_counts(handle, loop.time()) for handle in timers) or getattr(loop, "_signal_handlers", None):
        return False
    own = {each.fileno() for each in [getattr(loop, "_ssock", None)] if each is not None}  # other threads wake it by it
    return watched.keys() <= own and not _others_work()


def _counts(handle: asyncio.TimerHandle, now: float) -> bool:
    """Whether something will come of the timer."""
    deadlines = getattr(handle._callback, "__self__", None)  # type: ignore[attr-defined]
    is_far = isinstance(deadlines, Deadlines) and (deadlines.is_empty or handle.when() > now + NEAR)
    return not (handle.cancelled() or is_far)


def _others_work() -> bool:
    """Whether another thread does anything, and so may move the clock."""
    frames = sys._current_frames()
    others = (thread for thread in threading.enumerate() if thread is not threading.current_thread())
    return any(not _is_idle(frames.get(thread.ident or 0)) for thread in others)


def _is_idle(frame: FrameType | None) -> bool:
    """Whether a thread waits for an executor's work, as those of `asyncio.to_thread`; or is one of pytest-xdist's."""
    if frame is None:
        return False
    if frame.f_code.co_name == "_worker" and frame.f_globals.get("__name__") == "concurrent.futures.thread":
        return True
    names = []
    while frame is not None:
        names.append(str(frame.f_globals.get("__name__", "")).partition(".")[0])
        frame = frame.f_back
    return "execnet" in names and all(name in ("execnet", "threading") for name in names)


# --- who is told ----------------------------------------------------------------------------------------------------


def _who_waits(loop: asyncio.AbstractEventLoop) -> list[Task]:
    """The tasks that wait for ever, of which the program should hear: the one that the loop runs for, if it knows."""
    tasks = asyncio.all_tasks(loop)
    main = [task for task in tasks if any(_ends_a_run(call) for call, *_ in _callbacks(task))]
    codes = {task: list(_codes(task)) for task in tasks}
    if main and any(is_own(code.co_filename) or is_ours(code.co_filename) for code in codes[main[0]]):
        return [_innermost(main[0])]
    # Another library's runner, as anyio's: the loop runs for that, which has the test in a task of its own.
    programs = [task for task in tasks if any(is_own(code.co_filename) for code in codes[task])]
    run = [task for task in programs if not is_own(codes[task][0].co_filename)]
    return [_innermost(task) for task in run or programs]


def _ends_a_run(callback: Any) -> bool:
    """Whether it is what `run_until_complete` has called when its task is done; asyncio has no public name for it."""
    return getattr(callback, "__name__", "") == "_run_until_complete_cb"


def _callbacks(task: Task) -> Iterable[tuple[Any, ...]]:
    return getattr(task, "_callbacks", None) or ()


def _innermost(task: Task) -> Task:
    """The task that this one waits for, or the one that that waits for."""
    while isinstance(inner := getattr(task, "_fut_waiter", None), asyncio.Task):
        task = inner
    return task


def _codes(task: Task) -> Iterator[CodeType]:
    """What a task is in: its function, the one that this awaits, and so on."""
    code: Any = task.get_coro()
    while code is not None:
        frame = getattr(code, "cr_frame", None) or getattr(code, "gi_frame", None) or getattr(code, "ag_frame", None)
        if frame is None:
            return
        yield frame.f_code
        code = getattr(code, "cr_await", None) or getattr(code, "gi_yieldfrom", None) or getattr(code, "ag_await", None)


def _raise_in(task: Task, error: StoppedClock) -> None:
    """Raises the error where the task waits."""
    future: Any = getattr(task, "_fut_waiter", None)
    if hasattr(future, "set_exception") and not future.done():
        future.set_exception(error)
    else:
        task.cancel(str(error))
