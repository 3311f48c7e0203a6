"""Baidu (`swan`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from taropy import Adaptation, Platform, TaroError, hookimpl


def raising(name: str) -> Adaptation:
    """Baidu's function, which returns its failure, as one that raises it."""

    def call(swan: Any, *arguments: Any) -> Any:
        told = getattr(swan, name)(*arguments)
        if not isinstance(told, Exception):
            return told
        words = getattr(told, "errMsg", None) or f"{name}:fail {told}".rstrip()
        raise TaroError(words, getattr(told, "errCode", None), api=name, platform="swan") from told

    return Adaptation(function=call)


PLATFORM = Platform(
    name="swan",
    title="Baidu",
    env_type="SWAN",
    native_name="swan",
    apis={
        "login": Adaptation(alias="getLoginCode"),
        **{name: raising(name) for name in ("getStorageSync", "setStorageSync", "removeStorageSync")},
    },
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `swan`."""
    register(PLATFORM)
