"""Findings as people read them: those of one kind and subject together, the most frequent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import attrs

from ..findings import Finding, Report
from ..rules import LEVELS, Level, rules

#: The divisions of a report after its platforms, in order, with what stands above each.
SECTIONS: Mapping[str, str] = {
    "unknown": "Names that are no member of Taro",
    "errmsg": "Messages that are compared",
    "language": "Language that a port does not carry",
    "package": "Packages",
    "trap": "Traps",
    "input": "Files",
}


@attrs.frozen
class Group:
    """Findings of one rule about one subject; `findings` are in the order of the program."""

    rule: str
    level: Level
    subject: str
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """The name of the rule in words."""
        return rules()[self.rule].title

    @property
    def write(self) -> str:
        """What to write in place of it."""
        return self.findings[0].write

    def places(self, report: Report, most: int | None = None) -> str:
        """Where the findings are: the first ones, and how many more."""
        named = [f"{report.shown(each.path)}:{each.at.line}:{each.at.column}" for each in self.findings]
        shown = named if most is None else named[:most]
        more = len(named) - len(shown)
        return "\n".join(shown) + (f"\n… {more} more" if more else "")


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """The findings by rule and subject: what matters most first, then what is most frequent."""
    found: dict[tuple[str, str, Level], list[Finding]] = defaultdict(list)
    for finding in findings:
        found[(finding.rule, finding.subject, finding.level)].append(finding)
    groups = [Group(rule, level, subject, tuple(each)) for (rule, subject, level), each in found.items()]
    return sorted(
        groups, key=lambda group: (LEVELS.index(group.level), -len(group.findings), group.rule, group.subject)
    )


def on_platform(report: Report, platform: str) -> list[Group]:
    """What is missing on a platform."""
    return grouped(finding for finding in report.findings if finding.platform == platform)


def in_section(report: Report, section: str) -> list[Group]:
    """What is to be said for all platforms in one division of the report."""
    return grouped(each for each in report.findings if not each.platform and each.section == section)


def summary(report: Report) -> str:
    """The report in one line."""
    counts = report.counts()
    found = ", ".join(_number(count, level) for level, count in counts.items())
    known = f"; {report.known} more are known or not new" if report.known else ""
    uses = f"{_number(len(report.sites), 'use')} of {_number(len(report.cells), 'member')} of Taro"
    return f"{_number(len(report.facts), 'file')}, {uses}: {found}{known}"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def guarded_on(report: Report, platform: str) -> int:
    """How many uses would fail on the platform and are never reached there."""
    return sum(count for (name, _), count in report.guarded.items() if name == platform)
