"""What changes make of a record: update operators of MongoDB, on a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from ..errors import REQUEST_FAILED, database_fail
from .matching import matcher
from .operators import sliced
from .ordering import compare, equal, order_key, rank
from .paths import MISSING, holder_of, null, put_at, value_at
from .values import whole

Json = dict[str, Any]


def updated(record: Json, changes: Mapping[str, Mapping[str, Any]]) -> Json:
    """A changed copy of the record. Raises `Fail` for what can't be done to it, as adding to a text."""
    made = deepcopy(record)
    try:
        for operator, fields in changes.items():
            for path, operand in fields.items():
                _apply(made, operator, tuple(path.split(".")), operand)
    except TypeError as error:
        raise database_fail(REQUEST_FAILED, str(error)) from error
    return made


def _apply(record: Json, operator: str, parts: tuple[str, ...], operand: Any) -> None:
    if operator == "$unset":
        _remove(record, parts)
    elif operator == "$rename":
        value = _remove(record, parts)
        if value is not MISSING:
            put_at(record, tuple(operand.split(".")), value)
    else:
        before = value_at(record, parts)
        after = _OPERATORS[operator](before, operand, ".".join(parts))
        if after is not MISSING:
            put_at(record, parts, after)


def _remove(record: Json, parts: tuple[str, ...]) -> Any:
    """Takes the field away, and gives its value; an element of a list becomes None."""
    value = value_at(record, parts)
    if value is not MISSING:
        holder = holder_of(record, parts, make=False)
        if isinstance(holder, list):
            holder[int(parts[-1])] = None
        else:
            del holder[parts[-1]]
    return value


def _numbers(name: str, work: Callable[[Any, Any], Any], start: float) -> Callable[[Any, Any, str], Any]:
    def apply(before: Any, operand: Any, path: str) -> Any:
        value = start if before is MISSING else before
        if rank(value) != 2:
            raise TypeError(f"Cannot apply {name} to a value of non-numeric type. The field '{path}' is no number")
        return whole(work(value, operand))

    return apply


def _bits(before: Any, operand: Mapping[str, int], path: str) -> Any:
    value = 0 if before is MISSING else before
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"Cannot apply $bit to the field '{path}', which is no whole number")
    for name, bits in operand.items():
        value = {"and": value & bits, "or": value | bits, "xor": value ^ bits}[name]
    return value


def _chosen(sign: int) -> Callable[[Any, Any, str], Any]:
    def apply(before: Any, operand: Any, _: str) -> Any:
        return operand if before is MISSING or compare(operand, before) * sign > 0 else MISSING

    return apply


def _list(before: Any, name: str, path: str) -> list[Any]:
    if before is not MISSING and not isinstance(before, list):
        raise TypeError(f"The field '{path}' must be an array for {name}")
    return [] if before is MISSING else before


def _push(before: Any, operand: Any, path: str) -> Any:
    items = list(_list(before, "$push", path))
    at = operand.get("$position", len(items))
    items[at:at] = operand["$each"]
    if "$sort" in operand:
        items = _sorted(items, operand["$sort"])
    if "$slice" in operand:
        items = sliced(items, operand["$slice"])
    return items


def _sorted(items: list[Any], how: Any) -> list[Any]:
    if not isinstance(how, Mapping):
        return sorted(items, key=order_key, reverse=how < 0)
    for path, direction in reversed(list(how.items())):
        parts = tuple(path.split("."))

        def key(item: Any, parts: tuple[str, ...] = parts) -> Any:
            return order_key(null(value_at(item, parts)))

        items = sorted(items, key=key, reverse=direction < 0)
    return items


def _pop(before: Any, operand: Any, path: str) -> Any:
    items = _list(before, "$pop", path)
    return MISSING if before is MISSING else items[:-1] if operand > 0 else items[1:]


def _add_to_set(before: Any, operand: Any, path: str) -> Any:
    items = list(_list(before, "$addToSet", path))
    for value in operand["$each"]:
        if not any(equal(value, each) for each in items):
            items.append(value)
    return items


def _pull(before: Any, operand: Any, path: str) -> Any:
    items = _list(before, "$pull", path)
    meets = matcher(operand)
    return MISSING if before is MISSING else [each for each in items if not meets(each)]


def _pull_all(before: Any, operand: Any, path: str) -> Any:
    items = _list(before, "$pullAll", path)
    return MISSING if before is MISSING else [each for each in items if not any(equal(each, one) for one in operand)]


_OPERATORS: Mapping[str, Callable[[Any, Any, str], Any]] = {
    "$set": lambda _, operand, __: operand,
    "$inc": _numbers("$inc", lambda value, operand: value + operand, 0),
    "$mul": _numbers("$mul", lambda value, operand: value * operand, 0),
    "$min": _chosen(-1),
    "$max": _chosen(1),
    "$bit": _bits,
    "$push": _push,
    "$pop": _pop,
    "$addToSet": _add_to_set,
    "$pull": _pull,
    "$pullAll": _pull_all,
}
