"""Times as milliseconds since the epoch, and the fields of a date: ECMAScript's own arithmetic, in whole numbers.

Days are counted from March on and in eras of 400 years, so that leap days need no cases.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, NamedTuple

from ..numerals import MAX_SAFE_INTEGER

MS_PER_DAY: Final = 86_400_000
MS_PER_HOUR: Final = 3_600_000
MS_PER_MINUTE: Final = 60_000
#: The last time that a date can have, and the first one's distance.
LAST_TIME: Final = 8_640_000_000_000_000
DAYS_PER_ERA: Final = 146_097
#: How many days lie between March 1st of the year 0 and the epoch.
_EPOCH: Final = 719_468
#: So many days, and as many of each other field as a day has milliseconds, are exact in all that is reckoned of them.
_MANY_DAYS: Final = MAX_SAFE_INTEGER // MS_PER_DAY // 2


class Fields(NamedTuple):
    """What a clock and a calendar show; months from 0 and weekdays from Sunday, which is 0."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    millisecond: int
    weekday: int


@lru_cache(maxsize=64)  # several are asked of one date, mostly
def fields_of(time: int) -> Fields:
    """The fields of a time, which is taken for one without an offset."""
    days, rest = divmod(time, MS_PER_DAY)
    hour, rest = divmod(rest, MS_PER_HOUR)
    minute, rest = divmod(rest, MS_PER_MINUTE)
    second, millisecond = divmod(rest, 1000)
    era, day_of_era = divmod(days + _EPOCH, DAYS_PER_ERA)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * day_of_year + 2) // 153  # 0 is March
    day = day_of_year - (153 * month + 2) // 5 + 1
    year = year_of_era + era * 400
    if month < 10:
        month += 2
    else:
        month -= 10
        year += 1
    return Fields(year, month, day, hour, minute, second, millisecond, (days + 4) % 7)


def day_of(year: int, month: int, day: int) -> int:
    """ECMAScript's `MakeDay`: the day, counted from the epoch; months and days may lie beyond their year and month."""
    years, month = divmod(month, 12)
    year += years
    if month < 2:
        year -= 1
        month += 12
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month - 2) + 2) // 5
    return (
        era * DAYS_PER_ERA + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH + day - 1
    )


def time_of(
    year: float, month: float, day: float = 1, hour: float = 0, minute: float = 0, second: float = 0, ms: float = 0
) -> int | None:
    """The time of these fields, which may lie beyond what calendars and clocks have; None where one is not finite."""
    if type(year) is type(month) is type(day) is type(hour) is type(minute) is type(second) is type(ms) is int:
        days = day_of(year, month, day)  # pyright: ignore[reportArgumentType]
        if -_MANY_DAYS < days < _MANY_DAYS and max(map(abs, (hour, minute, second, ms))) < MS_PER_DAY:
            in_day = hour * MS_PER_HOUR + minute * MS_PER_MINUTE + second * 1000 + ms
            return days * MS_PER_DAY + in_day  # pyright: ignore[reportReturnType]
    try:
        whole = [int(part) for part in (year, month, day, hour, minute, second, ms)]
        days = day_of(*whole[:3]) * MS_PER_DAY
        time = whole[3] * MS_PER_HOUR + whole[4] * MS_PER_MINUTE + whole[5] * 1000 + whole[6]
        if max(abs(days), abs(time), *map(abs, whole)) <= MAX_SAFE_INTEGER:
            return days + time
        return int(days + (float(hour) * MS_PER_HOUR + float(minute) * MS_PER_MINUTE + second * 1000.0 + ms))
    except (ValueError, OverflowError):  # NaN, the infinities
        return None


def clipped(time: float | None) -> int | None:
    """ECMAScript's `TimeClip`: whole milliseconds; None, which is an invalid date, for what is too far or no number."""
    if type(time) is int:
        return time if -LAST_TIME <= time <= LAST_TIME else None
    if time is None or not math.isfinite(time) or abs(time) > LAST_TIME:
        return None
    return int(time)


def whole_year(year: float) -> float:
    """The year that a program means: 0 to 99 are those of the twentieth century."""
    return 1900 + int(year) if math.isfinite(year) and 0 <= int(year) <= 99 else year
