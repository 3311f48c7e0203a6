"""How a value goes in time: eased, on a spring, or slowing down. Times are in seconds.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/worklet/animation and, for the curves of `Easing`, the tables of
easings.net that it refers to. The motions are those of a damped spring and of a speed that falls by the same part in
every millisecond; when they count as ended, WeChat does not say.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import attrs

from ..core.frames import FRAME

Curve = Callable[[float], float]

#: The longest that a spring may swing.
LONGEST = 60.0
#: What a value that slows down stands still at, in units a second.
STANDSTILL = 1.0


@attrs.frozen
class Leg:
    """A part of a motion: where it is after so many seconds, for how long, and where it ends."""

    seconds: float
    at: Curve
    end: float


def eased(start: float, to: float, seconds: float, easing: Curve) -> Leg:
    """From one value to another along a curve."""

    def at(elapsed: float) -> float:
        return start + (to - start) * float(easing(1.0 if seconds <= 0 else elapsed / seconds))

    return Leg(seconds, at, to)


def sprung(start: float, to: float, settings: Mapping[str, float]) -> Leg:
    """As a mass on a spring goes, until it hardly moves any more and is hardly off."""
    mass, stiffness, damping = settings["mass"], settings["stiffness"], settings["damping"]
    frequency = math.sqrt(stiffness / mass)
    ratio = damping / (2 * math.sqrt(stiffness * mass))
    off, speed = start - to, settings["velocity"]

    def displaced(elapsed: float) -> float:
        if ratio < 1:
            swing = frequency * math.sqrt(1 - ratio * ratio)
            fading = math.exp(-ratio * frequency * elapsed)
            sine = (speed + ratio * frequency * off) / swing
            return fading * (off * math.cos(swing * elapsed) + sine * math.sin(swing * elapsed))
        if ratio == 1:
            return (off + (speed + frequency * off) * elapsed) * math.exp(-frequency * elapsed)
        root = frequency * math.sqrt(ratio * ratio - 1)
        slow, fast = -ratio * frequency + root, -ratio * frequency - root
        first = (speed - fast * off) / (slow - fast)
        return first * math.exp(slow * elapsed) + (off - first) * math.exp(fast * elapsed)

    seconds = _rest(displaced, settings)
    return Leg(seconds, lambda elapsed: to + displaced(elapsed), to)


def _rest(displaced: Curve, settings: Mapping[str, float]) -> float:
    """When the spring rests, to the frame; where it may not swing over, when it first gets there."""
    frames = int(LONGEST / FRAME)
    before = displaced(0.0)
    for frame in range(1, frames + 1):
        now = displaced(frame * FRAME)
        if settings["overshootClamping"] and (now == 0 or (now > 0) != (before > 0)) and before != 0:
            return frame * FRAME
        slow = abs(now - before) / FRAME < settings["restSpeedThreshold"]
        if slow and abs(now) < settings["restDisplacementThreshold"]:
            return frame * FRAME
        before = now
    return LONGEST


def slowing(start: float, velocity: float, deceleration: float, clamp: tuple[float, float] | None) -> Leg:
    """On at a speed, in units a second, that is multiplied by `deceleration` in every millisecond."""
    rate = 1000 * math.log(deceleration)
    seconds = 0.0 if abs(velocity) <= STANDSTILL else math.log(STANDSTILL / abs(velocity)) / rate

    def at(elapsed: float) -> float:
        return start + velocity * (math.exp(rate * elapsed) - 1) / rate

    end = at(seconds)
    if clamp is not None and not clamp[0] <= end <= clamp[1]:
        end = min(max(end, clamp[0]), clamp[1])
        # How long it takes to get there, if it isn't beyond already.
        part = 1 + (end - start) * rate / velocity if velocity else 1.0
        seconds = math.log(part) / rate if 0 < part < 1 else 0.0
    return Leg(seconds, at, end)
