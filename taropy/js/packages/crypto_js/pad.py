"""`pad`: how the last block is filled. Each has `pad(data, blockSize)` and `unpad(data)`, which change a `WordArray`.

Nobody looks whether what is taken away was a padding: after a decryption with a wrong key, `sigBytes` is anything.
"""

from __future__ import annotations

from typing import Any, Final

from ...operators import to_int32
from .words import WordArray, data_of, words_of


def _missing(data: Any, blockSize: int) -> int:
    """How many bytes the last block lacks; a whole block's, if it lacks none."""
    size = blockSize * 4
    return size - int(data.sigBytes) % size


class Padding:
    """One whose last byte says how many there are."""

    def pad(self, data: Any, blockSize: int) -> None:
        """Fills the last block, or adds one."""
        data.concat(WordArray(self._bytes(_missing(data, blockSize))))

    def _bytes(self, count: int) -> bytes:
        raise NotImplementedError

    def unpad(self, data: Any) -> None:
        """Takes away as many bytes as the lowest byte of the last word says."""
        at = int(data.sigBytes - 1) // 4
        last = to_int32(data.words[at]) & 0xFF if 0 <= at < len(data.words) else 0
        data.sigBytes -= last


class Pkcs7Padding(Padding):
    """All bytes say how many there are."""

    def _bytes(self, count: int) -> bytes:
        return bytes([count] * count)


class AnsiX923Padding(Padding):
    """Zeros before the last byte."""

    def _bytes(self, count: int) -> bytes:
        return bytes(count - 1) + bytes([count])


class Iso10126Padding(Padding):
    """Random bytes before the last one."""

    def _bytes(self, count: int) -> bytes:
        return data_of(WordArray.random(count - 1)) + bytes([count])


class ZerosPadding(Padding):
    """Zeros, none if the last block is full."""

    def pad(self, data: Any, blockSize: int) -> None:
        """Fills the last block."""
        data.clamp()
        data.sigBytes += _missing(data, blockSize) % (blockSize * 4)

    def unpad(self, data: Any) -> None:
        """Takes away all zeros at the end, unless there is nothing else."""
        data.sigBytes = len(data_of(data).rstrip(b"\0")) or data.sigBytes


class Iso97971Padding(Padding):
    """A byte of 0x80, then zeros."""

    def pad(self, data: Any, blockSize: int) -> None:
        """Fills the last block, or adds one."""
        data.concat(WordArray(words_of(b"\x80"), 1))
        ZeroPadding.pad(data, blockSize)

    def unpad(self, data: Any) -> None:
        """Takes away all zeros at the end, and a byte more."""
        ZeroPadding.unpad(data)
        data.sigBytes -= 1


class WithoutPadding(Padding):
    """Nothing: what comes out is as long as what went in."""

    def pad(self, data: Any, blockSize: int) -> None:
        """Does nothing."""

    def unpad(self, data: Any) -> None:
        """Does nothing."""


Pkcs7: Final = Pkcs7Padding()
AnsiX923: Final = AnsiX923Padding()
Iso10126: Final = Iso10126Padding()
Iso97971: Final = Iso97971Padding()
ZeroPadding: Final = ZerosPadding()
NoPadding: Final = WithoutPadding()
