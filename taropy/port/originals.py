"""The lines of originals beside those of their ports, wherever an error is shown.

Nothing is read before there is an error, and nothing for code that was not ported.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from traceback import FrameSummary, StackSummary
from typing import Any

import attrs

from .files import absolute
from .folder import text_of
from .source import Unreadable, read
from .source_map import MAP, SourceMap, digest_of, read_map


@attrs.frozen
class Origin:
    """A line of an original; `text` is "" where the original is not there any more, or has changed since."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        """The place as seen from where the process is, and the text."""
        here = Path.cwd()
        path = self.path.relative_to(here) if self.path.is_relative_to(here) else self.path
        return f"{path}:{self.line}" + (f": {self.text}" if self.text else "")


class OriginalStack(StackSummary):
    """The frames of a traceback; below those of ported code stands where in the original they come from."""

    def format_frame_summary(self, frame_summary: FrameSummary, **options: Any) -> str:
        """A frame as text."""
        shown = super().format_frame_summary(frame_summary, **options)
        origin = origin_of(frame_summary.filename, frame_summary.lineno or 0)
        return shown if origin is None else f"{shown}    from {origin}\n"


def origin_of(filename: str, line: int) -> Origin | None:
    """The line of an original that a line of Python was ported from; None for code that was not ported."""
    file = absolute(Path(filename))
    folder = _port_around(file)
    known = None if folder is None else _map_of(folder)
    if folder is None or known is None:
        return None
    module = known.modules.get(file.relative_to(folder).as_posix())
    origin = 0 if module is None else module.origin(line, text_of(file))
    if module is None or not origin:
        return None
    path = absolute(folder / known.root / module.source)
    return Origin(path, origin, _line(path, origin, module.digest))


def _port_around(file: Path) -> Path | None:
    """The folder of the port that a file is in: a package that has a map."""
    for folder in file.parents:
        if (folder / MAP).is_file():
            return folder
        if not (folder / "__init__.py").is_file():
            break
    return None


def _map_of(folder: Path) -> SourceMap | None:
    found = (folder / MAP).stat()
    return _read(folder, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read(folder: Path, _time: int, _size: int) -> SourceMap | None:
    return read_map(folder)


def _line(path: Path, line: int, digest: str) -> str:
    try:
        source = read(path)
    except Unreadable:
        return ""
    return source.line(line) if digest_of(source.text) == digest else ""
