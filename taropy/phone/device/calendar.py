"""The calendar, to which programs add events.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/calendar; what becomes of an event that the person does not
save, which that page does not tell, is in its community: iOS fails, Android succeeds. Douyin's page of
`tt.addPhoneCalendar`; `@tarojs/taro-h5` 4.2.1, `api/device/calendar.js`, which HarmonyOS' hybrid apps hand on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.checked import number
from ..core.functions import answered
from ..core.moments import local
from ..core.options import optional, required, word
from ..core.person import Question
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import is_web, of_vendor
from .events import DAY, FREQUENCIES, CalendarEvent, ics

if TYPE_CHECKING:
    from ..core.faces import Phone

#: What a program needs to write to the calendar. A page downloads a file, for which it needs nothing.
SCOPES: Mapping[str, str | None] = {"tt": "scope.calendar", "h5": None, "harmony-hybrid": None}
USUAL_SCOPE = "scope.addPhoneCalendar"

LAST_DAY = 28
#: How far apart taro-h5 puts the reminders of what repeats, in days.
DAYS: Mapping[str, int] = {"week": 7, "month": 30, "year": 365}


@attrs.frozen
class Kept:
    """What stands in the calendar."""

    events: list[CalendarEvent] = attrs.field(factory=list)


class Calendar(Room, name="calendar"):
    """The phone's calendar, which all apps share.

    - `events`: the `CalendarEvent`s in it, oldest first. A phone with a folder keeps them.
    - `reminders`: of which events the person has been reminded by now, by the phone's clock.
    """

    STATE = ("events",)
    FILE = "calendar.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Kept)
        self.events: list[CalendarEvent] = list(self._saved.load(Kept()).events)

    def in_words(self) -> Iterator[str]:
        """How many events there are."""
        yield f"{len(self.events)} events"

    # --- for tests ---------------------------------------------------------------------------------------------

    @property
    def reminders(self) -> list[tuple[float, CalendarEvent]]:
        """Of what the person has been reminded, and when, oldest first."""
        now = math.nextafter(self.phone.clock.now(), math.inf)
        found = [(moment, event) for event in self.events for moment in event.reminded(event.added, now)]
        return sorted(found, key=lambda reminder: reminder[0])

    def occurrences(self, begin: float, end: float) -> list[tuple[float, CalendarEvent]]:
        """What takes place from `begin` on and before `end`, with the moment at which each begins, in order."""
        number().check("when a time begins", begin)
        number().check("when it ends", end)
        found = [(moment, event) for event in self.events for moment in event.occurrences(begin, end)]
        return sorted(found, key=lambda occurrence: occurrence[0])

    def ics(self) -> str:
        """The whole calendar as an iCalendar file, which other calendars open."""
        return ics(self.events)

    def discard(self) -> None:
        """The next event that a program wants to add, the person does not save."""
        self.phone.person.script("addPhoneCalendar", save=False)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    async def addPhoneCalendar(self, app: App, options: Options) -> None:
        """Adds an event, given `scope.addPhoneCalendar` (Douyin: `scope.calendar`), if the person saves it.

        Times are in seconds, `endTime` also as text; on h5 in milliseconds. A page has an `.ics` file downloaded, and
        succeeds whatever becomes of it. `cancel` if the person does not save it; on Android that succeeds.
        """
        await self._add(app, self._read(app, options))

    @answered
    async def addPhoneRepeatCalendar(self, app: App, options: Options) -> None:
        """Adds an event that repeats every `day`, `week`, `month` (the default) or `year`, until `repeatEndTime`.

        What repeats every month begins on the 28th at the latest. taro-h5 writes no event that repeats: it has the
        reminder come again, every 1, 7, 30 or 365 days.
        """
        interval: Any = word(options, "repeatInterval", FREQUENCIES, "month")
        event = self._read(app, options)
        until = _moment(options, "repeatEndTime", None, is_web(app))
        if until is not None and until < event.start:
            raise Fail("repeatEndTime must be greater than startTime")
        if is_web(app):
            days = 1 if until is None else DAYS.get(interval, 1)
            times = 1 if until is None else math.ceil((until - event.start) / (days * DAY))
            await self._add(app, attrs.evolve(event, reminders=times, reminder_interval=days * DAY))
            return
        if interval == "month" and local(event.start).day > LAST_DAY:
            raise Fail(f"parameter error: what repeats every month begins on the {LAST_DAY}th at the latest")
        await self._add(app, attrs.evolve(event, repeat=interval, repeat_end=until))

    # --- its own -----------------------------------------------------------------------------------------------

    def _read(self, app: App, options: Options) -> CalendarEvent:
        in_ms, now = is_web(app), self.phone.clock.now()
        title = required(options, "title", "String")
        start = _moment(options, "startTime", now if in_ms else None, in_ms)
        if start is None:
            raise Fail("parameter error: parameter.startTime should be Number instead of Undefined")
        whole_day = optional(options, "allDay", "Boolean", False)
        end = _moment(options, "endTime", start + DAY if in_ms and whole_day else start, in_ms)
        if end is None or end < start:
            raise Fail("parameter error: endTime should not be before startTime")
        return CalendarEvent(
            title,
            start,
            end,
            all_day=whole_day,
            description=optional(options, "description", "String", ""),
            location=optional(options, "location", "String", ""),
            alarm=_offset(options) if optional(options, "alarm", "Boolean", True) else None,
            added=now,
        )

    async def _add(self, app: App, event: CalendarEvent) -> None:
        scope = of_vendor(SCOPES, app, USUAL_SCOPE)
        await self.phone.permissions.need(app, scope)
        if scope is not None:
            self.phone.permissions.need_of_device("phoneCalendar")
        shown = {"title": event.title, "start": event.start, "end": event.end, "repeat": event.repeat}
        if (await self.phone.person.answer(Question("addPhoneCalendar", shown, {"save": True})))["save"]:
            self.events.append(event)
            self._keep()
        elif not is_web(app) and self.phone.system.device.platform == "ios":
            raise Fail("cancel")

    def _keep(self) -> None:
        self._saved.keep(Kept(self.events))


def _moment(options: Options, name: str, default: float | None, in_ms: bool) -> float | None:
    """The time that an option says, in seconds: a number, or a text of one."""
    given = options.get(name)
    if given is None:
        return default
    try:
        moment = float(given) / (1000 if in_ms else 1)
        local(moment)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise Fail(f"parameter error: parameter.{name} is no time") from error
    return moment


def _offset(options: Options) -> float:
    return max(0.0, float(optional(options, "alarmOffset", "Number", 0)))
