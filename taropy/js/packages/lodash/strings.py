"""lodash's functions of texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from ...access import get
from ...array import Array
from ...conversions import SPACE, text
from ...indexes import bounded
from ...missing import is_nullish
from ...regexp import RegExp
from ...strings import String, length
from .base import is_iteratee_call, truthy
from .kinds import toString
from .numbers import toInteger

_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_SPECIAL = re.compile(r"[\\^$.*+?()[\]{}|]")
_APOSTROPHES = re.compile("['\u2019]")
#: Letters that are made of others than by a mark.
_LETTERS = {
    "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "Æ": "Ae", "æ": "ae", "Þ": "Th", "þ": "th", "ß": "ss", "Đ": "D",
    "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "ĸ": "k", "Ł": "L", "ł": "l", "Ŧ": "T", "ŧ": "t", "Ĳ": "IJ", "ĳ": "ij",
    "Œ": "Oe", "œ": "oe", "ŉ": "'n", "ſ": "s", "Ŀ": "L", "ŀ": "l", "Ŋ": "N", "ŋ": "n",
}  # fmt: skip
_MARKS = re.compile("[\u0300-\u036f\ufe20-\ufe2f\u20d0-\u20ff]")
_LATIN = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0100-\u017f]")

_UPPER, _LOWER, _OTHER = "A-Z\u00c0-\u00d6\u00d8-\u00de", "a-z\u00df-\u00f6\u00f8-\u00ff", r"\u0100-\u1fff\u2c00-\ud7ff"
_BREAK = r"\s\x00-\x2f:-@\[-`{-\xbf\xd7\xf7\u2000-\u206f\ufeff"
_ASCII_WORD = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
_HAS_KINDS = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|[0-9][a-zA-Z]|[a-zA-Z][0-9]|[^a-zA-Z0-9 ]")
_ORDINAL = r"\d*(?:1st|2nd|3rd|(?![123])\dth)(?=\b|[A-Z_])|\d*(?:1ST|2ND|3RD|(?![123])\dTH)(?=\b|[a-z_])"
_LOWERS = rf"(?:[{_LOWER}]|[^{_BREAK}\d{_UPPER}{_LOWER}])"
_UPPERS = rf"(?:[{_UPPER}]|[^{_BREAK}\d{_UPPER}{_LOWER}])"
_WORD = re.compile(
    rf"[{_UPPER}]?[{_LOWER}]+(?:['\u2019](?:d|ll|m|re|s|t|ve))?(?=[{_BREAK}]|[{_UPPER}]|$)"
    rf"|{_UPPERS}+(?:['\u2019](?:D|LL|M|RE|S|T|VE))?(?=[{_BREAK}]|[{_UPPER}]{_LOWERS}|$)"
    rf"|[{_UPPER}]?{_LOWERS}+(?:['\u2019](?:d|ll|m|re|s|t|ve))?"
    rf"|[{_UPPER}]+(?:['\u2019](?:D|LL|M|RE|S|T|VE))?"
    rf"|{_ORDINAL}|\d+",
)


def deburr(string: Any = None) -> str:
    """The text with plain letters in place of those with marks."""
    plain = _LATIN.sub(lambda found: _plain(found[0]), toString(string))
    return _MARKS.sub("", plain)


def _plain(letter: str) -> str:
    return _LETTERS.get(letter) or unicodedata.normalize("NFD", letter)[0]


def words(string: Any = None, pattern: Any = None, guard: Any = None) -> Array[str]:
    """The words of a text, those in camelCase apart; or what a pattern finds."""
    given = toString(string)
    if is_nullish(pattern) or truthy(guard):
        finder = _WORD if _HAS_KINDS.search(given) else _ASCII_WORD
        return Array(finder.findall(given))
    found = String.match(given, pattern)
    return Array(found) if found is not None else Array()


def _compounded(string: Any, join: Callable[[str, str, int], str]) -> str:
    result = ""
    for place, word in enumerate(words(_APOSTROPHES.sub("", deburr(string)))):
        result = join(result, word, place)
    return result


def camelCase(string: Any = None) -> str:
    """The words as `camelCase`."""
    return _compounded(string, lambda so_far, word, at: so_far + (capitalize(word) if at else word.lower()))


def kebabCase(string: Any = None) -> str:
    """The words as `kebab-case`."""
    return _compounded(string, lambda so_far, word, at: so_far + ("-" if at else "") + word.lower())


def snakeCase(string: Any = None) -> str:
    """The words as `snake_case`."""
    return _compounded(string, lambda so_far, word, at: so_far + ("_" if at else "") + word.lower())


def lowerCase(string: Any = None) -> str:
    """The words in lower case, with spaces between."""
    return _compounded(string, lambda so_far, word, at: so_far + (" " if at else "") + word.lower())


def upperCase(string: Any = None) -> str:
    """The words in upper case, with spaces between."""
    return _compounded(string, lambda so_far, word, at: so_far + (" " if at else "") + word.upper())


def startCase(string: Any = None) -> str:
    """The words, each with its first letter in upper case, with spaces between."""
    return _compounded(string, lambda so_far, word, at: so_far + (" " if at else "") + upperFirst(word))


def capitalize(string: Any = None) -> str:
    """The first letter in upper case, the others in lower case."""
    return upperFirst(toString(string).lower())


def upperFirst(string: Any = None) -> str:
    """The first letter in upper case."""
    given = toString(string)
    return given[:1].upper() + given[1:]


def lowerFirst(string: Any = None) -> str:
    """The first letter in lower case."""
    given = toString(string)
    return given[:1].lower() + given[1:]


def toLower(value: Any = None) -> str:
    """The text in lower case."""
    return toString(value).lower()


def toUpper(value: Any = None) -> str:
    """The text in upper case."""
    return toString(value).upper()


def startsWith(string: Any = None, target: Any = None, position: Any = None) -> bool:
    """Whether the text, from a place on, begins with another."""
    given = toString(string)
    at = bounded(max(toInteger(position), 0), length(given))
    return String.slice(given, at).startswith(text(target))


def endsWith(string: Any = None, target: Any = None, position: Any = None) -> bool:
    """Whether the text, up to a place, ends with another."""
    given = toString(string)
    at = length(given) if is_nullish(position) else min(max(toInteger(position), 0), length(given))
    return String.slice(given, 0, at).endswith(text(target))


def escape(string: Any = None) -> str:
    """The text with `&`, `<`, `>`, `"` and `'` as HTML has them."""
    return re.sub("[&<>\"']", lambda found: _ESCAPED[found[0]], toString(string))


def unescape(string: Any = None) -> str:
    """What `escape` has escaped."""
    back = {escaped: char for char, escaped in _ESCAPED.items()}
    return re.sub("&(?:amp|lt|gt|quot|#39);", lambda found: back[found[0]], toString(string))


def escapeRegExp(string: Any = None) -> str:
    """The text with a backslash before what means something in a regular expression."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], toString(string))


