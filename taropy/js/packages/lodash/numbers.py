"""lodash's functions of numbers: rounding, sums, ranges, chance."""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable
from typing import Any

from ...array import Array
from ...conversions import NaN, number, text
from ...maths import Math
from ...missing import is_nullish, undefined
from ...numeric import Number
from ...operators import divided, minus, plus, times
from .base import array, is_iteratee_call, is_number
from .equality import iteratee

_MOST_INDEX = 2**32 - 1
_LARGEST = 1.7976931348623157e308


def toNumber(value: Any = undefined) -> Any:
    """The number that a value is: 0 for null, NaN for what is none."""
    return number(value)


def toFinite(value: Any = None) -> Any:
    """The number that a value is; 0 for what is none, and the largest for an infinite one."""
    amount = toNumber(value)
    if amount != amount:
        return 0
    return math.copysign(_LARGEST, amount) if math.isinf(amount) else amount


def toInteger(value: Any = None) -> Any:
    """The whole part of `toFinite(value)`."""
    return int(toFinite(value))


def toLength(value: Any = None) -> Any:
    """A whole number from 0 to 4294967295."""
    return builtins.min(builtins.max(toInteger(value), 0), _MOST_INDEX)


def toSafeInteger(value: Any = None) -> Any:
    """A whole number that is exact."""
    return builtins.min(builtins.max(toInteger(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)


def _rounded(how: Callable[[Any], Any], value: Any, precision: Any) -> Any:
    amount = toNumber(value)
    shift = int(builtins.min(toInteger(precision), 292))
    if not shift or not math.isfinite(amount):
        return how(amount)
    return _shifted(how(_shifted(amount, shift)), -shift)


def _shifted(amount: Any, by: int) -> Any:
    """The number with its point moved, by way of its text, so that 1.005 is 100.5 exactly."""
    digits, _, exponent = text(amount).partition("e")
    return number(f"{digits}e{int(exponent or 0) + by}")


def ceil(number: Any = None, precision: Any = 0) -> Any:
    """The number rounded up, to so many digits behind the point."""
    return _rounded(Math.ceil, number, precision)


def floor(number: Any = None, precision: Any = 0) -> Any:
    """The number rounded down, to so many digits behind the point."""
    return _rounded(Math.floor, number, precision)


def round(number: Any = None, precision: Any = 0) -> Any:
    """The number rounded, to so many digits behind the point; a half upwards."""
    return _rounded(Math.round, number, precision)


def _of_two(count: Callable[[Any, Any], Any], left: Any, right: Any, missing: int) -> Any:
    if is_nullish(left) or is_nullish(right):
        present = [each for each in (left, right) if not is_nullish(each)]
        return present[0] if present else missing
    if isinstance(left, str) or isinstance(right, str):
        return count(text(left), text(right))
    return count(number(left), number(right))


def add(augend: Any = None, addend: Any = None) -> Any:
    """The sum; texts are put together."""
    return _of_two(plus, augend, addend, 0)


def subtract(minuend: Any = None, subtrahend: Any = None) -> Any:
    """The difference."""
    return _of_two(minus, minuend, subtrahend, 0)


def multiply(multiplier: Any = None, multiplicand: Any = None) -> Any:
    """The product."""
    return _of_two(times, multiplier, multiplicand, 1)


def divide(dividend: Any = None, divisor: Any = None) -> Any:
    """The quotient."""
    return _of_two(divided, dividend, divisor, 1)


def sum(array_: Any = None) -> Any:
    """The sum of the items; 0 if there are none."""
    return sumBy(array_)


def sumBy(array_: Any = None, iteratee_: Any = None) -> Any:
    """The sum of what the iteratee makes of the items."""
    by, total = iteratee(iteratee_), None
    for item in array(array_):
        value = by(item)
        if not is_nullish(value):
            total = value if total is None else plus(total, value)
    return 0 if total is None else total


def mean(array_: Any = None) -> Any:
    """The sum of the items by their number; NaN if there are none."""
    return meanBy(array_)


def meanBy(array_: Any = None, iteratee_: Any = None) -> Any:
    """As `mean`, of what the iteratee makes of the items."""
    count = len(array(array_))
    return divided(sumBy(array_, iteratee_), count) if count else NaN


def _most(array_: Any, by: Any, is_more: Callable[[Any, Any], bool]) -> Any:
    from ...operators import same

    by, found, most = iteratee(by), None, None
    for item in array(array_):
        value = by(item)
        if is_nullish(value) or (most is None and not same(value, value)):
            continue
        if most is None or is_more(value, most):
            found, most = item, value
    return found


def max(array_: Any = None) -> Any:
    """The greatest item; None if there is none."""
    return maxBy(array_)


def maxBy(array_: Any = None, iteratee_: Any = None) -> Any:
    """The item of which the iteratee makes the most; None if there is none."""
    from ...operators import gt

    return _most(array_, iteratee_, gt)


def min(array_: Any = None) -> Any:
    """The least item; None if there is none."""
    return minBy(array_)


def minBy(array_: Any = None, iteratee_: Any = None) -> Any:
    """The item of which the iteratee makes the least; None if there is none."""
    from ...operators import lt

    return _most(array_, iteratee_, lt)


def clamp(number: Any = None, lower: Any = None, upper: Any = None) -> Any:
    """The number, or the bound that it is beyond; with one bound only, that is the upper one."""
    if is_nullish(upper):
        lower, upper = None, lower
    amount = toNumber(number)
    if amount == amount:
        if not is_nullish(upper):
            top = toNumber(upper)
            amount = Math.min(amount, top if top == top else 0)
        if not is_nullish(lower):
            bottom = toNumber(lower)
            amount = Math.max(amount, bottom if bottom == bottom else 0)
    return amount


def inRange(number: Any = None, start: Any = None, end: Any = None) -> bool:
    """Whether a number is from `start` to before `end`, or the other way round; with one bound, from 0."""
    first = toFinite(start)
    first, last = (0, first) if is_nullish(end) else (first, toFinite(end))
    return bool(builtins.min(first, last) <= toNumber(number) < builtins.max(first, last))


def range(start: Any = None, end: Any = None, step: Any = None) -> Array[Any]:
    """Numbers from `start` to before `end`; with one argument, from 0 to before it."""
    return _range(start, end, step, turned=False)


def rangeRight(start: Any = None, end: Any = None, step: Any = None) -> Array[Any]:
    """As `range`, from the end."""
    return _range(start, end, step, turned=True)


def _range(start: Any, end: Any, step: Any, *, turned: bool) -> Array[Any]:
    if not is_nullish(step) and not is_number(step) and is_iteratee_call(start, end, step):
        end = step = None
    first = toFinite(start)
    first, last = (0, first) if is_nullish(end) else (first, toFinite(end))
    by = (1 if first < last else -1) if is_nullish(step) else toFinite(step)
    count = builtins.max(math.ceil((last - first) / (by or 1)), 0)
    found = [first + by * place for place in builtins.range(count)]
    return Array(found[::-1] if turned else found)


def random(lower: Any = None, upper: Any = None, floating: Any = None) -> Any:
    """A number from `lower` to `upper`, both included: a whole one unless they are not, or `floating` is true."""
    if isinstance(upper, bool) and is_nullish(floating):
        floating, upper = upper, None
    if isinstance(lower, bool) and is_nullish(upper) and is_nullish(floating):
        floating, lower = lower, None
    if is_nullish(lower) and is_nullish(upper):
        lower, upper = 0, 1
    first = toFinite(lower)
    first, last = (0, first) if is_nullish(upper) else (first, toFinite(upper))
    first, last = builtins.min(first, last), builtins.max(first, last)
    if floating or first % 1 or last % 1:
        return builtins.min(first + Math.random() * (last - first), last)
    return first + math.floor(Math.random() * (last - first + 1))
