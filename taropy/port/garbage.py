"""Work that makes much and throws little away, without Python's look for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_left() -> Iterator[None]:
    """Python looks for no garbage meanwhile: nearly all that is made is still needed in the end.

    To look through it again and again would take two fifths of the time in which an audit joins its facts.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
