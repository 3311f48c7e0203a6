"""A way that the phone is carried along: the points of a GPX file, and where between them it is at a time."""

from __future__ import annotations

import bisect
import math
import re
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from ...extras import need
from ..core.earth import distance, on_earth
from .coordinates import Position

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TIME = re.compile(r"(<time>)\s*([^<]*?)\s*(</time>)")


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
    """The track of a GPX file: its tracks, else its routes, else its waypoints.

    The phone moves evenly from point to point, also where the recorder paused. Points without times are left out if
    others have one; if none has, they are a second apart. A time without a zone is in UTC, as GPX has its times.

    `ValueError`, which names the file, if it is no GPX file, has no points, a time that is none, or a point that is not
    on the earth; `OSError` if it cannot be read.
    """
    gpxpy = need("gpxpy", extra="location")
    text = _text(Path(path))
    if "<!DOCTYPE" in text:
        # GPX has none, and it is where XML's bombs and references to other files are.
        raise ValueError(f"{path} has a document type, which no GPX file needs")
    try:
        points = _points(gpxpy.parse(_with_readable_times(text)))
        reached = sorted(zip(_seconds(points), map(_position, points), strict=True), key=lambda one: one[0])
    except (gpxpy.gpx.GPXException, ValueError) as error:
        raise ValueError(f"{path} is no GPX file that can be followed: {error}") from error
    return Track(tuple(Point(seconds, position) for seconds, position in reached))


def _with_readable_times(text: str) -> str:
    """The text with no space around its times, which XML allows. Raises for a time that is none.

    gpxpy takes a point whose time it cannot read, because of such space or else, for one that has none.
    """
    from gpxpy.gpxfield import parse_time

    text = TIME.sub(r"\1\2\3", COMMENT.sub("", text))
    for _, time, _ in TIME.findall(text):
        parse_time(time)
    return text


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is no GPX file in UTF-8: {error}") from error


def _points(gpx: Any) -> list[Any]:
    tracked = [point for track in gpx.tracks for segment in track.segments for point in segment.points]
    points = tracked or [point for route in gpx.routes for point in route.points] or gpx.waypoints
    if not points:
        raise ValueError("it has no points")
    return [point for point in points if point.time is not None] or points


def _seconds(points: list[Any]) -> list[float]:
    """When each point is reached, after the first."""
    if points[0].time is None:
        return [float(index) for index in range(len(points))]
    times = [_timestamp(point.time) for point in points]
    return [time - min(times) for time in times]


def _timestamp(time: datetime) -> float:
    return (time if time.tzinfo is not None else time.replace(tzinfo=UTC)).timestamp()


def _position(point: Any) -> Position:
    altitude = point.elevation or 0.0
    if not on_earth(point.latitude, point.longitude) or not math.isfinite(altitude):
        raise ValueError(f"no place on the earth is at {point.latitude}, {point.longitude}, {altitude} m high")
    return Position(point.latitude, point.longitude, altitude=altitude)


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