# --- how long --------------------------------------------------------------------------------------------------


def _filling(count: int, chars: Any) -> str:
    pattern = " " if is_nullish(chars) else toString(chars)
    return (pattern * count)[:count]


def pad(string: Any = None, length_: Any = 0, chars: Any = None) -> str:
    """The text in the middle of so many characters."""
    given = toString(string)
    lack = max(int(toInteger(length_)) - len(given), 0)
    return _filling(lack // 2, chars) + given + _filling(lack - lack // 2, chars)


def padEnd(string: Any = None, length_: Any = 0, chars: Any = None) -> str:
    """The text at the beginning of so many characters."""
    given = toString(string)
    return given + _filling(max(int(toInteger(length_)) - len(given), 0), chars)


def padStart(string: Any = None, length_: Any = 0, chars: Any = None) -> str:
    """The text at the end of so many characters."""
    given = toString(string)
    return _filling(max(int(toInteger(length_)) - len(given), 0), chars) + given


def repeat(string: Any = None, n: Any = 1, guard: Any = None) -> str:
    """The text so many times."""
    count = 1 if is_nullish(n) or is_iteratee_call(string, n, guard) else int(toInteger(n))
    return toString(string) * max(count, 0)


def truncate(string: Any = None, options: Any = None) -> str:
    """The text, of at most 30 characters with the three dots behind it.

    `options`: `length`, `omission` (the dots), `separator` (a text or an expression to break at).
    """
    given, chosen = toString(string), options if isinstance(options, dict) else {}
    most = max(int(toInteger(chosen["length"])), 0) if "length" in chosen else 30
    omission = toString(chosen["omission"]) if "omission" in chosen else "..."
    if len(given) <= most:
        return given
    end = most - len(omission)
    if end < 1:
        return omission
    kept = given[:end]
    separator = get(chosen, "separator")
    if is_nullish(separator):
        return kept + omission
    return _broken(kept, given[end:], separator) + omission


def _broken(kept: str, following: str, separator: Any) -> str:
    if isinstance(separator, RegExp):
        places = [
            found.index
            for found in String.matchAll(kept, RegExp(separator.source, separator.flags.replace("g", "") + "g"))
        ]
        starts = RegExp(separator.source, separator.flags.replace("g", "")).exec(following)
        return kept if (starts is not None and starts.index == 0) or not places else kept[: places[-1]]
    mark = text(separator)
    at = kept.rfind(mark)
    return kept if following.startswith(mark) or at < 0 else kept[:at]


def _trimmed(string: Any, chars: Any, guard: Any, *, start: bool, end: bool) -> str:
    given = toString(string)
    if not given:
        return given
    mark = SPACE if truthy(guard) or is_nullish(chars) else toString(chars)
    given = given.lstrip(mark) if start and mark else given
    return given.rstrip(mark) if end and mark else given


def trim(string: Any = None, chars: Any = None, guard: Any = None) -> str:
    """The text without white space around it, or without these characters."""
    return _trimmed(string, chars, guard, start=True, end=True)


def trimStart(string: Any = None, chars: Any = None, guard: Any = None) -> str:
    """The text without white space before it, or without these characters."""
    return _trimmed(string, chars, guard, start=True, end=False)


def trimEnd(string: Any = None, chars: Any = None, guard: Any = None) -> str:
    """The text without white space behind it, or without these characters."""
    return _trimmed(string, chars, guard, start=False, end=True)


def replace(string: Any = None, pattern: Any = None, replacement: Any = None) -> str:
    """The text with what is found replaced: the first of a text, all of an expression with `g`."""
    return String.replace(toString(string), pattern, replacement)


def split(string: Any = None, separator: Any = None, limit: Any = None) -> Array[str]:
    """The parts of a text between separators."""
    given = toString(string)
    if separator == "":
        found = Array(given)
        return found if is_nullish(limit) else Array(found[: int(limit)])
    return String.split(given, separator, limit) if not is_nullish(limit) else String.split(given, separator)
