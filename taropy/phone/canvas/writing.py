"""Where a text stands, and how large it is said to be."""

from __future__ import annotations

import re
from typing import Any

import attrs

from .state import State
from .text import Heights, Line

_BLANKS = re.compile(r"[\t\n\f\r]")
#: How far down a hanging baseline is from the top of a font, as a part of its ascent. Chromium's.
_HANGING = 0.8


@attrs.frozen
class TextMetrics:
    """How large a text is, in px: `width`, and how far it reaches from the point at which it would be drawn."""

    width: float
    actualBoundingBoxLeft: float
    actualBoundingBoxRight: float
    actualBoundingBoxAscent: float
    actualBoundingBoxDescent: float
    fontBoundingBoxAscent: float
    fontBoundingBoxDescent: float


def one_line(given: Any) -> str:
    """The text as it is written: in one line, whatever ends lines in it."""
    return _BLANKS.sub(" ", str(given))


def anchored(width: float, heights: Heights, state: State) -> tuple[float, float]:
    """Where a line of that width begins, and its baseline is, seen from the point at which it is drawn."""
    return _left(width, state), _down(heights, state.textBaseline)


def measured(line: Line, heights: Heights, state: State) -> TextMetrics:
    """What `measureText` tells of a line."""
    (left, down), (ink_left, top, ink_right, bottom) = anchored(line.width, heights, state), line.ink
    return TextMetrics(
        line.width,
        -(ink_left + left),
        ink_right + left,
        -(top + down),
        bottom + down,
        heights.ascent - down,
        heights.descent + down,
    )


def _left(width: float, state: State) -> float:
    align, backwards = state.textAlign, state.direction == "rtl"
    if align == "center":
        return -width / 2
    if align == "right" or align == ("start" if backwards else "end"):
        return -width
    return 0.0


def _down(heights: Heights, baseline: str) -> float:
    if baseline == "top":
        return heights.em_ascent
    if baseline == "hanging":
        return heights.ascent * _HANGING
    if baseline == "middle":
        return (heights.em_ascent - heights.em_descent) / 2
    if baseline == "bottom":
        return -heights.em_descent
    return -heights.descent if baseline == "ideographic" else 0.0
