"""`filter` of a context: CSS's functions, put to Skia. www.w3.org/TR/filter-effects-1 has the matrices."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from . import colors
from .library import skia

_FUNCTION = re.compile(r"\s*([a-z-]+)\(((?:[^()]|\([^()]*\))*)\)\s*")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(px)?")
_AMOUNT = re.compile(r"(\d+\.?\d*|\.\d+)(%)?")
_ANGLE = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(deg|grad|rad|turn)?")
#: What red, green and blue are made of when all colour is gone; `saturate` has fewer digits.
_GREY = ((0.2126, 0.7152, 0.0722),) * 3
_DULL = ((0.213, 0.715, 0.072),) * 3
_SEPIA = ((0.393, 0.769, 0.189), (0.349, 0.686, 0.168), (0.272, 0.534, 0.131))


@lru_cache(maxsize=64)
def parse(text: str) -> Any:
    """The image filter that the text says; None for `none`. ValueError for what is no filter."""
    text = text.strip().lower()
    if text == "none":
        return None
    combined, at = None, 0
    while at < len(text):
        found = _FUNCTION.match(text, at)
        if found is None or found[1] not in _MAKERS:
            raise ValueError(f"{text!r} is no filter")
        combined = _MAKERS[found[1]](found[2].strip(), combined)
        at = found.end()
    if combined is None:
        raise ValueError("an empty text is no filter")
    return combined


def _blur(written: str, before: Any) -> Any:
    radius = _length(written) if written else 0.0
    if radius < 0:
        raise ValueError("a blur is not negative")
    return skia.ImageFilters.Blur(radius, radius, skia.TileMode.kDecal, before)


def _drop_shadow(written: str, before: Any) -> Any:
    lengths: list[str] = []
    rest: list[str] = []
    for part in re.findall(r"[a-z-]+\([^()]*\)|[^\s]+", written):
        (lengths if _LENGTH.fullmatch(part) else rest).append(part)
    color = colors.parse(rest[0]) if rest else colors.BLACK
    if not 2 <= len(lengths) <= 3 or len(rest) > 1 or color is None:
        raise ValueError(f"drop-shadow({written}) has two or three lengths and at most a color")
    across, down, blur = (*map(_length, lengths), 0.0)[:3]
    return skia.ImageFilters.DropShadow(across, down, blur, blur, argb(color), before)


def _by_matrix(make: Callable[[float], list[float]], most: float | None = None) -> Callable[[str, Any], Any]:
    def filter_of(written: str, before: Any) -> Any:
        amount = _amount(written)
        given = amount if most is None else min(amount, most)
        return skia.ImageFilters.ColorFilter(skia.ColorFilters.Matrix(make(given)), before)

    return filter_of


def _hue_rotate(written: str, before: Any) -> Any:
    found = _ANGLE.fullmatch(written or "0")
    if found is None or (found[2] is None and float(found[1])):
        raise ValueError(f"hue-rotate({written}) has no angle")
    angle = math.radians(float(found[1]) * colors.DEGREES[found[2] or ""])
    cosine, sine = math.cos(angle), math.sin(angle)
    red, green, blue = 0.213, 0.715, 0.072
    matrix = [
        red + cosine * (1 - red) - sine * red, green - cosine * green - sine * green,
        blue - cosine * blue + sine * (1 - blue), 0, 0,
        red - cosine * red + sine * 0.143, green + cosine * (1 - green) + sine * 0.140,
        blue - cosine * blue - sine * 0.283, 0, 0,
        red - cosine * red - sine * (1 - red), green - cosine * green + sine * green,
        blue + cosine * (1 - blue) + sine * blue, 0, 0,
        0, 0, 0, 1, 0,
    ]  # fmt: skip
    return skia.ImageFilters.ColorFilter(skia.ColorFilters.Matrix(matrix), before)


def _each(scale: float, shift: float = 0.0) -> list[float]:
    """Each colour by itself, multiplied and shifted."""
    return [scale, 0, 0, 0, shift, 0, scale, 0, 0, shift, 0, 0, scale, 0, shift, 0, 0, 0, 1, 0]


def _mixed(rows: tuple[tuple[float, ...], ...], amount: float) -> list[float]:
    """As much of the rows as `amount` says, and of the colours as they are what is left."""
    keep = 1 - amount
    mixed = [[part * amount + (keep if at == row else 0) for at, part in enumerate(rows[row])] for row in range(3)]
    return [*(value for row in mixed for value in (*row, 0, 0)), 0, 0, 0, 1, 0]


def _opacity(amount: float) -> list[float]:
    return [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, amount, 0]


_MAKERS: Mapping[str, Callable[[str, Any], Any]] = {
    "blur": _blur,
    "brightness": _by_matrix(_each),
    "contrast": _by_matrix(lambda amount: _each(amount, 0.5 - amount / 2)),
    "drop-shadow": _drop_shadow,
    "grayscale": _by_matrix(lambda amount: _mixed(_GREY, amount), 1),
    "hue-rotate": _hue_rotate,
    "invert": _by_matrix(lambda amount: _each(1 - 2 * amount, amount), 1),
    "opacity": _by_matrix(_opacity, 1),
    "saturate": _by_matrix(lambda amount: _mixed(_DULL, 1 - amount)),
    "sepia": _by_matrix(lambda amount: _mixed(_SEPIA, amount), 1),
}


def argb(color: colors.Color) -> int:
    """The colour as Skia has it in one number."""
    number: int = skia.ColorSetARGB(round(color.alpha * 255), *color[:3])
    return number


def _length(written: str) -> float:
    found = _LENGTH.fullmatch(written)
    if found is None or (found[2] is None and float(found[1])):
        raise ValueError(f"{written!r} is no length in px")
    return float(found[1])


def _amount(written: str) -> float:
    found = _AMOUNT.fullmatch(written or "1")
    if found is None:
        raise ValueError(f"{written!r} is no amount")
    return float(found[1]) / (100 if found[2] else 1)
