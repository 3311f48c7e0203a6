"""WebSockets to apps that a test has mounted: they are spoken with as behind a server."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from listened import Ears, leaving_no_task, listening, opened
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

import taropy
from taropy import UnroutedRequestWarning, spec
from taropy.testing import expect_unhandled

pytestmark = pytest.mark.anyio

API = "https://api.example.com"
WSS = "wss://api.example.com"
PLATFORMS = sorted(spec.supported_on("connectSocket"))


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message["code"], message.get("reason"))
            if message.get("text") is not None:
                await socket.send_text(f"echo {message['text']}")
            else:
                await socket.send_bytes(message["bytes"][::-1])
    except WebSocketDisconnect as end:
        socket.state.ended.append((end.code, end.reason))


async def about(socket: WebSocket) -> None:
    """What the app knows of the handshake."""
    await socket.accept(subprotocol="v1", headers=[(b"x-answer", b"yes")])
    await socket.send_json(
        {
            "url": str(socket.url),
            "query": dict(socket.query_params),
            "root_path": socket.scope["root_path"],
            "token": socket.headers.get("x-token"),
            "host": socket.headers["host"],
            "subprotocols": socket.scope["subprotocols"],
            "room": socket.path_params.get("room"),
        }
    )
    await socket.close(4000, "told")


async def closed(taro: Any, url: str, **options: Any) -> Ears:
    ears = listening(await taro.connectSocket(url=url, **options))
    await ears.until("Close")
    return ears


def app_of(*routes: Any) -> tuple[Starlette, list[Any]]:
    ended: list[Any] = []

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Any]]:
        yield {"ended": ended}
        ended.append("shut down")

    return Starlette(routes=list(routes), lifespan=lifespan), ended


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_an_app_answers_sockets_as_it_answers_requests(platform: str) -> None:
    app, ended = app_of(WebSocketRoute("/echo", echo), Route("/me", lambda request: JSONResponse({"name": "Ada"})))
    with leaving_no_task():
        async with taropy.create(platform) as taro:
            mount = taro.phone.network.mount(API, app)
            taro.phone.sockets.unrouted = "fail"
            task, ears = await opened(taro, f"{WSS}/echo")
            task.send(data="tea")
            assert (await ears.until("Message")).data == "echo tea"
            task.close()
            await ears.until("Close")
            await mount.sockets[0].wait_closed()
            await taropy.settled()
            mount.assert_called(times=1)
            assert taro.phone.network.unused == taro.phone.sockets.unused == []
        assert ended[0][0] == (1005 if platform in ("h5", "harmony-hybrid") else 1000)  # a page closes without a code


async def test_text_and_bytes_of_any_length_go_both_ways() -> None:
    app, _ = app_of(WebSocketRoute("/echo", echo))
    async with taropy.create("weapp") as taro:
        taro.phone.network.mount(API, app)
        task, ears = await opened(taro, f"{WSS}/echo")
        task.send(data="\N{SNOWMAN}" * 100_000)
        task.send(data=b"\x01\x02")
        await ears.until("Message", 2)
        assert [message.data for message in ears.all("Message")] == [f"echo {chr(0x2603) * 100_000}", b"\x02\x01"]


async def test_the_app_knows_what_was_asked_and_chooses_a_subprotocol() -> None:
    app, _ = app_of(WebSocketRoute("/rooms/{room}", about))
    async with taropy.create("weapp") as taro:
        taro.phone.network.mount(f"{API}/v2", app)
        task = await taro.connectSocket(
            url=f"{WSS}/v2/rooms/tea?page=2", header={"X-Token": "t1"}, protocols=["v0", "v1"]
        )
        ears = listening(task)
        end = await ears.until("Close")
        assert (end.code, end.reason) == (4000, "told")
        headers = {name.lower(): value for name, value in ears.all("Open")[0].header.items()}
        assert (headers["sec-websocket-protocol"], headers["x-answer"]) == ("v1", "yes")
        assert json.loads(ears.all("Message")[0].data) == {
            "url": f"{WSS}/v2/rooms/tea?page=2", "query": {"page": "2"}, "root_path": "/v2", "token": "t1",
            "host": "api.example.com", "subprotocols": ["v0", "v1"], "room": "tea",
        }  # fmt: skip


async def refuses(socket: WebSocket) -> None:
    await socket.close(4003)


async def denies(socket: WebSocket) -> None:
    await socket.send_denial_response(PlainTextResponse("who are you?", status_code=401))


@pytest.mark.parametrize(("handler", "status"), [(refuses, 403), (denies, 401), (None, 403)])
async def test_an_app_may_refuse_the_handshake(handler: Any, status: int) -> None:
    app, _ = app_of(*([WebSocketRoute("/x", handler)] if handler else []))
    async with taropy.create("weapp") as taro:
        taro.phone.network.mount(API, app)
        ears = await closed(taro, f"{WSS}/x")
        taro.phone.network.unroute()
        taro.phone.sockets.route(f"{WSS}/x", status=status)
        routed = await closed(taro, f"{WSS}/x")
        assert ears.events == ["Error", "Close"]
        assert ears.all("Error") == routed.all("Error")


async def breaks_before(socket: WebSocket) -> None:
    raise KeyError("before")


async def breaks_after(socket: WebSocket) -> None:
    await socket.accept()
    await socket.receive_text()
    raise KeyError("after")


async def forgets(socket: WebSocket) -> None:
    """Says nothing."""


@pytest.mark.parametrize(
    ("handler", "error", "events"),
    [
        (breaks_before, KeyError, ["Error", "Close"]),
        (breaks_after, KeyError, ["Open", "Close"]),
        (forgets, RuntimeError, ["Error", "Close"]),
    ],
)
async def test_what_the_app_raises_is_told_and_the_server_breaks(handler: Any, error: Any, events: list[str]) -> None:
    app, _ = app_of(WebSocketRoute("/x", handler))
    async with taropy.create("weapp") as taro:
        taro.phone.network.mount(API, app)
        async with expect_unhandled(error):
            task = await taro.connectSocket(url=f"{WSS}/x")
            ears = listening(task)
            task.onOpen(lambda _: task.send(data="x"))
            end = await ears.until("Close")
        assert ears.events == events
        assert end.code == (1011 if "Open" in events else 1006)
        assert isinstance(taro.phone.network.errors[0], error)


async def returns(socket: WebSocket) -> None:
    await socket.accept()


async def test_an_app_that_has_done_closes() -> None:
    app, _ = app_of(WebSocketRoute("/x", returns))
    async with taropy.create("weapp") as taro:
        taro.phone.network.mount(API, app)
        assert (await closed(taro, f"{WSS}/x")).all("Close")[0].code == 1000


async def test_an_app_that_cannot_start_refuses_connections() -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        raise OSError("no database")
        yield

    async with taropy.create("weapp") as taro:
        taro.phone.network.mount(API, Starlette(lifespan=lifespan))
        async with expect_unhandled():
            ears = await closed(taro, f"{WSS}/x")
        assert ears.events == ["Error", "Close"]


async def test_the_latest_of_routes_and_mounts_has_a_socket() -> None:
    app, _ = app_of(WebSocketRoute("/echo", echo))
    async with taropy.create("weapp") as taro:
        network, sockets = taro.phone.network, taro.phone.sockets
        before = sockets.route(f"{WSS}/echo", messages=["before"])
        network.mount(API, app)
        after = sockets.route(f"{WSS}/echo", messages=["after"], times=1)
        left = sockets.route(f"{WSS}/echo", on_handshake=lambda side: side.fallback(), times=1)
        assert (await listening(await taro.connectSocket(url=f"{WSS}/echo")).until("Message")).data == "after"
        left.assert_called(times=1)
        after.assert_called(times=1)
        task, ears = await opened(taro, f"{WSS}/echo")
        task.send(data="x")
        assert (await ears.until("Message")).data == "echo x"
        before.assert_not_called()
        network.unroute(API)
        assert (await listening(await taro.connectSocket(url=f"{WSS}/echo")).until("Message")).data == "before"


async def test_other_servers_sockets_are_not_the_apps() -> None:
    app, _ = app_of(WebSocketRoute("/echo", echo))
    async with taropy.create("weapp") as taro:
        taro.phone.network.mount(API, app, optional=True)
        taro.phone.sockets.unrouted = "fail"
        for url in ("ws://api.example.com/echo", "wss://other.example.com/echo"):
            with pytest.warns(UnroutedRequestWarning, match="meets no route"):
                await closed(taro, url)


async def test_the_end_of_the_phone_ends_the_apps_sockets() -> None:
    app, ended = app_of(WebSocketRoute("/echo", echo))
    with leaving_no_task():
        async with taropy.create("weapp") as taro:
            taro.phone.network.mount(API, app)
            await opened(taro, f"{WSS}/echo")
        assert ended[-1] == "shut down"
