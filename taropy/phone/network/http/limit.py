"""The time that a request has."""

from __future__ import annotations

import asyncio
import math
from types import TracebackType
from typing import Self


class Deadlines:
    """When the requests of a loop have to be done: one timer for all, since nearly none of them ever needs it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._ends: dict[Limit, float] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._next = math.inf

    def add(self, limit: Limit, seconds: float) -> None:
        """Tells the limit once so much time has gone, unless it is taken away before."""
        end = self._ends[limit] = self.loop.time() + seconds
        if end < self._next:
            self._wake_at(end)

    def discard(self, limit: Limit) -> None:
        """The limit is none any more."""
        self._ends.pop(limit, None)

    def close(self) -> None:
        """No limit is told any more."""
        self._ends.clear()
        self._wake_at(math.inf)

    def _wake_at(self, end: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._next = end
        self._timer = None if end == math.inf else self.loop.call_at(end, self._look)

    def _look(self) -> None:
        now = self.loop.time()
        for limit in [limit for limit, end in self._ends.items() if end <= now]:
            del self._ends[limit]
            limit.end()
        self._wake_at(min(self._ends.values(), default=math.inf))


class Limit:
    """As `asyncio.timeout`, for the task that enters it: TimeoutError at the end, if the time was up before."""

    __slots__ = ("_cancelling", "_deadlines", "_seconds", "_task", "_up")

    _task: asyncio.Task[object]

    def __init__(self, deadlines: Deadlines, seconds: float) -> None:
        self._deadlines = deadlines
        self._seconds = seconds
        self._up = False

    def __enter__(self) -> Self:
        task = asyncio.current_task(self._deadlines.loop)
        assert task is not None
        self._task, self._cancelling = task, task.cancelling()
        self._deadlines.add(self, self._seconds)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.lift()
        # Who cancels the task besides is not to be taken for the timer.
        if self._up and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def lift(self) -> None:
        """From now on there is no limit."""
        self._deadlines.discard(self)

    def end(self) -> None:
        """The time is up."""
        self._up = True
        self._task.cancel()
