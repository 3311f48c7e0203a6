"""The WebSocket server that the cases talk to: what it says on a connection depends on the path.

`/echo` sends back what it gets, and closes on the text `close`; `/greets` and `/sends-bytes` speak first; `/closes`
closes at once; `/refuses` takes no connection. `code` and `reason` in the query are those of the end. Of the protocols
that a client offers the first is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve
from websockets.typing import Subprotocol


def socket_server() -> Server:
    """A server on a free port of the loopback interface, which does not serve yet."""
    return serve(_talk, "127.0.0.1", 0, process_request=_refuse, select_subprotocol=_first)


def port_of(server: Server) -> int:
    """The port on which it listens."""
    port: int = server.socket.getsockname()[1]
    return port


def _refuse(connection: ServerConnection, request: Request) -> Response | None:
    return connection.respond(403, "no\n") if urlsplit(request.path).path == "/refuses" else None


def _first(connection: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """The protocol that the client likes best, if it names any."""
    return offered[0] if offered else None


def _talk(connection: ServerConnection) -> None:
    """What is said on a socket, by its path."""
    assert connection.request is not None
    asked = urlsplit(connection.request.path)
    query = dict(parse_qsl(asked.query))
    try:
        match asked.path:
            case "/greets":
                connection.send("hello")
            case "/sends-bytes":
                connection.send(b"\x01\x02")
            case "/closes":
                connection.close(int(query.get("code", 1000)), query.get("reason", ""))
        for message in connection:
            if message == "close":
                connection.close(int(query.get("code", 1000)), query.get("reason", ""))
            else:
                connection.send(message)
    except ConnectionClosed:
        return
