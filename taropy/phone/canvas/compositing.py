"""How a shape comes onto the canvas that throws a shadow, goes through a filter, or changes what lies outside it.

www.w3.org/TR/2dcontext, "Drawing model": the shape is drawn by itself, its shadow is made of it, and each is put onto
the canvas within the clip. Neither shadows nor filters are transformed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .filters import argb
from .library import skia
from .state import State

Draw = Callable[[Any, Any], None]


def compose(canvas: Any, state: State, base: Any, paint: Any, draw: Draw) -> None:
    """Has `draw(canvas, paint)` draw the shape, as the state says; `base` is the canvas' own matrix."""
    plain = skia.Paint(paint)
    plain.setBlendMode(skia.BlendMode.kSrcOver)
    if state.globalCompositeOperation == "copy":
        canvas.clear(0)
    blend = skia.BlendMode.kSrcOver if state.globalCompositeOperation == "copy" else state.blend
    if state.has_shadow:
        shadow = skia.ImageFilters.DropShadowOnly(
            state.shadowOffsetX,
            state.shadowOffsetY,
            state.shadowBlur / 2,
            state.shadowBlur / 2,
            argb(state.shadowColor),
            state.filtering,
        )
        _layer(canvas, base, _layer_paint(blend, shadow), lambda: draw(canvas, plain))
    _layer(canvas, base, _layer_paint(blend, state.filtering), lambda: draw(canvas, plain))


def _layer_paint(blend: Any, image_filter: Any) -> Any:
    paint = skia.Paint()
    paint.setBlendMode(blend)
    paint.setImageFilter(image_filter)
    return paint


def _layer(canvas: Any, base: Any, paint: Any, draw: Callable[[], None]) -> None:
    matrix = canvas.getTotalMatrix()
    canvas.save()
    canvas.setMatrix(base)
    canvas.saveLayer(None, paint)
    canvas.setMatrix(matrix)
    draw()
    canvas.restore()
    canvas.restore()
