"""Nodes that change what comes in. Facts: the Web Audio API's standard, node by node."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ....core.listening import call
from ..sounds import numpy
from .graph import QUANTUM, Graph, Node, spread
from .params import AudioParam
from .sources import AudioBuffer


class GainNode(Node):
    """Louder or quieter."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.gain = AudioParam(graph, 1)

    def process(self, frame: int, count: int) -> list[Any]:
        return [self.heard(frame, count) * self.gain.values(frame, count)[:, None]]


class DelayNode(Node):
    """Later, by at most `maxDelayTime` seconds. In a circle it delays by a quantum at least."""

    def __init__(self, graph: Graph, maxDelayTime: float = 1.0) -> None:
        super().__init__(graph)
        if not 0 < maxDelayTime < 180:
            raise ValueError("a delay has at most 180 seconds")
        self.delayTime = AudioParam(graph, 0, 0, maxDelayTime)
        graph.longest_delay += maxDelayTime
        self._size = math.ceil(maxDelayTime * graph.rate) + 2 * QUANTUM
        self._past = numpy().zeros((self._size, 2))
        self._written = -1
        self._asking = False

    def output(self, number: int, frame: int, count: int) -> Any:
        """What it has heard before; in a circle it is asked before it hears what comes in now."""
        if self._asking:
            return self._read(frame, count, QUANTUM)
        self._asking = True
        try:
            if self._written != frame:
                self._written = frame
                places = (frame + numpy().arange(count)) % self._size
                self._past[places] = spread(self.heard(frame, count), 2)
        finally:
            self._asking = False
        return self._read(frame, count, 0)

    def _read(self, frame: int, count: int, least: int) -> Any:
        np = numpy()
        late = (self.delayTime.values(frame, count) * self.graph.rate).clip(least, self._size - QUANTUM)
        places = frame + np.arange(count) - late
        low = np.floor(places).astype(int)
        part = (places - low)[:, None]
        made = self._past[low % self._size] * (1 - part) + self._past[(low + 1) % self._size] * part
        made[places < 0] = 0
        return made


class _Filter(Node):
    """A filter by the coefficients of its transfer function."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self._state: list[list[float]] = []

    def filtered(self, signal: Any, ahead: Sequence[float], back: Sequence[float]) -> Any:
        """The signal after the filter, whose first coefficient of `back` is 1 (transposed direct form II)."""
        np, order = numpy(), max(len(ahead), len(back)) - 1
        ahead = [*ahead, *[0.0] * (order + 1 - len(ahead))]
        back = [*back, *[0.0] * (order + 1 - len(back))]
        while len(self._state) < signal.shape[1]:
            self._state.append([0.0] * (order + 1))
        columns = []
        for channel, state in zip(signal.T.tolist(), self._state, strict=False):
            made = []
            for value in channel:
                out = ahead[0] * value + state[0]
                for at in range(order):
                    state[at] = ahead[at + 1] * value - back[at + 1] * out + state[at + 1]
                made.append(out)
            columns.append(made)
        return np.array(columns).T


class IIRFilterNode(_Filter):
    """A filter by a program's own coefficients."""

    def __init__(self, graph: Graph, feedforward: Sequence[float], feedback: Sequence[float]) -> None:
        super().__init__(graph)
        ahead, back = ([float(each) for each in part] for part in (feedforward, feedback))
        if not (0 < len(ahead) <= 20 and 0 < len(back) <= 20 and back[0] and any(ahead)):
            raise ValueError("a filter has 1 to 20 coefficients each; feedback begins with one that is not 0")
        self._ahead, self._back = ([each / back[0] for each in part] for part in (ahead, back))

    def process(self, frame: int, count: int) -> list[Any]:
        return [self.filtered(self.heard(frame, count), self._ahead, self._back)]


