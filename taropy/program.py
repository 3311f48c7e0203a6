"""Which places of a traceback are the program's own, and not those of what runs it."""

from __future__ import annotations

import os
import sys
import warnings
from functools import cache, partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, TracebackType

#: A file, and a line in it.
Place = tuple[str, int]
#: A file, a line in it, and the function that the line is in.
FunctionPlace = tuple[str, int, str]

OURS = os.path.join(os.path.dirname(__file__), "")
STANDARD = os.path.join(os.path.dirname(os.__file__), "")
NOT_THE_PROGRAM = (OURS, os.path.join(STANDARD, "asyncio", ""), os.path.join(STANDARD, "ast.py"), "<frozen ")


def is_program(filename: str) -> bool:
    """Whether the code in a file is the program's."""
    return not filename.startswith(NOT_THE_PROGRAM)


def is_ours(filename: str) -> bool:
    """Whether the code in a file is taropy's."""
    return filename.startswith(OURS)


def is_own(filename: str) -> bool:
    """Whether the code in a file is the program's, and no library's that it uses."""
    return is_program(filename) and not filename.startswith(_libraries())


def place_of(error: BaseException) -> Place | None:
    """The innermost place in the program where the error came by: its file and line; None if there is none.

    A line in a library that the program uses is told only if there is no other.
    """
    places = [place for place in _places(error.__traceback__) if is_program(place[0])]
    own = (place for place in reversed(places) if is_own(place[0]))
    return next(own, places[-1] if places else None)


def from_the_program(trace: TracebackType | None) -> TracebackType | None:
    """The traceback from the first line on that is not taropy's; all of it, if there is none."""
    inner = trace
    while inner is not None and is_ours(inner.tb_frame.f_code.co_filename):
        inner = inner.tb_next
    return inner or trace


def _places(trace: TracebackType | None) -> list[Place]:
    places = []
    while trace is not None:
        places.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return places


@cache
def _libraries() -> tuple[str, ...]:
    import sysconfig

    paths = sysconfig.get_paths()
    return tuple(f"{paths[name]}{os.sep}" for name in ("stdlib", "platstdlib", "purelib", "platlib"))


def caller() -> Place | None:
    """The line of the program that has called taropy; None if it is not the program that has."""
    frame = _calling()
    return None if frame is None else (frame.f_code.co_filename, frame.f_lineno)


def calling_function() -> FunctionPlace | None:
    """As `caller`, with the function that the line is in."""
    frame = _calling()
    return None if frame is None else (frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_qualname)


def _calling() -> FrameType | None:
    frame: FrameType | None = sys._getframe(3)
    while frame is not None and frame.f_code.co_filename.startswith(OURS):
        frame = frame.f_back
    return frame if frame is not None and is_program(frame.f_code.co_filename) else None


def called(function: object) -> str:
    """What a function of the program is called, with its line: `store (shop.py:12)`."""
    while (inner := getattr(function, "func" if isinstance(function, partial) else "__wrapped__", None)) is not None:
        function = inner
    code = getattr(function, "__code__", None) or getattr(vars(type(function)).get("__call__"), "__code__", None)
    name = str(getattr(function, "__qualname__", type(function).__qualname__)).rpartition("<locals>.")[2]
    return name if code is None else f"{name} ({code.co_filename}:{code.co_firstlineno})"


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
