"""Nodes that sound by themselves, and the buffers that they play."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from ....core.telling import Showing, count
from ..sounds import numpy
from .graph import Graph, Node
from .params import AudioParam

FULL = 2**31


class AudioBuffer(Showing):
    """Samples in memory, channel by channel, from -1 to 1."""

    KIND = "AudioBuffer"

    def __init__(self, data: Any, sampleRate: int) -> None:
        self.data = data
        self.sampleRate = sampleRate

    def in_words(self) -> Iterator[str]:
        """How long it is."""
        yield f"{self.numberOfChannels} x {self.length} at {self.sampleRate} Hz"

    @property
    def itself(self) -> AudioBuffer:
        """The buffer, however the program holds it."""
        return self

    @property
    def length(self) -> int:
        """How many frames it has."""
        return int(self.data.shape[1])

    @property
    def numberOfChannels(self) -> int:
        """How many channels."""
        return int(self.data.shape[0])

    @property
    def duration(self) -> float:
        """In seconds."""
        return self.length / self.sampleRate

    def getChannelData(self, channel: int = 0) -> Any:
        """The samples of a channel, an array of numpy's; what is written there is played."""
        return self.data[self._checked(channel)]

    def copyFromChannel(self, destination: Any, channelNumber: int = 0, startInChannel: int = 0) -> None:
        """Writes the channel's samples into an array, from a frame on, as many as fit."""
        samples = self.data[self._checked(channelNumber)][startInChannel : startInChannel + len(destination)]
        for at, sample in enumerate(samples):
            destination[at] = float(sample)

    def copyToChannel(self, source: Any, channelNumber: int = 0, startInChannel: int = 0) -> None:
        """Takes the channel's samples from an array, from a frame on, as many as fit."""
        room = self.data[self._checked(channelNumber)][startInChannel:]
        given = numpy().asarray(source, dtype="float32")[: len(room)]
        room[: len(given)] = given

    def _checked(self, channel: int) -> int:
        if not 0 <= channel < self.numberOfChannels:
            raise IndexError(f"there is no channel {channel}")
        return channel


class Scheduled(Node):
    """A node that sounds from `start` until `stop`, or until it has ended."""

    INPUTS = 0

    def __init__(self, graph: Graph, changed: Callable[[], object]) -> None:
        super().__init__(graph)
        self.begins = math.inf
        self.ends = math.inf
        self.is_over = False
        self.onended: Callable[..., Any] | None = None
        self._changed = changed

    def in_words(self) -> Iterator[str]:
        """Whether it sounds."""
        yield "over" if self.is_over else "not started" if self.begins == math.inf else "started"

    def start(self, when: float = 0.0) -> None:
        """Sounds from a time of the context on; now, if that has been."""
        if self.begins != math.inf:
            raise ValueError("a source starts once")
        self.graph.catch_up()
        self.begins = round(max(when or 0.0, self.graph.now) * self.graph.rate)
        self.graph.sources[self] = None
        self._changed()

    def stop(self, when: float = 0.0) -> None:
        """Is silent from then on."""
        if self.begins == math.inf:
            raise ValueError("a source that has not started can't stop")
        self.graph.catch_up()
        self.ends = round(max(when or 0.0, self.graph.now) * self.graph.rate)
        self._changed()

    @property
    def due(self) -> float:
        """By which time of the context it is over, as far as that is known, in seconds."""
        return self.ends / self.graph.rate

    def process(self, frame: int, count: int) -> list[Any]:
        """Its sound, where it does sound."""
        if self.is_over:
            return [numpy().zeros((count, 1))]
        first = min(max(int(self.begins - frame), 0), count) if self.begins != math.inf else count
        last = min(max(int(self.ends - frame), 0), count) if self.ends != math.inf else count
        made = self.sound(frame + first, last - first) if last > first else numpy().zeros((0, 1))
        if self.ends <= frame + count:
            self.is_over = True
        padded = numpy().zeros((count, made.shape[1]))
        padded[first : first + len(made)] = made
        return [padded]

    def sound(self, frame: int, count: int) -> Any:
        """So many frames of it."""
        raise NotImplementedError


class ConstantSourceNode(Scheduled):
    """One value."""

    def __init__(self, graph: Graph, changed: Callable[[], object]) -> None:
        super().__init__(graph, changed)
        self.offset = AudioParam(graph, 1)

    def sound(self, frame: int, count: int) -> Any:
        return self.offset.values(frame, count)[:, None]


class PeriodicWave(Showing):
    """A wave by its parts: their cosines and sines."""

    def __init__(self, real: Any, imag: Any, *, disableNormalization: bool = False) -> None:
        np = numpy()
        self._real, self._imag = (np.asarray(part, dtype="float64").copy() for part in (real, imag))
        if len(self._real) != len(self._imag) or len(self._real) < 2:
            raise ValueError("the cosines and the sines have to be as many, and two at least")
        self._real[0] = self._imag[0] = 0
        self._scale = 1.0
        if not disableNormalization:
            peak = abs(self.at(np.arange(2048) / 2048, 2048)).max()
            self._scale = 1 / peak if peak else 1.0

    def in_words(self) -> Iterator[str]:
        """Of how many parts it is."""
        yield count(len(self._real) - 1, "parts")

    def at(self, phases: Any, most: float) -> Any:
        """Its values at phases from 0 to 1, of the parts up to the number `most`."""
        np = numpy()
        made = np.zeros(len(phases))
        for number in range(1, min(len(self._real), int(most) + 1)):
            turn = 2 * np.pi * number * phases
            if self._real[number]:
                made += self._real[number] * np.cos(turn)
            if self._imag[number]:
                made += self._imag[number] * np.sin(turn)
        return made * self._scale


