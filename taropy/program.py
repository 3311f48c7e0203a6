"""Which places of a traceback are the program's own, and not those of what runs it."""

from __future__ import annotations

import ast
import asyncio
import os
import sys
import traceback
from pathlib import Path

PACKAGE = Path(__file__).parent
NOT_THE_PROGRAM = (f"{PACKAGE}{os.sep}", f"{Path(asyncio.__file__).parent}{os.sep}", ast.__file__, "<frozen ")


def is_program(filename: str) -> bool:
    """Whether the code in a file is the program's."""
    return not filename.startswith(NOT_THE_PROGRAM)


#: A file, a line in it, and the function that the line is in.
Place = tuple[str, int, str]


def caller() -> Place | None:
    """Where the program has called taropy; None if taropy itself has, in a task of its own."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(NOT_THE_PROGRAM[0]):
        if frame.f_back is None:
            return None
        frame = frame.f_back
    code = frame.f_code
    return (code.co_filename, frame.f_lineno, code.co_qualname) if is_program(code.co_filename) else None


def place_of(error: BaseException) -> tuple[str, int] | None:
    """The innermost place in the program where the error came by: its file and line; None if there is none."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return next((place for place in reversed(places) if is_program(place[0])), None)
