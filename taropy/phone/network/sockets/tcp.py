"""`TCPSocket`: a connection of plain bytes.

developers.weixin.qq.com/miniprogram/dev/api/network/tcp/TCPSocket.html has the functions, the error codes and the ports
that are closed to programs. What is said of an error is in `faults`.
"""

from __future__ import annotations

import asyncio
import errno
import re
import socket
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from ....loops import keep_under_way
from ...core.answers import NO_OPTIONS, Options, Result
from ...core.app import App
from ...core.events import off, on
from ...core.functions import plain
from .events import EventSocket, content, destination, family_of, mapping, place
from .faults import BAD_ADDRESS, BAD_PORT, Fault, Misuse, system_error
from .lane import Lane
from .link import Link
from .rules import FORBIDDEN_PORTS

if TYPE_CHECKING:
    from ...core.faces import Phone

# How long connecting may take unless told otherwise, in seconds.
TIMEOUT = 2

BAD_BSSID = 3
ANDROID_ONLY = 5

_BSSID = re.compile(r"[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")


class TCPSocket(EventSocket):
    """A TCP socket.

    `onClose` follows on what `onError` is told of the connection, as with Node.js' sockets, whose events these are;
    then it may connect anew.
    """

    def __init__(self, phone: Phone, app: App) -> None:
        super().__init__(phone, app)
        self._stream: _Stream | None = None

    @plain
    def connect(self, app: App, options: Options = NO_OPTIONS) -> None:
        """Connects to `address`, an IP address or a name, and `port`, in `timeout` seconds at most, 2 unless given.

        Ports that WeChat forbids are refused. Once the phone has a list of domains (`phone.network.domains`), other
        servers must be in the local network, or be in the list as `tcp://name`; unlike on a phone they may be this
        computer.
        """
        self.attempt("connect socket", self._connect, options)

    @plain
    def write(self, app: App, data: Any = None) -> None:
        """Sends text, in UTF-8, or bytes."""
        self.attempt("write socket", self._write, data)

    @plain
    def close(self, app: App) -> None:
        """Sends what is still to be sent and ends the connection; nothing happens without one."""
        if self._stream is not None:
            self._stream.close()

    @plain
    def bindWifi(self, app: App, options: Options = NO_OPTIONS) -> None:
        """Binds the socket to the wifi network of that `BSSID`: only on Android phones that are in a wifi network.

        It is the computer that sends, so that all this does is to tell `onBindWifi`.
        """
        self.attempt("bindWifi", self._bind_wifi, options)

    onConnect = on("connect", "Tells when the connection is made.")
    offConnect = off("connect")

    onBindWifi = on("bindWifi", "Tells when the socket is bound to the wifi network.")
    offBindWifi = off("bindWifi")

    def _connect(self, options: Options) -> None:
        address, port = destination(options)
        if port in FORBIDDEN_PORTS:
            raise Misuse(f"invalid port {port}", BAD_PORT)
        if not self.phone.sockets.admits("tcp", address):
            raise Misuse(f"invalid address {address!r}", BAD_ADDRESS)
        if self._stream is not None:
            raise Misuse("the socket is connected already")
        timeout = options.get("timeout")
        given = isinstance(timeout, int | float) and timeout > 0
        self._stream = _Stream(self.phone, self.app, self._tell)
        self._stream.open(address, port, cast(float, timeout) if given else TIMEOUT)

    def _write(self, data: Any) -> None:
        sent = content(data)
        if self._stream is None:
            raise Misuse("the socket is not connected")
        self._stream.write(sent)

    def _bind_wifi(self, options: Options) -> None:
        bssid = mapping(options).get("BSSID")
        if self.phone.system.device.platform != "android":
            raise Misuse("only Android phones can do this", ANDROID_ONLY)
        if not isinstance(bssid, str) or not _BSSID.fullmatch(bssid) or self.phone.network.type != "wifi":
            raise Misuse(f"invalid BSSID {bssid!r}", BAD_BSSID)
        self.tell_later("bindWifi")

    def _tell(self, event: str, *told: Any) -> None:
        if event == "close":
            self._stream = None
        self.listeners.tell(event, *told)


