"""`observe=`: a record of every call that a program makes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import taropy
from taropy.runtime.observation import ObservedCall


class Seen:
    """An observer that keeps what it was told: each call with the outcome it had at that moment."""

    def __init__(self) -> None:
        self.told: list[tuple[ObservedCall, str]] = []

    def __call__(self, call: ObservedCall) -> None:
        self.told.append((call, call.outcome))

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        return [(call.api, outcome) for call, outcome in self.told]

    @property
    def last(self) -> ObservedCall:
        return self.told[-1][0]


class Native:
    """A native object whose answers come when the test wants them."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def login(self, options: dict[str, Any]) -> None:
        self.calls.append(options)

    def getStorageSync(self, key: str) -> str:
        if key == "broken":
            raise OSError("disk")
        return f"value of {key}"


@pytest.fixture
def seen() -> Seen:
    return Seen()


def test_a_call_is_told_of_when_it_begins_and_when_it_has_ended(seen: Seen) -> None:
    native = Native()
    t = taropy.create("weapp", native=native, observe=seen)

    async def main() -> None:
        promise = t.login({"timeout": 5}, success=print)
        assert seen.outcomes == [("login", "pending")]
        assert seen.last.duration is None
        native.calls[0]["success"]({"code": "c"})
        await promise

    taropy.run(main)
    assert seen.outcomes == [("login", "pending"), ("login", "ok")]
    first, last = (call for call, _ in seen.told)
    assert first is last
    assert last.options == {"timeout": 5}
    assert last.result.code == "c"
    assert last.duration is not None
    assert last.duration == last.elapsed


@pytest.mark.parametrize("call", [lambda t: t.getStorageSync("a"), lambda t: t.getStorageSync(key="a")])
def test_arguments_have_their_names(seen: Seen, call: Any) -> None:
    assert call(taropy.create("weapp", native=Native(), observe=seen)) == "value of a"
    assert seen.last.options == {"key": "a"}
    assert seen.last.result == "value of a"


def test_a_failed_call_has_its_error(seen: Seen) -> None:
    t = taropy.create("weapp", native=Native(), observe=seen)
    with pytest.raises(taropy.TaroError) as caught:
        t.getStorageSync("broken")
    assert seen.outcomes == [("getStorageSync", "pending"), ("getStorageSync", "error")]
    assert seen.last.error is caught.value


def test_a_rejected_call_has_its_error_and_stays_the_program_s_to_handle(seen: Seen) -> None:
    native = Native()
    t = taropy.create("weapp", native=native, observe=seen)

    async def main() -> None:
        t.login()
        native.calls.pop()["fail"]({"errMsg": "login:fail no"})

    with pytest.warns(taropy.UnhandledRejectionWarning, match="login:fail no"):
        taropy.run(main)
    assert isinstance(seen.last.error, taropy.TaroError)


@pytest.mark.parametrize(("platform", "reason"), [("h5", "platform"), ("qq", "host")])
def test_an_unsupported_call_is_told_of(seen: Seen, platform: str, reason: str) -> None:
    t = taropy.create(platform, native=object(), observe=seen)
    with pytest.raises(taropy.NotSupported):
        t.checkSession()
    assert isinstance(seen.last.error, taropy.NotSupported)
    assert seen.last.error.reason == reason


def test_wrong_options_are_shown_as_they_came(seen: Seen) -> None:
    t = taropy.create("weapp", native=Native(), observe=seen)
    t.login("now").catch(print)
    assert seen.last.options == {"option": "now"}
    assert isinstance(seen.last.error, taropy.ParameterError)


def test_the_program_s_options_are_not_touched(seen: Seen) -> None:
    given = {"key": "a", "success": print}
    with taropy.create("weapp", observe=seen) as t:
        t.removeStorage(given, complete=print)
    assert given == {"key": "a", "success": print}
    assert seen.last.options == {"key": "a"}


def test_an_observer_that_throws_harms_no_call() -> None:
    def broken(call: ObservedCall) -> None:
        raise RuntimeError("observer")

    t = taropy.create("weapp", native=Native(), observe=broken)
    with pytest.warns(taropy.UnhandledRejectionWarning, match="observer"):
        assert t.getStorageSync("a") == "value of a"


def test_an_intercepted_request_is_one_call(seen: Seen) -> None:
    class Answering:
        def request(self, options: dict[str, Any]) -> None:
            options["success"]({"statusCode": 200, "data": "", "header": {}})

    t = taropy.create("weapp", native=Answering(), observe=seen)
    t.addInterceptor(lambda chain: chain.proceed(chain.requestParams))
    t.request("http://x.test/").result()
    assert [each for each in seen.outcomes if each[0] == "request"] == [("request", "pending"), ("request", "ok")]
    assert seen.last.options == {"url": "http://x.test/"}


@pytest.mark.parametrize("name", ["request", "downloadFile"])
def test_what_a_task_is_asked_is_told_of(seen: Seen, name: str) -> None:
    async def main() -> None:
        with taropy.create("weapp", observe=seen) as t:
            task = getattr(t, name)(url="http://127.0.0.1:9/")
            task.onHeadersReceived(print)
            task.abort()
            with pytest.raises(taropy.TaroError, match="abort"):
                await task

    asyncio.run(main())
    kind = {"request": "RequestTask", "downloadFile": "DownloadTask"}[name]
    ended = [api for api, outcome in seen.outcomes if outcome == "ok"]
    assert ended == [f"{kind}.onHeadersReceived", f"{kind}.abort"]


def test_what_is_no_function_stays_what_it_is(seen: Seen) -> None:
    t = taropy.create("weapp", native=Native(), observe=seen)
    assert isinstance(t.eventCenter, t.Events)
    assert t.ENV_TYPE.WEAPP == "WEAPP"
    assert seen.told == []


def test_the_process_s_taro_can_be_observed(seen: Seen) -> None:
    try:
        assert taropy.use("alipay", observe=seen).getEnv() == "ALIPAY"
    finally:
        taropy.use("weapp")
    assert seen.outcomes == [("getEnv", "pending"), ("getEnv", "ok")]
