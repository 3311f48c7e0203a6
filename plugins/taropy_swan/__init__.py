"""Baidu (`swan`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="swan",
    title="Baidu",
    env_type="SWAN",
    native_name="swan",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `swan`."""
    register(PLATFORM)
