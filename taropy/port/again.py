"""Porting again into a folder that is there: what has changed since, and how both are kept.

from taropy.port.again import changed, merge

for file in changed([Path("src")], Path("shop")).files:
    print(file.target, file.told)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Unpack

import attrs

from .changes import File, compare
from .files import absolute
from .folder import FolderError, Snapshot, put
from .options import Options, joined
from .porting import Outcome, PortError, ported
from .source_map import SourceMap, name_of, read_map


@attrs.frozen
class Comparison:
    """What porting gives now, and each file of the folder beside it."""

    outcome: Outcome
    files: tuple[File, ...]
    before: Snapshot

    @property
    def by_hand(self) -> bool:
        """Whether anything was changed by hand."""
        return any(file.by_hand for file in self.files)

    @property
    def outdated(self) -> bool:
        """Whether anything would be ported otherwise now."""
        return any(file.outdated for file in self.files)

    @property
    def conflicts(self) -> int:
        """In how many places both changes meet."""
        return sum(len(file.merge.conflicts) for file in self.files if file.merge is not None)


def changed(paths: Sequence[Path], out: Path, **options: Unpack[Options]) -> Comparison:
    """Ports files and folders as they were when `out` was made of them, and compares; nothing is written.

    What the options say beyond those of the first port holds as well. `PortError` where `out` is no port of these
    paths, or an original that it has cannot be read; else as `port`.
    """
    was, before = _port_in(out), Snapshot.of(out)
    for path in paths:
        path.stat()
    outcome = ported(paths, **joined(was.options, options))
    if absolute(out / was.root) != outcome.root:
        raise PortError(f"{out} is a port of {name_of(absolute(out / was.root), Path.cwd())}, and not of what is given")
    sources = {each.source for each in was.modules.values()}
    for path, why in outcome.unread:
        if name_of(path, outcome.root) in sources:
            raise PortError(f"{path} {why}")
    try:
        return Comparison(outcome, tuple(compare(out, was, outcome.source_map(out))), before)
    except ValueError as error:
        raise PortError(str(error)) from error


def merge(paths: Sequence[Path], out: Path, **options: Unpack[Options]) -> Comparison:
    """Ports again, and keeps what was changed by hand: what only one side has changed is as that side has it.

    Where both changes meet, both stand there between marks. `PortError` as from `changed`, and where `out` can't be
    written; it is as it was then.
    """
    found = changed(paths, out, **options)
    merges = {file.target: file.merge for file in found.files if file.now is not None or file.was is not None}
    written = {PurePosixPath(target): each.text for target, each in merges.items() if each is not None}
    removed = frozenset(PurePosixPath(target) for target, each in merges.items() if each is None)
    made = found.outcome.source_map(out)
    modules = {file.target: file.now for file in found.files if file.now is not None}
    try:
        put(out, written, attrs.evolve(made, modules=modules), before=found.before, keep=True, removed=removed)
    except FolderError as error:
        raise PortError(str(error)) from error
    return found


def _port_in(out: Path) -> SourceMap:
    if not out.is_dir():
        raise PortError(f"{out} is not there: nothing was ported to it")
    found = read_map(out)
    if found is None:
        raise PortError(f"{out} has no sources.json that says how it was ported; --discard ports anew in its place")
    return found
