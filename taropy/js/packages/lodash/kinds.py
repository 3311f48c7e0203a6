"""lodash's questions about values, and its conversions.

None is what is null and what is undefined: `isNull(None)` and `isUndefined(None)` are both true.
"""

from __future__ import annotations

import math
from typing import Any

from ....numerals import MAX_SAFE_INTEGER
from ...access import get as read
from ...array import Array
from ...array_buffer import ArrayBuffer
from ...conversions import number_text, text, typeof
from ...date import Date
from ...maps import Map, Set
from ...missing import is_nullish
from ...obj import Obj
from ...operators import ge as at_least
from ...operators import gt as greater
from ...operators import le as at_most
from ...operators import lt as less
from ...regexp import RegExp
from ...symbols import Symbol
from ...weak_maps import WeakMap, WeakSet
from .base import is_array_like, is_length, is_map_or_set, is_number, is_object, is_plain, items, keys_of
from .objects import keysIn, values


def isArray(value: Any = None) -> bool:
    """Whether it is an array."""
    return isinstance(value, list | tuple)


def isArrayBuffer(value: Any = None) -> bool:
    """Whether it is an `ArrayBuffer`."""
    return isinstance(value, ArrayBuffer)


def isArrayLike(value: Any = None) -> bool:
    """Whether it is no function and has a length."""
    return is_array_like(value)


def isArrayLikeObject(value: Any = None) -> bool:
    """As `isArrayLike`, and no text."""
    return is_array_like(value) and is_object(value)


def isBoolean(value: Any = None) -> bool:
    """Whether it is true or false."""
    return isinstance(value, bool)


def isDate(value: Any = None) -> bool:
    """Whether it is a `Date`."""
    return isinstance(value, Date)


def isElement(value: Any = None) -> bool:
    """Whether it is an element of a web page; there are none."""
    return False


def isEmpty(value: Any = None) -> bool:
    """Whether it is a collection of nothing, a text of nothing, or no collection at all: 5 and true are empty."""
    if isinstance(value, list | tuple | str):
        return not len(value)
    if is_map_or_set(value):
        return bool(value.size == 0)
    return not keys_of(value) if is_object(value) else True


def isError(value: Any = None) -> bool:
    """Whether it is an error, or an object with a message and a name as errors have them."""
    if isinstance(value, BaseException):
        return True
    return (
        is_object(value)
        and not is_plain(value)
        and all(isinstance(read(value, each), str) for each in ("message", "name"))
    )


def isFinite(value: Any = None) -> bool:
    """Whether it is a number, and not an infinite one."""
    return is_number(value) and math.isfinite(value)


def isFunction(value: Any = None) -> bool:
    """Whether it is a function."""
    return typeof(value) == "function"


def isInteger(value: Any = None) -> bool:
    """Whether it is a whole number."""
    return isFinite(value) and value == int(value)


def isLength(value: Any = None) -> bool:
    """Whether it is a number that a length can be."""
    return is_length(value)


def isMap(value: Any = None) -> bool:
    """Whether it is a `Map`."""
    return isinstance(value, Map)


def isNaN(value: Any = None) -> bool:
    """Whether it is NaN; no text is."""
    return is_number(value) and value != value


def isNil(value: Any = None) -> bool:
    """Whether it is null or undefined."""
    return is_nullish(value)


def isNull(value: Any = None) -> bool:
    """Whether it is null."""
    return value is None


def isNumber(value: Any = None) -> bool:
    """Whether it is a number; NaN is."""
    return is_number(value)


def isObject(value: Any = None) -> bool:
    """Whether it is an object or a function."""
    return is_object(value)


def isObjectLike(value: Any = None) -> bool:
    """Whether it is an object, and no function."""
    return typeof(value) == "object"


def isPlainObject(value: Any = None) -> bool:
    """Whether it is an object of no class."""
    return is_plain(value)


def isRegExp(value: Any = None) -> bool:
    """Whether it is a regular expression."""
    return isinstance(value, RegExp)


def isSafeInteger(value: Any = None) -> bool:
    """Whether it is a whole number that is exact."""
    return isInteger(value) and abs(value) <= MAX_SAFE_INTEGER


def isSet(value: Any = None) -> bool:
    """Whether it is a `Set`."""
    return isinstance(value, Set)


def isString(value: Any = None) -> bool:
    """Whether it is a text."""
    return isinstance(value, str)


def isSymbol(value: Any = None) -> bool:
    """Whether it is a symbol."""
    return isinstance(value, Symbol)


def isTypedArray(value: Any = None) -> bool:
    """Whether it is a typed array, as `Uint8Array`."""
    return getattr(type(value), "BYTES_PER_ELEMENT", None) is not None


def isUndefined(value: Any = None) -> bool:
    """Whether it is undefined."""
    return is_nullish(value)


def isWeakMap(value: Any = None) -> bool:
    """Whether it is a `WeakMap`."""
    return isinstance(value, WeakMap)


def isWeakSet(value: Any = None) -> bool:
    """Whether it is a `WeakSet`."""
    return isinstance(value, WeakSet)


# --- comparing and converting ----------------------------------------------------------------------------------


def gt(value: Any = None, other: Any = None) -> bool:
    """Whether the first is greater."""
    return greater(value, other)


def gte(value: Any = None, other: Any = None) -> bool:
    """Whether the first is greater, or equal."""
    return at_least(value, other)


def lt(value: Any = None, other: Any = None) -> bool:
    """Whether the first is less."""
    return less(value, other)


def lte(value: Any = None, other: Any = None) -> bool:
    """Whether the first is less, or equal."""
    return at_most(value, other)


def castArray(*arguments: Any) -> Array[Any]:
    """The value if it is an array, else an array of it; without an argument, an empty one."""
    if not arguments:
        return Array()
    value: Any = arguments[0]
    return value if isinstance(value, Array) else Array(value if isinstance(value, list) else [value])


def toArray(value: Any = None) -> Array[Any]:
    """An array of the values of a collection; of a text's characters."""
    if isinstance(value, str):
        return Array(list(value))
    if is_map_or_set(value):
        return Array(value)
    return Array(items(value)) if is_array_like(value) else values(value)


def toString(value: Any = None) -> str:
    """The text of a value: none of what is missing, which in an array is `null`; `-0` for minus zero."""
    if is_nullish(value):
        return ""
    if isinstance(value, list | tuple):
        return ",".join(text(each) if is_nullish(each) else toString(each) for each in value)
    if is_number(value) and value == 0 and math.copysign(1, value) < 0:
        return "-0"
    return number_text(value) if is_number(value) else text(value)


def toPlainObject(value: Any = None) -> Any:
    """An object of a value's fields, with those of its class."""
    return Obj({key: read(value, key) for key in keysIn(value)})
