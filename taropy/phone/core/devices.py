"""The device profiles: a few real phones, and what programs can learn about them. The facts are in `devices.json`.

Sizes are in logical pixels, memory in MB. `model` is what WeChat calls the device, `code` what its maker does,
`benchmark` is WeChat's performance level, -1 if unknown; `api_level` is Android's, 0 elsewhere.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import attrs

from ...hints import check_word


@attrs.frozen
class Device:
    """One model of phone."""

    name: str
    brand: str
    maker: str
    model: str
    code: str
    platform: str
    os: str
    os_version: str
    pixel_ratio: float
    width: int
    height: int
    status_bar: int
    title_bar: int
    inset_top: int
    inset_bottom: int
    memory: int
    disk: str
    benchmark: int
    abi: str = ""
    cpu: str = ""
    api_level: int = 0

    @property
    def system(self) -> str:
        """The operating system with its version: `iOS 17.5.1`."""
        return f"{self.os} {self.os_version}"

    def safe_area(self, orientation: str) -> dict[str, int]:
        """The part of the screen that neither a camera nor a gesture bar covers, to what stands so.

        Sideways both ends are as far off as the camera's, as on iPhones; that it is so elsewhere is judgement.
        """
        if orientation == "landscape":
            end = self.inset_top if self.inset_bottom else 0  # without a gesture bar it is the status bar's alone
            return _area(end, 0, self.height - end, self.width - self.inset_bottom)
        return _area(0, self.inset_top, self.width, self.height - self.inset_bottom)


def _area(left: int, top: int, right: int, bottom: int) -> dict[str, int]:
    size = {"width": right - left, "height": bottom - top}
    return {"left": left, "right": right, "top": top, "bottom": bottom, **size}


@cache
def profiles() -> dict[str, Device]:
    """Every profile, by its name."""
    facts = json.loads(Path(__file__).with_name("devices.json").read_text("utf-8"))
    return {name: Device(name=name, **fields) for name, fields in facts.items()}


def device(name: str) -> Device:
    """The profile called `name`; ValueError for another name, which says what was meant."""
    check_word(name, profiles(), "there is no device profile {!r}")
    return profiles()[name]
