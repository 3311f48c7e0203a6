"""How Douyin's functions tell of their failures: by `errorCode`, a number of each function's page.

Facts: developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api, of each function its page. What has no number
there has none of WeChat's either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .answers import Ordered, Result, number_of
from .failing import without_numbers


def failing(numbers: Mapping[str, int]) -> Callable[[Result], Result]:
    """How a failure is told: with the number of the first of these words that are in its reason, else without one."""

    def told(failure: Result) -> Result:
        reason = failure["errMsg"].partition(":fail")[2]
        found = number_of(numbers, reason)
        own = without_numbers(failure)
        return own if found is None or isinstance(failure, Ordered) else {**own, "errorCode": found}

    return told
