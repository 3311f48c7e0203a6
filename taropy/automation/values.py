"""Values of the program as JSON has them, and parts of them by the paths that `setData` knows: `teas[0].name`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, MutableMapping, MutableSequence
from datetime import datetime
from typing import Any

import attrs

from ..models.json import date_text
from ..models.model import Model
from .commands import Refused

# Deeper than any data of a page, and less than what Python's own JSON can write.
DEEPEST = 200

_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")


def plain(value: Any, depth: int = 0) -> Any:
    """The value as JSON has it: functions and what has no form in it are left out of objects, and null elsewhere."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if depth > DEEPEST:
        raise Refused("what is to be told goes too deep, or contains itself")
    if isinstance(value, Mapping | Model):
        return {str(name): plain(value[name], depth + 1) for name in value if has_form(value[name])}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, datetime):
        return date_text(value)
    if hasattr(type(value), "__python__"):  # a value of taropy.js
        return plain(type(value).__python__(value), depth + 1)
    if attrs.has(type(value)):
        return {field.name: plain(getattr(value, field.name), depth + 1) for field in attrs.fields(type(value))}
    return {} if not callable(value) else None


def has_form(value: Any) -> bool:
    """Whether JSON would keep it in an object."""
    return not callable(value) or isinstance(value, Mapping | Model)


def steps_of(path: str) -> list[str | int]:
    """The steps of a path: names, and numbers for places in lists."""
    steps = [int(step[1:-1]) if step.startswith("[") else step for step in _STEP.findall(path)]
    if not steps:
        raise Refused(f"{path!r} is no path")
    return steps


def at(value: Any, path: str) -> Any:
    """What stands at the path; None where there is nothing."""
    for step in steps_of(path):
        value = _step(value, step)
    return value


def put(container: Any, path: str, value: Any) -> None:
    """Puts a value at the path; what is not there on the way is made."""
    *way, last = steps_of(path)
    for step, after in zip(way, [*way[1:], last], strict=False):
        inner = _step(container, step)
        if inner is None or isinstance(inner, str | int | float):
            inner = [] if isinstance(after, int) else {}
            _put(container, step, inner)
        container = inner
    _put(container, last, value)


def names_of(value: Any) -> Iterable[str]:
    """The public names of an object of the program's."""
    if isinstance(value, Mapping):
        return [str(name) for name in value]
    return [name for name in getattr(value, "__dict__", {}) if not name.startswith("_")]


def _step(container: Any, step: str | int) -> Any:
    if isinstance(container, list | tuple):
        index = int(step) if str(step).isdigit() else -1
        return container[index] if 0 <= index < len(container) else None
    if isinstance(container, Mapping):
        return container.get(step, container.get(str(step)))
    return None if isinstance(step, int) or step.startswith("_") else getattr(container, step, None)


def _put(container: Any, step: str | int, value: Any) -> None:
    if isinstance(container, MutableSequence):
        index = int(step)
        if index > len(container) + DEEPEST:
            raise Refused(f"there is no place {index} in a list of {len(container)}")
        container.extend([None] * (index + 1 - len(container)))
        container[index] = value
    elif isinstance(container, MutableMapping):
        container[str(step)] = value
    elif isinstance(step, int) or step.startswith("_"):
        raise Refused(f"{step!r} cannot be set")
    else:
        setattr(container, step, value)
