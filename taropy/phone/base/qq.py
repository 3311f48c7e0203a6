"""QQ's page on which QQ itself is updated: @tarojs/taro 4.2.1, types/api/qq."""

from __future__ import annotations

from ..core.variant import Surface, Variant

SURFACE = Surface("qq", {"updateQQApp": Variant("updateWeChatApp")}, lacks=frozenset({"updateWeChatApp"}))
