"""Places on the earth: distances on a sphere, and what lies in what, in GeoJSON.

Edges are straight in longitude and latitude; on MongoDB's sphere they are arcs, which differ where they are long.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

#: In metres: the radius by which MongoDB counts.
EARTH = 6_378_100.0

Position = list[float]
Ring = list[Position]
Json = Mapping[str, Any]


def is_shape(value: Any) -> bool:
    """Whether it is GeoJSON of a shape."""
    return isinstance(value, dict) and "coordinates" in value and value.get("type") in _POINTS_IN


def distance(one: Position, other: Position) -> float:
    """Metres between two points, along the sphere."""
    (longitude, latitude), (far_longitude, far_latitude) = (map(math.radians, at[:2]) for at in (one, other))
    half = (
        math.sin((far_latitude - latitude) / 2) ** 2
        + math.cos(latitude) * math.cos(far_latitude) * math.sin((far_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def how_far(shape: Any, point: Position) -> float:
    """The distance of a shape's nearest corner from a point; infinite of what is no shape."""
    return min((distance(at, point) for at in _points(shape)), default=math.inf) if is_shape(shape) else math.inf


def is_near(shape: Any, operand: Json) -> bool:
    """Whether the shape is at most `maxDistance` and at least `minDistance` away from the point `geometry`."""
    away = how_far(shape, operand["geometry"]["coordinates"])
    most, least = operand.get("maxDistance"), operand.get("minDistance")
    return away <= (math.inf if most is None else most) and away >= (0 if least is None else least)


def is_within(shape: Any, operand: Json) -> bool:
    """Whether all of the shape is within the area `geometry`, or the circle `centerSphere`."""
    if "centerSphere" in operand:
        centre, radius = operand["centerSphere"]
        return all(distance(at, centre) <= radius * EARTH for at in _points(shape))
    areas = _areas(operand["geometry"])
    edges = [edge for area in areas for ring in area for edge in _edges(ring)]
    inside = all(any(_in_area(at, area) for area in areas) for at in _points(shape))
    return inside and not any(_cross(one, other) for one in _lines(shape) for other in edges)


def intersects(shape: Any, other: Json) -> bool:
    """Whether two shapes have a point in common."""
    for one, two in ((shape, other), (other, shape)):
        areas = _areas(one)
        if any(_in_area(at, area) for at in _points(two) for area in areas):
            return True
    lines, others = list(_lines(shape)), list(_lines(other))
    if any(_cross(one, two, touch=True) for one in lines for two in others):
        return True
    pairs = [(at, edge) for at in _points(shape) for edge in others] + [
        (at, edge) for at in _points(other) for edge in lines
    ]
    return any(_on(at, edge) for at, edge in pairs) or any(
        list(a) == list(b) for a in _points(shape) for b in _points(other)
    )


# --- parts of shapes ------------------------------------------------------------------------------------------------

_POINTS_IN: Mapping[str, int] = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip


def _points(shape: Json) -> Iterator[Position]:
    yield from _unpacked(shape["coordinates"], _POINTS_IN[shape["type"]])


def _unpacked(coordinates: Any, depth: int) -> Iterator[Any]:
    if depth == 0:
        yield coordinates
    else:
        for each in coordinates:
            yield from _unpacked(each, depth - 1)


def _areas(shape: Json) -> list[list[Ring]]:
    kind, coordinates = shape["type"], shape["coordinates"]
    return [coordinates] if kind == "Polygon" else coordinates if kind == "MultiPolygon" else []


def _lines(shape: Json) -> Iterator[tuple[Position, Position]]:
    """The edges of a shape, and the parts of its lines."""
    depth = _POINTS_IN[shape["type"]]
    if shape["type"] not in ("Point", "MultiPoint"):
        for line in _unpacked(shape["coordinates"], depth - 1):
            yield from _edges(line)


def _edges(line: Ring) -> list[tuple[Position, Position]]:
    return list(pairwise(line))


def _in_area(at: Position, area: list[Ring]) -> bool:
    """Whether the point is in the area or on its edge, and in none of its holes."""
    edge, *holes = area
    if any(_on(at, each) for ring in area for each in _edges(ring)):
        return True
    return _in_ring(at, edge) and not any(_in_ring(at, hole) for hole in holes)


def _in_ring(at: Position, ring: Ring) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in ((one[:2], two[:2]) for one, two in _edges(ring)):
        if (y1 > at[1]) != (y2 > at[1]) and at[0] < (x2 - x1) * (at[1] - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _side(a: Position, b: Position, at: Position) -> float:
    return (b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0])


def _on(at: Position, edge: tuple[Position, Position]) -> bool:
    a, b = edge
    within = all(min(a[i], b[i]) <= at[i] <= max(a[i], b[i]) for i in (0, 1))
    return within and abs(_side(a, b, at)) < 1e-12


def _cross(one: tuple[Position, Position], other: tuple[Position, Position], *, touch: bool = False) -> bool:
    """Whether two edges cross; `touch`: or have a point in common otherwise."""
    (a, b), (c, d) = one, other
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    return touch and (any(_on(at, one) for at in other) or any(_on(at, other) for at in one))
