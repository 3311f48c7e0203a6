"""`String`: the methods of JavaScript's texts, for Python's.

A text is a `str`. Its own methods do where they mean the same (`s + t`, `t in s`, `s.startswith(t)`); these are for the
others, with the text first: `String.slice(s, 0, 2)`. Positions and lengths count UTF-16 units, as JavaScript does: a
text with characters beyond U+FFFF, of two units each, is taken apart for that and put together again, any other is used
as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from typing import Any, Final, TypeVar

from .array import Array
from .conversions import SPACE, integer, number, shown, text
from .errors import RangeError, TypeError
from .indexes import bounded, clamped
from .missing import Undefined, is_nullish
from .operators import to_uint32
from .substitution import replaced
from .utf16 import has_astral, joined, units

Method = TypeVar("Method", bound=Callable[..., Any])


def length(value: Any) -> int:
    """`value.length`: of a text its UTF-16 units, of an array and other lists the items; of an object its field."""
    if type(value) is str and value.isascii():
        return len(value)
    if isinstance(value, str):
        return len(units(value))
    if isinstance(value, dict):
        return dict.get(value, "length")  # type: ignore[return-value]
    return len(value)


def _in_units(method: Method) -> Method:
    """A method that is given its text, and those among its arguments, in units; the texts that it gives are joined."""

    @wraps(method)
    def call(subject: Any, *arguments: Any) -> Any:
        if type(subject) is not str:
            subject = _subject(subject, method.__name__)
        if subject.isascii() or not has_astral(subject):
            return method(subject, *arguments)
        return _joined(method(units(subject), *(units(each) if type(each) is str else each for each in arguments)))

    return call  # type: ignore[return-value]


def _subject(value: Any, method: str) -> str:
    if type(value) is str:
        return value
    if is_nullish(value):
        raise TypeError(f"String.prototype.{method} called on null or undefined")
    return text(value)


def _joined(value: Any) -> Any:
    if type(value) is str:
        return joined(value)
    return Array(map(_joined, value)) if type(value) is Array else value


def _no_pattern(value: Any, method: str) -> str:
    if getattr(type(value), "symbol_match", None) is not None:
        raise TypeError(f"First argument to String.prototype.{method} must not be a regular expression")
    return text(value)


class _String:
    """`String(value)` converts, as `text` does. The methods of texts take the text first: `String.slice(s, 0, 2)`.

    Where JavaScript takes a regular expression, these take an object of a class that has `symbol_replace`,
    `symbol_split`, `symbol_match`, `symbol_match_all` or `symbol_search`, each of which is given the text first.
    """

    __name__: str = "String"

    def __call__(self, value: Any = "") -> str:
        return text(value)

    def __repr__(self) -> str:
        return "String"

    # --- making texts ------------------------------------------------------------------------------------------

    @staticmethod
    def fromCharCode(*units: Any) -> str:
        """The text of these UTF-16 units."""
        return joined("".join(chr(to_uint32(unit) & 0xFFFF) for unit in units))

    @staticmethod
    def fromCodePoint(*points: Any) -> str:
        """The text of these characters, by their numbers; `RangeError` for what is none."""
        numbers = [number(point) for point in points]
        for each in numbers:
            if not (0 <= each <= 0x10FFFF and each == math.floor(each)):
                raise RangeError(f"Invalid code point {text(each)}")
        return joined("".join(chr(int(each)) for each in numbers))

    @staticmethod
    def raw(template: Any, *substitutions: Any) -> str:
        """What stands between the substitutions of a template, as written: `template["raw"]`, and they in between."""
        parts = [text(part) for part in template["raw"]]
        filled = [text(each) for each in substitutions[: max(len(parts) - 1, 0)]]
        return "".join(each for pair in zip(parts, [*filled, *[""] * len(parts)], strict=False) for each in pair)

    # --- parts -------------------------------------------------------------------------------------------------

    length: staticmethod[[Any], int] = staticmethod(length)

    @staticmethod
    @_in_units
    def at(subject: str, index: Any = 0) -> str | Any:
        """The unit at an index, from the end if it is negative; None beyond, which checkers leave to those who know."""
        place = integer(index)
        place = place + len(subject) if place < 0 else place
        return subject[int(place)] if 0 <= place < len(subject) else None

    @staticmethod
    @_in_units
    def charAt(subject: str, index: Any = 0) -> str:
        """The unit at an index; "" beyond."""
        place = integer(index)
        return subject[int(place)] if 0 <= place < len(subject) else ""

    @staticmethod
    @_in_units
    def charCodeAt(subject: str, index: Any = 0) -> int | float:
        """The number of the unit at an index; NaN beyond."""
        place = integer(index)
        return ord(subject[int(place)]) if 0 <= place < len(subject) else math.nan

    @staticmethod
    @_in_units
    def codePointAt(subject: str, index: Any = 0) -> int | None:
        """The number of the character that begins at an index; None beyond."""
        place = integer(index)
        if not 0 <= place < len(subject):
            return None
        return ord(joined(subject[int(place) : int(place) + 2])[0])

    @staticmethod
    @_in_units
    def slice(subject: str, start: Any = 0, end: Any = None) -> str:
        """From `start` to before `end`, both from the end of the text if they are negative."""
        size = len(subject)
        return subject[bounded(start, size, 0) : bounded(end, size, size)]

    @staticmethod
    @_in_units
    def substring(subject: str, start: Any = 0, end: Any = None) -> str:
        """Between two positions, whichever comes first; a negative one is 0."""
        size = len(subject)
        first, last = sorted((clamped(start, size), clamped(end, size, size)))
        return subject[first:last]

    @staticmethod
    @_in_units
    def substr(subject: str, start: Any = 0, count: Any = None) -> str:
        """So many units from `start`, which counts from the end if it is negative."""
        size = len(subject)
        first = bounded(start, size, 0)
        return subject[first : first + clamped(count, size - first, size - first)]

    @staticmethod
    def characters(subject: Any) -> Array[str]:
        """`[...subject]`, `Array.from(subject)`: the characters, none of which is taken apart."""
        return Array(text(subject))

    @staticmethod
    def split(subject: Any, separator: Any = None, limit: Any = None) -> Array[str]:
        """The parts between the separators, at most `limit`; an empty separator takes it apart into units."""
        if type(subject) is str and type(separator) is str and separator and limit is None and subject.isascii():
            return Array(subject.split(separator))
        if getattr(type(separator), "symbol_split", None) is not None:
            return separator.symbol_split(_subject(subject, "split"), limit)  # type: ignore[no-any-return]
        most = 2**32 - 1 if is_nullish(limit) else to_uint32(limit)
        if separator is None or isinstance(separator, Undefined):
            return Array([_subject(subject, "split")][:most])
        parts: Array[str] = _split(subject, text(separator))
        return Array(parts[:most]) if most < len(parts) else parts

    # --- looking for something ---------------------------------------------------------------------------------

    @staticmethod
    @_in_units
    def indexOf(subject: str, searched: Any = "undefined", start: Any = 0) -> int:
        """Where it begins first, at `start` or after; -1 if nowhere."""
        return subject.find(text(searched), clamped(start, len(subject)))

    @staticmethod
    @_in_units
    def lastIndexOf(subject: str, searched: Any = "undefined", start: Any = None) -> int:
        """Where it begins last, at `start` or before; -1 if nowhere."""
        searched = text(searched)
        place = math.nan if is_nullish(start) else number(start)
        last = len(subject) if place != place else clamped(place, len(subject))
        return subject.rfind(searched, 0, last + len(searched))

    @staticmethod
    @_in_units
    def includes(subject: str, searched: Any = "undefined", start: Any = 0) -> bool:
        """Whether it is in the text, at `start` or after."""
        return subject.find(_no_pattern(searched, "includes"), clamped(start, len(subject))) >= 0

    @staticmethod
    @_in_units
    def startsWith(subject: str, searched: Any = "undefined", start: Any = 0) -> bool:
        """Whether it stands at `start`."""
        return subject.startswith(_no_pattern(searched, "startsWith"), clamped(start, len(subject)))

    @staticmethod
    @_in_units
    def endsWith(subject: str, searched: Any = "undefined", end: Any = None) -> bool:
        """Whether it stands before `end`, by default that of the text."""
        size = len(subject)
        return subject[: clamped(end, size, size)].endswith(_no_pattern(searched, "endsWith"))

    @staticmethod
    def match(subject: Any, pattern: Any = None) -> Any:
        """What a regular expression finds; a text is taken for the source of one."""
        return _pattern(pattern, "symbol_match").symbol_match(_subject(subject, "match"))

    @staticmethod
    def matchAll(subject: Any, pattern: Any = None) -> Iterator[Any]:
        """All that a regular expression finds, one after the other; it has to have the flag g."""
        return _pattern(pattern, "symbol_match_all", "g").symbol_match_all(_subject(subject, "matchAll"))  # type: ignore[no-any-return]

    @staticmethod
    def search(subject: Any, pattern: Any = None) -> int:
        """Where a regular expression finds something first; -1 if nowhere."""
        return _pattern(pattern, "symbol_search").symbol_search(_subject(subject, "search"))  # type: ignore[no-any-return]

    # --- other texts of it -------------------------------------------------------------------------------------

    @staticmethod
    def replace(subject: Any, searched: Any, replacement: Any = "undefined") -> str:
        """With something else in the place of what is found first: of a text with `$&` and the like, or a callback."""
        if getattr(type(searched), "symbol_replace", None) is not None:
            return searched.symbol_replace(_subject(subject, "replace"), replacement)  # type: ignore[no-any-return]
        return _replace(subject, text(searched), replacement, first_only=True)

    @staticmethod
    def replaceAll(subject: Any, searched: Any, replacement: Any = "undefined") -> str:
        """As `replace`, of all that is found; a regular expression has to have the flag g."""
        if getattr(type(searched), "symbol_replace", None) is not None:
            if "g" not in searched.flags:
                raise TypeError("replaceAll must be called with a global RegExp")
            return searched.symbol_replace(_subject(subject, "replaceAll"), replacement)  # type: ignore[no-any-return]
        return _replace(subject, text(searched), replacement, first_only=False)

    @staticmethod
    def concat(subject: Any, *others: Any) -> str:
        """The text, and after it the others."""
        return joined(_subject(subject, "concat") + "".join(map(text, others)))

    @staticmethod
    @_in_units
    def repeat(subject: str, count: Any = 0) -> str:
        """The text so many times; `RangeError` for a negative or an infinite number."""
        times = integer(count)
        if not 0 <= times < math.inf or len(subject) * times >= 2**29:
            raise RangeError(f"Invalid count value: {text(count)}")
        return subject * int(times)

    @staticmethod
    @_in_units
    def padStart(subject: str, size: Any = 0, fill: Any = " ") -> str:
        """As long as `size` by `fill` before it."""
        return joined(_padding(subject, size, fill) + subject)

    @staticmethod
    @_in_units
    def padEnd(subject: str, size: Any = 0, fill: Any = " ") -> str:
        """As long as `size` by `fill` after it."""
        return joined(subject + _padding(subject, size, fill))

    @staticmethod
    def trim(subject: Any) -> str:
        """Without JavaScript's white space around it."""
        return subject.strip(SPACE) if type(subject) is str else _subject(subject, "trim").strip(SPACE)

    @staticmethod
    def trimStart(subject: Any) -> str:
        """Without the white space before it."""
        return _subject(subject, "trimStart").lstrip(SPACE)

    @staticmethod
    def trimEnd(subject: Any) -> str:
        """Without the white space after it."""
        return _subject(subject, "trimEnd").rstrip(SPACE)

    @staticmethod
    def toLowerCase(subject: Any) -> str:
        """In small letters, whatever the language."""
        return _subject(subject, "toLowerCase").lower()

    @staticmethod
    def toUpperCase(subject: Any) -> str:
        """In capital letters, whatever the language."""
        return _subject(subject, "toUpperCase").upper()

    @staticmethod
    def toLocaleLowerCase(subject: Any) -> str:
        """As `toLowerCase`: the rules of a language are not here."""
        return _String.toLowerCase(subject)

    @staticmethod
    def toLocaleUpperCase(subject: Any) -> str:
        """As `toUpperCase`: the rules of a language are not here."""
        return _String.toUpperCase(subject)

    @staticmethod
    def normalize(subject: Any, form: Any = "NFC") -> str:
        """In one of Unicode's forms: NFC, NFD, NFKC, NFKD; `RangeError` for another."""
        import unicodedata

        wanted = "NFC" if is_nullish(form) else text(form)
        if wanted not in ("NFC", "NFD", "NFKC", "NFKD"):
            raise RangeError("The normalization form should be one of NFC, NFD, NFKC, NFKD.")
        return unicodedata.normalize(wanted, _subject(subject, "normalize"))  # type: ignore[arg-type]

    @staticmethod
    def isWellFormed(subject: Any) -> bool:
        """Whether no half of a character stands alone."""
        return not any("\ud800" <= unit <= "\udfff" for unit in _subject(subject, "isWellFormed"))

    @staticmethod
    def toWellFormed(subject: Any) -> str:
        """With U+FFFD for each half of a character that stands alone."""
        whole = _subject(subject, "toWellFormed")
        return "".join("\ufffd" if "\ud800" <= unit <= "\udfff" else unit for unit in whole)

    @staticmethod
    def localeCompare(subject: Any, other: Any = "undefined") -> int:
        """-1, 0 or 1, as the text sorts before, with or after another, for people.

        Letters first by what they are, then by their accents, then small before capital; marks before digits before
        letters. What is beyond the Latin letters sorts by its number: the order of Chinese by its sound, and the
        options of `Intl`, need tables that are not here.
        """
        from .collation import collated

        left, right = collated(_subject(subject, "localeCompare")), collated(text(other))
        return (left > right) - (left < right)


