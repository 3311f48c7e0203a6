"""The way of one call: options in, native call, callbacks, promise.

Everything that can be known when a function is bound to a runtime is worked out then (`Binding`); the call itself does
the least it can. A native object answers by the callbacks in the options, at once or later, from any thread.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import wraps
from threading import get_ident
from typing import TYPE_CHECKING, Any

from ..program import caller
from ..signatures import accepted
from .answering import Answers
from .binding import Binding
from .coroutines import ends_program, start
from .errors import NotSupported, TaroError
from .jobs import LONGEST, Answer, Jobs, entered, last_jobs, own_loop, running_jobs, running_loop
from .options import ArgumentRules, WrongOptions, take
from .promise import FULFILLED, PENDING, REJECTED, Promise, invoke, no_attribute

if TYPE_CHECKING:
    import asyncio

    from .rejections import Rejections

# A native object that was given a `timeout` of its own is waited for this much longer, so that its own word comes
# first.
GRACE = 5.0


# What a program has told a call to tell it by: `success`, `fail` and `complete`.
Callback = Callable[..., Any]
Callbacks = tuple[Callback | None, Callback | None, Callback | None]


class Call(Promise[Any], Answer):
    """The promise of one call, and the three native callbacks that settle it.

    The answer is delivered when the program's code has returned and its jobs have run, as JavaScript does.

    A class with a `__getattr__`, which could say what a promise has not, has all of its attributes looked up slowly.
    """

    _task: Any = None
    _task_to_come = False
    #: What is left of a native function that is async.
    _work: asyncio.Task[None] | None = None

    def __init__(self, binding: Binding, jobs: Jobs) -> None:
        self._jobs = jobs
        self._binding = binding
        self._home = binding.home
        # Every answer looks at these: Python finds what is the object's own much sooner than a default of its class.
        self._state = self._ending = PENDING
        self._counted = self._task_to_come = False
        self._own_then = None
        self._callbacks: Callbacks | None = None
        self._reactions = None
        if binding.quiet:
            self._handled = True

    # --- the native callbacks, which may come from any thread ---------------------------------------------------

    def on_success(self, result: Any = None) -> None:
        """Given to the native object as `success`. Only the first answer counts."""
        if self._ending == PENDING:
            self._ending = FULFILLED
            self._value = result
            if not self._task_to_come:
                self._queue_answer()

    def on_fail(self, error: Any = None) -> None:
        """Given to the native object as `fail`."""
        if self._ending == PENDING:
            self._ending = REJECTED
            self._value = error
            self._queue_answer()

    def on_complete(self, result: Any = None) -> None:
        """Given to the native object as `complete`. It answers only if the native object has called nothing else."""
        if self._ending != PENDING:
            return
        failed = isinstance(result, Mapping) and ":fail" in str(result.get("errMsg", ""))
        (self.on_fail if failed else self.on_success)(result)

    def _queue_answer(self) -> None:
        self._jobs.add_answer(self)

    def _receive_task(self, task: Any) -> None:
        """The task of a native function that gives it by a promise, as Taro's own implementations do."""
        self._task = task
        self._task_to_come = False
        if self._ending == PENDING:
            self.on_success()
        else:
            self._queue_answer()

    def _lose_task(self, error: Any) -> None:
        """The promise of a task is rejected, it may be after `success`."""
        self._task_to_come = False
        if self._ending == REJECTED:
            self._queue_answer()  # as it has ended before, which is why there is no task
            return
        self._ending = PENDING
        self.on_fail(error)

    def _with_task(self, result: Any) -> Any:
        """What `connectSocket` resolves to: the task, with the fields of the result on it."""
        if self._task is None or not isinstance(result, Mapping):
            return result
        return self._binding.add_fields(self._binding.wrap_task(self._task), result)

    def _awaited(self) -> str:
        return super()._awaited() if self._binding.verbatim else f"`await Taro.{self._binding.api}(…)`"

    # --- settling ----------------------------------------------------------------------------------------------

    def deliver(self) -> None:
        """Makes Taro's result or error of the native one, calls the callbacks with it, and then settles."""
        if self._state != PENDING or self._task_to_come:  # two threads have answered, or half of the answer has come
            return
        binding, state = self._binding, self._ending
        if state == FULFILLED:
            try:
                native = self._value
                value = binding.succeed() if native is None else binding.result(native)
            except Exception as error:
                state, value = REJECTED, binding.error(error)
        else:
            value = binding.error(self._value)
        if self._callbacks is None:
            if state == FULFILLED and self._reactions is None and not self._counted and not binding.gives_task:
                self._value, self._state = value, FULFILLED  # as `_close` would, and nobody is to hear of it
            else:
                self._close(state, value)
            return
        success, fail, complete = self._callbacks
        self._callbacks = None
        # A callback may end the program, which may be an interactive one that goes on: the others hear of it all the
        # same. Who awaits the promise, or has handlers on it, goes on in jobs, and so after `complete`.
        try:
            self._tell(success if state == FULFILLED else fail, value)
        finally:
            try:
                self._close(state, value)
            finally:
                self._tell(complete, value)

    def _tell(self, callback: Callback | None, value: Any) -> None:
        if callback is not None:
            invoke(callback, self._home, value)

    def _close(self, state: int, value: Any) -> None:
        if self._counted:
            self._forget()
        if state == REJECTED:
            self._reject(value)
            return
        if self._binding.gives_task:
            value = self._with_task(value)
        self._settle(FULFILLED, value)

    def _forget(self) -> None:
        """The call is open no longer, and nobody waits for it."""
        self._counted = False
        self._binding.open.discard(self)
        self._jobs.settled()
        self._jobs.deadlines.discard(self)

    def _give_up(self) -> None:
        """Nobody waits for the answer any more: ends the call as `abort` does.

        An answer that has come and is not told yet is given up too, or what polls by handlers would go on.
        """
        self._handled = True
        self._abort()
        aborted = {"errMsg": f"{self._binding.api}:fail abort"}
        if self._ending == FULFILLED and not self._task_to_come:
            self._ending, self._value = REJECTED, aborted
        else:
            self.on_fail(aborted)

    def interrupt(self, error: TaroError) -> None:
        """Ends the call with `error`, whatever the native object does."""
        self._handled = True
        self.on_fail(error)
        self._abort()

    def _abort(self) -> None:
        abort = getattr(self._task, "abort", None)
        if abort is not None:
            invoke(abort, self._home)
        if self._work is not None:
            self._at_home(self._work.cancel)  # who closes a Taro may be another thread

    # --- starting ----------------------------------------------------------------------------------------------

    def _start(self, options: dict[str, Any], rest: tuple[Any, ...]) -> None:
        """Makes the native call with options that are ours, and checked."""
        binding = self._binding
        limit = None
        if options:
            self._keep_callbacks(options.pop("success", None), options.pop("fail", None), options.pop("complete", None))
            limit = options.get("timeout")
        try:
            if binding.open.closed:
                raise binding.closed()
            if binding.adapt_options is not None:
                binding.adapt_options(options)
            at_once = binding.at_once
            result = at_once(options)
            if result is NotImplemented:
                self._call_native(options, rest)
                if self._ending != FULFILLED or self._task_to_come:
                    self._place = caller()
                if self._ending == PENDING or self._task_to_come:
                    self._leave_open(limit)
                return
        except BaseException as error:
            self._place = caller()
            self.on_fail(error)
            if ends_program(error):
                raise
            return
        self._ending = FULFILLED
        self._value = result
        jobs = self._jobs  # as `_queue_answer` does; most calls come by here
        jobs.answers.append(self)
        if not jobs.scheduled:
            jobs.schedule()

    def _call_native(self, options: dict[str, Any], rest: tuple[Any, ...]) -> None:
        """Calls the native function with callbacks of ours."""
        binding = self._binding
        told: Call | Answers = Answers(self) if binding.is_brought else self
        options["success"] = told.on_success
        options["fail"] = told.on_fail
        options["complete"] = told.on_complete
        native = binding.native
        returned = native(*accepted(native, (options, *rest))) if rest else native(options)
        if returned is not None:
            self._take(returned)
        if isinstance(told, Answers):
            told.may_go(returned)

    def _keep_callbacks(self, success: Callback | None, fail: Callback | None, complete: Callback | None) -> None:
        """Keeps those that the program gave; a failure that they are told of is handled."""
        if fail is not None or complete is not None:
            self._handled = True
        elif success is None:
            return
        self._callbacks = success, fail, complete

    def _take(self, returned: Any) -> None:
        """What the native call returned: a task; or, of a native function that is async, its answer to come."""
        is_task = self._binding.task_methods and not inspect.iscoroutine(returned)  # a native task may be a promise
        if is_task or not inspect.isawaitable(returned):
            self._task = returned
        elif self._binding.gives_task:
            self._task_to_come = True
            self._work = start(_outcome(returned), self._receive_task, self._lose_task)
        else:
            self._work = start(_outcome(returned), self.on_success, self.on_fail)

    def _leave_open(self, limit: Any) -> None:
        """The answer comes later: keeps the call known, and the time that the answer may take."""
        self._counted = True
        self._jobs.unsettled += 1
        self._binding.open.add(self)
        patience = self._binding.patience
        if patience is not None:
            own = min(limit, LONGEST) / 1000 + GRACE if isinstance(limit, int | float) else 0.0
            self._jobs.deadlines.add(self, max(patience, own))

    def overdue(self) -> None:
        """The native object has not answered in time."""
        self.interrupt(self._binding.error({"errMsg": f"{self._binding.api}:fail timeout"}))


