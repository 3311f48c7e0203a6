"""A date of dayjs's as text: `YYYY-MM-DD HH:mm:ss`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...access import get
from ...conversions import text, truthy
from ...date import Date

if TYPE_CHECKING:
    from .core import Dayjs

DEFAULT = "YYYY-MM-DDTHH:mm:ssZ"
_TOKEN = re.compile(r"\[([^\]]+)\]|Y{1,4}|M{1,4}|D{1,2}|d{1,4}|H{1,2}|h{1,2}|a|A|m{1,2}|s{1,2}|Z{1,2}|SSS")


def formatted(moment: Dayjs, date: Date, locale: Any, format: Any) -> str:
    """The date as the format says, in the words of the locale."""
    if not moment.isValid():
        return get(locale, "invalidDate") or "Invalid Date"
    template = format if truthy(format) else DEFAULT
    zone = offset_text(int(moment.utcOffset()))

    def replaced(found: re.Match[str]) -> str:
        write = _WRITTEN.get(found[0])
        return found[1] or (write(date, locale) if write is not None else "") or _of_zone(found[0], zone)

    return _TOKEN.sub(replaced, text(template))


def _of_zone(token: str, zone: str) -> str:
    """The offset, also for what has the letters of a format and is none, as `Y`."""
    return zone if token == "Z" else zone.replace(":", "", 1)


def offset_text(minutes: int) -> str:
    """`+08:00`."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'+' if minutes >= 0 else '-'}{hours:02d}:{rest:02d}"


def year_text(year: float) -> str:
    """The year in four digits."""
    return str(int(year)).rjust(4, "0")


def meridiem(date: Date, locale: Any, *, lower: bool) -> str:
    """What the locale calls this part of the day."""
    own = get(locale, "meridiem")
    if own is not None:
        return text(own(date.getHours(), date.getMinutes(), lower))
    return ("am" if lower else "AM") if date.getHours() < 12 else ("pm" if lower else "PM")


def _name(locale: Any, short: str, whole: str, index: float, length: int | None) -> str:
    own = get(locale, short)
    known = get(own, int(index)) if own is not None and not callable(own) else None
    return text(known or locale[whole][int(index)][:length])


def _digits(part: str, width: int, change: Callable[[int], int] = lambda value: value) -> Callable[[Date, Any], str]:
    return lambda date, locale: f"{change(int(getattr(date, part)())):0{width}d}"


def _next(value: int) -> int:
    return value + 1


def _of_twelve(hour: int) -> int:
    return hour % 12 or 12


_WRITTEN: dict[str, Callable[[Date, Any], str]] = {
    "YY": lambda date, locale: str(int(date.getFullYear()))[-2:],
    "YYYY": lambda date, locale: year_text(date.getFullYear()),
    "M": _digits("getMonth", 1, _next),
    "MM": _digits("getMonth", 2, _next),
    "MMM": lambda date, locale: _name(locale, "monthsShort", "months", date.getMonth(), 3),
    "MMMM": lambda date, locale: _name(locale, "months", "months", date.getMonth(), None),
    "D": _digits("getDate", 1),
    "DD": _digits("getDate", 2),
    "d": _digits("getDay", 1),
    "dd": lambda date, locale: _name(locale, "weekdaysMin", "weekdays", date.getDay(), 2),
    "ddd": lambda date, locale: _name(locale, "weekdaysShort", "weekdays", date.getDay(), 3),
    "dddd": lambda date, locale: _name(locale, "weekdays", "weekdays", date.getDay(), None),
    "H": _digits("getHours", 1),
    "HH": _digits("getHours", 2),
    "h": _digits("getHours", 1, _of_twelve),
    "hh": _digits("getHours", 2, _of_twelve),
    "a": lambda date, locale: meridiem(date, locale, lower=True),
    "A": lambda date, locale: meridiem(date, locale, lower=False),
    "m": _digits("getMinutes", 1),
    "mm": _digits("getMinutes", 2),
    "s": _digits("getSeconds", 1),
    "ss": _digits("getSeconds", 2),
    "SSS": _digits("getMilliseconds", 3),
}
