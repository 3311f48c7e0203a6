"""Which places of a traceback are the program's own, and not those of what runs it."""

from __future__ import annotations

import ast
import asyncio
import os
import sys
import traceback
import warnings
from pathlib import Path

PACKAGE = Path(__file__).parent
NOT_THE_PROGRAM = (f"{PACKAGE}{os.sep}", f"{Path(asyncio.__file__).parent}{os.sep}", ast.__file__, "<frozen ")


def is_program(filename: str) -> bool:
    """Whether the code in a file is the program's."""
    return not filename.startswith(NOT_THE_PROGRAM)


def place_of(error: BaseException) -> tuple[str, int] | None:
    """The innermost place in the program where the error came by: its file and line; None if there is none."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return next((place for place in reversed(places) if is_program(place[0])), None)


def warn(warning: Warning) -> None:
    """Warns at the line of the program that runs, once a line as Python does; raises it where warnings are errors.

    Where no program is below, as in a thread of taropy's own, the line is the caller's.
    """
    caller = frame = sys._getframe(1)
    while not is_program(frame.f_code.co_filename):
        if frame.f_back is None:
            frame = caller
            break
        frame = frame.f_back
    registry = frame.f_globals.setdefault("__warningregistry__", {})
    warnings.warn_explicit(
        warning, None, frame.f_code.co_filename, frame.f_lineno, frame.f_globals.get("__name__"), registry
    )  # fmt: skip
