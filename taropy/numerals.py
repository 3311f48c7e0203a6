"""Numbers as JavaScript writes them, which has one kind of them: 25.0 is 25."""

from __future__ import annotations

import math
from typing import Final

#: Up to here, and down to as far below zero, JavaScript's numbers have every whole number.
MAX_SAFE_INTEGER: Final[int] = 2**53 - 1


def number_text(value: float) -> str:
    """`String(value)` of a number: `25` for 25.0, `0.00001` and `1e-7`, `1e+21`, `NaN`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) <= MAX_SAFE_INTEGER:
        return str(int(value))
    # Both languages write the fewest digits that mean the number; they differ in where the exponents begin.
    text = repr(value)
    digits, exponent_mark, exponent = text.partition("e")
    if not exponent_mark:
        return text.removesuffix(".0")
    if 1e-6 <= abs(value) < 1e21:
        from decimal import Decimal

        return format(Decimal(text), "f").removesuffix(".0")
    return f"{digits}e{int(exponent):+d}"


def number_of(text: str) -> float:
    """The number that JSON writes with a point or an exponent; a whole one is an `int`, as it would be read if not."""
    value = float(text)
    return int(value) if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER and value.is_integer() else value
