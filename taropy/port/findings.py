"""Findings: what a report says of one place in a program, and what all of a report is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import attrs

from ..matrix import Cell
from .facts import Facts
from .rules import LEVELS, Level
from .source import Position


@attrs.frozen
class Finding:
    """What is to be said of a place.

    `platform` is the one of which it is true, "" for all. `subject` is what it is about, by which findings are grouped:
    a member, a package, a construct. `write` is what to write in its place. `line` is the text of the line.
    """

    rule: str
    level: Level
    subject: str
    text: str
    path: Path
    at: Position
    platform: str = ""
    write: str = ""
    line: str = ""

    @property
    def section(self) -> str:
        """The part of the rule's name before the slash."""
        return self.rule.partition("/")[0]


def is_at_least(level: Level, other: Level) -> bool:
    """Whether a level matters at least as much as another."""
    return LEVELS.index(level) <= LEVELS.index(other)


@attrs.frozen
class Site:
    """A use of a member of Taro: what of it, how, where; and the platforms on which it is never reached."""

    member: str
    schema: str
    form: str
    path: Path
    at: Position
    not_on: tuple[str, ...] = ()


@attrs.frozen
class Report:
    """All that an audit says.

    `guarded` counts by platform and subject the uses that would fail there, and are never reached. `cells` say of each
    member that is used what each platform has. `known` is how many findings the baseline knew, or `--since` left out.
    """

    root: Path
    platforms: tuple[str, ...]
    facts: tuple[Facts, ...]
    findings: tuple[Finding, ...]
    sites: tuple[Site, ...]
    guarded: Mapping[tuple[str, str], int]
    cells: Mapping[str, Mapping[str, Cell]]
    known: int = 0

    def shown(self, path: Path) -> str:
        """A path as the report names it: from the root, with slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def counts(self) -> dict[Level, int]:
        """How many findings there are of each level."""
        counted = Counter(finding.level for finding in self.findings)
        return {level: counted[level] for level in LEVELS}
