"""What the tests ask with, in Python: `assert` and its kin, imported by every ported test.

They are as strict as test262's own, but for one thing: taropy.js has None for null and undefined alike, and so
`sameValue` takes the one for the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from taropy.js import Error, caught, is_nullish, text
from taropy.js.operators import same_value
from taropy.js.throwing import as_thrown


class Test262Error(Error):
    """An assertion does not hold."""

    name = "Test262Error"


class _Assert:
    """`assert(condition, message)`, and what else the tests assert with."""

    def __call__(self, condition: Any = None, message: Any = None) -> None:
        if condition is not True:
            _fail(message, f"expected true, got {_shown(condition)}")

    def sameValue(self, actual: Any = None, expected: Any = None, message: Any = None, *_: Any) -> None:
        """Whether they are one value; NaN is NaN, 0 is not -0."""
        if not _same(actual, expected):
            _fail(message, f"expected {_shown(expected)}, got {_shown(actual)}")

    def notSameValue(self, actual: Any = None, unexpected: Any = None, message: Any = None) -> None:
        """Whether they are two values."""
        if _same(actual, unexpected):
            _fail(message, f"got {_shown(actual)}")

    def throws(self, kind: type[Any], function: Callable[[], Any], message: Any = None) -> None:
        """Whether the function throws an error of exactly this class."""
        try:
            function()
        except Exception as error:
            thrown = caught(error)
            if type(thrown) is not kind:
                _fail(message, f"expected {kind.__name__}, got {_shown(thrown)}", error)
            return
        _fail(message, f"expected {kind.__name__}, and nothing was thrown")

    def compareArray(self, actual: Any, expected: Any, message: Any = None) -> None:
        """Whether two arrays, or what is like one, have the same items."""
        if not compare_array(actual, expected):
            _fail(message, f"expected {_shown(expected)}, got {_shown(actual)}")

    def compareIterator(self, actual: Any, checks: Iterable[Callable[[Any], Any]], message: Any = None) -> None:
        """Whether what is gone through passes one check after the other, and there are as many."""
        found = list(actual)
        checks = list(checks)
        self.sameValue(len(found), len(checks), message)
        for value, check in zip(found, checks, strict=True):
            check(value)


assert_ = _Assert()


def compare_array(actual: Any, expected: Any) -> bool:
    """Whether two arrays, or what is like one, have the same items."""
    size = expected.length
    return _same(actual.length, size) and all(_same(actual[index], expected[index]) for index in range(int(size or 0)))


def _DONOTEVALUATE() -> NoReturn:
    """Stands where nothing is to be run."""
    _fail(None, "was evaluated")


class Ending:
    """How an asynchronous test tells that it has ended: `$DONE()`, or `$DONE(error)`."""

    def __init__(self) -> None:
        self._told: asyncio.Future[None] | None = None

    def __call__(self, error: Any = None) -> None:
        told = self._future()
        if not told.done():
            told.set_result(None) if is_nullish(error) else told.set_exception(as_thrown(error))

    async def wait(self) -> None:
        """Until the test has told so; raises what it has failed with."""
        await self._future()

    def _future(self) -> asyncio.Future[None]:
        if self._told is None:
            self._told = asyncio.get_running_loop().create_future()
        return self._told

    def forget(self) -> None:
        """Is for another test from now on."""
        self._told = None


_DONE = Ending()


def async_test(function: Callable[[], Any]) -> None:
    """Plays an async function, and ends the test with it."""
    function().then(lambda _: _DONE(), _DONE)


def _same(left: Any, right: Any) -> bool:
    return (is_nullish(left) and is_nullish(right)) or same_value(left, right)


def _fail(message: Any, found: str, cause: BaseException | None = None) -> NoReturn:
    raise Test262Error(found if is_nullish(message) else f"{text(message)}: {found}") from cause


def _shown(value: Any) -> str:
    return repr(value)[:200]
