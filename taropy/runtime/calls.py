"""The way of one call: options in, native call, callbacks, promise.

Everything that can be known when a function is bound to a runtime is worked out then (`Binding`); the call itself does
the least it can. A native object answers by the callbacks in the options, at once or later, from any thread.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Mapping
from functools import partial, wraps
from threading import get_ident
from typing import TYPE_CHECKING, Any

from .binding import Binding
from .errors import NotSupported, TaroError
from .jobs import LONGEST, Jobs, entered, jobs_of, own_loop, running_loop
from .options import ArgumentRules, WrongOptions, take
from .promise import FULFILLED, PENDING, REJECTED, Promise, invoke, no_attribute, run_coroutine
from .signatures import accepted

if TYPE_CHECKING:
    from .rejections import Rejections

# A native object that was given a `timeout` of its own is waited for this much longer, so that its own word comes
# first.
GRACE = 5.0


# What a program has told a call to tell it by: `success`, `fail` and `complete`.
Callback = Callable[..., Any]
Callbacks = tuple[Callback | None, Callback | None, Callback | None]


class Call(Promise[Any]):
    """The promise of one call, and the three native callbacks that settle it."""

    _task: Any = None
    _task_to_come = False
    _react_to_task: Callable[[], None] | None = None
    _watch: asyncio.TimerHandle | None = None

    def __init__(self, binding: Binding, jobs: Jobs) -> None:
        self._jobs = jobs
        self._binding = binding
        self._home = binding.home
        # Every answer looks at these: Python finds what is the object's own much sooner than a default of its class.
        self._answered = self._counted = False
        self._callbacks: Callbacks | None = None
        self._reactions = self._waiters = None
        if binding.quiet:
            self._handled = True

    # --- the native callbacks ----------------------------------------------------------------------------------

    def on_success(self, result: Any = None) -> None:
        """Given to the native object as `success`. Only the first answer counts."""
        if get_ident() != self._jobs.thread:
            self._jobs.add(partial(self.on_success, result))
        elif not self._answered:
            self._answered = True
            if self._binding.gives_task:
                # The task is what the native call returns, which it may not have done yet.
                self._jobs.add(partial(self._succeed_with_task, result))
            else:
                self._end(FULFILLED, result)

    def on_fail(self, error: Any = None) -> None:
        """Given to the native object as `fail`."""
        if get_ident() != self._jobs.thread:
            self._jobs.add(partial(self.on_fail, error))
        elif not self._answered:
            self._answered = True
            self._end(REJECTED, error)

    def on_complete(self, result: Any = None) -> None:
        """Given to the native object as `complete`. It answers only if the native object has called nothing else."""
        if self._answered:
            return
        failed = isinstance(result, Mapping) and ":fail" in str(result.get("errMsg", ""))
        (self.on_fail if failed else self.on_success)(result)

    def _succeed_with_task(self, result: Any) -> None:
        if self._task_to_come:
            self._react_to_task = partial(self._end, FULFILLED, result)
        else:
            self._end(FULFILLED, result)

    def _receive_task(self, task: Any) -> None:
        """The task of a native function that gives it by a promise, as Taro's own implementations do."""
        self._task = task
        self._task_to_come = False
        if self._react_to_task is not None:
            self._react_to_task()
        else:
            self.on_success()

    def _lose_task(self, error: Any) -> None:
        """The promise of a task is rejected, it may be after `success`."""
        self._task_to_come = False
        if self._react_to_task is not None:
            self._end(REJECTED, error)
        else:
            self.on_fail(error)

    def _with_task(self, result: Any) -> Any:
        """What `connectSocket` resolves to: the task, with the fields of the result on it."""
        if self._task is None or not isinstance(result, Mapping):
            return result
        return self._binding.add_fields(self._binding.wrap_task(self._task), result)

    # --- settling ----------------------------------------------------------------------------------------------

    def _end(self, state: int, native: Any) -> None:
        """Makes Taro's result or error of the native one, has the callbacks called with it, and then settles.

        A callback is called after the call has returned.
        """
        if state == FULFILLED:
            try:
                value = self._binding.result(native)
            except Exception as error:
                state, value = REJECTED, self._binding.error(error)
        else:
            value = self._binding.error(native)
        if self._callbacks is not None and (told := _whom_to_tell(self._callbacks, state)):
            self._jobs.add(partial(self._deliver, told, state, value))
        elif self._counted:  # as every call is whose promise waits for its task
            self._close(state, value)
        else:
            self._settle(state, value)

    def _deliver(self, told: list[Callback], state: int, value: Any) -> None:
        try:
            for callback in told:
                invoke(callback, self._home, value)
        finally:  # also when a callback ends the program, which may be an interactive one that goes on
            self._callbacks = None
            self._close(state, value)

    def _close(self, state: int, value: Any) -> None:
        if state == FULFILLED and self._binding.gives_task:
            value = self._with_task(value)
        self._settle(state, value)
        if self._counted:
            self._forget()

    def _forget(self) -> None:
        """The call is open no longer, and nobody waits for it."""
        self._counted = False
        self._binding.open.discard(self)
        self._jobs.settled()
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def _resolve_once(self, value: Any = None) -> None:
        self.on_success(value)

    def _reject_once(self, reason: Any = None) -> None:
        self.on_fail(reason)

    def interrupt(self, error: TaroError) -> None:
        """Ends the call with `error`, whatever the native object does."""
        self._handled = True
        self.on_fail(error)
        abort = getattr(self._task, "abort", None)
        if abort is not None:
            invoke(abort, self._home)

    # --- starting ----------------------------------------------------------------------------------------------

    def _start(self, options: dict[str, Any], rest: tuple[Any, ...]) -> None:
        """Makes the native call with options that are ours, and checked."""
        binding = self._binding
        limit = None
        if options:
            self._keep_callbacks(options.get("success"), options.get("fail"), options.get("complete"))
            limit = options.get("timeout")
        if binding.open.closed:
            self.on_fail(binding.closed())
            return
        try:
            if binding.adapt_options is not None:
                binding.adapt_options(options)
            options["success"] = self.on_success
            options["fail"] = self.on_fail
            options["complete"] = self.on_complete
            native = binding.native
            returned = native(*accepted(native, (options, *rest))) if rest else native(options)
        except Exception as error:
            self.on_fail(error)
            return
        if returned is not None:
            self._take(returned)
        if self._state == PENDING:
            self._leave_open(limit)

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
            run_coroutine(_outcome(returned), self._receive_task, self._lose_task)
        else:
            run_coroutine(_outcome(returned), self.on_success, self.on_fail)

    def _leave_open(self, limit: Any) -> None:
        """The answer comes later: keeps the call known, and the time that the answer may take."""
        self._counted = True
        self._jobs.unsettled += 1
        self._binding.open.add(self)
        patience = self._binding.patience
        if patience is not None:
            own = min(limit, LONGEST) / 1000 + GRACE if isinstance(limit, int | float) else 0.0
            self._watch = self._jobs.loop.call_later(max(patience, own), self._time_out)

    def _time_out(self) -> None:
        self.interrupt(self._binding.error({"errMsg": f"{self._binding.api}:fail timeout"}))


