"""Promises: `then`, `catch`, `finally`, and what they are resolved with."""

from __future__ import annotations

from typing import Any, NoReturn

from taropy import Promise

from .common import Log, pending, throwing, ticks


def a_handler_runs_after_the_code_that_added_it(log: Log) -> None:
    log("begin")
    Promise.resolve().then(lambda _: log("handler"))
    log("end")


def handlers_of_one_promise_run_as_they_were_added(log: Log) -> None:
    promise = Promise.resolve("v")
    promise.then(lambda value: log(f"first {value}"))
    promise.then(lambda value: log(f"second {value}"))
    promise.then(lambda value: log(f"third {value}"))


def two_chains_take_turns(log: Log) -> None:
    Promise.resolve().then(lambda _: log("a1")).then(lambda _: log("a2")).then(lambda _: log("a3"))
    Promise.resolve().then(lambda _: log("b1")).then(lambda _: log("b2")).then(lambda _: log("b3"))


def an_executor_runs_at_once(log: Log) -> None:
    log("before")
    Promise(lambda resolve, reject: log("executor"))
    log("after")


def an_executor_goes_on_after_it_has_resolved(log: Log) -> None:
    def executor(resolve: Any, reject: Any) -> None:
        log("begin")
        resolve("v")
        log("end")

    Promise(executor).then(log)
    log("after")


def what_an_executor_throws_rejects(log: Log) -> None:
    Promise(throwing("thrown")).catch(lambda error: log(str(error)))
    ticks(log, 2)


def what_an_executor_throws_after_it_has_resolved_is_lost(log: Log) -> None:
    def executor(resolve: Any, reject: Any) -> NoReturn:
        resolve("v")
        raise ValueError("thrown")

    Promise(executor).then(log, lambda error: log(str(error)))


def only_the_first_resolve_counts(log: Log) -> None:
    def executor(resolve: Any, reject: Any) -> None:
        resolve("first")
        resolve("second")
        reject("third")

    Promise(executor).then(log, log)


def who_waited_is_told_in_order_when_it_resolves(log: Log) -> None:
    gate = pending()
    gate.promise.then(lambda value: log(f"a {value}")).then(lambda _: log("after a"))
    gate.promise.then(lambda value: log(f"b {value}")).then(lambda _: log("after b"))
    log("closed")
    gate.resolve("v")
    gate.promise.then(lambda value: log(f"c {value}"))
    log("open")


def a_handler_added_by_a_handler_waits_its_turn(log: Log) -> None:
    promise = Promise.resolve()

    def first(_: Any) -> None:
        log("first")
        promise.then(lambda _: log("added"))

    promise.then(first)
    promise.then(lambda _: log("second"))


def a_chain_inside_a_handler(log: Log) -> None:
    def handler(_: Any) -> None:
        log("outer 1")
        Promise.resolve().then(lambda _: log("inner 1")).then(lambda _: log("inner 2"))

    Promise.resolve().then(handler).then(lambda _: log("outer 2")).then(lambda _: log("outer 3"))


def chains_inside_chains(log: Log) -> None:
    def inner(_: Any) -> str:
        log("b1")
        Promise.resolve().then(lambda _: log("c1")).then(lambda _: log("c2"))
        return "b"

    def outer(_: Any) -> Promise[Any]:
        log("a1")
        return Promise.resolve().then(inner).then(lambda value: log(f"{value}2"))

    Promise.resolve().then(outer).then(lambda _: log("a2"))
    ticks(log, 7)


def a_value_is_with_the_next_handler_a_tick_later(log: Log) -> None:
    Promise.resolve().then(lambda _: "v").then(log)
    ticks(log, 4)


def a_promise_from_a_handler_takes_two_ticks_more(log: Log) -> None:
    Promise.resolve().then(lambda _: Promise.resolve("v")).then(log)
    ticks(log, 6)


