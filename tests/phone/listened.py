"""What tests of sockets share: servers that answer, and ears for what a socket tells."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from natively import PATIENCE
from servers import read_request
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.utils import accept_key

DESCRIPTORS = Path("/proc/self/fd")

SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\n"
UPGRADE = b"Upgrade: websocket\r\nConnection: Upgrade\r\n"

Writer = asyncio.StreamWriter
Reader = asyncio.StreamReader


class Ears:
    """Listens to events of a socket (`onOpen`, …) and remembers them in their order."""

    def __init__(self, socket: Any, *events: str, prefix: str = "on") -> None:
        self.heard: list[tuple[str, Any]] = []
        self._changed = asyncio.Event()
        for event in events:
            getattr(socket, f"{prefix}{event}")(self._ear(event))

    def _ear(self, event: str) -> Any:
        def hear(told: Any = None) -> None:
            self.heard.append((event, told))
            self._changed.set()

        return hear

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.heard]

    def all(self, event: str) -> list[Any]:
        """What was told with each `event`."""
        return [told for name, told in self.heard if name == event]

    async def until(self, event: str, times: int = 1) -> Any:
        """Waits until the event has come, or has come as often as that; gives what the last one told."""
        async with asyncio.timeout(PATIENCE):
            while len(found := self.all(event)) < times:
                self._changed.clear()
                await self._changed.wait()
        return found[times - 1]


def listening(task: Any) -> Ears:
    """Ears at a WebSocket."""
    return Ears(task, "Open", "Message", "Error", "Close")


async def opened(taro: Any, url: str, **options: Any) -> tuple[Any, Ears]:
    """An open WebSocket, and ears at it."""
    task = await taro.connectSocket(url=url, **options)
    ears = listening(task)
    await ears.until("Open")
    return task, ears


async def echo(connection: ServerConnection) -> None:
    """Gives back what comes."""
    try:
        async for message in connection:
            await connection.send(message)
    except ConnectionClosed:
        return


#: So many turns asyncio takes at most until the server knows a connection that it accepts, which it then closes too.
TURNS = 5


@asynccontextmanager
async def serving(talk: Any = echo, **options: Any) -> AsyncIterator[str]:
    """A WebSocket server on loopback, and its address."""
    async with serve(talk, "127.0.0.1", 0, **options) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"{'wss' if 'ssl' in options else 'ws'}://127.0.0.1:{port}/"
        for _ in range(TURNS):
            await asyncio.sleep(0)


async def shake_hands(reader: Reader, writer: Writer, *extra: bytes) -> None:
    """Says yes to a WebSocket."""
    received = await read_request(reader)
    assert received is not None
    key = accept_key(received.headers["sec-websocket-key"]).encode()
    lines = b"".join(line + b"\r\n" for line in (b"Sec-WebSocket-Accept: " + key, *extra))
    writer.write(SWITCHING + UPGRADE + lines + b"\r\n")
    await writer.drain()


def after_hands(said: bytes, then: Callable[[Writer], None] | None = None) -> Any:
    """A server that agrees, says the bytes, and then does that, or waits until the client has gone."""

    async def talk(reader: Reader, writer: Writer) -> None:
        await shake_hands(reader, writer)
        writer.write(said)
        await writer.drain()
        if then is None:
            await reader.read()
        else:
            then(writer)

    return talk


def descriptors() -> Sequence[str]:
    """The files and sockets that this process has open, where the system tells: Linux does."""
    return sorted(file.name for file in DESCRIPTORS.iterdir()) if DESCRIPTORS.exists() else []


@contextmanager
def leaving_no_task() -> Iterator[None]:
    """Checks that all tasks that are begun meanwhile have ended."""
    before = asyncio.all_tasks()
    yield
    assert asyncio.all_tasks() <= before
