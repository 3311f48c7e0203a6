"""`wx.worklet`: values and animations of Skyline's pages, evaluated by the phone's clock.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/worklet; the defaults of `spring` are those of the library whose
functions these are (React Native Reanimated). Here both threads, that of the page and that of its program, are one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from ...loops import once_returned
from ..core.answers import Fail
from ..core.app import App
from ..core.functions import only, plain, value
from ..core.listening import call
from ..core.options import function, js_type, mapping, optional, wrong_type
from ..core.room import Manager, Room
from .animations import Animation, Decay, Delay, Repeat, Sequence, Spring, Timing
from .easing import Easing, in_out, quad
from .values import DerivedValue, SharedValue

if TYPE_CHECKING:
    from ..core.faces import Phone

USUAL_MILLISECONDS = 300
SPRING: Mapping[str, float] = {
    "damping": 10,
    "mass": 1,
    "stiffness": 100,
    "restDisplacementThreshold": 0.01,
    "restSpeedThreshold": 2,
    "velocity": 0,
}
USUAL_DECELERATION = 0.998


class Worklets(Room, name="worklets"):
    """The worklets of the apps."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._of_apps: dict[int, Worklet] = {}

    @only("wx")
    @value
    def worklet(self, app: App) -> Worklet:
        """The functions, as the app's program has them."""
        return self._of_apps.setdefault(id(app), Worklet(self.phone, app))

    def end(self, app: App) -> None:
        """See `Room`."""
        self._of_apps.pop(id(app), None)


class Worklet(Manager):
    """Values that are shared with the page, and what moves them."""

    KIND: ClassVar[str] = "worklet"

    @cached_property
    def Easing(self) -> Easing:
        """The curves."""
        return Easing(self.phone, self.app)

    # --- values ------------------------------------------------------------------------------------------------

    @plain
    def shared(self, app: App, initialValue: Any = None) -> SharedValue:
        """A value that animations move; its `value` can be read and set."""
        return SharedValue(self.phone.clock, initialValue)

    @plain
    def derived(self, app: App, updaterWorklet: Any = None) -> DerivedValue:
        """A value that the function makes of others."""
        return DerivedValue(function(updaterWorklet))

    @plain
    def cancelAnimation(self, app: App, SharedValue: Any = None) -> None:
        """Stops what moves the value, which stays where it is."""
        _shared(SharedValue).cancel()

    # --- animations --------------------------------------------------------------------------------------------

    @plain
    def timing(self, app: App, toValue: Any = None, options: Any = None, callback: Any = None) -> Animation:
        """To a value within `duration` ms, 300 unless said, along `easing`, `inOut(quad)` unless said."""
        given = mapping(options)
        seconds = max(0.0, optional(given, "duration", "Number", USUAL_MILLISECONDS)) / 1000
        easing = in_out(quad) if given.get("easing") is None else function(given["easing"], "parameter.easing")
        return Timing(to=_number(toValue, "toValue"), seconds=seconds, easing=easing, callback=_told(callback))

    @plain
    def spring(self, app: App, toValue: Any = None, options: Any = None, callback: Any = None) -> Animation:
        """To a value on a spring: `damping` 10, `mass` 1, `stiffness` 100, `velocity` 0 unless said.

        With `overshootClamping` it doesn't swing over.
        """
        given = mapping(options)
        settings = {name: float(optional(given, name, "Number", usual)) for name, usual in SPRING.items()}
        if settings["mass"] <= 0 or settings["stiffness"] <= 0 or settings["damping"] < 0:
            raise Fail("parameter error: mass and stiffness should be positive, and damping not negative")
        settings["overshootClamping"] = float(optional(given, "overshootClamping", "Boolean", False))
        return Spring(to=_number(toValue, "toValue"), settings=settings, callback=_told(callback))

    @plain
    def decay(self, app: App, options: Any = None, callback: Any = None) -> Animation:
        """On at `velocity`, in units a second, which `deceleration` (0.998) multiplies every millisecond.

        `clamp` are the least and the greatest value that it comes to.
        """
        given = mapping(options)
        deceleration = optional(given, "deceleration", "Number", USUAL_DECELERATION)
        if not 0 < deceleration < 1:
            raise Fail("parameter error: parameter.deceleration should be between 0 and 1")
        clamp = optional(given, "clamp", "Array", None)
        if clamp is not None and len(clamp) != 2:
            raise Fail("parameter error: parameter.clamp should have two numbers")
        return Decay(
            velocity=float(optional(given, "velocity", "Number", 0)),
            deceleration=deceleration,
            clamp=None if clamp is None else (_number(clamp[0], "clamp"), _number(clamp[1], "clamp")),
            callback=_told(callback),
        )

    @plain
    def delay(self, app: App, delayMS: Any = None, delayedAnimation: Any = None) -> Animation:
        """An animation that begins so many milliseconds later."""
        seconds = max(0.0, _number(delayMS, "delayMS")) / 1000
        return Delay(seconds=seconds, then=_animation(delayedAnimation))

    @plain
    def sequence(self, app: App, *animations: Any) -> Animation:
        """Animations one after the other."""
        return Sequence(animations=tuple(map(_animation, animations)))

    @plain
    def repeat(
        self, app: App, animation: Any = None, numberOfReps: Any = 2, reverse: Any = False, callback: Any = None
    ) -> Animation:
        """An animation again and again: `numberOfReps` times, for ever if that is negative.

        With `reverse` every other time goes back, of `timing` and `spring`.
        """
        times = int(_number(2 if numberOfReps is None else numberOfReps, "numberOfReps"))
        return Repeat(
            animation=_animation(animation),
            times=None if times < 0 else times,
            reverse=bool(reverse),
            callback=_told(callback),
        )

    # --- threads -----------------------------------------------------------------------------------------------

    @plain
    def runOnUI(self, app: App, fn: Any = None) -> Callable[..., None]:
        """A function that has `fn` called when the code that calls it has returned; what it returns is lost."""
        return partial(once_returned, call, "runOnUI", function(fn))

    @plain
    def runOnJS(self, app: App, fn: Any = None) -> Callable[..., None]:
        """The same, the other way."""
        return partial(once_returned, call, "runOnJS", function(fn))


def _number(given: Any, where: str) -> float:
    """A number, or a text of one."""
    if isinstance(given, str):
        try:
            given = float(given)
        except ValueError:
            raise Fail(f"parameter error: {where} should be a number, and {given!r} is none") from None
    if js_type(given) != "Number" or not math.isfinite(given):
        raise wrong_type(where, "Number", given)
    return float(given)


def _told(callback: Any) -> Any:
    return None if callback is None else function(callback, "callback")


def _animation(given: Any) -> Animation:
    if not isinstance(given, Animation):
        raise Fail(f"parameter error: {given!r} is no animation of timing, spring, decay, delay, sequence or repeat")
    return given


def _shared(given: Any) -> SharedValue:
    if not isinstance(given, SharedValue):
        raise Fail(f"parameter error: {given!r} is no value of worklet.shared")
    return given
