"""Reading a program's files: what is text, in which encoding, and what is left alone, with the reason."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

import attrs

from . import vue

#: Larger files are left alone: no person has written them.
MOST_BYTES = 2 * 1024 * 1024

#: A file of at least this size whose lines are this long on average is minified.
MINIFIED_BYTES = 2 * 1024
MINIFIED_LINE = 400

UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Position(NamedTuple):
    """A place in a file, ordered as the text: line and column, counted from 1, the column in characters."""

    line: int
    column: int


START = Position(1, 1)


class Unreadable(Exception):
    """A file that is left alone; `key` names the reason in one word, the message in a sentence."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


@attrs.frozen
class Source:
    """A file's text as UTF-8 without byte order mark, and the encoding that it was in if that was another."""

    path: Path
    text: bytes
    encoding: str = "utf-8"
    lines: tuple[int, ...] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        starts = [0]
        for line in self.text.split(b"\n"):
            starts.append(starts[-1] + len(line) + 1)
        object.__setattr__(self, "lines", tuple(starts))

    def position(self, point: tuple[int, int]) -> Position:
        """The position of a point of tree-sitter's, which counts from 0 and in bytes."""
        row, column = point
        start = self.lines[row]
        before = self.text[start : start + column]
        return Position(row + 1, len(before.decode("utf-8", "replace")) + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without the space around it; "" where there is none."""
        if not 1 <= number < len(self.lines):
            return ""
        return self.text[self.lines[number - 1] : self.lines[number]].decode("utf-8", "replace").strip()


def read(path: Path, *, written: bool = True) -> Source:
    """The file's text; of a component of Vue's its scripts.

    `Unreadable` for one that is gone, may not be read, or, if it has to be `written` by a person, was made by a tool.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Unreadable("huge", f"has {size / 1024 / 1024:.1f} MB; files of more than 2 MB are left alone")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("vanished", "was there when the folder was listed, and is gone") from None
    except OSError as error:
        raise Unreadable("unreadable", f"cannot be read: {error.strerror}") from error
    source = _decoded(path, data)
    if written and (path.stem.endswith(".min") or is_minified(source.text)):
        raise Unreadable("minified", "is minified: no person has written it like this")
    return attrs.evolve(source, text=vue.scripts(source.text)) if path.suffix == vue.SUFFIX else source


def is_minified(text: bytes) -> bool:
    """Whether lines are as long as only tools write them."""
    return len(text) >= MINIFIED_BYTES and len(text) / (text.count(b"\n") + 1) >= MINIFIED_LINE


def _decoded(path: Path, data: bytes) -> Source:
    for mark, encoding in UTF_16.items():
        if data.startswith(mark):
            return Source(path, data[len(mark) :].decode(encoding, "replace").encode(), encoding)
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        raise Unreadable("not-text", "is not text")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _gbk(path, data)
    return Source(path, data)


def _gbk(path: Path, data: bytes) -> Source:
    try:
        return Source(path, data.decode("gb18030").encode(), "gbk")
    except UnicodeDecodeError:
        raise Unreadable("not-text", "is text neither in UTF-8 nor in GBK") from None
