"""`@started` and `@lenient`: functions as JavaScript calls them."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
from contextvars import ContextVar
from typing import Any

import pytest

import taropy
from taropy.js import Error, Obj, Promise, caught, lenient, started, throw


def run(main: Any) -> Any:
    return asyncio.run(main())


def test_an_async_function_begins_at_the_call_and_goes_on_after_its_caller() -> None:
    log: list[str] = []

    @started
    async def load() -> str:
        log.append("g1")
        await Promise.resolve()
        log.append("g2")
        return "done"

    async def main() -> None:
        Promise.resolve().then(lambda _: log.append("p1"))
        promise = load()
        log.append("sync")
        assert isinstance(promise, taropy.Promise)
        assert await promise == "done"

    run(main)
    assert log == ["g1", "sync", "p1", "g2"]


def test_what_it_raises_rejects_and_what_it_promises_is_followed() -> None:
    @started
    async def fail() -> None:
        throw(Obj(code=7))

    @started
    async def follow() -> Any:
        return Promise.resolve(5)

    @started
    async def follow_rejected() -> Any:
        return Promise.reject("sold out")

    async def main() -> None:
        assert await fail().catch(lambda reason: reason.code) == 7
        assert await follow() == 5
        assert await follow_rejected().catch(lambda reason: reason) == "sold out"
        with pytest.raises(taropy.Rejected) as error:
            await follow_rejected()
        assert caught(error.value) == "sold out"

    run(main)


def test_arguments_may_be_too_few_or_too_many() -> None:
    @started
    async def tell(first: Any, second: Any, third: Any = 3) -> list[Any]:
        return [first, second, third]

    async def main() -> None:
        assert await tell() == [None, None, 3]
        assert await tell(1) == [1, None, 3]
        assert await tell(1, 2, 4, 5) == [1, 2, 4]
        assert await tell(1, second=7) == [1, 7, 3]
        assert await tell(second=7) == [None, 7, 3]

    run(main)


def test_methods_are_started_too() -> None:
    class Shop:
        name = "tea"

        @started
        async def buy(self, count: Any, note: Any) -> list[Any]:
            """Buys."""
            return [self.name, count, note]

        @staticmethod
        @started
        async def open(door: Any) -> Any:
            return door

    async def main() -> None:
        shop = Shop()
        assert await shop.buy(1) == ["tea", 1, None]
        assert await shop.buy(1, 2, 3) == ["tea", 1, 2]
        assert await shop.open() is None
        buy = shop.buy
        assert await buy() == ["tea", None, None]

    run(main)
    assert Shop.buy.__name__ == "buy"
    assert Shop.buy.__doc__ == "Buys."


def test_outside_a_loop_it_runs_until_it_is_settled() -> None:
    @started
    async def load() -> int:
        await Promise.resolve()
        return 5

    assert load().result() == 5


def test_one_that_awaits_nothing_has_ended_when_its_call_returns_and_is_heard_of_later() -> None:
    log: list[str] = []
    setting = ContextVar("setting", default="outer")

    @started
    async def inner() -> str:
        setting.set("inner")
        Promise.resolve().then(lambda _: log.append("job"))
        log.append("inner")
        return "told"

    @started
    async def outer() -> str:
        return await inner()

    @started
    async def fail() -> None:
        raise Error("no")

    async def main() -> None:
        promise = outer().then(log.append)
        fail().catch(lambda error: log.append(error.message))
        log.append("sync")
        await promise
        assert setting.get() == "outer"

    run(main)
    assert log == ["inner", "sync", "job", "no", "told"]
    assert inner().result() == "told"
    with pytest.raises(Error, match="no"):
        fail().result()


@started
async def step(log: list[str], name: str, end: Any) -> Any:
    log.append(f"{name} begins")
    if end == "waits":
        await Promise.resolve()
    log.append(f"{name} ends")
    if end == "raises":
        raise Error("no")
    return Promise.resolve(end) if end == "promises" else end


@started
async def walk_at_once(log: list[str], name: str, ends: list[str]) -> None:
    for end in ends:
        try:
            log.append(f"{name} got {await step(log, name, end)}")
        except Error as error:
            log.append(f"{name} caught {error}")


@started
async def walk(log: list[str], name: str, ends: list[str]) -> None:
    for end in ends:
        promise = step(log, name, end)
        try:
            log.append(f"{name} got {await promise}")
        except Error as error:
            log.append(f"{name} caught {error}")


@pytest.mark.parametrize("first", ["value", "raises", "promises", "waits"])
@pytest.mark.parametrize("second", ["value", "raises", "promises", "waits"])
@pytest.mark.parametrize("begun", ["together", "one after the other"])
def test_a_call_that_is_awaited_where_it_stands_keeps_the_order(first: str, second: str, begun: str) -> None:
    async def main(go: Any) -> list[str]:
        log: list[str] = []
        Promise.resolve().then(lambda _: log.append("job"))
        ends = [first, second, first]
        if begun == "together":
            flows = [go(log, "a", ends), go(log, "b", ends)]
            log.append("sync")
            Promise.resolve().then(lambda _: log.append("job"))
            await Promise.all(flows)
        else:
            await go(log, "a", ends)
            Promise.resolve().then(lambda _: Promise.resolve().then(lambda _: log.append("job")))
            await go(log, "b", ends)
        return log

    assert asyncio.run(main(walk_at_once)) == asyncio.run(main(walk))


def test_a_call_that_is_awaited_where_it_stands_is_a_promise_to_others_too() -> None:
    calls: list[int] = []

    @started
    async def load(value: int) -> int:
        calls.append(value)
        await Promise.resolve()
        return value

    kept = functools.lru_cache(load)

    async def main() -> None:
        assert await functools.partial(load, 5)() == 5
        assert [await kept(7), await kept(7)] == [7, 7]
        assert await functools.reduce(lambda before, made: made(6).then(lambda last: last), [load], 0) == 6
        second = functools.lru_cache(load)
        assert await second(8).then(lambda value: value + 1) == 9
        assert await asyncio.gather(awaited(second), awaited(second)) == [8, 8]
        third = functools.lru_cache(load)
        assert await asyncio.gather(awaited(third), awaited(third)) == [8, 8]

    async def awaited(function: Any) -> Any:
        return await function(8)

    run(main)
    assert calls == [5, 7, 6, 8, 8]


def test_who_is_cancelled_cancels_what_it_awaits_where_it_calls() -> None:
    log: list[str] = []

    @started
    async def wait() -> None:
        try:
            await Promise(lambda resolve, reject: None)
        finally:
            log.append("ended")

    async def outer() -> None:
        await wait()
        log.append("never")

    async def main() -> None:
        task = asyncio.create_task(outer())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(main)
    assert log == ["ended"]


def test_what_was_cancelled_elsewhere_is_an_error_to_who_awaits_it() -> None:
    @started
    async def wait(task: asyncio.Task[None]) -> None:
        await task

    async def main() -> None:
        task = asyncio.create_task(asyncio.sleep(60))
        task.cancel()
        with pytest.raises(taropy.TaroError, match="cancelled"):
            await wait(task)

    run(main)


def test_one_that_is_only_marked_as_async_may_await() -> None:
    async def load(value: Any) -> Any:
        await Promise.resolve()
        return value

    def wrapper(value: Any) -> Any:
        return load(value)

    markable = getattr(inspect, "markcoroutinefunction", None)
    marked = started(markable(wrapper) if markable is not None else load)
    assert marked(5).result() == 5


def test_only_an_async_function_can_be_started() -> None:
    with pytest.raises(TypeError, match="@lenient"):
        started(lambda: 1)  # type: ignore[arg-type, return-value]


def test_any_number_of_arguments_is_taken_as_it_is() -> None:
    @lenient
    def count(*given: Any) -> int:
        return len(given)

    assert count(1, 2, 3) == 3


def test_a_lenient_function_takes_too_few_and_too_many() -> None:
    @lenient
    def tell(first: Any, second: Any, third: Any = 3) -> list[Any]:
        """Tells."""
        return [first, second, third]

    assert tell() == [None, None, 3]
    assert tell(1, 2, 4, 5) == [1, 2, 4]
    assert tell(second=2) == [None, 2, 3]
    assert tell.__doc__ == "Tells."
    assert isinstance(Error("x"), Exception)
    with pytest.raises(TypeError):
        tell(nonsense=1)


def test_the_statics_of_a_promise_give_arrays_and_objects() -> None:
    async def main() -> None:
        both = await Promise.all([1, Promise.resolve(Obj(a=2))])
        assert both.map(lambda each: each) == [1, {"a": 2}]
        settled = await Promise.allSettled([1, Promise.reject("x")])
        assert settled.map(lambda each: each.reason) == [None, "x"]
        error = await Promise.any([Promise.reject("x"), Promise.reject(2)]).catch(lambda error: error)
        assert (error.name, error.errors, error.message) == ("AggregateError", ["x", 2], "All promises were rejected")
        assert await Promise.race([Promise(lambda: None), Promise.resolve(3)]) == 3
        given = Promise.withResolvers()
        given.resolve(4)
        assert await given.promise == 4

    run(main)


@pytest.mark.parametrize("reason", ["sold out", 0, None, Obj(code=5), Error("bad"), [1]])
def test_a_reason_is_the_same_for_catch_and_for_except(reason: Any) -> None:
    async def main() -> None:
        for promise in (Promise.reject(reason), Promise(lambda resolve, reject: reject(reason))):
            assert await promise.catch(lambda got: got is reason)
            with pytest.raises(Exception) as raised:
                await promise
            assert caught(raised.value) is reason

    run(main)


def test_what_was_raised_reads_like_the_reason() -> None:
    async def main() -> None:
        with pytest.raises(taropy.Rejected) as error:
            await Promise.reject(Obj(code=5))
        assert (error.value.code, error.value.message, error.value.zork) == (5, None, None)
        with pytest.raises(taropy.Rejected) as error:
            await Promise.reject(Obj(code=5)).then(lambda _: 1)
        assert error.value.zork is None

    run(main)


@pytest.mark.parametrize("raises", [False, True])
def test_who_awaits_again_and_again_where_it_calls_starves_nobody(raises: bool) -> None:
    is_over = False

    @started
    async def ask() -> bool:
        if raises:
            raise Error("not yet")
        return is_over

    async def poll() -> None:
        while not is_over:
            with contextlib.suppress(Error):
                await ask()

    async def main() -> None:
        nonlocal is_over
        polling = asyncio.create_task(poll())
        await asyncio.sleep(0.001)
        is_over = True
        await polling

    run(main)
