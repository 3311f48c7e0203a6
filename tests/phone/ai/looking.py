"""VisionKit's sessions in tests: pictures to be seen and found, and what a session tells."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

import taropy

EVENTS = ("resize", "addAnchors", "updateAnchors", "removeAnchors")


def poster(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture of coloured shapes, of which there is no other for another number."""
    chosen, picture = random.Random(seed), Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for _ in range(160):
        x, y = chosen.randrange(size[0]), chosen.randrange(size[1])
        box = (x, y, x + chosen.randrange(8, 70), y + chosen.randrange(8, 70))
        shape = draw.rectangle if chosen.random() < 0.5 else draw.ellipse
        shape(box, fill=tuple(chosen.randrange(256) for _ in range(3)))
    return picture


def wall(path: Path, *hung: tuple[Image.Image, tuple[int, int, int, int]], size: tuple[int, int] = (360, 480)) -> Path:
    """A grey wall, on which pictures hang in boxes of its pixels; written to the file."""
    image = Image.new("RGB", size, "grey")
    for picture, box in hung:
        image.paste(picture.resize((box[2] - box[0], box[3] - box[1])), box[:2])
    image.save(path)
    return path


class Heard:
    """A session, started, and what it has told."""

    def __init__(self, t: Any, **options: Any) -> None:
        self.told: list[tuple[str, Any]] = []
        self.status: list[int] = []
        self.session = t.createVKSession(options)
        for event in EVENTS:
            self.session.on(event, lambda anchors, event=event: self.told.append((event, anchors)))
        self.session.start(self.status.append)

    def frame(self, width: float = 360, height: float = 480) -> Any:
        """The next frame; what was told before is forgotten."""
        self.told.clear()
        return self.session.getVKFrame(width, height)

    @property
    def events(self) -> list[str]:
        """The events that were told since the last frame, but for the camera's size."""
        return [event for event, _ in self.told if event != "resize"]

    def anchors(self, event: str) -> list[Any]:
        """What the last event of this name had."""
        return next(anchors for name, anchors in reversed(self.told) if name == event)


def refusal(call: Any, *arguments: Any) -> str:
    """The errMsg of a method's call that is refused."""
    with pytest.raises(taropy.TaroError) as caught:
        call(*arguments)
    return str(caught.value.errMsg)


def seen_at(frame: Any, point: tuple[float, float, float], width: float = 360, height: float = 480) -> tuple[int, int]:
    """Where in a view a program draws a point of the world, by the frame's two matrices."""
    for matrix in (frame.camera.viewMatrix, frame.camera.getProjectionMatrix(0.01, 1000)):
        given = (*point, 1.0)[:4] if len(point) == 3 else point
        point = tuple(sum(matrix[4 * at + row] * given[at] for at in range(4)) for row in range(4))  # type: ignore
    x, y, _, w = point  # type: ignore[misc]
    return round((x / w / 2 + 0.5) * width), round((0.5 - y / w / 2) * height)
