"""`Promise`: JavaScript's, for Python: started at once, awaitable any number of times."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable, Mapping
from contextvars import copy_context
from functools import partial, update_wrapper
from threading import get_ident
from types import MethodType, TracebackType
from typing import TYPE_CHECKING, Any, Generic, SupportsIndex, TypeVar, cast, overload

from .. import hints
from ..program import Place, caller
from ..signatures import called
from . import rejections
from .coroutines import Waiter, ends_program, start
from .errors import Cancelled, Rejected, TaroError, as_exception
from .jobs import Jobs, current_loop, entered, is_current, is_own, jobs_of, own_loop, running_jobs, running_loop
from .rejections import Rejections, Unhandled

T = TypeVar("T")
U = TypeVar("U")
Method = TypeVar("Method", bound=Callable[..., Any])

PENDING, FULFILLED, REJECTED = range(3)

AWAIT_IT = "await it first, (await …){0}, or outside an event loop ask for its result, ….result(){0}"

Reaction = Callable[["Promise[Any]"], object]
Executor = Callable[[Callable[[Any], None], Callable[[Any], None]], object]

# What most promises are resolved with. None of them is a promise, or has a `then` of its own.
_has = dict.__contains__
PLAIN: frozenset[type] = frozenset({type(None), bool, int, float, str, bytes, list, tuple})


def is_plain_object(value: Any) -> bool:
    """Whether it is a dict that is no promise of any kind. Objects of JavaScript's would be long in telling that."""
    kind = type(value)
    if kind not in _dicts:
        if not isinstance(value, dict) or hasattr(kind, "__await__"):
            return False
        if len(_dicts) < _MANY:
            _dicts.add(kind)
    return not _has(value, "then")


#: Classes of dicts that can't be awaited, the first that came along.
_dicts: set[type] = set()
_MANY = 64


class AggregateError(TaroError):
    """`Promise.any` was given promises that all were rejected; `errors` has the reasons, in order."""

    def __init__(self, errors: list[Any]) -> None:
        self.errors = errors
        super().__init__("All promises were rejected")


class _Replaceable:
    """A method that a program may replace on one promise, as it may on an object of JavaScript."""

    def __init__(self, method: Callable[..., Any]) -> None:
        self._method = method
        update_wrapper(self, method)  # type: ignore[arg-type]

    def __get__(self, promise: Promise[Any] | None, kind: type | None = None) -> Callable[..., Any]:
        if promise is None:
            return self._method
        return promise._own_then or MethodType(self._method, promise)

    def __set__(self, promise: Promise[Any], method: Callable[..., Any]) -> None:
        promise._own_then = method

    def __delete__(self, promise: Promise[Any]) -> None:
        promise._own_then = None


def _replaceable(method: Method) -> Method:
    return cast(Method, _Replaceable(method))


