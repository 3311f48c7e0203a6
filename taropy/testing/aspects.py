"""What the suite looks at: each aspect is a check of one function on one platform, over a recorder."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import attrs

from .. import spec
from ..models.loading import model_of
from ..runtime.errors import NotSupported, ParameterError, TaroError
from ..runtime.managers import methods_of
from ..runtime.platforms import Adaptation
from ..runtime.promise import Promise
from ..runtime.taro import Taro
from ..spec import CALLBACKS, Member, Ref
from .case import Case, Kind, kind_of, patience, settled
from .examples import (
    all_options,
    arguments,
    fitting,
    ignore,
    needed,
    needed_by_both,
    option_fields,
    options,
    unfitting,
    unfitting_option,
)
from .recorder import CODE, Manner, gives_object

TASK = "abort"

# What is called, by how the native function ends.
ORDERS: Mapping[Manner, list[str]] = {"succeed": ["success", "complete"], "fail": ["fail", "complete"]}


@attrs.frozen
class Aspect:
    """One thing that is looked at: what should be so, of which functions, and the check.

    A check that is a coroutine function runs in an event loop, any other one outside, as plain scripts do.
    `of_form` are those that hold whatever a function does: a plugin's own one in place of the platform's, which may ask
    nothing native and can't fail as the native function does, is looked at in these alone.
    """

    name: str
    should: str
    kinds: frozenset[Kind]
    check: Callable[[Case], Awaitable[None] | None]
    of_form: bool = False

    def concerns(self, member: Member, *, replaced: bool = False) -> bool:
        """Whether it is looked at with this member, which a plugin may have `replaced`."""
        return kind_of(member) in self.kinds and (self.of_form or not replaced)


# --- calls that are answered by callbacks ----------------------------------------------------------------------


async def takes_options(case: Case) -> None:
    """The same options, in each form that Taro knows, make the same native call; the caller's own stay as they are."""
    if case.member.option is None:
        return
    given = options(case.member)
    before = copy.deepcopy(given)
    calls = {form: await _native_calls(case, argument, named) for form, argument, named in _forms(case.member, given)}
    case.expect(given == before, "changes the caller's own options")
    for form, made in calls.items():
        case.expect(made == calls["dict"], f"options as {form} make another native call than a dict")
    if case.by_table:
        case.expect(calls["dict"], "makes no native call")


def _forms(member: Member, given: dict[str, Any]) -> list[tuple[str, Any, dict[str, Any]]]:
    """The forms in which options are given: name, argument, keyword arguments."""
    forms: list[tuple[str, Any, dict[str, Any]]] = [("dict", given, {}), ("keywords", None, given)]
    type_ = member.option
    if isinstance(type_, Ref) and type_.name in spec.type_names() and spec.type_def(type_.name).kind == "interface":
        forms.append(("option class", model_of(type_.name)(**given), {}))
    if not given:
        forms.append(("nothing", None, {}))
    return forms


async def _native_calls(case: Case, argument: Any, named: Mapping[str, Any]) -> list[Any]:
    case.prepare()
    outcome = await case.outcome(*([] if argument is None else [argument]), **named)
    case.expect(not isinstance(outcome, TaroError), f"fails: {outcome}")
    return [noted.plain for noted in case.native.noted]


async def hands_on_options(case: Case) -> None:
    """Every option reaches the native function, under the name and with the value that the table says."""
    if case.member.option is None:
        return
    case.prepare()
    given = all_options(case.member)
    outcome = await case.outcome(given)
    case.expect(not isinstance(outcome, TaroError), f"fails with all options: {outcome}")
    received = case.native.noted[0].options if case.native.noted else {}
    told = _as_told(case.adaptation, given)
    if case.adaptation.function is None:
        lost = [name for name, value in told.items() if received.get(name) != value]
    else:  # which may call them otherwise, and leave out what goes without saying
        renamed = [value for name, value in received.items() if told.get(name) != value]
        lost = [name for name in told if name in options(case.member) and received.get(name) != told[name]]
        lost = [name for name in lost if told[name] not in renamed]
    case.expect(not lost, f"the native function does not get {', '.join(lost)}")


def _as_told(table: Adaptation, given: Mapping[str, Any]) -> dict[str, Any]:
    """The native options that a table tells, without those that it computes; callbacks are wrapped on their way."""
    told = {**given, **{native: given[taro] for taro, native in table.rename.items()}}
    told |= {name: value for name, value in table.options.items() if value is not None}
    computed = {name for name, value in table.options.items() if callable(value)}
    return {name: value for name, value in told.items() if name not in computed and not callable(value)}


