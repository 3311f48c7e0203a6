"""Fonts in files: what Skia reads, and WOFF2, which fonttools makes that of."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from ...extras import need
from .library import EXTRA, skia

WHAT = "a font in WOFF2"
#: How many bytes a font may have when it is unpacked.
MOST_BYTES = 64 * 1024 * 1024


def read(data: bytes) -> Any:
    """The typeface in a file: TrueType, OpenType, WOFF or WOFF2; None if there is none, or it is broken."""
    if data.startswith(b"wOF2"):
        data = _unpacked(data)
    return skia.Typeface.MakeFromData(skia.Data.MakeWithCopy(data)) if data else None


def _unpacked(data: bytes) -> bytes:
    """A WOFF2 font as what it was packed of; nothing if it is broken, or says that it is too large."""
    if int.from_bytes(data[16:20], "big") > MOST_BYTES:  # www.w3.org/TR/WOFF2, "totalSfntSize"
        return b""
    need("brotli", extra=EXTRA, what=WHAT)
    woff2, unpacked = need("fontTools.ttLib.woff2", extra=EXTRA, what=WHAT), BytesIO()
    try:
        woff2.decompress(BytesIO(data), unpacked)
    except Exception:  # fonttools has no one class for all that may be wrong with a file
        return b""
    return unpacked.getvalue()
