"""How a phone is held and moved, and what follows of it: where its top points, where down is, how fast it turns.

A pose has the angles of the W3C's "DeviceOrientation Event Specification": turned by `alpha` around the axis out of
the screen, then by `beta` around the one to the right, then by `gamma` around the one to the top.
"""

from __future__ import annotations

import bisect
import csv
import math
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

Vector = tuple[float, float, float]
#: A rotation: its scalar part, and then those along x, y and z.
Quaternion = tuple[float, float, float, float]

NOWHERE: Vector = (0.0, 0.0, 0.0)
GRAVITY = 9.80665
#: Of an angle in degrees: finer than any sensor, and coarser than a moment of the clock.
DIGITS = 4
COLUMNS = ("time", "alpha", "beta", "gamma", "x", "y", "z")


def _finite(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not (isinstance(value, int | float) and math.isfinite(value)):
        raise ValueError(f"{attribute.name} is a number, not {value!r}")


def _each_finite(pose: object, attribute: attrs.Attribute[Any], value: Vector) -> None:
    for each in value:
        _finite(pose, attribute, each)


def vector(values: Iterable[float]) -> Vector:
    """Three numbers, along x, y and z. ValueError if there are more or fewer."""
    found = tuple(values)
    if len(found) != 3:
        raise ValueError(f"a vector has three numbers, not {found!r}")
    return found


@attrs.frozen
class Pose:
    """How the phone is held: its angles in degrees; and how it is accelerated.

    All 0, it lies on its back with its top to the north. `alpha` turns it counter-clockwise, `beta` raises its top
    (90 is upright), `gamma` lowers its right side. `acceleration` is along its own axes (right, top, out of the
    screen) in m/s², without gravity.
    """

    alpha: float = attrs.field(default=0.0, validator=_finite)
    beta: float = attrs.field(default=0.0, validator=_finite)
    gamma: float = attrs.field(default=0.0, validator=_finite)
    acceleration: Vector = attrs.field(default=NOWHERE, converter=vector, validator=_each_finite)

    @property
    def rotation(self) -> Quaternion:
        """From the phone's axes to the earth's: east, north, up."""
        turned = _product(_around(2, self.alpha), _around(0, self.beta))
        return _product(turned, _around(1, self.gamma))


@attrs.frozen
class Motion:
    """A moment of the phone's motion: its rotation, how it is accelerated (m/s²), how fast it turns (radians/s)."""

    rotation: Quaternion
    acceleration: Vector = NOWHERE
    velocity: Vector = NOWHERE

    def at_pace(self, pace: float) -> Motion:
        """The same, `pace` times as fast; it is pushed as hard as before, since that was felt and not made up."""
        return self if pace == 1 else attrs.evolve(self, velocity=vector(pace * each for each in self.velocity))

    @property
    def force(self) -> Vector:
        """What an accelerometer feels, in m/s²: what keeps the phone from falling, and what accelerates it."""
        up = _turned(_inverse(self.rotation), (0.0, 0.0, GRAVITY))
        return vector(map(sum, zip(up, self.acceleration, strict=True)))

    @property
    def heading(self) -> float:
        """Where the top points, in degrees clockwise from north; of an upright phone its back."""
        east, north, _ = _turned(self.rotation, (0.0, 1.0, 0.0))
        if math.hypot(east, north) < 1e-9:
            east, north, _ = _turned(self.rotation, (0.0, 0.0, -1.0))
        return round(math.degrees(math.atan2(east, north)), DIGITS) % 360

    @property
    def angles(self) -> Vector:
        """Alpha, beta and gamma in degrees: from 0 to 360, from -180 to 180, from -90 to 90, without the last."""
        right, top, out = (_turned(self.rotation, axis) for axis in ((1.0, 0, 0), (0, 1.0, 0), (0, 0, 1.0)))
        beta = math.asin(max(-1.0, min(1.0, top[2])))
        if abs(top[2]) > 1 - 1e-12:
            # Upright, two of the angles turn it around the same axis, of which there is one.
            alpha, gamma = math.atan2(right[1], right[0]), 0.0
        elif out[2] > 1e-12 or (abs(out[2]) <= 1e-12 and right[2] > 0):
            alpha, gamma = math.atan2(-top[0], top[1]), math.atan2(-right[2], max(out[2], 0.0))
        else:
            alpha, gamma = math.atan2(top[0], -top[1]), math.atan2(right[2], max(-out[2], 0.0))
            beta = (-math.pi if beta <= 0 else math.pi) - beta
        turned, raised, lowered = (round(math.degrees(angle), DIGITS) + 0.0 for angle in (alpha, beta, gamma))
        return turned % 360, -180.0 if raised == 180 else raised, lowered


def _pose(_: object, __: Any, value: Any) -> None:
    if not isinstance(value, Pose):
        raise TypeError(f"a track has poses with their seconds, as (2, Pose(alpha=-90)), and not {value!r}")


@attrs.frozen
class Point:
    """A pose of a track, and how many seconds after its beginning it is taken."""

    seconds: float = attrs.field(validator=_finite)
    pose: Pose = attrs.field(validator=_pose)


@attrs.frozen
class Track:
    """Poses that the phone takes one after another, at least one; between two it turns evenly, the shorter way."""

    points: tuple[Point, ...]

    @property
    def seconds(self) -> float:
        """When the last pose is taken."""
        return self.points[-1].seconds

    def at(self, seconds: float) -> Motion:
        """How the phone moves then. Before the first pose and after the last it is held still."""
        after = bisect.bisect_right(self.points, seconds, key=lambda point: point.seconds)
        if after in (0, len(self.points)):
            return Motion(self.points[max(0, after - 1)].pose.rotation)
        return _between(self.points[after - 1], self.points[after], seconds)


def held(pose: Pose) -> Track:
    """The track of a phone that is held still."""
    return Track((Point(0.0, pose),))


def made(points: Iterable[tuple[float, Pose]]) -> Track:
    """The track of poses with the seconds at which they are taken, in any order. ValueError if there are none."""
    found = sorted((Point(float(seconds), pose) for seconds, pose in points), key=lambda point: point.seconds)
    if not found:
        raise ValueError("a track has at least one pose")
    return Track(tuple(found))


def read(path: str | PathLike[str]) -> Track:
    """The track in a CSV file with the columns `time` (seconds), `alpha`, `beta`, `gamma`, and `x`, `y`, `z`.

    The last three are the acceleration. Columns but `time` may be missing, and are 0 then; others are not looked at.
    `ValueError`, which names the file and the line, for what is none; `OSError` if the file can't be read.
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            if "time" not in (rows.fieldnames or ()):
                raise ValueError("it has no column 'time'")
            if not set(COLUMNS[1:]).intersection(rows.fieldnames or ()):
                raise ValueError(f"beside 'time' it has none of the columns {', '.join(COLUMNS[1:])}")
            points = [_point(row, rows.line_num) for row in rows]
            if not points:
                raise ValueError("it has no poses")
        except (csv.Error, UnicodeDecodeError, ValueError) as error:
            raise ValueError(f"{path} is no track of a phone: {error}") from error
    began = min(point.seconds for point in points)
    return made((point.seconds - began, point.pose) for point in points)


def shaken(pose: Pose, seconds: float, strength: float, times: float) -> Track:
    """The track of a phone that is shaken to and fro along its short side, `times` a second, as hard as `strength`."""
    steps = max(1, math.ceil(seconds * 100))
    return made(
        (seconds * step / steps, attrs.evolve(pose, acceleration=(push, 0.0, 0.0)))
        for step in range(steps + 1)
        for push in [strength * math.sin(2 * math.pi * times * seconds * step / steps)]
    )


def _point(row: Mapping[str | Any, str | Any], line: int) -> Point:
    try:
        if not row.get("time"):
            raise ValueError("it has no time")
        time, alpha, beta, gamma, *push = (float(row.get(name) or 0) for name in COLUMNS)
        return Point(time, Pose(alpha, beta, gamma, push))
    except ValueError as error:
        raise ValueError(f"line {line}: {error}") from error


def _between(one: Point, other: Point, seconds: float) -> Motion:
    took = other.seconds - one.seconds
    part = (seconds - one.seconds) / took
    start = one.pose.rotation
    way = _way(_product(_inverse(start), other.pose.rotation))
    turned = _product(start, _rotation(vector(part * each for each in way)))
    pushes = zip(one.pose.acceleration, other.pose.acceleration, strict=True)
    acceleration = vector(before + (after - before) * part for before, after in pushes)
    return Motion(turned, acceleration, vector(each / took for each in way))


# --- rotations ----------------------------------------------------------------------------------------------------


def _around(axis: int, degrees: float) -> Quaternion:
    half = math.radians(degrees) / 2
    return math.cos(half), *vector(math.sin(half) if each == axis else 0.0 for each in range(3))


def _product(one: Quaternion, other: Quaternion) -> Quaternion:
    a, b, c, d = one
    e, f, g, h = other
    return (
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    )


def _inverse(rotation: Quaternion) -> Quaternion:
    scalar, x, y, z = rotation
    return scalar, -x, -y, -z


def _turned(rotation: Quaternion, axis: Vector) -> Vector:
    _, x, y, z = _product(_product(rotation, (0.0, *axis)), _inverse(rotation))
    return x, y, z


def _way(rotation: Quaternion) -> Vector:
    """The axis of the rotation, as long as its angle in radians; of the two ways the shorter."""
    scalar, *sides = rotation if rotation[0] >= 0 else [-each for each in rotation]
    length = math.hypot(*sides)
    angle = 2 * math.atan2(length, scalar)
    return vector(side * (angle / length if length else 0.0) for side in sides)


def _rotation(way: Vector) -> Quaternion:
    angle = math.hypot(*way)
    scale = math.sin(angle / 2) / angle if angle else 0.0
    return math.cos(angle / 2), *vector(each * scale for each in way)
