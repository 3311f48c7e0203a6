"""`Math`: JavaScript's functions for numbers, which never raise: what has no result is NaN, what is too large infinite.

They take whatever can be made a number. A whole result is an `int`, so that it can be an index; only -0 is a float.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from .conversions import Infinity, NaN, as_float, compact, number, text, typeof
from .errors import TypeError
from .listing import all_of
from .namespaces import Namespace
from .operators import power, to_int32, to_uint32

_WHOLE: Final = 2**53  #: From here on no number has a fraction.

if TYPE_CHECKING:
    _Real = staticmethod[..., int | float]


def _real(function: Callable[[float], float], said: str, *, pole: tuple[float, float] | None = None) -> _Real:
    """One of Python's functions of a number, for which NaN is no error.

    `pole` is where the result is infinite, and with which sign, where Python says that there is none.
    """

    def call(value: Any = NaN) -> int | float:
        given = as_float(number(value))
        try:
            return compact(function(given))
        except OverflowError:
            return math.copysign(Infinity, given) if function is math.sinh else Infinity
        except ValueError:
            return pole[1] if pole is not None and given == pole[0] else NaN

    call.__name__ = call.__qualname__ = function.__name__.lstrip("_")
    call.__doc__ = said
    return staticmethod(call)


def _atanh(value: float) -> float:
    return math.copysign(Infinity, value) if abs(value) == 1 else math.atanh(value)


def _cbrt(value: float) -> float:
    root = math.cbrt(value)
    whole = float(round(root)) if math.isfinite(root) and 0 < abs(root) < 2**17 else root
    return whole if whole**3 == value else root  # the system's own may miss what is exact


def _numbers(values: Iterable[Any]) -> list[int | float]:
    return [number(value) for value in values]


def _certain(value: Any) -> float:
    if typeof(value) != "number":
        raise TypeError(f"{text(value)} is not a number")
    return as_float(value)


def _sum(numbers: list[float]) -> float:
    try:
        return math.fsum(numbers)
    except ValueError:  # the infinities of both signs
        return NaN
    except OverflowError:  # on the way, if not in the end
        from fractions import Fraction

        return as_float(sum(map(Fraction, numbers)))  # type: ignore[arg-type]


def _extreme(values: tuple[Any, ...], choose: Callable[..., Any], none: float) -> int | float:
    amounts = _numbers(values)
    total = sum(amounts)
    if total != total and any(amount != amount for amount in amounts):
        return NaN
    best = choose(amounts, default=none)
    if best == 0 and float in map(type, amounts):  # 0 is greater than -0
        return choose((each for each in amounts if each == 0), key=lambda zero: math.copysign(1, zero))  # type: ignore[no-any-return]
    return best  # type: ignore[no-any-return]


def _rounding(value: Any, rounded: Callable[[float], int]) -> int | float:
    """`rounded(value)` for numbers that are not whole; -0 where a number below 0 becomes 0."""
    given = value if type(value) is float else number(value)
    if type(given) is int or not math.isfinite(given) or abs(given) >= _WHOLE:
        return given
    whole = rounded(given)
    return -0.0 if whole == 0 and math.copysign(1.0, given) < 0 else whole


class Math(metaclass=Namespace):
    """JavaScript's `Math`."""

    E: Final = math.e
    LN10: Final = math.log(10)
    LN2: Final = math.log(2)
    LOG10E: Final = 0.4342944819032518
    LOG2E: Final = 1.4426950408889634
    PI: Final = math.pi
    SQRT1_2: Final = math.sqrt(0.5)
    SQRT2: Final = math.sqrt(2)

    # --- whole numbers -----------------------------------------------------------------------------------------

    @staticmethod
    def floor(value: Any = NaN) -> int | float:
        """The largest whole number that is not greater."""
        if type(value) is float and 1 <= value < _WHOLE:
            return int(value)
        return _rounding(value, math.floor)

    @staticmethod
    def ceil(value: Any = NaN) -> int | float:
        """The smallest whole number that is not less."""
        return _rounding(value, math.ceil)

    @staticmethod
    def trunc(value: Any = NaN) -> int | float:
        """Without what stands behind the point."""
        return _rounding(value, math.trunc)

    @staticmethod
    def round(value: Any = NaN) -> int | float:
        """The nearest whole number, of two the greater: 3 for 2.5, -1 for -1.5."""
        return _rounding(value, _nearest)

    @staticmethod
    def sign(value: Any = NaN) -> int | float:
        """1, -1, 0, -0 or NaN."""
        given = number(value)
        return given if not given or given != given else 1 if given > 0 else -1

    @staticmethod
    def abs(value: Any = NaN) -> int | float:
        """Without the sign."""
        if type(value) is int or type(value) is float:
            return abs(value)
        return abs(number(value))

    # --- of several numbers ------------------------------------------------------------------------------------

    @staticmethod
    def max(*values: Any) -> int | float:
        """The greatest; -Infinity of none."""
        return _extreme(values, max, -Infinity)

    @staticmethod
    def min(*values: Any) -> int | float:
        """The least; Infinity of none."""
        return _extreme(values, min, Infinity)

    @staticmethod
    def hypot(*values: Any) -> int | float:
        """The root of the sum of the squares."""
        return compact(math.hypot(*map(as_float, _numbers(values))))

    @staticmethod
    def sumPrecise(numbers: Iterable[Any]) -> int | float:
        """The sum, rounded once; `TypeError` for what is no number. -0 of none."""
        given = [_certain(each) for each in all_of(numbers)]
        return compact(_sum(given)) if any(given) else 0 if any(math.copysign(1, each) > 0 for each in given) else -0.0

    @staticmethod
    def pow(base: Any = NaN, exponent: Any = NaN) -> int | float:
        """`base ** exponent`."""
        return power(base, exponent)

    @staticmethod
    def atan2(y: Any = NaN, x: Any = NaN) -> int | float:
        """The angle of the point (x, y)."""
        return compact(math.atan2(as_float(number(y)), as_float(number(x))))

    # --- bits --------------------------------------------------------------------------------------------------

    @staticmethod
    def clz32(value: Any = 0) -> int:
        """How many of the 32 bits come before the first that is set."""
        return 32 - to_uint32(value).bit_length()

    @staticmethod
    def imul(left: Any = 0, right: Any = 0) -> int:
        """The product in 32 bits."""
        return to_int32(to_int32(left) * to_int32(right))

    @staticmethod
    def fround(value: Any = NaN) -> int | float:
        """The nearest number of 32 bits."""
        given = as_float(number(value))
        try:
            (nearest,) = struct.unpack("f", struct.pack("f", given))
        except OverflowError:
            return math.copysign(Infinity, given)
        return compact(nearest)

    # --- functions ---------------------------------------------------------------------------------------------

    acos: _Real = _real(math.acos, "The angle that has this cosine.")
    acosh: _Real = _real(math.acosh, "The inverse of `cosh`.")
    asin: _Real = _real(math.asin, "The angle that has this sine.")
    asinh: _Real = _real(math.asinh, "The inverse of `sinh`.")
    atan: _Real = _real(math.atan, "The angle that has this tangent.")
    atanh: _Real = _real(_atanh, "The inverse of `tanh`.")
    cbrt: _Real = _real(_cbrt, "The cube root.")
    cos: _Real = _real(math.cos, "The cosine of an angle.")
    cosh: _Real = _real(math.cosh, "The hyperbolic cosine.")
    exp: _Real = _real(math.exp, "e to this power.")
    expm1: _Real = _real(math.expm1, "e to this power, less 1.")
    log: _Real = _real(math.log, "The natural logarithm.", pole=(0, -Infinity))
    log10: _Real = _real(math.log10, "The logarithm to the base 10.", pole=(0, -Infinity))
    log1p: _Real = _real(math.log1p, "The natural logarithm of this number and 1.", pole=(-1, -Infinity))
    log2: _Real = _real(math.log2, "The logarithm to the base 2.", pole=(0, -Infinity))
    sin: _Real = _real(math.sin, "The sine of an angle.")
    sinh: _Real = _real(math.sinh, "The hyperbolic sine.")
    sqrt: _Real = _real(math.sqrt, "The square root.")
    tan: _Real = _real(math.tan, "The tangent of an angle.")
    tanh: _Real = _real(math.tanh, "The hyperbolic tangent.")

    @staticmethod
    def random() -> float:
        """A number from 0 to less than 1, of Python's `random`, whose seed makes it come again."""
        import random

        return random.random()


def _nearest(value: float) -> int:
    whole = math.floor(value)
    return whole + 1 if value - whole >= 0.5 else whole