async def _outcome(awaitable: Any) -> Any:
    return await awaitable


# The methods of a native task that Taro puts on the promise beside it, whichever function gave the task.
TASK_METHODS = frozenset({
    "abort", "onHeadersReceived", "offHeadersReceived", "onProgressUpdate", "offProgressUpdate", "onChunkReceived",
    "offChunkReceived",
})  # fmt: skip


class TaskCall(Call):
    """The promise of a call that has a task: `request`, `uploadFile`, `downloadFile`. It has the task's methods too."""

    _manager: Any = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not (name in self._binding.task_methods or self._brought(name)):
            raise no_attribute(name)
        return self._task_method(name)

    def _brought(self, name: str) -> bool:
        """Whether it is one of a task's methods that Taro puts on any call's promise if the native task has it."""
        return name in TASK_METHODS and self._task is not None and hasattr(self._task, name)

    def _task_method(self, name: str) -> Any:
        if name in self._binding.lacking:
            return self._binding.lacking[name]
        if self._task is None:  # the native call has failed at once, and there is nothing to abort or listen to
            return _no_task
        if self._manager is None:  # kept, since it knows the program's listeners
            self._manager = self._binding.wrap_task(self._task)
        return getattr(self._manager, name)

    def abort(self, callback: Callable[[], Any] | None = None) -> TaskCall:
        """Ends the task; the promise is rejected with `…:fail abort`. Returns the promise itself, as Taro does."""
        if "abort" in self._binding.lacking:
            self._binding.lacking["abort"]()
        if callback is not None:
            callback()
        if self._task is not None:
            self._task_method("abort")()
        else:  # a function that answers by a coroutine has no task
            self.on_fail({"errMsg": f"{self._binding.api}:fail abort"})
        return self

    def progress(self, callback: Callable[..., Any]) -> TaskCall:
        """`onProgressUpdate(callback)`; returns the promise itself, as Taro does."""
        self.onProgressUpdate(callback)
        return self


