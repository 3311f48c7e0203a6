"""TCP and TLS connections for the HTTP client's pool, straight on asyncio's transports.

The pool asks every idle connection before each request whether its server has left. Its own streams answer
that with a system call each, which makes a request after a burst of a hundred three times as slow as the first
one. These know it from the event loop, and so cost nothing to keep.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections import deque
from collections.abc import Iterable
from typing import Any, cast

import httpcore2

HIGH_WATER = 1024 * 1024


class Stream(asyncio.Protocol, httpcore2.AsyncNetworkStream):
    """One connection: what has come in and was not read yet, and how it ended.

    Timeouts are not kept here: a request has one for its whole life, which cancels whatever it waits for.
    """

    def __init__(self) -> None:
        self._transport = cast(asyncio.Transport, None)
        self._parts: deque[bytes] = deque()
        self._size = 0
        self._ended = False
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._writable: asyncio.Future[None] | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next part as it came in, which may be longer than `max_bytes`; nothing at the end."""
        while not self._parts:
            if self._ended:
                return self._end()
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        part = self._parts.popleft()
        self._size -= len(part)
        if self._size < HIGH_WATER and not self._transport.is_closing():
            self._transport.resume_reading()
        return part

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends the bytes; waits while the peer is slow to take them."""
        if self._transport.is_closing():
            raise httpcore2.WriteError(self._error) from self._error
        self._transport.write(buffer)
        if self._writable is not None:
            await self._writable

    async def aclose(self) -> None:
        """Closes the connection at once: whatever was to be said has been, or does not matter any more."""
        self._transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        """Goes on under TLS. Raises `httpcore2.ConnectError` when the handshake or the certificate fails."""
        loop = asyncio.get_running_loop()
        try:
            transport = await loop.start_tls(self._transport, self, ssl_context, server_hostname=server_hostname)
        except OSError as error:
            raise httpcore2.ConnectError(error) from error
        self._transport = cast(asyncio.Transport, transport)
        return self

    def get_extra_info(self, info: str) -> Any:
        """`is_readable`, `ssl_object`, `socket` and the addresses."""
        if info == "is_readable":
            return self._ended or bool(self._parts)
        return self._transport.get_extra_info(_INFO.get(info, info))

    # --- what asyncio tells the connection ------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._parts.append(data)
        self._size += len(data)
        if self._size >= HIGH_WATER:
            self._transport.pause_reading()
        _wake(self._waiter)

    def eof_received(self) -> bool:
        self._ended = True
        _wake(self._waiter)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._error = True, exc
        _wake(self._waiter)
        self.resume_writing()

    def pause_writing(self) -> None:
        self._writable = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        _wake(self._writable)
        self._writable = None

    def _end(self) -> bytes:
        if self._error is not None:
            raise httpcore2.ReadError(self._error) from self._error
        return b""


class Connector(httpcore2.AsyncNetworkBackend):
    """Makes the connections of a pool."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the first of the host's addresses that takes one. Raises `httpcore2.ConnectError`."""
        loop = asyncio.get_running_loop()
        try:
            # One address after the other: asyncio's "happy eyeballs" loses the socket when it is cancelled.
            _, stream = await loop.create_connection(Stream, host, port)
        except UnicodeError as error:
            # A host name with a part that is longer than names can be.
            raise httpcore2.ConnectError(socket.gaierror(str(error))) from error
        except OSError as error:
            raise httpcore2.ConnectError(_first_of(error)) from error
        return stream


def _first_of(error: OSError) -> OSError:
    """The first error of a host with several addresses, whose errors asyncio joins into one text."""
    found = re.search(r"\[Errno (\d+)\]", str(error)) if error.errno is None else None
    return OSError(int(found[1]), str(error)) if found else error


_INFO = {"client_addr": "sockname", "server_addr": "peername"}


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)
