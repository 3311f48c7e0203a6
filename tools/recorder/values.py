"""Values that fit the spec's types, as JSON, so that Node and Python can call functions with the same ones.

What JSON cannot say is a marker: `"$function"` is a function, `"$bytes"` is an ArrayBuffer of two bytes, `"$date"` the
first of January 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taropy import spec
from taropy.spec import Array, Field, Function, Intersection, KeyOf, Literal, Object, Primitive, Ref, Tuple, Type, Union

FUNCTION = "$function"
NOTHING = (Primitive("undefined"), Primitive("null"), Primitive("void"))
PRIMITIVES: Mapping[str, Any] = {"number": 1, "boolean": True, "any": "anything", "unknown": "anything", "object": {}}
BUILT_IN: Mapping[str, Any] = {
    "Array": [],
    "ArrayBuffer": "$bytes",
    "Date": "$date",
    "Function": FUNCTION,
    "Partial": {},
    "Record": {},
}
#: Types contain each other; objects below this depth are empty.
DEPTH = 2


def fitting(type_: Type, name: str = "", depth: int = DEPTH) -> Any:
    """A small value of the type; a text says the name of the field that it is in."""
    values = spec.values_of(type_)
    if values:
        return values[0]
    match type_:
        case Primitive(kind):
            return name if kind == "string" else PRIMITIVES.get(kind)
        case Literal(value):
            return value
        case Array(item):
            return [fitting(item, name, depth - 1)] if depth > 0 else []
        case Tuple(items):
            return [fitting(item, name, depth - 1) for item in items]
        case Function():
            return FUNCTION
        case Union(items):
            return fitting(next((item for item in items if item not in NOTHING), NOTHING[0]), name, depth)
        case KeyOf(of):
            return next(iter(spec.fields_of(of)), name)
        case Ref(kind) if kind in BUILT_IN:
            return BUILT_IN[kind]
        case Ref(kind) if kind in spec.type_names() and spec.type_def(kind).kind == "alias":
            return _alias(type_, name, depth)
        case Ref() | Object() | Intersection():
            return fields(type_, depth - 1, required=True)
        case _:
            return {}


def _alias(type_: Ref, name: str, depth: int) -> Any:
    aliased = spec.type_def(type_.name).type
    return {} if aliased is None else fitting(aliased, name, depth)


def fields(type_: Type, depth: int = DEPTH, *, required: bool) -> dict[str, Any]:
    """An object of the type with its required fields, or with all; callbacks are left to the case."""
    if depth < 0:
        return {}
    return {
        name: fitting(field.type, name, depth)
        for name, field in spec.fields_of(type_).items()
        if name not in ("success", "fail", "complete") and (not required or not field.optional) and _is_data(field)
    }


def _is_data(field: Field) -> bool:
    return not isinstance(field.type, Function) or not field.optional
