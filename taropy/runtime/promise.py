"""`Promise`: JavaScript's, for Python: started at once, awaitable any number of times."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable, Generator, Iterable
from functools import partial
from types import TracebackType
from typing import Any, Generic, TypeVar, overload

from . import rejections
from .errors import Cancelled, TaroError
from .jobs import AWAITS_BETWEEN_TURNS, Jobs, current_loop, entered, jobs_of, own_loop, running_loop
from .rejections import Rejections, Unhandled
from .signatures import called

T = TypeVar("T")
U = TypeVar("U")

PENDING, FULFILLED, REJECTED = range(3)

Reaction = Callable[["Promise[Any]"], None]


class AggregateError(TaroError):
    """`Promise.any` was given promises that all were rejected; `errors` has the reasons, in order."""

    def __init__(self, errors: list[BaseException]) -> None:
        self.errors = errors
        super().__init__("All promises were rejected")


class Promise(Generic[T]):
    """A value that is there, or will be, or the error that came instead.

    `Promise(executor)` calls `executor(resolve, reject)` at once, as `new Promise(...)` does. `await promise` gives the
    value or raises the error, any number of times and from any event loop. Outside an event loop, `result()` does.
    """

    # Defaults stand on the class: most promises of calls are settled at once and never get most of these.
    _state = PENDING
    _value: Any = None
    _trace: TracebackType | None = None
    _handled = False
    _resolved = False
    _reactions: list[tuple[Jobs, Reaction]] | None = None
    _waiters: list[asyncio.Future[None]] | None = None
    _unhandled: Unhandled | None = None

    def __init__(
        self, executor: Callable[[Callable[[Any], None], Callable[[Any], None]], object] | None = None
    ) -> None:
        self._jobs = jobs_of(current_loop())
        self._home: Rejections = rejections.process
        if executor is not None:
            self._execute(executor)

    def _execute(self, executor: Callable[[Callable[[Any], None], Callable[[Any], None]], object]) -> None:
        try:
            outcome = called(executor, self._resolve_once, self._reject_once)
        except Exception as error:
            self._reject_once(error)
        else:
            if inspect.iscoroutine(outcome):
                run_coroutine(outcome, self._ignore, self._reject_once)

    # --- settling ----------------------------------------------------------------------------------------------

    # A promise changes in the thread of its loop only; what other threads want is done there.

    def _resolve_once(self, value: Any = None) -> None:
        if threading.get_ident() != self._jobs.thread:
            self._jobs.add(lambda: self._resolve_once(value))
        elif self._state == PENDING and not self._resolved:
            self._resolved = True
            self._resolve(value)
            _driven(self)

    def _reject_once(self, reason: Any = None) -> None:
        if threading.get_ident() != self._jobs.thread:
            self._jobs.add(lambda: self._reject_once(reason))
        elif self._state == PENDING and not self._resolved:
            self._resolved = True
            self._settle(REJECTED, as_exception(reason))
            _driven(self)

    @staticmethod
    def _ignore(value: Any) -> None:
        """The value of an executor's coroutine means nothing."""

    def _resolve(self, value: Any) -> None:
        """Fulfils with a value, or follows it when it is a promise or any other awaitable."""
        if isinstance(value, Promise):
            if value is self:
                self._settle(REJECTED, TypeError("a promise cannot be resolved with itself"))
            else:
                value._react(self._follow)
        elif inspect.isawaitable(value):
            run_coroutine(_awaiting(value), self._resolve, partial(self._settle, REJECTED))
        else:
            self._settle(FULFILLED, value)

    def _follow(self, other: Promise[Any]) -> None:
        if self._state == PENDING:
            self._settle(other._state, other._value)

    def _settle(self, state: int, value: Any) -> None:
        self._value = value
        self._state = state
        if state == REJECTED:
            self._trace = value.__traceback__
            if not self._handled:
                self._unhandled = Unhandled(value, self._home)
        if self._reactions is not None:
            reactions, self._reactions = self._reactions, None
            for jobs, reaction in reactions:
                self._queue(jobs, reaction)
        if self._waiters is not None:
            waiters, self._waiters = self._waiters, None
            for waiter in waiters:
                _wake(waiter, self._jobs.loop)

    def _queue(self, jobs: Jobs, reaction: Reaction) -> None:
        jobs.add(lambda: reaction(self))

    def _react(self, reaction: Reaction) -> None:
        """Has `reaction(self)` run when the promise is settled, as a job of the loop that asks for it.

        The promise counts as handled from now on.
        """
        self._mark_handled()
        self._await_settling(jobs_of(current_loop()), reaction)

    def _watch_settling(self, reaction: Reaction) -> None:
        """Runs `reaction(self)` when the promise is settled, at once if it is. It is not handled by that."""
        if self._state != PENDING:
            reaction(self)
        else:
            self._await_settling(jobs_of(current_loop()), reaction)

    def _await_settling(self, jobs: Jobs, reaction: Reaction) -> None:
        if self._state != PENDING:
            self._queue(jobs, reaction)
        elif threading.get_ident() != self._jobs.thread:  # the list is for one thread only
            reaction = _once(reaction)
            self._jobs.add(lambda: self._await_settling(jobs, reaction))
            if self._state != PENDING:  # settled meanwhile, by a loop that may never run again
                self._queue(jobs, reaction)
        elif self._reactions is None:
            self._reactions = [(jobs, reaction)]
        else:
            self._reactions.append((jobs, reaction))

    def _waiter(self, loop: asyncio.AbstractEventLoop) -> asyncio.Future[None]:
        """A future of `loop` that is done when this promise is settled, and says nothing of how."""
        waiter = loop.create_future()
        if self._state != PENDING:
            waiter.set_result(None)
        elif threading.get_ident() != self._jobs.thread:
            self._await_settling(jobs_of(loop), lambda _: _wake(waiter, loop))
        elif self._waiters is None:
            self._waiters = [waiter]
        else:
            self._waiters.append(waiter)
        return waiter

    def _mark_handled(self) -> None:
        self._handled = True
        if self._unhandled is not None:
            self._unhandled.armed = False
            self._unhandled = None

    # --- what programs call ------------------------------------------------------------------------------------

    @overload
    def then(
        self, on_fulfilled: Callable[[T], Awaitable[U]], on_rejected: Callable[[Any], Awaitable[U] | U] | None = None
    ) -> Promise[U]: ...
    @overload
    def then(self, on_fulfilled: Callable[[T], U], on_rejected: Callable[[Any], U] | None = None) -> Promise[U]: ...
    @overload
    def then(self, on_fulfilled: None = None, on_rejected: None = None) -> Promise[T]: ...
    @overload
    def then(self, on_fulfilled: None, on_rejected: Callable[[Any], Awaitable[U] | U]) -> Promise[T | U]: ...
    def then(
        self, on_fulfilled: Callable[[T], Any] | None = None, on_rejected: Callable[[Any], Any] | None = None
    ) -> Promise[Any]:
        """A promise of what the handler returns, raises, or promises; without a handler it settles as this one does."""
        derived: Promise[Any] = self._child()

        def reaction(source: Promise[Any]) -> None:
            handler = on_fulfilled if source._state == FULFILLED else on_rejected
            if handler is None:
                derived._settle(source._state, source._value)
                return
            try:
                value = called(handler, source._value)
            except Exception as error:
                derived._settle(REJECTED, error)
            else:
                derived._resolve(value)

        self._react(reaction)
        return self._derived(derived)

    @overload
    def catch(self, on_rejected: None = None) -> Promise[T]: ...
    @overload
    def catch(self, on_rejected: Callable[[Any], Awaitable[U] | U]) -> Promise[T | U]: ...
    def catch(self, on_rejected: Callable[[Any], Any] | None = None) -> Promise[Any]:
        """`then(None, on_rejected)`."""
        return self.then() if on_rejected is None else self.then(None, on_rejected)

    def finally_(self, on_settled: Callable[[], Any] | None = None) -> Promise[T]:
        """Settles as this promise does, after `on_settled()`; what that raises or rejects with takes its place."""
        if on_settled is None:
            return self.then()

        def reaction(source: Promise[Any]) -> None:
            try:
                outcome = on_settled()
            except Exception as error:
                derived._settle(REJECTED, error)
                return
            Promise.resolve(outcome)._react(lambda done: derived._follow(done if done._state == REJECTED else source))

        derived = self._child()
        self._react(reaction)
        return self._derived(derived)

    def _child(self) -> Promise[Any]:
        child: Promise[Any] = Promise()
        child._home = self._home
        return child

    def _derived(self, derived: Promise[Any]) -> Promise[Any]:
        """Outside a loop, has the handlers run before the caller goes on."""
        if running_loop() is None:
            with entered(current_loop()):
                pass
            if self._state != PENDING and derived._state == PENDING and derived._jobs.loop is own_loop():
                derived._drive()
            derived._jobs.drive()
        return derived

    def result(self, timeout: float | None = None) -> T:
        """The value, or the error raised, waiting for it at most `timeout` seconds (`TimeoutError` past them).

        For code outside an event loop. Inside one nothing may block: there a promise that is not settled yet raises
        `asyncio.InvalidStateError`, and is to be awaited.
        """
        if self._state == PENDING:
            self._wait(timeout)
        return self._outcome()

    def _wait(self, timeout: float | None) -> None:
        if running_loop() is not None:
            raise asyncio.InvalidStateError("this promise is not settled yet; in a running event loop, await it")
        self._drive(timeout)

    def _drive(self, timeout: float | None = None) -> None:
        """Runs the thread's own loop until this promise is settled."""
        loop = own_loop()

        async def settled() -> None:
            async with asyncio.timeout(timeout):
                await self._waiter(loop)

        if self._state == PENDING:
            try:
                loop.run_until_complete(settled())
            except TimeoutError:
                raise TimeoutError(f"not settled within {timeout} seconds") from None

    def _outcome(self) -> T:
        if self._state == REJECTED:
            self._mark_handled()
            # The same error may be raised many times; each raise begins with the trace that it came with.
            raise self._value.with_traceback(self._trace)
        value: T = self._value
        return value

    def __await__(self) -> Generator[Any, None, T]:
        jobs = self._jobs
        if jobs.queue and jobs.loop is running_loop():
            jobs.run()
        if self._state == PENDING:
            self._handled = True
            yield from self._waiter(asyncio.get_running_loop())
            if jobs.queue and jobs.loop is running_loop():
                jobs.run()
        elif jobs.awaits < AWAITS_BETWEEN_TURNS:
            jobs.awaits += 1
        else:
            jobs.awaits = 0
            yield
        if self._state == REJECTED:
            return self._outcome()
        value: T = self._value
        return value

    def __repr__(self) -> str:
        state = ("pending", f"fulfilled: {self._value!r}", f"rejected: {self._value!r}")[self._state]
        return f"<{type(self).__name__} {state}>"

    # --- statics -----------------------------------------------------------------------------------------------

    @staticmethod
    def resolve(value: Any = None) -> Promise[Any]:
        """A promise of `value`; a promise itself when it is one already; of an awaitable's outcome."""
        if isinstance(value, Promise):
            return value
        promise: Promise[Any] = Promise()
        promise._resolve(value)
        return promise

    @staticmethod
    def reject(reason: Any = None) -> Promise[Any]:
        """A promise that is rejected with `reason`; what is no exception is wrapped in a `TaroError`."""
        promise: Promise[Any] = Promise()
        promise._settle(REJECTED, as_exception(reason))
        return promise

    @staticmethod
    def all(promises: Iterable[Any]) -> Promise[list[Any]]:
        """The values of all, in their order; rejected as soon as one is."""
        return _gather(promises, lambda promise: promise._state == FULFILLED, lambda promise: promise._value)

    @staticmethod
    def allSettled(promises: Iterable[Any]) -> Promise[list[Any]]:
        """How each ended: `{"status": "fulfilled", "value": …}` or `{"status": "rejected", "reason": …}`."""
        return _gather(promises, lambda promise: True, _settlement)

    @staticmethod
    def any(promises: Iterable[Any]) -> Promise[Any]:
        """The first value; rejected with an `AggregateError` when all are rejected."""
        given = [Promise.resolve(item) for item in promises]
        outcome: Promise[Any] = Promise()
        errors: list[Any] = [None] * len(given)
        left = len(given)

        def reaction_of(index: int) -> Reaction:
            def reaction(promise: Promise[Any]) -> None:
                nonlocal left
                if promise._state == FULFILLED:
                    outcome._follow(promise)
                    return
                errors[index] = promise._value
                left -= 1
                if not left:
                    outcome._reject_once(AggregateError(errors))

            return reaction

        for index, promise in enumerate(given):
            promise._react(reaction_of(index))
        if not given:
            outcome._reject_once(AggregateError([]))
        return _driven(outcome)

    @staticmethod
    def race(promises: Iterable[Any]) -> Promise[Any]:
        """Settles as the first of them that settles."""
        outcome: Promise[Any] = Promise()
        for promise in [Promise.resolve(item) for item in promises]:
            promise._react(outcome._follow)
        return _driven(outcome)


