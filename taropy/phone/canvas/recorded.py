"""`CanvasContext`, the older way to draw: calls are collected, and `draw` has them take effect.

Facts: developers.weixin.qq.com/miniprogram/dev/api/canvas/CanvasContext.html; for web pages `api/canvas/CanvasContext`
of @tarojs/taro-h5 4.2.1, which plugin-platform-harmony-hybrid 4.1.11 has too; for HarmonyOS
`apis/canvas` of @tarojs/plugin-platform-harmony-ets 4.2.0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ...program import caller
from ...unheard import report
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, plain
from ..core.lost import tell_lost
from ..core.room import Manager
from ..core.telling import count, quoted
from ..core.vendors import is_web, of_vendor
from . import styles
from .context import CanvasRenderingContext2D
from .images import decoded, loaded, read
from .limits import in_limits
from .state import BASELINES
from .surface import Surface
from .telling import begin, tell

if TYPE_CHECKING:
    from ...program import Place
    from ..core.page import Page
    from .canvas import Canvas
    from .face import Canvases

Action = Callable[[CanvasRenderingContext2D, Mapping[str, Any]], Any]

#: What draws at once, and has no `draw`: HarmonyOS' own context, as its plugin hands it on.
DRAWS_AT_ONCE: Mapping[str, bool] = {"harmony": True}
#: What taro-h5 does not collect: it is done at once.
AT_ONCE_ON_THE_WEB = frozenset({"save", "restore", "font", "textAlign", "textBaseline", "direction"})
_SIZE = re.compile(r"(\d+\.?\d*|\.\d+)(px|pt|pc|in|cm|mm|r?em|%)", re.IGNORECASE)


def _collected(name: str) -> Any:
    """The method that collects calls of a newer context's."""

    def collect(self: CanvasContext, app: App, *arguments: Any) -> None:
        self.collect(name, lambda context, _: getattr(context, name)(*arguments))

    collect.__name__ = name
    collect.__doc__ = f"Collects a call of `{name}`, as a newer context has it."
    return plain(collect)


def _told(name: str) -> property:
    """The property that is known at once, and takes effect with `draw`."""

    def read(self: CanvasContext) -> Any:
        return self.property_of(name)

    def write(self: CanvasContext, value: Any) -> None:
        self.set_property(name, value)

    return property(read, write, doc=f"`{name}`, as a newer context has it.")


class PicturePattern:
    """A pattern of a picture that is loaded when it is drawn with."""

    def __init__(self, source: str, repetition: Any) -> None:
        self.source, self.repetition = source, repetition


class Shown:
    """A picture that is there."""

    def __init__(self, picture: Any) -> None:
        self._picture = picture

    def drawn_picture(self) -> Any:
        """The picture."""
        return self._picture


