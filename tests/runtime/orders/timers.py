"""Timers: after all jobs, in the order in which they are due, with their own jobs before the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from taropy import Promise

from .common import Log, pending, setTimeout, sleep, ticks


def a_timer_comes_after_all_jobs(log: Log) -> None:
    setTimeout(lambda: log("timer"), 0)
    Promise.resolve().then(lambda _: log("job 1")).then(lambda _: log("job 2")).then(lambda _: log("job 3"))
    log("sync")


def a_timer_comes_after_hundreds_of_jobs(log: Log) -> None:
    jobs = 0

    def another(_: Any) -> Promise[Any] | None:
        nonlocal jobs
        jobs += 1
        return Promise.resolve().then(another) if jobs < 200 else None

    setTimeout(lambda: log(f"timer after {jobs} jobs"), 0)
    Promise.resolve().then(another)


def a_timer_comes_after_async_functions_that_await_settled_promises(log: Log) -> None:
    async def main() -> None:
        for _ in range(20):
            await Promise.resolve()
        log("main")

    setTimeout(lambda: log("timer"), 0)
    Promise.resolve(main())


def timers_come_in_the_order_in_which_they_were_set(log: Log) -> None:
    for name in ("a", "b", "c"):
        setTimeout(lambda name=name: log(name), 0)  # type: ignore[misc]


def timers_come_when_they_are_due(log: Log) -> None:
    setTimeout(lambda: log("30 ms"), 30)
    setTimeout(lambda: log("0 ms"), 0)
    setTimeout(lambda: log("15 ms"), 15)


def jobs_of_a_timer_come_before_the_next_timer(log: Log) -> None:
    def first() -> None:
        log("timer 1")
        Promise.resolve().then(lambda _: log("job 1")).then(lambda _: log("job 2"))

    setTimeout(first, 0)
    setTimeout(lambda: log("timer 2"), 0)


def who_awaits_what_a_timer_resolves_comes_before_the_next_timer(log: Log) -> None:
    gate = pending()

    async def main() -> None:
        log(await gate.promise)
        await Promise.resolve()
        log("on")

    Promise.resolve(main())
    setTimeout(lambda: gate.resolve("open"), 0)
    setTimeout(lambda: log("timer 2"), 0)


def a_timer_set_by_a_job(log: Log) -> None:
    Promise.resolve().then(lambda _: setTimeout(lambda: log("timer of a job"), 0))
    setTimeout(lambda: log("timer"), 0)
    ticks(log, 2)


def a_timer_set_by_a_timer_comes_after_those_that_were_there(log: Log) -> None:
    def first() -> None:
        log("timer 1")
        setTimeout(lambda: log("timer 3"), 0)

    setTimeout(first, 0)
    setTimeout(lambda: log("timer 2"), 0)


def a_cleared_timer_never_comes(log: Log) -> None:
    timer = setTimeout(lambda: log("no"), 0)
    Promise.resolve().then(lambda _: timer.cancel())
    setTimeout(lambda: log("timer"), 0)


def a_timer_may_clear_the_next(log: Log) -> None:
    def first() -> None:
        log("timer 1")
        second.cancel()

    setTimeout(first, 0)
    second = setTimeout(lambda: log("no"), 0)
    setTimeout(lambda: log("timer 3"), 0)


def sleepers_wake_in_order(log: Log) -> None:
    async def run(name: str) -> None:
        for count in (1, 2):
            await sleep(0)
            log(f"{name}{count}")

    Promise.resolve(run("a"))
    Promise.resolve(run("b"))
    log("sync")


def a_poll_by_timers(log: Log) -> None:
    ready = False
    asked = 0

    def poll(resolve: Callable[[str], None], reject: object = None) -> None:
        nonlocal asked
        asked += 1
        log(f"ask {asked}")
        if ready:
            resolve("ready")
        else:
            setTimeout(lambda: poll(resolve), 0)

    def second() -> None:
        nonlocal ready
        ready = True
        log("it is")

    Promise(poll).then(log)
    setTimeout(second, 0)
