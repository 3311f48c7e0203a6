"""What requests go out over in one event loop: the connections of a computer, or the browser that taropy runs in."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import cache, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ....deadlines import Deadlines
from ...core.clock import Clock
from .limit import Limit
from .outgoing import Outgoing
from .reply import Response

if TYPE_CHECKING:
    import ssl

#: What the extra `http2` brings.
HTTP_2 = ("h2", "httpcore2", "anyio")


class Wire:
    """The way out of one loop, with the time and the places that requests have there."""

    #: Whether nothing that is sent comes to anybody.
    is_silent = False

    def __init__(self, clock: Clock) -> None:
        self._loop = asyncio.get_running_loop()
        self.deadlines: Deadlines[Limit] = Deadlines(
            self._loop, Limit.end, clock.elapsed, partial(clock.limit, self._loop)
        )
        self.places: dict[tuple[str, int], asyncio.Semaphore] = {}

    def silent(self) -> Wire:
        """A wire with the same limits, at whose other end nobody answers."""
        return Silent(self)

    def send(self, outgoing: Outgoing, tls: ssl.SSLContext | None) -> Coroutine[Any, Any, Response]:
        """Sends the request and waits for the head of the response. Raises `NetError`.

        `tls` are the rules for https, or None for the machine's own trust store.
        """
        raise NotImplementedError

    def drop(self) -> None:
        """Ends every connection, from whatever thread; what is sent from now on goes over new ones."""

    async def aclose(self) -> None:
        """Closes every connection. A second call does nothing."""
        self.deadlines.close()


class Silent(Wire):
    """What a request that a test has ordered to hang goes over: nothing comes of it, not even a route's answer."""

    is_silent = True

    def __init__(self, wire: Wire) -> None:
        self.deadlines = wire.deadlines
        self.places = wire.places

    async def send(self, outgoing: Outgoing, tls: ssl.SSLContext | None) -> Response:
        """Waits for ever."""
        answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        return await answer


@cache
def knows_http2() -> bool:
    """Whether what HTTP/2 needs is installed."""
    return all(find_spec(name) for name in HTTP_2)
