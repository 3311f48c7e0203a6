"""Faults on order: what a test has the phone's functions do in place of their work.

phone.faults.fail("login", "system error", errCode=-1)     # the next login fails
phone.faults.delay("request", 2.0, times=None)             # every request begins two seconds later
phone.faults.hang("getLocation")                           # the next one is never answered
phone.faults.answer("scanCode", result="4711")             # the next one succeeds, with this
phone.faults.answer("request", lambda options: {"data": options.url}, times=None)    # each is answered by a function
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

import attrs

from ...hints import check_slip, close_to, no_attribute
from ...models.record import record
from ...unheard import report
from .answers import (
    CALLBACKS,
    INTERRUPTED,
    AnswerToCome,
    Fail,
    NativeError,
    Options,
    Ordered,
    Result,
    Unanswered,
    finish,
)
from .guarded import Guarded
from .listening import call
from .surface import MANAGERS, ROOM_OF, VARIANTS
from .telling import told

if TYPE_CHECKING:
    from .clock import Clock


class Stage(Protocol):
    """What of the phone a fault needs: the time, and the loop."""

    clock: Clock

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]: ...


Native = Callable[..., Any]
Play = Callable[["Met"], Any]


@attrs.define
class Fault:
    """What a call does in place of its work, and how many calls still meet it; None is all."""

    play: Play
    times: int | None


#: A list: what hundreds of functions of thousands of phones have each, and nearly all of them empty.
Queue = list[Fault]


@attrs.frozen
class Guard:
    """What a native function looks at before it does its work: the faults that are on order for it.

    `name` is the one that its errMsg carries, `kind` the one that it is marked as, `number` what the vendor calls the
    number of a failure. `hung` has those that hang, for when the phone ends.
    """

    name: str
    kind: str
    number: str
    queue: Queue
    phone: Stage
    hung: set[HungCall]

    def meet(self, function: Native, *arguments: Any) -> Any:
        """Has a call meet the first fault, which goes when it has been met often enough."""
        fault = self.queue[0]
        if fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                del self.queue[0]
        return fault.play(Met(self, function, arguments))


@attrs.frozen
class Met:
    """A call that has met a fault."""

    guard: Guard
    function: Native
    arguments: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The name that its errMsg carries."""
        return self.guard.name

    @property
    def kind(self) -> str:
        """How the function is marked."""
        return self.guard.kind

    @property
    def options(self) -> Options:
        """The options, if that is what the call was given."""
        given = self.arguments[0] if self.arguments else None
        return given if isinstance(given, Mapping) else {}

    def go_on(self, *arguments: Any) -> Any:
        """Calls the function again, which this time meets no fault; with other arguments, if there are any."""
        queue = self.guard.queue
        kept = list(queue)
        queue.clear()
        try:
            return self.function(*(arguments or self.arguments))
        finally:
            queue[:0] = kept


