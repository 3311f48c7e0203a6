"""A connection that never leaves the process: what a transport of asyncio's is to a socket, over memory.

It behaves as one over the loopback interface does: bytes arrive in a later turn of the loop, as much at once as a
socket is read; it takes as much as the system's buffers would before the sender is told to wait; and who does not read
holds the other side back.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from .lane import WINDOW

# From how many bytes on that have no room a protocol is told to send no more, and down to how few it may again; as
# asyncio's own transports have it.
MANY, FEW = 64 * 1024, 16 * 1024


class FarEnd(Protocol):
    """Who is at the other end of a pipe."""

    def received(self, data: bytes) -> None:
        """Bytes have come."""

    def has_room(self) -> None:
        """What was sent by `feed` has been read, as far as there is room for more."""

    def lost(self) -> None:
        """The connection is gone."""


class Pipe(asyncio.Transport):
    """The transport of `protocol`, whose bytes come from `far` and go there."""

    def __init__(self, protocol: asyncio.BufferedProtocol, far: FarEnd) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self._protocol = protocol
        self._far = far
        self._up, self._down = bytearray(), bytearray()
        self._is_pushing = self._is_pulling = False
        # Who reads none for now; and whether the protocol has been told to wait.
        self._far_holds = self._protocol_holds = self._is_full = False
        # That no more comes from either side, and why; and that the protocol has been told so.
        self._closing = self._ended = self._told = False
        self._error: Exception | None = None
        #: Whether a real server is at the other end after all.
        self.leads_out = False

    # --- what asyncio's transports do -----------------------------------------------------------------------------

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        if self._closing:
            return
        self._up += data
        self._push_later()
        if not self._is_full and self.get_write_buffer_size() > MANY:
            self._is_full = True
            self._protocol.pause_writing()

    def get_write_buffer_size(self) -> int:
        """How many bytes have no room on their way."""
        return max(0, len(self._up) - WINDOW)

    def pause_reading(self) -> None:
        self._protocol_holds = True

    def resume_reading(self) -> None:
        self._protocol_holds = False
        self._pull_later()

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        """Ends the connection when all that was written has gone out; nothing more is read."""
        self._closing = True
        self._down.clear()
        self._push_later()

    def abort(self) -> None:
        self._closing = True
        self._up.clear()
        self._down.clear()
        self._end()

    # --- what the far end does ------------------------------------------------------------------------------------

    def lead_to(self, far: FarEnd) -> None:
        """Has another far end from now on."""
        self._far = far

    def feed(self, data: bytes) -> None:
        """Sends bytes to the protocol."""
        if not (self._ended or self._closing):
            self._down += data
            self._pull_later()

    @property
    def has_room(self) -> bool:
        """Whether `feed` would not have to wait, if it were a server's."""
        return len(self._down) <= WINDOW

    def hold(self, held: bool) -> None:
        """Has the protocol's bytes wait, or no longer."""
        self._far_holds = held
        self._push_later()

    def end(self, error: Exception | None = None) -> None:
        """Ends the connection once the protocol has read what was sent, as a server does, or by an error."""
        self._error = error
        self._ended = True
        self._pull_later()

    # --- on the way -----------------------------------------------------------------------------------------------

    def _push_later(self) -> None:
        if not self._is_pushing:
            self._is_pushing = True
            self._loop.call_soon(self._push)

    def _push(self) -> None:
        self._is_pushing = False
        if self._up and not (self._far_holds or self._ended):
            data = bytes(self._up)
            self._up.clear()
            self._far.received(data)
        if self._is_full and self.get_write_buffer_size() < FEW:
            self._is_full = False
            self._protocol.resume_writing()
        if self._closing and (self._ended or not self._up):
            self._end()

    def _pull_later(self) -> None:
        if not self._is_pulling:
            self._is_pulling = True
            self._loop.call_soon(self._pull)

    def _pull(self) -> None:
        """Has the protocol read once."""
        self._is_pulling = False
        if self._protocol_holds or self._told:
            return
        if self._down:
            buffer = memoryview(self._protocol.get_buffer(-1))
            size = min(len(buffer), len(self._down))
            buffer[:size] = self._down[:size]
            del self._down[:size]
            self._protocol.buffer_updated(size)
            if self.has_room:
                self._far.has_room()
        if self._down:
            self._pull_later()
        elif self._ended:
            self._closing = True
            self._end()

    def _end(self) -> None:
        if not self._told:
            self._told = True
            self._loop.call_soon(self._lost)

    def _lost(self) -> None:
        self._protocol.connection_lost(self._error)
        self._far.lost()
