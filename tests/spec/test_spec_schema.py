"""The schema: all files of the spec hold to it, and it notices what it should."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from taropy import spec
from tools.spec import schema

FOLDER = Path(spec.__file__).parent
SCHEMA = json.loads((FOLDER / "schema.json").read_text())
UPSTREAM = {path.relative_to(FOLDER / "upstream").as_posix(): path for path in (FOLDER / "upstream").rglob("*.json")}


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_file_holds_to_the_schema() -> None:
    texts = {name: path.read_text("utf-8") for name, path in UPSTREAM.items()}
    schema.check(FOLDER / "schema.json", texts, FOLDER / "overrides")


def test_a_fault_is_named_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(schema.SchemaError, match=r"index\.json: members/login"):
        schema.check(
            FOLDER / "schema.json",
            {"index.json": json.dumps({"generated": "python -m tools.spec", "members": {"login": 1}})},
            tmp_path,
        )


def login() -> dict[str, Any]:
    return copy.deepcopy(json.loads(UPSTREAM["groups/open-api/login.json"].read_text()))


def without_platforms(group: dict[str, Any]) -> None:
    del group["members"]["login"]["platforms"]


def with_an_unknown_platform(group: dict[str, Any]) -> None:
    group["members"]["login"]["platforms"].append("symbian")


def with_an_unknown_key(group: dict[str, Any]) -> None:
    group["members"]["login"]["description"] = "Logs in."


def with_an_unknown_primitive(group: dict[str, Any]) -> None:
    group["members"]["login"]["signatures"][0]["returns"] = "promise"


def with_a_type_of_two_kinds(group: dict[str, Any]) -> None:
    group["members"]["login"]["signatures"][0]["returns"] = {"ref": "Promise", "array": "any"}


def with_an_unknown_role(group: dict[str, Any]) -> None:
    group["types"]["login.Option"]["role"] = "options"


def with_a_false_flag(group: dict[str, Any]) -> None:
    group["types"]["login.Option"]["fields"][0]["optional"] = False


@pytest.mark.parametrize(
    "spoil",
    [
        without_platforms,
        with_an_unknown_platform,
        with_an_unknown_key,
        with_an_unknown_primitive,
        with_a_type_of_two_kinds,
        with_an_unknown_role,
        with_a_false_flag,
    ],
)
def test_a_spoiled_group_is_noticed(spoil: Any) -> None:
    group = login()
    assert not list(schema.faults_of(SCHEMA, "group", group))
    spoil(group)
    assert list(schema.faults_of(SCHEMA, "group", group))


@pytest.mark.parametrize("name", ["support", "members", "types", "models", "interactive"])
def test_every_override_needs_a_reason(name: str) -> None:
    entries = json.loads((FOLDER / "overrides" / f"{name}.json").read_text())
    for entry in entries:
        without = {key: value for key, value in entry.items() if key != "reason"}
        assert list(schema.faults_of(SCHEMA, f"overrides-{name}", [without]))
        assert list(schema.faults_of(SCHEMA, f"overrides-{name}", [{**entry, "reason": "so"}]))
