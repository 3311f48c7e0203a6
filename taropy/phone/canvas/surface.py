"""What a canvas is drawn on: pixels, which can be read, written, and made a file of."""

from __future__ import annotations

import math
from typing import Any

from .library import skia
from .limits import check_size

_N32, _RGBA = skia.ColorType.kN32_ColorType, skia.ColorType.kRGBA_8888_ColorType
_PREMUL, _UNPREMUL = skia.AlphaType.kPremul_AlphaType, skia.AlphaType.kUnpremul_AlphaType
_NEAREST = skia.SamplingOptions(skia.FilterMode.kNearest)
_LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
_FORMATS = {
    "png": skia.EncodedImageFormat.kPNG,
    "jpeg": skia.EncodedImageFormat.kJPEG,
    "webp": skia.EncodedImageFormat.kWEBP,
}


class Surface:
    """So many pixels, wide and high, each of which is a square of `scale` x `scale` of the device's."""

    def __init__(self, width: int, height: int, scale: int = 1) -> None:
        check_size(width * scale, height * scale)
        self.width, self.height, self.scale = width, height, scale
        self._make()

    def _make(self) -> None:
        size = max(self.width * self.scale, 1), max(self.height * self.scale, 1)
        self._surface = skia.Surface(*size)
        self.canvas = self._surface.getCanvas()
        self.canvas.scale(self.scale, self.scale)

    def clear(self) -> None:
        """Leaves nothing, and the canvas as it was at first."""
        self._make()

    def put_back(self, picture: Any) -> None:
        """Has exactly these pixels, of a `picture` of its own size."""
        canvas = self._surface.getCanvas()
        canvas.save()
        canvas.resetMatrix()
        paint = skia.Paint()
        paint.setBlendMode(skia.BlendMode.kSrc)
        canvas.drawImage(picture, 0, 0, skia.SamplingOptions(), paint)
        canvas.restore()

    def picture(self) -> Any:
        """What is to be seen now."""
        return self._surface.makeImageSnapshot()

    def read(self, left: int, top: int, width: int, height: int) -> bytearray:
        """Red, green, blue and alpha of each pixel of a part; what lies outside is transparent."""
        check_size(width, height)
        scale = self.scale
        pixels = _pixels(width * scale, height * scale, bytearray(width * height * scale * scale * 4))
        self._surface.readPixels(pixels[0], left * scale, top * scale)
        if scale == 1:
            return pixels[1]
        smaller = _pixels(width, height, bytearray(width * height * 4))
        pixels[0].scalePixels(smaller[0], _NEAREST)
        return smaller[1]

    def write(
        self, data: bytearray, size: tuple[int, int], left: int, top: int, part: tuple[int, int, int, int]
    ) -> None:
        """Puts the pixels of a part of `data`, x, y, width and height, in place of those that are there."""
        x, y, width, height = part
        pixels, chosen = _pixels(*size, data)[0], skia.Pixmap()
        if not pixels.extractSubset(chosen, skia.IRect.MakeXYWH(x, y, width, height)):
            return
        scale = self.scale
        if scale > 1:
            larger = _pixels(width * scale, height * scale, bytearray(width * height * scale * scale * 4))
            chosen.scalePixels(larger[0], _NEAREST)
            chosen = larger[0]
        self._surface.writePixels(chosen, (left + x) * scale, (top + y) * scale)

    def encoded(self, format: str, quality: float = 0.92) -> bytes:
        """All of it as a file: `png`, `jpeg` on black, or `webp`; `quality` from 0 to 1."""
        return encoded(self.picture(), format, quality)

    def frame(self, size: tuple[int, int]) -> bytes:
        """All of it in another size, on black: red, green, blue and alpha of each pixel."""
        picture, ground = self.picture(), _black(*size)
        ground.getCanvas().drawImageRect(picture, skia.Rect.MakeWH(*size), _LINEAR)
        pixels = _pixels(*size, bytearray(size[0] * size[1] * 4))
        ground.readPixels(pixels[0], 0, 0)
        return bytes(pixels[1])

    def part(self, x: float, y: float, width: float, height: float, size: tuple[int, int]) -> Any:
        """A part of it in another size; what lies outside is transparent."""
        check_size(*size)
        scale = self.scale
        picture = self.picture()
        if (x, y, width * scale, height * scale) == (0, 0, *size) and size == (picture.width(), picture.height()):
            return picture
        source = skia.Rect.MakeXYWH(x * scale, y * scale, width * scale, height * scale)
        target = skia.Surface(*size)
        target.getCanvas().drawImageRect(
            picture,
            source,
            skia.Rect.MakeWH(*size),
            _LINEAR,
            None,
            skia.Canvas.SrcRectConstraint.kFast_SrcRectConstraint,
        )
        return target.makeImageSnapshot()


def encoded(picture: Any, format: str, quality: float) -> bytes:
    """The picture as a file; a JPEG has no transparency, and is black there."""
    known = _FORMATS[format]
    if format == "jpeg":
        ground = _black(picture.width(), picture.height())
        ground.getCanvas().drawImage(picture, 0, 0)
        picture = ground.makeImageSnapshot()
    return bytes(picture.encodeToData(known, math.floor(quality * 100 + 0.5)))


def _black(width: int, height: int) -> Any:
    surface = skia.Surface(width, height)
    surface.getCanvas().clear(skia.ColorBLACK)
    return surface


def _pixels(width: int, height: int, data: bytearray) -> tuple[Any, bytearray]:
    """The bytes, as Skia reads and writes them; they have to be kept for as long."""
    info = skia.ImageInfo.Make(width, height, _RGBA, _UNPREMUL)
    return skia.Pixmap(info, data, width * 4), data
