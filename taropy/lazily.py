"""Packages whose names are there at once, and whose modules are imported when one of the names is first used."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # as in the package itself, whose import this is a part of
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def names_of(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """`__getattr__` and `__dir__` of a package: `homes` says which of its modules has which name."""

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name], package), name)
        setattr(sys.modules[package], name, value)
        return value

    return get, lambda: sorted({*vars(sys.modules[package]), *homes})
