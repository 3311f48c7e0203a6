"""blueimp-md5 2.19, and the plain calls of md5 and js-md5: the MD5 of a text, as of its bytes in UTF-8."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from ..conversions import text, truthy


def blueimp_md5(string: Any, key: Any = None, raw: Any = None) -> str:
    """In hexadecimal digits, with a key as HMAC; if `raw`, as a text of 16 characters, one a byte."""
    digest = _digest(string, key)
    return digest.decode("latin-1") if truthy(raw) else digest.hex()


def md5(message: Any) -> str:
    """In hexadecimal digits."""
    return _digest(message, None).hex()


def _digest(string: Any, key: Any) -> bytes:
    given = _bytes(string)
    if truthy(key):
        return hmac.new(_bytes(key), given, "md5").digest()
    return hashlib.md5(given, usedforsecurity=False).digest()


def _bytes(value: Any) -> bytes:
    return text(value).encode("utf-8", "surrogatepass")
