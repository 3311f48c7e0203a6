"""Dates in aggregates: their parts, made of parts, and as text. Without a time zone they are in UTC, as MongoDB's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def later(moment: datetime, milliseconds: float) -> datetime:
    """The moment so many milliseconds later."""
    return moment + timedelta(milliseconds=milliseconds)


def milliseconds(moment: datetime, since: datetime = EPOCH) -> int:
    """The milliseconds between two moments."""
    return round((moment - since) / timedelta(milliseconds=1))


def iso(moment: datetime) -> str:
    """As JavaScript's `toISOString`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def zone(name: str) -> tzinfo:
    """The time zone of a name, as `Asia/Shanghai`, or of an offset, as `+08:00`. ValueError for what is none."""
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)?", name)
    if found:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(offset if found[1] == "+" else -offset)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f'unrecognized time zone identifier: "{name}"') from error


def _part(read: Callable[[datetime], int]) -> Callable[..., int]:
    def part(date: Any, timezone: str = "UTC") -> int:
        return read(_date(date).astimezone(zone(timezone)))

    return part


def _date(value: Any) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is no date")
    return value


def _to_text(date: Any, format: str = "%Y-%m-%dT%H:%M:%S.%LZ", timezone: str = "UTC") -> str:
    moment = _date(date).astimezone(zone(timezone))
    iso_year, iso_week, iso_day = moment.isocalendar()
    offset = moment.strftime("%z")
    parts = {
        "Y": f"{moment.year:04d}", "m": f"{moment.month:02d}", "d": f"{moment.day:02d}", "H": f"{moment.hour:02d}",
        "M": f"{moment.minute:02d}", "S": f"{moment.second:02d}", "L": f"{moment.microsecond // 1000:03d}",
        "j": moment.strftime("%j"), "w": str(moment.isoweekday() % 7 + 1), "u": str(iso_day),
        "U": moment.strftime("%U"),
        "V": f"{iso_week:02d}", "G": f"{iso_year:04d}", "z": offset, "%": "%",
        "Z": str(int((moment.utcoffset() or timedelta()).total_seconds() // 60)),
    }  # fmt: skip
    return re.sub(r"%(.)", lambda found: parts[found[1]], format)


def _from_text(dateString: str, timezone: str = "UTC", format: str | None = None) -> datetime:
    if format is not None:
        moment = datetime.strptime(dateString, format.replace("%L", "%f"))
    else:
        moment = datetime.fromisoformat(dateString)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone(timezone)).astimezone(UTC)


def _from_parts(timezone: str = "UTC", **parts: Any) -> datetime:
    where = zone(timezone)
    if "isoWeekYear" in parts:
        begin = datetime.fromisocalendar(int(parts["isoWeekYear"]), 1, 1)
        days = (int(parts.get("isoWeek", 1)) - 1) * 7 + int(parts.get("isoDayOfWeek", 1)) - 1
    else:
        year, month = divmod(int(parts["year"]) * 12 + int(parts.get("month", 1)) - 1, 12)
        begin, days = datetime(year, month + 1, 1), int(parts.get("day", 1)) - 1
    moment = begin + timedelta(
        days=days,
        hours=parts.get("hour", 0),
        minutes=parts.get("minute", 0),
        seconds=parts.get("second", 0),
        milliseconds=parts.get("millisecond", parts.get("milliseconds", 0)),
    )
    return moment.replace(tzinfo=where).astimezone(UTC)


def _to_date(date: Any) -> datetime:
    if isinstance(date, (int, float)) and not isinstance(date, bool):
        return later(EPOCH, date)
    return _from_text(date) if isinstance(date, str) else _date(date)


PARTS: Mapping[str, Callable[..., Any]] = {
    "year": _part(lambda date: date.year),
    "month": _part(lambda date: date.month),
    "week": _part(lambda date: int(date.strftime("%U"))),
    "dayOfMonth": _part(lambda date: date.day),
    "dayOfWeek": _part(lambda date: date.isoweekday() % 7 + 1),
    "dayOfYear": _part(lambda date: date.timetuple().tm_yday),
    "isoDayOfWeek": _part(lambda date: date.isoweekday()),
    "isoWeek": _part(lambda date: date.isocalendar().week),
    "isoWeekYear": _part(lambda date: date.isocalendar().year),
    "hour": _part(lambda date: date.hour),
    "minute": _part(lambda date: date.minute),
    "second": _part(lambda date: date.second),
    "millisecond": _part(lambda date: date.microsecond // 1000),
    "dateToString": _to_text,
    "dateFromString": _from_text,
    "dateFromParts": _from_parts,
    "toDate": _to_date,
}
