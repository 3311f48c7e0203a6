"""`VKSession`: how a program has something recognised, in the camera's pictures and in others.

Facts: see `looking`.
"""

from __future__ import annotations

from typing import Any

from ....extras import need
from ...core.answers import Fail, Options, Result, extras_told
from ...core.app import App
from ...core.functions import plain
from ...core.options import UNDEFINED, Buffers, mapping, number, optional, string, whole, wrong_type
from . import anchors
from .config import RUNNING, SINGLE
from .frame import NO_DEPTH
from .looking import Looking
from .reading import need_reader
from .recognising import ALGO_MODES, USUAL_SCORE


class VKSession(Looking):
    """A session as programs have it."""

    # --- markers -----------------------------------------------------------------------------------------------

    @plain
    def addMarker(self, app: App, path: Any = None) -> int:
        """Looks for a flat picture among the user's files, PNG or JPEG of 480 to 1920 pixels; gives its number."""
        self._need(self._made.tracks.marker, "marker")
        with extras_told():
            return self._recogniser.add_marker(app, string(path, "parameter.path"))

    @plain
    def removeMarker(self, app: App, markerId: Any = None) -> None:
        """Looks for it no more."""
        self._need(self._made.tracks.marker, "marker")
        self._recogniser.markers.pop(markerId, None)

    @plain
    def getAllMarker(self, app: App) -> list[Result]:
        """What is looked for: `markerId` and `path` of each."""
        self._need(self._made.tracks.marker, "marker")
        return [{"markerId": each.number, "path": each.path} for each in self._recogniser.markers.values()]

    @plain
    def addOSDMarker(self, app: App, path: Any = None) -> int:
        """Looks for what a picture among the user's files shows, a JPEG of at least 240 pixels; gives its number."""
        self._need(self._made.tracks.osd, "OSD")
        with extras_told():
            return self._recogniser.add_object(app, string(path, "parameter.path"))

    @plain
    def removeOSDMarker(self, app: App, markerId: Any = None) -> None:
        """Looks for it no more."""
        self._need(self._made.tracks.osd, "OSD")
        self._recogniser.objects.pop(markerId, None)

    @plain
    def getAllOSDMarker(self, app: App) -> list[Result]:
        """As `getAllMarker`."""
        self._need(self._made.tracks.osd, "OSD")
        return [{"markerId": each.number, "path": each.path} for each in self._recogniser.objects.values()]

    @plain
    def updateOSDThreshold(self, app: App, threshold: Any = None) -> None:
        """How large a part of the features has to lie as it should, 0 to 1; what WeChat's means is not told."""
        self._need(self._made.tracks.osd, "OSD")
        self._recogniser.threshold = number(threshold, "parameter.threshold")

    # --- single pictures ---------------------------------------------------------------------------------------

    @plain
    def detectFace(self, app: App, option: Any = None) -> None:
        """Looks for faces in a picture of RGBA pixels: those of `phone.faces` that are sure enough."""
        self._tell_single("face", self._recogniser.faces(_least(self._single("face", option))))

    @plain
    def detectBody(self, app: App, option: Any = None) -> None:
        """Looks for bodies: those of `phone.vision.bodies`, likewise."""
        self._tell_single("body", self._recogniser.bodies(_least(self._single("body", option))))

    @plain
    def detectHand(self, app: App, option: Any = None) -> None:
        """Looks for hands: those of `phone.vision.hands`, likewise; `algoMode` says whether for points or gestures."""
        given = self._single("hand", option)
        algo_mode = optional(given, "algoMode", "Number", 2)
        if algo_mode not in ALGO_MODES:
            raise Fail("parameter error: parameter.algoMode should be one of 0, 1, 2")
        self._tell_single("hand", self._recogniser.hands(_least(given), algo_mode))

    @plain
    def detectDepth(self, app: App, option: Any = None) -> None:
        """Tells how deep a picture is: `phone.vision.depth`; fails if that was not said."""
        self._single("depth", option)
        depths = self._recogniser.depths()
        if not depths:
            raise Fail(NO_DEPTH)
        self._tell_single("depth", depths)

    @plain
    def runOCR(self, app: App, option: Any = None) -> None:
        """Reads the text in a picture, or has what `phone.vision.texts` says."""
        given = self._single("OCR", option)
        if self._room.texts is not None:
            self._tell_texts(self._room.texts)
            return
        with extras_told():
            need_reader()
            size = int(given["width"]), int(given["height"])
            picture = need("PIL.Image", extra="media").frombytes("RGBA", size, bytes(given["frameBuffer"]))
        self._begin(self._read(picture, self._tell_texts))

    @plain
    def update3DMode(self, app: App, option: Any = None) -> None:
        """Whether bodies and hands are told of in space as well, `open3d`."""
        modes = self._made.tracks.modes
        if not {"face", "body", "hand"} & set(modes):
            raise Fail("the session was made without track.face, track.body or track.hand")
        self._recogniser.in_space = optional(mapping(option), "open3d", "Boolean", False)

    # --- its own -----------------------------------------------------------------------------------------------

    def _tell_texts(self, texts: list[str]) -> None:
        self._tell_single("OCR", map(anchors.text, texts))

    def _tell_single(self, kind: str, found: Any) -> None:
        self._tell(*self._tracked.take_single(kind, found))

    def _need(self, tracked: bool, name: str) -> None:
        if self._destroyed:
            raise Fail("the session was destroyed")
        if not tracked:
            raise Fail(f"the session was made without track.{name}")

    def _single(self, kind: str, option: Any) -> Options:
        """What a program gives with a single picture, found to be right."""
        self._need(self._mode(kind) == SINGLE, f"{kind} in mode 2")
        if self.state != RUNNING:
            raise Fail("the session does not run")
        given = mapping(option)
        size = [whole(given.get(name, UNDEFINED), f"parameter.{name}") for name in ("width", "height")]
        frame = given.get("frameBuffer", UNDEFINED)
        if not isinstance(frame, Buffers):
            raise wrong_type("parameter.frameBuffer", "ArrayBuffer", frame)
        if min(size) <= 0 or memoryview(frame).nbytes != size[0] * size[1] * 4:
            raise Fail("parameter error: frameBuffer has not four bytes for each pixel")
        return given


def _least(given: Options) -> float:
    least: float = optional(given, "scoreThreshold", "Number", USUAL_SCORE)
    return least
