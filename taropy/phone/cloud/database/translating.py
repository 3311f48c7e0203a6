"""From what programs write to the language of MongoDB, in which the vendor's server is asked.

Facts: @cloudbase/database 1.4.3: objects in conditions and changes are flattened to paths, commands become operators.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ...core.options import js_type, wrong_type
from ..errors import INVALID, database_fail
from .commands import Condition, Expression, Logic, Query, Update
from .values import AS_THEY_ARE, RegExp, stored

Json = dict[str, Any]
#: Makes what is stored of a value.
Store = Callable[[Any], Any]


def filter_of(condition: Any, now: float) -> Json:
    """The filter that a program's condition stands for. Raises `Fail` for what is none."""
    return _condition(condition, partial(stored, now=now))


def is_plain(condition: Any) -> bool:
    """Whether a condition says of some fields what they are equal to, and no more: nothing can be wrong with it."""
    return type(condition) is dict and AS_THEY_ARE.issuperset(map(type, condition.values()))


def _condition(condition: Any, store: Store) -> Json:
    if isinstance(condition, Logic):
        return {f"${condition.operator}": [_condition(each, store) for each in condition.operands]}
    if isinstance(condition, Query) and condition.operator == "expr":
        return {"$expr": expression_of(condition.operand, store)}
    if not isinstance(condition, Mapping):
        raise wrong_type("parameter", "Object", condition)
    clauses = [_field(path, value, store) for path, value in _flat(condition, "")]
    return clauses[0] if len(clauses) == 1 else {"$and": clauses} if clauses else {}


def _flat(condition: Mapping[str, Any], before: str) -> list[tuple[str, Any]]:
    """The fields of an object by their paths; an empty object is a value."""
    found: list[tuple[str, Any]] = []
    for name, value in condition.items():
        path = f"{before}{name}"
        if type(value) in AS_THEY_ARE or not (isinstance(value, Mapping) and value):
            found.append((path, value))
        else:
            found += _flat(value, f"{path}.")
    return found


def _field(path: str, value: Any, store: Store) -> Json:
    if type(value) in AS_THEY_ARE:  # what most conditions ask for
        return {path: {"$eq": store(value)}}
    if isinstance(value, Logic):
        if value.operator == "not":
            return {"$nor": [_field(path, value.operands[0], store)]}
        return {f"${value.operator}": [_field(path, each, store) for each in value.operands]}
    if isinstance(value, Mapping) and value and path:  # an object among the operands of a field's `or`
        return _condition({path: value}, store)
    return {path: _operation(value, store)}


def _operation(value: Any, store: Store) -> Any:
    """What a field has to be: an operator with its operand, or what is equal to it."""
    if isinstance(value, (RegExp, re.Pattern)):
        return _regex(value)
    if isinstance(value, Condition):
        assert isinstance(value, Query)
        return {f"${'ne' if value.operator == 'neq' else value.operator}": _operand(value, store)}
    return {"$eq": store(value)}


def _operand(query: Query, store: Store) -> Any:
    operand = query.operand
    match query.operator:
        case "elemMatch":
            return _element(operand, store)
        case "geoNear" | "geoWithin" | "geoIntersects":
            return {name: each.toJSON() if hasattr(each, "toJSON") else each for name, each in operand.items()}
        case "in" | "nin" | "all":
            return [_regex(each) if isinstance(each, (RegExp, re.Pattern)) else store(each) for each in operand]
        case "eq" | "neq" if isinstance(operand, (RegExp, re.Pattern)):
            return _regex(operand)
        case _:
            return store(operand)


def _element(condition: Any, store: Store) -> Json:
    """The condition on the elements of a list: on the element itself, or on its fields."""
    if isinstance(condition, Logic) and not any(isinstance(each, Mapping) for each in condition.operands):
        return {"": {f"${condition.operator}": [_element(each, store) for each in condition.operands]}}
    if isinstance(condition, Query):
        return {"": _operation(condition, store)}
    return _condition(condition, store)


def _regex(value: RegExp | re.Pattern[str]) -> Json:
    if isinstance(value, RegExp):
        return {"$regex": value.regexp, "$options": value.options}
    letters = (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL))
    return {"$regex": value.pattern, "$options": "".join(each for each, flag in letters if value.flags & flag)}


# --- changes --------------------------------------------------------------------------------------------------------


def update_of(data: Any, now: float) -> Json:
    """The changes that a program's `data` stand for, by their operators. Raises `Fail` for what is none."""
    if not isinstance(data, Mapping):
        raise wrong_type("parameter.data", "Object", data)
    if "_id" in data:
        raise database_fail(INVALID, "不能更新_id的值")
    store = partial(stored, now=now)
    changes: Json = {}
    for path, value in _flat(data, ""):
        operator, operand = _change(path, value, store)
        changes.setdefault(operator, {})[path] = operand
    return changes


def _change(path: str, value: Any, store: Store) -> tuple[str, Any]:
    if not isinstance(value, Update):
        return "$set", store(value)
    operand = value.operand
    match value.operator:
        case "push" | "addToSet":
            return f"${value.operator}", {name: store(each) for name, each in operand.items()}
        case "pull":
            return "$pull", _pulled(operand, store)
        case "rename":
            if not isinstance(operand, str):
                raise wrong_type(f"parameter.data.{path}", "String", operand)
            before = path.rpartition(".")[0]
            return "$rename", operand if "." in operand or not before else f"{before}.{operand}"
        case _:
            return f"${value.operator}", store(operand)


def _pulled(operand: Any, store: Store) -> Json:
    if isinstance(operand, Mapping):
        return _condition(operand, store)
    return _element(operand, store) if isinstance(operand, Condition) else {"": {"$eq": store(operand)}}


# --- aggregates -----------------------------------------------------------------------------------------------------


def expression_of(value: Any, store: Store) -> Any:
    """A stage's expression, with operators in place of those of `_.aggregate`."""
    if isinstance(value, Expression):
        return {f"${value.operator}": expression_of(value.operand, store)}
    if isinstance(value, Condition):
        raise database_fail(INVALID, f"{value!r} is a condition, where _.aggregate has operators")
    if isinstance(value, (list, tuple)):
        return [expression_of(each, store) for each in value]
    if isinstance(value, Mapping):
        return {str(name): expression_of(each, store) for name, each in value.items()}
    return store(value)


# --- fields ---------------------------------------------------------------------------------------------------------


def projection_of(fields: Any) -> Json:
    """What `field` says of each path: True, False, or a part of a list. Raises `Fail` for what is none."""
    if not isinstance(fields, Mapping):
        raise wrong_type("parameter", "Object", fields)
    found: Json = {}
    for path, value in fields.items():
        if isinstance(value, Expression):
            operand = value.operand
            found[path] = {
                f"${value.operator}": _element(operand, partial(stored, now=0))
                if value.operator == "elemMatch"
                else operand
            }
        elif js_type(value) in ("Boolean", "Number"):
            found[path] = bool(value)
        else:
            raise wrong_type(f"parameter.{path}", "Boolean", value)
    return found
