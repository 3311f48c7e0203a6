"""The device profiles: a few real phones, and what programs can learn about them. The facts are in `devices.json`.

Sizes are in logical pixels, memory in MB. `model` is what WeChat calls the device, `code` what its maker does,
`benchmark` is WeChat's performance level, -1 if unknown.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import attrs


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

    @property
    def system(self) -> str:
        """The operating system with its version: `iOS 17.5.1`."""
        return f"{self.os} {self.os_version}"

    @property
    def safe_area(self) -> dict[str, int]:
        """The part of the upright screen that neither a camera nor a gesture bar covers."""
        top, bottom = self.inset_top, self.height - self.inset_bottom
        return {
            "left": 0,
            "right": self.width,
            "top": top,
            "bottom": bottom,
            "width": self.width,
            "height": bottom - top,
        }


@cache
def profiles() -> dict[str, Device]:
    """Every profile, by its name."""
    facts = json.loads(Path(__file__).with_name("devices.json").read_text("utf-8"))
    return {name: Device(name=name, **fields) for name, fields in facts.items()}


def device(name: str) -> Device:
    """The profile called `name`; an unknown name raises `ValueError`, which lists the known ones."""
    found = profiles().get(name)
    if found is None:
        raise ValueError(f"there is no device profile {name!r}; there are {', '.join(profiles())}")
    return found
