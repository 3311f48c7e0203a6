r"""Patterns for Python's `re`, where it has something that means exactly what ECMAScript's pattern does.

| ECMAScript | Python | because |
|---|---|---|
| `.` | `[^\n\r\u2028\u2029]`; with the flag s any character | Python's knows one end of a line |
| `\d` `\w` `\s` and their opposites | the characters themselves | Python's are Unicode's |
| `^` `$` | `\A` `\Z`; with the flag m what is beside an end of a line | Python's `$` matches before a last one |
| `\b` `\B` | `\b` `(?!\b)`, of ASCII | Python's `\B` does not match in an empty text |
| `[...]` | its ranges, sorted out | so `[^]`, `[]`, `[\s\S]` need no cases |
| `(?<name>...)` | `(...)` | the name is kept beside it |
| `\1` `\k<name>` | `(?(1)\1)` | a group that is not set matches nothing, and does not fail |
| `(?<=a\|bc)` | `(?:(?<=a)\|(?<=bc))` | each has to have one length |
| `x{,3}` `a{` `]` | those characters | they are no quantifiers |

Not translated, and left to the engine of the extra `regexp`:

- the flags i and u together, i with letters beyond ASCII, and backreferences with i: Unicode's cases differ;
- `\p{...}`, the flag v, flags of a group;
- groups that capture in what is repeated, unless each time sets all of them: Python keeps what an earlier time has set;
- what is repeated and may be empty; lookaheads that are repeated; groups in negative looks;
- looks behind with groups, backreferences or parts of several lengths; backreferences into a group from inside or
  before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from .regexp_nodes import (
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
from .regexp_syntax import CLASSES, LINE_ENDS, Parser, Untranslated

#: More than this no text has; `re` takes no larger numbers everywhere.
MOST_TIMES: Final = 2**31 - 2

_ANY = r"[\x00-\U0010ffff]"
_NONE = "(?!)"
_LINE_END = r"[\n\r\u2028\u2029]"
# Writing systems without upper and lower case, which fill a block; spaces and punctuation; surrogates; and three
# letters that have only an ASCII one for the other case, with which they are not taken for the same.
_CASELESS: Final[Sequence[Range]] = (
    (0xA0, 0xA0),
    (0x131, 0x131),
    (0x17F, 0x17F),
    (0x1680, 0x1680),
    (0x2000, 0x206F),
    (0x212A, 0x212A),
    (0x2E80, 0xA63F),
    (0xAC00, 0xDFFF),
    (0xFEFF, 0xFEFF),
)


def translated(pattern: str, flags: str) -> tuple[re.Pattern[str], bool]:
    """The pattern for Python, and whether a match may be empty.

    `Untranslated` if there is none, `SyntaxError` if it is no pattern.
    """
    if "v" in flags:
        raise Untranslated("the flag v")
    node = Parser(pattern, unicode="u" in flags).parse()
    if "i" in flags and "u" in flags:
        raise Untranslated("the flags i and u together")
    source = _Translator(flags).text(node)
    return re.compile(source, re.ASCII | (re.IGNORECASE if "i" in flags else 0)), not node.least


class _Translator:
    def __init__(self, flags: str) -> None:
        self._any_case = "i" in flags
        self._lines = "m" in flags
        self._dot = _ANY if "s" in flags else f"[^{_ranges(LINE_ENDS)}]"

    def text(self, node: Node) -> str:
        match node:
            case Set():
                return self._set(node)
            case Dot():
                return self._dot
            case Assertion():
                return self._assertion(node.kind)
            case Group():
                return f"({'' if node.number else '?:'}{self.text(node.body)})"
            case Concatenation():
                return "".join(f"(?:{text})" if type(part) is Choice else text for part, text in self._each(node))
            case Choice():
                return "|".join(text for _, text in self._each(node))
            case Repeat():
                return self._repeat(node)
            case Look():
                return self._look(node)
            case Backreference():
                if self._any_case:
                    raise Untranslated("a backreference with the flag i")
                return f"(?({node.number})\\{node.number})"
        raise AssertionError(node)

    def _each(self, node: Concatenation | Choice) -> Iterator[tuple[Node, str]]:
        return ((part, self.text(part)) for part in node.parts)

    def _set(self, node: Set) -> str:
        ranges = node.ranges
        if not ranges:
            return _ANY if node.negative else _NONE
        if self._any_case:
            _check_cases(ranges)
        if len(ranges) == 1 and ranges[0][0] == ranges[0][1] and not node.negative:
            return _letter(ranges[0][0])
        return f"[{'^' * node.negative}{_ranges(ranges)}]"

    def _assertion(self, kind: str) -> str:
        if kind == "^":
            return rf"(?:(?<={_LINE_END})|\A)" if self._lines else r"\A"
        if kind == "$":
            return rf"(?={_LINE_END}|\Z)" if self._lines else r"\Z"
        return r"\b" if kind == "b" else r"(?!\b)"

    def _repeat(self, node: Repeat) -> str:
        body = node.body
        if body.groups != body.certain and node.times > 1:
            raise Untranslated("a group that captures, in what is repeated")
        if not body.least and node.times > node.fewest:
            raise Untranslated("a part that may be empty, and is repeated")
        text = self.text(body)
        if not isinstance(body, Set | Dot | Group) or text == _NONE:
            text = f"(?:{text})"
        times = "" if math.isinf(node.times) else min(int(node.times), MOST_TIMES)
        return f"{text}{{{min(node.fewest, MOST_TIMES)},{times}}}{'' if node.greedy else '?'}"

    def _look(self, node: Look) -> str:
        if node.negative and node.body.groups:
            raise Untranslated("a group in a negative look")
        if not node.behind:
            return f"(?{'!' if node.negative else '='}{self.text(node.body)})"
        sign, between = ("!", "") if node.negative else ("=", "|")
        looks = []
        for part in node.body.parts if isinstance(node.body, Choice) else (node.body,):
            if part.groups or part.least != part.most or _refers(part):
                raise Untranslated("a look behind at groups, or at parts of several lengths")
            looks.append(f"(?<{sign}{self.text(part)})")
        return looks[0] if len(looks) == 1 else f"(?:{between.join(looks)})"


def _check_cases(ranges: Sequence[Range]) -> None:
    """Both languages know ASCII's upper and lower case; beyond it, only letters without a case are the same in both."""
    for low, high in ranges:
        if (
            high > 127
            and (low, high) not in _WITHOUT_SPACE
            and not any(first <= low and high <= last for first, last in _CASELESS)
        ):
            raise Untranslated("letters beyond ASCII with the flag i")


#: What `\S`, `\W` and `\D` leave: all else, whose upper and lower cases are among it.
_WITHOUT_SPACE: Final = frozenset(pair for letter in "dsw" for pair in complement(CLASSES[letter]))


def _refers(node: Node) -> bool:
    return math.isinf(node.most)


def _ranges(ranges: Sequence[Range]) -> str:
    return "".join(_letter(low) if low == high else f"{_letter(low)}-{_letter(high)}" for low, high in ranges)


def _letter(code: int) -> str:
    if code < 128:
        letter = chr(code)
        return letter if letter.isalnum() else f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