async def succeeds(case: Case) -> None:
    """`success`, then `complete`, after the call has returned; the promise gives the same, all that is declared."""
    case.prepare()
    heard: list[tuple[str, Any]] = []
    promise = case.call(*_callable_with(case, heard))
    case.expect(not heard, "calls back before it has returned")
    result = await settled(promise)
    order = [name for name, _ in heard]
    case.expect(order == ["success", "complete"], f"calls {order or 'nothing'}, not success and then complete")
    told = heard[0][1] if heard else None
    shared = result if not gives_object(case.member) else told  # a task is what the promise alone gives
    case.expect(all(each is shared for _, each in heard), "gives the callbacks another result than the promise")
    _expect_result(case, shared)


def _callable_with(case: Case, heard: list[tuple[str, Any]]) -> tuple[Any, ...]:
    """The least arguments, with callbacks that note what they hear."""
    callbacks = {name: lambda res, name=name: heard.append((name, res)) for name in CALLBACKS}
    least = options(case.member) if case.member.option is not None else {}
    return ({**least, **callbacks},)


def _expect_result(case: Case, result: Any) -> None:
    """What the declaration promises is in the result, and what the table takes away is not."""
    if result is None or not isinstance(case.answer, Mapping):
        return
    message = result.get("errMsg") if hasattr(result, "get") else None
    right = message is None or str(message).startswith(f"{case.member.name}:")
    case.expect(right, f"errMsg is {message!r}, and not {case.member.name}:ok")
    if not case.replaced:
        missing = sorted(name for name in _promised(case) if name not in result)
        case.expect(not missing, f"the result has no {', '.join(missing)}")
        left = sorted(name for name in {*case.adaptation.remove} - {*case.adaptation.results} if name in result)
        case.expect(not left, f"the result still has {', '.join(left)}")


def _promised(case: Case) -> set[str]:
    """The fields that a result has by its declaration and by the table; methods are the native object's business."""
    type_ = None if gives_object(case.member) else case.member.result
    declared = spec.fields_of(type_) if type_ is not None else {}
    promised = {name for name, field in declared.items() if needed(field) and not callable(fitting(field.type))}
    return promised | {name for name, source in case.adaptation.results.items() if isinstance(source, str)}


async def fails(case: Case) -> None:
    """`fail`, then `complete`, after the call has returned; the promise rejects, with the native code."""
    case.prepare("fail")
    heard: list[tuple[str, Any]] = []
    promise = case.call(*_callable_with(case, heard))
    case.expect(not heard, "calls back before it has returned")
    try:
        result = await settled(promise)
    except TaroError as error:
        _expect_error(case, error)
        case.expect(error.errCode == CODE, f"the native errCode {CODE} has become {error.errCode!r}")
    else:
        case.faults.append(f"succeeds although the native function fails: {result!r}")
    order = [name for name, _ in heard]
    case.expect(order == ["fail", "complete"], f"calls {order or 'nothing'}, not fail and then complete")


def _expect_error(case: Case, error: TaroError) -> None:
    """The error speaks of Taro's function, whatever the native one is called."""
    name, platform = case.member.name, case.taro.platform.name
    case.expect(error.errMsg.startswith(f"{name}:fail"), f"errMsg is {error.errMsg!r}, and not {name}:fail …")
    where = (error.api, error.platform)
    case.expect(where == (name, platform), f"the error names {' on '.join(where)}")


def works_in_scripts(case: Case) -> None:
    """Outside any loop a call has called back, and has settled, when it returns."""
    for manner, order in ORDERS.items():
        if case.replaced and manner != "succeed":
            continue
        case.prepare(manner)
        heard: list[tuple[str, Any]] = []
        with patience(case.taro):
            promise = case.call(*_callable_with(case, heard))
        told = [name for name, _ in heard]
        case.expect(told == order, f"has called {told or 'nothing'} when it returns, not {' and then '.join(order)}")
        _expect_settled(case, promise, manner)


def _expect_settled(case: Case, promise: Promise[Any], manner: Manner) -> None:
    try:
        promise.result()
    except TaroError as error:
        case.expect(manner == "fail", f"fails: {error}")
    else:
        case.expect(manner == "succeed", "succeeds although the native function fails")


