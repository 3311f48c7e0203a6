"""`AudioParam`: a number of a node that changes in time. Facts: the Web Audio API's standard, "AudioParam"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from ....core.guarded import Keeping
from ..sounds import numpy

if TYPE_CHECKING:
    from .graph import Graph, Node


@attrs.frozen
class _Change:
    """A change on order: its kind, the value that it comes to, when; `since` is when it was ordered."""

    kind: str
    value: float
    time: float
    since: float
    constant: float = 0.0
    curve: Any = None


class AudioParam(Keeping):
    """A number that a program sets, or has changed in time; what is connected to it is added."""

    def __init__(self, graph: Graph, value: float, least: float = -math.inf, most: float = math.inf) -> None:
        self._graph = graph
        self._value = float(value)
        self._changes: list[_Change] = []
        self.defaultValue = float(value)
        self.minValue = least
        self.maxValue = most
        self.inputs: list[tuple[Node, int]] = []

    def in_words(self) -> Iterator[str]:
        """What it was set to."""
        yield f"{self._value:g}"
        yield from ["changing"] if self._changes else []

    @property
    def itself(self) -> AudioParam:
        """What nodes are connected to, however the program holds it."""
        return self

    @property
    def value(self) -> float:
        """What it is now."""
        return float(self._at(numpy().array([self._graph.now]))[0])

    @value.setter
    def value(self, value: float) -> None:
        self._graph.catch_up()
        self._changes = [change for change in self._changes if change.time > self._graph.now]
        self._value = float(value)

    def setValueAtTime(self, value: float, startTime: float) -> AudioParam:
        """Has it become `value` at a time."""
        return self._order("set", value, startTime)

    def linearRampToValueAtTime(self, value: float, endTime: float) -> AudioParam:
        """Has it come to `value` by a time, in a straight line from the change before."""
        return self._order("linear", value, endTime)

    def exponentialRampToValueAtTime(self, value: float, endTime: float) -> AudioParam:
        """The same by a constant factor; `value` may not be 0."""
        if not value:
            raise ValueError("an exponential ramp never comes to 0")
        return self._order("exponential", value, endTime)

    def setTargetAtTime(self, target: float, startTime: float, timeConstant: float) -> AudioParam:
        """Has it draw near `target` from a time on, by 63 % in each `timeConstant` seconds."""
        return self._order("target", target, startTime, constant=float(timeConstant))

    def setValueCurveAtTime(self, values: Sequence[float], startTime: float, duration: float) -> AudioParam:
        """Has it go along the values from a time on, for so many seconds."""
        curve = numpy().asarray(values, dtype="float64")
        if len(curve) < 2 or not duration > 0:
            raise ValueError("a curve has two values or more, and a duration")
        return self._order("curve", curve[-1], startTime, constant=float(duration), curve=curve)

    def cancelScheduledValues(self, cancelTime: float) -> AudioParam:
        """Forgets the changes from a time on."""
        self._graph.catch_up()
        self._changes = [change for change in self._changes if change.time < cancelTime]
        return self

    def cancelAndHoldAtTime(self, cancelTime: float) -> AudioParam:
        """The same; it stays what it is by then."""
        held = float(self._at(numpy().array([cancelTime]))[0])
        self.cancelScheduledValues(cancelTime)
        return self._order("set", held, cancelTime)

    def _order(self, kind: str, value: float, time: float, **more: Any) -> AudioParam:
        if not (math.isfinite(value) and math.isfinite(time) and time >= 0):
            raise ValueError(f"{value!r} at {time!r} is nothing that it could become")
        self._graph.catch_up()
        since = self._graph.now
        self._changes.append(_Change(kind, float(value), float(time), since, **more))
        self._changes.sort(key=lambda change: change.time)
        return self

    # --- for nodes ----------------------------------------------------------------------------------------------

    def values(self, frame: int, count: int) -> Any:
        """What it is in each of so many frames."""
        np, rate = numpy(), self._graph.rate
        made = self._at((np.arange(count) + frame) / rate) if self._changes else np.full(count, self._value)
        for node, output in self.inputs:
            made = made + node.output(output, frame, count).mean(axis=1)
        return made.clip(self.minValue, self.maxValue)

    def first(self, frame: int, count: int) -> float:
        """What it is in the first of them."""
        return float(self.values(frame, count)[0])

    def _at(self, moments: Any) -> Any:
        np = numpy()
        made, before, was = np.full(len(moments), self._value), None, self._value
        for change in self._changes:
            time, value = change.time, change.value
            began = change.since if before is None else before
            after = moments >= time
            if change.kind in ("linear", "exponential") and time > began:
                part = ((moments - began) / (time - began)).clip(0, 1)
                grows = change.kind == "exponential" and was * value > 0
                ramp = was * (value / was) ** part if grows else was + (value - was) * part
                if change.kind == "exponential" and not grows:
                    ramp = np.full(len(moments), was)
                going = (moments > began) & ~after
                made[going] = ramp[going]
            if change.kind == "target":
                drawing = value + (was - value) * np.exp(-(moments - time) / max(change.constant, 1e-9))
                made[after] = drawing[after]
                before = time
                continue
            if change.kind == "curve":
                places = np.linspace(time, time + change.constant, len(change.curve))
                made[after] = np.interp(moments[after], places, change.curve)
                was, before = value, time + change.constant
                continue
            made[after] = value
            was, before = value, time
        return made
