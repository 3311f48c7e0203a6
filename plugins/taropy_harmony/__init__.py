"""HarmonyOS (`harmony`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="harmony",
    title="HarmonyOS",
    env_type="HARMONY",
    native_name="harmony",
    target_unit="px",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `harmony`."""
    register(PLATFORM)
