"""Setting a field within an expression, where Python has statements only."""

from __future__ import annotations

from typing import Any, TypeVar

from .conversions import NaN, number
from .errors import TypeError
from .keys import property_key
from .missing import is_nullish
from .object import has_own, set_field

T = TypeVar("T")


def put(value: Any, key: Any, new: T) -> T:
    """`value[key] = new`, as an expression: what was set. `TypeError` where there is nothing to set it on."""
    if is_nullish(value):
        raise TypeError(f"Cannot set properties of undefined (setting '{property_key(key)}')")
    set_field(value, key, new)
    return new


def add_to(value: Any, key: Any, amount: float) -> float:
    """`++value[key]`, `--value[key]`, as an expression: the number that it is now, NaN where there was none."""
    if is_nullish(value):
        raise TypeError(f"Cannot read properties of undefined (reading '{property_key(key)}')")
    before = value[key] if hasattr(type(value), "__getitem__") else getattr(value, property_key(key), None)
    is_there = before is not None or has_own(value, key)
    return put(value, key, number(before) + amount if is_there else NaN)
