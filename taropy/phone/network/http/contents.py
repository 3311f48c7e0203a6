"""What a file is, by the bytes that it begins with, as Alipay's client names what it has downloaded.

The five endings are those of github.com/AlipayDocs/open-docs, `my.downloadFile`; which formats its client knows is not
written there, so those that phones show and play are here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: How many bytes tell the kind.
HEAD = 16

_BEGINNINGS: Mapping[str, Sequence[bytes]] = {
    ".image": (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\0", b"MM\0*"),
    ".video": (b"\x1aE\xdf\xa3", b"FLV\x01", b"\0\0\x01\xba"),
    ".audio": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9", b"OggS", b"fLaC", b"#!AMR"),
    ".pdf": (b"%PDF-",),
}
# What stands behind the first eight bytes of containers: RIFF's kind of content, and the brand of an ISO file.
_IN_RIFF: Mapping[bytes, str] = {b"WEBP": ".image", b"AVI ": ".video", b"WAVE": ".audio"}
_BRANDS: Mapping[bytes, str] = {
    **dict.fromkeys((b"heic", b"heix", b"mif1", b"msf1", b"avif"), ".image"),
    **dict.fromkeys((b"M4A ", b"M4B "), ".audio"),
}


def ending(head: bytes) -> str:
    """`.image`, `.video`, `.audio` or `.pdf` for what begins with these bytes, else `.other`."""
    if head.startswith(b"RIFF"):
        return _IN_RIFF.get(head[8:12], ".other")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], ".video")
    return next((name for name, beginnings in _BEGINNINGS.items() if head.startswith(tuple(beginnings))), ".other")
