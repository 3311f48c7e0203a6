"""Questions that lead to each other: what the type of a name is, which rests on the types of others."""

from __future__ import annotations

from collections.abc import Callable, Hashable, MutableMapping
from typing import TypeVar

from .types import NEVER, UNKNOWN, Type

Key = TypeVar("Key", bound=Hashable)

#: So many questions lead to each other.
_DEEPEST = 10


class Asking:
    """The questions that are being asked, one within the other."""

    def __init__(self) -> None:
        self.open: dict[Hashable, int] = {}
        self.rests_on: int = _DEEPEST

    def answer(self, answers: MutableMapping[Key, Type], key: Key, ask: Callable[[], Type]) -> Type:
        """The answer to a question, which is kept if it rests on none that is still open.

        What is being asked already adds nothing: `total = total + 1` says of `total` what its other values say.
        """
        known = answers.get(key)
        if known is not None:
            return known
        place = self.open.get(key, 0 if len(self.open) >= _DEEPEST else None)
        if place is not None:
            self.rests_on = min(self.rests_on, place)
            return NEVER if key in self.open else UNKNOWN
        place = self.open[key] = len(self.open)
        try:
            found = ask()
        finally:
            del self.open[key]
        if self.rests_on >= place:
            self.rests_on = _DEEPEST
            answers[key] = found
        return found
