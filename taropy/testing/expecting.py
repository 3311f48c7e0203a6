"""`expect_unhandled`: the errors that nothing in the program handles, where a test wants them."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, overload

from ..keywords import hinting
from ..unheard import Collector, ProgramWarning, UnhandledErrorWarning, held, still_held, tell_lost, text_of

E = TypeVar("E", bound=BaseException)


class Expected(Collector, Generic[E]):
    """What `expect_unhandled` gives: the errors that came, in their order."""

    def __init__(self, kinds: tuple[type[E], ...], match: str | None) -> None:
        super().__init__()
        self.errors: list[E] = []
        self._kinds = kinds
        self._match = match
        self._others: list[str] = []
        self._before: set[Any] = set()

    @property
    def error(self) -> E:
        """The first of them."""
        if not self.errors:
            raise AssertionError(self._missing())
        return self.errors[0]

    def take(self, warning: UnhandledErrorWarning) -> bool:
        """Takes what is expected; the rest goes on to who collects around."""
        error = warning.error
        if self._fits(error):
            self.errors.append(error)  # type: ignore[arg-type]  # `_fits` has looked
            return True
        self._others.append(str(warning))
        return False

    def refuse(self, warning: ProgramWarning) -> bool:
        """No error is expected that is none."""
        return False

    def _fits(self, error: BaseException) -> bool:
        return isinstance(error, self._kinds) and (self._match is None or bool(re.search(self._match, text_of(error))))

    def __enter__(self) -> Self:
        self._before = set(held.values())
        return super().__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._look_at_held()
        finally:
            super().__exit__(kind, error, trace)
        if kind is None and not self.errors:
            raise AssertionError(self._missing())

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        from ..runtime.taro import settled

        if kind is None:
            await settled()
        self.__exit__(kind, error, trace)

    def _look_at_held(self) -> None:
        """Nobody has handled what the block has left, though something may have it still."""
        before = {id(each) for known in self._before if (each := known()) is not None}
        tell_lost()
        for each in still_held():
            if id(each) not in before and self._fits(each.error):
                each.tell()

    def _missing(self) -> str:
        kinds = " or ".join("error" if kind is BaseException else kind.__name__ for kind in self._kinds)
        matching = "" if self._match is None else f" that matches {self._match!r}"
        others = f"; what came: {', '.join(self._others)}" if self._others else ""
        return f"no {kinds}{matching} came up that nothing handled{others}; {HINT}"


HINT = "in an event loop, `async with` waits for what has begun"


@overload
def expect_unhandled(*, match: str | None = None) -> Expected[BaseException]: ...
@overload
def expect_unhandled(*kinds: type[E], match: str | None = None) -> Expected[E]: ...
@hinting
def expect_unhandled(*kinds: type[Any], match: str | None = None) -> Expected[Any]:
    """For a `with` block in which errors of these kinds come up that nothing in the program handles.

    What a handler of a page or the app raises, or a callback, and what a promise is rejected with that nobody looks at,
    is no warning then, and fails no test. An `AssertionError` if none has come when the block ends.

        with expect_unhandled(KeyError) as caught:
            phone.pages.pull_down()
        assert caught.error.args == ("price",)

    - `kinds`: classes of errors; by default any. `taropy.Rejected` is what promises are rejected with that is no error.
    - `match`: a regular expression that the error's text has to match somewhere.

    `caught.error` is the first, `caught.errors` has all. `async with` waits first, as `taropy.settled()` does.
    """
    for kind in kinds:
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            raise TypeError(f"expect_unhandled takes classes of errors, and not {kind!r}")
    return Expected(kinds or (BaseException,), match)
