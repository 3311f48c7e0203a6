"""Text and bytes as `@tarojs/taro-h5` 4.2.1 turns one into the other: by base64-js (`fromByteArray`, `toByteArray`).

The former takes an array of bytes and no ArrayBuffer, which has no length for it. To the latter a character that has no
value is zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_letters, ascii_uppercase, digits

from ..core.answers import Fail

_DIGITS = f"{ascii_uppercase}{ascii_letters.removesuffix(ascii_uppercase)}{digits}+/"
_VALUES: Mapping[str, int] = {**{digit: value for value, digit in enumerate(_DIGITS)}, "-": 62, "_": 63}


def text_of(buffer: bytes) -> str:
    """What base64-js makes of an ArrayBuffer: nothing."""
    return ""


def bytes_of(text: str) -> bytes:
    """The bytes of a text of base64; those of an address (`-`, `_`) are read too. Only its length may be wrong."""
    if len(text) % 4:
        raise Fail("Invalid string. Length must be a multiple of 4")
    valid = text.partition("=")[0]
    padding = 0 if len(valid) == len(text) else 4 - len(valid) % 4
    length = (len(valid) + padding) * 3 // 4 - padding
    made = b"".join(_bytes_of(valid[at : at + 4]) for at in range(0, len(valid), 4))
    return made[:length].ljust(length, b"\0")


def _bytes_of(four: str) -> bytes:
    number = 0
    for digit in four.ljust(4, "A"):
        number = number << 6 | _VALUES.get(digit, 0)
    return number.to_bytes(3, "big")
