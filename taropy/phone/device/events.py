"""What stands in a calendar: events, when they take place, and when a person is reminded of them; and RFC 5545's form.

Times are seconds since the epoch. What repeats does so at the same time of the day, by the clock on the wall.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import attrs
from attrs.validators import ge, instance_of, optional

from ..core.moments import local

DAY = 24 * 3600.0
FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
#: A line of RFC 5545 has so many bytes.
LINE = 75


@attrs.frozen
class CalendarEvent:
    """An event: when it begins and ends, how long before its reminder comes (None for none), how often it repeats.

    `repeat` is `day`, `week`, `month`, `year`, or empty; until `repeat_end`, or for ever. `reminders` is how often its
    reminder comes again, `reminder_interval` seconds apart: what taro-h5 writes in place of an event that repeats.
    """

    title: str = attrs.field(validator=instance_of(str))
    start: float
    end: float
    all_day: bool = False
    description: str = ""
    location: str = ""
    alarm: float | None = attrs.field(default=None, validator=optional(ge(0)))
    repeat: Literal["", "day", "week", "month", "year"] = ""
    repeat_end: float | None = None
    reminders: int = 0
    reminder_interval: float = DAY
    added: float = 0.0

    def occurrences(self, begin: float, end: float) -> Iterator[float]:
        """When it begins, from `begin` on and before `end`."""
        last = end if self.repeat_end is None else min(end, self.repeat_end + 1e-6)
        for moment in self._starts():
            if moment >= last:
                return
            if moment >= begin:
                yield moment

    def reminded(self, begin: float, end: float) -> Iterator[float]:
        """When a person is reminded of it, from `begin` on and before `end`."""
        if self.alarm is None:
            return
        times = [count * self.reminder_interval for count in range(self.reminders + 1)]
        earliest = begin + self.alarm - times[-1]
        for start in self.occurrences(earliest, end + self.alarm):
            yield from (moment for moment in (start - self.alarm + time for time in times) if begin <= moment < end)

    def _starts(self) -> Iterator[float]:
        first = local(self.start)
        if not self.repeat:
            yield self.start
            return
        for count in itertools.count():
            moment = self._after(first, count)
            if moment is not None:
                yield moment.timestamp()

    def _after(self, first: datetime, count: int) -> datetime | None:
        if self.repeat in ("day", "week"):
            return first + timedelta(days=count * (7 if self.repeat == "week" else 1))
        months = first.month - 1 + count * (12 if self.repeat == "year" else 1)
        try:
            return first.replace(year=first.year + months // 12, month=months % 12 + 1)
        except ValueError:  # there is no such day in that month
            return None


def ics(events: list[CalendarEvent]) -> str:
    """The events as an iCalendar file (RFC 5545), which calendars open."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//taropy//phone//EN", "CALSCALE:GREGORIAN"]
    for number, event in enumerate(events, 1):
        lines += _lines(event, number)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _lines(event: CalendarEvent, number: int) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{number}-{event.start:.0f}@phone", f"DTSTAMP:{_utc(event.added)}")
    if event.all_day:
        yield f"DTSTART;VALUE=DATE:{local(event.start):%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{local(event.end):%Y%m%d}"
    else:
        yield from (f"DTSTART:{_utc(event.start)}", f"DTEND:{_utc(event.end)}")
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.description:
        yield f"DESCRIPTION:{_escaped(event.description)}"
    if event.location:
        yield f"LOCATION:{_escaped(event.location)}"
    if event.repeat:
        until = "" if event.repeat_end is None else f";UNTIL={_utc(event.repeat_end)}"
        yield f"RRULE:FREQ={FREQUENCIES[event.repeat]}{until}"
    if event.alarm is not None:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(event.title)}")
        yield f"TRIGGER:-PT{event.alarm:.0f}S"
        if event.reminders:
            yield from (f"REPEAT:{event.reminders}", f"DURATION:PT{event.reminder_interval:.0f}S")
        yield "END:VALARM"
    yield "END:VEVENT"


def _utc(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """The line in pieces, each but the first after a space, and none too long; no character is torn."""
    pieces, piece, size = [], "", 0
    for character in line:
        length = len(character.encode("utf-8", "replace"))
        if size + length > LINE:
            pieces.append(piece)
            piece, size = "", 1
        piece, size = piece + character, size + length
    return "\r\n ".join([*pieces, piece])
