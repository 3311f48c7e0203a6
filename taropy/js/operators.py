"""The operators that mean something else in JavaScript, as functions.

Where both sides are known to be numbers, or both texts, Python's own operators do: `a + b`, `a < b`, `a == b`. These
are for the other cases, and for those in which Python raises or gives another result.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from .conversions import Infinity, NaN, as_float, compact, number, primitive, text
from .missing import is_nullish
from .utf16 import units

# Texts and numbers, of which Python adds and compares two of one kind as JavaScript does.
_PLAIN = frozenset({str, int, float})
_NUMBERS = frozenset({int, float})
# Asked of first: an `Obj` is long in telling what it is not.
_OBJECTS = (dict, list)

# --- arithmetic ------------------------------------------------------------------------------------------------


def plus(left: Any, right: Any) -> Any:
    """`left + right`: joins texts if either side is one, or becomes one; else adds."""
    kind, other = type(left), type(right)
    if (kind is other and kind in _PLAIN) or (kind in _NUMBERS and other in _NUMBERS):
        return left + right
    left, right = primitive(left), primitive(right)
    if isinstance(left, str) or isinstance(right, str):
        return text(left) + text(right)
    return number(left) + number(right)


def minus(left: Any, right: Any) -> int | float:
    """`left - right`, of whatever can be made numbers: `"5" - 2` is 3."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return left - right  # type: ignore[no-any-return]
    return number(left) - number(right)


def times(left: Any, right: Any) -> int | float:
    """`left * right`, of whatever can be made numbers."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return left * right  # type: ignore[no-any-return]
    return number(left) * number(right)


def divided(left: Any, right: Any) -> int | float:
    """`left / right`: infinite or NaN for a division by zero; a whole result is an `int`."""
    above, below = as_float(number(left)), as_float(number(right))
    if below:
        return compact(above / below)
    if not above or above != above:
        return NaN
    return math.copysign(Infinity, above) * math.copysign(1.0, below)


def remainder(left: Any, right: Any) -> int | float:
    """`left % right`: has the sign of `left`, where Python's has that of `right`; NaN for a remainder by zero."""
    if type(left) is int and type(right) is int and left >= 0 and right > 0:
        return left % right
    above, below = number(left), number(right)
    if not below or below != below or not math.isfinite(above):
        return NaN
    return compact(math.fmod(above, below))


def power(base: Any, exponent: Any) -> int | float:
    """`base ** exponent`, a number in any case: NaN for what has none, infinite for what is too large."""
    low, high = as_float(number(base)), as_float(number(exponent))
    if high == 0:
        return 1
    if high != high or (abs(low) == 1 and math.isinf(high)):
        return NaN
    try:
        return compact(math.pow(low, high))
    except OverflowError:
        return -Infinity if low < 0 and high % 2 == 1 else Infinity
    except ValueError:  # a root of a negative number; or zero to a negative power
        if low:
            return NaN
        return -Infinity if math.copysign(1.0, low) < 0 and high % 2 == 1 else Infinity


def negative(value: Any) -> int | float:
    """`-value`, of whatever can be made a number; -0 for 0."""
    return -number(value) or -as_float(number(value))


# --- bits ------------------------------------------------------------------------------------------------------


def to_int32(value: Any) -> int:
    """The number in 32 bits with a sign, as the bit operators take their sides; `value | 0`, `~~value`."""
    bits = to_uint32(value)
    return bits - 0x1_0000_0000 if bits & 0x8000_0000 else bits


def to_uint32(value: Any) -> int:
    """The number in 32 bits without a sign; `value >>> 0`."""
    amount = value if type(value) is int else number(value)
    return int(amount) & 0xFFFF_FFFF if math.isfinite(amount) else 0


def bit_and(left: Any, right: Any) -> int:
    """`left & right`."""
    return to_int32(left) & to_int32(right)


