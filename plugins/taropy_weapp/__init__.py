"""WeChat (`weapp`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="weapp",
    title="WeChat",
    env_type="WEAPP",
    native_name="wx",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `weapp`."""
    register(PLATFORM)