class OscillatorNode(Scheduled):
    """A wave that repeats: `sine`, `square`, `sawtooth`, `triangle`, or one of the program's own."""

    def __init__(self, graph: Graph, changed: Callable[[], object]) -> None:
        super().__init__(graph, changed)
        self.frequency = AudioParam(graph, 440, -graph.rate / 2, graph.rate / 2)
        self.detune = AudioParam(graph, 0)
        self._type = "sine"
        self._wave: PeriodicWave | None = None
        self._phase = 0.0

    @property
    def type(self) -> str:
        """Its form."""
        return self._type

    @type.setter
    def type(self, type: str) -> None:
        if type not in ("sine", "square", "sawtooth", "triangle"):
            return  # as browsers, which take no other word
        self.graph.catch_up()
        self._type, self._wave = type, None

    def setPeriodicWave(self, wave: PeriodicWave) -> None:
        """Sounds as that wave."""
        self.graph.catch_up()
        self._type, self._wave = "custom", wave

    def sound(self, frame: int, count: int) -> Any:
        np = numpy()
        cents = self.detune.values(frame, count)
        pitches = self.frequency.values(frame, count) * 2 ** (cents / 1200)
        turned = self._phase + np.concatenate([[0.0], np.cumsum(pitches / self.graph.rate)])
        phases, self._phase = turned[:-1] % 1, float(turned[-1] % 1)
        return self._form(phases, pitches)[:, None]

    def _form(self, phases: Any, pitches: Any) -> Any:
        np = numpy()
        if self._wave is not None:
            return self._wave.at(phases, self.graph.rate / 2 / max(abs(pitches).max(), 1e-9))
        if self._type == "square":
            return np.where(phases < 0.5, 1.0, -1.0)
        if self._type == "sawtooth":
            return 2 * ((phases + 0.5) % 1) - 1
        if self._type == "triangle":
            return 1 - 4 * abs((phases + 0.25) % 1 - 0.5)
        return np.sin(2 * np.pi * phases)


class BufferSourceNode(Scheduled):
    """Plays an `AudioBuffer`, once or, from `loopStart` to `loopEnd`, again and again."""

    def __init__(self, graph: Graph, changed: Callable[[], object]) -> None:
        super().__init__(graph, changed)
        self.playbackRate = AudioParam(graph, 1)
        self.detune = AudioParam(graph, 0)
        self.loopStart = 0.0
        self.loopEnd = 0.0
        self._loop = False
        self._buffer: AudioBuffer | None = None
        self._position = 0.0
        self._most = math.inf

    @property
    def buffer(self) -> AudioBuffer | None:
        """What it plays."""
        return self._buffer

    @buffer.setter
    def buffer(self, buffer: Any) -> None:
        self.graph.catch_up()
        self._buffer = None if buffer is None else buffer.itself

    @property
    def loop(self) -> bool:
        """Whether it begins again."""
        return self._loop

    @loop.setter
    def loop(self, loop: bool) -> None:
        self.graph.catch_up()
        self._loop = bool(loop)
        self._changed()

    def start(self, when: float = 0.0, offset: float = 0.0, duration: float | None = None) -> None:
        """Plays from a time of the context on, `offset` of the buffer and at most `duration` of it; in seconds."""
        rate = self._buffer.sampleRate if self._buffer is not None else self.graph.rate
        self._position = max(offset or 0.0, 0.0) * rate
        self._most = math.inf if duration is None else max(duration, 0.0) * rate
        super().start(when)

    @property
    def due(self) -> float:
        if self._buffer is None or self.begins == math.inf:
            return super().due
        left = math.inf if self._loop else self._buffer.length - self._position
        speed = abs(self.playbackRate.value) or 1e-6
        began = max(self.begins, self.graph.frame) / self.graph.rate
        return min(super().due, began + min(left, self._most) / self._buffer.sampleRate / speed)

    def sound(self, frame: int, count: int) -> Any:
        np, buffer = numpy(), self._buffer
        if buffer is None:
            return np.zeros((count, 1))
        speeds = self.playbackRate.values(frame, count) * 2 ** (self.detune.values(frame, count) / 1200)
        steps = speeds * (buffer.sampleRate / self.graph.rate)
        gone = np.concatenate([[0.0], np.cumsum(steps)])
        places = self._position + gone[:-1]
        self._position, self._most = self._position + float(gone[-1]), self._most - abs(float(gone[-1]))
        silent = abs(gone[:-1]) >= self._most + abs(float(gone[-1]))
        if self._loop:
            places = self._in_the_loop(places, buffer)
        else:
            silent = silent | (places >= buffer.length) | (places < 0)
            if self._position >= buffer.length or self._position < 0:
                self.is_over = True
        if self._most <= 0:
            self.is_over = True
        at = np.arange(buffer.length)
        made = np.stack([np.interp(places, at, channel, right=0.0) for channel in buffer.data], axis=1)
        made[silent] = 0
        return made

    def _in_the_loop(self, places: Any, buffer: AudioBuffer) -> Any:
        first, last = self.loopStart * buffer.sampleRate, (self.loopEnd or buffer.duration) * buffer.sampleRate
        if not 0 <= first < last <= buffer.length:
            first, last = 0.0, float(buffer.length)
        return numpy().where(places < last, places, first + (places - first) % (last - first))
