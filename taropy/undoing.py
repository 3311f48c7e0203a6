"""Undoing what was begun, when what comes next fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def undone_by(undo: Callable[[], object]) -> Iterator[None]:
    """Calls `undo` if what is within raises, whatever it be, a cancellation and Ctrl-C too; it goes on being raised."""
    try:
        yield
    except BaseException:
        undo()
        raise
