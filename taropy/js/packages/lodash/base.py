"""What lodash's functions have in common: what is like an array, what is an object, and how callbacks are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ....numerals import MAX_SAFE_INTEGER
from ...access import get
from ...array import Array
from ...callbacks import Callback, called_with
from ...conversions import truthy as truthy
from ...conversions import typeof
from ...fields import own_keys
from ...keys import property_key
from ...maps import Map, Set, key_of
from ...missing import hole, is_nullish
from ...strings import length
from ...utf16 import units

#: An argument that was not given, where None means something.
NOTHING: Any = object()


def is_length(value: Any) -> bool:
    """Whether it is a number that a length can be."""
    return is_number(value) and value == value and 0 <= value <= MAX_SAFE_INTEGER and value == int(value)


def is_number(value: Any) -> bool:
    """Whether it is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_array_like(value: Any) -> bool:
    """Whether it is an array, a text, or an object with a length, which lodash goes through as arrays."""
    if isinstance(value, list | tuple | str):
        return True
    return not is_nullish(value) and typeof(value) == "object" and is_length(get(value, "length"))


def is_object(value: Any) -> bool:
    """Whether it is an object or a function."""
    return typeof(value) in ("object", "function")


def is_plain(value: Any) -> bool:
    """Whether it is an object of no class."""
    return isinstance(value, dict | Mapping)


def items(value: Any) -> list[Any]:
    """The items of an array, a text or what is like one; holes read as None. None has none, nor has any other value."""
    if isinstance(value, list | tuple):
        return [None if item is hole else item for item in value]
    if isinstance(value, str):
        return list(units(value))
    if is_array_like(value):
        return [get(value, index) for index in range(int(get(value, "length")))]
    return []


def array(value: Any) -> list[Any]:
    """As `items`, of what is given for an array, where a text counts as none."""
    return [] if isinstance(value, str) else items(value)


def pairs(value: Any) -> list[tuple[Any, Any]]:
    """Keys and values of a collection: of an array by index, of an object by name."""
    if is_array_like(value):
        return list(enumerate(items(value)))
    return [] if is_nullish(value) else [(key, get(value, key)) for key in own_keys(value)]


def values_of(value: Any) -> list[Any]:
    """The values of a collection."""
    return [each for _, each in pairs(value)]


def keys_of(value: Any) -> list[str]:
    """The own keys of any value."""
    if is_nullish(value):
        return []
    if is_array_like(value) and not isinstance(value, Mapping):
        return [str(index) for index in range(length(value) if isinstance(value, str) else len(value))]
    return own_keys(value)


def has_key(value: Any, key: Any) -> bool:
    """Whether it has an own field of this key."""
    if is_nullish(value):
        return False
    name = property_key(key)
    return name in own_keys(value) if not isinstance(value, dict) else name in value


def caller(function: Callback) -> Callable[..., Any]:
    """A function that is called with as many of the arguments as it takes."""
    return lambda *arguments: called_with(function, arguments)


def unique(found: Iterable[Any], by: Callable[[Any], Any] | None = None) -> Iterator[Any]:
    """The first of each, as JavaScript tells keys apart, or what `by` makes of them."""
    seen = set()
    for item in found:
        known = key_of(item if by is None else by(item))
        if known not in seen:
            seen.add(known)
            yield item


def known_by(found: Iterable[Any], by: Callable[[Any], Any] | None = None) -> set[Any]:
    """What the items are known by, to ask whether another one is among them."""
    return {key_of(item if by is None else by(item)) for item in found}


def is_index(value: Any, size: float = MAX_SAFE_INTEGER) -> bool:
    """Whether a key is an index below `size`."""
    name = property_key(value)
    return name.isdecimal() and name.isascii() and (name == "0" or name[0] != "0") and int(name) < size


def is_iteratee_call(value: Any, index: Any, holder: Any) -> bool:
    """Whether a function's arguments are those of a callback of `map`, of which it then takes the first only."""
    if not is_object(holder) or typeof(holder) == "function":
        return False
    if is_number(index):
        fits = is_array_like(holder) and is_index(index)
    else:
        fits = isinstance(index, str) and has_key(holder, index)
    return fits and key_of(get(holder, index)) == key_of(value)


def is_map_or_set(value: Any) -> bool:
    """Whether it is a `Map` or a `Set`."""
    return isinstance(value, Map | Set)


def made(found: Iterable[Any]) -> Array[Any]:
    """An array of them."""
    return Array(found)
