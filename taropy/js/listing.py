"""What goes into an array: all that a value gives, and the items of arrays in arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .conversions import integer, text
from .errors import TypeError
from .missing import hole, is_nullish, kept


def all_of(items: Any) -> Iterable[Any]:
    """What there is in a value: what it gives when it is gone through, or its items up to its length."""
    if is_nullish(items):
        raise TypeError(f"{text(items)} is not iterable")
    if isinstance(items, list):
        return (None if item is hole else item for item in kept(items))
    if isinstance(items, (dict, Mapping)):
        size = integer(items["length"]) if "length" in items else 0
        return (items[str(index)] for index in range(int(max(size, 0))))
    return items if isinstance(items, Iterable) else ()


def locale_texts(items: Iterable[Any], locales: Any, options: Any) -> Iterator[str]:
    """What each item's `toLocaleString` gives; "" for what is missing."""
    given = () if is_nullish(locales) and is_nullish(options) else (locales, options)
    for item in items:
        yield "" if is_nullish(item) else _locale_text(item, *given)


def _locale_text(item: Any, *options: Any) -> str:
    if isinstance(item, int | float) and not isinstance(item, bool):
        from .digits import to_locale

        return to_locale(item, *options)
    method = None if isinstance(item, str | bool) else getattr(item, "toLocaleString", None)
    return text(method(*options) if callable(method) else item)


def flattened(items: Iterable[Any], depth: float) -> Iterator[Any]:
    """The items, with those of the lists among them in their place, to this depth; no holes."""
    for item in kept(items):
        if depth >= 1 and isinstance(item, (list, tuple)):
            yield from flattened(item, depth - 1)
        elif item is not hole:
            yield item