def bit_or(left: Any, right: Any) -> int:
    """`left | right`."""
    return to_int32(left) | to_int32(right)


def bit_xor(left: Any, right: Any) -> int:
    """`left ^ right`."""
    return to_int32(left) ^ to_int32(right)


def bit_not(value: Any) -> int:
    """`~value`."""
    return ~to_int32(value)


def shift_left(value: Any, count: Any) -> int:
    """`value << count`, of which 32 bits are left."""
    return to_int32(to_int32(value) << (to_uint32(count) & 31))


def shift_right(value: Any, count: Any) -> int:
    """`value >> count`, which keeps the sign."""
    return to_int32(value) >> (to_uint32(count) & 31)


def shift_right_unsigned(value: Any, count: Any) -> int:
    """`value >>> count`, which is never negative."""
    return to_uint32(value) >> (to_uint32(count) & 31)


# --- comparing -------------------------------------------------------------------------------------------------


def same(left: Any, right: Any) -> bool:
    """`left === right`: numbers and texts by value, true and 1 apart, objects only if they are the same one.

    None equals `undefined`, since None is what a program has for both.
    """
    kind = type(left)
    if kind is type(right) and kind in _PLAIN:
        return bool(left == right)
    if left is right:
        return bool(left == left)
    if isinstance(left, _OBJECTS) or isinstance(right, _OBJECTS) or isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, (int, float)):
        return isinstance(right, (int, float)) and left == right
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    return is_nullish(left) and is_nullish(right)


def same_value(left: Any, right: Any) -> bool:
    """`Object.is(left, right)`: as `same`, but NaN is NaN, and 0 is not -0."""
    if isinstance(left, float) or isinstance(right, float):
        if left != left and right != right:
            return True
        return same(left, right) and math.copysign(1, left) == math.copysign(1, right)
    return same(left, right)


def same_value_zero(left: Any, right: Any) -> bool:
    """As `same`, but NaN is NaN: how `includes`, `Map` and `Set` compare."""
    return same(left, right) or (
        isinstance(left, float) and isinstance(right, float) and left != left and right != right
    )


def eq(left: Any, right: Any) -> bool:
    """`left == right`: `same` for two of one kind; else objects become primitive values, and what is left numbers."""
    if type(left) is type(right) and type(left) in _PLAIN:
        return bool(left == right)
    if is_nullish(left) or is_nullish(right):
        return is_nullish(left) and is_nullish(right)
    if _is_object(left):
        return same(left, right) if _is_object(right) else eq(primitive(left), right)
    if _is_object(right):
        return eq(left, primitive(right))
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return number(left) == number(right)


def _is_object(value: Any) -> bool:
    return isinstance(value, _OBJECTS) or not (isinstance(value, (str, int, float)) or is_nullish(value))


def lt(left: Any, right: Any) -> bool:
    """`left < right`: texts by their UTF-16 units, all else as numbers; nothing is less or greater than NaN."""
    return _ordered(left, right, lambda a, b: a < b)


def le(left: Any, right: Any) -> bool:
    """`left <= right`."""
    return _ordered(left, right, lambda a, b: a <= b)


def gt(left: Any, right: Any) -> bool:
    """`left > right`."""
    return _ordered(left, right, lambda a, b: a > b)


def ge(left: Any, right: Any) -> bool:
    """`left >= right`."""
    return _ordered(left, right, lambda a, b: a >= b)


def _ordered(left: Any, right: Any, compare: Callable[[Any, Any], bool]) -> bool:
    left, right = primitive(left, "number"), primitive(right, "number")
    if isinstance(left, str) and isinstance(right, str):
        return compare(units(left), units(right))
    return compare(number(left), number(right))


def compares_alike(value: Any) -> bool:
    """Whether Python's `==` finds it where `===` does: a text; a number that is no true or false to Python, nor NaN."""
    kind = type(value)
    return kind is str or ((kind is int or kind is float) and value == value and value not in (0, 1))
