"""The parts of a pattern of a regular expression, as a tree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

#: From the first character to the last.
Range = tuple[int, int]
Groups = frozenset[int]

LAST: Final = 0x10FFFF
_NONE: Final[Groups] = frozenset()

# Plain classes: they are made for every pattern of a program, and imported by every program that has one.


class Node:
    """A part.

    - `least`, `most`: how many characters it matches.
    - `groups`: the numbers of the groups in it that capture; `certain`: those that are set whenever it has matched.
    """

    __slots__ = ("certain", "groups", "least", "most")

    def __init__(self, least: float = 0, most: float = 0, groups: Groups = _NONE, certain: Groups = _NONE) -> None:
        self.least: float = least
        self.most: float = most
        self.groups: Groups = groups
        self.certain: Groups = certain


class Set(Node):
    """One character of these, or one that is none of them."""

    __slots__ = ("negative", "ranges")

    def __init__(self, ranges: Sequence[Range], negative: bool = False) -> None:
        super().__init__(1, 1)
        self.ranges: Sequence[Range] = ranges
        self.negative: bool = negative


class Dot(Node):
    """A dot: one character, whichever; without the flag s none that ends a line."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(1, 1)


class Assertion(Node):
    """`^`, `$`, `b` or `B`."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind: str = kind


class Look(Node):
    """A look ahead or behind."""

    __slots__ = ("behind", "body", "negative")

    def __init__(self, body: Node, behind: bool, negative: bool) -> None:
        super().__init__(groups=body.groups, certain=_NONE if negative else body.certain)
        self.body: Node = body
        self.behind: bool = behind
        self.negative: bool = negative


class Group(Node):
    """A group; `number` is None for one that captures nothing."""

    __slots__ = ("body", "number")

    def __init__(self, body: Node, number: int | None) -> None:
        own = _NONE if number is None else frozenset({number})
        super().__init__(body.least, body.most, body.groups | own, body.certain | own)
        self.body: Node = body
        self.number: int | None = number


class Backreference(Node):
    """What a group before it has matched."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        super().__init__(0, math.inf)
        self.number: int = number


class Repeat(Node):
    """A part, so many times."""

    __slots__ = ("body", "fewest", "greedy", "times")

    def __init__(self, body: Node, fewest: int, times: float, greedy: bool) -> None:
        most = body.most * times if body.most and times else 0
        super().__init__(body.least * fewest, most, body.groups, body.certain if fewest else _NONE)
        self.body: Node = body
        self.fewest: int = fewest
        self.times: float = times
        self.greedy: bool = greedy


class Concatenation(Node):
    """Parts one after another."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Node]) -> None:
        groups, certain = _NONE.union(*(part.groups for part in parts)), _NONE.union(*(part.certain for part in parts))
        super().__init__(sum(part.least for part in parts), sum(part.most for part in parts), groups, certain)
        self.parts: Sequence[Node] = parts


class Choice(Node):
    """The first of these that leads to a match."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Node]) -> None:
        groups = _NONE.union(*(part.groups for part in parts))
        super().__init__(min(part.least for part in parts), max(part.most for part in parts), groups)
        self.parts: Sequence[Node] = parts


def complement(ranges: Sequence[Range]) -> list[Range]:
    """All characters that are in none of these."""
    left, found = 0, []
    for low, high in sorted(ranges):
        if low > left:
            found.append((left, low - 1))
        left = max(left, high + 1)
    return [*found, (left, LAST)] if left <= LAST else found
