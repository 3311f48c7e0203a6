"""Options whose names the declaration does not know, and that are most likely misspelled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from .. import spec
from ..hints import UnknownOptionWarning, misspelled
from ..program import warn
from ..spec import Array, Intersection, Object, Ref, Type, Union


def warn_of(api: str, strange: Collection[str]) -> None:
    """Warns, at the program's line, of what seems to be misspelled in the options of a call."""
    for each in strange:
        warn(UnknownOptionWarning(f"{api} has no option {each}"))


def misspelled_names(given: Mapping[Any, Any], names: frozenset[str], path: str) -> Iterator[str]:
    """The unknown names of an object that are near to one of those known, each with a hint; `path` leads to it."""
    for name in given:
        near = misspelled(name, names) if isinstance(name, str) and name not in names else None
        if near is not None:
            yield f"{path + name!r}; did you mean {path + near!r}?"


def strange_names(type_: Type, value: Any, path: str) -> Iterator[str]:
    """The same of a value of a declared type, and of all objects in it."""
    if isinstance(value, Mapping):
        fields = spec.fields_of(type_)
        if fields and not spec.takes_any_name(type_):
            yield from misspelled_names(value, frozenset(fields), f"{path}.")
        for name in value:
            if name in fields and may_be_object(fields[name].type):
                yield from strange_names(fields[name].type, value[name], f"{path}.{name}")
    elif isinstance(value, list | tuple):
        item = _item(type_)
        if item is not None and may_be_object(item):
            for index, entry in enumerate(value):
                yield from strange_names(item, entry, f"{path}[{index}]")


def may_be_object(type_: Type) -> bool:
    """Whether values of the type may be objects or lists, as far as can be told at a glance."""
    match type_:
        case Union(items):
            return any(map(may_be_object, items))
        case Ref(name):
            return name not in NO_OBJECTS
        case _:
            return isinstance(type_, Array | Intersection | Object)


# Types without fields of a program's.
NO_OBJECTS = frozenset({"ArrayBuffer", "Date", "Function", "Promise", "Record", "TaroGeneral.IAnyObject"})


@cache
def _item(type_: Type) -> Type | None:
    """What the lists are made of that values of the type may be."""
    match type_:
        case Array(item) | Ref("Array", (item,)):
            return item
        case Union(items):
            found = tuple(each for each in map(_item, items) if each is not None)
            return Union(found) if found else None
        case Ref(name) if name in spec.type_names():
            alias = spec.type_def(name).type
            return None if alias is None else _item(alias)
        case _:
            return None
