"""Text as bytes and back, in the encodings that the functions on files know.

They are Node's, by their names and by what they do with what does not fit: `utf8` puts U+FFFD in its place, `latin1`
and `ascii` take the lower half of a letter. WeChat refuses text that is no base64 (`base64 encode error`).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from .failures import fail

Convert = TypeVar("Convert")

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_HEX = re.compile("(?:[0-9A-Fa-f]{2})*")


def _to_utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _HALF_PAIR.sub("\ufffd", text).encode()


def _to_utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _to_latin1(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return _to_utf16(text)[::2]


def _to_bytes_of_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise fail(1300203, "base64 encode error") from error


def _to_bytes_of_hex(text: str) -> bytes:
    if not _HEX.fullmatch(text):
        raise fail(1300022, "Invalid argument")
    return bytes.fromhex(text)


def _from_utf8(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _from_utf16(data: bytes) -> str:
    return data[: len(data) & ~1].decode("utf-16-le", "surrogatepass")


def _from_ascii(data: bytes) -> str:
    return data.translate(_SEVEN_BITS).decode("ascii")


_SEVEN_BITS = bytes(byte & 0x7F for byte in range(256))

_ENCODE: Mapping[str, Callable[[str], bytes]] = {
    **dict.fromkeys(("utf8", "utf-8"), _to_utf8),
    **dict.fromkeys(("ascii", "binary", "latin1"), _to_latin1),
    **dict.fromkeys(("ucs2", "ucs-2", "utf16le", "utf-16le"), _to_utf16),
    "base64": _to_bytes_of_base64,
    "hex": _to_bytes_of_hex,
}
_DECODE: Mapping[str, Callable[[bytes], str]] = {
    **dict.fromkeys(("utf8", "utf-8"), _from_utf8),
    **dict.fromkeys(("binary", "latin1"), lambda data: data.decode("latin-1")),
    **dict.fromkeys(("ucs2", "ucs-2", "utf16le", "utf-16le"), _from_utf16),
    "ascii": _from_ascii,
    "base64": lambda data: base64.b64encode(data).decode(),
    "hex": bytes.hex,
}


def encode(text: str, encoding: str | None) -> bytes:
    """`text` as bytes, in UTF-8 unless told otherwise; `Fail` if the encoding is unknown or cannot hold it."""
    return _known(_ENCODE, encoding or "utf8")(text)


def decode(data: bytes, encoding: str | None) -> str | bytes:
    """`data` as text; without an encoding, as it is."""
    return data if encoding is None else _known(_DECODE, encoding)(data)


def _known(table: Mapping[str, Convert], encoding: str) -> Convert:
    convert = table.get(encoding.lower())
    if convert is None:
        # The words are those of WeChat for Android, which takes capitals too; the code is judgement.
        raise fail(1300022, "invalid encoding")
    return convert
