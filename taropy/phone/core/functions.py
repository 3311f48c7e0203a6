"""How a method of a room becomes a native function of the phone.

`@answered` methods take the app and the options, async ones also the component that comes beside them if they name it;
they return the result's fields (or nothing) or raise `Fail`; the callbacks are called here, the native way: `success`
or `fail`, then `complete`. `@asked` methods do the same, or return an awaitable of the fields when a person takes time
to answer. `@plain` methods take the app and positional arguments and return a value or raise `Fail`. `@native_task`
methods do their own answering and return the native task object (`RequestTask`, …). `@value` methods take the app and
give what a native object has that is no function, as `env`.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ...extras import MissingExtra
from .answers import NO_OPTIONS, AnswerToCome, Fail, NativeError, NativeFunction, Options, Result, finish, given_options
from .app import App
from .failing import FAILURES, NUMBER_NAMES, Form, telling
from .vendors import of_vendor

if TYPE_CHECKING:
    from .faces import Phone
    from .faults import Guard

Method = TypeVar("Method", bound=Callable[..., Any])


def answered(method: Method) -> Method:
    """Marks `method(self, app, options)`, plain or async, as a native function that answers by callbacks."""
    method.__native__ = "answered"  # type: ignore[attr-defined]
    return method


def asked(method: Method) -> Method:
    """Marks `method(self, app, options)` as `answered` at once, or, if it returns an awaitable, when that is done."""
    method.__native__ = "asked"  # type: ignore[attr-defined]
    return method


def plain(method: Method) -> Method:
    """Marks `method(self, app, *arguments)` as a native function that returns its value."""
    method.__native__ = "plain"  # type: ignore[attr-defined]
    return method


def native_task(method: Method) -> Method:
    """Marks `method(self, app, options)` as a native function that answers by itself and returns a task object."""
    method.__native__ = "task"  # type: ignore[attr-defined]
    return method


def value(method: Method) -> Method:
    """Marks `method(self, app)` as what a native object has under that name and is no function; read anew each time."""
    method.__native__ = "value"  # type: ignore[attr-defined]
    return method


def only(*vendors: str) -> Callable[[Method], Method]:
    """Marks a native function or value that these vendors alone have; a vendor is a native object or a platform."""

    def mark(method: Method) -> Method:
        method.__only__ = vendors  # type: ignore[attr-defined]
        return method

    return mark


def native_of(
    key: str,
    name: str,
    method: NativeFunction,
    marked: Any,
    phone: Phone,
    app: App,
    told: Form | None = None,
) -> NativeFunction:
    """The native function that `method` does the work of, of the kind that `marked` was marked as.

    Each call looks whether a fault is on order for `key`. A failure has the form that `told` gives it, by default that
    of the app's vendor.
    """
    function = _native_of(key, name, method, marked, phone, app)
    told = told or of_vendor(FAILURES, app, None)
    return function if told is None else telling(name, function, marked.__native__, told)


def _native_of(key: str, name: str, method: NativeFunction, marked: Any, phone: Phone, app: App) -> NativeFunction:
    kind = marked.__native__
    guard = phone.faults.guard(key, name, kind, of_vendor(NUMBER_NAMES, app, "errCode"))
    if kind == "plain":
        return _plain_function(name, method, marked, app, guard)
    if kind == "task":
        return _task_function(name, method, app, guard)
    if kind == "asked":
        return _asked_function(name, method, app, guard, phone)
    if inspect.iscoroutinefunction(marked):
        beside = _most_arguments(marked) != len(("options",))
        return (_later_function_of_component if beside else _later_function)(name, method, app, guard, phone)
    return _Answered(name, method, app, guard)


class _Answered:
    """Most functions are of this kind. Beside the native way it can be asked for its result `at_once`.

    An object with slots, since each of thousands of phones has some, and a function would hold a cell for each name.
    """

    __slots__ = ("__weakref__", "_app", "_guard", "_method", "_name")

    def __init__(self, name: str, method: NativeFunction, app: App, guard: Guard) -> None:
        self._name = name
        self._method = method
        self._app = app
        self._guard = guard

    def at_once(self, options: Options) -> Any:
        """The fields of a success; raises a `NativeError`, or says that this call has to go the native way."""
        if self._guard.queue:
            return NotImplemented
        try:
            return self._method(self._app, options)
        except Fail as failure:
            raise NativeError(failure.result(self._name)) from None

    def __call__(self, options: Options | None = None) -> Any:
        options = given_options(self._name, options)
        if self._guard.queue:
            return self._guard.meet(self, options)
        try:
            result = self._method(self._app, options)
        except Fail as failure:
            finish(options, failure.answer(self._name), ok=False)
        else:
            finish(options, {"errMsg": f"{self._name}:ok", **(result or NO_OPTIONS)}, ok=True)
        return None


def _begun(name: str, guard: Guard, begin: Callable[[Options], Any]) -> NativeFunction:
    """The native function that does `begin` with its options, unless it meets a fault."""

    def native(options: Options | None = None) -> Any:
        options = given_options(name, options)
        return guard.meet(native, options) if guard.queue else begin(options)

    return native


def _later_function(name: str, method: NativeFunction, app: App, guard: Guard, phone: Phone) -> NativeFunction:
    def begin(options: Options) -> AnswerToCome:
        return _spawn(phone, name, options, method(app, options), takes_time=True)

    return _begun(name, guard, begin)


def _later_function_of_component(
    name: str, method: NativeFunction, app: App, guard: Guard, phone: Phone
) -> NativeFunction:
    """As `_later_function`, of one that takes a component beside its options."""

    def native(options: Options | None = None, component: Any = None) -> AnswerToCome | Any:
        options = given_options(name, options)
        if guard.queue:
            return guard.meet(native, options, component)
        return _spawn(phone, name, options, method(app, options, component), takes_time=True)

    return native


def _asked_function(name: str, method: NativeFunction, app: App, guard: Guard, phone: Phone) -> NativeFunction:
    def ask(options: Options) -> AnswerToCome | None:
        try:
            result = method(app, options)
        except Fail as failure:
            finish(options, failure.answer(name), ok=False)
            return None
        if inspect.isawaitable(result):
            return _spawn(phone, name, options, result)
        finish(options, {"errMsg": f"{name}:ok", **result}, ok=True)
        return None

    return _begun(name, guard, ask)


def _spawn(
    phone: Phone, name: str, options: Options, answer: Awaitable[Result | None], *, takes_time: bool = False
) -> AnswerToCome:
    to_come = AnswerToCome(name, options)
    task = phone.spawn(_answer_later(to_come, answer), takes_time=takes_time)
    if inspect.iscoroutine(answer):
        # A task that is cancelled before it began has never come to the answer, which Python would warn of.
        task.add_done_callback(lambda _: answer.close())
    to_come.come_of(task)
    return to_come


async def _answer_later(to_come: AnswerToCome, answer: Awaitable[Result | None]) -> None:
    try:
        result = await answer
    except Fail as failure:
        to_come.fail(failure)
    except MissingExtra as missing:
        to_come.fail(Fail(str(missing)))
    except Exception as error:
        # The program gets its answer all the same; the error itself is reported by the event loop.
        to_come.fail(Fail(f"internal error: {error!r}"))
        raise
    else:
        to_come.succeed(result)


def _plain_function(name: str, method: NativeFunction, marked: Any, app: App, guard: Guard) -> NativeFunction:
    most, faults, bound = _most_arguments(marked), guard.queue, partial(method, app)

    def native(*arguments: Any) -> Any:
        if faults:
            return guard.meet(native, *arguments)
        try:
            return bound(*arguments[:most])
        except Fail as failure:
            raise NativeError(failure.result(name)) from failure

    return native


def _most_arguments(marked: Any) -> int | None:
    """How many arguments the method takes beside the app, None for any number. JavaScript ignores what is over that."""
    code = marked.__code__
    return None if code.co_flags & inspect.CO_VARARGS else code.co_argcount - len(("self", "app"))


def _task_function(name: str, method: NativeFunction, app: App, guard: Guard) -> NativeFunction:
    return _begun(name, guard, partial(method, app))
