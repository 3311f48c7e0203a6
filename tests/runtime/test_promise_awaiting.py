"""Waiting for a `taropy.Promise`: with await, from any loop or thread, and with `result`."""

from __future__ import annotations

import asyncio
import threading

import pytest
from promises import later, raising

from taropy import Promise

# --- awaiting ------------------------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_a_promise_can_be_awaited_any_number_of_times():
    promise = later("v")
    assert [await promise, await promise, *await asyncio.gather(promise, promise)] == ["v"] * 4


@pytest.mark.anyio
async def test_a_rejected_promise_raises_the_same_error_each_time_with_the_same_trace():
    error = ValueError("x")
    promise = Promise.resolve().then(raising(error))
    depths = []
    for _ in range(3):
        with pytest.raises(ValueError) as caught:
            await promise
        assert caught.value is error
        depths.append(len(caught.traceback))
    assert len(set(depths)) == 1


def test_a_promise_can_be_awaited_in_two_loops():
    promises = []

    async def first():
        promises.append(later("v"))
        return await promises[0]

    async def second():
        return await promises[0]

    assert (asyncio.run(first()), asyncio.run(second()), promises[0].result()) == ("v", "v", "v")


def test_a_promise_of_another_threads_loop_can_be_awaited_chained_and_read():
    made, go = threading.Event(), threading.Event()
    box = {}

    async def owner():
        def executor(resolve, reject):
            box["resolve"] = resolve

        box["promise"] = Promise(executor)
        made.set()
        await asyncio.to_thread(go.wait, 20)
        box["resolve"]("v")
        await box["promise"]

    async def elsewhere():
        waiting = asyncio.ensure_future(box["promise"].then(lambda value: (value, threading.get_ident())))
        await asyncio.sleep(0)
        go.set()
        return await waiting, await box["promise"]

    thread = threading.Thread(target=lambda: asyncio.run(owner()))
    thread.start()
    assert made.wait(20)
    with pytest.raises(TimeoutError):
        box["promise"].result(timeout=0.01)
    (value, ran_in), again = asyncio.run(asyncio.wait_for(elsewhere(), 20))
    thread.join()
    assert (value, again, ran_in) == ("v", "v", threading.get_ident())
    assert box["promise"].result() == "v"


def test_many_threads_may_wait_for_one_promise():
    box, seen = {}, []
    promise = Promise(lambda resolve, reject: box.update(resolve=resolve))
    barrier = threading.Barrier(9, timeout=20)

    def wait():
        barrier.wait()
        seen.append(promise.result(timeout=20))

    threads = [threading.Thread(target=wait) for _ in range(8)]
    for thread in threads:
        thread.start()
    barrier.wait()
    box["resolve"]("v")
    for thread in threads:
        thread.join()
    assert seen == ["v"] * 8


@pytest.mark.anyio
async def test_a_promise_may_be_resolved_from_another_thread():
    def executor(resolve, reject):
        threading.Thread(target=resolve, args=("from a thread",)).start()

    assert await asyncio.wait_for(_awaited(Promise(executor)), 5) == "from a thread"


def test_outside_a_loop_too_a_promise_may_be_resolved_from_another_thread():
    def executor(resolve, reject):
        threading.Thread(target=reject, args=(KeyError("from a thread"),)).start()

    with pytest.raises(KeyError):
        Promise(executor).result(timeout=5)


async def _awaited(promise):
    return await promise


def test_handlers_can_be_added_after_the_promises_loop_has_ended():
    async def main():
        return [Promise.resolve(1)]

    (promise,) = asyncio.run(main())
    assert promise.then(lambda value: value + 1).result() == 2


@pytest.mark.anyio
async def test_cancelling_a_task_that_waits_leaves_the_promise_alone():
    box = {}
    promise = Promise(lambda resolve, reject: box.update(resolve=resolve))
    task = asyncio.ensure_future(promise)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    box["resolve"]("still fine")
    assert await promise == "still fine"


@pytest.mark.anyio
async def test_an_await_lets_the_queued_jobs_run_and_that_of_a_bare_coroutine_does_not():
    order = []

    async def load():
        return "loaded"

    Promise.resolve().then(lambda _: order.append("job"))
    order.append(await load())
    order.append(await Promise.resolve(load()))
    assert order == ["loaded", "job", "loaded"]


@pytest.mark.anyio
async def test_asyncio_takes_promises_wherever_it_takes_awaitables():
    assert await asyncio.wait_for(later(1), 5) == 1
    assert await asyncio.gather(later(1), later(2)) == [1, 2]
    async with asyncio.TaskGroup() as group:
        task = group.create_task(_awaited(later(3)))
    assert task.result() == 3


# --- result --------------------------------------------------------------------------------------------------------


def test_result_gives_the_value_outside_a_loop():
    assert later("v").result() == "v"


def test_result_waits_no_longer_than_told():
    box = {}
    promise = Promise(lambda resolve, reject: box.update(resolve=resolve))
    with pytest.raises(TimeoutError):
        promise.result(timeout=0.01)
    box["resolve"]("afterwards")
    assert promise.result(timeout=0.01) == "afterwards"


@pytest.mark.anyio
async def test_in_a_running_loop_result_never_blocks():
    promise = later("v")
    with pytest.raises(asyncio.InvalidStateError):
        promise.result()
    await promise
    assert promise.result() == "v"


def test_a_promise_shows_how_it_stands():
    assert repr(Promise.resolve(1)) == "<Promise fulfilled: 1>"
    assert repr(Promise(lambda resolve, reject: None)) == "<Promise pending>"
    promise = Promise.reject(ValueError("x"))
    promise.catch(lambda error: None)
    assert repr(promise) == "<Promise rejected: ValueError('x')>"
