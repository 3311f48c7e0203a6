"""What shapes are painted with beside plain colours: gradients and patterns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Any

from ..core.telling import Showing, count
from . import colors
from .library import skia
from .paths import matrix_of


class CanvasGradient(Showing):
    """A gradient, as `createLinearGradient`, `createRadialGradient` and `createConicGradient` give it."""

    def __init__(self, make: Callable[[list[Any], list[float]], Any], *, is_a_point: bool = False) -> None:
        self._make = make
        self._is_a_point = is_a_point
        self._stops: list[tuple[float, colors.Color]] = []
        self._shader: Any = None

    def in_words(self) -> Iterator[str]:
        """How many colours it has."""
        yield count(len(self._stops), "stops")

    def addColorStop(self, stop: float, color: str) -> None:
        """The colour at `stop`, from 0 to 1. ValueError for another stop, or what is no colour."""
        if not isfinite(stop) or not 0 <= stop <= 1:
            raise ValueError(f"IndexSizeError: the provided value ({stop}) is outside the range (0.0, 1.0)")
        parsed = colors.parse(color) if isinstance(color, str) else None
        if parsed is None:
            raise ValueError(f"SyntaxError: the value provided ({color!r}) could not be parsed as a color")
        self._stops.append((stop, parsed))
        self._shader = None

    @property
    def shader(self) -> Any:
        """What paints it; None if it paints nothing."""
        if self._is_a_point or not self._stops:
            return None
        if self._shader is None:
            stops = sorted(self._stops, key=lambda stop: stop[0])
            # One before the first and one after the last, so that both ends are filled with them.
            stops = [(0.0, stops[0][1]), *stops, (1.0, stops[-1][1])]
            told = [skia.ColorSetARGB(round(each.alpha * 255), *each[:3]) for _, each in stops]
            self._shader = self._make(told, [stop for stop, _ in stops])
        return self._shader


def linear(x0: float, y0: float, x1: float, y1: float) -> CanvasGradient:
    """Along the line between two points."""
    _check(x0, y0, x1, y1)
    ends = [skia.Point(x0, y0), skia.Point(x1, y1)]
    return CanvasGradient(
        lambda told, at: skia.GradientShader.MakeLinear(ends, told, at), is_a_point=(x0, y0) == (x1, y1)
    )


def radial(x0: float, y0: float, r0: float, x1: float, y1: float, r1: float) -> CanvasGradient:
    """Between two circles."""
    _check(x0, y0, r0, x1, y1, r1)
    if min(r0, r1) < 0:
        raise ValueError(f"IndexSizeError: the radius provided ({min(r0, r1):g}) is less than 0")
    first, second = skia.Point(x0, y0), skia.Point(x1, y1)
    return CanvasGradient(
        lambda told, at: skia.GradientShader.MakeTwoPointConical(first, r0, second, r1, told, at),
        is_a_point=(x0, y0, r0) == (x1, y1, r1),
    )


def conic(start: float, x: float, y: float) -> CanvasGradient:
    """Around a point, clockwise from an angle."""
    _check(start, x, y)
    turned = skia.Matrix().preRotate(math.degrees(start), x, y)
    return CanvasGradient(
        lambda told, at: skia.GradientShader.MakeSweep(x, y, told, at, skia.TileMode.kClamp, 0, 360, 0, turned)
    )


_TILES: Mapping[str, tuple[bool, bool]] = {
    "repeat": (True, True),
    "repeat-x": (True, False),
    "repeat-y": (False, True),
    "no-repeat": (False, False),
}


class CanvasPattern(Showing):
    """A picture that is laid again and again, as `createPattern` gives it."""

    def __init__(self, picture: Any, repetition: str) -> None:
        self._picture = picture
        across, down = _TILES[repetition]
        modes = {True: skia.TileMode.kRepeat, False: skia.TileMode.kDecal}
        self._modes = modes[across], modes[down]
        self._matrix: Any = skia.Matrix()

    def in_words(self) -> Iterator[str]:
        """How large its picture is."""
        yield f"of {self._picture.width()} x {self._picture.height()}"

    def setTransform(self, transform: Mapping[str, float] | None = None) -> None:
        """Lays the pattern by a matrix, `{a, b, c, d, e, f}`."""
        self._matrix = matrix_of(transform or {})

    def shader(self, sampling: Any) -> Any:
        """What paints it."""
        return self._picture.makeShader(*self._modes, sampling, self._matrix)


def pattern(picture: Any, repetition: Any) -> CanvasPattern:
    """The pattern of a picture; ValueError for a repetition that there is not."""
    known = "repeat" if repetition in (None, "") else repetition
    if known not in _TILES:
        raise ValueError(f"SyntaxError: the provided type ({repetition!r}) is not one of {', '.join(_TILES)}")
    return CanvasPattern(picture, known)


def _check(*numbers: float) -> None:
    if not all(map(isfinite, numbers)):
        raise ValueError("TypeError: the provided double value is non-finite")
