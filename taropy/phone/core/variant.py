"""What a native function of another vendor is made of: WeChat's, and how it differs from that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from .answers import CALLBACKS, NO_OPTIONS, NativeFunction, Options, Ordered, Result, given_options


@attrs.frozen
class Variant:
    """A native function of a platform that differs from the room's: other name, other options, other result."""

    of: str
    options: Callable[[Options], Options] | None = None
    result: Callable[[Result], Result] | None = None
    arguments: Callable[..., tuple[Any, ...]] | None = None
    failure: Callable[[Result], Result] | None = None
    systems: Mapping[str, Variant] = attrs.field(factory=dict)
    """What the function is on a system (`ios`, `android`, …) where it is something else again."""

    def make(self, name: str, function: NativeFunction, system: str) -> NativeFunction:
        """The function as the platform's programs call it on `system`, out of the room's, which has its name."""
        if system in self.systems:
            return self.systems[system].make(name, function, system)
        if self.arguments is not None:
            return self._positional(function)
        differs = self.options is not None or self.result is not None or self.failure is not None
        return self._optional(name, function) if differs else function

    def _positional(self, function: NativeFunction) -> NativeFunction:
        arguments, result = self.arguments, self.result
        assert arguments is not None

        def native(*given: Any) -> Any:
            value = function(*arguments(*given))
            return value if result is None else result(value)

        return native

    def _optional(self, name: str, function: NativeFunction) -> NativeFunction:
        adapt = self.options

        def native(options: Options | None = None) -> Any:
            given = given_options(name, options)
            return function(self._answering(given if adapt is None else adapt(given)))

        return native

    def _answering(self, options: Options) -> Options:
        """`options` whose callbacks receive the platform's form of results and failures."""
        if self.result is None and self.failure is None:
            return options
        answering = dict(options)
        for name in CALLBACKS:
            callback = options.get(name)
            if callback is not None:
                answering[name] = self._receiving(callback)
        return answering

    def _receiving(self, callback: Callable[[Result], Any]) -> Callable[[Result], Any]:
        def receive(outcome: Result) -> Any:
            adapt = self.failure if ":fail" in outcome.get("errMsg", "") else self.result
            return callback(outcome if adapt is None else adapt(outcome))

        return receive


@attrs.frozen
class Surface:
    """How the native object of one vendor differs from `wx` in one group of functions.

    A group's module of that vendor (`storage/alipay.py`) has one, as `SURFACE`.

    - `vendor`: the vendor's native object (`my`) or its platform (`h5`).
    - `functions`: those that differ, or that only this vendor has, by the vendor's names.
    - `lacks`: those that the phone has for others.
    """

    vendor: str
    functions: Mapping[str, Variant] = attrs.field(factory=dict)
    lacks: frozenset[str] = frozenset()


# --- what adaptations are made of ---------------------------------------------------------------------------------


def called(**names: str) -> Callable[[Result], Result]:
    """What of a result has another name: `called(code="authCode")`. What a test's answer leaves out stays out."""
    return lambda result: {name: result[own] for own, name in names.items() if own in result}


def also_called(**names: str) -> Callable[[Result], Result]:
    """The whole result, with the other names beside its own."""
    renamed = called(**names)
    return lambda result: {**renamed(result), **result}


def only_told(*names: str) -> Callable[[Result], Result]:
    """What of a result has one of these names, and its `errMsg`; of one that a test has ordered, all."""
    kept = {"errMsg", *names}

    def told(result: Result) -> Result:
        return result if isinstance(result, Ordered) else {name: result[name] for name in result if name in kept}

    return told


def without_numbers(failure: Result) -> Result:
    """The failure without WeChat's numbers, for vendors whose own are not known; a test's are left."""
    if isinstance(failure, Ordered):
        return failure
    return {name: value for name, value in failure.items() if name not in _WECHAT_NUMBERS}


_WECHAT_NUMBERS = frozenset({"errCode", "errno"})


def by_default(**values: Any) -> Callable[[Options], Options]:
    """The options, with the vendor's own values for those that are not given."""
    return lambda options: {**options, **{name: value for name, value in values.items() if options.get(name) is None}}


def mapping(options: object) -> Options:
    """The options that a function was given in place of arguments; none, if it was given something else."""
    return options if isinstance(options, Mapping) else NO_OPTIONS
