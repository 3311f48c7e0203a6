"""Reading, taking apart and asking about values of which it is not known what they are.

Where it is known, Python's own words do: `obj.code`, `obj["code"]`, `"code" in obj`, `del obj.code`, `a or b`,
`b if a is None else a`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from inspect import iscoroutinefunction, unwrap
from itertools import islice
from typing import Any, TypeVar

from ..runtime.errors import TaroError
from .array import Array
from .conversions import text, typeof
from .errors import Error, TypeError
from .fields import declares, own_fields, own_keys
from .indexes import index_of
from .iterators import Iterator
from .keys import property_key
from .missing import hole, is_nullish, is_undefined
from .numeric import Boolean, Number
from .obj import Obj
from .object import Object
from .strings import String, length

T = TypeVar("T")
U = TypeVar("U")

_MISSING: Any = object()


def get(value: Any, *path: Any) -> Any:
    """`value?.a?.b`: the field at the end of a path; None as soon as there is nothing to read it of.

    Of whatever value: a dict's key, an instance's attribute, a text's or a list's item or `length`.
    """
    for key in path:
        if is_nullish(value):
            return None
        value = _field(value, key)
    return value


def _field(value: Any, key: Any) -> Any:
    if isinstance(value, Obj | Array | Object | Error):
        return value[key]
    if isinstance(value, str):
        return length(value) if key == "length" else String.at(value, int(key)) if _is_index(key) else None
    if isinstance(value, list | tuple):
        return Array(value)[key]
    if isinstance(value, Mapping):
        return value[key] if key in value else value.get(property_key(key))
    return getattr(value, property_key(key), None)


def _is_index(key: Any) -> bool:
    return property_key(key).isdecimal()


def call(function: Callable[..., T] | None, *arguments: Any) -> T | None:
    """`function?.(…)`: what it returns; None if there is no function."""
    return None if is_nullish(function) else function(*arguments)  # type: ignore[misc]


def delete(value: Any, key: Any) -> bool:
    """`delete value[key]`, as an expression: true, also if there was no such field. `TypeError` if it is frozen."""
    if isinstance(value, dict | list | Object):
        if isinstance(value, Obj | Array | Object) or key in value:
            del value[key]
    else:
        getattr(value, "__dict__", {}).pop(property_key(key), None)
    return True


def for_in(value: Any) -> Iterator[str]:
    """`for (const key in value)`: the keys of its fields as texts, indexes first, then those that its class has.

    They are those that are there at the beginning; one that is deleted before its turn has none.
    """
    if is_nullish(value):
        return Iterator(())
    inherited = (
        name
        for kind in type(value).__mro__
        if isinstance(value, Object) and kind not in (Object, object)
        for name, field in vars(kind).items()
        if not name.startswith("_") and not callable(field) and not hasattr(field, "__get__")
    )
    keys = dict.fromkeys([*own_keys(value), *inherited])
    return Iterator(key for key in keys if _is_left(value, key))


def _is_left(value: Any, key: str) -> bool:
    """Whether a field that was listed is still there."""
    if isinstance(value, dict | Object):
        return key in value
    if isinstance(value, list):
        place = index_of(key)
        return (
            key in vars(value) if place is None else place < len(value) and list.__getitem__(value, place) is not hole
        )
    return isinstance(value, str | int | float) or has_property(value, key)


#: Methods whose names are words of Python's, or stand for another type's here.
_RENAMED = {"finally": "finally_", "from": "from_", "is": "is_", "with": "with_"}


def invoke(value: Any, name: str, *arguments: Any) -> Any:
    """`value.name(…)`, where the value may be a text or a number, whose methods are `String`'s and `Number`'s here.

    Raises `TypeError` if it has no such method.
    """
    if is_nullish(value):
        raise TypeError(f"Cannot read properties of undefined (reading '{name}')")
    if isinstance(value, str | int | float):
        home = String if isinstance(value, str) else Number
        if name in ("toString", "valueOf") and not arguments:
            return text(value) if name == "toString" else value
        if name == "toLocaleString" and isinstance(value, str | bool):
            return text(value)
        if isinstance(value, bool) or not hasattr(home, name):
            raise TypeError(f"{name} is not a function")
        return getattr(home, name)(value, *arguments)
    method = getattr(value, _RENAMED.get(name, name), None)
    if method is None and name == "toString":
        return text(value)
    if not callable(method):
        raise TypeError(f"{name} is not a function")
    return method(*arguments)


def has_property(value: Any, key: Any) -> bool:
    """`key in value`: whether it is a field of its own, or one that its class has. `TypeError` if it is no object."""
    if is_nullish(value) or isinstance(value, str | int | float):
        raise TypeError(f"Cannot use 'in' operator to search for '{text(key)}' in {text(value)}")
    name = property_key(key)
    asked = getattr(type(value), "__has_property__", None)
    if asked is not None:
        return bool(asked(value, name))
    if name in own_fields(value) or (name == "length" and isinstance(value, list | tuple)):
        return True
    return not isinstance(value, dict) and declares(type(value), name)


# --- taking apart ----------------------------------------------------------------------------------------------


def given(value: T | None, default: U) -> T | U:
    """A parameter's value, or its default if it was not given: None and `undefined` are what was not given."""
    return default if is_nullish(value) else value  # type: ignore[return-value]


