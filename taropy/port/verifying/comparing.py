"""Where two recordings differ, and how that is shown: side by side, with the lines of both sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import attrs

from ..originals import origin_of
from .recording import Step

#: So wide is a side of what is shown, and so many differences are shown.
WIDTH = 58
MOST_SHOWN = 20


@attrs.frozen
class Difference:
    """A step of the original and one of the port, of which one may be missing."""

    original: Step | None
    port: Step | None


def differences(original: Sequence[Step], port: Sequence[Step]) -> list[Difference]:
    """Where the steps differ, in order."""
    matcher = SequenceMatcher(None, original, port, autojunk=False)  # steps are equal whatever their lines
    found: list[Difference] = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            found += _paired(original[start:end], port[other_start:other_end])
    return found


def _paired(original: Sequence[Step], port: Sequence[Step]) -> Iterator[Difference]:
    for index in range(max(len(original), len(port))):
        one = original[index] if index < len(original) else None
        other = port[index] if index < len(port) else None
        yield Difference(one, other)


def shown(found: Sequence[Difference], base: Path) -> str:
    """The differences as text; paths are told from `base` on."""
    lines = [f"{'original':{WIDTH}}   port", f"{'-' * WIDTH}   {'-' * WIDTH}"]
    for difference in found[:MOST_SHOWN]:
        left, right = _cell(difference.original, base), _cell(difference.port, base)
        for index in range(max(len(left), len(right))):
            one = left[index] if index < len(left) else ""
            other = right[index] if index < len(right) else ""
            lines.append(f"{one:{WIDTH}}   {other}".rstrip())
        lines.append("")
    if len(found) > MOST_SHOWN:
        lines.append(f"… and {len(found) - MOST_SHOWN} more")
    return "\n".join(lines).rstrip()


def _cell(step: Step | None, base: Path) -> list[str]:
    """A step in lines of a side's width: what was done, in which call, and where that stands."""
    if step is None:
        return ["(nothing)"]
    lines = textwrap.wrap(str(step), WIDTH, break_on_hyphens=False) or [""]
    if step.call:
        lines += _place(f"in {step.call}")
    if step.at is not None:
        path = step.at.path
        place = path.relative_to(base) if path.is_relative_to(base) else path
        origin = origin_of(str(path), step.at.line)
        lines += _place(f"{place}:{step.at.line}: {step.at.text}")
        lines += _place(f"from {origin}") if origin else []
    return lines


def _place(told: str) -> list[str]:
    return textwrap.wrap(told, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
