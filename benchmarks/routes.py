"""Requests that a route answers, beside those that go over loopback; and few routes beside many."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Any

import taropy

from .measure import Result, at_least, by_turns_async, keep_large_blocks
from .network import SMALL, _one_by_one, _server

#: What a test needs a server for that there is no route for: an app, and something that serves it.
FIXTURE = 3.0
#: The least that speaks HTTP, in the same loop: what is left is the socket, the parser, and three turns of the loop.
LEAST = 1.2
MANY, FEW = 10_000, 10
SAME = 0.8
API = "https://api.example.com"
HEADERS = {"Content-Type": "application/json"}


def results() -> list[Result]:
    """A small request, by each way."""
    keep_large_blocks()
    return asyncio.run(_results())


async def _results() -> list[Result]:
    async with _clients() as (wire, few, many):
        with _fixture() as fixture:
            async with _server() as least:
                return [
                    await _beside(
                        "a routed request", few, (f"{API}/5", "a Starlette app, uvicorn"), wire, fixture, FIXTURE
                    ),
                    await _beside(
                        "a routed request", few, (f"{API}/5", "the least server"), wire, f"{least}/small", LEAST
                    ),
                    await _beside(
                        f"a request, {MANY:,} routes",
                        many,
                        (f"{API}/{MANY // 2}", f"{FEW} routes"),
                        few,
                        f"{API}/5",
                        SAME,
                    ),
                ]


async def _beside(name: str, ours: Any, how: tuple[str, str], theirs: Any, url: str, limit: float) -> Result:
    works = _one_by_one(lambda: ours.request(url=how[0])), _one_by_one(lambda: theirs.request(url=url))
    for work in works:
        await work(50)
    rates = [1e6 / cost for cost in await by_turns_async(*works, number=400)]
    return at_least(name, ("taropy", rates[0]), (how[1], rates[1]), limit, "/s")


@asynccontextmanager
async def _clients() -> AsyncIterator[list[Any]]:
    """Taro on three phones: without routes, with a few, with many."""
    with ExitStack() as stack:
        clients = [stack.enter_context(taropy.create("weapp")) for _ in range(3)]
        for taro, routes in zip(clients, (0, FEW, MANY), strict=True):
            for number in range(routes):
                taro.phone.network.route(f"{API}/{number}", body=SMALL, headers=HEADERS)
        yield clients


@contextmanager
def _fixture() -> Iterator[str]:
    """What testers write where there are no routes: an app behind a server in a thread of the test's process."""
    import threading

    import uvicorn
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Route

    async def small(request: Any) -> Response:
        return Response(SMALL, headers=HEADERS)

    config = uvicorn.Config(Starlette(routes=[Route("/small", small)]), port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/small"
    finally:
        server.should_exit = True
        thread.join()
