"""The servers that the cases talk to: real ones on the loopback interface, for the browser and for the phone alike.

One serves the page and is its own origin. Of the others one allows every origin (`api`), one none (`foreign`), and one
that allows all stands on another site (`elsewhere`). What they answer is part of a case, its `routes`: by path, an
answer of these fields, none of which is needed.

- `status`, `headers` (an object, or a list of pairs where a name comes twice)
- `json`, `text`, `base64` or `file`: the body, of which only the first three's media types are told by themselves
- `hold`: true keeps the answer back until the case releases the path; `"body"` sends the headers and half of the body
- `drop`: the connection is closed without an answer; `cut`: it is closed in the middle of the body
- `then`: the answer to later requests, another one
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Mapping
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tools.browser.asked import Asked, Json
from tools.browser.places import addressed
from tools.browser.sockets import port_of, socket_server

FILES = Path(__file__).parents[2] / "tests" / "h5" / "files"

#: The headers that say something about the request; the others are every browser's own.
TOLD = frozenset({"accept", "authorization", "content-type", "cookie", "origin"})
ASKED = ("access-control-request-method", "access-control-request-headers")

#: Who stands behind each name, and whom it allows.
ORIGINS: Mapping[str, tuple[str, bool]] = {
    "origin": ("127.0.0.1", False),
    "api": ("127.0.0.1", True),
    "foreign": ("127.0.0.1", False),
    "elsewhere": ("localhost", True),
}


class Backend:
    """All servers of one case at a time, from `with` to the end of its block; `site` is the page itself, by path."""

    def __init__(self, site: Mapping[str, bytes] | None = None) -> None:
        self.site = dict(site or {})
        self.case = Asked({})
        self._http = {name: _Server(self, name) for name in ORIGINS}
        self._sockets = socket_server()
        self._dead = socket()
        self._dead.bind(("127.0.0.1", 0))

    @property
    def addresses(self) -> dict[str, str]:
        """The address behind each name: `$api` in a case is `http://127.0.0.1:…`."""
        found = {name: f"http://{host}:{self._http[name].server_port}" for name, (host, _) in ORIGINS.items()}
        found["socket"] = f"ws://127.0.0.1:{port_of(self._sockets)}"
        found["dead"] = f"http://127.0.0.1:{self._dead.getsockname()[1]}"
        found["deadsocket"] = found["dead"].replace("http", "ws")
        return found

    def begin(self, routes: Mapping[str, Json]) -> None:
        """A new case: nothing has been received, and these are the answers."""
        self.case = Asked(routes)

    def end(self) -> None:
        """Nothing is held back any more."""
        self.case.release_all()

    def __enter__(self) -> Self:
        for server in self._http.values():
            threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
        threading.Thread(target=self._sockets.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        for server in self._http.values():
            server.shutdown()
            server.server_close()
        self._sockets.shutdown()
        self._dead.close()


#: So often, in seconds, a server looks whether it is to end: by itself every half a second.
POLL = 0.01


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, backend: Backend, name: str) -> None:
        self.backend = backend
        self.name = name
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault of the servers'."""


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def ours(self) -> _Server:
        """The server that this is a connection of."""
        assert isinstance(self.server, _Server)
        return self.server

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("content-length", 0)))

    def send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status, "Said")
        for name, value in headers:
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status not in (204, 304):
            self.wfile.write(body)


