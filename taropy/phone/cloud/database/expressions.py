"""The expressions of aggregates: fields as `$name`, variables as `$$name`, and operators; made into functions once.

Facts: MongoDB's manual, "Aggregation Operators", of which the vendor's `db.command.aggregate` has those named here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import INVALID_COMMAND, database_fail
from . import dates
from .operators import ONE, PLAIN, failed, items_of, none, truth
from .paths import MISSING, null

#: The variables by their names; `CURRENT` is the record, `ROOT` the record as the stage got it.
Scope = Mapping[str, Any]
Evaluate = Callable[[Scope], Any]


def compiled(expression: Any) -> Evaluate:
    """The function that gives an expression's value. Raises `Fail` for an operator that there isn't."""
    if isinstance(expression, str) and expression.startswith("$"):
        return _variable(expression[2:]) if expression.startswith("$$") else _variable(f"CURRENT.{expression[1:]}")
    if isinstance(expression, list):
        items = [compiled(each) for each in expression]
        return lambda scope: [null(item(scope)) for item in items]
    if isinstance(expression, dict):
        return _object(expression)
    return lambda _: expression


def _object(expression: dict[str, Any]) -> Evaluate:
    name = next(iter(expression), "")
    if name.startswith("$"):
        if len(expression) != 1:
            raise database_fail(INVALID_COMMAND, f"an expression has one operator, not {', '.join(expression)}")
        return _operator(name, expression[name])
    fields = {each: compiled(value) for each, value in expression.items()}

    def evaluate(scope: Scope) -> Any:
        made = {each: value(scope) for each, value in fields.items()}
        return {each: value for each, value in made.items() if value is not MISSING}

    return evaluate


def _operator(name: str, operand: Any) -> Evaluate:
    if name == "$literal":
        return lambda _: operand
    if name in SPECIAL:
        return SPECIAL[name](operand)
    work = PLAIN.get(name)
    if work is None:
        raise database_fail(INVALID_COMMAND, f"Unrecognized expression '{name}'")
    items = [compiled(each) for each in (operand if isinstance(operand, list) else [operand])]
    if not isinstance(operand, list) or name in ONE:
        whole = compiled(operand[0] if isinstance(operand, list) and len(operand) == 1 else operand)
        if name in ONE:
            return lambda scope: work(whole(scope))
    return lambda scope: work(*[item(scope) for item in items])


def _variable(path: str) -> Evaluate:
    name, *parts = path.split(".")
    if name == "REMOVE":
        return lambda _: MISSING

    def evaluate(scope: Scope) -> Any:
        if name not in scope:
            raise failed(f"Use of undefined variable: {name}")
        return _at(scope[name], parts)

    return evaluate


def _at(value: Any, parts: list[str]) -> Any:
    """The value at a path; of a list the values of all its elements."""
    for position, part in enumerate(parts):
        if isinstance(value, list):
            found = [_at(each, parts[position:]) for each in value]
            return [each for each in found if each is not MISSING]
        if not isinstance(value, dict) or part not in value:
            return MISSING
        value = value[part]
    return value


# --- operators with variables and branches --------------------------------------------------------------------------


def _cond(operand: Any) -> Evaluate:
    parts = operand if isinstance(operand, list) else [operand.get(each) for each in ("if", "then", "else")]
    test, then, otherwise = map(compiled, parts)
    return lambda scope: then(scope) if truth(test(scope)) else otherwise(scope)


def _if_null(operand: Any) -> Evaluate:
    items = [compiled(each) for each in operand]

    def evaluate(scope: Scope) -> Any:
        value: Any = None
        for item in items:
            value = item(scope)
            if not none(value):
                break
        return value

    return evaluate


def _switch(operand: Any) -> Evaluate:
    branches = [(compiled(each["case"]), compiled(each["then"])) for each in operand["branches"]]
    default = compiled(operand["default"]) if "default" in operand else None

    def evaluate(scope: Scope) -> Any:
        for test, then in branches:
            if truth(test(scope)):
                return then(scope)
        if default is None:
            raise failed("$switch could not find a matching branch for an input, and no default was specified.")
        return default(scope)

    return evaluate


def _let(operand: Any) -> Evaluate:
    variables = {name: compiled(each) for name, each in operand["vars"].items()}
    inside = compiled(operand["in"])
    return lambda scope: inside({**scope, **{name: each(scope) for name, each in variables.items()}})


def _map(operand: Any) -> Evaluate:
    items, name, inside = compiled(operand["input"]), operand.get("as", "this"), compiled(operand["in"])

    def evaluate(scope: Scope) -> Any:
        found = items(scope)
        return None if none(found) else [null(inside({**scope, name: each})) for each in items_of("$map", found)]

    return evaluate


def _filter(operand: Any) -> Evaluate:
    items, name, test = compiled(operand["input"]), operand.get("as", "this"), compiled(operand["cond"])

    def evaluate(scope: Scope) -> Any:
        found = items(scope)
        if none(found):
            return None
        return [each for each in items_of("$filter", found) if truth(test({**scope, name: each}))]

    return evaluate


def _reduce(operand: Any) -> Evaluate:
    items, start, inside = (compiled(operand[each]) for each in ("input", "initialValue", "in"))

    def evaluate(scope: Scope) -> Any:
        found, value = items(scope), start(scope)
        if none(found):
            return None
        for each in items_of("$reduce", found):
            value = inside({**scope, "value": value, "this": each})
        return value

    return evaluate


def _zip(operand: Any) -> Evaluate:
    inputs = [compiled(each) for each in operand["inputs"]]
    longest, defaults = operand.get("useLongestLength", False), operand.get("defaults", [])

    def evaluate(scope: Scope) -> Any:
        lists = [each(scope) for each in inputs]
        if none(*lists):
            return None
        length = (max if longest else min)(map(len, lists))
        usual = [*defaults, *[None] * len(lists)]
        return [[items[at] if at < len(items) else usual[n] for n, items in enumerate(lists)] for at in range(length)]

    return evaluate


def _and(operand: Any) -> Evaluate:
    items = [compiled(each) for each in (operand if isinstance(operand, list) else [operand])]
    return lambda scope: all(truth(item(scope)) for item in items)


def _or(operand: Any) -> Evaluate:
    items = [compiled(each) for each in (operand if isinstance(operand, list) else [operand])]
    return lambda scope: any(truth(item(scope)) for item in items)


def _of_date(work: Callable[..., Any]) -> Callable[[Any], Evaluate]:
    """An operator of a date, which may stand in an object with its time zone."""

    def make(operand: Any) -> Evaluate:
        only = operand[0] if isinstance(operand, list) and len(operand) == 1 else operand
        given = only if isinstance(only, dict) and not next(iter(only), "$").startswith("$") else {"date": only}
        parts = {name: compiled(each) for name, each in given.items()}

        def evaluate(scope: Scope) -> Any:
            values = {name: each(scope) for name, each in parts.items()}
            if any(none(value) for value in values.values()):
                return None
            try:
                return work(**values)
            except (TypeError, ValueError, KeyError) as error:
                raise failed(f"can't convert to a date: {error}") from error

        return evaluate

    return make


def _trim(strip: str) -> Callable[[Any], Evaluate]:
    def make(operand: Any) -> Evaluate:
        given = operand if isinstance(operand, dict) and "input" in operand else {"input": operand}
        text, chars = compiled(given["input"]), compiled(given.get("chars"))

        def evaluate(scope: Scope) -> Any:
            value = text(scope)
            return None if none(value) else getattr(str(value), strip)(chars(scope))

        return evaluate

    return make


SPECIAL: Mapping[str, Callable[[Any], Evaluate]] = {
    "$and": _and, "$or": _or, "$cond": _cond, "$ifNull": _if_null, "$switch": _switch, "$let": _let, "$map": _map,
    "$filter": _filter, "$reduce": _reduce, "$zip": _zip, "$trim": _trim("strip"), "$ltrim": _trim("lstrip"),
    "$rtrim": _trim("rstrip"), **{f"${name}": _of_date(work) for name, work in dates.PARTS.items()},
}  # fmt: skip
