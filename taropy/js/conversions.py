"""How JavaScript turns one kind of value into another: `text`, `number`, `truthy`, and what `typeof` says.

The kinds, as Python has them: `str` is text, `int` and `float` together are number, `bool` is neither; None and
`undefined` are what is not there; whatever can be called is a function; all else is an object.
"""

from __future__ import annotations

import builtins
import math
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Final, Literal, TypeGuard, TypeVar

from ..numerals import MAX_SAFE_INTEGER
from ..numerals import number_text as float_text
from .errors import TypeError
from .missing import Undefined
from .namespaces import Namespace
from .utf16 import joined

T = TypeVar("T")

Hint = Literal["default", "number", "string"]
Kind = Literal["undefined", "boolean", "number", "string", "symbol", "function", "object"]

NaN: Final[float] = math.nan
Infinity: Final[float] = math.inf

_MIN_SAFE_INTEGER: Final = -MAX_SAFE_INTEGER

#: What `trim` takes off and numbers may have around them: white space and the ends of lines.
SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)

# Of which classes values are that are no objects: exactly, as most are, and with those made of them.
_PLAIN = frozenset({str, int, float, bool, type(None), Undefined})
_PRIMITIVE = (str, int, float, type(None), Undefined)

_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_RADIX = {"0x": 16, "0o": 8, "0b": 2}
_DIGITS = {16: re.compile(r"[0-9a-f]+", re.IGNORECASE), 8: re.compile("[0-7]+"), 2: re.compile("[01]+")}


def text(value: Any) -> str:
    """`String(value)`, and what a template and `+` make of it: `25` for 25.0, `1,2` for an array, `[object Object]`.

    Raises `TypeError` for an object that gives no primitive value.
    """
    kind = type(value)
    if kind is str:
        return value  # type: ignore[no-any-return]
    if kind is int and _MIN_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return f"{value}"
    if kind is int or kind is float:
        return number_text(value)
    return _text(primitive(value, "string"))


def shown(value: Any) -> str:
    """As `text`, of a value that may be missing: None, which is then hardly null, is "undefined"."""
    return "undefined" if value is None else text(value)


