"""Which route a WebSocket takes: `phone.sockets.route` and what it gives."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import parse_qsl

import attrs
from websockets.exceptions import WebSocketException

from ....masking import masked_text
from ....program import caller
from ...core.app import App
from ...core.remembered import Remembered
from ...core.urls import Url
from ..routes.expected import Counted, Expected, how_often, numbers
from ..routes.patterns import Pattern
from .handshake import Handshake
from .mounted import as_request, talk
from .passing import Passed, Relay
from .pipe import Pipe
from .serverside import ServerSide
from .talk import Asked, HandOn, Script, Talk

if TYPE_CHECKING:
    import ssl

    from ...core.faces import Phone
    from ..routes.mount import Mount

# How many connections the text of a failure names.
NAMED = 12
# A routed connection is there no sooner, in seconds, than one over a very quick network: by then the program has its
# task, and has said who listens.
SOONEST = 0.001
# So long a test waits for a connection by itself, in seconds of real time; a clock that is stopped would never be up.
PATIENCE = 10.0

#: Connects an end to the real server. Raises what a server does that can't be reached.
Reach = Callable[[asyncio.BaseProtocol], Awaitable[None]]


class SocketRoute(Expected["Connections"]):
    """WebSockets that are answered in the process.

    `calls` has the connections that came, as `ServerSide`s, the last thousand of them; `errors` what handlers have
    raised. With `optional` it may go unused; otherwise the pytest plugin tells.
    """

    MET = "connected to"

    def __init__(
        self, router: SocketRouter, pattern: Pattern, script: Script, *, times: int | None, optional: bool
    ) -> None:
        self.pattern = pattern
        self.optional = optional
        self.calls = Connections()
        self.errors: Remembered[BaseException] = Remembered()
        self._router = router
        self._script = script
        self._times = times
        self._taken = 0
        self.number = 0
        self._opened: deque[ServerSide] = deque()
        self._waiting: deque[asyncio.Future[ServerSide]] = deque()

    @property
    def where(self) -> str:
        """What it is for: its pattern, as it was written."""
        return str(self.pattern)

    def _instead(self) -> str:
        return self._router.told()

    def _shown(self) -> str:
        return f":\n{self.calls}"

    async def connected(self, timeout: float | None = PATIENCE) -> ServerSide:
        """The next connection that has been opened, of those that this has not given yet; waits for one.

        Waits `timeout` seconds of real time, None for as long as it takes. The AssertionError shows what has come
        instead.
        """
        if self._opened:
            return self._opened.popleft()
        waiter: asyncio.Future[ServerSide] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            async with asyncio.timeout(timeout):
                return await waiter
        except TimeoutError:
            waited = f"nothing more has connected to {self.where} for {timeout:g} seconds"
            raise AssertionError(f"{waited}. {self._instead()}") from None

    def unroute(self) -> None:
        """Takes it away. Connections that are open stay so."""
        self._router.remove(self)

    @property
    def unused(self) -> str:
        """What of it no connection has used, in words; "" if all of it was."""
        wanted = self._times or 1
        if self.optional or self._taken >= wanted:
            return ""
        if not self._taken:
            return f"{self.where}, which nothing has connected to"
        return f"{self.where}, which was connected to {self._taken} of {how_often(wanted)}"

    def __repr__(self) -> str:
        return f"<SocketRoute {self.where}, connected to {how_often(self.calls.total)}>"

    # --- what the router asks -------------------------------------------------------------------------------------

    def takes(self, url: Url) -> bool:
        """Whether it answers connections to this url."""
        if self._times is not None and self._taken >= self._times:
            return False
        pattern = self.pattern
        if pattern.origin not in (None, url.origin) or pattern.path not in (None, url.path or "/"):
            return False
        return pattern.match(url) is not None and _has_query(pattern, url)

    def lacks(self, url: Url) -> Iterable[str]:
        """What of a connection to its address it does not take, in words."""
        if self._times is not None and self._taken >= self._times:
            yield f"its times={self._times}"
        if not _has_query(self.pattern, url):
            yield "its query"

    async def talk(self, phone: Phone, asked: Asked, hand_on: HandOn) -> Talk:
        """A server's side of its own for a new connection, which `hand_on` takes if the handler passes it on."""
        self._taken += 1
        params = self.pattern.match(asked.url) or {}
        side = ServerSide(phone, asked, params, self._script, opened=self._open, failed=self._failed, hand_on=hand_on)
        self.calls.append(side)
        self._router.calls.append(side)
        return side._talk

    def state(self) -> int:
        """How much of it has been used, for `come_back`."""
        return self._taken

    def come_back(self, state: int) -> None:
        """It is as it was; its calls are forgotten."""
        self._taken = state
        self.calls.clear()
        self.errors.clear()
        self._opened.clear()

    def _open(self, side: ServerSide) -> None:
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.get_loop().call_soon_threadsafe(_give, waiter, side, self._open)
                return
        self._opened.append(side)

    def _failed(self, error: BaseException) -> None:
        self.errors.append(error)
        self._router.errors.append(error)


class Connections(Counted[ServerSide]):
    """The last thousand connections, oldest first; printed, with what was said. `total` is how many there were."""


