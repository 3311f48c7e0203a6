"""Indexes of arrays and texts, as their methods take them."""

from __future__ import annotations

from typing import Any

from .conversions import integer
from .keys import is_index
from .missing import is_nullish

#: What stands for an argument that is not given, where that is another thing than None.
NOT_GIVEN: Any = object()


def index_of(key: Any) -> int | None:
    """The index that a key means: 1 for 1.0 and "1"; None for what is no index."""
    if type(key) is int:
        return key if key >= 0 else None
    if isinstance(key, float) and key >= 0 and key.is_integer():
        return int(key)
    return int(key) if isinstance(key, str) and is_index(key) else None


def bounded(value: Any, size: int, missing: int = 0) -> int:
    """An index to begin or end at, which counts from the end if it is negative; `missing` if it is not given."""
    if type(value) is not int:
        value = missing if is_nullish(value) else integer(value)
    return int(max(value + size, 0) if value < 0 else min(value, size))


def clamped(value: Any, size: int, missing: int = 0) -> int:
    """An index to begin or end at, of which a negative one is 0; `missing` if it is not given."""
    if type(value) is not int:
        value = missing if is_nullish(value) else integer(value)
    return int(min(max(value, 0), size))


def spliced(start: Any, count: Any, size: int) -> tuple[int, int]:
    """From where to where `splice` takes out, of so many items."""
    first = 0 if start is NOT_GIVEN else bounded(start, size, 0)
    if count is NOT_GIVEN:
        return first, first if start is NOT_GIVEN else size
    return first, first + int(min(max(integer(count), 0), size - first))
