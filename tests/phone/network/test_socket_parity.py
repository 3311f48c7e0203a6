"""What a program hears of a routed WebSocket is what it hears of a server on the wire: the same programs over both."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any, Protocol

import attrs
import pytest
from listened import Ears, listening, serving
from servers import reset
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

import taropy
from taropy import TaroError, spec
from taropy.phone import ServerSide

pytestmark = pytest.mark.anyio

EVERYWHERE = sorted(spec.supported_on("connectSocket"))
MEBIBYTE = 1024 * 1024


class Server(Protocol):
    """What both servers can."""

    async def send(self, data: str | bytes) -> None: ...
    async def receive(self) -> str | bytes: ...
    async def close(self, code: int | None, reason: str) -> None: ...
    def fail(self) -> None: ...


@attrs.frozen
class Wired:
    """A server of `websockets`."""

    connection: ServerConnection

    async def send(self, data: str | bytes) -> None:
        await self.connection.send(data)

    async def receive(self) -> str | bytes:
        return await self.connection.recv()

    async def close(self, code: int | None, reason: str) -> None:
        if code is None:
            self.connection.transport.write(b"\x88\x00")
            await self.connection.wait_closed()
        else:
            await self.connection.close(code, reason)

    def fail(self) -> None:
        reset(self.connection.transport)


@attrs.frozen
class Routed:
    """The server's side of a route."""

    side: ServerSide

    async def send(self, data: str | bytes) -> None:
        await self.side.send(data)

    async def receive(self) -> str | bytes:
        return await self.side.receive()

    async def close(self, code: int | None, reason: str) -> None:
        await self.side.close(code, reason)

    def fail(self) -> None:
        self.side.fail()


Talk = Callable[[Server], Awaitable[None]]
Program = Callable[[Any, str], Awaitable[Any]]


async def over_the_wire(platform: str, talk: Talk, program: Program, status: int | None, **options: Any) -> Any:
    """What the program gives that meets a server on loopback."""

    over = asyncio.Event()

    async def handler(connection: ServerConnection) -> None:
        talking = asyncio.ensure_future(talk(Wired(connection)))
        await asyncio.wait([talking, asyncio.ensure_future(over.wait())], return_when=asyncio.FIRST_COMPLETED)
        talking.cancel()
        try:
            await talking
            await connection.wait_closed()
        except (ConnectionClosed, asyncio.CancelledError):
            return

    def refuse(connection: ServerConnection, request: Any) -> Any:
        return None if status is None else connection.respond(HTTPStatus(status), "no")

    async with serving(handler, process_request=refuse, max_size=None, **options) as url:
        async with taropy.create(platform) as taro:
            given = await program(taro, url)
        over.set()
        return given


async def over_a_route(platform: str, talk: Talk, program: Program, status: int | None, **options: Any) -> Any:
    """What the program gives that meets a route."""
    async with taropy.create(platform) as taro:
        url = "ws://127.0.0.1:9/"  # where nobody is
        if status is None:
            protocols = options.get("subprotocols", ())
            taro.phone.sockets.route(url, on_connect=lambda side: talk(Routed(side)), protocols=protocols)
        else:
            taro.phone.sockets.route(url, status=status)
        return await program(taro, url)


async def same(platform: str, talk: Talk, program: Program, status: int | None = None, **options: Any) -> Any:
    """What the program gives, which has to be the same over both."""
    wire = await over_the_wire(platform, talk, program, status, **options)
    assert await over_a_route(platform, talk, program, status, **options) == wire
    return wire


def told(ears: Ears) -> list[Any]:
    """What a program has heard, without what is another each time."""
    return [(event, _plain(fields)) for event, fields in ears.heard]


def _plain(fields: Any) -> Any:
    plain = dict(fields)
    plain.pop("profile", None)
    for name in ("Date", "Server", "Sec-WebSocket-Accept"):
        plain.get("header", {}).pop(name, None)
    return plain


async def opening(taro: Any, url: str, **options: Any) -> tuple[Any, Ears]:
    task = await taro.connectSocket(url=url, **options)
    return task, listening(task)


def state(task: Any) -> Any:
    return getattr(task, "readyState", None)


