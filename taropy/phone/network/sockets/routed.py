"""What a test has the phone's sockets answer in the process: `phone.sockets.route`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ....extras import need
from ....hints import check_word
from ...core.room import Room

if TYPE_CHECKING:
    import re

    from ...core.app import App
    from .handshake import Handshake
    from .routing import Connections, SocketRoute, SocketRouter

    Handler = Callable[..., Any]


class RoutedSockets(Room):
    """WebSockets that are answered by their url.

    - `unrouted`: what becomes of a WebSocket that no route takes: "pass", by default, sends it to the real server;
      "fail" fails it as one whose server cannot be reached, with an `UnroutedRequestWarning` that names the routes.
    - `calls`: the connections that routes have answered; `errors`: what their handlers have raised.
    """

    @cached_property
    def _router(self) -> SocketRouter:
        need("websockets", extra="socket", what="phone.sockets.route")
        from .routing import SocketRouter

        return SocketRouter(self.phone)

    @property
    def unrouted(self) -> Literal["pass", "fail"]:
        """What becomes of a WebSocket that no route takes."""
        return self._router.unrouted if self._has_router else "pass"

    @unrouted.setter
    def unrouted(self, unrouted: Literal["pass", "fail"]) -> None:
        check_word(unrouted, ("pass", "fail"), "phone.sockets.unrouted is never {!r}")
        self._router.unrouted = unrouted

    @property
    def calls(self) -> Connections:
        """The connections that routes have answered, oldest first."""
        return self._router.calls

    @property
    def errors(self) -> list[BaseException]:
        """What handlers of routes have raised."""
        return self._router.errors if self._has_router else []

    @property
    def routes(self) -> list[SocketRoute]:
        """The routes, oldest first."""
        return list(self._router.routes) if self._has_router else []

    @property
    def unused(self) -> list[str]:
        """The routes that nothing has connected to, or not as often as it was to, in words."""
        return [words for route in self.routes if (words := route.unused)]

    def route(
        self,
        url: str | re.Pattern[str],
        *,
        on_connect: Handler | None = None,
        on_message: Handler | None = None,
        on_handshake: Handler | None = None,
        messages: Sequence[Any] = (),
        protocols: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
        status: int | None = None,
        delay: float = 0.0,
        times: int | None = None,
        optional: bool = False,
    ) -> SocketRoute:
        """Has WebSockets to a url answered in the process, and gives the route, which knows its connections.

            phone.sockets.route("wss://chat.example.com/{room}", on_message=lambda side, message: f"echo {message}")

        **Where.** As for `phone.network.route`: exact, `wss://chat.example.com/live`; a path on any server, `/live`;
        with patterns, `wss://*.example.com/**`; or a regular expression.

        **What.** Handlers, plain or async, which get a `ServerSide`. `on_handshake(side)` comes before the handshake is
        answered, and may `refuse` it; or it returns `side.fallback()`, which leaves the WebSocket to the next route, or
        `side.continue_()`, which sends it to the real server. `on_connect(side)` comes when it is answered, and may
        send, receive and close. `on_message(side, message)` gets each message, one after another; what it returns,
        unless it is None, is sent. Without it the messages wait for `receive()`. The connection stays open until one
        side closes it.

        - `messages`: what the server sends first: text, bytes, or what JSON can say.
        - `protocols`: the subprotocols that the server has; the first that the program offers is chosen.
        - `headers`: more headers of the answer to the handshake.
        - `status`: refuses the handshake with this HTTP status.
        - `delay`: how many seconds after the program's call the handshake is answered, by the phone's clock.
        - `times`: how many connections it takes; those after that go to earlier routes. `optional`: whether it may go
          unused without a warning.

        Of several routes that take a WebSocket the latest has it. What a handler raises is kept in `errors` and
        reported, and the server closes with 1011. ValueError or TypeError for what is no route.
        """
        router = self._router  # which says what to install, if something is missing
        from .making import made

        return made(
            router,
            url,
            on_connect=on_connect,
            on_message=on_message,
            on_handshake=on_handshake,
            messages=messages,
            protocols=protocols,
            headers=headers or {},
            status=status,
            delay=delay,
            times=times,
            optional=optional,
        )

    def unroute(self, url: str | re.Pattern[str] | None = None, /) -> None:
        """Takes away the routes that were written with this url, or all. ValueError if there is none."""
        found = [each for each in self.routes if url is None or each.pattern.is_written(url)]
        if url is not None and not found:
            raise ValueError(f"no route is for {url!r}; there are {[each.where for each in self.routes]}")
        for each in found:
            each.unroute()

    def snapshot(self) -> Any:
        """The state as it is now, and the routes."""
        return super().snapshot(), self._router.snapshot() if self._has_router else ("pass", [])

    def restore(self, state: Any) -> None:
        """Puts the state and the routes back; who has connected is forgotten."""
        own, routes = state
        super().restore(own)
        if self._has_router or routes[1]:
            self._router.restore(routes)

    @property
    def _has_router(self) -> bool:
        return "_router" in vars(self)

    def _by_routes(self, handshake: Handshake, app: App) -> Handshake:
        """The handshake, for a route to take if there are any."""
        if not (self._has_router or self.phone.network.mounts):
            return handshake
        from .routing import routed

        return routed(handshake, self._router, self.phone, app)
