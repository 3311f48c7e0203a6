"""Values that animations move, by the phone's clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..core.listening import call
from ..core.options import js_type
from .animations import Animation, Steps, Told
from .curves import Leg

if TYPE_CHECKING:
    from ..core.alarms import Alarm
    from ..core.clock import Clock


#: How exactly a clock that counts from 1970 shows its time, in seconds.
EXACT = 2e-6


class SharedValue:
    """What `worklet.shared` gives: `value` is what it is at this moment of the phone's clock.

    Set to an animation it begins to move from where it is; set to anything else it is that. What had moved it before
    is told that it has not ended. Whoever waits for an animation's end is told in the event loop in which it began;
    outside one, when the value is next looked at.
    """

    def __init__(self, clock: Clock, value: Any) -> None:
        self._clock = clock
        self._value = value
        self._steps: Steps | None = None
        self._leg: Leg | None = None
        self._told: tuple[Told, ...] = ()
        self._outer: tuple[Told, ...] = ()
        self._began = 0.0
        self._alarm: Alarm | None = None

    def __repr__(self) -> str:
        return f"<SharedValue {self.value!r}>"

    @property
    def value(self) -> Any:
        """What it is now."""
        self.settle()
        if self._leg is None:
            return self._value
        return self._leg.at(self._clock.elapsed() - self._began)

    @value.setter
    def value(self, value: Any) -> None:
        if not isinstance(value, Animation):
            self.cancel()
            self._value = value
            return
        start = self.value
        if js_type(start) != "Number":
            raise TypeError(f"an animation moves a number, and the value is {start!r}")
        self.cancel()
        self._value, self._began = float(start), self._clock.elapsed()
        self._outer = () if value.callback is None else (value.callback,)
        self._steps = value.steps(self._value)
        self._next()

    def cancel(self) -> None:
        """Stops it where it is; who waits for the animation's end is told that it did not come."""
        if self._leg is None:
            return
        now = self._leg.at(self._clock.elapsed() - self._began)
        told = dict.fromkeys((*self._told, *self._outer))
        self._stop(now)
        for each in told:
            call("an animation", each, False)

    def settle(self) -> None:
        """Comes to where it is by now, leg by leg, and tells of what has ended."""
        while self._leg is not None:
            end = self._began + self._leg.seconds
            if end > self._clock.elapsed() + EXACT:
                return
            self._value, self._began = self._leg.end, end
            told, self._told = self._told, ()
            self._next()
            for each in told:
                call("an animation", each, True)

    def _next(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        step = None if self._steps is None else next(self._steps, None)
        if step is None:
            self._stop(self._value)
            return
        self._leg, self._told = step
        loop = asyncio._get_running_loop()
        if loop is not None:
            wait = self._began + self._leg.seconds - self._clock.elapsed()
            self._alarm = self._clock.call_at(self._clock.now() + wait, self.settle, loop)

    def _stop(self, value: Any) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._value, self._leg, self._steps, self._told, self._outer, self._alarm = value, None, None, (), (), None


class DerivedValue:
    """What `worklet.derived` gives: `value` is what its function makes of other values at this moment."""

    def __init__(self, update: Callable[[], Any]) -> None:
        self._update = update

    def __repr__(self) -> str:
        return f"<DerivedValue {self.value!r}>"

    @property
    def value(self) -> Any:
        """What it is now."""
        return self._update()
