"""Real servers on the loopback interface, for tests: each runs in a thread with an event loop of its own.

`WebServer` answers HTTP requests with what a function returns and remembers what it was asked. `RawServer`
lets a coroutine say whatever it likes to each connection, for the faults that no HTTP library would produce.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import attrs

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

PATIENCE = 20.0


@attrs.frozen
class Received:
    """A request as the server got it. Header names are in lower case; repeated ones are joined by commas."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@attrs.frozen
class Answer:
    """What a server sends back: a body of bytes, of text, or of anything that JSON can say."""

    body: Any = b""
    status: int = 200
    headers: Sequence[tuple[str, str]] = ()

    def encoded(self, *, head_only: bool = False) -> bytes:
        kind, body = _content(self.body)
        names = {name.lower() for name, _ in self.headers}
        lines = [f"{name}: {value}" for name, value in self.headers]
        if kind and "content-type" not in names:
            lines.append(f"Content-Type: {kind}")
        if "content-length" not in names:
            lines.append(f"Content-Length: {len(body)}")
        head = "\r\n".join([f"HTTP/1.1 {self.status} Said", *lines, "", ""])
        return head.encode("latin-1") + (b"" if head_only or self.status in (204, 304) else body)


Respond = Callable[[Received], "Answer | Awaitable[Answer]"]


class LoopbackServer:
    """A server on a port of 127.0.0.1, a free one unless told, from `with` to the end of its block."""

    def __init__(self, tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._changed = threading.Condition()
        self._talking: set[asyncio.Task[None]] = set()
        self.port = port
        self.open_connections = 0
        self.connections = 0

    @property
    def origin(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"{self.origin}{path}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What is said on one connection."""
        raise NotImplementedError

    def wait_for(self, condition: Callable[[], bool]) -> bool:
        """Waits until the condition holds; looked at whenever a connection or a request comes, or one goes."""
        with self._changed:
            return self._changed.wait_for(condition, PATIENCE)

    def wait_until_left(self) -> bool:
        """Waits until nobody is connected any more."""
        return self.wait_for(lambda: self.open_connections == 0)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._started.wait(PATIENCE)
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        listening = socket.create_server(("127.0.0.1", self.port))
        server = await asyncio.start_server(self._accept, sock=listening, ssl=self._tls)
        self.port = listening.getsockname()[1]
        self._started.set()
        await self._stopping.wait()
        # asyncio leaves a connection open that it accepted but had not handed over when its server was closed: so
        # first no new ones, then a few turns for those, and only then the end.
        self._loop.remove_reader(listening)
        for _ in range(5):
            await asyncio.sleep(0)
        for talking in self._talking:
            talking.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)
        server.close()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talking = asyncio.create_task(self._connected(reader, writer))
        self._talking.add(talking)
        talking.add_done_callback(self._talking.discard)
        # One that is cancelled before it began never comes to close its connection.
        talking.add_done_callback(lambda _: writer.transport.abort())

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._note(1)
        try:
            # What a client that went away does to us is its own affair.
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                await self.talk(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()
            self._note(-1)

    def _note(self, connections: int = 0) -> None:
        with self._changed:
            self.open_connections += connections
            self.connections += max(connections, 0)
            self._changed.notify_all()


class WebServer(LoopbackServer):
    """An HTTP/1.1 server that keeps connections alive; `respond` answers, `received` remembers."""

    def __init__(self, respond: Respond, tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        super().__init__(tls, port)
        self._respond = respond
        self.received: list[Received] = []

    @property
    def last(self) -> Received:
        return self.received[-1]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (received := await read_request(reader)) is not None:
            self.received.append(received)
            self._note()
            answer = self._respond(received)
            if inspect.isawaitable(answer):
                answer = await answer
            writer.write(answer.encoded(head_only=received.method == "HEAD"))
            await writer.drain()


class RawServer(LoopbackServer):
    """A server that says to each connection what its coroutine says."""

    def __init__(self, talk: Talk, tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        super().__init__(tls, port)
        self._talk = talk

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._talk(reader, writer)


def saying(said: bytes, *, then: str = "close") -> Talk:
    """Reads a request, says the bytes, and then closes the connection, resets it, or waits for the client to."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(said)
        await writer.drain()
        if then == "reset":
            reset(writer)
        elif then == "wait":
            await reader.read()

    return talk


def reset(writer: asyncio.StreamWriter | asyncio.Transport) -> None:
    """Breaks the connection off, as a server that crashed does: the peer gets a reset instead of an end."""
    transport = writer.transport if isinstance(writer, asyncio.StreamWriter) else writer
    connection: socket.socket = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def read_request(reader: asyncio.StreamReader) -> Received | None:
    """The next request on the connection, or nothing at its end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("utf-8").rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        name = name.lower()
        headers[name] = f"{headers[name]},{value.strip()}" if name in headers else value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Received(method, target, headers, body)


def unused_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def certified(folder: Path, *, host: str = "127.0.0.1", days: int = 1) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """TLS for a server with a certificate for `host` that ends in `days`, and for clients that trust it."""
    certificate, key = _self_signed(host, days)
    file = folder / "server.pem"
    file.write_bytes(certificate + key)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cadata=certificate.decode())


def _self_signed(host: str, days: int) -> tuple[bytes, bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    end = datetime.now(UTC) + timedelta(days=days)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=30))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return (
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def _alternative(host: str) -> Any:
    import ipaddress

    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _content(body: Any) -> tuple[str, bytes]:
    if isinstance(body, bytes):
        return "", body
    if isinstance(body, str):
        return "text/plain; charset=utf-8", body.encode()
    return "application/json", json.dumps(body).encode()
