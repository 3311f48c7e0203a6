"""`enc`: how a text stands for bytes. Each has `stringify(wordArray)` and `parse(text)`.

What `parse` can't read counts as zeros, as it does in crypto-js.
"""

from __future__ import annotations

import base64
import re
from typing import Any, Final

from ...array import Array
from ...conversions import text
from ...errors import Error, TypeError, URIError
from ...missing import is_nullish
from ...numeric import parseInt
from ...operators import to_int32
from ...unported import NotPorted
from ...utf16 import joined, units
from .words import WordArray, data_of, words_of

_PAIRS = re.compile("(?:[0-9a-fA-F]{2})*")
_NOT_BASE64 = re.compile("[^A-Za-z0-9+/]", re.DOTALL)
_TO_URL = str.maketrans("+/", "-_")
_FROM_URL = str.maketrans("-_+/=", "+/AAA")


def _made(data: bytes) -> WordArray:
    return WordArray(words_of(data), len(data))


def _checked(value: Any) -> str:
    if is_nullish(value):
        raise TypeError("Cannot read properties of undefined (reading 'length')")
    if not isinstance(value, str):
        raise NotPorted("an encoder of crypto-js with what is no text")
    return value


class HexEncoder:
    """Two hexadecimal digits a byte."""

    def stringify(self, wordArray: Any) -> str:
        """The digits, small."""
        return data_of(wordArray).hex()

    def parse(self, hexStr: Any) -> WordArray:
        """The bytes; an odd number of digits makes half a byte more."""
        string = _checked(hexStr)
        if _PAIRS.fullmatch(string):
            return _made(bytes.fromhex(string))
        string = units(string)
        words = [0] * -(-len(string) // 8)
        for at in range(0, len(string), 2):
            words[at // 8] |= to_int32(parseInt(string[at : at + 2], 16)) << (24 - at % 8 * 4)
        count = len(string) / 2
        return WordArray(Array(to_int32(word) for word in words), int(count) if count.is_integer() else count)


class Latin1Encoder:
    """A character a byte."""

    def stringify(self, wordArray: Any) -> str:
        """The characters from U+0000 to U+00FF."""
        return data_of(wordArray).decode("latin-1")

    def parse(self, latin1Str: Any) -> WordArray:
        """The lower bytes of the characters."""
        return _made(bytes(ord(unit) & 0xFF for unit in units(_checked(latin1Str))))


class Utf8Encoder:
    """UTF-8."""

    def stringify(self, wordArray: Any) -> str:
        """The text. `Error` for bytes that are no UTF-8, as those of a decryption with a wrong key are."""
        try:
            return data_of(wordArray).decode()
        except UnicodeDecodeError:
            raise Error("Malformed UTF-8 data") from None

    def parse(self, utf8Str: Any) -> WordArray:
        """The bytes of a text, and of the text of whatever else. `URIError` for half of a surrogate pair."""
        try:
            return _made(joined(text(utf8Str)).encode())
        except UnicodeEncodeError:
            raise URIError("URI malformed") from None


class Utf16Encoder:
    """Two bytes a unit of UTF-16."""

    def __init__(self, codec: str) -> None:
        self._codec = codec

    def stringify(self, wordArray: Any) -> str:
        """The text; a byte that is left over has a zero beside it."""
        count = max(int(wordArray.sigBytes), 0)
        return data_of(wordArray, count + count % 2).decode(self._codec, "surrogatepass")

    def parse(self, utf16Str: Any) -> WordArray:
        """The bytes."""
        return _made(_checked(utf16Str).encode(self._codec, "surrogatepass"))


class Base64Encoder:
    """Base64."""

    def stringify(self, wordArray: Any) -> str:
        """The characters, with `=` at the end."""
        wordArray.clamp()
        return base64.b64encode(data_of(wordArray)).decode()

    def parse(self, base64Str: Any) -> WordArray:
        """The bytes of what stands before the first `=`."""
        if not is_nullish(base64Str) and not isinstance(base64Str, str):
            raise TypeError("base64Str.indexOf is not a function")
        return _made(_read(_checked(base64Str).partition("=")[0]))


class Base64urlEncoder:
    """Base64 with `-` and `_` for `+` and `/`, and without `=`."""

    def stringify(self, wordArray: Any, urlSafe: Any = True) -> str:
        """The characters; if `urlSafe` is false, those of `Base64`."""
        written = Base64.stringify(wordArray)
        return written if urlSafe is False else written.translate(_TO_URL).rstrip("=")

    def parse(self, base64Str: Any, urlSafe: Any = True) -> WordArray:
        """The bytes; a `=` is none of its characters, and counts as zeros."""
        if urlSafe is False:
            raise NotPorted("Base64url.parse(text, false) of crypto-js, which answers by what it was asked first")
        return _made(_read(_checked(base64Str).translate(_FROM_URL)))


def _read(string: str) -> bytes:
    plain = _NOT_BASE64.sub("A", units(string))
    plain = plain[:-1] if len(plain) % 4 == 1 else plain  # six bits are no byte
    return base64.b64decode(plain + "=" * (-len(plain) % 4))


Hex: Final = HexEncoder()
Latin1: Final = Latin1Encoder()
Utf8: Final = Utf8Encoder()
Utf16BE: Final = Utf16Encoder("utf-16-be")
Utf16: Final = Utf16BE
Utf16LE: Final = Utf16Encoder("utf-16-le")
Base64: Final = Base64Encoder()
Base64url: Final = Base64urlEncoder()
