"""The server that a page connects to: it serves `agent.js`, a built page if there is one, and one WebSocket.

It listens on the loopback interface alone. Whoever else is on this computer, or in a page of its browser, can reach
that, too: so each request has to name this server as its `Host` (a foreign name that is made to lead here is refused),
and a WebSocket the exact `Origin` of the page, and a token of 192 random bits, which only the page has been given.
"""

from __future__ import annotations

import hmac
import mimetypes
import socket
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import WebSocketException
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from ...undoing import undone_by
from .agent import AGENT
from .connection import READ, Connection, receive
from .large import PATH, LargeMessages, Posted

if TYPE_CHECKING:
    from .bridge import Bridge

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
PROTOCOL = Subprotocol("taropy")
#: So long, in seconds, may a client take to say what it wants, and so many may do so at once.
HANDSHAKE = 5.0
MOST_AT_ONCE = 32
LONGEST_HEAD = 64 * 1024
BUFFER = 4 * 1024 * 1024
#: What is put into a page of others that is served from a folder.
SCRIPT = b'<script src="/taropy-agent.js"></script>'


class Server:
    """Listens until it is closed. Each connection that may stand for the page is offered to the bridge."""

    def __init__(
        self, bridge: Bridge, *, token: str, origin: str | None, port: int, folder: Path | None, max_size: int
    ) -> None:
        self._bridge = bridge
        self._token = token.encode("ascii")
        self._folder = folder
        self._max_size = max_size
        self._socket = _listening(port)
        self.port: int = self._socket.getsockname()[1]
        self.origin: str = origin if origin is not None else f"http://{HOST}:{self.port}"
        self._closed = False
        self._shaking = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._threads: set[threading.Thread] = set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._start(self._accept, "taropy page server")

    def close(self) -> None:
        """Listens no more, and ends every connection; returns when its threads have ended."""
        with self._lock:
            self._closed = True
            left = list(self._open)
        for each in (self._socket, *left):
            _shut(each)
        for thread in list(self._threads):
            if thread is not threading.current_thread():
                thread.join(HANDSHAKE)

    def _start(self, work: Callable[[], None], name: str) -> None:
        def run() -> None:
            try:
                work()
            finally:
                self._threads.discard(thread)

        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.add(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closed:
            try:
                client, _ = self._socket.accept()
            except TimeoutError:
                self._bridge.look_at_the_time()
                continue
            except OSError:
                break
            if not self._shaking.acquire(blocking=False):
                client.close()
                continue
            with self._lock:
                self._open.add(client)
                closed = self._closed
            if closed:
                _shut(client)
            self._start(lambda client=client: self._serve(client), "taropy page")  # type: ignore[misc]
        self._socket.close()

    def _serve(self, client: socket.socket) -> None:
        """One client: its request, and if it is the page, all that it says."""
        connection = None
        try:
            try:
                connection = self._shake_hands(client)
            finally:
                self._shaking.release()
            if connection is not None:
                receive(connection, self._bridge)
        except (OSError, EOFError, WebSocketException):
            pass
        finally:
            with self._lock:
                self._open.discard(client)
            client.close()

    def _shake_hands(self, client: socket.socket) -> Connection | None:
        """Answers the request; the connection if it is the page's, admitted."""
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        protocol = ServerProtocol(subprotocols=[PROTOCOL], max_size=self._max_size)
        head = _head(client)
        connection = None
        if head.startswith(b"POST "):
            protocol.send_response(self._post(client, head))
        elif (request := _request(protocol, head)) is not None:
            response, connection = self._answer(client, protocol, request)
            protocol.send_response(response)
        try:
            for data in protocol.data_to_send():
                if data:
                    client.sendall(data)
        except OSError:
            if connection is not None:
                self._bridge.dismiss(connection)
            raise
        return connection

    def _answer(
        self, client: socket.socket, protocol: ServerProtocol, request: Request
    ) -> tuple[Response, Connection | None]:
        if not self._is_meant(request.headers.get_all("Host")):
            return _misdirected(), None
        if "Upgrade" not in request.headers:
            is_large = request.path.startswith(PATH)
            return self._large(request.path) if is_large else self._file(request), None
        if (refusal := self._refusal(request)) is not None:
            self._bridge.refused = refusal
            return _plain(403, refusal), None
        response = protocol.accept(request)
        if response.status_code != 101:
            return response, None
        connection = Connection(client, protocol, LargeMessages(self._max_size))
        if not self._bridge.admit(connection):
            return _taken(), None
        return response, connection

    def _is_meant(self, hosts: list[str]) -> bool:
        return hosts in [[f"{name}:{self.port}"] for name in NAMES]

    def _is_of_the_page(self, origins: list[str]) -> bool:
        return origins == ([self.origin] if self.origin else [])

    def _refusal(self, request: Request) -> str | None:
        """Why a WebSocket is not to be had; None if it is."""
        origins = request.headers.get_all("Origin")
        if not self._is_of_the_page(origins):
            return f"a page of the origin {', '.join(origins) or 'none'} has tried to connect; {self.origin} may"
        offered = ",".join(request.headers.get_all("Sec-WebSocket-Protocol")).split(",")
        if not any(hmac.compare_digest(each.strip().encode("latin-1", "replace"), self._token) for each in offered):
            return "a page without this program's token has tried to connect: open the address that it has told"
        return None

    # --- large messages ---------------------------------------------------------------------------------------------

    def _large(self, path: str) -> Response:
        """A message that the page fetches."""
        place = self._place_of(path)
        frame = None if place is None else place[0].kept(place[1])
        return _nothing() if frame is None else self._to_the_page(_body(frame, "application/octet-stream"))

    def _post(self, client: socket.socket, head: bytes) -> Response:
        """A message that the page leaves."""
        posted = Posted(self._max_size)
        if not posted.feed(head):
            return _plain(400, "that is no request")
        if not self._is_meant(posted.values("Host")):
            return _misdirected()
        place = self._place_of(posted.path)
        if place is None:
            return _nothing()
        if not self._is_of_the_page(posted.values("Origin")):
            return _plain(403, "that is left by another page")
        client.settimeout(HANDSHAKE)
        while not (posted.is_complete or posted.is_too_long):
            data = client.recv(READ)
            if not data or not posted.feed(data):
                return _plain(400, "that is no whole request")
        large, number = place
        if posted.is_too_long or not large.leave(number, posted.body):
            return self._to_the_page(_plain(413, "there is no room for this message"))
        return self._to_the_page(_plain(201, "it is kept"))

    def _place_of(self, path: str) -> tuple[LargeMessages, int] | None:
        """The messages of the page that is there, and the number of the one whose address this is."""
        large = self._bridge.large
        number = None if large is None else large.number_in(path)
        return None if large is None or number is None else (large, number)

    def _to_the_page(self, response: Response) -> Response:
        """An answer that the page's agent may read, wherever the page itself is from."""
        if self.origin:
            response.headers["Access-Control-Allow-Origin"] = self.origin
        return response

    # --- files ------------------------------------------------------------------------------------------------------

    def _file(self, request: Request) -> Response:
        path = unquote(urlsplit(request.path).path)
        if path == "/taropy-agent.js":
            return _body(AGENT.read_bytes(), "text/javascript")
        found = self._found(path)
        if found is None:
            return _nothing()
        body = found.read_bytes()
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return _body(_with_agent(body) if kind == "text/html" else body, kind)

    def _found(self, path: str) -> Path | None:
        """The file of the folder; a path without an ending is one of the page's routes, and so the page."""
        if self._folder is None or "\0" in path:
            return None
        root = self._folder.resolve()
        for each in (path.lstrip("/"), "index.html" if "." not in path.rpartition("/")[2] else ""):
            found = (root / each).resolve()
            if each and found.is_relative_to(root) and found.is_file():
                return found
        return None


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with undone_by(listening.close):
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):  # which large files cross in fewer steps
            listening.setsockopt(socket.SOL_SOCKET, option, BUFFER)
        listening.bind((HOST, port))
        listening.listen(MOST_AT_ONCE)
        listening.settimeout(0.5)
    return listening


