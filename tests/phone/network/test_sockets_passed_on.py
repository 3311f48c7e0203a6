"""Routed WebSockets whose handler leaves them to the next route, or to the real server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from listened import Ears, leaving_no_task, listening, opened, serving
from servers import unused_port

import taropy
from taropy import UnroutedRequestWarning
from taropy.phone import ServerSide
from taropy.testing import expect_unhandled

pytestmark = pytest.mark.anyio

CHAT = "wss://chat.example.com/live"


async def closed(taro: Any, url: str) -> Ears:
    ears = listening(await taro.connectSocket(url=url))
    await ears.until("Close")
    return ears


async def test_one_that_goes_on_to_the_real_server_speaks_with_that() -> None:
    with leaving_no_task():
        async with serving() as url, taropy.create("weapp") as taro:
            route = taro.phone.sockets.route(url, on_handshake=lambda side: side.continue_())
            taro.phone.sockets.unrouted = "fail"
            task, ears = await opened(taro, url)
            task.send(data="real")
            assert (await ears.until("Message")).data == "real"
            task.send(data=b"\x00" * 300_000)
            assert len((await ears.until("Message", 2)).data) == 300_000
            task.close(code=3001, reason="bye")
            assert (await ears.until("Close")).code == 3001
            route.assert_called(times=1)
            assert route.calls[0].messages == []
            assert repr(route.calls[0]).endswith("passed on>")


async def test_a_handler_may_be_async_and_decide_by_what_was_asked() -> None:
    async def on_handshake(side: ServerSide) -> Any:
        await side.sleep(0)
        if side.headers.get("X-Test") == "1":
            return None
        return side.continue_()

    async with serving() as url, taropy.create("weapp") as taro:
        taro.phone.sockets.route(url, on_handshake=on_handshake, messages=["routed"])
        task = await taro.connectSocket(url=url, header={"X-Test": "1"})
        assert (await listening(task).until("Message")).data == "routed"
        task, ears = await opened(taro, url)
        task.send(data="real")
        assert (await ears.until("Message")).data == "real"


async def test_one_that_is_left_to_the_next_route_is_answered_by_that() -> None:
    async with taropy.create("weapp") as taro:
        sockets = taro.phone.sockets
        sockets.unrouted = "fail"
        usual = sockets.route(CHAT, messages=["usual"], protocols=["v1"])
        left = [sockets.route(CHAT, on_handshake=lambda side: side.fallback()) for _ in range(2)]
        task = await taro.connectSocket(url=CHAT, protocols=["v1"])
        ears = listening(task)
        assert (await ears.until("Message")).data == "usual"
        assert usual.calls[0].protocol == "v1"
        task.send(data="heard")
        assert await usual.calls[0].receive() == "heard"
        for route in (usual, *left):
            route.assert_called(times=1)


async def test_without_another_route_it_goes_where_what_has_none_goes() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        sockets = taro.phone.sockets
        sockets.route(url, on_handshake=lambda side: side.fallback())
        task, ears = await opened(taro, url)
        task.send(data="real")
        assert (await ears.until("Message")).data == "real"
        sockets.unrouted = "fail"
        with pytest.warns(UnroutedRequestWarning, match="meets no route"):
            ears = await closed(taro, url)
        assert ears.events == ["Error", "Close"]


async def test_a_real_server_that_is_not_there_fails_as_without_routes() -> None:
    url = f"ws://127.0.0.1:{unused_port()}/"
    async with taropy.create("weapp") as taro:
        plain = await closed(taro, url)
        taro.phone.sockets.route(url, on_handshake=lambda side: side.continue_())
        passed = await closed(taro, url)
    assert [plain.events, plain.all("Error"), plain.all("Close")] == [
        passed.events, passed.all("Error"), passed.all("Close"),
    ]  # fmt: skip


async def test_what_goes_to_the_real_server_is_recorded(tmp_path: Path) -> None:
    file = tmp_path / "talk.har"
    async with serving() as url, taropy.create("weapp") as taro:
        with taro.phone.network.record(file):
            taro.phone.sockets.route(url, on_handshake=lambda side: side.continue_())
            task, ears = await opened(taro, url)
            task.send(data="real")
            await ears.until("Message")
            task.close()
            await ears.until("Close")
    assert '"real"' in file.read_text()


@pytest.mark.parametrize("handler", ["on_connect", "on_message"])
async def test_a_connection_that_is_open_cannot_be_passed_on(handler: str) -> None:
    async with taropy.create("weapp") as taro:
        handlers: Any = {handler: lambda side, *_: side.continue_()}
        taro.phone.sockets.route(CHAT, **handlers)
        async with expect_unhandled(TypeError, match="is for on_handshake to return"):
            task = await taro.connectSocket(url=CHAT)
            ears = listening(task)
            await ears.until("Open")
            task.send(data="x")
            assert (await ears.until("Close")).code == 1011
