"""The connections of one event loop, and the TLS rules that they share.

This is the pool of the HTTP client (httpcore2, the core of httpx2), used directly: redirects, cookies and
timeouts follow the phone's rules, so that the client's own would only be switched off.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from ...core.answers import Fail
from ...core.extras import MissingExtra, need
from ...core.loops import at_end_of_loop, close_in
from .outgoing import Outgoing
from .stream import Connector

# As many idle connections are kept as a burst of requests may want again.
LIMITS: Mapping[str, Any] = {"max_connections": 256, "max_keepalive_connections": 100}

# How soon they are looked at, and looked at again, in seconds, however short a time they are kept.
SOONEST = 0.01


class Wire:
    """The open connections of one loop, by kind: scheme, HTTP version, proxy and TLS rules.

    The machine's HTTP proxies are used, as the environment or the system names them. The wire closes itself
    when its loop is shut down the usual way (`asyncio.run`, `asyncio.Runner`), and before that, while the loop runs,
    connections that nobody has used for `keep_alive` seconds.
    """

    def __init__(self, keep_alive: float) -> None:
        self._keep_alive = keep_alive
        self._next_look: asyncio.TimerHandle | None = None
        self._looking: asyncio.Task[None] | None = None
        self._pools: dict[tuple[object, ...], httpcore2.AsyncConnectionPool] = {}
        self._dropped: list[httpcore2.AsyncConnectionPool] = []
        self._loop = asyncio.get_running_loop()
        self._proxies = getproxies()
        self.places: dict[tuple[str, int], asyncio.Semaphore] = {}
        self._guard = at_end_of_loop(self.aclose)

    async def send(self, outgoing: Outgoing, tls: ssl.SSLContext | None) -> httpcore2.Response:
        """Sends the request and waits for the head of the response. Raises what httpcore2 raises.

        `tls` are the rules for https, or None for the machine's own trust store.
        """
        self._look_later()
        return await self._pool(outgoing, tls).handle_async_request(_request(outgoing))

    def drop(self) -> None:
        """Ends every connection, from whatever thread; what is sent from now on goes over new ones."""
        self._take_pools()
        close_in(self._loop, self._close_dropped)

    async def aclose(self) -> None:
        """Closes every connection. A second call does nothing."""
        if self._next_look is not None:
            self._next_look.cancel()
        self._take_pools()
        await self._close_dropped()

    def _look_later(self) -> None:
        if self._next_look is None:
            self._next_look = self._loop.call_later(max(self._keep_alive, SOONEST), self._look)

    def _look(self) -> None:
        self._looking = self._loop.create_task(self._close_idle())

    async def _close_idle(self) -> None:
        """Closes what has been idle for too long, which the pool itself does only when it is used again."""
        self._next_look = None
        connections = [connection for pool in self._pools.values() for connection in pool.connections]
        for connection in connections:
            if connection.has_expired():
                await connection.aclose()
        if not all(connection.is_closed() for connection in connections):
            self._look_later()

    def _take_pools(self) -> None:
        pools, self._pools = self._pools, {}
        self._dropped += pools.values()

    async def _close_dropped(self) -> None:
        while self._dropped:
            await self._dropped.pop().aclose()

    def _pool(self, outgoing: Outgoing, tls: ssl.SSLContext | None) -> httpcore2.AsyncConnectionPool:
        url = outgoing.url
        proxy = self._proxy(url) if self._proxies else None
        kind = (url.scheme, outgoing.http2, proxy, tls)
        pool = self._pools.get(kind)
        if pool is None:
            pool = self._pools[kind] = self._make(url.scheme, outgoing.http2, proxy, tls)
        return pool

    def _make(
        self, scheme: str, http2: bool, proxy: str | None, tls: ssl.SSLContext | None
    ) -> httpcore2.AsyncConnectionPool:
        if http2:
            _need_http2()
        # Without TLS the rules are never looked at.
        context = (tls or trusting(http2)) if scheme == "https" else None
        rules = {**LIMITS, "keepalive_expiry": self._keep_alive, "http2": http2, "network_backend": Connector()}
        if proxy is None:
            return httpcore2.AsyncConnectionPool(context, **rules)
        by = httpx2.URL(proxy)
        auth = (by.username, by.password) if by.username else None
        address = httpcore2.URL(scheme=by.raw_scheme, host=by.raw_host, port=by.port, target=b"/")
        return httpcore2.AsyncHTTPProxy(address, auth, None, context, **rules)

    def _proxy(self, url: httpx2.URL) -> str | None:
        proxy = self._proxies.get(url.scheme)
        return None if proxy is None or proxy_bypass(url.netloc.decode()) else proxy


def _request(outgoing: Outgoing) -> httpcore2.Request:
    url, body = outgoing.url, outgoing.body
    headers = list(outgoing.headers.values())
    if "host" not in outgoing.headers:
        headers.insert(0, (b"Host", url.netloc))
    if body is not None:
        headers.append((b"Content-Length", b"%d" % len(body)))
    return httpcore2.Request(
        outgoing.method,
        httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=headers,
        content=b"" if body is None else body,
    )


def _need_http2() -> None:
    try:
        need("h2", extra="http2")
    except MissingExtra as error:
        raise Fail(f"enableHttp2: {error}") from error


@cache
def trusting(http2: bool) -> ssl.SSLContext:
    """The rules of the machine's trust store, read once a process (it takes tens of milliseconds).

    One for each HTTP version, because a connection writes the versions that it offers into its context.
    """
    return httpx2.create_ssl_context()
