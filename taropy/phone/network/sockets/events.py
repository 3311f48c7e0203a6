"""What `TCPSocket` and `UDPSocket` have in common: errors are events, and so is all else."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ...core.answers import Options, Result
from ...core.events import off, on
from ...core.options import Buffers
from ...core.room import Manager
from .faults import BAD_ADDRESS, BAD_PORT, Misuse, system_error
from .link import running_loop

Value = TypeVar("Value")

PORTS = range(1, 2**16)


class EventSocket(Manager):
    """A socket of bytes. Whatever goes wrong is told to `onError`, and nothing throws."""

    onMessage = on("message", "Tells what comes in, as bytes in `message`, with `remoteInfo` and `localInfo`.")
    offMessage = off("message")

    onError = on("error", "Tells `errMsg` and `errCode`, and `errNum` if it is an error of the system.")
    offError = off("error")

    onClose = on("close", "Tells when the socket has ended.")
    offClose = off("close")

    def attempt(self, doing: str, work: Callable[..., Value], *arguments: Any) -> Value | None:
        """What `work` returns. What goes wrong is told to listeners, when the caller has come to its end."""
        try:
            return work(*arguments)
        except Misuse as misuse:
            self.tell_later("error", misuse.result(doing))
        except OSError as error:
            self.tell_later("error", system_error(doing, error))
        return None

    def tell_later(self, event: str, *told: Any) -> None:
        """Tells listeners of `event` when the caller has come to its end."""
        running_loop().call_soon(self.listeners.tell, event, *told)


def mapping(options: Any) -> Options:
    """The options, which have to be some."""
    if not isinstance(options, Mapping):
        raise Misuse("parameter error: parameter should be Object")
    return options


def destination(options: Any) -> tuple[str, int]:
    """The options `address` and `port`."""
    given = mapping(options)
    address, port = given.get("address"), given.get("port")
    if not isinstance(address, str) or not address:
        raise Misuse(f"invalid address {address!r}", BAD_ADDRESS)
    if not is_port(port):
        raise Misuse(f"invalid port {port!r}", BAD_PORT)
    return address, port  # type: ignore[return-value]


def is_port(port: Any) -> bool:
    """Whether `port` is the number of one."""
    return isinstance(port, int) and not isinstance(port, bool) and port in PORTS


def content(data: Any) -> bytes:
    """What is sent for `data`: text in UTF-8, or bytes."""
    if isinstance(data, str):
        return data.encode("utf-8", "replace")
    if isinstance(data, Buffers):
        return bytes(data)
    raise Misuse("parameter error: the message should be String/ArrayBuffer")


def is_address(text: str) -> bool:
    """Whether `text` is an IP address, as against a name that has to be looked up."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def family_of(address: str) -> socket.AddressFamily:
    """IPv6 for an address of that kind; IPv4 for all else, names included, as WeChat's sockets are by default."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def place(name: Any) -> Result:
    """An end of a connection, as programs are told of it: `address`, `family`, `port`."""
    address, port = name[:2]
    return {"address": address, "family": "IPv6" if ":" in address else "IPv4", "port": port}