class MountedApp:
    """An app that `phone.network.mount` has mounted, as the router of WebSockets finds it."""

    def __init__(self, mount: Mount, router: SocketRouter) -> None:
        self.number = mount.number
        self.where = mount.where
        self._mount = mount
        self._router = router

    def takes(self, url: Url) -> bool:
        """Whether the url is below the app's address, as a WebSocket's."""
        asked, pattern = as_request(url), self._mount.pattern
        return pattern.origin == asked.origin and pattern.match(asked) is not None

    async def talk(self, phone: Phone, asked: Asked, hand_on: HandOn) -> Talk:
        """The app's side of a new connection. ConnectionRefusedError if the app has not started."""
        made = await talk(self._mount, phone, asked, hand_on)
        self._router.calls.append(self._mount.sockets[-1])
        return made


class SocketRouter:
    """Finds the route of a WebSocket: the latest one that takes it has it."""

    def __init__(self, phone: Phone) -> None:
        self.unrouted: Literal["pass", "fail"] = "pass"
        self.calls: Connections = Connections()
        self.errors: Remembered[BaseException] = Remembered()
        self.routes: list[SocketRoute] = []
        self._phone = phone
        self._came: Remembered[str] = Remembered()

    def add(self, route: SocketRoute) -> None:
        """From now on it answers."""
        route.number = next(numbers)
        self.routes.append(route)

    def remove(self, route: SocketRoute) -> None:
        """It answers no more."""
        if route in self.routes:
            self.routes.remove(route)

    def snapshot(self) -> Any:
        """The routes as they are, for `restore`."""
        return self.unrouted, [(route, route.state()) for route in self.routes]

    def restore(self, state: Any) -> None:
        """Has those routes again, and no others; who has connected is forgotten."""
        self.unrouted, routes = state
        self.calls.clear()
        self.errors.clear()
        self._came.clear()
        self.routes = [route for route, _ in routes]
        for route, used in routes:
            route.come_back(used)

    async def connect(self, connection: asyncio.BufferedProtocol, asked: Asked, reach: Reach) -> None:
        """Connects to the route that takes it, or by `reach` to the real server; raises what that does."""
        route = self._next(asked)
        if route is None and self.unrouted == "pass":
            await reach(connection)
            return
        if route is None:
            self._refuse(asked)
        await asyncio.sleep(SOONEST)
        if route is None:
            raise ConnectionRefusedError
        talk = await route.talk(self._phone, asked, partial(self._hand_on, route, asked, reach))
        talk.connect(connection)

    async def _hand_on(
        self, route: SocketRoute | MountedApp, asked: Asked, reach: Reach, answer: Passed, pipe: Pipe, said: bytes
    ) -> None:
        """Has the next route take what the handler of this one has passed on, or the real server."""
        if answer is Passed.FALLBACK:
            following = self._next(asked, route.number)
            if following is not None:
                try:
                    talk = await following.talk(self._phone, asked, partial(self._hand_on, following, asked, reach))
                except ConnectionRefusedError as error:
                    pipe.end(error)
                else:
                    talk.take_over(pipe, said)
                return
            if self.unrouted == "fail":
                self._refuse(asked)
                pipe.end(ConnectionRefusedError())
                return
        try:
            await reach(Relay(pipe, said))
        except (OSError, ValueError, WebSocketException) as error:
            pipe.end(error)

    def _next(self, asked: Asked, before: float = inf) -> SocketRoute | MountedApp | None:
        """The latest that takes it, of the routes and the mounted apps that came before; it is noted who that is."""
        url = asked.url
        came: list[SocketRoute | MountedApp] = [*self.routes]
        came += [MountedApp(mount, self) for mount in self._phone.network.mounts]
        came.sort(key=lambda each: each.number, reverse=True)
        taken = next((each for each in came if each.number < before and each.takes(url)), None)
        self._came.append(f"{masked_text(str(url))} ({'no route' if taken is None else f'by {taken.where}'})")
        return taken

    def told(self) -> str:
        """What has been connected to, for the message of a check that fails."""
        came = self._came[-NAMED:]
        return "\n  ".join(["What was connected to:", *came]) if came else "Nothing was connected to."

    def _refuse(self, asked: Asked) -> None:
        from ..routes.unrouted import nearest, told, warn

        latest = self.routes[::-1]
        near = nearest(asked.url, ((each.pattern, each.where, partial(each.lacks, asked.url)) for each in latest))
        what = f"the WebSocket {masked_text(str(asked.url))}"
        warn(told(what, "sockets", [each.where for each in latest], near), asked.place)


@attrs.frozen
class RoutedHandshake(Handshake):
    """A handshake that goes to the first route that takes it."""

    router: SocketRouter
    asked: Asked

    async def connect(self, connection: asyncio.BaseProtocol, tls: ssl.SSLContext | None) -> None:
        def reach(end: asyncio.BaseProtocol) -> Awaitable[None]:
            return Handshake.connect(self, end, tls)

        await self.router.connect(cast(asyncio.BufferedProtocol, connection), self.asked, reach)


def routed(handshake: Handshake, router: SocketRouter, phone: Phone, app: App) -> Handshake:
    """The same handshake, which a route may take."""
    asked = Asked(app, handshake.url, phone.clock.now(), caller())
    return RoutedHandshake(**attrs.asdict(handshake, recurse=False), router=router, asked=asked)


def _has_query(pattern: Pattern, url: Url) -> bool:
    pairs = parse_qsl(url.query or "", keep_blank_values=True) if pattern.query else []
    return all(any(key == name and regex.fullmatch(value) for key, value in pairs) for name, regex in pattern.query)


def _give(waiter: asyncio.Future[ServerSide], side: ServerSide, otherwise: Any) -> None:
    if waiter.done():
        otherwise(side)
    else:
        waiter.set_result(side)
