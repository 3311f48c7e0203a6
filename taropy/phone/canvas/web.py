"""How web pages save a canvas and put pixels on it: taro-h5 4.2.1 and plugin-platform-harmony-hybrid 4.1.11."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.options import optional, required
from ..core.vendors import is_in_browser
from .limits import check_size, in_limits

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
    canvas.context.putImageData(options["data"], *(_integer(options, name) for name in ("x", "y")))


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
    x, y, width, height, across, down = (_integer(options, name, 0) for name in names)
    with in_limits():
        check_size(max(across, 0), max(down, 0))
    made = canvas.blank(max(across, 0), max(down, 0))
    made.context.fillStyle = "#FFFFFF"
    made.context.fillRect(0, 0, across, down)
    made.context.drawImage(canvas, x, y, width, height, 0, 0, across, down)
    quality = options.get("quality")
    return {"tempFilePath": made.data_url(_type(options), 1.0 if quality is None else quality)}


def _integer(options: Options, name: str, usual: int | None = None) -> int:
    """A number of the options', without its fraction; 0 for one that is not finite, as in browsers."""
    given = required(options, name, "Number") if usual is None else optional(options, name, "Number", usual)
    return int(given) if isfinite(given) else 0


def _type(options: Options) -> str:
    asked = options.get("fileType") or "png"
    return f"image/{'jpeg' if asked == 'jpg' else asked}"
