"""What a routed WebSocket's server does: the real protocol, spoken over a pipe in memory, and the test's handlers.

So what the phone does with a connection (limits, closing codes, compression, the order of events) is what it does over
the wire; only the wire is not there.
"""

from __future__ import annotations

import asyncio
import inspect
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs
from websockets.exceptions import ProtocolError
from websockets.extensions.permessage_deflate import enable_server_permessage_deflate
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol

from ....unheard import report
from ...core.app import App
from ...core.urls import Url
from .faults import Fault
from .link import Link
from .passing import Passed
from .pipe import MANY, Pipe

if TYPE_CHECKING:
    from websockets.typing import Subprotocol

    from ....program import Place
    from ...core.faces import Phone
    from .serverside import ServerSide

# What a server closes with whose program has failed (RFC 6455, 7.4.1), and what its handshake is answered with then.
INTERNAL_ERROR = 1011
SERVER_ERROR = 500
# What a connection that broke is said to have closed with: RFC 6455, 7.1.5.
BROKEN = 1006

Handler = Callable[..., Any]
#: Takes a connection that a handler has passed on: to whom, by which pipe, and what the program has said already.
HandOn = Callable[[Passed, Pipe, bytes], Awaitable[None]]


class Disconnected(ConnectionError):
    """A routed WebSocket has ended, or is ending: nothing can be sent any more, or nothing comes.

    `code` and `reason` are those of its end; 1006 if it broke. A handler that lets the exception pass has just come to
    its own end.
    """

    def __init__(self, url: str, code: int, reason: str) -> None:
        super().__init__(f"the WebSocket {url} has ended: {code}{f' {reason!r}' if reason else ''}")
        self.code = code
        self.reason = reason


@attrs.frozen
class Script:
    """What a route has its server do; see `Sockets.route`."""

    on_connect: Handler | None = None
    on_message: Handler | None = None
    on_handshake: Handler | None = None
    messages: tuple[Any, ...] = ()
    status: int | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict)
    protocols: tuple[str, ...] = ()
    delay: float = 0.0


@attrs.frozen
class Asked:
    """A WebSocket that a program asks for: which app's it is, its url, when that was, by the phone's clock.

    `place` is where the program has asked, if that is known.
    """

    app: App
    url: Url
    at: float
    place: Place | None = None


