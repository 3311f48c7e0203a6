"""React Native (`rn`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="rn",
    title="React Native",
    env_type="RN",
    native_name="rn",
    target_unit="px",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `rn`."""
    register(PLATFORM)
