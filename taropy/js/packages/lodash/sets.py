"""Arrays taken as sets: what is in all of them, in one of them, in none of the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...array import Array
from ...callbacks import Callback, called_with
from ...maps import key_of
from ...missing import is_nullish
from .base import array, items, known_by, made, truthy, unique
from .equality import iteratee

Same = Callback


def _lists(given: Iterable[Any]) -> list[list[Any]]:
    return [items(each) for each in given if isinstance(each, list | tuple)]


def _by(given: Any) -> Callback:
    by = iteratee(given)
    return lambda item: by(item)


def _taken_apart(given: tuple[Any, ...]) -> tuple[tuple[Any, ...], Any]:
    """The arrays, and what follows them if it is none."""
    if given and not isinstance(given[-1], list | tuple):
        return given[:-1], given[-1]
    return given, None


def uniq(array_: Any = None) -> Array[Any]:
    """The first of each of the items."""
    return made(unique(array(array_)))


def uniqBy(array_: Any = None, iteratee_: Any = None) -> Array[Any]:
    """As `uniq`; items are told apart by what the iteratee makes of them."""
    return made(unique(array(array_), _by(iteratee_)))


def uniqWith(array_: Any = None, comparator: Any = None) -> Array[Any]:
    """As `uniq`; `comparator(item, other)` says whether two are the same."""
    if is_nullish(comparator):
        return uniq(array_)
    kept: Array[Any] = Array()
    for item in array(array_):
        if not _is_among(item, kept, comparator):
            kept.append(item)
    return kept


def sortedUniq(array_: Any = None) -> Array[Any]:
    """The items of a sorted array, each once."""
    return sortedUniqBy(array_)


def sortedUniqBy(array_: Any = None, iteratee_: Any = None) -> Array[Any]:
    """As `sortedUniq`, by what the iteratee makes of the items."""
    by, kept, known = _by(iteratee_), Array[Any](), object()
    for item in array(array_):
        now: Any = key_of(by(item))
        if now != known:
            kept.append(item)
        known = now
    return kept


def _is_among(item: Any, others: Iterable[Any], comparator: Any) -> bool:
    return any(truthy(called_with(comparator, (item, other))) for other in others)


def difference(array_: Any = None, *values: Any) -> Array[Any]:
    """The items that are in none of the other arrays."""
    return _difference(array_, values, iteratee())


def differenceBy(array_: Any = None, *values: Any) -> Array[Any]:
    """As `difference`; items are told apart by what the last argument makes of them."""
    others, by = _taken_apart(values)
    return _difference(array_, others, _by(by))


def _difference(array_: Any, values: Iterable[Any], by: Callback) -> Array[Any]:
    gone = known_by((item for each in _lists(values) for item in each), lambda item: by(item))
    return made(item for item in array(array_) if key_of(by(item)) not in gone)


def differenceWith(array_: Any = None, *values: Any) -> Array[Any]:
    """As `difference`; the last argument, `comparator(item, other)`, says whether two are the same."""
    others, comparator = _taken_apart(values)
    if is_nullish(comparator):
        return difference(array_, *others)
    gone = [item for each in _lists(others) for item in each]
    return made(item for item in array(array_) if not _is_among(item, gone, comparator))


def without(array_: Any = None, *values: Any) -> Array[Any]:
    """The items that are none of the values."""
    return difference(array_, Array(values))


def intersection(*arrays: Any) -> Array[Any]:
    """The first of each of the items that are in all arrays."""
    return _intersection(arrays, iteratee())


def intersectionBy(*arrays: Any) -> Array[Any]:
    """As `intersection`; items are told apart by what the last argument makes of them."""
    given, by = _taken_apart(arrays)
    return _intersection(given, _by(by))


def _intersection(arrays: tuple[Any, ...], by: Callback) -> Array[Any]:
    lists = [items(each) if isinstance(each, list | tuple) else [] for each in arrays]
    if not lists:
        return Array()
    others = [known_by(each, lambda item: by(item)) for each in lists[1:]]
    found = unique(lists[0], lambda item: by(item))
    return made(item for item in found if all(key_of(by(item)) in other for other in others))


def intersectionWith(*arrays: Any) -> Array[Any]:
    """As `intersection`; the last argument, `comparator(item, other)`, says whether two are the same."""
    given, comparator = _taken_apart(arrays)
    if is_nullish(comparator):
        return intersection(*given)
    lists = [items(each) if isinstance(each, list | tuple) else [] for each in given]
    found = uniqWith(lists[0], comparator) if lists else Array[Any]()
    return made(item for item in found if all(_is_among(item, other, comparator) for other in lists[1:]))


def union(*arrays: Any) -> Array[Any]:
    """The first of each of the items of all arrays."""
    return uniq([item for each in _lists(arrays) for item in each])


def unionBy(*arrays: Any) -> Array[Any]:
    """As `union`; items are told apart by what the last argument makes of them."""
    given, by = _taken_apart(arrays)
    return uniqBy([item for each in _lists(given) for item in each], by)


def unionWith(*arrays: Any) -> Array[Any]:
    """As `union`; the last argument, `comparator(item, other)`, says whether two are the same."""
    given, comparator = _taken_apart(arrays)
    return uniqWith([item for each in _lists(given) for item in each], comparator)


def xor(*arrays: Any) -> Array[Any]:
    """The items that are in one of the arrays only."""
    return _xor(_lists(arrays), iteratee())


def xorBy(*arrays: Any) -> Array[Any]:
    """As `xor`; items are told apart by what the last argument makes of them."""
    given, by = _taken_apart(arrays)
    return _xor(_lists(given), _by(by))


def _xor(lists: list[list[Any]], by: Callback) -> Array[Any]:
    kept: list[Any] = []
    for place, own in enumerate(lists):
        others = known_by(
            (item for at, each in enumerate(lists) if at != place for item in each), lambda item: by(item)
        )
        kept += [item for item in own if key_of(by(item)) not in others]
    return made(unique(kept, lambda item: by(item)))


def xorWith(*arrays: Any) -> Array[Any]:
    """As `xor`; the last argument, `comparator(item, other)`, says whether two are the same."""
    given, comparator = _taken_apart(arrays)
    lists = _lists(given)
    if is_nullish(comparator):
        return xor(*given)
    kept: list[Any] = []
    for place, own in enumerate(lists):
        others = [item for at, each in enumerate(lists) if at != place for item in each]
        kept += [item for item in own if not _is_among(item, others, comparator)]
    return uniqWith(kept, comparator)
