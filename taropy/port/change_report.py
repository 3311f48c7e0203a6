"""What `taropy port --check` and `--merge` tell: what has become of each file, and how it differs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

from .again import Comparison
from .changes import File
from .source_map import Written

_HUNK = re.compile(r"@@ -(\d+)")


def as_text(found: Comparison) -> str:
    """Each file that has changed, with the differences, and a last line with how many there are."""
    lines = [line for file in found.files if file.told for line in [f"{file.target}: {file.told}", *_diffs(file)]]
    return "\n".join([*lines, summary(found)])


def as_markdown(found: Comparison) -> str:
    """The same to be read on a page."""
    lines = ["# Since the port", "", summary(found), ""]
    for file in found.files:
        if file.told:
            diff = list(_diffs(file))
            lines += [f"## {file.target}", "", file.told, "", *(["```diff", *diff, "```", ""] if diff else [])]
    return "\n".join(lines)


def as_json(found: Comparison) -> str:
    """The same for programs."""
    return (
        json.dumps({"version": 1, "files": [_entry(file) for file in found.files]}, ensure_ascii=False, indent=2) + "\n"
    )


def merge_text(found: Comparison) -> str:
    """What a merge has done: each file that was changed by hand, and where somebody has to decide."""
    lines = [f"{file.target}: {_kept(file)}" for file in found.files if file.by_hand]
    lines += [
        f"{file.target}:{start}: both changes are there, up to line {end}: choose"
        for file in found.files if file.merge is not None for start, end in file.merge.conflicts
    ]  # fmt: skip
    return "\n".join([*lines, summary(found)])


def summary(found: Comparison) -> str:
    """How many files are as they were ported, and how many are not, in one line."""
    by_hand = sum(file.by_hand for file in found.files)
    outdated = sum(file.outdated for file in found.files)
    same = sum(not file.told for file in found.files)
    return f"{same} as ported; {by_hand} changed by hand; {outdated} would be ported otherwise now"


def _kept(file: File) -> str:
    if file.text is None:
        return "deleted by hand" + (", and there again, since its original has changed" if file.outdated else "")
    return file.told


def _entry(file: File) -> dict[str, Any]:
    return {
        "file": file.target,
        "source": file.now.source if file.now else file.was.source if file.was else None,
        "by_hand": file.by_hand,
        "outdated": file.outdated,
        "conflicts": len(file.merge.conflicts) if file.merge else 0,
        "told": file.told,
        "diff": "\n".join(_diffs(file)),
    }


def _diffs(file: File) -> Iterator[str]:
    """What was changed by hand, and what would be ported otherwise now, each as a diff from what was ported."""
    if file.was is None:
        return
    if file.by_hand and file.text is not None:
        yield from _diff(file.was, file.text, f"{file.target}, ported", f"{file.target}, changed by hand")
    if file.outdated and file.new is not None:
        yield from _diff(file.was, file.new, f"{file.target}, ported", f"{file.target}, ported now")


def _diff(was: Written, text: str, old: str, new: str) -> Iterator[str]:
    """A unified diff, in which each part says which line of the original it is about."""
    lines = list(unified_diff(was.text.splitlines(), text.splitlines(), old, new, lineterm=""))
    for index, line in enumerate(lines):
        start = _HUNK.match(line)
        yield line if start is None else f"{line} {was.source}:{_origin(was, int(start[1]), lines[index + 1 :])}"


def _origin(was: Written, line: int, part: list[str]) -> int:
    """The original's line that the first change of a part is about, or the last one before it that came of any."""
    for each in part:
        if not each.startswith(" "):
            break
        line += 1
    return next((was.lines[before] for before in range(min(line, len(was.lines)) - 1, -1, -1) if was.lines[before]), 1)
