"""A canvas beside bare Skia: a thousand shapes drawn, and the picture written to a file."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path
from typing import Any

import taropy

from .measure import Result, Skipped, at_most, by_turns

SHAPES = 1_000
WIDTH, HEIGHT = 600, 800
COLORS = [f"#{red:02x}{255 - red:02x}80" for red in range(0, 240, 12)]


def results() -> list[Result]:
    """A canvas on no page, each time a new one."""
    try:
        import skia
    except ImportError as error:
        raise Skipped(str(error)) from error
    with taropy.create("weapp") as taro, tempfile.TemporaryDirectory() as folder:

        def bare() -> None:
            _bare(skia, Path(folder) / "bare.png")

        def ours() -> None:
            canvas = taro.createOffscreenCanvas(type="2d", width=WIDTH, height=HEIGHT)
            _draw(canvas.getContext("2d"))
            taro.canvasToTempFilePath(canvas=canvas, destWidth=WIDTH, destHeight=HEIGHT).result()

        cost, bare_cost = by_turns(ours, bare, number=5)
    name = f"{SHAPES:,} shapes drawn and saved"
    return [at_most(name, ("taropy", cost / 1e3), ("skia-python", bare_cost / 1e3), 1.5, "ms")]


def _draw(context: Any) -> None:
    for at in range(SHAPES):
        x, y = at % 50 * 12, at // 50 * 40
        context.fillStyle = COLORS[at % len(COLORS)]
        if at % 2:
            context.fillRect(x, y, 18, 18)
        else:
            context.beginPath()
            context.arc(x + 9, y + 9, 9, 0, 2 * math.pi)
            context.fill()


def _bare(skia: Any, file: Path) -> None:
    surface = skia.Surface(WIDTH, HEIGHT)
    canvas = surface.getCanvas()
    for at in range(SHAPES):
        x, y = at % 50 * 12, at // 50 * 40
        paint = skia.Paint(AntiAlias=True, Color=0xFF000000 | int(COLORS[at % len(COLORS)][1:], 16))
        if at % 2:
            canvas.drawRect(skia.Rect.MakeXYWH(x, y, 18, 18), paint)
        else:
            canvas.drawPath(skia.Path().addCircle(x + 9, y + 9, 9), paint)
    file.write_bytes(bytes(surface.makeImageSnapshot().encodeToData(skia.EncodedImageFormat.kPNG, 100)))
