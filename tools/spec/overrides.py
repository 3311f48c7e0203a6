"""The hand-written corrections in taropy/spec/overrides. Each entry has a reason, and must still change something."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.spec.facts import Json


class OverrideError(Exception):
    """An override that names nothing, changes nothing, or is needed and missing."""


def read(folder: Path, name: str) -> list[Json]:
    """The entries of overrides/`name`.json, in the order in which they are written."""
    entries: list[Json] = json.loads((folder / f"{name}.json").read_text())
    return entries


def settled_names(entries: list[Json], types: dict[str, Json]) -> dict[str, str]:
    """Model names chosen by hand, by qualified name."""
    unknown = [entry["type"] for entry in entries if entry["type"] not in types]
    if unknown:
        raise OverrideError(f"overrides/models.json names types that do not exist: {', '.join(unknown)}")
    return {entry["type"]: entry["model"] for entry in entries}


def correct(facts: dict[str, Json], entries: list[Json], key: str) -> None:
    """Apply corrections to members (`key` "member") or types ("type"), in place; what stood there is kept as `was`.

    An entry says what to `set`, by path, or what to `add`: a type that is named and not declared.
    """
    for entry in entries:
        name = entry[key]
        if "add" in entry:
            _add(facts, name, entry["add"])
            continue
        if name not in facts:
            raise OverrideError(f"the override for {key} {name} names nothing")
        target = facts[name]
        was = {path: _set(target, path, value, f"{key} {name}") for path, value in entry["set"].items()}
        target["corrected"] = True
        target["was"] = target.get("was", {}) | was


def take_back(facts: Mapping[str, Json]) -> dict[str, Json]:
    """The facts as they were before `correct`: upstream's own, without the types that it does not declare."""
    return {name: _restored(entry) for name, entry in facts.items() if entry.get("was", {}) is not None}


def _restored(entry: Json) -> Json:
    entry = copy.deepcopy(entry)
    for path, value in entry.pop("was", {}).items():
        *steps, last = path.split("/")
        holder = functools.reduce(_peek, steps, entry)
        if value is None:
            _drop(holder, last)
        else:
            _put(holder, last, value)
    entry.pop("corrected", None)
    return entry


def _add(facts: dict[str, Json], name: str, entry: Json) -> None:
    if name in facts:
        raise OverrideError(f"the override for {name} adds what upstream has by now; it is no longer needed")
    facts[name] = {**copy.deepcopy(entry), "corrected": True, "was": None}


def _set(target: Json, path: str, value: Any, where: str) -> Any:
    """Put `value` at a path such as `fields/errMsg/type`; a list's items go by their name, or by position."""
    *steps, last = path.split("/")
    holder: Any = target
    for step in steps:
        holder = _item(holder, step, f"{where}: {path}")
    before = copy.deepcopy(_peek(holder, last))
    if before == value:
        raise OverrideError(
            f"the override for {where} sets {path} to what upstream already says; it is no longer needed"
        )
    _put(holder, last, value)
    return before


def _item(holder: Any, step: str, where: str) -> Any:
    found = _peek(holder, step)
    if found is None:
        raise OverrideError(f"the override for {where} leads nowhere at {step!r}")
    return found


def _peek(holder: Any, step: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(step)
    position = _position(holder, step)
    return holder[position] if position is not None else None


def _put(holder: Any, step: str, value: Any) -> None:
    position = None if isinstance(holder, dict) else _position(holder, step)
    if isinstance(holder, dict):
        holder[step] = value
    elif position is None:
        holder.append(value)
    else:
        holder[position] = value


def _drop(holder: Any, step: str) -> None:
    key = step if isinstance(holder, dict) else _position(holder, step)
    del holder[key]


def _position(holder: list[Any], step: str) -> int | None:
    if step.isdigit() and int(step) < len(holder):
        return int(step)
    named = [index for index, item in enumerate(holder) if isinstance(item, dict) and item.get("name") == step]
    return named[0] if named else None


def check_apis(entries: list[Json], file: str, known: Mapping[str, object]) -> None:
    """Check that the `apis` of some entries exist; OverrideError names those that do not."""
    unknown = [name for entry in entries for name in entry["apis"] if name not in known]
    if unknown:
        raise OverrideError(f"overrides/{file}.json names what does not exist: {', '.join(unknown)}")
