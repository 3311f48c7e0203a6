"""WebSockets to an app that a test has mounted: ASGI's messages, by the server's side of a routed WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from ...core.urls import Url
from ..routes.conversation import Message, is_about_the_client, place_of
from .serverside import ServerSide
from .talk import INTERNAL_ERROR, SERVER_ERROR, Asked, Disconnected, HandOn, Script, Talk

if TYPE_CHECKING:
    from ...core.faces import Phone
    from ..routes.mount import Mount
    from ..routes.serving import Served

# What a handshake is answered with that the app does not accept, and what the app's own end closes with.
FORBIDDEN, NORMAL = 403, 1000


def as_request(url: Url) -> Url:
    """The address that a WebSocket's has as a request's: an app is mounted at both."""
    return Url(str(url).replace("ws", "http", 1))


async def talk(mount: Mount, phone: Phone, asked: Asked, hand_on: HandOn) -> Talk:
    """The app's side of a new connection. ConnectionRefusedError if the app has not started."""
    served = mount.served()
    if not await served.has_started():
        raise ConnectionRefusedError
    app = _AppSide(served, mount.pattern.base, mount.broke)
    script = Script(on_handshake=app.shake_hands, on_connect=app.run)
    side = ServerSide(phone, asked, {}, script, opened=_ignore, failed=_ignore, hand_on=hand_on)
    mount.sockets.append(side)
    return side._talk


def _ignore(_: object) -> None:
    """A connection that is opened is nobody's to wait for, and what the app raises is told as its requests' is."""


class _AppSide:
    """One WebSocket of the app's: what it says by ASGI's `send` is done, and what comes is what `receive` gives."""

    def __init__(self, served: Served, root_path: str, broke: Callable[[BaseException], None]) -> None:
        self._served = served
        self._root_path = root_path
        self._broke = broke
        self._task: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()
        self._has_connected = self._has_gone = False
        self._response: Message = {}

    # --- what the server's side does ------------------------------------------------------------------------------

    async def shake_hands(self, side: ServerSide) -> None:
        """Begins the app, and waits until it has answered the handshake."""
        self._task = task = self._served.begin(self._play(side))
        try:
            await self._answered.wait()
        except asyncio.CancelledError:
            task.cancel()
            raise

    async def run(self, side: ServerSide) -> None:
        """Waits until the app has ended."""
        assert self._task is not None
        try:
            await asyncio.wait([self._task])
        finally:
            self._task.cancel()

    async def _play(self, side: ServerSide) -> None:
        try:
            await self._served.app(self._scope(side), partial(self._receive, side), partial(self._send, side))
        except Exception as error:
            if not (self._has_gone and is_about_the_client(error)):
                self._broke(error)
            self._end(side, INTERNAL_ERROR)
        else:
            if not side._talk.is_answered:
                self._broke(RuntimeError("the app has returned before it has answered the handshake"))
            self._end(side, NORMAL)
        finally:
            self._answered.set()

    def _end(self, side: ServerSide, code: int) -> None:
        if not side._talk.is_answered:
            side.refuse(SERVER_ERROR)
        elif side.is_open:
            side.close(code)

    def _scope(self, side: ServerSide) -> Message:
        return {
            "type": "websocket",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in side.headers.raw_items()
            ],
            "subprotocols": side.protocols,
            "extensions": {"websocket.http.response": {}},
            **place_of(side._talk.asked.url, self._root_path, self._served.state),
        }

    # --- the app's side -------------------------------------------------------------------------------------------

    async def _receive(self, side: ServerSide) -> Message:
        """ASGI's `receive`."""
        if not self._has_connected:
            self._has_connected = True
            return {"type": "websocket.connect"}
        try:
            data = await side.receive()
        except Disconnected as end:
            self._has_gone = True
            return {"type": "websocket.disconnect", "code": end.code, "reason": end.reason}
        return {"type": "websocket.receive", "text" if isinstance(data, str) else "bytes": data}

    async def _send(self, side: ServerSide, message: Message) -> None:
        """ASGI's `send`. `Disconnected`, which is an OSError, where the program has gone."""
        kind, talk = message["type"], side._talk
        if talk.is_lost or side.close_code is not None:
            self._has_gone = True
            raise talk.ending()
        if kind == "websocket.accept" and not talk.is_answered:
            self._accept(talk, message)
        elif kind == "websocket.close" and not talk.is_answered:
            side.refuse(FORBIDDEN)
            self._answered.set()
        elif kind == "websocket.http.response.start" and not talk.is_answered and not self._response:
            self._response = {**message, "body": b""}
        elif kind == "websocket.http.response.body" and self._response and not talk.is_answered:
            self._respond(side, message)
        elif kind == "websocket.send" and talk.is_answered:
            text = message.get("text")
            await side.send(message["bytes"] if text is None else text)
        elif kind == "websocket.close" and talk.is_answered:
            side.close(int(message.get("code", NORMAL)), message.get("reason") or "")
        else:
            raise RuntimeError(f"the app sent {kind!r} when it was not the time for it")

    def _accept(self, talk: Talk, message: Message) -> None:
        talk.accept(message.get("subprotocol"), _texts(message))
        self._answered.set()

    def _respond(self, side: ServerSide, message: Message) -> None:
        """Refuses the handshake with a response of the app's own."""
        self._response["body"] += bytes(message.get("body", b""))
        if message.get("more_body", False):
            return
        text = self._response["body"].decode("utf-8", "replace")
        side.refuse(int(self._response["status"]), text, dict(_texts(self._response)))
        self._answered.set()


def _texts(message: Message) -> list[tuple[str, str]]:
    """The headers of a message as text."""
    headers: Any = message.get("headers", ())
    return [(bytes(name).decode("latin-1"), bytes(value).decode("latin-1")) for name, value in headers]
