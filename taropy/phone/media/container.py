"""`MediaContainer`: takes videos apart into tracks, and makes one video of tracks, by PyAV.

Facts: developers.weixin.qq.com/miniprogram/dev, "api/media/video-processing"; miniprogram-api-typings 5.2.3. What
callbacks are told (`tracks`, `tempFilePath`) is how the guide's readers use it; the declarations leave it out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...extras import need
from ...models.record import Record
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.disk import whole_or_nothing
from ..core.functions import answered, plain
from ..core.options import js_type, required, wrong_type
from ..core.room import Manager
from ..core.telling import count
from . import videos
from .copies import NO_VIDEO

if TYPE_CHECKING:
    from .face import VideoRoom

DESTROYED = "the container has been destroyed"
NO_TRACKS = "the container has no tracks"
#: What an MP4 may have as it is; other pictures are written again.
AS_IT_IS = frozenset({"h264", "hevc", "mpeg4"})
RATE = 44_100


class MediaContainer(Manager):
    """The tracks of one video to be made. The first picture track is the picture, all sound tracks sound together."""

    def __init__(self, room: VideoRoom, app: App) -> None:
        super().__init__(room.phone, app)
        self._room = room
        #: Where each track that was given out comes from, by its `id`; and those that are in the container.
        self._sources: dict[int, tuple[Path, Record]] = {}
        self._tracks: list[int] = []
        self._destroyed = False

    def in_words(self) -> Iterator[str]:
        """What is in it."""
        yield "destroyed" if self._destroyed else count(len(self._tracks), "tracks")

    @answered
    async def extractDataSource(self, app: App, options: Options) -> Result:
        """Takes a local video apart: `tracks`, each of a `kind`, so many seconds long; sound has a `volume` to set.

        What is no video fails, in our words, `invalid video`.
        """
        source = required(options, "source", "String")
        self._need()
        file = self.phone.files.local(app, source)
        try:
            found = await asyncio.to_thread(_tracks_of, file)
        except videos.NotAVideo as error:
            raise Fail(NO_VIDEO) from error
        return Record({"tracks": [self._given(file, kind, duration) for kind, duration in found]})

    @plain
    def addTrack(self, app: App, track: Any = None) -> None:
        """Adds a track of `extractDataSource`'s to what is made."""
        number = self._number(track)
        if number not in self._tracks:
            self._tracks.append(number)

    @plain
    def removeTrack(self, app: App, track: Any = None) -> None:
        """Takes it out again."""
        number = self._number(track)
        if number in self._tracks:
            self._tracks.remove(number)

    @answered
    async def export(self, app: App, options: Options) -> Result:
        """Makes an MP4 of the tracks that are in: `tempFilePath`."""
        self._need()
        if not self._tracks:
            raise Fail(NO_TRACKS)
        chosen = [self._sources[number] for number in self._tracks]
        program, real = self.phone.files.new_temporary(app, ".mp4")
        try:
            with whole_or_nothing(real):
                await asyncio.to_thread(_export, chosen, real)
        except videos.NotAVideo as error:
            raise Fail(NO_VIDEO) from error
        except OSError as error:
            raise self.phone.files.failure(error, program) from error
        return {"tempFilePath": program}

    @plain
    def destroy(self, app: App) -> None:
        """Frees the container for good."""
        self.close()
        self._room.forget(self)

    def close(self) -> None:
        """Lets go of its tracks."""
        self._destroyed = True
        self._sources.clear()
        self._tracks.clear()

    def _need(self) -> None:
        if self._destroyed:
            raise Fail(DESTROYED)

    def _given(self, file: Path, kind: str, duration: float) -> Record:
        number = len(self._sources) + 1
        track: Record = Record({"kind": kind, "duration": duration, "volume": 1, "id": number})
        self._sources[number] = file, track
        return track

    def _number(self, track: Any) -> int:
        """Which of the tracks it is; programs may hand on a copy."""
        self._need()
        number = track.get("id") if isinstance(track, dict) else None
        if number not in self._sources:
            raise wrong_type("parameter", "MediaTrack", track)
        assert isinstance(number, int)
        if js_type(track.get("volume")) == "Number":
            self._sources[number][1]["volume"] = track["volume"]
        return number


