"""`ArrayBuffer` and `DataView`: bytes, and numbers read from them and written to them.

In taropy an ArrayBuffer is Python's bytes: what calls give (`arrayBuffer`, `data`) are `bytes`, and they take any kind
of them. `ArrayBuffer` is a `bytearray` with JavaScript's names, so it can be given to them, and to whatever in Python
takes bytes. A view on a `bytearray` shares its memory, and one on `bytes`, which can't be written to, has a copy.
"""

from __future__ import annotations

import struct
from typing import Any, Final, Literal

from .conversions import integer, number
from .errors import RangeError, TypeError
from .missing import is_nullish

#: More than this no engine has.
LARGEST: Final = 2**33


class ArrayBuffer(bytearray):
    """`ArrayBuffer(length)`: so many bytes, all of them 0. `ArrayBuffer(data)` of bytes is a copy of these.

    It is always true, and equals another one only if it is that; bytes with the same content equal it.
    """

    __slots__ = ()

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __init__(self, length: Any = 0) -> None:
        if isinstance(length, bytes | bytearray | memoryview):
            super().__init__(length)
            return
        size = integer(length)
        if not 0 <= size <= LARGEST:
            raise RangeError("Array buffer allocation failed")
        super().__init__(int(size))

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return self is other if isinstance(other, ArrayBuffer) else bytearray.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    @property
    def byteLength(self) -> int:
        """How many bytes there are."""
        return len(self)

    def slice(self, start: Any = 0, end: Any = None) -> ArrayBuffer:
        """A copy of a part; negative positions count from the end."""
        first, last = span(len(self), start, end)
        return ArrayBuffer(self[first:last])

    @staticmethod
    def isView(value: Any) -> bool:
        """Whether it is a typed array or a `DataView`."""
        return getattr(type(value), "byteOffset", None) is not None


def span(size: int, start: Any, end: Any) -> tuple[int, int]:
    """Where a part begins and ends in something of a size, given as JavaScript gives such places."""
    first, last = (_place(size, value, missing) for value, missing in ((start, 0), (end, size)))
    return first, max(first, last)


def _place(size: int, value: Any, missing: int) -> int:
    if is_nullish(value):
        return missing
    place = integer(value)
    return int(max(size + place, 0) if place < 0 else min(place, size))


def buffer_of(data: Any) -> bytearray:
    """The memory of a view on `data`."""
    return data if isinstance(data, bytearray) else ArrayBuffer(data)


def wrapped(value: Any, bits: int, *, signed: bool) -> int:
    """A number as so many bits hold it: its whole part, modulo 2 to their power; 0 for what is none."""
    amount = number(value)
    held = (int(amount) if abs(amount) < float("inf") else 0) & ((1 << bits) - 1)  # NaN is not less, either
    return held - (1 << bits) if signed and held >> (bits - 1) else held


def packed_float(value: Any, code: Literal["f", "d"]) -> float:
    """A number as a float of 32 or 64 bits holds it."""
    amount = float(number(value))
    try:
        return float(struct.unpack(code, struct.pack(code, amount))[0])
    except OverflowError:
        return float("inf") if amount > 0 else float("-inf")


class DataView:
    """`DataView(buffer, byteOffset, byteLength)`: numbers of all kinds at any place, the highest byte first.

    With `True` as the last argument, `getInt16(0, True)`, the lowest byte is first. `RangeError` beyond the end.
    """

    def __init__(self, buffer: Any, byteOffset: Any = 0, byteLength: Any = None) -> None:
        if not isinstance(buffer, bytes | bytearray):
            raise TypeError("First argument to DataView constructor must be an ArrayBuffer")
        self.buffer: bytearray = buffer_of(buffer)
        self.byteOffset: int = int(integer(byteOffset))
        if not 0 <= self.byteOffset <= len(self.buffer):
            raise RangeError(f"Start offset {self.byteOffset} is outside the bounds of the buffer")
        left = len(self.buffer) - self.byteOffset
        self.byteLength: int = left if is_nullish(byteLength) else int(integer(byteLength))
        if not 0 <= self.byteLength <= left:
            raise RangeError(f"Invalid DataView length {self.byteLength}")

    def _get(self, code: str, offset: Any, little: Any) -> Any:
        form = f"{'<' if little else '>'}{code}"
        return struct.unpack_from(form, self.buffer, self._at(offset, struct.calcsize(form)))[0]

    def _set(self, code: str, offset: Any, value: Any, little: Any) -> None:
        form = f"{'<' if little else '>'}{code}"
        size = struct.calcsize(form)
        place = self._at(offset, size)
        held = packed_float(value, code) if code in "fd" else wrapped(value, size * 8, signed=code.islower())  # type: ignore[arg-type]
        struct.pack_into(form, self.buffer, place, held)

    def _at(self, offset: Any, size: int) -> int:
        place = int(integer(offset))
        if not 0 <= place <= self.byteLength - size:
            raise RangeError("Offset is outside the bounds of the DataView")
        return self.byteOffset + place

    def getInt8(self, offset: Any) -> int:
        """The signed byte at a place."""
        return int(self._get("b", offset, False))

    def getUint8(self, offset: Any) -> int:
        """The byte at a place."""
        return int(self._get("B", offset, False))

    def getInt16(self, offset: Any, little: Any = False) -> int:
        """The whole number of 16 bits at a place."""
        return int(self._get("h", offset, little))

    def getUint16(self, offset: Any, little: Any = False) -> int:
        """The whole number of 16 bits without a sign at a place."""
        return int(self._get("H", offset, little))

    def getInt32(self, offset: Any, little: Any = False) -> int:
        """The whole number of 32 bits at a place."""
        return int(self._get("i", offset, little))

    def getUint32(self, offset: Any, little: Any = False) -> int:
        """The whole number of 32 bits without a sign at a place."""
        return int(self._get("I", offset, little))

    def getFloat32(self, offset: Any, little: Any = False) -> float:
        """The float of 32 bits at a place."""
        return float(self._get("f", offset, little))

    def getFloat64(self, offset: Any, little: Any = False) -> float:
        """The float of 64 bits at a place."""
        return float(self._get("d", offset, little))

    def setInt8(self, offset: Any, value: Any) -> None:
        """Writes a signed byte."""
        self._set("b", offset, value, False)

    def setUint8(self, offset: Any, value: Any) -> None:
        """Writes a byte."""
        self._set("B", offset, value, False)

    def setInt16(self, offset: Any, value: Any, little: Any = False) -> None:
        """Writes a whole number of 16 bits."""
        self._set("h", offset, value, little)

    def setUint16(self, offset: Any, value: Any, little: Any = False) -> None:
        """Writes a whole number of 16 bits without a sign."""
        self._set("H", offset, value, little)

    def setInt32(self, offset: Any, value: Any, little: Any = False) -> None:
        """Writes a whole number of 32 bits."""
        self._set("i", offset, value, little)

    def setUint32(self, offset: Any, value: Any, little: Any = False) -> None:
        """Writes a whole number of 32 bits without a sign."""
        self._set("I", offset, value, little)

    def setFloat32(self, offset: Any, value: Any, little: Any = False) -> None:
        """Writes a float of 32 bits."""
        self._set("f", offset, value, little)

    def setFloat64(self, offset: Any, value: Any, little: Any = False) -> None:
        """Writes a float of 64 bits."""
        self._set("d", offset, value, little)

    def __repr__(self) -> str:
        return f"DataView({self.byteOffset}, {self.byteLength})"
