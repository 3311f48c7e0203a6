"""How the methods of arrays call their callbacks: with as many of item, index and array as they take, but for holes.

As many items are visited as there are at the beginning; what happens to them meanwhile is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from .callbacks import Callback, taking
from .errors import TypeError
from .indexes import NOT_GIVEN
from .missing import hole


def answers(items: list[Any], callback: Callback) -> Iterator[tuple[Any, Any]]:
    """What a callback returns for each item, and the item."""
    function, count = taking(callback, 3)
    present = islice(list.__iter__(items), len(items))
    if count == 1:
        return ((function(item), item) for item in present if item is not hole)
    numbered = enumerate(present)
    return ((function(*(item, index, items)[:count]), item) for index, item in numbered if item is not hole)


def says(items: list[Any], callback: Callback, answer: bool) -> bool:
    """Whether what a callback returns for an item is true, or false; the others are not asked then."""
    function, count = taking(callback, 3)
    if count != 1:
        return any(_is_true(said) is answer for said, _ in answers(items, callback))
    for item in islice(list.__iter__(items), len(items)):  # `any` would go through a generator
        if item is not hole and _is_true(function(item)) is answer:
            return True
    return False


def _is_true(said: Any) -> bool:
    """Whether JavaScript takes an answer for true: NaN it does not."""
    return bool(said and said == said)


def found(items: list[Any], places: Iterable[int], callback: Callback) -> tuple[int, Any]:
    """Where the first item is for which a callback's answer is true, and the item; holes are None to it."""
    function, count = taking(callback, 3)
    for place in places:
        item = items[place]
        if _is_true(function(item) if count == 1 else function(*(item, place, items)[:count])):
            return place, item
    return -1, None


def reduced(items: list[Any], places: range, callback: Callback, initial: Any) -> Any:
    """What a callback makes of what it has made so far and each item; `TypeError` if there is nothing to begin with."""
    function, count = taking(callback, 4)
    so_far = initial
    if count == 2 and initial is not NOT_GIVEN and places.step == 1:
        for item in islice(list.__iter__(items), len(places)):
            if item is not hole:
                so_far = function(so_far, item)
        return so_far
    for place in places:
        if place >= len(items) or (item := list.__getitem__(items, place)) is hole:
            continue
        if so_far is NOT_GIVEN:
            so_far = item
        else:
            so_far = function(so_far, item) if count == 2 else function(*(so_far, item, place, items)[:count])
    if so_far is NOT_GIVEN:
        raise TypeError("Reduce of empty array with no initial value")
    return so_far
