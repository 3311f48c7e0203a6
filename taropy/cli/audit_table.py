"""An audit's report for the terminal, as plain text, so that it can be written into a file, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from ..port.findings import Report
from ..port.report.groups import SECTIONS, Group, guarded_on, in_section, on_platform, summary
from .output import console_of, table

if TYPE_CHECKING:
    from rich.console import RenderableType

#: So many places of a group are named; all are in the JSON.
PLACES = 3

MARKS = {"yes": "✓", "host": "○", "no": "·"}


def as_table(report: Report, *, width: int | None = None) -> str:
    """What is used, then what is missing on each platform, then what is to be said for all.

    As wide as told; by default as `COLUMNS` says, or as its lines are.
    """
    out = StringIO()
    console = console_of(out, width=width)
    for part in _parts(report):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _parts(report: Report) -> Iterator[RenderableType]:
    if report.cells:
        yield "What is used of Taro\n"
        yield _used(report)
    for platform in report.platforms:
        groups = on_platform(report, platform)
        guarded = guarded_on(report, platform)
        if groups or guarded:
            yield f"\nMissing on {platform}\n"
        if groups:
            yield _table(report, groups)
        if guarded:
            yield f"\nGuarded, and never reached on {platform}: {guarded}"
    for section, title in SECTIONS.items():
        groups = in_section(report, section)
        if groups:
            yield f"\n{title}\n"
            yield _table(report, groups)
    yield f"\n{summary(report)}"


def _used(report: Report) -> RenderableType:
    """Every member with its sites, the most frequent first, and which of the platforms has it."""
    counted: dict[str, int] = {}
    for site in report.sites:
        counted[site.member] = counted.get(site.member, 0) + 1
    rows = [
        (name, str(counted[name]), *(MARKS[report.cells[name][platform]] for platform in report.platforms))
        for name in sorted(counted, key=lambda name: (-counted[name], name))
    ]
    heads = [name.replace("-", "-\n") for name in report.platforms]
    return table(("member", "sites", *heads), rows, wrap=("member",), right=("sites",), center=heads, gap=1)


def _table(report: Report, groups: Sequence[Group]) -> RenderableType:
    rows = [
        (group.level, str(len(group.findings)), group.subject, _said(group), group.places(report, PLACES))
        for group in groups
    ]
    return table(("level", "sites", "what", "why", "where"), rows, wrap=("what", "why", "where"), right=("sites",))


def _said(group: Group) -> str:
    """Why, and what to write."""
    particular = group.rule.startswith(("errmsg/", "unknown/", "input/", "missing/"))
    text = group.findings[0].text if particular else group.title
    return f"{text}\n→ {group.write}" if group.write else text
