"""`btoa` and `atob`: base64 of text whose characters stand for bytes."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import Any

from .conversions import text as text_of
from .dom_exception import DOMException

_SPACE = re.compile("[\t\n\f\r ]")
_BASE64 = re.compile("[A-Za-z0-9+/]*")


def btoa(value: Any) -> str:
    """Base64 of a text, each character of which is a byte. `DOMException` (InvalidCharacterError) beyond U+00FF."""
    try:
        return b64encode(text_of(value).encode("latin-1")).decode("ascii")
    except UnicodeEncodeError:
        raise DOMException("Invalid character", "InvalidCharacterError") from None


def atob(value: Any) -> str:
    """The text whose base64 this is; spaces and missing padding are allowed.

    `DOMException` (InvalidCharacterError) for what is no base64.
    """
    text = _SPACE.sub("", text_of(value))
    if len(text) % 4 == 0:
        text = text.removesuffix("=").removesuffix("=")
    if len(text) % 4 == 1 or not _BASE64.fullmatch(text):
        raise DOMException("The string to be decoded is not correctly encoded.", "InvalidCharacterError")
    return b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")
