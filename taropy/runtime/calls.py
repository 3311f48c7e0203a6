"""The way of one call: options in, native call, callbacks, promise.

Everything that can be known when a function is bound to a runtime is worked out then (`Binding`); the call itself does
the least it can. A native object answers by the callbacks in the options, at once or later, from any thread.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from threading import get_ident
from typing import TYPE_CHECKING, Any

import attrs

from .errors import NotSupported, ParameterError, TaroError
from .jobs import LONGEST, Jobs, entered, jobs_of, own_loop, running_loop
from .options import ArgumentRules, OptionRules, WrongOptions, take
from .promise import FULFILLED, PENDING, REJECTED, Promise, invoke, run_coroutine

if TYPE_CHECKING:
    from .adaptation import OptionsStep, ResultStep
    from .rejections import Rejections

# A native object that was given a `timeout` of its own is waited for this much longer, so that its own word comes
# first.
GRACE = 5.0


class OpenCalls(set["Call"]):
    """The calls of one runtime that are not settled yet, and whether it takes new ones."""

    closed = False

    def interrupt(self, jobs: Jobs | None = None) -> None:
        """Ends the open calls, or those of one loop only, as far as their loops have not ended themselves."""
        for call in list(self):
            if not call._jobs.loop.is_closed() and jobs in (None, call._jobs):
                call.interrupt(call._binding.error({"errMsg": f"{call._binding.api}:fail interrupted"}))


@attrs.define(eq=False, repr=False)
class Binding:
    """One function of Taro, bound to one runtime.

    - `native`: the native function; `names`: the native names that its messages may begin with, if not Taro's.
    - `load`: from native result to model; `adapt_options`, `adapt_result`: the platform's table, if it says anything.
    - `rules`: what options must be; made when options are first given.
    - `patience`: how long an answer may take, in seconds; None for functions that wait for a person.
    - `quiet`: a failure that nobody looks at is not reported, since the declaration returns nothing.
    - `gives_task`: the promise resolves to the native task that the call returned, as `connectSocket`'s does; callbacks
      get the result.
    """

    api: str
    platform: str
    native: Callable[..., Any]
    names: Collection[str]
    load: Callable[[Any], Any]
    make_rules: Callable[[], OptionRules]
    needs_options: bool
    adapt_options: OptionsStep | None
    adapt_result: ResultStep | None
    patience: float | None
    home: Rejections
    open: OpenCalls
    quiet: bool = False
    gives_task: bool = False
    task_methods: frozenset[str] = frozenset()
    ok: str = attrs.field(init=False)
    native_oks: tuple[str, ...] = attrs.field(init=False)
    _rules: OptionRules | None = attrs.field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        self.ok = f"{self.api}:ok"
        self.native_oks = tuple(f"{name}:ok" for name in self.names)

    @property
    def rules(self) -> OptionRules:
        """What the options must be."""
        if self._rules is None:
            self._rules = self.make_rules()
        return self._rules

    def options(self, given: Any, named: Mapping[str, Any]) -> dict[str, Any]:
        """The options, checked, as a dict of our own. Raises `WrongOptions`."""
        options = take(self.api, given, named)
        self.rules.apply(options)
        return options

    def result(self, native: Any) -> Any:
        """Taro's result from the native one: the platform's differences removed, an instance of the model."""
        if native is None:
            native = {}
        if type(native) is dict or isinstance(native, Mapping):
            if self.adapt_result is not None:
                native = self.adapt_result(native)
            if "errMsg" not in native:
                native = {"errMsg": self.ok, **native}
            elif native["errMsg"] != self.ok:
                native = {**native, "errMsg": self.success_message(native["errMsg"])}
        return self.load(native)

    def success_message(self, message: Any) -> str:
        """A native message of success in the one form; Taro's own implementations have other ones, as `login: ok`."""
        if message in self.native_oks:
            return self.ok
        head, _, rest = self.renamed(str(message)).partition(":")
        return f"{head}:{rest}" if head == self.api and rest[:1].strip() else self.ok

    def failure_message(self, message: str) -> str:
        """A native message of failure in the one form; Taro's own implementations often give the reason alone."""
        message = self.renamed(message)
        head, _, rest = message.partition(":")
        if head == self.api or rest.startswith("fail"):
            return message
        return f"{self.api}:fail {message.removeprefix(f'{self.api} fail:').strip()}".rstrip()

    def renamed(self, message: str) -> str:
        """A native message that begins with the native function's name, with Taro's name in its place."""
        head, colon, rest = message.partition(":")
        return f"{self.api}:{rest}" if colon and head in self.names else message

    def error(self, native: Any) -> TaroError:
        """The error of a native failure, whatever the native object gave: an object, a text, an exception."""
        if isinstance(native, TaroError):
            return native
        if isinstance(native, Mapping):
            fields = dict(native)
        else:
            names = ("errMsg", "errCode", "errno", "error", "errorMessage", "message")
            fields = {name: getattr(native, name) for name in names if getattr(native, name, None) is not None}
        message = fields.get("errMsg")
        if message is None:
            told = (
                fields.get("errorMessage") or fields.get("message") or ("" if isinstance(native, Mapping) else native)
            )
            message = f"{self.api}:fail {'' if told is None else told}".rstrip()
        code = fields.get("errCode", fields.get("error"))
        error = TaroError(self.failure_message(str(message)), code, api=self.api, platform=self.platform, fields=fields)
        if isinstance(native, BaseException):
            error.__cause__ = native
        return error

    def closed(self) -> TaroError:
        """The error of a call after the runtime's end."""
        return self.error({"errMsg": f"{self.api}:fail this runtime is closed"})

    def wrong(self, fault: str) -> ParameterError:
        """The error of wrong options."""
        return ParameterError(f"{self.api}:fail parameter error: {fault}", api=self.api, platform=self.platform)


