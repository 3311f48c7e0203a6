"""Objects with a `then`, and promises whose own `then` was replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from taropy import Promise
from taropy.typing import WeappTaro

from .common import Log, setTimeout, sleep, ticks


class Thenable:
    """An object with a `then` that says when it is called, and answers at once."""

    def __init__(self, log: Log, value: str) -> None:
        self.log = log
        self.value = value

    def then(self, resolve: Any, reject: Any) -> None:
        self.log(f"then of {self.value}")
        resolve(self.value)


class With:
    """An object with the given `then`."""

    def __init__(self, then: Any) -> None:
        self.then = then


def its_then_is_called_in_a_job(log: Log) -> None:
    Promise.resolve(Thenable(log, "v")).then(log)
    log("sync")
    ticks(log, 4)


def an_await_of_a_thenable(log: Log) -> None:
    async def main() -> None:
        log("main")
        log(await Promise.resolve(Thenable(log, "v")))

    Promise.resolve(main())
    log("sync")
    ticks(log, 4)


def a_thenable_from_a_handler(log: Log) -> None:
    Promise.resolve().then(lambda _: Thenable(log, "v")).then(log)
    ticks(log, 5)


def a_thenable_from_an_async_function(log: Log) -> None:
    async def f() -> Thenable:
        return Thenable(log, "v")

    Promise.resolve(f()).then(log)
    ticks(log, 4)


def resolving_with_a_thenable(log: Log) -> None:
    Promise(lambda resolve, reject: resolve(Thenable(log, "v"))).then(log)
    log("sync")
    ticks(log, 4)


def a_thenable_that_answers_later(log: Log) -> None:
    later = With(lambda resolve, reject: setTimeout(lambda: resolve("v"), 0))
    Promise.resolve(later).then(log)
    ticks(log, 3)


def a_thenable_that_rejects(log: Log) -> None:
    Promise.resolve(With(lambda resolve, reject: reject("refused"))).catch(log)
    ticks(log, 4)


def a_thenable_that_throws(log: Log) -> None:
    def throws(resolve: Any, reject: Any) -> NoReturn:
        raise ValueError("thrown")

    Promise.resolve(With(throws)).catch(lambda error: log(str(error)))
    ticks(log, 4)


def what_a_thenable_throws_after_it_has_answered_is_lost(log: Log) -> None:
    def throws(resolve: Any, reject: Any) -> NoReturn:
        resolve("v")
        raise ValueError("thrown")

    Promise.resolve(With(throws)).then(log, lambda error: log(str(error)))


def a_thenable_that_answers_twice(log: Log) -> None:
    def twice(resolve: Any, reject: Any) -> None:
        resolve("first")
        reject("second")
        resolve("third")

    Promise.resolve(With(twice)).then(log, log)


def a_thenable_of_a_thenable(log: Log) -> None:
    inner = Thenable(log, "v")

    def then(resolve: Any, reject: Any) -> None:
        log("outer then")
        resolve(inner)

    Promise.resolve(With(then)).then(log)
    ticks(log, 5)


def a_thenable_of_a_promise(log: Log) -> None:
    Promise.resolve(With(lambda resolve, reject: resolve(Promise.resolve("v")))).then(log)
    ticks(log, 6)


def a_then_that_is_no_function_is_no_then(log: Log) -> None:
    Promise.resolve(With("text")).then(lambda value: log(value.then))
    ticks(log, 2)


def rejecting_with_a_thenable_does_not_ask_it(log: Log) -> None:
    thenable = Thenable(log, "v")
    rejected = Promise.reject(thenable)
    rejected.catch(lambda given: log("the thenable itself" if given is thenable else "something else"))
    ticks(log, 3)


def all_of_thenables(log: Log) -> None:
    values = Promise.all([Thenable(log, "a"), Promise.resolve("b"), Thenable(log, "c")])
    values.then(lambda values: log(" ".join(values)))
    log("sync")
    ticks(log, 5)


def race_of_a_thenable_and_a_promise(log: Log) -> None:
    Promise.race([Thenable(log, "a"), Promise.resolve("b")]).then(log)
    ticks(log, 4)


def replaced(log: Log, value: str) -> Promise[Any]:
    """A promise whose `then` a program has replaced by one that says so, and goes on to the old one."""
    promise = Promise.resolve(value)
    old = promise.then

    def then(ok: Callable[[Any], Any], no: Any = None) -> Promise[Any]:
        log("own then")
        return old(lambda given: ok(f"{given}, by its own then"), no)

    promise.then = then  # type: ignore[assignment,method-assign]
    return promise


def a_replaced_then_is_called_as_any(log: Log) -> None:
    replaced(log, "v").then(log)
    log("sync")
    ticks(log, 2)


def an_await_honours_a_replaced_then(log: Log) -> None:
    async def main() -> None:
        log("main")
        log(await replaced(log, "v"))

    Promise.resolve(main())
    log("sync")
    ticks(log, 3)


def promise_resolve_keeps_a_replaced_then(log: Log) -> None:
    promise = replaced(log, "v")
    log("the same" if Promise.resolve(promise) is promise else "another")
    Promise.resolve(promise).then(log)
    ticks(log, 2)


def resolving_with_a_promise_calls_its_replaced_then(log: Log) -> None:
    promise = replaced(log, "v")
    Promise(lambda resolve, reject: resolve(promise)).then(log)
    log("sync")
    ticks(log, 5)


def a_promise_with_a_replaced_then_from_a_handler(log: Log) -> None:
    promise = replaced(log, "v")
    Promise.resolve().then(lambda _: promise).then(log)
    ticks(log, 6)


def a_promise_with_a_replaced_then_from_an_async_function(log: Log) -> None:
    promise = replaced(log, "v")

    async def f() -> Promise[Any]:
        return promise

    Promise.resolve(f()).then(log)
    ticks(log, 5)


def all_calls_a_replaced_then(log: Log) -> None:
    Promise.all([replaced(log, "a"), "b"]).then(lambda values: log(" ".join(values)))
    log("sync")
    ticks(log, 4)


def race_calls_a_replaced_then(log: Log) -> None:
    Promise.race([replaced(log, "a"), Promise.resolve("b")]).then(log)
    log("sync")
    ticks(log, 4)


def catch_goes_by_a_replaced_then(log: Log) -> None:
    promise = Promise.reject("refused")
    old = promise.then

    def then(ok: Any, no: Callable[[Any], Any]) -> Promise[Any]:
        log("own then")
        return old(ok, lambda reason: no(f"{reason}, by its own then"))

    promise.then = then  # type: ignore[assignment,method-assign]
    promise.catch(log)
    log("sync")
    ticks(log, 2)


def finally_goes_by_a_replaced_then(log: Log) -> None:
    promise = Promise.resolve("v")
    old = promise.then

    def then(ok: Any, no: Any) -> Promise[Any]:
        log("own then")
        return old(ok, no)

    promise.then = then  # type: ignore[assignment,method-assign]
    promise.finally_(lambda: log("finally")).then(log)
    log("sync")
    ticks(log, 5)


def a_wrapper_around_a_call_that_replaces_its_then(log: Log, taro: WeappTaro) -> None:
    def watched(task: Promise[Any]) -> Promise[Any]:
        old = task.then

        def then(ok: Callable[[Any], Any], no: Any = None) -> Promise[Any]:
            def watching(result: Any) -> Any:
                log("watched")
                return ok(result)

            return old(watching, no)

        task.then = then  # type: ignore[assignment,method-assign]
        return task

    async def main() -> None:
        await watched(taro.login())
        log("logged in")

    Promise.resolve(main())
    watched(taro.login()).then(lambda _: log("handler"))
    log("sync")


def a_thenable_that_waits_for_a_promise(log: Log) -> None:
    def then(resolve: Any, reject: Any) -> None:
        log("asked")
        sleep(0).then(lambda _: resolve("v"), reject)

    slow = With(then)

    async def main() -> None:
        log(await Promise.resolve(slow))

    Promise.resolve(main())
    log("sync")
