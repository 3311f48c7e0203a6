"""A way that the phone is carried along: the points of a GPX file, and where between them it is at a time."""

from __future__ import annotations

import bisect
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from ..core.extras import need
from .coordinates import Position, distance


@attrs.frozen
class Point:
    """A point of the way, and how many seconds after the first it is reached."""

    seconds: float
    position: Position


@attrs.frozen
class Track:
    """The points of a way, in order, at least one."""

    points: tuple[Point, ...]

    def at(self, seconds: float) -> Position:
        """Where the phone is `seconds` after the first point: on the line between two, and then at the last."""
        after = bisect.bisect_right(self.points, seconds, key=lambda point: point.seconds)
        if after == 0:
            return self.points[0].position
        if after == len(self.points):
            return attrs.evolve(self.points[-1].position, speed=0.0)
        return _between(self.points[after - 1], self.points[after], seconds)


def read(path: str | PathLike[str]) -> Track:
    """The track of a GPX file: its tracks, else its routes, else its waypoints. `ValueError` if it is not one.

    The phone moves evenly from point to point, also where the recorder paused. Points without times are left out if
    others have one; if none has, they are a second apart.
    """
    gpxpy = need("gpxpy", extra="location")
    text = _text(Path(path))
    if "<!DOCTYPE" in text:
        # GPX has none, and it is where XML's bombs and references to other files are.
        raise ValueError(f"{path} has a document type, which no GPX file needs")
    try:
        gpx = gpxpy.parse(text)
    except gpxpy.gpx.GPXException as error:
        raise ValueError(f"{path} is no GPX file: {error}") from error
    points = _points(gpx)
    if not points:
        raise ValueError(f"{path} has no points")
    reached = sorted(zip(_seconds(points), map(_position, points), strict=True), key=lambda one: one[0])
    return Track(tuple(Point(seconds, position) for seconds, position in reached))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is no GPX file in UTF-8: {error}") from error


def _points(gpx: Any) -> list[Any]:
    tracked = [point for track in gpx.tracks for segment in track.segments for point in segment.points]
    points = tracked or [point for route in gpx.routes for point in route.points] or gpx.waypoints
    return [point for point in points if point.time is not None] or points


def _seconds(points: list[Any]) -> list[float]:
    """When each point is reached, after the first."""
    if points[0].time is None:
        return [float(index) for index in range(len(points))]
    times = [point.time.timestamp() for point in points]
    return [time - min(times) for time in times]


def _position(point: Any) -> Position:
    return Position(point.latitude, point.longitude, altitude=point.elevation or 0.0)


def _between(one: Point, other: Point, seconds: float) -> Position:
    took = other.seconds - one.seconds
    part = (seconds - one.seconds) / took
    start, end = one.position, other.position
    return attrs.evolve(
        start,
        latitude=start.latitude + (end.latitude - start.latitude) * part,
        longitude=start.longitude + (end.longitude - start.longitude) * part,
        altitude=start.altitude + (end.altitude - start.altitude) * part,
        speed=distance(start, end) / took,
    )
