"""Who is served, in which loop, and what becomes of what goes wrong."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import sys
import threading
from typing import Any

import pytest
from speaking import Client, Failed, connected, websockets

import taropy
from taropy.automation.server import Automation, PortTaken
from taropy.phone import Phone

pytestmark = pytest.mark.anyio


async def frame(client: Client, sent: str | bytes) -> Any:
    """What is answered to a frame as it is sent."""
    await client.socket.send(sent)
    return json.loads(await client.socket.recv())


@pytest.mark.parametrize(
    ("sent", "number", "told"),
    [
        ("{", None, "the frame is no JSON"),
        ("[1]", None, "the frame is no object"),
        ('"App.exit"', None, "the frame is no object"),
        (b"\xff\xfe", None, "the frame is no JSON"),
        ("[" * 100_000, None, "the frame is no JSON"),
        ('{"id": "7"}', "7", "the method unimplemented"),
        ('{"id": 7, "method": "App.fly"}', 7, "App.fly unimplemented"),
        ('{"id": 7, "method": ["App.exit"]}', 7, "the method unimplemented"),
        ('{"id": 7, "method": "App.exit", "params": [1]}', 7, "params should be an object"),
        ('{"id": 7, "method": "App.callWxMethod"}', 7, "method should be a string"),
        ('{"id": 7, "method": "App.callWxMethod", "params": {"method": "a", "args": 1}}', 7, "args should be an array"),
        ('{"id": 7, "method": "Page.getData", "params": {"pageId": 999}}', 7, "page destroyed"),
        ('{"id": 7, "method": "Tool.native", "params": {"method": "a", "data": 1}}', 7, "data should be an object"),
    ],
)  # fmt: skip
async def test_a_frame_that_asks_for_nothing_is_answered_and_the_next_one_too(
    client: Client, sent: str | bytes, number: Any, told: str
) -> None:
    answer = await frame(client, sent)
    assert (answer["id"], answer["error"]["message"]) == (number, told)
    assert (await client.page()).path == "pages/shop/index"


async def test_a_binary_frame_of_json_is_a_request_too(client: Client) -> None:
    assert await frame(client, b'{"id": 1, "method": "Tool.resetRemoteDebug"}') == {"id": 1, "result": {}}


async def test_requests_that_wait_keep_no_other_from_being_answered(client: Client) -> None:
    slow = await client.send("App.callFunction", functionDeclaration="() => new Promise(done => global.done = done)")
    assert (await client.page()).path == "pages/shop/index"
    await client.evaluate("() => done('at last')")
    assert await client.result(slow) == {"result": "at last"}


async def test_a_client_that_goes_in_the_middle_harms_no_other(tools: Automation) -> None:
    async with connected(tools.url) as gone, connected(tools.url) as client:
        await gone.send("App.callFunction", functionDeclaration="() => new Promise(done => global.done = done)")
        await gone.ask("App.mockWxMethod", method="login", result={"code": "mine"})
        gone.socket.transport.abort()
        await client.evaluate("() => done('too late')")
        assert await client.wx("login") == {"code": "mine", "errMsg": "login:ok"}


async def test_two_clients_are_served_and_both_hear_of_events(tools: Automation) -> None:
    async with connected(tools.url) as one, connected(tools.url) as other:
        await one.ask("App.addBinding", name="tell")
        await other.evaluate("() => tell('both')")
        for each in (one, other):
            assert (await each.event("App.bindingCalled"))["args"] == ["both"]


async def test_a_python_client_that_says_nothing_more_gets_its_last_answer_again(tools: Automation) -> None:
    """`minium` may have missed the first, and would find out a minute later."""
    async with websockets.connect(tools.url, origin=tools.url.replace("ws", "http", 1)) as socket_:
        await socket_.send('{"id": "1", "method": "Tool.resetRemoteDebug"}')
        assert await socket_.recv() == await socket_.recv() == '{"id":"1","result":{}}'


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://shop.example"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "shop.example"}, 421),
        ({"Host": "127.0.0.1.shop.example:9420", "Origin": "http://127.0.0.1.shop.example:9420"}, 421),
    ],
)
async def test_pages_of_browsers_are_not_served(tools: Automation, headers: dict[str, str], status: int) -> None:
    """Not from their own address, and not by a name of theirs that leads here."""
    reader, writer = await asyncio.open_connection("127.0.0.1", tools.port)
    told = {"Host": f"127.0.0.1:{tools.port}", "Upgrade": "websocket", "Connection": "Upgrade"}
    told |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version": "13", **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    writer.write(f"GET / HTTP/1.1\r\n{lines}\r\n".encode())
    assert (await reader.readline()).split()[1] == str(status).encode()
    writer.close()


async def test_it_listens_on_this_computer_alone(tools: Automation) -> None:
    assert tools._server is not None
    assert {each.getsockname()[0] for each in tools._server.sockets} == {"127.0.0.1"}


async def test_a_port_that_is_taken_is_named(tools: Automation) -> None:
    with taropy.create("weapp") as taro:
        with pytest.raises(PortTaken, match=f"cannot listen at 127.0.0.1:{tools.port}: it is in use"):
            async with taro.phone.devtools(port=tools.port):
                raise AssertionError
        assert taro.phone.person.ask is None


async def test_a_phone_without_an_app_says_so() -> None:
    async with Phone() as phone, phone.devtools() as tools, connected(tools.url) as client:
        with pytest.raises(Failed, match="no app is open on the phone"):
            await client.page()


@pytest.mark.parametrize("platform", ["alipay", "tt", "h5", "rn"])
async def test_an_app_on_another_platform_is_served_too(platform: str) -> None:
    import shop

    with taropy.create(platform) as taro:
        async with taro.phone.devtools(shop.app, taro=taro) as tools, connected(tools.url) as client:
            assert await client.ask("Tool.getInfo")
            page = await client.page()
            assert [await tea.text() for tea in await page.all(".tea")] == ["Longjing", "Tieguanyin"]
            assert await client.evaluate("() => [getApp().globalData.cart.length, typeof wx.navigateTo]") == [
                2,
                "function",
            ]
            await client.wx("navigateTo", {"url": "/pages/tea/index"})
            assert (await client.page()).path == "pages/tea/index"


async def test_an_app_that_was_never_launched_has_a_blank_page() -> None:
    with taropy.create("weapp") as taro:
        async with taro.phone.devtools() as tools, connected(tools.url) as client:
            page = await client.page()
            assert (page.path, await page.all("view")) == ("pages/index/index", [])
            assert await client.evaluate("() => __wxConfig.pages") == ["pages/index/index"]


async def test_nothing_is_left_when_it_has_closed() -> None:
    import shop

    before = set(asyncio.all_tasks()), threading.active_count(), list(logging.getLogger().handlers), sys.stdout
    async with taropy.create("weapp") as taro:
        phone = taro.phone
        async with phone.devtools(shop.app, taro=taro) as tools, connected(tools.url) as client:
            await client.ask("App.mockWxMethod", method="login", result={"code": "mine"})
            await client.ask("App.enableLog")
            await client.send("App.callFunction", functionDeclaration="() => new Promise(() => {})")
            await client.evaluate("() => void setInterval(() => {}, 1000)")
            await client.send("App.callWxMethod", method="showModal", args=[{"title": "Really?"}])
            await client.page()
        assert phone.person.ask is None
        assert not phone.system.in_devtools
        assert (await taro.login()).code != "mine"
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", tools.port), 1).close()
    await asyncio.sleep(0)
    after = set(asyncio.all_tasks()), threading.active_count(), list(logging.getLogger().handlers), sys.stdout
    assert after == before


def test_a_blocking_client_is_served_from_a_thread() -> None:
    import shop
    from websockets.sync.client import connect

    threads = threading.active_count()
    with Phone() as phone, phone.devtools(shop.app) as tools, connect(tools.url) as client:
        asked = {"method": "navigateTo", "args": [{"url": "/pages/tea/index"}]}
        client.send(json.dumps({"id": 1, "method": "App.callWxMethod", "params": asked}))
        assert json.loads(client.recv())["result"]["result"]["errMsg"] == "navigateTo:ok"
        assert phone.pages.routes == ["pages/shop/index", "pages/tea/index"]
    assert threading.active_count() == threads


def test_what_other_threads_do_to_the_phone_is_told_too() -> None:
    import shop
    from websockets.sync.client import connect

    with Phone() as phone, phone.devtools(shop.app) as tools, connect(tools.url) as client:

        def ask(method: str, **params: Any) -> Any:
            client.send(json.dumps({"id": 1, "method": method, "params": params}))
            return json.loads(client.recv(10))["result"]

        ask("App.enableLog")
        ask("App.addBinding", name="heard")
        text = "() => { wx.onAppRouteDone(done => heard(done.path)); wx.onThemeChange(told => heard(told.theme)) }"
        ask("App.callFunction", functionDeclaration=text)
        logging.getLogger("shop").error("sold out")
        assert json.loads(client.recv(10))["params"] == {"type": "error", "args": ["sold out"]}
        phone.pages.tap_tab(1)
        assert json.loads(client.recv(10))["params"] == {"name": "heard", "args": ["pages/mine/index"]}
        assert ask("App.getCurrentPage")["path"] == "pages/mine/index"


def test_a_thread_that_cannot_listen_says_so_where_it_was_asked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, Phone() as phone:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match="it is in use"), phone.devtools(port=port):
            raise AssertionError


def test_a_service_that_fails_in_its_thread_says_so_where_it_is_ended() -> None:
    with Phone() as phone:
        tools = phone.devtools()
        end = tools.target.end

        def fails() -> None:
            end()
            raise ValueError("out of tea")

        tools.target.end = fails  # type: ignore[method-assign]
        with pytest.raises(ValueError, match="out of tea"), tools:
            pass
        tools.close()


async def test_in_an_event_loop_a_thread_is_not_what_is_meant() -> None:
    with Phone() as phone, pytest.raises(RuntimeError, match=r"async with phone\.devtools"), phone.devtools():
        raise AssertionError


async def test_an_app_that_fails_as_it_is_launched_leaves_no_port_open() -> None:
    app = taropy.App(pages=["pages/index/index"])
    with Phone() as phone:
        tools = phone.devtools(app)
        with pytest.raises(taropy.ConfigError, match="no code declares"):
            await tools.open()
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", tools.port), 1).close()