def _no_task(*arguments: Any) -> None:
    """A method of a task that never began."""


def promise_call(binding: Binding) -> Callable[..., Call]:
    """The function that a program calls, for a function that answers by callbacks and returns a promise.

    It holds the binding alone: each of thousands of phones has some.
    """
    binding.call_type = TaskCall if binding.task_methods else Call

    def call(option: Any = None, /, *rest: Any, **named: Any) -> Call:
        thread = get_ident()
        jobs = last_jobs(thread)
        if jobs is None or jobs.place._thread_id != thread:  # as `running_jobs` does; every call comes by here
            jobs = running_jobs()
            if jobs is None:
                return _outside(binding, option, rest, named)
        promise: Call = binding.call_type(binding, jobs)  # type: ignore[misc]
        if option is None and not named and not binding.needs_options:
            promise._start({}, rest)
            return promise
        try:
            options = binding.options(option, named)
        except WrongOptions as wrong:
            refuse(promise, binding.wrong(wrong.fault), option, named)
        else:
            promise._start(options, rest)
        return promise

    call.__name__ = call.__qualname__ = binding.api
    return call


def _outside(binding: Binding, option: Any, rest: tuple[Any, ...], named: dict[str, Any]) -> Call:
    """A call outside any loop: the thread's own loop runs until the promise is settled."""
    with entered(own_loop()) as jobs:
        promise = promise_call(binding)(option, *rest, **named)  # anew: one that held itself would be a cell more
    try:
        jobs.drive()
    except BaseException:  # Ctrl-C: what was waited for is given up, or the next call would wait for it again
        binding.open.interrupt(jobs)
        raise
    return promise


def refuse(promise: Call, error: TaroError, option: Any, named: Mapping[str, Any]) -> None:
    """Ends a call that never reached the native object; `fail` and `complete` are called if they can be."""
    given = _readable(error.api, option, named)
    fail, complete = given.get("fail"), given.get("complete")
    promise._keep_callbacks(None, fail if callable(fail) else None, complete if callable(complete) else None)
    promise._place = caller()
    promise.on_fail(error)