def _text(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str.__str__(value)
    return "undefined" if isinstance(value, Undefined) else number_text(value)


def number_text(value: float) -> str:
    """The text of a number: the fewest digits that mean it."""
    if isinstance(value, int):
        if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            return int.__repr__(value)
        value = as_float(value)
    return float_text(value)


def as_float(value: float) -> float:
    """A whole number of Python's as JavaScript could have it; what is too large is infinite."""
    try:
        return float(value)
    except OverflowError:
        return Infinity if value > 0 else -Infinity


def number(value: Any) -> int | float:
    """`Number(value)`, and what arithmetic makes of it: 0 for None, NaN for `undefined`, 5 for `" 5 "`.

    Raises `TypeError` for an object that gives no primitive value.
    """
    kind = type(value)
    if kind is int or kind is float:
        return value  # type: ignore[no-any-return]
    value = primitive(value, "number")
    if value is None:
        return 0
    if isinstance(value, str):
        return _number_in(value)
    if isinstance(value, Undefined):
        return NaN
    return int(value) if isinstance(value, int) else float(value)


def _number_in(digits: str) -> int | float:
    """The number that a whole text is; NaN if it is none."""
    if len(digits) <= 15 and digits.isdecimal() and digits.isascii():
        return int(digits)
    digits = digits.strip(SPACE)
    if not digits:
        return 0
    radix = _RADIX.get(digits[:2].lower())
    if radix is not None:
        return compact(as_float(int(digits[2:], radix))) if _DIGITS[radix].fullmatch(digits[2:]) else NaN
    if _DECIMAL.fullmatch(digits):
        return whole_or_float(float(digits))
    return {"Infinity": Infinity, "+Infinity": Infinity, "-Infinity": -Infinity}.get(digits, NaN)


def compact(value: float) -> int | float:
    """The same number, as an `int` if it is a whole one that is exact; -0 stays what it is."""
    if isinstance(value, int):
        return value if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER else as_float(value)
    return whole_or_float(value)


def whole_or_float(value: float) -> int | float:
    if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER and value.is_integer():
        whole = int(value)
        return whole if whole or math.copysign(1.0, value) > 0 else value
    return value


def integer(value: Any) -> int | float:
    """The whole part of `number(value)`, as indexes and counts are taken: 0 for NaN; infinite numbers stay."""
    if type(value) is int:
        return value
    amount = number(value)
    if amount != amount:
        return 0
    return amount if math.isinf(amount) else int(amount)


def truthy(value: T | None) -> TypeGuard[T]:
    """Whether JavaScript takes it for true: an empty list or dict of Python's is, NaN is not."""
    kind = type(value)
    if kind is float:
        return bool(value == value and value != 0)
    if kind in _PLAIN:
        return bool(value)
    return isinstance(value, (dict, list)) or not isinstance(value, (str, int)) or bool(value)


def typeof(value: Any) -> Kind:
    """`typeof value`. None is "undefined", as programs ask it of what may be missing; null would be "object"."""
    known = _KINDS.get(type(value))
    if known is not None:
        return known
    if isinstance(value, (dict, list, Mapping)):
        return "object"
    for python, kind in _KINDS.items():
        if isinstance(value, python):
            return kind
    where_true: Kind | None = getattr(type(value), "__typeof__", None)
    if where_true is not None:
        return where_true if value else "undefined"
    return "function" if callable(value) and type(value) is not Namespace else "object"


_KINDS: Mapping[type, Kind] = {
    type(None): "undefined",
    Undefined: "undefined",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
}


# --- objects ---------------------------------------------------------------------------------------------------


def primitive(value: Any, hint: Hint = "default") -> Any:
    """The primitive value that an object gives, by its `valueOf` and `toString`; what is one already stays.

    A class that wants it otherwise has a method `__primitive__(hint)`, as in JavaScript it has `Symbol.toPrimitive`.
    """
    if type(value) in _PLAIN:
        return value
    if not isinstance(value, (dict, list)) and isinstance(value, _PRIMITIVE):
        return value.value if isinstance(value, Enum) else value
    convert = getattr(type(value), "__primitive__", None)
    if convert is not None:
        return convert(value, hint)
    for name in ("toString", "valueOf") if hint == "string" else ("valueOf", "toString"):
        given = _asked(value, name)
        if isinstance(given, _PRIMITIVE):
            return given
    raise TypeError("Cannot convert object to primitive value")


def _asked(value: Any, name: str) -> Any:
    """What an object's `toString` or `valueOf` gives; one without the method has that of all objects."""
    method = getattr(value, name, None)
    if callable(method):
        return method()
    return value if name == "valueOf" else object_text(value)


def object_text(value: Any) -> str:
    """What `toString` gives for an object that has none of its own."""
    if isinstance(value, list | tuple):
        return items_text(value, ",")
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    if not isinstance(value, Mapping) and callable(value):
        return f"function {getattr(value, '__name__', '')}() {{ [native code] }}"
    return f"[object {_tag(value)}]"


def items_text(items: Sequence[Any], separator: str) -> str:
    """The items' texts with a separator in between; empty ones of what is missing, or is a list that this is in."""
    try:
        return joined(separator.join(items))
    except builtins.TypeError:  # some are no texts
        pass
    if id(items) in _being_joined:
        return ""
    _being_joined.add(id(items))
    try:
        parts = ["" if item is None or isinstance(item, Undefined) else text(item) for item in items]
    finally:
        _being_joined.discard(id(items))
    return joined(separator.join(parts))


_being_joined: set[int] = set()

_TAGS: Mapping[str, Callable[[Any], bool]] = {
    "ArrayBuffer": lambda value: isinstance(value, bytes | bytearray | memoryview),
    "Promise": lambda value: hasattr(type(value), "__await__"),
}


def _tag(value: Any) -> str:
    named = getattr(type(value), "__tag__", None)
    return named or next((tag for tag, fits in _TAGS.items() if fits(value)), "Object")
