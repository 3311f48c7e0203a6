"""What groups and families of groups are called on the pages."""

from __future__ import annotations

from collections.abc import Mapping

#: Where the last part of a group's name, with its first letter in capitals, is not yet a title.
_TITLES: Mapping[str, str] = {
    "ad": "Ads",
    "ai": "AI",
    "ai/visionkit": "VisionKit",
    "alipay": "Alipay only",
    "base": "Basics",
    "base/debug": "Logs and debugging",
    "base/env": "Environment",
    "base/system": "System information",
    "base/update": "Updates",
    "base/weapp/app-event": "App events",
    "base/weapp/life-cycle": "Launch and show",
    "canvas": "Canvas",
    "data-analysis": "Data analysis",
    "device/bluetooth-ble": "Bluetooth Low Energy",
    "device/iBeacon": "iBeacon",
    "device/nfc": "NFC",
    "device/sms": "SMS",
    "device/wifi": "Wi-Fi",
    "ext": "Service provider configuration",
    "framework": "App and page",
    "media/voip": "VoIP",
    "navigate": "Other mini programs",
    "network/mdns": "mDNS",
    "network/tcp": "TCP",
    "network/udp": "UDP",
    "network/websocket": "WebSocket",
    "open-api": "Open API",
    "open-api/card": "Cards",
    "open-api/device-voip": "VoIP with devices",
    "open-api/facial": "Face verification",
    "open-api/my-miniprogram": "My mini programs",
    "open-api/redpackage": "Red packets",
    "open-api/soter": "SOTER biometrics",
    "open-api/werun": "WeRun",
    "qq": "QQ only",
    "skyline": "Skyline",
    "swan": "Baidu (swan) only",
    "taro.component": "Taro: components",
    "taro.config": "Taro: configuration",
    "taro.extend": "Taro: environment and helpers",
    "taro.hooks": "Taro: hooks",
    "taro.lifecycle": "Taro: lifecycle",
    "taro.runtime": "Taro: runtime",
    "ui": "User interface",
    "wxml": "Elements on the page",
}


def family(group: str) -> str:
    """The family of a group: `open-api` of `open-api/login`; a group without a slash is one by itself."""
    return group.partition("/")[0]


def title(group: str) -> str:
    """The title of a group or a family."""
    last = group.rpartition("/")[2].replace("-", " ")
    return _TITLES.get(group, last[:1].upper() + last[1:])
