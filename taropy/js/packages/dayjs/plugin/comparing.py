"""Plugins that compare dates."""

from __future__ import annotations

from typing import Any

from ....missing import is_nullish, undefined
from ..core import Dayjs


def isBetween(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isBetween(a, b, units, "()")`: whether it is between two others; `[` and `]` are for the ends too."""

    def is_between(self: Dayjs, a: Any = undefined, b: Any = undefined, units: Any = None, ends: Any = None) -> bool:
        first, last = dayjs(a), dayjs(b)
        ends = "()" if is_nullish(ends) else ends
        open_start, open_end = ends[:1] == "(", ends[1:2] == ")"

        def is_past(end: Dayjs, is_open: bool) -> bool:
            return self.isAfter(end, units) if is_open else not self.isBefore(end, units)

        def is_before(end: Dayjs, is_open: bool) -> bool:
            return self.isBefore(end, units) if is_open else not self.isAfter(end, units)

        return (is_past(first, open_start) and is_before(last, open_end)) or (
            is_before(first, open_start) and is_past(last, open_end)
        )

    kind.isBetween = is_between


def isSameOrAfter(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isSameOrAfter(that, units)`."""
    kind.isSameOrAfter = lambda self, that=undefined, units=None: self.isSame(that, units) or self.isAfter(that, units)


def isSameOrBefore(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isSameOrBefore(that, units)`."""
    kind.isSameOrBefore = lambda self, that=undefined, units=None: (
        self.isSame(that, units) or self.isBefore(that, units)
    )


def _is_day(moment: Dayjs, other: Dayjs) -> bool:
    return moment.format("YYYY-MM-DD") == other.format("YYYY-MM-DD")


def isToday(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isToday()`."""
    kind.isToday = lambda self: _is_day(self, dayjs())


def isTomorrow(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isTomorrow()`."""
    kind.isTomorrow = lambda self: _is_day(self, dayjs().add(1, "day"))


def isYesterday(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isYesterday()`."""
    kind.isYesterday = lambda self: _is_day(self, dayjs().subtract(1, "day"))


def isLeapYear(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.isLeapYear()`."""
    kind.isLeapYear = lambda self: (self.year() % 4 == 0 and self.year() % 100 != 0) or self.year() % 400 == 0


def minMax(option: Any, kind: Any, dayjs: Any) -> None:
    """`dayjs.max(…)` and `dayjs.min(…)`: the last and the first of dates, or an invalid one among them."""
    dayjs.max = lambda *dates: _chosen("isAfter", dates)
    dayjs.min = lambda *dates: _chosen("isBefore", dates)


def _chosen(method: str, dates: tuple[Any, ...]) -> Dayjs | None:
    given = dates[0] if dates and isinstance(dates[0], list) else list(dates)
    if not given or is_nullish(given[0]):
        return None
    found: Dayjs = given[0]
    for each in given[1:]:
        if not each.isValid() or getattr(each, method)(found):
            found = each
    return found
