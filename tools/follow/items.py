"""A version's declarations as a flat list: one item for everything that has a name and can change by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from tools.follow import notation
from tools.spec import names
from tools.spec.build import is_promise
from tools.spec.facts import Json

Key = tuple[str, str]  # what it is ("field"), and its path ("login.Option.timeout")


@frozen
class Declarations:
    """What one version declares: members and types by name, before any correction of ours."""

    version: str
    members: dict[str, Json]
    types: dict[str, Json]


@frozen(kw_only=True)
class Item:
    """One function, property, type, field, method, parameter or literal value, with the facts that are compared."""

    noun: str
    path: str
    group: str
    parent: Key | None = None
    type: Any = None  # what it holds or returns; of an interface, its bases
    signature: str = ""  # of a function
    fields: str = ""  # of an object that is declared in place, all on one line
    passed: bool = False  # whether a program gives it: a parameter, or a field of options
    optional: bool = False
    promise: bool = False
    default: str = ""
    deprecated: bool = False
    supported: frozenset[str] | None = None  # None where no tag says anything

    @property
    def key(self) -> Key:
        return self.noun, self.path

    @property
    def text(self) -> str:
        """The whole of it as TypeScript writes it; empty for a value, and for a type without bases."""
        return self.signature or self.fields or ("" if self.type is None else notation.text(self.type))


def items(declarations: Declarations) -> dict[Key, Item]:
    """Everything that a version declares, by key."""
    flattener = _Flattener(declarations.types, names.roles(declarations.members, declarations.types))
    found = [*flattener.members(declarations.members), *flattener.named_types()]
    return {item.key: item for item in found}


@frozen
class _Flattener:
    types: dict[str, Json]
    roles: Mapping[str, str]

    def members(self, members: Mapping[str, Json]) -> Iterator[Item]:
        for name, entry in members.items():
            if "signatures" in entry:
                yield from self._function("function", name, entry, entry["group"], None)
            else:
                yield Item(noun="property", path=name, group=entry["group"], type=entry["type"], **_tags(entry))

    def named_types(self) -> Iterator[Item]:
        for name, entry in self.types.items():
            item = Item(noun="type", path=name, group=entry["group"], type=_type_or_bases(entry), **_tags(entry))
            yield item
            yield from _fields(entry.get("fields", []), item, passed=self.roles[name] == "option")
            for method, function in entry.get("methods", {}).items():
                yield from self._function("method", f"{name}.{method}", function, item.group, item.key)
            for value in entry.get("values", []):
                yield Item(noun="value", path=f"{name} {json.dumps(value)}", group=item.group, parent=item.key)

    def _function(self, noun: str, path: str, entry: Json, group: str, parent: Key | None) -> Iterator[Item]:
        """A function with its parameters; its second and later overloads are numbered, and parts of the first."""
        for number, signature in enumerate(entry["signatures"], 1):
            first = number == 1
            item = Item(
                noun=noun,
                path=path if first else f"{path}#{number}",
                group=group,
                parent=parent if first else (noun, path),
                type=signature["returns"],
                signature=notation.signature(signature),
                promise=is_promise(signature["returns"], self.types),
                **(_tags(entry) if first else {}),
            )
            yield item
            yield from _parameters(signature, item)


def _parameters(signature: Json, function: Item) -> Iterator[Item]:
    for param in signature["params"]:
        yield Item(
            noun="parameter",
            path=f"{function.path}({param['name']})",
            group=function.group,
            parent=function.key,
            type=param["type"],
            passed=True,
            optional=param.get("optional", False) or param.get("rest", False),
        )


def _fields(fields: Iterable[Json], parent: Item, passed: bool) -> Iterator[Item]:
    for entry in fields:
        nested = _nested(entry["type"])
        item = Item(
            noun="field",
            path=f"{parent.path}.{entry['name']}",
            group=parent.group,
            parent=parent.key,
            type=_hollow(entry["type"]) if nested else entry["type"],
            fields=notation.text(entry["type"]) if nested else "",
            passed=passed,
            **_tags(entry),
        )
        yield item
        yield from _fields(nested, item, passed)


def _tags(entry: Json) -> dict[str, Any]:
    """What stands beside the type: in the entry's comment, and whether it may be left out."""
    return {
        "optional": entry.get("optional", False),
        "default": json.dumps(entry["default"], ensure_ascii=False) if "default" in entry else "",
        "deprecated": entry.get("deprecated", False),
        "supported": frozenset(entry["supported"]) if "supported" in entry else None,
    }


def _type_or_bases(entry: Json) -> Any:
    if "type" in entry:
        return entry["type"]
    return {"intersection": entry["extends"]} if "extends" in entry else None


def _nested(type_: Any) -> list[Json]:
    """The fields of an object that is declared in place, or of the objects in such an array."""
    if not isinstance(type_, dict):
        return []
    fields: list[Json] = _nested(type_["array"]) if "array" in type_ else type_.get("object", [])
    return fields


def _hollow(type_: Json) -> Json:
    """An object's type without its fields, which are items of their own."""
    return {"array": _hollow(type_["array"])} if "array" in type_ else {**type_, "object": []}
