"""Baidu (`swan`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Adaptation, Platform, hookimpl

PLATFORM = Platform(
    name="swan",
    title="Baidu",
    env_type="SWAN",
    native_name="swan",
    apis={"login": Adaptation(alias="getLoginCode")},
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `swan`."""
    register(PLATFORM)
