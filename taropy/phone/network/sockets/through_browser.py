"""WebSockets of a phone that is in a browser itself, under Pyodide: the browser's own, at the far end of a pipe.

So what programs are told is what they are told elsewhere. A browser sends no headers of a program's, and tells no
reason when it can't connect.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ...core.browser import in_javascript, is_browsers_own
from .serverside import ServerSide
from .talk import Asked, Script

if TYPE_CHECKING:
    from .connection import Connection
    from .handshake import Handshake

_OPEN = """
(url, protocols, told) => {
  const socket = new WebSocket(url, protocols)
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => told('open', socket.protocol)
  socket.onmessage = ({ data }) => told('message', typeof data === 'string' ? data : new Uint8Array(data))
  socket.onerror = () => {}
  socket.onclose = ({ code, reason }) => told('close', code, reason)
  return socket
}
"""
# What WebSockets may be closed with by a page: the web's standard, "close(code, reason)".
_CLOSABLE = (1000, *range(3000, 5000))


class Through:
    """One WebSocket of the browser's, and what it has said that the program has not heard yet."""

    def __init__(self, handshake: Handshake) -> None:
        uri = handshake.uri
        ffi = import_module("pyodide.ffi")
        self._loop = asyncio.get_running_loop()
        self._said: asyncio.Queue[tuple[Any, ...]] = asyncio.Queue()
        self._hear = ffi.create_proxy(self._heard)
        where = f"{'wss' if uri.secure else 'ws'}://{handshake.url.netloc}{uri.resource_name}"
        try:
            self._socket = in_javascript(_OPEN)(where, ffi.to_js(handshake.protocols), self._hear)
        except ffi.JsException as error:  # a page under https may open none that is not
            self._hear.destroy()
            raise ConnectionRefusedError(str(error)) from error

    def _heard(self, event: str, *told: Any) -> None:
        value = told[0].to_bytes() if event == "message" and not isinstance(told[0], str) else told[0]
        self._said.put_nowait((event, value, *told[1:]))
        if event == "close":  # the last that it says, in a call of this very proxy
            self._loop.call_soon(self._hear.destroy)

    async def opened(self) -> str:
        """The subprotocol that was chosen, or ""; ConnectionRefusedError if it has not opened."""
        try:
            event, *told = await self._said.get()
        except asyncio.CancelledError:
            self._socket.close()
            raise
        if event != "open":
            raise ConnectionRefusedError
        return str(told[0])

    async def listen(self, side: ServerSide) -> None:
        """Hands on what the server says, and its end."""
        ending = asyncio.ensure_future(self._follow(side))
        try:
            while True:
                event, *told = await self._said.get()
                if event == "close":
                    code, reason = told
                    side.close(None if code in (1005, 1006) else code, reason) if code != 1006 else side.fail()
                    return
                await side.send(told[0])
        finally:
            ending.cancel()

    async def _follow(self, side: ServerSide) -> None:
        """Ends the browser's when the program has ended its own."""
        try:
            await side.wait_closed()
        finally:
            code = side.close_code
            self._socket.close(*((code, side.close_reason or "") if code in _CLOSABLE else ()))

    def send(self, _: ServerSide, message: str | bytes) -> None:
        """Hands on what the program says."""
        self._socket.send(message if isinstance(message, str) else import_module("pyodide.ffi").to_js(message))


async def connect(connection: Connection, handshake: Handshake) -> None:
    """Connects the program's WebSocket to the server, by one of the browser's."""
    if not is_browsers_own(asyncio.get_running_loop()):
        raise ConnectionRefusedError("a browser's WebSocket is heard in the browser's own event loop alone")
    through = Through(handshake)
    protocol = await through.opened()
    script = Script(on_connect=through.listen, on_message=through.send, protocols=(protocol,) if protocol else ())
    phone = connection.phone
    asked = Asked(connection.app, handshake.url, phone.clock.now())
    side = ServerSide(phone, asked, {}, script, opened=_nothing, failed=_nothing, hand_on=_never)
    side._talk.connect(connection)


def _nothing(_: object) -> None:
    """Nobody looks on."""


async def _never(*_: object) -> None:
    """What is connected is handed on to nobody."""
