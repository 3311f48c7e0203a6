"""What is known of a function when it is bound to a runtime, and so need not be asked at each call."""

from __future__ import annotations

import re
from asyncio import CancelledError
from collections.abc import Callable, Mapping
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, Self

import attrs

from ..models.loading import Load, adopting, keep, saying
from .errors import Cancelled, ParameterError, TaroError
from .jobs import Jobs
from .misspelling import warn_of
from .options import OptionRules, WrongOptions, take, take_object

if TYPE_CHECKING:
    from .calls import Call
    from .rejections import Rejections

#: What a platform's table does to the options before a native call, and to its result.
OptionsStep = Callable[[dict[str, Any]], None]
ResultStep = Callable[[Mapping[str, Any]], dict[str, Any]]

#: The short way to call a native function that answers at once: from its options, without callbacks, to the fields of
#: its result. It raises an error that has the fields of a failure as `result`, or gives `NotImplemented` when the call
#: has to be made the native way.
AtOnce = Callable[[dict[str, Any]], Any]


def never_at_once(options: dict[str, Any]) -> Any:
    """For native functions which have no short way."""
    return NotImplemented


def at_once_of(native: Callable[..., Any]) -> AtOnce:
    """The short way of a native function: its attribute `at_once`, or the method of one that is an object.

    What wraps a function has none.
    """
    own = getattr(native, "__dict__", {})
    if "__wrapped__" in own:
        return never_at_once
    way: AtOnce = own.get("at_once") or (native.at_once if hasattr(type(native), "at_once") else never_at_once)  # type: ignore[attr-defined]
    return way


def unbound(*arguments: Any) -> NoReturn:
    """Stands for the native function in a binding that others are made like; nothing calls it."""
    raise AssertionError("a pattern of bindings was called")


# What a message of failure begins with, before the reason: `request:fail `, `getLocation fail`, `saveFile:fail. `.
FAILURE = re.compile(r"(?P<name>[A-Za-z][\w.]*)(?P<mark>: ?| )fail\b[\s.,:]*(?:fail\b[\s.,:]*)?")


@cache
def _words(api: str, names: frozenset[str]) -> tuple[str, str, tuple[str, ...]]:
    """What a message of success is, what one of failure begins with, and all that native messages of success are."""
    ok = f"{api}:ok"
    return ok, f"{api}:fail ", (ok, *(f"{name}:ok" for name in names))


class OpenCalls(set["Call"]):
    """The calls of one runtime that are not settled yet, and whether it takes new ones."""

    __slots__ = ("closed",)

    def __init__(self) -> None:
        super().__init__()
        self.closed: bool = False

    def interrupt(self, jobs: Jobs | None = None) -> None:
        """Ends the open calls, or those of one loop only, as far as their loops have not ended themselves."""
        for call in list(self):
            if not call._jobs.loop.is_closed() and jobs in (None, call._jobs):
                call.interrupt(call._binding.error({"errMsg": f"{call._binding.api}:fail interrupted"}))


