"""What videos are, still pictures of them, and smaller ones, by PyAV: the libraries of FFmpeg."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Generator, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

from ...extras import need
from .containers import for_reading
from .pictures import data_url

# The containers that phones play, by FFmpeg's names, and what they are called, the usual name first. Only these are
# opened: FFmpeg also knows playlists, which lead to other files.
CONTAINERS: Mapping[str, tuple[str, ...]] = {
    "mov": ("mp4", "mov", "3gp"),
    "matroska": ("mkv", "webm"),
    "avi": ("avi",),
}
# By how many degrees a video is turned to the right when it is shown.
ORIENTATIONS: Mapping[int, str] = {0: "up", 90: "right", 180: "down", 270: "left"}
STILL_QUALITY = 80
# How many pixels a frame may have: no phone plays more than 8K, which are 33 million.
LARGEST_FRAME = 8192 * 8192
# What a second of a video is written with that does not tell how many frames it has.
USUAL_RATE = 30
# How far apart two moments may be that are the same, in seconds: times in files are whole numbers of small units.
SAME_MOMENT = 0.001


class NotAVideo(Exception):
    """The file is no video, or a broken one."""


@attrs.frozen
class Video:
    """What a video is: pixels as they are stored, seconds, frames per second, kbit/s, its container (`mp4`), its turn.

    `orientation` is how it is turned when it is shown.
    """

    width: int
    height: int
    duration: float
    fps: float
    bitrate: float
    type: str
    orientation: str


@attrs.frozen
class Limits:
    """What a smaller video has at most: kbit/s, frames per second, pixels along its longer edge.

    `scale` is what part of its edges is left, from 0 to 1.
    """

    bitrate: float = math.inf
    fps: float = math.inf
    edge: float = math.inf
    scale: float = 1.0


# What `compressVideo` calls them, and how phones make a video smaller that was picked: no vendor gives figures, so
# these are judgement.
QUALITIES: Mapping[str, Limits] = {
    "low": Limits(bitrate=400, edge=480),
    "medium": Limits(bitrate=1200, edge=960),
    "high": Limits(bitrate=2500, edge=1280),
}
AS_PICKED = QUALITIES["medium"]


def look(path: Path) -> Video:
    """What the video is; `NotAVideo` if there is none in the file."""
    with opened(path) as container:
        stream = container.streams.video[0]
        turned = -_first_frame(container).rotation % 360
        return Video(
            width=stream.width,
            height=stream.height,
            duration=(container.duration or 0) / 1_000_000,
            fps=float(stream.average_rate or 0),
            bitrate=round(container.bit_rate / 1000, 3),
            type=_type(container.format.name, path),
            orientation=ORIENTATIONS.get(turned, "up"),
        )


def still(source: Path, target: Path) -> None:
    """Writes the first picture of the video, upright, as a JPEG."""
    need("PIL.Image", extra="video")
    with opened(source) as container:
        _upright(_first_frame(container)).save(target, "JPEG", quality=STILL_QUALITY)


def frame_at(source: Path, seconds: float, *, looping: bool = False) -> Any:
    """The frame that is to be seen at a second of the video, which may loop, upright: a picture of Pillow's."""
    need("PIL.Image", extra="video")
    with opened(source) as container:
        if looping and container.duration:
            seconds %= container.duration / 1_000_000
        stream = container.streams.video[0]
        at = start_of(stream) + seconds
        container.seek(int(at / stream.time_base), stream=stream)
        shown = None
        for frame in container.decode(stream):
            if shown is not None and frame.time is not None and frame.time > at + SAME_MOMENT:
                break
            shown = frame
        return _upright(shown or _first_frame(container))


def frames_each(source: Path, begin: float, step: float) -> Generator[Any, None, None]:
    """What is to be seen of the video each `step` seconds from `begin` on, upright, without end, since it loops."""
    need("PIL.Image", extra="video")
    with opened(source) as container:
        stream = container.streams.video[0]
        start = start_of(stream)
        length = max((container.duration or 0) / 1_000_000, step)
        at = begin % length
        while True:
            container.seek(int((start + at) / stream.time_base), stream=stream)
            frame = None
            for following in container.decode(stream):
                while frame is not None and at < (following.time or 0) - start - SAME_MOMENT:
                    yield _upright(frame)
                    at += step
                frame = following
            if frame is None:
                raise NotAVideo(str(source))
            while at < length - SAME_MOMENT:
                yield _upright(frame)
                at += step
            at = max(at - length, 0.0)


