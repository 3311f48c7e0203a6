"""`db.command`: conditions and changes in place of values.

What a command is called that Python has as a word of its own ends in `_`: `_.and_`, `_.or_`, `_.not_`, `_.in_`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ...core.options import js_type
from ...core.telling import Showing
from ..errors import WRONG_TYPE, wrong_parameter
from .values import Shape


class Condition:
    """A condition on a field, or on a whole record; further ones can be chained."""

    def and_(self, *others: Any) -> Logic:
        """This condition and the others."""
        return Logic("and", [self, *_listed(others)])

    def or_(self, *others: Any) -> Logic:
        """This condition or one of the others."""
        return Logic("or", [self, *_listed(others)])

    def nor(self, *others: Any) -> Logic:
        """Neither this condition nor any of the others."""
        return Logic("nor", [self, *_listed(others)])

    def not_(self) -> Logic:
        """Not this condition."""
        return Logic("not", [self])

    def __getattr__(self, name: str) -> Any:
        if name in _WORDS:
            return getattr(self, _WORDS[name])
        method = None if name.startswith("__") else getattr(Command, f"{name}_" if name == "in" else name, None)
        if method is None or name.rstrip("_") not in QUERIES:
            raise AttributeError(f"a condition has no {name}")
        return lambda *given: self.and_(method(Command(), *given))


@attrs.frozen(repr=False)
class Query(Condition):
    """A condition on a field, as `_.gt(18)`."""

    operator: str
    operand: Any

    def __repr__(self) -> str:
        return f"_.{self.operator}({self.operand!r})"


@attrs.frozen(repr=False)
class Logic(Condition):
    """Conditions that are joined."""

    operator: str
    operands: list[Any]

    def __repr__(self) -> str:
        return f"_.{self.operator}({', '.join(map(repr, self.operands))})"


@attrs.frozen(repr=False)
class Update:
    """A change of a field, as `_.inc(1)`."""

    operator: str
    operand: Any = None

    def __repr__(self) -> str:
        return f"_.{self.operator}({'' if self.operand is None else repr(self.operand)})"


@attrs.frozen
class Expression:
    """An operator of `_.aggregate`, with what it was given."""

    operator: str
    operand: Any


#: Python's words, by those of JavaScript.
_WORDS = {"and": "and_", "or": "or_", "not": "not_"}
QUERIES = frozenset({
    "eq", "neq", "gt", "gte", "lt", "lte", "in", "nin", "exists", "mod", "all", "elemMatch", "size", "geoNear",
    "geoWithin", "geoIntersects",
})  # fmt: skip


def _listed(given: tuple[Any, ...]) -> list[Any]:
    """The arguments, or those in the list that was given in their place."""
    return list(given[0]) if len(given) == 1 and isinstance(given[0], (list, tuple)) else list(given)


def _array(value: Any, name: str) -> list[Any]:
    if js_type(value) != "Array":
        raise wrong_parameter(f"{name} expects an Array instead of {js_type(value)}", WRONG_TYPE)
    return list(value)


def _number(value: Any, name: str) -> float:
    if js_type(value) != "Number":
        raise wrong_parameter(f"{name} expects a Number instead of {js_type(value)}", WRONG_TYPE)
    number: float = value
    return number


class Command(Showing):
    """`db.command`."""

    def __getattr__(self, name: str) -> Any:
        if name in ("and", "or", "not", "in"):
            return getattr(self, f"{name}_")
        raise AttributeError(f"db.command has no {name}")

    @property
    def aggregate(self) -> Aggregates:
        """The operators of aggregates: `_.aggregate.sum("$n")`."""
        return Aggregates()

    @property
    def project(self) -> Projects:
        """What `field` takes beside true and false: `_.project.slice(3)`."""
        return Projects()

    # --- conditions --------------------------------------------------------------------------------------------

    def eq(self, value: Any) -> Query:
        """Equal to a value."""
        return Query("eq", value)

    def neq(self, value: Any) -> Query:
        """Not equal to a value."""
        return Query("neq", value)

    def gt(self, value: Any) -> Query:
        """Greater than a value of the same type."""
        return Query("gt", value)

    def gte(self, value: Any) -> Query:
        """Greater than a value or equal to it."""
        return Query("gte", value)

    def lt(self, value: Any) -> Query:
        """Less than a value of the same type."""
        return Query("lt", value)

    def lte(self, value: Any) -> Query:
        """Less than a value or equal to it."""
        return Query("lte", value)

    def in_(self, values: Any) -> Query:
        """One of the values."""
        return Query("in", _array(values, "in"))

    def nin(self, values: Any) -> Query:
        """None of the values."""
        return Query("nin", _array(values, "nin"))

    def exists(self, there: Any) -> Query:
        """Whether the field is there."""
        return Query("exists", bool(there))

    def mod(self, divisor: Any, remainder: Any = None) -> Query:
        """Numbers that leave this remainder; the two may stand in a list."""
        pair = _array(divisor, "mod") if remainder is None else [divisor, remainder]
        return Query("mod", [_number(each, "mod") for each in pair])

    def all(self, values: Any) -> Query:
        """Lists that have all of the values."""
        return Query("all", _array(values, "all"))

    def elemMatch(self, condition: Any) -> Query:
        """Lists with an element that meets the condition, or all of the fields'."""
        return Query("elemMatch", condition)

    def size(self, length: Any) -> Query:
        """Lists of this length."""
        return Query("size", _number(length, "size"))

    def geoNear(self, options: Any) -> Query:
        """Places near `geometry`, a point, the nearest first; `maxDistance` and `minDistance` in metres."""
        return Query("geoNear", {**_options(options, "geoNear"), "geometry": _shape(options, "geoNear", "Point")})

    def geoWithin(self, options: Any) -> Query:
        """Places within `geometry`, an area or several, or within `centerSphere`: a point and a radius in radians."""
        if isinstance(options, Mapping) and "centerSphere" in options:
            centre, radius = _array(options["centerSphere"], "centerSphere")[:2]
            at = centre.coordinates() if isinstance(centre, Shape) else list(centre)
            return Query("geoWithin", {"centerSphere": [at, _number(radius, "centerSphere")]})
        return Query("geoWithin", {"geometry": _shape(options, "geoWithin", "Polygon", "MultiPolygon")})

    def geoIntersects(self, options: Any) -> Query:
        """Places that have a point in common with `geometry`."""
        return Query("geoIntersects", {"geometry": _shape(options, "geoIntersects")})

    def and_(self, *conditions: Any) -> Logic:
        """All of the conditions."""
        return Logic("and", _listed(conditions))

    def or_(self, *conditions: Any) -> Logic:
        """One of the conditions."""
        return Logic("or", _listed(conditions))

    def nor(self, *conditions: Any) -> Logic:
        """None of the conditions."""
        return Logic("nor", _listed(conditions))

    def not_(self, condition: Any) -> Logic:
        """Not the condition."""
        return Logic("not", [condition])

    def expr(self, expression: Any) -> Query:
        """An expression of `_.aggregate` that has to be true of the record; in place of a condition."""
        return Query("expr", expression)

    # --- changes -----------------------------------------------------------------------------------------------

    def set(self, value: Any) -> Update:
        """The field as a whole becomes the value, an object too."""
        return Update("set", value)

    def remove(self) -> Update:
        """Takes the field away."""
        return Update("unset", "")

    def inc(self, value: Any) -> Update:
        """Adds a number."""
        return Update("inc", _number(value, "inc"))

    def mul(self, value: Any) -> Update:
        """Multiplies by a number."""
        return Update("mul", _number(value, "mul"))

    def min(self, value: Any) -> Update:
        """The value, if it is less than the field."""
        return Update("min", value)

    def max(self, value: Any) -> Update:
        """The value, if it is greater than the field."""
        return Update("max", value)

    def rename(self, name: Any) -> Update:
        """Another name for the field."""
        return Update("rename", name)

    def bit(self, value: Any) -> Update:
        """`and`, `or` or `xor` with a number."""
        return Update("bit", _options(value, "bit"))

    def push(self, *values: Any) -> Update:
        """Adds values at the end of a list; of an object, `each` of a list at a `position`, to `sort` and `slice`."""
        if len(values) == 1 and isinstance(values[0], Mapping) and "each" in values[0]:
            given = values[0]
            _array(given["each"], "push")
            return Update(
                "push", {f"${name}": given[name] for name in ("each", "position", "sort", "slice") if name in given}
            )
        return Update("push", {"$each": _listed(values)})

    def pop(self) -> Update:
        """Takes the last value off a list."""
        return Update("pop", 1)

    def shift(self) -> Update:
        """Takes the first value off a list."""
        return Update("pop", -1)

    def unshift(self, *values: Any) -> Update:
        """Adds values at the beginning of a list."""
        return Update("push", {"$each": _listed(values), "$position": 0})

    def addToSet(self, value: Any) -> Update:
        """Adds a value to a list that does not have it; of `{each: […]}` several."""
        each = isinstance(value, Mapping) and "each" in value
        return Update("addToSet", {"$each": _array(value["each"], "addToSet") if each else [value]})

    def pull(self, condition: Any) -> Update:
        """Takes what is equal, or meets the condition, off a list."""
        return Update("pull", condition)

    def pullAll(self, values: Any) -> Update:
        """Takes all that is among the values off a list."""
        return Update("pullAll", _array(values, "pullAll"))


