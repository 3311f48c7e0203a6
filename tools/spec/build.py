"""From upstream's facts and the overrides to the generated files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tools.spec import facts, files, makers, methods, names, overrides, references, support
from tools.spec.facts import Json


def build(extracted: Json, corrections: Path, pin: Mapping[str, str]) -> dict[str, str]:
    """Every file of spec/upstream by its relative path.

    `corrections` is the overrides folder, `pin` the packages that were read with their versions.
    """
    members = facts.members(extracted["declarations"])
    types = facts.types(extracted["declarations"])
    overrides.correct(members, overrides.read(corrections, "members"), "member")
    overrides.correct(types, overrides.read(corrections, "types"), "type")
    name_types(members, types, corrections)
    mark_promises(members, types)
    references.check(members, types)
    overrides.check_apis(overrides.read(corrections, "interactive"), "interactive", members)
    sources = support.sources(members, extracted["code"])
    decided = support.decide(members, extracted["code"], overrides.read(corrections, "support"))
    for name, platforms in decided.items():
        members[name]["platforms"] = platforms
    made_by = makers.makers(members, types)
    methods.decide(types, made_by, decided, overrides.read(corrections, "methods"))
    return {
        **files.group_files(members, types),
        "makers.json": files.document({"makers": made_by}),
        "support.json": files.document(sources),
        "undeclared.json": files.document(support.undeclared(members, extracted["code"])),
        "pin.json": files.document({"packages": dict(pin)}),
    }


def name_types(members: Mapping[str, Json], types: Mapping[str, Json], corrections: Path) -> None:
    """Give every type its role and model name; a role that a correction has set stays."""
    roles = names.roles(members, types)
    models = names.model_names(roles, overrides.settled_names(overrides.read(corrections, "models"), dict(types)))
    for name, entry in types.items():
        entry.update(role=entry.get("role", roles[name]), model=models[name])


def mark_promises(members: Mapping[str, Json], types: Mapping[str, Json]) -> None:
    """Mark the functions, methods included, whose declared return is a Promise or a task that extends one."""
    methods = [method for entry in types.values() for method in entry.get("methods", {}).values()]
    for function in (*members.values(), *methods):
        if any(is_promise(signature["returns"], types) for signature in function.get("signatures", [])):
            function["promise"] = True


def is_promise(type_: object, types: Mapping[str, Json]) -> bool:
    """Whether a type is `Promise` itself, an interface that extends it, or an alias or intersection of one."""
    if not isinstance(type_, dict):
        return False
    if any(is_promise(part, types) for part in type_.get("intersection", [])):
        return True
    name = type_.get("ref")
    entry = types.get(name or "", {})
    return name == "Promise" or any(is_promise(base, types) for base in (*entry.get("extends", []), entry.get("type")))