class BiquadFilterNode(_Filter):
    """The usual filters, by the standard's formulas; their numbers are looked at once a quantum."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.type = "lowpass"
        self.frequency = AudioParam(graph, 350, 0, graph.rate / 2)
        self.detune = AudioParam(graph, 0)
        self.Q = AudioParam(graph, 1)
        self.gain = AudioParam(graph, 0)

    def process(self, frame: int, count: int) -> list[Any]:
        cents = self.detune.first(frame, count)
        pitch = self.frequency.first(frame, count) * 2 ** (cents / 1200)
        turn = 2 * math.pi * min(max(pitch / self.graph.rate, 1e-6), 0.499999)
        ahead, back = _biquad(self.type, turn, self.Q.first(frame, count), self.gain.first(frame, count))
        return [self.filtered(self.heard(frame, count), ahead, back)]


def _biquad(type: str, turn: float, q: float, gain: float) -> tuple[list[float], list[float]]:
    """The coefficients of a filter at a frequency, which is `turn` a sample."""
    cos, sin, a = math.cos(turn), math.sin(turn), 10 ** (gain / 40)
    decibels, plain = sin / (2 * 10 ** (q / 20)), sin / (2 * max(q, 1e-9))
    shelf = sin / 2 * math.sqrt(2) * 2 * math.sqrt(a)
    up, down = a + 1, a - 1
    table: dict[str, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
        "lowpass": (((1 - cos) / 2, 1 - cos, (1 - cos) / 2), (1 + decibels, -2 * cos, 1 - decibels)),
        "highpass": (((1 + cos) / 2, -1 - cos, (1 + cos) / 2), (1 + decibels, -2 * cos, 1 - decibels)),
        "bandpass": ((plain, 0, -plain), (1 + plain, -2 * cos, 1 - plain)),
        "notch": ((1, -2 * cos, 1), (1 + plain, -2 * cos, 1 - plain)),
        "allpass": ((1 - plain, -2 * cos, 1 + plain), (1 + plain, -2 * cos, 1 - plain)),
        "peaking": ((1 + plain * a, -2 * cos, 1 - plain * a), (1 + plain / a, -2 * cos, 1 - plain / a)),
        "lowshelf": (
            (a * (up - down * cos + shelf), 2 * a * (down - up * cos), a * (up - down * cos - shelf)),
            (up + down * cos + shelf, -2 * (down + up * cos), up + down * cos - shelf),
        ),
        "highshelf": (
            (a * (up + down * cos + shelf), -2 * a * (down + up * cos), a * (up + down * cos - shelf)),
            (up - down * cos + shelf, 2 * (down - up * cos), up - down * cos - shelf),
        ),
    }
    ahead, back = table.get(type, table["lowpass"])
    return [each / back[0] for each in ahead], [each / back[0] for each in back]


class WaveShaperNode(Node):
    """Distorts by a curve; without one it leaves all as it is. `oversample` is kept, and nothing is oversampled."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.curve: Any = None
        self.oversample = "none"

    def process(self, frame: int, count: int) -> list[Any]:
        heard, curve = self.heard(frame, count), self.curve
        if curve is None or len(curve) == 0:
            return [heard]
        np = numpy()
        values = np.asarray(curve, dtype="float64")
        return [np.interp((heard.clip(-1, 1) + 1) / 2 * (len(values) - 1), np.arange(len(values)), values)]


class ChannelSplitterNode(Node):
    """Each channel by itself."""

    def __init__(self, graph: Graph, numberOfOutputs: int = 6) -> None:
        super().__init__(graph)
        self.numberOfOutputs = numberOfOutputs

    def process(self, frame: int, count: int) -> list[Any]:
        heard = self.heard(frame, count)
        silence = numpy().zeros((count, 1))
        return [heard[:, at : at + 1] if at < heard.shape[1] else silence for at in range(self.numberOfOutputs)]


class ChannelMergerNode(Node):
    """Several inputs as the channels of one."""

    def __init__(self, graph: Graph, numberOfInputs: int = 6) -> None:
        super().__init__(graph)
        self.numberOfInputs = numberOfInputs
        self.inputs = [[] for _ in range(numberOfInputs)]

    def process(self, frame: int, count: int) -> list[Any]:
        return [numpy().concatenate([self.heard(frame, count, at, 1) for at in range(self.numberOfInputs)], axis=1)]


