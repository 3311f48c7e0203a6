"""The generated files as text: small, sorted, one entry a line, so that a diff names the member."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tools.spec.facts import Json

COMMAND = "python -m tools.spec"

#: The order of an entry's keys; JSON has none of its own, and a stable one keeps diffs small.
KEY_ORDER = (
    "name", "kind", "model", "role", "promise", "ref", "args", "signatures", "type", "call", "construct",
    "extends", "typeParams", "fields", "index", "methods", "values", "params", "returns", "optional",
    "rest", "default", "supported", "platforms", "see", "since", "deprecated", "ignored", "corrected",
    "was",
)  # fmt: skip
_RANK = {key: rank for rank, key in enumerate(KEY_ORDER)}


def group_files(members: Mapping[str, Json], types: Mapping[str, Json]) -> dict[str, str]:
    """groups/<group>.json for every group, and the two indexes over them."""
    groups: dict[str, dict[str, dict[str, Json]]] = defaultdict(lambda: {"members": {}, "types": {}})
    for section, entries in (("members", members), ("types", types)):
        for name, entry in entries.items():
            groups[entry["group"]][section][name] = {key: value for key, value in entry.items() if key != "group"}
    models = {entry["model"]: name for name, entry in types.items()}
    return {
        **{f"groups/{group}.json": document({"group": group, **sections}) for group, sections in groups.items()},
        "index.json": document({"members": {name: entry["group"] for name, entry in members.items()}}),
        "types.json": document({"types": {name: entry["group"] for name, entry in types.items()}, "models": models}),
    }


def document(sections: Mapping[str, Any]) -> str:
    """A JSON document whose sections hold one entry a line, with the command that makes it on the first."""
    lines = [f'{{"generated": {json.dumps(COMMAND)}']
    for name, section in sections.items():
        lines.append(f"{json.dumps(name)}: {_section(section)}")
    return ",\n".join(lines) + "\n}\n"


def _section(section: Any) -> str:
    if not isinstance(section, dict) or not section:
        return _line(section)
    entries = (f"{json.dumps(name)}: {_line(section[name])}" for name in sorted(section))
    return "{\n" + ",\n".join(entries) + "\n}"


def _line(value: Any) -> str:
    return json.dumps(_ordered(value), ensure_ascii=False)


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: (_RANK.get(key, len(_RANK)), key))}
    return [_ordered(item) for item in value] if isinstance(value, list) else value