async def survives_exceptions(case: Case) -> None:
    """A native function that throws makes a call that fails, and nothing worse."""
    case.prepare("throw")
    outcome = await case.outcome(*arguments(case.member))
    if not case.by_table and not case.native.noted:  # a function that asks nothing native
        return
    if isinstance(outcome, TaroError):
        _expect_error(case, outcome)
    else:
        case.faults.append(f"gives {outcome!r} although the native function throws")


async def refuses(case: Case) -> None:
    """Wrong options are told by name, and nothing reaches the native object."""
    if case.member.option is not None:
        least = options(case.member)
        await _expect_refusal(case, "no object", object())
        table = case.adaptation
        for name, field in option_fields(case.member).items():
            if needed_by_both(field) and name not in table.optional:
                without = {each: value for each, value in least.items() if each != name}
                await _expect_refusal(case, f"parameter.{name}", without)
            wrong = unfitting_option(field)
            if wrong is not None and name not in table.unchecked:
                await _expect_refusal(case, f"parameter.{name}", {**least, name: wrong})
    elif len(case.member.signatures) == 1 and case.member.signatures[0].params:
        first = case.member.signatures[0].params[0]
        wrong = unfitting(first.type)
        if wrong is not None:
            await _expect_refusal(case, f"parameter.{first.name}", wrong)


async def _expect_refusal(case: Case, what: str, given: Any) -> None:
    case.prepare()
    outcome = await case.outcome(given)
    case.expect(isinstance(outcome, ParameterError), f"takes wrong options ({what}): {given!r}")
    if isinstance(outcome, ParameterError) and what.startswith("parameter."):
        case.expect(what in outcome.errMsg, f"does not say that {what} is wrong: {outcome.errMsg}")
    case.expect(not case.native.noted, f"hands wrong options on ({what})")


async def has_task(case: Case) -> None:
    """A task can be listened to, and ended, as far as the platform's can: the call then fails with `abort`."""
    types = [signature.returns for signature in case.member.signatures if isinstance(signature.returns, Ref)]
    methods = [name for type_ in types for name in spec.fields_of(type_) if _can_use(case, type_, name)]
    if TASK not in methods:
        return
    case.prepare("hold")
    promise = case.call(*arguments(case.member))
    _ask_task(case, promise, [name for name in methods if name.startswith(("on", "off"))])
    try:
        await settled(promise)
    except TaroError as error:
        case.expect("abort" in error.errMsg, f"aborted, it fails with {error.errMsg!r}")
    else:
        case.faults.append("succeeds although it was aborted")


def _ask_task(case: Case, promise: Any, events: list[str]) -> None:
    """Listens to the task's events, and ends it; the native task is asked for all of it."""
    for name in events:
        getattr(promise, name)(ignore)
    promise.abort()
    task = case.native.given
    lost = [name for name in (*events, TASK) if task is None or name not in task.asked]
    case.expect(not lost, f"the native task is not asked for {', '.join(lost)}")


async def hands_out_objects(case: Case) -> None:
    """Each method of a manager, a context or a socket reaches the native object of the same name, if there is one."""
    type_ = case.member.result
    if not gives_object(case.member):
        return
    assert isinstance(type_, Ref)
    case.prepare()
    made = await case.outcome(*arguments(case.member))
    native = case.native.given if case.member.is_promise else case.answer
    if native is None:
        case.faults.append("makes no native call")
        return
    for method in methods_of(type_.name).values():
        before = len(case.native.noted) + len(native.asked)
        fault = await _fault_of_method(made, method)
        asked = len(case.native.noted) + len(native.asked) > before
        if _can_use(case, type_, method.name):
            case.expect(fault is None and asked, f"{method.name} {fault or 'asks nothing native'}")
        else:
            case.expect(fault is not None and not asked, f"{method.name} is carried out although canIUse denies it")


def _can_use(case: Case, type_: Ref, method: str) -> bool:
    """What `canIUse` says of a method of the type, under the name that documents call the type by."""
    return bool(case.taro.canIUse(f"{type_.name.partition('.')[0]}.{method}"))


async def _fault_of_method(made: Any, method: Member) -> str | None:
    try:
        outcome = getattr(made, method.name)(*arguments(method))
        if isinstance(outcome, Promise):
            await settled(outcome)
        await asyncio.sleep(0)  # some ask in the next tick
    except TaroError as error:
        return f"fails: {error}"
    return None


# --- listeners and values --------------------------------------------------------------------------------------


