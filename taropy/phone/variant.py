"""What a native function of another vendor is made of: WeChat's, and how it differs from that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from .native import CALLBACKS, App, NativeFunction, Options, Result, given_options, native_function

if TYPE_CHECKING:
    from .phone import Phone


@attrs.frozen
class Variant:
    """A native function of a platform that differs from the room's: other name, other options, other result."""

    of: str
    options: Callable[[Options], Options] | None = None
    result: Callable[[Result], Result] | None = None
    arguments: Callable[..., tuple[Any, ...]] | None = None
    failure: Callable[[Result], Result] | None = None

    def make(self, name: str, phone: Phone, app: App) -> NativeFunction:
        """The function as the platform's programs call it."""
        function = native_function(self.of, phone, app, called=name)
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
class Variants:
    """How one platform's native object differs from `wx`'s: functions added or changed, and functions it lacks."""

    added: Mapping[str, Variant] = attrs.field(factory=dict)
    hidden: frozenset[str] = frozenset()