class Talk(Link):
    """The server's end of one connection, which runs the handlers of `script`.

    `opened` is told when the handshake is done, `failed` what handlers raise; `hand_on` takes a connection that its
    handler has passed on.
    """

    def __init__(
        self,
        phone: Phone,
        asked: Asked,
        script: Script,
        side: ServerSide,
        opened: Callable[[ServerSide], None],
        failed: Callable[[BaseException], None],
        hand_on: HandOn,
    ) -> None:
        super().__init__(phone, asked.app)
        self.asked = asked
        self.script = script
        self.protocol = ServerProtocol(
            subprotocols=cast("list[Subprotocol]", list(script.protocols)) or None,
            select_subprotocol=_choose,
            extensions=enable_server_permessage_deflate(None),
            max_size=None,
        )
        self.request: Request | None = None
        self.is_answered = self.is_refused = self.is_passed = self.is_lost = False
        self._side = side
        self._tell_opened = opened
        self._failed = failed
        self._hand_on = hand_on
        #: What the program has said before the handshake was answered.
        self._said = bytearray()
        self._inbox: deque[str | bytes] = deque()
        self._unread = 0
        self._changed = asyncio.Event()
        self._pipe: Pipe | None = None
        self._serving: asyncio.Task[None] | None = None

    def connect(self, protocol: asyncio.BufferedProtocol) -> None:
        """Connects the phone's end to this one."""
        self._pipe = Pipe(protocol, self)
        protocol.connection_made(self._pipe)

    def take_over(self, pipe: Pipe, said: bytes) -> None:
        """Takes a connection that another end has passed on; `said` is what the program has said."""
        self._pipe = pipe
        pipe.lead_to(self)
        self.received(said)

    # --- what the test does ---------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self.protocol.state is State.OPEN and not self.is_lost

    def say(self, message: str | bytes) -> None:
        """Sends a message."""
        if isinstance(message, str):
            self.protocol.send_text(message.encode("utf-8", "replace"))
        else:
            self.protocol.send_binary(message)
        self._flush()

    def goodbye(self, code: int | None, reason: str) -> None:
        """Ends the connection with a closing handshake, unless it ends already. ValueError for what no server says."""
        if not self.is_open:
            return
        try:
            self.protocol.send_close(code, reason)
        except ProtocolError as error:
            raise ValueError(f"no server closes with {code} {reason!r}: {error}") from None
        self._flush()
        self._note()

    def break_off(self) -> None:
        """Breaks the connection: what was sent before still arrives."""
        if self._pipe is not None:
            self._pipe.end(ConnectionResetError())
            self.lost()

    def accept(self, subprotocol: str | None, headers: Iterable[tuple[str, str]]) -> None:
        """Answers the handshake, with the subprotocol that was chosen and more headers."""
        assert self.request is not None
        self.protocol.available_subprotocols = [cast("Subprotocol", subprotocol)] if subprotocol else None
        response = self.protocol.accept(self.request)
        for name, value in headers:
            response.headers[name] = value
        self._respond(response, {})

    def refuse(self, status: int, text: str = "", headers: Mapping[str, str] | None = None) -> None:
        """Answers the handshake with a status, and ends the connection."""
        self.is_refused = True
        self._respond(self.protocol.reject(status, text), headers or {})

    async def next(self) -> str | bytes:
        """The next message; `Disconnected` where none comes any more."""
        while not self._inbox:
            if self.is_lost or self.protocol.close_rcvd is not None:
                raise self.ending()
            await self._news()
        message = self._inbox.popleft()
        self._weigh(-len(message))
        return message

    async def room(self) -> None:
        """Waits until there is room for more to send, or nobody to send it to."""
        while self._pipe is not None and not (self._pipe.has_room or self.is_lost):
            await self._news()

    async def end(self) -> None:
        """Waits until the connection is gone."""
        while not self.is_lost:
            await self._news()

    @property
    def close_code(self) -> int | None:
        """The code that the program has closed with; 1006 if it is gone without one, None if neither."""
        said = self.protocol.close_rcvd
        return int(said.code) if said is not None else BROKEN if self.is_lost else None

    def ending(self) -> Disconnected:
        """How the connection has ended, or is about to."""
        said = self.protocol.close_rcvd or self.protocol.close_sent
        url = self._side.url
        return Disconnected(url, BROKEN, "") if said is None else Disconnected(url, int(said.code), said.reason)

    def drop(self, fault: Fault | None = None) -> None:
        """Ends the handlers; where only the network goes, they learn of that from their connection."""
        if fault is not None:
            return
        if self._serving is not None:
            self._serving.cancel()

    # --- what the pipe tells --------------------------------------------------------------------------------------

    def received(self, data: bytes) -> None:
        if not self.is_answered:
            self._said += data
        self.protocol.receive_data(data)
        self._flush()
        for event in self.protocol.events_received():
            if isinstance(event, Request):
                self.request = event
                self._serving = self.phone.spawn(self._serve())
                self._serving.add_done_callback(lambda _: self._leave_if_over())
            elif isinstance(event, Frame) and event.opcode in (Opcode.TEXT, Opcode.BINARY):
                self._take(str(event.data, "utf-8") if event.opcode is Opcode.TEXT else bytes(event.data))
        self._note()

    def has_room(self) -> None:
        self._note()

    def lost(self) -> None:
        if not self.is_lost:
            self.is_lost = True
            self.protocol.receive_eof()
            self._note()
        self._leave_if_over()

    # --- its own --------------------------------------------------------------------------------------------------

    async def _serve(self) -> None:
        """Answers the handshake, and has the handlers do the rest."""
        if not await self._guarded(self._shake_hands) and not self.is_answered:
            self.refuse(SERVER_ERROR)
        if self.is_open:
            self._tell_opened(self._side)
            await asyncio.gather(self._guarded(self._greet), self._guarded(self._reply))

    async def _shake_hands(self) -> None:
        script = self.script
        if script.delay:
            await self.phone.clock.until(self.asked.at + script.delay)
        if script.on_handshake is not None:
            answer = await _run(script.on_handshake, self._side)
            if isinstance(answer, Passed):
                await self._pass(answer)
                return
        if self.is_answered or self.is_lost:
            return
        if script.status is not None:
            self.refuse(script.status, headers=script.headers)
        elif self.request is not None:
            self._respond(self.protocol.accept(self.request), script.headers)

    async def _pass(self, answer: Passed) -> None:
        """Leaves the connection to others, who answer the handshake."""
        if self.is_answered:
            raise RuntimeError(f"{answer!r} comes too late: the handshake of {self._side.url} has been answered")
        self.is_answered = self.is_passed = True
        pipe, self._pipe = self._pipe, None
        if pipe is not None and not self.is_lost:
            await self._hand_on(answer, pipe, bytes(self._said))
        self.lost()

    async def _greet(self) -> None:
        for message in self.script.messages:
            await self._side.send(message)
        if self.script.on_connect is not None:
            _no_pass(await _run(self.script.on_connect, self._side))

    async def _reply(self) -> None:
        """Hands each message to the handler, when that is done with the one before; sends what it returns."""
        on_message = self.script.on_message
        while on_message is not None:
            answer = _no_pass(await _run(on_message, self._side, await self.next()))
            if answer is not None:
                await self._side.send(answer)

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Whether a handler did its work. What it raises is told, and ends the connection as it would a server's."""
        try:
            await work()
        except Disconnected:
            return True
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # `pytest.fail` is no Exception
            self._failed(error)
            report(f"a handler of the route for {self._side.url} raised", error)
            self.goodbye(INTERNAL_ERROR, "")
            return False
        return True

    def _respond(self, response: Response, headers: Mapping[str, str]) -> None:
        if self.is_answered:
            raise RuntimeError(f"the handshake of {self._side.url} has been answered already")
        self.is_answered = True
        if self.is_lost:
            return
        for name, value in headers.items():
            response.headers.pop(name, None)
            response.headers[name] = value
        self.protocol.send_response(response)
        self._flush()

    def _take(self, message: str | bytes) -> None:
        self._inbox.append(message)
        self._side._heard(message)
        self._weigh(len(message))

    def _weigh(self, more: int) -> None:
        """Has the program wait while too much of what it has sent is unread."""
        self._unread += more
        if self._pipe is not None:
            self._pipe.hold(self._unread > MANY)

    def _flush(self) -> None:
        pipe = self._pipe
        for data in self.protocol.data_to_send():
            if pipe is None:
                continue
            if data:
                pipe.feed(data)
            else:  # the end of what is sent
                pipe.end()

    async def _news(self) -> None:
        """Waits until anything has changed."""
        self._changed.clear()
        await self._changed.wait()

    def _note(self) -> None:
        self._changed.set()

    def _leave_if_over(self) -> None:
        if self.is_lost and (self._serving is None or self._serving.done()):
            self.leave()


def _choose(protocol: ServerProtocol, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """The first of the server's subprotocols that the program offers."""
    return next((name for name in protocol.available_subprotocols or () if name in offered), None)


def _no_pass(answer: Any) -> Any:
    """The answer of a handler, who can't pass the connection on any more."""
    if isinstance(answer, Passed):
        raise TypeError(f"{answer!r} is for on_handshake to return: the connection is open, and can't be passed on")
    return answer


async def _run(handler: Handler, *arguments: Any) -> Any:
    """What a handler gives, be it plain or async."""
    given = handler(*arguments)
    return await given if inspect.isawaitable(given) else given
