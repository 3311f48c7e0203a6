"""Async functions: when they begin, and what each `await` and `return` takes."""

from __future__ import annotations

from typing import Any, NoReturn

from taropy import Promise

from .common import Log, pending, setTimeout, sleep, throwing, ticks


def it_begins_at_the_call(log: Log) -> None:
    async def load() -> None:
        log("load")
        await Promise.resolve()
        log("loaded")

    log("before")
    Promise.resolve(load())
    log("after")


def promise_resolve_begins_it_at_the_call(log: Log) -> None:
    async def load() -> str:
        log("load")
        return "loaded"

    Promise.resolve(load()).then(log)
    log("after")
    ticks(log, 3)


def an_await_yields_although_the_promise_is_settled(log: Log) -> None:
    async def g() -> None:
        log("g1")
        await Promise.resolve()
        log("g2")

    Promise.resolve().then(lambda _: log("p1"))
    Promise.resolve(g())
    log("sync")


def awaits_of_settled_promises_take_a_tick_each(log: Log) -> None:
    async def main() -> None:
        for count in range(1, 5):
            await Promise.resolve()
            log(f"await {count}")

    Promise.resolve(main())
    ticks(log, 5)


def awaits_of_one_settled_promise_take_a_tick_each(log: Log) -> None:
    settled = Promise.resolve("v")

    async def main() -> None:
        log(f"{await settled} 1")
        log(f"{await settled} 2")
        log(f"{await settled} 3")

    ticks(log, 4)
    Promise.resolve(main())


def an_await_of_a_pending_promise(log: Log) -> None:
    gate = pending()

    async def main() -> None:
        log("waits")
        log(await gate.promise)

    Promise.resolve(main())
    log("sync")
    ticks(log, 2)
    setTimeout(lambda: gate.resolve("open"), 0)


def who_awaits_and_who_added_a_handler_are_told_in_order(log: Log) -> None:
    gate = pending()

    async def wait(name: str) -> None:
        await gate.promise
        log(name)

    gate.promise.then(lambda _: log("handler 1"))
    Promise.resolve(wait("await 1"))
    gate.promise.then(lambda _: log("handler 2"))
    Promise.resolve(wait("await 2"))
    gate.resolve()
    log("resolved")
    ticks(log, 2)


def its_value_is_there_a_tick_after_it_returned(log: Log) -> None:
    async def f() -> str:
        return "v"

    Promise.resolve(f()).then(log)
    ticks(log, 3)


def a_promise_that_it_returns_takes_two_ticks_more(log: Log) -> None:
    async def f() -> Promise[str]:
        return Promise.resolve("v")

    Promise.resolve(f()).then(log)
    ticks(log, 5)


def to_return_an_await_takes_one_more(log: Log) -> None:
    async def f() -> Any:
        return await Promise.resolve("v")

    Promise.resolve(f()).then(log)
    ticks(log, 5)


def a_rejected_promise_that_it_returns(log: Log) -> None:
    async def f() -> Promise[Any]:
        return Promise.reject("refused")

    Promise.resolve(f()).catch(log)
    ticks(log, 5)


def a_pending_promise_that_it_returns(log: Log) -> None:
    gate = pending()

    async def f() -> Promise[Any]:
        return gate.promise

    Promise.resolve(f()).then(log)
    gate.resolve("v")
    ticks(log, 5)


def what_it_throws_rejects(log: Log) -> None:
    async def f() -> NoReturn:
        log("in f")
        raise ValueError("thrown")

    Promise.resolve(f()).catch(lambda error: log(str(error)))
    log("sync")
    ticks(log, 3)


def what_it_throws_after_an_await_rejects(log: Log) -> None:
    async def f() -> NoReturn:
        await Promise.resolve()
        log("in f")
        raise ValueError("thrown")

    Promise.resolve(f()).catch(lambda error: log(str(error)))
    ticks(log, 4)


def a_rejection_is_caught_a_tick_later(log: Log) -> None:
    async def main() -> None:
        try:
            await Promise.resolve().then(throwing("thrown"))
        except ValueError as error:
            log(f"caught {error}")
        finally:
            log("finally")
        log("on")

    Promise.resolve(main())
    ticks(log, 4)


def finally_may_await(log: Log) -> None:
    async def f() -> str:
        try:
            return "v"
        finally:
            log("finally")
            await Promise.resolve()
            log("cleaned up")

    Promise.resolve(f()).then(log)
    ticks(log, 4)


def two_of_them_take_turns(log: Log) -> None:
    async def run(name: str) -> None:
        log(f"{name}1")
        await Promise.resolve()
        log(f"{name}2")
        await Promise.resolve()
        log(f"{name}3")

    Promise.resolve(run("a"))
    Promise.resolve(run("b"))
    log("sync")


