"""The calls that each program of tests/port/programs says: lines as `//: area(2, 3)`, with arguments in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

PROGRAMS = Path(__file__).parents[2] / "tests" / "port" / "programs"

_CALL = re.compile(r"^//: (?P<text>(?P<name>\w+)\((?P<arguments>.*)\))$", re.MULTILINE)


@attrs.frozen
class Call:
    """A call of a function that a program exports."""

    text: str
    name: str
    arguments: list[Any]


def calls_of(program: Path) -> Iterator[Call]:
    """The calls of a program, in their order."""
    for found in _CALL.finditer(program.read_text("utf-8")):
        yield Call(found["text"], found["name"], json.loads(f"[{found['arguments']}]"))
