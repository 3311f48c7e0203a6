"""`Buffer`, which is Node.js's and which builds of Taro bring to programs that name it: bytes, and text as bytes.

It has what programs use it for: base64, hex and UTF-8 both ways, and bytes put together. Reading and writing numbers in
it is what a `DataView` is for.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Self

from .array import Array
from .array_buffer import span
from .both_methods import beside
from .conversions import integer, text
from .errors import RangeError, TypeError
from .missing import is_nullish
from .obj import Obj
from .typed_arrays import TypedArray, Uint8Array
from .utf16 import units, usv

_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_PAIRS = re.compile("(?:[0-9a-fA-F]{2})*")


def _from_base64(value: str) -> bytes:
    """Of either alphabet; what belongs to none is left out, and what comes after padding."""
    plain = value.encode("ascii", "ignore").translate(bytes.maketrans(b"-_", b"+/")).partition(b"=")[0]
    plain = _NO_BASE64.sub(b"", plain)
    plain = plain[:-1] if len(plain) % 4 == 1 else plain
    return b64decode(plain + b"=" * (-len(plain) % 4))


def _base64url(data: bytes) -> str:
    return b64encode(data, b"-_").rstrip(b"=").decode()


def _from_hex(value: str) -> bytes:
    """The pairs of digits up to what is none."""
    pairs = _PAIRS.match(value)
    return bytes.fromhex(pairs[0] if pairs is not None else "")


def _low_bytes(value: str) -> bytes:
    return bytes(ord(unit) & 0xFF for unit in units(value))


# How a text is written as bytes, and bytes are read as a text, by the names in Node.js's documentation of `Buffer`.
_UTF8: Final = (lambda value: usv(value).encode(), lambda data: data.decode("utf-8", "replace"))
_UTF16: Final = (
    lambda value: value.encode("utf-16-le", "surrogatepass"),
    lambda data: data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass"),
)
_LATIN: Final = (_low_bytes, lambda data: data.decode("latin-1"))
_ENCODINGS: Final[Mapping[str, tuple[Callable[[str], bytes], Callable[[bytes], str]]]] = {
    "utf8": _UTF8,
    "utf-8": _UTF8,
    "ucs2": _UTF16,
    "ucs-2": _UTF16,
    "utf16le": _UTF16,
    "utf-16le": _UTF16,
    "latin1": _LATIN,
    "binary": _LATIN,
    "ascii": (_low_bytes, lambda data: bytes(each & 0x7F for each in data).decode("ascii")),
    "base64": (_from_base64, lambda data: b64encode(data).decode()),
    "base64url": (_from_base64, _base64url),
    "hex": (_from_hex, bytes.hex),
}


class Buffer(Uint8Array):
    """Bytes of Node.js's: `Buffer.from_("text", "utf8")`, `Buffer.alloc(4)`, `Buffer.concat([one, other])`.

    Encodings are utf8, utf16le (ucs2), latin1 (binary), ascii, base64, base64url and hex. Numbers are not read or
    written in it by `readUInt16BE` and its kin: `DataView(buffer.buffer)` does that.
    """

    __slots__ = ()

    @classmethod
    def from_(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls, source: Any, encoding: Any = None, length: Any = None
    ) -> Self:
        """`Buffer.from(source)`: a text's bytes in an encoding, a copy of numbers, or a view on an `ArrayBuffer`.

        `TypeError` for an encoding or a value of which there are no bytes.
        """
        if isinstance(source, str):
            return cls(bytearray(_coded(encoding)[0](str.__str__(source))))
        if isinstance(source, bytes | bytearray):
            return cls(source, encoding, length)
        if isinstance(source, dict) and dict.get(source, "type") == "Buffer":
            return cls(source["data"])
        if isinstance(source, Iterable):
            return cls(source)
        kinds = "type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object"
        raise TypeError(f"The first argument must be of {kinds}. Received {text(source)}")

    @classmethod
    def alloc(cls, size: Any, fill: Any = 0, encoding: Any = None) -> Self:
        """So many bytes that are 0, or `fill` again and again. `RangeError` for less than none."""
        count = integer(size)
        if count < 0:
            raise RangeError(f'The value of "size" is out of range. It must be >= 0. Received {text(size)}')
        made = cls(count)
        pattern = bytes(cls.from_(fill, encoding)) if isinstance(fill, str | TypedArray) else bytes(cls([fill]))
        if any(pattern):
            made.memory()[:] = (pattern * (len(made) // len(pattern) + 1))[: len(made)]
        return made

    @classmethod
    def allocUnsafe(cls, size: Any) -> Self:
        """So many bytes, which in Node.js may be anything and here are 0."""
        return cls.alloc(size)

    @classmethod
    def concat(cls, list: Iterable[Any], totalLength: Any = None) -> Self:
        """One after another, cut to `totalLength` or filled up with 0."""
        joined = b"".join(map(bytes, list))
        if not is_nullish(totalLength):
            total = int(integer(totalLength))
            joined = joined[:total].ljust(total, b"\0")
        return cls(bytearray(joined))

    @staticmethod
    def _byte_length(value: Any, encoding: Any = None) -> int:
        """How many bytes a text has in an encoding, or a buffer. Of a buffer itself it is a number: how many it has."""
        return len(Buffer.from_(value, encoding)) if isinstance(value, str) else len(bytes(value))

    byteLength: Any = beside(_byte_length)(Uint8Array.byteLength)

    @classmethod
    def isBuffer(cls, value: Any) -> bool:
        """Whether it is one."""
        return isinstance(value, Buffer)

    @classmethod
    def isEncoding(cls, encoding: Any) -> bool:
        """Whether there is an encoding of this name."""
        return isinstance(encoding, str) and encoding.lower() in _ENCODINGS

    @classmethod
    def compare(cls, one: Any, other: Any) -> int:
        """-1, 0 or 1: which comes first, byte by byte."""
        first, second = bytes(one), bytes(other)
        return (first > second) - (first < second)

    def equals(self, other: Any) -> bool:
        """Whether the bytes are the same."""
        return bytes(self) == bytes(other)

    def toString(self, encoding: Any = None, start: Any = 0, end: Any = None) -> str:
        """The text that its bytes, or a part of them, are in an encoding; UTF-8 by default."""
        first, last = (max(0, int(integer(place))) for place in (start, len(self) if is_nullish(end) else end))
        return _coded(encoding)[1](bytes(self)[first:last])

    def toJSON(self) -> Obj:
        """What `JSON.stringify` writes of it."""
        return Obj({"type": "Buffer", "data": Array(self)})

    def write(self, value: Any, offset: Any = 0) -> int:
        """Writes a text as UTF-8 from a place on, as far as its characters fit; gives the number of bytes."""
        place = int(integer(offset))
        room = len(self) - place
        data = usv(text(value)).encode()[: max(room, 0)].decode("utf-8", "ignore").encode()
        self.memory()[place : place + len(data)] = data
        return len(data)

    def slice(self, start: Any = 0, end: Any = None) -> Self:
        """A part that shares the memory, which a `Uint8Array`'s does not."""
        return self.subarray(start, end)

    def indexOf(self, value: Any, start: Any = 0) -> int:
        """Where a text, bytes, or a byte is first, -1 if nowhere."""
        if not isinstance(value, str | TypedArray):
            return super().indexOf(value, start)
        first, _ = span(len(self), start, None)
        return bytes(self).find(bytes(Buffer.from_(value)), first)

    def includes(self, value: Any, start: Any = 0) -> bool:
        """Whether a text, bytes, or a byte is in it."""
        return self.indexOf(value, start) >= 0


def _coded(encoding: Any) -> tuple[Callable[[str], bytes], Callable[[bytes], str]]:
    name = "utf8" if is_nullish(encoding) else text(encoding).lower()
    if name not in _ENCODINGS:
        raise TypeError(f"Unknown encoding: {text(encoding)}")
    return _ENCODINGS[name]
