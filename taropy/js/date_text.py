"""A date as text, as V8 prints it."""

from __future__ import annotations

from functools import cache

from .date_fields import MS_PER_MINUTE, Fields, fields_of, time_of
from .zone import local_zone, offset_at, utc_of, zone_name

INVALID = "Invalid Date"
WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def whole(time: int | None) -> str:
    """`Tue Jan 02 2024 08:00:00 GMT+0800 (China Standard Time)`."""
    return INVALID if time is None else f"{date_part(time)} {time_part(time)}"


def date_part(time: int | None) -> str:
    """`Tue Jan 02 2024`."""
    if time is None:
        return INVALID
    fields = fields_of(time + offset_at(time, local_zone()))
    return f"{WEEKDAYS[fields.weekday][:3]} {MONTHS[fields.month][:3]} {fields.day:02d} {_year(fields)}"


def time_part(time: int | None) -> str:
    """`08:00:00 GMT+0800 (China Standard Time)`."""
    if time is None:
        return INVALID
    offset = offset_at(time, local_zone())
    return f"{_clock(fields_of(time + offset))} GMT{_offset(offset, '')} ({_zone(time, offset)})"


def utc(time: int | None) -> str:
    """`Tue, 02 Jan 2024 00:00:00 GMT`."""
    if time is None:
        return INVALID
    fields = fields_of(time)
    day = f"{WEEKDAYS[fields.weekday][:3]}, {fields.day:02d} {MONTHS[fields.month][:3]} {_year(fields)}"
    return f"{day} {_clock(fields)} GMT"


def _clock(fields: Fields) -> str:
    return f"{fields.hour:02d}:{fields.minute:02d}:{fields.second:02d}"


def _year(fields: Fields) -> str:
    return f"{fields.year:04d}" if fields.year >= 0 else f"-{-fields.year:04d}"


def _offset(offset: int, separator: str) -> str:
    hours, minutes = divmod(abs(offset) // MS_PER_MINUTE, 60)
    return f"{'-' if offset < 0 else '+'}{hours:02d}{separator}{minutes:02d}"


# --- what the zone is called -------------------------------------------------------------------------------------


def _zone(time: int, offset: int) -> str:
    """The zone's name in winter or summer; of one that has none, its offset."""
    pair = _names().get(zone_name())
    if pair is None:
        return f"GMT{_offset(offset, ':')}"
    return (pair[1] if _is_summer(time, offset) else pair[0]) or pair[0]


def _is_summer(time: int, offset: int) -> bool:
    """Whether the offset is the larger one of this year's."""
    zone, year = local_zone(), fields_of(time + offset).year
    middles = (time_of(year, month) for month in (0, 6))
    return offset > min(offset_at(utc_of(middle, zone), zone) for middle in middles if middle is not None)


@cache
def _names() -> dict[str, tuple[str, str]]:
    import json
    from importlib.resources import files

    kept = json.loads(files("taropy.js").joinpath("zone_names.json").read_text("utf-8"))
    return {zone: (winter, summer) for winter, summer, *zones in kept["names"] for zone in zones}
