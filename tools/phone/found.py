"""What the rooms of the phone say of themselves: their names, their functions, their managers, their vendors."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import taropy.phone
from taropy import spec
from taropy.phone.core.room import Manager, Room
from taropy.phone.core.variant import Surface

PACKAGE = "taropy.phone"
#: What this tool makes: to read it in order to make it would be a circle.
MADE = frozenset({f"{PACKAGE}.rooms", f"{PACKAGE}.phone"})


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the phone that is written by hand, by name."""
    found = pkgutil.walk_packages(taropy.phone.__path__, f"{PACKAGE}.")
    return tuple(import_module(name) for name in sorted(each.name for each in found) if name not in MADE)


def _classes(kind: type) -> Iterator[type[Any]]:
    for module in modules():
        for made in vars(module).values():
            if inspect.isclass(made) and issubclass(made, kind) and made.__module__ == module.__name__:
                yield made


def rooms() -> list[type[Room]]:
    """The rooms, by the modules they stand in."""
    return [room for room in _classes(Room) if room.name]


def managers() -> list[type[Manager]]:
    """The classes of the native objects that Taro's declarations know, and whose methods are functions of their own."""
    return [manager for manager in _classes(Manager) if declared(manager) in spec.type_names()]


def declared(manager: type[Manager]) -> str:
    """What the declarations call a native object's class: by its own name, or by a longer one that ends in it."""
    inner = manager.KIND.rpartition(".")[2] == manager.__name__
    return manager.KIND if inner else manager.__name__


def surfaces() -> list[tuple[str, Surface]]:
    """The groups' modules of the vendors, relative to the phone, and what each says."""
    found = ((below(module.__name__), vars(module).get("SURFACE")) for module in modules())
    return [(name, surface) for name, surface in found if isinstance(surface, Surface)]


def marked(kind: type) -> list[str]:
    """The native functions of a room or a manager, in the order in which they are written."""
    lines = {name: made for base in reversed(kind.__mro__) for name, made in vars(base).items()}
    return [name for name in lines if hasattr(getattr(kind, name, None), "__native__")]


def below(module: str) -> str:
    """A module's name within the phone."""
    return module.removeprefix(f"{PACKAGE}.")
