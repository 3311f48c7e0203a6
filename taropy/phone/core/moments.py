"""Moments as tests say them: seconds since the epoch, dates, and times of day."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import Final

#: Where the vendors are, whose days, numbers and dates go by their time.
CHINA: Final = timezone(timedelta(hours=8))
#: The beginning of the year 1 and the end of 9999, between which there are dates, in seconds since the epoch.
EARLIEST: Final = -62_135_596_800
LATEST: Final = 253_402_300_800


def moment_of(moment: float | datetime) -> float:
    """It in seconds since the epoch. ValueError if there is no such date."""
    if isinstance(moment, datetime):
        return _local(moment).timestamp()
    if isinstance(moment, bool) or not isinstance(moment, int | float):
        raise TypeError(f"a moment is a datetime, or seconds since the epoch, and not {moment!r}")
    if EARLIEST <= moment < LATEST:
        return moment
    hint = "; milliseconds, as Date.now() has them, are to be divided by 1000" if abs(moment) < LATEST * 1000 else ""
    raise ValueError(f"no date is {moment:g} seconds from the epoch{hint}")


def next_moment(of_day: time, after: float) -> float:
    """When it is this time of the day next, and not just now; in seconds since the epoch."""
    zone = of_day.tzinfo or _zone()
    shown = datetime.fromtimestamp(after, zone)
    due = datetime.combine(shown.date(), of_day.replace(tzinfo=None), zone)
    return (due if due.timestamp() > after else due + timedelta(days=1)).timestamp()


def local(moment: float) -> datetime:
    """The date and the time of day that a clock on the wall shows then. ValueError if it can show none."""
    return datetime.fromtimestamp(moment, _zone())


def _local(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=_zone())


def _zone() -> tzinfo | None:
    """The zone that `TZ` in the environment names, as dates of `taropy.js` go by it; None for the system's own."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