class Aggregates(Showing):
    """`db.command.aggregate`: each operator takes its operand, and stands in a stage in place of a value."""

    def pipeline(self) -> Pipeline:
        """The stages of a `lookup`'s own pipeline: `_.aggregate.pipeline().match(…).done()`."""
        return Pipeline(())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        word = name.rstrip("_")
        return lambda operand=None: Expression("ne" if word == "neq" else word, operand)


@attrs.frozen
class Pipeline:
    """Stages that stand inside another one."""

    stages: tuple[dict[str, Any], ...]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda operand=None: Pipeline((*self.stages, {name: operand}))

    def done(self) -> list[dict[str, Any]]:
        """The stages."""
        return list(self.stages)


class Projects(Showing):
    """`db.command.project`."""

    def slice(self, part: Any) -> Expression:
        """A part of a list: so many of the first, of the last if negative, or `[skip, limit]`."""
        return Expression("slice", part)

    def elemMatch(self, condition: Any) -> Expression:
        """The first element that meets the condition."""
        return Expression("elemMatch", condition)


def _options(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise wrong_parameter(f"{name} expects an Object instead of {js_type(value)}", WRONG_TYPE)
    return dict(value)


def _shape(options: Any, name: str, *kinds: str) -> Shape:
    shape = _options(options, name).get("geometry")
    if not isinstance(shape, Shape) or (kinds and shape.TYPE not in kinds):
        wanted = " or ".join(kinds) or "a place"
        raise wrong_parameter(f'{name}: "geometry" must be of type {wanted}', WRONG_TYPE)
    return shape
