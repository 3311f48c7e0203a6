"""The cost of one call, beside a pluggy hook call and botocore's Stubber."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pluggy

import taropy

from .measure import Result, Work, at_least, at_most, by_turns, by_turns_async

CALLS = 20_000
STUBBED_CALLS = 300


def results() -> list[Result]:
    """A promise call on the phone, and a function that only returns."""
    taro = taropy.create("weapp")
    taro.login().result()
    hook = bare_hook()
    hook_cost, env_cost = by_turns(hook, lambda: taro.getEnv(), number=CALLS)
    session_cost, hook_beside = asyncio.run(_session_cost(taro, hook))
    (stubbed,) = by_turns(stubbed_call(), number=STUBBED_CALLS)
    return [
        at_most("await Taro.checkSession()", ("taropy", session_cost), ("pluggy hook", hook_beside), 1.5),
        at_most("Taro.getEnv()", ("taropy", env_cost), ("pluggy hook", hook_cost), 0.5),
        at_least(
            "await Taro.checkSession()", ("taropy", 1e6 / session_cost), ("botocore Stubber", 1e6 / stubbed), 20, "/s"
        ),
    ]


def works() -> dict[str, Work]:
    """What programs call all the time, for `--compare`: it does each as often as it is told."""
    taro = taropy.create("weapp")
    taro.login().result()
    taro.setStorageSync("tea", "green")

    async def told(number: int) -> None:
        for _ in range(number):
            await taro.checkSession(success=lambda result: None)

    async def with_options(number: int) -> None:
        for _ in range(number):
            await taro.setKeepScreenOn(keepScreenOn=True)

    async def answered_later(number: int) -> None:
        for _ in range(number):
            await taro.getNetworkType()

    async def values(number: int) -> None:
        for _ in range(number):
            taro.getEnv()

    async def stored(number: int) -> None:
        for _ in range(number):
            taro.getStorageSync("tea")

    return {
        "await Taro.checkSession()": _sessions(taro),
        "await Taro.checkSession(success=…)": told,
        "await Taro.setKeepScreenOn(keepScreenOn=True)": with_options,
        "await Taro.getNetworkType()": answered_later,
        "Taro.getEnv()": values,
        "Taro.getStorageSync(…)": stored,
    }


def _sessions(taro: Any) -> Work:
    async def sessions(number: int) -> None:
        for _ in range(number):
            await taro.checkSession()

    return sessions


async def _session_cost(taro: Any, hook: Callable[[], object]) -> list[float]:
    async def hooks(number: int) -> None:
        for _ in range(number):
            hook()

    return await by_turns_async(_sessions(taro), hooks, number=CALLS)


def bare_hook() -> Callable[[], object]:
    """A pluggy hook with one implementation that returns its argument."""
    marks = pluggy.HookspecMarker("bench"), pluggy.HookimplMarker("bench")

    class Spec:
        @marks[0]
        def answer(self, value: int) -> int: ...  # type: ignore[empty-body]

    class Plugin:
        @marks[1]
        def answer(self, value: int) -> int:
            return value

    manager = pluggy.PluginManager("bench")
    manager.add_hookspecs(Spec)
    manager.register(Plugin())
    hook = manager.hook.answer
    return lambda: hook(value=1)


def stubbed_call() -> Callable[[], object]:
    """A call of a botocore client whose answer the Stubber gives."""
    import botocore.session
    from botocore.stub import Stubber

    session = botocore.session.get_session()
    client = session.create_client(
        "sts", region_name="us-east-1", aws_access_key_id="bench", aws_secret_access_key="bench"
    )
    stubber = Stubber(client)
    stubber.activate()
    answer = {"UserId": "1", "Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/bench"}

    def call() -> object:
        stubber.add_response("get_caller_identity", answer)
        return client.get_caller_identity()

    return call