def one_that_awaits_another(log: Log) -> None:
    async def inner() -> str:
        log("inner 1")
        await Promise.resolve()
        log("inner 2")
        return "v"

    async def outer() -> None:
        log("outer 1")
        log(f"outer {await Promise.resolve(inner())}")

    Promise.resolve(outer())
    log("sync")
    ticks(log, 4)


def one_that_awaits_another_that_does_not(log: Log) -> None:
    async def inner() -> None:
        log("inner")

    async def outer() -> None:
        log("outer 1")
        await Promise.resolve(inner())
        log("outer 2")

    Promise.resolve().then(lambda _: log("job"))
    Promise.resolve(outer())
    log("sync")


def three_deep(log: Log) -> None:
    async def inner() -> str:
        await Promise.resolve()
        return "v"

    async def middle() -> Any:
        value = await Promise.resolve(inner())
        log(f"middle {value}")
        return value

    async def outer() -> Any:
        value = await Promise.resolve(middle())
        log(f"outer {value}")
        return value

    Promise.resolve(outer()).then(lambda value: log(f"main {value}"))
    ticks(log, 6)


def one_that_returns_the_promise_of_another(log: Log) -> None:
    async def inner() -> str:
        return "v"

    async def outer() -> Promise[Any]:
        return Promise.resolve(inner())

    Promise.resolve(outer()).then(log)
    ticks(log, 5)


def one_that_calls_itself(log: Log) -> None:
    async def down(n: int) -> None:
        log(f"down {n}")
        if n > 0:
            await Promise.resolve(down(n - 1))
        log(f"up {n}")

    Promise.resolve(down(2))
    log("sync")
    ticks(log, 5)


def resolving_with_one(log: Log) -> None:
    async def load() -> str:
        log("load")
        return "v"

    Promise(lambda resolve, reject: resolve(load())).then(log)
    log("sync")
    ticks(log, 5)


def an_async_executor_runs_at_once(log: Log) -> None:
    async def executor(resolve: Any, reject: Any) -> None:
        log("executor 1")
        await Promise.resolve()
        log("executor 2")
        resolve("v")
        log("executor 3")

    Promise(executor).then(log)
    log("sync")
    ticks(log, 4)


def a_retry_that_awaits_rejections(log: Log) -> None:
    attempts = 0

    async def attempt() -> str:
        nonlocal attempts
        attempts += 1
        log(f"attempt {attempts}")
        if attempts < 3:
            raise ValueError("not yet")
        return "at last"

    async def main() -> Any:
        while True:
            try:
                return await Promise.resolve(attempt())
            except ValueError as error:
                log(str(error))

    Promise.resolve(main()).then(log)
    ticks(log, 6)


def begun_now_and_awaited_later(log: Log) -> None:
    async def load(name: str) -> str:
        log(f"begin {name}")
        await Promise.resolve()
        log(f"end {name}")
        return name

    async def main() -> None:
        first, second = Promise.resolve(load("a")), Promise.resolve(load("b"))
        log("both begun")
        log(f"got {await first}")
        log(f"got {await second}")

    Promise.resolve(main())
    ticks(log, 5)


def a_flag_set_before_the_first_await_is_set_at_once(log: Log) -> None:
    busy = False

    async def submit(name: str) -> None:
        nonlocal busy
        if busy:
            log(f"{name} refused")
            return
        busy = True
        log(f"{name} begins")
        await Promise.resolve()
        busy = False
        log(f"{name} ends")

    Promise.resolve(submit("first"))
    Promise.resolve(submit("second"))
    Promise.resolve().then(lambda _: submit("third"))


def awaits_between_handlers_and_timers(log: Log) -> None:
    async def main() -> None:
        log("main 1")
        await Promise.resolve()
        log("main 2")
        await sleep(0)
        log("main 3")
        await Promise.resolve()
        log("main 4")

    setTimeout(lambda: log("timer"), 0)
    Promise.resolve(main()).then(lambda _: log("main done"))
    Promise.resolve().then(lambda _: log("job"))
    log("sync")


def a_long_one(log: Log) -> None:
    async def a() -> None:
        log("a1")
        await Promise.resolve(b())
        log("a2")

    async def b() -> str:
        log("b1")
        await Promise.resolve()
        log("b2")
        return "b"

    async def failing() -> NoReturn:
        await Promise.resolve()
        raise ValueError("m")

    def executor(resolve: Any, reject: Any) -> None:
        log("executor")
        resolve("resolved")
        log("after resolve")

    setTimeout(lambda: log("timer"), 0)
    Promise.resolve(a()).finally_(lambda: log("fin")).then(lambda _: log("done"))
    Promise.resolve(failing()).catch(lambda error: log(str(error))).then(lambda _: log("caught"))
    Promise(executor).then(log).then(lambda _: log("p2")).then(lambda _: log("p3"))
    log("sync")