def _whom_to_tell(callbacks: Callbacks, state: int) -> list[Callback]:
    """Who is told of such an end, in their order."""
    success, fail, complete = callbacks
    first = success if state == FULFILLED else fail
    return [callback for callback in (first, complete) if callback is not None]


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
    """The function that a program calls, for a function that answers by callbacks and returns a promise."""
    kind = TaskCall if binding.task_methods else Call
    needs_options = binding.needs_options

    def call(option: Any = None, /, *rest: Any, **named: Any) -> Call:
        loop = running_loop()
        if loop is None:
            return _outside(call, option, rest, named)
        promise = kind(binding, jobs_of(loop))
        if option is None and not named and not needs_options:
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


def _outside(call: Callable[..., Call], option: Any, rest: tuple[Any, ...], named: dict[str, Any]) -> Call:
    """A call outside any loop: the thread's own loop runs until the promise is settled."""
    with entered(own_loop()) as jobs:
        promise = call(option, *rest, **named)
    try:
        jobs.drive()
    except BaseException:  # Ctrl-C: what was waited for is given up, or the next call would wait for it again
        promise._binding.open.interrupt(jobs)
        raise
    return promise


def refuse(promise: Call, error: TaroError, option: Any, named: Mapping[str, Any]) -> None:
    """Ends a call that never reached the native object; `fail` and `complete` are called if they can be."""
    given = _readable(error.api, option, named)
    fail, complete = given.get("fail"), given.get("complete")
    promise._keep_callbacks(None, fail if callable(fail) else None, complete if callable(complete) else None)
    promise._answered = True
    promise._end(REJECTED, error)


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
        return _told(error, callbacks, home)

    call.__name__ = call.__qualname__ = api
    return call


def _told(error: TaroError, callbacks: list[Callable[..., Any]], home: Rejections) -> Promise[Any]:
    promise: Promise[Any] = Promise()
    promise._home = home
    promise._mark_handled()

    def deliver() -> None:
        for callback in callbacks:
            invoke(callback, home, error)
        promise._settle(REJECTED, error)

    if running_loop() is None:
        with entered(own_loop()) as jobs:
            jobs.add(deliver)
    else:
        promise._jobs.add(deliver)
    return promise


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
        return promise.then(binding.load, _raising(binding))

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
