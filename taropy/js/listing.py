"""What goes into an array: all that a value gives, and the items of arrays in arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .conversions import integer, text
from .errors import TypeError
from .missing import hole, is_nullish


def all_of(items: Any) -> Iterable[Any]:
    """What there is in a value: what it gives when it is gone through, or its items up to its length."""
    if is_nullish(items):
        raise TypeError(f"{text(items)} is not iterable")
    if isinstance(items, list):
        return (None if item is hole else item for item in items)
    if isinstance(items, (dict, Mapping)):
        size = integer(items["length"]) if "length" in items else 0
        return (items[str(index)] for index in range(int(max(size, 0))))
    return items if isinstance(items, Iterable) else ()


def flattened(items: Iterable[Any], depth: float) -> Iterator[Any]:
    """The items, with those of the lists among them in their place, to this depth; no holes."""
    for item in items:
        if depth >= 1 and isinstance(item, (list, tuple)):
            yield from flattened(item, depth - 1)
        elif item is not hole:
            yield item