def _readable(api: str, option: Any, named: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options, in which the callbacks are, as far as they can be read."""
    try:
        return take(api, option, named)
    except WrongOptions:
        return named


def unsupported_call(api: str, platform: str, home: Rejections, make: Callable[[], NotSupported]) -> Callable[..., Any]:
    """The function that a program calls where there is none: raises, or calls the `fail` and `complete` that it got."""

    def call(option: Any = None, /, *rest: Any, **named: Any) -> Promise[Any]:
        error = make()
        given = _readable(api, option, named)
        callbacks = [given[name] for name in ("fail", "complete") if callable(given.get(name))]
        if not callbacks:
            raise error
        return _refused(error, callbacks, home)

    call.__name__ = call.__qualname__ = api
    return call


class _Refusal(Promise[Any], Answer):
    """The promise of a call that there is nothing to make of; its callbacks are told as those of a native answer."""

    def __init__(self, error: TaroError, callbacks: list[Callback], home: Rejections) -> None:
        super().__init__()
        self._home = home
        self._handled = True
        self._told = error, callbacks

    def deliver(self) -> None:
        """Tells the callbacks, and rejects."""
        error, callbacks = self._told
        try:
            for callback in callbacks:
                invoke(callback, self._home, error)
        finally:
            self._reject(error)


def _refused(error: TaroError, callbacks: list[Callback], home: Rejections) -> Promise[Any]:
    with nullcontext() if running_loop() is not None else entered(own_loop()):
        refusal = _Refusal(error, callbacks, home)
        refusal._jobs.add_answer(refusal)
    return refusal


def direct_call(binding: Binding, rules: ArgumentRules) -> Callable[..., Any]:
    """The function that a program calls, for a function that returns its value."""

    def call(*arguments: Any, **named: Any) -> Any:
        try:
            arguments = rules.apply(arguments, named)
        except WrongOptions as wrong:
            raise binding.wrong(wrong.fault) from None
        if len(arguments) > rules.most:
            arguments = accepted(binding.native, arguments)
        return _value(binding, arguments)

    call.__name__ = call.__qualname__ = binding.api
    return call


def awaited_call(binding: Binding, rules: ArgumentRules) -> Callable[..., Promise[Any]]:
    """The function that a program calls, for a function that takes arguments and returns a promise of its own."""
    call_native = direct_call(binding, rules)

    def call(*arguments: Any, **named: Any) -> Promise[Any]:
        try:
            promise: Promise[Any] = Promise.resolve(call_native(*arguments, **named))
        except TaroError as error:
            promise = Promise.reject(error)
        answer = promise.then(binding.load, _raising(binding))
        answer._place = caller()
        return answer

    call.__name__ = call.__qualname__ = binding.api
    return call


def _raising(binding: Binding) -> Callable[[Any], Any]:
    def fail(reason: Any) -> Any:
        raise binding.error(reason)

    return fail


def option_call(binding: Binding) -> Callable[..., Any]:
    """The function that a program calls, for a function that takes options and returns its value."""

    def call(option: Any = None, /, *rest: Any, **named: Any) -> Any:
        try:
            given = () if option is None and not named and not rest else (binding.options(option, named),)
        except WrongOptions as wrong:
            raise binding.wrong(wrong.fault) from None
        return _value(binding, accepted(binding.native, (*given, *rest)) if rest else given)

    call.__name__ = call.__qualname__ = binding.api
    return call


def naming_the_rest(call: Callable[..., Any], names: tuple[str, ...]) -> Callable[..., Any]:
    """`call`, whose arguments after the options may be given by name too: `fields(size=True, callback=…)`."""
    if not names:
        return call

    @wraps(call)
    def named_call(option: Any = None, /, *rest: Any, **named: Any) -> Any:
        if not named.keys().isdisjoint(names):
            rest += tuple(named.pop(name, None) for name in names[len(rest) :])
        return call(option, *rest, **named)

    return named_call


def _value(binding: Binding, arguments: tuple[Any, ...]) -> Any:
    """What the native function returns, as Taro's programs get it."""
    if binding.open.closed:
        raise binding.closed()
    try:
        value = binding.native(*arguments)
        if binding.adapt_result is not None and isinstance(value, Mapping):
            value = binding.adapt_result(value)
    except TaroError:
        raise
    except Exception as error:
        raise binding.error(error) from error
    return binding.load(value)