class Promise(Generic[T]):
    """A value that is there, or will be, or the reason why it will not.

    `Promise(executor)` calls `executor(resolve, reject)` at once, as `new Promise(...)` does. `await promise` gives the
    value or raises, any number of times and from any event loop. Outside an event loop, `result()` does.

    A promise may be rejected with anything. `catch`, and `then`'s second handler, get that very value; `await` and
    `result()` raise it, and where it is no exception, a `Rejected` whose `value` it is.

    A task that is cancelled while it awaits a promise has asked for it in vain: if nobody else awaits or follows the
    promise, what it stands for is given up as well. A call is aborted, an async function cancelled.
    """

    # Defaults stand on the class: most promises of calls are settled soon and never get most of these.
    _state = PENDING
    _value: Any = None
    _error: BaseException | None = None
    _trace: TracebackType | None = None
    _handled = False
    _reactions: list[tuple[Jobs, Reaction]] | None = None
    _unhandled: Unhandled | None = None
    #: The line of the program that has asked for it, where that will not be in the trace of an error.
    _place: Place | None = None
    _own_then: Callable[..., Any] | None = None
    #: How many await or follow this promise; the promises that it follows itself; the async function behind it.
    _followers = 0
    _sources: tuple[Promise[Any], ...] = ()
    _running: asyncio.Task[None] | None = None
    #: Whether it was given up; what it follows from then on is given up too.
    _given_up = False
    #: What the statics make of many values, of how a promise ended, and of the reasons of all.
    _list_of: Callable[[Iterable[Any]], list[Any]] = list
    _settlement_of: Callable[..., Any] = staticmethod(lambda **fields: _settlement(fields))
    _aggregate_of: Callable[[list[Any]], BaseException] = AggregateError

    def __init__(self, executor: Executor | None = None) -> None:
        self._jobs = running_jobs() or jobs_of(own_loop())
        self._home: Rejections = rejections.process
        if executor is not None:
            self._ask(executor)

    def _ask(self, code: Callable[..., Any]) -> None:
        """Has code settle this promise by the `resolve` and `reject` that it gets: an executor, or a thenable's `then`.

        What it raises rejects, also if it is async, unless it has settled the promise before.
        """
        resolve, reject = self._resolving()
        try:
            outcome = called(code, resolve, reject)
        except BaseException as error:
            reject(error)
            if ends_program(error):
                raise
        else:
            if inspect.iscoroutine(outcome):
                start(outcome, _ignore, reject)

    # --- settling ----------------------------------------------------------------------------------------------

    # A promise changes in its own loop only; what others want is done there.

    def _resolving(self) -> tuple[Callable[..., None], Callable[..., None]]:
        """What settles this promise from outside, `resolve` and `reject`, of which only the first call counts."""
        told = False

        def tell(settle: Callable[[Any], None], value: Any) -> None:
            nonlocal told
            if not told:
                told = True
                self._at_home(partial(settle, value))

        def resolve(value: Any = None) -> None:
            tell(self._resolve, value)

        def reject(reason: Any = None) -> None:
            self._place = self._place or caller()
            tell(self._reject, reason)

        return resolve, reject

    def _at_home(self, change: Callable[[], object]) -> None:
        loop = self._jobs.loop
        if running_loop() is loop or loop.is_closed():
            change()
        elif is_current(loop):  # outside any loop what is queued then runs before the caller goes on
            with entered(loop):
                change()
        else:
            self._jobs.add(change)

    def _resolve(self, value: Any) -> None:
        """Fulfils with a value, or follows it when it is a promise, a thenable, or any other awaitable."""
        if type(value) in PLAIN or is_plain_object(value):
            self._settle(FULFILLED, value)
        elif isinstance(value, Promise):
            self._resolve_with_promise(value)
        elif inspect.iscoroutine(value):
            self._resolve_with_promise(begun(value, self._home))
        elif inspect.isawaitable(value):
            self._resolve_with_promise(begun(_awaiting(value), self._home))
        elif (then := _then_of(value)) is not None:
            self._jobs.add(partial(self._ask, then))
        else:
            self._settle(FULFILLED, value)

    def _resolve_with_promise(self, promise: Promise[Any]) -> None:
        # As JavaScript does: that promise is asked in a job of its own, and so is heard two jobs later.
        if promise is self:
            self._reject(TypeError("a promise cannot be resolved with itself"))
        elif promise._own_then is not None:
            self._jobs.add(partial(self._ask, promise._own_then))
        else:
            promise._mark_handled()
            self._sources = (promise,)
            promise._followers += 1
            self._jobs.add(partial(promise._await_settling, self._jobs, self._follow))
            if self._given_up and self._followers <= 0:
                promise._at_home(promise._lose_follower)

    def _follow(self, other: Promise[Any]) -> None:
        if other._state == REJECTED:
            self._place = other._place
            self._reject(other._value, other._error)
        else:
            self._settle(FULFILLED, other._value)

    def _reject(self, reason: Any, error: BaseException | None = None) -> None:
        """Rejects with `reason`, for which an await raises `error`.

        What an await has raised is no reason of its own: the promise is rejected as the one was that was awaited.
        """
        if self._state != PENDING:
            return
        if isinstance(reason, Rejected):
            reason, error = reason.value, reason
        elif isinstance(reason, asyncio.CancelledError):
            reason = Cancelled("it was cancelled")
        self._error = error
        raised = error or reason
        if isinstance(raised, BaseException):
            self._trace = raised.__traceback__
        if not self._handled:
            self._unhandled = Unhandled(reason, self._home, self._place)
        self._settle(REJECTED, reason)

    def _settle(self, state: int, value: Any) -> None:
        if self._state != PENDING:
            return
        self._value = value
        self._state = state
        if self._sources:
            self._sources = ()
        if self._reactions is not None:
            reactions, self._reactions = self._reactions, None
            for jobs, reaction in reactions:
                self._queue(jobs, reaction)

    def _settle_by(self, code: Callable[..., Any], *arguments: Any) -> None:
        """Settles as the program's code ends: with what it returns, promises, or raises."""
        try:
            value = called(code, *arguments)
        except BaseException as error:
            self._reject(error)
            if ends_program(error):
                raise
        else:
            self._resolve(value)

    # --- following ---------------------------------------------------------------------------------------------

    def _queue(self, jobs: Jobs, reaction: Reaction) -> None:
        jobs.add(partial(reaction, self))

    def _react(self, reaction: Reaction) -> None:
        """Has `reaction(promise)` run when the promise is settled, as a job of the loop that asks for it.

        The promise counts as handled from now on.
        """
        promise = self._taken()
        promise._mark_handled()
        promise._followers += 1
        promise._await_settling(jobs_of(current_loop()), reaction)

    def _taken(self) -> Promise[Any]:
        """This promise, or one that settles as the program's own `then` says."""
        if self._own_then is None:
            return self
        heard: Promise[Any] = _Heard()
        heard._home = self._home
        heard._ask(self._own_then)
        return heard

    def _watch_settling(self, reaction: Reaction) -> None:
        """Runs `reaction(self)` when the promise is settled, at once if it is. It is not handled by that."""
        if self._state != PENDING:
            reaction(self)
        else:
            self._await_settling(jobs_of(current_loop()), reaction)

    def _await_settling(self, jobs: Jobs, reaction: Reaction) -> None:
        if self._state != PENDING:
            self._queue(jobs, reaction)
        elif not is_current(self._jobs.loop):  # the list is for one thread only
            reaction = _once(reaction)
            self._jobs.add(lambda: self._await_settling(jobs, reaction))
            if self._state != PENDING:  # settled meanwhile, by a loop that may never run again
                self._queue(jobs, reaction)
        elif self._reactions is None:
            self._reactions = [(jobs, reaction)]
        else:
            self._reactions.append((jobs, reaction))

    def _mark_handled(self) -> None:
        self._handled = True
        if self._unhandled is not None:
            self._unhandled.armed = False
            self._unhandled = None

    # --- giving up ---------------------------------------------------------------------------------------------

    def _leave(self, waiter: Waiter) -> None:
        """A task that awaited this promise was cancelled."""
        self._at_home(partial(self._forget_waiter, waiter))

    def _forget_waiter(self, waiter: Waiter) -> None:
        if self._reactions is not None:
            self._reactions = [each for each in self._reactions if each[1] != waiter.wake]
        self._lose_follower()

    def _lose_follower(self) -> None:
        """One that followed this promise has been given up; with the last of them, this promise is too."""
        self._followers -= 1
        if self._followers <= 0 and self._state == PENDING and not self._given_up:
            self._jobs.give_up(self._give_up)

    def _give_up(self) -> None:
        """Ends what would settle this promise, as nobody waits for it any more."""
        self._given_up = True
        if self._running is not None:
            self._running.cancel()
        for source in self._sources:
            source._at_home(source._lose_follower)

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
    def then(self, on_fulfilled: None, on_rejected: Callable[[Any], Awaitable[U]]) -> Promise[T | U]: ...
    @overload
    def then(self, on_fulfilled: None, on_rejected: Callable[[Any], U]) -> Promise[T | U]: ...
    @_replaceable
    def then(
        self, on_fulfilled: Callable[[T], Any] | None = None, on_rejected: Callable[[Any], Any] | None = None
    ) -> Promise[Any]:
        """A promise of what the handler returns, raises, or promises; without a handler it settles as this one does."""
        derived = self._child()
        derived._sources = (self,)

        def reaction(source: Promise[Any]) -> None:
            handler = on_fulfilled if source._state == FULFILLED else on_rejected
            if handler is None:
                derived._follow(source)
            else:
                derived._settle_by(handler, source._value)

        self._mark_handled()
        self._followers += 1
        self._await_settling(jobs_of(current_loop()), reaction)
        return self._derived(derived)

    @overload
    def catch(self, on_rejected: None = None) -> Promise[T]: ...
    @overload
    def catch(self, on_rejected: Callable[[Any], Awaitable[U]]) -> Promise[T | U]: ...
    @overload
    def catch(self, on_rejected: Callable[[Any], U]) -> Promise[T | U]: ...
    def catch(self, on_rejected: Callable[[Any], Any] | None = None) -> Promise[Any]:
        """`then(None, on_rejected)`."""
        return self.then() if on_rejected is None else self.then(None, on_rejected)

    def finally_(self, on_settled: Callable[[], Any] | None = None) -> Promise[T]:
        """Settles as this promise does, after `on_settled()`; what that raises or rejects with takes its place."""
        if on_settled is None:
            return self.then()

        def then(end: Callable[[Any], T], value: Any) -> Promise[T]:
            return Promise.resolve(on_settled()).then(lambda _: end(value))

        return self.then(partial(then, _give), partial(then, _raise))

    def _child(self) -> Promise[Any]:
        child: Promise[Any] = Promise()
        child._home = self._home
        return child

    def _derived(self, derived: Promise[Any]) -> Promise[Any]:
        """Outside a loop, has the handlers run before the caller goes on."""
        if running_loop() is None:
            _run_queued()
            if self._state != PENDING and derived._state == PENDING and is_own(derived._jobs.loop):
                derived._drive()
            derived._jobs.drive()
        return derived

    def result(self, timeout: float | None = None) -> T:
        """The value, or the error raised, waiting for it at most `timeout` seconds (`TimeoutError` past them).

        For code outside an event loop. In a running one nothing waits, whatever the promise stands for: one that is not
        settled yet raises `asyncio.InvalidStateError`, and is to be awaited. A call never is when it returns there.
        """
        if self._state == PENDING:
            self._wait(timeout)
        return self._outcome()

    def _wait(self, timeout: float | None) -> None:
        if running_loop() is not None:
            raise asyncio.InvalidStateError(
                f"not settled yet, and in a running event loop result() does not wait: write {self._awaited()}"
            )
        self._drive(timeout)

    def _awaited(self) -> str:
        """What to write to wait for it."""
        return "`await promise`"

    def _drive(self, timeout: float | None = None) -> None:
        """Runs the thread's own loop until this promise is settled."""
        loop = own_loop()

        async def settled() -> None:
            done = loop.create_future()
            self._await_settling(jobs_of(loop), lambda _: None if done.done() else done.set_result(None))
            async with asyncio.timeout(timeout):
                await done

        if self._state == PENDING:
            try:
                loop.run_until_complete(settled())
            except TimeoutError:
                raise TimeoutError(f"not settled within {timeout} seconds") from None

    def _outcome(self) -> T:
        if self._state == REJECTED:
            self._mark_handled()
            if self._error is None:
                self._error = as_exception(self._value)
            # The same error may be raised many times; each raise begins with the trace that it came with.
            raise self._error.with_traceback(self._trace)
        value: T = self._value
        return value

    def __await__(self) -> Generator[Any, None, T]:
        jobs = self._jobs
        if jobs.place._thread_id != get_ident():
            jobs = jobs_of(asyncio.get_running_loop())
        # An await lets the code go on that called, and then the queued jobs. Where neither is there, nobody can tell.
        if not (jobs.queue or jobs.nested) and jobs.left > 0 and self._own_then is None:
            if self._state == PENDING and jobs.answers:
                first: object = jobs.answers[0]
                if first is self:
                    jobs.answers.popleft().deliver()
            if self._state != PENDING and not jobs.queue:
                jobs.left -= 1
                if self._state == REJECTED:
                    return self._outcome()
                value: T = self._value
                return value
        promise = self._taken()
        waiter = Waiter(jobs.loop, promise._leave)
        promise._mark_handled()
        promise._followers += 1
        promise._await_settling(jobs, waiter.wake)
        yield from waiter.__await__()
        outcome: T = promise._outcome()
        return outcome

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        raise TypeError("a promise can't be pickled or copied; await it, and send what it gives")

    def __dir__(self) -> list[str]:
        """What it has; the fields of results only say that it has them not."""
        return [name for name in object.__dir__(self) if name in vars(self) or hasattr(type(self), name)]

    # Type checkers would take it for the word that there is something.
    if not TYPE_CHECKING:

        def __getitem__(self, name):
            raise TypeError(f"a promise has no items; {AWAIT_IT.format(f'[{name!r}]')}")

    def __repr__(self) -> str:
        state = ("pending", f"fulfilled: {self._value!r}", f"rejected: {self._value!r}")[self._state]
        return f"<{self._kind} {state}>"

    #: What programs call it: its subclasses are the runtime's own business.
    _kind = "Promise"

    def _repr_html_(self) -> str | None:
        """As what it was fulfilled with is shown; None if it was not, or that has no picture."""
        show = getattr(type(self._value), "_repr_html_", None) if self._state == FULFILLED else None
        return None if show is None else show(self._value)

    # --- statics -----------------------------------------------------------------------------------------------

    @classmethod
    def resolve(cls, value: Any = None) -> Promise[Any]:
        """A promise of `value`; a promise itself when it is one already; of an awaitable's or a thenable's outcome.

        A coroutine begins now, as an async function does at its call.
        """
        if isinstance(value, Promise):
            return value
        if inspect.iscoroutine(value):
            return begun(value, rejections.process)
        promise: Promise[Any] = cls()
        promise._resolve(value)
        return promise

    @classmethod
    def reject(cls, reason: Any = None) -> Promise[Any]:
        """A promise that is rejected with `reason`, which may be anything."""
        promise: Promise[Any] = cls()
        promise._place = caller()
        promise._reject(reason)
        return promise

    @classmethod
    def all(cls, promises: Iterable[Any]) -> Promise[list[Any]]:
        """The values of all, in their order, as a tuple if a tuple was given; rejected as soon as one is."""
        given, outcome = cls._combining(promises)
        many = cls._many(promises)

        def done() -> None:
            outcome._resolve(many(promise._value for promise in given))

        return _counted(given, outcome, lambda promise: promise._state == FULFILLED, done)

    @classmethod
    def allSettled(cls, promises: Iterable[Any]) -> Promise[list[Any]]:
        """How each ended: `{"status": "fulfilled", "value": …}` or `{"status": "rejected", "reason": …}`.

        A tuple of these if a tuple was given.
        """
        given, outcome = cls._combining(promises)
        many = cls._many(promises)

        def done() -> None:
            outcome._resolve(many(cls._settlement_of(**promise._settled_as()) for promise in given))

        return _counted(given, outcome, lambda promise: True, done)

    @classmethod
    def any(cls, promises: Iterable[Any]) -> Promise[Any]:
        """The first value; rejected with an `AggregateError` when all are rejected."""
        given, outcome = cls._combining(promises)

        def done() -> None:
            outcome._reject(cls._aggregate_of([promise._value for promise in given]))

        return _counted(given, outcome, lambda promise: promise._state == REJECTED, done)

    @classmethod
    def race(cls, promises: Iterable[Any]) -> Promise[Any]:
        """Settles as the first of them that settles."""
        given, outcome = cls._combining(promises)
        for promise in given:
            promise._react(outcome._follow)
        return _driven(outcome)

    @classmethod
    def _combining(cls, promises: Iterable[Any]) -> tuple[list[Promise[Any]], Promise[Any]]:
        """The promises of what was given, and a new one that is to settle as they do."""
        given = [cls.resolve(item)._taken() for item in promises]
        outcome: Promise[Any] = cls()
        outcome._sources = tuple(given)
        return given, outcome

    @classmethod
    def _many(cls, promises: Iterable[Any]) -> Callable[[Iterable[Any]], Any]:
        """What the values of these are put into: a tuple has a type for each of its values, and so stays one."""
        return tuple if isinstance(promises, tuple) and cls._list_of is list else cls._list_of

    def _settled_as(self) -> dict[str, Any]:
        if self._state == FULFILLED:
            return {"status": "fulfilled", "value": self._value}
        return {"status": "rejected", "reason": self._value}


