"""What stands in for a function of the phone, for as long as somebody outside wants it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .faults import Fault, Faults, Play


class StandIn:
    """Has `play` answer every call of a function, before any fault that a test has ordered, until it is removed.

    ValueError for a function that the phone does not have.
    """

    def __init__(self, faults: Faults, name: str, play: Play) -> None:
        self._play = play
        self._queue = faults._ordered(name)
        self._stand_in()

    def remove(self) -> None:
        """Lets the function do its own work again; what tests have ordered stays."""
        self._queue[:] = [fault for fault in self._queue if fault.play is not self._play]

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Lets the function do its own work meanwhile: for the stand-in, which may want that done."""
        standing = any(fault.play is self._play for fault in self._queue)
        self.remove()
        try:
            yield
        finally:
            if standing:
                self._stand_in()

    def _stand_in(self) -> None:
        self._queue.insert(0, Fault(self._play, None))
