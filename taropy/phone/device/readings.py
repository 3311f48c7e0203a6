"""What the motion sensors tell of a motion, on each platform.

WeChat's pages do not say in which unit its accelerometer tells. Who has measured it (blog.csdn.net/haibo19981/article/
details/81224132) has 0, 0, -1 of a phone on its back, and 0, -1, 0 of one that stands: gravity itself, in g. Of the
others: Alipay's and Douyin's pages of `on…Change`; `@tarojs/taro-h5` 4.2.1, `api/device`; `@tarojs/taro-rn` 4.2.0, over
expo-sensors; `@tarojs/plugin-platform-harmony-ets` 4.2.0, over @ohos.sensor; `plugin-platform-harmony-hybrid` 4.1.11.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from ..core.answers import Result
from ..core.app import App
from ..core.vendors import of_vendor
from .poses import GRAVITY, Motion, Vector

SENSORS = ("accelerometer", "gyroscope", "compass", "orientation")

#: Far finer than any sensor.
DIGITS = 6

#: What a sensor tells of a motion, on a system (`ios`, `android`, …).
Read = Callable[[Motion, str], dict[str, Any]]

#: Who is told the time of a reading, in milliseconds: Alipay's pages, of all but the orientation.
TIMED: Mapping[str, tuple[str, ...]] = {"my": ("accelerometer", "gyroscope", "compass")}


def reading(sensor: str, app: App, system: str, motion: Motion, moment: float) -> Result:
    """What the sensor tells the app of the phone's motion at that moment."""
    read = of_vendor(OWN[sensor], app, USUAL[sensor])
    told = {name: _rounded(value) for name, value in read(motion, system).items()}
    return {**told, "timestamp": round(moment * 1000)} if sensor in of_vendor(TIMED, app, ()) else told


def _rounded(value: Any) -> Any:
    return round(value, DIGITS) + 0.0 if isinstance(value, float) else value


def _axes(vector: Vector, factor: float = 1.0) -> dict[str, float]:
    return {name: value * factor for name, value in zip("xyz", vector, strict=True)}


# --- accelerometer ------------------------------------------------------------------------------------------------


def _gravity(motion: Motion, system: str) -> dict[str, float]:
    return _axes(motion.force, -1 / GRAVITY)


def _as_the_system_has_it(motion: Motion, system: str) -> dict[str, float]:
    return _axes(motion.force, (-1 if system == "ios" else 1) / GRAVITY)


def _felt(motion: Motion, system: str) -> dict[str, float]:
    return _axes(motion.force)


def _pushed(motion: Motion, system: str) -> dict[str, float]:
    return _axes(motion.acceleration)


# --- gyroscope ----------------------------------------------------------------------------------------------------


def _turning(motion: Motion, system: str) -> dict[str, float]:
    return _axes(motion.velocity)


def _turning_and_turned(motion: Motion, system: str) -> dict[str, Any]:
    """Douyin tells the angles too: its roll is around z, its pitch around x, its yaw around y. `result` is valid."""
    angles = zip(("roll", "pitch", "yaw"), map(math.radians, motion.angles), strict=True)
    return {**_turning(motion, system), **dict(angles), "result": 0}


# --- compass ------------------------------------------------------------------------------------------------------


def _heading(motion: Motion, system: str) -> dict[str, Any]:
    """On iOS the accuracy is a number of degrees again, from magnetic north, which is north here."""
    return {"direction": motion.heading, "accuracy": "high" if system == "android" else motion.heading}


def _heading_alone(motion: Motion, system: str) -> dict[str, Any]:
    return {"direction": motion.heading}


def _from_the_south(motion: Motion, system: str) -> dict[str, Any]:
    return {"direction": (motion.heading + 180) % 360}


def _of_a_page(motion: Motion, system: str) -> dict[str, Any]:
    alpha = motion.angles[0]
    return {"direction": 360 - alpha, "accuracy": "high" if system == "android" else alpha}


def _of_the_hybrid(motion: Motion, system: str) -> dict[str, Any]:
    return {"direction": motion.heading, "accuracy": "high"}


# --- orientation --------------------------------------------------------------------------------------------------


def _angles(motion: Motion, system: str) -> dict[str, float]:
    """WeChat's `beta` grows as the top goes down, or up: its page does not say where which. Judgement: on iOS up."""
    alpha, beta, gamma = motion.angles
    down = beta if system == "ios" or beta == -180 else -beta
    return {"alpha": math.radians(alpha), "beta": math.radians(down), "gamma": math.radians(gamma)}


def _degrees(motion: Motion, system: str) -> dict[str, float]:
    return dict(zip(("alpha", "beta", "gamma"), motion.angles, strict=True))


def _radians(motion: Motion, system: str) -> dict[str, float]:
    return {name: math.radians(angle) for name, angle in _degrees(motion, system).items()}


USUAL: Mapping[str, Read] = {
    "accelerometer": _gravity,
    "gyroscope": _turning,
    "compass": _heading,
    "orientation": _angles,
}
OWN: Mapping[str, Mapping[str, Read]] = {
    "accelerometer": {"h5": _pushed, "rn": _as_the_system_has_it, "harmony": _felt, "harmony-hybrid": _felt},
    "gyroscope": {"tt": _turning_and_turned},
    "compass": {"my": _heading_alone, "tt": _from_the_south, "h5": _of_a_page, "harmony-hybrid": _of_the_hybrid},
    "orientation": {"h5": _degrees, "harmony-hybrid": _degrees, "rn": _radians},
}
