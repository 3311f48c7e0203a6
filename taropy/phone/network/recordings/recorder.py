"""`Recording`: what goes over the wire, kept in a HAR file."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import attrs

from ..http.decoding import decoded, decoders_of
from ..http.faults import NetError
from ..http.outgoing import Outgoing, Streamed
from ..http.reply import Pairs, Reply, Response, whole
from ..http.seam import Send
from ..routes.messages import sent_headers
from .masks import Masks
from .writing import ABORTED, TIMED_OUT, Entry, moment, no_response, request_of, response_of, written

if TYPE_CHECKING:
    from ...core.clock import Clock
    from ..sockets.connection import Connection
    from ..sockets.handshake import Handshake
    from .watching import WatchedSocket


class Recording:
    """Exchanges with real servers, from its making to `stop`, which writes them into `file`.

    As a context manager it stops at the end of the block, also where that fails. A phone that closes stops it as well.
    `entries` has the requests that have been kept so far, as they will be written; WebSockets come at the end.
    """

    #: Whether it is one, and no replay: for what `record_once` gives.
    is_recording = True

    def __init__(
        self,
        file: Path,
        clock: Clock,
        secrets: Collection[str],
        stopped: Callable[[Recording], None],
        *,
        empty: bool = True,
    ) -> None:
        self.file = file
        self.entries: list[Entry] = []
        self._masks = Masks(secrets)
        self._clock = clock
        self._stopped = stopped
        self._writes_empty = empty
        self._is_over = False
        self._sockets: list[WatchedSocket] = []

    def stop(self) -> None:
        """Ends it, and writes the file, in place of one that is there. A second call does nothing."""
        if self._is_over:
            return
        self._is_over = True
        self._stopped(self)
        self.entries += [entry for socket in self._sockets if (entry := socket.entry()) is not None]
        if self.entries or self._writes_empty:
            entries = sorted(self.entries, key=lambda entry: str(entry["startedDateTime"]))
            written(self.file, entries, self._masks)

    def look_on(self, connection: Connection, handshake: Handshake) -> None:
        """Keeps what is said over a WebSocket."""
        if not self._is_over:
            from .watching import WatchedSocket

            self._sockets.append(WatchedSocket(connection, handshake, self._clock, self._masks))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Recording into {self.file}, {len(self.entries)} exchanges>"

    async def __call__(self, outgoing: Outgoing, send: Send) -> Response:
        """Has a request sent, and looks on."""
        exchange = _Exchange(self._clock.now(), time.perf_counter(), outgoing)
        body = outgoing.body
        if body is not None and not isinstance(body, bytes):
            exchange.body = body = Copied(body)
            outgoing = attrs.evolve(outgoing, body=body)
        try:
            response = await send(outgoing)
        except NetError as error:
            self._keep_failed(exchange, f"net::{error.name}")
            raise
        except BaseException:  # its time is up, or the program has given it up
            self._keep_failed(exchange, exchange.given_up())
            raise
        exchange.headed = time.perf_counter()
        return Watched(response, lambda parts, error: self._keep(exchange, response, parts, error))

    def _keep_failed(self, exchange: _Exchange, error: str) -> None:
        exchange.headed = time.perf_counter()
        self._add(exchange, no_response(error))

    async def _keep(self, exchange: _Exchange, response: Response, parts: bytes, error: str) -> None:
        error = exchange.given_up() if error == ABORTED else error
        reply = Reply(response.status, response.pairs, 0.0)
        body = await _decoded(parts, reply.encodings)
        pairs = _texts(response.pairs)
        is_whole = not error and not 300 <= response.status < 400  # of redirects nobody reads the body
        transferred = len(parts) if is_whole else -1
        told = response_of(response.status, response.protocol, pairs, body, self._masks, transferred=transferred)
        self._add(exchange, {**told, "_error": error} if error else told)

    def _add(self, exchange: _Exchange, response: Entry) -> None:
        if self._is_over:
            return
        outgoing, body = exchange.outgoing, exchange.body
        content = bytes(body.copy) if isinstance(body, Copied) else body
        waited, received = exchange.headed - exchange.began, time.perf_counter() - exchange.headed
        request = request_of(outgoing.method, outgoing.url, _texts(sent_headers(outgoing)), content, self._masks)
        self.entries.append({
            "startedDateTime": moment(exchange.at),
            "time": _milliseconds(waited + received),
            "request": request,
            "response": response,
            "cache": {},
            "timings": {"send": 0, "wait": _milliseconds(waited), "receive": _milliseconds(received)},
        })  # fmt: skip


class _Exchange:
    """A request that is under way: when it began, by the phone's clock and really."""

    def __init__(self, at: float, began: float, outgoing: Outgoing) -> None:
        self.at = at
        self.began = self.headed = began
        self.outgoing = outgoing
        self.body: bytes | Copied | None = outgoing.body if isinstance(outgoing.body, bytes) else None

    def given_up(self) -> str:
        """Why it has no whole response, if nothing has failed."""
        return TIMED_OUT if time.perf_counter() - self.began >= self.outgoing.timeout * 0.99 else ABORTED


class Copied:
    """A body that is read while it is sent, and copied."""

    def __init__(self, body: Streamed) -> None:
        self._body = body
        self.copy = bytearray()

    def __len__(self) -> int:
        return len(self._body)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.copy.clear()
        async for part in self._body:
            self.copy += part
            yield part


class Watched:
    """A response whose parts are copied as they are read; `end` gets them, and what has gone wrong."""

    def __init__(self, response: Response, end: Callable[[bytes, str], Any]) -> None:
        self._response = response
        self._end: Callable[[bytes, str], Any] | None = end
        self._copy = bytearray()
        self._parts = self._read()

    @property
    def status(self) -> int:
        return self._response.status

    @property
    def pairs(self) -> Pairs:
        return self._response.pairs

    @property
    def protocol(self) -> str:
        return self._response.protocol

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._parts

    async def aclose(self) -> None:
        """No more of it is wanted, which of a redirect nothing is."""
        is_redirect = 300 <= self.status < 400
        try:
            await self._finish("" if is_redirect else ABORTED)
        finally:
            await self._parts.aclose()
            await self._response.aclose()

    async def _read(self) -> AsyncGenerator[bytes]:
        try:
            async for part in self._response:
                self._copy += part
                yield part
        except NetError as error:
            await self._finish(f"net::{error.name}")
            raise
        await self._finish("")

    async def _finish(self, error: str) -> None:
        end, self._end = self._end, None
        if end is not None:
            await end(bytes(self._copy), error)


async def _decoded(body: bytes, encodings: list[str]) -> bytes:
    """The body without its encodings; as it came, if that can't be."""
    try:
        return b"".join([part async for part in decoded(whole(body), decoders_of(encodings))])
    except NetError:
        return body


def _texts(pairs: Pairs) -> list[tuple[str, str]]:
    return [(_text(name), _text(value)) for name, value in pairs]


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 3)
