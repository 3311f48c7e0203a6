"""The time zone that dates are local to: the environment's `TZ`, else the system's.

In the hour that is skipped in spring a local time counts with the offset before it, and in the one that comes twice in
autumn it is the first of the two, in JavaScript as in Python (where `fold` is 0).
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..variables import key_of, stored
from .date_fields import DAYS_PER_ERA, MS_PER_DAY

LOCALTIME = "/etc/localtime"
_MS_PER_ERA = DAYS_PER_ERA * MS_PER_DAY
_EPOCH = datetime(1970, 1, 1)
# The years that Python knows, with a day to spare on either side. Beyond them the rules go on, in eras of 400 years.
_FIRST, _LAST = (round((datetime(*day) - _EPOCH).total_seconds()) * 1000 for day in ((1, 1, 2), (9999, 12, 30)))
# Offsets are kept for each quarter of an hour. Since 1973 they change with one; before, some did at odd seconds.
_QUARTER, _SINCE = 900_000, 94_694_400_000


def local_zone() -> tzinfo:
    """The zone that dates are local to now. A name in `TZ` that nobody knows means UTC, as in JavaScript's engines."""
    return _zone_in(stored().get(_TZ))


# Each field of a date asks for the zone.
_TZ = key_of("TZ")


@lru_cache(maxsize=64)
def _zone_in(name: bytes | str | None) -> tzinfo:
    return zone_of(os.fsdecode(name or ""))


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """The zone of that name; the system's for an empty one."""
    if not name:
        return _system_zone()
    try:
        return ZoneInfo(name.removeprefix(":"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def is_zone(name: str) -> bool:
    """Whether a zone has that name."""
    return zone_of(name) is not UTC or name.upper() in ("UTC", "GMT")


def zone_name() -> str:
    """The name of the local zone, where it can be had; else ""."""
    return os.environ.get("TZ", "").removeprefix(":") or _system_zone_name()


def _system_zone_name() -> str:
    return os.path.realpath(LOCALTIME).partition("zoneinfo/")[2]


def _system_zone() -> tzinfo:
    name = _system_zone_name()
    if name:
        return zone_of(name)
    from pathlib import Path

    try:
        with Path(LOCALTIME).open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return _System()


class _System(tzinfo):
    """What the system's own functions say, where it has no file of its zone."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment is not None else None

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None

    def fromutc(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


def offset_at(time: int, zone: tzinfo) -> int:
    """How many milliseconds the local time is ahead of UTC at a time."""
    return _offset_at(time - time % _QUARTER, zone) if time >= _SINCE else _exact_offset_at(time, zone)


def utc_of(local: int, zone: tzinfo) -> int:
    """The time at which clocks in the zone show this."""
    return local - (
        _local_offset(local - local % _QUARTER, zone) if local >= _SINCE else _exact_local_offset(local, zone)
    )


def _exact_local_offset(local: int, zone: tzinfo) -> int:
    return _milliseconds(zone.utcoffset(_moment(local).replace(tzinfo=zone)))


_local_offset = lru_cache(maxsize=1024)(_exact_local_offset)


def _exact_offset_at(time: int, zone: tzinfo) -> int:
    return _milliseconds(zone.fromutc(_moment(time).replace(tzinfo=zone)).utcoffset())


_offset_at = lru_cache(maxsize=1024)(_exact_offset_at)


def _moment(time: int) -> datetime:
    if time > _LAST:
        time -= -(-(time - _LAST) // _MS_PER_ERA) * _MS_PER_ERA
    return _EPOCH + timedelta(milliseconds=max(time, _FIRST))


def _milliseconds(offset: timedelta | None) -> int:
    return 0 if offset is None else round(offset.total_seconds() * 1000)
