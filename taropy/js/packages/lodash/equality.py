"""Whether two values are equal in all that is in them; and objects that have at least certain fields."""

from __future__ import annotations

from typing import Any

from ...access import get as read
from ...array import Array
from ...callbacks import Callback, called_with
from ...date import Date
from ...errors import Error
from ...fields import own_keys
from ...maps import Map, Set
from ...missing import is_nullish
from ...operators import same_value_zero
from ...regexp import RegExp
from .base import NOTHING, caller, has_key, is_object, is_plain, items, keys_of
from .paths import get, path_of


def eq(value: Any = None, other: Any = None) -> bool:
    """Whether the two are one value; NaN is NaN."""
    return same_value_zero(value, other)


def isEqual(value: Any = None, other: Any = None) -> bool:
    """Whether the two are equal, arrays, objects, dates, maps and sets by what is in them."""
    return _equal(value, other, None, [])


def isEqualWith(value: Any = None, other: Any = None, customizer: Any = None) -> bool:
    """As `isEqual`; `customizer(value, other, key, …)` decides first, unless it gives `undefined`."""
    decide = caller(customizer) if not is_nullish(customizer) else None
    decided = decide(value, other) if decide is not None else None
    return _equal(value, other, decide, []) if is_nullish(decided) else bool(decided)


def _equal(left: Any, right: Any, decide: Callback | None, seen: list[tuple[Any, Any]]) -> bool:
    if left is right or same_value_zero(left, right):
        return True
    if not is_object(left) or not is_object(right) or _kind(left) is not _kind(right):
        return False
    if any(known is left or other is right for known, other in seen):
        return any(known is left and other is right for known, other in seen)
    inner = [*seen, (left, right)]
    if isinstance(left, Date):
        return same_value_zero(left.getTime(), right.getTime())
    if isinstance(left, RegExp):
        return str(left) == str(right)
    if isinstance(left, Error):
        return bool(left.name == right.name and left.message == right.message)
    if isinstance(left, Set):
        return left.size == right.size and _all_have_an_equal(list(left), list(right), decide, inner)
    if isinstance(left, Map):
        return left.size == right.size and _all_have_an_equal(list(left), list(right), decide, inner)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and _fields_equal(left, right, range(len(left)), decide, inner)
    if callable(left) and not is_plain(left):
        return False
    keys = own_keys(left)
    return (
        len(keys) == len(own_keys(right))
        and all(has_key(right, key) for key in keys)
        and _fields_equal(left, right, keys, decide, inner)
    )


def _kind(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return list
    return dict if is_plain(value) else type(value)


def _fields_equal(left: Any, right: Any, keys: Any, decide: Callback | None, seen: list[tuple[Any, Any]]) -> bool:
    for key in keys:
        mine, other = read(left, key), read(right, key)
        decided = decide(mine, other, key, left, right) if decide is not None else None
        if not (_equal(mine, other, decide, seen) if is_nullish(decided) else decided):
            return False
    return True


def _all_have_an_equal(left: list[Any], right: list[Any], decide: Callback | None, seen: list[tuple[Any, Any]]) -> bool:
    left_over = list(right)
    for item in left:
        place = next((at for at, other in enumerate(left_over) if _equal(item, other, decide, seen)), None)
        if place is None:
            return False
        del left_over[place]
    return True


# --- some of it ------------------------------------------------------------------------------------------------


def isMatch(object: Any = None, source: Any = None) -> bool:
    """Whether an object has the fields of `source`, with equal values, whatever else it has."""
    return _matches(object, source, None)


def isMatchWith(object: Any = None, source: Any = None, customizer: Any = None) -> bool:
    """As `isMatch`; `customizer(value, sourceValue, key, object, source)` decides first."""
    return _matches(object, source, caller(customizer) if not is_nullish(customizer) else None)


def _matches(value: Any, source: Any, decide: Callback | None) -> bool:
    keys = keys_of(source)
    if is_nullish(value):
        return not keys
    for key in keys:
        wanted, found = read(source, key), read(value, key)
        if wanted is None and not has_key(value, key):
            return False
        decided = decide(found, wanted, key, value, source) if decide is not None else None
        if not (_partly_equal(found, wanted, decide) if is_nullish(decided) else decided):
            return False
    return True


def _partly_equal(found: Any, wanted: Any, decide: Callback | None) -> bool:
    if isinstance(wanted, list | tuple):
        return isinstance(found, list | tuple) and _some_of(items(found), items(wanted), decide)
    if is_plain(wanted):
        return is_plain(found) and _matches(found, wanted, decide)
    return _equal(found, wanted, None, [])


def _some_of(found: list[Any], wanted: list[Any], decide: Callback | None) -> bool:
    """Whether each that is wanted is found, each at a place of its own."""
    left_over = list(found)
    for each in wanted:
        place = next((at for at, other in enumerate(left_over) if _partly_equal(other, each, decide)), None)
        if place is None:
            return False
        del left_over[place]
    return len(found) >= len(wanted)


def matches(source: Any = None) -> Callback:
    """A function that says whether an object has the fields of `source`."""
    from .cloning import cloneDeep

    kept = cloneDeep(source)
    return lambda value=None: _matches(value, kept, None)


def matchesProperty(path: Any = None, srcValue: Any = None) -> Callback:
    """A function that says whether an object has this value at a path."""
    from .cloning import cloneDeep

    kept = cloneDeep(srcValue)

    def fits(value: Any = None) -> bool:
        found = get(value, path, NOTHING)
        if found is NOTHING:
            return False
        return _partly_equal(found, kept, None)

    return fits


def conformsTo(object: Any = None, source: Any = None) -> bool:
    """Whether each function of `source` is true of the object's field of that name."""
    keys = keys_of(source)
    if is_nullish(object):
        return not keys
    return all(has_key(object, key) and bool(called_with(read(source, key), (read(object, key),))) for key in keys)


def conforms(source: Any = None) -> Callback:
    """A function that says whether an object conforms to `source`."""
    return lambda value=None: conformsTo(value, source)


def iteratee(func: Any = None) -> Callback:
    """What lodash takes for a function: a name is a field, an object its fields, a pair a field and its value."""
    from .paths import property

    if is_nullish(func):
        return _of_first(lambda value: value)
    if isinstance(func, list | tuple):
        return _of_first(matchesProperty(*([*func, None, None][:2])))
    if is_plain(func):
        return _of_first(matches(func))
    return caller(func) if callable(func) else _of_first(property(func))


def _of_first(function: Callback) -> Callback:
    return lambda value=None, *_: function(value)


def path_key(path: Any) -> Array[str]:
    """The keys of a path."""
    return Array(path_of(path))
