"""The maps on the pages of the phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import attrs

from ...core.answers import Fail
from ...core.app import App
from ...core.functions import plain
from ...core.options import string
from ...core.room import Room
from ...core.telling import count
from .context import MapContext
from .map import USUAL_SIZE, Map
from .projection import Point

if TYPE_CHECKING:
    from ...core.faces import Phone
    from ...core.page import Page


@attrs.frozen
class Destination:
    """Where a map app leads the person, gcj02."""

    name: str
    latitude: float
    longitude: float


class Maps(Room, name="maps"):
    """The maps of the pages: `phone.maps["shops"]` is the one with this id on the page in front, see `Map`.

    What a map shows at first is what its `<map>` on the page says (`phone.screen.draw`, or the page's own view). Of a
    page of which nobody has said what is on it, each map is there, 300 px wide and 150 high. No tiles are drawn.

    - `destinations`: where `openMapApp` has led the person, oldest first.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.destinations: list[Destination] = []
        # By page, so that they go with it: by the map's id and the component that it is in.
        self._maps: WeakKeyDictionary[Page, dict[tuple[str, int], Map]] = WeakKeyDictionary()

    def in_words(self) -> Iterator[str]:
        """How many maps programs have steered."""
        yield from [count(sum(map(len, self._maps.values())), "maps")] if self._maps else []

    def __getitem__(self, mapId: str) -> Map:
        """The map of this id on the page in front. LookupError if there is none."""
        app = self.phone.pages.front
        try:
            return self.found(app, self.phone.pages.top(app), mapId, None)
        except Fail as failure:
            raise LookupError(failure.reason) from None

    @plain
    def createMapContext(self, app: App, mapId: Any = None, component: Any = None) -> MapContext:
        """The controls of the map with this id on the page on the screen, or in the component."""
        return MapContext(self, self.phone, app, self.phone.pages.top(app), string(mapId), component)

    # --- state -------------------------------------------------------------------------------------------------

    def snapshot(self) -> Any:
        """What the maps show, and where the person was led."""
        maps = [(page, {key: (each, each.snapshot()) for key, each in of.items()}) for page, of in self._maps.items()]
        return list(self.destinations), maps

    def restore(self, state: Any) -> None:
        """Puts it back; the maps are the same objects."""
        destinations, maps = state
        self.destinations = list(destinations)
        self._maps = WeakKeyDictionary()
        for page, known in maps:
            self._maps[page] = {key: each for key, (each, _) in known.items()}
            for each, shown in known.values():
                each.restore(shown)

    # --- what contexts ask -------------------------------------------------------------------------------------

    def found(self, app: App, page: Page, id_: str, scope: Any) -> Map:
        """The map, as its component is now. Raises `Fail` if the page has none of this id."""
        known = self._maps.setdefault(page, {})
        key = id_, 0 if scope is None else id(scope)
        if page.nodes is None:
            return known.setdefault(key, Map(self.phone))
        places = [each for each in self.phone.nodes.find(page, f"#{id_}", scope, app) if each.node.tag == "map"]
        if not places:
            known.pop(key, None)
            raise Fail(f"there is no map with the id {id_!r} on {page.route}")
        place = places[0]
        shown = known.setdefault(key, Map(self.phone))
        shown.follow(place.node.properties, (place.rect.width, place.rect.height or USUAL_SIZE[1]))
        return shown

    def lead(self, name: str, point: Point) -> None:
        """The person has picked an app that leads to the place."""
        self.destinations.append(Destination(name, point.latitude, point.longitude))
