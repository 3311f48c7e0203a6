"""Faces in pictures, as `faceDetect` tells of them. The phone recognises none itself: a test says which there are.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ai/face. That it fails with `unknown error` before it was begun is
in WeChat's community (community/develop/doc/0000ca593680204e1a3e3a7635f400).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
from attrs.validators import and_, deep_iterable, ge, le, max_len, min_len

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import checked, list_of
from ..core.functions import answered
from ..core.options import Buffers, optional, whole, wrong_type
from ..core.room import Room

if TYPE_CHECKING:
    from ..core.faces import Phone

POINTS = 106
PARTS = ("global", "leftEye", "rightEye", "mouth", "nose")
ANGLES = ("pitch", "yaw", "roll")

_part = and_(ge(0.0), le(1.0))
_turn = and_(ge(-1.0), le(1.0))


def _points(_: object, __: object, points: tuple[tuple[float, float], ...]) -> None:
    if points and len(points) != POINTS:
        raise ValueError(f"a face has {POINTS} points, or none that are known, and not {len(points)}")


@attrs.frozen
class Face:
    """A face in a frame, all in parts of its width and height: the left and the top edge, and how large it is.

    `pitch`, `yaw` and `roll` are from -1 to 1, 0 looks straight ahead. `confidence` is from 0 to 1: how surely each of
    the whole, left eye, right eye, mouth and nose is seen. `points` are the 106 of the outline, if they are known.
    """

    x: float = attrs.field(validator=_part)
    y: float = attrs.field(validator=_part)
    width: float = attrs.field(validator=_part)
    height: float = attrs.field(validator=_part)
    pitch: float = attrs.field(default=0.0, validator=_turn)
    yaw: float = attrs.field(default=0.0, validator=_turn)
    roll: float = attrs.field(default=0.0, validator=_turn)
    confidence: tuple[float, ...] = attrs.field(
        default=(1.0,) * len(PARTS), converter=tuple, validator=and_(min_len(5), max_len(5), deep_iterable(_part))
    )
    points: tuple[tuple[float, float], ...] = attrs.field(default=(), converter=tuple, validator=_points)


@checked(seen=list_of(Face, "a list of Faces"))
class Faces(Room, name="faces"):
    """The faces that `faceDetect` finds: those in `seen`, the largest first; none unless a test says so."""

    STATE = ("seen",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.seen: list[Face] = []
        #: The program of each app that has got ready last.
        self._ready: dict[str, App] = {}

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield f"{len(self.seen)} in the frame"

    @answered
    def initFaceDetect(self, app: App, options: Options) -> None:
        """Gets ready; `faceDetect` fails before."""
        self._ready[app.key] = app

    @answered
    def stopFaceDetect(self, app: App, options: Options) -> None:
        """Ends that."""
        self._ready.pop(app.key, None)

    @answered
    def faceDetect(self, app: App, options: Options) -> Result:
        """The faces in a frame of RGBA pixels: `detectRect`, and its middle as `x` and `y`, -1 if there is none.

        `pointArray`, `confArray` and `angleArray` are told where they are asked for, and with `enableMultiFace` all
        faces, as `faceInfo`. Fails with `unknown error` before `initFaceDetect`.
        """
        width = whole(options.get("width"), "parameter.width")
        height = whole(options.get("height"), "parameter.height")
        frame = options.get("frameBuffer")
        if not isinstance(frame, Buffers):
            raise wrong_type("parameter.frameBuffer", "ArrayBuffer", frame)
        if app.key not in self._ready:
            raise Fail("unknown error")
        if min(width, height) <= 0 or len(frame) != width * height * 4:
            raise Fail("parameter error: frameBuffer has not four bytes for each pixel")
        faces = sorted(self.seen, key=lambda face: -face.width * face.height)
        found = [_told(face, width, height, options) for face in faces]
        told = dict(found[0]) if found else _nobody()
        return {**told, "faceInfo": found} if optional(options, "enableMultiFace", "Boolean", False) else told

    def end(self, app: App) -> None:
        """Ends what the program has begun."""
        if self._ready.get(app.key) is app:
            del self._ready[app.key]


def _nobody() -> Result:
    return {"x": -1, "y": -1, "detectRect": {"originX": 0, "originY": 0, "width": 0, "height": 0}}


def _told(face: Face, width: int, height: int, options: Options) -> Result:
    square = {
        "originX": face.x * width,
        "originY": face.y * height,
        "width": face.width * width,
        "height": face.height * height,
    }
    told: Result = {
        "detectRect": square,
        "x": square["originX"] + square["width"] / 2,
        "y": square["originY"] + square["height"] / 2,
    }
    if optional(options, "enablePoint", "Boolean", False):
        told["pointArray"] = [{"x": x * width, "y": y * height} for x, y in face.points]
    if optional(options, "enableConf", "Boolean", False):
        told["confArray"] = dict(zip(PARTS, face.confidence, strict=True))
    if optional(options, "enableAngle", "Boolean", False):
        told["angleArray"] = {name: getattr(face, name) for name in ANGLES}
    return told
