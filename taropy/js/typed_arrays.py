"""Typed arrays: numbers of one kind, over bytes that others may share.

What is written is kept as the array's kind holds it: 256 in a `Uint8Array` is 0, and 255 in a `Uint8ClampedArray`.
Beyond its end an array reads as None and is not written to.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Self

from .array import Array
from .array_buffer import ArrayBuffer, buffer_of, packed_float, span, wrapped
from .callbacks import taking
from .conversions import integer, number, text
from .errors import RangeError, TypeError
from .missing import is_nullish


class TypedArray:
    """What all typed arrays have. `Uint8Array(length)`, `Uint8Array(numbers)`, `Uint8Array(buffer, byteOffset,
    length)`.

    A buffer is an `ArrayBuffer`, or any `bytes` or `bytearray`, such as calls of Taro give; `bytes(array)` are its own.
    """

    __slots__ = ("_items", "buffer", "byteOffset")

    BYTES_PER_ELEMENT: ClassVar[int]
    #: How `struct` calls the kind, and `memoryview`.
    _code: ClassVar[Any]

    _items: memoryview[Any]
    buffer: bytearray
    byteOffset: int

    def __init__(self, source: Any = 0, byteOffset: Any = 0, length: Any = None) -> None:
        if isinstance(source, bytes | bytearray):
            self._view(buffer_of(source), int(integer(byteOffset)), length)
        elif isinstance(source, Iterable) and not isinstance(source, str):
            numbers = list(source)
            self._view(ArrayBuffer(len(numbers) * self.BYTES_PER_ELEMENT), 0, None)
            self.set(numbers)
        else:
            count = 0 if is_nullish(source) else integer(source)
            if count < 0 or count > 2**32:
                raise RangeError(f"Invalid typed array length: {text(source)}")
            self._view(ArrayBuffer(count * self.BYTES_PER_ELEMENT), 0, None)

    def _view(self, buffer: bytearray, offset: int, length: Any) -> None:
        size, name = self.BYTES_PER_ELEMENT, type(self).__name__
        if offset % size:
            raise RangeError(f"start offset of {name} should be a multiple of {size}")
        if not 0 <= offset <= len(buffer):
            raise RangeError(f"Start offset {offset} is outside the bounds of the buffer")
        if is_nullish(length):
            if len(buffer) % size:
                raise RangeError(f"byte length of {name} should be a multiple of {size}")
            end = len(buffer)
        else:
            end = offset + int(integer(length)) * size
            if not offset <= end <= len(buffer):
                raise RangeError(f"Invalid typed array length: {text(length)}")
        self.buffer, self.byteOffset = buffer, offset
        self._items = memoryview(buffer)[offset:end].cast(self._code)

    @classmethod
    def from_(cls, source: Any, map: Any = None) -> Self:
        """`Uint8Array.from(source, map)`: an array of what an iterable has, mapped if a function is given."""
        items = Array(source)
        return cls(items if map is None else _mapped(items, map))

    @classmethod
    def of(cls, *numbers: Any) -> Self:
        """An array of these numbers."""
        return cls(numbers)

    @staticmethod
    def _held(value: Any) -> Any:
        """A number as this kind holds it."""
        raise NotImplementedError

    # --- what it has -------------------------------------------------------------------------------------------------

    @property
    def length(self) -> int:
        """How many numbers there are."""
        return len(self._items)

    @property
    def byteLength(self) -> int:
        """How many bytes they take."""
        return self._items.nbytes

    def memory(self) -> memoryview[int]:
        """Its bytes, which can be written to."""
        return self._items.cast("B")

    def __fields__(self) -> dict[str, Any]:
        return {str(at): value for at, value in enumerate(self._items)}

    def __python__(self) -> bytes:
        return bytes(self)

    def __bytes__(self) -> bytes:
        return self._items.tobytes()

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __getitem__(self, index: Any) -> Any:
        if type(index) is not int:
            index = _index(index)
        return self._items[index] if 0 <= index < len(self._items) else None

    def __setitem__(self, index: Any, value: Any) -> None:
        held = self._held(value)
        if type(index) is not int:
            index = _index(index)
        if 0 <= index < len(self._items):
            self._items[index] = held

    def __contains__(self, index: Any) -> bool:
        return 0 <= _index(index) < len(self._items)

    # --- writing ---------------------------------------------------------------------------------------------------

    def set(self, source: Iterable[Any], offset: Any = 0) -> None:
        """Writes numbers from a place on. `RangeError` if they do not fit."""
        numbers, place = list(source), int(integer(offset))
        if place < 0 or place + len(numbers) > len(self._items):
            raise RangeError("offset is out of bounds")
        for at, value in enumerate(numbers, place):
            self._items[at] = self._held(value)

    def fill(self, value: Any, start: Any = 0, end: Any = None) -> Self:
        """Writes one number from `start` to before `end`."""
        held = self._held(value)
        for at in range(*span(len(self._items), start, end)):
            self._items[at] = held
        return self

    def reverse(self) -> Self:
        """Turns the order round."""
        self.set(self._items.tolist()[::-1])
        return self

    def sort(self, compare: Any = None) -> Self:
        """Sorts the numbers, as numbers; or as `compare(a, b)` says."""
        self.set(_sorted(self._items.tolist(), compare))
        return self

    def copyWithin(self, target: Any, start: Any, end: Any = None) -> Self:
        """Copies a part of itself to another place."""
        size = len(self._items)
        place, _ = span(size, target, None)
        first, last = span(size, start, end)
        part = self._items.tolist()[first:last][: size - place]
        self.set(part, place)
        return self

    # --- others of it ------------------------------------------------------------------------------------------------

    def subarray(self, start: Any = 0, end: Any = None) -> Self:
        """A part that shares the memory."""
        first, last = span(len(self._items), start, end)
        return type(self)(self.buffer, self.byteOffset + first * self.BYTES_PER_ELEMENT, last - first)

    def slice(self, start: Any = 0, end: Any = None) -> Self:
        """A copy of a part."""
        first, last = span(len(self._items), start, end)
        return type(self)(self._items[first:last].tolist())

    def map(self, callback: Callable[..., Any]) -> Self:
        """An array of what `callback(value, index, array)` gives."""
        return type(self)(self._called(callback))

    def filter(self, callback: Callable[..., Any]) -> Self:
        """An array of those for which it gives something true."""
        return type(self)(
            [value for value, kept in zip(self._items.tolist(), self._called(callback), strict=True) if kept]
        )

    def toSorted(self, compare: Any = None) -> Self:
        """A sorted copy."""
        return type(self)(_sorted(self._items.tolist(), compare))

    def toReversed(self) -> Self:
        """A copy in the other order."""
        return type(self)(self._items.tolist()[::-1])

    # --- asking ------------------------------------------------------------------------------------------------------

    def at(self, index: Any) -> Any:
        """The number at a place, which counts from the end if it is negative; None if there is none."""
        place = int(integer(index))
        return self[place + len(self) if place < 0 else place]

    def indexOf(self, value: Any, start: Any = 0) -> int:
        """Where a number is first, -1 if nowhere."""
        first, last = span(len(self), start, None)
        return next((at for at in range(first, last) if _same(self._items[at], value)), -1)

    def lastIndexOf(self, value: Any) -> int:
        """Where a number is last, -1 if nowhere."""
        return next((at for at in reversed(range(len(self))) if _same(self._items[at], value)), -1)

    def includes(self, value: Any, start: Any = 0) -> bool:
        """Whether a number is in it; NaN is found, too."""
        is_nan = isinstance(value, float) and value != value
        first, last = span(len(self), start, None)
        return any(item != item if is_nan else _same(item, value) for item in self._items[first:last])

    def join(self, separator: Any = ",") -> str:
        """The numbers as text."""
        return ("," if is_nullish(separator) else text(separator)).join(map(text, self._items))

    def forEach(self, callback: Callable[..., Any]) -> None:
        """Calls `callback(value, index, array)` for each."""
        for _ in self._called(callback):
            pass

    def every(self, callback: Callable[..., Any]) -> bool:
        """Whether it gives something true for all."""
        return all(self._called(callback))

    def some(self, callback: Callable[..., Any]) -> bool:
        """Whether it gives something true for any."""
        return any(self._called(callback))

    def find(self, callback: Callable[..., Any]) -> Any:
        """The first for which it gives something true; None if there is none."""
        return self[self.findIndex(callback)]

    def findIndex(self, callback: Callable[..., Any]) -> int:
        """Where the first is for which it gives something true; -1 if nowhere."""
        return next((at for at, found in enumerate(self._called(callback)) if found), -1)

    def reduce(self, callback: Callable[..., Any], *initial: Any) -> Any:
        """`callback(so far, value, index, array)` over all.

        `TypeError` for an empty array without a value to begin with.
        """
        function, count = taking(callback, 4)
        rest = [*zip(range(len(self)), self._items.tolist(), strict=True)]
        if not initial and not rest:
            raise TypeError("Reduce of empty array with no initial value")
        made = initial[0] if initial else rest.pop(0)[1]
        for at, value in rest:
            made = function(*(made, value, at, self)[:count])
        return made

    def keys(self) -> Iterator[int]:
        """The indexes."""
        return iter(range(len(self)))

    def values(self) -> Iterator[Any]:
        """The numbers."""
        return iter(self)

    def entries(self) -> Iterator[Array[Any]]:
        """Pairs of an index and a number."""
        return (Array(pair) for pair in enumerate(self._items))

    def _called(self, callback: Callable[..., Any]) -> Iterator[Any]:
        function, count = taking(callback, 3)
        return (function(*(value, at, self)[:count]) for at, value in enumerate(self._items))

    def toString(self) -> str:
        """The numbers, with commas."""
        return self.join()

    def __str__(self) -> str:
        return self.toString()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._items.tolist()!r})"


def _index(index: Any) -> int:
    amount = number(index)
    return int(amount) if amount == amount and abs(amount) < 2**53 and amount == int(amount) else -1


def _same(item: Any, value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(item == value)


def _mapped(items: Array[Any], callback: Any) -> list[Any]:
    function, count = taking(callback, 2)
    return [function(*(value, at)[:count]) for at, value in enumerate(items)]


def _sorted(numbers: list[Any], compare: Any) -> list[Any]:
    if is_nullish(compare):
        return sorted(numbers, key=lambda value: (value != value, value, text(value)[:1] != "-"))
    return sorted(numbers, key=functools.cmp_to_key(lambda one, other: _sign(number(compare(one, other)))))


def _sign(amount: float) -> int:
    return (amount > 0) - (amount < 0)


def is_integer_array(value: Any) -> bool:
    """Whether it is an array of whole numbers."""
    return isinstance(value, TypedArray) and not isinstance(value, Float32Array | Float64Array)


class Int8Array(TypedArray):
    """Whole numbers from -128 to 127."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 1
    _code = "b"
    _held = staticmethod(functools.partial(wrapped, bits=8, signed=True))


