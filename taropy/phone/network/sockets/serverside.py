"""`ServerSide`: a routed WebSocket as the test holds it, at the server's end."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import parse_qsl, urlsplit

import attrs
from websockets.datastructures import Headers

from ....masking import masked_text
from ....models.json import json_of, parse
from ...core.options import Buffers
from ...core.remembered import Remembered
from ..routes.shown import cut, shown_bytes
from .passing import Passed
from .talk import Asked, Disconnected, HandOn, Script, Talk

if TYPE_CHECKING:
    from ...core.faces import Phone

# How much of a message is shown in a printed conversation.
SHOWN = 100


@attrs.frozen
class SocketMessage:
    """A message of a routed WebSocket: who has sent it, and what: text, or bytes."""

    sender: Literal["program", "server"]
    data: str | bytes

    def __str__(self) -> str:
        said = masked_text(self.data) if isinstance(self.data, str) else shown_bytes(self.data)
        return f"{self.sender:>7}: {cut(said, SHOWN)}"


class Begun:
    """Something that is under way; who wants to wait for its end may await it."""

    def __init__(self, end: Callable[[], Any]) -> None:
        self._end = end

    def __await__(self) -> Generator[Any, None, None]:
        return cast("Generator[Any, None, None]", self._end().__await__())


class ServerSide:
    """The server's side of one WebSocket, in the hands of a test.

    - `url`: what the program asks for; `params`: what the names in braces of the route's pattern stand for, or the
      named groups of its expression; `app`: whose program it is.
    - `messages`: the conversation so far, the last thousand messages of it; printed, the side shows them, with a mask
      for secrets.

    It belongs to the event loop that the program's socket belongs to. `send`, `close` and `fail` may be called from
    elsewhere. Nothing has to be awaited: `await side.send(…)` waits until there is room for more, as a server does,
    `await side.close()` until the connection is gone.
    """

    def __init__(
        self,
        phone: Phone,
        asked: Asked,
        params: Mapping[str, str],
        script: Script,
        *,
        opened: Callable[[ServerSide], None],
        failed: Callable[[BaseException], None],
        hand_on: HandOn,
    ) -> None:
        self.url = str(asked.url)
        self.params = params
        self.app = asked.app
        self.messages: Remembered[SocketMessage] = Remembered()
        self._phone = phone
        self._talk = Talk(phone, asked, script, self, opened, failed, hand_on)

    # --- what the program has asked for ---------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """The path of the url, without its query."""
        return urlsplit(self.url).path or "/"

    @property
    def query(self) -> dict[str, str]:
        """The fields of the url's query; of those that come twice the last."""
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @property
    def headers(self) -> Headers:
        """The headers of the program's handshake, by names in any case."""
        request = self._talk.request
        return Headers() if request is None else request.headers

    @property
    def protocols(self) -> list[str]:
        """The subprotocols that the program offers."""
        offered = ",".join(self.headers.get_all("Sec-WebSocket-Protocol"))
        return [name.strip() for name in offered.split(",") if name.strip()]

    @property
    def protocol(self) -> str | None:
        """The subprotocol that was chosen: the first of the route's that the program offers."""
        return self._talk.protocol.subprotocol

    # --- what the server does -------------------------------------------------------------------------------------

    def send(self, data: Any, *, delay: float = 0.0) -> Begun:
        """Sends a message: text as text, bytes as bytes, anything else as JSON.

        With `delay` it leaves that many seconds later, by the phone's clock, if the connection is still there then.
        `Disconnected` where the connection has ended.
        """
        message = data if isinstance(data, str) else bytes(data) if isinstance(data, Buffers) else json_of(data)
        if delay:
            clock = self._phone.clock
            clock.call_at(clock.now() + delay, lambda: self._here(self._send_if_open, message), self._talk.loop)
            return Begun(self._talk.room)
        if self._talk.is_here and not self.is_open:
            raise self._talk.ending() if self._talk.is_answered else RuntimeError("the handshake is not answered yet")
        self._here(self._send_if_open, message)
        return Begun(self._talk.room)

    async def receive(self) -> str | bytes:
        """The next message of the program: text, or bytes. `Disconnected` when none comes any more.

        `async for message in side` has them all.
        """
        if self._talk.script.on_message is not None:
            raise RuntimeError(f"the messages of {self.url} go to the on_message of its route, and none to receive()")
        return await self._talk.next()

    async def receive_json(self) -> Any:
        """As `receive`, read as JSON; ValueError for what is none."""
        message = await self.receive()
        return parse(message if isinstance(message, str) else message.decode())

    def __aiter__(self) -> ServerSide:
        return self

    async def __anext__(self) -> str | bytes:
        try:
            return await self.receive()
        except Disconnected:
            raise StopAsyncIteration from None

    def close(self, code: int | None = 1000, reason: str = "") -> Begun:
        """Ends the connection with a closing handshake; without a code the program hears of none (1005).

        ValueError for a code that no server may send. A connection that has ended stays as it is.
        """
        self._here(self._talk.goodbye, code, reason)
        return Begun(self._talk.end)

    def fail(self) -> None:
        """Breaks the connection off without a word, as a server that crashes does; also instead of a handshake."""
        self._here(self._talk.break_off)

    def refuse(self, status: int, text: str = "", headers: Mapping[str, str] | None = None) -> None:
        """Answers the handshake with this HTTP status, so that there is no WebSocket: for `on_handshake`."""
        self._talk.refuse(status, text, headers)

    def continue_(self) -> Passed:
        """What `on_handshake` returns to have the WebSocket go to the real server."""
        return Passed.CONTINUE

    def fallback(self) -> Passed:
        """What `on_handshake` returns to leave the WebSocket to the next route that takes it, else to the real server.

        With `phone.sockets.unrouted = "fail"` it fails if there is no other route.
        """
        return Passed.FALLBACK

    async def sleep(self, seconds: float) -> None:
        """Waits, by the phone's clock."""
        await self._phone.clock.sleep(seconds)

    async def wait_closed(self) -> None:
        """Waits until the connection is gone."""
        await self._talk.end()

    # --- how it is ------------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self._talk.is_open

    @property
    def close_code(self) -> int | None:
        """The code with which it has ended; 1006 if it broke, None before its end."""
        return self._talk.close_code

    @property
    def close_reason(self) -> str | None:
        """The reason with which it has ended."""
        return None if self.close_code is None else self._talk.ending().reason

    @property
    def received(self) -> list[str | bytes]:
        """What the program has sent, of `messages`."""
        return [message.data for message in self.messages if message.sender == "program"]

    @property
    def sent(self) -> list[str | bytes]:
        """What the server has sent, of `messages`."""
        return [message.data for message in self.messages if message.sender == "server"]

    def __str__(self) -> str:
        return "\n".join([f"{masked_text(self.url)} on {self.app.platform}: {self._state}", *map(str, self.messages)])

    def __repr__(self) -> str:
        return f"<ServerSide of {masked_text(self.url)}, {self._state}>"

    @property
    def _state(self) -> str:
        protocol = self._talk.protocol
        if self._talk.is_refused:
            return "refused"
        if self._talk.is_passed:
            return "passed on"
        if self.close_code is None:
            return protocol.state.name.lower()
        return f"closed {self.close_code}{f' {self.close_reason!r}' if self.close_reason else ''}"

    # --- its own --------------------------------------------------------------------------------------------------

    def _here(self, do: Callable[..., None], *arguments: Any) -> None:
        """Does it in the connection's own loop: at once if we are there."""
        if self._talk.is_here:
            do(*arguments)
        elif not self._talk.loop.is_closed():
            self._talk.loop.call_soon_threadsafe(do, *arguments)

    def _send_if_open(self, message: str | bytes) -> None:
        if self.is_open:
            self.messages.append(SocketMessage("server", message))
            self._talk.say(message)

    def _heard(self, message: str | bytes) -> None:
        self.messages.append(SocketMessage("program", message))
