"""The spec's files, read when they are first asked for, and then kept."""

from __future__ import annotations

from functools import cache
from os.path import dirname
from typing import Any

# pathlib and json would triple what importing this package costs; neither is needed before the first question.
SPEC = dirname(__file__)  # noqa: PTH120


@cache
def _document(path: str) -> dict[str, Any]:
    document: dict[str, Any] = _read(f"{SPEC}/upstream/{path}")
    return document


def _read(path: str) -> Any:
    import json

    with open(path, "rb") as file:  # noqa: PTH123
        return json.load(file)


def members() -> dict[str, str]:
    """The group of every member of Taro, by name."""
    index: dict[str, str] = _document("index.json")["members"]
    return index


def types() -> dict[str, str]:
    """The group of every named type, by qualified name."""
    index: dict[str, str] = _document("types.json")["types"]
    return index


def models() -> dict[str, str]:
    """The qualified name of every model, by model name."""
    index: dict[str, str] = _document("types.json")["models"]
    return index


def makers(name: str) -> list[str]:
    """What gives an object of a type: functions, and methods of other types; empty where nothing does."""
    index: dict[str, list[str]] = _document("makers.json")["makers"]
    return index.get(name, [])


def member(name: str) -> dict[str, Any]:
    """A member's entry; KeyError for a name that Taro does not have."""
    entry: dict[str, Any] = _document(f"groups/{members()[name]}.json")["members"][name]
    return entry


def type_def(name: str) -> dict[str, Any]:
    """A named type's entry; KeyError for a name that Taro does not have."""
    entry: dict[str, Any] = _document(f"groups/{types()[name]}.json")["types"][name]
    return entry


def undeclared(platform: str, what: str) -> list[str]:
    """The names in undeclared.json: the `promised` or the `hidden` ones of a platform."""
    names: list[str] = _document("undeclared.json")[what].get(platform, [])
    return names


@cache
def interactive() -> frozenset[str]:
    """The names in overrides/interactive.json."""
    return frozenset(name for entry in _read(f"{SPEC}/overrides/interactive.json") for name in entry["apis"])
