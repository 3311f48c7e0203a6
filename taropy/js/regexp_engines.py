"""What finds matches: Python's `re` where it means the same, else the ECMAScript engine of the extra `regexp`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from .errors import SyntaxError
from .regexp_python import translated
from .regexp_syntax import Untranslated

#: Where a match and each of its groups begin and end; None for a group that is not set. The match itself is the first.
Spans = tuple["tuple[int, int] | None", ...]


class Engine(Protocol):
    """One pattern with its flags. Positions count the characters of the text that it is given."""

    def find(self, text: str, start: int, *, sticky: bool) -> Spans | None:
        """The first match that begins at `start` or after; with `sticky`, only one at `start`."""
        ...

    def is_in(self, text: str) -> bool:
        """Whether there is a match."""
        ...

    def find_all(self, text: str, start: int) -> Iterator[Spans]:
        """All matches from `start` on, each looked for where the one before has ended, or after it if it is empty."""
        ...


@lru_cache(maxsize=512)
def engine_of(pattern: str, flags: str) -> Engine:
    """The engine for a pattern. `SyntaxError` for what is none, `MissingExtra` where the extra is needed."""
    try:
        return Python(*translated(pattern, flags))
    except Untranslated as reason:
        from .regexp_regress import Regress

        return Regress(pattern, flags, str(reason))
    except RecursionError:
        raise SyntaxError(f"Invalid regular expression: /{pattern}/: Regular expression too large") from None


class Python:
    """`re`."""

    def __init__(self, pattern: re.Pattern[str], may_be_empty: bool) -> None:
        self._pattern = pattern
        self._may_be_empty = may_be_empty
        self._numbers = range(1, pattern.groups + 1)

    def find(self, text: str, start: int, *, sticky: bool) -> Spans | None:
        found = self._pattern.match(text, start) if sticky else self._pattern.search(text, start)
        return None if found is None else self._spans(found)

    def is_in(self, text: str) -> bool:
        return self._pattern.search(text) is not None

    def find_all(self, text: str, start: int) -> Iterator[Spans]:
        # Where a match was empty, `finditer` looks for another one that is not; ECMAScript goes one further.
        if self._may_be_empty:
            return one_after_another(self, text, start)
        return map(self._spans, self._pattern.finditer(text, start))

    def _spans(self, found: re.Match[str]) -> Spans:
        if not self._numbers:
            return (found.span(),)
        return (found.span(), *(None if found.start(number) < 0 else found.span(number) for number in self._numbers))


def one_after_another(engine: Engine, text: str, start: int) -> Iterator[Spans]:
    """All matches from `start` on, looked for one after another."""
    while start <= len(text) and (spans := engine.find(text, start, sticky=False)) is not None:
        yield spans
        assert spans[0] is not None
        begun, start = spans[0]
        start += begun == start
