"""Functions that a runtime or a plugin brings in place of native ones, and that forget to answer."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy import TaroError

pytestmark = pytest.mark.anyio

Native = Callable[[Any, dict[str, Any]], Any]


def forgets(wx: Any, options: dict[str, Any]) -> None:
    """Does what it is to do, and does not say so."""


def answers_as_async_ones_do(wx: Any, options: dict[str, Any]) -> dict[str, Any]:
    return {"code": "1"}


def told(taro: Any) -> str:
    with pytest.raises(TaroError) as caught:
        taro.login().result()
    return str(caught.value.errMsg)


def test_one_that_returns_nothing_and_calls_nobody_fails_its_call_at_once() -> None:
    with taropy.create("weapp", apis={"login": forgets}) as taro:
        line = forgets.__code__.co_firstlineno
        assert told(taro) == (
            f"login:fail forgets (test_brought_functions.py:{line}) has answered nothing: it has returned nothing and "
            "called none of success, fail and complete, of which it has kept none for later"
        )


def test_fields_that_only_an_async_function_may_return_are_told() -> None:
    with taropy.create("weapp", apis={"login": answers_as_async_ones_do}) as taro:
        assert "it has returned a dict, as only async functions may, and called none" in told(taro)


def test_the_same_of_a_plugins_function() -> None:
    class Forgetful:
        @taropy.hookimpl
        def taropy_register_apis(self, register: Any) -> None:
            register("weapp", "login", forgets)

    plugin = Forgetful()
    taropy.register_plugin(plugin, "forgetful")
    try:
        with taropy.create("weapp") as taro:
            assert told(taro).startswith("login:fail forgets (test_brought_functions.py:")
    finally:
        taropy.unregister_plugin("forgetful")


async def test_in_a_loop_too_and_nobody_waits_for_it() -> None:
    async with taropy.create("weapp", apis={"login": forgets}) as taro:
        failed: list[TaroError] = []
        taro.login(fail=failed.append)
        await taropy.settled()
        assert "forgets" in failed[0].errMsg


@pytest.mark.parametrize("kept", ["success", "fail", "complete", None])
async def test_one_that_has_kept_a_callback_or_the_options_may_answer_later(kept: str | None) -> None:
    keeps: list[Any] = []

    def later(wx: Any, options: dict[str, Any]) -> None:
        keeps.append(options if kept is None else options[kept])

    async with taropy.create("weapp", apis={"login": later}) as taro:
        call = taro.login()
        await asyncio.sleep(0)
        gc.collect()
        answer = keeps.pop()
        (answer["success"] if kept is None else answer)({"errMsg": "login:ok", "code": "late"})
        if kept == "fail":
            with pytest.raises(TaroError):
                await call
        else:
            assert (await call).code == "late"


async def test_one_that_hands_its_options_on_to_the_native_function_may_hang_with_that() -> None:
    def handing_on(wx: Any, options: dict[str, Any]) -> None:
        wx.login(options)

    async with taropy.create("weapp", apis={"login": handing_on}) as taro:
        assert (await taro.login()).code
        taro.phone.faults.hang("login")
        call = taro.login()
        await asyncio.sleep(0)
        gc.collect()
        await asyncio.sleep(0)
        assert "pending" in repr(call)


async def test_a_timer_that_has_the_callback_answers() -> None:
    from taropy.js import setTimeout

    def later(wx: Any, options: dict[str, Any]) -> None:
        setTimeout(lambda: options["success"]({"code": "timed"}), 1000)

    taro = taropy.use("weapp", apis={"login": later})
    taro.phone.clock.stop()
    call = taro.login()
    await taro.phone.clock.advance(1)
    assert (await call).code == "timed"


async def test_one_that_answers_by_a_coroutine_or_a_future_takes_its_time() -> None:
    def soon(wx: Any, options: dict[str, Any]) -> asyncio.Future[Any]:
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(future.set_result, {"code": "1"})
        return future

    async def in_time(wx: Any, options: dict[str, Any]) -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"code": "2"}

    for function, code in ((soon, "1"), (in_time, "2")):
        async with taropy.create("weapp", apis={"login": function}) as taro:
            assert (await taro.login()).code == code


class Waiting:
    """An async function that waits for ever, and is told when it is cancelled."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def __call__(self, wx: Any, options: dict[str, Any]) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.told.append("cancelled")


@pytest.mark.parametrize("name", ["getNetworkType", "connectSocket"])
def test_an_async_one_that_never_ends_is_cancelled_when_its_time_is_up(name: str) -> None:
    waiting = Waiting()
    with taropy.create("weapp", apis={name: waiting}, timeout=20) as taro:
        with pytest.raises(TaroError, match=f"{name}:fail timeout"):
            getattr(taro, name)(**({"url": "wss://example.com"} if name == "connectSocket" else {})).result()
        assert waiting.told == ["cancelled"]


async def test_cancelling_who_awaits_it_cancels_it() -> None:
    waiting = Waiting()
    with taropy.create("weapp", apis={"getNetworkType": waiting}) as taro:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await taro.getNetworkType()
        await asyncio.sleep(0)  # a turn of the loop, in which it hears of it
        assert waiting.told == ["cancelled"]


def test_closing_from_another_thread_cancels_it_in_its_own() -> None:
    began, ended = threading.Event(), threading.Event()

    async def waits(wx: Any, options: dict[str, Any]) -> None:
        await asyncio.sleep(0)  # the call is on its way
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    taro = taropy.create("weapp", apis={"getNetworkType": waits})
    told: list[str] = []

    async def asks() -> None:
        asyncio.get_running_loop().set_debug(True)  # in which asyncio minds who calls it from elsewhere
        try:
            await taro.getNetworkType()
        except TaroError as error:
            told.append(error.errMsg)
            assert await asyncio.to_thread(ended.wait, 10)

    thread = threading.Thread(target=lambda: asyncio.run(asks()))
    thread.start()
    assert began.wait(10)
    taro.close()
    thread.join(20)
    assert (told, ended.is_set()) == (["getNetworkType:fail interrupted"], True)
