"""What every named type is called in Python, and which role it plays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tools.spec.facts import Json

#: Last names that say "this is what the call gives".
RESULT_NAMES = {"SuccessCallbackResult", "SuccessCallbackOption", "Result"}

#: The three callbacks of an options object; what they receive is a result.
CALLBACKS = ("success", "fail", "complete")


class NameClash(Exception):
    """Several types would get one model name, and overrides/models.json does not settle it."""


def model_names(roles: Mapping[str, str], settled: Mapping[str, str]) -> dict[str, str]:
    """Model name by qualified name; `settled` holds the names that were chosen by hand."""
    idle = sorted(name for name, model in settled.items() if model_name(name, roles[name]) == model)
    if idle:
        raise NameClash(f"overrides/models.json gives names that are not needed: {', '.join(idle)}")
    names = {name: settled.get(name) or model_name(name, role) for name, role in roles.items()}
    counts = Counter(names.values())
    clashes = sorted(f"{model}: {name}" for name, model in names.items() if counts[model] > 1)
    if clashes:
        raise NameClash(
            "model names that several types share (settle them in overrides/models.json):\n  " + "\n  ".join(clashes)
        )
    bad = sorted(model for model in names.values() if not model.isidentifier())
    if bad:
        raise NameClash(f"model names that are not identifiers: {', '.join(bad)}")
    return names


def model_name(qualified: str, role: str) -> str:
    """`login.SuccessCallbackResult` is LoginResult; a type named Option that is a result ends in Result as well."""
    *path, last = qualified.removeprefix("TaroGeneral.").split(".")
    if path and (last in RESULT_NAMES or (last == "Option" and role == "result")):
        last = "Result"
    return "".join(part[:1].upper() + part[1:] for part in [*path, last])


def roles(members: Mapping[str, Json], types: Mapping[str, Json]) -> dict[str, str]:
    """The role of each type: option, result, callback, manager, literals or data."""
    signatures = list(_signatures(members, types))
    passed = {ref for signature in signatures for param in signature["params"] for ref in refs(param["type"])}
    given = {ref for signature in signatures for ref in _given(signature, types)} | _heard(types)
    return {name: _role(name, entry, passed, given) for name, entry in types.items()}


def _role(name: str, entry: Json, passed: set[str], given: set[str]) -> str:
    if "values" in entry:
        return "literals"
    if entry["kind"] == "alias" and _is_function(entry["type"]):
        return "callback"
    if name in passed and _is_option(name, entry, given):
        return "option"
    if "methods" in entry and (name in given or name not in passed):
        return "manager"
    return "result" if name in given or name.endswith(("CallbackResult", ".Result")) else "data"


def _is_option(name: str, entry: Json, given: set[str]) -> bool:
    """Whether what is passed to functions is their options: by its name, or a plain object that none gives back."""
    if name.rpartition(".")[2].endswith(("Option", "Options")):
        return True
    return entry["kind"] == "interface" and "methods" not in entry and name not in given


def refs(type_: Any) -> Iterator[str]:
    """The names in a type that is a reference or made of references; functions and objects are not entered."""
    if isinstance(type_, dict):
        if "ref" in type_:
            yield type_["ref"]
            yield from (name for argument in type_.get("args", []) for name in refs(argument))
        for part in (*type_.get("union", []), *type_.get("intersection", []), type_.get("array")):
            yield from refs(part)


def _signatures(members: Mapping[str, Json], types: Mapping[str, Json]) -> Iterator[Json]:
    for member in members.values():
        yield from member.get("signatures", [])
    for entry in types.values():
        for method in entry.get("methods", {}).values():
            if "optional" not in method:
                yield from method["signatures"]


def _given(signature: Json, types: Mapping[str, Json]) -> Iterator[str]:
    """What a call returns, and what the callbacks among its parameters receive."""
    yield from refs(signature["returns"])
    for param in signature["params"]:
        yield from _received(param["type"], types)


def _heard(types: Mapping[str, Json]) -> set[str]:
    """What the functions receive that a program passes inside an object: success, fail, complete, lifecycle methods."""
    return {name for entry in types.values() for name in (*_heard_by_fields(entry, types), *_heard_by_methods(entry))}


def _heard_by_fields(entry: Json, types: Mapping[str, Json]) -> Iterator[str]:
    for field in entry.get("fields", []):
        if field["name"] in CALLBACKS:
            yield from _received(field["type"], types)


def _heard_by_methods(entry: Json) -> Iterator[str]:
    for name, method in entry.get("methods", {}).items():
        if name in CALLBACKS or "optional" in method:
            yield from (
                ref
                for signature in method["signatures"]
                for param in signature["params"]
                for ref in refs(param["type"])
            )


def _received(type_: Any, types: Mapping[str, Json]) -> Iterator[str]:
    """The types that a function's own parameters have; a reference to a callback is followed."""
    if not isinstance(type_, dict):
        return
    if "function" in type_:
        yield from (name for param in type_["function"]["params"] for name in refs(param["type"]))
    elif type_.get("ref") in types:
        entry = types[type_["ref"]]
        if entry["kind"] == "alias" and _is_function(entry["type"]):
            yield from _received(entry["type"], types)


def _is_function(type_: Any) -> bool:
    return isinstance(type_, dict) and "function" in type_
