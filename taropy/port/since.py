"""What has changed since a revision, by git: so that only findings in those lines count."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .baseline import only
from .findings import Report

_FILE = re.compile(r"^\+\+\+ (?:b/(.*)|\"b/(.*)\")$")
_LINES = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


class SinceError(ValueError):
    """What git does not know: a revision, or the repository itself."""


#: The changed lines of each file, from the first to the last of each run; None for a file that is new as a whole.
Changes = Mapping[Path, Sequence[range] | None]


def only_since(report: Report, revision: str) -> Report:
    """The report without the findings in lines that are as they were. `SinceError` where git can't tell."""
    changes = changes_since(revision, report.root)
    return only(report, (each for each in report.findings if _is_in(changes, each.path, each.at.line)))


def changes_since(revision: str, folder: Path) -> Changes:
    """What differs from the revision in the repository of a folder, what is not yet added to it included."""
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/")
    found = _changed(_git(top, "-c", "core.quotePath=false", "diff", *options, revision, "--"), top)
    untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return {**found, **{top / name: None for name in untracked.split("\0") if name}}


def _changed(diff: str, top: Path) -> dict[Path, Sequence[range] | None]:
    found: dict[Path, list[range]] = {}
    lines: list[range] = []
    for line in diff.splitlines():
        named = _FILE.match(line)
        changed = _LINES.match(line)
        if named is not None:
            lines = found.setdefault(top / (named[1] or named[2]), [])
        elif changed is not None:
            first, count = int(changed[1]), int(changed[2] or 1)
            lines.append(range(first, first + count))
    return dict(found)


def _is_in(changes: Changes, path: Path, line: int) -> bool:
    real = path.resolve()
    for file in (path, real):
        if file in changes:
            lines = changes[file]
            return lines is None or any(line in each for each in lines)
    return False


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise SinceError("git is not installed") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise SinceError(said or f"git does not know {arguments[-1].removesuffix('^{commit}')!r}")
    return done.stdout.decode("utf-8", "replace")