class _Heard(Promise[Any]):
    """What a program's own `then` says. Who follows is told within that, as `then` would tell it, and not in a job."""

    def _queue(self, jobs: Jobs, reaction: Reaction) -> None:
        if not is_current(jobs.loop) or asyncio.current_task(jobs.loop) is not None:
            super()._queue(jobs, reaction)  # a task that runs cannot have another one go on
            return
        jobs.nested += 1
        try:
            reaction(self)
        finally:
            jobs.nested -= 1


def _counted(
    given: list[Promise[Any]], outcome: Promise[Any], counts: Callable[[Promise[Any]], bool], done: Callable[[], None]
) -> Promise[Any]:
    """`outcome`, which settles as the first promise that does not count, or by `done` when all have been counted."""
    left = len(given)

    def reaction(promise: Promise[Any]) -> None:
        nonlocal left
        left -= 1
        if not counts(promise):
            outcome._follow(promise)
        elif not left:
            done()

    for promise in given:
        promise._react(reaction)
    if not given:
        done()
    return _driven(outcome)


def _settlement(fields: dict[str, Any]) -> Any:
    from .settlements import PromiseFulfilledResult, PromiseRejectedResult

    made: type[dict[str, Any]] = PromiseFulfilledResult if "value" in fields else PromiseRejectedResult
    return made(fields)


