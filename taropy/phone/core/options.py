"""The checks that native functions make on their options, worded as WeChat's base library words them.

A missing option is `Undefined`. An optional one that is `None` counts as missing, since Python has one word for both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from .answers import NO_OPTIONS, Fail, Options

Buffers: Final = (bytes, bytearray, memoryview)

_JS_TYPES: Mapping[type, str] = {
    type(None): "Null",
    bool: "Boolean",
    int: "Number",
    float: "Number",
    str: "String",
    list: "Array",
    tuple: "Array",
    datetime: "Date",
}

#: A parameter that was not given.
UNDEFINED: Final = object()

# What timers of phones can hold, in milliseconds.
LONGEST_TIMEOUT: Final = 2**31 - 1


def js_type(value: Any) -> str:
    """The name that JavaScript programs know the type of `value` by: `String`, `Number`, `Array`, `Object`, …"""
    named = _JS_TYPES.get(type(value))
    if named is not None:
        return named
    for kind, name in _JS_TYPES.items():
        if isinstance(value, kind):
            return name
    if isinstance(value, Buffers):
        return "ArrayBuffer"
    return "Function" if isinstance(value, Callable) else "Object"  # type: ignore[arg-type]


def wrong_type(where: str, expected: str, value: Any) -> Fail:
    """The failure of a parameter of the wrong type; `where` is `parameter.key`, `parameter.itemList[0]`, …"""
    actual = "Undefined" if value is UNDEFINED else js_type(value)
    return Fail(f"parameter error: {where} should be {expected} instead of {actual}")


def string(value: Any, where: str = "parameter") -> str:
    """`value`, which has to be a string."""
    if not isinstance(value, str):
        raise wrong_type(where, "String", value)
    return value


def function(value: object, where: str = "parameter") -> Callable[..., Any]:
    """`value`, which has to be a function."""
    if not callable(value):
        raise wrong_type(where, "Function", value)
    return value


def number(value: Any, where: str = "parameter") -> float:
    """`value`, which has to be a number."""
    if js_type(value) != "Number":
        raise wrong_type(where, "Number", value)
    return value  # type: ignore[no-any-return]


def mapping(value: Any, where: str = "parameter") -> Options:
    """`value`, which has to be an object with keys, or may be left out."""
    if value is None:
        return NO_OPTIONS
    if not isinstance(value, Mapping):
        raise wrong_type(where, "Object", value)
    return value


def unknown(where: str, known: Iterable[object]) -> Fail:
    """The failure of a value that is none of those known. Judgement: each phone words it its own way."""
    return Fail(f"parameter error: {where} should be one of {', '.join(map(str, known))}")


def whole(value: Any, where: str) -> int:
    """`value`, which has to be a number without a fraction."""
    number(value, where)
    if value % 1 != 0:  # which what is infinite, or not a number, leaves as well
        raise Fail(f"parameter error: {where} should be an integer")
    return int(value)


def required(options: Options, name: str, expected: str, where: str = "parameter") -> Any:
    """The option `name`, which has to be there and of the JavaScript type `expected`; `where` says whose it is."""
    value = options.get(name, UNDEFINED)
    if value is UNDEFINED or js_type(value) != expected:
        raise wrong_type(f"{where}.{name}", expected, value)
    return value


def optional(options: Options, name: str, expected: str, default: Any) -> Any:
    """The option `name` if it was given, else `default`."""
    return default if options.get(name) is None else required(options, name, expected)


def word(options: Options, name: str, known: Collection[str], default: str | None = None) -> str:
    """The option `name`: one of the `known` words; it has to be given if there is no default."""
    given: str = required(options, name, "String") if default is None else optional(options, name, "String", default)
    if given not in known:
        raise unknown(f"parameter.{name}", known)
    return given


def seconds(options: Options, name: str, default: float) -> float:
    """The option `name`, in milliseconds as `default` is, as seconds; no positive number counts as not given."""
    given = optional(options, name, "Number", default)
    return min(given if given > 0 else default, LONGEST_TIMEOUT) / 1000


def strings(items: Any, where: str) -> list[str]:
    """`items` as a list, every one of which has to be a string."""
    return [string(item, f"{where}[{index}]") for index, item in enumerate(items)]
