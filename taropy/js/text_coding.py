"""`TextEncoder` and `TextDecoder`: text as bytes, and bytes as text."""

from __future__ import annotations

import codecs
import re
from typing import Any, Final

from .conversions import text
from .errors import RangeError, TypeError
from .missing import is_nullish
from .typed_arrays import TypedArray, Uint8Array
from .utf16 import usv

# The labels that programs use, of those that the Encoding Standard has. GBK is read as the larger GB 18030.
_ENCODINGS: Final = {
    **dict.fromkeys(["utf-8", "utf8", "unicode-1-1-utf-8"], "utf-8"),
    **dict.fromkeys(["utf-16le", "utf-16", "ucs-2", "unicode"], "utf-16le"),
    "utf-16be": "utf-16be",
    **dict.fromkeys(["gbk", "gb2312", "gb_2312-80", "chinese", "x-gbk"], "gbk"),
    "gb18030": "gb18030",
}
_CODECS: Final = {
    "utf-8": "utf-8",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "gbk": "gb18030",
    "gb18030": "gb18030",
}


# Characters of GB 18030, and the byte 80, which is none: the web reads it as a euro sign.
_GB = re.compile(rb"[\x81-\xfe](?:[0-9][\x81-\xfe][0-9]|[\x40-\x7e\x80-\xfe])|(\x80)")
_EURO: Final = "€".encode("gb18030")


class TextEncoder:
    """Writes text as UTF-8; half of a surrogate pair as U+FFFD."""

    encoding: Final[str] = "utf-8"

    @staticmethod
    def encode(value: Any = "") -> Uint8Array:
        """The bytes of a text."""
        return Uint8Array(usv(text(value)).encode())


class TextDecoder:
    """`TextDecoder(label, {"fatal": …, "ignoreBOM": …})`: reads text of an encoding, by default UTF-8.

    Of others it reads UTF-16, GBK and GB 18030; `RangeError` for any other label.

    - `fatal`: bytes that mean nothing raise `TypeError`; otherwise each is read as U+FFFD.
    - `ignoreBOM`: a byte order mark stays in the text.
    """

    def __init__(self, label: Any = "utf-8", options: Any = None) -> None:
        name = text(label).strip().lower()
        if name not in _ENCODINGS:
            raise RangeError(f'The "{text(label)}" encoding is not supported')
        self.encoding: str = _ENCODINGS[name]
        self.fatal: bool = _is_set(options, "fatal")
        self.ignoreBOM: bool = _is_set(options, "ignoreBOM")
        self._decoder: codecs.IncrementalDecoder | None = None
        self._begun = False

    def decode(self, data: Any = b"", options: Any = None) -> str:
        """The text of bytes, or of a view's; with `{"stream": True}` the next ones may end a character of these."""
        stream = _is_set(options, "stream")
        if self._decoder is None:
            make = codecs.getincrementaldecoder(_CODECS[self.encoding])
            self._decoder, self._begun = make("strict" if self.fatal else "replace"), False
        try:
            read = self._decoder.decode(self._in_python(_bytes_of(data)), not stream)
        except UnicodeDecodeError:
            self._decoder = None
            raise TypeError(f"The encoded data was not valid for encoding {self.encoding}") from None
        if read and not self._begun:
            self._begun = True
            read = read if self.ignoreBOM else read.removeprefix("\ufeff")
        if not stream:
            self._decoder = None
        return read

    def _in_python(self, data: bytes) -> bytes:
        """The bytes as Python's decoder reads them right, which may have begun a character already."""
        if not self.encoding.startswith("gb") or b"\x80" not in data:
            return data
        assert self._decoder is not None
        begun = self._decoder.getstate()[0]
        return _GB.sub(lambda found: _EURO if found[1] else found[0], begun + data)[len(begun) :]


def _is_set(options: Any, name: str) -> bool:
    return not is_nullish(options) and bool(dict(options).get(name))


def _bytes_of(data: Any) -> bytes:
    if isinstance(data, TypedArray):
        return bytes(data)
    if isinstance(data, bytes | bytearray | memoryview):
        return bytes(data)
    if is_nullish(data):
        return b""
    raise TypeError("The list argument must be an instance of ArrayBuffer or a view on one")
