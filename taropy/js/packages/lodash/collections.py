"""lodash's functions of collections: arrays, and objects, of which the fields' values are the items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...access import get as read
from ...array import Array
from ...callbacks import Callback, called_with
from ...indexes import bounded
from ...maps import key_of
from ...maths import Math
from ...missing import is_nullish, undefined
from ...obj import Obj
from ...strings import String, length
from .arrays import flattenDeep, flattenDepth
from .base import (
    NOTHING,
    is_iteratee_call,
    is_map_or_set,
    keys_of,
    made,
    pairs,
    truthy,
    values_of,
)
from .equality import iteratee
from .numbers import toInteger
from .ordering import in_order_of
from .paths import hasIn, invoke


def forEach(collection: Any = None, iteratee_: Any = None) -> Any:
    """Calls `iteratee(value, key, collection)` for each, until it returns false; returns the collection."""
    return _each(collection, iteratee_, pairs(collection))


def forEachRight(collection: Any = None, iteratee_: Any = None) -> Any:
    """As `forEach`, from the end."""
    return _each(collection, iteratee_, pairs(collection)[::-1])


each: Callable[..., Any] = forEach
eachRight: Callable[..., Any] = forEachRight


def _each(collection: Any, iteratee_: Any, found: list[tuple[Any, Any]]) -> Any:
    visit = iteratee(iteratee_)
    for key, value in found:
        if visit(value, key, collection) is False:
            break
    return collection


def map(collection: Any = None, iteratee_: Any = None) -> Array[Any]:
    """An array of what `iteratee(value, key, collection)` makes of each."""
    make = iteratee(iteratee_)
    return made(make(value, key, collection) for key, value in pairs(collection))


def flatMap(collection: Any = None, iteratee_: Any = None) -> Array[Any]:
    """As `map`, with the items of the arrays in it in their place."""
    return flattenDepth(map(collection, iteratee_), 1)


def flatMapDeep(collection: Any = None, iteratee_: Any = None) -> Array[Any]:
    """As `flatMap`, as often as there are arrays in arrays."""
    return flattenDeep(map(collection, iteratee_))


def flatMapDepth(collection: Any = None, iteratee_: Any = None, depth: Any = 1) -> Array[Any]:
    """As `flatMap`, so many times."""
    return flattenDepth(map(collection, iteratee_), depth)


def filter(collection: Any = None, predicate: Any = None) -> Array[Any]:
    """An array of the values of which the predicate is true."""
    fits = iteratee(predicate)
    return made(value for key, value in pairs(collection) if truthy(fits(value, key, collection)))


def reject(collection: Any = None, predicate: Any = None) -> Array[Any]:
    """An array of the values of which the predicate is not true."""
    fits = iteratee(predicate)
    return made(value for key, value in pairs(collection) if not truthy(fits(value, key, collection)))


def partition(collection: Any = None, predicate: Any = None) -> Array[Array[Any]]:
    """Two arrays: of the values of which the predicate is true, and of the others."""
    fits, kept = iteratee(predicate), (Array[Any](), Array[Any]())
    for value in values_of(collection):
        kept[0 if truthy(fits(value)) else 1].append(value)
    return Array(kept)


def find(collection: Any = None, predicate: Any = None, fromIndex: Any = 0) -> Any:
    """The first value, from an index on, of which the predicate is true; None if there is none."""
    return _found(collection, predicate, pairs(collection)[bounded(toInteger(fromIndex), len(pairs(collection))) :])


def findLast(collection: Any = None, predicate: Any = None, fromIndex: Any = None) -> Any:
    """The last value, up to an index, of which the predicate is true; None if there is none."""
    found = pairs(collection)
    size = len(found)
    at = size - 1 if is_nullish(fromIndex) else int(toInteger(fromIndex))
    return _found(collection, predicate, found[: (max(size + at, 0) if at < 0 else at) + 1][::-1])


def _found(collection: Any, predicate: Any, found: list[tuple[Any, Any]]) -> Any:
    fits = iteratee(predicate)
    return next((value for key, value in found if truthy(fits(value, key, collection))), None)


def every(collection: Any = None, predicate: Any = None, guard: Any = None) -> bool:
    """Whether the predicate is true of all."""
    fits = iteratee(None if is_iteratee_call(collection, predicate, guard) else predicate)
    return all(truthy(fits(value, key, collection)) for key, value in pairs(collection))


def some(collection: Any = None, predicate: Any = None, guard: Any = None) -> bool:
    """Whether the predicate is true of one."""
    fits = iteratee(None if is_iteratee_call(collection, predicate, guard) else predicate)
    return any(truthy(fits(value, key, collection)) for key, value in pairs(collection))


def includes(collection: Any = None, value: Any = None, fromIndex: Any = 0, guard: Any = None) -> bool:
    """Whether a value is among those of a collection, or in a text, from an index on."""
    at = 0 if truthy(guard) else int(toInteger(fromIndex))
    if isinstance(collection, str):
        at = max(length(collection) + at, 0) if at < 0 else at
        return at <= length(collection) and String.indexOf(collection, value, at) >= 0
    known, found = key_of(value), values_of(collection)
    return any(key_of(each) == known for each in found[bounded(at, len(found)) :])


def reduce(collection: Any = None, iteratee_: Any = None, accumulator: Any = NOTHING) -> Any:
    """What `iteratee(so_far, value, key, collection)` makes of all, beginning with the accumulator or the first."""
    return _reduced(collection, iteratee_, accumulator, pairs(collection))


def reduceRight(collection: Any = None, iteratee_: Any = None, accumulator: Any = NOTHING) -> Any:
    """As `reduce`, from the end."""
    return _reduced(collection, iteratee_, accumulator, pairs(collection)[::-1])


def _reduced(collection: Any, iteratee_: Any, so_far: Any, found: list[tuple[Any, Any]]) -> Any:
    add = iteratee(iteratee_)
    if so_far is NOTHING:
        so_far, found = (found[0][1] if found else None), found[1:]
    for key, value in found:
        so_far = add(so_far, value, key, collection)
    return so_far


def size(collection: Any = None) -> int:
    """How many values there are; how long a text is."""
    if isinstance(collection, str):
        return length(collection)
    if is_map_or_set(collection):
        return int(collection.size)
    return len(pairs(collection))


# --- by key ----------------------------------------------------------------------------------------------------


def _grouped(collection: Any, by: Any, put: Callable[[Obj, Any, Any], None]) -> Obj:
    make, found = iteratee(by), Obj()
    for value in values_of(collection):
        key = make(value)
        put(found, undefined if isinstance(by, str) and key is None and not hasIn(value, by) else key, value)
    return found


def groupBy(collection: Any = None, iteratee_: Any = None) -> Obj:
    """Arrays of the values, by what the iteratee makes of them."""

    def put(found: Obj, key: Any, value: Any) -> None:
        if key not in found:
            found[key] = Array()
        found[key].append(value)

    return _grouped(collection, iteratee_, put)


def keyBy(collection: Any = None, iteratee_: Any = None) -> Obj:
    """The last of the values, by what the iteratee makes of them."""
    return _grouped(collection, iteratee_, Obj.__setitem__)


def countBy(collection: Any = None, iteratee_: Any = None) -> Obj:
    """How many values there are, by what the iteratee makes of them."""

    def put(found: Obj, key: Any, value: Any) -> None:
        found[key] = (found[key] or 0) + 1

    return _grouped(collection, iteratee_, put)


def invokeMap(collection: Any = None, path: Any = None, *arguments: Any) -> Array[Any]:
    """What the method at a path gives, of each value; or what a function gives, so often."""
    if callable(path):
        return made(called_with(path, arguments) for value in values_of(collection))
    return made(invoke(value, path, *arguments) for value in values_of(collection))


# --- in order --------------------------------------------------------------------------------------------------


def sortBy(collection: Any = None, *iteratees: Any) -> Array[Any]:
    """The values in ascending order of what the iteratees make of them, one after the other."""
    given = list(iteratees)
    if len(given) > 1 and is_iteratee_call(collection, given[0], given[1]):
        given = []
    elif len(given) > 2 and is_iteratee_call(given[0], given[1], given[2]):
        given = given[:1]
    flat = [item for each in given for item in (each if isinstance(each, list) else [each])]
    return orderBy(collection, Array(flat))


def orderBy(collection: Any = None, iteratees: Any = None, orders: Any = None, guard: Any = None) -> Array[Any]:
    """As `sortBy`, each in the order `"asc"` or `"desc"` of that place."""
    ways = _listed(None if truthy(guard) else orders)
    by = [iteratee(each) for each in _listed(iteratees)] or [iteratee()]
    descending = [at < len(ways) and ways[at] == "desc" for at in range(len(by))]
    return made(in_order_of(values_of(collection), [_of_one(make) for make in by], descending))


def _of_one(make: Callback) -> Callback:
    return lambda value: make(value)


def _listed(given: Any) -> list[Any]:
    if isinstance(given, list | tuple):
        return list(given)
    return [] if is_nullish(given) else [given]


# --- by chance -------------------------------------------------------------------------------------------------


def sample(collection: Any = None) -> Any:
    """One of the values; None if there is none."""
    found = values_of(collection)
    return found[int(Math.random() * len(found))] if found else None


def sampleSize(collection: Any = None, n: Any = 1, guard: Any = None) -> Array[Any]:
    """So many of the values, each once, in any order."""
    count = 1 if is_nullish(n) or is_iteratee_call(collection, n, guard) else int(toInteger(n))
    return Array(shuffle(collection)[: max(count, 0)])


def shuffle(collection: Any = None) -> Array[Any]:
    """The values in any order."""
    found = values_of(collection)
    for at in range(len(found)):
        other = at + int(Math.random() * (len(found) - at))
        found[at], found[other] = found[other], found[at]
    return made(found)


def keys_and_values(collection: Any) -> Array[Any]:
    """Arrays of the own keys and their values; of a map or a set of its entries."""
    if is_map_or_set(collection):
        return Array(collection.entries())
    return made(Array([key, read(collection, key)]) for key in keys_of(collection))
