"""What a test has the phone's network answer in the process: `phone.network.route`, `mount`, `calls`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, overload

from ...hints import check_word
from .conditions import Conditions

if TYPE_CHECKING:
    import re
    from typing import Unpack

    from ..core.faces import Phone
    from .http.seam import Layer
    from .routes.calls import Calls
    from .routes.messages import HeaderTypes
    from .routes.mount import Mount
    from .routes.options import Answers, MatchOptions, RouteOptions, Where
    from .routes.route import Route
    from .routes.router import Router
    from .routes.scripted import Scripted
    from .routes.serving import App

#: What a test has not given, where None is something to give.
UNSET: Any = ...


class Routed(Conditions):
    """Requests that are answered by their URL.

    - `unrouted`: what becomes of a request that no route takes: "pass", by default, sends it to the real server; "fail"
      fails it as one whose server cannot be reached, with an `UnroutedRequestWarning` that names the routes.
    - `calls`: what has been asked for, see `Call`, since the first route, or from the beginning on a phone with a log.
    - `errors`: what handlers and mounted apps have raised, and the program saw as a server that broke.
    - `layers`: what each request goes through on its way to the wire, see `http/seam.py`.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.layers: list[Layer] = []

    @cached_property
    def _router(self) -> Router:
        from .routes.router import Router

        router = Router(self.phone.clock)
        self.layers.insert(0, router)
        return router

    @property
    def _may_refuse(self) -> bool:
        return "_router" in vars(self) and self._router.may_refuse

    @property
    def unrouted(self) -> Literal["pass", "fail"]:
        """What becomes of a request that no route takes."""
        return self._router.unrouted

    @unrouted.setter
    def unrouted(self, unrouted: Literal["pass", "fail"]) -> None:
        check_word(unrouted, ("pass", "fail"), "phone.network.unrouted is never {!r}")
        self._router.unrouted = unrouted

    @property
    def calls(self) -> Calls:
        """What has been asked for, by whom it was answered and how."""
        return self._router.calls

    @property
    def errors(self) -> list[BaseException]:
        """What handlers and mounted apps have raised."""
        return self._router.errors

    @property
    def routes(self) -> list[Scripted]:
        """The routes and mounts, oldest first."""
        return self._router.routes

    @property
    def mounts(self) -> list[Mount]:
        """The mounts, oldest first."""
        if "_router" not in vars(self):
            return []
        from .routes.mount import Mount

        return [scripted for scripted in self._router.routes if isinstance(scripted, Mount)]

    @property
    def unused(self) -> list[str]:
        """The routes and mounts that nothing has asked for, or not as often as they were to, in words."""
        if "_router" not in vars(self):
            return []
        return [words for scripted in self._router.routes if (words := scripted.unused)]

    @overload
    def route(self, url: Where, /, **options: Unpack[RouteOptions]) -> Route: ...
    @overload
    def route(self, url: Where, answer: Answers, /, **options: Unpack[MatchOptions]) -> Route: ...
    @overload
    def route(self, method: str, url: Where, /, **options: Unpack[RouteOptions]) -> Route: ...
    @overload
    def route(self, method: str, url: Where, answer: Answers, /, **options: Unpack[MatchOptions]) -> Route: ...
    def route(
        self,
        *where: Any,
        json: Any = UNSET,
        text: str | None = None,
        body: Any = b"",
        status: int = 200,
        headers: HeaderTypes = (),
        error: str | Exception | type[Exception] | None = None,
        delay: float = 0.0,
        times: int | None = None,
        query: Mapping[str, Any] | None = None,
        match_headers: Mapping[str, Any] | None = None,
        match_json: Any = UNSET,
        cors: bool = False,
        optional: bool = False,
    ) -> Route:
        """Has requests to an address answered in the process, and gives the route, which knows its calls.

            phone.network.route("https://api.example.com/me", json={"name": "Ada"})
            phone.network.route("POST", "https://api.example.com/login", handler)

        **Where.** A method, which may be left out, and an address: exact, `https://api.example.com/me`; a path on any
        server, `/me`; with patterns, `https://api.example.com/**`, `**/users/{id}`, `https://*.example.com/{a,b}`, in
        which `*` stops at a slash; or a compiled regular expression, which is searched in the whole URL. A query in an
        address is what the request has at least.

        **Which.** `query` and `match_headers`: values by name; a regular expression is searched, None is for what may
        not be there. `match_json`: the body, whose objects may have more fields; expressions in it are searched, and
        functions asked.

        **What.** One of `json`, `text` and `body` (bytes, or an iterable of bytes that are sent one by one), with
        `status` and `headers`; or `error`: "timeout", "refused", "reset", "closed", "empty", "unreachable",
        "unresolved", "offline", "certificate", "tls", or Chromium's `ERR_…`. Or behind the address: a `Response`, an
        exception, a handler, or a list of these that are given in turn, the last one again and again. A handler gets
        the `Request`, may be async, and returns a `Response`, a dict or list (JSON), a str or bytes, or
        `request.continue_()`. What it raises is a fault of the network, as ConnectionResetError and TimeoutError are,
        or else status 500, and told to the test.

        `delay`: seconds by the phone's clock. `times`: how many requests it answers; those after that go to earlier
        routes. `cors`: whether pages of every origin may ask, and are told so when they ask ahead. `optional`: whether
        it may go unused without a warning.

        Of several routes that take a request the latest has it. ValueError or TypeError for what is no route.
        """
        from .routes.making import made

        return made(
            self._router,
            where,
            json=json,
            text=text,
            body=body,
            status=status,
            headers=headers,
            error=error,
            delay=delay,
            times=times,
            query=query,
            match_headers=match_headers,
            match_json=match_json,
            cors=cors,
            optional=optional,
        )

    def mount(self, url: str, app: App, /, *, optional: bool = False) -> Mount:
        """Has an ASGI app, as Starlette's, FastAPI's and Django's are, answer all requests below an address.

            phone.network.mount("https://api.example.com", app)

        A path in the address is the app's `root_path`. The app runs in the program's own event loop. It starts with the
        first request, once in each loop (each `taropy.run` has its own), and is shut down with the phone, or with the
        loop: its lifespan is kept. What it raises is told to the test, see `errors`; the program gets status 500, or a
        response that breaks off. WebSockets to the same address, `wss://api.example.com`, reach it as well.

        Mounts and routes have requests as routes have them: the latest one first. `optional`: whether it may go unused
        without a warning. ValueError for an address that is none; TypeError for an app that is no ASGI app.
        """
        from .routes.mount import Mount

        mount = Mount(self._router, url, app, optional=optional)
        self._router.add(mount)
        return mount

    def unroute(self, url: str | re.Pattern[str] | None = None, /) -> None:
        """Takes away the routes and mounts that were written with this address, or all. ValueError if there is none."""
        found = [each for each in self._router.routes if url is None or each.pattern.is_written(url)]
        if url is not None and not found:
            raise ValueError(f"no route is for {url!r}; there are {[each.where for each in self._router.routes]}")
        for each in found:
            each.unroute()

    def snapshot(self) -> Any:
        """The state as it is now, and the routes."""
        return super().snapshot(), self._router.snapshot() if "_router" in vars(self) else None

    def restore(self, state: Any) -> None:
        """Puts the state and the routes back; what was asked for is forgotten."""
        own, routes = state
        super().restore(own)
        if routes is not None:
            self._router.restore(routes)
        elif "_router" in vars(self):
            self._router.restore(self._router.EMPTY)

    def close(self) -> None:
        """Ends the apps that are mounted. A second call does nothing."""
        for scripted in self._router.routes if "_router" in vars(self) else ():
            scripted.close()

    async def aclose(self) -> None:
        """As `close`, and waits until those of the running loop have ended."""
        for scripted in self._router.routes if "_router" in vars(self) else ():
            await scripted.aclose()
