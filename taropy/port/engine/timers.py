"""The timers of programs, on the phone's clock."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from itertools import count

from ...phone.core.clock import Clock
from ...runtime.jobs import Jobs


class Timers:
    """Fires timers in the order of their times, and of those with the same in the order in which they were set."""

    def __init__(self, clock: Clock, jobs: Jobs, fire: Callable[[int], None]) -> None:
        self._clock = clock
        self._jobs = jobs
        self._fire = fire
        self._due: list[tuple[float, int, int]] = []
        #: The interval of each timer in seconds; None for one that fires once.
        self._open: dict[int, float | None] = {}
        self._turn = count()
        self._task: asyncio.Task[None] | None = None

    def add(self, timer: int, delay: float, *, repeats: bool) -> None:
        """Sets a timer, with its delay in milliseconds."""
        seconds = delay / 1000
        self._open[timer] = seconds if repeats else None
        self._push(timer, seconds)
        self._jobs.unsettled += 1

    def cancel(self, timer: int) -> None:
        """Ends a timer."""
        if timer in self._open:
            del self._open[timer]
            self._jobs.settled()

    def close(self) -> None:
        """Ends all timers."""
        for timer in list(self._open):
            self.cancel(timer)
        if self._task is not None:
            self._task.cancel()

    def _push(self, timer: int, seconds: float) -> None:
        first = self._due[0][0] if self._due else None
        moment = self._clock.now() + seconds
        heapq.heappush(self._due, (moment, next(self._turn), timer))
        if self._task is None or self._task.done():
            self._task = self._jobs.loop.create_task(self._run())
        elif first is not None and moment < first and asyncio.current_task(self._jobs.loop) is not self._task:
            self._task.cancel()  # it waits for a later one
            self._task = self._jobs.loop.create_task(self._run())

    async def _run(self) -> None:
        while self._due:
            await self._clock.until(self._due[0][0])
            _, _, timer = heapq.heappop(self._due)
            if timer in self._open:
                self._fire_one(timer)
                await asyncio.sleep(0)  # the jobs that it has queued come before the next one

    def _fire_one(self, timer: int) -> None:
        interval = self._open[timer]
        try:
            self._fire(timer)
        finally:
            if interval is None:
                self.cancel(timer)
            elif timer in self._open:
                self._push(timer, interval)
