"""From the options of `connectSocket` to a connection that a WebSocket can be spoken on."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import attrs
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidURI
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.proxy import get_proxy, parse_proxy
from websockets.uri import WebSocketURI, parse_uri

from ...core.answers import Fail, Options
from ...core.browser import IN_BROWSER
from ...core.javascript import text_of
from ...core.options import optional, required, seconds, strings, wrong_type
from ...core.urls import Url
from ..http.failures import invalid_url, net_fail

if TYPE_CHECKING:
    from websockets.typing import Subprotocol

    from .connection import Connection

# What is written by the phone, or by the protocol itself, whatever a program sets.
OWN_HEADERS = frozenset({
    "connection", "content-length", "host", "referer", "sec-websocket-accept", "sec-websocket-extensions",
    "sec-websocket-key", "sec-websocket-protocol", "sec-websocket-version", "transfer-encoding", "upgrade",
})  # fmt: skip

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_IN_VALUES = re.compile(r"[\0\r\n]")


@attrs.frozen
class Handshake:
    """How a WebSocket is opened. `timeout` is in seconds, for all of it."""

    uri: WebSocketURI
    headers: Mapping[str, str]
    protocols: list[str]
    deflate: bool
    timeout: float

    @property
    def is_answered(self) -> bool:
        """Whether somebody may answer it, who is waited for when the phone's clock is moved."""
        return True

    def silent(self) -> Handshake:
        """The same handshake with a server that takes it, and never answers."""
        return SilentHandshake(**attrs.asdict(self, recurse=False))

    @property
    def url(self) -> Url:
        """The address that is asked for, without who asks."""
        uri = self.uri
        host = f"[{uri.host}]" if ":" in uri.host else uri.host
        return Url(f"{'wss' if uri.secure else 'ws'}://{host}:{uri.port}{uri.resource_name}")

    def protocol(self, max_size: int | None) -> ClientProtocol:
        """A new conversation in the WebSocket protocol, with the request that opens it already said."""
        offered = cast("list[Subprotocol]", self.protocols) or None
        extensions = [ClientPerMessageDeflateFactory(client_max_window_bits=True)] if self.deflate else None
        protocol = ClientProtocol(self.uri, extensions=extensions, subprotocols=offered, max_size=max_size)
        request = protocol.connect()
        for name, value in self.headers.items():
            request.headers[name] = value
        protocol.send_request(request)
        return protocol

    async def connect(self, connection: asyncio.BaseProtocol, tls: ssl.SSLContext | None) -> None:
        """Connects `connection` to the server, through the machine's HTTP proxy if it has one for this address.

        `tls` are the rules for wss; None is the computer's trust store.
        """
        if IN_BROWSER:
            from .through_browser import connect

            await connect(cast("Connection", connection), self)
            return
        loop, uri = asyncio.get_running_loop(), self.uri
        rules = (tls or _default_tls()) if uri.secure else None
        host = uri.host if uri.secure else None
        proxy = get_proxy(uri)
        if proxy is None:
            await loop.create_connection(lambda: connection, uri.host, uri.port, ssl=rules, server_hostname=host)
            return
        transport = await _tunnel(uri, proxy)
        transport.set_protocol(connection)
        if rules is not None:
            transport = cast(
                asyncio.Transport, await loop.start_tls(transport, connection, rules, server_hostname=host)
            )
        connection.connection_made(transport)


class SilentHandshake(Handshake):
    """What a test has ordered to hang."""

    @property
    def is_answered(self) -> bool:
        return False

    async def connect(self, connection: asyncio.BaseProtocol, tls: ssl.SSLContext | None) -> None:
        await asyncio.get_running_loop().create_future()


def compose(options: Options, own: Mapping[str, str], default_timeout: float) -> Handshake:
    """The handshake that `options` ask for, with the phone's `own` headers where the program sets none.

    Raises `Fail` for a URL that is none and for headers or subprotocols that HTTP can not say.
    """
    url = required(options, "url", "String")
    optional(options, "tcpNoDelay", "Boolean", False)
    optional(options, "forceCellularNetwork", "Boolean", False)
    return Handshake(
        _parse(url),
        {**own, **_headers(options.get("header"))},
        _protocols(optional(options, "protocols", "Array", [])),
        optional(options, "perMessageDeflate", "Boolean", False),
        seconds(options, "timeout", default_timeout),
    )


def _parse(url: str) -> WebSocketURI:
    try:
        uri = parse_uri(url)
        uri.host.encode("idna")
    except (InvalidURI, ValueError):
        raise invalid_url(url) from None
    if TOKEN.fullmatch(uri.host.replace(":", "")) is None or re.search(r"[\s\0]", uri.resource_name):
        raise invalid_url(url)
    return uri


def _headers(given: Any) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise wrong_type("parameter.header", "Object", given)
    texts = {text_of(name): text_of(value) for name, value in given.items()}
    return {name: _said(name, value) for name, value in texts.items() if name.lower() not in OWN_HEADERS}


def _said(name: str, value: str) -> str:
    """The value as `websockets` writes it: text that is not ASCII goes out as UTF-8."""
    if TOKEN.fullmatch(name) is None or _NOT_IN_VALUES.search(value):
        raise net_fail("ERR_INVALID_ARGUMENT")
    return value.encode("utf-8", "replace").decode("latin-1")


def _protocols(given: Any) -> list[str]:
    """The subprotocols: each a token, and none of them twice, which is what the web's WebSocket asks for."""
    protocols = strings(given, "parameter.protocols")
    for index, protocol in enumerate(protocols):
        if TOKEN.fullmatch(protocol) is None or protocol in protocols[:index]:
            raise Fail(f"parameter error: parameter.protocols[{index}] is invalid: '{protocol}'")
    return protocols


def _default_tls() -> ssl.SSLContext:
    from ..http.connecting import trusting

    return trusting(http2=False)


async def _tunnel(uri: WebSocketURI, proxy: str) -> asyncio.Transport:
    """A connection through an HTTP proxy. Raises what `websockets` raises for one that does not let us through."""
    from websockets.asyncio.client import connect_http_proxy

    return await connect_http_proxy(parse_proxy(proxy), uri)
