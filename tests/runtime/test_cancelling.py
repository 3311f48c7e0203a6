"""Cancelling, as asyncio's programs do it: what nobody waits for any longer is given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import pytest
from natives import Held

import taropy
from taropy import Phone, Promise, TaroError
from taropy.phone.ui.interaction import leave_open


class Silent:
    """A server that takes requests and never answers; `met` and `left` tell of a client's coming and going."""

    def __init__(self) -> None:
        self.met = asyncio.Event()
        self.left = asyncio.Event()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.met.set()
        try:
            while await reader.read(65536):
                pass
        except ConnectionError:
            pass
        self.left.set()
        writer.close()


@asynccontextmanager
async def silent_server() -> AsyncIterator[Silent]:
    silent = Silent()
    server = await asyncio.start_server(silent.serve, "127.0.0.1", 0)
    silent.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    async with server:
        yield silent


def sending(taro, kind, url, tmp_path, **callbacks):
    """A call of one of the functions that take their time."""
    if kind == "request":
        return taro.request(url=url, **callbacks)
    if kind == "downloadFile":
        return taro.downloadFile(url=url, **callbacks)
    (tmp_path / "leaf.txt").write_text("green")
    path = taro.phone.files.import_file(taro.phone.app("weapp"), tmp_path / "leaf.txt")
    return taro.uploadFile(url=url, filePath=path, name="leaf", **callbacks)


async def cancel_when(event, task):
    """Cancels the task at the event, and waits for its end."""
    await event.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def awaited(promise):
    return await promise


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["request", "uploadFile", "downloadFile"])
async def test_a_transfer_that_nobody_waits_for_any_longer_is_aborted(on_phone, tmp_path, kind):
    told = []
    async with asyncio.timeout(20), silent_server() as silent:
        callbacks = {name: lambda res, name=name: told.append((name, res.errMsg)) for name in ("fail", "complete")}
        promise = sending(on_phone, kind, silent.url, tmp_path, **callbacks)
        await cancel_when(silent.met, asyncio.ensure_future(awaited(promise)))
        await silent.left.wait()
        await taropy.settled()
    assert told == [("fail", f"{kind}:fail abort"), ("complete", f"{kind}:fail abort")]
    with pytest.raises(TaroError, match="fail abort"):
        promise.result()


@pytest.mark.anyio
@pytest.mark.parametrize(
    "wait",
    [
        lambda promise: promise.then(lambda res: res.data),
        lambda promise: promise.then(lambda res: res.data).catch(lambda err: None).finally_(print),
        lambda promise: Promise.all([promise, 1]),
        lambda promise: Promise.race([promise]),
        lambda promise: Promise.allSettled([promise]).then(len),
        lambda promise: Promise.resolve(awaited(promise)),
        lambda promise: Promise(lambda resolve: resolve(promise)),
    ],
    ids=["then", "a chain", "all", "race", "allSettled", "an async function", "an executor"],
)
async def test_what_only_the_given_up_followed_is_given_up_too(on_phone, wait):
    async with asyncio.timeout(20), silent_server() as silent:
        task = asyncio.ensure_future(awaited(wait(on_phone.request(url=silent.url))))
        await cancel_when(silent.met, task)
        await silent.left.wait()
        await taropy.settled()


@pytest.mark.anyio
async def test_an_intercepted_request_is_aborted_as_well(on_phone):
    async def slow(chain):
        return await chain.proceed()

    on_phone.addInterceptor(slow)
    async with asyncio.timeout(20), silent_server() as silent:
        await cancel_when(silent.met, asyncio.ensure_future(awaited(on_phone.request(url=silent.url))))
        await silent.left.wait()


@pytest.mark.anyio
async def test_asyncio_timeout_task_groups_and_anyio_end_on_time(on_phone):
    async def fail_when(event):
        await event.wait()
        raise KeyError("tea")

    async def in_a_group(*works):
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)

    async with asyncio.timeout(20), silent_server() as silent:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await on_phone.request(url=silent.url)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(on_phone.request(url=silent.url), 0.01)
        with anyio.move_on_after(0.01) as scope:
            await on_phone.request(url=silent.url)
        assert scope.cancelled_caught
        silent.met.clear()
        with pytest.raises(ExceptionGroup):
            await in_a_group(awaited(on_phone.request(url=silent.url)), fail_when(silent.met))
        await taropy.settled()


def test_a_program_does_not_run_on_for_what_it_has_given_up():
    ended = []

    async def main():
        async with silent_server() as silent:
            with taropy.create() as taro:
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.01):
                        await taro.request(url=silent.url, timeout=3_600_000)
                await taropy.settled()
                ended.append(True)

    asyncio.run(asyncio.wait_for(main(), 20))
    assert ended == [True]


