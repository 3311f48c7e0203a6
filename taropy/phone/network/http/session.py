"""How one app talks to servers: its headers, cookies and cache, and the way of a request through them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import attrs

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.urls import Url
from ..domains import listed
from .cache import Cache, Stored
from .client import client_of
from .cookies import Cookies, cookie_file
from .decoding import decoded, decoders_of
from .failures import net_fail, not_in_domain_list, timeout
from .faults import NetError, fail_of
from .limit import Limit
from .outgoing import DEFAULT_TIMEOUT, Headers, Outgoing, encoded
from .reply import Reply, Response, collected, whole
from .seam import through

if TYPE_CHECKING:
    from ...core.exchange import Exchange
    from ...core.faces import Network
    from .wire import Wire

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 20
# What begins as a place of its own and names none.
NO_HOST = re.compile(r"(https?:)?//+([?#].*)?", re.IGNORECASE)

# Takes the body of the response that no redirect is to follow, and gives the reply, with what is to be kept of it.
Receive = Callable[[Reply, AsyncIterable[bytes]], Awaitable[Reply]]


@lru_cache(maxsize=64)
def _own_headers(identity: tuple[tuple[str, str], ...]) -> Headers:
    """The headers that each request carries: the same ones on all phones of a kind."""
    return encoded(dict(identity))


class Session:
    """One app's cookies, cache and headers of its own, as long as the phone lives."""

    def __init__(self, network: Network, app: App) -> None:
        phone = network.phone
        self.network = network
        self.app = app
        self._clock = phone.clock
        self.client = client_of(phone, app)
        self._headers = _own_headers(tuple(self.client.identity().items()))
        file = cookie_file(phone.folder, app.key) if phone.persistent else None
        self._cookies = Cookies(file, self.client.cookie_policy())
        self._cache = Cache()

    def compose(self, options: Options, function: str, kind: str = "request") -> Outgoing:
        """The request that the options of `function`, which is of this kind, ask for, as this app sends it."""
        timeout = self.network.timeout(self.app, function, DEFAULT_TIMEOUT)
        try:
            outgoing = self.client.compose(options, self._headers, timeout, kind)
        except Fail as failure:
            raise self.client.failure(failure, kind) from failure
        return outgoing if kind == outgoing.kind else attrs.evolve(outgoing, kind=kind)

    async def request(self, wire: Wire, exchange: Exchange) -> Result:
        """Answers from the cache or the network: `data` and what `told` gives."""
        if self.client.by_script(exchange.options):
            from .jsonp import jsonp

            return await jsonp(self, wire, exchange)
        outgoing = self.compose(exchange.options, exchange.name)
        began = self._clock.now()
        work = partial(self._through_cache, outgoing, wire, exchange)
        reply = await self._limited(outgoing, wire, work, exchange if self.client.until_head else None)
        return {"data": self.client.data(reply, outgoing), **self.told(reply, outgoing, began, len(reply.body))}

    async def send(self, outgoing: Outgoing, wire: Wire, receive: Receive) -> Reply:
        """Sends the request past the cache, follows redirects, and hands the last response to `receive`."""
        return await self._limited(outgoing, wire, partial(self._follow, outgoing, wire, receive))

    async def fetch(self, outgoing: Outgoing, wire: Wire, exchange: Exchange) -> Reply:
        """As `send`; tells the listeners of the head of the last response, and gives it with its whole body."""

        async def take(reply: Reply, parts: AsyncIterable[bytes]) -> Reply:
            self._tell_head(exchange, reply, outgoing)
            return reply.with_body(await collected(parts, self.network.max_body))

        return await self.send(outgoing, wire, take)

    def told(self, reply: Reply, outgoing: Outgoing, began: float, received: int) -> Result:
        """What a program is told of a reply, beside its body: see `Client.told`."""
        profile = {
            "fetchStart": began * 1000,
            "responseStart": max(began, reply.began) * 1000,
            "responseEnd": self._clock.now() * 1000,
            "protocol": reply.protocol,
            "receivedBytedCount": received,
        }
        return self.client.told(reply, outgoing, profile)

    def cookies_for(self, url: str) -> dict[str, str]:
        """The `Cookie` header for a page's socket to `url`; nothing for what is no url."""
        try:
            asked = Url(url.replace("ws", "http", 1))
        except ValueError:
            return {}
        return {} if self.client.is_across_sites(asked) else self._cookies.header(asked)

    def clear(self) -> None:
        """Forgets the cookies and the responses that it holds."""
        self._cookies.clear()
        self._cache = Cache()

    async def _limited(
        self,
        outgoing: Outgoing,
        wire: Wire,
        work: Callable[[], Awaitable[Reply]],
        until_head: Exchange | None = None,
    ) -> Reply:
        """Does the work within the time that it has, and in one of the app's places.

        `until_head` is the exchange, if its time is only that until the head of the reply is there.
        """
        try:
            with Limit(wire.deadlines, outgoing.timeout) as limit:
                if until_head is not None:
                    until_head.lift_limit = limit.lift
                place = self.network.place(self.app, wire)
                if place is None:
                    return await work()
                async with place:
                    return await work()
        except TimeoutError:
            raise self.client.failure(timeout(), outgoing.kind) from None
        except NetError as error:
            raise self.client.failure(fail_of(error), outgoing.kind) from error
        except Fail as failure:
            raise self.client.failure(failure, outgoing.kind) from failure

    async def _through_cache(self, outgoing: Outgoing, wire: Wire, exchange: Exchange) -> Reply:
        if outgoing.cache == "no-store":
            return await self._follow(outgoing, wire, partial(self._receive, outgoing, exchange))
        stored = self._cache.find(outgoing)
        if stored is not None and self._serves(stored, outgoing.cache):
            self._tell_head(exchange, stored.reply, outgoing)
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
            self._tell_head(exchange, reply, outgoing)
        elif not reply.redirects:
            self._cache.keep(outgoing, reply, reply.began)
        return reply

    async def _follow(self, outgoing: Outgoing, wire: Wire, receive: Receive) -> Reply:
        if outgoing.held is not None:
            return await receive(outgoing.held, whole(outgoing.held.body))
        for redirects in range(MAX_REDIRECTS + 1):
            question = self.client.preflight(outgoing)
            if question is not None:
                await self._ask_ahead(question, outgoing, wire)
            response = await self._send(outgoing, wire)
            try:
                if self.network.slow:
                    await self.network.delay(0)
                now = self._clock.now()
                reply = Reply(response.status, response.pairs, now, response.protocol, redirects, url=outgoing.url)
                if self.client.shares_cookies(outgoing):
                    self._cookies.keep(outgoing.url, reply)
                self.client.admit(outgoing, reply)
                target = _target(outgoing, reply)
                if target is None:
                    return await receive(reply, self._incoming(reply, response))
            finally:  # what a redirect says besides is not read
                await response.aclose()
            outgoing = self.client.redirected(outgoing.redirected(reply.status, target))
        raise net_fail("ERR_TOO_MANY_REDIRECTS")

    async def _ask_ahead(self, question: Outgoing, outgoing: Outgoing, wire: Wire) -> None:
        """Sends what a browser asks before the request itself."""
        response = await self._send(question, wire)
        try:
            await self.network.delay(0)
            self.client.admit_preflight(outgoing, Reply(response.status, response.pairs, self._clock.now()))
        finally:
            await response.aclose()

    async def _send(self, outgoing: Outgoing, wire: Wire) -> Response:
        network = self.network
        if not network.admits(outgoing.url, outgoing.kind) and listed(self.app, outgoing.kind):
            raise not_in_domain_list()
        if not network.online:
            raise net_fail("ERR_INTERNET_DISCONNECTED")
        if network.lost():
            raise net_fail("ERR_CONNECTION_TIMED_OUT")
        if "cookie" not in outgoing.headers and self.client.shares_cookies(outgoing):
            outgoing = outgoing.with_headers(self._cookies.header(outgoing.url))
        if network.slow:
            await network.delay(len(outgoing.body) if isinstance(outgoing.body, bytes) else 0, up=True)
        if network.layers and not wire.is_silent:
            return await through(network.layers, partial(wire.send, tls=network.tls))(outgoing)
        return await wire.send(outgoing, network.tls)

    def _incoming(self, reply: Reply, response: Response) -> AsyncIterable[bytes]:
        """The body as it comes in, as fast as the network lets it, with every content encoding undone."""
        encodings = reply.encodings
        parts = decoded(response, decoders_of(encodings)) if encodings else response
        return parts if self.network.bandwidth is None else self._paced(parts)

    async def _paced(self, parts: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        async for part in parts:
            await self.network.pace(len(part))
            yield part

    def _tell_head(self, exchange: Exchange, reply: Reply, outgoing: Outgoing) -> None:
        if "headers" in exchange.listeners:
            exchange.listeners.tell_each("headers", partial(self.client.head, reply, outgoing))

    async def _receive(
        self, outgoing: Outgoing, exchange: Exchange, reply: Reply, parts: AsyncIterable[bytes]
    ) -> Reply:
        exchange.headed()
        # What the server has to say of a kept response is not what the program is told: see `_renew`.
        if reply.status != 304 or outgoing.cache == "no-store":
            self._tell_head(exchange, reply, outgoing)
        if not outgoing.chunked:
            return reply.with_body(await self.client.body(outgoing, collected(parts, self.network.max_body)))
        async for part in parts:
            exchange.listeners.tell_each("chunk", partial(dict[str, Any], data=part))
        return reply


def _target(outgoing: Outgoing, reply: Reply) -> Url | None:
    """Where a reply sends the request that follows redirects."""
    location = reply.first(b"location") if outgoing.follow and reply.status in REDIRECTS else ""
    if not location:
        return None
    if NO_HOST.fullmatch(location):
        raise net_fail("ERR_INVALID_REDIRECT")
    try:
        target = outgoing.url.join(location)
    except ValueError:
        raise net_fail("ERR_INVALID_REDIRECT") from None
    if target.scheme not in ("http", "https"):
        raise net_fail("ERR_UNSAFE_REDIRECT")
    if not target.host:
        raise net_fail("ERR_INVALID_REDIRECT")
    return target
