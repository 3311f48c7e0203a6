"""What goes wrong with traces, and with programs that are played from one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ...runtime.errors import TaroError
from ...unheard import ProgramWarning

if TYPE_CHECKING:
    from ...program import Place


class TraceError(ValueError):
    """A file is no trace that can be used: `path` is the file, `line` the line of it that is wrong, if it is one."""

    def __init__(self, path: str | os.PathLike[str], fault: str, line: int | None = None) -> None:
        super().__init__(f"{path}{'' if line is None else f', line {line}'}: {fault}")
        self.path: Path = Path(path)
        self.fault = fault
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.fault, self.line)


class ReplayError(TaroError):
    """A program has done what the trace does not have.

    - `call`: the number of the program's call, counted from 1 on; `line`: the line of the trace that it was compared
      with, None where there is none.
    - `departure`: what is different, in words; `place`: the file and the line of the program, None if not known.
    """

    place: Place | None = None

    def __init__(self, api: str, departure: str, *, call: int, line: int | None = None, platform: str = "") -> None:
        super().__init__(f"{api}:fail {departure}", api=api, platform=platform)
        self.departure = departure
        self.call = call
        self.line = line


class DepartureWarning(ProgramWarning, UserWarning):
    """A program that is played from a trace has departed from it, whether or not it handles the error that it gets.

    `place` is the file and the line of the program that has made the call.
    """
