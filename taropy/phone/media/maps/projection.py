"""Where a place is on a map: the usual web map, 256 px wide at scale 0, and twice as wide at each scale above."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

import attrs

from ...core.earth import distance

TILE = 256
# How far north and south a web map goes.
FARTHEST = 85.051129


@attrs.frozen
class Point:
    """A place in gcj02, in degrees."""

    latitude: float
    longitude: float

    def told(self) -> dict[str, float]:
        """As programs are told of it."""
        return {"latitude": self.latitude, "longitude": self.longitude}


@attrs.frozen
class View:
    """What a map shows: the place at its centre, how far it is zoomed in, and by how many degrees it is turned.

    `width` and `height` are in px; the centre is at these fractions of them, `offset`. A map that is turned by 90
    degrees has the north on its right. How far it is tilted changes nothing here: its region is that of a flat map.
    """

    center: Point
    scale: float
    width: float
    height: float
    rotate: float = 0.0
    offset: tuple[float, float] = (0.5, 0.5)

    def to_screen(self, point: Point) -> tuple[float, float]:
        """Where a place is to be seen, in px from the top left corner."""
        x, y = flat(point, self.scale)
        middle_x, middle_y = flat(self.center, self.scale)
        right, down = _turned(x - middle_x, y - middle_y, self.rotate)
        return right + self.width * self.offset[0], down + self.height * self.offset[1]

    def from_screen(self, x: float, y: float) -> Point:
        """Which place is to be seen there."""
        right, down = x - self.width * self.offset[0], y - self.height * self.offset[1]
        east, south = _turned(right, down, -self.rotate)
        middle_x, middle_y = flat(self.center, self.scale)
        return _place(middle_x + east, middle_y + south, self.scale)

    def region(self) -> tuple[Point, Point]:
        """The south-west and the north-east corner of what is to be seen."""
        corners = [self.from_screen(x, y) for x in (0, self.width) for y in (0, self.height)]
        return bounds(corners)

    def including(
        self, points: Iterable[Point], padding: tuple[float, float, float, float], scales: tuple[float, float]
    ) -> View:
        """The view from nearest by that has all the points in it, and so many px around: top, right, bottom, left."""
        flats = [_turned(*flat(point, 0), self.rotate) for point in points]
        left, right = min(x for x, _ in flats), max(x for x, _ in flats)
        top, bottom = min(y for _, y in flats), max(y for _, y in flats)
        room_x, room_y = self.width - padding[1] - padding[3], self.height - padding[0] - padding[2]
        fitting = [
            math.log2(max(room, 1) / extent)
            for room, extent in ((room_x, right - left), (room_y, bottom - top))
            if extent
        ]
        scale = max(scales[0], min(scales[1], *fitting)) if fitting else self.scale
        size = 2**scale
        # Where the middle of the points has to be seen, as seen from where the centre is.
        x = padding[3] + room_x / 2 - self.width * self.offset[0]
        y = padding[0] + room_y / 2 - self.height * self.offset[1]
        east, south = _turned((left + right) / 2 - x / size, (top + bottom) / 2 - y / size, -self.rotate)
        return attrs.evolve(self, center=_place(east, south, 0), scale=scale)

    def within(self, southwest: Point, northeast: Point, nearest: float) -> View:
        """The view, zoomed in, up to `nearest`, and moved until nothing beyond the corners is to be seen."""
        (left, bottom), (right, top) = flat(southwest, 0), flat(northeast, 0)
        cos, sin = abs(math.cos(math.radians(self.rotate))), abs(math.sin(math.radians(self.rotate)))
        wide, high = self.width * cos + self.height * sin, self.width * sin + self.height * cos
        fitting = max(math.log2(wide / (right - left)), math.log2(high / (bottom - top)))
        view = attrs.evolve(self, scale=min(nearest, max(self.scale, fitting)))
        (west, south), (east, north) = (flat(corner, 0) for corner in view.region())
        x, y = flat(view.center, 0)
        moved = _place(x + _shift(west, east, left, right), y + _shift(north, south, top, bottom), 0)
        return attrs.evolve(view, center=moved)


def _shift(low: float, high: float, least: float, most: float) -> float:
    """By how much what reaches from `low` to `high` has to be moved to lie within; centred if it is too long."""
    if high - low >= most - least:
        return (least + most - low - high) / 2
    return max(0.0, least - low) + min(0.0, most - high)


def bounds(points: Iterable[Point]) -> tuple[Point, Point]:
    """The south-west and the north-east corner of all of them."""
    points = list(points)
    latitudes, longitudes = [each.latitude for each in points], [each.longitude for each in points]
    return Point(min(latitudes), min(longitudes)), Point(max(latitudes), max(longitudes))


def flat(point: Point, scale: float) -> tuple[float, float]:
    """The place on the flat map of the world, in px from its top left corner."""
    size = TILE * 2**scale
    latitude = math.radians(max(-FARTHEST, min(FARTHEST, point.latitude)))
    return (point.longitude + 180) / 360 * size, (0.5 - math.asinh(math.tan(latitude)) / (2 * math.pi)) * size


def _place(x: float, y: float, scale: float) -> Point:
    size = TILE * 2**scale
    latitude = math.degrees(math.atan(math.sinh((0.5 - y / size) * 2 * math.pi)))
    return Point(latitude, x / size * 360 - 180)


def _turned(x: float, y: float, degrees: float) -> tuple[float, float]:
    """Clockwise, as it is seen on a screen."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return x * cos - y * sin, x * sin + y * cos


# --- along a way ------------------------------------------------------------------------------------------------


def heading(one: Point, other: Point) -> float:
    """In which direction the other lies on the map, in degrees clockwise from the north."""
    x, y = flat(one, 0)
    to_x, to_y = flat(other, 0)
    return math.degrees(math.atan2(to_x - x, y - to_y)) % 360


def along(path: list[Point], part: float) -> tuple[Point, float | None]:
    """Where one is who has gone this part, 0 to 1, of the path's length at the same speed, and in which direction.

    A path that leads nowhere has none.
    """
    legs = [(one, other, distance(one, other)) for one, other in itertools.pairwise(path) if one != other]
    if not legs:
        return path[-1], None
    left = part * sum(length for *_, length in legs)
    for one, other, length in legs[:-1]:
        if left <= length:
            return _between(one, other, left / length), heading(one, other)
        left -= length
    one, other, length = legs[-1]
    return _between(one, other, min(1.0, left / length)), heading(one, other)


def _between(one: Point, other: Point, part: float) -> Point:
    return Point(
        one.latitude + (other.latitude - one.latitude) * part,
        one.longitude + (other.longitude - one.longitude) * part,
    )
