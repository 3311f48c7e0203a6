"""Text in URIs: `encodeURIComponent`, `decodeURIComponent`, `encodeURI`, `decodeURI`, `escape` and `unescape`.

What is given that is no text counts as its text, as it does in JavaScript: `encodeURIComponent(5)` is "5".
"""

from __future__ import annotations

import re
from typing import Any, NoReturn
from urllib.parse import quote

from .conversions import text as text_of
from .errors import URIError
from .utf16 import joined, units

_MARKS = "!'()*"  # beside the -._~ that `quote` keeps by itself
_RESERVED = ";/?:@&=+$,#"
_RESERVED_BYTE = re.compile("(%(?:2[346BbCcFf]|3[AaBbDdFf]|40))")
_RUN = re.compile("(?:%[0-9a-fA-F]{2})+|%")
_ESCAPED = re.compile("%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})")
_TO_ESCAPE = re.compile(r"[^A-Za-z0-9@*_+\-./]")


def encodeURIComponent(value: Any) -> str:
    """The text with all but letters, digits and -_.!~*'() as the percent-encoded bytes of UTF-8.

    `URIError` for one that has half of a surrogate pair.
    """
    return _encoded(text_of(value), _MARKS)


def encodeURI(value: Any) -> str:
    """The same, which also keeps what separates the parts of a URI: ;/?:@&=+$,#"""
    return _encoded(text_of(value), _MARKS + _RESERVED)


def decodeURIComponent(value: Any) -> str:
    """The text whose percent-encoded bytes these are.

    `URIError` for what is no UTF-8, and for a % without two digits.
    """
    return _decoded(text_of(value))


def decodeURI(value: Any) -> str:
    """The same, which keeps the encodings of ;/?:@&=+$,# as they are."""
    parts = _RESERVED_BYTE.split(text_of(value))  # every second one is the encoding of one of these
    return "".join(part if place % 2 else _decoded(part) for place, part in enumerate(parts))


def escape(value: Any) -> str:
    """The text with all but letters, digits and @*_+-./ as %XX, or as %uXXXX for UTF-16 units above 255."""
    return _TO_ESCAPE.sub(_escaped, text_of(value))


def unescape(value: Any) -> str:
    """The text that `escape` has made this of. What is no such escape stays as it is."""
    return joined(_ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), text_of(value)))


def _encoded(text: str, kept: str) -> str:
    if text.isascii() and text.isalnum():  # which most names and many values are
        return text
    try:
        return quote(text, safe=kept)
    except UnicodeEncodeError:
        try:
            return quote(joined(text), safe=kept)
        except UnicodeEncodeError:
            _malformed()


def _decoded(text: str) -> str:
    return _RUN.sub(_decoded_run, text) if "%" in text else text


def _decoded_run(run: re.Match[str]) -> str:
    try:
        return bytes.fromhex(run[0].replace("%", "")).decode() if len(run[0]) > 1 else _malformed()
    except UnicodeDecodeError:
        return _malformed()


def _malformed() -> NoReturn:
    raise URIError("URI malformed") from None


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"%{unit:02X}" if unit < 256 else f"%u{unit:04X}" for unit in map(ord, units(found[0])))
