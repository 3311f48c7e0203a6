"""Web (`h5`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="h5",
    title="Web",
    env_type="WEB",
    native_name="taro",
    target_unit="rem",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `h5`."""
    register(PLATFORM)
