"""What goes back and forth between a program and a native function: options, results, failures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from ...extras import MissingExtra

Options = Mapping[str, Any]
Result = dict[str, Any]

Number = TypeVar("Number")
NativeFunction = Callable[..., Any]

NO_OPTIONS: Options = {}
CALLBACKS = ("success", "fail", "complete")

#: What a call fails with whose phone, or whose event loop, ends before it has an answer.
INTERRUPTED = "interrupted"

#: WeChat's numbers of a failure.
NUMBERS = frozenset({"errCode", "errno"})


class Ordered(dict[str, Any]):
    """A result that a test has ordered: its fields and numbers are on every platform what the test says they are."""


class Unanswered(dict[str, Any]):
    """The options of a task that a test has ordered to hang: whoever it asks is there, and says nothing."""


class Fail(Exception):
    """A native failure. The program sees `errMsg` `<function>:fail <reason>` and the fields given here."""

    def __init__(self, reason: str = "", errCode: int | None = None, **fields: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields: Result = fields if errCode is None else {"errCode": errCode, **fields}

    def again(self) -> Fail:
        """The same failure for another call, so that what is raised is that call's own: errors keep their traceback."""
        return Fail(self.reason, **self.fields)

    def result(self, name: str) -> Result:
        """The native error object for the function `name`."""
        # Some of WeChat's own reasons follow on a colon: `hideLoading:fail:toast can't be found`.
        space = "" if self.reason.startswith(":") else " "
        return {"errMsg": f"{name}:fail{space}{self.reason}".rstrip(), **self.fields}

    def answer(self, name: str) -> Result:
        """As `result`, for a call that fails by it: what it came of is let go.

        The frames in there hold the program's promise, and with it they would be a circle: that nobody handles the
        rejection would not be told when the program lets go of it, but whenever Python looks for circles.
        """
        self.__traceback__ = self.__context__ = self.__cause__ = None
        return self.result(name)


class NativeError(Exception):
    """What a native function that returns its value throws: an error with the native object's fields, as `result`."""

    def __init__(self, result: Result) -> None:
        super().__init__(result["errMsg"])
        self.result = result
        self.errMsg: str = result["errMsg"]
        self.errCode: int | None = result.get("errCode")
        self.errno: int | None = result.get("errno")
        self.error: int | str | None = result.get("error")
        self.errorMessage: str | None = result.get("errorMessage")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.result,)


def given_options(name: str, options: Options | None) -> Options:
    """The options that the native function `name` was called with; `NativeError` if they are none."""
    if type(options) is dict or isinstance(options, Mapping):
        return options
    if options is None:
        return NO_OPTIONS
    raise NativeError({"errMsg": f"{name}:fail parameter error: parameter should be Object"})


def number_of(numbers: Mapping[str, Number], reason: str) -> Number | None:
    """The number of the first of these words that are in the reason of a failure."""
    return next((number for words, number in numbers.items() if words in reason), None)


def finish(options: Options, outcome: Result, *, ok: bool) -> None:
    """Calls the callbacks of `options` with `outcome`: `success` or `fail`, then `complete`."""
    callback = options.get("success" if ok else "fail")
    complete = options.get("complete")
    try:
        if callback is not None:
            callback(outcome)
    finally:
        if complete is not None:
            complete(outcome)


@contextmanager
def extras_told() -> Iterator[None]:
    """Tells the program of a package that is missing: the call fails, and says which extra brings it."""
    try:
        yield
    except MissingExtra as missing:
        raise Fail(str(missing)) from missing


class AnswerToCome:
    """What a native function returns that has not answered yet: for a runtime whose program no longer waits.

    `task`, which calls `succeed` or `fail`, may be cancelled, as when the phone ends: then the call fails as
    interrupted. The callbacks are let go when one has been called: they are of the program's promise, which has this
    object, and neither would go before the other.
    """

    #: No program is given it, and no recording has it.
    for_the_runtime: ClassVar[bool] = True

    task: asyncio.Task[None]

    def __init__(self, name: str, options: Options) -> None:
        self._name = name
        self._options = options

    def come_of(self, task: asyncio.Task[None]) -> None:
        """The task is there that answers."""
        self.task = task
        task.add_done_callback(self._ended)

    def succeed(self, fields: Mapping[str, Any] | None) -> None:
        """Answers with a success that has these fields."""
        self._finish({"errMsg": f"{self._name}:ok", **(fields or NO_OPTIONS)}, ok=True)

    def fail(self, failure: Fail) -> None:
        """Answers with a failure."""
        self._finish(failure.answer(self._name), ok=False)

    def abort(self) -> None:
        """Gives the answer up: what the phone does for it ends, a dialog goes. No callback is called."""
        self._options = NO_OPTIONS
        # In its turn, which is after the task's first: what has not begun would not tidy up either.
        self.task.get_loop().call_soon(self.task.cancel)

    def _finish(self, outcome: Result, *, ok: bool) -> None:
        options, self._options = self._options, NO_OPTIONS
        finish(options, outcome, ok=ok)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            self.fail(Fail(INTERRUPTED))
