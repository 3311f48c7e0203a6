"""Which places of a traceback are the program's own, and not those of what runs it."""

from __future__ import annotations

import ast
import asyncio
import os
import traceback
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
