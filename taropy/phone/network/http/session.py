"""How one app talks to servers: its headers, cookies and cache, and the way of a request through them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
import httpcore2
import httpx2

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.vendors import of_vendor
from ..domains import listed
from .cache import Cache, Stored
from .cookies import Cookies, cookie_file
from .failures import net_fail, not_in_domain_list, timeout
from .faults import CLIENT_ERRORS, fail_of
from .outgoing import DEFAULT_TIMEOUT, Outgoing, compose, encoded
from .reply import Reply, parts_of

if TYPE_CHECKING:
    from ...core.faces import Network
    from .task import Exchange
    from .wire import Wire

# github.com/AlipayDocs/open-docs, "my.request报错：JSON parse data error".
JSON_ALONE: Mapping[str, bool] = {"my": True}
NOT_JSON = 14

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 20

# Takes the body of the response that no redirect is to follow, and gives the reply, with what is to be kept of it.
Receive = Callable[[Reply, AsyncIterable[bytes]], Awaitable[Reply]]


class Session:
    """One app's cookies, cache and headers of its own, as long as the phone lives."""

    def __init__(self, network: Network, app: App) -> None:
        phone = network.phone
        self.network = network
        self.app = app
        self._clock = phone.clock
        self._headers = encoded(phone.system.identity(app))
        self._cookies = Cookies(cookie_file(phone.folder, app.key) if phone.persistent else None)
        self._cache = Cache()

    def compose(self, options: Options, function: str) -> Outgoing:
        """The request that the options of `function` ask for, as this app sends it."""
        return compose(options, self._headers, self.network.timeout(self.app, function, DEFAULT_TIMEOUT))

    async def request(self, wire: Wire, exchange: Exchange) -> Result:
        """Answers from the cache or the network: `data` and what `told` gives."""
        outgoing = self.compose(exchange.options, exchange.name)
        began = self._clock.now()
        reply = await self._limited(outgoing, wire, partial(self._through_cache, outgoing, wire, exchange))
        return {"data": self._data(reply, outgoing.form), **self.told(reply, began, len(reply.body))}

    def _data(self, reply: Reply, form: str) -> Any:
        """The body as the program wants it. What is no JSON is text, unless the vendor wants nothing but JSON."""
        if form != "json" or not of_vendor(JSON_ALONE, self.app, False):
            return reply.data(form)
        try:
            return reply.json()
        except ValueError as error:
            raise Fail(
                "JSON parse data error",
                error=NOT_JSON,
                data=reply.text(),
                status=reply.status,
                headers=reply.header(),
            ) from error

    async def send(self, outgoing: Outgoing, wire: Wire, receive: Receive) -> Reply:
        """Sends the request past the cache, follows redirects, and hands the last response to `receive`."""
        return await self._limited(outgoing, wire, partial(self._follow, outgoing, wire, receive))

    def told(self, reply: Reply, began: float, received: int) -> Result:
        """What a program is told of a reply: `statusCode`, `header`, `cookies` and `profile`.

        `profile` has `fetchStart`, `responseStart` and `responseEnd` in milliseconds since the epoch,
        `protocol`, and the length of the body in `receivedBytedCount`, which is WeChat's own spelling.
        """
        profile = {
            "fetchStart": began * 1000,
            "responseStart": max(began, reply.began) * 1000,
            "responseEnd": self._clock.now() * 1000,
            "protocol": reply.protocol,
            "receivedBytedCount": received,
        }
        cookies = reply.all(b"set-cookie")
        return {"statusCode": reply.status, "header": reply.header(), "cookies": cookies, "profile": profile}

    def clear(self) -> None:
        """Forgets the cookies and the responses that it holds."""
        self._cookies.clear()
        self._cache = Cache()

    async def _limited(self, outgoing: Outgoing, wire: Wire, work: Callable[[], Awaitable[Reply]]) -> Reply:
        """Does the work within the time that it has, and in one of the app's places."""
        try:
            async with asyncio.timeout(outgoing.timeout), self.network.place(self.app, wire):
                return await work()
        except TimeoutError:
            raise timeout() from None
        except CLIENT_ERRORS as error:
            raise fail_of(error) from error

    async def _through_cache(self, outgoing: Outgoing, wire: Wire, exchange: Exchange) -> Reply:
        if outgoing.cache == "no-store":
            return await self._follow(outgoing, wire, partial(self._receive, outgoing, exchange))
        stored = self._cache.find(outgoing)
        if stored is not None and self._serves(stored, outgoing.cache):
            exchange.listeners.tell_each("headers", stored.reply.head)
            return stored.reply
        if outgoing.cache == "only-if-cached":
            raise net_fail("ERR_CACHE_MISS")
        return await self._renew(outgoing, wire, exchange, None if outgoing.cache == "reload" else stored)

    def _serves(self, stored: Stored, mode: str) -> bool:
        fresh = mode == "default" and self._clock.now() < stored.fresh_until
        return fresh or mode in ("force-cache", "only-if-cached")

    async def _renew(self, outgoing: Outgoing, wire: Wire, exchange: Exchange, stored: Stored | None) -> Reply:
        """Asks the server, with the validators of what is stored, and keeps what it says."""
        asked = outgoing if stored is None else outgoing.with_headers(stored.validators())
        reply = await self._follow(asked, wire, partial(self._receive, outgoing, exchange))
        if reply.status == 304:
            reply = reply if stored is None else self._cache.refresh(outgoing, stored, reply, reply.began)
            exchange.listeners.tell_each("headers", reply.head)
        elif not reply.redirects:
            self._cache.keep(outgoing, reply, reply.began)
        return reply

    async def _follow(self, outgoing: Outgoing, wire: Wire, receive: Receive) -> Reply:
        for redirects in range(MAX_REDIRECTS + 1):
            response = await self._send(outgoing, wire)
            try:
                await self.network.delay(0)
                reply = Reply(response.status, response.headers, self._clock.now(), _protocol(response), redirects)
                if outgoing.cookies:
                    self._cookies.keep(outgoing.url, reply)
                target = _target(outgoing, reply)
                if target is None:
                    return await receive(reply, self._incoming(reply, response))
                await response.aread()
            finally:
                await response.aclose()
            outgoing = outgoing.redirected(reply.status, target)
        raise net_fail("ERR_TOO_MANY_REDIRECTS")

    async def _send(self, outgoing: Outgoing, wire: Wire) -> httpcore2.Response:
        network = self.network
        if listed(self.app, outgoing.kind) and not network.admits(outgoing.url, outgoing.kind):
            raise not_in_domain_list()
        if not network.online:
            raise net_fail("ERR_INTERNET_DISCONNECTED")
        if network.lost():
            raise net_fail("ERR_CONNECTION_TIMED_OUT")
        if outgoing.cookies and "cookie" not in outgoing.headers:
            outgoing = outgoing.with_headers(self._cookies.header(outgoing.url))
        await network.delay(len(outgoing.body) if isinstance(outgoing.body, bytes) else 0, up=True)
        return await wire.send(outgoing, network.tls)

    def _incoming(self, reply: Reply, response: httpcore2.Response) -> AsyncIterable[bytes]:
        """The body as it comes in, as fast as the network lets it."""
        parts = parts_of(reply, response)
        return parts if self.network.bandwidth is None else self._paced(parts)

    async def _paced(self, parts: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        async for part in parts:
            await self.network.pace(len(part))
            yield part

    async def _receive(
        self, outgoing: Outgoing, exchange: Exchange, reply: Reply, parts: AsyncIterable[bytes]
    ) -> Reply:
        # What the server has to say of a kept response is not what the program is told: see `_renew`.
        if reply.status != 304 or outgoing.cache == "no-store":
            exchange.listeners.tell_each("headers", reply.head)
        if not outgoing.chunked:
            return attrs.evolve(reply, body=b"".join([part async for part in parts]))
        async for part in parts:
            exchange.listeners.tell_each("chunk", partial(dict[str, Any], data=part))
        return reply


def _protocol(response: httpcore2.Response) -> str:
    return "h2" if response.extensions.get("http_version") == b"HTTP/2" else "http/1.1"


def _target(outgoing: Outgoing, reply: Reply) -> httpx2.URL | None:
    """Where a reply sends the request that follows redirects."""
    location = reply.first(b"location") if outgoing.follow and reply.status in REDIRECTS else ""
    if not location:
        return None
    try:
        target = outgoing.url.join(location)
    except (httpx2.InvalidURL, ValueError):
        raise net_fail("ERR_INVALID_REDIRECT") from None
    if target.scheme not in ("http", "https"):
        raise net_fail("ERR_UNSAFE_REDIRECT")
    if not target.host:
        raise net_fail("ERR_INVALID_REDIRECT")
    return target