def _tracks_of(file: Path) -> list[tuple[str, float]]:
    """The kinds of the file's tracks, and how many seconds each has."""
    with videos.opened(file) as container:
        whole = (container.duration or 0) / 1_000_000
        return [
            (stream.type, whole if stream.duration is None else float(stream.duration * stream.time_base))
            for stream in container.streams
            if stream.type in ("video", "audio")
        ]


def _export(tracks: list[tuple[Path, Record]], target: Path) -> None:
    av = need("av", extra="video")
    pictures = [file for file, track in tracks if track.kind == "video"][:1]
    sounds = [(file, _volume(track)) for file, track in tracks if track.kind == "audio"]
    with ExitStack() as open_:
        made = open_.enter_context(av.open(str(target), "w", format="mp4"))
        sources = [open_.enter_context(videos.opened(file)) for file in pictures]
        heard = [(open_.enter_context(videos.opened(file)), volume) for file, volume in sounds]
        # All streams have to be there before the first packet.
        parts = [_picture_packets(source, made) for source in sources] + (
            [_sound_packets(heard, made)] if heard else []
        )
        for part in parts:
            next(part)
        for part in parts:
            for packet in part:
                made.mux(packet)


def _volume(track: Record) -> float:
    return min(max(float(track.volume), 0.0), 1.0) if js_type(track.volume) == "Number" else 1.0


def _picture_packets(source: Any, made: Any) -> Iterator[Any]:
    """First nothing, once the stream is there; then what is to be written of the picture."""
    seen = source.streams.video[0]
    if seen.codec_context.name in AS_IT_IS:
        stream = made.add_stream_from_template(seen)
        yield None
        for packet in source.demux(seen):
            if packet.dts is not None:
                packet.stream = stream
                yield packet
        return
    stream = made.add_stream("libx264", rate=Fraction(seen.average_rate or videos.USUAL_RATE).limit_denominator(1001))
    stream.width, stream.height, stream.pix_fmt = seen.width // 2 * 2, seen.height // 2 * 2, "yuv420p"
    stream.codec_context.time_base = seen.time_base
    yield None
    for frame in source.decode(seen):
        drawn = frame.reformat(width=stream.width, height=stream.height, format="yuv420p")
        drawn.pict_type = 0
        yield from stream.encode(drawn)
    yield from stream.encode(None)


def _sound_packets(heard: list[tuple[Any, float]], made: Any) -> Iterator[Any]:
    """The same for all sounds together, each as loud as its track says."""
    stream = made.add_stream("aac", rate=RATE, layout="stereo")
    yield None
    graph, inputs, take = _mixer([(source.streams.audio[0], volume) for source, volume in heard])
    frames = [source.decode(source.streams.audio[0]) for source, _ in heard]
    open_inputs = dict(enumerate(inputs))
    while open_inputs:  # by turns, so that no sound waits for another in memory
        for index, into in list(open_inputs.items()):
            frame = next(frames[index], None)
            into.push(frame)
            if frame is None:
                del open_inputs[index]
        yield from _encoded(stream, take)
    yield from stream.encode(None)
    del graph


def _mixer(heard: list[tuple[Any, float]]) -> tuple[Any, list[Any], Callable[[], Any]]:
    """The graph, what sounds are put in, and what gives the mixed ones."""
    av = need("av", extra="video")
    need("av.filter", extra="video")
    graph = av.filter.Graph()
    mix = graph.add("amix", f"inputs={len(heard)}:normalize=0")
    inputs = []
    for index, (sound, volume) in enumerate(heard):
        into, louder = graph.add_abuffer(template=sound), graph.add("volume", f"{volume:.3f}")
        into.link_to(louder)
        louder.link_to(mix, 0, index)
        inputs.append(into)
    form = graph.add("aformat", f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts=stereo")
    out = graph.add("abuffersink")
    mix.link_to(form)
    form.link_to(out)
    graph.configure()
    return graph, inputs, out.pull


def _encoded(stream: Any, take: Callable[[], Any]) -> Iterator[Any]:
    av = need("av", extra="video")
    while True:
        try:
            frame = take()
        except (av.BlockingIOError, av.EOFError):
            return
        frame.pts = None
        yield from stream.encode(frame)
