"""What the operations of a `Set` take: another one, a `Map`, or any object with `size`, `has` and `keys`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

from .conversions import integer, number, truthy, typeof
from .errors import RangeError, TypeError
from .missing import is_nullish


class SetLike:
    """ECMAScript's Set Record: how many there are, whether a value is one of them, and all of them.

    `TypeError` for what is no such object, `RangeError` if its size is negative.
    """

    __slots__ = ("_has", "_keys", "size")

    def __init__(self, value: Any) -> None:
        if is_nullish(value) or typeof(value) not in ("object", "function"):
            raise TypeError("The value is not an object with size, has and keys")
        told = getattr(value, "size", None)
        if is_nullish(told) or (size := number(told)) != size:
            raise TypeError("The 'size' property must be a number")
        if integer(size) < 0:
            raise RangeError(f"'{size}' is an invalid size")
        self.size: float = integer(size)
        self._has = _method(value, "has")
        self._keys = _method(value, "keys")

    def contains(self, value: Any) -> bool:
        """Whether the value is one of them."""
        return truthy(self._has(value))

    def each(self) -> Generator[Any]:
        """All values; whoever closes it early ends the iteration, as JavaScript does."""
        iterator = self._keys()
        if isinstance(iterator, Iterator):
            yield from iterator
            return
        if typeof(iterator) != "object":
            raise TypeError("The 'keys' method must return an object")
        try:
            yield from _values(iterator)
        except GeneratorExit:
            end = iterator["return"]
            if not is_nullish(end):
                end()


def _values(iterator: Any) -> Iterator[Any]:
    step = iterator.next
    while True:
        result = step()
        if typeof(result) not in ("object", "function"):
            raise TypeError("Iterator result is not an object")
        if truthy(result.done):
            return
        yield result.value


def _method(value: Any, name: str) -> Callable[..., Any]:
    found: Any = getattr(value, name, None)
    if not callable(found):
        raise TypeError(f"The '{name}' property must be a function")
    return found  # type: ignore[no-any-return]
