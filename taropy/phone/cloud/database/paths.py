"""Values by their paths, as `style.color` and `list.0`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Parts = tuple[str, ...]
MISSING: Any = object()


def values_at(value: Any, parts: Parts) -> Iterator[Any]:
    """All values at a path; a list on the way stands for each object in it, and a number for an element."""
    if not parts:
        yield value
        return
    head, rest = parts[0], parts[1:]
    if isinstance(value, dict):
        if head in value:
            yield from values_at(value[head], rest)
    elif isinstance(value, list):
        if head.isdecimal() and int(head) < len(value):
            yield from values_at(value[int(head)], rest)
        for item in value:
            if isinstance(item, dict):
                yield from values_at(item, parts)


def null(value: Any) -> Any:
    """A value that is there; None for what is missing."""
    return None if value is MISSING else value


def value_at(value: Any, parts: Parts) -> Any:
    """The one value at a path, without a look into lists but by number; `MISSING` if there is none."""
    for part in parts:
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return MISSING
    return value


def holder_of(value: Any, parts: Parts, *, make: bool) -> Any:
    """What holds the last part of a path; made of objects if it is not there and may be, else `MISSING`.

    TypeError where something is in the way that holds nothing.
    """
    for part in parts[:-1]:
        if isinstance(value, list) and part.isdecimal():
            while make and len(value) <= int(part):
                value.append(None)
            if int(part) >= len(value):
                return MISSING
            if value[int(part)] is None and make:
                value[int(part)] = {}
            value = value[int(part)]
        elif isinstance(value, dict):
            if part not in value:
                if not make:
                    return MISSING
                value[part] = {}
            value = value[part]
        elif make:
            raise TypeError(f"Cannot create field '{part}' in an element that is no object")
        else:
            return MISSING
    if make and not (isinstance(value, dict) or (isinstance(value, list) and parts[-1].isdecimal())):
        raise TypeError(f"Cannot create field '{parts[-1]}' in an element that is no object")
    return value


def put_at(record: Any, parts: Parts, value: Any) -> None:
    """Puts a value at a path, and makes what is to hold it."""
    put(holder_of(record, parts, make=True), parts[-1], value)


def put(holder: Any, part: str, value: Any) -> None:
    """Puts a value into an object or a list; the list grows as far as it takes."""
    if isinstance(holder, list):
        holder.extend([None] * (int(part) + 1 - len(holder)))
        holder[int(part)] = value
    else:
        holder[part] = value
