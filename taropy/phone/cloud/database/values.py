"""The values that a program makes with `db`: places, the server's date, regular expressions; and what is stored.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database, and @cloudbase/database 1.4.3. A
record holds null, booleans, numbers, texts, dates, lists and objects; a place is kept as GeoJSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

import attrs

from ....models.record import Record
from ...core.answers import Fail
from ...core.options import js_type
from ...core.telling import Showing
from ..errors import CIRCULAR, WRONG_TYPE, wrong_parameter

Position = list[float]


@attrs.frozen
class ServerDate:
    """The server's time when the call arrives, and `offset` milliseconds later."""

    offset: float = 0


@attrs.frozen
class RegExp:
    """A regular expression for a condition; `options` are `i`, `m` and `s`."""

    regexp: str
    options: str = ""


class Shape:
    """A place or a shape on the earth, as GeoJSON has it."""

    TYPE: ClassVar[str] = ""

    def toJSON(self) -> dict[str, Any]:
        """GeoJSON: `type` and `coordinates`."""
        return {"type": self.TYPE, "coordinates": self.coordinates()}

    def coordinates(self) -> Any:
        """The coordinates, longitude first."""
        raise NotImplementedError

    def toString(self) -> str:
        """The coordinates as text."""
        return str(self.coordinates())


@attrs.frozen
class GeoPoint(Shape):
    """A point: `longitude` and `latitude` in degrees."""

    TYPE: ClassVar[str] = "Point"
    longitude: float
    latitude: float

    def __attrs_post_init__(self) -> None:
        for name, most in (("longitude", 180), ("latitude", 90)):
            degree = getattr(self, name)
            if js_type(degree) != "Number":
                raise wrong_parameter("Geo Point must be number type", WRONG_TYPE)
            if not abs(degree) <= most:
                raise wrong_parameter(f"{name} should be a number ranges from -{most} to {most}")

    def coordinates(self) -> Position:
        """Longitude and latitude."""
        return [self.longitude, self.latitude]


@attrs.frozen
class GeoLineString(Shape):
    """A line of two points or more."""

    TYPE: ClassVar[str] = "LineString"
    points: list[GeoPoint]

    def __attrs_post_init__(self) -> None:
        if len(_all(self.points, GeoPoint, "points")) < 2:
            raise wrong_parameter('"points" must contain 2 points at least')

    def coordinates(self) -> list[Position]:
        """The points'."""
        return [point.coordinates() for point in self.points]


@attrs.frozen
class GeoPolygon(Shape):
    """An area: closed lines, the first of which is its edge, and the others its holes."""

    TYPE: ClassVar[str] = "Polygon"
    lines: list[GeoLineString]

    def __attrs_post_init__(self) -> None:
        for line in _all(self.lines, GeoLineString, "lines"):
            if len(line.points) < 4 or line.points[0] != line.points[-1]:
                raise wrong_parameter("LineString is not closed, or has less than 4 points")

    def coordinates(self) -> list[list[Position]]:
        """The lines'."""
        return [line.coordinates() for line in self.lines]


@attrs.frozen
class GeoMultiPoint(Shape):
    """Several points."""

    TYPE: ClassVar[str] = "MultiPoint"
    points: list[GeoPoint]

    def __attrs_post_init__(self) -> None:
        _all(self.points, GeoPoint, "points")

    def coordinates(self) -> list[Position]:
        """The points'."""
        return [point.coordinates() for point in self.points]


@attrs.frozen
class GeoMultiLineString(Shape):
    """Several lines."""

    TYPE: ClassVar[str] = "MultiLineString"
    lines: list[GeoLineString]

    def __attrs_post_init__(self) -> None:
        _all(self.lines, GeoLineString, "lines")

    def coordinates(self) -> list[list[Position]]:
        """The lines'."""
        return [line.coordinates() for line in self.lines]


@attrs.frozen
class GeoMultiPolygon(Shape):
    """Several areas."""

    TYPE: ClassVar[str] = "MultiPolygon"
    polygons: list[GeoPolygon]

    def __attrs_post_init__(self) -> None:
        _all(self.polygons, GeoPolygon, "polygons")

    def coordinates(self) -> list[list[list[Position]]]:
        """The areas'."""
        return [polygon.coordinates() for polygon in self.polygons]


def _all(items: Any, kind: type, name: str) -> list[Any]:
    if js_type(items) != "Array" or not items or not all(isinstance(each, kind) for each in items):
        raise wrong_parameter(f'"{name}" must be of type {kind.__name__.removeprefix("Geo")}[]', WRONG_TYPE)
    return list(items)


def _line(points: Any) -> GeoLineString:
    return GeoLineString([GeoPoint(*each[:2]) for each in points])


def _polygon(lines: Any) -> GeoPolygon:
    return GeoPolygon([_line(each) for each in lines])


