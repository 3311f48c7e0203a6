"""A film that is made picture by picture, by PyAV."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from ...extras import need

#: In what times are told of pictures that come when they come, and how many a second that may look like.
MILLISECOND, NOMINAL_RATE = Fraction(1, 1000), 30


class Film:
    """An MP4 of H.264 without sound, which grows by each picture. `fps` None: pictures say when they are to be seen.

    `bitrate` is in kbit/s, `gop` how many pictures there are from one key frame to the next. OSError if the disk takes
    no more.
    """

    def __init__(self, file: Path, size: tuple[int, int], *, fps: float | None, bitrate: int, gop: int) -> None:
        self.size = size
        self.frames = 0
        self._av = need("av", extra="video")
        self._fps = None if fps is None else Fraction(fps).limit_denominator(1001)
        self._last = -1
        self._made = self._av.open(str(file), "w", format="mp4")
        stream = self._made.add_stream("libx264", rate=self._fps or NOMINAL_RATE, options={"preset": "ultrafast"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = bitrate * 1000
        stream.codec_context.gop_size = gop
        self._base = MILLISECOND if self._fps is None else 1 / self._fps
        stream.codec_context.time_base = self._base
        self._stream: Any = stream

    def add(self, pixels: bytes, seconds: float = 0.0) -> None:
        """The next picture, four bytes a pixel: it is the next one's turn, or it is to be seen from `seconds` on."""
        frame = self._av.VideoFrame.from_bytes(pixels, *self.size, format="rgba").reformat(format="yuv420p")
        self._last = self._last + 1 if self._fps is not None else max(round(seconds * 1000), self._last + 1)
        frame.pts, frame.time_base = self._last, self._base
        self._made.mux(self._stream.encode(frame))
        self.frames += 1

    @property
    def seconds(self) -> float:
        """How long it is."""
        if not self.frames:
            return 0.0
        if self._fps is not None:
            return float(self.frames / self._fps)
        return self._last / 1000 + 1 / NOMINAL_RATE

    def end(self) -> None:
        """Writes what is still to be written, and lets go of the file."""
        try:
            self._made.mux(self._stream.encode(None))
        finally:
            self._made.close()

    def abandon(self) -> None:
        """Lets go of the file, which is no film then."""
        self._made.close()