def _once(reaction: Reaction) -> Reaction:
    left = [reaction]

    def react(promise: Promise[Any]) -> None:
        if left:
            left.pop()(promise)

    return react


def _driven(promise: Promise[U]) -> Promise[U]:
    """Outside a loop, has what is queued run before the caller goes on."""
    if running_loop() is None:
        _run_queued()
    return promise


def _run_queued() -> None:
    with entered(current_loop()):  # leaving it runs the queued jobs
        pass


def _then_of(value: Any) -> Callable[..., Any] | None:
    """The `then` of a thenable: of a dict as JavaScript's objects are, or of an object of the program's own.

    Not of an object that makes up whatever it is asked for, as a test's mock does: it would never call back.
    """
    if isinstance(value, Mapping):  # whose fields may hide its methods, as those of JavaScript's objects do
        then = value["then"] if "then" in value else None  # noqa: SIM401
    elif isinstance(value, type):  # its instances have one
        return None
    elif hasattr(type(value), "then") or "then" in getattr(value, "__dict__", ()):
        then = value.then
    else:
        return None
    return then if callable(then) else None


def no_attribute(name: str) -> AttributeError:
    """What to raise for an attribute that a promise does not have: most often it was to be awaited first."""
    return hints.no_attribute(f"a promise has no {name!r}; {AWAIT_IT.format(f'.{name}')}")


