"""`mode`: how what a block becomes depends on those before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ...errors import TypeError
from ...unported import NotPorted


class Blocks(Protocol):
    """A cipher with its key, which takes blocks one by one; `size` is how many bytes a block has."""

    size: int

    def encrypt(self, data: bytes) -> bytes:
        """Blocks, each encrypted."""
        ...

    def decrypt(self, data: bytes) -> bytes:
        """Blocks, each decrypted."""
        ...


class Mode:
    """A mode at work: `iv` is what stands before the first block, None if nothing was given."""

    def __init__(self, blocks: Blocks, iv: bytes | None, *, encrypts: bool) -> None:
        self._blocks = blocks
        self._before = iv
        self._encrypts = encrypts

    def process(self, data: bytes) -> bytes:
        """Blocks, encrypted or decrypted. `TypeError` without an iv, where the mode needs one."""
        if not data:
            return b""
        if self._before is None:
            raise TypeError("Cannot read properties of undefined (reading '0')")
        made, self._before = self._processed(data, self._before)
        return made

    def _processed(self, data: bytes, before: bytes) -> tuple[bytes, bytes]:
        """What the data become, and what stands before those that come next."""
        raise NotImplementedError

    def _each(self, data: bytes) -> list[bytes]:
        return [data[at : at + self._blocks.size] for at in range(0, len(data), self._blocks.size)]


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))


class ECB(Mode):
    """Each block by itself."""

    def process(self, data: bytes) -> bytes:
        """Blocks, encrypted or decrypted; there is no iv."""
        return self._blocks.encrypt(data) if self._encrypts else self._blocks.decrypt(data)


class CBC(Mode):
    """Each block is mixed with the encrypted one before it."""

    def _processed(self, data: bytes, before: bytes) -> tuple[bytes, bytes]:
        size = self._blocks.size
        if not self._encrypts:
            return _xor(self._blocks.decrypt(data), (before + data)[:-size]), data[-size:]
        made = []
        for block in self._each(data):
            before = self._blocks.encrypt(_xor(block, before))
            made.append(before)
        return b"".join(made), before


class CFB(Mode):
    """The encrypted block before it, encrypted again, is mixed into each block."""

    def _processed(self, data: bytes, before: bytes) -> tuple[bytes, bytes]:
        size = self._blocks.size
        if not self._encrypts:
            return _xor(data, self._blocks.encrypt((before + data)[:-size])), data[-size:]
        made = []
        for block in self._each(data):
            before = _xor(block, self._blocks.encrypt(before))
            made.append(before)
        return b"".join(made), before


class OFB(Mode):
    """The iv, encrypted again for each block, is mixed into it."""

    def _processed(self, data: bytes, before: bytes) -> tuple[bytes, bytes]:
        made = []
        for block in self._each(data):
            before = self._blocks.encrypt(before)
            made.append(_xor(block, before))
        return b"".join(made), before


class CTR(Mode):
    """The iv, encrypted, is mixed into each block; then its last word counts on, and starts at 0 after its end."""

    def _processed(self, data: bytes, before: bytes) -> tuple[bytes, bytes]:
        start, first = before[:-4], int.from_bytes(before[-4:])
        last = first + len(data) // self._blocks.size
        counters = b"".join(start + (number % 2**32).to_bytes(4) for number in range(first, last))
        return _xor(data, self._blocks.encrypt(counters)), start + (last % 2**32).to_bytes(4)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name == "CTRGladman":
            raise NotPorted(f"mode.{name} of crypto-js")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