class DynamicsCompressorNode(Node):
    """Lowers what is loud. The standard leaves the exact curve open; this one bends within `knee`."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.threshold = AudioParam(graph, -24, -100, 0)
        self.knee = AudioParam(graph, 30, 0, 40)
        self.ratio = AudioParam(graph, 12, 1, 20)
        self.attack = AudioParam(graph, 0.003, 0, 1)
        self.release = AudioParam(graph, 0.25, 0, 1)
        self.reduction = 0.0

    def process(self, frame: int, count: int) -> list[Any]:
        np, heard = numpy(), self.heard(frame, count)
        threshold, knee, ratio, attack, release = (
            each.first(frame, count) for each in (self.threshold, self.knee, self.ratio, self.attack, self.release)
        )
        level = 20 * np.log10(np.maximum(abs(heard).max(axis=1), 1e-6))
        over = level - threshold
        slope = 1 - 1 / ratio
        bent = slope * (over + knee / 2).clip(0, None) ** 2 / (2 * knee) if knee else slope * over.clip(0, None)
        wanted = np.where(over > knee / 2, slope * over, np.where(over > -knee / 2, bent, 0.0))
        gains, now = [], -self.reduction
        for goal in wanted.tolist():
            seconds = attack if goal > now else release
            now += (goal - now) * (1 - math.exp(-1 / max(seconds * self.graph.rate, 1e-6)))
            gains.append(now)
        self.reduction = -now
        return [heard * (10 ** (-np.array(gains) / 20))[:, None]]


class ScriptProcessorNode(Node):
    """Has a function of the program's process `bufferSize` frames at a time: `onaudioprocess`."""

    def __init__(self, graph: Graph, bufferSize: int, inputs: int, outputs: int, changed: Callable[[], object]) -> None:
        super().__init__(graph)
        self.bufferSize = bufferSize or 1024
        self._inputs, self._outputs = max(inputs, 1), max(outputs, 1)
        self._handler: Callable[..., Any] | None = None
        self._changed = changed
        self._heard: list[Any] = []
        self._ready = numpy().zeros((0, self._outputs))

    @property
    def onaudioprocess(self) -> Callable[..., Any] | None:
        """The function; it gets an event with `inputBuffer`, `outputBuffer` and `playbackTime`."""
        return self._handler

    @onaudioprocess.setter
    def onaudioprocess(self, handler: Callable[..., Any] | None) -> None:
        self._handler = handler
        self._changed()

    def process(self, frame: int, count: int) -> list[Any]:
        np = numpy()
        self._heard.append(self.heard(frame, count, 0, self._inputs))
        if sum(map(len, self._heard)) >= self.bufferSize:
            heard, self._heard = np.concatenate(self._heard)[: self.bufferSize], []
            self._ready = np.concatenate([self._ready, self._processed(heard, frame)])
        if len(self._ready) < count:
            return [np.zeros((count, self._outputs))]
        ready, self._ready = self._ready[:count], self._ready[count:]
        return [ready]

    def _processed(self, heard: Any, frame: int) -> Any:
        np, rate = numpy(), self.graph.rate
        given = AudioBuffer(np.ascontiguousarray(heard.T, dtype="float32"), rate)
        made = AudioBuffer(np.zeros((self._outputs, self.bufferSize), dtype="float32"), rate)
        if self._handler is not None:
            call("audioprocess", self._handler, _Processing(given, made, frame / rate))
        return made.data.T.astype("float64")


class _Processing:
    """The event of `onaudioprocess`."""

    def __init__(self, inputBuffer: AudioBuffer, outputBuffer: AudioBuffer, playbackTime: float) -> None:
        self.inputBuffer = inputBuffer
        self.outputBuffer = outputBuffer
        self.playbackTime = playbackTime