_FROM_JSON: Mapping[str, Callable[[Any], Shape]] = {
    "Point": lambda at: GeoPoint(*at[:2]),
    "LineString": _line,
    "Polygon": _polygon,
    "MultiPoint": lambda points: GeoMultiPoint([GeoPoint(*each[:2]) for each in points]),
    "MultiLineString": lambda lines: GeoMultiLineString([_line(each) for each in lines]),
    "MultiPolygon": lambda polygons: GeoMultiPolygon([_polygon(each) for each in polygons]),
}


class Geo(Showing):
    """`db.Geo`: makes places and shapes, of others or of GeoJSON. Longitude comes first."""

    def Point(self, longitude: Any, latitude: Any = None) -> Any:
        """A point, of its two coordinates or of GeoJSON."""
        return _of_json("Point", longitude) or GeoPoint(longitude, latitude)

    def LineString(self, points: Any) -> Any:
        """A line of two points or more."""
        return _of_json("LineString", points) or GeoLineString(points)

    def Polygon(self, lines: Any) -> Any:
        """An area within closed lines."""
        return _of_json("Polygon", lines) or GeoPolygon(lines)

    def MultiPoint(self, points: Any) -> Any:
        """Several points."""
        return _of_json("MultiPoint", points) or GeoMultiPoint(points)

    def MultiLineString(self, lines: Any) -> Any:
        """Several lines."""
        return _of_json("MultiLineString", lines) or GeoMultiLineString(lines)

    def MultiPolygon(self, polygons: Any) -> Any:
        """Several areas."""
        return _of_json("MultiPolygon", polygons) or GeoMultiPolygon(polygons)


def _of_json(kind: str, value: Any) -> Shape | None:
    if not isinstance(value, Mapping):
        return None
    shape = shape_of(value)
    if shape is None or kind != shape.TYPE:
        raise wrong_parameter(f"this is no GeoJSON of a {kind}", WRONG_TYPE)
    return shape


def shape_of(value: Mapping[str, Any]) -> Shape | None:
    """The shape that an object is GeoJSON of; None for any other object."""
    if value.keys() != {"type", "coordinates"} or value["type"] not in _FROM_JSON:
        return None
    try:
        return _FROM_JSON[value["type"]](value["coordinates"])
    except (Fail, TypeError):
        return None


# --- what is stored -------------------------------------------------------------------------------------------------


def stored(value: Any, now: float, inside: tuple[int, ...] = ()) -> Any:
    """A copy of `value` as a record holds it, at the server's time `now`, in seconds. Raises `Fail` if it can't."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return whole(value)
    if isinstance(value, datetime):
        return date_of(value)
    if isinstance(value, ServerDate):
        return datetime.fromtimestamp(round(now * 1000 + value.offset) / 1000, UTC)
    if isinstance(value, Shape):
        return value.toJSON()
    if id(value) in inside:
        raise wrong_parameter("Cannot convert circular structure to JSON", CIRCULAR)
    inside = (*inside, id(value))
    if isinstance(value, (list, tuple)):
        return [stored(item, now, inside) for item in value]
    if isinstance(value, Mapping):
        return {_name(key): stored(item, now, inside) for key, item in value.items()}
    convert = getattr(type(value), "__python__", None)  # values of JavaScript say themselves what they are here
    if convert is not None:
        return stored(convert(value), now, inside)
    raise wrong_parameter(f"{js_type(value)} ({type(value).__name__}) can not be stored", WRONG_TYPE)


def whole(value: Any) -> Any:
    """A number without a fraction as an int, as JavaScript writes it."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def _name(key: Any) -> str:
    return key if isinstance(key, str) else str(key)


def date_of(value: datetime) -> datetime:
    """The moment as a date of the database, which has milliseconds, in UTC."""
    moment = value.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


#: What nobody can change, and so needs no copy; most of what is stored.
AS_THEY_ARE = frozenset({str, int, float, bool, type(None), datetime})


def told(value: Any) -> Any:
    """A copy of what is stored as programs get it: objects read by attribute too, GeoJSON is a place again."""
    if type(value) in AS_THEY_ARE:
        return value
    if type(value) is list:
        return [told(item) for item in value]
    if type(value) is dict or isinstance(value, Mapping):
        shape = shape_of(value) if "coordinates" in value else None
        if shape is not None:
            return shape
        if AS_THEY_ARE.issuperset(map(type, value.values())):
            return Record(value)
        return Record({key: told(item) for key, item in value.items()})
    return value


def pattern_of(regexp: str, options: str = "") -> re.Pattern[str]:
    """The expression, to be searched for. Raises `Fail` for one that is none."""
    flags = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
    try:
        return re.compile(regexp, sum({flags[each] for each in options if each in flags}))
    except re.error as error:
        raise wrong_parameter(f"the regular expression is invalid: {error}") from error
