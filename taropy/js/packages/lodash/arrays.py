"""lodash's functions of arrays: parts of them, places in them, and what is put together of several."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from ...array import Array
from ...callbacks import Callback, called_with
from ...conversions import text
from ...indexes import bounded
from ...listing import flattened
from ...missing import is_nullish, is_undefined
from ...obj import Obj
from ...object import set_field
from ...operators import lt
from .base import array, is_iteratee_call, is_number, items, made, truthy
from .equality import iteratee
from .numbers import toInteger
from .paths import set as set_path


def chunk(array_: Any = None, size: Any = 1, guard: Any = None) -> Array[Any]:
    """Arrays of so many items each; the last one of what is left."""
    step = 1 if is_iteratee_call(array_, size, guard) else max(int(toInteger(size)), 0)
    found = array(array_)
    return Array(Array(found[at : at + step]) for at in range(0, len(found), step)) if step else Array()


def compact(array_: Any = None) -> Array[Any]:
    """The items that are true."""
    return made(item for item in array(array_) if truthy(item))


def concat(array_: Any = None, *values: Any) -> Array[Any]:
    """An array of the items, and after them those of other arrays, and what is none."""
    return Array(items(array_) if isinstance(array_, list) else [array_]).concat(*values)


def _dropped(array_: Any, count: Any, guard: Any) -> int:
    amount = 1 if is_undefined(count) or is_iteratee_call(array_, count, guard) else toInteger(count)
    return int(min(max(amount, 0), len(array(array_))))


def drop(array_: Any = None, n: Any = 1, guard: Any = None) -> Array[Any]:
    """All but the first `n` items."""
    return made(array(array_)[_dropped(array_, n, guard) :])


def dropRight(array_: Any = None, n: Any = 1, guard: Any = None) -> Array[Any]:
    """All but the last `n` items."""
    found = array(array_)
    return made(found[: len(found) - _dropped(array_, n, guard)])


def take(array_: Any = None, n: Any = 1, guard: Any = None) -> Array[Any]:
    """The first `n` items."""
    return made(array(array_)[: _dropped(array_, n, guard)])


def takeRight(array_: Any = None, n: Any = 1, guard: Any = None) -> Array[Any]:
    """The last `n` items."""
    found = array(array_)
    return made(found[len(found) - _dropped(array_, n, guard) :])


def _while(array_: Any, predicate: Any, found: Sequence[Any], places: Sequence[int]) -> int:
    """How many of these places there are before the first one of which the predicate is not true."""
    fits = iteratee(predicate)
    return next((at for at, place in enumerate(places) if not truthy(fits(found[place], place, array_))), len(places))


def dropWhile(array_: Any = None, predicate: Any = None) -> Array[Any]:
    """The items from the first one on of which the predicate is not true."""
    found = array(array_)
    return made(found[_while(array_, predicate, found, range(len(found))) :])


def dropRightWhile(array_: Any = None, predicate: Any = None) -> Array[Any]:
    """The items up to the last one of which the predicate is not true."""
    found = array(array_)
    return made(found[: len(found) - _while(array_, predicate, found, range(len(found))[::-1])])


def takeWhile(array_: Any = None, predicate: Any = None) -> Array[Any]:
    """The items before the first one of which the predicate is not true."""
    found = array(array_)
    return made(found[: _while(array_, predicate, found, range(len(found)))])


def takeRightWhile(array_: Any = None, predicate: Any = None) -> Array[Any]:
    """The items after the last one of which the predicate is not true."""
    found = array(array_)
    return made(found[len(found) - _while(array_, predicate, found, range(len(found))[::-1]) :])


def fill(array_: Any = None, value: Any = None, start: Any = None, end: Any = None) -> Any:
    """Puts `value` at each index from `start` to before `end`; returns the array."""
    if is_iteratee_call(array_, value, start):
        start, end = 0, None
    return Array() if is_nullish(array_) else array_.fill(value, start, end)


def _from(size: int, index: Any, last: int = 0) -> int:
    at = int(toInteger(index))
    return max(size + at, 0) if at < 0 else at


def findIndex(array_: Any = None, predicate: Any = None, fromIndex: Any = 0) -> int:
    """The index of the first item from `fromIndex` on of which the predicate is true, else -1."""
    found, fits = array(array_), iteratee(predicate)
    places = range(_from(len(found), fromIndex), len(found))
    return next((at for at in places if truthy(fits(found[at], at, array_))), -1)


def findLastIndex(array_: Any = None, predicate: Any = None, fromIndex: Any = None) -> int:
    """The index of the last item up to `fromIndex` of which the predicate is true, else -1."""
    found, fits = array(array_), iteratee(predicate)
    places = range(_last(len(found), fromIndex), -1, -1)
    return next((at for at in places if truthy(fits(found[at], at, array_))), -1)


def _last(size: int, index: Any) -> int:
    return size - 1 if is_nullish(index) else min(_from(size, index), size - 1)


def head(array_: Any = None) -> Any:
    """The first item; None if there is none."""
    return next(iter(items(array_)), None)


first = head


def last(array_: Any = None) -> Any:
    """The last item; None if there is none."""
    found = items(array_)
    return found[-1] if found else None


def initial(array_: Any = None) -> Array[Any]:
    """All but the last item."""
    return made(array(array_)[:-1])


def tail(array_: Any = None) -> Array[Any]:
    """All but the first item."""
    return made(array(array_)[1:])


def nth(array_: Any = None, n: Any = 0) -> Any:
    """The item at an index, from the end if it is negative; None beyond."""
    found, at = array(array_), int(toInteger(n))
    at = at + len(found) if at < 0 else at
    return found[at] if 0 <= at < len(found) else None


def flatten(array_: Any = None) -> Array[Any]:
    """With the items of the arrays in it in their place."""
    return _flat(array_, 1)


def flattenDeep(array_: Any = None) -> Array[Any]:
    """As `flatten`, as often as there are arrays in arrays."""
    return _flat(array_, float("inf"))


def flattenDepth(array_: Any = None, depth: Any = 1) -> Array[Any]:
    """As `flatten`, so many times."""
    return _flat(array_, toInteger(depth))


def _flat(array_: Any, depth: float) -> Array[Any]:
    return made(flattened(array(array_), depth))


def fromPairs(pairs: Any = None) -> Any:
    """An object of pairs of key and value."""
    found = Obj()
    for pair in array(pairs):
        found[pair[0]] = pair[1]
    return found


def indexOf(array_: Any = None, value: Any = None, fromIndex: Any = 0) -> int:
    """The first index of a value from `fromIndex` on, else -1; NaN is found."""
    found, known = array(array_), _sameness(value)
    return next((at for at in range(_from(len(found), fromIndex), len(found)) if known(found[at])), -1)


def lastIndexOf(array_: Any = None, value: Any = None, fromIndex: Any = None) -> int:
    """The last index of a value up to `fromIndex`, else -1."""
    found, known = array(array_), _sameness(value)
    return next((at for at in range(_last(len(found), fromIndex), -1, -1) if known(found[at])), -1)


def _sameness(value: Any) -> Callable[[Any], bool]:
    from ...maps import key_of

    known = key_of(value)
    return lambda item: key_of(item) == known


def join(array_: Any = None, separator: Any = ",") -> str:
    """The items' texts with a separator in between."""
    return "" if is_nullish(array_) else Array(items(array_)).join(separator)


