"""The order in which `sort` puts the items of an array."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cmp_to_key
from typing import Any

from .callbacks import taking
from .conversions import number, text
from .errors import TypeError
from .missing import Undefined, hole, is_nullish
from .utf16 import has_astral


def in_order(items: Iterable[Any], compare: Any = None, key: Callable[[Any], Any] | None = None) -> list[Any]:
    """The items as the comparator or the key has them, without one by their texts; equal ones stay as they are.

    Undefined ones come last, and after them the holes. None takes part in the comparing, as null does.
    """
    present: list[Any] = [*items]
    missing: list[Any] = []
    if Undefined in {*map(type, present)}:
        missing = [item for item in present if type(item) is Undefined]
        present = [item for item in present if type(item) is not Undefined]
    if key is None:
        key = by_text(present) if is_nullish(compare) else cmp_to_key(_comparing(compare))
    present.sort(key=key)
    missing.sort(key=lambda item: item is hole)
    return present + missing


def by_text(items: Iterable[Any]) -> Callable[[Any], Any]:
    """A key that sorts by texts, unit by unit, which for most is the order of Python's texts."""
    if any(has_astral(text(item)) for item in items):
        return lambda item: text(item).encode("utf-16-be", "surrogatepass")
    return text


def _comparing(compare: Any) -> Callable[[Any, Any], Any]:
    if not callable(compare):
        raise TypeError("The comparison function must be either a function or undefined")
    function, count = taking(compare, 2)
    if count < 2:
        return lambda left, right: number(function(*(left, right)[:count]))

    def order(left: Any, right: Any) -> Any:
        outcome = function(left, right)
        return outcome if type(outcome) is int else number(outcome)

    return order
