"""The servers of the soak, in a process of their own, so that what they hold does not count."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

PARTS, PART = 8, b"x" * 16_384


@contextmanager
def servers() -> Iterator[str]:
    """The address, as `127.0.0.1:4711`: HTTP under every path, and an echo over WebSocket at `/echo`."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()  # so that a process which does not get so far is no wait for ever
    try:
        yield f"127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


async def _answer(request: Request) -> Response:
    body = await request.body()
    return JSONResponse({"path": request.url.path, "received": len(body)}, headers={"set-cookie": "visited=1"})


async def _missing(request: Request) -> Response:
    return PlainTextResponse("there is nothing here", 404)


async def _parts(request: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(PARTS):
            yield PART

    return StreamingResponse(parts())


async def _never(request: Request) -> Response:
    """No answer until the client has gone."""
    while not await request.is_disconnected():  # noqa: ASYNC110 - which is how Starlette tells
        await asyncio.sleep(0.05)
    return Response()


async def _broken(request: Request) -> Response:
    async def half() -> AsyncIterator[bytes]:
        yield b"half of"

    return StreamingResponse(half(), headers={"content-length": "1000"})


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_text(await socket.receive_text())
    except WebSocketDisconnect:
        pass


def _serve(told: Connection) -> None:
    routes = [
        Route("/never", _never),
        Route("/broken", _broken),
        Route("/missing", _missing),
        Route("/parts", _parts),
        WebSocketRoute("/echo", _echo),
        Route("/{path:path}", _answer, methods=["GET", "POST"]),
    ]
    config = uvicorn.Config(Starlette(routes=routes), log_level="critical", lifespan="off", port=0)
    server = uvicorn.Server(config)

    async def main() -> None:
        listening = config.bind_socket()
        told.send(listening.getsockname()[1])
        await server.serve([listening])

    asyncio.run(main())
