"""`VideoDecoder`: the frames of a video, one by one, as pixels. They are really decoded, by PyAV.

Facts: developers.weixin.qq.com/miniprogram/dev, "api/media/video-decoder"; miniprogram-api-typings 5.2.3. In which unit
time stamps are told is not written there; here it is milliseconds, as `seek` takes them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail, NativeFunction, Options, Result, finish
from ..core.app import App
from ..core.events import off_named, on_named
from ..core.functions import answered, native_task, plain
from ..core.options import js_type, optional, required, wrong_type
from ..core.room import Manager
from . import videos
from .copies import NO_VIDEO

if TYPE_CHECKING:
    from .face import VideoRoom

#: Frames come as fast as they can be had, or when they are due by the phone's clock.
FAST, TIMED = 1, 0
REMOVED = "the decoder has been removed"


class Frames:
    """The frames of a file, from the first on, each with its time in seconds. Opened until it is closed."""

    def __init__(self, file: Path) -> None:
        with ExitStack() as opening:
            self._container = opening.enter_context(videos.opened(file))
            stream = self._container.streams.video[0]
            self.width: int = stream.width
            self.height: int = stream.height
            self._stream = stream
            self._decoded: Iterator[Any] = self._container.decode(stream)
            self._waiting: Any = None
            self._start = videos.start_of(stream)
            self._open = opening.pop_all()

    def peek(self) -> Any:
        """The next frame, which stays the next; None at the end, as which a broken part counts."""
        if self._waiting is None:
            try:
                self._waiting = next(self._decoded, None)
            except (OSError, ValueError):  # which all of PyAV's own errors of data are
                self._waiting = None
        return self._waiting

    def take(self) -> Any:
        """The next frame."""
        frame, self._waiting = self.peek(), None
        return frame

    def time(self, frame: Any) -> float:
        """When it is to be seen, in seconds from the beginning."""
        return float(frame.time or 0) - self._start

    def seek(self, seconds: float) -> None:
        """Goes on with the first frame that is to be seen then."""
        offset = round((seconds + self._start) / self._stream.time_base)
        self._container.seek(max(offset, 0), stream=self._stream)
        self._decoded, self._waiting = self._container.decode(self._stream), None
        while (frame := self.peek()) is not None and self.time(frame) < seconds - videos.SAME_MOMENT:
            self._waiting = None

    def close(self) -> None:
        """Lets go of the file. A second call does nothing."""
        self._open.close()


class VideoDecoder(Manager):
    """One decoder, which has at most one video at a time."""

    def __init__(self, room: VideoRoom, app: App) -> None:
        super().__init__(room.phone, app)
        self._room = room
        self._frames: Frames | None = None
        self._mode = FAST
        #: When the frame at 0 s was due, by the clock's `elapsed`.
        self._since = 0.0
        self._ended = False
        self._shows = True
        self._removed = False

    def in_words(self) -> Iterator[str]:
        """Whether it decodes."""
        if self._removed:
            yield "removed"
        else:
            yield "stopped" if self._frames is None else "ended" if self._ended else "decoding"

    @answered
    async def start(self, app: App, options: Options) -> None:
        """Begins to decode `source`, a local path or a url; `mode` 0 has frames come when they are due, 1 at once.

        With `abortVideo` there are none. What is no video fails, in our words, `invalid video`.
        """
        source = required(options, "source", "String")
        mode = optional(options, "mode", "Number", FAST)
        self._shows = not optional(options, "abortVideo", "Boolean", False)
        optional(options, "abortAudio", "Boolean", False)
        if self._removed:
            raise Fail(REMOVED)
        file = await self._room.file_of(app, source)
        if file is None:
            raise Fail(NO_VIDEO)
        try:
            frames = await asyncio.to_thread(Frames, file)
        except (videos.NotAVideo, OSError) as error:
            raise Fail(NO_VIDEO) from error
        self.close()
        if self._removed:
            frames.close()
            raise Fail(REMOVED)
        self._frames, self._mode, self._ended = frames, mode, False
        self._since = self.phone.clock.elapsed()
        self._tell("start", {"width": frames.width, "height": frames.height})
        self._tell("bufferchange")

    @native_task
    def getFrameData(self, app: App, options: Options) -> Result | None:
        """The next frame: its pixels, four bytes each, and its time stamps in milliseconds; None if none is ready.

        Phones return it; the declaration has a promise, which callbacks settle.
        """
        frame = self._next()
        finish(options, frame, ok=True)  # type: ignore[arg-type]  # nothing is what programs look for
        return frame

    @plain
    def seek(self, app: App, position: object = None) -> None:
        """Goes to a place, in milliseconds."""
        if js_type(position) != "Number":
            raise wrong_type("parameter", "Number", position)
        if self._frames is None:
            raise Fail(REMOVED if self._removed else "the decoder has not started")
        seconds = max(float(position) / 1000, 0.0)  # type: ignore[arg-type]
        self._frames.seek(seconds)
        self._ended = False
        self._since = self.phone.clock.elapsed() - seconds
        self._tell("seek")
        self._tell("bufferchange")

    @answered
    def stop(self, app: App, options: Options) -> None:
        """Ends decoding."""
        if self._frames is not None:
            self.close()
            self._tell("stop")

    @answered
    def remove(self, app: App, options: Options) -> None:
        """Frees the decoder for good."""
        self.close()
        self._removed = True
        self._room.forget(self)

    on: NativeFunction = on_named(
        "Tells of `start` with `width` and `height`, `stop`, `seek`, `bufferchange`, `ended`."
    )
    off: NativeFunction = off_named()

    def close(self) -> None:
        """Lets go of the video."""
        if self._frames is not None:
            self._frames.close()
            self._frames = None

    def _next(self) -> Result | None:
        if self._frames is None or not self._shows:
            return None
        frame = self._frames.peek()
        if frame is None:
            if not self._ended:
                self._ended = True
                self._tell("ended")
            return None
        time = self._frames.time(frame)
        if self._mode == TIMED and self.phone.clock.elapsed() - self._since < time - videos.SAME_MOMENT:
            return None
        self._frames.take()
        pixels = frame.reformat(format="rgba")
        plane = pixels.planes[0]
        stamp = round(time * 1000)
        decoding = stamp if frame.dts is None else round(float(frame.dts * frame.time_base) * 1000)
        return {
            "width": pixels.width,
            "height": pixels.height,
            "data": _packed(bytes(plane), plane.line_size, pixels.width * 4, pixels.height),
            "pkPts": stamp,
            "pkDts": decoding,
        }

    def _tell(self, event: str, told: Mapping[str, Any] | None = None) -> None:
        self.listeners.tell(event, *([] if told is None else [dict(told)]))


def _packed(data: bytes, stride: int, width: int, height: int) -> bytes:
    """Rows without what FFmpeg has put between them."""
    if stride == width:
        return data[: width * height]
    return b"".join(data[row * stride : row * stride + width] for row in range(height))
