"""Watching a runtime: one record for every call that its program makes, for logs and tools.

`taropy.create(…, observe=function)` and `taropy.use(…, observe=function)` have `function(call)` called when a call
begins, and again, with the same `ObservedCall`, when it has ended. A runtime without an observer pays nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..masking import MASK, asks_for_secrets, shown
from ..signatures import fitting
from .errors import as_exception
from .options import WrongOptions, take_object
from .promise import FULFILLED, Promise, invoke

if TYPE_CHECKING:
    from ..spec import Member
    from .rejections import Rejections

Outcome = Literal["pending", "ok", "error"]


@attrs.define(eq=False, repr=False)
class ObservedCall:
    """One call of one of Taro's functions.

    - `api`: its name; `options`: what it was given, by name, without the callbacks. A dict of its own, not a deep copy.
    - `callbacks`: the names of the callbacks and listeners that it was given.
    - `started`: in seconds since the epoch; `duration`: in milliseconds, None until the call has ended; `began`: by the
      computer's own `time.perf_counter`, which no clock of a phone's changes.
    - `outcome`: `"pending"` until the call has ended; then `"ok"`, with `result`, or `"error"`, with `error`.
    """

    api: str
    options: Mapping[str, Any]
    callbacks: tuple[str, ...] = ()
    started: float = attrs.field(factory=time.time, init=False)
    outcome: Outcome = attrs.field(default="pending", init=False)
    result: Any = attrs.field(default=None, init=False)
    error: BaseException | None = attrs.field(default=None, init=False)
    duration: float | None = attrs.field(default=None, init=False)
    began: float = attrs.field(factory=time.perf_counter, init=False)

    def __repr__(self) -> str:
        result = MASK if self.outcome == "ok" and asks_for_secrets(self.options) else shown(self.result)
        return (
            f"ObservedCall(api={self.api!r}, options={shown(self.options)}, started={self.started}, "
            f"outcome={self.outcome!r}, result={result}, error={shown(self.error)}, duration={self.duration})"
        )

    @property
    def elapsed(self) -> float:
        """How long the call took, or has taken until now, in milliseconds."""
        return (time.perf_counter() - self.began) * 1000 if self.duration is None else self.duration

    def succeed(self, result: Any) -> None:
        """Notes that the call has given `result`."""
        self.duration, self.outcome, self.result = self.elapsed, "ok", result

    def fail(self, error: BaseException) -> None:
        """Notes that the call has failed."""
        self.duration, self.outcome, self.error = self.elapsed, "error", error


Observer = Callable[[ObservedCall], object]


def observed(member: Member, function: Callable[..., Any], observe: Observer, home: Rejections) -> Callable[..., Any]:
    """`function`, with `observe` told of each call. What `observe` raises is reported, and harms no call."""
    fitted = fitting(observe)

    def tell(record: ObservedCall) -> object:
        return fitted(record)

    def call(*arguments: Any, **named: Any) -> Any:
        given = _by_name(member, arguments, named)
        # Callbacks and listeners are the program's own business; that there are some is worth seeing.
        callbacks = tuple(name for name, value in given.items() if callable(value))
        record = ObservedCall(
            member.name, {name: value for name, value in given.items() if name not in callbacks}, callbacks
        )
        invoke(tell, home, record)

        def settled(promise: Promise[Any]) -> None:
            if promise._state == FULFILLED:
                record.succeed(promise._value)
            else:
                record.fail(as_exception(promise._value))
            invoke(tell, home, record)

        try:
            value = function(*arguments, **named)
        except Exception as error:
            record.fail(error)
            invoke(tell, home, record)
            raise
        if isinstance(value, Promise):
            value._watch_settling(settled)
        else:
            record.succeed(value)
            invoke(tell, home, record)
        return value

    # As `functools.wraps` does, in a tenth of its time: a test has a phone, and so a log, of its own.
    call.__name__, call.__qualname__, call.__doc__ = function.__name__, function.__qualname__, function.__doc__
    call.__module__ = function.__module__
    call.__dict__.update(function.__dict__)
    call.__wrapped__ = function  # type: ignore[attr-defined]
    return call


def _by_name(member: Member, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
    """What a call was given, by name."""
    params = max((signature.params for signature in member.signatures), key=len)
    if member.option is not None and arguments:
        try:
            return take_object(member.name, arguments[0], named)
        except WrongOptions:
            pass  # the call itself refuses them, or reads nothing in them; what they were is worth seeing
    names = [param.name for param in params if not param.rest]
    rest = [f"argument {position}" for position in range(len(names) + 1, len(arguments) + 1)]
    return {**dict(zip([*names, *rest], arguments, strict=False)), **named}
