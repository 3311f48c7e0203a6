"""`RegExp`: regular expressions as ECMAScript has them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator as PythonIterator
from typing import Any, Final

from .array import Array
from .conversions import number, text
from .errors import SyntaxError, TypeError
from .iterators import Iterator
from .missing import is_nullish
from .obj import Obj
from .regexp_engines import Engine, Spans, engine_of
from .regexp_syntax import group_names
from .substitution import substitute
from .utf16 import has_astral, joined, units

FLAGS: Final = "dgimsuvy"
_ALL = 2**32 - 1
_TO_ESCAPE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[/\n\r\u2028\u2029]", re.DOTALL)
_ESCAPES = {"/": r"\/", "\n": r"\n", "\r": r"\r", "\u2028": r"\u2028", "\u2029": r"\u2029"}


class Match(Array[Any]):
    """What `exec` found: the whole match, and then the groups, None for one that is not set.

    - `index`: where it begins; `input`: the text in which it was found.
    - `groups`: the named groups, None if there are none; `indices`: with the flag d, where each begins and ends.
    """

    __slots__ = ("groups", "index", "indices", "input")  # pyright: ignore[reportIncompatibleMethodOverride]

    index: int  # type: ignore[assignment]
    input: str
    groups: Obj | None
    indices: Indices | None


class Indices(Array[Any]):
    """Where the match and each of its groups begin and end, as pairs; `groups` has those of the named ones."""

    __slots__ = ("groups",)

    groups: Obj | None


#: The last match of all: whose it is, in which text, and where; what `RegExp.group` tells of.
_last: list[Any] = [None, None, None]


class RegExp:
    """`RegExp(pattern, flags)`: a regular expression; a pattern that is one already is copied.

    - `exec(text)`, `test(text)`; `String.replace(text, regexp, …)`, `match`, `matchAll`, `search` and `split` take it
      too.
    - `lastIndex`: with the flags g and y, where the next search begins.
    - `source`, `flags`, and for each flag whether it is set: `global_` (which is no name in Python without its `_`),
      `ignoreCase`, `multiline`, `dotAll`, `unicode`, `unicodeSets`, `sticky`, `hasIndices`.

    Positions count UTF-16 units. Without the flags u and v so does the pattern: a dot is half of what has two. Most
    patterns need nothing; `taropy.js.regexp_python` tells which do need taropy's extra `regexp`, and such a one raises
    `MissingExtra` where that is not installed. `SyntaxError` for what is no pattern.
    """

    __slots__ = ("_begins_anew", "_engine", "_flags", "_is_global", "_names", "_pattern", "_unicode", "lastIndex")

    def __init__(self, pattern: Any = None, flags: Any = None) -> None:
        if isinstance(pattern, RegExp):
            flags = pattern.flags if is_nullish(flags) else flags
            pattern = pattern._pattern
        self._pattern: str = "(?:)" if is_nullish(pattern) else text(pattern) or "(?:)"
        self._flags = _sorted("" if is_nullish(flags) else text(flags))
        self._is_global = "g" in self._flags
        self._begins_anew = not self._is_global and "y" not in self._flags
        self._unicode = "u" in self._flags or "v" in self._flags
        names = [] if "(?<" not in self._pattern else group_names(self._pattern)
        if len(set(filter(None, names))) < len([name for name in names if name]):
            raise SyntaxError(f"Invalid regular expression: /{self._pattern}/: Duplicate capture group name")
        self._names = {name: number for number, name in enumerate(names, 1) if name}
        self._engine: Engine = engine_of(self._pattern, "".join(flag for flag in self._flags if flag in "imsuv"))
        self.lastIndex: Any = 0

    # --- what it is ------------------------------------------------------------------------------------------------

    @property
    def source(self) -> str:
        """The pattern, as it could stand between slashes."""
        return _TO_ESCAPE.sub(lambda found: _ESCAPES.get(found[0], found[0]), self._pattern)

    @property
    def flags(self) -> str:
        """The flags, in alphabetical order."""
        return self._flags

    @property
    def global_(self) -> bool:
        """Whether it has the flag g."""
        return self._is_global

    @property
    def ignoreCase(self) -> bool:
        """Whether it has the flag i."""
        return "i" in self._flags

    @property
    def multiline(self) -> bool:
        """Whether it has the flag m."""
        return "m" in self._flags

    @property
    def dotAll(self) -> bool:
        """Whether it has the flag s."""
        return "s" in self._flags

    @property
    def unicode(self) -> bool:
        """Whether it has the flag u."""
        return "u" in self._flags

    @property
    def unicodeSets(self) -> bool:
        """Whether it has the flag v."""
        return "v" in self._flags

    @property
    def sticky(self) -> bool:
        """Whether it has the flag y."""
        return "y" in self._flags

    @property
    def hasIndices(self) -> bool:
        """Whether it has the flag d."""
        return "d" in self._flags

    def toString(self) -> str:
        """`/pattern/flags`."""
        return f"/{self.source}/{self._flags}"

    def __str__(self) -> str:
        return self.toString()

    def __repr__(self) -> str:
        return f"RegExp({self._pattern!r}{f', {self._flags!r}' if self._flags else ''})"

    # --- finding ---------------------------------------------------------------------------------------------------

    def exec(self, subject: Any = "undefined") -> Match | None:
        """The next match in a text, None if there is none."""
        searched = _Subject(text(subject), self._unicode)
        spans = self._next(searched)
        return None if spans is None else self._match(searched, spans)

    def test(self, subject: Any = "undefined") -> bool:
        """Whether there is another match in a text."""
        if type(subject) is str and self._begins_anew and subject.isascii():
            found = self._engine.is_in(subject)
            if found:
                _last[:] = self, subject, None
            return found
        return self._next(_Subject(text(subject), self._unicode)) is not None

    @staticmethod
    def group(number: int) -> str:
        """`RegExp.$1` and its like: a group of the last match that any expression has found; "" if there is none."""
        regexp, subject, spans = _last
        if regexp is None:
            return ""
        if spans is None:  # `test` has looked no further than whether there is a match
            subject = _Subject(subject, regexp._unicode)
            spans = regexp._engine.find(subject.searched, 0, sticky=False)
            regexp._noted(subject, spans)
        span = spans[number] if number < len(spans) else None
        return "" if span is None else subject.cut(*span)

    def _next(self, subject: _Subject) -> Spans | None:
        """The next match; with the flags g and y `lastIndex` is where it is looked for, and then where it ends."""
        sticky = "y" in self._flags
        if not (self._is_global or sticky):
            return self._noted(subject, self._engine.find(subject.searched, 0, sticky=False))
        start = self.lastIndex if type(self.lastIndex) is int else _length(self.lastIndex)
        spans = None
        if start <= subject.length:
            spans = self._engine.find(subject.searched, subject.place(max(start, 0)), sticky=sticky)
        self.lastIndex = 0 if spans is None else subject.index(_whole(spans)[1])
        return self._noted(subject, spans)

    def _noted(self, subject: _Subject, spans: Spans | None) -> Spans | None:
        """A match, if it is one, kept for who asks for its groups later."""
        if spans is not None:
            _last[:] = self, subject, spans
        return spans

    def _match(self, subject: _Subject, spans: Spans) -> Match:
        match = Match(None if span is None else subject.cut(*span) for span in spans)
        match.index = subject.index(_whole(spans)[0])
        match.input = subject.text
        match.groups = self._named(match)
        match.indices = None
        if self.hasIndices:
            match.indices = Indices(None if span is None else Array(map(subject.index, span)) for span in spans)
            match.indices.groups = self._named(match.indices)
        return match

    def _named(self, values: Array[Any]) -> Obj | None:
        return Obj({name: values[number] for name, number in self._names.items()}) if self._names else None

    def _each(self, subject: _Subject) -> PythonIterator[Spans]:
        """All matches of one that is global, the first if not; `lastIndex` ends as it would after as many `exec`."""
        if not self._is_global:
            first = self._next(subject)
            return iter(()) if first is None else iter((first,))
        self.lastIndex = 0
        if "y" not in self._flags:
            return self._each_anywhere(subject)
        return self._each_sticky(subject)

    def _each_anywhere(self, subject: _Subject) -> PythonIterator[Spans]:
        for spans in self._engine.find_all(subject.searched, 0):
            self._noted(subject, spans)
            yield spans

    def _each_sticky(self, subject: _Subject) -> PythonIterator[Spans]:
        while (spans := self._next(subject)) is not None:
            yield spans
            start, end = _whole(spans)
            self.lastIndex += start == end

    # --- what the methods of texts ask -----------------------------------------------------------------------------

    def symbol_match(self, subject: str) -> Any:
        """`String.match`: what `exec` gives; with the flag g all matches as texts, None if there are none."""
        if not self._is_global:
            return self.exec(subject)
        searched = _Subject(subject, self._unicode)
        found = Array(searched.cut(*_whole(spans)) for spans in self._each(searched))
        return found if len(found) else None

    def symbol_match_all(self, subject: str) -> Iterator[Match]:
        """`String.matchAll`: all matches, one after another. `TypeError` without the flag g."""
        if not self._is_global:
            raise TypeError("String.prototype.matchAll called with a non-global RegExp argument")
        copy = RegExp(self)
        copy.lastIndex = self.lastIndex
        return Iterator(copy._matches(_Subject(subject, self._unicode)))

    def _matches(self, subject: _Subject) -> PythonIterator[Match]:
        while (spans := self._next(subject)) is not None:
            yield self._match(subject, spans)
            start, end = _whole(spans)
            if start == end:
                self.lastIndex = subject.index(end + 1)

    def symbol_search(self, subject: str) -> int:
        """`String.search`: where it matches first, -1 if nowhere; `lastIndex` is not asked, and stays."""
        searched = _Subject(subject, self._unicode)
        spans = self._noted(searched, self._engine.find(searched.searched, 0, sticky=self.sticky))
        return -1 if spans is None else searched.index(_whole(spans)[0])

    def symbol_replace(self, subject: str, replacement: Any) -> str:
        """`String.replace`: with something else in the place of the first match, or of all with the flag g."""
        searched = _Subject(subject, self._unicode)
        whole, end, parts = searched.searched, 0, []
        template = None if callable(replacement) else text(replacement)
        for spans in [*self._each(searched)]:
            start, stop = _whole(spans)
            parts += [whole[end:start], self._replaced(searched, spans, replacement if template is None else template)]
            end = stop
        return joined("".join([*parts, whole[end:]])) if parts else subject

    def _replaced(self, subject: _Subject, spans: Spans, replacement: Any) -> str:
        if type(replacement) is str and "$" not in replacement:
            return replacement
        matched, *groups = [None if span is None else subject.cut(*span) for span in spans]
        assert matched is not None
        named = {name: groups[number - 1] for name, number in self._names.items()}
        place = subject.index(_whole(spans)[0])
        whole = subject.text
        if callable(replacement):
            return substitute(replacement, matched, place, whole, groups, Obj(named) if named else None)
        if has_astral(whole):
            whole, matched = units(whole), units(matched)
        return substitute(replacement, matched, place, whole, groups, named or None)

    def symbol_split(self, subject: str, limit: Any = None) -> Array[Any]:
        """`String.split`: the parts between the matches, and the groups of these, at most `limit`."""
        most = _ALL if is_nullish(limit) else int(number(limit)) % (_ALL + 1)
        searched = _Subject(subject, self._unicode)
        size = len(searched.searched)
        if not size:
            whole = self._engine.find("", 0, sticky=True)
            return Array([subject] if whole is None and most else [])
        parts: list[str | None] = []
        begun, place = 0, 0
        while place < size and len(parts) < most:
            spans = self._engine.find(searched.searched, place, sticky=False)
            if spans is None or _whole(spans)[0] >= size:
                break
            start, end = _whole(spans)
            if end == begun:
                place += 1
                continue
            self._noted(searched, spans)
            parts.append(searched.cut(begun, start))
            parts += [None if span is None else searched.cut(*span) for span in spans[1:]]
            begun = end
            place = end + (start == end)
        return Array([*parts, searched.cut(begun, size)][:most])


class _Subject:
    """A text that is searched: in characters if the pattern is about those, else in units."""

    __slots__ = ("_astral", "length", "searched", "text")

    def __init__(self, subject: str, unicode: bool) -> None:
        self.text = subject
        self.searched = subject
        #: The places of the characters that count twice.
        self._astral: list[int] = []
        if not subject.isascii() and has_astral(subject if not unicode else joined(subject)):
            self.searched = joined(subject) if unicode else units(subject)
            if unicode:
                self._astral = [place for place, letter in enumerate(self.searched) if letter > "\uffff"]
        self.length = len(self.searched) + len(self._astral)

    def index(self, place: int) -> int:
        """Where a place is, in units."""
        return place + bisect_left(self._astral, place) if self._astral else place

    def place(self, index: int) -> int:
        """Which place the unit at an index belongs to."""
        if not self._astral:
            return index
        low, high = 0, len(self.searched)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.index(middle) <= index else (low, middle - 1)
        return low

    def cut(self, start: int, end: int) -> str:
        """A part of it."""
        part = self.searched[start:end]
        return part if self.searched is self.text else joined(part)


def _whole(spans: Spans) -> tuple[int, int]:
    whole = spans[0]
    assert whole is not None
    return whole


def _sorted(flags: str) -> str:
    if len({*flags}) < len(flags) or not {*flags} <= {*FLAGS} or {"u", "v"} <= {*flags}:
        raise SyntaxError(f"Invalid flags supplied to RegExp constructor '{flags}'")
    return "".join(sorted(flags))


def _length(value: Any) -> int:
    """ECMAScript's `ToLength`."""
    amount = number(value)
    return int(min(max(amount, 0), 2**53 - 1)) if amount == amount else 0
