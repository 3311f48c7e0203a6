"""`Taro.request` beside aiohttp, against the same loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

import taropy

from .measure import Result, at_least, by_turns_async, keep_large_blocks

SMALL = b'{"ok": true, "items": [1, 2, 3]}'
LARGE = b"x" * 10_000_000

RATIO = 0.8
PEER = "aiohttp"

Work = Callable[[int], Awaitable[object]]


def results() -> list[Result]:
    """Small requests, one, a hundred and a thousand in flight, and the bytes of a large body."""
    keep_large_blocks()
    return asyncio.run(_results())


async def _results() -> list[Result]:
    measured: list[Result] = []
    async with _server() as url, aiohttp.ClientSession() as client:
        with taropy.create("weapp") as taro:
            works = _works(taro, client, url)
            for name, ours, bare, number, unit in works:
                await ours(number), await bare(number)  # opens the connections
                each = 1e6 if unit == "/s" else 1e7
                rates = [each / cost for cost in await by_turns_async(ours, bare, number=number)]
                measured.append(at_least(name, ("taropy", rates[0]), (PEER, rates[1]), RATIO, unit))
            _, hundred, thousand, _ = (ours for _, ours, *_ in works)
            rates = [1e6 / cost for cost in await by_turns_async(thousand, hundred, number=2000)]
            name = "Taro.request, 1000 in flight beside 100"
            measured.append(at_least(name, ("1000", rates[0]), ("100", rates[1]), RATIO, "/s"))
    return measured


def _works(taro: Any, client: aiohttp.ClientSession, url: str) -> list[tuple[str, Work, Work, int, str]]:
    async def ours() -> Any:
        return (await taro.request(url=f"{url}/small")).data

    async def bare() -> Any:
        async with client.get(f"{url}/small") as response:
            return await response.json()

    async def ours_large() -> Any:
        return (await taro.request(url=f"{url}/large", responseType="arraybuffer")).data

    async def bare_large() -> Any:
        async with client.get(f"{url}/large") as response:
            return await response.read()

    return [
        ("Taro.request, 1 in flight", _one_by_one(ours), _one_by_one(bare), 500, "/s"),
        ("Taro.request, 100 in flight", _together(ours, 100), _together(bare, 100), 2000, "/s"),
        ("Taro.request, 1000 in flight", _together(ours, 1000), _together(bare, 1000), 2000, "/s"),
        ("Taro.request, body of 10 MB", _one_by_one(ours_large), _one_by_one(bare_large), 6, "MB/s"),
    ]


def _one_by_one(work: Callable[[], Awaitable[object]]) -> Work:
    async def run(number: int) -> None:
        for _ in range(number):
            await work()

    return run


def _together(work: Callable[[], Awaitable[object]], at_once: int) -> Work:
    async def run(number: int) -> None:
        for _ in range(number // at_once):
            await asyncio.gather(*(work() for _ in range(at_once)))

    return run


@asynccontextmanager
async def _server() -> AsyncIterator[str]:
    """The least that speaks HTTP, so that the clients are what is measured."""
    answers = {b"/small": _answer(b"application/json", SMALL), b"/large": _answer(b"application/octet-stream", LARGE)}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(answers[head.split(b" ", 2)[1]])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    connections: set[asyncio.StreamWriter] = set()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.close()
        for writer in connections:
            writer.close()
        await server.wait_closed()
        await asyncio.sleep(0)


def _answer(kind: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (kind, len(body), body)
