"""`MapContext`: what programs steer a map with.

Facts: developers.weixin.qq.com/miniprogram/dev/api/media/map, miniprogram-api-typings 5.2.3. Of failures only that
there are some is documented; their words are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.functions import answered, plain
from ...core.listening import call
from ...core.options import function, optional, required, unknown, wrong_type
from ...core.person import Question
from ...core.room import Manager
from ...core.telling import quoted
from .map import CLICKED, CREATED, SCALES, Map
from .markers import finite, given_marker, given_point
from .projection import Point, heading

if TYPE_CHECKING:
    from ...core.faces import Phone
    from ...core.page import Page
    from .room import Maps

#: What `on` takes; of the last two nothing ever comes here, where no layers are drawn and no markers collide.
EVENTS = (CREATED, CLICKED, "visualLayerEvent", "markerCollisionStatusChange")
USUAL_MILLISECONDS = 1000
LEAST_OFFSET, MOST_OFFSET = 0.25, 0.75


class MapContext(Manager):
    """The controls of the map with one id on one page, or in one of its components."""

    def __init__(self, room: Maps, phone: Phone, app: App, page: Page, id_: str, scope: Any) -> None:
        super().__init__(phone, app)
        self._room = room
        self._place = page, id_, scope

    def in_words(self) -> Iterator[str]:
        """Which map it is for."""
        yield quoted(self._place[1])

    @property
    def _map(self) -> Map:
        """The map. Raises `Fail` if the page has none of this id."""
        return self._room.found(self.app, *self._place)

    # --- what it shows -----------------------------------------------------------------------------------------

    @answered
    def getCenterLocation(self, app: App, options: Options) -> Result:
        """The place at the centre, gcj02."""
        return {**self._map.center.told()}

    @answered
    def getRegion(self, app: App, options: Options) -> Result:
        """The corners of what is to be seen, `southwest` and `northeast`, as of a map that is not tilted."""
        southwest, northeast = self._map.view.region()
        return {"southwest": southwest.told(), "northeast": northeast.told()}

    @answered
    def getScale(self, app: App, options: Options) -> Result:
        """How far it is zoomed in, 3 to 20."""
        return {"scale": self._map.scale}

    @answered
    def getRotate(self, app: App, options: Options) -> Result:
        """By how many degrees it is turned."""
        return {"rotate": self._map.rotate}

    @answered
    def getSkew(self, app: App, options: Options) -> Result:
        """By how many degrees it is tilted."""
        return {"skew": self._map.skew}

    @answered
    def fromScreenLocation(self, app: App, options: Options) -> Result:
        """The place at `x`, `y` px from the map's top left corner."""
        x, y = required(options, "x", "Number"), required(options, "y", "Number")
        return {**self._map.view.from_screen(x, y).told()}

    @answered
    def toScreenLocation(self, app: App, options: Options) -> Result:
        """Where a place is to be seen: `x` and `y`, in px from the top left corner."""
        x, y = self._map.view.to_screen(given_point(options, "parameter"))
        return {"x": x, "y": y}

    @answered
    def moveToLocation(self, app: App, options: Options) -> None:
        """Centres the map on a place; without one on where the phone is, which the component has to show."""
        shown = self._map
        if options.get("latitude") is not None or options.get("longitude") is not None:
            shown.show(given_point(options, "parameter"))
            return
        if not shown.shows_location:
            raise Fail("the map does not show the location: show-location is not set")
        shown.show(Point(*self.phone.location.on_map()))

    @answered
    def includePoints(self, app: App, options: Options) -> None:
        """Zooms and moves the map until all `points` are to be seen, `padding` px from its edges at least.

        Android takes the first number for all four. One place alone is centred, and the map keeps its scale.
        """
        points = [
            given_point(each, f"parameter.points[{index}]")
            for index, each in enumerate(required(options, "points", "Array"))
        ]
        if not points:
            raise Fail("parameter error: parameter.points should not be empty")
        shown = self._map
        view = shown.view.including(points, self._padding(options), SCALES)
        shown.show(view.center, view.scale)

    @answered
    def setCenterOffset(self, app: App, options: Options) -> None:
        """Puts the centre at these fractions of the map's width and height, 0.25 to 0.75."""
        offset = required(options, "offset", "Array")
        if len(offset) != 2:
            raise Fail("parameter error: parameter.offset should have two numbers")
        right, down = (finite(each, f"parameter.offset[{index}]") for index, each in enumerate(offset))
        if not all(LEAST_OFFSET <= each <= MOST_OFFSET for each in (right, down)):
            raise Fail(f"parameter error: parameter.offset should be from {LEAST_OFFSET} to {MOST_OFFSET}")
        self._map.offset = right, down

    @answered
    def setBoundary(self, app: App, options: Options) -> None:
        """Keeps what is to be seen between two corners, which also limits how far the map is zoomed out."""
        corners = [given_point(options.get(name), f"parameter.{name}") for name in ("southwest", "northeast")]
        southwest, northeast = corners
        if southwest.latitude >= northeast.latitude or southwest.longitude >= northeast.longitude:
            raise Fail("parameter error: parameter.southwest should lie south-west of parameter.northeast")
        self._map.bound(southwest, northeast)

    @answered
    def setLocMarkerIcon(self, app: App, options: Options) -> None:
        """Sets the picture of the phone's own position; without `iconPath` the usual one."""
        self._map.icon = optional(options, "iconPath", "String", None)

    # --- markers -----------------------------------------------------------------------------------------------

    @answered
    def addMarkers(self, app: App, options: Options) -> None:
        """Adds markers; with `clear` in place of all that are there."""
        given = required(options, "markers", "Array")
        markers = [given_marker(each, f"parameter.markers[{index}]") for index, each in enumerate(given)]
        self._map.add(markers, clear=bool(options.get("clear")))

    @answered
    def removeMarkers(self, app: App, options: Options) -> None:
        """Removes the markers with these ids."""
        ids = required(options, "markerIds", "Array")
        self._map.remove([int(finite(each, f"parameter.markerIds[{index}]")) for index, each in enumerate(ids)])

    @answered
    def translateMarker(self, app: App, options: Options) -> None:
        """Turns a marker and moves it straight to a place, each within `duration` ms of the phone's clock.

        These are 1000 unless said. With `moveWithRotate` it does both at once. The call succeeds when it has begun;
        `animationEnd` is called when all is done, and not if another move has begun before.
        """
        shown, id_ = self._map, int(required(options, "markerId", "Number"))
        destination = given_point(options.get("destination"), "parameter.destination")
        seconds = max(0.0, optional(options, "duration", "Number", USUAL_MILLISECONDS)) / 1000
        marker = shown.marker(id_)
        rotate = optional(options, "rotate", "Number", 0.0)
        if optional(options, "autoRotate", "Boolean", False) and destination != marker.point:
            rotate = heading(marker.point, destination) - marker.rotate
        at_once = optional(options, "moveWithRotate", "Boolean", False)
        self.phone.spawn(
            self._translate(shown, id_, destination, seconds, rotate, at_once, options.get("animationEnd"))
        )

    @answered
    async def moveAlong(self, app: App, options: Options) -> None:
        """Moves a marker along `path` within `duration` ms of the phone's clock, at an even speed.

        It succeeds when the marker is there, and fails when another move of it begins before. With `autoRotate` it
        looks where it goes. The component's `interpolatepoint` events, of `precision`, are not told.
        """
        shown, id_ = self._map, int(required(options, "markerId", "Number"))
        seconds = max(0.0, required(options, "duration", "Number")) / 1000
        given = required(options, "path", "Array")
        path = [given_point(each, f"parameter.path[{index}]") for index, each in enumerate(given)]
        if not path:
            raise Fail("parameter error: parameter.path should not be empty")
        await shown.move(id_, path, seconds, None if optional(options, "autoRotate", "Boolean", False) else 0.0)

    @answered
    def initMarkerCluster(self, app: App, options: Options) -> None:
        """Merges markers with `joinCluster` that are less than `gridSize` px apart, 60 unless said."""
        optional(options, "gridSize", "Number", 0)
        names = ("enableDefaultStyle", "zoomOnClick", "gridSize")
        self._map.begin_clusters({name: options[name] for name in names if options.get(name) is not None})

    @plain
    def on(self, app: App, event: Any = None, callback: Any = None) -> None:
        """Tells of an event of the map: `markerClusterCreate`, `markerClusterClick`."""
        if event not in EVENTS:
            raise unknown("event", EVENTS)
        listener = function(callback)
        self._map.listeners.on(event, listener, app)

    # --- what lies on it ---------------------------------------------------------------------------------------

    @answered
    def addGroundOverlay(self, app: App, options: Options) -> None:
        """Lays the picture `src` over a region."""
        required(options, "src", "String")
        self._map.overlays[_id(options)] = self._overlay(options, {"visible": True, "zIndex": 1, "opacity": 1})

    @answered
    def updateGroundOverlay(self, app: App, options: Options) -> None:
        """Changes a picture that was laid."""
        overlays, id_ = self._map.overlays, _id(options)
        if id_ not in overlays:
            raise Fail(f"ground overlay {id_} does not exist")
        overlays[id_] = self._overlay(options, overlays[id_])

    @answered
    def removeGroundOverlay(self, app: App, options: Options) -> None:
        """Takes a picture away."""
        _remove(self._map.overlays, _id(options), "ground overlay")

    @answered
    def addArc(self, app: App, options: Options) -> None:
        """Draws an arc from `start` to `end`, by way of `pass` or by an `angle`."""
        for name in ("start", "end"):
            given_point(options.get(name), f"parameter.{name}")
        if options.get("pass") is None and options.get("angle") is None:
            raise Fail("parameter error: parameter.pass or parameter.angle is needed")
        self._map.arcs[_id(options)] = {"width": 5, "color": "#000000", **_own(options)}

    @answered
    def removeArc(self, app: App, options: Options) -> None:
        """Takes an arc away."""
        _remove(self._map.arcs, _id(options), "arc")

    @answered
    def addCustomLayer(self, app: App, options: Options) -> None:
        """Puts on a layer that was made with the vendor's tools; what is on it is not known here."""
        self._map.layers[required(options, "layerId", "String")] = _own(options)

    @answered
    def removeCustomLayer(self, app: App, options: Options) -> None:
        """Takes the layer off."""
        _remove(self._map.layers, required(options, "layerId", "String"), "layer")

    @answered
    def addVisualLayer(self, app: App, options: Options) -> None:
        """As `addCustomLayer`, for a picture of data."""
        self._map.layers[required(options, "layerId", "String")] = _own(options)

    @answered
    def removeVisualLayer(self, app: App, options: Options) -> None:
        """Takes the layer off."""
        _remove(self._map.layers, required(options, "layerId", "String"), "layer")

    @answered
    async def openMapApp(self, app: App, options: Options) -> None:
        """Has the person pick a map app that leads them to a place; see `phone.maps.destinations`."""
        point = given_point(options, "parameter")
        name: str = required(options, "destination", "String")
        shown = {"destination": name, **point.told()}
        if (await self.phone.person.answer(Question("openMapApp", shown, {"cancel": False})))["cancel"]:
            raise Fail("cancel")
        self._room.lead(name, point)

    # --- its own -----------------------------------------------------------------------------------------------

    async def _translate(
        self, shown: Map, id_: int, destination: Point, seconds: float, rotate: float, at_once: bool, ended: Any
    ) -> None:
        try:
            if rotate and not at_once:
                await shown.move(id_, [shown.marker(id_).point], seconds, rotate)
            await shown.move(id_, [shown.marker(id_).point, destination], seconds, rotate if at_once else 0.0)
        except Fail:  # another move has begun, or it was removed
            return
        if callable(ended):
            call("animationEnd", ended)

    def _padding(self, options: Options) -> tuple[float, float, float, float]:
        given = optional(options, "padding", "Array", [])
        sides = [finite(each, f"parameter.padding[{index}]") for index, each in enumerate(given[:4])]
        if self.phone.system.device.platform == "android":
            sides = sides[:1] * 4
        top, right, bottom, left = [*sides, 0.0, 0.0, 0.0, 0.0][:4]
        return top, right, bottom, left

    @staticmethod
    def _overlay(options: Options, before: Options) -> dict[str, Any]:
        bounds = required(options, "bounds", "Object")
        for name in ("southwest", "northeast"):
            given_point(bounds.get(name), f"parameter.bounds.{name}")
        return {**before, **_own(options)}


def _id(options: Options) -> str:
    """The program's own id of something: declared as a number here and as a text there, so both are the same."""
    value = options.get("id")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise wrong_type("parameter.id", "Number", value)
    return str(value)


def _own(options: Options) -> dict[str, Any]:
    return {name: value for name, value in options.items() if not callable(value)}


def _remove(things: dict[str, Any], id_: str, what: str) -> None:
    if things.pop(id_, None) is None:
        raise Fail(f"{what} {id_} does not exist")
