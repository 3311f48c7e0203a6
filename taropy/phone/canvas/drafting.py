"""What a context keeps beside its pixels: what it draws with, where, and the states that are saved.

What is no value of a property changes nothing, as in browsers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

import attrs

from ..core.lost import tell_lost
from . import colors, filters, styles, text
from .library import skia
from .paths import Tracing, matrix, matrix_of
from .pixels import drawn_of, lack_of
from .settings import choice, number, setting, switch
from .state import ALIGNS, BASELINES, BLENDS, CAPS, DIRECTIONS, JOINS, QUALITIES, State

if TYPE_CHECKING:
    from .surface import Surface

#: How many states may be saved and not restored.
MOST_STATES = 10_000


@attrs.frozen
class Drafted:
    """What a context keeps beside its pixels: the saved states, its own, and its path."""

    saved: list[State]
    state: State
    path: Any


class Drafting(Tracing):
    """A context before it draws anything."""

    def __init__(self, canvas: Any, surface: Surface, fonts: text.Fonts) -> None:
        self.canvas = canvas
        self._fonts = fonts
        self.begin_on(surface)

    def in_words(self) -> Iterator[str]:
        """What it draws on, and with."""
        yield "on no canvas" if self.canvas is None else f"on {self.canvas.width} x {self.canvas.height}"
        yield f"fills {self.fillStyle}"

    def begin_on(self, surface: Surface) -> None:
        """Puts everything back to what it was at first, on a surface that is empty."""
        self._surface = surface
        self._saved: list[State] = []
        self._state = State()
        self._path = skia.Path()
        self._skia = self._surface.canvas
        self._base = self._skia.getTotalMatrix()

    def kept(self) -> Drafted:
        """What it draws with and where, for `put_back`; it stays as it is whatever is drawn next."""
        return Drafted([each.copy() for each in self._saved], self._state.copy(), skia.Path(self._path))

    def put_back(self, surface: Surface, kept: Drafted) -> None:
        """Draws on the surface from now on, with what was kept."""
        self.begin_on(surface)
        clips = 0
        for saved in (*kept.saved, kept.state):
            for path, given_by in saved.clips[clips:]:
                self._skia.setMatrix(given_by)
                self._skia.clipPath(path, doAntiAlias=True)
            clips = len(saved.clips)
            self._skia.setMatrix(skia.Matrix.Concat(self._base, saved.matrix))
            if saved is not kept.state:
                self._skia.save()
        self._saved = [each.copy() for each in kept.saved]
        self._state, self._path = kept.state.copy(), skia.Path(kept.path)

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
            self._state.fill_paint = None

    @property
    def strokeStyle(self) -> Any:
        """The colour, gradient or pattern of lines."""
        return _told_style(self._state.strokeStyle)

    @strokeStyle.setter
    def strokeStyle(self, style: Any) -> None:
        style = _style(style)
        if style is not None:
            self._state.strokeStyle = style
            self._state.stroke_paint = None

    @property
    def filter(self) -> str:
        """What everything that is drawn goes through, CSS's functions one after another; `none` at first."""
        return self._state.filter

    @filter.setter
    def filter(self, filter: Any) -> None:
        if not isinstance(filter, str):
            return
        try:
            made = filters.parse(filter)
        except ValueError:
            return
        self._state.filter, self._state.filtering = filter, made
        self._state.change()

    def setLineDash(self, segments: Iterable[float]) -> None:
        """How long lines' dashes and the gaps between them are; an odd number of them counts twice."""
        told = [float(each) for each in segments]
        if all(isfinite(each) and each >= 0 for each in told):
            self._state.lineDash = told * 2 if len(told) % 2 else told
            self._state.stroke_paint = None

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
        if picture is None:
            tell_lost(self.canvas or self, f"createPattern gives nothing: {lack_of(image)}")
            return None
        return styles.pattern(picture, repetition)

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
        self._state.change()

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

    # --- its own -----------------------------------------------------------------------------------------------

    def _fill_paint(self) -> Any:
        self._state.fill_paint = paint = self._painted(self._state.fillStyle)
        return paint

    def _stroke_paint(self) -> Any:
        state = self._state
        state.stroke_paint = paint = self._painted(state.strokeStyle)
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
