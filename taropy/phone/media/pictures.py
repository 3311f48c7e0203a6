"""What pictures are, and smaller ones made of them, by Pillow."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ...extras import need
from ..core.pictures import NotAPicture, opened

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

# What `getImageInfo` calls the formats; all others are `unknown`.
TYPES: Mapping[str, str] = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "GIF": "gif", "TIFF": "tiff"}
SUFFIXES: Mapping[str, str] = {
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "GIF": ".gif",
    "TIFF": ".tif",
    "HEIF": ".jpg",
}
ORIENTATIONS: Mapping[int, str] = {
    1: "up",
    2: "up-mirrored",
    3: "down",
    4: "down-mirrored",
    5: "left-mirrored",
    6: "right",
    7: "right-mirrored",
    8: "left",
}
AS_JPEG = frozenset({"JPEG", "MPO", "HEIF"})
# Those whose frames are one after another in time.
MOVING = frozenset({"GIF", "PNG", "WEBP"})
EXIF_ORIENTATION = 0x0112
# How phones make a picture smaller that was picked "compressed": no vendor tells, so these are judgement.
COMPRESSED_QUALITY = 80
COMPRESSED_EDGE = 1440
# How many pixels a picture may be scaled to: a square of the longest edge that programs may ask for. And how many all
# frames together of one may have that moves, each of which counts as one of some size: no vendor tells; the memory of a
# phone would not hold more, and writing them takes seconds. What other pictures may have is Pillow's to say.
MOST_SCALED = 8192 * 8192
MOST_MOVING = 50_000_000
LEAST_FRAME = 64 * 64
# The longest edge that a browser's canvas has: Chromium's.
MOST = 1 << 16


@attrs.frozen
class Picture:
    """What a picture is: pixels as they are stored, its format by Pillow's name, and how the camera was held."""

    width: int
    height: int
    format: str
    orientation: str

    @property
    def type(self) -> str:
        """Its format, as `getImageInfo` calls it."""
        return TYPES.get(self.format, "unknown")

    @property
    def suffix(self) -> str:
        """How the name of a file ends that is made of it."""
        return SUFFIXES.get(self.format, f".{self.format.lower()}")


def look(path: Path) -> Picture:
    """What the picture is, from its head alone; `NotAPicture` if there is none."""
    with opened(path) as image:
        turned = image.getexif().get(EXIF_ORIENTATION, 1)
        return Picture(image.width, image.height, image.format or "", ORIENTATIONS.get(turned, "up"))


def compress(
    source: Path, target: Path, *, quality: int, width: int = 0, height: int = 0, covering: bool = False
) -> None:
    """Writes the picture to `target`, in its own format; a JPEG with `quality`, 0 to 100.

    `width` and `height` are what it is scaled to; where one is 0 it follows from the other, and both are as it is.
    With `covering` they are what it has at least, in its own shape; where one is 0 it is as the other. What moves goes
    on moving.
    """
    with opened(source) as image:
        scaled = _covering if covering else _scaled
        size = scaled(image.size, width, height) if width or height else image.size
        _save_resized(source, image, size, target, quality)


def compress_as_picked(source: Path, target: Path) -> None:
    """Writes the picture as albums do that give it away compressed: no edge longer than 1440 pixels."""
    with opened(source) as image:
        scale = min(1.0, COMPRESSED_EDGE / max(image.size))
        size = _scaled(image.size, round(image.width * scale), round(image.height * scale))
        _save_resized(source, image, size, target, COMPRESSED_QUALITY)


@attrs.frozen
class Drawn:
    """A picture as it is shown, upright: how large it is, and drawn into a `data:` URL."""

    width: int
    height: int
    url: str


def draw(source: Path, format: str, edge: int | None = None) -> Drawn:
    """The picture, drawn in the format, a JPEG on black; no edge of the drawing is longer than `edge`."""
    with opened(source) as image:
        upright = need("PIL.ImageOps", extra="media").exif_transpose(image)
        return Drawn(upright.width, upright.height, data_url(upright, format, edge))


