"""Colours as CSS writes them, and as a canvas tells them."""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from .color_names import NAMES


class Color(NamedTuple):
    """Red, green and blue from 0 to 255, alpha from 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    def __str__(self) -> str:
        """As `fillStyle` gives it: `#rrggbb`, or `rgba(r, g, b, a)` if it is not opaque."""
        if self.alpha >= 1:
            return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"
        return f"rgba({self.red}, {self.green}, {self.blue}, {_short(self.alpha)})"


BLACK = Color(0, 0, 0)
TRANSPARENT = Color(0, 0, 0, 0.0)

_FUNCTION = re.compile(r"(rgba?|hsla?)\(\s*([^()]*?)\s*\)")
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|grad|rad|turn)?")
#: Degrees in each of CSS's units of angles.
DEGREES: Mapping[str, float] = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}


@lru_cache(maxsize=1024)
def parse(text: str) -> Color | None:
    """The colour that the text names; None if it names none."""
    text = text.strip().lower()
    if text in NAMES:
        value = NAMES[text]
        return Color(value >> 16, value >> 8 & 255, value & 255)
    if text in ("transparent", "currentcolor"):
        return TRANSPARENT if text == "transparent" else BLACK
    if found := _HEX.fullmatch(text):
        return _hex(found[1])
    if found := _FUNCTION.fullmatch(text):
        return _called(found[1][:3], found[2])
    return None


def _hex(digits: str) -> Color:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, alpha = bytes.fromhex(f"{digits}ff"[:8])
    return Color(red, green, blue, alpha / 255)


def _called(function: str, written: str) -> Color | None:
    """What `rgb(…)` or `hsl(…)` gives, with commas or, as newer CSS has it, with blanks and a slash before alpha."""
    if "," in written:
        parts = [part.strip() for part in written.split(",")]
    else:
        body, slash, alpha = written.partition("/")
        parts = [*body.split(), *([alpha.strip()] if slash else [])]
    matches = [_NUMBER.fullmatch(part) for part in parts]
    if len(parts) not in (3, 4) or not all(matches):
        return None
    numbers = [(float(found[1]), found[2] or "") for found in matches if found]
    alpha_of = numbers[3] if len(numbers) == 4 else (1.0, "")
    if alpha_of[1] not in ("", "%"):
        return None
    opaque = _within(alpha_of[0] / (100 if alpha_of[1] else 1), 1)
    return _rgb(numbers[:3], opaque) if function == "rgb" else _hsl(numbers[:3], opaque)


def _rgb(numbers: list[tuple[float, str]], alpha: float) -> Color | None:
    units = {unit for _, unit in numbers}
    if units not in ({""}, {"%"}):
        return None
    scale = 2.55 if units == {"%"} else 1
    red, green, blue = (_byte(value * scale) for value, _ in numbers)
    return Color(red, green, blue, alpha)


def _hsl(numbers: list[tuple[float, str]], alpha: float) -> Color | None:
    (hue, angle), (saturation, first), (lightness, second) = numbers
    if angle not in DEGREES or (first, second) != ("%", "%"):
        return None
    turn = hue * DEGREES[angle] / 360 % 1
    rgb = colorsys.hls_to_rgb(turn, _within(lightness / 100, 1), _within(saturation / 100, 1))
    red, green, blue = (_byte(part * 255) for part in rgb)
    return Color(red, green, blue, alpha)


def _byte(value: float) -> int:
    return math.floor(_within(value, 255) + 0.5)


def _within(value: float, most: float) -> float:
    return min(max(value, 0.0), most)


def _short(alpha: float) -> str:
    """Alpha with two digits if they say it, else with three, as CSS has it be told."""
    two = round(alpha, 2)
    return f"{two if round(two * 255) == round(alpha * 255) else round(alpha, 3):g}"
