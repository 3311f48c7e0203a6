"""HTTP/2, where an https server offers it: the connections of httpcore2, which the extra `http2` brings.

All requests to a server share one connection, until it ends. One that is given up while others go on is no longer read,
but the server is not told of it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from functools import cached_property
from typing import Any, NoReturn, Self, cast

import httpcore2

from ...core.urls import Url
from .connecting import connect
from .connection import Connection, Written
from .faults import NetError, name_of
from .outgoing import Outgoing
from .pool import Pool
from .reply import HIGH_WATER, Pairs, Response, wake

VERSIONS = ("http/1.1", "h2")
FAULTS = (httpcore2.NetworkError, httpcore2.ProtocolError)


class _Stream(Written, httpcore2.AsyncNetworkStream):
    """A connection as httpcore2 wants it: what has come in and was not read yet, and how it ended."""

    def __init__(self) -> None:
        super().__init__()
        self.transport: asyncio.Transport = cast(asyncio.Transport, None)
        self._parts: deque[bytes] = deque()
        self._size = 0
        self._ended = False
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next part as it came in, which may be longer than `max_bytes`; nothing at the end."""
        while not self._parts:
            if self._ended:
                return self._end()
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        part = self._parts.popleft()
        self._size -= len(part)
        if self._size < HIGH_WATER and not self.transport.is_closing():
            self.transport.resume_reading()
        return part

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends the bytes; waits while the peer is slow to take them."""
        if self.transport.is_closing():
            raise httpcore2.WriteError(self._error) from self._error
        self.transport.write(buffer)
        await self.taken()

    async def aclose(self) -> None:
        """Closes the connection at once: whatever was to be said has been, or does not matter any more."""
        self.transport.abort()

    def get_extra_info(self, info: str) -> Any:
        """Nothing that asyncio does not know by the same name."""
        return self.transport.get_extra_info(info)

    # --- what asyncio tells ---------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._parts.append(data)
        self._size += len(data)
        if self._size >= HIGH_WATER and self.transport is not None:
            self.transport.pause_reading()
        wake(self._waiter)

    def eof_received(self) -> bool:
        self._ended = True
        wake(self._waiter)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._error = True, exc
        wake(self._waiter)
        self.resume_writing()

    def _end(self) -> bytes:
        if self._error is not None:
            raise httpcore2.ReadError(self._error) from self._error
        return b""


class Http2Pool(Pool):
    """The connection to one server by HTTP/2; those by HTTP/1.1, if it turns out to know no other."""

    _shared: _Shared | None = None
    _knows_no_other = False

    @cached_property
    def _finding_out(self) -> asyncio.Lock:
        return asyncio.Lock()

    async def send(self, outgoing: Outgoing) -> Response:
        """Sends the request and waits for the head of the response, as `Pool.send` does. Raises `NetError`."""
        while (shared := await self._found()) is not None:
            kept = shared.answered
            try:
                return await shared.send(outgoing)
            except httpcore2.ConnectionNotAvailable:
                self._leave(shared)
            except NetError as error:
                if not (kept and self._may_resend(error)):
                    raise
                self._leave(shared)
        return await super().send(outgoing)

    def close_idle(self, since: float) -> bool:
        """Closes what has been idle since then; whether any is left."""
        shared = self._shared
        if shared is not None and shared.idle_since <= since:
            self._leave(shared)
        return super().close_idle(since) or self._shared is not None

    def close(self) -> None:
        """Closes all connections."""
        super().close()
        if self._shared is not None:
            self._leave(self._shared)

    async def _found(self) -> _Shared | None:
        """The connection that all share; None if the server knows HTTP/1.1 alone."""
        async with self._finding_out:
            too_long_ago = self._loop.time() - self._keep_alive
            if self._shared is not None and not (self._shared.is_open() and self._shared.idle_since > too_long_ago):
                self._leave(self._shared)
            if self._shared is None and not self._knows_no_other:
                await self._find_out()
        return self._shared

    async def _find_out(self) -> None:
        self._connecting += 1
        try:
            stream = await connect(_Stream(), self._url, self._proxy, self._tls, VERSIONS)
        finally:
            self._connecting -= 1
        if stream.transport.get_extra_info("ssl_object").selected_alpn_protocol() == "h2":
            self._shared = _Shared(stream, self._url, self._tell_idle)
            return
        self._knows_no_other = True
        connection = Connection(self)
        connection.connection_made(stream.transport)
        stream.transport.set_protocol(connection)
        self._open.add(connection)
        self.give(connection)

    def _leave(self, shared: _Shared) -> None:
        shared.close()
        if self._shared is shared:
            self._shared = None


class _Shared:
    """A connection that many requests use at once."""

    def __init__(self, stream: _Stream, url: Url, tell_idle: Callable[[], None]) -> None:
        self._place = (url.scheme.encode(), url.host.encode(), url.origin[2])
        self._stream = stream
        self._connection = httpcore2.AsyncHTTP2Connection(httpcore2.Origin(*self._place), stream)
        self._tell_idle = tell_idle
        self._loop = asyncio.get_running_loop()
        self._busy = 0
        self.answered: bool = False
        self._used = self._loop.time()

    @property
    def idle_since(self) -> float:
        """Since when nobody uses it; infinity if somebody does."""
        return float("inf") if self._busy else self._used

    def is_open(self) -> bool:
        """Whether it takes more requests."""
        return bool(self._connection.is_available()) and not self._stream.transport.is_closing()

    def close(self) -> None:
        """Closes it at once."""
        self._stream.transport.abort()

    async def send(self, outgoing: Outgoing) -> _Incoming:
        """Sends the request and waits for the head of the response."""
        self._busy += 1
        try:
            response = await self._connection.handle_async_request(self._request(outgoing))
        except FAULTS as error:
            self.left(alone=False)
            _raise(error)
        except BaseException:
            self.left(alone=True)
            raise
        self.answered = True
        return _Incoming(response, self)

    def left(self, *, alone: bool) -> None:
        """One that used it does so no longer; with `alone` it ends unless others do."""
        self._busy -= 1
        self._used = self._loop.time()
        if self._busy == 0:
            self.close() if alone else self._tell_idle()

    def _request(self, outgoing: Outgoing) -> httpcore2.Request:
        headers, body = list(outgoing.headers.values()), outgoing.body
        if "host" not in outgoing.headers:
            headers.insert(0, (b"Host", outgoing.url.netloc.encode()))
        if body is not None:
            headers.append((b"Content-Length", b"%d" % len(body)))
        scheme, host, port = self._place
        url = httpcore2.URL(scheme=scheme, host=host, port=port, target=outgoing.url.target)
        return httpcore2.Request(outgoing.method, url, headers=headers, content=b"" if body is None else body)


class _Incoming:
    """A response over HTTP/2."""

    protocol = "h2"

    def __init__(self, response: httpcore2.Response, shared: _Shared) -> None:
        self.status: int = response.status
        self.pairs: Pairs = response.headers
        self._closed = False
        self._response = response
        self._shared = shared
        self._parts = cast(AsyncIterator[bytes], aiter(cast(Any, response.stream)))

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        try:
            return await anext(self._parts)
        except StopAsyncIteration:
            await self._close(alone=False)
            raise
        except FAULTS as error:
            _raise(error)

    async def aclose(self) -> None:
        """No more of it is wanted."""
        await self._close(alone=True)

    async def _close(self, *, alone: bool) -> None:
        if not self._closed:
            self._closed = True
            await self._response.aclose()
            self._shared.left(alone=alone)


def _raise(error: Exception) -> NoReturn:
    """By the system's error, which `_Stream` puts into those of httpcore2."""
    if isinstance(error, httpcore2.LocalProtocolError):
        raise NetError("ERR_INVALID_ARGUMENT") from error
    if isinstance(error, httpcore2.RemoteProtocolError):
        early = "Server disconnected" in str(error)
        raise NetError("ERR_CONNECTION_CLOSED" if early else "ERR_INVALID_HTTP_RESPONSE") from error
    cause = error.args[0] if error.args else None
    raise NetError(name_of(cause if isinstance(cause, Exception) else None)) from error
