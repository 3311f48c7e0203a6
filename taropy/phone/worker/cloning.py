"""What goes from one thread to another is copied, as browsers' structured clone has it; nothing is shared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..core.answers import Fail
from ..core.options import Buffers, js_type

PLAIN = (type(None), bool, int, float, str)


def cloned(value: Any) -> Any:
    """A copy of a message, of dicts, lists, bytes and plain values. Raises `Fail` for what has no copy, a function say.

    What refers to itself does so in the copy; what is there twice is one thing there, too.
    """
    return _cloned(value, {})


def _cloned(value: Any, known: dict[int, Any]) -> Any:
    if isinstance(value, PLAIN):
        return value
    if id(value) in known:
        return known[id(value)]
    if isinstance(value, Buffers):
        return known.setdefault(id(value), bytes(value))
    if isinstance(value, date):
        return value  # it can't be changed
    if isinstance(value, Mapping):
        copied: dict[str, Any] = {}
        known[id(value)] = copied
        copied.update((str(name), _cloned(each, known)) for name, each in value.items())
        return copied
    if isinstance(value, list | tuple):
        items: list[Any] = []
        known[id(value)] = items
        items.extend(_cloned(each, known) for each in value)
        return items
    raise Fail(f"parameter error: a message can not have a {type(value).__name__} ({js_type(value)}) in it")
