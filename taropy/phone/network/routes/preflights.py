"""What servers say that let pages of other origins ask them: for routes that are to allow it."""

from __future__ import annotations

from ..http.reply import Response as Incoming
from .incoming import With
from .messages import Request, Response

ASKED_METHOD = "access-control-request-method"


def asks_ahead(request: Request, method: str | None) -> bool:
    """Whether a browser asks by it whether it may send a request with this method; None is any."""
    return request.method == "OPTIONS" and method in (None, request.headers.get(ASKED_METHOD))


def leave(request: Request) -> Incoming:
    """The leave for what a browser asks ahead."""
    headers = request.headers
    allowed = {"Access-Control-Allow-Methods": headers.get(ASKED_METHOD, "*")}
    if asked := headers.get("access-control-request-headers"):
        allowed["Access-Control-Allow-Headers"] = asked
    return allowing(Response(status=204, headers=allowed).incoming(request.method), request)


def allowing(incoming: Incoming, request: Request) -> Incoming:
    """The response, which the page that asks may see, whatever origin it has."""
    origin = request.headers.get("origin")
    if origin is None:
        return incoming
    names = b", ".join(name for name, _ in incoming.pairs)
    own = [
        (b"Access-Control-Allow-Origin", origin.encode()),
        (b"Access-Control-Allow-Credentials", b"true"),
        (b"Access-Control-Expose-Headers", names),
        (b"Vary", b"Origin"),
    ]
    return With(incoming, [*incoming.pairs, *own])
