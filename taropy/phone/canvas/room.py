"""Canvases, and what programs draw on them, by Skia.

Facts: developers.weixin.qq.com/miniprogram/dev/api/canvas and …/component/canvas.html. That a canvas is not there is
told in the words that WeChat's clients have for it (github.com/NervJS/taro, issue 8414; it is in no document).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, plain
from ..core.lost import lacks, tell_lost
from ..core.options import UNDEFINED, Buffers, js_type, optional, required, wrong_type
from ..core.room import Room
from ..core.telling import count
from ..core.vendors import is_in_browser, is_web, of_vendor
from . import web
from .canvas import USUAL_SIZE, Canvas, OffscreenCanvas
from .limits import check_size, in_limits

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page
    from .recorded import CanvasContext
    from .text import Fonts

NO_CANVAS = "fail canvas is empty"
#: How many of the picture's pixels there are to one of the canvas', unless the program says: the device's, or one.
#: developer.open-douyin.com, `tt.canvasToTempFilePath`; opendocs.alipay.com, `CanvasContext.toTempFilePath`.
BY_DENSITY: Mapping[str, bool] = {"tt": False, "my": False}
#: Where an older canvas is known by its `id`: opendocs.alipay.com/mini/component/canvas.
BY_ID: Mapping[str, bool] = {"my": True}
#: Which canvas `createOffscreenCanvas` makes unless the program says. Douyin's has no types: @douyin-microapp/typings.
USUAL_TYPE: Mapping[str, str] = {"tt": "2d"}
#: Who is told of a picture by that name as well: opendocs.alipay.com, `CanvasContext.toTempFilePath`.
ALIASES: Mapping[str, str] = {"my": "apFilePath"}
#: Where the number of bytes is not checked: smartprogram.baidu.com, `swan.canvasPutImageData`.
TAKES_ANY_DATA: Mapping[str, bool] = {"swan": True}
TYPES = {"jpg": "jpeg", "png": "png"}


class Canvases(Room, name="canvases"):
    """The canvases of each app's pages, and those that are on none.

    What is drawn is drawn by the extra `canvas`. Text is in the fonts that the program has loaded (`Taro.loadFontFace`)
    or that the computer has. A character that no font has is an empty box or nothing, with a `MissingFontWarning`.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._of_pages: WeakKeyDictionary[Page, dict[tuple[Any, ...], Canvas]] = WeakKeyDictionary()
        self._fonts: dict[str, Fonts] = {}
        #: Those that have asked for a frame.
        self.animated: WeakSet[Canvas] = WeakSet()

    def in_words(self) -> Iterator[str]:
        """How many there are on pages."""
        yield count(sum(map(len, self._of_pages.values())), "canvases")

    # --- for tests ---------------------------------------------------------------------------------------------

    def picture(self, name: str | None = None, app: App | None = None) -> bytes:
        """What a canvas of the page on the screen shows, as a PNG: of the one of that `id` or `canvas-id`, or the only.

        LookupError if there is none of that name, or if there are several and none is named.
        """
        app = app or self.phone.pages.front
        page = self.phone.pages.top(app)
        places = [
            place
            for place in self.phone.nodes.tagged(page, "canvas", None, app)
            if name is None or name in (place.node.id, place.node.properties.get("canvasId"))
        ]
        if len(places) != 1:
            which = "canvases" if name is None else f"canvases that are called {name!r}"
            raise LookupError(f"the page on the screen has {len(places)} {which}")
        return self.of(app, page, places[0]).surface.encoded("png")

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def createCanvasContext(self, app: App, canvasId: Any = None, component: Any = None) -> CanvasContext:
        """What draws on the page's canvas of that name, or on the component's own."""
        from .recorded import CanvasContext

        if js_type(canvasId) != "String":
            raise wrong_type("parameter", "String", UNDEFINED if canvasId is None else canvasId)
        return CanvasContext(self, app, self.phone.pages.top(app), canvasId, component)

    @plain
    def createOffscreenCanvas(
        self, app: App, options: Any = None, height: Any = None, component: Any = None
    ) -> OffscreenCanvas:
        """A canvas that is on no page, `width` x `height`, of a `type`: `webgl` unless the program says `2d`.

        As in the older form, it may be called with the width and the height; that is for `webgl`.
        """
        given = options if isinstance(options, Mapping) else {"width": options, "height": height}
        width, height = (
            int(_number(given, side, usual)) for side, usual in zip(("width", "height"), USUAL_SIZE, strict=True)
        )
        kind = optional(given, "type", "String", of_vendor(USUAL_TYPE, app, "webgl"))
        with in_limits():
            check_size(width, height)
        return OffscreenCanvas(self, app, (max(width, 0), max(height, 0)), kind=kind)

    @answered
    async def canvasToTempFilePath(self, app: App, options: Options, component: Any = None) -> Result:
        """Saves a canvas, or a part of it, as a temporary file: a `png`, or a `jpg`, on black, of a `quality`.

        `canvas` is a newer one, `canvasId` the name of an older. On the web the file is a data URL; h5 wants the name.
        """
        canvas = self._asked(app, options, component)
        if not is_web(app):
            return await self.saved(app, canvas, options)
        if canvas is None and is_in_browser(app):
            self._tell_lost(app, "canvasToTempFilePath saves", options)
        return web.saved(app, canvas, options)

    @answered
    async def canvasGetImageData(self, app: App, options: Options, component: Any = None) -> Result:
        """The pixels of a part of a canvas, four bytes each: red, green, blue and alpha."""
        x, y, width, height = (int(_number(options, name)) for name in ("x", "y", "width", "height"))
        canvas = self._asked(app, options, component)
        if canvas is None:
            if is_web(app):
                self._tell_lost(app, "canvasGetImageData reads", options)
                return {"width": width, "height": height, "data": None}
            raise Fail(NO_CANVAS)
        with in_limits():
            pixels = canvas.context.getImageData(x, y, width, height)
        return {"width": abs(width), "height": abs(height), "data": pixels if is_web(app) else pixels.data}

    @answered
    async def canvasPutImageData(self, app: App, options: Options, component: Any = None) -> None:
        """Puts pixels on a canvas in place of those that are there; `data` has four bytes for each.

        On the web it is an `ImageData`, as a context's `getImageData` gives it, and bytes are refused.
        """
        from .pixels import ImageData

        canvas = self._asked(app, options, component)
        if is_web(app):
            return web.put(canvas, options)
        x, y, width, height = (int(_number(options, name)) for name in ("x", "y", "width", "height"))
        data = _bytes(options)
        if canvas is None:
            raise Fail(NO_CANVAS)
        if min(width, height) < 1:
            raise Fail("parameter error: parameter.width and parameter.height should be positive")
        with in_limits():
            check_size(width, height)
        if len(data) != width * height * 4:
            if not of_vendor(TAKES_ANY_DATA, app, False):
                raise Fail("parameter error: parameter.data should have 4 * width * height bytes")
            data = data[: width * height * 4].ljust(width * height * 4, b"\0")
        canvas.context.putImageData(ImageData(width, height, data), x, y)
        return None

    # --- what its objects and other rooms ask ------------------------------------------------------------------

    def fonts(self, app: App) -> Fonts:
        """The fonts that the app draws with."""
        from .text import Fonts

        known = self._fonts.get(app.key)
        if known is None:
            known = self._fonts[app.key] = Fonts(lambda: self.phone.fonts.of(app))
        return known

    def of(self, app: App, page: Page, place: Any) -> Canvas:
        """The canvas that a node of the page is. It stays when the page is rendered anew."""
        canvases = self._of_pages.setdefault(page, {})
        key = _key(place)
        canvas = canvases.get(key)
        if canvas is None:
            canvas = canvases[key] = self._made(app, place)
        return canvas

    def named(self, app: App, page: Page, canvas_id: object, component: object) -> Canvas | None:
        """The older canvas of that name on the page, or of the component's own; None if there is none."""
        places = [] if canvas_id is None else self.phone.nodes.tagged(page, "canvas", component, app)
        for place in places:
            node = place.node
            names = (node.properties.get("canvasId"), node.id if of_vendor(BY_ID, app, False) else None)
            if canvas_id in names:
                return self.of(app, page, place)
        return None

    def lacks(self, app: App, page: Page, canvas_id: object, component: object) -> str:
        """That the page has no older canvas of that name, and which it has."""
        nodes = [place.node for place in self.phone.nodes.tagged(page, "canvas", component, app)]
        names = [str(node.properties["canvasId"]) for node in nodes if node.properties.get("canvasId")]
        if any(node.id == canvas_id for node in nodes):
            why = "but a canvas with that id: it is drawn on by its node, as a query gives it"
            return f"the page {page.route} has no canvas-id {canvas_id!r}, {why}"
        return lacks(page, "canvas", canvas_id, names)

    def given(self, value: Any) -> Canvas | None:
        """The newer canvas that a program hands over; None for what is none."""
        value = getattr(value, "_native", value)
        return value if isinstance(value, Canvas) else None

    async def saved(self, app: App, canvas: Canvas | None, options: Options) -> Result:
        """Writes a canvas, or a part of it, to a temporary file, as the options say; its path. `Fail` without one."""
        from .surface import encoded

        if canvas is None:
            raise Fail(NO_CANVAS)
        x, y = (_number(options, name, 0) for name in ("x", "y"))
        width = _number(options, "width", canvas.width - x)
        height = _number(options, "height", canvas.height - y)
        density = self.phone.system.device.pixel_ratio if of_vendor(BY_DENSITY, app, True) else 1
        size = (
            round(_number(options, "destWidth", width * density)),
            round(_number(options, "destHeight", height * density)),
        )
        kind = optional(options, "fileType", "String", "png")
        suffix = kind if kind in TYPES else "png"
        if not (width > 0 and height > 0 and min(size) > 0 and canvas.width and canvas.height):
            raise Fail(NO_CANVAS)
        with in_limits():
            data = encoded(canvas.surface.part(x, y, width, height, size), TYPES[suffix], quality(options))
        path, real = self.phone.files.new_temporary(app, f".{suffix}")
        try:
            real.write_bytes(data)
        except OSError as error:
            raise self.phone.files.failure(error, path) from error
        alias = of_vendor(ALIASES, app, "")
        return {"tempFilePath": path, **({alias: path} if alias else {})}

    # --- state -------------------------------------------------------------------------------------------------

    def snapshot(self) -> Any:
        """The canvases of the pages: their sizes, their pixels, and what their contexts draw with.

        Not in it: canvases that are on no page, what an older context has collected and not drawn, and frames that are
        to come. These are what the programs are at.
        """
        return {
            page: {key: canvas.kept() for key, canvas in canvases.items()} for page, canvases in self._of_pages.items()
        }

    def restore(self, state: Any) -> None:
        """Puts them back. Programs have the same canvases and contexts; one that was made since is empty."""
        for page, canvases in self._of_pages.items():
            for key, canvas in canvases.items():
                canvas.put_back(state.get(page, {}).get(key))

    def end(self, app: App) -> None:
        """Calls no frames of the program any more."""
        for canvas in tuple(self.animated):
            if canvas.app is app:
                canvas.end()

    # --- its own -----------------------------------------------------------------------------------------------

    def _asked(self, app: App, options: Options, component: Any) -> Canvas | None:
        """The canvas that options name: the newer one that is given, or the older one of a name."""
        given = None if is_in_browser(app) else self.given(options.get("canvas"))
        if given is not None:
            return given
        return self.named(app, self.phone.pages.top(app), options.get("canvasId"), component)

    def _tell_lost(self, app: App, call: str, options: Options) -> None:
        page = self.phone.pages.top(app)
        tell_lost(page, f"{call} nothing: {self.lacks(app, page, options.get('canvasId'), None)}")

    def _made(self, app: App, place: Any) -> Canvas:
        node = place.node
        if node.properties.get("type") and not is_web(app):
            return Canvas(self, app, kind=str(node.properties["type"]))
        size = tuple(
            _length(node, side, place, usual) for side, usual in zip(("width", "height"), USUAL_SIZE, strict=True)
        )
        scale = 1 if is_web(app) else max(round(self.phone.system.device.pixel_ratio), 1)
        return Canvas(self, app, (size[0], size[1]), scale=scale)


