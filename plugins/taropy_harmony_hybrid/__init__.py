"""HarmonyOS hybrid (`harmony-hybrid`), as a platform of taropy.

Taro's programs run in a web view there: a good part of the functions is `@tarojs/taro-h5`'s own, the others ask the
device and answer as declared. So what is mended for `h5` is mended here too; what is as declared passes unchanged.
"""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

PLATFORM = Platform(
    name="harmony-hybrid",
    title="HarmonyOS hybrid",
    env_type="HARMONYHYBRID",
    native_name="native",
    extends="h5",
    target_unit="rem",
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `harmony-hybrid`."""
    register(PLATFORM)
