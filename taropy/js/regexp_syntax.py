"""Patterns of regular expressions, as ECMAScript reads them: what can be said of one, and a tree of its parts.

The grammar is that of ECMAScript 2023 with its Annex B, which without the flag u lets `]`, `{`, `\\d-x` and unknown
escapes pass. What only an engine of its own can do raises `Untranslated`: properties (`\\p{L}`), the flag v, named
backreferences in odd places.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn

from .conversions import SPACE
from .errors import SyntaxError
from .regexp_nodes import (
    LAST,
    Assertion,
    Backreference,
    Choice,
    Concatenation,
    Dot,
    Group,
    Look,
    Node,
    Range,
    Repeat,
    Set,
    complement,
)
from .utf16 import joined, units

LINE_ENDS: Final[Sequence[Range]] = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_DIGITS: Final[Sequence[Range]] = ((0x30, 0x39),)
_WORD: Final[Sequence[Range]] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACE: Final[Sequence[Range]] = tuple((ord(letter), ord(letter)) for letter in SPACE)
CLASSES: Final[Mapping[str, Sequence[Range]]] = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_CONTROLS: Final = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_SYNTAX: Final = frozenset("^$\\.*+?()[]{}|/")
_BRACES: Final = re.compile(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_PROPERTY: Final = re.compile(r"[pP]\{\w+(=\w+)?\}", re.ASCII)
_NAME: Final = re.compile(r"<((?:[^<>\\]|\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4})+)>")
_NAME_ESCAPE: Final = re.compile(r"\\u(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{4}))")
_IDENTIFIER: Final = re.compile(r"(?:[^\W\d]|\$)[\w$\u200c\u200d]*")


class Untranslated(Exception):
    """Python's `re` has nothing that means exactly this; the text says what it is."""


# --- what can be seen without reading it ----------------------------------------------------------------------------

