"""A result that is read of the call, and not awaited, is told so; promises are what they were otherwise."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from typing import Any

import pytest

import taropy
from taropy import Promise

PLATFORMS = ["weapp", "alipay", "h5", "rn"]

READ = {
    "showModal": ({"title": "Sure?"}, "confirm"),
    "getSystemInfo": ({}, "platform"),
    "getNetworkType": ({}, "networkType"),
    "getStorage": ({"key": "a"}, "data"),
    "getStorageInfo": ({}, "keys"),
    "getLocation": ({}, "latitude"),
    "request": ({"url": "https://api.example.com/"}, "statusCode"),
    "uploadFile": ({"url": "https://api.example.com/", "filePath": "a", "name": "f"}, "data"),
    "getImageInfo": ({"src": "a"}, "width"),
}


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("api", READ)
def test_a_field_of_a_result_that_is_read_of_the_call_says_to_await_it(platform: str, api: str) -> None:
    options, field = READ[api]

    async def program(taro: Any) -> None:
        promise = getattr(taro, api)(**options)
        derived = promise.then(None)
        derived.catch(lambda _: None)
        told = f"a promise has no '{field}'; await it first, (await …).{field}, or outside an event loop ask for its "
        with pytest.raises(AttributeError) as caught:
            getattr(promise, field)
        assert str(caught.value) == f"{told}result, ….result().{field}"
        with pytest.raises(TypeError, match=rf"a promise has no items; await it first, \(await …\)\['{field}'\]"):
            promise[field]
        with pytest.raises(AttributeError, match="await it first"):
            getattr(derived, field)
        assert not hasattr(promise, field)
        assert getattr(promise, field, 7) == 7

    with taropy.create(platform) as taro:
        taro.phone.network.route("**", json={})
        asyncio.run(program(taro))


def test_so_does_the_interpreter_and_once() -> None:
    program = "import taropy; taropy.create('weapp').showModal(title='a').confirm"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, encoding="utf-8")
    assert ran.stderr.splitlines()[-1].startswith("AttributeError: a promise has no 'confirm'; await it first")
    assert "Did you mean" not in ran.stderr


def test_so_does_the_promise_of_an_intercepted_call(on_phone: Any) -> None:
    on_phone.phone.network.route("**", json={})
    on_phone.addInterceptor(lambda chain: chain.proceed(chain.requestParams))
    promise = on_phone.request(url="https://api.example.com/")
    with pytest.raises(AttributeError, match="a promise has no 'statusCode'; await it first"):
        promise.statusCode  # noqa: B018
    assert promise.result(20).statusCode == 200


def test_completion_and_inspection_see_a_promise_as_it_is(on_phone: Any) -> None:
    promise = on_phone.getNetworkType()
    assert "networkType" not in dir(promise)
    assert {"then", "catch", "finally_", "result"} <= set(dir(promise))
    assert "networkType" not in dict(inspect.getmembers(promise))
    assert promise.result().networkType == "wifi"
    assert {**on_phone.getStorageInfo().result()}["keys"] == []


def test_a_task_keeps_what_it_has(on_phone: Any) -> None:
    on_phone.phone.network.route("**", json={})
    task = on_phone.request(url="https://api.example.com/")
    assert callable(task.abort)
    with pytest.raises(AttributeError, match="a promise has no 'onward'; await it first"):
        task.onward  # noqa: B018
    task.result(20)


def test_no_dict_is_made_of_one_and_none_is_gone_through() -> None:
    promise = Promise.resolve({"a": 1})
    for use in (dict, list, lambda each: {**each}, lambda each: [*each]):
        with pytest.raises(TypeError):
            use(promise)
    assert promise.result() == {"a": 1}
