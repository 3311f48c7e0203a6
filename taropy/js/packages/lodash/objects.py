"""lodash's functions of objects: their fields, and objects made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...access import for_in
from ...access import get as read
from ...array import Array
from ...callbacks import called_with
from ...fields import own_keys
from ...keys import property_key
from ...missing import is_nullish, is_undefined
from ...obj import Obj
from ...object import Object, set_field
from ...operators import same_value_zero
from .base import array, caller, has_key, is_array_like, is_iteratee_call, is_object, is_plain, keys_of, truthy
from .cloning import clone
from .collections import keys_and_values
from .equality import iteratee
from .paths import get, hasIn, path_of, unset
from .paths import set as set_path

Choose = Callable[..., Any]


def keys(object: Any = None) -> Array[str]:
    """The keys of the own fields."""
    return Array(keys_of(object))


def keysIn(object: Any = None) -> Array[str]:
    """The keys of the fields, own ones and those of the class."""
    return keys(object) if is_array_like(object) and not is_plain(object) else Array(for_in(object))


def values(object: Any = None) -> Array[Any]:
    """The values of the own fields."""
    return Array(read(object, key) for key in keys_of(object))


def valuesIn(object: Any = None) -> Array[Any]:
    """The values of the fields, own ones and those of the class."""
    return Array(read(object, key) for key in keysIn(object))


def toPairs(object: Any = None) -> Array[Array[Any]]:
    """Arrays of the keys and values of the own fields."""
    return keys_and_values(object)


def toPairsIn(object: Any = None) -> Array[Array[Any]]:
    """As `toPairs`, with the fields of the class."""
    return Array(Array([key, read(object, key)]) for key in keysIn(object))


entries: Callable[..., Array[Array[Any]]] = toPairs
entriesIn: Callable[..., Array[Array[Any]]] = toPairsIn


def functions(object: Any = None) -> Array[str]:
    """The keys of the own fields that are functions."""
    return Array(key for key in keys_of(object) if callable(read(object, key)))


def create(prototype: Any = None, properties: Any = None) -> Any:
    """An object with these fields; there are no prototypes here, so that only None and `{}` can be one."""
    if is_object(prototype) and own_keys(prototype):
        from ...errors import TypeError

        raise TypeError("an object of another one's fields is not to be had here; write a class that extends it")
    return Obj({} if is_nullish(properties) else properties)


# --- put together ----------------------------------------------------------------------------------------------


def _assigned(target: Any, sources: tuple[Any, ...], listed: Callable[[Any], Any], choose: Choose | None) -> Any:
    target = Obj() if is_nullish(target) else target
    if len(sources) > 2 and is_iteratee_call(sources[0], sources[1], sources[2]):
        sources = sources[:1]
    for source in sources:
        for key in () if is_nullish(source) else listed(source):
            before, new = read(target, key), read(source, key)
            chosen = choose(before, new, key, target, source) if choose is not None else None
            value = new if is_nullish(chosen) else chosen
            if not has_key(target, key) or not same_value_zero(before, value):
                set_field(target, property_key(key), value)
    return target


def _with_customizer(sources: tuple[Any, ...]) -> tuple[tuple[Any, ...], Choose | None]:
    if len(sources) > 1 and callable(sources[-1]) and not is_plain(sources[-1]):
        return sources[:-1], caller(sources[-1])
    return sources, None


def assign(object: Any = None, *sources: Any) -> Any:
    """Sets the own fields of the sources on an object; returns it."""
    return _assigned(object, sources, keys_of, None)


def assignIn(object: Any = None, *sources: Any) -> Any:
    """As `assign`, with the fields of the sources' classes."""
    return _assigned(object, sources, keysIn, None)


extend = assignIn


def assignWith(object: Any = None, *sources: Any) -> Any:
    """As `assign`; the last argument, `customizer(value, new, key, object, source)`, gives what is set."""
    given, choose = _with_customizer(sources)
    return _assigned(object, given, keys_of, choose)


def assignInWith(object: Any = None, *sources: Any) -> Any:
    """As `assignIn`; the last argument, `customizer(value, new, key, object, source)`, gives what is set."""
    given, choose = _with_customizer(sources)
    return _assigned(object, given, keysIn, choose)


