"""Douyin (`tt`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="tt",
    title="Douyin",
    env_type="TT",
    native_name="tt",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `tt`."""
    register(PLATFORM)
