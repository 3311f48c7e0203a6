"""Copies of values: of the outermost object alone, or of all that is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...access import get as read
from ...array import Array
from ...callbacks import Callback
from ...date import Date
from ...fields import own_keys
from ...maps import Map, Set
from ...missing import is_nullish
from ...obj import Obj
from ...object import Object, set_field
from ...regexp import RegExp
from .base import caller, is_object, is_plain

Inner = Callable[[Any, Any, Any], Any]


def clone(value: Any = None) -> Any:
    """A copy of an object; what is in it is in both."""
    return _copied(value, None, None) if is_object(value) else value


def cloneWith(value: Any = None, customizer: Any = None) -> Any:
    """As `clone`; `customizer(value)` makes the copy, unless it gives `undefined`."""
    own = caller(customizer)(value) if not is_nullish(customizer) else None
    return clone(value) if is_nullish(own) else own


def cloneDeep(value: Any = None) -> Any:
    """A copy of an object, and of all objects in it; functions and errors in it stay what they are."""
    return _deep(value, None, None, None, {})


def cloneDeepWith(value: Any = None, customizer: Any = None) -> Any:
    """As `cloneDeep`; `customizer(value, key, object, stack)` makes each copy, unless it gives `undefined`."""
    return _deep(value, None, None, caller(customizer) if not is_nullish(customizer) else None, {})


def _deep(value: Any, key: Any, holder: Any, make: Callback | None, made: dict[int, Any]) -> Any:
    own = None
    if make is not None:
        own = make(value, key, holder) if holder is not None else make(value)
    if not is_nullish(own):
        return own
    if not is_object(value):
        return value
    if id(value) in made:
        return made[id(value)]
    return _copied(
        value,
        holder,
        lambda inner, at, copy: _deep(inner, at, value, make, made),
        lambda copy: made.update({id(value): copy}),
    )


def _copied(value: Any, holder: Any, inner: Inner | None, keep: Callable[[Any], None] = lambda _: None) -> Any:
    """A copy, in which `inner` makes what is in it; `keep` is told of it before."""
    fill: Inner = inner if inner is not None else lambda each, key, copy: each
    copy = _empty(value)
    if copy is None:
        return value if holder is not None else Obj()
    keep(copy)
    if isinstance(value, Set):
        for each in value:
            copy.add(fill(each, each, value))
    elif isinstance(value, Map):
        for key, each in value:
            copy.set(key, fill(each, key, value))
    elif isinstance(value, list | tuple):
        copy.extend(fill(each, index, value) for index, each in enumerate(value))
    elif not isinstance(value, Date | RegExp):
        for key in own_keys(value):
            set_field(copy, key, fill(read(value, key), key, value))
    return copy


def _empty(value: Any) -> Any:
    """What a copy begins with; None for what can't be copied."""
    if is_plain(value):
        return Obj()
    if isinstance(value, list | tuple):
        return Array()
    if isinstance(value, Date):
        return Date(value.getTime())
    if isinstance(value, RegExp):
        copy = RegExp(value.source, value.flags)
        copy.lastIndex = value.lastIndex
        return copy
    if isinstance(value, Map | Set):
        return type(value)()
    return object.__new__(type(value)) if isinstance(value, Object) else None
