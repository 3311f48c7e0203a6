"""Events: listeners hear at once, within the code that triggers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from taropy import Promise
from taropy.typing import WeappTaro

from .common import Log, setTimeout, throwing, ticks


def listeners_hear_at_once(log: Log, taro: WeappTaro) -> None:
    taro.eventCenter.on("e", lambda value: log(f"heard {value}"))
    log("before")
    taro.eventCenter.trigger("e", "v")
    log("after")


def listeners_hear_in_the_order_in_which_they_came(log: Log, taro: WeappTaro) -> None:
    for name in ("a", "b", "c"):
        taro.eventCenter.on("e", lambda name=name: log(name))
    taro.eventCenter.trigger("e")


def jobs_of_listeners_come_after_all_listeners(log: Log, taro: WeappTaro) -> None:
    def listener(name: str) -> Callable[[], None]:
        def heard() -> None:
            log(name)
            Promise.resolve().then(lambda _: log(f"job of {name}"))

        return heard

    taro.eventCenter.on("e", listener("a"))
    taro.eventCenter.on("e", listener("b"))
    taro.eventCenter.trigger("e")
    log("sync")


def once_hears_once(log: Log, taro: WeappTaro) -> None:
    taro.eventCenter.once("e", lambda value: log(f"once {value}"))
    taro.eventCenter.on("e", lambda value: log(f"always {value}"))
    taro.eventCenter.trigger("e", 1)
    taro.eventCenter.trigger("e", 2)


def a_listener_added_while_it_is_triggered_hears_the_next(log: Log, taro: WeappTaro) -> None:
    def first() -> None:
        log("first")
        taro.eventCenter.on("e", lambda: log("added"))

    taro.eventCenter.once("e", first)
    taro.eventCenter.trigger("e")
    log("again")
    taro.eventCenter.trigger("e")


def an_event_in_an_event(log: Log, taro: WeappTaro) -> None:
    def outer() -> None:
        log("outer begins")
        taro.eventCenter.trigger("inner")
        log("outer ends")

    taro.eventCenter.on("outer", outer)
    taro.eventCenter.on("inner", lambda: log("inner"))
    taro.eventCenter.on("outer", lambda: log("outer 2"))
    taro.eventCenter.trigger("outer")


def events_from_jobs_and_answers(log: Log, taro: WeappTaro) -> None:
    taro.eventCenter.on("e", lambda source: log(f"heard from {source}"))
    answer = taro.login(success=lambda _: taro.eventCenter.trigger("e", "an answer"))
    answer.then(lambda _: taro.eventCenter.trigger("e", "a handler"))
    Promise.resolve().then(lambda _: taro.eventCenter.trigger("e", "a job"))
    taro.eventCenter.trigger("e", "the program")
    log("sync")


def a_promise_of_an_event(log: Log, taro: WeappTaro) -> None:
    def next_(name: str) -> Promise[Any]:
        return Promise(lambda resolve, reject: taro.eventCenter.once(name, resolve))

    async def main() -> None:
        log(f"got {await next_('e')}")
        log(f"got {await next_('e')}")

    Promise.resolve(main())
    taro.eventCenter.trigger("e", 1)
    taro.eventCenter.trigger("e", "lost")
    ticks(log, 2)
    setTimeout(lambda: taro.eventCenter.trigger("e", 2), 0)


def listeners_that_call(log: Log, taro: WeappTaro) -> None:
    def listener() -> None:
        log("heard")
        taro.login(success=lambda _: log("success"))

    taro.eventCenter.on("e", listener)
    taro.eventCenter.on("e", lambda: log("heard too"))
    taro.eventCenter.trigger("e")
    Promise.resolve().then(lambda _: log("job"))
    log("sync")


def what_a_listener_throws_reaches_who_triggered(log: Log, taro: WeappTaro) -> None:
    taro.eventCenter.on("e", throwing("thrown"))
    taro.eventCenter.on("e", lambda: log("no"))
    try:
        taro.eventCenter.trigger("e")
    except ValueError as error:
        log(str(error))
