"""Where in a program's source something has happened, by the traces that the engine tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import attrs

from .sources import Sources

#: So many frames of a trace are told.
MOST_FRAMES = 10

_FRAME = re.compile(r"^\s*at (?:(?P<name>.*?) )?\(?<input>:(?P<line>\d+):(?P<column>\d+)\)?$", re.MULTILINE)


@attrs.frozen
class Frame:
    """A line of a program's source; `function` is the name of the function around it, or ""."""

    path: Path
    line: int
    function: str

    @property
    def text(self) -> str:
        """What stands on the line; "" where it can't be read."""
        try:
            lines = self.path.read_text("utf-8", "replace").splitlines()
        except OSError:
            return ""
        return lines[self.line - 1].strip() if self.line <= len(lines) else ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Traces:
    """The traces of one engine."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def frames(self, stack: str) -> Iterator[Frame]:
        """The lines of the program in a stack, the innermost first."""
        for found in _FRAME.finditer(stack):
            place = self._sources.place(int(found["line"]))
            if place is not None:
                name = found["name"] or ""
                yield Frame(*place, "" if name.startswith("<") else name)

    def text(self, stack: str) -> str:
        """A trace as text, each frame on a line of its own."""
        shown = islice(self.frames(stack), MOST_FRAMES)
        return "".join(
            f"\n    at {frame.function} ({frame})" if frame.function else f"\n    at {frame}" for frame in shown
        )
