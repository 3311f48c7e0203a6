"""Checks the spec's files, generated and hand-written, against taropy/spec/schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


class SchemaError(Exception):
    """Files of the spec that are not what the schema says, with the place of each fault."""


def check(schema_file: Path, upstream: Mapping[str, str], overrides: Path) -> None:
    """Raise SchemaError for faults in upstream's files (texts by relative path) or in the overrides folder's."""
    schema = json.loads(schema_file.read_text("utf-8"))
    faults = [
        f"{name}: {fault}"
        for name, definition, document in _documents(upstream, overrides)
        for fault in faults_of(schema, definition, document)
    ]
    if faults:
        raise SchemaError("\n".join(faults))


def faults_of(schema: Mapping[str, Any], definition: str, document: Any) -> Iterator[str]:
    """What is wrong with a document by one of the schema's definitions, each with its path."""
    validator = Draft202012Validator({**schema, "$ref": f"#/$defs/{definition}"})
    for error in validator.iter_errors(document):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message}"


def _documents(upstream: Mapping[str, str], overrides: Path) -> Iterator[tuple[str, str, Any]]:
    for name, text in upstream.items():
        definition = "group" if name.startswith("groups/") else name.removesuffix(".json")
        yield name, definition, json.loads(text)
    for path in sorted(overrides.glob("*.json")):
        yield f"overrides/{path.name}", f"overrides-{path.stem}", json.loads(path.read_text("utf-8"))
