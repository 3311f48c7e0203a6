"""How web pages save a canvas and put pixels on it: taro-h5 4.2.1 and plugin-platform-harmony-hybrid 4.1.11."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.options import optional, required
from ..core.vendors import is_in_browser

if TYPE_CHECKING:
    from .canvas import Canvas

#: What Chromium says of what is done with no canvas, and with bytes.
NO_CANVAS = "Cannot read properties of null (reading 'getContext')"
NO_DATA = "Failed to execute 'putImageData' on 'CanvasRenderingContext2D': parameter 1 is not of type 'ImageData'."


def put(canvas: Canvas | None, options: Options) -> None:
    """Puts an `ImageData` on the canvas."""
    from .pixels import ImageData

    if canvas is None:
        raise Fail(NO_CANVAS)
    if not isinstance(options.get("data"), ImageData):
        raise Fail(NO_DATA)
    canvas.context.putImageData(options["data"], *(int(required(options, name, "Number")) for name in ("x", "y")))


def saved(app: App, canvas: Canvas | None, options: Options) -> Result:
    """The canvas as a data URL: the whole of it in its own size, on h5; the part that is asked for on HarmonyOS."""
    return _whole(canvas, options) if is_in_browser(app) else _part(canvas, options)


def _whole(canvas: Canvas | None, options: Options) -> Result:
    """Nothing is told of a canvas that is not there."""
    if canvas is None:
        return {"tempFilePath": None}
    return {"tempFilePath": canvas.data_url(_type(options), options.get("quality"))}


def _part(canvas: Canvas | None, options: Options) -> Result:
    """The part in the size that is asked for, on white; none of it where no size is."""
    if canvas is None:
        if options.get("canvasId"):
            raise Fail(f"Can't find canvas with id {options['canvasId']}")
        raise Fail("canvasId or canvas is required")
    names = ("x", "y", "width", "height", "destWidth", "destHeight")
    x, y, width, height, across, down = (optional(options, name, "Number", 0) for name in names)
    made = canvas.blank(int(across), int(down))
    made.context.fillStyle = "#FFFFFF"
    made.context.fillRect(0, 0, across, down)
    made.context.drawImage(canvas, x, y, width, height, 0, 0, across, down)
    quality = options.get("quality")
    return {"tempFilePath": made.data_url(_type(options), 1.0 if quality is None else quality)}


def _type(options: Options) -> str:
    asked = options.get("fileType") or "png"
    return f"image/{'jpeg' if asked == 'jpg' else asked}"
