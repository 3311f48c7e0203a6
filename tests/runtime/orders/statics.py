"""`Promise.all`, `allSettled`, `any` and `race`."""

from __future__ import annotations

from typing import Any

from taropy import Promise

from .common import Log, pending, sleep, ticks


def all_gives_the_values_in_the_order_given(log: Log) -> None:
    first, second = pending(), pending()
    Promise.all([first.promise, second.promise]).then(lambda values: log(" ".join(values)))
    second.resolve("b")
    log("second")
    first.resolve("a")
    log("first")


def all_of_settled_promises(log: Log) -> None:
    Promise.all([Promise.resolve("a"), Promise.resolve("b")]).then(lambda values: log(" ".join(values)))
    ticks(log, 4)


def all_of_plain_values(log: Log) -> None:
    Promise.all(["a", "b"]).then(lambda values: log(" ".join(values)))
    ticks(log, 4)


def all_of_nothing(log: Log) -> None:
    Promise.all([]).then(lambda values: log(f"{len(values)} values"))
    ticks(log, 3)


def all_rejects_with_the_first_that_rejects(log: Log) -> None:
    first, second, third = pending(), pending(), pending()
    Promise.all([first.promise, second.promise, third.promise]).then(lambda _: log("no"), log)
    third.reject("third")
    first.reject("first")
    ticks(log, 4)


def all_does_not_keep_the_others_from_running(log: Log) -> None:
    slow = sleep(10).then(lambda _: log("slow"))
    Promise.all([slow, Promise.reject("refused")]).catch(log)


def all_begins_async_functions_at_once(log: Log) -> None:
    async def load(name: str) -> str:
        log(f"begin {name}")
        await Promise.resolve()
        log(f"end {name}")
        return name

    Promise.all([load("a"), load("b")]).then(lambda values: log(" ".join(values)))
    log("sync")
    ticks(log, 5)


def all_in_all(log: Log) -> None:
    both = Promise.all([Promise.all(["a", "b"]), Promise.all([Promise.resolve("c")])])
    both.then(lambda lists: log(" ".join(value for values in lists for value in values)))
    ticks(log, 6)


def all_awaited(log: Log) -> None:
    async def main() -> None:
        log("main")
        values = await Promise.all([Promise.resolve("a"), sleep(0).then(lambda _: "b"), "c"])
        log(" ".join(values))

    Promise.resolve(main())
    log("sync")


def all_settled_tells_of_each(log: Log) -> None:
    def told(each: Any) -> str:
        return f"value {each['value']}" if each["status"] == "fulfilled" else f"reason {each['reason']}"

    ends = Promise.allSettled([Promise.resolve("a"), Promise.reject("b"), "c"])
    ends.then(lambda each: log(", ".join(map(told, each))))
    ticks(log, 4)


def all_settled_of_nothing(log: Log) -> None:
    Promise.allSettled([]).then(lambda each: log(f"{len(each)} ends"))
    ticks(log, 3)


def any_gives_the_first_value(log: Log) -> None:
    first, second = pending(), pending()
    Promise.any([Promise.reject("refused"), first.promise, second.promise]).then(log)
    second.resolve("second")
    first.resolve("first")
    ticks(log, 4)


def any_of_settled_promises(log: Log) -> None:
    Promise.any([Promise.reject("refused"), Promise.resolve("a"), Promise.resolve("b")]).then(log)
    ticks(log, 4)


def any_of_none_that_is_fulfilled(log: Log) -> None:
    def told(error: Any) -> None:
        log(f"{type(error).__name__} {' '.join(error.errors)}")

    Promise.any([Promise.reject("a"), Promise.reject("b")]).catch(told)
    ticks(log, 4)


def any_of_nothing(log: Log) -> None:
    Promise.any([]).catch(lambda error: log(f"{len(error.errors)} errors"))
    ticks(log, 3)


def race_settles_as_the_first(log: Log) -> None:
    first, second = pending(), pending()
    Promise.race([first.promise, second.promise]).then(log, log)
    second.reject("second")
    first.resolve("first")
    ticks(log, 4)


def race_of_settled_promises(log: Log) -> None:
    Promise.race([Promise.resolve("a"), Promise.resolve("b")]).then(log)
    ticks(log, 4)


def race_of_a_plain_value_and_a_settled_promise(log: Log) -> None:
    Promise.race(["a", Promise.resolve("b")]).then(log)
    Promise.race([Promise.resolve("c"), "d"]).then(log)
    ticks(log, 3)


def race_against_a_timer(log: Log) -> None:
    Promise.race([sleep(20).then(lambda _: "slow"), sleep(0).then(lambda _: "quick")]).then(log)
    Promise.race([sleep(0).then(lambda _: Promise.reject("late")), Promise.resolve("at once")]).then(log)


def race_of_async_functions(log: Log) -> None:
    async def run(name: str, awaits: int) -> str:
        log(f"begin {name}")
        for _ in range(awaits):
            await Promise.resolve()
        log(f"end {name}")
        return name

    Promise.race([run("slow", 4), run("quick", 1)]).then(lambda name: log(f"{name} won"))
    ticks(log, 5)


def of_two_alls_that_share_promises(log: Log) -> None:
    first, second = pending(), pending()
    Promise.all([first.promise, second.promise]).then(lambda _: log("both"))
    Promise.all([second.promise]).then(lambda _: log("second"))
    Promise.all([first.promise]).then(lambda _: log("first"))
    first.resolve()
    second.resolve()
