"""How large a canvas and a picture on it may be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..core.answers import Fail

#: No vendor tells a number for all phones. Judgement: some 64 MB of memory, as 4096 x 4096 pixels take.
MOST_PIXELS = 4096 * 4096
#: No edge is longer, as in Chromium.
LONGEST = 32_767


def check_size(width: int, height: int) -> None:
    """ValueError for more pixels than a canvas may have."""
    if max(width, height) > LONGEST or width * height > MOST_PIXELS:
        raise ValueError(f"{width} x {height} pixels are more than a canvas may have")


@contextmanager
def in_limits() -> Iterator[None]:
    """A native function in which what is too large, or no value, is a failure."""
    try:
        yield
    except ValueError as error:
        raise Fail(f"internal error: {error}") from error
