"""Two changes of one text, brought together: what only one side has changed is as that side has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

import attrs

Lines = Sequence[str]


@attrs.frozen
class Merge:
    """A text of both changes; and where they meet, the lines of it that hold the marks, the first and the last."""

    text: str
    conflicts: tuple[tuple[int, int], ...]


def merged(base: str, mine: str, other: str, *, names: tuple[str, str]) -> Merge:
    """Brings together two texts that were both made of `base`.

    Lines that both have changed, each in its way, stand there twice, between the marks that git uses. Changes meet if
    there is no line between them that both have left alone.
    """
    texts = [text.splitlines(keepends=True) for text in (base, mine, other)]
    lines: list[str] = []
    conflicts: list[tuple[int, int]] = []
    for was, one, two in _parts(*texts):
        if one == two or was == two:
            lines += one
        elif was == one:
            lines += two
        else:
            start = len(lines) + 1
            lines += [f"<<<<<<< {names[0]}\n", *_ended(one), "=======\n", *_ended(two), f">>>>>>> {names[1]}\n"]
            conflicts.append((start, len(lines)))
    return Merge("".join(lines), tuple(conflicts))


def _ended(lines: Lines) -> list[str]:
    """Lines of which the last has an end too, so that a mark can follow."""
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _parts(base: Lines, mine: Lines, other: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """The texts cut into what all have alike, and what lies between that."""
    was = one = two = 0
    for start, in_mine, in_other, size in _unchanged(base, mine, other):
        yield base[was:start], mine[one:in_mine], other[two:in_other]
        was, one, two = start + size, in_mine + size, in_other + size
        yield base[start:was], mine[in_mine:one], other[in_other:two]


def _unchanged(base: Lines, mine: Lines, other: Lines) -> Iterator[tuple[int, int, int, int]]:
    """The lines that neither has changed: where they begin in each text, and how many they are. An empty part ends."""
    ones, twos = _blocks(base, mine), _blocks(base, other)
    while ones and twos:
        one, two = ones[-1], twos[-1]
        start, end = max(one.a, two.a), min(one.a + one.size, two.a + two.size)
        if start < end:
            yield start, one.b + start - one.a, two.b + start - two.a, end - start
        (ones if one.a + one.size <= two.a + two.size else twos).pop()
    yield len(base), len(mine), len(other), 0


def _blocks(base: Lines, changed: Lines) -> list[Match]:
    """What two texts have alike, the last part first."""
    return SequenceMatcher(None, base, changed, autojunk=False).get_matching_blocks()[-2::-1]
