"""The names of dayjs's units."""

from __future__ import annotations

from typing import Any, Final

from ...conversions import text, truthy

YEAR: Final = "year"
QUARTER: Final = "quarter"
MONTH: Final = "month"
WEEK: Final = "week"
DAY: Final = "day"
DATE: Final = "date"
HOUR: Final = "hour"
MINUTE: Final = "minute"
SECOND: Final = "second"
MILLISECOND: Final = "millisecond"

#: How many milliseconds each has.
LENGTHS: Final = {SECOND: 1_000, MINUTE: 60_000, HOUR: 3_600_000, DAY: 86_400_000, WEEK: 604_800_000}

_SHORT = {
    "M": MONTH, "y": YEAR, "w": WEEK, "d": DAY, "D": DATE, "h": HOUR, "m": MINUTE, "s": SECOND, "ms": MILLISECOND,
    "Q": QUARTER,
}  # fmt: skip


def unit_of(given: Any) -> str:
    """The unit that a name means: `years`, `year`, `Y` and `y` are one; none for what is no name."""
    if not truthy(given):
        return ""
    return _SHORT.get(given) or text(given).lower().removesuffix("s")
