"""`Deadlines`: when things have to be done, with one timer for all, since nearly none of them ever needs it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Deadlines(Generic[Thing]):
    """When the things of a loop have to be done; `up` is called with each that is not by then."""

    def __init__(self, loop: asyncio.AbstractEventLoop, up: Callable[[Thing], object]) -> None:
        self.loop = loop
        self._up = up
        self._ends: dict[Thing, float] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._next = math.inf

    def add(self, thing: Thing, seconds: float) -> None:
        """Gives it so much time from now."""
        end = self._ends[thing] = self.loop.time() + seconds
        if end < self._next:
            self._wake_at(end)

    def discard(self, thing: Thing) -> None:
        """It is done, or has no deadline any more."""
        self._ends.pop(thing, None)

    def close(self) -> None:
        """Nothing has a deadline any more."""
        self._ends.clear()
        self._wake_at(math.inf)

    def _wake_at(self, end: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._next = end
        self._timer = None if end == math.inf else self.loop.call_at(end, self._look)

    def _look(self) -> None:
        now = self.loop.time()
        for thing in [thing for thing, end in self._ends.items() if end <= now]:
            del self._ends[thing]
            self._up(thing)
        self._wake_at(min(self._ends.values(), default=math.inf))
