"""Cloud functions and services: what programs get of Python functions and ASGI apps that stand in the cloud."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from supporting import failure, supporting

import taropy
from taropy import TaroError
from taropy.phone import Phone

pytestmark = pytest.mark.anyio


@pytest.fixture
def cloud(weapp: Any) -> Any:
    """`Taro.cloud`, initialized."""
    weapp.cloud.init({"env": "test-1"})
    return weapp.cloud


@supporting("cloud")
def test_a_function_gets_its_data_and_who_calls(t: Any) -> None:
    t.phone.cloud.function("add", lambda event, context: {"sum": event.a + event["b"], "by": context.openid})
    t.cloud.init()
    told = t.cloud.callFunction({"name": "add", "data": {"a": 1, "b": 2}}).result()
    assert (told.errMsg, told.result.sum) == ("cloud.callFunction:ok", 3)
    assert told.result.by == t.phone.cloud.calls[0].openid != ""


def test_a_function_knows_the_app_the_environment_and_the_user(weapp: Any, cloud: Any) -> None:
    def who(event: Any, context: Any) -> Any:
        return {"event": event, "context": context.cloud.getWXContext(), "name": context.function}

    weapp.phone.cloud.function("who", who)
    result = cloud.callFunction(name="who").result().result
    appid = weapp.phone.app("weapp").appid
    assert (result.context.APPID, result.context.ENV, result.name) == (appid, "test-1", "who")
    assert result.event.userInfo == {"appId": appid, "openId": result.context.OPENID}


async def test_functions_may_wait_and_be_called_in_the_old_way(weapp: Any, cloud: Any) -> None:
    async def slow(event: Any) -> str:
        await weapp.phone.clock.until(weapp.phone.clock.now() + 2)
        return f"for {event.who}"

    weapp.phone.clock.stop()
    weapp.phone.cloud.function("slow", slow)
    told: list[Any] = []
    cloud.callFunction(name="slow", data={"who": "me"}, success=told.append, complete=told.append)
    await weapp.phone.clock.advance(1)
    assert told == []
    await weapp.phone.clock.advance(1)
    assert [each.result for each in told] == ["for me", "for me"]


def test_what_a_function_returns_is_a_copy_as_json_has_it(weapp: Any, cloud: Any) -> None:
    kept = {"list": (1, 2.0), "none": None}
    weapp.phone.cloud.function("get", lambda: kept)
    result = cloud.callFunction(name="get").result().result
    assert result == {"list": [1, 2], "none": None}
    result["list"].append(3)
    assert kept["list"] == (1, 2.0)


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (lambda event: event["missing"], "KeyError: 'missing'"),
        (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda: {"a": object()}, "the function's result can not be sent"),
        (lambda: {1, 2}, "the function's result can not be sent"),
    ],
)
def test_a_function_that_raises_or_returns_what_cannot_be_sent(
    weapp: Any, cloud: Any, handler: Callable[..., Any], words: str
) -> None:
    weapp.phone.cloud.function("bad", handler)
    with pytest.raises(TaroError) as caught:
        cloud.callFunction(name="bad").result()
    assert caught.value.errCode == -504002
    assert caught.value.errMsg.startswith(
        f"cloud.callFunction:fail Error: errCode: -504002 functions execute fail | errMsg: {words}"
    )
    assert weapp.phone.cloud.calls[-1].error is not None


async def test_a_function_that_hangs_is_ended_by_the_phones_clock(weapp: Any, cloud: Any) -> None:
    async def hang() -> None:
        await weapp.phone.clock.until(weapp.phone.clock.now() + 3600)

    weapp.phone.clock.stop()
    weapp.phone.cloud.function("hang", hang, timeout=20)
    promise = cloud.callFunction(name="hang")
    await weapp.phone.clock.advance(20)
    with pytest.raises(TaroError) as caught:
        await promise
    assert caught.value.errCode == -504003
    assert "Invoking task timed out after 20 seconds" in caught.value.errMsg


def test_a_function_that_is_not_there(cloud: Any) -> None:
    with pytest.raises(TaroError) as caught:
        cloud.callFunction(name="none").result()
    assert caught.value.errCode == -501000
    assert "errMsg: FunctionName parameter could not be found." in caught.value.errMsg


def test_nothing_is_called_before_init(weapp: Any) -> None:
    weapp.phone.cloud.function("f", lambda: 1)
    assert "please call wx.cloud.init first" in failure(weapp.cloud.callFunction(name="f"))


def test_an_environment_that_is_not_there(weapp: Any) -> None:
    weapp.phone.cloud.env = "real"
    weapp.phone.cloud.function("f", lambda: 1)
    weapp.cloud.init(env="imagined")
    assert "Environment not found" in failure(weapp.cloud.callFunction(name="f"))
    assert weapp.cloud.callFunction(name="f", config={"env": "real"}).result().result == 1


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({}, "parameter.name should be String instead of Undefined"),
        ({"name": 5}, "parameter.name should be String instead of Number"),
        ({"name": "f", "data": 5}, "parameter.data should be Object instead of Number"),
        ({"name": "f", "data": {"f": object()}}, "parameter.data can not be sent"),
    ],
)
def test_wrong_options_of_a_call(cloud: Any, options: dict[str, Any], fault: str) -> None:
    assert fault in failure(cloud.callFunction(options))


def test_without_a_network_nothing_is_called(weapp: Any, cloud: Any) -> None:
    weapp.phone.cloud.function("f", lambda: 1)
    weapp.phone.network.type = "none"
    assert failure(cloud.callFunction(name="f")).startswith("cloud.callFunction:fail request:fail")
    assert weapp.phone.cloud.calls == []


def test_a_folder_of_functions(weapp: Any, cloud: Any, tmp_path: Path) -> None:
    for name, result in (("one", 1), ("two", 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.py").write_text(f"def main(event, context):\n    return {result}\n", "utf-8")
    assert weapp.phone.cloud.functions(tmp_path) == ["one", "two"]
    assert [cloud.callFunction(name=name).result().result for name in ("one", "two")] == [1, 2]


def test_folders_without_functions_are_refused(weapp: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"index\.py"):
        weapp.phone.cloud.functions(tmp_path)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "index.py").write_text("def mian(event): ...\n", "utf-8")
    with pytest.raises(AttributeError, match="has no function main"):
        weapp.phone.cloud.functions(tmp_path)


def test_what_is_no_function_is_refused(weapp: Any) -> None:
    with pytest.raises(TypeError, match="a cloud function is a function"):
        weapp.phone.cloud.function("f", 5)
    with pytest.raises(ValueError, match="positive number of seconds"):
        weapp.phone.cloud.function("f", print, timeout=0)


def test_functions_call_each_other(weapp: Any, cloud: Any) -> None:
    async def outer(event: Any, context: Any) -> Any:
        inner = await context.cloud.callFunction(name="inner", data={"n": event.n})
        with pytest.raises(taropy.phone.CloudError) as caught:
            await context.cloud.callFunction(name="none")
        return [inner.result, caught.value.errCode]

    weapp.phone.cloud.function("outer", outer)
    weapp.phone.cloud.function("inner", lambda event: event.n + 1)
    assert cloud.callFunction(name="outer", data={"n": 1}).result().result == [2, -501000]


def test_a_fault_on_order_comes_in_place_of_the_call(weapp: Any, cloud: Any) -> None:
    weapp.phone.faults.fail("Cloud.callFunction", "timeout")
    weapp.phone.cloud.function("f", lambda: 1)
    assert failure(cloud.callFunction(name="f")) == "cloud.callFunction:fail timeout"
    assert cloud.callFunction(name="f").result().result == 1


def test_functions_come_back_with_a_snapshot(weapp: Any, cloud: Any) -> None:
    weapp.phone.cloud.function("f", lambda: 1)
    before = weapp.phone.snapshot()
    weapp.phone.cloud.function("f", lambda: 2)
    weapp.phone.restore(before)
    assert cloud.callFunction(name="f").result().result == 1


def test_calls_are_in_the_log() -> None:
    phone = Phone(log=True)
    with taropy.create("weapp", phone=phone) as t:
        phone.cloud.function("f", lambda: 1)
        t.cloud.init()
        t.cloud.callFunction(name="f").result()
        assert [call.api for call in phone.log] == ["cloud.init", "cloud.callFunction"]


# --- services -------------------------------------------------------------------------------------------------------


async def service(scope: Any, receive: Any, send: Any) -> None:
    """An ASGI app that tells who asked for what."""
    if scope["type"] != "http":
        return
    headers = dict(scope["headers"])
    body = (await receive()).get("body", b"").decode() or "null"
    told = f'{{"path": "{scope["path"]}", "by": "{headers[b"x-wx-openid"].decode()}", "got": {body}}}'
    await send({"type": "http.response.start", "status": 201, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": told.encode()})


@supporting("cloud")
def test_a_service_is_asked_and_told_who_asks(t: Any) -> None:
    mount = t.phone.cloud.service("api", service)
    t.cloud.init()
    header = {"X-WX-SERVICE": "api"}
    told = t.cloud.callContainer(path="/items", method="POST", data={"n": 1}, header=header).result()
    assert (told.statusCode, told.data.path, told.data.got) == (201, "/items", {"n": 1})
    assert len(told.data.by) > 10
    assert len(mount.calls) == 1


def test_the_only_service_need_not_be_named(weapp: Any, cloud: Any) -> None:
    weapp.phone.cloud.service("api", service)
    weapp.phone.network.domains = ["https://elsewhere.example"]
    assert cloud.callContainer(path="/").result().statusCode == 201


def test_a_service_that_is_not_there(weapp: Any, cloud: Any) -> None:
    assert "Invalid host" in failure(cloud.callContainer(path="/"))
    weapp.phone.cloud.service("api", service)
    assert "Invalid host" in failure(cloud.callContainer(path="/", header={"X-WX-SERVICE": "other"}))
    assert "parameter.path should be String" in failure(cloud.callContainer({}))
