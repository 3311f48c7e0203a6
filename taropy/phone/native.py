"""How the rooms of the phone offer native functions, and how a platform's native object is made of them.

A room is a class with one method per native function. `@answered` methods take the app and the options, return the
result's fields (or nothing) or raise `Fail`; the callbacks are called here, the native way: `success` or `fail`, then
`complete`. `@asked` methods do the same, or return an awaitable of the fields when a person takes time to answer.
`@plain` methods take the app and positional arguments and return a value or raise `Fail`. `@native_task` methods
do their own answering and return the native task object (`RequestTask`, …). `events` makes those by which programs
listen to events.
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from .extras import MissingExtra
from .listening import Listeners
from .surface import ROOM_OF

if TYPE_CHECKING:
    from .faults import Guard
    from .pages.transitions import Router
    from .phone import Phone

Options = Mapping[str, Any]
Result = dict[str, Any]
NativeFunction = Callable[..., Any]
Method = TypeVar("Method", bound=Callable[..., Any])

NO_OPTIONS: Options = {}
CALLBACKS = ("success", "fail", "complete")


class Fail(Exception):
    """A native failure. The program sees `errMsg` `<function>:fail <reason>` and the fields given here."""

    def __init__(self, reason: str = "", errCode: int | None = None, **fields: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields: Result = fields if errCode is None else {"errCode": errCode, **fields}

    def result(self, name: str) -> Result:
        """The native error object for the function `name`."""
        # Some of WeChat's own reasons follow on a colon: `hideLoading:fail:toast can't be found`.
        space = "" if self.reason.startswith(":") else " "
        return {"errMsg": f"{name}:fail{space}{self.reason}".rstrip(), **self.fields}


@attrs.frozen
class App:
    """One mini program on the phone: what it is called, and on which platform it runs."""

    platform: str
    native_name: str
    appid: str
    version: str = "1.0.0"
    env_version: str = "develop"
    key: str = attrs.field(
        init=False, default=attrs.Factory(lambda app: f"{app.platform}/{app.appid}", takes_self=True)
    )
    """What keeps this app's data apart from every other app's on the phone."""


class Room:
    """A part of the phone: its state, and the native functions that read and change it.

    `STATE` names the attributes that hold the state, as plain data; a room whose state is elsewhere has its own
    `snapshot` and `restore`.
    """

    STATE: ClassVar[tuple[str, ...]] = ()

    def __init__(self, phone: Phone) -> None:
        self.phone = phone

    def audience(self, app: App) -> Listeners:
        """Who listens to the room's events in the app, by the events' names; see `events`."""
        return self._audiences[app.key]

    def tell_apps(self, event: str, told: Callable[[App], Result]) -> None:
        """Tells every app's listeners of `event` what `told` gives for the app."""
        for app in self.phone.apps:
            self.audience(app).tell_each(event, partial(told, app))

    @cached_property
    def _audiences(self) -> defaultdict[str, Listeners]:
        return defaultdict(Listeners)

    def snapshot(self) -> Any:
        """The state as it is now, for `restore`; it stays as it is whatever the room does next."""
        return {name: deepcopy(getattr(self, name)) for name in self.STATE}

    def restore(self, state: Any) -> None:
        """Puts the state back to what `snapshot` gave; that may be used again."""
        for name, value in state.items():
            setattr(self, name, deepcopy(value))

    def end(self, app: App) -> None:
        """Ends what one program has begun here, the one whose native functions carry this very `app`.

        Two programs that run the same app on a phone have equal ones, and neither ends what is the other's.
        """

    async def aend(self, app: App) -> None:
        """As `end`, and waits until it has ended."""
        self.end(app)

    def close(self) -> None:
        """Ends what the room began, and lets go of what it holds. A second call does nothing."""

    async def aclose(self) -> None:
        """As `close`, and waits until everything has ended."""
        self.close()


