"""`Conversation`: one request to an ASGI app, with its body as it is sent, and the response as it comes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, MutableMapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import unquote

from ..http.faults import NetError
from ..http.reply import HIGH_WATER, Pairs, wake
from .incoming import BROKEN_OFF, CUT_SHORT
from .messages import BODILESS, Request, sent_headers

if TYPE_CHECKING:
    from ...core.urls import Url
    from .serving import Served

Message = MutableMapping[str, Any]

# What an app hears that it asks for more once the request has ended, or whose client has gone.
GONE: Message = {"type": "http.disconnect"}
LOOPBACK = ("127.0.0.1", 50_000)
FAILED = b"Internal Server Error"


def scope_of(request: Request, root_path: str, state: Message) -> Message:
    """What the app is told of the request: ASGI's connection scope, as a server makes it that is mounted there."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in sent_headers(request.outgoing)],
        "extensions": {},
        **place_of(request.outgoing.url, root_path, state),
    }


def place_of(url: Url, root_path: str, state: Message) -> Message:
    """What the app is told of whatever connection: where it is mounted, and what is asked for."""
    path = url.path or "/"
    return {
        "http_version": "1.1",
        "scheme": url.scheme,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": (url.query or "").encode(),
        "root_path": unquote(root_path),
        "client": LOOPBACK,
        "server": (url.host, url.origin[2]),
        "state": dict(state),
    }


class Conversation:
    """The app's side are `receive` and `send`; the client's are `head`, the response itself, and `aclose`.

    As over the wire, the client sends all of its body before it looks at a response; the app is kept waiting when the
    client does not take what it says.
    """

    protocol = "http/1.1"

    def __init__(self, request: Request, app_broke: Callable[[BaseException], None]) -> None:
        self.status = 0
        self.pairs: Pairs = ()
        self._app_broke = app_broke
        self._without_body = request.method in ("HEAD", "CONNECT")
        body = request.outgoing.body
        # What of a body has still to be read from the phone's file, and what the app has not asked for yet.
        self._file = None if body is None or isinstance(body, bytes) else aiter(body)
        self._unread: deque[bytes] = deque([body or b""] if self._file is None else [])  # type: ignore[list-item]
        self._sent = self._file is None
        self._sending = asyncio.Lock()
        self._client_broke: Exception | None = None
        self._parts: deque[bytes] = deque()
        self._size = 0
        # How much of the body the app has still to send, where it has said so.
        self._left: int | None = None
        self._complete = self._gone = False
        self._error: NetError | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None
        self._over = asyncio.Event()

    @property
    def answered(self) -> bool:
        """Whether the app has given all of its response."""
        return self._complete

    # --- the app's side -------------------------------------------------------------------------------------------

    async def run(self, served: Served, scope: Message) -> None:
        """Has the app answer. What it raises is a server that breaks: status 500, or a response that breaks off."""
        try:
            await served.app(scope, self.receive, self.send)
        except asyncio.CancelledError:
            self._break_off("ERR_CONNECTION_RESET")
            raise
        except Exception as error:
            if not self._gone or not is_about_the_client(error):
                self._app_broke(error)
        else:
            if not self._complete and not self._gone:
                self._app_broke(RuntimeError("the app has returned before its response was complete"))
        if not self._complete and not self._gone:
            if not self.status:
                self._fail()
            else:
                self._break_off(BROKEN_OFF if self._left is None else CUT_SHORT)

    async def receive(self) -> Message:
        """ASGI's `receive`."""
        async with self._sending:
            if self._unread:
                return self._request(self._unread.popleft())
            if not (self._sent or self._gone or self._complete):
                try:
                    part = await self._next()
                except Exception as error:  # the client's own, as of a file that has changed
                    self._client_broke = error
                    wake(self._waiter)
                else:
                    return self._request(b"" if part is None else part)
        await self._over.wait()
        return dict(GONE)

    async def send(self, message: Message) -> None:
        """ASGI's `send`. What is said to a client that has gone is not heard, as with servers."""
        if self._gone:
            return
        kind = message["type"]
        if kind == "http.response.start" and not self.status:
            self._take_head(message)
            wake(self._waiter)
        elif kind == "http.response.body" and self.status and not self._complete:
            self._add(bytes(message.get("body", b"")))
            if not message.get("more_body", False):
                self._end()
            wake(self._waiter)
            while self._size >= HIGH_WATER and not self._gone:
                self._room = asyncio.get_running_loop().create_future()
                await self._room
        else:
            raise RuntimeError(f"the app sent {kind!r} when it was not the time for it")

    def _request(self, part: bytes) -> Message:
        return {"type": "http.request", "body": part, "more_body": bool(self._unread) or not self._sent}

    async def _next(self) -> bytes | None:
        """The next part of the request's body; None at its end."""
        part = None if self._file is None else await anext(self._file, None)
        if part is None:
            self._sent = True
        return part

    def _take_head(self, start: Message) -> None:
        self.status = int(start["status"])
        self.pairs = [(bytes(name), bytes(value)) for name, value in start.get("headers", ())]
        told = {name.lower(): value for name, value in self.pairs}
        self._without_body = self._without_body or self.status in BODILESS
        if b"content-length" in told:
            self._left = int(told[b"content-length"])
        elif b"transfer-encoding" not in told and not self._without_body:
            self.pairs = [*self.pairs, (b"transfer-encoding", b"chunked")]

    def _add(self, part: bytes) -> None:
        if self._without_body:
            return
        if self._left is not None:
            if len(part) > self._left:
                raise RuntimeError("the app sent more than the Content-Length that it told")
            self._left -= len(part)
        if part:
            self._parts.append(part)
            self._size += len(part)

    def _end(self) -> None:
        if self._left and not self._without_body:
            self._break_off(CUT_SHORT)
            raise RuntimeError("the app sent less than the Content-Length that it told")
        self._complete = True
        self._over.set()

    def _fail(self) -> None:
        self._take_head(
            {
                "status": HTTPStatus.INTERNAL_SERVER_ERROR,
                "headers": [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(FAILED))],
            }
        )
        self._add(FAILED)
        self._end()
        wake(self._waiter)

    def _break_off(self, name: str) -> None:
        self._complete = True
        self._error = NetError(name)
        self._over.set()
        wake(self._waiter)

    # --- the client's side ----------------------------------------------------------------------------------------

    async def head(self) -> Self:
        """Sends the rest of the body that the app has not asked for, and waits for the head of the response."""
        try:
            while not self.status and self._error is None and self._client_broke is None:
                self._waiter = asyncio.get_running_loop().create_future()
                await self._waiter
            if self._client_broke is not None:
                raise self._client_broke
            if not self.status:
                raise cast(NetError, self._error)
            async with self._sending:
                while not self._sent:
                    part = await self._next()
                    if part is not None and not self._complete:
                        self._unread.append(part)
        except BaseException:
            await self.aclose()
            raise
        return self

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        while not self._parts:
            if self._error is not None:
                raise self._error
            if self._complete:
                raise StopAsyncIteration
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        part = self._parts.popleft()
        self._size -= len(part)
        if self._size < HIGH_WATER:
            wake(self._room)
        return part

    async def aclose(self) -> None:
        """No more of it is wanted: an app that has not ended hears that its client has gone."""
        if not self._complete:
            self._gone = True
            self._over.set()
            wake(self._room)


def is_about_the_client(error: Exception) -> bool:
    """Whether an app raises it because its client has gone, and not for a fault of its own."""
    return isinstance(error, OSError) or type(error).__name__ == "ClientDisconnect"
