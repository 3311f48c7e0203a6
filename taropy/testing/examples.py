"""Values that fit, or do not fit, a type of the spec: so every member of Taro can be used without knowing it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from .. import spec
from ..spec import CALLBACKS, Array, Field, Function, KeyOf, Literal, Member, Param, Primitive, Ref, Tuple, Type, Union

PLAIN: Mapping[str, Any] = {"string": "a", "number": 1, "boolean": True}
BUILT_IN: Mapping[str, Any] = {
    "ArrayBuffer": b"a",
    "Array": [],
    "Date": datetime.datetime(2026, 1, 1),
    "Record": {},
    "Partial": {},
}


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
        case Function() | Ref("Function"):
            return ignore
        case Union(items):
            return fitting(next(item for item in items if item not in (Primitive("undefined"), Primitive("null"))))
        case KeyOf(of):
            return next(iter(spec.fields_of(of)), "a")
        case Ref(name) if name in BUILT_IN:
            return BUILT_IN[name]
        case Ref(name) if name in spec.type_names():
            aliased = spec.type_def(name).type
            return {} if aliased is None else fitting(aliased)
        case _:  # an object: what has to be in it is the native object's business
            return {}


def unfitting(type_: Type) -> Any:
    """A value that the type does not allow; None where that depends on more than the type's kind."""
    if spec.values_of(type_):
        return "no such value"
    match type_:
        case Primitive("number" | "boolean"):
            return "a"
        case Primitive("string") | Array() | Function() | Ref("Function" | "ArrayBuffer"):
            return 7
        case Ref(name) if name in spec.type_names():
            aliased = spec.type_def(name).type
            return None if aliased is None else unfitting(aliased)
        case _:
            return None


def unfitting_option(field: Field) -> Any:
    """A value of an option that neither its declaration allows nor, if that is corrected, upstream's own; or None."""
    wrong = unfitting(field.type)
    return wrong if field.uncorrected is None or unfitting(field.uncorrected.type) == wrong else None


def needed_by_both(field: Field) -> bool:
    """Whether an option has to be given by its declaration and, where that is corrected, by upstream's own too."""
    return needed(field) and (field.uncorrected is None or needed(field.uncorrected))


def needed(field: Field | Param) -> bool:
    """Whether it has to be given."""
    return not field.optional


def option_fields(member: Member) -> Mapping[str, Field]:
    """The options of a function, without the callbacks; empty if it takes none."""
    fields = spec.fields_of(member.option) if member.option is not None else {}
    return {name: field for name, field in fields.items() if name not in CALLBACKS}


def options(member: Member) -> dict[str, Any]:
    """The least options that the declaration of a function asks for."""
    assert member.option is not None
    return {name: fitting(field.type) for name, field in spec.fields_of(member.option).items() if needed(field)}


def all_options(member: Member) -> dict[str, Any]:
    """Every option of a function, but the callbacks."""
    return {name: fitting(field.type) for name, field in option_fields(member).items()}


def arguments(member: Member) -> tuple[Any, ...]:
    """The least arguments with which a function can be called."""
    if member.option is not None:
        return (options(member),)
    signature = min(member.signatures, key=lambda signature: len(signature.params))
    return tuple(fitting(param.type) for param in signature.params if needed(param) and not param.rest)
