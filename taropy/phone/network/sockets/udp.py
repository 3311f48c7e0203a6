"""`UDPSocket`: single messages, to whoever listens.

developers.weixin.qq.com/miniprogram/dev/api/network/udp/UDPSocket.html has the functions and the error codes. What is
said of an error is in `faults`.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from ....undoing import undone_by
from ...core.answers import NO_OPTIONS, Options
from ...core.app import App
from ...core.events import off, on
from ...core.functions import plain
from .events import EventSocket, content, destination, is_address, is_port, place
from .faults import BAD_PORT, Fault, Misuse
from .lane import OVERHEAD, WINDOW, Lane
from .link import Link, running_loop

if TYPE_CHECKING:
    from ...core.faces import Phone

Address = tuple[Any, ...]
Send = Callable[[socket.socket, Address], object]

BROADCAST = "255.255.255.255"
TTLS = range(256)


class UDPSocket(EventSocket):
    """A UDP socket."""

    def __init__(self, phone: Phone, app: App, *, ipv6: bool = False) -> None:
        super().__init__(phone, app)
        self._family = socket.AF_INET6 if ipv6 else socket.AF_INET
        self._endpoint: _Endpoint | None = None
        self._closed = False

    @plain
    def bind(self, app: App, port: Any = None) -> int:
        """Begins to listen on `port`, or on a free one; returns it, or 0 if that fails."""
        return self.attempt("bind", self._bind, port) or 0

    @plain
    def send(self, app: App, options: Options = NO_OPTIONS) -> None:
        """Sends `message`, text in UTF-8 or bytes, to `address` and `port`.

        - `offset`, `length`: which part of the bytes. `setBroadcast`: whether the address may be a broadcast one, which
          255.255.255.255 always is.

        A socket that is not bound is bound to a free port first, as Node.js does it.
        """
        self.attempt("send", self._send, "send", options)

    @plain
    def connect(self, app: App, options: Options = NO_OPTIONS) -> None:
        """Says whom `write` sends to; from then on only messages from there come in, as the system has it."""
        self.attempt("connect", self._connect, options)

    @plain
    def write(self, app: App, options: Options = NO_OPTIONS) -> None:
        """As `send`; after `connect`, to the one that it named, though `address` and `port` have to be given too."""
        self.attempt("write", self._send, "write", options)

    @plain
    def setTTL(self, app: App, ttl: Any = None) -> None:
        """Sets how many hops a message may make at the most, 0 to 255; systems refuse 0."""
        self.attempt("setTTL", self._set_ttl, ttl)

    @plain
    def close(self, app: App) -> None:
        """Ends the socket for good."""
        if self._closed:
            return
        self._closed = True
        if self._endpoint is None:
            self.tell_later("close")
        else:
            self._endpoint.close()

    onListening = on("listening", "Tells when the socket begins to listen.")
    offListening = off("listening")

    def _bind(self, port: Any) -> int:
        if self._endpoint is not None:
            raise Misuse("the socket is bound already")
        if port not in (None, 0) and not is_port(port):
            raise Misuse(f"invalid port {port!r}", BAD_PORT)
        return self._bound(port or 0).port

    def _bound(self, port: int = 0) -> _Endpoint:
        """The endpoint, which is made if there is none yet."""
        if self._closed:
            raise Misuse("the socket is closed")
        if self._endpoint is None:
            running_loop()  # without one it fails here, before there is a socket that nobody would close
            self._endpoint = _Endpoint(self, _open(self._family, port))
        return self._endpoint

    def _send(self, doing: str, options: Options) -> None:
        address, port = destination(options)
        message = _part(content(options.get("message")), options)
        endpoint = self._bound()
        may_broadcast = bool(options.get("setBroadcast")) or address == BROADCAST
        connected = doing == "write" and endpoint.connected

        def send(opened: socket.socket, target: Address) -> None:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, may_broadcast)
            opened.send(message) if connected else opened.sendto(message, target)

        endpoint.send(doing, send, address, port, len(message))

    def _connect(self, options: Options) -> None:
        address, port = destination(options)
        self._bound().connect(address, port)

    def _set_ttl(self, ttl: Any) -> None:
        if not isinstance(ttl, int) or ttl not in TTLS:
            raise Misuse(f"invalid ttl {ttl!r}")
        if self._endpoint is None:
            raise Misuse("the socket is not bound")
        self._endpoint.set_ttl(ttl)


class _Endpoint(Link, asyncio.DatagramProtocol):
    """The open socket of a `UDPSocket`: sends by itself, and has asyncio wait for what comes in."""

    def __init__(self, owner: UDPSocket, opened: socket.socket) -> None:
        super().__init__(owner.phone, owner.app)
        self.connected = False
        self.port: int = opened.getsockname()[1]
        self._owner = owner
        self._socket = opened
        self._transport: asyncio.DatagramTransport | None = None
        self._ended = False
        self._inward = Lane(self.phone, up=False)
        self._leaving = 0
        self._listening = self.phone.spawn(self._listen())
        self._listening.add_done_callback(self._listened)

    def send(self, doing: str, send: Send, address: str, port: int, size: int) -> None:
        """Has `send` called with the socket and the resolved address: at once, as far as the network lets it."""
        network = self.phone.network
        if not network.online:
            raise OSError(errno.ENETUNREACH, "")
        if network.lost() or self._leaving > WINDOW:
            return
        if is_address(address) and not network.slow:
            send(self._socket, (address, port))
        else:
            self._later(doing, send, address, port, size)

    def connect(self, address: str, port: int) -> None:
        """Connects the socket, after a look-up of the name if it is one."""
        self.connected = True
        if is_address(address):
            self._socket.connect((address, port))
        else:
            self._later("connect", lambda opened, to: opened.connect(to), address, port, 0)

    def set_ttl(self, ttl: int) -> None:
        """Sets how many hops messages may make."""
        if self._socket.family == socket.AF_INET6:
            self._socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, ttl)
        else:
            self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)

    def close(self) -> None:
        """Ends the socket, in its own loop."""
        self.loop.call_soon_threadsafe(self.drop)

    def drop(self, fault: Fault | None = None) -> None:
        if fault is not None or self._ended:
            return  # who has no connection loses none with the network
        self._ended = True
        self._listening.cancel()
        if self._transport is not None:
            self._transport.abort()
        self._owner.listeners.tell("close")

    async def _listen(self) -> None:
        await self.loop.create_datagram_endpoint(lambda: self, sock=self._socket)
        self._owner.listeners.tell("listening")

    def _listened(self, _: asyncio.Task[None]) -> None:
        """What was given up before asyncio had the socket leaves that to us."""
        if self._transport is None:
            self._socket.close()
            self.leave()

    def _later(self, doing: str, send: Send, address: str, port: int, size: int) -> None:
        self._leaving += size + OVERHEAD
        self.phone.spawn(self._send_later(doing, send, address, port, size))

    async def _send_later(self, doing: str, send: Send, address: str, port: int, size: int) -> None:
        try:
            await self.phone.network.delay(size, up=True)
            found = await self.loop.getaddrinfo(address, port, family=self._socket.family, type=socket.SOCK_DGRAM)
        except (OSError, UnicodeError) as error:
            known = error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, str(error))
            self._owner.attempt(doing, _raise, known)
            return
        finally:
            self._leaving -= size + OVERHEAD
        if not self._ended:
            self._owner.attempt(doing, send, self._socket, found[0][4])

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)
        if self._ended:
            self._transport.abort()

    def datagram_received(self, data: bytes, addr: Address) -> None:
        network = self.phone.network
        if network.online and not network.lost() and self._inward.load < WINDOW:  # what is too much for it, UDP loses
            self._inward.carry(len(data), partial(self._received, data, addr))

    def error_received(self, exc: Exception) -> None:
        self._owner.attempt("receive", _raise, exc)

    def connection_lost(self, exc: Exception | None) -> None:
        self.leave()

    def _received(self, data: bytes, addr: Address) -> None:
        if self._ended:
            return
        remote, local = {**place(addr), "size": len(data)}, place(self._socket.getsockname())
        self._owner.listeners.tell("message", {"message": data, "remoteInfo": remote, "localInfo": local})


def _open(family: socket.AddressFamily, port: int) -> socket.socket:
    """A socket that is bound to the port, or to a free one for 0."""
    opened = socket.socket(family, socket.SOCK_DGRAM)
    with undone_by(opened.close):
        opened.setblocking(False)
        opened.bind(("", port))
    return opened


def _part(message: bytes, options: Options) -> bytes:
    """The part of bytes that `offset` and `length` say; text goes as a whole."""
    if isinstance(options.get("message"), str):
        return message
    offset, length = options.get("offset") or 0, options.get("length")
    length = len(message) - offset if length is None else length
    if not (0 <= offset <= len(message) and 0 <= length <= len(message) - offset):
        raise Misuse(f"parameter error: no {length} bytes from {offset} on in a message of {len(message)}")
    return message[offset : offset + length]


def _raise(error: Exception) -> None:
    raise error
