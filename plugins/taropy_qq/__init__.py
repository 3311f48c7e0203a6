"""QQ (`qq`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="qq",
    title="QQ",
    env_type="QQ",
    native_name="qq",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `qq`."""
    register(PLATFORM)
