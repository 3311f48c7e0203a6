"""`Iterator`: what `keys()`, `values()` and `entries()` give."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator as PythonIterator
from typing import Any, TypeVar

from .obj import Obj

T = TypeVar("T")


class Iterator(PythonIterator[T]):
    """An iterator of Python's that has JavaScript's `next`, too. A loop goes through the values themselves."""

    __slots__ = ("_values",)
    __tag__: str = "Iterator"

    def __init__(self, values: Iterable[T]) -> None:
        self._values = iter(values)

    def __iter__(self) -> PythonIterator[T]:
        return self._values

    def __next__(self) -> T:
        return next(self._values)

    def next(self) -> Any:
        """`{value, done}`: the next value, or that there is none."""
        for value in self._values:
            return Obj(value=value, done=False)
        return Obj(value=None, done=True)
