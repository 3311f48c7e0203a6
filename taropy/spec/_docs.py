"""Our own words about Taro's functions and types: one TOML file a group, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from taropy.spec import _files

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
