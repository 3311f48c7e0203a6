"""What is read of a promise and is its result's: who asks is told to await it first.

A `__getattr__` would have all attributes of promises looked up slowly. So each field that a bound function's result may
have stands on the class of promises, and says so; nothing else is slower by that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from .promise import Promise, no_attribute


class Promised:
    """A field of results, read of a promise."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, promise: Any, owner: type | None = None) -> NoReturn:
        raise no_attribute(self._name)


def promised(fields: Iterable[str]) -> None:
    """Has promises say of these fields that they are their results'."""
    for name in fields:
        if name.isidentifier() and not name.startswith("_") and not any(name in vars(kind) for kind in Promise.__mro__):
            setattr(Promise, name, Promised(name))