def a_promise_of_a_promise_from_a_handler(log: Log) -> None:
    def inner(_: Any) -> Promise[str]:
        return Promise.resolve("v")

    Promise.resolve().then(lambda _: Promise.resolve().then(inner)).then(log)
    ticks(log, 9)


def a_pending_promise_from_a_handler_is_waited_for(log: Log) -> None:
    gate = pending()
    Promise.resolve().then(lambda _: gate.promise).then(log)
    opened = Promise.resolve().then(lambda _: log("a")).then(lambda _: log("b")).then(lambda _: gate.resolve("v"))
    opened.then(lambda _: log("c")).then(lambda _: log("d"))


def a_rejected_promise_from_a_handler(log: Log) -> None:
    Promise.resolve().then(lambda _: Promise.reject("refused")).catch(log)
    ticks(log, 6)


def resolving_with_a_promise_takes_two_ticks_more(log: Log) -> None:
    Promise(lambda resolve, reject: resolve(Promise.resolve("v"))).then(log)
    ticks(log, 5)


def resolving_with_a_pending_promise(log: Log) -> None:
    gate = pending()
    Promise(lambda resolve, reject: resolve(gate.promise)).then(log)
    gate.resolve("v")
    ticks(log, 5)


def resolving_with_a_rejected_promise(log: Log) -> None:
    Promise(lambda resolve, reject: resolve(Promise.reject("refused"))).catch(log)
    ticks(log, 5)


def rejecting_with_a_promise_does_not_wait_for_it(log: Log) -> None:
    reason = Promise.resolve("v")
    made: Promise[Any] = Promise(lambda resolve, reject: reject(reason))
    made.catch(lambda given: log("the promise itself" if given is reason else "something else"))
    ticks(log, 3)


def once_it_follows_a_promise_nothing_else_counts(log: Log) -> None:
    gate = pending()

    def executor(resolve: Any, reject: Any) -> None:
        resolve(gate.promise)
        reject("rejected")
        resolve("other")

    Promise(executor).then(log, log)
    ticks(log, 2)
    gate.resolve("followed")


def promise_resolve_gives_a_promise_as_it_is(log: Log) -> None:
    promise = Promise.resolve("v")
    log("the same" if Promise.resolve(promise) is promise else "another")
    Promise.resolve(promise).then(log)
    ticks(log, 2)


def a_promise_can_not_follow_itself(log: Log) -> None:
    made = pending()
    made.promise.catch(lambda error: log(type(error).__name__))
    made.resolve(made.promise)
    ticks(log, 2)


def a_handler_can_not_return_its_own_promise(log: Log) -> None:
    own: Promise[Any] = Promise.resolve().then(lambda _: own)
    own.catch(lambda error: log(type(error).__name__))
    ticks(log, 3)


def without_a_handler_it_takes_a_tick_all_the_same(log: Log) -> None:
    Promise.resolve("v").then().then().then(log)
    ticks(log, 4)


def a_rejection_takes_a_tick_for_each_then_that_it_passes(log: Log) -> None:
    Promise.reject("refused").then(lambda _: log("no")).then(lambda _: log("no")).catch(log)
    ticks(log, 4)


def a_value_takes_a_tick_for_each_catch_that_it_passes(log: Log) -> None:
    Promise.resolve("v").catch(lambda _: log("no")).catch(lambda _: log("no")).then(log)
    ticks(log, 4)


def catch_gives_back_a_value_and_the_chain_goes_on(log: Log) -> None:
    Promise.reject("refused").catch(lambda reason: f"caught {reason}").then(log)
    ticks(log, 3)


def what_a_handler_throws_reaches_the_next_catch(log: Log) -> None:
    failed = Promise.resolve().then(throwing("thrown")).then(lambda _: log("no"))
    failed.catch(lambda error: log(str(error))).then(lambda _: log("on"))
    ticks(log, 5)


def catch_may_throw_again(log: Log) -> None:
    def again(reason: Any) -> NoReturn:
        log(f"caught {reason}")
        raise ValueError("again")

    Promise.reject("refused").catch(again).catch(lambda error: log(str(error)))
    ticks(log, 3)


