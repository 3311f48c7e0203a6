"""Keccak as it was submitted, before FIPS 202 put two bits between a message and its padding to make SHA-3 of it.

crypto-js and Ethereum have this one; hashlib has only the other.
"""

from __future__ import annotations

import math
from typing import Final, Self

_LANE: Final = (1 << 64) - 1
#: The places of the lanes in the order in which rho and pi go through them, and how far each is turned.
_TURNS: Final = tuple((step + 1) * (step + 2) // 2 % 64 for step in range(24))


def _path() -> tuple[int, ...]:
    x, y, places = 1, 0, []
    for _ in range(24):
        x, y = y, (2 * x + 3 * y) % 5
        places.append(x + 5 * y)
    return tuple(places)


def _constants() -> tuple[int, ...]:
    """The constants of iota: bits of a shift register, at the places 2^j - 1."""
    register, constants = 1, []
    for _ in range(24):
        constant = 0
        for power in range(7):
            constant |= (register & 1) << ((1 << power) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


_PATH: Final = _path()
_CONSTANTS: Final = _constants()


def _turned(lane: int, by: int) -> int:
    return (lane << by | lane >> (64 - by)) & _LANE


def _permuted(state: list[int]) -> list[int]:
    for constant in _CONSTANTS:
        columns = [state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] for x in range(5)]
        mixed = [columns[x - 1] ^ _turned(columns[(x + 1) % 5], 1) for x in range(5)]
        state = [lane ^ mixed[at % 5] for at, lane in enumerate(state)]
        moving = state[1]
        for place, turn in zip(_PATH, _TURNS, strict=True):
            moving, state[place] = state[place], _turned(moving, turn)
        state = [
            state[at] ^ (~state[at - at % 5 + (at + 1) % 5] & state[at - at % 5 + (at + 2) % 5] & _LANE)
            for at in range(25)
        ]
        state[0] ^= constant
    return state


class Keccak:
    """The hash of `length` bits of what it is updated with; used as those of hashlib are."""

    def __init__(self, length: int) -> None:
        self.size: int = (1600 - 2 * length) // 8
        self._lanes = math.ceil(length / 64)
        self._state = [0] * 25
        self._rest = b""

    def update(self, data: bytes) -> None:
        """Takes more bytes in."""
        data = self._rest + data
        end = len(data) - len(data) % self.size
        for at in range(0, end, self.size):
            self._state = self._absorbed(data[at : at + self.size])
        self._rest = data[end:]

    def _absorbed(self, block: bytes) -> list[int]:
        lanes = [int.from_bytes(block[at : at + 8], "little") for at in range(0, self.size, 8)]
        return _permuted([lane ^ (lanes[at] if at < len(lanes) else 0) for at, lane in enumerate(self._state)])

    def digest(self) -> bytes:
        """The hash, in whole lanes of 8 bytes."""
        block = bytearray((self._rest + b"\x01").ljust(self.size, b"\0"))
        block[-1] |= 0x80
        return b"".join(lane.to_bytes(8, "little") for lane in self._absorbed(bytes(block))[: self._lanes])

    def copy(self) -> Self:
        """One that goes on by itself."""
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other
