"""Answers that a test orders: by fields, by a dict, or by a function of its own; and what is refused."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from supporting import failure

import taropy
from taropy import Phone, Record, TaroError
from taropy.phone.core.surface import ROOM_OF
from taropy.testing import expect_unhandled

PLATFORMS = ["weapp", "alipay", "h5"]


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture(params=PLATFORMS)
def taro(request: pytest.FixtureRequest, phone: Phone) -> Any:
    return taropy.create(request.param, phone=phone)


def test_an_answer_may_be_a_dict(phone: Phone, taro: Any) -> None:
    phone.faults.answer("request", {"statusCode": 200, "data": {"tea": "green"}})
    answer = taro.request("https://x").result()
    assert (answer.statusCode, answer.data.tea, answer.errMsg) == (200, "green", "request:ok")


def test_a_function_answers_by_the_options_of_each_call(phone: Phone, taro: Any) -> None:
    seen: list[Any] = []

    def answer(options: Record) -> dict[str, Any]:
        seen.append(options)
        return {"statusCode": 200, "data": options.url.rpartition("/")[2]}

    phone.faults.answer("request", answer, times=None)
    assert [taro.request(f"https://x/{name}", success=print).result().data for name in "ab"] == ["a", "b"]
    assert [isinstance(each, Record) and "success" not in each for each in seen] == [True, True]


def test_an_async_function_answers_when_it_is_done(phone: Phone, taro: Any) -> None:
    async def answer(options: Record) -> dict[str, Any]:
        await phone.clock.sleep(0.001)
        return {"data": options.data, "statusCode": 201}

    phone.faults.answer("request", answer)
    assert taro.request(url="https://x", method="POST", data="tea").result().data == "tea"


def test_a_call_that_is_answered_later_can_be_aborted(phone: Phone) -> None:
    async def main() -> None:
        async def answer(options: Record) -> dict[str, Any]:
            await phone.clock.sleep(3600)
            return {}

        taro = taropy.create("weapp", phone=phone)
        phone.faults.answer("request", answer)
        task = taro.request(url="https://x")
        task.abort()
        with pytest.raises(TaroError, match="request:fail abort"):
            await task

    taropy.run(main)


@pytest.mark.parametrize("platform", ["weapp", "alipay", "swan"])
def test_what_the_function_raises_the_call_fails_with(phone: Phone, platform: str) -> None:
    taro = taropy.create(platform, phone=phone)

    def answer(options: Record) -> dict[str, Any]:
        raise TaroError("login:fail busy", 5)

    phone.faults.answer("login", answer)
    with pytest.raises(TaroError, match="login:fail busy") as caught:
        taro.login().result()
    assert caught.value.errCode == 5


def test_a_mistake_in_the_function_fails_the_call_and_is_reported(phone: Phone, taro: Any) -> None:
    def answer(options: Record) -> dict[str, Any]:
        raise KeyError("boom")

    phone.faults.answer("request", answer)
    with expect_unhandled(KeyError, match="boom"):
        failed = failure(taro.request(url="https://x"))
    assert failed == "request:fail the function that answers it raised KeyError('boom')"


def test_a_function_that_returns_no_fields_is_named_with_its_line(phone: Phone, taro: Any) -> None:
    def forgot(options: Record) -> None:
        {"statusCode": 200}  # noqa: B018 - the return that is missing

    async def forgot_too(options: Record) -> None: ...

    line = forgot.__code__.co_firstlineno
    may = 'it may return a dict of fields, as {"data": …}'
    for function, told in (
        (forgot, f"forgot ({__file__}:{line}) answers request, and returned None, as a function without a return does"),
        (forgot_too, f"forgot_too ({__file__}:{line + 3}) answers request, and returned None"),
        (lambda options: 5, f"<lambda> ({__file__}:"),
        (partial(lambda given, options: 5, 1), ") answers request, and returned 5"),
    ):
        phone.faults.answer("request", function)
        with expect_unhandled(TypeError) as caught:
            assert "the function that answers it raised TypeError" in failure(taro.request(url="https://x"))
        assert told in str(caught.error)
        assert str(caught.error).endswith(may)


def test_a_function_that_answers_with_nothing_succeeds(phone: Phone, taro: Any) -> None:
    phone.faults.answer("setStorage", lambda options: None)
    assert taro.setStorage(key="a", data=1).result().errMsg == "setStorage:ok"
    assert taro.getStorageInfoSync()["keys"] == []


def test_of_a_function_that_returns_its_value_it_gets_the_arguments(phone: Phone) -> None:
    taro = taropy.create("weapp", phone=phone)
    phone.faults.answer("getStorageSync", lambda key: f"the {key}")
    phone.faults.answer("getSystemInfoSync", platform="tea")
    assert taro.getStorageSync("leaf") == "the leaf"
    assert taro.getSystemInfoSync().platform == "tea"


def test_methods_of_managers_are_answered_in_the_same_ways(phone: Phone) -> None:
    files = taropy.create("weapp", phone=phone).getFileSystemManager()
    phone.faults.answer("FileSystemManager.readFile", lambda options: {"data": options.filePath})
    assert files.readFile(filePath="a.txt").result().data == "a.txt"


REFUSED = [
    ("request", (5,), {}, "request is answered by fields, not by 5: write answer('request', data=…)"),
    ("request", ("ok",), {}, "request is answered by fields, not by 'ok': write answer('request', data=…)"),
    ("request", ([1],), {}, "request is answered by fields, not by [1]: write answer('request', data=…)"),
    ("request", (), {"statuscode": 200}, "an answer of 'request' has no 'statuscode'; did you mean 'statusCode'?"),
    ("request", ({"dta": 1},), {}, "an answer of 'request' has no 'dta'; did you mean 'data'?"),
    ("login", (), {"token": "a"}, "an answer of 'login' has no 'token'; it may have errMsg, code,"),
    ("request", ({"data": 1},), {"statusCode": 200}, "request is answered by a dict or by fields, not by both"),
    ("request", (print,), {"statusCode": 200}, "request is answered by a function or by fields, not by both"),
    ("getSystemInfoSync", ({},), {"platform": "a"}, "getSystemInfoSync returns one value: answer("),
    ("getSystemInfoSync", (), {"platfrm": "a"}, "has no 'platfrm'; did you mean 'platform'?"),
    (
        "FileSystemManager.readFile",
        (),
        {"dat": 1},
        "an answer of 'FileSystemManager.readFile' has no 'dat'; did you mean",
    ),
]


@pytest.mark.parametrize(("name", "positional", "fields", "told"), REFUSED)
def test_an_answer_that_says_nothing_is_refused_with_what_to_write(
    phone: Phone, name: str, positional: tuple[Any, ...], fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        phone.faults.answer(name, *positional, **fields)
    assert phone.faults.unmet == []


def test_what_returns_its_value_cannot_wait_for_an_async_function(phone: Phone) -> None:
    async def answer(key: str) -> str:
        return key

    with pytest.raises(ValueError, match="getStorageSync returns its value at once, and cannot wait"):
        phone.faults.answer("getStorageSync", answer)


def test_a_function_that_is_not_simulated_is_to_be_brought(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "getGuildInfo"
    monkeypatch.delitem(ROOM_OF, name)  # of what Taro has now the phone lacks nothing
    for order in (phone.faults.answer, lambda name: phone.faults.fail(name, "x"), phone.faults.hang):
        with pytest.raises(ValueError, match=f"does not simulate '{name}' yet; bring it with apis=") as caught:
            order(name)
        assert "did you mean" not in str(caught.value)


def test_and_brought_by_apis_it_is_the_programs(phone: Phone) -> None:
    def pay(native: Any, options: Any) -> None:
        options["success"]({"errMsg": "requestPayment:ok"})

    taro = taropy.create("weapp", phone=phone, apis={"requestPayment": pay})
    order = {"timeStamp": "1", "nonceStr": "a", "package": "b", "paySign": "c"}
    assert taro.requestPayment(order).result().errMsg == "requestPayment:ok"