_GROUP_START = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]?|\((?!\?)|\(\?<(?![=!])([^>]*)>", re.DOTALL)


def group_names(pattern: str) -> list[str | None]:
    """The names of the groups that capture, None for one without."""
    return [_plain(found[1]) for found in _GROUP_START.finditer(pattern) if found[0][0] == "("]


def _plain(name: str | None) -> str | None:
    """A name without its escapes."""
    if name is None or (name.isascii() and "\\" not in name):
        return name
    return joined(_NAME_ESCAPE.sub(lambda found: _character_of(int(found[1] or found[2], 16)), name))


def _character_of(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\\"  # which no name has


# --- reading ---------------------------------------------------------------------------------------------------------


class Parser:
    """Reads a pattern."""

    def __init__(self, pattern: str, *, unicode: bool) -> None:
        self._pattern = joined(pattern) if unicode else units(pattern)
        self._unicode = unicode
        self._at = 0
        self._names = group_names(self._pattern)
        self._opened = 0
        self._closed: set[int] = set()
        self._left: str | None = None

    def parse(self) -> Node:
        """The whole pattern; `SyntaxError` for what is none, `Untranslated` for what `re` can't do."""
        node = self._alternatives()
        if self._at < len(self._pattern):
            self._fail("Unmatched ')'")
        if self._left is not None:
            raise Untranslated(self._left)
        return node

    def _leave(self, what: str) -> None:
        """Notes something that `re` can't do. The rest is read all the same, since it may be wrong."""
        self._left = self._left or what

    def _fail(self, why: str) -> NoReturn:
        raise SyntaxError(f"Invalid regular expression: /{joined(self._pattern)}/: {why}")

    def _takes(self, text: str) -> bool:
        found = self._pattern.startswith(text, self._at)
        if found:
            self._at += len(text)
        return found

    @property
    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _alternatives(self) -> Node:
        found = [self._alternative()]
        while self._takes("|"):
            found.append(self._alternative())
        return found[0] if len(found) == 1 else Choice(found)

    def _alternative(self) -> Node:
        parts: list[Node] = []
        while self._next and self._next not in "|)":
            parts.append(self._term())
        return parts[0] if len(parts) == 1 else Concatenation(parts)

    def _term(self) -> Node:
        atom = self._atom()
        quantifier = self._quantifier()
        if quantifier is None:
            return atom
        if isinstance(atom, Assertion) or (isinstance(atom, Look) and (atom.behind or self._unicode)):
            self._fail("Nothing to repeat")
        if isinstance(atom, Look):
            self._leave("a lookahead that is repeated")
        fewest, times = quantifier
        return Repeat(atom, fewest, times, greedy=not self._takes("?"))

    def _quantifier(self) -> tuple[int, float] | None:
        for sign, fewest, times in (("*", 0, math.inf), ("+", 1, math.inf), ("?", 0, 1)):
            if self._takes(sign):
                return fewest, times
        found = _BRACES.match(self._pattern, self._at)
        if found is None:
            if self._unicode and self._next == "{":
                self._fail("Incomplete quantifier")
            return None
        self._at = found.end()
        fewest = int(found[1])
        times = (int(found[3]) if found[3] else math.inf) if found[2] else fewest
        if times < fewest:
            self._fail("numbers out of order in {} quantifier")
        return fewest, times

    def _atom(self) -> Node:
        letter = self._next
        self._at += 1
        match letter:
            case "^" | "$":
                return Assertion(letter)
            case "(":
                return self._group()
            case ".":
                return Dot()
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                self._fail("Nothing to repeat")
            case "{" if self._unicode or _BRACES.match(self._pattern, self._at - 1):
                self._fail("Nothing to repeat")
            case "]" | "}" if self._unicode:
                self._fail("Lone quantifier brackets")
        return _character(ord(letter))

    def _group(self) -> Node:
        if not self._takes("?"):
            return self._capture()
        for sign, behind, negative in (
            ("<=", True, False),
            ("<!", True, True),
            ("=", False, False),
            ("!", False, True),
        ):
            if self._takes(sign):
                return Look(self._body(), behind, negative)
        if self._takes(":"):
            return Group(self._body(), None)
        if self._next == "<":
            if self._name() is None:
                self._fail("Invalid capture group name")
            return self._capture()
        if re.match(r"[ims]*(?:-[ims]*)?:", self._pattern[self._at :]):
            raise Untranslated("flags of a group")
        return self._fail("Invalid group")

    def _name(self) -> str | None:
        """The name of a group, in `<` and `>`; None if there is none."""
        found = _NAME.match(self._pattern, self._at)
        name = _plain(found[1]) if found is not None else None
        if found is None or name is None or _IDENTIFIER.fullmatch(name) is None:
            return None
        self._at = found.end()
        return name

    def _capture(self) -> Node:
        self._opened += 1
        number = self._opened
        body = self._body()
        self._closed.add(number)
        return Group(body, number)

    def _body(self) -> Node:
        body = self._alternatives()
        if not self._takes(")"):
            self._fail("Unterminated group")
        return body

    # --- escapes -----------------------------------------------------------------------------------------------

    def _escape(self) -> Node:
        letter = self._next
        if not letter:
            self._fail("\\ at end of pattern")
        if letter in "bB":
            self._at += 1
            return Assertion(letter)
        if letter in "123456789" and (number := self._back_number()) is not None:
            return self._reference(number)
        if letter == "k" and (self._unicode or any(self._names)):
            self._at += 1
            name = self._name()
            if name is None or name not in self._names:
                self._fail("Invalid named reference" if name is None else "Invalid named capture referenced")
            return self._reference(self._names.index(name) + 1)
        ranges = self._class_escape()
        return Set(ranges) if ranges is not None else _character(self._character_escape())

    def _back_number(self) -> int | None:
        """The number of a group; without the flag u one that there is no group for means a character."""
        found = re.compile(r"\d+", re.ASCII).match(self._pattern, self._at)
        assert found is not None
        number = int(found[0])
        if number > len(self._names):
            if self._unicode:
                self._fail("Invalid escape")
            return None
        self._at = found.end()
        return number

    def _reference(self, number: int) -> Node:
        if number not in self._closed:
            self._leave("a backreference to a group that is not closed before it")
        return Backreference(number)

    def _class_escape(self) -> Sequence[Range] | None:
        letter = self._next
        if letter in "pP" and self._unicode:
            return self._property()
        ranges = CLASSES.get(letter.lower())
        if ranges is None:
            return None
        self._at += 1
        return complement(ranges) if letter.isupper() else ranges

    def _property(self) -> Sequence[Range]:
        found = _PROPERTY.match(self._pattern, self._at)
        if found is None:
            self._fail("Invalid property name")
        self._at = found.end()
        self._leave("a property of characters")
        return ()

    def _character_escape(self) -> int:
        letter = self._next
        self._at += 1
        if letter in _CONTROLS:
            return _CONTROLS[letter]
        if letter == "c":
            return self._control()
        if letter in "01234567":
            return self._octal(letter)
        if letter in "xu":
            code = self._hexadecimal(letter)
            if code is not None:
                return code
        if self._unicode and letter not in _SYNTAX:
            self._fail("Invalid escape" if letter not in "xu" else f"Invalid {'Unicode ' * (letter == 'u')}escape")
        return ord(letter)

    def _control(self) -> int:
        if re.match("[A-Za-z]", self._next):
            self._at += 1
            return ord(self._pattern[self._at - 1]) % 32
        if self._unicode:
            self._fail("Invalid unicode escape")
        self._at -= 1  # the backslash stands for itself
        return ord("\\")

    def _octal(self, first: str) -> int:
        found = re.compile("[0-3]?[0-7]?[0-7]").match(self._pattern, self._at - 1)
        assert found is not None
        if self._unicode and (first != "0" or re.match("[0-9]", self._next)):
            self._fail("Invalid decimal escape")
        self._at = found.end()
        return int(found[0], 8)

    def _hexadecimal(self, letter: str) -> int | None:
        if letter == "u" and self._unicode:
            braced = re.compile(r"\{([0-9a-fA-F]+)\}").match(self._pattern, self._at)
            if braced is not None and int(braced[1], 16) <= LAST:
                self._at = braced.end()
                return int(braced[1], 16)
            pair = re.compile(r"([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})").match(
                self._pattern, self._at
            )
            if pair is not None:
                self._at = pair.end()
                return ord(joined(chr(int(pair[1], 16)) + chr(int(pair[2], 16))))
        size = 2 if letter == "x" else 4
        digits = self._pattern[self._at : self._at + size]
        if not re.fullmatch(f"[0-9a-fA-F]{{{size}}}", digits):
            return None
        self._at += size
        return int(digits, 16)

    # --- classes -------------------------------------------------------------------------------------------------

    def _class(self) -> Node:
        negative = self._takes("^")
        ranges: list[Range] = []
        while not self._takes("]"):
            if not self._next:
                self._fail("Unterminated character class")
            ranges += self._class_range()
        return Set(tuple(ranges), negative)

    def _class_range(self) -> Sequence[Range]:
        first = self._class_atom()
        if self._pattern[self._at : self._at + 1] != "-" or self._pattern[self._at + 1 : self._at + 2] in ("]", ""):
            return first
        self._at += 1
        second = self._class_atom()
        if not (_is_character(first) and _is_character(second)):
            if self._unicode:
                self._fail("Invalid character class")
            return [*first, (0x2D, 0x2D), *second]
        if second[0][0] < first[0][0]:
            self._fail("Range out of order in character class")
        return [(first[0][0], second[0][0])]

    def _class_atom(self) -> Sequence[Range]:
        letter = self._next
        self._at += 1
        if letter != "\\":
            return [(ord(letter), ord(letter))]
        if not self._next:
            self._fail("\\ at end of pattern")
        ranges = self._class_escape()
        if ranges is not None:
            return ranges
        if self._takes("b"):
            return [(8, 8)]
        if self._unicode and self._takes("-"):
            return [(0x2D, 0x2D)]
        if self._next == "c" and not self._unicode and re.match("c[0-9_]", self._pattern[self._at :]):
            self._at += 2
            code = ord(self._pattern[self._at - 1]) % 32
        else:
            code = self._character_escape()
        return [(code, code)]


def _character(code: int) -> Set:
    return Set(((code, code),))


def _is_character(ranges: Sequence[Range]) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]