class CanvasContext(Manager):
    """What `createCanvasContext` gives for the canvas of a name, which is looked for when it is to be drawn on."""

    def __init__(self, room: Canvases, app: App, page: Page, canvas_id: Any, component: Any) -> None:
        super().__init__(room.phone, app)
        self._room, self._page = room, page
        self._canvas_id, self._component = canvas_id, component
        self._actions: list[Action] = []
        #: The pictures that are drawn, each with the line that asks for it.
        self._sources: dict[str, Place | None] = {}
        #: A context on no canvas, which knows what the properties were set to.
        self._told = CanvasRenderingContext2D(None, Surface(1, 1), room.fonts(app))

    def in_words(self) -> Iterator[str]:
        """Which canvas it is for, and what it would draw."""
        yield quoted(self._canvas_id)
        yield from [f"{count(len(self._actions), 'calls')} to draw"] if self._actions else []

    # --- drawing -----------------------------------------------------------------------------------------------

    @plain
    def draw(self, app: App, reserve: Any = False, callback: Any = None, *_: Any) -> None:
        """Draws what was collected, onto what is there if `reserve` says so, else onto an empty canvas.

        That takes effect later; `callback` is called then.
        """
        actions, self._actions = self._actions, []
        sources, self._sources = self._sources, {}
        keeps, place = bool(reserve), caller()
        begin(self.phone, self._draw(actions, sources, keeps=keeps, callback=callback, place=place), later=True)

    async def _draw(
        self, actions: list[Action], sources: Mapping[str, Place | None], *, keeps: bool, callback: Any, place: Any
    ) -> None:
        canvas = self._canvas()
        if canvas is None:
            tell_lost(self._page, self._lost("CanvasContext.draw"), place)
        else:
            pictures = {source: await self._picture(source, sources[source]) for source in sources}
            if not keeps:
                self._empty(canvas.context)
            self._play(canvas.context, actions, pictures)
        tell(self.phone, "CanvasContext.draw", callback)

    def _lost(self, call: str) -> str:
        """That there is no canvas to draw on."""
        lacks = self._room.lacks(self.app, self._page, self._canvas_id, self._component)
        return f"{call} draws nothing: {lacks}"

    def _empty(self, context: CanvasRenderingContext2D) -> None:
        if is_web(self.app):
            context.clearRect(0, 0, context.canvas.width, context.canvas.height)
        else:
            context.reset()

    def _play(self, context: CanvasRenderingContext2D, actions: list[Action], pictures: Mapping[str, Any]) -> None:
        for action in actions:
            try:
                action(context, pictures)
            except (TypeError, ValueError) as error:  # which keeps the others from nothing
                report("a call of a CanvasContext threw", error)

    async def _picture(self, source: str, place: Place | None) -> Any:
        """The picture, or None if it can't be had. Those of the network are the web's alone."""
        if not is_web(self.app):
            return self._at_hand(source, place)
        try:
            return await loaded(self.phone, self.app, source)
        except Fail as failure:
            return self._lack(source, failure, place)

    def _canvas(self) -> Canvas | None:
        return self._room.named(self.app, self._page, self._canvas_id, self._component)

    def collect(self, name: str, action: Action, *sources: str) -> None:
        """Keeps the action, which is done with pictures from these sources, for `draw`, unless it is done at once."""
        immediate = of_vendor(DRAWS_AT_ONCE, self.app, False) or (is_web(self.app) and name in AT_ONCE_ON_THE_WEB)
        if not immediate:
            self._actions.append(action)
            self._sources.update((source, caller()) for source in sources)
            return
        canvas = self._canvas()
        if canvas is None:
            tell_lost(self._page, self._lost(f"CanvasContext.{name}"))
        else:
            action(canvas.context, {source: self._at_hand(source, caller()) for source in sources})

    def _at_hand(self, source: str, place: Place | None) -> Any:
        """The picture that is on the phone, or None, which draws nothing."""
        try:
            if self.phone.files.in_network(self.app, source):
                raise Fail("one of the network has to be downloaded before, by Taro.getImageInfo")
            return decoded(read(self.phone.files.local(self.app, source)))
        except Fail as failure:
            return self._lack(source, failure, place)

    def _lack(self, source: str, failure: Fail, place: Place | None) -> None:
        """Tells that a picture can't be had."""
        tell_lost(self._page, f"the picture {source!r} is not drawn: {failure.reason}", place)

    @plain
    def drawImage(self, app: App, image: Any, *numbers: Any) -> None:
        """Collects the drawing of a picture, by its path, as `drawImage` of a newer context."""
        if isinstance(image, str):
            self.collect("drawImage", lambda context, pictures: _draw_picture(context, pictures[image], numbers), image)
        else:
            self.collect("drawImage", lambda context, _: context.drawImage(image, *numbers))

    @plain
    def reset(self, app: App) -> None:
        """Empties the canvas, and forgets what was collected."""
        self._actions.clear()
        canvas = self._canvas()
        if canvas is not None:
            canvas.context.reset()
        else:
            tell_lost(self._page, self._lost("CanvasContext.reset"))

    arc, arcTo, beginPath, bezierCurveTo, clearRect, clip = map(
        _collected, ("arc", "arcTo", "beginPath", "bezierCurveTo", "clearRect", "clip")
    )
    closePath, fill, fillRect, fillText, lineTo, moveTo = map(
        _collected, ("closePath", "fill", "fillRect", "fillText", "lineTo", "moveTo")
    )
    quadraticCurveTo, rect, restore, rotate, save, scale = map(
        _collected, ("quadraticCurveTo", "rect", "restore", "rotate", "save", "scale")
    )
    setTransform, stroke, strokeRect, strokeText, transform, translate = map(
        _collected, ("setTransform", "stroke", "strokeRect", "strokeText", "transform", "translate")
    )

    # --- what it draws with ------------------------------------------------------------------------------------

    fillStyle, strokeStyle, globalAlpha, globalCompositeOperation, filter = map(
        _told, ("fillStyle", "strokeStyle", "globalAlpha", "globalCompositeOperation", "filter")
    )
    lineWidth, lineCap, lineJoin, miterLimit, lineDashOffset = map(
        _told, ("lineWidth", "lineCap", "lineJoin", "miterLimit", "lineDashOffset")
    )
    shadowOffsetX, shadowOffsetY, shadowBlur, shadowColor = map(
        _told, ("shadowOffsetX", "shadowOffsetY", "shadowBlur", "shadowColor")
    )
    font, textAlign, textBaseline, direction = map(_told, ("font", "textAlign", "textBaseline", "direction"))
    imageSmoothingEnabled, imageSmoothingQuality = map(_told, ("imageSmoothingEnabled", "imageSmoothingQuality"))

    def property_of(self, name: str) -> Any:
        """What a property was set to last."""
        return getattr(self._told, name)

    def set_property(self, name: str, value: Any) -> None:
        """Collects that a property is set; what it is told to be is known at once."""
        if isinstance(value, PicturePattern):
            self.collect(
                name, lambda context, pictures: setattr(context, name, _pattern(pictures, value)), value.source
            )
            return
        setattr(self._told, name, value)
        self.collect(name, lambda context, _: setattr(context, name, value))

    @plain
    def setFillStyle(self, app: App, color: Any) -> None:
        """The colour, gradient or pattern that fills."""
        self.set_property("fillStyle", color)

    @plain
    def setStrokeStyle(self, app: App, color: Any) -> None:
        """The colour, gradient or pattern of lines."""
        self.set_property("strokeStyle", color)

    @plain
    def setGlobalAlpha(self, app: App, alpha: Any) -> None:
        """How opaque all is, from 0 to 1."""
        self.set_property("globalAlpha", alpha)

    @plain
    def setLineWidth(self, app: App, lineWidth: Any) -> None:
        """How wide lines are, in px."""
        self.set_property("lineWidth", lineWidth)

    @plain
    def setLineCap(self, app: App, lineCap: Any) -> None:
        """How lines end."""
        self.set_property("lineCap", lineCap)

    @plain
    def setLineJoin(self, app: App, lineJoin: Any) -> None:
        """How lines meet."""
        self.set_property("lineJoin", lineJoin)

    @plain
    def setMiterLimit(self, app: App, miterLimit: Any) -> None:
        """How long the point may be at which lines meet."""
        self.set_property("miterLimit", miterLimit)

    @plain
    def setTextAlign(self, app: App, align: Any) -> None:
        """Where texts are, seen from their point."""
        self.set_property("textAlign", align)

    @plain
    def setTextBaseline(self, app: App, textBaseline: Any) -> None:
        """Which line of texts is at their point; `normal` is the letters'."""
        self.set_property("textBaseline", textBaseline if textBaseline in BASELINES else "alphabetic")

    @plain
    def setFontSize(self, app: App, fontSize: Any) -> None:
        """How large letters are, in px."""
        self.set_property("font", _SIZE.sub(f"{fontSize}px", self._told.font, count=1))

    @plain
    def setLineDash(self, app: App, pattern: Any, offset: Any = 0) -> None:
        """The dashes of lines, and where the first begins."""
        dashes = [*pattern]
        self.collect("setLineDash", lambda context, _: context.setLineDash(dashes))
        self.set_property("lineDashOffset", offset)

    @plain
    def setShadow(self, app: App, offsetX: Any = 0, offsetY: Any = 0, blur: Any = 0, color: Any = "black") -> None:
        """The shadow of what is drawn."""
        names = ("shadowOffsetX", "shadowOffsetY", "shadowBlur", "shadowColor")
        for name, value in zip(names, (offsetX, offsetY, blur, color), strict=True):
            self.set_property(name, value)

    @plain
    def createLinearGradient(self, app: App, x0: float, y0: float, x1: float, y1: float) -> styles.CanvasGradient:
        """A gradient along a line."""
        with in_limits():
            return styles.linear(x0, y0, x1, y1)

    @plain
    def createCircularGradient(self, app: App, x: float, y: float, r: float) -> styles.CanvasGradient:
        """A gradient from a point outwards."""
        with in_limits():
            return styles.radial(x, y, 0, x, y, r)

    @plain
    def createPattern(self, app: App, image: Any, repetition: Any = "repeat") -> Any:
        """A picture, by its path, that is laid again and again."""
        return (
            PicturePattern(image, repetition) if isinstance(image, str) else self._told.createPattern(image, repetition)
        )

    @plain
    def measureText(self, app: App, text: Any) -> Any:
        """How wide a text would be, in px: `width`."""
        return self._told.measureText(text)

    @answered
    async def toTempFilePath(self, app: App, options: Options) -> Result:
        """Saves the canvas, or a part of it. Alipay's."""
        return await self._room.saved(app, self._canvas(), options)


def _draw_picture(context: CanvasRenderingContext2D, picture: Any, numbers: tuple[Any, ...]) -> None:
    if picture is not None:
        context.drawImage(Shown(picture), *numbers)


def _pattern(pictures: Mapping[str, Any], asked: PicturePattern) -> Any:
    picture = pictures[asked.source]
    return None if picture is None else styles.pattern(picture, asked.repetition)
