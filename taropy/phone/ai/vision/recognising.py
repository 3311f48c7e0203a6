"""What a session sees in a picture: what the picture has, and what a test says is before the camera."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from ...core.answers import Fail
from ...core.app import App
from ..faces import Face
from . import anchors
from .anchors import Fields, Found
from .config import BOTH, HORIZONTAL, LIVE, VERTICAL, Config
from .markers import (
    OF_MARKERS,
    OF_OBJECTS,
    USUAL_THRESHOLD,
    Features,
    Marker,
    Sighting,
    features_of,
    find,
    marker_of,
    pose,
)  # fmt: skip
from .space import IDENTITY, Matrix, View, columns, inverse, product
from .things import Plane

if TYPE_CHECKING:
    from PIL.Image import Image

    from .face import Vision

#: Which planes a mode of `track.plane` looks for: whether they stand.
STANDING: Mapping[int, tuple[bool, ...]] = {HORIZONTAL: (False,), VERTICAL: (True,), BOTH: (False, True)}
#: Which is recognised in each frame, but for text, which takes its time.
AT_ONCE = ("plane", "marker", "OSD", "face", "body", "hand", "depth")
#: How surely something has to be recognised in a single picture, unless said.
USUAL_SCORE = 0.8
#: What `detectHand` gives, by `algoMode`: whether points, and whether a gesture.
ALGO_MODES: Mapping[int, tuple[bool, bool]] = {0: (True, False), 1: (False, True), 2: (True, True)}


class Recogniser:
    """Looks at pictures for one session."""

    def __init__(self, room: Vision, config: Config) -> None:
        self.markers: dict[int, Marker] = {}
        self.objects: dict[int, Marker] = {}
        self.threshold = USUAL_THRESHOLD
        #: Whether programs want to know where points are in space.
        self.in_space = False
        self._room = room
        self._tracks = config.tracks
        self._version = config.version
        self._numbers = count(1)

    # --- what is looked for ------------------------------------------------------------------------------------

    def add_marker(self, app: App, path: str) -> int:
        """Looks for a flat picture from now on."""
        if path.lower().endswith(".map"):
            raise Fail(f"{path} is a marker in space, which the phone does not look for")
        return self._add(app, path, self.markers, OF_MARKERS)

    def add_object(self, app: App, path: str) -> int:
        """Looks for something that one picture shows."""
        return self._add(app, path, self.objects, OF_OBJECTS)

    def _add(self, app: App, path: str, known: dict[int, Marker], wanted: Any) -> int:
        marker = marker_of(self._room.phone.files.local(app, path), path, next(self._numbers), wanted)
        if any(each.digest == marker.digest for each in known.values()):
            raise Fail(f"{path} is a picture that the session looks for already")
        known[marker.number] = marker
        return marker.number

    # --- in the camera's picture -------------------------------------------------------------------------------

    def look(self, picture: Image, view: View) -> tuple[Found, Matrix]:
        """What is there, and where the camera is."""
        camera = self._room.camera
        found: Found = {}
        if self._version == "v2":
            found.update({("plane", at): anchors.plane(each) for at, each in self.planes()})
        for kind, seen in (("face", self.faces), ("body", self.bodies), ("hand", self.hands), ("depth", self.depths)):
            if self._tracks.modes.get(kind) == LIVE:
                found.update({(kind, at): fields for at, fields in enumerate(seen())})
        if self.markers or self.objects:
            features = features_of(picture)
            for number, fields in self._objects(features, view):
                found["OSD", number] = fields
            camera = self._find_markers(features, view, camera, found)
        return found, camera

    def planes(self) -> Iterator[tuple[int, Plane]]:
        """The planes that the session looks for; Android's phones know none that stand."""
        mode = self._tracks.plane
        ios = self._room.phone.system.device.platform == "ios"
        for at, plane in enumerate(self._room.planes):
            if mode is not None and plane.vertical in STANDING[mode] and (ios or not plane.vertical):
                yield at, plane

    def _objects(self, features: Features, view: View) -> Iterator[tuple[int, Fields]]:
        for marker in self.objects.values():
            sighting = find(marker.features, features)
            if sighting is not None and sighting.share >= self.threshold:
                yield marker.number, {"markerId": marker.number, "path": marker.path, **_frame(sighting, view)}

    def _find_markers(self, features: Features, view: View, camera: Matrix, found: Found) -> Matrix:
        """Adds the markers that are there, and gives where the camera is.

        In v1 there is one, which is where the world begins; in v2 each is somewhere in the world.
        """
        for marker in self.markers.values():
            sighting = find(marker.features, features)
            at = None if sighting is None else pose(marker.features, sighting, view)
            if at is None:
                continue
            in_world = IDENTITY if self._version == "v1" else product(camera, at)
            told = {"markerId": marker.number, "path": marker.path, "transform": columns(in_world)}
            found["marker", marker.number] = told
            if self._version == "v1":
                return inverse(at)
        return camera

    # --- what a test says --------------------------------------------------------------------------------------

    def faces(self, least: float = 0.0) -> list[Fields]:
        """The faces of which one is so sure."""
        return [anchors.face(each, at) for at, each in enumerate(self._room.faces) if _score(each) >= least]

    def bodies(self, least: float = 0.0) -> list[Fields]:
        """The bodies, likewise."""
        bodies = enumerate(self._room.bodies)
        return [anchors.body(each, at, in_space=self.in_space) for at, each in bodies if each.score >= least]

    def hands(self, least: float = 0.0, algo_mode: int = 2) -> list[Fields]:
        """The hands, likewise, with what `algoMode` asks for."""
        points, gesture = ALGO_MODES[algo_mode]
        left_out: Fields = {**({} if points else {"points": [], "confidence": []}), **({} if gesture else NO_GESTURE)}
        hands = enumerate(self._room.hands)
        told = [anchors.hand(each, at, in_space=self.in_space) for at, each in hands if each.score >= least]
        return [{**each, **left_out} for each in told]

    def depths(self) -> list[Fields]:
        """How deep it all is, if that is known."""
        return [] if self._room.depth is None else [anchors.depth(self._room.depth)]


NO_GESTURE: Fields = {"gesture": -1}


def _score(face: Face) -> float:
    return face.confidence[0]


def _frame(sighting: Sighting, view: View) -> Fields:
    """Where something is in the view."""
    corners = [view.part(float(x), float(y)) for x, y in sighting.corners]
    left, top = (min(each[at] for each in corners) for at in range(2))
    right, bottom = (max(each[at] for each in corners) for at in range(2))
    return {"origin": {"x": left, "y": top}, "size": {"width": right - left, "height": bottom - top}}