def reverse(array_: Any = None) -> Any:
    """Turns an array round, and returns it."""
    return array_ if is_nullish(array_) else array_.reverse()


def slice(array_: Any = None, start: Any = 0, end: Any = None) -> Array[Any]:
    """The items from `start` to before `end`, both from the end if they are negative."""
    found = array(array_)
    if is_iteratee_call(array_, start, end) and not is_number(end):
        return made(found)
    at, to = (
        bounded(toInteger(start), len(found)),
        bounded(end if is_nullish(end) else toInteger(end), len(found), len(found)),
    )
    return made(found[at:to])


def pull(array_: Any = None, *values: Any) -> Any:
    """Takes these values out of an array; returns it."""
    return pullAll(array_, Array(values))


def pullAll(array_: Any = None, values: Any = None) -> Any:
    """As `pull`, of the values in an array."""
    return pullAllBy(array_, values)


def pullAllBy(array_: Any = None, values: Any = None, iteratee_: Any = None) -> Any:
    """As `pullAll`; items are told apart by what the iteratee makes of them."""
    from ...maps import key_of
    from .base import known_by

    by = iteratee(iteratee_)
    gone = known_by(array(values), lambda item: by(item))
    _keep(array_, lambda item, index: key_of(by(item)) not in gone)
    return array_


def pullAllWith(array_: Any = None, values: Any = None, comparator: Any = None) -> Any:
    """As `pullAll`; `comparator(item, value)` says whether two are the same."""
    if is_nullish(comparator):
        return pullAll(array_, values)
    gone = array(values)
    _keep(array_, lambda item, index: not any(truthy(called_with(comparator, (item, each))) for each in gone))
    return array_


def pullAt(array_: Any = None, *indexes: Any) -> Array[Any]:
    """Takes the items at the indexes out of an array; returns them."""
    flat = [each for index in indexes for each in (index if isinstance(index, list) else [index])]
    found = Array(array_[each] for each in flat) if array_ is not None else Array()
    places = {int(each) for each in flat if is_number(each) or (isinstance(each, str) and each.isdecimal())}
    _keep(array_, lambda item, index: index not in places)
    return found


