"""Whom `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 tells of pictures of the screen: `device/screen`."""

from __future__ import annotations

from ..core.variant import Surface, Variant, named_listener

SURFACE = Surface("harmony-hybrid", {"offUserCaptureScreen": Variant("offUserCaptureScreen", arguments=named_listener)})
