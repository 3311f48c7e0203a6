"""`CanvasRenderingContext2D`: what draws on a canvas, at once.

The semantics are those of html.spec.whatwg.org, "2D contexts", as Chromium has them: numbers that are not finite draw
nothing. What browsers throw is a ValueError or TypeError here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any

from ..core.lost import tell_lost
from .compositing import compose
from .drafting import Drafting
from .library import skia
from .paths import Path2D
from .pixels import ImageData, drawn_of, lack_of
from .text import narrowed
from .writing import TextMetrics, anchored, measured, one_line

_FILL_TYPES: Mapping[Any, Any] = {"nonzero": skia.PathFillType.kWinding, "evenodd": skia.PathFillType.kEvenOdd}
#: As in Chromium, the edge of a part is mixed with what lies beside it in the picture.
_UNCLAMPED = skia.Canvas.SrcRectConstraint.kFast_SrcRectConstraint


class CanvasRenderingContext2D(Drafting):
    """What a canvas' `getContext("2d")` gives; `canvas` is that canvas."""

    def reset(self) -> None:
        """Empties the canvas, and puts everything back to what it was at first."""
        self._surface.clear()
        self.begin_on(self._surface)

    # --- shapes ------------------------------------------------------------------------------------------------

    def beginPath(self) -> None:
        """Begins an empty path."""
        self._path.rewind()

    def fill(self, path: Any = None, fillRule: Any = None) -> None:
        """Fills the path, or a `Path2D`; by the rule `nonzero`, or `evenodd`."""
        self._paint_path(self._filled(path, fillRule), self._state.fill_paint or self._fill_paint())

    def stroke(self, path: Path2D | None = None) -> None:
        """Draws the line of the path, or of a `Path2D`. One that is a point is not drawn, as in Chromium."""
        drawn = self._path if path is None else _drawn(path)
        if drawn.countPoints() == 2 and drawn.getPoint(0) == drawn.getPoint(1):
            return
        self._paint_path(drawn, self._state.stroke_paint or self._stroke_paint())

    def clip(self, path: Any = None, fillRule: Any = None) -> None:
        """From here on draws within the path, or a `Path2D`, alone."""
        within = self._filled(path, fillRule)
        self._skia.clipPath(within, doAntiAlias=True)
        self._state.clips = (*self._state.clips, (skia.Path(within), self._skia.getTotalMatrix()))

    def fillRect(self, x: float, y: float, width: float, height: float) -> None:
        """Fills a rectangle."""
        if isfinite(x + y + width + height):
            self._paint_rect(skia.Rect.MakeXYWH(x, y, width, height), self._state.fill_paint or self._fill_paint())

    def strokeRect(self, x: float, y: float, width: float, height: float) -> None:
        """Draws the line of a rectangle."""
        if not isfinite(x + y + width + height) or not (width or height):
            return
        if width and height:
            self._paint_rect(
                skia.Rect.MakeXYWH(x, y, width, height).makeSorted(), self._state.stroke_paint or self._stroke_paint()
            )
        else:
            line = skia.Path().moveTo(x, y).lineTo(x + width, y + height).close()
            self._paint_path(line, self._state.stroke_paint or self._stroke_paint())

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
        (self._state.stroke_paint or self._stroke_paint()).getFillPath(
            self._path if path is None else path.drawn, outline
        )
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
        if self._state.is_plain:
            self._skia.drawPath(path, paint)
        else:
            self._paint(paint, lambda canvas, with_: canvas.drawPath(path, with_))

    def _paint_rect(self, rect: Any, paint: Any) -> None:
        if self._state.is_plain:
            self._skia.drawRect(rect, paint)
        else:
            self._paint(paint, lambda canvas, with_: canvas.drawRect(rect, with_))

    def _paint(self, paint: Any, draw: Callable[[Any, Any], None]) -> None:
        if self._state.is_plain:
            draw(self._skia, paint)
        else:
            compose(self._skia, self._state, self._base, paint, draw)

    # --- text --------------------------------------------------------------------------------------------------

    def fillText(self, text: Any, x: float, y: float, maxWidth: float | None = None) -> None:
        """Draws a text in one line, narrower if it were wider than `maxWidth`."""
        self._write(text, x, y, maxWidth, self._state.fill_paint or self._fill_paint())

    def strokeText(self, text: Any, x: float, y: float, maxWidth: float | None = None) -> None:
        """Draws the outlines of a text."""
        self._write(text, x, y, maxWidth, self._state.stroke_paint or self._stroke_paint())

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
        scale: float = now.getScaleY()
        if not now.isScaleTranslate() or not scale:
            return y
        moved: float = now.getTranslateY()
        return (round(y * scale + moved) - moved) / scale

    # --- pictures and pixels -----------------------------------------------------------------------------------

    def drawImage(self, image: Any, *numbers: float) -> None:
        """Draws a picture or a canvas: `(image, dx, dy)`, `(…, dx, dy, dw, dh)` or `(…, sx, sy, sw, sh, dx, …)`.

        A picture that is not loaded yet draws nothing.
        """
        if len(numbers) not in (2, 4, 8):
            raise TypeError(f"drawImage takes 3, 5 or 9 arguments, not {len(numbers) + 1}")
        picture = drawn_of(image)
        if picture is None:
            tell_lost(self.canvas or self, f"drawImage draws nothing: {lack_of(image)}")
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
        """Puts pixels in place of those that are there, whatever the state; `part` is which: x, y, width, height."""
        if not isinstance(imageData, ImageData):
            raise TypeError(f"putImageData takes an ImageData, and not {type(imageData).__name__}")
        imageData.write(self._surface, int(x), int(y), [int(each) for each in part])


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
