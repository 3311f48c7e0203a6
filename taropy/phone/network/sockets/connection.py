"""A WebSocket's connection: the protocol is `websockets`' (without its own transports), the transport is asyncio's.

The web's WebSocket standard (websockets.spec.whatwg.org) says which events come when, as on phones: `open` once; then
`message`s; `error` where the connection could not be made or broke; and, whatever happens, one `close` at the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State

from ...core.answers import Result
from ...core.app import App
from .faults import NOT_UTF8, TIMED_OUT, TRANSPORT, Fault, fault_of
from .handshake import Handshake
from .lane import Lane
from .link import Link

if TYPE_CHECKING:
    from ...core.faces import Phone

Tell = Callable[[str, Any], None]


class ReadyState(IntEnum):
    """How far a WebSocket is, numbered as on the web."""

    CONNECTING = 0
    OPEN = 1
    CLOSING = 2
    CLOSED = 3


CONNECTING, OPEN, CLOSING, CLOSED = ReadyState

ABNORMAL = 1006
ABNORMAL_REASON = "abnormal closure"
# How long a server may take to end the connection once that is agreed, in seconds; Chromium's is the same.
GRACE = 2.0
# How much is read at once. asyncio itself makes room for 256 KiB each time, which costs more than a small message does.
READ_SIZE = 16 * 1024
# A connection that can not be made is told of no sooner than one over a quick network would be: by then the program
# has its task, and has said who listens.
SOONEST = 0.005


class Connection(Link, asyncio.BufferedProtocol):
    """One WebSocket, from the first try to connect to its end. `tell` is called with each event and what it brings."""

    def __init__(self, phone: Phone, app: App, handshake: Handshake, max_size: int | None, tell: Tell) -> None:
        super().__init__(phone, app)
        self.state: ReadyState = CONNECTING
        self._tell = tell
        self._protocol = handshake.protocol(max_size)
        self._transport: asyncio.Transport | None = None
        self._inward = Lane(phone, up=False)
        self._outward = Lane(phone, up=True)
        self._incoming = memoryview(bytearray(READ_SIZE))
        self._parts: list[bytes] = []
        self._is_text = False
        self._last_resort: asyncio.TimerHandle | None = None
        self._began = self._connected_at = phone.clock.now()
        self._opened: asyncio.Future[None] = self.loop.create_future()
        self._opening = phone.spawn(self._open(handshake))

    # --- what the program does ------------------------------------------------------------------------------------

    def send(self, data: str | bytes) -> None:
        """Sends a message: text, or bytes."""
        if not self.is_here:
            self.loop.call_soon_threadsafe(self.send, data)
        elif self._outward.free:
            self._send(data)
        else:
            self._outward.carry(len(data), partial(self._send, data))

    def close(self, code: int | None, reason: str) -> None:
        """Ends the connection: with a closing handshake if it is open; one that is not is given up.

        Without a code the server is told none, and one that is given up has broken, as in a browser.
        """
        if not self.is_here:
            self.loop.call_soon_threadsafe(self.close, code, reason)
        elif self.state == CONNECTING:
            self._give_up(code, reason)
        elif self.state == OPEN:
            self.state = CLOSING
            self._outward.carry(0, partial(self._say_goodbye, code, reason))

    def _give_up(self, code: int | None, reason: str) -> None:
        if code is not None:
            self._finish(code, reason)
            return
        # By a task of its own, as in a browser: who closes it goes on before listeners are told.
        self.state = CLOSING
        self.loop.call_later(0, self.drop, TRANSPORT)

    def drop(self, fault: Fault | None = None) -> None:
        transport = self._transport
        self._finish(ABNORMAL, ABNORMAL_REASON, fault)
        if transport is not None:
            transport.abort()

    # --- opening --------------------------------------------------------------------------------------------------

    async def _open(self, handshake: Handshake) -> None:
        try:
            async with asyncio.timeout(handshake.timeout):
                await self._reach(handshake)
                await self._opened
        except TimeoutError:
            self._fail(TIMED_OUT)
        except (OSError, ValueError, WebSocketException) as error:
            self._fail(fault_of(error))
        except asyncio.CancelledError:
            self.drop()
            raise

    async def _reach(self, handshake: Handshake) -> None:
        """Connects and sends the request, as far as the phone's network lets it."""
        network = self.phone.network
        if not network.online or network.lost():
            await asyncio.sleep(SOONEST)
            raise TimeoutError if network.online else ConnectionError
        await network.delay(0, up=True)
        await handshake.connect(self, network.tls)
        self._connected_at = self.phone.clock.now()
        self._outward.carry(0, self._flush)

    def _answered(self, response: Response) -> None:
        if self._protocol.handshake_exc is not None or self.state != CONNECTING:
            return
        self.state = OPEN
        self._opened.set_result(None)
        self._tell("open", {"header": _header(response), "profile": self._profile()})

    def _profile(self) -> Result:
        """Times of the opening, in milliseconds as WeChat has them; what is not measured counts as taking no time."""
        began, connected = self._began * 1000, self._connected_at * 1000
        now = self.phone.clock.now() * 1000
        return {
            "fetchStart": began,
            "domainLookUpStart": began,
            "domainLookUpEnd": began,
            "connectStart": began,
            "connectEnd": connected,
            "rtt": connected - began,
            "handshakeCost": now - connected,
            "cost": now - began,
        }

    # --- what asyncio tells ---------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self.state == CLOSED:
            self._transport.abort()

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._incoming

    def buffer_updated(self, nbytes: int) -> None:
        if self.state == CLOSED:
            return
        protocol = self._protocol
        protocol.receive_data(bytes(self._incoming[:nbytes]))
        self._flush()
        for event in protocol.events_received():
            if isinstance(event, Frame):
                self._take(event)
            elif isinstance(event, Response):
                self._inward.carry(0, partial(self._answered, event))
        if protocol.state is not State.OPEN:
            self._inward.carry(0, self._ending)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self.leave()
        if self._last_resort is not None:
            self._last_resort.cancel()
        if self.state != CLOSED:
            self._protocol.receive_eof()
            self._inward.carry(0, partial(self._ended, exc))

    # --- messages -------------------------------------------------------------------------------------------------

    def _take(self, frame: Frame) -> None:
        """Puts a message together of its frames; frames that control the connection are the protocol's affair."""
        if frame.opcode is Opcode.TEXT or frame.opcode is Opcode.BINARY:
            self._is_text = frame.opcode is Opcode.TEXT
            if frame.fin:
                self._receive(cast(bytes, frame.data))
            else:
                self._parts = [cast(bytes, frame.data)]
        elif frame.opcode is Opcode.CONT:
            self._parts.append(cast(bytes, frame.data))
            if frame.fin:
                self._receive(b"".join(self._parts))
                self._parts = []

    def _receive(self, data: bytes) -> None:
        try:
            message = str(data, "utf-8") if self._is_text else bytes(data)
        except UnicodeDecodeError:
            self._protocol.fail(1007)
            self._flush()
            self._inward.carry(0, partial(self._fail, NOT_UTF8))
            return
        if self._inward.free:
            self._told(message)
        else:
            self._inward.carry(len(data), partial(self._told, message))

    def _told(self, message: str | bytes) -> None:
        if self.state == OPEN or self.state == CLOSING:
            self._tell("message", message)

    def _send(self, data: str | bytes) -> None:
        protocol = self._protocol
        if protocol.state is not State.OPEN:
            return
        if isinstance(data, str):
            protocol.send_text(data.encode("utf-8", "replace"))
        else:
            protocol.send_binary(data)
        self._flush()

    def _flush(self) -> None:
        transport = self._transport
        for data in self._protocol.data_to_send():
            # An empty part stands for the end of what we send, which the end of the connection says as well.
            if data and transport is not None:
                transport.write(data)

    # --- the end --------------------------------------------------------------------------------------------------

    def _say_goodbye(self, code: int | None, reason: str) -> None:
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(code, reason)
            self._flush()
        self._wait_for_end()

    def _ending(self) -> None:
        """The protocol is not, or no longer, open: goes on if the server has said something that ends it."""
        error = self._protocol.handshake_exc or self._protocol.parser_exc
        if error is not None:
            self._fail(fault_of(error))
        elif self.state == OPEN:
            self.state = CLOSING
            self._wait_for_end()

    def _wait_for_end(self) -> None:
        """A server that does not end the connection soon is not waited for."""
        if self._transport is not None and self._last_resort is None:
            self._last_resort = self.loop.call_later(GRACE, self._transport.abort)

    def _ended(self, exc: Exception | None) -> None:
        protocol = self._protocol
        if self.state == CONNECTING:
            self._fail(fault_of(exc or protocol.handshake_exc))
        elif protocol.close_rcvd is not None:
            self._finish(protocol.close_rcvd.code, protocol.close_rcvd.reason)
        else:
            broke = exc is not None and self.state == OPEN
            self._finish(ABNORMAL, ABNORMAL_REASON, TRANSPORT if broke else None)

    def _fail(self, fault: Fault) -> None:
        self._finish(ABNORMAL, ABNORMAL_REASON, fault)

    def _finish(self, code: int, reason: str, fault: Fault | None = None) -> None:
        """Tells the program of the end, once, and lets the transport go."""
        before, self.state = self.state, CLOSED
        if before == CLOSED:
            return
        if asyncio.current_task() is not self._opening:
            self._opening.cancel()
        self._let_go()
        if fault is not None:
            self._tell("error", fault.opening() if before == CONNECTING else fault.open())
        self._tell("close", {"code": code, "reason": reason})

    def _let_go(self) -> None:
        if self._transport is None:
            self.leave()
        else:
            self._wait_for_end()
            self._transport.close()


def _header(response: Response) -> dict[str, str]:
    """The headers under the names that the server sent; values of a repeated one are joined by commas."""
    header: dict[str, str] = {}
    names: dict[str, str] = {}
    for key, value in response.headers.raw_items():
        name = names.setdefault(key.lower(), key)
        header[name] = f"{header[name]},{value}" if name in header else value
    return header
