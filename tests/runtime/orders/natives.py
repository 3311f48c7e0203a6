"""Calls: answers come after all jobs, one after the other, each with its callbacks, its promise, and their jobs."""

from __future__ import annotations

from typing import Any, NoReturn

from taropy import Promise, TaroError
from taropy.typing import WeappTaro

from .common import Log, setTimeout, sleep, throwing, ticks


def callbacks_come_after_the_call_has_returned(log: Log, taro: WeappTaro) -> None:
    log("before")
    taro.login(success=lambda _: log("success"), complete=lambda _: log("complete"))
    log("after")


def success_and_complete_come_before_the_promise_settles(log: Log, taro: WeappTaro) -> None:
    taro.login(success=lambda _: log("success"), complete=lambda _: log("complete")).then(lambda _: log("then"))


def fail_and_complete_come_before_the_promise_settles(log: Log, taro: WeappTaro) -> None:
    call = taro.getStorage(key="missing", fail=lambda _: log("fail"), complete=lambda _: log("complete"))
    call.catch(lambda _: log("catch"))


def an_answer_comes_after_all_queued_jobs(log: Log, taro: WeappTaro) -> None:
    taro.login(success=lambda _: log("success")).then(lambda _: log("then"))
    ticks(log, 5)
    log("sync")


def an_answer_comes_after_async_functions_that_await_settled_promises(log: Log, taro: WeappTaro) -> None:
    async def main() -> None:
        for count in range(1, 6):
            await Promise.resolve()
            log(f"await {count}")

    taro.login().then(lambda _: log("then"))
    Promise.resolve(main())


def answers_come_in_the_order_of_the_calls(log: Log, taro: WeappTaro) -> None:
    def call(name: str) -> None:
        taro.login(success=lambda _: log(name))

    for name in ("a", "b", "c"):
        call(name)
    log("sync")


def jobs_of_an_answer_come_before_the_next_answer(log: Log, taro: WeappTaro) -> None:
    def call(name: str) -> None:
        def success(_: Any) -> None:
            log(f"success {name}")
            Promise.resolve().then(lambda _: log(f"job {name}"))

        answer = taro.login(success=success, complete=lambda _: log(f"complete {name}"))
        answer.then(lambda _: log(f"then {name}")).then(lambda _: log(f"then 2 {name}"))

    call("a")
    call("b")


def calls_of_different_functions_answer_in_order(log: Log, taro: WeappTaro) -> None:
    taro.setStorage(key="k", data="v").then(lambda _: log("set"))
    taro.getStorage(key="missing").catch(lambda _: log("not found"))
    taro.getNetworkType().then(lambda _: log("network"))
    taro.login(complete=lambda _: log("login"))
    log("sync")


def a_call_in_a_callback_answers_after_those_that_were_made(log: Log, taro: WeappTaro) -> None:
    def first(_: Any) -> None:
        log("first")
        taro.login(success=lambda _: log("third"))

    taro.login(success=first)
    taro.login(success=lambda _: log("second"))


def a_call_in_a_handler_answers_after_those_that_were_made(log: Log, taro: WeappTaro) -> None:
    def first(_: Any) -> None:
        log("first")
        taro.login().then(lambda _: log("third"))

    taro.login().then(first)
    taro.login().then(lambda _: log("second"))


def a_call_in_a_job_answers_after_the_jobs_that_follow(log: Log, taro: WeappTaro) -> None:
    Promise.resolve().then(lambda _: taro.login(success=lambda _: log("success")))
    ticks(log, 4)


def callbacks_in_callbacks(log: Log, taro: WeappTaro) -> None:
    def third(_: Any) -> None:
        log("third")
        Promise.resolve().then(lambda _: log("job of the third"))

    def second(_: Any) -> None:
        log("second")
        taro.getNetworkType(success=third, complete=lambda _: log("third complete"))
        log("third called")

    def first(_: Any) -> None:
        log("first")
        taro.setStorage(key="k", data="v", success=second, complete=lambda _: log("second complete"))
        log("second called")

    taro.login(success=first, complete=lambda _: log("first complete"))
    log("first called")


def a_retry_in_fail(log: Log, taro: WeappTaro) -> None:
    tries = 0

    def attempt(_: Any = None) -> None:
        nonlocal tries
        tries += 1
        log(f"try {tries}")
        taro.getStorage(key="token", success=lambda _: log("found"), fail=attempt if tries < 3 else store)

    def store(_: Any) -> None:
        log("store")
        taro.setStorage(key="token", data="t", success=attempt)

    attempt()
    taro.login(success=lambda _: log("login"))


