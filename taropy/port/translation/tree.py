"""The typed tree: Python's expressions with their precedence and type, and the lines that statements become."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum

import attrs

from .types import UNKNOWN, Type

#: What a guard ends with: the value before it is there.
THERE = " is not None"

#: A line that sets a name.
_SETS = re.compile(r"\w+(: .+)? = ")


class Level(IntEnum):
    """How strongly an expression of Python's holds together."""

    WALRUS = 0
    TERNARY = 2
    LAMBDA = 2
    OR = 3
    AND = 4
    NOT = 5
    COMPARE = 6
    BIT_OR = 7
    SUM = 11
    TERM = 12
    UNARY = 13
    POWER = 14
    AWAIT = 15
    ATOM = 16


@attrs.frozen
class Finds:
    """The text that a regular expression finds, and whether it goes on to find it `everywhere`."""

    text: str
    everywhere: bool


@attrs.frozen
class Expr:
    """An expression of Python's.

    `pure` ones may be written twice, or evaluated though nobody asks: names, fields, literals. `written` is the value
    of a plain text or number. A regular expression that finds one text and nothing else has it as `finds`. What a chain
    with `?.` reaches has `guards`, which have to be true for it; else the whole is None. `effect` is what does the same
    where nobody reads the value. An array that is made here has `items`: a list of Python's, which does for whoever
    goes through it and keeps it no longer. `or_zero` is what is 0 where the value is, for those who ask no more.
    """

    text: str
    level: Level = Level.ATOM
    type: Type = UNKNOWN
    pure: bool = False
    written: str | float | None = None
    finds: Finds | None = None
    guards: tuple[str, ...] = ()
    reached: Expr | None = None
    effect: str = ""
    items: str = ""
    or_zero: str = ""

    def after(self, guards: Sequence[str]) -> Expr:
        """A question that is false where the guards are."""
        return Expr(" and ".join([*guards, self.at(Level.NOT)]), Level.AND, self.type, self.pure)

    def unless(self, guards: Sequence[str]) -> Expr:
        """A question that is true where the guards, which are none of them `None`, are not there."""
        missing = [f"{each.removesuffix(THERE)} is None" if each.endswith(THERE) else f"not {each}" for each in guards]
        return Expr(" or ".join([*missing, self.at(Level.AND)]), Level.OR, self.type, self.pure)

    @property
    def alone(self) -> str:
        """The text where nobody reads the value."""
        return self.effect or self.text

    @property
    def once(self) -> str:
        """The text where its items are gone through, and nobody keeps it."""
        return self.items or self.at(Level.TERNARY)

    @property
    def spread(self) -> str:
        """The text behind a `*`, which goes through its items."""
        return self.items or self.at(Level.ATOM)

    @property
    def steps(self) -> list[str]:
        """What is asked one after the other where only the truth of a chain matters: `user and user.name`."""
        return [guard.removesuffix(THERE) for guard in self.guards]

    def at(self, level: Level) -> str:
        """The text where something of this level is wanted, in parentheses if need be."""
        return self.text if self.level >= level else f"({self.text})"


@attrs.frozen
class Line:
    """A line of Python, and the line of the original that it stands for."""

    depth: int
    text: str
    origin: int = 0


def assignment(text: str) -> tuple[ast.Name, ast.expr] | None:
    """What a line sets, and to what, if it is `name = value`; None for any other line."""
    match ast.parse(text).body if _SETS.match(text) else []:
        case [ast.Assign(targets=[ast.Name() as name], value=value)]:
            return name, value
        case [ast.AnnAssign(target=ast.Name() as name, value=ast.expr() as value)]:
            return name, value
    return None


class Lines:
    """The lines that were written so far."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.depth: int = 0
        self.origin = 0

    def write(self, text: str) -> None:
        """A line at the present depth."""
        self.lines.append(Line(self.depth, text, self.origin))

    def insert(self, at: int, text: str) -> None:
        """A line at the present depth, before others."""
        self.lines.insert(at, Line(self.depth, text, self.origin))

    @contextmanager
    def block(self) -> Iterator[None]:
        """What is written within is one deeper; it is `pass` if nothing is."""
        start = len(self.lines)
        self.depth += 1
        try:
            yield
            if all(line.text.startswith("#") for line in self.lines[start:]):
                self.write("pass")
        finally:
            self.depth -= 1

    @contextmanager
    def aside(self) -> Iterator[list[Line]]:
        """What is written within goes into the list that is given, and not to the others."""
        kept, self.lines = self.lines, []
        try:
            yield self.lines
        finally:
            self.lines = kept


class Refused(Exception):
    """A construct that is not ported: why, and what to write in its place."""

    def __init__(self, reason: str, write: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.write = write
