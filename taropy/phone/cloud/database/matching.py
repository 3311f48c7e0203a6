"""Which records a filter means: filters of MongoDB, made into functions once for each query."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import INVALID_COMMAND, database_fail
from . import geometry
from .ordering import compare, equal, rank
from .paths import MISSING, Parts, values_at
from .values import pattern_of

Matches = Callable[[Any], bool]
Test = Callable[[list[Any]], bool]


def matcher(filter_: Mapping[str, Any]) -> Matches:
    """Says of a record whether it meets the filter. Raises `Fail` for a filter that is none."""
    tests = [_clause(name, value) for name, value in filter_.items()]
    if len(tests) == 1:
        return tests[0]
    return lambda record: all(test(record) for test in tests)


def _clause(name: str, value: Any) -> Matches:
    match name:
        case "$and" | "$or" | "$nor":
            return _joined(name, [matcher(each) for each in value])
        case "$not":
            inner = matcher(value[0] if isinstance(value, list) else value)
            return lambda record: not inner(record)
        case "$expr":
            from .expressions import compiled
            from .operators import truth

            evaluate = compiled(value)
            return lambda record: truth(evaluate({"CURRENT": record, "ROOT": record}))
    return _field(tuple(name.split(".")) if name else (), value)


def _joined(name: str, tests: list[Matches]) -> Matches:
    if name == "$and":
        return lambda record: all(test(record) for test in tests)
    if name == "$or":
        return lambda record: any(test(record) for test in tests)
    return lambda record: not any(test(record) for test in tests)


def _field(parts: Parts, operations: Mapping[str, Any]) -> Matches:
    if len(operations) == 1 and "$eq" in operations:
        return _equals(parts, operations["$eq"])
    tests = [_test(name, operand, operations) for name, operand in operations.items() if name != "$options"]
    if not parts:
        return lambda value: all(test([value]) for test in tests)

    def matches(record: Any) -> bool:
        values = _values(record, parts)
        return all(test(values) for test in tests)

    return matches


def _values(record: Any, parts: Parts) -> list[Any]:
    """All values at the path; mostly there is no list on the way, and so one at most."""
    value = record
    for part in parts:
        if type(value) is not dict:
            return list(values_at(record, parts))
        if part not in value:
            return []
        value = value[part]
    return [value]


def _equals(parts: Parts, wanted: Any) -> Matches:
    """What most conditions are, in the shortest way."""
    quick = type(wanted) in (str, int) and len(parts) == 1
    name = parts[0] if parts else ""
    test = _any(lambda value: equal(value, wanted)) if wanted is not None else _is_null

    def matches(record: Any) -> bool:
        if quick:
            value = record.get(name, MISSING) if isinstance(record, dict) else MISSING
            if type(value) is type(wanted):
                return bool(value == wanted)
            if value is MISSING or type(value) is str:
                return False
        return test(list(values_at(record, parts)))

    return matches


def _test(name: str, operand: Any, operations: Mapping[str, Any]) -> Test:
    make = _TESTS.get(name)
    if make is not None:
        return make(operand)
    if name == "$regex":
        return _regex(operand, operations.get("$options", ""))
    if name in ("$and", "$or", "$nor"):  # of an element's own conditions
        tests = [_field((), each.get("", each)) for each in operand]
        joined = _joined(name, tests)
        return lambda values: any(joined(value) for value in values)
    raise database_fail(INVALID_COMMAND, f"unknown operator: {name}")


def _any(test: Callable[[Any], bool]) -> Test:
    """Whether a value meets the test, or an element of one that is a list."""

    def found(values: list[Any]) -> bool:
        return any(test(value) or (isinstance(value, list) and any(map(test, value))) for value in values)

    return found


def _is_null(values: list[Any]) -> bool:
    return not values or any(value is None or (isinstance(value, list) and None in value) for value in values)


def _equal_to(operand: Any) -> Test:
    if operand is None:
        return _is_null
    if isinstance(operand, dict) and "$regex" in operand:
        return _regex(operand["$regex"], operand.get("$options", ""))
    return _any(lambda value: equal(value, operand))


def _not(test: Test) -> Test:
    return lambda values: not test(values)


def _compared(accept: Callable[[Any, Any], bool]) -> Callable[[Any], Test]:
    def make(operand: Any) -> Test:
        kinds = (int, float) if type(operand) in (int, float) else (str,) if type(operand) is str else None
        if kinds is not None:  # numbers and texts compare as Python's do
            return _any(lambda value: type(value) in kinds and accept(value, operand))
        place = rank(operand)
        return _any(lambda value: rank(value) == place and accept(compare(value, operand), 0))

    return make


def _in(operand: Any) -> Test:
    tests = [_equal_to(each) for each in operand]
    return lambda values: any(test(values) for test in tests)


def _exists(operand: Any) -> Test:
    return lambda values: bool(values) == bool(operand)


def _mod(operand: Any) -> Test:
    divisor, remainder = (int(each) for each in operand)
    if divisor == 0:
        raise database_fail(INVALID_COMMAND, "divisor cannot be 0")

    def leaves(value: Any) -> bool:
        # As in C, the remainder has the sign of the number.
        return rank(value) == 2 and abs(int(value)) % abs(divisor) * (-1 if value < 0 else 1) == remainder

    return _any(leaves)


def _all(operand: Any) -> Test:
    tests = [_equal_to(each) for each in operand]
    return lambda values: bool(tests) and all(test(values) for test in tests)


def _size(operand: Any) -> Test:
    return lambda values: any(isinstance(value, list) and len(value) == operand for value in values)


def _element(operand: Any) -> Test:
    meets = matcher(operand)
    return lambda values: any(isinstance(value, list) and any(map(meets, value)) for value in values)


def _regex(regexp: str, options: str) -> Test:
    pattern = pattern_of(regexp, options)
    return _any(lambda value: isinstance(value, str) and pattern.search(value) is not None)


def _geo(meets: Callable[[Any, Any], bool]) -> Callable[[Any], Test]:
    return lambda operand: lambda values: any(geometry.is_shape(each) and meets(each, operand) for each in values)


_TESTS: Mapping[str, Callable[[Any], Test]] = {
    "$eq": _equal_to,
    "$ne": lambda operand: _not(_equal_to(operand)),
    "$gt": _compared(operator.gt),
    "$gte": _compared(operator.ge),
    "$lt": _compared(operator.lt),
    "$lte": _compared(operator.le),
    "$in": _in,
    "$nin": lambda operand: _not(_in(operand)),
    "$exists": _exists,
    "$mod": _mod,
    "$all": _all,
    "$size": _size,
    "$elemMatch": _element,
    "$geoNear": _geo(geometry.is_near),
    "$geoWithin": _geo(geometry.is_within),
    "$geoIntersects": _geo(lambda shape, operand: geometry.intersects(shape, operand["geometry"])),
}


def nearest(filter_: Any) -> tuple[Parts, list[float]] | None:
    """The field and the point by whose distance the filter has records sorted, if it has."""
    if isinstance(filter_, list):
        return next((found for each in filter_ if (found := nearest(each)) is not None), None)
    if not isinstance(filter_, dict):
        return None
    for name, value in filter_.items():
        if isinstance(value, dict) and "$geoNear" in value:
            return tuple(name.split(".")), value["$geoNear"]["geometry"]["coordinates"]
        if name == "$and" and (found := nearest(value)) is not None:
            return found
    return None
