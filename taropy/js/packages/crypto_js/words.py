"""`WordArray`: bytes in words of 32 bits, and how many of the bytes count."""

from __future__ import annotations

import math
import os
import struct
from typing import Any, Self

from ...access import get
from ...array import Array
from ...errors import RangeError, TypeError
from ...missing import is_nullish
from ...object import Object
from ...operators import to_int32
from ...typed_arrays import TypedArray
from ...unported import NotPorted

_WORD = 0xFFFFFFFF


class WordArray(Object):
    """`WordArray.create(words, sigBytes)`, or `WordArray.create(buffer)` of an `ArrayBuffer` or a typed array.

    Words are whole numbers of 32 bits with a sign, the first byte in the highest bits.
    """

    words: Array[Any]
    sigBytes: Any

    def __init__(self, words: Any = None, sigBytes: Any = None) -> None:
        if isinstance(words, bytes | bytearray | TypedArray):
            data = bytes(words)
            self.words, self.sigBytes = words_of(data), len(data)
            return
        self.words = Array() if is_nullish(words) else words
        self.sigBytes = len(self.words) * 4 if is_nullish(sigBytes) else sigBytes

    @classmethod
    def create(cls, words: Any = None, sigBytes: Any = None) -> Self:
        """One of these words, of whose bytes the first `sigBytes` count; all of them, if that is not said."""
        return cls(words, sigBytes)

    @classmethod
    def init(cls, words: Any = None, sigBytes: Any = None) -> Self:
        """As `create`: `new WordArray.init(words)`."""
        return cls(words, sigBytes)

    @classmethod
    def random(cls, nBytes: int) -> Self:
        """So many bytes of the computer's own source for cryptography."""
        return cls(words_of(os.urandom(math.ceil(nBytes / 4) * 4)), nBytes)

    def toString(self, encoder: Any = None) -> str:
        """Its bytes as an encoder of `enc` writes them; in hexadecimal digits, if none is given."""
        return data_of(self).hex() if is_nullish(encoder) else encoder.stringify(self)

    def concat(self, wordArray: Any) -> Self:
        """Adds the bytes of another one to it, and returns it."""
        other = words_like(wordArray)
        self.clamp()
        if self.sigBytes % 4:
            self.words[:] = words_of(data_of(self) + data_of(other))
        else:  # words as they are, with bits in the last one that do not count
            self.words.extend(to_int32(word) for word in other.words[: math.ceil(other.sigBytes / 4)])
        self.sigBytes += other.sigBytes
        return self

    def clamp(self) -> None:
        """Takes away what does not count. `RangeError` if less than nothing does, as after a wrong decryption."""
        if math.ceil(self.sigBytes / 4) < 0:
            raise RangeError("Invalid array length")
        self.words[:] = words_of(data_of(self))

    def clone(self) -> Self:
        """A copy, with words of its own."""
        return type(self)(Array(self.words), self.sigBytes)


def data_of(value: Any, size: int | None = None) -> bytes:
    """The bytes that count; the first `size`, also of those that don't, with zeros for what is not there."""
    count = max(math.ceil(value.sigBytes), 0) if size is None else size
    words = [to_int32(word) & _WORD for word in list(value.words)[: math.ceil(count / 4)]]
    return struct.pack(f">{len(words)}I", *words)[:count].ljust(count, b"\0")


def words_of(data: bytes) -> Array[Any]:
    """The words of bytes, the last one filled with zeros."""
    count = math.ceil(len(data) / 4)
    return Array(struct.unpack(f">{count}i", data.ljust(count * 4, b"\0")))


def words_like(value: Any) -> WordArray:
    """A `WordArray`, or what has its fields. `TypeError` for nothing.

    crypto-js takes whatever else without a word, and answers all numbers alike: that raises `NotPorted`, as does a
    number of bytes that is less than none, or not whole.
    """
    if is_nullish(value):
        raise TypeError("Cannot read properties of undefined (reading 'words')")
    words, count = get(value, "words"), get(value, "sigBytes")
    if not isinstance(words, list) or not isinstance(count, int | float):
        raise NotPorted("crypto-js with what is neither a text nor a WordArray, of which it knows no bytes")
    if count < 0 or count != int(count):
        raise NotPorted(f"crypto-js with a WordArray of {count} bytes")
    return value if isinstance(value, WordArray) else WordArray(words, count)


def has_more_bits(value: WordArray) -> bool:
    """Whether there are bits beyond those that count in the word that the last of these is in."""
    rest = value.sigBytes % 4
    at = int(value.sigBytes // 4)
    return bool(rest and at < len(value.words) and to_int32(value.words[at]) & (_WORD >> 8 * rest))
