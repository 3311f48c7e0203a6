"""Numbers written in other ways than the shortest: with a fixed number of digits, in another base, for people to read.

Every number is taken as exactly what it is in binary, and a tie goes to the larger number, as ECMAScript has it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from .conversions import as_float, integer, number, number_text
from .errors import RangeError
from .missing import is_nullish

_CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
#: The least number that `toFixed` writes with an exponent.
_TOO_LARGE = 1e21
#: Below it every number, and what is asked of it, is exact; what is written for it has few digits.
_EXACT = 2**53


def to_fixed(value: Any, digits: Any = 0) -> str:
    """`value.toFixed(digits)`: so many digits after the point."""
    places = _count(digits, 0, "toFixed() digits")
    value = number(value)
    if value and abs(value) < _EXACT and not _may_be_tie(value, places):
        return f"{value:.{places}f}"
    if value != value or abs(value) >= _TOO_LARGE:
        return number_text(value)
    whole = str(_scaled(abs(value), places)).zfill(places + 1)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole[:-places]}.{whole[-places:]}" if places else sign + whole


def to_exponential(value: Any, digits: Any = None) -> str:
    """`value.toExponential(digits)`: one digit before the point, so many after it, by default all that are needed."""
    value = number(value)
    places = integer(digits)
    if not math.isfinite(value):
        return number_text(value)
    if is_nullish(digits):
        shortest, exponent = _shortest(abs(value))
    else:
        shortest, exponent = _significant(abs(value), _count(places, 0, "toExponential()") + 1)
    return _sign(value) + _exponential(shortest, exponent)


def to_precision(value: Any, precision: Any = None) -> str:
    """`value.toPrecision(precision)`: so many digits in all; without a precision, `text(value)`."""
    value = number(value)
    if is_nullish(precision):
        return number_text(value)
    count = integer(precision)
    if not math.isfinite(value):
        return number_text(value)
    count = _count(count, 1, "toPrecision()")
    digits, exponent = _significant(abs(value), count)
    if exponent < -6 or exponent >= count:
        return _sign(value) + _exponential(digits, exponent)
    if exponent < 0:
        return f"{_sign(value)}0.{'0' * (-exponent - 1)}{digits}"
    whole, rest = digits[: exponent + 1], digits[exponent + 1 :]
    return f"{_sign(value)}{whole}.{rest}" if rest else _sign(value) + whole


def to_base(value: Any, radix: Any = 10) -> str:
    """`value.toString(radix)`, in a base from 2 to 36. Beyond 2**53, where engines differ, each digit is exact."""
    base = 10 if is_nullish(radix) else integer(radix)
    if not 2 <= base <= 36:
        raise RangeError("toString() radix must be between 2 and 36")
    value = number(value)
    if base == 10 or not math.isfinite(value):
        return number_text(value)
    return _sign(value) + _in_base(abs(as_float(value)), int(base))


def to_locale(value: Any, locales: Any = None, options: Mapping[str, Any] | None = None) -> str:
    """`value.toLocaleString()`: as English and Chinese have it, `1,234,567.891`.

    Of the options there are `minimumFractionDigits`, `maximumFractionDigits` and `useGrouping`. Another language, style
    or notation needs the rules of that language, which are not here: `RangeError`.
    """
    least, most, grouped = _locale_options(locales, options or {})
    value = number(value)
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    whole, _, fraction = _rounded_text(abs(value), most).partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return _sign_of_zero(value) + (f"{int(whole):,}" if grouped else whole) + (f".{fraction}" if fraction else "")


# --- how many digits -------------------------------------------------------------------------------------------


def _count(value: Any, least: int, what: str) -> int:
    count = integer(value)
    if not least <= count <= 100:
        raise RangeError(f"{what} argument must be between {least} and 100")
    return int(count)


def _sign(value: float) -> str:
    return "-" if value < 0 else ""


def _sign_of_zero(value: float) -> str:
    return "-" if math.copysign(1.0, value) < 0 else ""


# --- digits ----------------------------------------------------------------------------------------------------


def _may_be_tie(value: float, places: int) -> bool:
    """Whether it may lie between two numbers with so many places, where Python takes the even one of them.

    What does is a whole number of `2**-(places + 1)`, since a binary fraction has no other denominators.
    """
    return type(value) is not int and (value * 2.0 ** (places + 1)).is_integer()


def _scaled(value: float, places: int) -> int:
    """The whole number that is nearest to `value` × 10^`places`; of two, the larger."""
    above, below = value.as_integer_ratio()
    if places >= 0:
        above *= 10**places
    else:
        below *= 10**-places
    return (2 * above + below) // (2 * below)


def _significant(value: float, count: int) -> tuple[str, int]:
    """The first digits of a number, and the exponent of the first of them."""
    if value == 0:
        return "0" * count, 0
    exponent = int(f"{value:.17e}".partition("e")[2])
    digits = str(_scaled(value, count - 1 - exponent))
    return digits[:count], exponent + len(digits) - count


def _shortest(value: float) -> tuple[str, int]:
    """The fewest digits that mean the number, and the exponent of the first of them."""
    if value == 0:
        return "0", 0
    mantissa, _, exponent = repr(as_float(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    shift = int(exponent or 0) + len(whole) - 1 - (len(whole + fraction) - len(digits))
    return digits.rstrip("0"), shift


def _exponential(digits: str, exponent: int) -> str:
    point = "." if len(digits) > 1 else ""
    return f"{digits[0]}{point}{digits[1:]}e{exponent:+d}"


def _rounded_text(value: float, places: int) -> str:
    """The number with at most so many digits after the point; of its shortest form, as people have written it."""
    digits, exponent = _shortest(value)
    from decimal import ROUND_HALF_UP, Decimal

    exact = Decimal(f"{digits}e{exponent - len(digits) + 1}")
    return format(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")


# --- other bases -----------------------------------------------------------------------------------------------


def _whole_in_base(value: int, base: int) -> str:
    digits = []
    while value:
        value, digit = divmod(value, base)
        digits.append(_CHARACTERS[digit])
    return "".join(reversed(digits)) or "0"


def _in_base(value: float, base: int) -> str:
    whole = math.floor(value)
    fraction, carried = _fraction_in_base(value - whole, math.ulp(value) / 2, base)
    written = _whole_in_base(whole + carried, base)
    return f"{written}.{fraction}" if fraction else written


def _fraction_in_base(fraction: float, precision: float, base: int) -> tuple[str, int]:
    """The digits after the point that tell the number from its neighbours; and 1 if rounding them gives a whole."""
    digits: list[int] = []
    precision = max(math.ulp(0.0), precision)
    while fraction >= precision:
        fraction *= base
        precision *= base
        digits.append(int(fraction))
        fraction -= digits[-1]
        rounds_up = fraction > 0.5 or (fraction == 0.5 and digits[-1] % 2 == 1)
        if rounds_up and fraction + precision > 1:
            return _incremented(digits, base)
    return "".join(_CHARACTERS[digit] for digit in digits), 0


def _incremented(digits: list[int], base: int) -> tuple[str, int]:
    """The digits with the last one raised, and 1 if that goes beyond the first."""
    while digits and digits[-1] == base - 1:
        digits.pop()
    if not digits:
        return "", 1
    digits[-1] += 1
    return "".join(_CHARACTERS[digit] for digit in digits), 0


# --- for people ------------------------------------------------------------------------------------------------

_LANGUAGES = ("en", "zh")
_KNOWN_OPTIONS = frozenset({"maximumFractionDigits", "minimumFractionDigits", "style", "useGrouping"})


def _locale_options(locales: Any, options: Mapping[str, Any]) -> tuple[int, int, bool]:
    """The least and the most digits after the point, and whether thousands are set apart."""
    if not is_nullish(locales) and str(locales).partition("-")[0] not in _LANGUAGES:
        raise RangeError(f"toLocaleString() knows no {locales} here, but {' and '.join(_LANGUAGES)}")
    given = {name: options[name] for name in options if not is_nullish(options[name])}
    unknown = sorted(given.keys() - _KNOWN_OPTIONS)
    if unknown or given.get("style", "decimal") != "decimal":
        raise RangeError(f"toLocaleString() takes no {', '.join(unknown) or 'style but decimal'} here")
    least = _digits_option(given, "minimumFractionDigits", 0)
    most = _digits_option(given, "maximumFractionDigits", max(least, 3))
    if least > most:
        raise RangeError("maximumFractionDigits value is out of range.")
    return least, most, given.get("useGrouping", True) is not False


def _digits_option(given: Mapping[str, Any], name: str, default: int) -> int:
    digits = number(given.get(name, default))
    if not 0 <= digits <= 100:
        raise RangeError(f"{name} value is out of range.")
    return math.floor(digits)
