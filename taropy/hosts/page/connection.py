"""One WebSocket connection to a page, with the protocol of `websockets` over a socket of our own.

A thread reads; whoever calls writes. So an answer goes the shortest way, from the socket to who waits for it.
"""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from websockets.exceptions import PayloadTooBig, WebSocketException
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from .large import LARGE, LargeMessages
from .wire import WireError

if TYPE_CHECKING:
    from .bridge import Bridge

#: After so many seconds without a word the page's browser is asked whether it is there; after as many again it is not.
HEARTBEAT = 20.0
READ = 1 << 20
DONE = 4000
REFUSED = 1002


class Connection:
    """What is sent to a page, by any thread. Its `large` messages cross beside it, if the page can fetch them."""

    def __init__(self, client: socket.socket, protocol: ServerProtocol, large: LargeMessages) -> None:
        self.large = large
        self._socket = client
        self._protocol = protocol
        self._frames: deque[str | bytes] = deque()
        self._state = threading.Lock()
        self._sending = threading.Lock()
        self._over = False
        client.settimeout(HEARTBEAT)

    def put(self, frames: Iterable[str | bytes]) -> None:
        """Has these frames sent by the next `push`; they are in the order in which they were put."""
        self._frames.extend(map(self._beside, frames) if self.large.works else frames)

    def _beside(self, frame: str | bytes) -> str | bytes:
        """What stands in the WebSocket for a frame."""
        if isinstance(frame, str) or len(frame) < LARGE:
            return frame
        return f'[["large",{self.large.keep(frame)}]]'

    def push(self) -> None:
        """Sends what has been put. `OSError` if there is no connection any more, or the page takes nothing."""
        with self._sending:
            while self._frames:
                frame = self._frames.popleft()
                with self._state:
                    if self._protocol.state is not State.OPEN:
                        raise ConnectionError("the connection is closed")
                    if isinstance(frame, str):
                        self._protocol.send_text(frame.encode())
                    else:
                        self._protocol.send_binary(frame)
                    data = self._protocol.data_to_send()
                self._write(data)

    def end(self, code: int, reason: str = "") -> None:
        """Says that it is over, and ends the connection."""
        with self._state:
            if self._protocol.state is State.OPEN:
                self._protocol.send_close(code, reason[:100])
        try:
            if self._sending.acquire(timeout=1):
                try:
                    self._flush()
                finally:
                    self._sending.release()
        except OSError:
            pass
        self.cut()

    def cut(self) -> None:
        """Ends the connection without a word; the thread that reads notices."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def frames(self) -> list[Frame] | None:
        """What has come; None if the connection is over. Waits, and asks whether the page is there."""
        if self._over:
            return None
        try:
            data = self._socket.recv(READ)
        except TimeoutError:
            with self._state:
                self._protocol.send_ping(b"")
            with self._sending:
                self._flush()
            data = self._socket.recv(READ)
        with self._state:
            if data:
                self._protocol.receive_data(data)
            else:
                self._protocol.receive_eof()
            frames = [event for event in self._protocol.events_received() if isinstance(event, Frame)]
            answers = self._protocol.data_to_send()
            is_over = not data or self._protocol.state is not State.OPEN
        if any(answers):
            with self._sending:
                self._write(answers)
        fault = self._protocol.parser_exc
        if isinstance(fault, PayloadTooBig):
            raise WireError(f"the page has sent a message of more than max_size={self.large.most} bytes")
        if fault is not None and not isinstance(fault, EOFError):
            raise WireError(f"the page has sent what is no WebSocket message: {fault}")
        self._over = is_over
        return frames

    def _flush(self) -> None:
        with self._state:
            data = self._protocol.data_to_send()
        self._write(data)

    def _write(self, data: list[bytes]) -> None:
        for each in data:
            if each:
                self._socket.sendall(each)


def receive(connection: Connection, bridge: Bridge) -> None:
    """Hands the page's messages to the bridge until the connection is over, however it ends."""
    reason = None
    parts: list[bytes] = []
    is_text = False
    try:
        while (frames := connection.frames()) is not None:
            for frame in frames:
                if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
                    parts, is_text = [], frame.opcode is Opcode.TEXT
                elif frame.opcode is not Opcode.CONT:
                    continue
                parts.append(bytes(frame.data))
                if frame.fin:
                    whole = parts[0] if len(parts) == 1 else b"".join(parts)
                    parts = []
                    bridge.take(connection, whole.decode() if is_text else whole)
    except UnicodeDecodeError:
        reason = "the page has sent a text that is none"
    except WireError as error:
        reason = str(error)
    except TimeoutError:
        reason = "the page does not answer any more"
    except (OSError, EOFError, WebSocketException):
        pass
    finally:
        if reason is not None:
            connection.end(REFUSED, reason)
        bridge.lose(connection, reason)
