"""Fields by their path: `get(order, "items[0].price", 0)`."""

from __future__ import annotations

import re
from typing import Any

from ...access import delete
from ...access import get as read
from ...array import Array
from ...callbacks import Callback, called_with
from ...conversions import text, typeof
from ...fields import declares
from ...keys import property_key
from ...missing import is_nullish, is_undefined
from ...obj import Obj
from ...object import set_field
from ...operators import same_value_zero
from .base import array, has_key, is_index, is_object

_PLAIN = re.compile(r"[A-Za-z0-9_]*")
_DEEP = re.compile(r"[.]|\[[^\[\]]*\]")
_STEP = re.compile(
    r"""\[(?P<number>-?\d+(?:\.\d+)?)\]          # [0]
      | \[(?P<quote>["'])(?P<quoted>.*?)(?<!\\)(?P=quote)\]   # ["a.b"]
      | (?P<name>[^.\[\]]+)                      # a
      | (?P<empty>(?=(?:\.|\[\])(?:\.|\[\]|$)))  # between two dots, before the first one and after the last
    """,
    re.VERBOSE | re.ASCII,
)


def toPath(value: Any) -> Array[str]:
    """The keys of a path: `a[0].b` has `a`, `0` and `b`."""
    if isinstance(value, list | tuple):
        return Array(_key(each) for each in value)
    return Array(_steps(text(value) if not is_nullish(value) else ""))


def _steps(path: str) -> list[str]:
    found = [""] if path.startswith(".") else []
    for step in _STEP.finditer(path):
        if step["quoted"] is not None:
            found.append(re.sub(r"\\(.)", r"\1", step["quoted"]))
        else:
            found.append(step["number"] or step["name"] or "")
    if path.startswith((".", "[]")) and len(found) > 1 and found[1] == "":
        del found[1]
    return found


def _key(value: Any) -> str:
    return "-0" if isinstance(value, float) and value == 0 and str(value)[0] == "-" else property_key(value)


def path_of(path: Any, value: Any = None) -> list[str]:
    """The keys of a path, of which one that the value itself has is a key, whatever dots are in it."""
    if isinstance(path, list | tuple):
        return [_key(each) for each in path]
    if not isinstance(path, str):
        return [_key(path)] if not is_undefined(path) else ["undefined"]
    if _PLAIN.fullmatch(path) or not _DEEP.search(path) or _is_in(value, path):
        return [path]
    return list(toPath(path))


def _is_in(value: Any, key: str) -> bool:
    return has_key(value, key) or (is_object(value) and not isinstance(value, dict) and declares(type(value), key))


def get(object: Any = None, path: Any = None, defaultValue: Any = None) -> Any:
    """The value at a path; the default if there is none. A field that is null stays None."""
    keys = path_of(path, object)
    value, holder = object, None
    for key in keys:
        if is_nullish(value):
            return defaultValue
        holder, value = value, read(value, key)
    if not keys or is_undefined(value) or (value is None and not has_key(holder, keys[-1])):
        return defaultValue
    return value


def has(object: Any = None, path: Any = None) -> bool:
    """Whether there is an own field at a path."""
    return _has(object, path, has_key)


def hasIn(object: Any = None, path: Any = None) -> bool:
    """Whether there is a field at a path, an own one or one of its class."""
    return _has(object, path, lambda value, key: not is_nullish(value) and _is_in(value, key))


def _has(object: Any, path: Any, is_there: Any) -> bool:
    keys = path_of(path, object)
    value = object
    for place, key in enumerate(keys):
        if not is_there(value, key):
            is_last = place == len(keys) - 1
            return is_last and isinstance(value, list) and is_index(key, len(value))
        value = read(value, key)
    return bool(keys)


def set(object: Any = None, path: Any = None, value: Any = None) -> Any:
    """Sets the value at a path, making the objects and arrays that are missing on the way; returns the object."""
    return _set(object, path, lambda _: value, None)


def setWith(object: Any = None, path: Any = None, value: Any = None, customizer: Any = None) -> Any:
    """As `set`; `customizer(value, key, object)` makes what is missing, unless it gives `undefined`."""
    return _set(object, path, lambda _: value, customizer)


def update(object: Any = None, path: Any = None, updater: Any = None) -> Any:
    """Sets what `updater(value)` gives for the value at a path; returns the object."""
    return _set(object, path, lambda before: called_with(updater, (before,)), None)


def updateWith(object: Any = None, path: Any = None, updater: Any = None, customizer: Any = None) -> Any:
    """As `update`; `customizer(value, key, object)` makes what is missing, unless it gives `undefined`."""
    return _set(object, path, lambda before: called_with(updater, (before,)), customizer)


def _set(object: Any, path: Any, new: Any, customizer: Any) -> Any:
    if is_nullish(object) or not is_object(object):
        return object
    keys = path_of(path, object)
    holder = object
    for place, key in enumerate(keys):
        if key in ("__proto__", "constructor", "prototype"):
            return object
        before = read(holder, key)
        if place == len(keys) - 1:
            value = new(before)
        else:
            value = called_with(customizer, (before, key, holder)) if customizer is not None else None
            if is_nullish(value):
                value = before if is_object(before) else Array() if is_index(keys[place + 1]) else Obj()
        if not has_key(holder, key) or not same_value_zero(before, value):
            set_field(holder, key, value)
        holder = value
    return object


def unset(object: Any = None, path: Any = None) -> bool:
    """Takes away the field at a path; whether there is none now."""
    keys = path_of(path, object)
    holder = object
    for key in keys[:-1]:
        holder = read(holder, key)
    return is_nullish(holder) or not keys or delete(holder, keys[-1])


def result(object: Any = None, path: Any = None, defaultValue: Any = None) -> Any:
    """The value at a path, the default if there is none; what it returns if it is a function."""
    value = object
    for key in path_of(path, object) or [""]:
        is_there = has_key(value, key) or not is_nullish(get(value, Array([key])))
        value = _called(get(value, Array([key])) if is_there else defaultValue)
        if not is_there:
            break
    return value


def _called(value: Any) -> Any:
    return value() if typeof(value) == "function" else value


def invoke(object: Any = None, path: Any = None, *arguments: Any) -> Any:
    """Calls the method at a path; None if there is none."""
    value = get(object, path)
    return None if is_nullish(value) else called_with(value, arguments)


def at(object: Any = None, *paths: Any) -> Array[Any]:
    """The values at the paths."""
    flat = [each for path in paths for each in (array(path) if isinstance(path, list) else [path])]
    return Array(get(object, path) for path in flat)


def property(path: Any = None) -> Callback:
    """A function that gives the value at a path of what it is called with."""
    return lambda value=None: get(value, path)


def propertyOf(object: Any = None) -> Callback:
    """A function that gives the value of the object at the path that it is called with."""
    return lambda path=None: get(object, path)
