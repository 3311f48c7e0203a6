"""`Number`, `Boolean`, `parseInt`, `parseFloat`, `isNaN` and `isFinite`."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from ..numerals import MAX_SAFE_INTEGER
from .conversions import SPACE, Infinity, NaN, as_float, compact, number, text, truthy
from .digits import to_base, to_exponential, to_fixed, to_locale, to_precision

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FLOAT = re.compile(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)


def parseInt(value: Any, radix: Any = 0) -> int | float:
    """The whole number that a text begins with; NaN if it begins with none."""
    from .operators import to_int32

    digits = text(value).strip(SPACE)
    sign, digits = (-1, digits[1:]) if digits[:1] == "-" else (1, digits.removeprefix("+"))
    base = to_int32(radix)
    if base in (0, 16) and digits.startswith(("0x", "0X")):
        base, digits = 16, digits[2:]
    base = base or 10
    if not 2 <= base <= 36:
        return NaN
    known = _DIGITS[:base] + _DIGITS[10:base].upper()
    count = next((place for place, digit in enumerate(digits) if digit not in known), len(digits))
    if not count:
        return NaN
    whole = compact(as_float(int(digits[:count], base)))
    return -0.0 if whole == 0 and sign < 0 else sign * whole


def parseFloat(value: Any) -> int | float:
    """The decimal number that a text begins with; NaN if it begins with none."""
    found = _FLOAT.match(text(value).strip(SPACE))
    return compact(float(found[0])) if found else NaN


def isNaN(value: Any) -> bool:
    """Whether `number(value)` is NaN."""
    amount = number(value)
    return amount != amount


def isFinite(value: Any) -> bool:
    """Whether `number(value)` is a number, and not an infinite one."""
    return math.isfinite(as_float(number(value)))


class _Number:
    """`Number(value)` converts, as `number` does. The methods of numbers take it first: `Number.toFixed(x, 2)`."""

    MAX_SAFE_INTEGER: Final = MAX_SAFE_INTEGER
    MIN_SAFE_INTEGER: Final = -MAX_SAFE_INTEGER
    MAX_VALUE: Final = 1.7976931348623157e308
    MIN_VALUE: Final = 5e-324
    EPSILON: Final = 2.0**-52
    POSITIVE_INFINITY: Final = Infinity
    NEGATIVE_INFINITY: Final = -Infinity
    NaN: Final = NaN

    __name__: str = "Number"

    def __call__(self, value: Any = 0) -> int | float:
        return number(value)

    @staticmethod
    def isInteger(value: Any) -> bool:
        """Whether it is a number, and a whole one: 5.0 is."""
        return _is_number(value) and math.isfinite(value) and value == math.floor(value)

    @staticmethod
    def isSafeInteger(value: Any) -> bool:
        """Whether it is a whole number, and every one up to it is exact."""
        return Number.isInteger(value) and abs(value) <= MAX_SAFE_INTEGER

    @staticmethod
    def isFinite(value: Any) -> bool:
        """Whether it is a number, and not an infinite one; no text is."""
        return _is_number(value) and math.isfinite(value)

    @staticmethod
    def isNaN(value: Any) -> bool:
        """Whether it is NaN; no text is."""
        return _is_number(value) and value != value

    parseInt: staticmethod[..., int | float] = staticmethod(parseInt)
    parseFloat: staticmethod[..., int | float] = staticmethod(parseFloat)
    toFixed: staticmethod[..., str] = staticmethod(to_fixed)
    toExponential: staticmethod[..., str] = staticmethod(to_exponential)
    toPrecision: staticmethod[..., str] = staticmethod(to_precision)
    toString: staticmethod[..., str] = staticmethod(to_base)
    toLocaleString: staticmethod[..., str] = staticmethod(to_locale)

    def __repr__(self) -> str:
        return "Number"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class _Boolean:
    """`Boolean(value)`: whether JavaScript takes it for true, as `truthy` says; for `xs.filter(Boolean)`."""

    __name__: str = "Boolean"

    def __call__(self, value: Any = False) -> bool:
        return truthy(value)

    def __repr__(self) -> str:
        return "Boolean"


Number: Final = _Number()
Boolean: Final = _Boolean()