class Call(Promise[Any]):
    """The promise of one call, and the three native callbacks that settle it."""

    _answered = False
    _counted = False
    _success: Callable[..., Any] | None = None
    _fail: Callable[..., Any] | None = None
    _complete: Callable[..., Any] | None = None
    _task: Any = None
    _watch: asyncio.TimerHandle | None = None

    def __init__(self, binding: Binding, jobs: Jobs) -> None:
        self._jobs = jobs
        self._binding = binding
        self._home = binding.home
        if binding.quiet:
            self._handled = True

    # --- the native callbacks ----------------------------------------------------------------------------------

    def on_success(self, result: Any = None) -> None:
        """Given to the native object as `success`. Only the first answer counts."""
        if get_ident() != self._jobs.thread:
            self._jobs.add(lambda: self.on_success(result))
        elif not self._answered:
            self._answered = True
            if self._binding.gives_task:
                # The task is what the native call returns, which it may not have done yet.
                self._jobs.add(lambda: self._succeed(result))
            else:
                self._succeed(result)

    def on_fail(self, error: Any = None) -> None:
        """Given to the native object as `fail`."""
        if get_ident() != self._jobs.thread:
            self._jobs.add(lambda: self.on_fail(error))
        elif not self._answered:
            self._answered = True
            self._end(REJECTED, self._binding.error(error))

    def on_complete(self, result: Any = None) -> None:
        """Given to the native object as `complete`. It answers only if the native object has called nothing else."""
        if self._answered:
            return
        failed = isinstance(result, Mapping) and ":fail" in str(result.get("errMsg", ""))
        (self.on_fail if failed else self.on_success)(result)

    def _succeed(self, result: Any) -> None:
        try:
            value = self._binding.result(result)
        except Exception as error:
            self._end(REJECTED, self._binding.error(error))
        else:
            self._end(FULFILLED, value)

    def _with_task(self, result: Any) -> Any:
        """What `connectSocket` resolves to: the native task, with the fields of the result on it."""
        if self._task is None or not isinstance(result, Mapping):
            return result
        with suppress(AttributeError):  # a task that takes no attributes goes without
            for name, value in result.items():
                if not hasattr(self._task, name):
                    setattr(self._task, name, value)
        return self._task

    # --- settling ----------------------------------------------------------------------------------------------

    def _end(self, state: int, value: Any) -> None:
        """Has the callbacks called, after the call has returned, and then settles."""
        callback = self._success if state == FULFILLED else self._fail
        if callback is None and self._complete is None:
            self._close(state, value)
        else:
            self._jobs.add(lambda: self._deliver(callback, state, value))

    def _deliver(self, callback: Callable[..., Any] | None, state: int, value: Any) -> None:
        try:
            for each in (callback, self._complete):
                if each is not None:
                    invoke(each, self._home, value)
        finally:  # also when a callback ends the program, which may be an interactive one that goes on
            self._success = self._fail = self._complete = None
            self._close(state, value)

    def _close(self, state: int, value: Any) -> None:
        if state == FULFILLED and self._binding.gives_task:
            value = self._with_task(value)
        self._settle(state, value)
        if self._counted:
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
        if options:
            self._keep_callbacks(options)
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
            returned = binding.native(options, *rest)
        except Exception as error:
            self.on_fail(error)
            return
        if returned is not None:
            self._take(returned)
        if self._state == PENDING:
            self._leave_open(limit)

    def _keep_callbacks(self, options: dict[str, Any]) -> None:
        """The program's callbacks; a failure that they are told of is handled."""
        self._success = options.get("success")
        self._fail = options.get("fail")
        self._complete = options.get("complete")
        if self._fail is not None or self._complete is not None:
            self._handled = True

    def _take(self, returned: Any) -> None:
        """What the native call returned: a task; or, of a native function that is async, its answer to come."""
        if inspect.isawaitable(returned) and not self._binding.task_methods:
            run_coroutine(_outcome(returned), self.on_success, self.on_fail)
        else:
            self._task = returned

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