def data_url(image: Image, format: str, edge: int | None = None) -> str:
    """The picture as a canvas writes it into a URL."""
    scale = min(1.0, (edge or MOST) / max(image.size))
    drawn = image.resize(_scaled(image.size, round(image.width * scale), round(image.height * scale))).convert("RGBA")
    if format == "JPEG":
        ground = need("PIL.Image", extra="media").new("RGBA", drawn.size, "black")
        drawn = need("PIL.Image", extra="media").alpha_composite(ground, drawn).convert("RGB")
    written = BytesIO()
    drawn.save(written, format, quality=COMPRESSED_QUALITY)
    return f"data:image/{format.lower()};base64,{base64.b64encode(written.getvalue()).decode()}"


def crop(source: Path, target: Path, ratio: float) -> None:
    """Writes the largest part around the picture's middle that is `ratio` times as wide as it is high, upright."""
    with opened(source) as image:
        upright = need("PIL.ImageOps", extra="media").exif_transpose(image)
        width = min(upright.width, round(upright.height * ratio))
        height = min(upright.height, round(upright.width / ratio))
        left, top = (upright.width - width) // 2, (upright.height - height) // 2
        part = upright.crop((left, top, left + max(width, 1), top + max(height, 1)))
        _save(part, target, image.format, upright.getexif(), COMPRESSED_QUALITY)


def _scaled(size: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    width = width or round(size[0] * height / size[1])
    height = height or round(size[1] * width / size[0])
    return max(width, 1), max(height, 1)


def _covering(size: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """The least that `size` can be scaled down to and still be so wide and so high; a smaller picture is drawn out."""
    width, height = width or height, height or width
    if size[0] <= width and size[1] <= height:
        return width, height
    ratio = min(size[0] / width, size[1] / height)
    return max(round(size[0] / ratio), 1), max(round(size[1] / ratio), 1)


def _save_resized(source: Path, image: Image, size: tuple[int, int], target: Path, quality: int) -> None:
    """Writes the picture in another size, in its own format, with all of its frames if it moves."""
    if size != image.size and size[0] * size[1] > MOST_SCALED:
        raise NotAPicture(f"{size[0]} x {size[1]} pixels are more than a picture may have")
    if image.format not in MOVING or not getattr(image, "is_animated", False):
        smaller = image if size == image.size else image.resize(size)
        _save(smaller, target, image.format, image.getexif(), quality)
        return
    durations = _durations(image, size)
    if size == image.size:
        shutil.copyfile(source, target)  # written anew, its frames would lose colours and nothing else
        return
    frames = (frame.resize(size) for frame in _frames(image))
    first = next(frames)
    # A GIF's frames are taken one by one as they are written; of the other kinds Pillow has to know all beforehand.
    more = frames if image.format == "GIF" else list(frames)
    loop = image.info.get("loop", 0)
    first.save(target, image.format, save_all=True, append_images=more, duration=durations, loop=loop)


def _durations(image: Image, size: tuple[int, int]) -> list[int]:
    """How long each frame is shown that is to be written in this size; `NotAPicture` if they are too many."""
    pixels = 0
    durations = []
    for frame in _frames(image):
        pixels += max(frame.width * frame.height, size[0] * size[1], LEAST_FRAME)
        if pixels > MOST_MOVING:
            raise NotAPicture(f"all frames together have more than {MOST_MOVING} pixels")
        frame.load()  # or else some formats do not know how long it is shown
        durations.append(frame.info.get("duration", 0))
    return durations


def _frames(image: Image) -> Iterator[Image]:
    frames: Iterator[Image] = need("PIL.ImageSequence", extra="media").Iterator(image)
    return frames


def _save(image: Image, target: Path, form: str | None, exif: Exif, quality: int) -> None:
    if form in AS_JPEG:
        # Pillow's scale leads to sizes beyond use above 95, and to an error at 0.
        image.save(target, "JPEG", quality=min(max(quality, 1), 95), optimize=True, exif=exif)
    else:
        image.save(target, form)