@attrs.define(eq=False, repr=False)
class Binding:
    """One function of Taro, bound to one runtime.

    - `native`: the native function; `names`: the native names that its messages may begin with, if not Taro's.
    - `at_once`: the native function's short way, if it has one.
    - `load`: from native result to model; `adopt`: from a dict that is ours; `succeed`: from nothing.
    - `adapt_options`, `adapt_result`: the platform's table, if it says anything.
    - `rules`: what options must be; made when options are first given.
    - `patience`: how long an answer may take, in seconds; None for functions that wait for a person.
    - `verbatim`: native messages stay as they are, as those of managers' methods do, which have names of their own.
    - `quiet`: a failure that nobody looks at is not reported, since the declaration returns nothing.
    - `is_brought`: whether the program, or a plugin, has put `native` in the place of the native object's own.
    - `gives_task`: the promise resolves to the task that the call returned, as `connectSocket`'s does; callbacks get
      the result. `wrap_task` makes the program's task of the native one, and `add_fields` puts the result's on it.
    - `call_type`: the class of the promise that a call gives.
    - `task_methods`: the task's methods that the promise has too; `lacking`: what stands for those that the platform's
      task does not have, and says so when it is called.
    """

    api: str
    platform: str
    native: Callable[..., Any]
    names: frozenset[str]
    load: Load
    make_rules: Callable[[], OptionRules]
    needs_options: bool
    adapt_options: OptionsStep | None
    adapt_result: ResultStep | None
    patience: float | None
    home: Rejections
    open: OpenCalls
    add_fields: Callable[[Any, Mapping[str, Any]], Any]
    verbatim: bool = False
    quiet: bool = False
    is_brought: bool = False
    gives_task: bool = False
    wrap_task: Callable[[Any], Any] = keep
    task_methods: frozenset[str] = frozenset()
    lacking: Mapping[str, Callable[..., Any]] = attrs.field(factory=dict)
    ok: str = attrs.field(init=False)
    usual_oks: tuple[str, ...] = attrs.field(init=False)
    fail: str = attrs.field(init=False)
    call_type: type[Call] | None = attrs.field(init=False, default=None)
    _rules: OptionRules | None = attrs.field(init=False, default=None)

    at_once: AtOnce = attrs.field(init=False)
    adopt: Load = attrs.field(init=False)
    succeed: Callable[[], Any] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.at_once = at_once_of(self.native)
        self.ok, self.fail, self.usual_oks = _words(self.api, self.names)
        self.load_by(self.load)

    def load_by(self, load: Load) -> None:
        """Has results made by this function."""
        self.load, self.adopt = load, adopting(load)
        self.succeed = saying(load, self.ok) if self.adapt_result is None else partial(self.result, {})

    def of(self, native: Callable[..., Any]) -> Self:
        """The same of another native function."""
        made = object.__new__(type(self))
        for put, value in zip(_PUT, _READ(self), strict=True):
            put(made, value)
        made.native, made.at_once = native, at_once_of(native)
        return made

    @property
    def rules(self) -> OptionRules:
        """What the options must be."""
        if self._rules is None:
            self._rules = self.make_rules()
        return self._rules

    def options(self, given: Any, named: dict[str, Any]) -> dict[str, Any]:
        """The options, checked, as a dict of our own, which is `named` where nothing else is. Raises `WrongOptions`."""
        options = named if given is None else (take_object if self.needs_options else take)(self.api, given, named)
        rules = self.rules
        try:
            if not rules.apply(options):
                return options
        except WrongOptions:
            warn_of(self.api, rules.strange(options))  # it may be why something is missing
            raise
        warn_of(self.api, rules.strange(options))
        return options

    def result(self, native: Any) -> Any:
        """Taro's result from the native one: the platform's differences removed, an instance of the model."""
        if native is None:
            return self.succeed()
        if type(native) is not dict and not isinstance(native, Mapping):
            return self.load(native)
        adapt = self.adapt_result
        fields = adapt(native) if adapt is not None else {"errMsg": self.ok, **native}  # a dict that is ours
        message = fields.get("errMsg", self.ok)
        fields["errMsg"] = message if message == self.ok else self.success_message(message)
        return self.adopt(fields)

    def success_message(self, message: Any) -> str:
        """A native message of success in the one form; Taro's own implementations have other ones, as `login: ok`."""
        if self.verbatim and isinstance(message, str):
            return message
        if message in self.usual_oks:
            return self.ok
        head, _, rest = self.renamed(str(message)).partition(":")
        return f"{head}:{rest}" if head == self.api and rest[:1].strip() else self.ok

    def failure_message(self, message: str) -> str:
        """A native message of failure in the one form, whichever function's name it begins with.

        Taro's own implementations often give the reason alone, or write `chooseImage fail`, `saveFile:fail. …`.
        """
        if (self.verbatim and ":fail" in message) or message.startswith(f"{self.api}:fail:"):
            return message  # some of WeChat's own reasons follow on a colon
        told = FAILURE.match(message)
        if told is not None and (told["mark"] != " " or told["name"] == self.api):
            reason = message[told.end() :]
            while (inner := FAILURE.match(reason)) is not None and inner["mark"] == ":":
                reason = reason[inner.end() :]  # taro-h5 has `setTabBarItem:fail setTabBarItem:fail …`
        else:
            reason = self.renamed(message).removeprefix(f"{self.api}:")
        return f"{self.fail}{reason.strip()}".rstrip()

    def renamed(self, message: str) -> str:
        """A native message that begins with the native function's name, with Taro's name in its place."""
        head, colon, rest = message.partition(":")
        return f"{self.api}:{rest}" if colon and head in self.names else message

    def error(self, native: Any) -> TaroError:
        """The error of a native failure, whatever the native object gave: an object, a text, an exception."""
        if isinstance(native, TaroError):
            return native
        if isinstance(native, CancelledError):
            return Cancelled(f"{self.fail}cancelled", api=self.api, platform=self.platform)
        told = getattr(native, "result", None) if isinstance(native, BaseException) else None
        if isinstance(native, Mapping):
            fields = dict(native)
        elif isinstance(told, Mapping):
            fields = dict(told)
        else:
            names = ("errMsg", "errCode", "errno", "error", "errorMessage", "message", "code")
            fields = {name: getattr(native, name) for name in names if getattr(native, name, None) is not None}
        message = fields.get("errMsg")
        if message is None:
            reason = (
                fields.get("errorMessage") or fields.get("message") or ("" if isinstance(native, Mapping) else native)
            )
            message = f"{self.api}:fail {'' if reason is None else reason}".rstrip()
        code = fields.get("errCode", fields.get("error", fields.get("code")))
        message = self.failure_message(str(message))
        kind = Cancelled if message == f"{self.fail}interrupted" else TaroError
        error = kind(message, code, api=self.api, platform=self.platform, fields=fields)
        if isinstance(native, BaseException) and told is None:  # else it is what the native object says itself
            error.__cause__ = native
        return error

    def closed(self) -> TaroError:
        """The error of a call after the runtime's end."""
        return self.error({"errMsg": f"{self.api}:fail this runtime is closed"})

    def wrong(self, fault: str) -> ParameterError:
        """The error of wrong options."""
        return ParameterError(f"{self.api}:fail parameter error: {fault}", api=self.api, platform=self.platform)


_FIELDS = [field.name for field in attrs.fields(Binding)]
_READ = attrgetter(*_FIELDS)
_PUT = [getattr(Binding, name).__set__ for name in _FIELDS]