# --- servers -------------------------------------------------------------------------------------------------------


async def echo(server: Server) -> None:
    while True:
        await server.send(await server.receive())


async def last_words(server: Server) -> None:
    await server.send("last words")
    await server.close(4002, "over")


async def without_a_word(server: Server) -> None:
    await server.close(None, "")


async def crash(server: Server) -> None:
    await server.send("before")
    await server.receive()
    server.fail()


async def until_tea(server: Server) -> None:
    while await server.receive() != "tea":
        await server.send("not that")
    await server.close(1000, "tea it is")


async def flood(server: Server) -> None:
    for number in range(200):
        await server.send(f"{number}:" + "x" * 5000)
    await server.close(1001, "enough")


async def too_long(server: Server) -> None:
    await server.send(b"x" * 1000)
    await server.send(b"x" * 3000)
    await server.receive()


async def read_nothing(server: Server) -> None:
    await asyncio.get_running_loop().create_future()


# --- programs ------------------------------------------------------------------------------------------------------


async def talks_and_closes(
    taro: Any, url: str, sent: Sequence[str | bytes] = ("hello", "\N{SNOWMAN}" * 30_000, "")
) -> Any:
    task, ears = await opening(taro, url)
    states = [state(task)]
    await ears.until("Open")
    states.append(state(task))
    for data in sent:
        await task.send(data=data)
    await ears.until("Message", len(sent))
    await task.close(code=3001, reason="\N{SNOWMAN} enough")
    states.append(state(task))
    await ears.until("Close")
    return [*states, state(task)], told(ears)


async def listens(taro: Any, url: str) -> Any:
    task, ears = await opening(taro, url)
    await ears.until("Close")
    return state(task), told(ears)


async def answers_once(taro: Any, url: str) -> Any:
    task, ears = await opening(taro, url)
    await ears.until("Message")
    await task.send(data="so what")
    await ears.until("Close")
    return state(task), told(ears)


async def asks_until(taro: Any, url: str) -> Any:
    task, ears = await opening(taro, url)
    await ears.until("Open")
    for data in ("coffee", "water", "tea"):
        await task.send(data=data)
    await ears.until("Close")
    return told(ears)


async def sends_bytes(taro: Any, url: str) -> Any:
    return await talks_and_closes(taro, url, (b"", b"\x00\xff" * 70_000, "text"))


async def sends_much(taro: Any, url: str) -> Any:
    """More than the server takes, and than may wait for it."""
    taro.phone.sockets.max_unsent_size = 16 * MEBIBYTE
    task, ears = await opening(taro, url)
    await ears.until("Open")
    for _ in range(60):
        task.send(data=b"x" * MEBIBYTE)
        await asyncio.sleep(0)
    await ears.until("Close")
    return state(task), told(ears)


async def takes_little(taro: Any, url: str) -> Any:
    taro.phone.sockets.max_message_size = 2000
    return await listens(taro, url)


async def loses_the_network(taro: Any, url: str) -> Any:
    task, ears = await opening(taro, url)
    await ears.until("Open")
    other, others = await opening(taro, url, multiple=True)
    taro.phone.network.type = "none"
    await ears.until("Close")
    await others.until("Close")
    late, nothing = await opening(taro, url, multiple=True)
    await nothing.until("Close")
    taro.phone.network.type = "wifi"
    await (await opening(taro, url))[1].until("Open")
    return [state(each) for each in (task, other, late)], told(ears), told(others), told(nothing)


async def is_told_late(taro: Any, url: str) -> Any:
    clock, network = taro.phone.clock, taro.phone.network
    task, ears = await opening(taro, url)
    await ears.until("Open")
    clock.stop()
    network.latency = 10
    heard = []
    for number in range(3):
        task.send(data=str(number))
    await asyncio.sleep(0.05)
    heard.append(ears.events)
    network.latency = 0
    clock.advance(10)
    await ears.until("Message", 3)
    task.close()
    await ears.until("Close")
    return heard, told(ears)


async def loses_the_opening(taro: Any, url: str) -> Any:
    taro.phone.network.loss = 1
    return await listens(taro, url)


