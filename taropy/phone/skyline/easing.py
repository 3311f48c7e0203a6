"""`worklet.Easing`: curves from 0 to 1, by the part of the time that is over."""

from __future__ import annotations

import math
from typing import Any, ClassVar

from ..core.answers import Fail
from ..core.app import App
from ..core.functions import plain
from ..core.options import function, number
from ..core.room import Manager
from .curves import Curve

#: How far a curve of Bézier's is halved to find its place: far below what any screen shows.
HALVINGS = 40


def quad(part: float) -> float:
    """Ever faster."""
    return part * part


def in_out(easing: Curve) -> Curve:
    """The curve forwards in the first half, and backwards in the second."""
    return lambda part: easing(part * 2) / 2 if part < 0.5 else 1 - easing((1 - part) * 2) / 2


def bezier(x1: float, y1: float, x2: float, y2: float) -> Curve:
    """CSS's `cubic-bezier`."""

    def along(one: float, other: float, step: float) -> float:
        rest = 1 - step
        return 3 * rest * rest * step * one + 3 * rest * step * step * other + step**3

    def curve(part: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if along(x1, x2, middle) < part:
                low = middle
            else:
                high = middle
        return part if part in (0, 1) else along(y1, y2, (low + high) / 2)

    return curve


_EASE = bezier(0.42, 0, 1, 1)


class Easing(Manager):
    """The curves, and functions that make one of another: `in`, written `in_`, `out`, `inOut`."""

    KIND: ClassVar[str] = "worklet.Easing"

    @plain
    def linear(self, app: App, t: Any = None) -> float:
        """At the same speed."""
        return _part(t)

    @plain
    def ease(self, app: App, t: Any = None) -> float:
        """Slowly at first."""
        return _EASE(_part(t))

    @plain
    def quad(self, app: App, t: Any = None) -> float:
        """`t` to the power of 2."""
        return _part(t) ** 2

    @plain
    def cubic(self, app: App, t: Any = None) -> float:
        """`t` to the power of 3."""
        return _part(t) ** 3

    @plain
    def poly(self, app: App, n: Any = None) -> Curve:
        """The curve of the power of `n`."""
        power = _part(n)
        return lambda part: part**power

    @plain
    def sin(self, app: App, t: Any = None) -> float:
        """A quarter of a sine."""
        return 1 - math.cos(_part(t) * math.pi / 2)

    @plain
    def circle(self, app: App, t: Any = None) -> float:
        """A quarter of a circle."""
        return 1 - math.sqrt(max(0.0, 1 - _part(t) ** 2))

    @plain
    def exp(self, app: App, t: Any = None) -> float:
        """Twice as far in every tenth of the time."""
        return 2 ** (10 * (_part(t) - 1))

    @plain
    def elastic(self, app: App, bounciness: Any = None) -> Curve:
        """The curve of a spring that swings back; 1 swings over once, 0 not at all."""
        turns = (1.0 if bounciness is None else _part(bounciness)) * math.pi
        return lambda part: 1 - math.cos(part * math.pi / 2) ** 3 * math.cos(part * turns)

    @plain
    def bounce(self, app: App, t: Any = None) -> float:
        """As a ball that falls and bounces."""
        return _bounced(_part(t))

    @plain
    def bezier(self, app: App, x1: Any = None, y1: Any = None, x2: Any = None, y2: Any = None) -> Curve:
        """CSS's `cubic-bezier`; `x1` and `x2` are from 0 to 1."""
        numbers = [_part(each) for each in (x1, y1, x2, y2)]
        if not (0 <= numbers[0] <= 1 and 0 <= numbers[2] <= 1):
            raise Fail("parameter error: x1 and x2 should be from 0 to 1")
        return bezier(*numbers)

    @plain
    def in_(self, app: App, easing: Any = None) -> Curve:
        """The curve forwards, as it is."""
        return function(easing)

    @plain
    def out(self, app: App, easing: Any = None) -> Curve:
        """The curve backwards."""
        curve = function(easing)
        return lambda part: 1 - curve(1 - part)

    @plain
    def inOut(self, app: App, easing: Any = None) -> Curve:
        """The curve forwards in the first half of the time, and backwards in the second."""
        return in_out(function(easing))


def _part(value: Any) -> float:
    return float(number(value, "t"))


def _bounced(part: float) -> float:
    for until, middle, height in ((1 / 2.75, 0.0, 0.0), (2 / 2.75, 1.5, 0.75), (2.5 / 2.75, 2.25, 0.9375)):
        if part < until:
            return 7.5625 * (part - middle / 2.75) ** 2 + height
    return 7.5625 * (part - 2.625 / 2.75) ** 2 + 0.984375