class Faults(Guarded):
    """The faults that are on order, by function: several are met in the order in which they were given.

    A function has the name that it has on WeChat, whatever the platform calls it; a manager's is
    `FileSystemManager.readFile`. One that the phone does not have is a ValueError. `times` is how many calls meet the
    fault, one by default; None is all, until `clear`.
    """

    _in_messages = "phone.faults"
    _busy = frozenset(("guard",))

    def __init__(self, phone: Stage) -> None:
        self._phone = phone
        self._queues: dict[str, Queue] = {}
        self._hung: set[HungCall] = set()

    def __repr__(self) -> str:
        return told("Faults", lambda: sorted(name for name, queue in self._queues.items() if queue))

    def fail(
        self, name: str, reason: str, /, errCode: int | None = None, *, times: int | None = 1, **fields: Any
    ) -> None:
        """Has the function fail with `<function>:fail <reason>`; one that returns its value throws that.

        `errCode` is the failure's number, whatever the vendor calls that: `error` on Alipay. ValueError for a field
        whose name is a slip for `errCode` or `times`.
        """
        _check_own(name, fields)

        def play(met: Met) -> Any:
            number = {} if errCode is None else {met.guard.number: errCode}
            return _fail(met, Ordered(Fail(reason, **{**number, **fields}).result(met.name)))

        self._order(name, play, times)

    def answer(self, name: str, value: Any = None, /, *, times: int | None = 1, **fields: Any) -> None:
        """Has the function succeed with these fields, or return `value`, without doing anything.

        The fields may be a dict too. A function in their place is called for each call, and returns the fields, or the
        value; it gets the call's options as a `Record`, or, of a function that takes none, the call's arguments. It may
        be async, and what it raises the call fails with: `taropy.TaroError("request:fail timeout")`. Its fields may be
        any; otherwise a field that the result does not have is a ValueError.
        """
        from .declared import answered_fields

        if self._marked(name).__native__ == "plain":
            if value is not None and fields:
                raise ValueError(f"{name} returns one value: answer({name!r}, value), or its fields without one")
            if inspect.iscoroutinefunction(value):
                raise ValueError(f"{name} returns its value at once, and cannot wait for an async function")
            fields = answered_fields(name, None, fields)
        else:
            fields = answered_fields(name, value, fields)
            value = value if callable(value) else None
        play: Play = (
            partial(_handled, handler=value, of=name)
            if callable(value)
            else partial(_answer, value=value, fields=fields)
        )
        self._order(name, play, times)

    def delay(self, name: str, seconds: float, *, times: int | None = 1) -> None:
        """Has the function begin its work later, by the phone's clock; ValueError for one that returns its value."""
        self._order_wait(name, lambda met: _delay(met, seconds), times)

    def hang(self, name: str, *, times: int | None = 1) -> None:
        """Has nothing ever answer the function. What limits its time still does, as the runtime's own patience.

        A request, a transfer or a WebSocket meets a server that is silent: after its `timeout`, or the app's or the
        platform's own, it fails by the phone's clock as it does on the platform; it can be aborted, and the network may
        go. Any other call that has a `timeout` fails after that, `login:fail timeout`. ValueError for a function that
        returns its value.
        """
        self._order_wait(name, _hang, times)

    def clear(self, name: str | None = None) -> None:
        """Takes the faults of the function off order, or all."""
        for queue in self._queues.values() if name is None else [self._ordered(name)]:
            queue.clear()

    @property
    def unmet(self) -> list[str]:
        """The functions with a fault that fewer calls have met than were to; not those that all calls shall meet."""
        return [name for name, queue in self._queues.items() if any(fault.times is not None for fault in queue)]

    def snapshot(self) -> dict[str, list[Fault]]:
        """The faults that calls are still to meet."""
        return {name: _copies(queue) for name, queue in self._queues.items()}

    def restore(self, state: Mapping[str, list[Fault]]) -> None:
        """Puts those on order again, and no others."""
        self.clear()
        for name, faults in state.items():
            self._queue(name).extend(_copies(faults))

    def close(self) -> None:
        """The phone ends: what hangs fails as interrupted."""
        for hung in tuple(self._hung):
            hung.end(INTERRUPTED)

    def guard(self, key: str, name: str, kind: str, number: str = "errCode") -> Guard:
        """What a native function looks at before it does its work."""
        return Guard(name, kind, number, self._queue(key), self._phone, self._hung)

    def _queue(self, name: str) -> Queue:
        """The faults of the function; always the same object, since its calls look at it."""
        return self._queues.setdefault(name, [])

    def _order(self, name: str, play: Play, times: int | None) -> None:
        if times is not None and times < 1:
            raise ValueError("a fault is met by one call or more; None is all")
        self._ordered(name).append(Fault(play, times))

    def _order_wait(self, name: str, play: Play, times: int | None) -> None:
        if self._marked(name).__native__ == "plain":
            raise ValueError(f"{name} returns its value at once, and cannot wait")
        self._order(name, play, times)

    def _ordered(self, name: str) -> Queue:
        """The faults of a function that a test has named."""
        self._marked(name)
        return self._queue(name)

    def _marked(self, name: str) -> Any:
        """The function as its room or manager marks it; ValueError if the phone has none of that name."""
        room = ROOM_OF.get(name)
        if room is not None and getattr(getattr(self._phone, room), name).__native__ != "value":
            return getattr(getattr(self._phone, room), name)
        manager, _, method = name.rpartition(".")
        marked = getattr(_class(manager), method, None) if manager in MANAGERS else None
        if not hasattr(marked, "__native__"):
            raise ValueError(_lacked(name))
        return marked


class StoppedTask:
    """The task of a call that a fault has kept from its work: there is nothing to listen to, and it can be aborted."""

    def __init__(self, abort: Callable[[], None]) -> None:
        self._abort = abort

    def abort(self) -> None:
        """Ends the call, with `fail abort`, unless it has ended."""
        self._abort()

    def __getattr__(self, name: str) -> Callable[..., None]:
        if not name.startswith(("on", "off")):
            raise no_attribute(f"a task has no {name!r}")
        return lambda *_: None


class HungCall:
    """A call that hangs: nobody answers it before its time is up, or the phone ends."""

    for_the_runtime: ClassVar[bool] = True

    def __init__(self, met: Met) -> None:
        self._met = met
        met.guard.hung.add(self)

    def abort(self) -> None:
        """Gives the answer up. No callback is called."""
        self._met.guard.hung.discard(self)

    def end(self, reason: str) -> None:
        """Has the call fail, unless it has ended."""
        if self in self._met.guard.hung:
            self.abort()
            call(self._met.name, partial(finish, ok=False), self._met.options, Fail(reason).result(self._met.name))


def _check_own(name: str, fields: Mapping[str, Any]) -> None:
    """ValueError for a field that was meant to say something else of the fault; other fields may have any name."""
    for field in fields:
        if field.lower() != "errcode":  # which platforms' own failures may have
            check_slip(field, ("errCode", "times"), f"a failure of {name!r} has no {{!r}}")


def _copies(faults: Iterable[Fault]) -> list[Fault]:
    return [attrs.evolve(fault) for fault in faults]


