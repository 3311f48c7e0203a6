"""JavaScript's errors, as exceptions of Python's; and what carries a thrown value that is none."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from ..runtime.errors import Rejected
from .missing import is_nullish


class Error(Exception):
    """`Error(message, {"cause": cause})`: an error of JavaScript. Any field may be set; one that is missing is None.

    - `message`: what happened; `name`: the class's name; `cause`: what has led to it, if that was given.
    - `stack`: the name and the message, and below it where it was raised, once it was.
    """

    name: Any = "Error"
    message: Any = ""
    cause: Any

    def __init__(self, message: Any = None, options: Any = None, *_: Any) -> None:
        if type(message) is str:
            self.message = message
            if len(self.args) == 1:
                return
        super().__init__(*([] if is_nullish(message) else [message]))
        if not is_nullish(message):
            self.message = _text(message)
        if isinstance(options, Mapping) and "cause" in options:
            self.cause = options["cause"]

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__" == name[-2:]:
            raise AttributeError(name)
        return None

    def __getitem__(self, key: Any) -> Any:
        return getattr(self, str(key))

    def __setitem__(self, key: Any, value: Any) -> None:
        setattr(self, str(key), value)

    @property
    def stack(self) -> str:
        """The name and the message, and where it was raised, the innermost place first."""
        import traceback

        frames = traceback.extract_tb(self.__traceback__)
        places = [f"    at {frame.name} ({frame.filename}:{frame.lineno})" for frame in reversed(frames)]
        return "\n".join([self.toString(), *places])

    def toString(self) -> str:
        """`name: message`, or the one of them that is not empty."""
        return ": ".join(_text(part) for part in (self.name, self.message) if part != "")

    def __str__(self) -> str:
        return _text(self.message)


class TypeError(Error, builtins.TypeError):
    """A value is not of the kind that is needed."""

    name: Any = "TypeError"


class RangeError(Error, ValueError):
    """A number is not in the range that is needed."""

    name: Any = "RangeError"


class SyntaxError(Error, ValueError):
    """A text can't be read: it is no JSON, or no regular expression."""

    name: Any = "SyntaxError"


class ReferenceError(Error):
    """A name stands for nothing."""

    name: Any = "ReferenceError"


class URIError(Error, ValueError):
    """A text can't be encoded for an address, or decoded."""

    name: Any = "URIError"


class EvalError(Error):
    """Nothing here raises it; programs may."""

    name: Any = "EvalError"


def _text(value: Any) -> str:
    from .conversions import text

    return text(value)


class Thrown(Rejected):
    """What carries a thrown `value` that is no exception. Its fields read as this error's own; others are None."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.__dict__.get("_fields", {}).get(name)