def remove(array_: Any = None, predicate: Any = None) -> Array[Any]:
    """Takes out of an array all items of which the predicate is true; returns them."""
    fits, gone = iteratee(predicate), Array[Any]()
    if is_nullish(array_) or not len(array_):
        return gone
    places = {at for at, item in enumerate(items(array_)) if truthy(fits(item, at, array_))}
    gone.extend(item for at, item in enumerate(items(array_)) if at in places)
    _keep(array_, lambda item, index: index not in places)
    return gone


def _keep(array_: Any, stays: Callable[[Any, int], bool]) -> None:
    if isinstance(array_, list):
        array_[:] = [item for at, item in enumerate(items(array_)) if stays(item, at)]


# --- sorted ones -----------------------------------------------------------------------------------------------


class _Ordered:
    """A value in the order of `<`, in which missing values and NaN come last."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def _rank(self) -> int:
        value = self.value
        return 2 if is_nullish(value) else 1 if value != value else 0

    def __lt__(self, other: _Ordered) -> bool:
        mine, its = self._rank(), other._rank()
        return mine < its if mine or its else bool(lt(self.value, other.value))


def _sorted_index(array_: Any, value: Any, by: Callback, find: Callable[..., int]) -> int:
    return find([_Ordered(by(item)) for item in array(array_)], _Ordered(by(value)))


def sortedIndex(array_: Any = None, value: Any = None) -> int:
    """The lowest index at which a value keeps a sorted array in order."""
    return _sorted_index(array_, value, iteratee(), bisect_left)


def sortedIndexBy(array_: Any = None, value: Any = None, iteratee_: Any = None) -> int:
    """As `sortedIndex`, in the order of what the iteratee makes of the items."""
    return _sorted_index(array_, value, _only_item(iteratee_), bisect_left)


def sortedLastIndex(array_: Any = None, value: Any = None) -> int:
    """The highest index at which a value keeps a sorted array in order."""
    return _sorted_index(array_, value, iteratee(), bisect_right)


def sortedLastIndexBy(array_: Any = None, value: Any = None, iteratee_: Any = None) -> int:
    """As `sortedLastIndex`, in the order of what the iteratee makes of the items."""
    return _sorted_index(array_, value, _only_item(iteratee_), bisect_right)


def sortedIndexOf(array_: Any = None, value: Any = None) -> int:
    """The first index of a value in a sorted array, else -1."""
    at = sortedIndex(array_, value)
    return at if at < len(array(array_)) and _sameness(value)(array(array_)[at]) else -1


def sortedLastIndexOf(array_: Any = None, value: Any = None) -> int:
    """The last index of a value in a sorted array, else -1."""
    at = sortedLastIndex(array_, value) - 1
    return at if at >= 0 and _sameness(value)(array(array_)[at]) else -1


def _only_item(given: Any) -> Callback:
    by = iteratee(given)
    return lambda item: by(item)


# --- put together ----------------------------------------------------------------------------------------------


def _arrays(given: Sequence[Any]) -> list[list[Any]]:
    return [items(each) for each in given if isinstance(each, list | tuple)]


def zip(*arrays: Any) -> Array[Array[Any]]:
    """Arrays of the first items, of the second ones, …"""
    found = _arrays(arrays)
    return made(Array(each[at] if at < len(each) else None for each in found) for at in range(_longest(found)))


def _longest(arrays: list[list[Any]]) -> int:
    return max(map(len, arrays), default=0)


def unzip(array_: Any = None) -> Array[Array[Any]]:
    """What `zip` put together, apart."""
    return zip(*array(array_))


def zipWith(*arrays: Any) -> Array[Any]:
    """What the last argument, a function, makes of the first items, of the second ones, …"""
    if arrays and callable(arrays[-1]):
        return made(called_with(arrays[-1], tuple(group)) for group in zip(*arrays[:-1]))
    return zip(*arrays)


def unzipWith(array_: Any = None, iteratee_: Any = None) -> Array[Any]:
    """What the function makes of each of the arrays of `unzip`."""
    groups = unzip(array_)
    return groups if is_nullish(iteratee_) else made(called_with(iteratee_, tuple(group)) for group in groups)


def zipObject(props: Any = None, values: Any = None) -> Any:
    """An object of keys and values."""
    found, given = Obj(), array(values)
    for at, key in enumerate(array(props)):
        set_field(found, text(key), given[at] if at < len(given) else None)
    return found


def zipObjectDeep(props: Any = None, values: Any = None) -> Any:
    """As `zipObject`, of paths."""
    found, given = Obj(), array(values)
    for at, path in enumerate(array(props)):
        set_path(found, path, given[at] if at < len(given) else None)
    return found