async def listens(case: Case) -> None:
    """A listener hears each event once, until it is taken off."""
    if not case.member.name.startswith("on"):
        return
    case.prepare()
    heard: list[Any] = []

    def listener(*event: Any) -> None:
        heard.append(event)

    event = [] if case.member.callback is None else [fitting(case.member.callback)]
    case.call(listener)
    case.native.emit(*event)
    case.expect(len(heard) == 1, f"a listener hears an event {len(heard)} times")
    off = f"off{case.member.name.removeprefix('on')}"
    if spec.has(off) and case.taro._runtime.offers(off):
        _take_off(case, off, listener)
        case.native.emit(*event)
        case.expect(len(heard) == 1, f"a listener hears events after {off}")
    case.native.listeners.clear()


def _take_off(case: Case, off: str, listener: Callable[..., None]) -> None:
    case.native.expect(spec.member(off), None)
    getattr(case.taro, off)(listener)


async def gives_value(case: Case) -> None:
    """What the native function returns is what the program gets."""
    case.prepare()
    outcome = await case.outcome(*arguments(case.member))
    case.expect(not isinstance(outcome, TaroError), f"fails: {outcome}")
    if case.by_table:
        case.expect(case.native.noted, "makes no native call")
    if isinstance(outcome, TaroError) or not case.by_table or case.member.result is None:
        return
    case.expect(_is_answer(case, outcome), f"gives {outcome!r} where the native function gives {case.answer!r}")


def _is_answer(case: Case, outcome: Any) -> bool:
    """Whether it is what the native function gave, but for the fields that the table is about."""
    if not isinstance(case.answer, Mapping):
        return outcome is case.answer or bool(outcome == case.answer)
    changed = {*case.adaptation.results, *case.adaptation.remove}
    return all(outcome[name] == value for name, value in case.answer.items() if name not in changed)


# --- what is not there -----------------------------------------------------------------------------------------


async def names_the_host(case: Case) -> None:
    """Over a native object that lacks the function the call says so, and canIUse knows it beforehand."""
    name = case.member.name
    if case.kind == "value" and name[0].isupper():  # a type, which needs no native object
        return
    error = _lack(case.bare, case.member)
    case.expect(error is not None and error.reason == "host", "over a native object without it, it is not NotSupported")
    case.expect(not case.bare._runtime.offers(name), "canIUse promises it over a native object without it")
    case.expect(case.taro._runtime.offers(name), "canIUse denies it over a native object that has everything")


def _lack(taro: Taro, member: Member) -> NotSupported | None:
    try:
        use(taro, member)
    except NotSupported as error:
        return error
    except TaroError:
        return None
    return None


def use(taro: Taro, member: Member) -> None:
    """Reads a value, or calls a function without arguments; only what is raised at once counts."""
    value = getattr(taro, member.name)
    if member.is_function:
        value = value()
    if isinstance(value, Promise):
        value.catch(ignore)


PROMISE: frozenset[Kind] = frozenset({"promise"})
WITH_OPTIONS: frozenset[Kind] = frozenset({"promise", "option"})
VALUE: frozenset[Kind] = frozenset({"value"})
CALLS: frozenset[Kind] = frozenset({"promise", "option", "direct", "listener"})
NATIVE: frozenset[Kind] = frozenset({"promise", "option", "direct", "listener", "value"})

ASPECTS = (
    Aspect("forms", "takes options as dict, keywords and option class", WITH_OPTIONS, takes_options, of_form=True),
    Aspect("options", "hands on every option as the table says", WITH_OPTIONS, hands_on_options),
    Aspect("success", "succeeds, with callbacks in order and the declared result", PROMISE, succeeds, of_form=True),
    Aspect("failure", "fails, with callbacks in order and the native error", PROMISE, fails),
    Aspect("scripts", "has settled, outside a loop, when it returns", PROMISE, works_in_scripts, of_form=True),
    Aspect("exceptions", "fails when the native function throws", CALLS, survives_exceptions),
    Aspect("refusal", "refuses wrong options before anything is native", CALLS, refuses, of_form=True),
    Aspect("tasks", "has a task that can be listened to and aborted", PROMISE, has_task),
    Aspect("objects", "hands out an object whose methods are the native ones", CALLS, hands_out_objects),
    Aspect("events", "hears events until the listener is taken off", frozenset({"listener"}), listens),
    Aspect("values", "gives what the native function returns", frozenset({"option", "direct"}), gives_value),
    Aspect("host", "names a host that lacks it", NATIVE, names_the_host),
)