@pytest.mark.anyio
@pytest.mark.parametrize("api", ["showModal", "showActionSheet"])
@pytest.mark.parametrize("patience", [0, 0.01], ids=["at once", "after a while"])
async def test_a_dialog_goes_when_nobody_waits_for_its_answer(api, patience):
    options = {"title": "Tea?"} if api == "showModal" else {"itemList": ["green", "black"]}
    told = []
    async with asyncio.timeout(20):
        with taropy.create(phone=Phone(ask=leave_open)) as taro:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(patience):
                    await getattr(taro, api)(options, fail=lambda err: told.append(err.errMsg))
            await taropy.settled()
            await asyncio.sleep(0)
            screen = taro.phone.screen
            assert (screen.modal, screen.action_sheet, told) == (None, None, [f"{api}:fail abort"])


@pytest.mark.anyio
async def test_a_call_that_is_shielded_goes_on(native, taro):
    native.login = Held()
    promise = taro.login()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await asyncio.shield(promise)
    native.login.succeed(code="late")
    assert (await promise).code == "late"


@pytest.mark.anyio
@pytest.mark.parametrize("how", ["awaited", "followed"])
async def test_a_call_that_another_waits_for_goes_on(native, taro, how):
    native.login = Held()
    promise = taro.login()
    other = asyncio.ensure_future(awaited(promise if how == "awaited" else promise.then(lambda res: res)))
    await asyncio.sleep(0)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await promise
    native.login.succeed(code="late")
    assert (await other).code == "late"


@pytest.mark.anyio
async def test_whoever_awaits_an_aborted_call_once_more_is_told(native, taro):
    native.login = Held()
    promise = taro.login()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await promise
    with pytest.raises(TaroError, match="login:fail abort"):
        await promise


@pytest.mark.anyio
async def test_the_late_answer_of_a_host_is_nobodys(native, taro):
    native.login = Held()
    heard = []
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await taro.login(success=heard.append)
    native.login.succeed(code="late")
    await taropy.settled()
    assert heard == []


@pytest.mark.anyio
async def test_an_async_function_that_is_given_up_may_tidy_up(native, taro):
    native.login = Held()
    tidied = []

    async def load():
        try:
            await taro.login()
        finally:
            tidied.append(True)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await Promise.resolve(load())
    await taropy.settled()
    assert tidied == [True]


@pytest.mark.anyio
async def test_a_promise_of_the_programs_own_stays_as_it_is():
    box = {}
    promise = Promise(lambda resolve: box.update(resolve=resolve))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await promise
    box["resolve"]("still fine")
    assert await promise == "still fine"


POLLS = {
    "then": "def poll(_=None): return taro.getNetworkType().then(poll)",
    "catch": "def poll(_=None): return taro.getStorage(key='no').catch(poll)",
    "an async function": "async def poll(): return Promise.resolve(poll()) if await taro.getNetworkType() else None",
}


@pytest.mark.anyio
@pytest.mark.parametrize("kind", POLLS)
async def test_a_poll_of_any_length_ends_when_it_is_cancelled(on_phone, kind):
    names = {"taro": on_phone, "Promise": Promise}
    exec(POLLS[kind], names)
    async with asyncio.timeout(20):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await Promise.resolve(names["poll"]())
        if kind == "catch":
            on_phone.close()  # who begins again whatever fails does so after this too
        await taropy.settled()


@pytest.mark.anyio
async def test_what_a_given_up_promise_follows_only_then_is_given_up_as_well(native, taro):
    native.login = Held()

    def cancel_before_the_handler(_):
        Promise.resolve().then(lambda _: task.cancel())

    promise = taro.login(success=cancel_before_the_handler).then(lambda _: taro.login())
    task = asyncio.ensure_future(awaited(promise))
    await asyncio.sleep(0)
    native.login.succeed(code="first")
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(taropy.settled(), 20)
    assert len(native.login.calls) == 2


@pytest.mark.anyio
async def test_a_long_chain_gives_up_the_call_at_its_beginning(on_phone):
    async with asyncio.timeout(20), silent_server() as silent:
        promise = on_phone.request(url=silent.url)
        for _ in range(5000):
            promise = promise.then(lambda res: res)
        await cancel_when(silent.met, asyncio.ensure_future(awaited(promise)))
        await silent.left.wait()


@pytest.mark.anyio
async def test_taros_own_interceptors_hand_it_on(on_phone):
    on_phone.addInterceptor(on_phone.interceptors.timeoutInterceptor)
    on_phone.addInterceptor(on_phone.interceptors.logInterceptor)
    async with asyncio.timeout(20), silent_server() as silent:
        await cancel_when(silent.met, asyncio.ensure_future(awaited(on_phone.request(url=silent.url, timeout=60_000))))
        await silent.left.wait()


def test_promises_that_wait_for_each_other_once_they_are_given_up_hang_nobody():
    async def stubborn(others: list[Promise]) -> object:
        try:
            return await Promise(lambda *_: None)
        except asyncio.CancelledError:
            return others[0]  # which waits for this one

    async def main() -> None:
        others: list[Promise] = []
        first = Promise.resolve(stubborn(others))
        others.append(Promise(lambda resolve, _: resolve(first)))

        async def waits() -> None:
            await others[0]

        task = asyncio.ensure_future(waits())
        for _ in range(5):  # turns of the loop, after which they follow each other
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    taropy.run(main)
