"""Tracebacks as the author of a program wants them: the frames of the program, without those of what runs it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from ..hints import tell_misread
from ..program import Place, is_program, place_of


def user_trace(error: BaseException) -> str:
    """The traceback of an error, and of those that led to it, with the program's own frames only.

    Below a line that was ported stands the one that it was ported from.
    """
    from ..port.originals import OriginalStack  # not before there is an error

    tell_misread(error)
    told = traceback.TracebackException.from_exception(error)
    for each in _all(told):
        kept = [frame for frame in each.stack if is_program(frame.filename)]
        each.stack = OriginalStack(kept)
    return "".join(told.format()).rstrip()


def user_line(error: BaseException) -> str:
    """The innermost place in the program where the error came by, as `app.py:12`; empty if there is none."""
    return line_of(place_of(error))


def line_of(place: Place | None) -> str:
    """A place as `app.py:12`; empty if there is none. Behind the place in ported code stands the original's."""
    from ..port.originals import origin_of

    if place is None:
        return ""
    origin = origin_of(*place)
    return f"{Path(place[0]).name}:{place[1]}" + (f" ({origin.path.name}:{origin.line})" if origin else "")


def _all(told: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    """An error and those that it came of, or is a group of."""
    yield told
    for inner in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if inner is not None:
            yield from _all(inner)
