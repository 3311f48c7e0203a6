"""Alipay (`alipay`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="alipay",
    title="Alipay",
    env_type="ALIPAY",
    native_name="my",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `alipay`."""
    register(PLATFORM)
