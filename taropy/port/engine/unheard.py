"""What nothing in a program has handled, told to who runs it."""

from __future__ import annotations

from collections.abc import Callable

from ...unheard import Collector, UnhandledErrorWarning


class Hearing(Collector):
    """Has `tell` called with each error, in the place of a warning."""

    def __init__(self, tell: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._tell = tell

    def take(self, warning: UnhandledErrorWarning) -> bool:
        """Tells of it."""
        self._tell(warning.error)
        return True