extendWith = assignInWith


def defaults(object: Any = None, *sources: Any) -> Any:
    """Sets the fields of the sources that an object has not; returns it. A field that is null stays."""
    target = Obj() if is_nullish(object) else object
    for source in sources[:1] if len(sources) > 2 and is_iteratee_call(*sources[:3]) else sources:
        for key in () if is_nullish(source) else keysIn(source):
            if not has_key(target, key) or is_undefined(read(target, key)):
                set_field(target, key, read(source, key))
    return target


def defaultsDeep(object: Any = None, *sources: Any) -> Any:
    """As `defaults`, in objects in it too."""

    def choose(value: Any, new: Any) -> None:
        for key in keysIn(new):
            own, other = read(value, key), read(new, key)
            if not has_key(value, key) or is_undefined(own):
                set_field(value, key, _merged_copy(other))
            elif is_object(own) and is_object(other) and not callable(own):
                choose(own, other)

    target = Obj() if is_nullish(object) else object
    for source in sources:
        if not is_nullish(source):
            choose(target, source)
    return target


def _merged_copy(value: Any) -> Any:
    return read(merge(Obj(), Obj(value=value)), "value") if is_object(value) else value


def merge(object: Any = None, *sources: Any) -> Any:
    """Sets the fields of the sources on an object, and those of objects and arrays in it in these; returns it.

    What is `undefined` in a source is no field; null is one.
    """
    return _merged(object, sources, None)


def mergeWith(object: Any = None, *sources: Any) -> Any:
    """As `merge`; the last argument, `customizer(value, new, key, object, source)`, gives what is set."""
    given, choose = _with_customizer(sources)
    return _merged(object, given, choose)


def _merged(target: Any, sources: tuple[Any, ...], choose: Choose | None) -> Any:
    target = Obj() if is_nullish(target) else target
    if len(sources) > 2 and is_iteratee_call(sources[0], sources[1], sources[2]):
        sources = sources[:1]
    for source in sources:
        _merge(target, source, choose, {})
    return target


def _merge(target: Any, source: Any, choose: Choose | None, made: dict[int, Any]) -> None:
    if target is source or is_nullish(source):
        return
    for key in keysIn(source):
        before, new = read(target, key), read(source, key)
        chosen = choose(before, new, key, target, source) if choose is not None else None
        if not is_nullish(chosen):
            value = chosen
        elif is_object(new):
            value = _merged_field(before, new, choose, made)
        elif (is_undefined(new) or (new is None and not has_key(source, key))) and has_key(target, key):
            continue
        else:
            value = new
        if not has_key(target, key) or not same_value_zero(before, value):
            set_field(target, key, value)


def _merged_field(before: Any, new: Any, choose: Choose | None, made: dict[int, Any]) -> Any:
    if id(new) in made:
        return made[id(new)]
    value: Any
    if isinstance(new, list | tuple):
        is_listed = is_array_like(before) and is_object(before)
        value = before if isinstance(before, list) else Array(before if is_listed else ())
    elif is_plain(new):
        value = before if is_object(before) and (is_plain(before) or not callable(before)) else Obj()
    else:
        return new
    made[id(new)] = value
    _merge(value, new, choose, made)
    del made[id(new)]
    return value


# --- some of them ----------------------------------------------------------------------------------------------


def _flat(paths: tuple[Any, ...]) -> list[Any]:
    found: list[Any] = []
    for path in paths:
        found += array(path) if isinstance(path, list | tuple) else [path]
    return found


def pick(object: Any = None, *paths: Any) -> Any:
    """An object of the fields at the paths, as far as there are."""
    found = Obj()
    for path in _flat(paths):
        if hasIn(object, path):
            set_path(found, Array(path_of(path, object)), get(object, path))
    return found


def pickBy(object: Any = None, predicate: Any = None) -> Any:
    """An object of the fields of which `predicate(value, key)` is true."""
    fits = iteratee(predicate)
    return Obj({key: read(object, key) for key in _all(object) if truthy(fits(read(object, key), key))})


