"""Which platform's objects have which methods: the tags decide where they know the object, else an override does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from tools.spec.facts import Json
from tools.spec.overrides import OverrideError
from tools.spec.support import PLATFORMS, tagged

#: A type, one of its methods, and a platform.
Cell = tuple[str, str, str]


def decide(
    types: Mapping[str, Json], makers: Mapping[str, list[str]], given: Mapping[str, list[str]], entries: list[Json]
) -> None:
    """Write into each method of a type that something makes the `platforms` whose objects have it.

    A platform on which nothing makes the object has none of its methods. Else an override decides; without one the
    tags do, if they name the platform for any method of the type. A method without a tag is wherever its object is.
    `given` are the platforms of Taro's members. Raises OverrideError for cells that nothing decides, and for overrides
    that decide nothing.
    """
    decisions = _read(types, entries)
    found = _settled(types, makers, given, decisions)
    if undecided := {cell for cell, had in found.items() if had is None}:
        raise OverrideError("no tag knows these objects; decide them in overrides/methods.json:\n" + _listed(undecided))
    if idle := {cell for cell in decisions if cell not in found or by_tags(types, *cell) is decisions[cell]}:
        raise OverrideError("overrides/methods.json decides nothing for these:\n" + _listed(idle))
    for name in makers:
        for method, entry in types[name].get("methods", {}).items():
            entry["platforms"] = [platform for platform in PLATFORMS if found.get((name, method, platform))]


def by_tags(types: Mapping[str, Json], name: str, method: str, platform: str) -> bool | None:
    """Whether the tags give the platform's object the method; `None` where they do not know the object there."""
    methods = types[name]["methods"]
    tag = tagged(methods[method], platform)
    known = tag is None or any(tagged(entry, platform) for entry in methods.values())
    return tag is not False if known else None


def _settled(
    types: Mapping[str, Json],
    makers: Mapping[str, list[str]],
    given: Mapping[str, list[str]],
    decisions: Mapping[Cell, bool],
) -> dict[Cell, bool | None]:
    """Every cell in which there is an object. Methods make objects too, so this takes some rounds."""
    found: dict[Cell, bool | None] = {}
    made: set[tuple[str, str]] = {(name, platform) for name, platforms in given.items() for platform in platforms}
    while True:
        before = len(made)
        for name, platform in product(makers, PLATFORMS):
            if any((maker, platform) in made for maker in makers[name]):
                made |= {(f"{name}.{field['name']}", platform) for field in types[name].get("fields", [])}
                for method in types[name].get("methods", {}):
                    cell = (name, method, platform)
                    found[cell] = decisions[cell] if cell in decisions else by_tags(types, *cell)
                    made |= {(f"{name}.{method}", platform)} if found[cell] else set()
        if len(made) == before:
            return found


def _read(types: Mapping[str, Json], entries: list[Json]) -> dict[Cell, bool]:
    """The decision for each cell that an override names; `"all"` stands for every method of the type."""
    decisions: dict[Cell, bool] = {}
    for entry in entries:
        for cell in cells(types, entry):
            if cell in decisions:
                raise OverrideError(f"overrides/methods.json decides twice: {_listed({cell})}")
            decisions[cell] = entry["supported"]
    return decisions


def cells(types: Mapping[str, Json], entry: Json) -> Iterator[Cell]:
    """The cells that an entry of overrides/methods.json names."""
    for name, methods in entry["methods"].items():
        known = types.get(name, {}).get("methods", {})
        for method in known if methods == "all" else methods:
            if method not in known:
                raise OverrideError(f"overrides/methods.json names what does not exist: {name}.{method}")
            yield from ((name, method, platform) for platform in entry["platforms"])


def _listed(cells: set[Cell]) -> str:
    """One line per type and platform, with its methods in order."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, method, platform in sorted(cells):
        lines[name, platform].append(method)
    return "\n".join(f"  {name} on {platform}: {', '.join(methods)}" for (name, platform), methods in lines.items())