String: Final = _String()


@_in_units
def _split(subject: str, separator: str) -> Array[str]:
    return Array(subject.split(separator)) if separator else Array(subject)


def _replace(subject: Any, searched: str, replacement: Any, *, first_only: bool) -> str:
    subject = _subject(subject, "replace")
    if has_astral(subject):
        return joined(replaced(units(subject), units(searched), _joining(replacement), first_only=first_only))
    return replaced(subject, searched, replacement, first_only=first_only)


def _joining(replacement: Any) -> Any:
    """A replacement for a text in units, which calls a program's callback with joined ones."""
    if not callable(replacement):
        return units(text(replacement))
    from .callbacks import called_with

    return lambda *found: units(shown(called_with(replacement, tuple(map(_joined, found)))))


def _padding(subject: str, size: Any, fill: Any) -> str:
    room = integer(size) - len(subject)
    if room > 2**29:
        raise RangeError("Invalid string length")
    pattern = fill if type(fill) is str and fill.isascii() else " " if is_nullish(fill) else units(text(fill))
    if room <= 0 or not pattern:
        return ""
    return (pattern * (int(room) // len(pattern) + 1))[: int(room)]


def _pattern(pattern: Any, symbol: str, flags: str = "") -> Any:
    if getattr(type(pattern), symbol, None) is not None:
        return pattern
    library: Any = import_module("taropy.js")  # whose regular expressions need none of this, but where they are texts
    return library.RegExp("" if is_nullish(pattern) else text(pattern), flags)
