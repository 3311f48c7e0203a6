"""Douyin (`tt`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from taropy import Adaptation, Platform, hookimpl


def toast_icon(options: Mapping[str, Any]) -> str | None:
    """Douyin calls an error `fail`."""
    return "fail" if options.get("icon") == "error" else options.get("icon")


PLATFORM = Platform(
    name="tt",
    title="Douyin",
    env_type="TT",
    native_name="tt",
    apis={"showToast": Adaptation(options={"icon": toast_icon})},
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `tt`."""
    register(PLATFORM)
