"""A picture of the camera, and where the camera was: what `getVKFrame` gives."""

from __future__ import annotations

import io
from array import array
from typing import TYPE_CHECKING, Any, ClassVar

from ....extras import need
from ...core.answers import Fail
from ...core.app import App
from ...core.functions import plain
from ...core.options import number, whole
from ...core.room import Manager
from .space import Matrix, View, columns, inverse

if TYPE_CHECKING:
    from PIL.Image import Image

    from ...core.faces import Phone
    from .things import Depth

#: "Limited by the system, it has to be a multiple of 16": the page of `VKFrame.getCameraBuffer`, on the width.
STEP = 16
NO_DEPTH = "no picture tells how deep things are: it takes phone.vision.depth = Depth(…)"
NO_WEBGL = "WebGL is not there: getCameraBuffer gives the picture's pixels"


class VKCamera(Manager):
    """The camera at the time of a frame."""

    KIND: ClassVar[str] = "VKCamera"

    def __init__(self, phone: Phone, app: App, at: Matrix, view: View) -> None:
        super().__init__(phone, app)
        self._at = at
        self._view = view

    @property
    def viewMatrix(self) -> array[float]:
        """From the world to the camera, 4 x 4, column by column."""
        return columns(inverse(self._at))

    @property
    def transform(self) -> array[float]:
        """From the camera to the world, likewise."""
        return columns(self._at)

    @property
    def intrinsics(self) -> array[float]:
        """From the camera to the pixels of its picture, 3 x 3, likewise."""
        return columns(self._view.intrinsics)

    @plain
    def getProjectionMatrix(self, app: App, near: Any = None, far: Any = None) -> array[float]:
        """OpenGL's projection matrix for what lies between two distances, in the view that the frame was asked for."""
        if not 0 < number(near, "parameter.near") < number(far, "parameter.far"):
            raise Fail("parameter error: parameter.near should be above 0, and parameter.far above that")
        return columns(self._view.projection(near, far))


class VKFrame(Manager):
    """A picture of the camera; `timestamp` is in nanoseconds by the phone's clock."""

    KIND: ClassVar[str] = "VKFrame"

    def __init__(self, phone: Phone, app: App, picture: Image, view: View, at: Matrix, depth: Depth | None) -> None:
        super().__init__(phone, app)
        self.timestamp = round(phone.clock.now() * 1e9)
        self.camera = VKCamera(phone, app, at, view)
        self._picture = picture
        self._view = view
        self._depth = depth

    @plain
    def getCameraBuffer(self, app: App, width: Any = None, height: Any = None) -> bytes:
        """The picture in that size, four bytes a pixel, without what is over at its sides; 16 divides the width."""
        return self._filling(width, height).convert("RGBA").tobytes()

    @plain
    def getCameraJpgBuffer(self, app: App, width: Any = None, height: Any = None, quality: Any = None) -> bytes:
        """The same as a JPEG, of a quality from 0 to 100."""
        if not 0 <= whole(quality, "parameter.quality") <= 100:
            raise Fail("parameter error: parameter.quality should be from 0 to 100")
        made = io.BytesIO()
        self._filling(width, height, step=1).save(made, "JPEG", quality=quality)
        return made.getvalue()

    @plain
    def getCameraTexture(self, app: App, ctx: Any = None) -> None:
        """Fails: the phone has no WebGL."""
        raise Fail(NO_WEBGL)

    @plain
    def getDisplayTransform(self, app: App) -> array[float]:
        """From a place in the view to that in the picture, both from 0 to 1: 3 x 3, column by column."""
        return columns(self._view.display)

    @plain
    def getDepthBuffer(self, app: App) -> dict[str, Any]:
        """How deep everything is: `width`, `height`, and `DepthAddress`, four bytes each; where a test has said so."""
        if self._depth is None:
            raise Fail(f"{NO_DEPTH}, and the session's track.depth")
        values = array("f", self._depth.values).tobytes()
        return {"width": self._depth.width, "height": self._depth.height, "DepthAddress": values}

    def _filling(self, width: Any, height: Any, step: int = STEP) -> Image:
        size = whole(width, "parameter.width"), whole(height, "parameter.height")
        if min(size) <= 0 or size[0] % step:
            raise Fail(f"parameter error: width and height should be above 0, and {step} should divide the width")
        fitted: Image = need("PIL.ImageOps", extra="media").fit(self._picture, size)
        return fitted
