"""Where values of `taropy.js` become those of the rest of taropy, and the other way round: each is converted once.

What is converted is copied, however deep; functions, bytes, promises, managers and tasks pass as they are. A class
whose instances are something else in Python has a method `__python__()`: a `Date` is a datetime, a `Uint8Array` bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, overload

from .array import Array
from .errors import Thrown
from .missing import Undefined
from .obj import Obj, filled

_PLAIN = frozenset({type(None), bool, int, float, str, bytes})
_new = dict.__new__

# What was made of each value, where one may contain itself; None as long as none has turned out to.
_Made = dict[int, Any] | None


@overload
def to_js(value: list[Any] | tuple[Any, ...]) -> Array[Any]: ...
@overload
def to_js(value: Any) -> Any: ...
def to_js(value: Any) -> Any:
    """`value` with every mapping and result in it as an `Obj`, and every list as an `Array`."""
    if type(value) in _PLAIN:
        return value
    try:
        return _to_js(value, None)
    except RecursionError:
        return _to_js(value, {})


def _to_js(value: Any, made: _Made) -> Any:
    if type(value) is dict:
        return _obj(value, made)
    if isinstance(value, (Obj, Array)):
        return value
    if isinstance(value, (list, tuple)):
        return _array(value, made)
    if isinstance(value, Mapping):
        return _obj(value, made)
    return _obj(vars(value), made) if hasattr(type(value), "__declared__") else value  # a result of Taro's


def _obj(fields: Mapping[Any, Any], made: _Made) -> Any:
    if made is not None and id(fields) in made:
        return made[id(fields)]
    obj = _new(Obj)
    if made is not None:
        made[id(fields)] = obj
    return filled(obj, {key: each if type(each) in _PLAIN else _to_js(each, made) for key, each in fields.items()})


def _array(items: list[Any] | tuple[Any, ...], made: _Made) -> Any:
    if made is not None and id(items) in made:
        return made[id(items)]
    array: Array[Any] = Array()
    if made is not None:
        made[id(items)] = array
    array.extend([each if type(each) in _PLAIN else _to_js(each, made) for each in items])
    return array


def object_of(value: Any) -> Any:
    """An `Obj` in the place of a plain dict, as `to_js` makes it; any other value as it is."""
    return to_js(value) if type(value) is dict else value


def to_python(value: Any) -> Any:
    """`value` with every `Obj` in it as a dict, without fields that are `undefined`, and every `Array` as a list."""
    if type(value) in _PLAIN:
        return value
    try:
        return _to_python(value, None)
    except RecursionError:
        return _to_python(value, {})


def _to_python(value: Any, made: _Made) -> Any:
    if isinstance(value, dict):
        return _dict(value, made)
    if isinstance(value, list):
        return _list(value, made)
    if type(value) is Undefined:
        return None
    convert = getattr(type(value), "__python__", None)
    return value if convert is None else convert(value)


def _dict(obj: dict[Any, Any], made: _Made) -> Any:
    if made is not None and id(obj) in made:
        return made[id(obj)]
    fields: dict[Any, Any] = {}
    if made is not None:
        made[id(obj)] = fields
    for key, each in dict.items(obj):
        if type(each) in _PLAIN:
            fields[key] = each
        elif type(each) is not Undefined:
            fields[key] = _to_python(each, made)
    return fields


def _list(array: list[Any], made: _Made) -> Any:
    if made is not None and id(array) in made:
        return made[id(array)]
    items: list[Any] = []
    if made is not None:
        made[id(array)] = items
    items.extend([each if type(each) in _PLAIN else _to_python(each, made) for each in array])
    return items


def hearing(callback: Callable[..., Any]) -> Callable[..., Any]:
    """A program's callback, which gets values of `taropy.js`, and what a failed call has failed with as that value."""
    return _Hearing(callback)


class _Hearing:
    """Two of one callback are equal, so that it is found when it is taken off."""

    def __init__(self, callback: Callable[..., Any]) -> None:
        self._callback = callback

    def __call__(self, *arguments: Any) -> Any:
        from ..signatures import called

        told = (each.value if isinstance(each, Thrown) else to_js(each) for each in arguments)
        return to_python(called(self._callback, *told))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hearing) and self._callback == other._callback

    def __hash__(self) -> int:
        return hash(self._callback)