class _Handler(_Quiet):
    """Answers as the case says."""

    def __getattr__(self, name: str) -> Any:
        # Every method is answered, also one that no standard knows.
        if name.startswith("do_"):
            return self.respond
        raise AttributeError(name)

    def respond(self) -> None:
        body = self.body()
        path = urlsplit(self.path).path
        if self.ours.name == "origin" and path in self.ours.backend.site:
            kind = "text/javascript" if path.endswith(".js") else "text/html"
            headers = [("Content-Type", f"{kind}; charset=utf-8"), ("Cache-Control", "max-age=3600")]
            self.send(200, headers if kind == "text/javascript" else headers[:1], self.ours.backend.site[path])
            return
        case = self.ours.backend.case
        case.note(self.told(body))
        if self.command == "OPTIONS" and self.headers.get(ASKED[0]):
            self.send(204, self.allowing(), b"")
            return
        answer = case.answer(path)
        self.give(case, path, {"status": 404, "json": {"error": "not found"}} if answer is None else answer)

    def told(self, body: bytes) -> Json:
        """The request, as far as it says something."""
        headers = {
            name.lower(): value for name, value in sorted(self.headers.items(), key=lambda pair: pair[0].lower())
        }
        kept = {
            name: value for name, value in headers.items() if name in TOLD or name in ASKED or name.startswith("x-")
        }
        kind = headers.get("content-type", "")
        if kind.startswith("multipart/form-data"):
            kept["content-type"] = "multipart/form-data"
            content: Any = _parts(kind, body)
        else:
            content = _text(body)
        return {"to": self.ours.name, "method": self.command, "url": self.path, "headers": kept, "body": content}

    def allowing(self) -> list[tuple[str, str]]:
        """The headers by which a server allows another origin to ask it."""
        origin = self.headers.get("origin")
        if origin is None or not ORIGINS[self.ours.name][1]:
            return []
        headers = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
        if self.command == "OPTIONS":
            method, names = (self.headers.get(name, "") for name in ASKED)
            headers += [("Access-Control-Allow-Methods", method), ("Access-Control-Allow-Headers", names)]
        return headers

    def give(self, case: Asked, path: str, answer: Json) -> None:
        if answer.get("hold") is True:
            case.wait(path)
        if answer.get("drop"):
            self.close_connection = True
            return
        kind, body = _content(answer)
        addresses = self.ours.backend.addresses
        given = ((name, addressed(value, addresses)) for name, value in _pairs(answer.get("headers", {})))
        headers = [*self.allowing(), *given]
        if kind and not any(name.lower() == "content-type" for name, _ in headers):
            headers.append(("Content-Type", kind))
        if "cut" in answer or answer.get("hold") == "body":
            self.give_half(case, path, answer, headers, body)
        else:
            self.send(answer.get("status", 200), headers, body)

    def give_half(self, case: Asked, path: str, answer: Json, headers: list[tuple[str, str]], body: bytes) -> None:
        """Half of the body, and the rest when the path is released, or never."""
        self.send_response_only(answer.get("status", 200), "Said")
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        half = len(body) // 2
        self.wfile.write(body[:half])
        self.wfile.flush()
        if "cut" in answer:
            self.close_connection = True
            return
        case.wait(path)
        self.wfile.write(body[half:])


def _content(answer: Json) -> tuple[str, bytes]:
    if "json" in answer:
        return "application/json", json.dumps(answer["json"], ensure_ascii=False).encode()
    if "base64" in answer:
        return "application/octet-stream", base64.b64decode(answer["base64"])
    if "file" in answer:
        return "", (FILES / answer["file"]).read_bytes()
    return ("text/plain; charset=utf-8" if "text" in answer else ""), answer.get("text", "").encode()


def _pairs(headers: Any) -> list[tuple[str, str]]:
    return [(name, value) for name, value in (headers.items() if isinstance(headers, dict) else headers)]


def _text(body: bytes) -> Any:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return {"$bytes": base64.b64encode(body).decode()}


def _parts(kind: str, body: bytes) -> list[Json]:
    """The parts of a form; how a boundary is made up is nobody's business."""
    message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    return [
        {
            "name": part.get_param("name", header="content-disposition"),
            "filename": part.get_filename(),
            "type": part.get("content-type"),
            "body": _text(part.get_payload(decode=True)),  # type: ignore[arg-type]
        }
        for part in message.get_payload()
        if not isinstance(part, str)
    ]