class Manager:
    """A native object that has functions of its own, as `FileSystemManager` or `SocketTask`.

    Its methods are marked and written as a room's; who reads one from the object gets the native function. `CALLED` has
    the methods whose errMsg carries another name than their own.
    """

    CALLED: ClassVar[Mapping[str, str]] = {}

    def __init__(self, phone: Phone, app: App) -> None:
        self.phone = phone
        self.app = app

    @cached_property
    def listeners(self) -> Listeners:
        """Who listens to the object's events, by their names; see `events`."""
        return Listeners()

    def audience(self, app: App) -> Listeners:
        """As a room's: all who listen, since the object is one app's."""
        return self.listeners

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, method in list(vars(cls).items()):
            if hasattr(method, "__native__"):
                setattr(cls, name, _Managed(name, method))


class _Managed:
    """The native function of a manager's method, made when it is first read."""

    def __init__(self, name: str, method: NativeFunction) -> None:
        self._name = name
        self._method = method

    def __get__(self, manager: Manager | None, owner: type | None = None) -> Any:
        if manager is None:
            return self._method
        bound = partial(self._method, manager)
        key = f"{type(manager).__name__}.{self._name}"
        called = manager.CALLED.get(self._name, self._name)
        function = _native(key, called, bound, self._method, manager.phone, manager.app)
        manager.__dict__[self._name] = function
        return function


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


def finish(options: Options, outcome: Result, *, ok: bool) -> None:
    """Calls the callbacks of `options` with `outcome`: `success` or `fail`, then `complete`."""
    callback = options.get("success" if ok else "fail")
    complete = options.get("complete")
    try:
        if callback is not None:
            callback(outcome)
    finally:
        if complete is not None:
            complete(outcome)


class Native:
    """The native object that a phone gives a platform: `wx`, `my`, …; functions are made when first asked for."""

    def __init__(self, phone: Phone, app: App) -> None:
        from .variants import variants_of

        self._phone = phone
        self._app = app
        self._variants = variants_of(app.native_name)

    def __getattr__(self, name: str) -> NativeFunction:
        function = self._make(name)
        self.__dict__[name] = function
        return function

    @property
    def env(self) -> Mapping[str, str]:
        """What the client tells of the app's surroundings: `USER_DATA_PATH`, where it may write files, and others."""
        return self._phone.system.env(self._app)

    @property
    def router(self) -> Router:
        """`wx.router`; other vendors have none."""
        if self._app.native_name != "wx":
            raise AttributeError(f"{self._app.native_name} on this phone has no router")
        return self._phone.pages.router(self._app)

    def __dir__(self) -> list[str]:
        return sorted({*ROOM_OF, *self._variants.added} - self._variants.hidden)

    def __repr__(self) -> str:
        return f"<{self._app.native_name} of {self._phone!r}>"

    def _make(self, name: str) -> NativeFunction:
        variant = self._variants.added.get(name)
        if variant is not None:
            return variant.make(name, self._phone, self._app)
        if name not in ROOM_OF or name in self._variants.hidden:
            raise AttributeError(f"{self._app.native_name} on this phone has no {name}")
        return native_function(name, self._phone, self._app)


def native_function(name: str, phone: Phone, app: App, *, called: str | None = None) -> NativeFunction:
    """The room function `name`, bound to the phone and the app; `called` is the name that its errMsg carries."""
    method = getattr(getattr(phone, ROOM_OF[name]), name)
    return _native(name, called or name, method, method, phone, app)


def _native(key: str, name: str, method: NativeFunction, marked: Any, phone: Phone, app: App) -> NativeFunction:
    """The native function that `method` does the work of, of the kind that `marked` was marked as.

    Each call looks whether a fault is on order for `key`.
    """
    kind = marked.__native__
    guard = phone.faults.guard(key, name, kind)
    if kind == "plain":
        return _plain_function(name, method, marked, app, guard)
    if kind == "task":
        return _task_function(name, method, app, guard)
    if kind == "asked":
        return _asked_function(name, method, app, guard, phone)
    if inspect.iscoroutinefunction(marked):
        return _later_function(name, method, app, guard, phone)
    return _answered_function(name, method, app, guard)