def _once(reaction: Reaction) -> Reaction:
    left = [reaction]

    def react(promise: Promise[Any]) -> None:
        if left:
            left.pop()(promise)

    return react


def _settlement(promise: Promise[Any]) -> Any:
    from ..models.record import Record

    if promise._state == FULFILLED:
        return Record(status="fulfilled", value=promise._value)
    return Record(status="rejected", reason=promise._value)


def _gather(
    promises: Iterable[Any],
    accept: Callable[[Promise[Any]], bool],
    give: Callable[[Promise[Any]], Any],
) -> Promise[list[Any]]:
    given = [Promise.resolve(item) for item in promises]
    outcome: Promise[list[Any]] = Promise()
    left = len(given)

    def reaction(promise: Promise[Any]) -> None:
        nonlocal left
        left -= 1
        if not accept(promise):
            outcome._follow(promise)
        elif not left:
            outcome._resolve_once([give(item) for item in given])

    for promise in given:
        promise._react(reaction)
    if not given:
        outcome._resolve_once([])
    return _driven(outcome)


def _driven(promise: Promise[U]) -> Promise[U]:
    """Outside a loop, has what is queued run before the caller goes on."""
    if running_loop() is None:
        with entered(current_loop()):
            pass
    return promise


def as_exception(reason: Any) -> BaseException:
    """`reason` if it can be raised, else a `TaroError` that carries it as `reason`, and has its fields as its own.

    `errMsg` is the reason's own, or its text.
    """
    from ..models.model import Model

    if isinstance(reason, BaseException):
        return reason
    fields = dict(reason) if isinstance(reason, dict | Model) else {}
    fields.setdefault("reason", reason)
    return TaroError(str(fields.get("errMsg", reason)), fields.get("errCode"), fields=fields)


