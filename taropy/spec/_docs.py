"""Our own words about Taro's functions and types: one TOML file a group, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from taropy.spec import _files
from taropy.spec._model import Intersection, Ref, Type, Union
from taropy.spec._parse import type_def

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def _read_only(texts: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(texts))


@attrs.frozen
class MemberText:
    """What a member of Taro does, in English.

    `returns` and `fails` are `None` where `what` says all that is known. `options` are the texts of what has no type
    of its own to be described at: parameters by name, and the fields of an anonymous options object.
    """

    what: str
    returns: str | None = None
    fails: str | None = None
    options: Mapping[str, str] = attrs.field(factory=dict, converter=_read_only, hash=False)


@cache
def describe_member(name: str) -> MemberText | None:
    """The description of a member; `None` if it has none, KeyError for a name that Taro does not have."""
    entry = _section(_files.members()[name], "members").get(name)
    return None if entry is None else MemberText(**entry)


@cache
def describe_type(qualified: str) -> Mapping[str, str]:
    """The texts of a type's fields, methods and values by name, and of the type itself under the empty name.

    A value that is a number stands under its digits. KeyError for a type that Taro does not have.
    """
    return _read_only(_section(_files.types()[qualified], "types").get(qualified, {}))


@cache
def describe_fields(type_: Type) -> Mapping[str, str]:
    """The texts of all fields of an object type by name: its own, and those of the types that it is made of."""
    return _read_only(_texts(type_))


def _texts(type_: Type) -> dict[str, str]:
    match type_:
        case Union(items) | Intersection(items):
            return _joined(items)
        case Ref(name) if name in _files.types():
            definition = type_def(name)
            bases = definition.extends if definition.type is None else (definition.type,)
            return _joined(bases) | {field: text for field, text in describe_type(name).items() if field}
        case Ref(_, args):
            return _joined(args[:1])  # Partial<Option> and the like
        case _:
            return {}


def _joined(types: Iterable[Type]) -> dict[str, str]:
    return {name: text for type_ in types for name, text in describe_fields(type_).items()}


def _section(group: str, section: str) -> Mapping[str, Any]:
    entries: Mapping[str, Any] = _document(group).get(section, _NOTHING)
    return entries


@cache
def _document(group: str) -> Mapping[str, Any]:
    import tomllib

    try:
        with open(f"{_files.SPEC}/docs/{group}.toml", "rb") as file:  # noqa: PTH123
            return tomllib.load(file)
    except FileNotFoundError:  # a group in which every name speaks for itself has no file
        return _NOTHING