def drawn(source: Path, edge: int) -> str:
    """The first picture of the video, upright and no edge longer than `edge`, as a JPEG in a `data:` URL."""
    need("PIL.Image", extra="video")
    with opened(source) as container:
        return data_url(_upright(_first_frame(container)), "JPEG", edge)


def compress(source: Path, target: Path, limits: Limits) -> None:
    """Writes the video within the limits, as an MP4 of H.264 and AAC; it is shown turned as it was."""
    video = look(source)
    with opened(source) as given, need("av", extra="video").open(str(target), "w", format="mp4") as made:
        pictures = _Pictures(given.streams.video[0], made, video, limits)
        writers: dict[int, _Pictures | _Sound] = {given.streams.video[0].index: pictures}
        if given.streams.audio:
            writers[given.streams.audio[0].index] = _Sound(given.streams.audio[0], made)
        for packet in given.demux(list(writers)):
            for frame in packet.decode():
                made.mux(writers[packet.stream.index].packets(frame))
        for writer in writers.values():
            made.mux(writer.packets(None))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The file's container, which has a video; what goes wrong with it, now or when it is read, is `NotAVideo`."""
    av = need("av", extra="video")
    try:
        with for_reading(av, str(path), CONTAINERS) as container:
            if not container.streams.video:
                raise NotAVideo(str(path))
            container.streams.video[0].codec_context.options = {"max_pixels": str(LARGEST_FRAME)}
            yield container
    except av.FFmpegError as error:
        if isinstance(error, OSError):
            raise  # the computer's own trouble, such as a full disk
        raise NotAVideo(str(path)) from error


class _Pictures:
    """Writes the frames of a video again, smaller and perhaps fewer."""

    def __init__(self, seen: Any, made: Any, video: Video, limits: Limits) -> None:
        scale = min(limits.scale, limits.edge / max(video.width, video.height))
        self._size = even(video.width * scale), even(video.height * scale)
        self._interval = 1 / limits.fps
        self._due = 0.0
        rate = Fraction(min(seen.average_rate or USUAL_RATE, limits.fps)).limit_denominator(1001)
        self._stream = made.add_stream("libx264", rate=rate, options={"preset": "veryfast"})
        self._stream.width, self._stream.height = self._size
        self._stream.pix_fmt = "yuv420p"
        bitrate = min(limits.bitrate, video.bitrate or math.inf)
        if bitrate < math.inf:
            self._stream.bit_rate = round(bitrate * 1000)
        self._stream.codec_context.time_base = seen.time_base
        turned = next(turn for turn, name in ORIENTATIONS.items() if name == video.orientation)
        self._stream.set_display_rotation(-turned)

    def packets(self, frame: Any) -> list[Any]:
        """What is written of the frame; of None, what is still to be written."""
        if frame is not None and frame.time < self._due:
            return []
        packets: list[Any] = self._stream.encode(None if frame is None else self._smaller(frame))
        return packets

    def _smaller(self, frame: Any) -> Any:
        self._due = max(self._due + self._interval, frame.time)
        width, height = self._size
        smaller = frame.reformat(width=width, height=height, format="yuv420p")
        smaller.pict_type = 0  # which of them are whole pictures is for the encoder to choose anew
        return smaller


class _Sound:
    """Writes the sound of a video again."""

    def __init__(self, heard: Any, made: Any) -> None:
        layout = "mono" if heard.channels == 1 else "stereo"
        self._stream = made.add_stream("aac", rate=heard.rate, layout=layout)

    def packets(self, frame: Any) -> list[Any]:
        """As those of `_Pictures`."""
        if frame is not None:
            frame.pts = None  # frames of other lengths are written, whose times follow from what they hold
        packets: list[Any] = self._stream.encode(frame)
        return packets


def start_of(stream: Any) -> float:
    """When the stream begins by the times that its frames have, in seconds; most begin at 0."""
    return float((stream.start_time or 0) * stream.time_base)


def _first_frame(container: Any) -> Any:
    frame = next(container.decode(container.streams.video[0]), None)
    if frame is None:
        raise NotAVideo(container.name)
    return frame


def _upright(frame: Any) -> Any:
    """The frame as it is shown: a picture of Pillow's."""
    return frame.to_image().rotate(frame.rotation, expand=True)


def _type(container: str, path: Path) -> str:
    """What the container is called: by the end of the file's name where that fits, since some share a form."""
    names = CONTAINERS[container.partition(",")[0]]
    suffix = path.suffix.lower().removeprefix(".")
    return suffix if suffix in names else names[0]


def even(pixels: float) -> int:
    """H.264 stores colours for pairs of pixels."""
    return max(round(pixels / 2) * 2, 2)
