"""What `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 hands on to its host: its `apis/device`."""

from __future__ import annotations

from collections.abc import Callable

from ...core.answers import Options, Result
from ...core.variant import Surface, Variant


def _without(name: str) -> Callable[[Options], Options]:
    """The options without one that the host is not told of."""
    return lambda options: {given: value for given, value in options.items() if given != name}


def _as_text(result: Result) -> Result:
    """The MTU is told as a text."""
    return {**result, "mtu": str(result["mtu"])} if "mtu" in result else result


def _no_mtu(failure: Result) -> Result:
    """A failure's MTU is empty."""
    return {**failure, "mtu": ""}


SURFACE = Surface(
    "harmony-hybrid",
    {
        "notifyBLECharacteristicValueChange": Variant("notifyBLECharacteristicValueChange", _without("type")),
        "setBLEMTU": Variant("setBLEMTU", result=_as_text, failure=_no_mtu),
        "startBluetoothDevicesDiscovery": Variant("startBluetoothDevicesDiscovery", _without("powerLevel")),
        "writeBLECharacteristicValue": Variant("writeBLECharacteristicValue", _without("writeType")),
    },
)