async def _outcome(awaitable: Any) -> Any:
    return await awaitable


class TaskCall(Call):
    """The promise of a call that has a task: `request`, `uploadFile`, `downloadFile`. It has the task's methods too."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._binding.task_methods:
            raise AttributeError(f"{type(self).__name__} has no {name!r}")
        if self._task is None:  # the native call has failed at once, and there is nothing to abort or listen to
            return _no_task
        method = getattr(self._task, name, None)
        if method is None:
            api = f"{self._binding.api}Task.{name}"
            raise NotSupported(api, self._binding.platform, reason="host", host="native object")
        return method

    def abort(self, callback: Callable[[], Any] | None = None) -> TaskCall:
        """Ends the task; the promise is rejected with `…:fail abort`. Returns the promise itself, as Taro does."""
        if callback is not None:
            callback()
        if self._task is not None:
            self._task.abort()
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
    promise._fail = fail if callable(fail) else None
    promise._complete = complete if callable(complete) else None
    if promise._fail is not None or promise._complete is not None:
        promise._handled = True
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
        return _value(binding, arguments)

    call.__name__ = call.__qualname__ = binding.api
    return call


def option_call(binding: Binding) -> Callable[..., Any]:
    """The function that a program calls, for a function that takes options and returns its value."""

    def call(option: Any = None, /, *rest: Any, **named: Any) -> Any:
        try:
            given = () if option is None and not named else (binding.options(option, named),)
        except WrongOptions as wrong:
            raise binding.wrong(wrong.fault) from None
        return _value(binding, (*given, *rest))

    call.__name__ = call.__qualname__ = binding.api
    return call


def _value(binding: Binding, arguments: tuple[Any, ...]) -> Any:
    """What the native function returns, as Taro's programs get it."""
    if binding.open.closed:
        raise binding.closed()
    try:
        value = binding.native(*arguments)
    except TaroError:
        raise
    except Exception as error:
        raise binding.error(error) from error
    return binding.load(value)