def field(value: Any, key: Any, default: Any = None) -> Any:
    """`const {key = default} = value`: the field, or the default if there is none. One that is null stays None."""
    if is_nullish(value):
        raise TypeError(f"Cannot destructure property '{property_key(key)}' of '{value}' as it is undefined.")
    found = _field(value, key)
    if found is not None and not is_undefined(found):
        return found
    return None if found is None and property_key(key) in own_fields(value) else default


def rest(value: Any, *taken: Any) -> Any:
    """`const {a, b, ...rest} = value`: an object of the fields that were not taken."""
    if is_nullish(value):
        raise TypeError("Cannot destructure what is undefined.")
    left = Obj(value)
    for key in taken:
        del left[key]
    return left


def unpack(values: Iterable[Any], count: int) -> list[Any]:
    """`const [a, b] = values`: so many of them, None where there are no more: `a, b = unpack(values, 2)`."""
    kind = type(values)
    if kind is Iterator and count == 1:  # the first key of a map, most often
        for value in values:
            return [value]
        return [None]
    if kind is list and len(values) >= count:  # type: ignore[arg-type]
        return values[:count]  # type: ignore[index, no-any-return]
    if kind is Array and len(values) >= count:  # type: ignore[arg-type]
        return [None if item is hole else item for item in islice(values, count)]
    if is_nullish(values):
        raise TypeError("undefined is not iterable")
    present = list(islice(values.values() if isinstance(values, Array) else values, count))
    return present if len(present) == count else present + [None] * (count - len(present))


def coalesce(value: T | None, default: U) -> T | U:
    """`value ?? default`, where the default costs nothing to make; else `b() if a is None else a`."""
    return default if is_nullish(value) else value  # type: ignore[return-value]


def void(value: Any = None) -> None:
    """`void value`: nothing, after the value was made."""


# --- what it is ------------------------------------------------------------------------------------------------


def instanceof(value: Any, kind: Any) -> bool:
    """`value instanceof kind`. Whatever is an object is an `Object`; any exception an `Error`; a list an `Array`.

    What a failed call gives is no `Error`, since it is none in JavaScript. Raises `TypeError` if `kind` is no class.
    """
    fits = _MEANINGS.get(kind) if isinstance(kind, Hashable) else None
    if fits is not None:
        return fits(value)
    if not isinstance(kind, type):
        raise TypeError("Right-hand side of 'instanceof' is not callable")
    return isinstance(value, kind) or (_is_promise(kind) and _is_promise(type(value)))


def class_of(value: Any) -> str:
    """`Object.prototype.toString.call(value)`: `[object Array]`, `[object Date]`. None is null here."""
    kind = typeof(value)
    if kind == "undefined":
        return "[object Undefined]" if is_undefined(value) else "[object Null]"
    if kind == "function" and iscoroutinefunction(unwrap(value)):
        return "[object AsyncFunction]"
    if kind != "object":
        return f"[object {kind.capitalize()}]"
    if Array.isArray(value):
        return "[object Array]"
    if _MEANINGS[Error](value):
        return "[object Error]"
    names = (each.__name__ for each in type(value).__mro__ if each.__module__.startswith("taropy."))
    return f"[object {next((name for name in names if name in _TAGGED), 'Object')}]"


def _is_object(value: Any) -> bool:
    return typeof(value) in ("object", "function")


def _is_promise(kind: type) -> bool:
    return getattr(kind, "allSettled", None) is not None


def _never(value: Any) -> bool:
    return False


#: The classes whose instances say of themselves what they are.
_TAGGED = frozenset(
    [
        *("ArrayBuffer", "DataView", "Date", "Float32Array", "Float64Array", "Int8Array", "Int16Array", "Int32Array"),
        *("JSON", "Map", "Math", "Promise", "RegExp", "Set", "Uint8Array", "Uint8ClampedArray", "Uint16Array"),
        *("Uint32Array", "URL", "URLSearchParams", "WeakMap", "WeakSet"),
    ]
)

#: What `instanceof` means where Python's classes are others than JavaScript's.
_MEANINGS: Mapping[Any, Callable[[Any], bool]] = {
    Array: Array.isArray,
    Boolean: _never,
    Error: lambda value: isinstance(value, BaseException) and not isinstance(value, TaroError),
    Number: _never,
    Object: _is_object,
    String: _never,
}