class _Stream(Link, asyncio.Protocol):
    """The connection of a `TCPSocket`, from the first try to its end."""

    def __init__(self, phone: Phone, app: App, tell: Any) -> None:
        super().__init__(phone, app)
        self._tell = tell
        self._inward = Lane(phone, up=False, hold=self._hold)
        self._outward = Lane(phone, up=True)
        self._transport: asyncio.Transport | None = None
        self._opening: asyncio.Task[None] | None = None
        self._waiting: list[bytes] = []
        self._ended = False

    def open(self, address: str, port: int, timeout: float) -> None:
        """Begins to connect."""
        self._opening = self.phone.spawn(self._open(address, port, timeout), takes_time=True)
        keep_under_way(self._opening)

    def write(self, data: bytes) -> None:
        """Sends the bytes, as soon as there is a connection."""
        if not self.is_here:
            self.loop.call_soon_threadsafe(self.write, data)
        elif self._is_full:
            self._fail(system_error("write socket", OSError(errno.ENOBUFS, "")))
        elif self._transport is None:
            self._waiting.append(data)
        else:
            self._outward.carry(len(data), partial(self._transport.write, data))

    @property
    def _is_full(self) -> bool:
        """Whether more waits to be sent than may."""
        limit, transport = self.phone.sockets.max_unsent_size, self._transport
        buffered = sum(map(len, self._waiting)) if transport is None else transport.get_write_buffer_size()
        return limit is not None and self._outward.load + buffered > limit

    def close(self) -> None:
        """Ends the connection when all has been sent."""
        if not self.is_here:
            self.loop.call_soon_threadsafe(self.close)
        elif self._transport is None:
            self._end()
        else:
            self._outward.carry(0, self._transport.close)

    def drop(self, fault: Fault | None = None) -> None:
        self._fail(system_error("receive socket", OSError(errno.ECONNABORTED, "")) if fault is not None else None)

    def _fail(self, error: Result | None) -> None:
        """Breaks the connection, of which the program is told."""
        self._end(error)
        if self._transport is not None:
            self._transport.abort()

    async def _open(self, address: str, port: int, timeout: float) -> None:
        try:
            async with self.phone.clock.timeout(timeout):
                await self._reach(address, port)
        except TimeoutError:
            self._end(system_error("connect socket", OSError(errno.ETIMEDOUT, "")))
        except OSError as error:
            self._end(system_error("connect socket", error))
        except UnicodeError as error:  # a name with a part that is longer than names can be
            self._end(system_error("connect socket", socket.gaierror(socket.EAI_NONAME, str(error))))
        except asyncio.CancelledError:
            self.drop()
            raise

    async def _reach(self, address: str, port: int) -> None:
        network = self.phone.network
        if not network.online:
            raise OSError(errno.ENETUNREACH, "")
        if network.lost():
            raise TimeoutError
        await network.delay(0, up=True)
        await self.loop.create_connection(lambda: self, address, port, family=family_of(address))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._ended:
            self._transport.abort()
        else:
            self._inward.carry(0, self._made)

    def data_received(self, data: bytes) -> None:
        self._inward.carry(len(data), partial(self._received, data))

    def _hold(self, held: bool) -> None:
        """Has the server wait while too much of what it has sent is on its way to the program."""
        if self._transport is not None:
            (self._transport.pause_reading if held else self._transport.resume_reading)()

    def connection_lost(self, exc: Exception | None) -> None:
        self.leave()
        told = system_error("receive socket", exc) if isinstance(exc, OSError) else None
        self._inward.carry(0, partial(self._end, told))

    def _made(self) -> None:
        if self._ended:
            return
        self._tell("connect")
        waiting, self._waiting = self._waiting, []
        for data in waiting:
            self.write(data)

    def _received(self, data: bytes) -> None:
        if self._ended or self._transport is None:
            return
        remote, local = (self._transport.get_extra_info(name) for name in ("peername", "sockname"))
        told = {"message": data, "remoteInfo": {**place(remote), "size": len(data)}, "localInfo": place(local)}
        self._tell("message", told)

    def _end(self, error: Result | None = None) -> None:
        """Tells the program of the end, once."""
        if self._ended:
            return
        self._ended = True
        if self._opening is not None and asyncio.current_task() is not self._opening:
            self._opening.cancel()
        if self._transport is None:
            self.leave()
        if error is not None:
            self._tell("error", error)
        self._tell("close")
