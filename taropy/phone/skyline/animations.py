"""Animations as programs make them, which become legs when a value is set to one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from ..core.frames import FRAME
from .curves import Curve, Leg, eased, slowing, sprung

Told = Callable[[bool], Any]
#: A leg, and those who are told when it has ended.
Steps = Iterator[tuple[Leg, tuple[Told, ...]]]


@attrs.frozen(kw_only=True)
class Animation:
    """What `timing`, `spring`, … give: it moves the value that it is given to. `callback` is told of its end."""

    callback: Told | None = None

    def steps(self, start: float, to: float | None = None) -> Steps:
        """Its legs, from a value on; `to` is another goal, of an animation that is run backwards."""
        legs = self._legs(start, to)
        known = next(legs, None)
        while known is not None:
            ahead = next(legs, None)
            leg, told = known
            yield leg, (*told, self.callback) if ahead is None and self.callback is not None else told
            known = ahead

    @property
    def goal(self) -> float | None:
        """Where it goes, if that is a value of its own."""
        return None

    def _legs(self, start: float, to: float | None) -> Steps:
        raise NotImplementedError


@attrs.frozen(kw_only=True)
class Timing(Animation):
    """To a value within a time, along a curve."""

    to: float
    seconds: float
    easing: Curve = attrs.field(repr=False)

    @property
    def goal(self) -> float | None:
        return self.to

    def _legs(self, start: float, to: float | None) -> Steps:
        yield eased(start, self.to if to is None else to, self.seconds, self.easing), ()


@attrs.frozen(kw_only=True)
class Spring(Animation):
    """To a value on a spring."""

    to: float
    settings: Mapping[str, float]

    @property
    def goal(self) -> float | None:
        return self.to

    def _legs(self, start: float, to: float | None) -> Steps:
        yield sprung(start, self.to if to is None else to, self.settings), ()


@attrs.frozen(kw_only=True)
class Decay(Animation):
    """On at a speed that falls."""

    velocity: float
    deceleration: float
    clamp: tuple[float, float] | None

    def _legs(self, start: float, to: float | None) -> Steps:
        yield slowing(start, self.velocity, self.deceleration, self.clamp), ()


@attrs.frozen(kw_only=True)
class Delay(Animation):
    """Another one, later."""

    seconds: float
    then: Animation

    @property
    def goal(self) -> float | None:
        return self.then.goal

    def _legs(self, start: float, to: float | None) -> Steps:
        yield Leg(self.seconds, lambda _: start, start), ()
        yield from self.then.steps(start, to)


@attrs.frozen(kw_only=True)
class Sequence(Animation):
    """One after the other."""

    animations: tuple[Animation, ...]

    def _legs(self, start: float, to: float | None) -> Steps:
        for animation in self.animations:
            for leg, told in animation.steps(start):
                start = leg.end
                yield leg, told


@attrs.frozen(kw_only=True)
class Repeat(Animation):
    """The same again, `times` in all, or for ever; with `reverse` there and back again."""

    animation: Animation
    times: int | None
    reverse: bool

    def _legs(self, start: float, to: float | None) -> Steps:
        goal, now = self.animation.goal, start
        back = self.reverse and goal is not None
        for number in itertools.count() if self.times is None else range(self.times):
            returns = back and number % 2 == 1
            for leg, told in self.animation.steps(now if back else start, start if returns else None):
                now = leg.end
                # What takes no time and never ends would keep everything else waiting.
                yield leg if self.times is not None else attrs.evolve(leg, seconds=max(leg.seconds, FRAME)), told