async def is_not_allowed(taro: Any, url: str) -> Any:
    taro.phone.network.domains = {"socket": ["wss://elsewhere.example.com"]}
    with pytest.raises(TaroError) as raised:
        await taro.connectSocket(url=url)
    return raised.value.errMsg


async def opens_many(taro: Any, url: str) -> Any:
    """As many as there may be, one more, and one more when another has gone."""
    tasks, failed = [], []
    for _ in range(7):
        try:
            tasks.append(await opening(taro, url, multiple=True))
        except TaroError as error:
            failed.append(error.errMsg)
            continue
        await tasks[-1][1].until("Open")
    tasks[0][0].close()
    await tasks[0][1].until("Close")
    await (await opening(taro, url, multiple=True))[1].until("Open")
    return len(tasks), failed


async def chooses(taro: Any, url: str) -> Any:
    task, ears = await opening(taro, url, protocols=["v1", "v2"], perMessageDeflate=True)
    await ears.until("Open")
    task.send(data="tea " * 1000)
    await ears.until("Message")
    task.close()
    await ears.until("Close")
    return told(ears)


async def gives_up(taro: Any, url: str) -> Any:
    task, ears = await opening(taro, url, multiple=True)
    await task.close(code=3000, reason="never mind")
    await ears.until("Close")
    return state(task), told(ears)


async def uses_no_task(taro: Any, url: str) -> Any:
    ears = Ears(taro, "Open", "Message", "Error", "Close", prefix="onSocket")
    await taro.connectSocket(url=url)
    await ears.until("Open")
    sent = (await taro.sendSocketMessage(data="hello")).errMsg
    await ears.until("Message")
    closed = (await taro.closeSocket()).errMsg
    await ears.until("Close")
    return sent, closed, told(ears)


# --- both together -------------------------------------------------------------------------------------------------

ON_ALL: dict[str, tuple[Talk, Program]] = {
    "an echo": (echo, talks_and_closes),
    "last words": (last_words, listens),
    "no last words": (without_a_word, listens),
    "a crash": (crash, answers_once),
    "an end in the middle": (until_tea, asks_until),
    "a flood": (flood, listens),
    "a long message": (too_long, takes_little),
    "no network": (echo, loses_the_network),
    "a slow network": (echo, is_told_late),
    "a lost opening": (echo, loses_the_opening),
    "domains": (echo, is_not_allowed),
    "many": (echo, opens_many),
    "given up": (echo, gives_up),
}


# Alipay has no list of domains for sockets.
CASES = [(platform, case) for platform in EVERYWHERE for case in ON_ALL if (platform, case) != ("alipay", "domains")]


@pytest.mark.parametrize(("platform", "case"), CASES)
async def test_a_program_hears_the_same_on_every_platform(platform: str, case: str) -> None:
    await same(platform, *ON_ALL[case])


@pytest.mark.parametrize("platform", [each for each in EVERYWHERE if each != "harmony"])  # which sends none
async def test_bytes_are_the_same(platform: str) -> None:
    await same(platform, echo, sends_bytes)


@pytest.mark.parametrize("platform", EVERYWHERE)
@pytest.mark.parametrize("status", [200, 302, 401, 404, 503])
async def test_a_refused_handshake_is_the_same(platform: str, status: int) -> None:
    await same(platform, echo, listens, status)


async def test_a_choice_of_subprotocols_and_compression_is_the_same() -> None:
    heard = await same("weapp", echo, chooses, subprotocols=["v2", "v1"])
    header = heard[0][1]["header"]
    assert header["Sec-WebSocket-Protocol"] == "v2"
    assert "permessage-deflate" in header["Sec-WebSocket-Extensions"]


async def test_what_a_server_does_not_read_is_the_same() -> None:
    _, heard = await same("weapp", read_nothing, sends_much)
    assert [event for event, _ in heard] == ["Open", "Error", "Close"]
    assert heard[1][1]["errMsg"] == "send fail: _code:2,_msg:send queue full"


@pytest.mark.parametrize("platform", sorted(spec.supported_on("sendSocketMessage")))
async def test_the_global_functions_are_the_same(platform: str) -> None:
    await same(platform, echo, uses_no_task)
