"""`Taro.pxTransform`: sizes of the design, in the unit that the platform's styles have."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from ..models.json import number_text
from .errors import TaroError

DesignWidth = float | Callable[[float], float]

# By design width, what a size is multiplied by to be one at the reference width of 750; Taro's own table.
DEVICE_RATIO: Mapping[float, float] = {640: 2.34 / 2, 750: 1, 828: 1.81 / 2}

#: The units that sizes are converted to.
UNITS = frozenset({"rem", "px", "vw"})


@attrs.define
class PxConfig:
    """What `initPxTransform` sets; the defaults are Taro's."""

    designWidth: DesignWidth = 750
    deviceRatio: Mapping[Any, float] = DEVICE_RATIO
    baseFontSize: float = 20
    targetUnit: str = "rpx"
    unitPrecision: int = 5


def px_transform(config: PxConfig, size: float, *, on_web: bool = False) -> str:
    """A size of the design in the target unit, as text: `pxTransform(100)` is `"100rpx"` on weapp.

    `on_web`: taro-h5 takes every unit that it does not know for `rem`; the others leave the size as it is.
    """
    try:
        width = config.designWidth(size) if callable(config.designWidth) else config.designWidth
        unit = config.targetUnit if config.targetUnit in UNITS or not on_web else "rem"
        value = math.trunc(size) / _root(config, unit, width, 1 / _ratio(config, width))
        return f"{number_text(_rounded(value, config.unitPrecision))}{config.targetUnit}"
    except TaroError:
        raise
    except Exception as error:  # the width is the program's to compute, and the ratios may be an object of its own
        raise TaroError(f"pxTransform:fail {size} with these settings: {error}", api="pxTransform") from error


def _ratio(config: PxConfig, width: float) -> float:
    """How much larger than at the reference width the design is; the keys of settings from JSON are texts."""
    for known, ratio in config.deviceRatio.items():
        if known == width or str(known) == str(width):
            return ratio
    raise TaroError(f"pxTransform:fail deviceRatio has nothing for a design width of {width}", api="pxTransform")


def _rounded(value: float, digits: float) -> float:
    """As JavaScript's `toFixed` rounds: halves away from zero."""
    if not 0 <= digits <= 100:
        return value
    from decimal import ROUND_HALF_UP, Context, Decimal

    unit = Decimal(1).scaleb(-int(digits))
    # The exact value of a float has up to 309 digits before the point.
    return float(Decimal(value).quantize(unit, context=Context(prec=420, rounding=ROUND_HALF_UP)))


def _root(config: PxConfig, unit: str, width: float, root: float) -> float:
    """How many px of the design make one of the unit."""
    match unit:
        case "rem":
            return root * config.baseFontSize * 2
        case "px":
            return root * 2
        case "vw":
            return width / 100
        case _:
            return root
