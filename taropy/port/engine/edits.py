"""Changes of a text that keep its lines: what is taken out leaves spaces."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import Position, Source

if TYPE_CHECKING:
    from tree_sitter import Node

_NO_BREAK = re.compile(r"[^\r\n]")


class CannotRun(Exception):
    """A module that can't be run as it is; `at` is where in the file `path` the reason stands."""

    def __init__(self, path: Path, at: Position | None, text: str) -> None:
        place = str(path) if at is None else f"{path}:{at.line}:{at.column}"
        super().__init__(f"{place}: {text}")
        self.path = path
        self.at = at


def blank(text: bytes) -> bytes:
    """As many spaces as the text has characters, with its line breaks."""
    return _NO_BREAK.sub(" ", text.decode("utf-8", "replace")).encode()


class Edits:
    """The changes of one source. None of them may overlap; what is put in at one place stands in the order of calls."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._made: list[tuple[int, int, bytes]] = []

    def erase(self, node: Node, *, ending: bool = False) -> None:
        """Takes a node out. With `ending`, a semicolon stays, for what before it had none."""
        self.erase_range(node.start_byte, node.end_byte, ending=ending)

    def erase_range(self, start: int, end: int, *, ending: bool = False) -> None:
        """Takes out what stands from `start` to `end`."""
        left = blank(self.source.text[start:end])
        self.replace(start, end, b";" + left[1:] if ending else left)

    def replace(self, start: int, end: int, text: bytes) -> None:
        """Puts `text` in the place of what stands from `start` to `end`."""
        self._made.append((start, end, text))

    def insert(self, at: int, text: str) -> None:
        """Puts `text` in."""
        self.replace(at, at, text.encode())

    def refuse(self, node: Node, text: str) -> CannotRun:
        """What to raise where a node can't be run."""
        return CannotRun(self.source.path, self.source.position(node.start_point), text)

    def applied(self) -> str:
        """The text with the changes."""
        parts, done = [], 0
        for start, end, text in sorted(self._made, key=lambda edit: (edit[0], edit[1])):
            parts += [self.source.text[done:start], text]
            done = max(done, end)
        return b"".join([*parts, self.source.text[done:]]).decode("utf-8", "replace")
