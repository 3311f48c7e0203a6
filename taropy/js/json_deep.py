"""JSON that goes deeper than functions may call each other: read without a function's calling itself."""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # in C, and without a stub
from typing import Any

from .array import Array
from .errors import SyntaxError
from .json_reading import exact_float, exact_integer, unexpected
from .obj import Obj

_SPACE = re.compile(r"[ \t\n\r]*")
_LITERAL = re.compile(r"(true|false|null)|(-?(?:0|[1-9][0-9]*))((?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)")
_WORDS = {"true": True, "false": False, "null": None}


def read_deep(text: str) -> Any:
    """The value of a text; `SyntaxError` if it has none."""
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        #: What is open, from the outside in, and under which key what is read next belongs into each.
        self._open: list[Obj | Array[Any]] = []
        self._keys: list[str] = []
        self._outermost: Any = None

    def whole(self) -> Any:
        self._value()
        while self._open:
            if not self._closed():
                self._next()
        if self._peek():
            raise unexpected(self._text, self._at)
        return self._outermost

    def _next(self) -> None:
        """Reads the next field or item of what is open innermost."""
        inner = self._open[-1]
        if len(inner):
            self._expect(",")
        if isinstance(inner, Obj):
            if self._peek() != '"':
                raise unexpected(self._text, self._at)
            key = self._string()
            self._expect(":")
            self._keys[-1] = key
        self._value()

    def _value(self) -> None:
        letter = self._peek()
        if letter in "{[" and letter:
            self._at += 1
            made: Obj | Array[Any] = Obj() if letter == "{" else Array()
            self._put(made)
            self._open.append(made)
            self._keys.append("")
        elif letter == '"':
            self._put(self._string())
        else:
            self._put(self._literal())

    def _put(self, value: Any) -> None:
        if not self._open:
            self._outermost = value
        elif isinstance(inner := self._open[-1], Obj):
            inner[self._keys[-1]] = value
        else:
            inner.append(value)

    def _closed(self) -> bool:
        """Whether what is open innermost ends here."""
        ends = self._peek() == ("}" if isinstance(self._open[-1], Obj) else "]")
        if ends:
            self._at += 1
            self._open.pop()
            self._keys.pop()
        return ends

    def _peek(self) -> str:
        space = _SPACE.match(self._text, self._at)
        assert space is not None
        self._at = space.end()
        return self._text[self._at : self._at + 1]

    def _expect(self, letter: str) -> None:
        if self._peek() != letter:
            raise unexpected(self._text, self._at)
        self._at += 1

    def _string(self) -> str:
        try:
            text: str
            text, self._at = scanstring(self._text, self._at + 1, True)
        except ValueError:
            raise SyntaxError(f"Bad or unterminated string in JSON at position {self._at}") from None
        return text

    def _literal(self) -> Any:
        found = _LITERAL.match(self._text, self._at)
        if found is None:
            raise unexpected(self._text, self._at)
        self._at = found.end()
        if found[1]:
            return _WORDS[found[1]]
        return exact_float(found[0]) if found[3] else exact_integer(found[0])
