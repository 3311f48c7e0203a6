"""How Baidu's functions tell of their failures: by `errCode`, a number of each function's page and each system.

Facts: github.com/swan-team/swan-docs at 87accb3c, below program-docs/docs/develop/api; those that every permission has
are in open/authorize_list.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .answers import Options, Ordered, Result, number_of
from .failing import without_numbers
from .variant import Variant

Adapt = Callable[[Result], Result]
Numbers = Mapping[str, int]

#: The words in the reasons of failures that a page's numbers are found by. The last one is in all of them.
OPTIONS, INVALID, CANCEL, ANY = "parameter error", "invalid", "cancel", ""
NO_TAB_BAR = "not TabBar page"
MISSING = ("not exist", "doesn't exist", "no such file", "not found")

WRONG, FAILED = 202, 1001

_PERMISSIONS: Numbers = {"user deny": 10003, "system permission denied": 10005}


def failing(numbers: Numbers) -> Adapt:
    """How a failure is told: with the number of the first of these words that are in its reason, else without one."""

    known = {**_PERMISSIONS, **numbers}

    def told(failure: Result) -> Result:
        reason = failure["errMsg"].partition(":fail")[2].strip()
        found = number_of(known, reason)
        own = failure if isinstance(failure, Ordered) else without_numbers(failure)
        return own if found is None else {"errCode": found, **own}

    return told


def numbered(
    of: str,
    ios: Numbers,
    android: Numbers,
    options: Callable[[Options], Options] | None = None,
    result: Adapt | None = None,
) -> Variant:
    """A function whose failures have these numbers on iOS, and those on every other system."""
    on_ios = Variant(of, options, result, failure=failing(ios))
    return Variant(of, options, result, failure=failing(android), systems={"ios": on_ios})


def wrong(number: int = WRONG) -> Numbers:
    """The number of all wrong options."""
    return {OPTIONS: number, INVALID: number}


def missing(number: int) -> Numbers:
    """The number of a file that is not there."""
    return dict.fromkeys(MISSING, number)
