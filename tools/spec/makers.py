"""Which functions give an object of a type that has methods: those that return it, resolve to it, or tell callbacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import Any

from tools.spec.facts import Json

#: What a program writes itself, and no platform gives it: its app, its pages and components, and what these may have.
PROGRAMS_OWN = {"AppInstance", "ComponentInstance", "ComponentLifecycle", "PageLifeCycle", "Show", "TaroNewLifecycle"}


def makers(members: Mapping[str, Json], types: Mapping[str, Json]) -> dict[str, list[str]]:
    """The makers of every manager type, sorted: `createSelectorQuery`, and `SelectorQuery.select` of a `NodesRef`.

    What a type gives of itself (`Animation.rotate`) makes nothing new. A type that nothing gives is not among the keys.
    """
    managers = {name for name, entry in types.items() if entry["role"] == "manager"} - PROGRAMS_OWN
    found: dict[str, set[str]] = defaultdict(set)
    for maker, owner, given in _handed_out(members, types, managers):
        for name in given & managers - {owner}:
            found[name].add(maker)
    return {name: sorted(found[name]) for name in sorted(found)}


def _handed_out(
    members: Mapping[str, Json], types: Mapping[str, Json], managers: Set[str]
) -> Iterator[tuple[str, str, set[str]]]:
    """Each function, method and property by name, the type it belongs to (`""` for Taro itself), and what it gives."""
    for name, entry in members.items():
        yield name, "", set(_given(entry, types))
    for owner in managers:
        entry = types[owner]
        for part in (*entry.get("methods", {}).items(), *((field["name"], field) for field in entry.get("fields", []))):
            yield f"{owner}.{part[0]}", owner, set(_given(part[1], types))


def _given(entry: Json, types: Mapping[str, Json]) -> Iterator[str]:
    """The names of the types that come out of a function or a property."""
    yield from _named(entry.get("type"), types, set())
    for signature in entry.get("signatures", []):
        yield from _named(signature["returns"], types, set())
        for param in signature["params"]:
            yield from _told(param["type"], types)


def _told(param: Any, types: Mapping[str, Json]) -> Iterator[str]:
    """What callbacks are told: the parameter itself, or the `success` of options."""
    entry = _definition(param, types)
    for field in entry.get("fields", []):
        if field["name"] == "success":
            yield from _told(field["type"], types)
    function = _function(param, types)
    for each in function["params"] if function else []:
        yield from _named(each["type"], types, set())


def _function(type_: Any, types: Mapping[str, Json]) -> Json | None:
    if not isinstance(type_, dict):
        return None
    function: Json | None = type_.get("function")
    return function or _function(_definition(type_, types).get("type"), types)


def _definition(type_: Any, types: Mapping[str, Json]) -> Json:
    return types.get(type_.get("ref", ""), {}) if isinstance(type_, dict) else {}


def _named(type_: Any, types: Mapping[str, Json], seen: set[str]) -> Iterator[str]:
    """The type's name, and the names of what it is made of: parts, bases, and the fields of plain data."""
    if isinstance(type_, list):
        for part in type_:
            yield from _named(part, types, seen)
    if not isinstance(type_, dict) or "function" in type_:
        return
    for key in ("args", "union", "intersection", "array", "tuple"):
        yield from _named(type_.get(key), types, seen)
    yield from _named([field["type"] for field in type_.get("object", [])], types, seen)
    name = str(type_.get("ref"))
    if name in types and name not in seen:
        seen.add(name)
        yield name
        yield from _named(_within(types[name]), types, seen)


def _within(entry: Json) -> list[Any]:
    parts = [*entry.get("extends", []), entry.get("type")]
    return parts if entry["role"] == "manager" else [*parts, *(field["type"] for field in entry.get("fields", []))]
