"""The drawings of `drawings.txt`, as the phone draws them and as Chromium has."""

from __future__ import annotations

import base64
import math
from functools import cache
from pathlib import Path
from typing import Any

from tools.canvas.__main__ import COLUMNS, SIZE, read

HERE = Path(__file__).parent
FONT = f"data:font/ttf;base64,{base64.b64encode((HERE / 'shapes.ttf').read_bytes()).decode()}"
#: Pixels differ if a colour or alpha is further apart than this, of 255.
VISIBLE = 16


@cache
def drawings() -> dict[str, str]:
    """The drawings by name."""
    return dict(read(HERE))


class Easel:
    """A program that draws, with what drawings have around them."""

    def __init__(self, taro: Any) -> None:
        self._taro = taro
        taro.loadFontFace(family="Shapes", source=f'url("{FONT}")').result()
        self._tile, pen = self._canvas(16)
        for color, place in (("#f97316", (0, 0, 16, 16)), ("#1d4ed8", (2, 2, 6, 6))):
            pen.fillStyle = color
            pen.fillRect(*place)
        pen.clearRect(10, 10, 4, 4)
        self._photo, pen = self._canvas(60)
        for down in range(6):
            for across in range(6):
                pen.fillStyle = f"rgb({across * 50}, {down * 50}, {200 if (across + down) % 2 else 60})"
                pen.fillRect(across * 10, down * 10, 10, 10)

    def _canvas(self, size: int) -> tuple[Any, Any]:
        canvas = self._taro.createOffscreenCanvas(type="2d", width=size, height=size)
        return canvas, canvas.getContext("2d")

    def draw(self, text: str) -> bytes:
        """Red, green, blue and alpha of each pixel of a drawing."""
        canvas, ctx = self._canvas(SIZE)
        around = {
            "ctx": ctx,
            "canvas": canvas,
            "pi": math.pi,
            "true": True,
            "false": False,
            "tile": self._tile,
            "photo": self._photo,
            "newPath": ctx.canvas.createPath2D,
            "matrix": lambda *numbers: dict(zip("abcdef", numbers, strict=True)),
            "choose": lambda whether, one, other: one if whether else other,
        }
        exec(text, around)
        return bytes(ctx.getImageData(0, 0, SIZE, SIZE).data)


@cache
def recorded() -> dict[str, bytes]:
    """The pixels of each drawing as Chromium has drawn it."""
    import skia

    sheet = skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy((HERE / "chromium.png").read_bytes()))
    pixels = sheet.toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    return {
        name: pixels[at // COLUMNS * SIZE :, at % COLUMNS * SIZE :][:SIZE, :SIZE].tobytes()
        for at, name in enumerate(drawings())
    }


def difference(one: bytes, other: bytes) -> float:
    """How many percent of the pixels of two pictures are visibly different, as they would be on any ground."""
    import numpy

    first, second = (
        _premultiplied(numpy.frombuffer(each, "uint8").reshape(-1, 4).astype(float)) for each in (one, other)
    )
    return float((abs(first - second).max(axis=1) > VISIBLE).mean() * 100)


def _premultiplied(pixels: Any) -> Any:
    pixels[:, :3] *= pixels[:, 3:] / 255
    return pixels
