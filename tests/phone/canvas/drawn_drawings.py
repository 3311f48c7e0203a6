"""The drawings of `drawings.txt`, as the phone draws them and as Chromium has."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import taropy

HERE = Path(__file__).parent
SIZE, COLUMNS = 64, 16


def drawings() -> dict[str, str]:
    """The drawings by name."""
    _, *parts = (HERE / "drawings.txt").read_text("utf-8").split("\n== ")
    return {name: text.strip() for name, _, text in (part.partition("\n") for part in parts)}


class Easel:
    """A program that draws, with what drawings have around them."""

    def __init__(self, taro: Any) -> None:
        self._taro = taro
        font = base64.b64encode((HERE / "shapes.ttf").read_bytes()).decode()
        taro.loadFontFace(family="Shapes", source=f'url("data:font/ttf;base64,{font}")').result()
        self._tile = self._canvas(16)
        pen = self._tile.getContext("2d")
        for color, place in (("#f97316", (0, 0, 16, 16)), ("#1d4ed8", (2, 2, 6, 6))):
            pen.fillStyle = color
            pen.fillRect(*place)
        pen.clearRect(10, 10, 4, 4)
        self._photo = self._canvas(60)
        pen = self._photo.getContext("2d")
        for down in range(6):
            for across in range(6):
                pen.fillStyle = f"rgb({across * 50}, {down * 50}, {200 if (across + down) % 2 else 60})"
                pen.fillRect(across * 10, down * 10, 10, 10)

    def _canvas(self, size: int) -> Any:
        return self._taro.createOffscreenCanvas(type="2d", width=size, height=size)

    def draw(self, text: str) -> bytes:
        """Red, green, blue and alpha of each pixel of a drawing."""
        canvas = self._canvas(SIZE)
        ctx = canvas.getContext("2d")
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


def easel() -> Iterator[Easel]:
    """One on weapp."""
    with taropy.create("weapp") as taro:
        yield Easel(taro)


def recorded() -> dict[str, bytes]:
    """The pixels of each drawing as Chromium has drawn it."""
    import skia

    pixels = skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy((HERE / "chromium.png").read_bytes()))
    sheet = pixels.toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    return {
        name: sheet[at // COLUMNS * SIZE :][:SIZE, at % COLUMNS * SIZE :][:, :SIZE].tobytes()
        for at, name in enumerate(drawings())
    }


def difference(one: bytes, other: bytes) -> float:
    """How much of two pictures differs, in percent of their pixels: visibly, by more than 16 of 255 in a colour."""
    differing = 0
    for at in range(0, len(one), 4):
        first, second = _premultiplied(one, at), _premultiplied(other, at)
        differing += max(abs(a - b) for a, b in zip(first, second, strict=True)) > 16
    return 100 * differing / (len(one) // 4)


def _premultiplied(pixels: bytes, at: int) -> tuple[float, float, float, int]:
    red, green, blue, alpha = pixels[at : at + 4]
    return red * alpha / 255, green * alpha / 255, blue * alpha / 255, alpha
