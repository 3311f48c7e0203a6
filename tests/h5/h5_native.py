"""A native object that answers as the recording says taro-h5 did, so that the h5 plugin can be watched by itself.

It replays the cases in which functions are called one after the other. What a call did in the page (which callbacks,
what it returned, how its promise settled) it does here, in the same order; what listeners heard later they hear when
the case goes on.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from h5_values import plain

Steps = list[list[Any]]

CALLBACKS = ("success", "fail", "complete")
#: Taro's own, which ask no native object, and what gives objects whose methods would have to be replayed too.
NOT_REPLAYED = frozenset({
    "addInterceptor", "cleanInterceptors", "preload", "nextTick", "getEnv", "initPxTransform", "pxTransform",
    "getCurrentPages", "getApp", "getAppInfo", "getCurrentInstance", "canIUse", "useRouter", "connectSocket",
})  # fmt: skip
PASSED_OVER = frozenset({"arrived", "see", "received", "quiet", "until", "person", "release"})
LATER = frozenset({"resolved", "rejected"})
TOLD = LATER.union(CALLBACKS, ("returned", "threw"))


class Rejection(Exception):
    """What a promise of the page was rejected with, or a function threw: an object with fields, or an Error."""

    def __init__(self, reason: Mapping[str, Any]) -> None:
        super().__init__(reason.get("message", ""))
        fields = {name: field for name, field in reason.items() if name not in ("$error", "message")}
        self.__dict__.update({name: native_value(field) for name, field in fields.items() if field != "$undefined"})


def replayable(case: Mapping[str, Any], steps: Steps) -> bool:
    """Whether the case only calls functions of the native object, one after the other, and all of them answer."""
    calls = [step for step in case["do"] if step[0] == "call"]
    told = [step for step in steps if not _passing(step)]
    return (
        bool(calls)
        and not any(key in case for key in ("functions", "boot"))
        and all(step[0] == "call" or step[0] in PASSED_OVER for step in case["do"])
        and all(step[0] in TOLD for step in told)
        and sum(step[0] in ("returned", "threw") for step in told) == len(calls)
        and not any(step[1] in NOT_REPLAYED for step in calls)
        and "$ref" not in str(calls)
        and all(len(_callbacks(step)) in (0, len(CALLBACKS)) for step in calls)
    )


def _callbacks(step: list[Any]) -> list[str]:
    """The callbacks of a call: taropy gives a native function all of them, so one that has got some is not like it."""
    return [name for given in step[2:] if isinstance(given, dict) for name in CALLBACKS if name in given]


def answers(steps: Steps) -> Steps:
    """What is the functions' doing in a recording: not what a person saw, servers received or pages told."""
    return [step for step in steps if not _passing(step)]


class Native:
    """The functions that a case calls, and what each was given."""

    def __init__(self, case: Mapping[str, Any], steps: Steps) -> None:
        names = [step[1] for step in case["do"] if step[0] == "call"]
        self._answers = list(zip(names, _by_call(answers(steps)), strict=True))
        self.asked: Steps = []
        self.object = SimpleNamespace(**{name: self._function(name) for name in names})

    def _function(self, name: str) -> Callable[..., Any]:
        def function(*given: Any) -> Any:
            self.asked.append([name, *(plain(_without_callbacks(each)) for each in given)])
            options = given[0] if given and isinstance(given[0], dict) else {}
            return _answer(options, self._next(name))

        return function

    def _next(self, name: str) -> Steps:
        """What the function did in its next call; calls that taropy did not make are passed over."""
        while self._answers:
            called, steps = self._answers.pop(0)
            if called == name:
                return steps
        raise AssertionError(f"the recording has no more calls of {name}")


def _by_call(steps: Steps) -> list[Steps]:
    """What each call did: up to its value or its throw, or until its promise has settled."""
    calls: list[Steps] = [[]]
    promised = False
    for step in steps:
        calls[-1].append(step)
        promised = promised or step == ["returned", "$promise"]
        if step[0] == "threw" or step[0] in LATER or (step[0] == "returned" and not promised):
            promised = False
            calls.append([])
    return calls[:-1]


def _answer(options: dict[str, Any], steps: Steps) -> Any:
    """Does what the function did up to its return, and leaves the rest to the next turns."""
    at = next(at for at, step in enumerate(steps) if step[0] in ("returned", "threw"))
    for step in steps[:at]:
        _tell(options, step)
    word, value = steps[at]
    if word == "threw":
        raise _rejection(value)
    return native_value(value) if value != "$promise" else _promise(options, steps)


def _promise(options: dict[str, Any], steps: Steps) -> asyncio.Future[Any]:
    """The promise, which settles after the callbacks; where the case had none, as taro-h5 would have called them."""
    soon = asyncio.get_running_loop().call_soon
    settled = steps[-1]
    told = steps[steps.index(["returned", "$promise"]) + 1 : -1]
    if not any(step[0] in CALLBACKS for step in steps):
        told = [["success" if settled[0] == "resolved" else "fail", settled[1]], ["complete", settled[1]]]
    for step in told:
        soon(_tell, options, step)
    promise: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    soon(_settle, promise, settled)
    return promise


def _settle(promise: asyncio.Future[Any], step: list[Any]) -> None:
    if step[0] == "resolved":
        promise.set_result(native_value(step[1]))
        return
    promise.set_exception(_rejection(step[1]))
    promise.exception()  # whoever was told by a callback does not look at it


def _rejection(reason: Any) -> Rejection:
    value = native_value(reason)
    return value if isinstance(value, Rejection) else Rejection(value)


def _tell(options: dict[str, Any], step: list[Any]) -> None:
    if step[0] in CALLBACKS and step[0] in options:
        options[step[0]](*map(native_value, step[1:]))


def _passing(step: list[Any]) -> bool:
    """What is not a function's doing: what a person saw, what servers received, what pages told."""
    return step[0] in ("received", "never") or step[0].startswith("sees ") or "." in step[0]


def _without_callbacks(given: Any) -> Any:
    return {name: value for name, value in given.items() if name not in CALLBACKS} if isinstance(given, dict) else given


def native_value(value: Any) -> Any:
    """A recorded value as a bridge would give it."""
    match value:
        case "$undefined":
            return None
        case "$nan":
            return math.nan
        case "$infinity":
            return math.inf
        case "$function":
            return lambda *_: None
        case list():
            return [native_value(item) for item in value]
        case {"$error": _}:
            return Rejection(value)
        case {"$object": _, **fields}:
            return fields or object()
        case dict():
            return {name: native_value(field) for name, field in value.items() if field != "$undefined"}
    return value
