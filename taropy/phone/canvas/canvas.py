"""`Canvas` and `OffscreenCanvas`, as programs have them.

Facts: developers.weixin.qq.com/miniprogram/dev/api/canvas/Canvas.html and …/OffscreenCanvas.html, and
miniprogram-api-typings 5.2.3. What `toDataURL` takes is html.spec.whatwg.org's.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.frames import Frames
from ..core.functions import answered, plain
from ..core.options import function, js_type
from ..core.room import Manager
from .limits import check_size, in_limits
from .telling import tell

if TYPE_CHECKING:
    from .context import CanvasRenderingContext2D
    from .drafting import Drafted
    from .face import Canvases
    from .images import Image
    from .paths import Path2D
    from .pixels import ImageData
    from .surface import Surface

USUAL_SIZE = (300, 150)
USUAL_QUALITY = 0.92
WEBGL = frozenset({"webgl", "webgl2", "experimental-webgl"})
NO_WEBGL = "WebGL is not there: this phone draws canvases in 2d only"
_TYPES = {"image/png": "png", "image/jpeg": "jpeg", "image/webp": "webp"}


@attrs.frozen
class Kept:
    """What a snapshot has of a canvas: its size, its pixels as a picture of Skia's, and what it is drawn on with.

    No `picture`: nothing was drawn; no `drafted`: no program has asked for its context.
    """

    size: tuple[int, int]
    picture: Any
    drafted: Drafted | None


class Canvas(Manager):
    """A canvas of a page, or one that is on none."""

    KIND = "Canvas"

    def __init__(
        self, room: Canvases, app: App, size: tuple[int, int] = USUAL_SIZE, *, scale: int = 1, kind: str = "2d"
    ) -> None:
        super().__init__(room.phone, app)
        self._room = room
        self._size = size
        self._scale = scale
        self._kind = kind
        self._context: CanvasRenderingContext2D | None = None
        self._surface: Surface | None = None
        self._frames = Frames(self.phone.clock, partial(tell, self.phone, "requestAnimationFrame"))

    def in_words(self) -> Iterator[str]:
        """How large it is."""
        yield f"{self.width} x {self.height}"
        yield from [self._kind] if self._kind != "2d" else []

    # --- its size ----------------------------------------------------------------------------------------------

    @property
    def width(self) -> int:
        """How wide it is, in its own pixels. Who sets it empties the canvas."""
        return self._size[0]

    @width.setter
    def width(self, width: Any) -> None:
        self._resize(_pixels(width, USUAL_SIZE[0]), self._size[1])

    @property
    def height(self) -> int:
        """How high it is; as `width`."""
        return self._size[1]

    @height.setter
    def height(self, height: Any) -> None:
        self._resize(self._size[0], _pixels(height, USUAL_SIZE[1]))

    def _resize(self, width: int, height: int) -> None:
        check_size(width * self._scale, height * self._scale)
        self._size = width, height
        self._surface = None
        if self._context is not None:
            self._context.begin_on(self.surface)

    # --- what programs call ------------------------------------------------------------------------------------

    @plain
    def getContext(self, app: App, contextType: Any = None) -> CanvasRenderingContext2D | None:
        """What draws on it: the same object each time. None for a type that there is not, and for another than its own.

        Fails for WebGL, which is not there.
        """
        if contextType in WEBGL:
            raise Fail(NO_WEBGL)
        return self.context if contextType == "2d" == self._kind else None

    @plain
    def createImage(self, app: App) -> Image:
        """A picture to be loaded and drawn."""
        from .images import Image

        return Image(self.phone, app)

    @plain
    def createImageData(self, app: App, width: Any = None, height: Any = None) -> ImageData:
        """Transparent pixels, as many as the canvas has unless `width` and `height` say."""
        from .pixels import ImageData

        size = _pixels(width, self.width), _pixels(height, self.height)
        with in_limits():
            check_size(*size)
        return ImageData(*size)

    @plain
    def createPath2D(self, app: App, path: Path2D | None = None) -> Path2D:
        """An empty path, or a copy of one."""
        from .paths import Path2D

        return Path2D(path)

    @plain
    def toDataURL(self, app: App, type: Any = "image/png", encoderOptions: Any = None) -> str:
        """What it shows, as a data URL: `image/png`, or `image/jpeg` or `image/webp` with a quality from 0 to 1."""
        return self.data_url(type, encoderOptions)

    @plain
    def requestAnimationFrame(self, app: App, callback: Callable[..., Any]) -> int:
        """Calls `callback` with the time, in ms, when the next frame is due by the phone's clock; the id cancels it.

        RuntimeError outside any event loop, where no frame would come.
        """
        function(callback, "parameter.callback")
        loop = asyncio._get_running_loop()
        if loop is None:
            raise RuntimeError("a frame comes in an event loop: ask for one in a page's handler, or by taropy.run")
        self._room.animated.add(self)
        return self._frames.request(callback, loop)

    @plain
    def cancelAnimationFrame(self, app: App, requestID: Any = None) -> None:
        """Has a frame's callback not be called."""
        self._frames.cancel(requestID)

    @answered
    async def toTempFilePath(self, app: App, options: Options) -> Result:
        """Saves it, or a part of it, as `canvasToTempFilePath` does. Alipay's."""
        return await self._room.saved(app, self, options)

    # --- what the phone asks -----------------------------------------------------------------------------------

    @property
    def surface(self) -> Surface:
        """What it is drawn on, made when it is first drawn on."""
        from .surface import Surface

        if self._surface is None:
            self._surface = Surface(*self._size, self._scale)
        return self._surface

    @property
    def context(self) -> CanvasRenderingContext2D:
        """What draws on it."""
        from .context import CanvasRenderingContext2D

        if self._context is None:
            self._context = CanvasRenderingContext2D(self, self.surface, self._room.fonts(self.app))
        return self._context

    def drawn_picture(self) -> Any:
        """What it shows, to be drawn elsewhere; nothing if it has no pixels."""
        return self.surface.picture() if all(self._size) else None

    @property
    def is_offscreen_2d(self) -> bool:
        """Whether it is on no page and drawn on in 2d."""
        return isinstance(self, OffscreenCanvas) and self._kind == "2d"

    def frame(self, size: tuple[int, int]) -> bytes:
        """What it shows, in that size and on black, since films have no transparency: four bytes a pixel, as RGBA."""
        return self.surface.frame(size)

    def blank(self, width: int, height: int) -> Canvas:
        """An empty canvas of the same program, on no page."""
        return Canvas(self._room, self.app, (width, height))

    def data_url(self, type: Any, quality: Any) -> str:
        """What it shows, as a data URL."""
        format = _TYPES.get(type, "png")
        valid = js_type(quality) == "Number" and 0 <= quality <= 1
        if not all(self._size):
            return "data:,"
        data = self.surface.encoded(format, quality if valid else USUAL_QUALITY)
        return f"data:image/{format};base64,{base64.b64encode(data).decode()}"

    # --- snapshots ---------------------------------------------------------------------------------------------

    def kept(self) -> Kept:
        """Its size, its pixels, and what it is drawn on with."""
        picture = None if self._surface is None else self._surface.picture()
        return Kept(self._size, picture, None if self._context is None else self._context.kept())

    def put_back(self, kept: Kept | None) -> None:
        """Puts that back; None empties it."""
        self._size, self._surface = self._size if kept is None else kept.size, None
        if kept is not None and kept.picture is not None:
            self.surface.put_back(kept.picture)
        if self._context is None:
            return
        if kept is None or kept.drafted is None:
            self._context.begin_on(self.surface)
        else:
            self._context.put_back(self.surface, kept.drafted)

    def end(self) -> None:
        """Calls no frame any more."""
        self._frames.end()


class OffscreenCanvas(Canvas):
    """A canvas that is on no page."""

    KIND = "OffscreenCanvas"


def _pixels(value: Any, usual: int) -> int:
    """How many pixels a program asks for; what is no such number counts as not given, as in browsers."""
    try:
        number = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return usual
    return number if number >= 0 else usual
