"""The calendar: what programs add to it, when it takes place, and when the person is reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from natively import call
from supporting import failure, supporting

import taropy
from taropy.phone import CalendarEvent, Phone

HOUR, DAY = 3600.0, 86400.0
#: Noon of the tenth of January 2026.
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC).timestamp()


@pytest.fixture(autouse=True)
def greenwich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def weapp() -> Iterator[Any]:
    with taropy.create("weapp", phone=at_noon()) as runtime:
        yield runtime


def at_noon(device: str = "iPhone 15 Pro", **options: Any) -> Phone:
    phone = Phone(device=device, **options)
    phone.clock.stop()
    phone.clock.set(NOON)
    return phone


def unit(t: Any) -> int:
    """How many of its platform's units of time are a second."""
    return 1000 if t.platform.name in ("h5", "harmony-hybrid") else 1


@supporting("addPhoneCalendar")
def test_an_event_is_in_the_calendar(t: Any) -> None:
    times = {"startTime": NOON * unit(t), "endTime": str(int((NOON + HOUR) * unit(t)))}
    options = {"title": "Tea", "description": "Oolong", "location": "Garden", "alarmOffset": 600}
    assert t.addPhoneCalendar({**options, **times}).result().errMsg == "addPhoneCalendar:ok"
    [event] = t.phone.calendar.events
    told = (event.title, event.start, event.end, event.description, event.location, event.alarm)
    assert told == ("Tea", NOON, NOON + HOUR, "Oolong", "Garden", 600)


@pytest.mark.parametrize(
    ("platform", "scope"), [("weapp", "scope.addPhoneCalendar"), ("tt", "scope.calendar"), ("h5", None)]
)
def test_the_person_is_asked_whether_a_program_may(platform: str, scope: str | None) -> None:
    with taropy.create(platform) as t:
        t.addPhoneCalendar(title="Tea", startTime=NOON).result()
        asked = [question.shown.scope for question in t.phone.person.asked if question.kind == "authorize"]
        assert asked == ([] if scope is None else [scope])
        if scope is not None:
            t.phone.permissions.deny(scope)
            assert "auth deny" in failure(t.addPhoneCalendar(title="Tea", startTime=NOON))


def test_nor_may_one_whom_the_device_denies_it(weapp: Any) -> None:
    weapp.phone.system.set_permission("phoneCalendar", "denied")
    assert failure(weapp.addPhoneCalendar(title="Tea", startTime=NOON)) == (
        "addPhoneCalendar:fail system permission denied"
    )


@pytest.mark.parametrize(
    ("platform", "device", "told"),
    [
        ("weapp", "iPhone 15 Pro", "addPhoneCalendar:fail cancel"),
        ("weapp", "Pixel 8", "addPhoneCalendar:ok"),
        ("h5", "iPhone 15 Pro", "addPhoneCalendar:ok"),
    ],
)
def test_what_the_person_does_not_save_is_not_there(platform: str, device: str, told: str) -> None:
    with taropy.create(platform, phone=at_noon(device)) as t:
        t.phone.calendar.discard()
        answer = t.addPhoneCalendar(title="Tea", startTime=NOON).catch(lambda error: error).result()
        assert (answer.errMsg, t.phone.calendar.events) == (told, [])


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"startTime": NOON}, "title"),
        ({"title": "Tea"}, "startTime"),
        ({"title": "Tea", "startTime": NOON, "endTime": "tomorrow"}, "endTime is no time"),
        ({"title": "Tea", "startTime": NOON, "endTime": str(NOON - 1)}, "before startTime"),
        ({"title": "Tea", "startTime": 1e300}, "startTime is no time"),
    ],
)
def test_wrong_options_say_what_is_wrong(weapp: Any, options: dict[str, Any], why: str) -> None:
    assert why in failure(weapp.addPhoneCalendar(options))
    assert weapp.phone.calendar.events == []


def test_a_page_begins_now_and_a_whole_day_has_an_end() -> None:
    phone = at_noon()
    call(phone.native("h5"), "addPhoneCalendar", title="Tea", allDay=True)
    [event] = phone.calendar.events
    assert (event.start, event.end, event.all_day) == (NOON, NOON + DAY, True)


# --- what repeats --------------------------------------------------------------------------------------------------


def test_an_event_repeats_until_its_end(weapp: Any) -> None:
    weapp.addPhoneRepeatCalendar(
        title="Tea", startTime=NOON, repeatInterval="week", repeatEndTime=NOON + 21 * DAY
    ).result()
    found = weapp.phone.calendar.occurrences(NOON, NOON + 60 * DAY)
    assert [moment for moment, _ in found] == [NOON + week * 7 * DAY for week in range(4)]


