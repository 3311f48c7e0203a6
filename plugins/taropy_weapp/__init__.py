"""WeChat (`weapp`), as a platform of taropy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from taropy import Adaptation, Platform, hookimpl

MENUS: Mapping[str, str] = {"wechatFriends": "shareAppMessage", "wechatMoment": "shareTimeline"}


def share_menus(options: Mapping[str, Any]) -> list[Any] | None:
    """WeChat calls what is shared to `menus`; the names in Taro's `showShareItems` are other ones."""
    items = options.get("showShareItems")
    return None if items is None else [MENUS.get(item, str(item)) for item in items]


PLATFORM = Platform(
    name="weapp",
    title="WeChat",
    env_type="WEAPP",
    native_name="wx",
    apis={"showShareMenu": Adaptation(options={"menus": share_menus})},
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `weapp`."""
    register(PLATFORM)