def begun(code: Coroutine[Any, Any, U], home: Rejections) -> Promise[U]:
    """The promise of an async function, which begins now. It is cancelled when nobody waits for it any more."""
    promise: Promise[U] = Promise()
    promise._home = home
    promise._running = start(code, promise._resolve, promise._reject)
    return promise


def ended(code: Coroutine[Any, Any, U], home: Rejections) -> Promise[U]:
    """The promise of an async function that awaits nothing: it has ended when its call returns, and needs no task."""
    jobs = running_jobs()
    if jobs is None:
        return begun(code, home)
    promise: Promise[U] = Promise()
    promise._home = home
    jobs.nested += 1
    try:
        copy_context().run(code.send, None)
    except StopIteration as end:
        promise._resolve(end.value)
    except BaseException as error:
        promise._reject(error)
        if ends_program(error):
            raise
    finally:
        jobs.nested -= 1
    return promise


async def _awaiting(awaitable: Awaitable[U]) -> U:
    return await awaitable


def _ignore(value: Any) -> None:
    """What an executor or a callback returns means nothing."""


def _give(value: U) -> U:
    return value


def _raise(reason: Any) -> Any:
    raise as_exception(reason)


def invoke(callback: Callable[..., Any], home: Rejections, *arguments: Any) -> Any:
    """Calls a program's callback. What it raises is reported, and a coroutine that it returns begins.

    Gives what it returns, for the few whose answer somebody waits for.
    """
    try:
        outcome = called(callback, *arguments)
    except BaseException as error:
        if ends_program(error):
            raise
        home.report(error)
        return None
    if outcome is not None and inspect.iscoroutine(outcome):
        start(outcome, _ignore, home.report)
        return None
    return outcome
