"""How the database orders values of whatever type, and which are equal: MongoDB's order of types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cmp_to_key
from typing import Any

from .paths import Parts, null, value_at

_RANKS: Mapping[type, int] = {
    type(None): 1, int: 2, float: 2, str: 3, dict: 4, list: 5, bool: 8, datetime: 9,
}  # fmt: skip


def rank(value: Any) -> int:
    """The place of a value's type in the order of types."""
    found = _RANKS.get(type(value))
    if found is None:
        found = next((place for kind, place in _RANKS.items() if isinstance(value, kind)), 4)
    return found


def compare(one: Any, other: Any) -> int:
    """-1, 0 or 1: values of two types are as the types, those of one by what they are."""
    ranks = rank(one), rank(other)
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if ranks[0] == 5:
        return _in_turn(one, other)
    if ranks[0] == 4:
        return _in_turn(
            [part for item in one.items() for part in item], [part for item in other.items() for part in item]
        )
    if ranks[0] == 1 or one == other:
        return 0
    return -1 if one < other else 1


def _in_turn(one: list[Any], other: list[Any]) -> int:
    for left, right in zip(one, other, strict=False):
        found = compare(left, right)
        if found:
            return found
    return (len(one) > len(other)) - (len(one) < len(other))


def equal(one: Any, other: Any) -> bool:
    """Whether two values are the same; true is not 1."""
    return rank(one) == rank(other) and compare(one, other) == 0


order_key: Callable[[Any], Any] = cmp_to_key(compare)


def sorted_by(records: Iterable[Any], sort: Sequence[tuple[str, int]]) -> list[Any]:
    """The records by paths, each with 1 or -1; a list by its least element, or its greatest if it goes down."""
    found = list(records)
    for path, direction in reversed(sort):
        parts, choose = tuple(path.split(".")), min if direction > 0 else max

        def key(record: Any, parts: Parts = parts, choose: Any = choose) -> Any:
            value = value_at(record, parts)
            if isinstance(value, list):
                value = choose(value, key=order_key) if value else None
            return order_key(null(value))

        found.sort(key=key, reverse=direction < 0)
    return found


def key_of(value: Any) -> Any:
    """Something that equal values share, for dicts and sets."""
    kind = rank(value)
    if kind == 4:
        return kind, tuple((name, key_of(each)) for name, each in value.items())
    return kind, tuple(map(key_of, value)) if kind == 5 else value
