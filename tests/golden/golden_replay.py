"""Plays the recorded cases through taropy's platforms, over a native object that writes down what is asked of it.

The steps of a case, and the markers in values, are those that tools/recorder/record.mjs describes.
"""

from __future__ import annotations

import asyncio
import copy
import datetime
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import attrs

import taropy
from taropy.runtime.managers import native_of

Steps = list[list[Any]]

DATA = Path(__file__).parent / "data"
CALLBACKS = ("success", "fail", "complete")
DATE = datetime.datetime(2026, 1, 1)
TURNS = 6

# What the methods that work in the next tick are asked with.
ASKED: Mapping[str, tuple[Any, ...]] = {"exec": (), "observe": (".box", lambda _: None)}


TASK_METHODS = (
    "abort", "onHeadersReceived", "offHeadersReceived", "onProgressUpdate", "offProgressUpdate", "onChunkReceived",
    "offChunkReceived",
)  # fmt: skip


def changing(chain: Any) -> taropy.Promise[Any]:
    """The interceptor that adds a field to the result."""
    return chain.proceed(chain.requestParams).then(lambda result: {**result, "changed": True})


def throwing(_: Any) -> None:
    """The interceptor that throws."""
    raise RuntimeError("thrown by the interceptor")


# The interceptors that a case may name; tools/recorder/record.mjs has the same.
INTERCEPTORS: Mapping[str, Callable[[Any], Any]] = {
    "proceeds": lambda chain: chain.proceed(chain.requestParams),
    "proceeds with nothing": lambda chain: chain.proceed(),
    "proceeds with a header": lambda chain: chain.proceed({**chain.requestParams, "header": {"a": "b"}}),
    "changes the result": changing,
    "answers itself": lambda _: taropy.Promise.resolve({"errMsg": "answered"}),
    "gives no promise": lambda _: {"errMsg": "answered"},
    "throws": throwing,
    "rejects with fields": lambda _: taropy.Promise.reject({"errMsg": "refused", "code": 9}),
    "rejects with other fields": lambda _: taropy.Promise.reject({"code": 9}),
    "rejects with an error": lambda _: taropy.Promise.reject(RuntimeError("refused")),
    "logs": taropy.Taro.interceptors.logInterceptor,
    "gives up in time": taropy.Taro.interceptors.timeoutInterceptor,
}


@cache
def inputs() -> dict[str, Any]:
    """What the cases call, and what the native object answers."""
    read: dict[str, Any] = json.loads((DATA / "inputs.json").read_text("utf-8"))
    return read


@cache
def recorded(platform: str) -> dict[str, Steps]:
    """What Taro's own adapter did, by case."""
    read: dict[str, Steps] = json.loads((DATA / f"{platform}.json").read_text("utf-8"))["cases"]
    return read


@attrs.frozen
class Case:
    """One call: which function, with what, and what the native object does."""

    platform: str
    id: str
    name: str
    which: str
    style: str
    outcome: str
    told: Mapping[str, Any]

    @property
    def arguments(self) -> list[Any]:
        """The arguments as the inputs have them, with markers."""
        given: list[Any] = self.told.get(self.which, self.told["required"])
        return given


@cache
def specials() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """The cases that meet something special in an adapter, by platform and id."""
    return {(platform, case["id"]): case for case in inputs()["special"] for platform in case["platforms"]}


@cache
def case_of(platform: str, id_: str) -> Case:
    """The case of this id: one of the ways in which every function is called, or a special one."""
    special = specials().get((platform, id_), {})
    name, way = (special["name"], special["way"]) if special else id_.split(" ", 1)
    which, style, outcome = way.split(" ")
    return Case(platform, id_, name, which, style, outcome, {**inputs()["functions"][name], **special})


# --- values -----------------------------------------------------------------------------------------------------


class Task:
    """What a native function returned: a task, or a manager."""


def plain(value: Any) -> Any:
    """A value as the recordings have it; of a manager, the native object, with what the manager has beside."""
    native = native_of(value)
    beside = vars(value) if native is not value else {}
    value = native
    match value:
        case taropy.Promise():
            return "$promise"
        case taropy.TaroError():
            return {name: plain(value[name]) for name in value}
        case BaseException():
            return {"$error": str(value)}
        case bytes():
            return "$bytes"
        case datetime.datetime():
            return "$date"
        case list() | tuple():
            return [plain(item) for item in value]
        case None | str() | int() | float():
            return value
    if callable(value):
        return "$function"
    if hasattr(value, "__getitem__"):
        return {name: plain(value[name]) for name in value}
    if attrs.has(type(value)):
        return {name: plain(field) for name, field in vars(value).items()}
    fields = {name: text for name, text in {**vars(value), **beside}.items() if not name.startswith("_")}
    return {"$object": {name: text for name, text in fields.items() if isinstance(text, str)}}


def revived(value: Any, hear: Callable[..., None]) -> Any:
    """The value that a marker stands for, everywhere in `value`."""
    match value:
        case "$function":
            return lambda *heard: hear(*heard)
        case "$bytes":
            return b"\x01\x02"
        case "$date":
            return DATE
        case list():
            return [revived(item, hear) for item in value]
        case dict():
            return {name: revived(field, hear) for name, field in value.items()}
        case _:
            return value


# --- the native object ------------------------------------------------------------------------------------------


