"""What a camera may see: a picture, a film, a folder of pictures one after the other, a camera of the computer."""

from __future__ import annotations

import itertools
import math
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ...extras import MissingExtra, need
from ..core.pictures import NotAPicture, opened
from . import videos
from .library import kind_of

if TYPE_CHECKING:
    from PIL.Image import Image

#: How many pictures a second are recorded of what does not move, and at most of what does.
STILL_RATE, RATE = 5, 15
#: The longer edge of what is recorded, in pixels. Judgement.
RECORDED_EDGE = 1280
#: A year's worth of pictures is a slip.
MOST_RECORDED = 20_000


@attrs.frozen
class Sight:
    """A file that lies before the camera, a picture or a film, which begins anew when it has ended."""

    file: Path

    @property
    def moves(self) -> bool:
        """Whether it is a film."""
        return kind_of(self.file) == "video"

    def at(self, seconds: float) -> Image:
        """What is to be seen so many seconds after it was laid there, upright. `NotAPicture`, `NotAVideo`."""
        if self.moves:
            picture: Image = videos.frame_at(self.file, seconds, looping=True)
            return picture
        return upright(self.file)

    def each(self, begin: float, step: float) -> Generator[Image, None, None]:
        """What is to be seen each `step` seconds from then on."""
        return videos.frames_each(self.file, begin, step) if self.moves else _still(upright(self.file))


def seen_at(file: Path) -> Path:
    """The file; ValueError if nothing is to be seen in it, as far as that can be told without what reads it."""
    try:
        if kind_of(file) == "video":
            videos.look(file)
        else:
            with opened(file):
                pass
    except (NotAPicture, videos.NotAVideo) as error:
        raise ValueError(f"{file} is neither a picture nor a video that can be seen: {error}") from error
    except MissingExtra:
        pass  # nobody sees it then, and is told so
    return file


@attrs.frozen
class Connected:
    """A camera of the computer, by its name and its driver, as FFmpeg calls them."""

    device: str
    driver: str

    @property
    def moves(self) -> bool:
        """What it sees may."""
        return True

    def at(self, seconds: float) -> Image:
        """What it sees now. `NotAVideo` if it can't be had."""
        with closing(self.each(seconds, 0)) as seen:
            return next(seen)

    def each(self, begin: float, step: float) -> Generator[Image, None, None]:
        """What it sees from now on, one picture after the other: nobody has kept what it has seen."""
        av = need("av", extra="video")
        need("PIL.Image", extra="video")
        try:
            with av.open(self.device, format=self.driver) as container:
                for frame in container.decode(video=0):
                    yield frame.to_image()
        except (av.FFmpegError, IndexError, ValueError, OSError) as error:
            raise videos.NotAVideo(f"the camera {self.device} ({self.driver}) gives no picture: {error}") from error
        raise videos.NotAVideo(f"the camera {self.device} ({self.driver}) gives no more pictures")


def _still(picture: Image) -> Generator[Image, None, None]:
    while True:
        yield picture


def upright(file: Path) -> Image:
    """The picture as it is shown."""
    with opened(file) as image:
        shown: Image = need("PIL.ImageOps", extra="media").exif_transpose(image).convert("RGB")
        return shown


def zoomed(picture: Image, zoom: float, *, mirrored: bool = False) -> Image:
    """The middle of the picture, drawn as large as the whole."""
    if zoom > 1:
        width, height = picture.width / zoom, picture.height / zoom
        left, top = (picture.width - width) / 2, (picture.height - height) / 2
        box = (left, top, left + width, top + height)
        picture = picture.resize(picture.size, box=box)
    return need("PIL.ImageOps", extra="media").mirror(picture) if mirrored else picture


def filling(picture: Image, size: tuple[int, int]) -> Image:
    """The picture in that size, without what is over at its sides."""
    fitted: Image = need("PIL.ImageOps", extra="media").fit(picture, size)
    return fitted


def record(sight: Any, target: Path, begin: float, seconds: float, zoom: float, *, mirrored: bool = False) -> None:
    """Writes what is seen from `begin` on for so many seconds, as an MP4 without sound."""
    av = need("av", extra="video")
    rate = RATE if sight.moves else STILL_RATE
    number = min(max(math.ceil(seconds * rate), 1), MOST_RECORDED)
    with av.open(str(target), "w", format="mp4") as made, closing(sight.each(begin, 1 / rate)) as seen:
        stream = made.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
        size = None
        for picture in itertools.islice(seen, number):
            shown = _small(zoomed(picture, zoom, mirrored=mirrored))
            if size is None:
                size = stream.width, stream.height = shown.size
                stream.pix_fmt = "yuv420p"
            made.mux(stream.encode(av.VideoFrame.from_image(shown.resize(size))))
        made.mux(stream.encode(None))


def _small(picture: Image) -> Image:
    scale = min(1.0, RECORDED_EDGE / max(picture.size))
    width, height = picture.size
    return picture.resize((videos.even(width * scale), videos.even(height * scale)))
