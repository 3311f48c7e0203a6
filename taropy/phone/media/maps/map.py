"""`Map`: one map component of a page, as it is to be seen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import attrs

from ...core.answers import Fail
from ...core.listening import Listeners
from ...core.telling import told
from .markers import Cluster, Marker, Motion, clusters_of, given_marker, given_point
from .projection import Point, View

if TYPE_CHECKING:
    from ...core.faces import Phone

#: How far a map is zoomed, unless its component says otherwise, and at most: developers.weixin.qq.com/…/component/map.
USUAL_SCALE = 16.0
SCALES = (3.0, 20.0)
#: Where a map is that nobody has put anywhere, and how large one whose page nobody has drawn. Judgement.
USUAL_CENTER = Point(39.90923, 116.397428)
USUAL_SIZE = (300.0, 150.0)
USUAL_GRID = 60.0

CREATED, CLICKED = "markerClusterCreate", "markerClusterClick"


class Map:
    """What one `<map>` shows; coordinates are in degrees, gcj02.

    Its component's properties say where it begins (`latitude`, `longitude`, `scale`, `rotate`, `skew`, `markers`, …);
    a property that changes afterwards is followed, as on a page.

    - `center`, `scale`, `rotate`, `skew`, `offset`, `boundary`: what it shows.
    - `markers`: by their ids, where they are at this moment. `clusters`: which of them are merged.
    - `overlays`, `arcs`, `layers`: what else lies on it, by id, with its program's options.
    - `icon`: the picture of the phone's own position, if it is not the usual one.
    """

    STATE = (
        "_seen", "size", "center", "scale", "rotate", "skew", "offset", "boundary", "shows_location", "icon",
        "overlays", "arcs", "layers", "clustering", "clusters", "_numbered",
    )  # fmt: skip

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._seen: dict[str, Any] = {}
        self.size = USUAL_SIZE
        self.center = USUAL_CENTER
        self.scale = USUAL_SCALE
        self.rotate = self.skew = 0.0
        self.offset = (0.5, 0.5)
        self.boundary: tuple[Point, Point] | None = None
        self.shows_location = False
        self.icon: str | None = None
        self.overlays: dict[str, dict[str, Any]] = {}
        self.arcs: dict[str, dict[str, Any]] = {}
        self.layers: dict[str, dict[str, Any]] = {}
        self.clustering: Mapping[str, Any] | None = None
        self.clusters: list[Cluster] = []
        self.listeners = Listeners()
        self._markers: dict[int, Marker] = {}
        self._motions: dict[int, Motion] = {}
        self._numbered = 0

    def __repr__(self) -> str:
        return told(
            "Map", lambda: [f"{self.center.latitude:.5f}, {self.center.longitude:.5f}", f"scale {self.scale:g}"]
        )

    # --- what it shows -----------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """How places and px stand to each other."""
        return View(self.center, self.scale, *self.size, self.rotate, self.offset)

    @property
    def markers(self) -> dict[int, Marker]:
        """The markers, each where it is at this moment."""
        return {id_: self._now(marker) for id_, marker in self._markers.items()}

    def show(self, center: Point | Mapping[str, float] | None = None, scale: float | None = None) -> None:
        """Moves and zooms the map, as a program does, or a person's fingers; a boundary keeps it in.

        `center` has `latitude` and `longitude`, as programs give them. TypeError for what is no place or no scale.
        """
        if scale is not None and not isinstance(scale, (int, float)):
            raise TypeError(f"a map's scale is a number, and not {scale!r}")
        view = attrs.evolve(
            self.view,
            center=self.center if center is None else _place(center),
            scale=self.scale if scale is None else max(SCALES[0], min(SCALES[1], scale)),
        )
        view = view if self.boundary is None else view.within(*self.boundary, SCALES[1])
        self.center, self.scale = view.center, view.scale
        self._cluster()

    def bound(self, southwest: Point, northeast: Point) -> None:
        """Keeps the map within a region, as far as it can be zoomed in."""
        self.boundary = southwest, northeast
        self.show()

    def tap_cluster(self, id: int) -> None:
        """Taps the sign of merged markers, as a person does; unless its program says no, that zooms in on them.

        LookupError if there is none of this id.
        """
        cluster = next((each for each in self.clusters if each.id == id), None)
        if cluster is None:
            raise LookupError(f"the map has no cluster {id!r}, but {[each.id for each in self.clusters]}")
        self.listeners.tell_each(CLICKED, lambda: {"cluster": cluster.told()})
        if (self.clustering or {}).get("zoomOnClick", True):
            points = [self._markers[each].point for each in cluster.markers]
            view = self.view.including(points, (0, 0, 0, 0), SCALES)
            self.show(view.center, max(self.scale, view.scale))

    # --- what its component says -------------------------------------------------------------------------------

    def follow(self, properties: Mapping[str, Any], size: tuple[float, float] | None) -> None:
        """Takes over the component's properties that are new, and its size."""
        if size is not None:
            self.size = size
        new = {name: value for name, value in properties.items() if self._seen.get(name) != value}
        self._seen.update(new)
        center = Point(
            _number(new.get("latitude"), self.center.latitude), _number(new.get("longitude"), self.center.longitude)
        )
        self.rotate = _number(new.get("rotate"), self.rotate)
        self.skew = _number(new.get("skew"), self.skew)
        self.shows_location = _truth(new.get("showLocation"), self.shows_location)
        if "markers" in new:
            self._take([given_marker(each, "markers") for each in _list(new["markers"])])
        points = [given_point(each, "include-points") for each in _list(new.get("includePoints"))]
        if points:
            view = self.view.including(points, (0, 0, 0, 0), SCALES)
            self.show(view.center, view.scale)
        elif new.keys() & {"latitude", "longitude", "scale", "markers"}:
            self.show(center, _number(new.get("scale"), self.scale))

    # --- markers -----------------------------------------------------------------------------------------------

    def add(self, markers: Sequence[Marker], *, clear: bool) -> None:
        """Adds markers; one of the same id is replaced."""
        if clear:
            self._drop(list(self._markers))
        self._markers.update((each.id, each) for each in markers)
        self._cluster()

    def remove(self, ids: Sequence[int]) -> None:
        """Removes the markers that are there of these."""
        self._drop(ids)
        self._cluster()

    async def move(self, id_: int, path: Sequence[Point], seconds: float, turn: float | None) -> None:
        """Moves a marker along the path, and waits until it is there. Raises `Fail` if another move has begun before.

        `turn` is by how many degrees it turns on its way; None has it look where it goes.
        """
        marker = self.marker(id_)
        self._stop(id_)
        motion = Motion(list(path), self._phone.clock.now(), seconds, marker.rotate, turn)
        self._motions[id_] = motion
        motion.task = self._phone.spawn(self._phone.clock.sleep(seconds))
        try:
            await motion.task
        except asyncio.CancelledError:
            if motion.interrupted:
                raise Fail("interrupted") from None
            self._stop(id_)
            raise
        if self._motions.get(id_) is motion:
            self._stop(id_)

    def marker(self, id_: int) -> Marker:
        """The marker as it is now. Raises `Fail` if there is none."""
        if id_ not in self._markers:
            raise Fail(f"marker {id_} does not exist")
        return self._now(self._markers[id_])

    def begin_clusters(self, settings: Mapping[str, Any]) -> None:
        """Merges markers with `joinCluster` from now on."""
        self.clustering = dict(settings)
        self._cluster()

    # --- snapshots ---------------------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """What it shows now; markers that move are where they are."""
        return deepcopy({**{name: getattr(self, name) for name in self.STATE}, "_markers": self.markers})

    def restore(self, state: Mapping[str, Any]) -> None:
        """Shows that again."""
        for id_ in list(self._motions):
            self._stop(id_)
        for name, value in deepcopy(dict(state)).items():
            setattr(self, name, value)

    # --- its own -----------------------------------------------------------------------------------------------

    def _now(self, marker: Marker) -> Marker:
        motion = self._motions.get(marker.id)
        if motion is None:
            return attrs.evolve(marker, fields=dict(marker.fields))
        point, rotate = motion.at(self._phone.clock.now())
        return attrs.evolve(marker, point=point, rotate=rotate, fields=dict(marker.fields))

    def _stop(self, id_: int) -> None:
        """Leaves a marker that moves where it is."""
        motion = self._motions.pop(id_, None)
        if motion is not None:
            marker = self._markers[id_]
            marker.point, marker.rotate = motion.at(self._phone.clock.now())
            motion.interrupt()

    def _drop(self, ids: Sequence[int]) -> None:
        for id_ in ids:
            if id_ in self._markers:
                self._stop(id_)
                del self._markers[id_]

    def _take(self, markers: Sequence[Marker]) -> None:
        """Has these markers, as the component says, and no others of its own."""
        self._drop(list(self._markers))
        self._markers = {each.id: each for each in markers}

    def _cluster(self) -> None:
        if self.clustering is None:
            return
        joining = [each for each in self.markers.values() if each.fields.get("joinCluster")]
        known = {each.markers: each for each in self.clusters}
        grid = float(self.clustering.get("gridSize") or USUAL_GRID)
        found, created = [], []
        for center, ids in clusters_of(joining, self.view, grid):
            cluster = known.get(ids)
            if cluster is None:
                self._numbered += 1
                cluster = Cluster(self._numbered, center, ids)
                created.append(cluster)
            found.append(cluster)
        self.clusters = found
        if created:
            self.listeners.tell_each(CREATED, lambda: {"clusters": [each.told() for each in created]})


def _number(value: Any, default: float) -> float:
    """A property as WXML has it, or as a program."""
    try:
        return default if value is None or isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return default


def _truth(value: Any, default: bool) -> bool:
    return default if value is None else value not in (False, "false", "")


def _list(value: Any) -> list[Any]:
    """A list as a program gives it, or as it stands in WXML."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    return list(value) if isinstance(value, list | tuple) else []


def _place(center: Point | Mapping[str, float]) -> Point:
    if isinstance(center, Point):
        return center
    try:
        return given_point(center, "the place")
    except Fail:
        raise TypeError(
            f"a place on a map has a latitude and a longitude, in degrees, and {center!r} has not"
        ) from None
