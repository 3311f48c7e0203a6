"""Plugins for weeks, quarters and days of the year."""

from __future__ import annotations

import math
from typing import Any

from ....conversions import number, truthy
from ....missing import is_nullish
from ..core import Dayjs
from ..units import DAY, MILLISECOND, MONTH, QUARTER, WEEK, YEAR, unit_of


def dayOfYear(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.dayOfYear()`, from 1; with an argument, the date on that day."""

    def day_of_year(self: Dayjs, input: Any = None) -> Any:
        start = self.startOf(DAY) - self.startOf(YEAR)
        day = math.floor(start / 86_400_000 + 0.5) + 1
        return day if is_nullish(input) else self.add(number(input) - day, DAY)

    kind.dayOfYear = day_of_year


def weekOfYear(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.week()`, as the locale counts them; with an argument, the date in that week."""

    def week(self: Any, week: Any = None) -> Any:
        if not is_nullish(week):
            return self.add((number(week) - self.week()) * 7, DAY)
        year_start = self._locale_data().yearStart or 1
        if self.month() == 11 and self.date() > 25:
            next_year = self.startOf(YEAR).add(1, YEAR).date(year_start)
            if next_year.isBefore(self.endOf(WEEK)):
                return 1
        first = self.startOf(YEAR).date(year_start).startOf(WEEK).subtract(1, MILLISECOND)
        passed = self.diff(first, WEEK, True)
        return self.startOf(WEEK).week() if passed < 0 else math.ceil(passed)

    kind.week = week
    kind.weeks = lambda self, input=None: self.week(input)


def weekYear(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.weekYear()`: the year that its week is of. It needs `weekOfYear`."""

    def week_year(self: Any) -> Any:
        month, week, year = self.month(), self.week(), self.year()
        if week == 1 and month == 11:
            return year + 1
        return year - 1 if month == 0 and week >= 52 else year

    kind.weekYear = week_year


def weekday(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.weekday()`: the day of the week, from the locale's first; with an argument, the date on that day."""

    def week_day(self: Any, input: Any = None) -> Any:
        day = (self.day() - (self._locale_data().weekStart or 0)) % 7
        return day if is_nullish(input) else self.subtract(day, DAY).add(input, DAY)

    kind.weekday = week_day


def isoWeek(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isoWeek()`, `isoWeekday()` from 1 for Monday, `isoWeekYear()`; and `startOf("isoWeek")`."""

    def thursday(self: Any) -> Any:
        return self.add(4 - self.isoWeekday(), DAY)

    def iso_week_day(self: Any, week: Any = None) -> Any:
        if is_nullish(week):
            return self.day() or 7
        return self.day(week if self.day() % 7 else number(week) - 7)

    def iso_week(self: Any, week: Any = None) -> Any:
        if not is_nullish(week):
            return self.add((number(week) - self.isoWeek()) * 7, DAY)
        year_start = dayjs().year(self.isoWeekYear()).startOf(YEAR)
        ahead = 4 - year_start.isoWeekday() + (7 if year_start.isoWeekday() > 4 else 0)
        return thursday(self).diff(year_start.add(ahead, DAY), WEEK) + 1

    start_of = kind.startOf

    def start_of_iso_week(self: Any, units: Any = None, isStart: Any = True) -> Any:
        if unit_of(units) != "isoweek":
            return start_of(self, units, isStart)
        monday = self.date() - (self.isoWeekday() - 1)
        return self.date(monday).startOf(DAY) if truthy(isStart) else self.date(monday + 6).endOf(DAY)

    kind.isoWeekYear = lambda self: thursday(self).year()
    kind.isoWeekday = iso_week_day
    kind.isoWeek = iso_week
    kind.startOf = start_of_iso_week


def isoWeeksInYear(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isoWeeksInYear()`: 52 or 53. It needs `isLeapYear`."""

    def weeks(self: Any) -> int:
        last = self.endOf(YEAR).day()
        return 53 if last == 4 or (self.isLeapYear() and last == 5) else 52

    kind.isoWeeksInYear = weeks


def quarterOfYear(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.quarter()`, from 1, with an argument the date in that one; and the unit `quarter`."""

    def quarter(self: Any, quarter: Any = None) -> Any:
        if is_nullish(quarter):
            return math.ceil((self.month() + 1) / 3)
        return self.month(self.month() % 3 + (number(quarter) - 1) * 3)

    add, start_of = kind.add, kind.startOf

    def add_quarter(self: Any, number_: Any = None, units: Any = None) -> Any:
        if unit_of(units) == QUARTER:
            return self.add(number(number_) * 3, MONTH)
        return add(self, number_, units)

    def start_of_quarter(self: Any, units: Any = None, isStart: Any = True) -> Any:
        if unit_of(units) != QUARTER:
            return start_of(self, units, isStart)
        month = (self.quarter() - 1) * 3
        if truthy(isStart):
            return self.month(month).startOf(MONTH).startOf(DAY)
        return self.month(month + 2).endOf(MONTH).endOf(DAY)

    kind.quarter, kind.add, kind.startOf = quarter, add_quarter, start_of_quarter
