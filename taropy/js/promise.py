"""`Promise` with JavaScript's values.

A `taropy.Promise`, and any other of them is as good: only what the statics give is an `Array`, an `Obj` or an
`AggregateError` of `taropy.js`, and what `await` raises for a reason that is no exception reads missing fields as None.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, overload

from ..runtime.promise import Promise as RuntimePromise
from .aggregate import AggregateError
from .array import Array
from .border import object_of
from .errors import Thrown
from .obj import Obj

T = TypeVar("T")
U = TypeVar("U")

if TYPE_CHECKING:
    #: Functions of a program take as many of their arguments as they name.
    Settle = Callable[..., None]
    Executor = Callable[[Settle, Settle], object] | Callable[[Settle], object] | Callable[[], object]
    Handler = Callable[[T], U] | Callable[[], U]


class Promise(RuntimePromise[T]):
    """`Promise(executor)`, `Promise.resolve(value)`, `Promise.all(promises)`, …: see `taropy.Promise`."""

    _list_of: Callable[[Iterable[Any]], list[Any]] = Array
    _settlement_of: Callable[..., Any] = Obj
    _aggregate_of: Callable[[list[Any]], BaseException] = staticmethod(
        lambda errors: AggregateError(errors, "All promises were rejected")
    )

    if TYPE_CHECKING:  # whom it matters that what a promise gives is one of these

        def __init__(self, executor: Executor | None = None) -> None: ...

        @overload
        def then(
            self, on_fulfilled: Handler[T, Awaitable[U]], on_rejected: Handler[Any, Any] | None = None
        ) -> Promise[U]: ...
        @overload
        def then(self, on_fulfilled: Handler[T, U], on_rejected: Handler[Any, Any] | None = None) -> Promise[U]: ...
        @overload
        def then(self, on_fulfilled: None = None, on_rejected: None = None) -> Promise[T]: ...
        @overload
        def then(self, on_fulfilled: None, on_rejected: Handler[Any, Any]) -> Promise[Any]: ...
        def then(self, on_fulfilled: Any = None, on_rejected: Any = None) -> Promise[Any]: ...  # pyright: ignore[reportIncompatibleMethodOverride]
        def catch(self, on_rejected: Handler[Any, Any] | None = None) -> Promise[Any]: ...
        def finally_(self, on_settled: Callable[[], Any] | None = None) -> Promise[T]: ...
        @overload  # type: ignore[override]
        @classmethod
        def resolve(cls, value: Awaitable[None]) -> Promise[Any]: ...  # whose undefined is a value as any other
        @overload
        @classmethod
        def resolve(cls, value: Awaitable[U]) -> Promise[U]: ...
        @overload
        @classmethod
        def resolve(cls, value: U) -> Promise[U]: ...
        @overload
        @classmethod
        def resolve(cls) -> Promise[None]: ...
        @classmethod
        def resolve(cls, value: Any = None) -> Promise[Any]: ...
        @classmethod
        def reject(cls, reason: Any = None) -> Promise[Any]: ...
        @classmethod
        def all(cls, promises: Iterable[Any]) -> Promise[Array[Any]]: ...  # type: ignore[override]
        @classmethod
        def allSettled(cls, promises: Iterable[Any]) -> Promise[Array[Any]]: ...  # type: ignore[override]
        @classmethod
        def any(cls, promises: Iterable[Any]) -> Promise[Any]: ...
        @classmethod
        def race(cls, promises: Iterable[Any]) -> Promise[Any]: ...

    def _reject(self, reason: Any, error: BaseException | None = None) -> None:
        if error is None and not isinstance(reason, BaseException):
            error = Thrown(reason)
        super()._reject(reason, error)

    def _resolving(self) -> tuple[Callable[..., None], Callable[..., None]]:
        resolve, reject = super()._resolving()
        return lambda value=None: resolve(object_of(value)), lambda reason=None: reject(object_of(reason))

    @staticmethod
    def withResolvers() -> Obj:
        """An object of a new `promise`, and of `resolve` and `reject`, which settle it."""
        promise: Promise[Any] = Promise()
        resolve, reject = promise._resolving()
        return Obj(promise=promise, resolve=resolve, reject=reject)
