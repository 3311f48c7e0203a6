"""`CanvasRenderingContext2D`: what draws on a canvas, at once.

The semantics are those of html.spec.whatwg.org, "2D contexts", as Chromium has them: what is no value of a property
changes nothing, and numbers that are not finite draw nothing. What browsers throw is a ValueError or TypeError here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from . import colors, filters, styles, text
from .compositing import compose
from .library import skia
from .paths import Path2D, Tracing, matrix, matrix_of
from .pixels import ImageData, drawn_of
from .settings import choice, number, setting, switch
from .state import ALIGNS, BASELINES, BLENDS, CAPS, DIRECTIONS, JOINS, QUALITIES, State
from .text import narrowed
from .writing import TextMetrics, anchored, measured, one_line

if TYPE_CHECKING:
    from .surface import Surface

_FILL_TYPES: Mapping[Any, Any] = {"nonzero": skia.PathFillType.kWinding, "evenodd": skia.PathFillType.kEvenOdd}
#: As in Chromium, the edge of a part is mixed with what lies beside it in the picture.
_UNCLAMPED = skia.Canvas.SrcRectConstraint.kFast_SrcRectConstraint
#: How many states may be saved and not restored.
MOST_STATES = 10_000


class CanvasRenderingContext2D(Tracing):
    """What a canvas' `getContext("2d")` gives; `canvas` is that canvas."""

    def __init__(self, canvas: Any, surface: Surface, fonts: text.Fonts) -> None:
        self.canvas = canvas
        self._fonts = fonts
        self.begin_on(surface)

    def begin_on(self, surface: Surface) -> None:
        """Puts everything back to what it was at first, on a surface that is empty."""
        self._surface = surface
        self._saved: list[State] = []
        self._state = State()
        self._path = skia.Path()
        self._skia = self._surface.canvas
        self._base = self._skia.getTotalMatrix()
        self._change()

    def reset(self) -> None:
        """Empties the canvas, and puts everything back to what it was at first."""
        self._surface.clear()
        self.begin_on(self._surface)

    def _change(self) -> None:
        """What is painted with has to be made anew."""
        self._fill: Any = None
        self._stroke: Any = None
        self._plain = self._state.is_plain

    # --- what it draws with ------------------------------------------------------------------------------------

    globalAlpha = setting("globalAlpha", number(0, 1))
    globalCompositeOperation = setting("globalCompositeOperation", choice(BLENDS))
    lineWidth = setting("lineWidth", number(0, above=True))
    miterLimit = setting("miterLimit", number(0, above=True))
    lineCap = setting("lineCap", choice(CAPS))
    lineJoin = setting("lineJoin", choice(JOINS))
    lineDashOffset = setting("lineDashOffset", number())
    shadowOffsetX = setting("shadowOffsetX", number())
    shadowOffsetY = setting("shadowOffsetY", number())
    shadowBlur = setting("shadowBlur", number(0))
    shadowColor = setting("shadowColor", lambda value: colors.parse(value) if isinstance(value, str) else None, str)
    font = setting("font", lambda value: text.parse(value) if isinstance(value, str) else None, str)
    textAlign = setting("textAlign", choice(ALIGNS))
    textBaseline = setting("textBaseline", choice(BASELINES))
    direction = setting("direction", choice(DIRECTIONS))
    imageSmoothingEnabled = setting("imageSmoothingEnabled", switch)
    imageSmoothingQuality = setting("imageSmoothingQuality", choice(QUALITIES))

    @property
    def fillStyle(self) -> Any:
        """The colour, gradient or pattern that fills shapes."""
        return _told_style(self._state.fillStyle)

    @fillStyle.setter
    def fillStyle(self, style: Any) -> None:
        style = _style(style)
        if style is not None:
            self._state.fillStyle = style
            self._fill = None

    @property
    def strokeStyle(self) -> Any:
        """The colour, gradient or pattern of lines."""
        return _told_style(self._state.strokeStyle)

    @strokeStyle.setter
    def strokeStyle(self, style: Any) -> None:
        style = _style(style)
        if style is not None:
            self._state.strokeStyle = style
            self._stroke = None

    @property
    def filter(self) -> str:
        """What everything that is drawn goes through, CSS's functions one after another; `none` at first."""
        return self._state.filter

    @filter.setter
    def filter(self, filter: Any) -> None:
        try:
            made = filters.parse(filter)
        except (ValueError, AttributeError):
            return
        self._state.filter, self._state.filtering = filter, made
        self._change()

    def setLineDash(self, segments: Iterable[float]) -> None:
        """How long lines' dashes and the gaps between them are; an odd number of them counts twice."""
        told = [float(each) for each in segments]
        if all(isfinite(each) and each >= 0 for each in told):
            self._state.lineDash = told * 2 if len(told) % 2 else told
            self._stroke = None

    def getLineDash(self) -> list[float]:
        """The dashes and gaps."""
        return [*self._state.lineDash]

    def createLinearGradient(self, x0: float, y0: float, x1: float, y1: float) -> styles.CanvasGradient:
        """A gradient along a line."""
        return styles.linear(x0, y0, x1, y1)

    def createRadialGradient(
        self, x0: float, y0: float, r0: float, x1: float, y1: float, r1: float
    ) -> styles.CanvasGradient:
        """A gradient between two circles."""
        return styles.radial(x0, y0, r0, x1, y1, r1)

    def createConicGradient(self, startAngle: float, x: float, y: float) -> styles.CanvasGradient:
        """A gradient around a point."""
        return styles.conic(startAngle, x, y)

    def createPattern(self, image: Any, repetition: Any) -> styles.CanvasPattern | None:
        """A picture or canvas that is laid again and again: `repeat`, `repeat-x`, `repeat-y`, `no-repeat`."""
        picture = drawn_of(image)
        return None if picture is None else styles.pattern(picture, repetition)

    # --- states and transformations ----------------------------------------------------------------------------

    def save(self) -> None:
        """Keeps the state, the transformation and the clip, for `restore`."""
        if len(self._saved) >= MOST_STATES:
            raise ValueError(f"more than {MOST_STATES} states are saved and not restored")
        self._skia.save()
        self._saved.append(self._state)
        self._state = self._state.copy()

    def restore(self) -> None:
        """Goes back to what the last `save` kept; does nothing if there is none."""
        if not self._saved:
            return
        self._skia.restore()
        before, self._state = self._state.matrix, self._saved.pop()
        self._move_path(before)
        self._change()

    def translate(self, x: float, y: float) -> None:
        """Moves what is drawn from here on."""
        if isfinite(x + y):
            self._transform(skia.Matrix.Translate(x, y))

    def scale(self, x: float, y: float) -> None:
        """Enlarges it."""
        if isfinite(x + y):
            self._transform(skia.Matrix.Scale(x, y))

    def rotate(self, angle: float) -> None:
        """Turns it clockwise by an angle in radians."""
        if isfinite(angle):
            self._transform(skia.Matrix.RotateDeg(math.degrees(angle)))

    def transform(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        """Changes the transformation by a matrix."""
        if isfinite(a + b + c + d + e + f):
            self._transform(matrix(a, b, c, d, e, f))

    def setTransform(self, a: Any = None, *rest: float) -> None:
        """Has the transformation be a matrix: six numbers, or `{a, b, c, d, e, f}`."""
        if isinstance(a, Mapping) or a is None:
            self._set_matrix(matrix_of(a or {}))
        elif isfinite(a + sum(rest)):
            self._set_matrix(matrix(a, *rest))

    def resetTransform(self) -> None:
        """Transforms nothing any more."""
        self._set_matrix(skia.Matrix())

    def getTransform(self) -> dict[str, float]:
        """The transformation, `{a, b, c, d, e, f}`."""
        now = self._state.matrix
        values = now.getScaleX(), now.getSkewY(), now.getSkewX(), now.getScaleY(), now.getTranslateX()
        return dict(zip("abcdef", (*values, now.getTranslateY()), strict=True))

    def _transform(self, change: Any) -> None:
        self._set_matrix(skia.Matrix.Concat(self._state.matrix, change))

    def _set_matrix(self, made: Any) -> None:
        before, self._state.matrix = self._state.matrix, made
        self._skia.setMatrix(skia.Matrix.Concat(self._base, made))
        self._move_path(before)

    def _move_path(self, before: Any) -> None:
        """Leaves the path where it is on the canvas, whatever moves under it."""
        if self._path.isEmpty():
            return
        back = skia.Matrix()
        if self._state.matrix.invert(back):
            self._path.transform(before)
            self._path.transform(back)

    # --- shapes ------------------------------------------------------------------------------------------------

    def beginPath(self) -> None:
        """Begins an empty path."""
        self._path.rewind()

    def fill(self, path: Any = None, fillRule: Any = None) -> None:
        """Fills the path, or a `Path2D`; by the rule `nonzero`, or `evenodd`."""
        self._paint_path(self._filled(path, fillRule), self._fill or self._fill_paint())

    def stroke(self, path: Path2D | None = None) -> None:
        """Draws the line of the path, or of a `Path2D`. One that is a point is not drawn, as in Chromium."""
        drawn = self._path if path is None else _drawn(path)
        if drawn.countPoints() == 2 and drawn.getPoint(0) == drawn.getPoint(1):
            return
        self._paint_path(drawn, self._stroke or self._stroke_paint())

    def clip(self, path: Any = None, fillRule: Any = None) -> None:
        """From here on draws within the path, or a `Path2D`, alone."""
        self._skia.clipPath(self._filled(path, fillRule), doAntiAlias=True)

    def fillRect(self, x: float, y: float, width: float, height: float) -> None:
        """Fills a rectangle."""
        if isfinite(x + y + width + height):
            self._paint_rect(skia.Rect.MakeXYWH(x, y, width, height), self._fill or self._fill_paint())

    def strokeRect(self, x: float, y: float, width: float, height: float) -> None:
        """Draws the line of a rectangle."""
        if not isfinite(x + y + width + height) or not (width or height):
            return
        if width and height:
            self._paint_rect(
                skia.Rect.MakeXYWH(x, y, width, height).makeSorted(), self._stroke or self._stroke_paint()
            )
        else:
            line = skia.Path().moveTo(x, y).lineTo(x + width, y + height).close()
            self._paint_path(line, self._stroke or self._stroke_paint())

    def clearRect(self, x: float, y: float, width: float, height: float) -> None:
        """Leaves nothing in a rectangle."""
        if isfinite(x + y + width + height):
            paint = skia.Paint()  # whose edges are not smooth: a pixel is cleared or is not
            paint.setBlendMode(skia.BlendMode.kClear)
            self._skia.drawRect(skia.Rect.MakeXYWH(x, y, width, height), paint)

    def isPointInPath(self, *arguments: Any) -> bool:
        """Whether a point of the canvas is inside: `(x, y, fillRule)`, or with a `Path2D` before."""
        path, (x, y, *rule) = _split(arguments)
        place = self._place(x, y)
        return place is not None and self._filled(path, rule[0] if rule else None).contains(*place)

    def isPointInStroke(self, *arguments: Any) -> bool:
        """Whether a point of the canvas is on the line of the path, `(x, y)`, or of a `Path2D` before."""
        path, (x, y) = _split(arguments)
        place = self._place(x, y)
        if place is None:
            return False
        outline = skia.Path()
        (self._stroke or self._stroke_paint()).getFillPath(self._path if path is None else path.drawn, outline)
        return bool(outline.contains(*place))

    def _place(self, x: float, y: float) -> tuple[float, float] | None:
        """Where a point of the canvas is, as the path sees it."""
        back = skia.Matrix()
        if not isfinite(x + y) or not self._state.matrix.invert(back):
            return None
        point = back.mapXY(x, y)
        return point.x(), point.y()

    def _filled(self, path: Any, rule: Any) -> Any:
        if path is None or isinstance(path, str):
            path, rule = self._path, path or rule
        else:
            path = _drawn(path)
        kind = _FILL_TYPES.get(rule or "nonzero")
        if kind is None:
            raise TypeError(f"{rule!r} is no rule of filling: nonzero or evenodd")
        path.setFillType(kind)
        return path

    def _paint_path(self, path: Any, paint: Any) -> None:
        if self._plain:
            self._skia.drawPath(path, paint)
        else:
            self._paint(paint, lambda canvas, with_: canvas.drawPath(path, with_))

    def _paint_rect(self, rect: Any, paint: Any) -> None:
        if self._plain:
            self._skia.drawRect(rect, paint)
        else:
            self._paint(paint, lambda canvas, with_: canvas.drawRect(rect, with_))

    def _paint(self, paint: Any, draw: Callable[[Any, Any], None]) -> None:
        if self._plain:
            draw(self._skia, paint)
        else:
            compose(self._skia, self._state, self._base, paint, draw)

    # --- text --------------------------------------------------------------------------------------------------

    def fillText(self, text: Any, x: float, y: float, maxWidth: float | None = None) -> None:
        """Draws a text in one line, narrower if it were wider than `maxWidth`."""
        self._write(text, x, y, maxWidth, self._fill or self._fill_paint())

    def strokeText(self, text: Any, x: float, y: float, maxWidth: float | None = None) -> None:
        """Draws the outlines of a text."""
        self._write(text, x, y, maxWidth, self._stroke or self._stroke_paint())

    def measureText(self, text: Any) -> TextMetrics:
        """How large a text would be: its `width` in px, and more."""
        state = self._state
        return measured(self._fonts.line(state.font, one_line(text)), self._fonts.heights(state.font), state)

    def _write(self, text: Any, x: float, y: float, widest: float | None, paint: Any) -> None:
        if not isfinite(x + y) or (widest is not None and not (isfinite(widest) and widest > 0)):
            return
        line = self._fonts.line(self._state.font, one_line(text))
        if widest is not None and line.width > widest:
            line = narrowed(line, widest)
        if not line.runs:
            return
        left, down = anchored(line.width, self._fonts.heights(self._state.font), self._state)
        left, down = left + x, self._snapped(down + y)

        outlines = skia.Path(line.outlines)
        outlines.offset(left, down)

        def draw(canvas: Any, with_: Any) -> None:
            canvas.drawPath(outlines, with_)
            if line.pictures is not None:
                canvas.drawTextBlob(line.pictures, left, down, with_)

        self._paint(paint, draw)

    def _snapped(self, y: float) -> float:
        """Where a baseline is: on a whole pixel, as in Chromium, unless the text is turned."""
        now = self._state.matrix
        if not now.isScaleTranslate():
            return y
        return (round(y * now.getScaleY() + now.getTranslateY()) - now.getTranslateY()) / now.getScaleY()

    # --- pictures and pixels -----------------------------------------------------------------------------------

    def drawImage(self, image: Any, *numbers: float) -> None:
        """Draws a picture or a canvas: `(image, dx, dy)`, `(…, dx, dy, dw, dh)` or `(…, sx, sy, sw, sh, dx, …)`.

        A picture that is not loaded yet draws nothing.
        """
        if len(numbers) not in (2, 4, 8):
            raise TypeError(f"drawImage takes 3, 5 or 9 arguments, not {len(numbers) + 1}")
        picture = drawn_of(image)
        if picture is None or not isfinite(sum(numbers)):
            return
        parts = _parts(picture.width(), picture.height(), numbers)
        if parts is None:
            return
        source, target = parts
        enlarging = target.width() > source.width() or target.height() > source.height()
        sampling = self._state.sampling(enlarging=enlarging)
        paint = skia.Paint(Alphaf=self._state.globalAlpha, AntiAlias=self._is_turned(target))
        paint.setBlendMode(self._state.blend)

        def draw(canvas: Any, with_: Any) -> None:
            canvas.drawImageRect(picture, source, target, sampling, with_, _UNCLAMPED)

        self._paint(paint, draw)

    def _is_turned(self, target: Any) -> bool:
        """Whether the edges of a picture have to be smooth: it is turned, or less than a pixel wide or high."""
        now = self._state.matrix
        if not now.rectStaysRect():
            return True
        box = now.mapRect(target)
        return bool(box.width() < 1 or box.height() < 1)

    def createImageData(self, width: Any, height: float | None = None) -> ImageData:
        """Pixels that are all transparent: so many, or as many as another `ImageData` has."""
        if isinstance(width, ImageData):
            return ImageData(width.width, width.height)
        return ImageData(_pixels(width), _pixels(height or 0))

    def getImageData(self, x: float, y: float, width: float, height: float) -> ImageData:
        """The pixels of a part of the canvas; what lies outside it is transparent."""
        across, down = _pixels(width), _pixels(height)
        left, top = int(x) + min(0, int(width)), int(y) + min(0, int(height))
        return ImageData(across, down, self._surface.read(left, top, across, down))

    def putImageData(self, imageData: ImageData, x: float, y: float, *part: float) -> None:
        """Puts pixels in place of those that are there, whatever the state; `part` is x, y, width and height of some."""
        if not isinstance(imageData, ImageData):
            raise TypeError(f"putImageData takes an ImageData, and not {type(imageData).__name__}")
        imageData.write(self._surface, int(x), int(y), [int(each) for each in part])

    # --- its own -----------------------------------------------------------------------------------------------

    def _fill_paint(self) -> Any:
        self._fill = paint = self._painted(self._state.fillStyle)
        return paint

    def _stroke_paint(self) -> Any:
        state = self._state
        self._stroke = paint = self._painted(state.strokeStyle)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(state.lineWidth)
        paint.setStrokeCap(CAPS[state.lineCap])
        paint.setStrokeJoin(JOINS[state.lineJoin])
        paint.setStrokeMiter(state.miterLimit)
        if any(state.lineDash):
            paint.setPathEffect(skia.DashPathEffect.Make(state.lineDash, state.lineDashOffset))
        return paint

    def _painted(self, style: Any) -> Any:
        state = self._state
        paint = skia.Paint(AntiAlias=True)
        paint.setBlendMode(state.blend)
        if isinstance(style, colors.Color):
            red, green, blue, alpha = style
            paint.setColor4f(skia.Color4f(red / 255, green / 255, blue / 255, alpha * state.globalAlpha))
            return paint
        shader = style.shader(state.sampling()) if isinstance(style, styles.CanvasPattern) else style.shader
        if shader is None:
            paint.setAlphaf(0.0)
        else:
            paint.setAlphaf(state.globalAlpha)
            paint.setShader(shader)
        return paint


def _style(value: Any) -> Any:
    """What a style is set to; None if it stays as it is."""
    if isinstance(value, str):
        return colors.parse(value)
    return value if isinstance(value, styles.CanvasGradient | styles.CanvasPattern) else None


def _told_style(style: Any) -> Any:
    return str(style) if isinstance(style, colors.Color) else style


def _drawn(path: Any) -> Any:
    if not isinstance(path, Path2D):
        raise TypeError(f"a path is a Path2D, and not {type(path).__name__}")
    return path.drawn


def _split(arguments: Sequence[Any]) -> tuple[Path2D | None, Sequence[Any]]:
    if arguments and isinstance(arguments[0], Path2D):
        return arguments[0], arguments[1:]
    return None, arguments


def _pixels(number: float) -> int:
    """How many pixels a side has; ValueError if none."""
    if not isfinite(number) or int(number) == 0:
        raise ValueError("IndexSizeError: the source width or height is 0")
    return abs(int(number))


def _parts(width: int, height: int, numbers: Sequence[float]) -> tuple[Any, Any] | None:
    """The part of the picture that is drawn, and where; None if nothing is."""
    if len(numbers) == 2:
        numbers = (0, 0, width, height, *numbers, width, height)
    elif len(numbers) == 4:
        numbers = (0, 0, width, height, *numbers)
    sx, sy, sw, sh, dx, dy, dw, dh = numbers
    if sw < 0:
        sx, sw = sx + sw, -sw
    if sh < 0:
        sy, sh = sy + sh, -sh
    if dw < 0:
        dx, dw = dx + dw, -dw
    if dh < 0:
        dy, dh = dy + dh, -dh
    if not (sw and sh and dw and dh):
        return None
    # What lies outside the picture is not drawn, and takes its share of the place.
    left, top, right, bottom = max(sx, 0), max(sy, 0), min(sx + sw, width), min(sy + sh, height)
    if left >= right or top >= bottom:
        return None
    across, down = dw / sw, dh / sh
    target = skia.Rect(
        dx + (left - sx) * across, dy + (top - sy) * down, dx + (right - sx) * across, dy + (bottom - sy) * down
    )
    return skia.Rect(left, top, right, bottom), target
