"""Values that fit a type of the spec, so that tests can use every member of Taro."""

from __future__ import annotations

import datetime
from typing import Any

from taropy import spec
from taropy.spec import (
    Array,
    Field,
    Function,
    KeyOf,
    Literal,
    Member,
    Param,
    Primitive,
    Ref,
    Tuple,
    Type,
    Union,
)

PLAIN = {"string": "a", "number": 1, "boolean": True}
BUILT_IN = {"ArrayBuffer": b"a", "Array": [], "Date": datetime.datetime(2026, 1, 1), "Record": {}, "Partial": {}}


def ignore(*_: Any) -> None:
    """A callback."""


def fitting(type_: Type) -> Any:
    """A small value of the type."""
    values = spec.values_of(type_)
    if values:
        return values[0]
    match type_:
        case Primitive(name):
            return PLAIN.get(name, {})
        case Literal(value):
            return value
        case Array() | Tuple():
            return []
        case Function():
            return ignore
        case Union(items):
            return fitting(next(item for item in items if item not in (Primitive("undefined"), Primitive("null"))))
        case KeyOf(of):
            return next(iter(spec.fields_of(of)), "a")
        case Ref("Function"):
            return ignore
        case Ref(name) if name in BUILT_IN:
            return BUILT_IN[name]
        case Ref(name) if name in spec.type_names():
            definition = spec.type_def(name)
            return {} if definition.type is None else fitting(definition.type)
        case _:  # an object: what has to be in it is the native object's business
            return {}


def options(member: Member) -> dict[str, Any]:
    """The least options that the declaration of a function asks for."""
    assert member.option is not None
    return {name: fitting(field.type) for name, field in spec.fields_of(member.option).items() if needed(field)}


def needed(field: Field | Param) -> bool:
    """Whether it has to be given."""
    return not field.optional


def arguments(member: Member) -> tuple[Any, ...]:
    """The least arguments with which a function can be called."""
    signature = min(member.signatures, key=lambda signature: len(signature.params))
    params = [param for param in signature.params if needed(param) and not param.rest]
    if member.option is not None:
        return (options(member),)
    return tuple(fitting(param.type) for param in params)
