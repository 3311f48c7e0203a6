"""What a url holds, or a page's browser has of it, without a server that would have to be asked."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import AsyncIterator
from urllib.parse import unquote, unquote_to_bytes

DATA = "data:"


def of_data_url(url: str) -> tuple[str, bytes]:
    """The media type, "" if it has none, and the bytes of a data URL (RFC 2397); `ValueError` if it is none."""
    kind, comma, text = url.removeprefix(DATA).partition(",")
    if not comma:
        raise ValueError("a data URL has a comma")
    body = b64decode(unquote(text), validate=True) if kind.endswith(";base64") else unquote_to_bytes(text)
    return kind.removesuffix(";base64"), body


async def whole(body: bytes) -> AsyncIterator[bytes]:
    """A body that is there, as one that comes in."""
    yield body
