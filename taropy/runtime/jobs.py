"""Event loops and their job queues.

A job is what JavaScript calls a microtask: it runs after the code that queued it has returned, before anything else of
the loop, in order. Every loop has one queue. Code that runs outside any loop uses the thread's own loop, which exists
for taropy alone and runs only while a call waits for its answer.
"""

from __future__ import annotations

import asyncio
import os
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

# For implementers of event loops, says asyncio; code outside any loop acts inside the thread's own with these.
running_loop: Callable[[], asyncio.AbstractEventLoop | None] = asyncio._get_running_loop
set_running_loop: Callable[[asyncio.AbstractEventLoop | None], None] = asyncio._set_running_loop

Job = Callable[[], object]

# An await that finds its promise settled does not go through the loop. After so many in a row one does, so that a
# program that awaits settled promises for ever does not starve its other tasks.
AWAITS_BETWEEN_TURNS = 500

# The longest time in milliseconds that is handed to a loop's timers; they can't count much further.
LONGEST = 1e12


class Jobs:
    """The job queue of one event loop."""

    __slots__ = ("awaits", "idle", "loop", "queue", "scheduled", "thread", "unsettled")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop: asyncio.AbstractEventLoop = loop
        self.queue: deque[Job] = deque()
        self.scheduled: bool = False
        self.thread: int = threading.get_ident()
        self.awaits: int = 0
        self.unsettled: int = 0
        self.idle: asyncio.Event | None = None

    def add(self, job: Job) -> None:
        """Queues a job; it runs in this loop's next turn at the latest, or never if the loop has ended.

        Safe from any thread.
        """
        self.queue.append(job)
        if not self.scheduled and not self.loop.is_closed():
            self.scheduled = True
            if threading.get_ident() == self.thread:
                self.loop.call_soon(self._turn)
            else:
                with suppress(RuntimeError):  # the loop may end at this very moment
                    self.loop.call_soon_threadsafe(self._turn)

    def run(self) -> None:
        """Runs the queued jobs, and those that they queue, until none is left."""
        queue = self.queue
        while queue:
            queue.popleft()()

    def _turn(self) -> None:
        self.scheduled = False
        self.awaits = 0
        self.run()

    def settled(self) -> None:
        """Notes that a call or coroutine which was left unsettled has ended."""
        self.unsettled -= 1
        if self.idle is not None and not self.unsettled:
            self.idle.set()

    async def until_idle(self) -> None:
        """Waits until no call or coroutine of this loop is unsettled."""
        while self.unsettled:
            if self.idle is None or self.idle.is_set():
                self.idle = asyncio.Event()
            await self.idle.wait()

    def drive(self) -> None:
        """Outside any loop: runs this one, the thread's own, until no call or coroutine in it is unsettled."""
        if self.unsettled and self.loop is own_loop():
            self.loop.run_until_complete(self.until_idle())


class _JobQueues(dict[asyncio.AbstractEventLoop, Jobs]):
    """The job queue of each loop, made when it is first asked for."""

    def __missing__(self, loop: asyncio.AbstractEventLoop) -> Jobs:
        for old in [known for known in list(self) if known.is_closed()]:
            self.pop(old, None)
        jobs = self[loop] = Jobs(loop)
        return jobs


#: The job queue of a loop.
jobs_of: Callable[[asyncio.AbstractEventLoop], Jobs] = _JobQueues().__getitem__


class _OwnLoop(threading.local):
    holder: _LoopHolder | None = None


class _LoopHolder:
    """Keeps a thread's own loop, and closes it when the thread's locals go or the process ends."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        weakref.finalize(self, _close, self.loop, os.getpid())


def _close(loop: asyncio.AbstractEventLoop, process: int) -> None:
    if loop.is_running() or os.getpid() != process:  # what a child closes of it, its parent waits for in vain
        return
    if running_loop() is None:
        loop.run_until_complete(loop.shutdown_asyncgens())  # some hold connections open
    loop.close()


_own = _OwnLoop()


def own_loop() -> asyncio.AbstractEventLoop:
    """The loop of this thread for code that runs outside any loop."""
    if _own.holder is None or _own.holder.loop.is_closed():
        _own.holder = _LoopHolder()
    return _own.holder.loop


def current_loop() -> asyncio.AbstractEventLoop:
    """The running loop, or the thread's own."""
    return running_loop() or own_loop()


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
