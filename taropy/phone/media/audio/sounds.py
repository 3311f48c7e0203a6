"""What sounds are, and their samples, by PyAV: the libraries of FFmpeg."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from ....extras import need
from ..containers import for_reading

#: What is read: the formats of WeChat's table, by FFmpeg's names. Only these are opened: FFmpeg also knows playlists,
#: which lead to other files.
CONTAINERS = frozenset({"mp3", "aac", "wav", "mov", "flac", "ogg", "ape", "amr", "amrnb", "asf", "aiff", "caf"})
#: What of it a system's own player can't play: developers.weixin.qq.com, "InnerAudioContext"; swan-docs has the same.
UNPLAYED: Mapping[str, frozenset[str]] = {
    "ios": frozenset({"flac", "ogg", "ape", "amr", "amrnb", "asf"}),
    "android": frozenset({"aiff", "caf"}),
}
#: How many samples a second all sounds are brought to that are heard at once, and how many there are at a time.
RATE = 44_100
MOST_CHANNELS = 32
#: More frames than any resampler holds back.
PADDING = 1024

Given = Path | bytes


class NotASound(Exception):
    """There is no sound in the file, or a broken one."""


class Abandoned(Exception):
    """Nobody waits for it any more."""


def numpy() -> Any:
    """The package that samples are counted with."""
    return need("numpy", extra="audio", what="computing sound")


def in_16_bits(samples: Any) -> bytes:
    """Samples from -1 to 1 as files have them that are not compressed."""
    content: bytes = (samples * 32767).round().astype("<i2").tobytes()
    return content


@attrs.frozen(eq=False)
class Sound:
    """A sound that was looked through: where it is, how long in seconds, its channels and samples a second, its form.

    `duration` is what there is, whatever its head says.
    """

    given: Given = attrs.field(repr=False)
    duration: float
    channels: int
    rate: int
    form: str


def look(given: Given, goes_on: Callable[[], bool] = lambda: True) -> Sound:
    """What the sound is; `NotASound` if there is none, `Abandoned` as soon as it no longer `goes_on`."""
    with opened(given) as (container, stream):
        length = 0.0
        first = None
        for packet in container.demux(stream):
            if not goes_on():
                raise Abandoned
            if first is None:
                first = next(iter(_decoded(packet)), None)
            if packet.duration and packet.time_base:
                length += float(packet.duration * packet.time_base)
        if first is None or not length:
            raise NotASound("nothing in it can be decoded")
        return Sound(given, round(length, 6), stream.channels, stream.rate, container.format.name.partition(",")[0])


def plays_on(sound: Sound, system: str) -> bool:
    """Whether the player of a system (`ios`, `android`, …) plays it."""
    return sound.form not in UNPLAYED.get(system, frozenset())


@contextlib.contextmanager
def opened(given: Given) -> Iterator[tuple[Any, Any]]:
    """The container and its first sound; what goes wrong with it, now or when it is read, is `NotASound`."""
    av = need("av", extra="audio", what="playing sound")
    file = io.BytesIO(given) if isinstance(given, bytes) else str(given)
    try:
        with for_reading(av, file, CONTAINERS) as it:
            if not it.streams.audio:
                raise NotASound("there is no sound in it")
            stream = it.streams.audio[0]
            if not (0 < stream.channels <= MOST_CHANNELS and stream.rate > 0):
                raise NotASound(f"{stream.channels} channels, {stream.rate} samples a second")
            yield it, stream
    except av.FFmpegError as error:
        if isinstance(error, OSError):
            raise  # the computer's own trouble, as a file that may not be read
        raise NotASound(error.strerror) from error  # without its number, and the name that the computer has for it
    except ValueError as error:  # PyAV's own, of what FFmpeg has no words for
        raise NotASound(str(error)) from error


class Reader:
    """Reads a sound in pieces of float samples in stereo, each beginning where the last one ended or anywhere else."""

    def __init__(self, sound: Sound, *, speed: float = 1.0, rate: int = RATE) -> None:
        self._sound = sound
        self._speed = speed
        self._rate = rate
        # One channel goes to both ears as it is; FFmpeg would make it quieter.
        self._layout = "mono" if sound.channels == 1 else "stereo"
        self._np = numpy()
        self._at = -1.0
        self._pieces: Iterator[Any] = iter(())
        self._rest = self._nothing()

    def _nothing(self) -> Any:
        return self._np.zeros((0, 2), dtype="float32")

    def read(self, position: float, frames: int) -> Any:
        """So many frames from a position on, in seconds of the sound; as an array of frames by channels.

        After the end, and where nothing can be decoded, there is silence.
        """
        if abs(position - self._at) > 1 / self._rate:
            self._pieces, self._rest = self._from(position), self._nothing()
        self._at = position + frames / self._rate * self._speed
        parts = [self._rest]
        count = len(self._rest)
        while count < frames and (piece := next(self._pieces, None)) is not None:
            parts.append(piece)
            count += len(piece)
        read = self._np.concatenate(parts)
        self._rest = read[frames:]
        missing = frames - len(read)
        return read[:frames] if missing <= 0 else self._np.pad(read, ((0, missing), (0, 0)))

    def _from(self, position: float) -> Iterator[Any]:
        """The samples from a position on, piece by piece."""
        av = need("av", extra="audio", what="playing sound")
        try:
            with opened(self._sound.given) as (container, stream):
                if position > 0:
                    container.seek(int(position * av.time_base), backward=True)
                yield from self._resampled(av, _later(container, stream, position))
        except NotASound:
            return  # up to here it was one

    def _resampled(self, av: Any, frames: Iterator[tuple[Any, float]]) -> Iterator[Any]:
        resampler = av.AudioResampler(format="flt", layout=self._layout, rate=self._rate)
        stretch = None if self._speed == 1 else _Stretch(av, self._speed, self._rate, self._layout)
        skip = last = None
        for frame, early in frames:
            frame.pts = None
            last = frame
            skip = round(early * self._rate) if skip is None else skip
            for each in resampler.resample(frame):
                for made in [each] if stretch is None else stretch.made(each):
                    samples = self._samples(made)
                    yield samples[skip:]
                    skip = max(0, skip - len(samples))
        if last is not None:
            # What a resampler still holds comes out only if something follows: of a click that is all there is.
            for made in resampler.resample(_silence(av, last)):
                yield self._samples(made)[skip:]

    def _samples(self, frame: Any) -> Any:
        channels = 1 if self._layout == "mono" else 2
        values = self._np.frombuffer(bytes(frame.planes[0]), dtype="float32", count=frame.samples * channels)
        return values.repeat(2).reshape(-1, 2) if channels == 1 else values.reshape(-1, 2)


def _later(container: Any, stream: Any, position: float) -> Iterator[tuple[Any, float]]:
    """The frames that end after a position, each with how many seconds of it come before that."""
    start = float((stream.start_time or 0) * stream.time_base)
    for packet in container.demux(stream):
        for frame in _decoded(packet):
            began = (frame.time or 0.0) - start
            if began + frame.samples / frame.rate > position:
                yield frame, max(0.0, position - began)


def _silence(av: Any, like: Any) -> Any:
    """A frame of silence, of the kind of another."""
    frame = av.AudioFrame(format=like.format.name, layout=like.layout.name, samples=PADDING)
    frame.rate = like.rate
    for plane in frame.planes:
        plane.update((b"\x80" if like.format.name.startswith("u8") else b"\0") * plane.buffer_size)
    return frame


def _decoded(packet: Any) -> list[Any]:
    """What a packet holds; a broken one holds nothing, as players pass over it."""
    from av.error import FFmpegError

    try:
        return [frame for frame in packet.decode() if frame.samples]
    except FFmpegError:
        return []


class _Stretch:
    """Plays faster or slower, in the same pitch."""

    def __init__(self, av: Any, speed: float, rate: int, layout: str) -> None:
        self._again: Any = av.error.BlockingIOError, av.error.EOFError
        self._graph = av.filter.Graph()
        source = self._graph.add_abuffer(format="flt", sample_rate=rate, layout=layout, time_base=f"1/{rate}")
        tempo = self._graph.add("atempo", str(speed))
        sink = self._graph.add("abuffersink")
        source.link_to(tempo)
        tempo.link_to(sink)
        self._graph.configure()

    def made(self, frame: Any) -> Iterator[Any]:
        self._graph.push(frame)
        while True:
            try:
                yield self._graph.pull()
            except self._again:
                return
