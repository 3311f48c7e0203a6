"""What was heard of all players together: their samples, added up."""

from __future__ import annotations

import io
import math
import wave
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from .player import Heard
from .sounds import RATE, Reader, in_16_bits, numpy

if TYPE_CHECKING:
    from .web_audio.context import WebAudioContext

#: So much is mixed at a time, in seconds.
PIECE = 1.0
#: What is mixed at once has to fit into memory: so many seconds, a gigabyte. A clock may have gone on for a day.
LONGEST = 7200.0
#: What repeats is kept in memory up to this length, in seconds.
LONGEST_LOOP = 60.0


class Mixer:
    """Mixes what was heard, piece by piece, in stereo; `rate` samples a second."""

    def __init__(self, heard: Iterable[Heard], contexts: Iterable[WebAudioContext], rate: int = RATE) -> None:
        self._np = numpy()
        self._rate = rate
        self._contexts = contexts
        self._heard = heard
        self._readers: WeakKeyDictionary[Heard, Reader] = WeakKeyDictionary()
        self._loops: WeakKeyDictionary[Heard, Any] = WeakKeyDictionary()

    def pieces(self, since: float, until: float) -> Iterator[Any]:
        """The samples between two moments of the phone's clock, as arrays of frames by channels."""
        frames, done = round((until - since) * self._rate), 0
        while done < frames:
            size = min(round(PIECE * self._rate), frames - done)
            yield self.piece(since + done / self._rate, size, until)
            done += size

    def piece(self, since: float, size: int, now: float) -> Any:
        """So many frames from a moment on; what still plays does so until `now`."""
        mixed = self._np.zeros((size, 2), dtype="float32")
        for heard in tuple(self._heard):
            first = max(round((heard.began - since) * self._rate), 0)
            ended = now if heard.ended is None else heard.ended
            last = min(round((ended - since) * self._rate), size)
            if first < last and not heard.silent:
                into = since + first / self._rate - heard.began
                mixed[first:last] += heard.volume * self._read(heard, into, last - first)
        for context in tuple(self._contexts):
            for began, halted, at in context.spans:
                first = max(round((began - since) * self._rate), 0)
                last = min(round(((now if halted is None else halted) - since) * self._rate), size)
                if first < last:
                    mixed[first:last] += self._of(context, at + since + first / self._rate - began, last - first)
        return mixed.clip(-1, 1)

    def _of(self, context: WebAudioContext, time: float, frames: int) -> Any:
        """So many frames of a context from one of its times on."""
        np, own = self._np, context.sampleRate
        if own == self._rate:
            return context.samples(time, time + frames / own)[:frames]
        moments = np.arange(frames) * (own / self._rate)
        given = context.samples(time, time + (frames + 1) / self._rate)
        sides = [np.interp(moments, np.arange(len(given)), given[:, side]) for side in (0, 1)]
        return np.stack(sides, axis=1)

    def _read(self, heard: Heard, into: float, frames: int) -> Any:
        """So many frames of a track, from `into` seconds of it on; one that repeats begins again at its end."""
        reader = self._readers.get(heard)
        if reader is None:
            reader = self._readers[heard] = Reader(heard.sound, speed=heard.rate, rate=self._rate)
        if heard.loop and heard.sound.duration <= LONGEST_LOOP:
            return self._again_and_again(heard, reader, into, frames)
        parts, duration = [], heard.sound.duration
        while frames > 0:
            position = heard.position + into * heard.rate
            position = position % duration if heard.loop else position
            left = max(math.ceil((duration - position) / heard.rate * self._rate), 1)
            count = min(frames, left) if heard.loop else frames
            parts.append(reader.read(position, count))
            frames, into = frames - count, into + count / self._rate
        return self._np.concatenate(parts)

    def _again_and_again(self, heard: Heard, reader: Reader, into: float, frames: int) -> Any:
        """The same of a sound that is kept as a whole, so that it is not decoded for each of its rounds."""
        whole = self._loops.get(heard)
        if whole is None:
            count = max(round(heard.sound.duration / heard.rate * self._rate), 1)
            whole = self._loops[heard] = reader.read(0.0, count)
        first = round((heard.position / heard.rate + into) * self._rate)
        return whole[(first + self._np.arange(frames)) % len(whole)]


def wav(pieces: Iterable[Any], rate: int) -> bytes:
    """Samples as a WAV file of 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(2)
        made.setsampwidth(2)
        made.setframerate(rate)
        for piece in pieces:
            made.writeframesraw(in_16_bits(piece))
    return file.getvalue()
