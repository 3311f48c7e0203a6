"""Constructs that somebody who ports a program has to know of; `data/` says of each kind why, and what to write."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import attrs

from .source import Position

FOLDER = Path(__file__).parent / "data"


@attrs.frozen(slots=False)
class Mark:
    """A construct of one kind in a file; `detail` is what is particular about this one."""

    key: str
    at: Position
    detail: str = ""


@attrs.frozen
class Kind:
    """A kind of construct: its name in a few words, why it matters, and what to write."""

    title: str
    why: str
    write: str


@cache
def kinds(name: str) -> Mapping[str, Kind]:
    """The kinds that a file of `data/` describes, by key: `language` or `traps`."""
    return {key: Kind(**table) for key, table in tables(name).items()}


@cache
def tables(name: str) -> Mapping[str, dict[str, str]]:
    """The tables of a file of `data/`."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
