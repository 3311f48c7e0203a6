"""`Taro.pxTransform`: sizes of the design, in the unit that the platform's styles have."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from .errors import TaroError

DesignWidth = float | Callable[[float], float]

# How many times smaller than at the reference width of 750 a design is drawn, as Taro's configuration has it.
DEVICE_RATIO: Mapping[float, float] = {640: 2.34 / 2, 750: 1, 828: 1.81 / 2}


@attrs.define
class PxConfig:
    """What `initPxTransform` sets; the defaults are Taro's."""

    designWidth: DesignWidth = 750
    deviceRatio: Mapping[Any, float] = DEVICE_RATIO
    baseFontSize: float = 20
    targetUnit: str = "rpx"
    unitPrecision: int = 5


def px_transform(config: PxConfig, size: float) -> str:
    """A size of the design in the target unit, as text: `pxTransform(100)` is `"100rpx"` on weapp."""
    width = config.designWidth(size) if callable(config.designWidth) else config.designWidth
    ratios = {float(key): value for key, value in config.deviceRatio.items()}
    if float(width) not in ratios:
        raise TaroError(f"pxTransform:fail deviceRatio has nothing for a design width of {width}", api="pxTransform")
    value = math.trunc(size) / _root(config, width, 1 / ratios[float(width)])
    if 0 <= config.unitPrecision <= 100:
        value = round(value, config.unitPrecision)
    return f"{_js_number(value)}{config.targetUnit}"


def _root(config: PxConfig, width: float, root: float) -> float:
    """How many px of the design make one of the target unit."""
    match config.targetUnit:
        case "rem":
            return root * config.baseFontSize * 2
        case "px":
            return root * 2
        case "vw":
            return width / 100
        case _:
            return root


def _js_number(value: float) -> str:
    """A number as JavaScript writes it: without a fraction where there is none."""
    return str(int(value)) if value == int(value) else repr(value)
