"""The computer's own addresses in its networks."""

from __future__ import annotations

import socket
from ipaddress import IPv4Network

from ...extras import need
from ..core.answers import Result

# Where no packet is ever sent to (RFC 5737); the system is asked only which interface would be taken.
_ELSEWHERE = ("192.0.2.1", 9)


def local_address() -> str:
    """The IPv4 address that packets to elsewhere are sent from; the loopback interface's if there is no way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(_ELSEWHERE)
        except OSError:
            return "127.0.0.1"
        address: str = asked.getsockname()[0]
        return address


def netmask_of(address: str) -> str | None:
    """The mask of the network that the computer's own `address` is in. Raises `MissingExtra` without `ifaddr`."""
    adapters = need("ifaddr", extra="lan").get_adapters()
    prefixes = {ip.ip: ip.network_prefix for adapter in adapters for ip in adapter.ips}
    return str(IPv4Network((0, prefixes[address])).netmask) if address in prefixes else None


def local_network() -> Result:
    """`localip` and, if the system tells, `netmask`."""
    address = local_address()
    netmask = netmask_of(address)
    return {"localip": address} if netmask is None else {"localip": address, "netmask": netmask}
