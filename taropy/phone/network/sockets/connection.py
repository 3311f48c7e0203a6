"""A WebSocket's connection: the protocol is `websockets`' (without its own transports), the transport is asyncio's.

The web's WebSocket standard (websockets.spec.whatwg.org) says which events come when, as on phones: `open` once; then
`message`s; `error` where the connection could not be made or broke; and, whatever happens, one `close` at the end.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

import attrs
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State

from ....loops import keep_under_way
from ...core.answers import Result
from ...core.app import App
from .faults import NOT_UTF8, QUEUE_FULL, TIMED_OUT, TRANSPORT, Fault, fault_of
from .handshake import Handshake
from .lane import Lane
from .link import Link
from .pipe import Pipe

try:
    from websockets.speedups import apply_mask as _mask
except ImportError:  # the same in Python, where no compiled one is to be had
    from websockets.utils import apply_mask as _mask

if TYPE_CHECKING:
    from ...core.faces import Phone

Tell = Callable[[str, Any], None]


class Watcher(Protocol):
    """Who looks on at a WebSocket."""

    def heard(self, event: str, told: Any) -> None:
        """The program is about to be told of an event."""

    def sent(self, data: str | bytes) -> None:
        """The program has sent a message."""


class ReadyState(IntEnum):
    """How far a WebSocket is, numbered as on the web."""

    CONNECTING = 0
    OPEN = 1
    CLOSING = 2
    CLOSED = 3


CONNECTING, OPEN, CLOSING, CLOSED = ReadyState
TEXT, BINARY, CONTINUED = Opcode.TEXT, Opcode.BINARY, Opcode.CONT

ABNORMAL = 1006
ABNORMAL_REASON = "abnormal closure"
# How long a server may take to end the connection once that is agreed, in seconds; Chromium's is the same.
GRACE = 2.0
# How much is read at once. asyncio itself makes room for 256 KiB each time, which costs more than a small message does.
READ_SIZE = 16 * 1024
# How frames begin that are no parts: those of messages, and the answer to a ping.
_WHOLE = 0b1000_0000
# That the content of a frame is masked, beside its length.
_MASKED = 0b1000_0000
WHOLE_TEXT, WHOLE_BINARY, PONG = _WHOLE | TEXT, _WHOLE | BINARY, bytes([_WHOLE | Opcode.PONG])
# Where the length of a frame should stand: it takes the two bytes that follow.
LONGER = 126
# A connection that can not be made is told of no sooner than one over a quick network would be: by then the program
# has its task, and has said who listens.
SOONEST = 0.005


@attrs.frozen
class Limits:
    """How many bytes the longest message may have that is taken, and how many may wait to be sent; None is any number.

    See `Sockets` for both.
    """

    message: int | None
    unsent: int | None


def masking_keys() -> Iterator[bytes]:
    """Keys of messages, which nobody can foretell. To ask the system for each takes longer than to mask a message."""
    while True:
        chance = os.urandom(64 * 4)
        yield from (chance[at : at + 4] for at in range(0, len(chance), 4))


class Connection(Link, asyncio.BufferedProtocol):
    """One WebSocket, from the first try to connect to its end. `tell` is called with each event and what it brings."""

    def __init__(self, phone: Phone, app: App, handshake: Handshake, limits: Limits, tell: Tell) -> None:
        super().__init__(phone, app)
        self.state: ReadyState = CONNECTING
        #: What the server has answered to the handshake.
        self.response: Response | None = None
        self._pipe: Pipe | None = None
        self._tell = tell
        self._watcher: Watcher | None = None
        self._protocol = handshake.protocol(limits.message)
        self._max_unsent = limits.unsent
        self._transport: asyncio.Transport | None = None
        self._inward = Lane(phone, up=False, hold=self._hold)
        self._outward = Lane(phone, up=True)
        self._incoming = memoryview(bytearray(READ_SIZE))
        self._keys = masking_keys()
        self._parts = bytearray()
        self._is_text = False
        # Whether a message has begun of which more is to come; and whether none has, and nothing else is left over.
        self._is_in_pieces = self._is_between = False
        self._max_whole = 2**16 if limits.message is None else limits.message
        # Whether the system takes no more to send for now; and the answer to the latest ping that has come since.
        self._is_clogged = False
        self._pong: bytes | None = None
        self._last_resort: asyncio.TimerHandle | None = None
        self._began = self._connected_at = phone.clock.now()
        self._opened: asyncio.Future[None] = self.loop.create_future()
        self._opening = phone.spawn(self._open(handshake), takes_time=handshake.is_answered)
        if handshake.is_answered:
            keep_under_way(self._opening)

    @property
    def is_routed(self) -> bool:
        """Whether a route stands for the server."""
        return self._pipe is not None and not self._pipe.leads_out

    def watch(self, watcher: Watcher) -> None:
        """Has someone look on, from the beginning."""
        tell, self._watcher = self._tell, watcher

        def heard(event: str, told: Any) -> None:
            watcher.heard(event, told)
            tell(event, told)

        self._tell = heard

    # --- what the program does ------------------------------------------------------------------------------------

    def send(self, data: str | bytes) -> None:
        """Sends a message: text, or bytes."""
        if not self.is_here:
            self.loop.call_soon_threadsafe(self.send, data)
            return
        if self._watcher is not None:
            self._watcher.sent(data)
        if self._outward.free and not self._is_clogged:
            self._send(data)
        elif self._is_full:
            self._give_up(QUEUE_FULL)
        else:
            self._outward.carry(len(data), partial(self._send, data))

    def close(self, code: int | None, reason: str) -> None:
        """Ends the connection: with a closing handshake if it is open; one that is not is given up.

        Without a code the server is told none, and one that is given up has broken, as in a browser.
        """
        if not self.is_here:
            self.loop.call_soon_threadsafe(self.close, code, reason)
        elif self.state == CONNECTING and code is not None:
            self._finish(code, reason)
        elif self.state == CONNECTING:
            self._give_up(TRANSPORT)
        elif self.state == OPEN:
            self.state = CLOSING
            self._outward.carry(0, partial(self._say_goodbye, code, reason))

    def _give_up(self, fault: Fault) -> None:
        """Breaks it by a task of its own, as in a browser: who caused that goes on before listeners are told."""
        if self.state < CLOSING:
            self.state = CLOSING
            self.loop.call_later(0, self.drop, fault)

    def drop(self, fault: Fault | None = None) -> None:
        transport = self._transport
        self._finish(ABNORMAL, ABNORMAL_REASON, fault)
        if transport is not None:
            transport.abort()

    @property
    def _is_full(self) -> bool:
        """Whether more waits to be sent than may."""
        unsent, transport = self._outward.load, self._transport
        if self._is_clogged and transport is not None:
            unsent += transport.get_write_buffer_size()
        return self._max_unsent is not None and unsent > self._max_unsent

    # --- opening --------------------------------------------------------------------------------------------------

    async def _open(self, handshake: Handshake) -> None:
        try:
            async with self.phone.clock.timeout(handshake.timeout):
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
        self.response = response
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
        self._pipe = transport if isinstance(transport, Pipe) else None
        if self.state == CLOSED:
            self._transport.abort()

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._incoming

    def buffer_updated(self, nbytes: int) -> None:
        if self.state == CLOSED:
            return
        protocol, data = self._protocol, self._incoming[:nbytes]
        if self._is_between:
            data = data[self._take_whole(data) :]
            if not data:
                return
        protocol.receive_data(bytes(data))
        self._flush()
        for event in protocol.events_received():
            if isinstance(event, Frame):
                self._take(event)
            elif isinstance(event, Response):
                self._inward.carry(0, partial(self._answered, event))
        if protocol.state is not State.OPEN:
            self._inward.carry(0, self._ending)
        self._is_between = protocol.state is State.OPEN and not protocol.reader.buffer and not self._is_in_pieces

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self.leave()
        if self._last_resort is not None:
            self._last_resort.cancel()
        if self.state != CLOSED:
            self._protocol.receive_eof()
            self._inward.carry(0, partial(self._ended, exc))

    def pause_writing(self) -> None:
        self._is_clogged = True

    def resume_writing(self) -> None:
        self._is_clogged = False
        if self._pong is not None and self._transport is not None:
            self._transport.write(self._pong)
        self._pong = None

    def _hold(self, held: bool) -> None:
        """Has the server wait while too much of what it has sent is on its way to the program."""
        if self._transport is not None:
            (self._transport.pause_reading if held else self._transport.resume_reading)()

    # --- messages -------------------------------------------------------------------------------------------------

    def _take_whole(self, data: memoryview) -> int:
        """Takes the messages at the beginning of `data` that are there as a whole; gives how many bytes they were.

        They are nearly all that ever comes. Whatever else does, the first that is not plain, is the protocol's affair.
        """
        start, end, longest, protocol = 0, len(data), self._max_whole, self._protocol
        while end - start >= 2:
            first, size, content = data[start], data[start + 1], start + 2
            if size == LONGER and end - start >= 4:
                size, content = data[start + 2] << 8 | data[start + 3], start + 4
            elif size >= LONGER:
                break
            after = content + size
            if (first != WHOLE_TEXT and first != WHOLE_BINARY) or after > end or size > longest:
                break
            self._is_text = first == WHOLE_TEXT
            start = after
            self._receive(data[content:after])
            if protocol.state is not State.OPEN:
                break
        return start

    def _take(self, frame: Frame) -> None:
        """Puts a message together of its frames; frames that control the connection are the protocol's affair."""
        opcode = frame.opcode
        if opcode is TEXT or opcode is BINARY:
            self._is_text = opcode is TEXT
            self._is_in_pieces = not frame.fin
            if frame.fin:
                self._receive(frame.data)
            else:
                self._parts += frame.data
        elif opcode is CONTINUED:
            self._is_in_pieces = not frame.fin
            self._parts += frame.data
            if frame.fin:
                parts, self._parts = self._parts, bytearray()
                self._receive(parts)

    def _receive(self, data: bytes | bytearray | memoryview) -> None:
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
        protocol, transport = self._protocol, self._transport
        if protocol.state is not State.OPEN or transport is None:
            return
        # What `protocol.send_text` does as well, by many steps: this is the path of every message.
        opcode, content = (TEXT, data.encode("utf-8", "replace")) if isinstance(data, str) else (BINARY, data)
        if len(content) < LONGER and not protocol.extensions:
            key = next(self._keys)
            transport.write(bytes((_WHOLE | opcode, _MASKED | len(content))) + key + _mask(content, key))
        else:
            transport.write(Frame(opcode, content).serialize(mask=True, extensions=protocol.extensions))

    def _flush(self) -> None:
        transport = self._transport
        for data in self._protocol.data_to_send():
            # An empty part stands for the end of what we send, which the end of the connection says as well.
            if not data or transport is None:
                continue
            if self._is_clogged and data.startswith(PONG):
                self._pong = data  # of several pings only the latest needs an answer, or a flood of them would pile up
            else:
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
            self._finish(int(protocol.close_rcvd.code), protocol.close_rcvd.reason)
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