def catch_gets_the_very_value(log: Log) -> None:
    reason = {"code": 7}
    Promise.reject("sold out").catch(log)
    Promise.reject(reason).catch(lambda given: log("the object" if given is reason else "something else"))
    Promise.reject(7).then(None, lambda given: log(f"{given + 1}"))


def then_with_two_handlers_is_sooner_than_then_and_catch(log: Log) -> None:
    refused = Promise.reject("refused")
    refused.then(lambda _: log("no")).catch(lambda _: log("then and catch"))
    refused.then(lambda _: log("no"), lambda _: log("then with two"))


def the_second_handler_is_not_for_the_first_ones_errors(log: Log) -> None:
    Promise.resolve().then(throwing("thrown"), lambda _: log("no")).catch(lambda error: log(str(error)))


def finally_takes_two_ticks_more(log: Log) -> None:
    Promise.resolve("v").finally_(lambda: log("finally")).then(log)
    ticks(log, 6)


def finally_keeps_a_rejection(log: Log) -> None:
    Promise.reject("refused").finally_(lambda: log("finally")).catch(log)
    ticks(log, 6)


def finally_waits_for_its_promise(log: Log) -> None:
    gate = pending()

    def settled() -> Promise[Any]:
        log("finally")
        return gate.promise

    Promise.resolve("v").finally_(settled).then(log)
    opened = Promise.resolve().then(lambda _: log("a")).then(lambda _: log("b")).then(lambda _: gate.resolve("ignored"))
    opened.then(lambda _: log("c")).then(lambda _: log("d"))


def what_finally_throws_takes_the_place(log: Log) -> None:
    Promise.resolve("v").finally_(throwing("thrown")).catch(lambda error: log(str(error)))
    ticks(log, 4)


def what_finally_rejects_with_takes_the_place(log: Log) -> None:
    Promise.reject("refused").finally_(lambda: Promise.reject("other")).catch(log)
    ticks(log, 6)


def handlers_added_to_a_settled_promise_by_a_handler(log: Log) -> None:
    settled = Promise.resolve("v")
    Promise.resolve().then(lambda _: settled.then(log)).then(lambda _: log("after"))
    ticks(log, 5)


def an_async_handler_is_waited_for(log: Log) -> None:
    async def handler(value: Any) -> str:
        log(f"begin {value}")
        await Promise.resolve()
        log("end")
        return "result"

    Promise.resolve("v").then(handler).then(log)
    ticks(log, 7)


def an_async_handler_that_awaits_nothing(log: Log) -> None:
    async def handler(value: Any) -> str:
        log(f"in {value}")
        return "result"

    Promise.resolve("v").then(handler).then(log)
    ticks(log, 6)


def an_async_handler_that_throws(log: Log) -> None:
    async def handler(_: Any) -> NoReturn:
        raise ValueError("thrown")

    Promise.resolve("v").then(handler).catch(lambda error: log(str(error)))
    ticks(log, 6)


def an_async_catch(log: Log) -> None:
    async def handler(reason: Any) -> str:
        log(f"begin {reason}")
        await Promise.resolve()
        return "mended"

    Promise.reject("refused").catch(handler).then(log)
    ticks(log, 6)


def an_async_finally(log: Log) -> None:
    async def settled() -> None:
        log("begin")
        await Promise.resolve()
        log("end")

    Promise.resolve("v").finally_(settled).then(log)
    ticks(log, 8)


def a_queue_of_tasks_made_of_one_chain(log: Log) -> None:
    queue: Promise[Any] = Promise.resolve()

    def enqueue(name: str) -> None:
        nonlocal queue

        async def task(_: Any) -> None:
            log(f"begin {name}")
            await Promise.resolve()
            log(f"end {name}")

        queue = queue.then(task)

    enqueue("a")
    enqueue("b")
    log("queued")
    ticks(log, 9)