class Uint8Array(TypedArray):
    """Bytes: whole numbers from 0 to 255."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 1
    _code = "B"
    _held = staticmethod(functools.partial(wrapped, bits=8, signed=False))


class Uint8ClampedArray(TypedArray):
    """Bytes; a number that is too large is 255 and one that is too small 0, others are rounded, halves to even ones."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 1
    _code = "B"

    @staticmethod
    def _held(value: Any) -> int:
        amount = number(value)
        return round(min(max(amount, 0), 255)) if amount == amount else 0


class Int16Array(TypedArray):
    """Whole numbers of 16 bits."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 2
    _code = "h"
    _held = staticmethod(functools.partial(wrapped, bits=16, signed=True))


class Uint16Array(TypedArray):
    """Whole numbers of 16 bits without a sign."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 2
    _code = "H"
    _held = staticmethod(functools.partial(wrapped, bits=16, signed=False))


class Int32Array(TypedArray):
    """Whole numbers of 32 bits."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 4
    _code = "i"
    _held = staticmethod(functools.partial(wrapped, bits=32, signed=True))


class Uint32Array(TypedArray):
    """Whole numbers of 32 bits without a sign."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 4
    _code = "I"
    _held = staticmethod(functools.partial(wrapped, bits=32, signed=False))


class Float32Array(TypedArray):
    """Floats of 32 bits."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 4
    _code = "f"
    _held = staticmethod(functools.partial(packed_float, code="f"))


class Float64Array(TypedArray):
    """Floats of 64 bits, which all numbers of JavaScript are."""

    __slots__ = ()
    BYTES_PER_ELEMENT: ClassVar[int] = 8
    _code = "d"
    _held = staticmethod(functools.partial(packed_float, code="d"))
