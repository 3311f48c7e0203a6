"""NFC tags that a test holds to the phone: what each is by its kind, and what it answers to commands.

Facts: NXP's data sheets of NTAG21x (MIFARE Ultralight) and MF1S50 (MIFARE Classic 1K), and the NFC Forum's "Type 2
Tag". Commands are those that Android's `transceive` of the same technology takes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from . import ndef

#: What programs call the technologies: of `NFCAdapter.tech`, and what `onDiscovered` tells. The second are those that
#: WeChat's programs log; no page has them.
TECHS = {
    "nfcA": "NFC-A",
    "nfcB": "NFC-B",
    "nfcF": "NFC-F",
    "nfcV": "NFC-V",
    "isoDep": "ISO-DEP",
    "ndef": "NDEF",
    "mifareClassic": "MIFARE Classic",
    "mifareUltralight": "MIFARE Ultralight",
}

Answer = Callable[[bytes], "bytes | Awaitable[bytes | None] | None"]

#: What stands in a tag's memory: an NDEF message, and after it the end.
MESSAGE, TERMINATOR = 0x03, 0xFE
ACK, NAK = b"\x0a", b"\x00"


class Tag:
    """A tag of any kind: its own ID, the technologies that it speaks, and a function that answers its commands.

    `answer` gets each command and gives the answer, or None for none at all; it may be async. `records` makes it an
    NDEF tag: ndeflib's records, or the bytes of a message.
    """

    def __init__(
        self,
        *techs: str,
        id: bytes = b"\x04\xa1\xb2\xc3\xd4\xe5\xf6",
        answer: Answer | None = None,
        records: Iterable[Any] | bytes | None = None,
        atqa: bytes = b"\x44\x00",
        sak: int = 0,
        historical_bytes: bytes = b"",
        writable: bool = True,
        capacity: int = 8192,
    ) -> None:
        wrong = [tech for tech in techs if tech not in TECHS]
        if wrong:
            raise ValueError(f"there is no technology {wrong[0]!r}; there are {', '.join(TECHS)}")
        has_message = records is not None and "ndef" not in techs
        self.techs = (*techs, "ndef") if has_message else techs
        self.id, self.atqa, self.sak, self.historical_bytes = id, atqa, sak, historical_bytes
        self.writable, self.capacity = writable, capacity
        self._answer = answer
        self._message = b""
        if records is not None:
            self.message = records if isinstance(records, bytes) else ndef.of_ndeflib(records)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id.hex()} {', '.join(self.techs)}>"

    @property
    def message(self) -> bytes:
        """The NDEF message on the tag; no bytes if there is none. ValueError for one that is none, or is too long."""
        return self._load()

    @message.setter
    def message(self, message: bytes) -> None:
        ndef.decoded(message)
        if len(message) > self.capacity:
            raise ValueError(f"the tag has room for {self.capacity} bytes, and not for {len(message)}")
        self._store(message)

    @property
    def records(self) -> list[ndef.NdefRecord]:
        """The records of the message."""
        return ndef.decoded(self.message) if self.message else []

    def exchange(self, tech: str, command: bytes) -> bytes | Awaitable[bytes | None] | None:
        """What the tag answers; None for nothing, as one that does not know the command."""
        return None if self._answer is None else self._answer(command)

    def connected(self) -> None:
        """A reader begins to talk to it: what it had been told before, as a key, is forgotten."""

    def _load(self) -> bytes:
        return self._message

    def _store(self, message: bytes) -> None:
        self._message = message


class Ultralight(Tag):
    """An NTAG213, with its memory of 45 pages of four bytes, in which an NDEF message stands as the NFC Forum has it.

    It answers READ (30), FAST_READ (3A), WRITE (A2) and GET_VERSION (60). Pages 0 to 2 cannot be written, and of a tag
    that is not `writable` none.
    """

    PAGES, FIRST, LAST = 45, 4, 39
    VERSION = bytes.fromhex("0004040201000f03")

    def __init__(
        self, records: Iterable[Any] | bytes | None = None, *, id: bytes = b"\x04\xa1\xb2\xc3\xd4\xe5\xf6",
        writable: bool = True,
    ) -> None:  # fmt: skip
        if len(id) != 7:
            raise ValueError(f"the tag's ID has 7 bytes, not {len(id)}")
        self.memory = bytearray(self.PAGES * 4)
        one, two = id[:3], id[3:]
        self.memory[:9] = one + bytes([0x88 ^ _xor(one)]) + two + bytes([_xor(two)])
        self.memory[12:16] = b"\xe1\x10\x12" + (b"\x00" if writable else b"\x0f")
        self._store(b"")
        room = (self.LAST - self.FIRST + 1) * 4
        super().__init__(
            "nfcA", "mifareUltralight", "ndef", id=id, records=records, writable=writable, capacity=room - 3
        )

    def exchange(self, tech: str, command: bytes) -> bytes | None:
        """What the tag answers to a command."""
        match list(command):
            case [0x60]:
                return self.VERSION
            case [0x30, page] if page < self.PAGES:
                return bytes((self.memory + self.memory)[page * 4 : page * 4 + 16])
            case [0x3A, first, last] if first <= last < self.PAGES:
                return bytes(self.memory[first * 4 : last * 4 + 4])
            case [0xA2, page, *data] if len(data) == 4 and 2 < page < self.PAGES and self.writable:
                self.memory[page * 4 : page * 4 + 4] = bytes(data)
                return ACK
            case _:
                return NAK

    def _load(self) -> bytes:
        at, end = self.FIRST * 4, (self.LAST + 1) * 4
        while at + 1 < end and self.memory[at] != TERMINATOR:
            kind, length = self.memory[at], self.memory[at + 1]
            if kind == MESSAGE:
                return bytes(self.memory[at + 2 : at + 2 + length])
            at += 1 if kind == 0 else 2 + length
        return b""

    def _store(self, message: bytes) -> None:
        block = bytes([MESSAGE, len(message)]) + message + bytes([TERMINATOR])
        self.memory[self.FIRST * 4 : self.FIRST * 4 + len(block)] = block


class Classic(Tag):
    """A MIFARE Classic 1K: 16 sectors of four blocks of 16 bytes, each sector with two keys in its last block.

    It answers authentication with key A (60) and B (61), reading (30) and writing (A0), as Android's `MifareClassic`
    sends them: a sector has to be opened first by one of its keys. Access bits other than a new card's are not obeyed.
    """

    KEY = b"\xff" * 6

    def __init__(self, *, id: bytes = b"\xa1\xb2\xc3\xd4") -> None:
        if len(id) != 4:
            raise ValueError(f"the card's ID has 4 bytes, not {len(id)}")
        self.memory = bytearray(64 * 16)
        self.memory[:6] = id + bytes([_xor(id), 8])
        for sector in range(16):
            trailer = _trailer(sector)
            self.memory[trailer : trailer + 16] = self.KEY + b"\xff\x07\x80\x69" + self.KEY
        self._sector: int | None = None
        super().__init__("nfcA", "mifareClassic", id=id, atqa=b"\x04\x00", sak=8)

    def set_keys(self, sector: int, a: bytes, b: bytes) -> None:
        """Gives a sector other keys than a new card has."""
        trailer = _trailer(sector)
        self.memory[trailer : trailer + 6], self.memory[trailer + 10 : trailer + 16] = a, b

    def exchange(self, tech: str, command: bytes) -> bytes | None:
        """What the card answers to a command."""
        match list(command):
            case [0x60 | 0x61 as which, block, *rest] if block < 64 and len(rest) == 10:
                return self._open(block // 4, rest[-6:], 0 if which == 0x60 else 10)
            case [0x30, block] if block < 64 and block // 4 == self._sector:
                shown = bytearray(self.memory[block * 16 : block * 16 + 16])
                if block % 4 == 3:
                    shown[:6] = bytes(6)  # key A is never read
                return bytes(shown)
            case [0xA0, block, *data] if len(data) == 16 and 0 < block < 64 and block // 4 == self._sector:
                self.memory[block * 16 : block * 16 + 16] = bytes(data)
                return ACK
            case _:
                return NAK

    def connected(self) -> None:
        """A reader begins to talk to it: every sector is closed."""
        self._sector = None

    def _open(self, sector: int, key: list[int], at: int) -> bytes:
        key_at = _trailer(sector) + at
        fits = self.memory[key_at : key_at + 6] == bytes(key)
        self._sector = sector if fits else None
        return ACK if fits else NAK


def _trailer(sector: int) -> int:
    """Where a sector's last block begins, which has its keys."""
    return (sector * 4 + 3) * 16


def _xor(data: bytes) -> int:
    result = 0
    for byte in data:
        result ^= byte
    return result
