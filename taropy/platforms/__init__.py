"""One module per registered platform, each with a `Taro` on it: `from taropy.platforms.h5 import Taro`.

A platform's `Taro` is made when it is first used, over a phone of its own, and is the same one everywhere in the
process. In the modules' names a hyphen is an underscore: harmony-hybrid is `taropy.platforms.harmony_hybrid`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType
from typing import Any

from ..hints import no_attribute
from ..runtime.taro import create


def _platforms() -> dict[str, str]:
    """The registered platforms, by the name of their module."""
    from ..runtime.plugins import registry

    return {name.replace("-", "_"): name for name in registry().platforms}


def taro_of(platform: str, module: str) -> Callable[[str], Any]:
    """The `__getattr__` of a platform's module: makes its `Taro` when that is first asked for."""

    def attribute(name: str) -> Any:
        if name != "Taro":
            raise no_attribute(f"module {module!r} has no attribute {name!r}; it has Taro")
        taro = create(platform)
        setattr(sys.modules[module], name, taro)
        return taro

    return attribute


class _Loader(Loader):
    """Makes the module of a platform that has no file here."""

    def __init__(self, platform: str) -> None:
        self._platform = platform

    def exec_module(self, module: ModuleType) -> None:
        module.__doc__ = f"`Taro` on {self._platform}."
        module.__dict__["__getattr__"] = taro_of(self._platform, module.__name__)


class _Finder(MetaPathFinder):
    """Finds the modules of platforms that have no file here: there is one for each that a plugin has registered."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, _, name = fullname.rpartition(".")
        if package != __name__:
            return None
        platform = _platforms().get(name)
        return None if platform is None else spec_from_loader(fullname, _Loader(platform))


sys.meta_path.append(_Finder())


def __getattr__(name: str) -> ModuleType:
    if name not in _platforms():
        raise no_attribute(f"module {__name__!r} has no attribute {name!r}; there are {', '.join(_platforms())}")
    return import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted(_platforms())
