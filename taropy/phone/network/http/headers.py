"""Headers as they are sent in HTTP/1.1."""

from __future__ import annotations

import re
from functools import lru_cache

from .faults import NetError

# What headers may be: RFC 9110, 5. That none ends before its value does is for their number to tell.
_LINES = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: (?:[^\x00\s\x7f](?:[^\x00\r\n\f\v\x7f]*[^\x00\s\x7f])?)?\r\n)*")


@lru_cache(maxsize=256)
def header_lines(headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    """The headers as they are sent. They are the same for many requests, as most are the phone's own.

    Raises `NetError` for those that cannot be sent.
    """
    lines = b"".join([b"%b: %b\r\n" % pair for pair in headers])
    if lines.count(b"\n") != len(headers) or _LINES.fullmatch(lines) is None:
        raise NetError("ERR_INVALID_ARGUMENT")
    if any(b":" in name for name, _ in headers):  # which would end the name, and begin the value
        raise NetError("ERR_INVALID_ARGUMENT")
    return lines
