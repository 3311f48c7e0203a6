"""`Date`: a moment in milliseconds since the epoch, on the phone's clock, and its fields in local time and in UTC."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final

from . import clock, date_text
from .conversions import number, primitive
from .conversions import text as text_of
from .date_fields import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, Fields, clipped, fields_of, time_of, whole_year
from .errors import RangeError
from .zone import local_zone, offset_at, utc_of

_YEAR, _MONTH, _DAY, _HOUR, _MINUTE, _SECOND, _MS = range(7)
#: The milliseconds of a day, an hour, a minute, …, and a number of any of them that is exact in all that is reckoned.
_UNITS: Final = (0, 0, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, 1000, 1)
_FEW: Final = 10**9
_NAN: Final = math.nan
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Times are rounded to less than a microsecond, and should not fall into the millisecond before for that.
_ROUNDED = 0.001


@lru_cache(maxsize=64)  # several are asked of one date, mostly
def _fields_in(zone: tzinfo, time: int) -> Fields:
    return fields_of(time + offset_at(time, zone))


class Date:
    """A date as JavaScript has it.

    - `Date()`: now, by the phone's clock. (What JavaScript's `Date()` without `new` gives is `str(Date())`.)
    - `Date(milliseconds)`, `Date(date)`, `Date(text)`: that moment; of a text what `Date.parse` makes of it.
    - `Date(year, month, day=1, hours=0, minutes=0, seconds=0, ms=0)`: local time; the month counts from 0, years 0 to
      99 are those of the twentieth century, and fields may be too large or small: `Date(2024, 12, 0)` ends the year
      2024.

    What is no date is an invalid one: its numbers are NaN and its text is "Invalid Date". `date - date`, `<`, `float`
    and arithmetic take the milliseconds; `==` is whether it is the same object, as it is for all of JavaScript's.
    """

    __slots__ = ("__dict__", "__weakref__", "_time")

    _time: int | None

    def __init__(self, *parts: Any) -> None:
        if not parts:
            self._time = Date.now()
        elif len(parts) > 1:
            self._time = _clipped_utc(_time_of_parts(parts))
        else:
            self._time = _time_of_value(*parts)

    # --- statics ---------------------------------------------------------------------------------------------------

    @staticmethod
    def now() -> int:
        """The milliseconds since the epoch, by the phone's clock."""
        return math.floor(clock.milliseconds() + _ROUNDED)

    @staticmethod
    def parse(text: Any) -> float:
        """The milliseconds of a text, NaN if it is no date.

        `2024-01-02` and other dates of ISO are UTC, those with a time local unless they name an offset; whatever else
        V8 takes is local too: `2024/01/02`, `2024-1-2`, `Jan 2, 2024 10:00 PM`, `Tue, 02 Jan 2024 08:00:00 GMT`.
        """
        return _number(_parsed(text_of(text)))

    @staticmethod
    def UTC(*parts: Any) -> float:
        """The milliseconds of a year, month, day, hours, minutes, seconds and milliseconds in UTC; NaN without any."""
        return _number(clipped(_time_of_parts(parts)))

    # --- the moment ------------------------------------------------------------------------------------------------

    def getTime(self) -> float:
        """The milliseconds since the epoch, NaN of an invalid date."""
        return _number(self._time)

    def valueOf(self) -> float:
        """The same, which is what operators take."""
        return _number(self._time)

    def setTime(self, time: Any = _NAN) -> float:
        """Makes it another moment, in milliseconds since the epoch; gives that, or NaN."""
        self._time = clipped(number(time))
        return _number(self._time)

    def getTimezoneOffset(self) -> float:
        """How many minutes UTC is ahead of local time: -480 in Shanghai."""
        if self._time is None:
            return _NAN
        minutes = -offset_at(self._time, local_zone()) / MS_PER_MINUTE
        return int(minutes)

    # --- fields in local time --------------------------------------------------------------------------------------

    def getFullYear(self) -> float:
        """The year."""
        return _NAN if self._time is None else _fields_in(local_zone(), self._time).year

    def getMonth(self) -> float:
        """The month, 0 to 11."""
        return _NAN if self._time is None else _fields_in(local_zone(), self._time).month

    def getDate(self) -> float:
        """The day of the month, 1 to 31."""
        return _NAN if self._time is None else _fields_in(local_zone(), self._time).day

    def getDay(self) -> float:
        """The day of the week, from 0, which is Sunday."""
        return _NAN if self._time is None else _fields_in(local_zone(), self._time).weekday

    def getHours(self) -> float:
        """The hours, 0 to 23."""
        return _NAN if self._time is None else _fields_in(local_zone(), self._time).hour

    def getMinutes(self) -> float:
        """The minutes, 0 to 59."""
        return _NAN if self._time is None else _fields_in(local_zone(), self._time).minute

    def getSeconds(self) -> float:
        """The seconds, 0 to 59."""
        return _NAN if self._time is None else _fields_in(local_zone(), self._time).second

    def getMilliseconds(self) -> float:
        """The milliseconds, 0 to 999."""
        return _NAN if self._time is None else _fields_in(local_zone(), self._time).millisecond

    def getYear(self) -> float:
        """The year less 1900."""
        return self.getFullYear() - 1900

    def _local(self) -> Fields:
        assert self._time is not None
        return _fields_in(local_zone(), self._time)

    # --- fields in UTC ---------------------------------------------------------------------------------------------

    def getUTCFullYear(self) -> float:
        """The year."""
        return _NAN if self._time is None else fields_of(self._time).year

    def getUTCMonth(self) -> float:
        """The month, 0 to 11."""
        return _NAN if self._time is None else fields_of(self._time).month

    def getUTCDate(self) -> float:
        """The day of the month, 1 to 31."""
        return _NAN if self._time is None else fields_of(self._time).day

    def getUTCDay(self) -> float:
        """The day of the week, from 0, which is Sunday."""
        return _NAN if self._time is None else fields_of(self._time).weekday

    def getUTCHours(self) -> float:
        """The hours, 0 to 23."""
        return _NAN if self._time is None else fields_of(self._time).hour

    def getUTCMinutes(self) -> float:
        """The minutes, 0 to 59."""
        return _NAN if self._time is None else fields_of(self._time).minute

    def getUTCSeconds(self) -> float:
        """The seconds, 0 to 59."""
        return _NAN if self._time is None else fields_of(self._time).second

    def getUTCMilliseconds(self) -> float:
        """The milliseconds, 0 to 999."""
        return _NAN if self._time is None else fields_of(self._time).millisecond

    # --- setting fields; each gives the new milliseconds, and may be given those that follow, too ------------------

    def setFullYear(self, *fields: Any) -> float:
        """Sets the year, and the month and day if they are given."""
        return self._set(_YEAR, fields, 3)

    def setMonth(self, *fields: Any) -> float:
        """Sets the month, and the day if it is given."""
        return self._set(_MONTH, fields, 2)

    def setDate(self, *fields: Any) -> float:
        """Sets the day of the month; 0 is the last of the month before."""
        return self._set(_DAY, fields, 1)

    def setHours(self, *fields: Any) -> float:
        """Sets the hours, and the minutes, seconds and milliseconds as far as they are given."""
        return self._set(_HOUR, fields, 4)

    def setMinutes(self, *fields: Any) -> float:
        """Sets the minutes, and the seconds and milliseconds as far as they are given."""
        return self._set(_MINUTE, fields, 3)

    def setSeconds(self, *fields: Any) -> float:
        """Sets the seconds, and the milliseconds if they are given."""
        return self._set(_SECOND, fields, 2)

    def setMilliseconds(self, *fields: Any) -> float:
        """Sets the milliseconds."""
        return self._set(_MS, fields, 1)

    def setYear(self, year: Any = _NAN) -> float:
        """Sets the year; 0 to 99 are those of the twentieth century."""
        return self._set(_YEAR, (whole_year(number(year)),), 1)

    def setUTCFullYear(self, *fields: Any) -> float:
        """As `setFullYear`, in UTC."""
        return self._set(_YEAR, fields, 3, utc=True)

    def setUTCMonth(self, *fields: Any) -> float:
        """As `setMonth`, in UTC."""
        return self._set(_MONTH, fields, 2, utc=True)

    def setUTCDate(self, *fields: Any) -> float:
        """As `setDate`, in UTC."""
        return self._set(_DAY, fields, 1, utc=True)

    def setUTCHours(self, *fields: Any) -> float:
        """As `setHours`, in UTC."""
        return self._set(_HOUR, fields, 4, utc=True)

    def setUTCMinutes(self, *fields: Any) -> float:
        """As `setMinutes`, in UTC."""
        return self._set(_MINUTE, fields, 3, utc=True)

    def setUTCSeconds(self, *fields: Any) -> float:
        """As `setSeconds`, in UTC."""
        return self._set(_SECOND, fields, 2, utc=True)

    def setUTCMilliseconds(self, *fields: Any) -> float:
        """As `setMilliseconds`, in UTC."""
        return self._set(_MS, fields, 1, utc=True)

    def _set(self, first: int, given: tuple[Any, ...], most: int, *, utc: bool = False) -> float:
        before = self._time
        is_one = first >= _DAY and len(given) == 1 and type(given[0]) is int and -_FEW < given[0] < _FEW
        if is_one and before is not None:
            return self._move(first, given[0], utc=utc)
        fields: list[float] = [*self._fields(utc=utc)[:7]]
        numbers = [number(field) for field in given[:most]] or [_NAN]  # which may set this date: what it was counts
        if before is None and first != _YEAR:
            return _NAN
        fields[first : first + len(numbers)] = numbers
        time = time_of(*fields)
        self._time = clipped(time) if utc else _clipped_utc(time)
        return _number(self._time)

    def _move(self, place: int, value: int, *, utc: bool) -> float:
        """Sets the day, or one of the fields after it, by how far that is from what it was."""
        time = self._time
        assert time is not None
        if utc:
            self._time = clipped(time + (value - fields_of(time)[place]) * _UNITS[place])
        else:
            zone = local_zone()
            local = time + offset_at(time, zone) + (value - _fields_in(zone, time)[place]) * _UNITS[place]
            self._time = clipped(utc_of(local, zone))
        return _number(self._time)

    def _fields(self, *, utc: bool) -> Fields:
        if self._time is None:
            return fields_of(0)
        return fields_of(self._time) if utc else self._local()

    # --- as text ---------------------------------------------------------------------------------------------------

    def toISOString(self) -> str:
        """`2024-01-02T03:04:05.006Z`; `RangeError` of an invalid date."""
        if self._time is None:
            raise RangeError("Invalid time value")
        year, month, day, hour, minute, second, ms, _ = fields_of(self._time)
        years = f"{year:04d}" if 0 <= year <= 9999 else f"{year:+07d}"
        return f"{years}-{month + 1:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}.{ms:03d}Z"

    def toJSON(self, key: Any = None) -> str | None:
        """What JSON has for it: `toISOString`, and null for an invalid date."""
        return None if self._time is None else self.toISOString()

    def toString(self) -> str:
        """`Tue Jan 02 2024 08:00:00 GMT+0800 (China Standard Time)`, in local time."""
        return date_text.whole(self._time)

    def toDateString(self) -> str:
        """`Tue Jan 02 2024`, in local time."""
        return date_text.date_part(self._time)

    def toTimeString(self) -> str:
        """`08:00:00 GMT+0800 (China Standard Time)`, in local time."""
        return date_text.time_part(self._time)

    def toUTCString(self) -> str:
        """`Tue, 02 Jan 2024 00:00:00 GMT`."""
        return date_text.utc(self._time)

    def toGMTString(self) -> str:
        """The same."""
        return self.toUTCString()

    def toLocaleString(self, locales: Any = None, options: Any = None) -> str:
        """Date and time as people write them; `taropy.js.date_locale` says for which languages and options.

        `NotImplementedError` for others, and `RangeError` for what no option may be.
        """
        return self._for_people(locales, options, "date", "time")

    def toLocaleDateString(self, locales: Any = None, options: Any = None) -> str:
        """The date alone."""
        return self._for_people(locales, options, "date")

    def toLocaleTimeString(self, locales: Any = None, options: Any = None) -> str:
        """The time alone."""
        return self._for_people(locales, options, "time")

    def _for_people(self, locales: Any, options: Any, *parts: str) -> str:
        from .date_locale import formatted

        return formatted(self._time, locales, options, *parts)

    # --- operators -------------------------------------------------------------------------------------------------

    def __primitive__(self, hint: str) -> str | float:
        """What JavaScript's operators take: the text where either would do, as for `date + 1`."""
        return self.getTime() if hint == "number" else self.toString()

    def __float__(self) -> float:
        return float(self.getTime())

    def __sub__(self, other: Any) -> float:
        return self.getTime() - number(other)

    def __rsub__(self, other: Any) -> float:
        return number(other) - self.getTime()

    def __lt__(self, other: Any) -> bool:
        return self.getTime() < number(other)

    def __le__(self, other: Any) -> bool:
        return self.getTime() <= number(other)

    def __gt__(self, other: Any) -> bool:
        return self.getTime() > number(other)

    def __ge__(self, other: Any) -> bool:
        return self.getTime() >= number(other)

    def __str__(self) -> str:
        return self.toString()

    def __repr__(self) -> str:
        return "Date(NaN)" if self._time is None else f"Date({self.toISOString()!r})"

    def __python__(self) -> datetime | str | None:
        """What calls of Taro are given for it, and write as JavaScript does; the text of a year that Python has not."""
        try:
            return None if self._time is None else _EPOCH + timedelta(milliseconds=self._time)
        except OverflowError:
            return self.toISOString()

    def __copy__(self) -> Date:
        return Date(self)

    def __deepcopy__(self, memo: object) -> Date:
        return Date(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Date, (self.getTime(),)


def _number(time: int | None) -> float:
    return _NAN if time is None else time


def _time_of_value(value: Any) -> int | None:
    if type(value) is int:
        return clipped(value)
    if isinstance(value, Date):
        return value._time
    value = primitive(value)
    return _parsed(value) if isinstance(value, str) else clipped(number(value))


def _parsed(text: str) -> int | None:
    from .date_parsing import parsed

    found = parsed(text)
    if found is None:
        return None
    if found.offset is None:
        return _clipped_utc(found.time)
    return clipped(found.time - found.offset * MS_PER_MINUTE)


def _time_of_parts(parts: tuple[Any, ...]) -> int | None:
    """The time of a year, a month and so on, which may be too few or too many."""
    numbers = [number(part) for part in parts[:7]] or [_NAN]
    if len(numbers) == 1:
        numbers.append(0)
    return time_of(whole_year(numbers[0]), *numbers[1:])


def _clipped_utc(local: int | None) -> int | None:
    """The moment at which clocks here show this, if it is one."""
    return None if local is None else clipped(utc_of(local, local_zone()))
