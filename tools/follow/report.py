"""What differs, as a Markdown page: counts, then every difference by importance and group, then by platform."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from tools.follow.differences import Difference, Kind, differences
from tools.follow.items import Declarations, Key, items

COMMAND = "python -m tools.follow"

#: What is counted, and how it is called when there are several.
PLURALS = {
    "function": "functions",
    "property": "properties",
    "type": "types",
    "field": "fields",
    "method": "methods",
    "parameter": "parameters",
    "value": "literal values",
}


def report(before: Declarations, after: Declarations) -> str:
    """The page for a maintainer who moves the pin from one version to the other."""
    old, new = items(before), items(after)
    found = differences(old, new)
    lines = [
        f"<!-- made by `{COMMAND} {before.version} {after.version}` -->",
        f"# Taro's declarations from {before.version} to {after.version}",
        "",
        *_summary(found),
        f"| In all | {before.version} | {after.version} |",
        "| --- | ---: | ---: |",
        *_totals(old, new),
        *_by_kind(found),
        *_by_platform(found),
    ]
    return "\n".join(lines) + "\n"


def _summary(found: list[Difference]) -> Iterator[str]:
    if not found:
        yield from ("The two declare the same.", "")
        return
    yield from ("| Difference | Count | Of which |", "| --- | ---: | --- |")
    for kind in Kind:
        nouns = Counter(each.item.noun for each in found if each.kind is kind)
        if nouns:
            yield f"| {_link(kind.value)} | {nouns.total()} | {_counted(nouns)} |"
    yield ""


def _counted(nouns: Counter[str]) -> str:
    return ", ".join(
        f"{nouns[noun]} {noun if nouns[noun] == 1 else plural}" for noun, plural in PLURALS.items() if nouns[noun]
    )


def _link(heading: str) -> str:
    anchor = heading.lower().replace(",", "").replace(" ", "-")
    return f"[{heading}](#{anchor})"


def _totals(old: Iterable[Key], new: Iterable[Key]) -> Iterator[str]:
    """How much each version declares; a function's overloads are one function."""
    before, after = (Counter(noun for noun, path in keys if "#" not in path) for keys in (old, new))
    yield from (f"| {plural} | {before[noun]} | {after[noun]} |" for noun, plural in PLURALS.items())
    yield ""


def _by_kind(found: list[Difference]) -> Iterator[str]:
    for kind, alike in groupby(found, key=lambda each: each.kind):
        yield from (f"## {kind.value}", "")
        for group, here in groupby(alike, key=lambda each: each.item.group):
            yield from (f"### {group}", "", *map(_line, here), "")


def _line(difference: Difference) -> str:
    item = difference.item
    tags = f" ({', '.join(sorted(item.supported))})" if item.supported and difference.kind is not Kind.SUPPORT else ""
    return f"- {item.noun} `{item.path}`{tags}{': ' if difference.detail else ''}{difference.detail}"


def _by_platform(found: list[Difference]) -> Iterator[str]:
    touched = sorted({platform for each in found for platform in each.gained | each.lost})
    if touched:
        yield from ("## By platform", "")
    for platform in touched:
        yield from (f"### {platform}", "")
        yield from _named("Gone", (each for each in found if platform in each.lost))
        yield from _named("New", (each for each in found if platform in each.gained))
        yield ""


def _named(word: str, found: Iterable[Difference]) -> Iterator[str]:
    paths = [f"`{each.item.path}`" for each in found]
    if paths:
        yield f"- {word}: {', '.join(paths)}"
