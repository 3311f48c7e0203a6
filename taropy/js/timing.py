"""`performance.now`, on the phone's clock."""

from __future__ import annotations

from typing import Any, Final
from weakref import WeakKeyDictionary

from . import clock


class Performance:
    """`performance.now()` and `performance.timeOrigin`."""

    def __init__(self) -> None:
        #: When each clock was asked first, in milliseconds since the epoch; and real time, before there is a phone.
        self._origins: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    @property
    def timeOrigin(self) -> float:
        """When the phone's clock was asked first, in milliseconds since the epoch."""
        return self._origins.setdefault(clock.running_clock() or Performance, clock.milliseconds())

    def now(self) -> float:
        """The milliseconds since then, with their fractions."""
        return max(clock.milliseconds() - self.timeOrigin, 0)

    def __repr__(self) -> str:
        return "performance"


performance: Final = Performance()
