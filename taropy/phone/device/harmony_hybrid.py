"""How `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 takes listeners off: `device/screen`, `…/compass`, `…/wifi`."""

from __future__ import annotations

from ..core.variant import Surface, Variant, named_listener

SURFACE = Surface(
    "harmony-hybrid",
    {
        name: Variant(name, arguments=named_listener)
        for name in (
            "offUserCaptureScreen",
            "offCompassChange",
            "offGetWifiList",
            "offWifiConnected",
            "offWifiConnectedWithPartialInfo",
        )
    },
)
