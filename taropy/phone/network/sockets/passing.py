"""A routed WebSocket that its route leaves to others: to the next route, or to the real server."""

from __future__ import annotations

import asyncio
from enum import Enum
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .pipe import Pipe


class Passed(Enum):
    """What `on_handshake` returns that does not answer: where the WebSocket goes on to."""

    CONTINUE = "side.continue_()"
    FALLBACK = "side.fallback()"

    def __repr__(self) -> str:
        return self.value


class Relay(asyncio.Protocol):
    """Between the program's end of a pipe and a real server: bytes go both ways as they come."""

    def __init__(self, pipe: Pipe, said: bytes) -> None:
        self._pipe = pipe
        #: What the program has said and the server has still to hear.
        self._said = bytearray(said)
        self._transport: asyncio.Transport | None = None
        self._is_lost = False
        pipe.leads_out = True
        pipe.lead_to(self)

    # --- what the server's connection tells -------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._is_lost:
            self._transport.abort()
            return
        said, self._said = self._said, bytearray()
        self._transport.write(bytes(said))

    def data_received(self, data: bytes) -> None:
        self._pipe.feed(data)
        if self._transport is not None and not self._pipe.has_room:
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._pipe.end(exc)

    def pause_writing(self) -> None:
        self._pipe.hold(True)

    def resume_writing(self) -> None:
        self._pipe.hold(False)

    # --- what the pipe tells ----------------------------------------------------------------------------------------

    def received(self, data: bytes) -> None:
        if self._transport is None:
            self._said += data
        else:
            self._transport.write(data)

    def has_room(self) -> None:
        if self._transport is not None:
            self._transport.resume_reading()

    def lost(self) -> None:
        self._is_lost = True
        if self._transport is not None:
            self._transport.close()
