"""The connections of one event loop to servers, and the rules that they share.

This is the phone's own HTTP/1.1 client, with a parser in C. Redirects, cookies and timeouts follow the phone's rules,
and each request has little time of its own: see `benchmarks/network.py`, which measures it beside aiohttp.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Coroutine
from typing import Any
from urllib.request import proxy_bypass

from ....extras import MissingExtra, need
from ...core.answers import Fail
from ...core.clock import Clock
from ...core.loops import at_end_of_loop, close_in
from ...core.urls import Url
from ..proxies import proxies
from .connecting import trusting
from .faults import NetError
from .outgoing import Outgoing
from .pool import Pool
from .reply import Response
from .wire import HTTP_2, Wire

# How soon idle connections are looked at, and looked at again, in seconds, however short a time they are kept.
SOONEST = 0.01


class Pools(Wire):
    """The open connections of one loop, by what they lead to: server, HTTP version and TLS rules.

    The machine's HTTP proxies are used, as the environment or the system names them. The wire closes itself
    when its loop is shut down the usual way (`asyncio.run`, `asyncio.Runner`), and before that, while the loop runs,
    connections that nobody has used for `keep_alive` seconds. The time that requests have is the phone's.
    """

    def __init__(self, keep_alive: float, clock: Clock) -> None:
        super().__init__(clock)
        self._keep_alive = keep_alive
        self._next_look: asyncio.TimerHandle | None = None
        self._pools: dict[tuple[object, ...], Pool] = {}
        self._dropped: list[Pool] = []
        self._proxies = proxies()
        self._guard = at_end_of_loop(self.aclose)

    def send(self, outgoing: Outgoing, tls: ssl.SSLContext | None) -> Coroutine[Any, Any, Response]:
        self._look_later()
        kind = (outgoing.url.origin, outgoing.http2, tls)
        pool = self._pools.get(kind)
        if pool is None:
            pool = self._pools[kind] = self._make(outgoing.url, outgoing.http2, tls)
        return pool.send(outgoing)

    def drop(self) -> None:
        self._take_pools()
        close_in(self._loop, self._close_dropped)

    async def aclose(self) -> None:
        if self._next_look is not None:
            self._next_look.cancel()
        await super().aclose()
        self._take_pools()
        await self._close_dropped()

    def _look_later(self) -> None:
        """Looks soon for idle connections; until then the loop holds the wire, which so outlives what it has open."""
        if self._next_look is None:
            self._next_look = self._loop.call_later(max(self._keep_alive, SOONEST), self._look)

    def _look(self) -> None:
        """Closes what has been idle for too long."""
        self._next_look = None
        since = self._loop.time() - self._keep_alive
        self._pools = {kind: pool for kind, pool in self._pools.items() if pool.close_idle(since)}
        if self._pools:
            self._look_later()

    def _take_pools(self) -> None:
        pools, self._pools = self._pools, {}
        self._dropped += pools.values()

    async def _close_dropped(self) -> None:
        dropped, self._dropped = self._dropped, []
        for pool in dropped:
            pool.close()
        if dropped:
            await asyncio.sleep(0)  # the sockets themselves are closed in the loop's next turn

    def _make(self, url: Url, http2: bool, tls: ssl.SSLContext | None) -> Pool:
        proxy = self._proxy(url) if self._proxies else None
        if url.scheme != "https":
            return Pool(url, proxy, None, self._keep_alive, self._look_later)
        if not http2:
            return Pool(url, proxy, tls or trusting(), self._keep_alive, self._look_later)
        _need_http2()
        from .http2 import Http2Pool

        return Http2Pool(url, proxy, tls or trusting(http2=True), self._keep_alive, self._look_later)

    def _proxy(self, url: Url) -> Url | None:
        proxy = self._proxies.get(url.scheme)
        if proxy is None or proxy_bypass(url.netloc):
            return None
        try:
            return Url(proxy if "://" in proxy else f"http://{proxy}")
        except ValueError:
            raise NetError("ERR_PROXY_CONNECTION_FAILED") from None


def _need_http2() -> None:
    try:
        for module in HTTP_2:
            need(module, extra="http2")
    except MissingExtra as error:
        raise Fail(f"enableHttp2: {error}") from error
