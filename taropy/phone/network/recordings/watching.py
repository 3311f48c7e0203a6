"""What is said over a WebSocket, as an entry of a HAR file: in the fields that Chromium has for it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from websockets.frames import Opcode

from .masks import Masks
from .writing import Entry, moment, no_response, request_of, response_of

if TYPE_CHECKING:
    from ...core.clock import Clock
    from ..sockets.connection import Connection
    from ..sockets.handshake import Handshake

FAILED = "net::ERR_CONNECTION_FAILED"


class WatchedSocket:
    """A WebSocket that is looked on at from its beginning."""

    def __init__(self, connection: Connection, handshake: Handshake, clock: Clock, masks: Masks) -> None:
        self._connection = connection
        self._handshake = handshake
        self._clock = clock
        self._masks = masks
        self._began = self._opened = self._ended = clock.now()
        self._messages: list[Entry] = []
        connection.watch(self)

    def heard(self, event: str, told: Any) -> None:
        """The program is told of an event."""
        self._ended = self._clock.now()
        if event == "open":
            self._opened = self._ended
        elif event == "message":
            self._said("receive", told)

    def sent(self, data: str | bytes) -> None:
        """The program has sent a message."""
        self._said("send", data)

    def entry(self) -> Entry | None:
        """What there is of it; None where a route has stood for the server, or nothing has been answered yet."""
        connection = self._connection
        if connection.is_routed or (connection.response is None and connection.state == connection.state.CONNECTING):
            return None
        waited, talked = (self._opened - self._began) * 1000, (self._ended - self._opened) * 1000
        return {
            "startedDateTime": moment(self._began),
            "time": waited + talked,
            "request": self._request(),
            "response": self._response(),
            "cache": {},
            "timings": {"send": 0, "wait": waited, "receive": talked},
            "_resourceType": "websocket",
            "_webSocketMessages": self._messages,
        }

    def _request(self) -> Entry:
        asked = self._handshake
        offered = [("Sec-WebSocket-Protocol", ", ".join(asked.protocols))] if asked.protocols else []
        return request_of("GET", asked.url, [*asked.headers.items(), *offered], None, self._masks)

    def _response(self) -> Entry:
        response = self._connection.response
        if response is None:
            return no_response(FAILED)
        pairs = list(response.headers.raw_items())
        return response_of(response.status_code, "HTTP/1.1", pairs, b"", self._masks)

    def _said(self, type: str, data: str | bytes) -> None:
        is_text = isinstance(data, str)
        self._messages.append({
            "type": type,
            "time": self._clock.now(),
            "opcode": int(Opcode.TEXT if is_text else Opcode.BINARY),
            "data": self._masks.text(data) if isinstance(data, str) else base64.b64encode(data).decode(),
        })  # fmt: skip
