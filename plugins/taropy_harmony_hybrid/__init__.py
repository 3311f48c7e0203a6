"""HarmonyOS hybrid (`harmony-hybrid`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="harmony-hybrid",
    title="HarmonyOS hybrid",
    env_type="HARMONYHYBRID",
    native_name="native",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `harmony-hybrid`."""
    register(PLATFORM)