def _number(options: Options, name: str, usual: float | None = None) -> float:
    """A number of the options', which has to be given unless there is a usual one, and finite."""
    given = required(options, name, "Number") if usual is None else optional(options, name, "Number", usual)
    if not isfinite(given):
        raise Fail(f"parameter error: parameter.{name} should be a finite number")
    return float(given)


def quality(options: Options) -> float:
    """How well a jpg is kept: above 0 to 1, and 1 for anything else."""
    given: Any = options.get("quality")
    return given if js_type(given) == "Number" and 0 < given <= 1 else 1.0


def _bytes(options: Options) -> bytearray:
    data = options.get("data", UNDEFINED)
    if isinstance(data, Buffers):
        return bytearray(data)
    if js_type(data) != "Array":
        raise wrong_type("parameter.data", "Uint8ClampedArray", data)
    from .pixels import Uint8ClampedArray

    clamped = Uint8ClampedArray(len(data))
    clamped[:] = data
    return clamped


def _key(place: Any) -> tuple[Any, ...]:
    """What tells a canvas from the page's others, however often the page is rendered."""
    hosts = []
    host = place.host
    while host is not None:
        hosts.append(host.node.id)
        host = host.host
    return (place.node.id, place.node.properties.get("canvasId"), *hosts)


def _length(node: Any, side: str, place: Any, usual: int) -> int:
    """How wide or high a canvas of a page is, which is 300 x 150 unless it is said."""
    written = str(node.properties.get(side, ""))
    if written.isdecimal():
        return int(written)
    return int(getattr(place.rect, side)) if node.rect is not None or side in node.style else usual
