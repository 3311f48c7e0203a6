"""What a port remembers of how it was made: `sources.json` in its folder.

For each module its original, the line that each line came of, and the text as it was written: by that, what somebody
has changed since is told apart from what was ported, and lines are found again that have moved.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import zlib
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, cast

import attrs

from .options import Options

MAP = "sources.json"
VERSION = 2

#: Names and numbers, which ruff's layout neither makes nor takes away; before them what may have some in it.
_WORD = re.compile(
    r"""
    (?P<between> \#[^\n]*
        | [bfru]{0,2} (?: \"""(?:\\.|[^\\])*?\""" | \'\'\'(?:\\.|[^\\])*?\'\'\'
            | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' ) )
    | (?P<word> \w+ )
    | (?P<line> \n )
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


@attrs.frozen
class Written:
    """A module as it was written: its original, from the folder that was ported, with its digest; and its lines."""

    source: str
    digest: str
    text: str
    lines: tuple[int, ...]

    def origin(self, line: int, text: str | None = None) -> int:
        """The original's line that a line came of; 0 where it came of none.

        `text` is the module as it is now: what was changed by hand since has moved lines, and has made some.
        """
        if text is not None and text != self.text:
            line = _before(self.text, text, line)
        return self.lines[line - 1] if 1 <= line <= len(self.lines) else 0


@attrs.frozen
class SourceMap:
    """All modules of a port by their paths in its folder, and the options of the port; `root` is what was ported."""

    root: str
    modules: Mapping[str, Written]
    options: Options

    def as_json(self) -> str:
        """The text of `sources.json`: a line for each module, so that a diff has those that changed."""
        head = {"version": VERSION, "root": self.root, "options": self.options}
        modules = ",\n".join(f"{json.dumps(name)}:{_json(_entry(each))}" for name, each in self.modules.items())
        return f'{_json(head)[:-1]},"modules":{{\n{modules}\n}}}}\n'


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _entry(module: Written) -> dict[str, Any]:
    text = base64.b64encode(zlib.compress(module.text.encode(), 9)).decode()
    return {"source": module.source, "digest": module.digest, "lines": list(module.lines), "text": text}


def read_map(folder: Path) -> SourceMap | None:
    """What the port in a folder remembers; None where there is none, or none that can be read."""
    try:
        found = json.loads((folder / MAP).read_text("utf-8"))
        if found["version"] != VERSION:
            return None
        modules = {target: _read(each) for target, each in found["modules"].items()}
        return SourceMap(found["root"], modules, cast(Options, dict(found["options"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return None


def _read(entry: Mapping[str, Any]) -> Written:
    text = zlib.decompress(base64.b64decode(entry["text"])).decode()
    return Written(entry["source"], entry["digest"], text, tuple(entry["lines"]))


def digest_of(data: bytes) -> str:
    """What tells one text of an original from another."""
    return hashlib.sha256(data).hexdigest()


def name_of(path: Path, root: Path) -> str:
    """A path as maps and reports have it: from a folder on."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


def mapped(before: str, origins: Sequence[int], after: str) -> tuple[int, ...]:
    """For each line of a module that was laid out, the line of its original; 0 for those that stand for none."""
    old = _words(before)
    new = old if after == before else _words(after)
    found = [0] * (after.count("\n") + 1)
    for (word, line), (other, place) in zip(reversed(old), reversed(new), strict=False):
        if word != other:  # the imports, which have been put in order
            break
        found[place - 1] = origins[line - 1] if line <= len(origins) else 0
    return tuple(found)


def _words(text: str) -> list[tuple[str, int]]:
    """The names and numbers of a module, and their lines: in a fifth of the time that `tokenize` takes."""
    found: list[tuple[str, int]] = []
    line = 1
    for each in _WORD.finditer(text):
        if each.lastgroup == "word":
            found.append((each[0], line))
        else:
            line += each[0].count("\n")
    return found


def _before(old: str, new: str, line: int) -> int:
    """The line of the older text that a line of the newer one was; 0 for one that is new."""
    matcher = SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    for start, other, size in matcher.get_matching_blocks():
        if other < line <= other + size:
            return start + line - other
    return 0
