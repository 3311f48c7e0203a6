"""dayjs without plugins: `dayjs(…)`, and the dates that it makes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from ...access import get
from ...callbacks import Callback, called_with
from ...conversions import NaN, number, text, truthy
from ...date import Date
from ...maths import Math
from ...missing import is_nullish, is_undefined, undefined
from ...obj import Obj
from .formatting import formatted
from .locales import Locales
from .units import DATE, DAY, HOUR, LENGTHS, MILLISECOND, MINUTE, MONTH, QUARTER, SECOND, WEEK, YEAR, unit_of

_DATE = re.compile(
    r"(\d{4})[-/]?(\d{1,2})?[-/]?(\d{0,2})[Tt\s]*(\d{1,2})?:?(\d{1,2})?:?(\d{1,2})?[.:]?(\d+)?", re.ASCII
)
_SETTERS = {
    DAY: "Date", DATE: "Date", MONTH: "Month", YEAR: "FullYear", HOUR: "Hours", MINUTE: "Minutes", SECOND: "Seconds",
    MILLISECOND: "Milliseconds",
}  # fmt: skip
#: What the start of a unit sets to nothing, and the end to the last: which method, and from which part of the time on.
_TIMES = {
    DAY: ("Hours", 0),
    DATE: ("Hours", 0),
    HOUR: ("Minutes", 1),
    MINUTE: ("Seconds", 2),
    SECOND: ("Milliseconds", 3),
}
_FIRST, _LAST = (0, 0, 0, 0), (23, 59, 59, 999)


class Dayjs:
    """A date of dayjs's. Its methods give another one, and leave it as it is."""

    def __init__(self, date: Date, locale: str, extra: Any = None) -> None:
        self._date = date
        self._locale = locale
        #: What plugins and programs keep with a date; `x` in the options of `dayjs(…)`.
        self.extra: Any = extra if extra is not None else Obj()

    # --- what it is --------------------------------------------------------------------------------------------

    def clone(self) -> Dayjs:
        """The same date once more."""
        return self._like(self._date)

    def _like(self, date: Any) -> Dayjs:
        return type(self)(_date_of(date), self._locale, self.extra)

    def _locale_data(self) -> Any:
        return dayjs.locales.known[self._locale]

    def isValid(self) -> bool:
        """Whether it is a date."""
        return not math.isnan(self._date.getTime())

    def __python__(self) -> Any:
        return self._date.__python__()

    def valueOf(self) -> float:
        """The milliseconds since the epoch."""
        return self._date.getTime()

    def unix(self) -> float:
        """The seconds since the epoch."""
        return Math.floor(self.valueOf() / 1000)

    def toDate(self) -> Date:
        """A `Date`."""
        return Date(self.valueOf())

    def toISOString(self) -> str:
        """The date in UTC, as `Date` has it; `RangeError` of an invalid one."""
        return self._date.toISOString()

    def toJSON(self, key: Any = None) -> str | None:
        """As `toISOString`; None of an invalid one."""
        return self.toISOString() if self.isValid() else None

    def toString(self) -> str:
        """The date in UTC, as `Date.toUTCString` has it."""
        return self._date.toUTCString()

    def utcOffset(self) -> float:
        """How many minutes local time is ahead of UTC."""
        return -Math.round(self._date.getTimezoneOffset() / 15) * 15

    def daysInMonth(self) -> float:
        """How many days its month has."""
        return self.endOf(MONTH)._date.getDate()

    def locale(self, preset: Any = None, object: Any = None) -> Any:
        """The name of its locale; with `preset`, the date with another one, which stays if it is not known."""
        if is_nullish(preset):
            return self._locale
        other = self.clone()
        other._locale = dayjs.locales.choose(preset, object, only_asked=True) or self._locale
        return other

    def format(self, formatStr: Any = None) -> str:
        """The date as `formatStr` says: `YYYY-MM-DD HH:mm:ss`; in brackets stands what is no format."""
        return formatted(self, self._date, self._locale_data(), formatStr)

    # --- its parts ---------------------------------------------------------------------------------------------

    def year(self, input: Any = None) -> Any:
        """The year; with an argument, the date in that one. So have all of these."""
        return self._part(YEAR, self._date.getFullYear, input)

    def month(self, input: Any = None) -> Any:
        """The month, from 0."""
        return self._part(MONTH, self._date.getMonth, input)

    def date(self, input: Any = None) -> Any:
        """The day of the month, from 1."""
        return self._part(DATE, self._date.getDate, input)

    def day(self, input: Any = None) -> Any:
        """The day of the week, 0 for Sunday."""
        return self._part(DAY, self._date.getDay, input)

    def hour(self, input: Any = None) -> Any:
        """The hour."""
        return self._part(HOUR, self._date.getHours, input)

    def minute(self, input: Any = None) -> Any:
        """The minute."""
        return self._part(MINUTE, self._date.getMinutes, input)

    def second(self, input: Any = None) -> Any:
        """The second."""
        return self._part(SECOND, self._date.getSeconds, input)

    def millisecond(self, input: Any = None) -> Any:
        """The millisecond."""
        return self._part(MILLISECOND, self._date.getMilliseconds, input)

    def _part(self, unit: str, read: Callable[[], float], new: Any) -> Any:
        return read() if is_nullish(new) else self.set(unit, new)

    def get(self, unit: Any) -> int | float:
        """A part by its unit."""
        part: int | float = getattr(self, unit_of(unit))()
        return part

    def set(self, unit: Any, value: Any) -> Dayjs:
        """The date with another part; the day is the month's last if the month has not so many."""
        name = unit_of(unit)
        changed = self.clone()
        changed._date = _changed(self, name, number(value))
        return changed

    # --- other dates -------------------------------------------------------------------------------------------

    def startOf(self, units: Any = None, isStart: Any = True) -> Dayjs:
        """The first moment of the year, month, week, day, hour, minute or second that it is in."""
        start = truthy(isStart)
        unit = unit_of(units)
        month, day = self._date.getMonth(), self._date.getDate()
        if unit == YEAR:
            return self._day(1, 0, start) if start else self._day(31, 11, start)
        if unit == MONTH:
            return self._day(1, month, start) if start else self._day(0, month + 1, start)
        if unit == WEEK:
            first = number(self._locale_data().weekStart or 0)
            gap = (self._date.getDay() - first) % 7
            return self._day(day - gap if start else day + (6 - gap), month, start)
        if unit in _TIMES:
            name, place = _TIMES[unit]
            date = self.toDate()
            getattr(date, f"set{name}")(*(_FIRST if start else _LAST)[place:])
            return self._like(date)
        return self.clone()

    def _day(self, day: float, month: float, start: bool) -> Dayjs:
        made = self._like(Date(self._date.getFullYear(), month, day))
        return made if start else made.endOf(DAY)

    def endOf(self, units: Any = None) -> Dayjs:
        """The last moment of the unit that it is in."""
        return self.startOf(units, False)

    def add(self, number_: Any = None, units: Any = None) -> Dayjs:
        """The date so many units later; milliseconds without a unit."""
        count, unit = number(number_), unit_of(units)
        if unit == MONTH:
            return self.set(MONTH, self._date.getMonth() + count)
        if unit == YEAR:
            return self.set(YEAR, self._date.getFullYear() + count)
        if unit in (DAY, WEEK):
            days = Math.round(count * (7 if unit == WEEK else 1))
            return self._like(self.date(self._date.getDate() + days))
        return self._like(Date(self.valueOf() + count * LENGTHS.get(unit, 1)))

    def subtract(self, number_: Any = None, units: Any = None) -> Dayjs:
        """The date so many units earlier."""
        return self.add(number(number_) * -1, units)

    # --- beside others -----------------------------------------------------------------------------------------

    def isSame(self, that: Any = undefined, units: Any = None) -> bool:
        """Whether the other one is in the same unit; the same millisecond without one."""
        other = dayjs(that).valueOf()
        return self.startOf(units).valueOf() <= other <= self.endOf(units).valueOf()

    def isAfter(self, that: Any = undefined, units: Any = None) -> bool:
        """Whether its unit begins after the other one."""
        return dayjs(that).valueOf() < self.startOf(units).valueOf()

    def isBefore(self, that: Any = undefined, units: Any = None) -> bool:
        """Whether its unit ends before the other one."""
        return self.endOf(units).valueOf() < dayjs(that).valueOf()

    def diff(self, input: Any = undefined, units: Any = None, float: Any = False) -> Any:
        """How many units it is after the other one, without what is not a whole one unless `float` is true."""
        unit, that = unit_of(units), dayjs(input)
        apart = self.valueOf() - that.valueOf()
        if unit in (YEAR, QUARTER, MONTH):
            result = _months_between(self, that) / {YEAR: 12, QUARTER: 3, MONTH: 1}[unit]
        elif unit in LENGTHS:
            if unit in (DAY, WEEK):
                apart -= (that.utcOffset() - self.utcOffset()) * LENGTHS[MINUTE]
            result = apart / LENGTHS[unit]
        else:
            result = apart
        if truthy(float) or math.isnan(result):
            return result
        return math.trunc(result)

    def __primitive__(self, hint: str) -> Any:
        return self.toString() if hint == "string" else self.valueOf()

    def __sub__(self, other: Any) -> Any:
        return self.valueOf() - number(other)

    def __rsub__(self, other: Any) -> Any:
        return number(other) - self.valueOf()

    def __lt__(self, other: Any) -> bool:
        return bool(self.valueOf() < number(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.valueOf() <= number(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.valueOf() > number(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.valueOf() >= number(other))

    def __getattr__(self, name: str) -> Any:
        """None for what only a plugin has, before it is used: to call it raises `TypeError`, as in JavaScript."""
        if name[:1] == "_":
            raise AttributeError(name)
        return None

    def __repr__(self) -> str:
        return f"dayjs({self._date!r})"


def _changed(date: Dayjs, unit: str, value: Any) -> Date:
    made = date.toDate()
    name = _SETTERS.get(unit)
    if name is None:
        return made
    if unit in (MONTH, YEAR):
        made.setDate(1)
        getattr(made, f"set{name}")(value)
        last = Date(made.getFullYear(), made.getMonth() + 1, 0).getDate()
        made.setDate(Math.min(date._date.getDate(), last))
    else:
        getattr(made, f"set{name}")(date._date.getDate() + (value - date._date.getDay()) if unit == DAY else value)
    return made


def _months_between(left: Dayjs, right: Dayjs) -> float:
    """The months from the second to the first, with a part of one."""
    if not left.isValid() or not right.isValid():
        return NaN
    if left.date() < right.date():
        return -_months_between(right, left)
    whole = (right.year() - left.year()) * 12 + (right.month() - left.month())
    anchor = left.add(whole, MONTH)
    over = right.valueOf() - anchor.valueOf()
    other = left.add(whole + (-1 if over < 0 else 1), MONTH)
    return -(whole + over / abs(other.valueOf() - anchor.valueOf())) or 0


class _Factory:
    """`dayjs` itself: called, it makes a date; its members are dayjs's. Some are there with a plugin only."""

    max: Any = None
    min: Any = None
    duration: Any = None
    isDuration: Any = None

    def __init__(self) -> None:
        self.locales: Locales = Locales()
        self._extended: set[int] = set()

    @property
    def Ls(self) -> dict[str, Any]:
        """The locales by name."""
        return self.locales.known

    @property
    def en(self) -> Any:
        """The English locale."""
        return self.locales.known["en"]

    def __call__(self, date: Any = undefined, option: Any = None, locale: Any = None, strict: Any = None) -> Dayjs:
        """A date of a text, a number, a `Date` or another one; the present moment without an argument.

        `option` is a format, or several, with the plugin `customParseFormat`; else an object with `locale`.
        """
        if isinstance(date, Dayjs):
            return date.clone()
        given = option if isinstance(option, dict) else Obj()
        name = self.locales.choose(get(given, "locale"), only_asked=True)
        made = Dayjs(Date(NaN), name or self.locales.current, get(given, "x"))
        made._date = self.parsed(made, date, option, locale, strict)
        return made

    def parsed(self, made: Dayjs, date: Any, option: Any, locale: Any, strict: Any) -> Date:
        """The date that the arguments mean; plugins put their own in its place."""
        return _date_of(date)

    def extend(self, plugin: Callback, option: Any = None) -> _Factory:
        """Adds what a plugin has, once; returns dayjs."""
        if id(plugin) not in self._extended:
            self._extended.add(id(plugin))
            called_with(plugin, (option, Dayjs, self))
        return self

    def locale(self, preset: Any = None, object: Any = None, isLocal: Any = None) -> str | None:
        """The current locale's name; with `preset`, after making it the current one."""
        return self.locales.choose(preset, object, only_asked=truthy(isLocal))

    def isDayjs(self, value: Any = None) -> bool:
        """Whether it is a date of dayjs's."""
        return isinstance(value, Dayjs)

    def unix(self, timestamp: Any = NaN) -> Dayjs:
        """The date of seconds since the epoch."""
        return self(number(timestamp) * 1000)

    def __repr__(self) -> str:
        return "dayjs"


def _date_of(given: Any) -> Date:
    if is_undefined(given):
        return Date()
    if is_nullish(given):
        return Date(NaN)
    if isinstance(given, Date | Dayjs):
        return Date(given.valueOf())
    if isinstance(given, str) and not given.lower().endswith("z"):
        found = _DATE.fullmatch(given)
        if found is not None:
            year, month, day, hour, minute, second, ms = found.groups()
            parts = [
                int(year),
                int(month or 1) - 1,
                int(day or 1),
                *(int(each or 0) for each in (hour, minute, second)),
            ]
            return Date(*parts, int((ms or "0")[:3]))
    return Date(text(given) if isinstance(given, str) else given)


dayjs: _Factory = _Factory()