def native_object(case: Case, steps: Steps) -> SimpleNamespace:
    """The platform's native object, without the functions that the case is about if they are to be missing."""
    about = inputs()["platforms"][case.platform]
    mine = about["natives"].get(case.name, [case.name])
    missing = mine if case.outcome == "missing" else case.told.get("lacks", ())
    names = [name for name in about["has"] if name not in missing]
    answers = {**about["answers"], **case.told.get("answers", {})}
    return SimpleNamespace(**{name: _native(name, case, name in mine, answers, steps) for name in names})


def _native(name: str, case: Case, mine: bool, answers: Mapping[str, Any], steps: Steps) -> Callable[..., Any]:
    def function(*arguments: Any) -> Any:
        steps.append(["call", name, *(plain(_without_callbacks(argument)) for argument in arguments)])
        value = answers[name] if name in answers else case.told["answer"] if mine else None
        return _respond(name, case, arguments, copy.deepcopy(value), steps) if mine else value

    return function


def _without_callbacks(argument: Any) -> Any:
    if not isinstance(argument, dict):
        return argument
    return {name: value for name, value in argument.items() if name not in CALLBACKS}


def _respond(name: str, case: Case, arguments: tuple[Any, ...], value: Any, steps: Steps) -> Any:
    if case.outcome == "throwing":
        raise RuntimeError("thrown by the native function")
    first = arguments[0] if arguments else None
    soon = asyncio.get_running_loop().call_soon
    if case.told["kind"] == "listener":
        if callable(first):
            soon(first, value)
        return None
    task = _task(name, first, steps) if case.told.get("object") else None
    if case.told["kind"] != "promise":
        return value if task is None else task
    if case.outcome == "failure":
        soon(_finish, first, "fail", case.told.get("refusal", {"errMsg": f"{name}:fail refused", "errCode": 7}))
    elif case.outcome == "once":
        _finish(first, "success", value)
    elif case.outcome not in ("abort", "silence"):
        soon(_finish, first, "success", value)
    return task


def _finish(options: Any, callback: str, result: Any) -> None:
    for name in (callback, "complete"):
        if name in options:
            options[name](result)


def _task(name: str, options: Any, steps: Steps) -> Task:
    task = Task()

    def method(called: str, *arguments: Any) -> None:
        steps.append(["task", called, *(plain(_without_callbacks(argument)) for argument in arguments)])
        if called == "abort":
            asyncio.get_running_loop().call_soon(_finish, options, "fail", {"errMsg": f"{name}:fail abort"})

    for called in ("abort", "exec", "observe", "onProgressUpdate", "send", "close"):
        setattr(task, called, lambda *arguments, called=called: method(called, *arguments))
    return task


# --- one case ---------------------------------------------------------------------------------------------------


async def play(case: Case) -> Steps:
    """Calls the function as the case says, and gives the steps that came of it."""
    steps: Steps = []
    taro = taropy.create(case.platform, native=native_object(case, steps))
    for name in case.told.get("interceptors", ()):
        taro.addInterceptor(INTERCEPTORS[name])
    for path, *given in case.told.get("before", ()):
        _prepare(taro, path, given, steps)
    arguments = _arranged(case, steps)
    before = plain(arguments)
    returned = _called(taro, case, arguments, steps)
    if isinstance(returned, taropy.Promise):
        _watch(returned, steps, case)
        if case.outcome == "abort" or case.style == "aborted":
            returned.abort()
        if case.style == "methods":
            has = [name for name in TASK_METHODS if callable(getattr(returned, name, None))]
            steps.append(["methods", *has])
    if case.style in ("exec", "observe"):
        steps.append(["asked", plain(getattr(returned, case.style)(*ASKED[case.style]))])
    for _ in range(TURNS):
        await asyncio.sleep(0)
    if case.outcome == "silence":
        await returned.then(lambda _: None, lambda _: None)
    if isinstance(returned, taropy.Promise) and not any(what in ("resolved", "rejected") for what, *_ in steps):
        steps.append(["pending"])
    if plain(arguments) != before:
        steps.append(["changed", plain(arguments)])
    return steps


def _prepare(taro: taropy.Taro, path: str, given: list[Any], steps: Steps) -> None:
    """What a program has done before: `["eventCenter.on", "login", "$function"]`."""
    name, _, method = path.partition(".")
    member = getattr(taro, name)
    arguments = revived(given, lambda *heard: steps.append(["heard", *map(plain, heard)]))
    (getattr(member, method) if method else member)(*arguments)


def _called(taro: taropy.Taro, case: Case, arguments: list[Any], steps: Steps) -> Any:
    try:
        returned = getattr(taro, case.name)(*arguments)
    except Exception as error:
        steps.append(["threw", plain(error)])
        return None
    steps.append(["returned", plain(returned)])
    return returned


def _arranged(case: Case, steps: Steps) -> list[Any]:
    given: list[Any] = revived(case.arguments, lambda *heard: steps.append(["heard", *map(plain, heard)]))
    if case.style not in ("callbacks", "thrower"):
        return given
    callbacks = {name: _callback(name, case.style == "thrower", steps) for name in CALLBACKS}
    return [{**given[0], **callbacks}, *given[1:]]


def _callback(name: str, throws: bool, steps: Steps) -> Callable[[Any], None]:
    def callback(value: Any) -> None:
        steps.append([name, plain(value)])
        if throws and name != "complete":
            raise RuntimeError("thrown by the callback")

    return callback


def _watch(promise: taropy.Promise[Any], steps: Steps, case: Case) -> None:
    def resolved(value: Any) -> None:
        steps.append(["resolved", plain(value)])
        if "use" in case.told:
            method, *arguments = revived(case.told["use"], lambda *_: None)
            getattr(value, method)(*arguments)

    promise.then(resolved, lambda reason: steps.append(["rejected", plain(reason)]))
