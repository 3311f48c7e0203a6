"""How a connection is made: over TCP, under TLS, by a proxy."""

from __future__ import annotations

import asyncio
import os
import re
import ssl
import sys
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from typing import TypeVar, cast

from ....undoing import undone_by
from ...core.urls import Url
from .faults import NetError, name_of

P = TypeVar("P", bound=asyncio.Protocol)

HTTP_1 = ("http/1.1",)

_LONGEST_ANSWER = 64 * 1024
# Where Linux distributions keep what they trust; for a Python that was built for another one.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
_GRANTED = re.compile(rb"HTTP/1\.[01] 2\d\d\b")


async def connect(
    protocol: P, url: Url, proxy: Url | None, tls: ssl.SSLContext | None, versions: Sequence[str] = HTTP_1
) -> P:
    """A connection for `protocol` to the server of `url`, or to the proxy that is asked for what is not secret.

    `tls` are the rules for https, and `versions` those of HTTP that are offered there. Raises `NetError`.
    """
    try:
        if tls is None and proxy is not None and proxy.scheme == "https":
            return await _secure(await _reach(Below(), proxy), protocol, proxy, trusting())
        if tls is None:
            return await _reach(protocol, proxy or url)
        below = await _reach(Below(), url) if proxy is None else await _dig(url, proxy)
        tls.set_alpn_protocols(versions)
        return await _secure(below, protocol, url, tls)
    except (OSError, UnicodeError) as error:
        raise NetError(name_of(_first_of(error))) from error


async def _reach(protocol: P, url: Url) -> P:
    """Connects to the first of the host's addresses that takes a connection."""
    _, host, port = url.origin
    # One address after the other: asyncio's "happy eyeballs" loses the socket when it is cancelled.
    await asyncio.get_running_loop().create_connection(lambda: protocol, host, port)
    return protocol


class Below(asyncio.Protocol):
    """A connection on which TLS is to begin, or a proxy to be asked for the way to a server."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport = cast(asyncio.Transport, None)
        self.answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        if b"\r\n\r\n" in self._heard or len(self._heard) > _LONGEST_ANSWER:
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()

    def _end(self) -> None:
        if not self.answer.done():
            self.answer.set_result(self._heard)


async def _secure(below: Below, protocol: P, url: Url, tls: ssl.SSLContext) -> P:
    """Begins TLS with the server of `url` on what is there, for `protocol`."""
    loop = asyncio.get_running_loop()
    transport = await loop.start_tls(below.transport, protocol, tls, server_hostname=url.host)
    protocol.connection_made(cast(asyncio.Transport, transport))
    return protocol


async def _dig(url: Url, proxy: Url) -> Below:
    """A connection through the proxy to the server of `url`."""
    below = await _reach(Below(), proxy)
    if proxy.scheme == "https":
        below = await _secure(below, Below(), proxy, trusting())
    with undone_by(below.transport.abort):
        _, host, port = url.origin
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        told = {"Host": place, **for_proxy(proxy)}
        lines = [f"CONNECT {place} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
        below.transport.write("\r\n".join([*lines, "", ""]).encode())
        if not _GRANTED.match(await below.answer):
            raise NetError("ERR_PROXY_CONNECTION_FAILED")
    return below


def for_proxy(proxy: Url) -> dict[str, str]:
    """The header that tells a proxy who asks, if its url says so."""
    if proxy.credentials is None:
        return {}
    return {"Proxy-Authorization": f"Basic {b64encode(':'.join(proxy.credentials).encode()).decode()}"}


def _first_of(error: OSError | UnicodeError) -> Exception:
    """The first error of a host with several addresses, whose errors asyncio joins into one text."""
    known = getattr(error, "errno", None) is not None or not isinstance(error, OSError)
    found = None if known else re.search(r"\[Errno (\d+)\]", str(error))
    return OSError(int(found[1]), str(error)) if found else error


@cache
def trusting(http2: bool = False) -> ssl.SSLContext:
    """The rules of the machine's trust store, read once a process (it takes tens of milliseconds).

    One for each HTTP version, because a connection writes the versions that it offers into its context.
    """
    if sys.platform in ("darwin", "win32") and not any(map(os.environ.get, ("SSL_CERT_FILE", "SSL_CERT_DIR"))):
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    paths = ssl.get_default_verify_paths()
    bundle = None if paths.cafile or paths.capath else next(filter(os.path.isfile, _BUNDLES), None)
    return ssl.create_default_context(cafile=bundle)