@pytest.mark.parametrize(
    ("interval", "begin", "next_one"),
    [
        ("day", (2026, 3, 28), (2026, 3, 29)),
        ("month", (2026, 1, 28), (2026, 2, 28)),
        ("month", (2026, 12, 5), (2027, 1, 5)),
        ("year", (2026, 1, 31), (2027, 1, 31)),
        ("year", (2028, 2, 29), (2032, 2, 29)),
    ],
)
def test_it_is_again_at_the_same_time_of_the_day(
    weapp: Any, monkeypatch: pytest.MonkeyPatch, interval: str, begin: Any, next_one: Any
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")  # where summer begins on the 29th of March 2026
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(*begin, 9, tzinfo=berlin).timestamp()
    weapp.addPhoneRepeatCalendar(title="Tea", startTime=start, repeatInterval=interval).result()
    second = weapp.phone.calendar.occurrences(start, start + 2000 * DAY)[1][0]
    assert second == datetime(*next_one, 9, tzinfo=berlin).timestamp()


def test_what_repeats_every_month_begins_on_the_28th_at_the_latest(weapp: Any) -> None:
    late = datetime(2026, 1, 29, tzinfo=UTC).timestamp()
    assert "28th" in failure(weapp.addPhoneRepeatCalendar(title="Rent", startTime=late))
    weapp.addPhoneRepeatCalendar(title="Rent", startTime=late, repeatInterval="year").result()


@supporting("addPhoneRepeatCalendar")
def test_a_repetition_ends_after_it_has_begun(t: Any) -> None:
    options = {"title": "Tea", "startTime": NOON * unit(t), "repeatEndTime": (NOON - 1) * unit(t)}
    assert failure(t.addPhoneRepeatCalendar(options)) == (
        "addPhoneRepeatCalendar:fail repeatEndTime must be greater than startTime"
    )


def test_and_has_one_of_four_intervals(weapp: Any) -> None:
    assert "repeatInterval" in failure(weapp.addPhoneRepeatCalendar(title="Tea", startTime=NOON, repeatInterval="hour"))


def test_a_pages_event_does_not_repeat_but_its_reminder() -> None:
    with taropy.create("h5", phone=at_noon()) as t:
        t.addPhoneRepeatCalendar(
            title="Tea", startTime=NOON * 1000, repeatInterval="week", repeatEndTime=(NOON + 15 * DAY) * 1000
        ).result()
        calendar = t.phone.calendar
        assert len(calendar.occurrences(NOON, NOON + 60 * DAY)) == 1
        t.phone.clock.advance(60 * DAY)
        assert [moment for moment, _ in calendar.reminders] == [NOON + week * 7 * DAY for week in range(4)]
        assert "REPEAT:3\r\nDURATION:PT604800S" in calendar.ics()


# --- reminders -----------------------------------------------------------------------------------------------------


def test_the_person_is_reminded_by_the_phones_clock(weapp: Any) -> None:
    weapp.addPhoneCalendar(title="Tea", startTime=NOON + HOUR, alarmOffset=600).result()
    weapp.addPhoneCalendar(title="Quiet", startTime=NOON + HOUR, alarm=False).result()
    weapp.addPhoneCalendar(title="Over", startTime=NOON - HOUR).result()
    weapp.phone.clock.advance(HOUR - 601)
    assert weapp.phone.calendar.reminders == []
    weapp.phone.clock.advance(1)
    assert [(moment, event.title) for moment, event in weapp.phone.calendar.reminders] == [(NOON + HOUR - 600, "Tea")]


# --- the phone -----------------------------------------------------------------------------------------------------


def test_other_calendars_read_it(weapp: Any) -> None:
    weapp.addPhoneRepeatCalendar(
        title="Tea, with 韩梅梅; \\ " + "long " * 20, startTime=NOON, endTime=str(NOON + HOUR), repeatInterval="day"
    ).result()
    weapp.addPhoneCalendar(title="Holiday", startTime=NOON, allDay=True, alarm=False, description="a\nb").result()
    text = weapp.phone.calendar.ics()
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-2:] == ["END:VCALENDAR", ""]
    assert "SUMMARY:Tea\\, with 韩梅梅\\; \\\\ " + "long " * 20 in unfolded
    assert {"DTSTART:20260110T120000Z", "RRULE:FREQ=DAILY", "TRIGGER:-PT0S"} <= set(unfolded)
    assert {"DTSTART;VALUE=DATE:20260110", "DESCRIPTION:a\\nb"} <= set(unfolded)
    assert unfolded.count("BEGIN:VALARM") == 1


def test_a_phone_with_a_folder_keeps_it(tmp_path: Path) -> None:
    with at_noon(folder=tmp_path) as phone, taropy.create("weapp", phone=phone) as t:
        t.addPhoneRepeatCalendar(title="Tea", startTime=NOON, repeatInterval="day").result()
        kept = phone.calendar.events
    with Phone(tmp_path) as phone:
        assert phone.calendar.events == kept


def test_a_snapshot_has_it(weapp: Any) -> None:
    taken = weapp.phone.snapshot()
    weapp.addPhoneCalendar(title="Tea", startTime=NOON).result()
    weapp.phone.restore(taken)
    assert weapp.phone.calendar.events == []


def test_a_test_may_put_events_there_itself(weapp: Any) -> None:
    weapp.phone.calendar.events.append(CalendarEvent("Tea", NOON, NOON + HOUR))
    assert weapp.phone.calendar.occurrences(NOON, NOON + 1)[0][1].title == "Tea"
    assert repr(weapp.phone.calendar) == "<Calendar 1 events>"
