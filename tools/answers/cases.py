"""The files of tests/js/answers: expressions in JavaScript, each with the Python that means the same.

    # A heading.
    Math.round(2.5)
    [1, 2].at(-1)
        Array([1, 2]).at(-1)

A line that is not indented is an expression in JavaScript (or statements, of which the last one counts). The indented
lines below it are the Python; without any, the line is Python too, as it is or without `new`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

SUFFIX = ".txt"


@attrs.frozen
class Case:
    """One expression: its place, `FILE:LINE`, and both sides of it; `has_own` if the Python is written out."""

    place: str
    javascript: str
    python: str
    has_own: bool = False

    def __str__(self) -> str:
        return f"{self.place} {self.javascript}"


def read(folder: Path) -> list[Case]:
    """All cases of a folder, file by file."""
    return [case for path in sorted(folder.glob(f"*{SUFFIX}")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[Case]:
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith(("#", " ")):
            continue
        python = []
        for below in lines[number + 1 :]:
            if not below.startswith("    "):
                break
            python.append(below[4:])
        yield Case(f"{path.stem}:{number + 1}", line, "\n".join(python) or line.replace("new ", ""), bool(python))
