"""The plugin customParseFormat: `dayjs("02.01.2024", "DD.MM.YYYY")`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ....conversions import NaN, number, text
from ....date import Date
from ....missing import is_nullish
from ..core import Dayjs
from .formats import localized

_PIECE = re.compile(
    r"(\[[^\[]*\])|([-_:/.,()\s]+)"
    r"|(A|a|Q|YYYY|YY?|ww?|MM?M?M?|Do|DD?|hh?|HH?|mm?|ss?|S{1,3}|z|ZZ?)",
    re.ASCII,
)
_ONE, _TWO, _SOME, _WORD = r"\d", r"\d\d", r"\d\d?", r"\d*[^-_:/,()\s\d]+"
_OFFSET = r"[+-]\d\d:?(\d\d)?|Z"

Parts = dict[str, Any]


class _Unreadable(Exception):
    """The text is not as the format says."""


def customParseFormat(option: Any, kind: Any, dayjs: Any) -> None:
    """`dayjs(text, format, locale, strict)`: reads dates as a format says, or as one of several.

    With `strict`, the date has to be the same text again. Option: `parseTwoDigitYear`, a function.
    """
    inner = dayjs.parsed
    two_digits: Callable[[str], Any] = _year_of_two
    if isinstance(option, dict) and option["parseTwoDigitYear"] is not None:
        two_digits = option["parseTwoDigitYear"]

    def parsed(made: Dayjs, date: Any, format: Any, locale: Any, strict: Any) -> Any:
        if isinstance(format, list):
            return next(
                (found for each in format if _is_valid(found := parsed(made, date, each, locale, strict))), Date(NaN)
            )
        if not isinstance(format, str):
            return inner(made, date, format, locale, strict)
        if isinstance(locale, str):
            made._locale = dayjs.locales.choose(locale, only_asked=True) or made._locale
        found = _read(text(date), format, dayjs.locales.known[made._locale], two_digits, dayjs)
        if (locale is True or strict is True) and _is_valid(found):
            made._date = found
            if text(date) != made.format(format):
                return Date(NaN)
        return found

    dayjs.parsed = parsed


def _is_valid(date: Any) -> bool:
    return bool(date.getTime() == date.getTime())


def _year_of_two(digits: str) -> int:
    return int(digits) + (1900 if int(digits) > 68 else 2000)


def _read(given: str, format: str, locale: Any, two_digits: Callable[[str], Any], dayjs: Any) -> Date:
    if format in ("x", "X"):
        return Date(number(given) * (1000 if format == "X" else 1))
    try:
        parts = _parts(given, format, locale, two_digits)
    except _Unreadable:
        return Date(NaN)
    if "afternoon" in parts:
        hours = parts.get("hours", NaN)
        if parts["afternoon"]:
            parts["hours"] = hours + 12 if hours < 12 else hours
        elif hours == 12:
            parts["hours"] = 0
    return _date_of(parts, dayjs)


def _date_of(parts: Parts, dayjs: Any) -> Date:
    now = Date()
    year, month = parts.get("year") or 0, parts.get("month") or 0
    day = parts.get("day") or (1 if year or month else now.getDate())
    at = 0 if year and not month else month - 1 if month > 0 else now.getMonth()
    rest = [parts.get(name) or 0 for name in ("hours", "minutes", "seconds", "milliseconds")]
    year = year or now.getFullYear()
    if "offset" in parts:
        return Date(Date.UTC(year, at, day, *rest) + 60_000 * parts["offset"])
    made = Date(year, at, day, *rest)
    return dayjs(made).week(parts["week"]).toDate() if parts.get("week") else made


def _parts(given: str, format: str, locale: Any, two_digits: Callable[[str], Any]) -> Parts:
    parts: Parts = {}
    start = 0
    for piece in _PIECE.findall(localized(format, locale)):
        token = piece[2]
        if token in ("", "z"):
            literal = "".join(piece)
            start += len(literal.removeprefix("[").removesuffix("]"))
            continue
        pattern, field = _TOKENS[token]
        found = re.compile(pattern, re.ASCII).search(given, min(start, len(given)))
        if found is None:
            raise _Unreadable
        parts.update(_value(token, field, found[0], locale, two_digits))
        given = given.replace(found[0], "", 1)
    return parts


def _value(token: str, field: str, found: str, locale: Any, two_digits: Callable[[str], Any]) -> Parts:
    if token in ("A", "a"):
        return {field: _is_afternoon(found, locale, lower=token == "a")}
    if token in ("MMM", "MMMM"):
        names = locale.months if token == "MMMM" else locale.monthsShort or [name[:3] for name in locale.months]
        if found not in names:
            raise _Unreadable
        return {field: names.index(found) % 12 + 1}
    if token == "Do":
        return {field: _ordinal_day(found, locale)}
    if token in ("Z", "ZZ"):
        return {field: _offset(found)}
    if token == "YY":
        return {field: two_digits(found)}
    value = int(found)
    return {field: 3 * (value - 1) + 1 if token == "Q" else value * {"S": 100, "SS": 10}.get(token, 1)}


def _is_afternoon(found: str, locale: Any, *, lower: bool) -> bool | None:
    if is_nullish(locale.meridiem):
        return found == ("pm" if lower else "PM")
    return next((hour > 12 for hour in range(1, 25) if locale.meridiem(hour, 0, lower) in found), None)


def _ordinal_day(found: str, locale: Any) -> int:
    written = (day for day in range(1, 32) if re.sub(r"[\[\]]", "", text(locale.ordinal(day))) == found)
    digits = re.search(r"\d+", found)
    if digits is None:
        raise _Unreadable
    return next(written, int(digits[0]))


def _offset(found: str) -> int:
    """How many minutes are to be added for UTC."""
    if found == "Z":
        return 0
    minutes = 60 * int(found[1:3]) + int(found[3:].removeprefix(":") or 0)
    return -minutes if found[0] == "+" else minutes


_TOKENS: dict[str, tuple[str, str]] = {
    "A": (_WORD, "afternoon"),
    "a": (_WORD, "afternoon"),
    "Q": (_ONE, "month"),
    "S": (_ONE, "milliseconds"),
    "SS": (_TWO, "milliseconds"),
    "SSS": (r"\d{3}", "milliseconds"),
    "s": (_SOME, "seconds"),
    "ss": (_SOME, "seconds"),
    "m": (_SOME, "minutes"),
    "mm": (_SOME, "minutes"),
    "H": (_SOME, "hours"),
    "h": (_SOME, "hours"),
    "HH": (_SOME, "hours"),
    "hh": (_SOME, "hours"),
    "D": (_SOME, "day"),
    "DD": (_TWO, "day"),
    "Do": (_WORD, "day"),
    "w": (_SOME, "week"),
    "ww": (_TWO, "week"),
    "M": (_SOME, "month"),
    "MM": (_TWO, "month"),
    "MMM": (_WORD, "month"),
    "MMMM": (_WORD, "month"),
    "Y": (r"[+-]?\d+", "year"),
    "YY": (_TWO, "year"),
    "YYYY": (r"\d{4}", "year"),
    "Z": (_OFFSET, "offset"),
    "ZZ": (_OFFSET, "offset"),
}
