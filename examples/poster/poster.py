"""A poster, drawn on a canvas and saved to the album: the program itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import taropy
from taropy import Taro

app = taropy.App(pages=["pages/poster/index"], window={"navigationBarTitleText": "Poster"})

WIDTH, HEIGHT = 600, 800
MARGIN = 48


@app.page("pages/poster/index")
class Poster:
    """The page with the poster of one tea."""

    wxml = '<canvas type="2d" id="poster" canvas-id="poster" style="width: 300px; height: 400px"/>'

    async def save(self, tea: str, words: str, photo: str) -> str | None:
        """Draws the poster, with a photo, and saves it to the album; its path, or None if the user says no."""
        canvas = await self.canvas()
        canvas.width, canvas.height = WIDTH, HEIGHT
        draw(canvas.getContext("2d"), tea, words, await loaded(canvas, photo))
        saved = await Taro.canvasToTempFilePath(
            canvas=canvas, canvasId="poster", destWidth=WIDTH, destHeight=HEIGHT, fileType="jpg"
        )
        try:
            await Taro.saveImageToPhotosAlbum(filePath=saved.tempFilePath)
        except taropy.TaroError:
            Taro.showToast(title="Not saved", icon="none")
            return None
        Taro.showToast(title="Saved")
        return str(saved.tempFilePath)

    async def canvas(self) -> Any:
        """The page's canvas, which is there once the page is."""
        query = Taro.createSelectorQuery()
        query.select("#poster").fields({"node": True})
        [told] = await taropy.Promise(lambda resolve, reject: query.exec(resolve))
        return told.node


async def loaded(canvas: Any, path: str) -> Any:
    """The picture, when it is there to be drawn."""
    image = canvas.createImage()

    def load(resolve: Any, reject: Any) -> None:
        image.onload = lambda: resolve(image)
        image.onerror = lambda event: reject(ValueError(event["errMsg"]))
        image.src = path

    return await taropy.Promise(load)


def draw(pen: Any, tea: str, words: str, photo: Any) -> None:
    """The poster: paper, the photo in a round frame with a shadow, a title, and a text in lines."""
    paper = pen.createLinearGradient(0, 0, 0, HEIGHT)
    paper.addColorStop(0, "#fef3c7")
    paper.addColorStop(1, "#d1fae5")
    pen.fillStyle = paper
    pen.fillRect(0, 0, WIDTH, HEIGHT)
    in_a_circle(pen, photo, WIDTH / 2, 260, 180)
    pen.fillStyle, pen.textAlign = "#14532d", "center"
    pen.font = "bold 56px sans-serif"
    pen.fillText(tea, WIDTH / 2, 540, WIDTH - 2 * MARGIN)
    pen.font = "28px sans-serif"
    for at, line in enumerate(lines(pen, words, WIDTH - 2 * MARGIN)):
        pen.fillText(line, WIDTH / 2, 610 + 42 * at)


def in_a_circle(pen: Any, picture: Any, x: float, y: float, radius: float) -> None:
    """The middle of a picture, cut to a circle, which throws a shadow."""
    pen.save()
    pen.shadowColor, pen.shadowBlur, pen.shadowOffsetY = "rgba(0, 0, 0, 0.4)", 24, 10
    pen.beginPath()
    pen.arc(x, y, radius, 0, 7)
    pen.fillStyle = "white"
    pen.fill()
    pen.shadowColor = "transparent"
    pen.clip()
    side = min(picture.width, picture.height)
    left, top = (picture.width - side) / 2, (picture.height - side) / 2
    pen.drawImage(picture, left, top, side, side, x - radius, y - radius, 2 * radius, 2 * radius)
    pen.restore()


def lines(pen: Any, words: str, width: float) -> Iterator[str]:
    """The words in lines that are no wider than that."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and pen.measureText(longer).width > width:
            yield line
            longer = word
        line = longer
    yield line