def _shut(each: socket.socket) -> None:
    """Ends a socket that another thread may be waiting on."""
    try:
        each.shutdown(socket.SHUT_RDWR)
    except OSError:
        each.close()


def _head(client: socket.socket) -> bytes:
    """The beginning of what the client asks for, as far as the end of the headers if it comes in time."""
    end = time.monotonic() + HANDSHAKE
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
        left = end - time.monotonic()
        if left <= 0:
            return b""
        client.settimeout(left)
        data = client.recv(65536)
        if not data:
            return b""
        head += data
    return head


def _request(protocol: ServerProtocol, head: bytes) -> Request | None:
    """What the client asks for, if that is in order."""
    protocol.receive_data(head)
    return next((event for event in protocol.events_received() if isinstance(event, Request)), None)


def _with_agent(html: bytes) -> bytes:
    """The page, which loads the agent before anything else, unless it does so itself."""
    at = html.lower().find(b"<head>")
    if b"taropy-agent.js" in html or at < 0:
        return html
    return html[: at + 6] + SCRIPT + html[at + 6 :]


def _plain(status: int, text: str) -> Response:
    return _body(f"{text}\n".encode(), "text/plain; charset=utf-8", status)


def _misdirected() -> Response:
    return _plain(421, "this server answers to its own name only")


def _nothing() -> Response:
    return _plain(404, "there is no such file")


def _taken() -> Response:
    return _plain(409, "another page is connected")


def _body(body: bytes, kind: str, status: int = 200) -> Response:
    headers = Headers({
        "Date": formatdate(usegmt=True),
        "Connection": "close",
        "Content-Length": str(len(body)),
        "Content-Type": kind,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-site",
    })  # fmt: skip
    return Response(status, HTTPStatus(status).phrase, headers, body)
