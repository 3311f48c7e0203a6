"""Tracebacks as the author of a program wants them: the frames of the program, without those of what runs it."""

from __future__ import annotations

import ast
import asyncio
import os
import traceback
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
NOT_THE_PROGRAM = (f"{PACKAGE}{os.sep}", f"{Path(asyncio.__file__).parent}{os.sep}", ast.__file__, "<frozen ")


def user_trace(error: BaseException) -> str:
    """The traceback of an error, and of those that led to it, with the program's own frames only."""
    told = traceback.TracebackException.from_exception(error)
    for each in _all(told):
        kept = [frame for frame in each.stack if not frame.filename.startswith(NOT_THE_PROGRAM)]
        each.stack = traceback.StackSummary.from_list(kept)
    return "".join(told.format()).rstrip()


def user_line(error: BaseException) -> str:
    """The innermost place in the program where the error came by, as `app.py:12`; empty if there is none."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not frame.filename.startswith(NOT_THE_PROGRAM)]
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else ""


def _all(told: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    """An error and those that it came of, or is a group of."""
    yield told
    for inner in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if inner is not None:
            yield from _all(inner)
