"""Event loops and what programs have queued in them, in JavaScript's order.

A job is what JavaScript calls a microtask: it runs after the code that queued it has returned, in order, before
anything else. An answer is a macrotask: what a native object has said to a call. Each is delivered when no job is left,
and the jobs that it leads to run before the next one. Every loop has one queue of each.

Code that runs outside any loop uses the thread's own loop, which exists for taropy alone and runs only while a call
waits for its answer.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from operator import methodcaller
from typing import TYPE_CHECKING, Any, Protocol

from ..deadlines import Deadlines
from ..loops import own_is, runs_here

if TYPE_CHECKING:
    from ..program import FunctionPlace

# For implementers of event loops, says asyncio; code outside any loop acts inside the thread's own with these.
running_loop: Callable[[], asyncio.AbstractEventLoop | None] = asyncio._get_running_loop
set_running_loop: Callable[[asyncio.AbstractEventLoop | None], None] = asyncio._set_running_loop

Job = Callable[[], object]

# So many jobs, answers, and awaits that go on at once are done in one turn of the loop, and the others wait for the
# next: a program which polls for ever, by callbacks or by awaits, does not starve its timers and other tasks.
JOBS_A_TURN = 1000

# The longest time in milliseconds that is handed to a loop's timers; they can't count much further.
LONGEST = 1e12


class Answer:
    """What a native object has said, to be told to the program."""

    def deliver(self) -> None:
        """Tells it."""
        raise NotImplementedError

    def overdue(self) -> None:
        """It has not come in the time that it had."""
        raise NotImplementedError


class Timeout(Protocol):
    """What a program has put off to a later time."""

    kind: str
    place: FunctionPlace | None

    @property
    def name(self) -> str:
        """What it calls."""
        ...

    @property
    def seconds(self) -> float:
        """How long it is until then."""
        ...

    @property
    def will_come(self) -> bool:
        """Whether that time comes by itself."""
        ...


class _Place:
    """Where a loop runs that does not say so itself."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    @property
    def _thread_id(self) -> int | None:
        return threading.get_ident() if running_loop() is self._loop else None