def _lacked(name: str) -> str:
    """What is said of a function that the phone does not have."""
    from .declared import is_declared

    meant = _meant(name) if name not in ROOM_OF else ""
    if is_declared(name) and not meant.startswith(("; my.", "; swan.")):
        return (
            f"the phone does not simulate {name!r} yet; bring it with apis={{{name!r}: function}}, "
            "see docs/guides/override-function.md"
        )
    return f"the phone has no function {name!r}{meant}"


def _meant(name: str) -> str:
    """A hint at the function that goes by another name here: `login` is meant by Alipay's own `getAuthCode`."""
    for vendor, variants in VARIANTS.items():
        if name in variants:
            return f"; {vendor}.{name} goes by {variants[name][1]!r}"
    methods = [method for manager in MANAGERS for method in _methods(manager)]
    same = [method for method in methods if method.endswith(f".{name}")]
    return f"; did you mean {same[0]!r}?" if same else close_to(name, [*ROOM_OF, *methods])


def _methods(manager: str) -> list[str]:
    """The functions of a manager's, as `FileSystemManager.readFile`."""
    made = _class(manager)
    return [f"{manager}.{name}" for name in dir(made) if hasattr(getattr(made, name), "__native__")]


def _class(manager: str) -> type:
    made: type = getattr(import_module(f"taropy.phone.{MANAGERS[manager]}"), manager.rpartition(".")[2])
    return made


def _fail(met: Met, outcome: Result) -> Any:
    if met.kind == "plain":
        raise NativeError(outcome)
    finish(met.options, outcome, ok=False)
    return StoppedTask(lambda: None) if met.kind == "task" else None


def _answer(met: Met, value: Any, fields: Mapping[str, Any]) -> Any:
    if met.kind == "plain":
        return dict(fields) if value is None and fields else value
    finish(met.options, Ordered({"errMsg": f"{met.name}:ok", **fields}), ok=True)
    return StoppedTask(lambda: None) if met.kind == "task" else None


def _handled(met: Met, handler: Callable[..., Any], of: str) -> Any:
    """Has the test's own function answer the call."""
    if met.kind == "plain":
        return handler(*met.arguments)
    from .declared import returned_fields

    options = record({name: value for name, value in met.options.items() if name not in CALLBACKS})
    try:
        answer = handler(options)
        fields = None if inspect.isawaitable(answer) else returned_fields(of, handler, answer)
    except Exception as error:
        return _fail(met, _failure(met, error))
    if fields is not None:
        return _answer(met, None, fields)

    async def later() -> None:
        try:
            fields = returned_fields(of, handler, await answer)
        except Exception as error:
            _fail(met, _failure(met, error))
        else:
            _answer(met, None, fields)

    waiting = _waiting(met, later())
    if inspect.iscoroutine(answer):  # which Python would warn of, of a task that is cancelled before it begins
        waiting.task.add_done_callback(lambda _: answer.close())
    return StoppedTask(partial(_abort, met, waiting)) if met.kind == "task" else None


def _failure(met: Met, error: Exception) -> Result:
    """The failure that a test's function has raised; any other error of its is reported as well."""
    if isinstance(error, Fail):
        return Ordered(error.result(met.name))
    if hasattr(error, "errMsg") and hasattr(error, "keys"):
        fields: dict[str, Any] = dict(cast(Any, error))
        return Ordered((met.guard.number if name == "errCode" else name, field) for name, field in fields.items())
    report(f"the function that answers {met.name} raised", error)
    return Ordered(Fail(f"the function that answers it raised {error!r}").result(met.name))


def _delay(met: Met, seconds: float) -> Any:
    clock = met.guard.phone.clock
    moment = clock.now() + seconds

    async def later() -> None:
        await clock.until(moment)
        begun.append(met.go_on())

    begun: list[Any] = []
    waiting = _waiting(met, later())

    def abort() -> None:
        if begun:
            begun[0].abort()
        else:
            _abort(met, waiting)

    return StoppedTask(abort) if met.kind == "task" else None


def _hang(met: Met) -> Any:
    if met.kind == "task":
        return met.go_on(Unanswered(met.options))
    hung = HungCall(met)
    timeout = met.options.get("timeout")
    if isinstance(timeout, int | float) and not isinstance(timeout, bool) and timeout > 0:
        clock = met.guard.phone.clock
        clock.limit(asyncio.get_running_loop(), clock.elapsed() + timeout / 1000, partial(hung.end, "timeout"))
    return hung


def _waiting(met: Met, work: Coroutine[Any, Any, None]) -> AnswerToCome:
    waiting = AnswerToCome(met.name, met.options)
    waiting.come_of(met.guard.phone.spawn(work))
    return waiting


def _abort(met: Met, waiting: AnswerToCome) -> None:
    if not waiting.task.done():
        waiting.abort()
        outcome = Fail("abort").result(met.name)
        asyncio.get_running_loop().call_soon(lambda: finish(met.options, outcome, ok=False))
