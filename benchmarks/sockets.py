"""A WebSocket's messages beside bare clients', against the same echo server.

The bare client is `websockets`, whose protocol the phone speaks; beside it stands `aiohttp`, which does in C what the
others do in Python. Server and clients share one loop: with two processes it is their taking turns that is measured.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, cast

from websockets.asyncio.client import connect
from websockets.frames import Frame, Opcode
from websockets.utils import accept_key

import taropy

from .measure import Result, at_least, by_turns_async, keep_large_blocks

MESSAGE = '{"type": "price", "symbol": "TEA", "value": 12.5}'
AT_ONCE = 100

Echo = Callable[[], Awaitable[object]]
#: Opens so many sockets to the server.
Client = Callable[[str, int], AbstractAsyncContextManager[list[Echo]]]


def results() -> list[Result]:
    """Small messages there and back, by one socket and by a hundred at once."""
    keep_large_blocks()
    return asyncio.run(_results())


async def _results() -> list[Result]:
    async with _server() as url:
        rounds = [(1, 1000, {"websockets": 0.9, "aiohttp": 0.7}), (AT_ONCE, 4000, {"websockets": 0.9, "aiohttp": 0.5})]
        return [result for each in rounds for result in await _beside(url, *each)]


async def _beside(url: str, sockets: int, number: int, limits: dict[str, float]) -> list[Result]:
    """So many messages by so many sockets; our rate must be so many times that of each peer at least."""
    async with AsyncExitStack() as stack:
        clients: dict[str, Client] = {"taropy": _ours, "websockets": _websockets, "aiohttp": _aiohttp}
        works = [_all(await stack.enter_async_context(client(url, sockets))) for client in clients.values()]
        costs = await by_turns_async(*works, number=number)
    ours, *peers = ((name, 1e6 / cost) for name, cost in zip(clients, costs, strict=True))
    return [at_least(f"WebSocket echo, sockets: {sockets}", ours, peer, limits[peer[0]], "/s") for peer in peers]


def _all(echoes: list[Echo]) -> Callable[[int], Awaitable[object]]:
    """Has each socket send its share of messages, one after the other's answer, all sockets at the same time."""

    async def share(echo: Echo, number: int) -> None:
        for _ in range(number):
            await echo()

    async def run(number: int) -> None:
        await asyncio.gather(*(share(echo, number // len(echoes)) for echo in echoes))

    return run


@asynccontextmanager
async def _ours(url: str, sockets: int) -> AsyncIterator[list[Echo]]:
    async with taropy.create("weapp") as taro:
        taro.phone.sockets.max_web_sockets = None
        yield [await _opened(taro, url) for _ in range(sockets)]


async def _opened(taro: Any, url: str) -> Echo:
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    task = await taro.connectSocket(url=url)
    task.onOpen(answer.set_result)
    task.onMessage(lambda message: answer.set_result(message.data))
    await answer

    async def echo() -> None:
        nonlocal answer
        answer = loop.create_future()
        task.send(data=MESSAGE)
        await answer

    return echo


@asynccontextmanager
async def _websockets(url: str, sockets: int) -> AsyncIterator[list[Echo]]:
    async with AsyncExitStack() as stack:
        # The server knows no goodbye.
        made = [connect(url, compression=None, close_timeout=0.1) for _ in range(sockets)]
        opened = [await stack.enter_async_context(each) for each in made]
        yield [_echoing(socket.send, socket.recv) for socket in opened]


@asynccontextmanager
async def _aiohttp(url: str, sockets: int) -> AsyncIterator[list[Echo]]:
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        opened = [await session.ws_connect(url, timeout=aiohttp.ClientWSTimeout(ws_close=0.1)) for _ in range(sockets)]
        yield [_echoing(socket.send_str, socket.receive) for socket in opened]
        await asyncio.gather(*(socket.close() for socket in opened))


def _echoing(send: Callable[[str], Awaitable[object]], receive: Echo) -> Echo:
    async def echo() -> None:
        await send(MESSAGE)
        await receive()

    return echo


@asynccontextmanager
async def _server() -> AsyncIterator[str]:
    server = await asyncio.get_running_loop().create_server(_Server, "127.0.0.1", 0)
    async with server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"


class _Server(asyncio.Protocol):
    """The least that speaks WebSocket, so that the clients are what is measured: one answer for each `MESSAGE`."""

    answer = Frame(Opcode.TEXT, MESSAGE.encode()).serialize(mask=False)
    asked = len(Frame(Opcode.TEXT, MESSAGE.encode()).serialize(mask=True))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._received = b""
        self._take = self._shake_hands

    def data_received(self, data: bytes) -> None:
        self._received += data
        self._take()

    def _shake_hands(self) -> None:
        head, _, self._received = self._received.partition(b"\r\n\r\n")
        key = next(line[len(_KEY) :] for line in head.decode().splitlines() if line.startswith(_KEY))
        self._transport.write(_ACCEPTED.format(accept_key(key)).encode())
        self._take = self._echo

    def _echo(self) -> None:
        number, left = divmod(len(self._received), self.asked)
        self._received = self._received[-left:] if left else b""
        self._transport.write(self.answer * number)


_KEY = "Sec-WebSocket-Key: "
_ACCEPTED = (
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n\r\n"
)
