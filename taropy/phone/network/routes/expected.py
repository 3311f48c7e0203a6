"""What routes of requests and of WebSockets share: who has come to them, and whether that is what a test expects."""

from __future__ import annotations

from itertools import count
from typing import Any, ClassVar, Generic, TypeVar

from ...core.guarded import Guarded
from ...core.remembered import REMEMBERED, Remembered

Item = TypeVar("Item")

#: When each route came, among all: of several that take what comes, the latest has it.
numbers = count(1)


class Counted(Remembered[Item]):
    """The last thousand, oldest first; printed, one below the other. `total` is how many there have been in all."""

    def __init__(self) -> None:
        super().__init__()
        self.total: int = 0

    def append(self, item: Item) -> None:
        self.total += 1
        list.append(self, item)  # and not by `super`, which each routed request would pay for
        if len(self) > REMEMBERED:
            del self[0]

    def clear(self) -> None:
        super().clear()
        self.total = 0

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or "nothing"


Came = TypeVar("Came", bound=Counted[Any])


class Expected(Guarded, Generic[Came]):
    """Something that answers in a server's place, and knows who has come: `calls`."""

    _in_messages = "a route"
    #: What has become of it then, in messages.
    MET: ClassVar[str]

    calls: Came

    @property
    def where(self) -> str:
        """What it is for, as it was written."""
        raise NotImplementedError

    @property
    def called(self) -> bool:
        """Whether anything has come to it."""
        return self._count > 0

    def assert_called(self, times: int | None = None) -> None:
        """Checks that something has come to it, or so many times. The AssertionError shows what has come instead."""
        count = self._count
        if count if times is None else count == times:
            return
        wanted = "" if times is None else f", not {how_often(times)}"
        raise AssertionError(f"{self._met}{wanted}. {self._instead()}")

    def assert_not_called(self) -> None:
        """Checks that nothing has come to it."""
        if self.called:
            raise AssertionError(f"{self._met}{self._shown()}")

    @property
    def _count(self) -> int:
        """How often something has come to it."""
        return self.calls.total

    @property
    def _met(self) -> str:
        return f"{self.where} was {self.MET} {how_often(self._count)}"

    def _instead(self) -> str:
        """What has come to the phone's routes, and to no route, for a check that fails."""
        raise NotImplementedError

    def _shown(self) -> str:
        """What has come to this one, behind how often, for a check that fails."""
        raise NotImplementedError


def how_often(count: int) -> str:
    """`once`, `3 times`."""
    return "once" if count == 1 else f"{count} times"


def check_pace(times: Any, delay: Any) -> None:
    """ValueError for what is no number of answers, or no number of seconds before each."""
    if times is not None and (isinstance(times, bool) or not isinstance(times, int) or times < 1):
        raise ValueError(f"a route answers once or more often; times is not {times!r}")
    if isinstance(delay, bool) or not isinstance(delay, int | float) or not delay >= 0:
        raise ValueError(f"delay is a number of seconds, not {delay!r}")
