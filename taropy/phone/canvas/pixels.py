"""Pixels as programs have them: `ImageData`, and what may be drawn as a picture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, SupportsIndex

from ..core.guarded import Keeping

if TYPE_CHECKING:
    from .surface import Surface


class Uint8ClampedArray(bytearray):
    """Numbers from 0 to 255. What is set beyond that is 0 or 255, and fractions are rounded."""

    @property
    def length(self) -> int:
        """How many there are."""
        return len(self)

    def __setitem__(self, at: SupportsIndex | slice, value: Any) -> None:
        if isinstance(at, slice):
            super().__setitem__(at, bytes(map(_clamped, value)) if not isinstance(value, bytes | bytearray) else value)
        else:
            super().__setitem__(at, _clamped(value))


def _clamped(value: Any) -> int:
    number = float(value)
    return 0 if math.isnan(number) else round(min(max(number, 0), 255))


class ImageData(Keeping):
    """Pixels: `data` has red, green, blue and alpha of each, row by row."""

    def __init__(self, width: int, height: int, data: Iterable[int] | None = None) -> None:
        self.width, self.height = width, height
        self.data = Uint8ClampedArray(width * height * 4 if data is None else data)

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield f"{self.width} x {self.height}"

    def write(self, surface: Surface, left: int, top: int, part: list[int]) -> None:
        """Puts them on a surface, all of them or a part: x, y, width, height."""
        x, y, width, height = part if len(part) == 4 else (0, 0, self.width, self.height)
        if width < 0:
            x, width = x + width, -width
        if height < 0:
            y, height = y + height, -height
        surface.write(self.data, (self.width, self.height), left, top, (x, y, width, height))


def drawn_of(source: Any) -> Any:
    """The picture that an image or a canvas shows; None while it shows none. TypeError for anything else."""
    # A canvas that Taro has wrapped is known by what it wraps.
    drawn = getattr(getattr(source, "_native", source), "drawn_picture", None)
    if drawn is None:
        raise TypeError(f"an image or a canvas can be drawn, and {type(source).__name__} is neither")
    return drawn()


def lack_of(source: Any) -> str:
    """Why an image or a canvas shows nothing."""
    lack = getattr(getattr(source, "_native", source), "lack", None)
    return "the canvas has no pixels" if lack is None else str(lack)
