"""JD (`jd`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="jd",
    title="JD",
    env_type="JD",
    native_name="jd",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `jd`."""
    register(PLATFORM)
