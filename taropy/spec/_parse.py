"""From the files' entries to the classes of the view."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from taropy.spec import _files
from taropy.spec._model import (
    Array,
    Field,
    Function,
    Intersection,
    KeyOf,
    Literal,
    Member,
    Object,
    Param,
    Primitive,
    Ref,
    Signature,
    Tuple,
    Type,
    TypeDef,
    TypeParam,
    TypeParamDef,
    Union,
)

Json = dict[str, Any]


@cache
def member(name: str) -> Member:
    """The member of Taro with this name; KeyError if there is none."""
    return _member(name, _files.members()[name], _files.member(name))


@cache
def type_def(name: str) -> TypeDef:
    """The named type with this qualified name; KeyError if there is none."""
    entry = _files.type_def(name)
    group = _files.types()[name]
    methods = {method: _member(method, group, raw) for method, raw in entry.get("methods", {}).items()}
    return TypeDef(
        name=name,
        group=group,
        kind=entry["kind"],
        model=entry["model"],
        role=entry["role"],
        extends=_types(entry.get("extends", [])),
        type_params=_type_params(entry),
        fields=tuple(_with_uncorrected(_field(raw), entry.get("was") or {}) for raw in entry.get("fields", [])),
        index=_optional_type(entry, "index"),
        methods=MappingProxyType(methods),
        type=_optional_type(entry, "type"),
        values=tuple(entry.get("values", [])),
    )


def _member(name: str, group: str, entry: Json) -> Member:
    return Member(
        name=name,
        group=group,
        is_function=entry["kind"] == "function",
        is_promise=entry.get("promise", False),
        signatures=_signatures(entry.get("signatures", [])),
        type=_optional_type(entry, "type"),
        tags=_tags(entry),
        platforms=frozenset(entry.get("platforms", ())),
        see=entry.get("see"),
        since=entry.get("since"),
        deprecated=entry.get("deprecated", False),
        ignored=entry.get("ignored", False),
        optional=entry.get("optional", False),
    )


def _field(entry: Json) -> Field:
    return Field(
        name=entry["name"],
        type=parse_type(entry["type"]),
        optional=entry.get("optional", False),
        default=entry.get("default"),
        has_default="default" in entry,
        tags=_tags(entry),
        deprecated=entry.get("deprecated", False),
    )


def _with_uncorrected(field: Field, was: Json) -> Field:
    """The field, and what upstream says of it where that is corrected: `was` has the old values by their paths."""
    path = f"fields/{field.name}"
    if path in was:
        old = was[path]
        before = attrs.evolve(field, optional=True) if old is None else _field(old)
    elif f"{path}/type" in was:
        before = attrs.evolve(field, type=parse_type(was[f"{path}/type"]))
    else:
        return field
    return attrs.evolve(field, uncorrected=before)


def _signatures(entries: list[Json]) -> tuple[Signature, ...]:
    return tuple(Signature(_params(entry), parse_type(entry["returns"]), _type_params(entry)) for entry in entries)


def _params(entry: Json) -> tuple[Param, ...]:
    return tuple(
        Param(raw["name"], parse_type(raw["type"]), raw.get("optional", False), raw.get("rest", False))
        for raw in entry["params"]
    )


def _type_params(entry: Json) -> tuple[TypeParamDef, ...]:
    return tuple(TypeParamDef(raw["name"], _optional_type(raw, "default")) for raw in entry.get("typeParams", []))


def _tags(entry: Json) -> tuple[str, ...] | None:
    return tuple(entry["supported"]) if "supported" in entry else None


def _types(entries: list[Any]) -> tuple[Type, ...]:
    return tuple(parse_type(entry) for entry in entries)


def _optional_type(entry: Json, key: str) -> Type | None:
    return parse_type(entry[key]) if key in entry else None


def parse_type(entry: Any) -> Type:
    """A type from its JSON: a name for a primitive, else an object with one telling key."""
    if isinstance(entry, str):
        return _primitive(entry)
    for key, read in _READERS.items():
        if key in entry:
            return read(entry)
    raise ValueError(f"not a type of the spec: {entry!r}")


@cache
def _primitive(name: str) -> Primitive:
    return Primitive(name)


def _keyof(entry: Json) -> KeyOf:
    target = entry["keyof"]
    return KeyOf(Ref(target) if isinstance(target, str) else parse_type(target))


def _function(entry: Json) -> Function:
    return Function(_params(entry["function"]), parse_type(entry["function"]["returns"]))


def _object(entry: Json) -> Object:
    return Object(
        fields=tuple(_field(raw) for raw in entry["object"]),
        index=_optional_type(entry, "index"),
        calls=_signatures(entry.get("call", [])),
        constructs=_signatures(entry.get("construct", [])),
    )


_READERS: dict[str, Callable[[Json], Type]] = {
    "ref": lambda entry: Ref(entry["ref"], _types(entry.get("args", []))),
    "literal": lambda entry: Literal(entry["literal"]),
    "union": lambda entry: Union(_types(entry["union"])),
    "array": lambda entry: Array(parse_type(entry["array"])),
    "function": _function,
    "object": _object,
    "keyof": _keyof,
    "param": lambda entry: TypeParam(entry["param"]),
    "intersection": lambda entry: Intersection(_types(entry["intersection"])),
    "tuple": lambda entry: Tuple(_types(entry["tuple"])),
}
