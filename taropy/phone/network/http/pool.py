"""The connections to one server: taken and given back at the same cost, however many there are."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from math import inf

from ...core.urls import Url
from .connecting import connect, for_proxy
from .connection import Connection
from .faults import NetError
from .headers import header_lines
from .outgoing import Outgoing, encoded
from .reply import Response

#: How many connections a server gets at most; more requests wait for one. No vendor tells a number: this is as many as
#: aiohttp makes, more than keep a server busy, and few enough for what systems let a process open.
MOST = 100

#: How a connection ends whose server has closed it: Chromium's `HttpNetworkTransaction::HandleIOError`.
LEFT = frozenset({"ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_EMPTY_RESPONSE"})

# A connection that was given back no longer ago than this, in seconds, is taken without another look.
_AT_HAND = 0.1
# How many turns of the loop it takes until it has told all that came in before: it asks the system, then the transport
# hears of it, then the connection.
_TURNS = 3


class Pool:
    """Keeps what is open to the server of a url, and opens more when all of that is busy.

    The connection that was given back last is taken first, so that those that are too many grow old.
    """

    def __init__(
        self,
        url: Url,
        proxy: Url | None,
        tls: ssl.SSLContext | None,
        keep_alive: float,
        idle: Callable[[], None],
    ) -> None:
        """`tls` are the rules for https; `idle` is told when a connection has nothing to do.

        One that has had nothing to do for `keep_alive` seconds is not used again.
        """
        self._url = url
        self._proxy = proxy
        self._tls = tls
        self._by_proxy = proxy if tls is None else None
        self._keep_alive = keep_alive
        self._tell_idle = idle
        self._open: set[Connection] = set()
        self._connecting = 0
        self._idle: dict[Connection, float] = {}
        #: Made when the first one has to wait: an empty deque is as large as all the rest of a pool.
        self._waiting: deque[asyncio.Future[Connection | None]] | None = None
        self._looking: asyncio.Event | None = None
        self._loop = asyncio.get_running_loop()
        self._closed = False

    async def send(self, outgoing: Outgoing) -> Response:
        """Sends the request and waits for the head of the response. Raises `NetError`.

        A server may close a connection while a request is on its way to it. So one that was kept and ends before a
        byte of the response has come is no failure: the request, whatever its method, is sent again, as Chromium does.
        """
        head = self._head(outgoing)
        without_body = outgoing.method in ("HEAD", "CONNECT")
        while True:
            connection = self._free(min(_AT_HAND, self._keep_alive)) or await self._take()
            try:
                return await connection.send(head, outgoing.body, without_body=without_body)
            except NetError as error:
                if not (connection.stale and self._may_resend(error)):
                    raise

    def give(self, connection: Connection) -> None:
        """The connection is free."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return
        if self._closed:
            connection.close()
            return
        self._idle[connection] = self._loop.time()
        self._tell_idle()

    def forget(self, connection: Connection) -> None:
        """The connection has ended."""
        self._open.discard(connection)
        self._idle.pop(connection, None)
        self._let_one_connect()

    def close_idle(self, since: float) -> bool:
        """Closes the connections that have been idle since then; whether any are left."""
        for connection in [connection for connection, began in self._idle.items() if began <= since]:
            connection.close()
        return bool(self._open or self._connecting)

    def close(self) -> None:
        """Closes all connections; those that are being made end with their requests."""
        self._closed = True
        for connection in tuple(self._open):
            connection.close()

    def _may_resend(self, error: NetError) -> bool:
        """Whether the end of a connection that was kept leaves a request to be sent again."""
        return error.name in LEFT and not self._closed

    def _free(self, within: float = inf) -> Connection | None:
        """The connection that was given back last, unless that is so many seconds ago."""
        if not self._idle:
            return None
        connection, began = self._idle.popitem()
        if self._loop.time() - began < within:
            return connection
        self._idle[connection] = began
        return None

    async def _take(self) -> Connection:
        if self._idle:
            await self._look_at_idle()
        while True:
            free = self._free()
            if free is not None:
                return free
            if len(self._open) + self._connecting < MOST:
                return await self._connected()
            found = await self._wait()
            if found is not None and not found.closed:
                return found

    async def _look_at_idle(self) -> None:
        """Drops what is too old, and what a server has closed. The loop may have stood still and know of neither.

        One look is for all who come meanwhile: it takes some turns, and there may be thousands.
        """
        if self._looking is not None:
            await self._looking.wait()
            return
        self._looking = looking = asyncio.Event()
        try:
            self.close_idle(self._loop.time() - self._keep_alive)
            for _ in range(_TURNS):
                await asyncio.sleep(0)
        finally:
            self._looking = None
            looking.set()

    async def _wait(self) -> Connection | None:
        """Waits for a connection, or None for the leave to make one."""
        waiter: asyncio.Future[Connection | None] = self._loop.create_future()
        if self._waiting is None:
            self._waiting = deque()
        self._waiting.append(waiter)
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                found = waiter.result()
                self._let_one_connect() if found is None else self.give(found)
            raise

    async def _connected(self) -> Connection:
        self._connecting += 1
        try:
            connection = await connect(Connection(self), self._url, self._proxy, self._tls)
        finally:
            self._connecting -= 1
            if self._waiting:
                self._loop.call_soon(self._let_one_connect)
        self._open.add(connection)
        return connection

    def _let_one_connect(self) -> None:
        while self._waiting and len(self._open) + self._connecting < MOST:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return

    def _head(self, outgoing: Outgoing) -> bytes:
        """What goes out before the body."""
        url, body, headers = outgoing.url, outgoing.body, outgoing.headers
        host = "" if "host" in headers else f"Host: {url.netloc}\r\n"
        target = url.target
        if self._by_proxy is not None:
            target = f"{url.scheme}://{url.netloc}{target}"
            headers = {**headers, **encoded(for_proxy(self._by_proxy))}
        lines = header_lines(tuple(headers.values()))
        length = "" if body is None else f"Content-Length: {len(body)}\r\n"
        return b"%b%b%b\r\n" % (f"{outgoing.method} {target} HTTP/1.1\r\n{host}".encode(), lines, length.encode())
