"""What a data URL (RFC 2397) holds."""

from __future__ import annotations

from base64 import b64decode
from urllib.parse import unquote, unquote_to_bytes

DATA = "data:"


def of_data_url(url: str) -> tuple[str, bytes]:
    """The media type, "" if it has none, and the bytes of a data URL; `ValueError` if it is none."""
    kind, comma, text = url.removeprefix(DATA).partition(",")
    if not comma:
        raise ValueError("a data URL has a comma")
    body = b64decode(unquote(text), validate=True) if kind.endswith(";base64") else unquote_to_bytes(text)
    return kind.removesuffix(";base64"), body