def no_attribute(name: str) -> AttributeError:
    """What to raise for an attribute that a promise does not have: most often it was to be awaited first."""
    return AttributeError(f"a promise has no {name!r}; what it promises is there when it is awaited")


async def _awaiting(awaitable: Awaitable[U]) -> U:
    return await awaitable


_running: set[asyncio.Task[Any]] = set()


def run_coroutine(
    coroutine: Any, fulfil: Callable[[Any], None], reject: Callable[[BaseException], None]
) -> asyncio.Task[Any]:
    """Runs a coroutine in the current loop and says how it ended."""
    loop = current_loop()
    jobs = jobs_of(loop)
    jobs.unsettled += 1
    task = loop.create_task(coroutine)
    _running.add(task)

    def done(task: asyncio.Task[Any]) -> None:
        _running.discard(task)
        jobs.settled()
        if task.cancelled():
            reject(Cancelled("the task was cancelled"))
            return
        error = task.exception()
        if error is None:
            fulfil(task.result())
        else:
            reject(error)

    task.add_done_callback(done)
    return task


def _wake(waiter: asyncio.Future[None], home: asyncio.AbstractEventLoop) -> None:
    """Ends a wait, in the loop that waits."""

    def wake() -> None:
        if not waiter.done():
            waiter.set_result(None)

    loop = waiter.get_loop()
    if loop is home:
        wake()
    elif not loop.is_closed():
        loop.call_soon_threadsafe(wake)


def invoke(callback: Callable[..., Any], home: Rejections, *arguments: Any) -> None:
    """Calls a program's callback. What it raises is reported, and a coroutine that it returns is run."""
    try:
        outcome = called(callback, *arguments)
    except Exception as error:
        home.report(error)
    else:
        if outcome is not None and inspect.iscoroutine(outcome):
            run_coroutine(outcome, Promise._ignore, home.report)
