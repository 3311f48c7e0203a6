"""The vendors' HTTP interfaces on a socket: one server plays all of them, path and appid tell which."""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ...extras import need
from ..core.loopback import is_loopback
from ..core.telling import Showing
from . import (
    alipay,
    baidu_pay,
    card_codes,
    douyin_pay,
    qq_wallet,
    subscribe_messages,
    swan,
    swan_risk,
    tt,
    weapp,
    wechat_pay,
)
from .calls import Call, Endpoint, Reply, as_json
from .platform import Registry

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LARGEST_BODY = 1_000_000
#: How long a connection is kept for a next request, in seconds. Longer than HTTP clients keep theirs (five seconds are
#: usual): of two who give up at the same time the client may just have asked once more.
KEEP_ALIVE = 75

_VENDORS = (
    *(weapp, subscribe_messages, card_codes, tt, swan, swan_risk, alipay),
    *(wechat_pay, douyin_pay, baidu_pay, qq_wallet),
)
ENDPOINTS: Mapping[str, Endpoint] = {
    path: endpoint for vendor in _VENDORS for path, endpoint in vendor.ENDPOINTS.items()
}


def asgi(platform: Registry) -> Starlette:
    """The interfaces of `platform` as an ASGI app. Needs the extra `server`."""
    applications = need("starlette.applications", extra="server")
    routing = need("starlette.routing", extra="server")
    routes = [
        routing.Route(path, _handler(platform, endpoint), methods=["GET", "POST"])
        for path, endpoint in ENDPOINTS.items()
    ]
    app: Starlette = applications.Starlette(routes=routes, exception_handlers={404: _unknown_path})
    return app


class Server(Showing):
    """The interfaces of a platform, served from a thread: at `port`; `url` is the base of its addresses."""

    def __init__(self, platform: Registry, host: str, port: int, hosts: Collection[str] = ()) -> None:
        uvicorn = need("uvicorn", extra="server")
        config = uvicorn.Config(
            _Known(asgi(platform), {host, *hosts}),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_keep_alive=KEEP_ALIVE,
        )
        self._listening = socket.create_server((host, port))
        # Connections inherit it; without it every answer waits for the acknowledgement of its own head.
        self._listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port: int = self._listening.getsockname()[1]
        self.url = f"http://{host}:{self.port}"
        self._server = uvicorn.Server(config)
        # What tells its end, since a `join` that Ctrl-C interrupts may take the thread for ended ever after.
        self._ended = threading.Event()
        # The socket already takes connections, so that nobody has to wait for the thread.
        threading.Thread(target=self._serve, name="taropy-open-platform", daemon=True).start()

    def in_words(self) -> Iterator[str]:
        """Where it listens."""
        yield self.url

    def wait(self) -> None:
        """Waits until the server has ended."""
        self._ended.wait()

    def close(self) -> None:
        """Ends the server and waits until it has let go of its port. A second call does nothing."""
        self._server.should_exit = True
        self._ended.wait()
        self._listening.close()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._listening])
        finally:
            self._ended.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Known:
    """Answers requests for a host that is known: the computer itself, the address that was asked, or one of `hosts`.

    A page on the web can have its own name lead to this computer (DNS rebinding), and would read the answers; but then
    it has to ask for that name.
    """

    def __init__(self, app: Starlette, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(map(_host_of, hosts))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        asked = next((_host_of(value.decode("latin-1")) for name, value in scope["headers"] if name == b"host"), None)
        here = (scope.get("server") or ("",))[0]
        if asked is None or is_loopback(asked) or asked == here or asked in self._hosts:
            await self._app(scope, receive, send)
            return
        from starlette.responses import PlainTextResponse

        told = f"the open platform is not known as {asked!r}: allow the name where it is served, --allow-host {asked}\n"
        await PlainTextResponse(told, 421)(scope, receive, send)


def _host_of(header: str) -> str:
    """The name or address in a Host header, without port and brackets."""
    host = header.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return (host.partition(":")[0] if host.count(":") == 1 else host).removesuffix(".")


def _handler(platform: Registry, endpoint: Endpoint) -> Any:
    from starlette.requests import ClientDisconnect
    from starlette.responses import Response

    async def handle(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response("the client has left", 400)  # which nobody gets
        if body is None:
            return Response("the body is too large", 413)
        answer = endpoint(platform, _call(request, body))
        if isinstance(answer, Reply):
            return Response(answer.body, answer.status, answer.headers)
        return Response(as_json(answer), media_type="application/json")

    return handle


def _call(request: Request, body: bytes) -> Call:
    scope = request.scope
    query = scope.get("query_string", b"")
    target = (scope.get("raw_path") or scope["path"].encode()) + (b"?" + query if query else b"")
    return Call(
        request.method, request.query_params, body, request.path_params, request.headers, target.decode("latin-1")
    )


async def _body(request: Request) -> bytes | None:
    """The body, or nothing if it is larger than any that the vendors' interfaces ask for."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


async def _unknown_path(request: Request, _error: Exception) -> Response:
    from starlette.responses import JSONResponse

    played = ", ".join(ENDPOINTS)
    return JSONResponse({"errcode": 40066, "errmsg": f"invalid url {request.url.path}; played here: {played}"}, 404)
