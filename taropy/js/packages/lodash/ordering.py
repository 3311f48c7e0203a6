"""The order in which `sortBy` and `orderBy` put values: missing ones and NaN come last, equal ones stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from typing import Any

from ...missing import is_nullish
from ...operators import gt, lt


def in_order_of(values: Sequence[Any], by: Sequence[Callable[[Any], Any]], descending: Sequence[bool]) -> list[Any]:
    """The values in the order of what each of the functions makes of them, one after the other."""
    known = [(value, [make(value) for make in by]) for value in values]

    def compare(left: tuple[Any, list[Any]], right: tuple[Any, list[Any]]) -> int:
        for place, (mine, other) in enumerate(zip(left[1], right[1], strict=True)):
            found = compared(mine, other)
            if found:
                return -found if descending[place] else found
        return 0

    return [value for value, _ in sorted(known, key=cmp_to_key(compare))]


def compared(left: Any, right: Any) -> int:
    """Below 0 if the first comes before the second in ascending order."""
    mine, other = _rank(left), _rank(right)
    if mine or other:
        return mine - other
    return 1 if gt(left, right) else -1 if lt(left, right) else 0


def _rank(value: Any) -> int:
    """0 for what is compared; beyond it those that come last, null before undefined before NaN."""
    if is_nullish(value):
        return 1
    return 2 if value != value else 0
