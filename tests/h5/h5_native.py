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
    "addInterceptor", "cleanInterceptors", "preload", "nextTick", "getEnv", "initPxTransform", "pxTransform", "getCurrentPages",
    "getApp", "getAppInfo", "getCurrentInstance", "canIUse", "useRouter", "connectSocket",
})  # fmt: skip
PASSED_OVER = frozenset({"see", "received", "quiet", "until", "person", "release"})
LATER = frozenset({"resolved", "rejected"})
TOLD = LATER.union(CALLBACKS, ("returned", "threw"))


class Rejection(Exception):
    """What a promise of the page was rejected with, or a function threw: an object with fields, or an Error."""

    def __init__(self, reason: Mapping[str, Any]) -> None:
        super().__init__(reason.get("message", ""))
        self.__dict__.update({name: field for name, field in reason.items() if name != "$error"})
        if "errMsg" not in reason and "$error" in reason:
            self.errMsg = reason["message"]


def replayable(case: Mapping[str, Any], steps: Steps) -> bool:
    """Whether the case only calls functions that are the native object's, one after the other, and all of them answer."""
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
    )


def answers(steps: Steps) -> Steps:
    """What is the functions' doing in a recording: not what a person saw, servers received or pages told."""
    return [step for step in steps if not _passing(step)]


class Native:
    """The functions that a case calls, and what each was given."""

    def __init__(self, case: Mapping[str, Any], steps: Steps) -> None:
        self._steps = iter(answers(steps))
        self.asked: Steps = []
        names = {step[1] for step in case["do"] if step[0] == "call"}
        self.object = SimpleNamespace(**{name: self._function(name) for name in names})

    def _function(self, name: str) -> Callable[..., Any]:
        def function(*given: Any) -> Any:
            self.asked.append([name, *(plain(_without_callbacks(each)) for each in given)])
            options = given[0] if given and isinstance(given[0], dict) else {}
            return self._answer(options)

        return function

    def _answer(self, options: dict[str, Any]) -> Any:
        """What the function does up to its return, and what it returns."""
        heard = False
        for step in self._steps:
            if step[0] == "threw":
                raise Rejection(native_value(step[1]))
            if step[0] == "returned":
                return self._promise(options, heard) if step[1] == "$promise" else native_value(step[1])
            heard = True
            _tell(options, step)
        raise AssertionError("the recording has no answer to this call")

    def _promise(self, options: dict[str, Any], heard: bool) -> asyncio.Future[Any]:
        """The promise that settles in the next turn, after the callbacks; where none were recorded, as taro-h5 calls them."""
        soon = asyncio.get_running_loop().call_soon
        promise: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        for step in self._steps:
            if step[0] not in LATER:
                heard = True
                soon(_tell, options, step)
                continue
            if not heard:
                for word in ("success" if step[0] == "resolved" else "fail", "complete"):
                    soon(_tell, options, [word, step[1]])
            soon(_settle, promise, step)
            return promise
        raise AssertionError("the recording's promise does not settle")


def _settle(promise: asyncio.Future[Any], step: list[Any]) -> None:
    if step[0] == "resolved":
        promise.set_result(native_value(step[1]))
        return
    promise.set_exception(Rejection(native_value(step[1])))
    promise.exception()  # whoever was told by a callback does not look at it


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
        case dict():
            return {name: native_value(field) for name, field in value.items() if field != "$undefined"}
    return value