class Jobs:
    """The jobs and answers of one event loop.

    `place._thread_id` is the thread in which the loop runs, if it does. Every call asks for that, and up to Python 3.11
    `asyncio.get_running_loop` asks the system for the process each time, which takes as long as the rest of a call.
    """

    __slots__ = (
        "answers",
        "deadlines",
        "given_up",
        "idle",
        "left",
        "loop",
        "nested",
        "place",
        "queue",
        "scheduled",
        "timeout_over",
        "timeouts",
        "unsettled",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop: asyncio.AbstractEventLoop = loop
        self.place: Any = loop if hasattr(loop, "_thread_id") else _Place(loop)
        self.queue: deque[Job] = deque()
        self.answers: deque[Answer] = deque()
        #: The time that answers have which are still to come.
        self.deadlines: Deadlines[Answer] = Deadlines(loop, methodcaller("overdue"))
        self.scheduled: bool = False
        #: How much may still be done in this turn.
        self.left: int = JOBS_A_TURN
        #: How many async functions are being begun: an await in one lets the code go on that has called it.
        self.nested: int = 0
        self.unsettled: int = 0
        self.given_up: deque[Job] | None = None
        self.idle: asyncio.Event | None = None
        #: What the program has put off, and whether something of it is over.
        self.timeouts: set[Timeout] = set()
        self.timeout_over: asyncio.Event | None = None

    # What is added runs in this loop's next turn at the latest, or never if the loop has ended. Safe from any thread.

    def add(self, job: Job) -> None:
        """Queues a job."""
        self.queue.append(job)
        if not self.scheduled:
            self.schedule()

    def add_answer(self, answer: Answer) -> None:
        """Queues an answer, to be delivered after the jobs."""
        self.answers.append(answer)
        if not self.scheduled:
            self.schedule()

    def schedule(self) -> None:
        """Has the loop run what is queued when it is done with what it does now."""
        loop = self.loop
        if loop.is_closed():
            return
        self.scheduled = True
        if self.place._thread_id == threading.get_ident():
            self._run_next()
        elif is_current(loop):
            loop.call_soon(self.run)
        else:
            with suppress(RuntimeError):  # the loop may end at this very moment
                loop.call_soon_threadsafe(self.run)

    def _run_next(self) -> None:
        """Puts the turn before what waits for one already: jobs come before the next timer, though that is due."""
        ready = getattr(self.loop, "_ready", None)
        if isinstance(ready, deque):
            ready.appendleft(asyncio.Handle(self.run, (), self.loop))
        elif sys.platform == "emscripten":
            _as_microtask(self.loop, self.run)
        else:
            self.loop.call_soon(self.run)

    def run(self) -> None:
        """Runs what is queued, and what that queues, as much as fits in a turn of the loop; the rest waits for another.

        After a turn that was cut short an answer is delivered before the jobs that are left, or it would never be.
        """
        queue, answers = self.queue, self.answers
        cut_short, self.left = self.left <= 0, JOBS_A_TURN
        self.scheduled = True  # as it were: what is added now is seen here
        try:
            if cut_short and answers:
                answers.popleft().deliver()
            while self.left > 0:
                self.left -= 1
                if queue:
                    queue.popleft()()
                elif answers:
                    answers.popleft().deliver()
                else:
                    break
        finally:  # also when a job ends the program, which may be an interactive one that goes on
            self.scheduled = False
            if (queue or answers) and not self.loop.is_closed():
                self.scheduled = True
                self.loop.call_soon(self.run)

    def give_up(self, ending: Job) -> None:
        """Ends what nobody waits for any more, and then what only that has waited for: one after another.

        What an ending gives up in turn waits here until that is through. A program that polls has chains of thousands.
        """
        if self.given_up is not None:
            self.given_up.append(ending)
            return
        self.given_up = deque([ending])
        try:
            while self.given_up:
                self.given_up.popleft()()
        finally:
            self.given_up = None

    def settled(self) -> None:
        """Notes that a call or coroutine which was left unsettled has ended."""
        self.unsettled -= 1
        if self.idle is not None and not self.unsettled:
            self.idle.set()

    def end_timeout(self, timeout: Timeout) -> None:
        """Notes that it has come, or comes no more."""
        self.timeouts.discard(timeout)
        if self.timeout_over is not None:
            self.timeout_over.set()

    def next_to_come(self) -> Timeout | None:
        """What was put off and comes by itself before all else; None if nothing does."""
        return min(
            (timeout for timeout in self.timeouts if timeout.will_come),
            key=lambda timeout: timeout.seconds,
            default=None,
        )

    async def timeout_ends(self) -> None:
        """Waits until something that was put off is over."""
        self.timeout_over = asyncio.Event()
        await self.timeout_over.wait()
        self.timeout_over = None

    @property
    def busy(self) -> bool:
        """Whether anything is queued, or a call or coroutine is unsettled."""
        return bool(self.queue or self.answers or self.unsettled)

    async def until_idle(self) -> None:
        """Waits until this loop is busy no longer."""
        while self.busy:
            if self.queue or self.answers:
                await asyncio.sleep(0)
                continue
            if self.idle is None or self.idle.is_set():
                self.idle = asyncio.Event()
            await self.idle.wait()

    def drive(self) -> None:
        """Outside any loop: runs this one, the thread's own, until it is busy no longer."""
        if self.busy and is_own(self.loop):
            self.loop.run_until_complete(self.until_idle())


def _as_microtask(loop: asyncio.AbstractEventLoop, work: Job) -> None:
    """In Pyodide's loop, whose callbacks are the page's tasks: has the page do it as one of its own jobs."""
    handle = asyncio.Handle(work, (), loop)

    def run() -> None:
        if running_loop() is not loop:
            set_running_loop(loop)
        handle._run()

    import_module("js").queueMicrotask(import_module("pyodide.ffi").create_once_callable(run))


class _JobQueues(dict[asyncio.AbstractEventLoop, Jobs]):
    """The jobs of each loop, made when they are first asked for."""

    def __missing__(self, loop: asyncio.AbstractEventLoop) -> Jobs:
        for old in [known for known in list(self) if known.is_closed()]:
            self.pop(old, None)
        for thread, last in list(_last.items()):
            if last.loop.is_closed():
                _last.pop(thread, None)
        jobs = self[loop] = Jobs(loop)
        return jobs


#: The jobs of a loop.
jobs_of: Callable[[asyncio.AbstractEventLoop], Jobs] = _JobQueues().__getitem__

#: The jobs that each thread had last.
_last: dict[int, Jobs] = {}


#: The jobs that this thread had last, by its number; they may be those of a loop that runs elsewhere now.
last_jobs: Callable[[int], Jobs | None] = _last.get


def running_jobs() -> Jobs | None:
    """The jobs of the running loop; None outside any."""
    thread = threading.get_ident()
    jobs = _last.get(thread)
    if jobs is None or jobs.place._thread_id != thread:
        loop = running_loop()
        if loop is None:
            return None
        jobs = _last[thread] = jobs_of(loop)
    return jobs


class _OwnLoop(threading.local):
    holder: _LoopHolder | None = None


class _LoopHolder:
    """Keeps a thread's own loop, and closes it when the thread's locals go or the process ends."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.close = weakref.finalize(self, _close, self.loop, os.getpid())


def _close(loop: asyncio.AbstractEventLoop, process: int) -> None:
    if loop.is_running() or os.getpid() != process:  # what a child closes of it, its parent waits for in vain
        return
    if running_loop() is None:
        loop.run_until_complete(loop.shutdown_asyncgens())  # some hold connections open
    loop.close()


_own = _OwnLoop()


def own_loop() -> asyncio.AbstractEventLoop:
    """The loop of this thread for code that runs outside any loop.

    `RuntimeError` where trio runs: its programs have a loop, and it is none that taropy could wait in.
    """
    if _runs_trio():
        raise RuntimeError("taropy runs on asyncio, and this program on trio; with anyio, choose the backend 'asyncio'")
    if _own.holder is None or _own.holder.loop.is_closed():
        _own.holder = _LoopHolder()
    return _own.holder.loop


def end_own_loop() -> None:
    """Ends the loop of this thread for code outside any, with what goes on in it; who needs one gets a new one."""
    holder, _own.holder = _own.holder, None
    if holder is None or holder.loop.is_closed():
        return
    tasks = asyncio.all_tasks(holder.loop)
    for task in tasks:
        task.cancel()
    if tasks:
        holder.loop.run_until_complete(asyncio.wait(tasks))
    holder.close()


own_is(own_loop)  # for the phone, whose functions that return their value are called outside any loop, too


def _runs_trio() -> bool:
    trio = sys.modules.get("trio")
    if trio is None:
        return False
    try:
        trio.lowlevel.current_task()
    except RuntimeError:
        return False
    return True


def _begin_anew() -> None:
    """A child that was forked has loops of its own: in those of its parent, the two would take each other's events."""
    holder, _own.holder = _own.holder, None
    if holder is not None:
        with suppress(AttributeError):  # a loop of another kind than asyncio's
            holder.loop._closed = True  # type: ignore[attr-defined]  # so that nothing in this process closes it
    _last.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


def is_own(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether it is the loop of this thread for code outside any loop."""
    return _own.holder is not None and _own.holder.loop is loop


def current_loop() -> asyncio.AbstractEventLoop:
    """The running loop, or the thread's own."""
    return running_loop() or own_loop()


def is_current(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether it is the running loop, or the thread's own if none runs."""
    return runs_here(loop) or (running_loop() is None and is_own(loop))


@contextmanager
def entered(loop: asyncio.AbstractEventLoop) -> Iterator[Jobs]:
    """Lets code outside any loop act as if inside `loop`; at the end its jobs are run."""
    jobs = jobs_of(loop)
    set_running_loop(loop)
    try:
        yield jobs
        jobs.run()
    finally:
        set_running_loop(None)


@contextmanager
def in_a_loop() -> Iterator[None]:
    """Lets code run as it does on a phone, inside an event loop; outside any, waits for what it has begun."""
    if running_loop() is not None:
        yield
        return
    with entered(own_loop()) as jobs:
        yield
    jobs.drive()
