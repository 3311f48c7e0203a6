"""Paths: what a context's own and a `Path2D` have in common.

As browsers have it, what is not finite adds nothing. Angles and where arcs begin and end are Chromium's, which the
pictures in tests/phone/canvas are compared with.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from ..core.guarded import Keeping
from ..core.telling import count
from .library import skia

_TURN = 2 * math.pi
_CLOCKWISE, _COUNTERCLOCKWISE = skia.PathDirection.kCW, skia.PathDirection.kCCW


class Tracing(Keeping):
    """The methods that make a path."""

    _path: Any

    def moveTo(self, x: float, y: float) -> None:
        """Begins a new part of the path here."""
        if isfinite(x + y):
            self._path.moveTo(x, y)

    def lineTo(self, x: float, y: float) -> None:
        """A straight line to here; the first point of an empty path."""
        if isfinite(x + y):
            path = self._path
            if path.isEmpty():
                path.moveTo(x, y)
            else:
                path.lineTo(x, y)

    def closePath(self) -> None:
        """A straight line back to where this part of the path began."""
        if not self._path.isEmpty():
            self._path.close()

    def quadraticCurveTo(self, cpx: float, cpy: float, x: float, y: float) -> None:
        """A curve with one control point."""
        if isfinite(cpx + cpy + x + y):
            self._begin(cpx, cpy)
            self._path.quadTo(cpx, cpy, x, y)

    def bezierCurveTo(self, cp1x: float, cp1y: float, cp2x: float, cp2y: float, x: float, y: float) -> None:
        """A curve with two control points."""
        if isfinite(cp1x + cp1y + cp2x + cp2y + x + y):
            self._begin(cp1x, cp1y)
            self._path.cubicTo(cp1x, cp1y, cp2x, cp2y, x, y)

    def arcTo(self, x1: float, y1: float, x2: float, y2: float, radius: float) -> None:
        """An arc that touches the line to the first point and the one from there to the second. ValueError if the
        radius is negative.
        """
        if not isfinite(x1 + y1 + x2 + y2 + radius):
            return
        _check_radius(radius)
        path = self._path
        if path.isEmpty():
            path.moveTo(x1, y1)
        last = path.getPoint(path.countPoints() - 1)
        if radius == 0 or (x1, y1) in ((last.x(), last.y()), (x2, y2)):
            path.lineTo(x1, y1)
        else:
            path.arcTo(skia.Point(x1, y1), skia.Point(x2, y2), radius)

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        """A closed rectangle, a part of its own."""
        if isfinite(x + y + width + height):
            path = self._path
            path.moveTo(x, y)
            path.lineTo(x + width, y)
            path.lineTo(x + width, y + height)
            path.lineTo(x, y + height)
            path.close()
            path.moveTo(x, y)

    def roundRect(self, x: float, y: float, width: float, height: float, radii: Any = 0) -> None:
        """A rectangle with rounded corners. `radii`: one number or `{x, y}`, or one to four, from the top left on.

        ValueError for a negative radius or more than four.
        """
        if not isfinite(x + y + width + height):
            return
        corners = _corners(radii)
        if width < 0:
            corners = [corners[at] for at in (1, 0, 3, 2)]
        if height < 0:
            corners = [corners[at] for at in (3, 2, 1, 0)]
        rounded = skia.RRect()
        box = skia.Rect(min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height))
        rounded.setRectRadii(box, [skia.Point(*corner) for corner in corners])
        self._path.addRRect(rounded, _CLOCKWISE if width * height >= 0 else _COUNTERCLOCKWISE)
        self._path.moveTo(x, y)

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        startAngle: float,
        endAngle: float,
        counterclockwise: Any = False,
        *_: Any,
    ) -> None:
        """An arc of a circle, with a line to where it begins. Angles are in radians, clockwise from the right.

        ValueError if the radius is negative.
        """
        self.ellipse(x, y, radius, radius, 0, startAngle, endAngle, counterclockwise)

    def ellipse(
        self,
        x: float,
        y: float,
        radiusX: float,
        radiusY: float,
        rotation: float,
        startAngle: float,
        endAngle: float,
        counterclockwise: Any = False,
    ) -> None:
        """As `arc`, of an ellipse that is turned by `rotation`."""
        if not isfinite(x + y + radiusX + radiusY + rotation + startAngle + endAngle):
            return
        _check_radius(min(radiusX, radiusY))
        start, end = _angles(startAngle, endAngle, bool(counterclockwise))
        if radiusX == 0 or radiusY == 0 or start == end:
            self.lineTo(*_point(x, y, radiusX, radiusY, rotation, start))
            if start != end:
                self.lineTo(*_point(x, y, radiusX, radiusY, rotation, end))
            return
        if not rotation:
            self._arc(x, y, radiusX, radiusY, start, end)
            return
        turned = skia.Matrix().preTranslate(x, y).preRotate(math.degrees(rotation))
        back = skia.Matrix()
        turned.invert(back)
        self._path.transform(back)
        self._arc(0, 0, radiusX, radiusY, start, end)
        self._path.transform(turned)

    def _begin(self, x: float, y: float) -> None:
        """An empty path begins where its first curve is drawn to."""
        if self._path.isEmpty():
            self._path.moveTo(x, y)

    def _arc(self, x: float, y: float, radius_x: float, radius_y: float, start: float, end: float) -> None:
        box = skia.Rect(x - radius_x, y - radius_y, x + radius_x, y + radius_y)
        first, sweep = math.degrees(start), math.degrees(end - start)
        if abs(abs(sweep) - 360) < 1 / 4096:
            half = math.copysign(180, sweep)
            self._path.arcTo(box, first, half, False)
            self._path.arcTo(box, first + half, half, False)
        else:
            self._path.arcTo(box, first, sweep, False)


class Path2D(Tracing):
    """A path that a program keeps, as `canvas.createPath2D()` gives it, a copy of `path` if there is one."""

    def __init__(self, path: Path2D | None = None) -> None:
        if path is not None and not isinstance(path, Path2D):
            raise TypeError(f"a Path2D is made of another, or of nothing, and not of {type(path).__name__}")
        self._path = skia.Path() if path is None else skia.Path(path._path)

    def in_words(self) -> Iterator[str]:
        """How long it is."""
        yield count(self.drawn.countVerbs(), "steps") if not self.drawn.isEmpty() else "empty"

    def addPath(self, path: Path2D, transform: Mapping[str, float] | None = None) -> None:
        """Adds the parts of another path, moved by a matrix `{a, b, c, d, e, f}` if there is one."""
        if not isinstance(path, Path2D):
            raise TypeError(f"a Path2D takes another Path2D, and not {type(path).__name__}")
        if transform is None:
            self._path.addPath(path._path)
        else:
            self._path.addPath(path._path, matrix_of(transform))

    @property
    def drawn(self) -> Any:
        """The path as skia has it."""
        return self._path


def matrix_of(given: Mapping[str, float]) -> Any:
    """The matrix of a `{a, b, c, d, e, f}`, of which each may be missing."""
    a, b, c, d, e, f = (float(given.get(name, usual)) for name, usual in zip("abcdef", (1, 0, 0, 1, 0, 0), strict=True))
    return matrix(a, b, c, d, e, f)


def matrix(a: float, b: float, c: float, d: float, e: float, f: float) -> Any:
    """The matrix with which x is `a*x + c*y + e`, and y is `b*x + d*y + f`."""
    return skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1)


def _check_radius(radius: float) -> None:
    if radius < 0:
        raise ValueError(f"IndexSizeError: the radius provided ({radius:g}) is negative")


def _angles(start: float, end: float, counterclockwise: bool) -> tuple[float, float]:
    """Where an arc begins, within one turn from 0, and where it ends; all around at most."""
    first = math.fmod(start, _TURN)
    if first < 0:
        first += _TURN
        if first >= _TURN:
            first -= _TURN
    last = end + first - start
    if not counterclockwise and last - first >= _TURN:
        return first, first + _TURN
    if counterclockwise and first - last >= _TURN:
        return first, first - _TURN
    if not counterclockwise and first > last:
        return first, first + (_TURN - math.fmod(first - last, _TURN))
    if counterclockwise and first < last:
        return first, first - (_TURN - math.fmod(last - first, _TURN))
    return first, last


def _point(x: float, y: float, radius_x: float, radius_y: float, rotation: float, angle: float) -> tuple[float, float]:
    across, down = radius_x * math.cos(angle), radius_y * math.sin(angle)
    cosine, sine = math.cos(rotation), math.sin(rotation)
    return x + across * cosine - down * sine, y + across * sine + down * cosine


def _corners(radii: Any) -> list[tuple[float, float]]:
    """The radii of the four corners, from the top left on, clockwise."""
    given = [_radius(each) for each in (radii if isinstance(radii, Sequence) else (radii,))]
    if not 1 <= len(given) <= 4:
        raise ValueError(f"RangeError: a rectangle has one to four radii, not {len(given)}")
    spread = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
    return [given[at] for at in spread[len(given)]]


def _radius(given: Any) -> tuple[float, float]:
    x, y = (given.get("x", 0), given.get("y", 0)) if isinstance(given, Mapping) else (given, given)
    if min(x, y) < 0:
        raise ValueError(f"RangeError: the radius {min(x, y):g} is negative")
    return float(x), float(y)
