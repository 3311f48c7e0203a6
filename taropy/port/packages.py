"""The Python modules that stand in for packages of JavaScript's.

Which one does stands in `data/packages.toml`; plugins add to it (`taropy_register_packages`), and so does whoever
ports (`--package`). All three say it in the same words: a package and a target. `lodash` and
`taropy.js.packages.lodash` mean that the module has what the package exports, by the same names, and is itself what a
program imports as default. With `taropy.js.packages.dayjs:dayjs` that name of the module is the default export. A `*`
at the end of the first stands for the rest of a path, and in the second for that as a name of Python's.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import attrs

from ..runtime.plugins import registry
from .hints import stand_ins
from .translation.library import method
from .translation.naming import safe

NOTHING: Any = object()


class PackageError(ValueError):
    """A target that is no module, or has not the name that was said."""


@attrs.frozen
class StandIn:
    """The module that stands in for a package or a part of one; `default` is its default export, "" for itself.

    Modules that are named by a part each, as locales are, do something when they are imported: they `act`.
    """

    module: str
    default: str = ""
    acts: bool = False

    def member(self, path: tuple[str | None, ...]) -> str:
        """The name in the module that an import takes; "" for the module itself."""
        name = path[0] if path else None
        return self.default if name == "default" else method(name) if name else ""

    def value(self, name: str) -> Any:
        """What the module has under a name; `NOTHING` if there is no such name."""
        return getattr(import_module(self.module), name, NOTHING)


def stand_in(specifier: str, added: Mapping[str, str] | None = None) -> StandIn | None:
    """What stands in for the module that an import names; None if nothing does. `added` goes before all others."""
    specifier = specifier.removesuffix(".js") if "/" in specifier else specifier
    targets = {**stand_ins(), **registry().packages, **(added or {})}
    if specifier in targets:
        return _made(targets[specifier])
    for pattern, target in targets.items():
        if pattern.endswith("*") and specifier.startswith(pattern[:-1]):
            return _made(target, specifier[len(pattern) - 1 :])
    return None


def checked(name: str, target: str) -> StandIn | None:
    """The target, looked at: `PackageError` says what is wrong. One with a `*` is only known when it is used."""
    if "*" in target:
        return None
    found = _made(target)
    if found is None:
        raise PackageError(f"{name}: there is no module {target.partition(':')[0]}")
    if found.default and found.value(found.default) is NOTHING:
        raise PackageError(f"{name}: the module {found.module} has no {found.default}")
    return found


def _made(target: str, rest: str = "") -> StandIn | None:
    module, _, default = target.replace("*", safe(rest)).partition(":")
    if not _is_module(module):
        return None
    acts = "*" in target.partition(":")[0]
    return StandIn(module, _as_written(module, default) if "*" in target else default, acts)


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _as_written(module: str, name: str) -> str:
    """The module's name that is the same but for capital letters: packages as `lodash.clonedeep` have none."""
    return next((each for each in dir(import_module(module)) if each.lower() == name.lower()), name)
