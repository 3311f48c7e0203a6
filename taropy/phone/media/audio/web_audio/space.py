"""Sound in space: where the listener is, and where sounds come from."""

from __future__ import annotations

import math
from typing import Any

from ....core.guarded import Keeping
from ..sounds import numpy
from .graph import Graph, Node, spread
from .params import AudioParam

Vector = tuple[float, float, float]


class AudioListener(Keeping):
    """Who listens: where they are, where they look, and where up is."""

    KIND = "WebAudioContextNode"

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.positionX = self.positionY = self.positionZ = 0.0
        self.forwardX, self.forwardY, self.forwardZ = 0.0, 0.0, -1.0
        self.upX, self.upY, self.upZ = 0.0, 1.0, 0.0

    def setPosition(self, *position: float) -> None:
        """Where they are: x, y, z."""
        self.graph.catch_up()
        self.positionX, self.positionY, self.positionZ = map(float, position)

    def setOrientation(self, *directions: float) -> None:
        """Where they look, and where up is: x, y, z of each."""
        self.graph.catch_up()
        self.forwardX, self.forwardY, self.forwardZ, self.upX, self.upY, self.upZ = map(float, directions)

    def vector(self, name: str) -> Vector:
        """`position`, `forward` or `up`."""
        x, y, z = (float(getattr(self, f"{name}{axis}")) for axis in "XYZ")
        return x, y, z


class PannerNode(Node):
    """Places what comes in. Its `panningModel` is kept; the phone hears `equalpower`, whichever it is."""

    def __init__(self, graph: Graph, listener: AudioListener) -> None:
        super().__init__(graph)
        self._listener = listener
        self.panningModel = "equalpower"
        self.distanceModel = "inverse"
        self.refDistance = 1.0
        self.maxDistance = 10_000.0
        self.rolloffFactor = 1.0
        self.coneInnerAngle = 360.0
        self.coneOuterAngle = 360.0
        self.coneOuterGain = 0.0
        self.positionX, self.positionY, self.positionZ = (AudioParam(graph, 0) for _ in range(3))
        self.orientationX, self.orientationY, self.orientationZ = (AudioParam(graph, each) for each in (1, 0, 0))

    def setPosition(self, x: float, y: float, z: float) -> None:
        """Where the sound comes from."""
        self.positionX.value, self.positionY.value, self.positionZ.value = x, y, z

    def setOrientation(self, x: float, y: float, z: float) -> None:
        """Where the sound is directed."""
        self.orientationX.value, self.orientationY.value, self.orientationZ.value = x, y, z

    def process(self, frame: int, count: int) -> list[Any]:
        np, heard = numpy(), self.heard(frame, count)
        place = self._first((self.positionX, self.positionY, self.positionZ), frame, count)
        aim = self._first((self.orientationX, self.orientationY, self.orientationZ), frame, count)
        away = _minus(place, self._listener.vector("position"))
        gain = self._distance(math.hypot(*away)) * self._cone(_minus((0, 0, 0), away), aim)
        azimuth = _azimuth(away, self._listener.vector("forward"), self._listener.vector("up"))
        if heard.shape[1] == 1:
            turn = (azimuth + 90) / 180 * math.pi / 2
            sides = spread(heard, 2) * np.array([math.cos(turn), math.sin(turn)])
        else:
            turn = ((azimuth + 90) if azimuth <= 0 else azimuth) / 90 * math.pi / 2
            left, right = heard[:, 0], heard[:, 1]
            if azimuth <= 0:
                sides = np.stack([left + right * math.cos(turn), right * math.sin(turn)], axis=1)
            else:
                sides = np.stack([left * math.cos(turn), right + left * math.sin(turn)], axis=1)
        return [sides * gain]

    def _first(self, params: tuple[AudioParam, ...], frame: int, count: int) -> Vector:
        x, y, z = (each.first(frame, count) for each in params)
        return x, y, z

    def _distance(self, distance: float) -> float:
        reference, most, factor = self.refDistance, self.maxDistance, self.rolloffFactor
        if self.distanceModel == "linear":
            low, high = min(reference, most), max(reference, most)
            if low == high:
                return 1 - factor
            return 1 - min(max(factor, 0), 1) * (min(max(distance, low), high) - low) / (high - low)
        distance = max(distance, reference)
        if not reference:
            return 0.0
        if self.distanceModel == "exponential":
            return float((distance / reference) ** -factor)
        return reference / (reference + factor * (distance - reference))

    def _cone(self, towards: Vector, aim: Vector) -> float:
        if not math.hypot(*aim) or (self.coneInnerAngle == 360 and self.coneOuterAngle == 360):
            return 1.0
        lengths = math.hypot(*towards) * math.hypot(*aim)
        angle = math.degrees(math.acos(min(max(_dot(towards, aim) / lengths, -1), 1))) if lengths else 0.0
        inner, outer = self.coneInnerAngle / 2, self.coneOuterAngle / 2
        if angle <= inner:
            return 1.0
        if angle >= outer:
            return self.coneOuterGain
        part = (angle - inner) / (outer - inner)
        return 1 - part + self.coneOuterGain * part


def _azimuth(away: Vector, forward: Vector, up: Vector) -> float:
    """How far to the right a sound comes from, in degrees, -90 to 90: what is behind is heard as what is in front."""
    right = _cross(forward, up)
    if not math.hypot(*away) or not math.hypot(*right):
        return 0.0
    side = _dot(away, right) / math.hypot(*right)
    front = _dot(away, forward) / math.hypot(*forward)
    azimuth = math.degrees(math.atan2(side, front))
    if azimuth < -90:
        return -180 - azimuth
    return 180 - azimuth if azimuth > 90 else azimuth


def _minus(one: Vector, other: Vector) -> Vector:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def _dot(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _cross(a: Vector, b: Vector) -> Vector:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
