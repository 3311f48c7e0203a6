"""`throw`, and `caught`, which gives what was thrown.

JavaScript's `catch` catches all, and what it gets may be any value. Ported code says the same with

    try:
        …
    except Exception as error:
        err = caught(error)

`except Error` alone would let Python's own exceptions pass, and values that are none.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from ..runtime.errors import Rejected, TaroError
from .border import to_js
from .errors import Error, RangeError, ReferenceError, Thrown, TypeError


def throw(value: Any = None) -> NoReturn:
    """`throw value`, of any value; also where Python wants an expression."""
    raise as_thrown(value)


def as_thrown(value: Any) -> BaseException:
    """What to raise for a value: itself if it can be raised, else what carries it."""
    return value if isinstance(value, BaseException) else Thrown(value)


def caught(error: BaseException) -> Any:
    """What JavaScript's `catch` gets: the very value that was thrown.

    A failed call gives its native object, with `errMsg`. One of Python's own exceptions gives the `Error` that
    JavaScript has in its place, as far as there is one: `TypeError` for a field of None, `ReferenceError` for a name
    without a value, `RangeError` for endless recursion; else an `Error` with its name and its text. Its `cause` is what
    Python has raised. Whoever catches the same exception again, after a `raise`, gets the same value.
    """
    if isinstance(error, Rejected):
        return error.value
    if isinstance(error, Error):
        return error
    if _CAUGHT not in error.__dict__:
        error.__dict__[_CAUGHT] = to_js(dict(error)) if isinstance(error, TaroError) else _in_javascript(error)
    return error.__dict__[_CAUGHT]


#: Where an exception keeps what JavaScript's `catch` gets in its place.
_CAUGHT = "_caught"


_OF_NONE = re.compile(
    r"object of type 'NoneType' has no (?P<length>len)\(\)"
    r"|'NoneType' object (?:has no attribute '(?P<name>.*)'|is not (?P<lack>callable|iterable|subscriptable))"
)

_KINDS: Mapping[type[BaseException], Callable[..., Error]] = {
    builtins.TypeError: TypeError,
    AttributeError: TypeError,
    NameError: ReferenceError,
    RecursionError: RangeError,
}


def _in_javascript(error: BaseException) -> Error:
    """The error that JavaScript has where Python has raised this one."""
    kind = next((made for python, made in _KINDS.items() if isinstance(error, python)), Error)
    made = kind(_message(error))
    if kind is Error:
        made.name = type(error).__name__
    made.cause = error
    return made.with_traceback(error.__traceback__)


def _message(error: BaseException) -> str:
    found = _OF_NONE.search(str(error))
    if isinstance(error, RecursionError):
        return "Maximum call stack size exceeded"
    if found is None:
        return str(error)
    name = "length" if found["length"] else found["name"]
    if name is not None:
        return f"Cannot read properties of undefined (reading '{name}')"
    return f"undefined is not {'a function' if found['lack'] == 'callable' else found['lack']}"
