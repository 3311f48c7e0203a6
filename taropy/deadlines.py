"""`Deadlines`: when things have to be done, with one timer for all, since nearly none of them ever needs it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar

# So much too early, in seconds, counts as in time: times that are added up are rounded.
TOLERANCE = 1e-6


class Timer(Protocol):
    """What has something called later."""

    def cancel(self) -> None: ...


CallAt = Callable[[float, Callable[[], None]], Timer]

Thing = TypeVar("Thing", bound=Hashable)


class Deadlines(Generic[Thing]):
    """When the things of a loop have to be done; `up` is called with each that is not by then.

    Times are the loop's, unless `now` and `call_at` are another clock's; that calls in the loop too.
    """

    __slots__ = ("_call_at", "_ends", "_next", "_now", "_timer", "_up", "loop")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        up: Callable[[Thing], object],
        now: Callable[[], float] | None = None,
        call_at: CallAt | None = None,
    ) -> None:
        self.loop: asyncio.AbstractEventLoop = loop
        self._now: Callable[[], float] = now or loop.time
        self._call_at: CallAt = call_at or loop.call_at
        self._up = up
        self._ends: dict[Thing, float] = {}
        self._timer: Timer | None = None
        self._next = math.inf

    def add(self, thing: Thing, seconds: float) -> None:
        """Gives it so much time from now."""
        end = self._ends[thing] = self._now() + seconds
        if end < self._next:
            self._wake_at(end)

    def discard(self, thing: Thing) -> None:
        """It is done, or has no deadline any more."""
        self._ends.pop(thing, None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has a deadline."""
        return not self._ends

    def close(self) -> None:
        """Nothing has a deadline any more."""
        self._ends.clear()
        self._wake_at(math.inf)

    def _wake_at(self, end: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._next = end
        self._timer = None if end == math.inf else self._call_at(end, self._look)

    def _look(self) -> None:
        now = self._now() + TOLERANCE
        for thing in [thing for thing, end in self._ends.items() if end <= now]:
            del self._ends[thing]
            self._up(thing)
        self._wake_at(min(self._ends.values(), default=math.inf))
