"""What a native function of another vendor is made of: WeChat's, and how it differs from that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from .answers import (
    CALLBACKS,
    NO_OPTIONS,
    Fail,
    NativeError,
    NativeFunction,
    Options,
    Ordered,
    Result,
    finish,
    given_options,
)  # fmt: skip


@attrs.frozen
class Variant:
    """A native function of a platform that differs from the room's.

    - `of`: what the room calls it.
    - `options`, `arguments`: what the room gets of what the program gave, as options, which `Fail` refuses, or as
      positional arguments.
    - `result`: what the program gets of a success, by callback or returned.
    - `failure`: what it gets of a failure, where that is not the vendor's usual form.
    - `returned`: what a function that returns its value returns of its failure, where it does not throw that.
    - `systems`: what the function is on a system (`ios`, `android`, …) where it is something else again.
    """

    of: str
    options: Callable[[Options], Options] | None = None
    result: Callable[[Any], Any] | None = None
    arguments: Callable[..., tuple[Any, ...]] | None = None
    failure: Callable[[Result], Result] | None = None
    returned: Callable[[NativeError], Any] | None = None
    systems: Mapping[str, Variant] = attrs.field(factory=dict)

    def on(self, system: str) -> Variant:
        """What the function is on `system`."""
        return self.systems.get(system, self)

    def make(self, name: str, function: NativeFunction, told: Callable[[Result], Result] | None) -> NativeFunction:
        """The function as the platform's programs call it.

        It is made out of the room's, which carries its name already, and tells of failures in the right form: `told`.
        """
        if self.arguments is not None:
            return self._positional(function)
        return function if self.options is None and self.result is None else self._optional(name, function, told)

    def _positional(self, function: NativeFunction) -> NativeFunction:
        arguments, result = self.arguments, self.result
        assert arguments is not None

        def native(*given: Any) -> Any:
            try:
                value = function(*arguments(*given))
            except NativeError as error:
                if self.returned is None:
                    raise
                return self.returned(error)
            return value if result is None else result(value)

        return native

    def _optional(self, name: str, function: NativeFunction, told: Callable[[Result], Result] | None) -> NativeFunction:
        adapt = self.options

        def native(options: Options | None = None) -> Any:
            given = given_options(name, options)
            try:
                adapted = given if adapt is None else adapt(given)
            except Fail as failure:
                outcome = failure.answer(name)
                return finish(given, outcome if told is None else told(outcome), ok=False)
            return function(self._answering(adapted))

        return native

    def _answering(self, options: Options) -> Options:
        """`options` whose callbacks receive the platform's form of results."""
        return options if self.result is None else {**options, **_receiving(options, self.result)}


def _receiving(options: Options, adapt: Callable[[Any], Any]) -> Mapping[str, Callable[[Result], Any]]:
    """The callbacks of `options`, which get a success adapted and a failure as it is, whatever words it has."""
    success, fail, complete = (options.get(name) for name in CALLBACKS)
    failed: list[Result] = []

    def on_fail(outcome: Result) -> Any:
        failed.append(outcome)
        return None if fail is None else fail(outcome)

    receiving: dict[str, Callable[[Result], Any]] = {}
    if success is not None:
        receiving["success"] = lambda outcome: success(adapt(outcome))
    if complete is not None:
        receiving["fail"] = on_fail
        receiving["complete"] = lambda outcome: complete(outcome if failed else adapt(outcome))
    return receiving


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


def by_default(**values: Any) -> Callable[[Options], Options]:
    """The options, with the vendor's own values for those that are not given."""
    return lambda options: {**options, **{name: value for name, value in values.items() if options.get(name) is None}}


def nobody(*_: object) -> None:
    """A listener that nobody is."""


def named_listener(callback: Any = None, *_: object) -> tuple[Any]:
    """The listener to take off; where none is named nobody's is, and not everybody's."""
    return (nobody if callback is None else callback,)


def mapping(options: object) -> Options:
    """The options that a function was given in place of arguments; none, if it was given something else."""
    return options if isinstance(options, Mapping) else NO_OPTIONS
