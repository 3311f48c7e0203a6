"""The types of `Taro` objects, for annotations: `def main(taro: H5Taro) -> None`.

`WeappTaro`, `AlipayTaro`, `HarmonyHybridTaro` and so on have the members that their platform has, and `AnyTaro` has
every member of Taro. They differ for type checkers only: when a program runs, all are the one class of `Taro` objects.
"""

from __future__ import annotations

from typing import Any


def _names() -> list[str]:
    from . import spec

    camel = ("".join(part[:1].upper() + part[1:] for part in name.split("-")) for name in spec.PLATFORMS)
    return ["AnyTaro", *(f"{name}Taro" for name in camel)]


def __getattr__(name: str) -> Any:
    if name.startswith("__") or name not in _names():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .runtime.taro import Taro

    return Taro


def __dir__() -> list[str]:
    return _names()
