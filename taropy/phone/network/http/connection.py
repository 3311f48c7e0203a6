"""HTTP/1.1 connections, straight on asyncio's transports, with a parser in C (httptools).

Timeouts are not kept here: a request has one for its whole life, which cancels whatever it waits for.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import aclosing
from typing import Protocol, Self, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from .faults import NetError, name_of
from .outgoing import Streamed
from .reply import HIGH_WATER, Pairs, wake

#: How long the head of a response may be, and what else is no body: as in Chromium.
LONGEST_HEAD = 256 * 1024
#: A body that is sent in one piece with the head.
SMALL = 64 * 1024


class Keeper(Protocol):
    """Who has connections, and hears of them."""

    def give(self, connection: Connection) -> None:
        """The connection is free for the next request."""

    def forget(self, connection: Connection) -> None:
        """The connection is of no use any more."""


class Incoming:
    """A response: its head, and the body as it comes in.

    The connection is free again as soon as all has come, whether anyone has read it or not; who wants no more of it
    before that calls `aclose`, which ends the connection.
    """

    protocol = "http/1.1"

    def __init__(self, connection: Connection) -> None:
        self.status = 0
        self.pairs: list[tuple[bytes, bytes]] = []
        self.ended: bool = False
        self._connection = connection
        self._parts: deque[bytes] = deque()
        self._size = 0
        self._error: NetError | None = None
        self._waiter: asyncio.Future[None] | None = None

    async def headed(self) -> None:
        """Waits for the head."""
        while not self.status:
            if self._error is not None:
                raise self._error
            self._waiter = self._connection.loop.create_future()
            await self._waiter

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        while not self._parts:
            if self._error is not None:
                raise self._error
            if self.ended:
                raise StopAsyncIteration
            self._waiter = self._connection.loop.create_future()
            await self._waiter
        part = self._parts.popleft()
        before, self._size = self._size, self._size - len(part)
        if before >= HIGH_WATER > self._size and not self.ended:
            self._connection.resume()
        return part

    async def aclose(self) -> None:
        """No more of it is wanted."""
        if not self.ended:
            self._connection.close()

    # --- what the connection tells --------------------------------------------------------------------------------

    def add(self, part: bytes) -> bool:
        """More of the body has come; whether it is so much by now that the server is to wait."""
        self._parts.append(part)
        self._size += len(part)
        return self._size >= HIGH_WATER

    def end(self, error: NetError | None = None) -> None:
        """All has come, or what was to come will not."""
        self._error = error
        self.ended = error is None
        self.wake()

    def wake(self) -> None:
        """There is something new."""
        wake(self._waiter)


class Written(asyncio.Protocol):
    """A connection that knows whether its peer is slow to take what is sent."""

    def __init__(self) -> None:
        self._writable: asyncio.Future[None] | None = None

    async def taken(self) -> None:
        """Waits while the peer is slow."""
        if self._writable is not None:
            await self._writable

    def pause_writing(self) -> None:
        self._writable = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        wake(self._writable)
        self._writable = None


class Connection(Written):
    """A connection to a server or a proxy, for one request at a time."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self.loop: asyncio.AbstractEventLoop = asyncio.get_running_loop()
        self._keeper = keeper
        self._transport = cast(asyncio.Transport, None)
        self._parser: HttpResponseParser
        self._renew_parser()
        self._incoming: Incoming | None = None
        self._without_body = False
        # Of the request and its response: what has been sent and come, and whether the server leaves it at that.
        self._sent = self._complete = self._keeps = self._surplus = self._paused = False
        # Whether anything of the response has come, and whether the connection was kept after an earlier one.
        self._heard = self._kept = False
        self._header_bytes = 0
        self.closed: bool = False
        self._ended_by = "ERR_CONNECTION_CLOSED"

    @property
    def stale(self) -> bool:
        """Whether it was kept, and nothing of a response to the request that was sent last has come."""
        return self._kept and not self._heard

    async def send(self, head: bytes, body: bytes | Streamed | None, *, without_body: bool = False) -> Incoming:
        """Sends a request and waits for the head of the response, which is without a body if that was asked for."""
        self._heard = False
        if self.closed:  # before anything was sent
            raise NetError(self._ended_by)
        incoming = self._incoming = Incoming(self)
        self._without_body = without_body
        self._sent = self._complete = self._surplus = False
        self._header_bytes = 0
        try:
            if body is None or isinstance(body, bytes):
                self._sent = True
                self._write(head, body)
            else:
                self._transport.write(head)
                await self._stream(body, incoming)
            await incoming.headed()
        except BaseException:
            self.close()
            raise
        return incoming

    def close(self) -> None:
        """Ends the connection at once: whatever was to be said has been, or does not matter any more."""
        if not self.closed:
            self.closed = True
            self._keeper.forget(self)
            if self._transport is not None:  # which is so at the beginning of TLS
                self._transport.abort()

    def resume(self) -> None:
        """Lets the server go on."""
        if self._paused and not self.closed:
            self._paused = False
            self._transport.resume_reading()

    def _write(self, head: bytes, body: bytes | None) -> None:
        if not body:
            self._transport.write(head)
        elif len(body) <= SMALL:
            self._transport.write(head + body)
        else:
            self._transport.write(head)
            self._transport.write(body)

    async def _stream(self, body: Streamed, incoming: Incoming) -> None:
        """Sends a body as it is read. A server that has heard enough is not told the rest: what it has said counts."""
        async with aclosing(aiter(body)) as parts:  # type: ignore[type-var]
            async for part in parts:
                if self.closed or self._transport.is_closing():
                    return
                self._transport.write(part)
                await self.taken()
        self._sent = True
        if incoming.ended:
            self.close()

    # --- what asyncio tells ---------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        incoming = self._incoming
        if incoming is None:  # a server that speaks unasked is not listened to
            self.close()
            return
        self._heard = True
        self._header_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            self._surplus = True
        except HttpParserError:
            if not self._complete:
                self._break("ERR_INVALID_HTTP_RESPONSE")
                return
            self._surplus = True
        if self._complete:
            self._release(incoming)
        elif self._header_bytes > LONGEST_HEAD:
            self._break("ERR_RESPONSE_HEADERS_TOO_BIG")
        elif incoming.status:
            incoming.wake()

    def eof_received(self) -> bool:
        incoming = self._incoming
        if incoming is None:
            self._ended_by = "ERR_EMPTY_RESPONSE"
            self.close()
        elif not incoming.status:
            self._break("ERR_EMPTY_RESPONSE")
        elif b"chunked" in _value(incoming.pairs, b"transfer-encoding").lower():
            self._break("ERR_INCOMPLETE_CHUNKED_ENCODING")
        elif _value(incoming.pairs, b"content-length"):
            self._break("ERR_CONTENT_LENGTH_MISMATCH")
        else:  # its end is the end of the body
            self._keeps = False
            self._release(incoming)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.closed:
            self.closed = True
            self._ended_by = name_of(exc)
            self._keeper.forget(self)
        incoming, self._incoming = self._incoming, None
        if incoming is not None:
            incoming.end(NetError(self._ended_by))
        self.resume_writing()
        del self._parser  # it knows the connection, which knows it

    # --- what the parser tells ------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        self._surplus = self._complete

    def on_header(self, name: bytes, value: bytes) -> None:
        incoming = self._incoming
        if incoming is not None and not incoming.status:  # the others are those behind a body in chunks
            incoming.pairs.append((name, value))

    def on_headers_complete(self) -> None:
        incoming = self._incoming
        status = self._parser.get_status_code()
        if incoming is None or self._complete or _is_interim(status):
            return
        incoming.status = status
        self._header_bytes = 0
        if self._without_body:
            self._keeps, self._complete = self._parser.should_keep_alive(), True

    def on_body(self, part: bytes) -> None:
        incoming = self._incoming
        if incoming is None or self._complete:
            self._surplus = True
            return
        self._header_bytes = 0
        if incoming.add(part) and not self._paused:
            self._paused = True
            self._transport.pause_reading()

    def on_message_complete(self) -> None:
        incoming = self._incoming
        if incoming is None or self._complete:
            return
        if not incoming.status:  # "100 Continue", and others that only announce the response
            incoming.pairs.clear()
            return
        self._keeps, self._complete = self._parser.should_keep_alive(), True

    # --- the end of a response ------------------------------------------------------------------------------------

    def _release(self, incoming: Incoming) -> None:
        """All of a response has come."""
        self._incoming = None
        self.resume()
        if self._without_body:
            self._renew_parser()
        if self._sent and self._keeps and not self._surplus and not self._transport.get_write_buffer_size():
            self._kept = True
            self._keeper.give(self)
        else:
            self.close()
        incoming.end()

    def _break(self, name: str) -> None:
        """The response is none, or not all of one."""
        incoming, self._incoming = self._incoming, None
        self.close()
        if incoming is not None:
            incoming.end(NetError(name))

    def _renew_parser(self) -> None:
        """A parser that expects a response, and takes what browsers take."""
        self._parser = HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(
            lenient_data_after_close=True, lenient_optional_cr_before_lf=True, lenient_spaces_after_chunk_size=True
        )


def _is_interim(status: int) -> bool:
    return status < 200 and status != 101


def _value(pairs: Pairs, name: bytes) -> bytes:
    return next((value for key, value in pairs if key.lower() == name), b"")
