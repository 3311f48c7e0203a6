"""The time that a request has."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self


class Limit:
    """As `asyncio.timeout`, for the task that enters it, at less than half of the cost, which each request has.

    TimeoutError at the end if the time was up before; `lift` takes the limit away.
    """

    __slots__ = ("_cancelling", "_seconds", "_task", "_timer", "_up")

    _task: asyncio.Task[object]
    _timer: asyncio.TimerHandle

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._up = False

    def __enter__(self) -> Self:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        assert task is not None
        self._task, self._cancelling = task, task.cancelling()
        self._timer = loop.call_later(self._seconds, self._end)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._timer.cancel()
        # Who cancels the task besides is not to be taken for the timer.
        if self._up and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def lift(self) -> None:
        """From now on there is no limit."""
        self._timer.cancel()

    def _end(self) -> None:
        self._up = True
        self._task.cancel()
