"""`Iterator`: what `keys()`, `values()` and `entries()` give."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator as PythonIterator
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from .obj import Obj

T = TypeVar("T")


if TYPE_CHECKING:
    _Values = PythonIterator[T]
else:
    _Values = chain  # of one: in C, so that an iterator is soon made and gone through


class Iterator(_Values[T]):
    """An iterator of Python's that has JavaScript's `next`, too."""

    __slots__ = ()
    __tag__: str = "Iterator"

    if TYPE_CHECKING:

        def __init__(self, values: Iterable[T]) -> None: ...
        def __iter__(self) -> PythonIterator[T]: ...
        def __next__(self) -> T: ...

    def next(self) -> Any:
        """`{value, done}`: the next value, or that there is none."""
        for value in self:
            return Obj(value=value, done=False)
        return Obj(value=None, done=True)
