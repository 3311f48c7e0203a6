"""What a test says is before the camera, where no picture tells it: planes, bodies, hands, how deep it all is."""

from __future__ import annotations

import math
from typing import Any

import attrs
from attrs.validators import and_, deep_iterable, ge, gt, in_, instance_of, le

from ...core.checked import is_number

#: What a hand can show, -1 if it is not clear what: miniprogram-api-typings 5.2.3, `VKHandAnchor.gesture`.
GESTURES = range(-1, 19)

Point = tuple[float, float]
Point3d = tuple[float, float, float]

_part = and_(ge(0.0), le(1.0))
_parts = deep_iterable(_part)


def _finite(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not (is_number(value) and math.isfinite(value)):
        raise ValueError(f"{attribute.name} is a number, not {value!r}")


_positive = and_(_finite, gt(0))


def _points(size: int) -> Any:
    """A check that each point has so many numbers."""

    def check(_: object, attribute: attrs.Attribute[Any], points: tuple[tuple[float, ...], ...]) -> None:
        for point in points:
            if len(point) != size:
                raise ValueError(f"{attribute.name} have {size} numbers each, not {point!r}")
            for value in point:
                _finite(None, attribute, value)

    return check


def _has_all(depth: Depth, _: object, values: tuple[float, ...]) -> None:
    if len(values) != depth.width * depth.height:
        raise ValueError(f"{depth.width} x {depth.height} depths are not {len(values)}")


@attrs.frozen
class Viewpoint:
    """Where the camera is, in metres, and where it looks, in degrees.

    The world has x to the right, y up and z towards the person, and begins where a session does: at first the camera is
    there and looks along -z. `pitch` raises the view, `yaw` turns it to the left, `roll` tilts the phone to the left.
    """

    x: float = attrs.field(default=0.0, validator=_finite)
    y: float = attrs.field(default=0.0, validator=_finite)
    z: float = attrs.field(default=0.0, validator=_finite)
    pitch: float = attrs.field(default=0.0, validator=_finite)
    yaw: float = attrs.field(default=0.0, validator=_finite)
    roll: float = attrs.field(default=0.0, validator=_finite)


@attrs.frozen
class Plane:
    """A floor, a table or a wall: its middle in the world of `Viewpoint`, and how large it is, in metres.

    A floor is `width` to the right and `depth` towards the person; a wall faces the person, and `depth` is its height.
    `turned` turns it around its middle, to the left, in degrees.
    """

    x: float = attrs.field(validator=_finite)
    y: float = attrs.field(validator=_finite)
    z: float = attrs.field(validator=_finite)
    width: float = attrs.field(default=1.0, validator=_positive)
    depth: float = attrs.field(default=1.0, validator=_positive)
    vertical: bool = attrs.field(default=False, validator=instance_of(bool))
    turned: float = attrs.field(default=0.0, validator=_finite)


@attrs.frozen
class Body:
    """Somebody in the view, in parts of its width and height: the left and the top edge, and how large they are.

    `points` are those of the body, `confidence` how surely each is seen, `score` how surely all is: 0 to 1.
    `points3d` are told to programs that have turned that on.
    """

    x: float = attrs.field(validator=_part)
    y: float = attrs.field(validator=_part)
    width: float = attrs.field(validator=_part)
    height: float = attrs.field(validator=_part)
    points: tuple[Point, ...] = attrs.field(default=(), converter=tuple, validator=_points(2))
    confidence: tuple[float, ...] = attrs.field(default=(), converter=tuple, validator=_parts)
    score: float = attrs.field(default=1.0, validator=_part)
    points3d: tuple[Point3d, ...] = attrs.field(default=(), converter=tuple, validator=_points(3))


@attrs.frozen
class Hand(Body):
    """A hand in the view, as a `Body`; and what it shows, `gesture`, -1 to 18 as WeChat numbers them."""

    gesture: int = attrs.field(default=-1, validator=in_(GESTURES))


@attrs.frozen
class Depth:
    """How deep everything is: `width` x `height` numbers, row by row. WeChat gives them no unit; larger is farther."""

    width: int = attrs.field(validator=and_(instance_of(int), gt(0)))
    height: int = attrs.field(validator=and_(instance_of(int), gt(0)))
    values: tuple[float, ...] = attrs.field(converter=tuple, validator=and_(deep_iterable(_finite), _has_all))