def handlers_returning_calls(log: Log, taro: WeappTaro) -> None:
    def stored(_: Any) -> Promise[Any]:
        log("logged in")
        return taro.setStorage(key="k", data="v")

    def read(_: Any) -> Promise[Any]:
        log("stored")
        return taro.getStorage(key="k")

    taro.login().then(stored).then(read).then(lambda result: log(f"read {result.data}"))
    Promise.resolve().then(lambda _: log("job"))


def awaits_of_calls(log: Log, taro: WeappTaro) -> None:
    async def main() -> None:
        log("main")
        await taro.login()
        log("logged in")
        await taro.setStorage(key="k", data="v")
        log("stored")
        result = await taro.getStorage(key="k")
        log(f"read {result.data}")

    Promise.resolve(main()).then(lambda _: log("done"))
    log("sync")


def awaits_in_two_async_functions(log: Log, taro: WeappTaro) -> None:
    async def run(name: str) -> None:
        for count in (1, 2, 3):
            await taro.login()
            log(f"{name}{count}")
            await Promise.resolve()
            log(f"{name}{count} on")

    Promise.resolve(run("a"))
    Promise.resolve(run("b"))
    log("sync")


def an_await_of_a_call_and_jobs_beside_it(log: Log, taro: WeappTaro) -> None:
    async def main() -> None:
        await taro.login()
        log("logged in")
        ticks(log, 2)
        await taro.login()
        log("again")

    Promise.resolve(main())
    ticks(log, 3)


def a_call_that_fails_is_caught(log: Log, taro: WeappTaro) -> None:
    async def main() -> None:
        try:
            await taro.getStorage(key="missing")
        except TaroError as error:
            log(error.errMsg.split(":")[0])
        finally:
            log("finally")

    Promise.resolve(main())
    log("sync")


def one_promise_many_handlers(log: Log, taro: WeappTaro) -> None:
    promise = taro.login()

    async def wait() -> None:
        await promise
        log("await")

    promise.then(lambda _: log("handler 1"))
    Promise.resolve(wait())
    promise.then(lambda _: log("handler 2"))
    promise.finally_(lambda: log("finally"))
    log("sync")


def a_handler_added_after_the_answer(log: Log, taro: WeappTaro) -> None:
    promise = taro.login()

    def first(_: Any) -> None:
        log("first")
        promise.then(lambda _: log("added"))
        Promise.resolve().then(lambda _: log("job"))

    promise.then(first)
    promise.then(lambda _: log("second"))


def an_async_success_begins_at_once(log: Log, taro: WeappTaro) -> None:
    async def success(_: Any) -> None:
        log("success 1")
        await Promise.resolve()
        log("success 2")

    taro.login(success=success, complete=lambda _: log("complete")).then(lambda _: log("then"))


def an_async_success_that_awaits_a_call(log: Log, taro: WeappTaro) -> None:
    async def success(_: Any) -> None:
        log("success")
        await taro.setStorage(key="k", data="v")
        log("stored")

    taro.login(success=success).then(lambda _: log("then"))
    taro.login(success=lambda _: log("second"))


def an_async_complete_begins_at_once(log: Log, taro: WeappTaro) -> None:
    async def complete(_: Any) -> None:
        log("complete 1")
        await taro.login()
        log("complete 2")

    taro.login(success=lambda _: log("success"), complete=complete).then(lambda _: log("then"))


def jobs_of_success_come_before_the_handlers(log: Log, taro: WeappTaro) -> None:
    def success(_: Any) -> None:
        log("success")
        Promise.resolve().then(lambda _: log("job 1")).then(lambda _: log("job 2"))

    taro.login(success=success).then(lambda _: log("then 1")).then(lambda _: log("then 2"))


def jobs_of_success_come_after_complete(log: Log, taro: WeappTaro) -> None:
    def success(_: Any) -> None:
        log("success")
        Promise.resolve().then(lambda _: log("job"))

    taro.login(success=success, complete=lambda _: log("complete"))


def jobs_of_complete_come_after_the_handlers(log: Log, taro: WeappTaro) -> None:
    def complete(_: Any) -> None:
        log("complete")
        Promise.resolve().then(lambda _: log("job"))

    answer = taro.login(success=lambda _: log("success"), complete=complete)
    answer.then(lambda _: log("then 1")).then(lambda _: log("then 2"))


def a_success_that_throws(log: Log, taro: WeappTaro) -> None:
    def success(_: Any) -> NoReturn:
        log("success")
        raise ValueError("thrown")

    taro.login(success=success, complete=lambda _: log("complete")).then(lambda _: log("then"))
    taro.login(success=lambda _: log("second"))


