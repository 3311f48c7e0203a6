"""A report as Markdown, for a pull request or a wiki."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..findings import Report
from .groups import SECTIONS, Group, guarded_on, in_section, on_platform, summary

#: So many places of a group are named.
PLACES = 5


def as_markdown(report: Report) -> str:
    """A table for each platform, then one for each division of what is true on all."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# taropy audit"
    yield ""
    yield f"{summary(report)}."
    for platform in report.platforms:
        yield from _table(report, f"Missing on {platform}", on_platform(report, platform), "what")
        if count := guarded_on(report, platform):
            yield f"\nGuarded, and never reached on {platform}: {count}."
    for section, title in SECTIONS.items():
        yield from _table(report, title, in_section(report, section), "what")


def _table(report: Report, title: str, groups: Sequence[Group], head: str) -> Iterator[str]:
    if not groups:
        return
    yield f"\n## {title}\n"
    yield f"| level | {head} | why | sites | where | what to write |"
    yield "|---|---|---|--:|---|---|"
    for group in groups:
        where = group.places(report, PLACES).replace("\n", "<br>")
        cells = (group.level, f"`{group.subject}`", _why(group), str(len(group.findings)), where, group.write)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _why(group: Group) -> str:
    """What the rule says in general; of a single subject, what is particular about it."""
    return group.findings[0].text if group.rule.startswith(("errmsg/", "unknown/", "input/")) else group.title
