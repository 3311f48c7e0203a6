"""The ECMAScript engine of the extra `regexp`, for the patterns that Python's `re` has nothing for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..extras import need
from .errors import SyntaxError
from .regexp_engines import Spans, one_after_another
from .regexp_syntax import group_names
from .utf16 import joined, units


class Regress:
    """`regress`, which finds in UTF-8: only from the beginning of a text, and nothing in one with half a pair.

    Without the flag u a pattern is about units. Where there are surrogates, in the pattern or in the text, each is put
    to it as a character of its own: one of the last that are for private use.
    """

    def __init__(self, pattern: str, flags: str, reason: str) -> None:
        self._module: Any = need("regress", extra="regexp", what=f"the regular expression /{pattern}/ ({reason})")
        self._pattern = _with_surrogates(pattern, unicode=bool({"u", "v"} & {*flags}))
        self._flags = "".join(flag for flag in flags if flag in "imsuv")
        self._looks_behind = re.search(r"\(\?<[=!]", pattern) is not None
        self._numbers = range(1, len(group_names(pattern)) + 1)
        self._compiled: dict[str, Any] = {}
        self._search = self._compile(self._pattern)

    def _compile(self, pattern: str) -> Any:
        try:
            return self._module.Regex(pattern, self._flags)
        except self._module.RegressError as error:
            raise SyntaxError(f"Invalid regular expression: /{joined(self._pattern)}/: {error}") from None

    def find(self, text: str, start: int, *, sticky: bool) -> Spans | None:
        if start == 0 and not sticky:
            return self._found(self._search, text, 0)
        # What is before `start` may be asked for: one character of it by \b and ^, all of it by looks behind.
        before = start if self._looks_behind else min(start, 1)
        place = f"(?<![^])[^]{{{before}{'' if sticky else ','}}}"
        return self._found(self._at(f"(?<={place})(?:{self._pattern})"), text, start - before)

    def _at(self, pattern: str) -> Any:
        if pattern not in self._compiled:
            if len(self._compiled) > 8:
                self._compiled.clear()
            self._compiled[pattern] = self._compile(pattern)
        return self._compiled[pattern]

    def is_in(self, text: str) -> bool:
        return self._found(self._search, text, 0) is not None

    def find_all(self, text: str, start: int) -> Iterator[Spans]:
        return one_after_another(self, text, start)

    def _found(self, regex: Any, text: str, start: int) -> Spans | None:
        part = _surrogates_shown(text[start:] if start else text)
        found = regex.find(part)
        if found is None:
            return None
        places = [found.range(), *(found.group(number) for number in self._numbers)]
        at = _Places(part, start)
        return tuple(None if place is None else (at(place.start), at(place.stop)) for place in places)


class _Places:
    """From places in UTF-8 to places in the text."""

    def __init__(self, text: str, start: int) -> None:
        self._raw = None if text.isascii() else text.encode()
        self._start = start

    def __call__(self, place: int) -> int:
        return self._start + (place if self._raw is None else len(self._raw[:place].decode()))


# --- surrogates, for an engine that knows none ------------------------------------------------------------------------

_SHOWN = 0x10F800 - 0xD800
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_TOKEN = re.compile(r"\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|.", re.DOTALL)
_UNICODE_TOKEN = re.compile(f"{_PAIR}|{_TOKEN.pattern}", re.DOTALL)


def _surrogates_shown(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub(lambda found: chr(ord(found[0]) + _SHOWN), text)


def _with_surrogates(pattern: str, *, unicode: bool) -> str:
    """The pattern with what stands for each surrogate in its place; classes that have them all have those too."""
    if unicode:
        tokens = [
            token if token.startswith("\\u{") else _shown(token) for token in _UNICODE_TOKEN.findall(joined(pattern))
        ]
    else:
        tokens = [_shown(token) for token in _TOKEN.findall(units(pattern))]
    made, in_class = [], False
    for place, token in enumerate(tokens):
        made.append(token)
        if token == "[" and not in_class:
            in_class = True
        elif token == "]":
            in_class = False
        elif in_class and place > 1 and tokens[place - 1] == "-" and _spans_surrogates(tokens[place - 2], token):
            made.append(f"{chr(0xD800 + _SHOWN)}-{chr(0xDFFF + _SHOWN)}")
    return "".join(made)


def _shown(token: str) -> str:
    if token.startswith("\\u{"):  # which without the flag u is a u, so many times
        return token[1:]
    code = _code(token)
    return chr(code + _SHOWN) if code is not None and 0xD800 <= code <= 0xDFFF else token


def _code(token: str) -> int | None:
    if len(token) == 1:
        return ord(token)
    return int(token[2:], 16) if token[:2] in ("\\u", "\\x") and len(token) in (4, 6) and "{" not in token else None


def _spans_surrogates(low: str, high: str) -> bool:
    first, last = _code(low), _code(high)
    return first is not None and last is not None and first < 0xD800 and last > 0xDFFF
