"""What the phone sends and receives: `request`, over real HTTP.

Behaviour and wording are WeChat's (developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
and the "网络" guide beside it); what other platforms' native functions take and give is in `variants`.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from .http.failures import interrupted, timeout
from .http.task import Exchange, RequestTask
from .native import App, Options, Room, native_task

if TYPE_CHECKING:
    import ssl

    import httpx2

    from .http.session import Session
    from .http.wire import Wire
    from .phone import Phone


class Network(Room):
    """The phone's network, and what a test may set on it.

    - `domains`: the origins (`https://api.example.com`) that programs may talk to, as they are registered with
      the vendor; None, the default, lets them talk to any, as the developer tools do with domain checks off.
      Redirects are checked too.
    - `max_concurrent`: how many requests of an app go out at once; further ones wait. WeChat's phones have 10.
      None, the default, sets no limit: programs are to run as fast as the computer can, and a test that is
      about the limit sets it.
    - `tls`: the rules for https, say a context that trusts a test's own authority; None is the computer's
      trust store.

    The connections belong to the event loop that made them. They are closed with the phone, or with the loop
    when it is run by `asyncio.run` or `asyncio.Runner`.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.domains: Collection[str] | None = None
        self.max_concurrent: int | None = None
        self.tls: ssl.SSLContext | None = None
        self._wires: dict[asyncio.AbstractEventLoop, Wire] = {}
        self._sessions: dict[str, Session] = {}
        self._exchanges: set[Exchange] = set()
        self._lock = threading.Lock()

    @native_task
    def request(self, app: App, options: Options) -> RequestTask:
        """`wx.request`: sends an HTTP request. Every status succeeds; faults of network and options fail.

        - `url`: absolute, http or https, else `request:fail invalid url "…"`.
        - `method`: in capitals or not; `request:fail method is invalid` for one that HTTP does not have.
        - `header`: values become text; `Referer` and the length of the body are the phone's own.
        - `data`: a mapping goes into the query of a request without a body (GET, HEAD); else it is sent as
          JSON, or as a form when the content type says so. Text and bytes are sent as they are, but never in a
          query.
        - `timeout`: milliseconds for the whole request, 60,000 unless given; `request:fail timeout`, errno 5.
        - `responseType`: "arraybuffer" gives bytes. `dataType`: text is parsed as JSON unless this is another.
        - `redirect`: "manual" gives the redirect itself; otherwise at most 20 are followed.
        - `enableHttp2`: HTTP/2 where an https server offers it. `enableCache`, or the web's `cache`: the app's
          HTTP cache.
        - `enableChunked`: the body goes to `onChunkReceived` as it comes in; `data` of the result is empty.
        - `credentials`: "include" keeps and sends cookies, as web pages do; otherwise they are the program's
          own affair.

        The result has `data`, `statusCode`, `header`, `cookies` and `profile`, see `Session.fetch`.
        """
        exchange = Exchange("request", options)
        self._exchanges.add(exchange)
        exchange.start(self.phone.spawn(self._perform(app, exchange)), self._exchanges.discard)
        return RequestTask(exchange)

    def clear(self) -> None:
        """Forgets the cookies and the cached responses of every app."""
        for session in self._sessions.values():
            session.clear()
        if self.phone.persistent:
            from .http.cookies import forget_cookies

            forget_cookies(self.phone.folder)

    @property
    def in_flight(self) -> int:
        """How many requests are under way."""
        return len(self._exchanges)

    def close(self) -> None:
        """Closes the connections, each in its own loop. A second call does nothing."""
        wires, self._wires = self._wires, {}
        for loop, wire in wires.items():
            _close_in(loop, wire)

    async def aclose(self) -> None:
        """Ends the requests of the running loop, closes its connections and waits; then does as `close`."""
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(one.end(loop) for one in tuple(self._exchanges)))
        wire = self._wires.pop(loop, None)
        if wire is not None:
            await wire.aclose()
        self.close()

    async def _perform(self, app: App, exchange: Exchange) -> None:
        if self.phone.closed:
            raise interrupted()
        session, wire = self._session(app), self._wire()
        outgoing = session.compose(exchange.options)
        try:
            async with asyncio.timeout(outgoing.timeout), self._place(app, wire):
                exchange.result = await session.fetch(outgoing, wire, exchange)
        except TimeoutError:
            raise timeout() from None

    def admits(self, url: httpx2.URL) -> bool:
        """Whether programs may talk to the server of `url`."""
        if self.domains is None:
            return True
        return f"{url.scheme}://{url.netloc.decode()}" in {domain.lower().rstrip("/") for domain in self.domains}

    def _session(self, app: App) -> Session:
        session = self._sessions.get(app.key)
        if session is None:
            from .http.session import Session

            with self._lock:
                session = self._sessions.setdefault(app.key, Session(self, app))
        return session

    def _wire(self) -> Wire:
        """The connections of the running loop. Those of loops that are gone are dropped."""
        loop = asyncio.get_running_loop()
        wire = self._wires.get(loop)
        if wire is None:
            from .http.wire import Wire

            with self._lock:
                self._wires = {old: kept for old, kept in self._wires.items() if not old.is_closed()}
                wire = self._wires[loop] = Wire()
        return wire

    def _place(self, app: App, wire: Wire) -> contextlib.AbstractAsyncContextManager[Any]:
        """One of the app's places for requests that go out at once."""
        if self.max_concurrent is None:
            return contextlib.nullcontext()
        return wire.places.setdefault((app.key, self.max_concurrent), asyncio.Semaphore(self.max_concurrent))


def _close_in(loop: asyncio.AbstractEventLoop, wire: Wire) -> None:
    """Closes a loop's connections from wherever we are; one that waits to run again does so at its end."""
    if loop.is_closed():
        return
    if loop.is_running():
        asyncio.run_coroutine_threadsafe(wire.aclose(), loop)
    elif asyncio._get_running_loop() is None:
        loop.run_until_complete(wire.aclose())