def given_options(name: str, options: Options | None) -> Options:
    """The options that the native function `name` was called with; `NativeError` if they are none."""
    if type(options) is dict or isinstance(options, Mapping):
        return options
    if options is None:
        return NO_OPTIONS
    raise NativeError({"errMsg": f"{name}:fail parameter error: parameter should be Object"})


def _answered_function(name: str, method: NativeFunction, app: App, guard: Guard) -> NativeFunction:
    # Most calls are of this kind, so it does without `_begun`: every call within a call costs time.
    ok = f"{name}:ok"

    def native(options: Options | None = None) -> Any:
        options = given_options(name, options)
        if guard.queue:
            return guard.meet(native, options)
        try:
            result = method(app, options)
        except Fail as failure:
            finish(options, failure.result(name), ok=False)
        else:
            outcome = {"errMsg": ok} if result is None else {"errMsg": ok, **result}
            finish(options, outcome, ok=True)
        return None

    return native


def _begun(name: str, guard: Guard, begin: Callable[[Options], Any]) -> NativeFunction:
    """The native function that does `begin` with its options, unless it meets a fault."""

    def native(options: Options | None = None) -> Any:
        options = given_options(name, options)
        return guard.meet(native, options) if guard.queue else begin(options)

    return native


def _later_function(name: str, method: NativeFunction, app: App, guard: Guard, phone: Phone) -> NativeFunction:
    return _begun(name, guard, lambda options: _spawn(phone, name, options, method(app, options)))


def _asked_function(name: str, method: NativeFunction, app: App, guard: Guard, phone: Phone) -> NativeFunction:
    def ask(options: Options) -> None:
        try:
            result = method(app, options)
        except Fail as failure:
            finish(options, failure.result(name), ok=False)
            return
        if inspect.isawaitable(result):
            _spawn(phone, name, options, result)
        else:
            finish(options, {"errMsg": f"{name}:ok", **result}, ok=True)

    return _begun(name, guard, ask)


def _spawn(phone: Phone, name: str, options: Options, answer: Awaitable[Result | None]) -> None:
    task = phone.spawn(_answer_later(name, options, answer))
    if inspect.iscoroutine(answer):
        # A task that is cancelled before it began has never come to the answer, which Python would warn of.
        task.add_done_callback(lambda _: answer.close())


async def _answer_later(name: str, options: Options, answer: Awaitable[Result | None]) -> None:
    try:
        result = await answer
    except Fail as failure:
        finish(options, failure.result(name), ok=False)
    except MissingExtra as missing:
        finish(options, Fail(str(missing)).result(name), ok=False)
    except Exception as error:
        # The program gets its answer all the same; the error itself is reported by the event loop.
        finish(options, Fail(f"internal error: {error!r}").result(name), ok=False)
        raise
    else:
        finish(options, {"errMsg": f"{name}:ok", **(result or NO_OPTIONS)}, ok=True)


def _plain_function(name: str, method: NativeFunction, marked: Any, app: App, guard: Guard) -> NativeFunction:
    most = _most_arguments(marked)

    def native(*arguments: Any) -> Any:
        if guard.queue:
            return guard.meet(native, *arguments)
        try:
            return method(app, *arguments[:most])
        except Fail as failure:
            raise NativeError(failure.result(name)) from failure

    return native


def _most_arguments(marked: Any) -> int | None:
    """How many arguments the method takes beside the app, None for any number. JavaScript ignores what is over that."""
    code = marked.__code__
    return None if code.co_flags & inspect.CO_VARARGS else code.co_argcount - len(("self", "app"))


def _task_function(name: str, method: NativeFunction, app: App, guard: Guard) -> NativeFunction:
    return _begun(name, guard, partial(method, app))


class NativeError(Exception):
    """What a native function that returns its value throws: an error with the native object's fields."""

    def __init__(self, result: Result) -> None:
        super().__init__(result["errMsg"])
        self.errMsg: str = result["errMsg"]
        self.errCode: int | None = result.get("errCode")
        self.errno: int | None = result.get("errno")