def a_fail_that_throws(log: Log, taro: WeappTaro) -> None:
    def fail(_: Any) -> NoReturn:
        log("fail")
        raise ValueError("thrown")

    taro.getStorage(key="missing", fail=fail, complete=lambda _: log("complete")).catch(lambda _: log("catch"))
    taro.login(success=lambda _: log("second"))


def a_complete_that_throws(log: Log, taro: WeappTaro) -> None:
    taro.login(success=lambda _: log("success"), complete=throwing("thrown")).then(lambda _: log("then"))
    taro.login(success=lambda _: log("second"))


def all_of_calls(log: Log, taro: WeappTaro) -> None:
    calls: list[Promise[Any]] = [taro.login(), taro.getNetworkType(), taro.setStorage(key="k", data="v")]
    Promise.all(calls).then(lambda _: log("all"))
    calls[0].then(lambda _: log("login"))
    calls[2].then(lambda _: log("stored"))
    log("sync")


def race_of_calls(log: Log, taro: WeappTaro) -> None:
    first = Promise.race([taro.getStorage(key="missing"), taro.login()])
    first.then(lambda _: log("no"), lambda _: log("the first failed"))
    taro.login().then(lambda _: log("third"))


def all_of_async_functions_that_call(log: Log, taro: WeappTaro) -> None:
    async def load(name: str) -> str:
        log(f"begin {name}")
        await taro.login()
        log(f"logged in {name}")
        return name

    Promise.all([load("a"), load("b")]).then(lambda names: log(" ".join(names)))
    log("sync")


def a_promise_around_a_call(log: Log, taro: WeappTaro) -> None:
    def login() -> Promise[Any]:
        return Promise(lambda resolve, reject: taro.login(success=resolve, fail=reject))

    async def main() -> None:
        log("main")
        await login()
        log("logged in")

    Promise.resolve(main())
    Promise.resolve().then(lambda _: log("job"))
    log("sync")


def a_call_in_a_timer(log: Log, taro: WeappTaro) -> None:
    def timer() -> None:
        log("timer")
        taro.login(success=lambda _: log("success")).then(lambda _: log("then"))
        Promise.resolve().then(lambda _: log("job"))

    setTimeout(timer, 0)


def a_timer_in_a_callback(log: Log, taro: WeappTaro) -> None:
    def success(_: Any) -> None:
        setTimeout(lambda: log("timer"), 0)
        Promise.resolve().then(lambda _: log("job"))
        log("success")

    taro.login(success=success).then(lambda _: log("then"))


def a_sleep_after_a_call(log: Log, taro: WeappTaro) -> None:
    async def main() -> None:
        await taro.login()
        log("logged in")
        await sleep(0)
        log("slept")
        await taro.login()
        log("again")

    Promise.resolve(main())


def synchronous_functions_answer_at_once(log: Log, taro: WeappTaro) -> None:
    async def getUser() -> None:
        log(f"token {taro.getStorageSync('token')}")
        result = await taro.getStorage(key="token")
        log(f"stored {result.data}")

    taro.setStorageSync("token", "t")
    Promise.resolve(getUser())
    log("showLoading")


def a_poll_by_calls_lets_others_answer(log: Log, taro: WeappTaro) -> None:
    asked = 0

    def poll(_: Any = None) -> Any:
        nonlocal asked
        asked += 1
        log(f"ask {asked}")
        return taro.getNetworkType().then(poll) if asked < 4 else None

    poll().then(lambda _: log("polled"))
    taro.login(success=lambda _: log("login"))


def a_lock_that_serves_one_call_at_a_time(log: Log, taro: WeappTaro) -> None:
    tail: Promise[Any] = Promise.resolve()

    def locked(name: str) -> Promise[Any]:
        nonlocal tail

        def run(_: Any) -> Promise[Any]:
            log(f"begin {name}")
            return taro.login().then(lambda _: log(f"end {name}"))

        tail = tail.then(run)
        return tail

    locked("a")
    locked("b").then(lambda _: log("b is through"))
    log("sync")


def one_login_for_all_who_ask(log: Log, taro: WeappTaro) -> None:
    login: Promise[Any] | None = None

    def forget() -> None:
        nonlocal login
        login = None

    def token() -> Promise[Any]:
        nonlocal login
        if login is None:
            log("login")
            login = taro.login().finally_(forget)
        return login

    async def ask(name: str) -> None:
        log(f"ask {name}")
        await token()
        log(f"got {name}")

    Promise.resolve(ask("a"))
    Promise.resolve(ask("b"))
    log("sync")
