"""What stands on a map, and what moves on it by the phone's clock."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ...core.answers import Fail, Options
from ...core.earth import on_earth
from ...core.options import number, wrong_type
from .projection import Point, View, along


@attrs.define
class Marker:
    """A marker: its id, where it is now, by how many degrees it is turned clockwise, and what else its program says."""

    id: int
    point: Point
    rotate: float = 0.0
    fields: dict[str, Any] = attrs.field(factory=dict)

    @property
    def latitude(self) -> float:
        """In degrees, gcj02."""
        return self.point.latitude

    @property
    def longitude(self) -> float:
        """In degrees, gcj02."""
        return self.point.longitude


@attrs.define(eq=False)
class Motion:
    """A marker on its way: from `began` for `seconds` along the path, at an even speed.

    `turn` is by how many degrees it turns on the way; None if it looks where it goes.
    """

    path: list[Point]
    began: float
    seconds: float
    rotate: float
    turn: float | None
    task: asyncio.Task[None] | None = None
    interrupted: bool = False

    def at(self, moment: float) -> tuple[Point, float]:
        """Where the marker is then, and how it is turned."""
        part = 1.0 if self.seconds <= 0 else max(0.0, min(1.0, (moment - self.began) / self.seconds))
        point, direction = along(self.path, part)
        if self.turn is None:
            return point, self.rotate if direction is None else direction
        return point, (self.rotate + self.turn * part) % 360

    def interrupt(self) -> None:
        """Ends it where it is."""
        self.interrupted = True
        if self.task is not None:
            self.task.cancel()


@attrs.frozen
class Cluster:
    """Markers that are so near each other that one sign stands for them."""

    id: int
    center: Point
    markers: tuple[int, ...]

    def told(self) -> dict[str, Any]:
        """As programs are told of it."""
        center = {"lat": self.center.latitude, "lng": self.center.longitude}
        return {"clusterId": self.id, "center": center, "markerIds": list(self.markers)}


def clusters_of(markers: Iterable[Marker], view: View, grid: float) -> list[tuple[Point, tuple[int, ...]]]:
    """Which markers are merged: each with those that are nearer to it than `grid` px, in the order of their ids.

    How the vendor's app chooses is not documented.
    """
    groups: list[tuple[tuple[float, float], list[Marker]]] = []
    for marker in sorted(markers, key=lambda each: each.id):
        place = view.to_screen(marker.point)
        near = next((group for at, group in groups if math.dist(at, place) < grid), None)
        if near is None:
            groups.append((place, [marker]))
        else:
            near.append(marker)
    return [(_middle(group), tuple(each.id for each in group)) for _, group in groups if len(group) > 1]


def _middle(markers: list[Marker]) -> Point:
    count = len(markers)
    return Point(sum(each.latitude for each in markers) / count, sum(each.longitude for each in markers) / count)


# --- what programs give -----------------------------------------------------------------------------------------


def given_point(value: Any, where: str) -> Point:
    """A place that a program gives; `Fail` if it is none."""
    if not isinstance(value, Mapping):
        raise wrong_type(where, "Object", value)
    latitude, longitude = (finite(value.get(name), f"{where}.{name}") for name in ("latitude", "longitude"))
    if not on_earth(latitude, longitude):
        raise Fail(f"parameter error: {where} is not on the earth")
    return Point(latitude, longitude)


def finite(value: Any, where: str) -> float:
    """A number that a program gives."""
    if not math.isfinite(number(value, where)):
        raise Fail(f"parameter error: {where} should be a finite Number instead of {value}")
    return float(value)


def given_marker(value: Any, where: str) -> Marker:
    """A marker as the component's `markers` have it."""
    point = given_point(value, where)
    fields: Options = value
    marker_id = int(finite(fields.get("id"), f"{where}.id"))
    return Marker(marker_id, point, float(fields.get("rotate") or 0), dict(fields))
