"""The operators of aggregates that take values and give one.

Facts: MongoDB's manual, "Aggregation Operators".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ..errors import REQUEST_FAILED, database_fail
from . import dates
from .ordering import compare, equal, key_of, rank
from .paths import MISSING, null
from .values import whole


def truth(value: Any) -> bool:
    """Whether a value counts as true: all do but false, null, 0 and what is missing."""
    return value is not MISSING and value is not None and value is not False and not (rank(value) == 2 and value == 0)


def failed(words: str) -> Exception:
    """What an operator fails with that gets what it can't take."""
    return database_fail(REQUEST_FAILED, words)


def none(*values: Any) -> bool:
    return any(value is MISSING or value is None for value in values)


# --- operators of values --------------------------------------------------------------------------------------------


def _numeric(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def apply(*values: Any) -> Any:
        if none(*values):
            return None
        if any(rank(value) != 2 for value in values):
            raise failed(f"{name} only supports numeric types")
        try:
            return whole(work(*values))
        except (ValueError, ZeroDivisionError, OverflowError) as error:
            raise failed(f"{name}: {error}") from error

    return apply


def _add(*values: Any) -> Any:
    if none(*values):
        return None
    moments = [value for value in values if isinstance(value, datetime)]
    numbers = [value for value in values if not isinstance(value, datetime)]
    if len(moments) > 1 or any(rank(value) != 2 for value in numbers):
        raise failed("$add only supports numeric or date types")
    return dates.later(moments[0], sum(numbers)) if moments else whole(sum(numbers))


def _subtract(one: Any, other: Any) -> Any:
    if none(one, other):
        return None
    if isinstance(one, datetime):
        return dates.milliseconds(one, other) if isinstance(other, datetime) else dates.later(one, -other)
    return _numeric("$subtract", lambda a, b: a - b)(one, other)


def _divide(one: float, other: float) -> float:
    if other == 0:
        raise ValueError("can't divide by zero")
    return one / other


def _trunc(value: float, places: int = 0) -> Any:
    return math.trunc(value * 10**places) / 10**places


def _round(value: float, places: int = 0) -> Any:
    return round(value, int(places))


def _text(name: str, work: Callable[..., Any], empty: Any = "") -> Callable[..., Any]:
    """An operator of texts, to which nothing is the empty text."""

    def apply(*values: Any) -> Any:
        if none(values[0]):
            return empty
        if not isinstance(values[0], (str, int, float)) or isinstance(values[0], bool):
            raise failed(f"{name} requires a string argument")
        return work(*[str(value) if at == 0 else value for at, value in enumerate(values)])

    return apply


def _concat(*values: Any) -> Any:
    if none(*values):
        return None
    if not all(isinstance(value, str) for value in values):
        raise failed("$concat only supports strings")
    return "".join(values)


def _substr(text: str, start: int, length: int) -> str:
    return text[start:] if length < 0 else text[start : start + length]


def _substr_bytes(text: str, start: int, length: int) -> str:
    data = text.encode()
    return (data[start:] if length < 0 else data[start : start + length]).decode("utf-8", "replace")


def _index_of(text: Any, part: Any, start: int = 0, end: int | None = None) -> Any:
    return None if none(text) else text.find(part, start, end)


def _index_of_bytes(text: Any, part: Any, start: int = 0, end: int | None = None) -> Any:
    return None if none(text) else text.encode().find(part.encode(), start, end)


def _split(text: Any, by: Any) -> Any:
    return None if none(text, by) else text.split(by)


def items_of(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise failed(f"The argument to {name} must be an array, but was of type {type(value).__name__}")
    return value


def _element_at(items: Any, at: Any) -> Any:
    if none(items, at):
        return None
    found = items_of("$arrayElemAt", items)
    return found[int(at)] if -len(found) <= at < len(found) else MISSING


def _slice(items: Any, *numbers: Any) -> Any:
    if none(items, *numbers):
        return None
    return sliced(items_of("$slice", items), *numbers)


def sliced(items: list[Any], first: int, length: int | None = None) -> list[Any]:
    """The first items, or the last if the number is negative; with a length, so many from there on."""
    if length is None:
        return items[:first] if first >= 0 else items[first:]
    start = first if first >= 0 else max(0, len(items) + first)
    return items[start : start + length]


def _index_of_array(items: Any, value: Any, start: int = 0, end: int | None = None) -> Any:
    if none(items):
        return None
    found = items_of("$indexOfArray", items)
    places = range(start, len(found) if end is None else min(end, len(found)))
    return next((at for at in places if equal(found[at], value)), -1)


def _to_object(pairs: Any) -> Any:
    if none(pairs):
        return None
    return dict((each["k"], each["v"]) if isinstance(each, dict) else (each[0], each[1]) for each in pairs)


def _range(start: int, end: int, step: int = 1) -> list[int]:
    if step == 0:
        raise failed("$range requires a non-zero step value")
    return list(range(int(start), int(end), int(step)))


def _unique(items: list[Any]) -> list[Any]:
    return list({key_of(each): each for each in items}.values())


def _set_of(name: str, work: Callable[[list[set[Any]]], set[Any]]) -> Callable[..., Any]:
    def apply(*lists: Any) -> Any:
        if none(*lists):
            return None
        known = {key_of(each): each for items in lists for each in items_of(name, items)}
        keys = work([{key_of(each) for each in items} for items in lists])
        return [value for key, value in known.items() if key in keys]

    return apply


def _set_test(name: str, work: Callable[[set[Any], set[Any]], bool]) -> Callable[..., Any]:
    def apply(one: Any, *others: Any) -> bool:
        first = {key_of(each) for each in items_of(name, one)}
        return all(work(first, {key_of(each) for each in items_of(name, other)}) for other in others)

    return apply


def _merge(*values: Any) -> dict[str, Any]:
    given = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    return {name: value for each in given if isinstance(each, dict) for name, value in each.items()}


def _size(value: Any) -> int:
    return len(items_of("$size", null(value)))


def _reverse(value: Any) -> Any:
    return None if none(value) else items_of("$reverseArray", value)[::-1]


def _concat_arrays(*lists: Any) -> Any:
    return None if none(*lists) else [each for items in lists for each in items_of("$concatArrays", items)]


def _compared(accept: Callable[[int], bool]) -> Callable[[Any, Any], bool]:
    return lambda one, other: accept(ordered(one, other))


def ordered(one: Any, other: Any) -> int:
    """-1, 0 or 1; what is missing is before all values."""
    if one is MISSING or other is MISSING:
        return (one is not MISSING) - (other is not MISSING)
    return compare(one, other)


def _strcasecmp(one: Any, other: Any) -> int:
    left, right = ("" if none(each) else str(each).upper() for each in (one, other))
    return (left > right) - (left < right)


def _to_text(value: Any) -> Any:
    if none(value):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return dates.iso(value) if isinstance(value, datetime) else str(value)


def _to_number(kind: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def apply(value: Any) -> Any:
        if none(value):
            return None
        try:
            number = dates.milliseconds(value) if isinstance(value, datetime) else float(value)
            return whole(kind(number))
        except (TypeError, ValueError) as error:
            raise failed(f"Failed to parse number '{value}' in $convert") from error

    return apply


def _type(value: Any) -> str:
    if value is MISSING:
        return "missing"
    if isinstance(value, float):
        return "double"
    return {1: "null", 2: "int", 3: "string", 4: "object", 5: "array", 8: "bool", 9: "date"}[rank(value)]


def _pairs(value: Any) -> Any:
    return None if none(value) else [{"k": name, "v": each} for name, each in value.items()]


def _mean(values: list[float]) -> Any:
    return whole(sum(values) / len(values)) if values else None


def deviation(values: list[float], less: int) -> Any:
    """The standard deviation; of a sample with 1 for `less`. Nothing where there are too few."""
    if len(values) <= less:
        return None
    mean = sum(values) / len(values)
    return whole(math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - less)))


def folded(name: str, values: list[Any]) -> Any:
    """What an operator that groups makes of values; those that it can't take it leaves out."""
    numbers = [value for value in values if value is not MISSING and rank(value) == 2]
    there = [value for value in values if not none(value)]
    match name:
        case "$sum":
            return whole(sum(numbers))
        case "$avg":
            return _mean(numbers)
        case "$min" | "$max":
            best = None
            for value in there:
                if best is None or compare(value, best) * (1 if name == "$max" else -1) > 0:
                    best = value
            return best
        case "$stdDevPop":
            return deviation(numbers, 0)
        case _:
            return deviation(numbers, 1)


def _folding(name: str) -> Callable[..., Any]:
    def apply(*values: Any) -> Any:
        return folded(name, list(values[0]) if len(values) == 1 and isinstance(values[0], list) else list(values))

    return apply


#: What takes one operand, which may be a list.
ONE = frozenset({
    "$size", "$isArray", "$reverseArray", "$arrayToObject", "$objectToArray", "$not", "$allElementsTrue",
    "$anyElementTrue", "$toString", "$toInt", "$toLong", "$toDouble", "$toDecimal", "$toBool", "$type", "$toLower",
    "$toUpper", "$strLenCP", "$strLenBytes", "$abs", "$ceil", "$floor", "$exp", "$ln", "$log10", "$sqrt",
})  # fmt: skip

PLAIN: Mapping[str, Callable[..., Any]] = {
    "$abs": _numeric("$abs", abs), "$add": _add, "$ceil": _numeric("$ceil", math.ceil),
    "$divide": _numeric("$divide", _divide), "$exp": _numeric("$exp", math.exp),
    "$floor": _numeric("$floor", math.floor), "$ln": _numeric("$ln", math.log), "$log": _numeric("$log", math.log),
    "$log10": _numeric("$log10", math.log10), "$mod": _numeric("$mod", math.fmod),
    "$multiply": _numeric("$multiply", lambda *values: math.prod(values)), "$pow": _numeric("$pow", pow),
    "$sqrt": _numeric("$sqrt", math.sqrt), "$subtract": _subtract, "$trunc": _numeric("$trunc", _trunc),
    "$round": _numeric("$round", _round),
    "$arrayElemAt": _element_at, "$arrayToObject": _to_object, "$concatArrays": _concat_arrays,
    "$in": lambda value, items: any(equal(value, each) for each in items_of("$in", items)),
    "$indexOfArray": _index_of_array, "$isArray": lambda value: isinstance(value, list), "$range": _range,
    "$reverseArray": _reverse, "$size": _size, "$slice": _slice, "$not": lambda value: not truth(value),
    "$cmp": ordered, "$eq": _compared(lambda found: found == 0), "$ne": _compared(lambda found: found != 0),
    "$gt": _compared(lambda found: found > 0), "$gte": _compared(lambda found: found >= 0),
    "$lt": _compared(lambda found: found < 0), "$lte": _compared(lambda found: found <= 0),
    "$mergeObjects": _merge, "$objectToArray": _pairs,
    "$allElementsTrue": lambda items: all(map(truth, items_of("$allElementsTrue", items))),
    "$anyElementTrue": lambda items: any(map(truth, items_of("$anyElementTrue", items))),
    "$setDifference": _set_of("$setDifference", lambda sets: sets[0] - sets[1]),
    "$setEquals": _set_test("$setEquals", set.__eq__),
    "$setIntersection": _set_of("$setIntersection", lambda sets: set.intersection(*sets)),
    "$setIsSubset": _set_test("$setIsSubset", set.issubset),
    "$setUnion": _set_of("$setUnion", lambda sets: set.union(*sets)),
    "$concat": _concat, "$indexOfBytes": _index_of_bytes, "$indexOfCP": _index_of, "$split": _split,
    "$strLenBytes": _text("$strLenBytes", lambda text: len(text.encode()), 0),
    "$strLenCP": _text("$strLenCP", len, 0), "$strcasecmp": _strcasecmp,
    "$substr": _text("$substr", _substr_bytes), "$substrBytes": _text("$substrBytes", _substr_bytes),
    "$substrCP": _text("$substrCP", _substr), "$toLower": _text("$toLower", str.lower),
    "$toUpper": _text("$toUpper", str.upper), "$toString": _to_text, "$toInt": _to_number(math.trunc),
    "$toLong": _to_number(math.trunc), "$toDouble": _to_number(float), "$toDecimal": _to_number(float),
    "$toBool": lambda value: None if none(value) else truth(value), "$type": _type,
    **{name: _folding(name) for name in ("$sum", "$avg", "$min", "$max", "$stdDevPop", "$stdDevSamp")},
}  # fmt: skip