def omit(object: Any = None, *paths: Any) -> Any:
    """An object of the fields but those at the paths."""
    found = Obj({key: read(object, key) for key in _all(object)})
    gone = [path_of(path, object) for path in _flat(paths)]
    for path in gone:
        holder: Any = found
        for key in path[:-1]:  # what is taken a field from is copied, and is not the object's
            if not is_object(read(holder, key)):
                break
            set_field(holder, key, clone(read(holder, key)))
            holder = read(holder, key)
    for path in gone:
        unset(found, Array(path))
    return found


def omitBy(object: Any = None, predicate: Any = None) -> Any:
    """An object of the fields of which `predicate(value, key)` is not true."""
    fits = iteratee(predicate)
    return Obj({key: read(object, key) for key in _all(object) if not truthy(fits(read(object, key), key))})


def _all(value: Any) -> list[str]:
    return [] if is_nullish(value) else list(keysIn(value))


# --- each of them ----------------------------------------------------------------------------------------------


def mapValues(object: Any = None, iteratee_: Any = None) -> Any:
    """An object of what `iteratee(value, key, object)` makes of the values."""
    make = iteratee(iteratee_)
    return Obj({key: make(read(object, key), key, object) for key in keys_of(object)})


def mapKeys(object: Any = None, iteratee_: Any = None) -> Any:
    """An object of the values, under what `iteratee(value, key, object)` makes of the keys."""
    make, found = iteratee(iteratee_), Obj()
    for key in keys_of(object):
        found[make(read(object, key), key, object)] = read(object, key)
    return found


def invert(object: Any = None) -> Any:
    """An object of the keys, under the values."""
    return Object.fromEntries([[read(object, key), key] for key in keys_of(object)])


def invertBy(object: Any = None, iteratee_: Any = None) -> Obj:
    """An object of arrays of the keys, under what the iteratee makes of the values."""
    make, found = iteratee(iteratee_), Obj()
    for key in keys_of(object):
        under = make(read(object, key))
        if under not in found:
            found[under] = Array()
        found[under].append(key)
    return found


def findKey(object: Any = None, predicate: Any = None) -> str | None:
    """The key of the first field of which `predicate(value, key, object)` is true; None if there is none."""
    return _key(object, predicate, keys_of(object))


def findLastKey(object: Any = None, predicate: Any = None) -> str | None:
    """The key of the last field of which `predicate(value, key, object)` is true; None if there is none."""
    return _key(object, predicate, keys_of(object)[::-1])


def _key(value: Any, predicate: Any, found: list[str]) -> str | None:
    fits = iteratee(predicate)
    return next((key for key in found if truthy(fits(read(value, key), key, value))), None)


def _each(value: Any, iteratee_: Any, found: list[str]) -> Any:
    visit = iteratee(iteratee_)
    for key in found:
        if visit(read(value, key), key, value) is False:
            break
    return value


def forOwn(object: Any = None, iteratee_: Any = None) -> Any:
    """Calls `iteratee(value, key, object)` for each own field, until it returns false; returns the object."""
    return _each(object, iteratee_, keys_of(object))


def forOwnRight(object: Any = None, iteratee_: Any = None) -> Any:
    """As `forOwn`, from the end."""
    return _each(object, iteratee_, keys_of(object)[::-1])


def forIn(object: Any = None, iteratee_: Any = None) -> Any:
    """As `forOwn`, with the fields of the class."""
    return _each(object, iteratee_, _all(object))


def forInRight(object: Any = None, iteratee_: Any = None) -> Any:
    """As `forIn`, from the end."""
    return _each(object, iteratee_, _all(object)[::-1])


def transform(object: Any = None, iteratee_: Any = None, accumulator: Any = None) -> Any:
    """What `iteratee(accumulator, value, key, object)` makes of the accumulator, until it returns false."""
    if is_nullish(accumulator):
        accumulator = Array() if isinstance(object, list | tuple) else Obj()
    listed = isinstance(object, list | tuple) and not isinstance(object, Mapping)
    for key in keys_of(object):
        arguments = (accumulator, read(object, key), int(key) if listed else key, object)
        if not is_nullish(iteratee_) and called_with(iteratee_, arguments) is False:
            break
    return accumulator
