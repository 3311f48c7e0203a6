"""`Promise` with JavaScript's values.

A `taropy.Promise`, and any other of them is as good: only what the statics give is an `Array`, an `Obj` or an
`AggregateError` of `taropy.js`, and what `await` raises for a reason that is no exception reads missing fields as None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ..runtime.promise import Promise as RuntimePromise
from .aggregate import AggregateError
from .array import Array
from .errors import Thrown
from .obj import Obj

T = TypeVar("T")


class Promise(RuntimePromise[T]):
    """`Promise(executor)`, `Promise.resolve(value)`, `Promise.all(promises)`, …: see `taropy.Promise`."""

    _list_of: Callable[[Iterable[Any]], list[Any]] = Array
    _settlement_of: Callable[..., Any] = Obj
    _aggregate_of: Callable[[list[Any]], BaseException] = staticmethod(
        lambda errors: AggregateError(errors, "All promises were rejected")
    )

    def _reject(self, reason: Any, error: BaseException | None = None) -> None:
        if error is None and not isinstance(reason, BaseException):
            error = Thrown(reason)
        super()._reject(reason, error)

    @staticmethod
    def withResolvers() -> Obj:
        """An object of a new `promise`, and of `resolve` and `reject`, which settle it."""
        promise: Promise[Any] = Promise()
        resolve, reject = promise._resolving()
        return Obj(promise=promise, resolve=resolve, reject=reject)
