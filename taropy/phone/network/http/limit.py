"""The time that a request has."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from ....deadlines import Deadlines


class Limit:
    """As `asyncio.timeout`, for the task that enters it: TimeoutError at the end, if the time was up before."""

    __slots__ = ("_cancelling", "_deadlines", "_seconds", "_task", "_up")

    _task: asyncio.Task[object]

    def __init__(self, deadlines: Deadlines[Limit], seconds: float) -> None:
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
