"""From what a test writes to a route of WebSockets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..routes.expected import check_pace
from ..routes.patterns import SOCKETS, pattern_of
from .handshake import TOKEN
from .routing import SocketRoute
from .talk import Script

if TYPE_CHECKING:
    import re

    from .routing import SocketRouter


def made(
    router: SocketRouter,
    url: str | re.Pattern[str],
    *,
    messages: Sequence[Any],
    protocols: Sequence[str],
    headers: Mapping[str, str],
    status: int | None,
    delay: float,
    times: int | None,
    optional: bool,
    **handlers: Any,
) -> SocketRoute:
    """The route, which answers from now on."""
    pattern = pattern_of(url, SOCKETS)
    for name, handler in handlers.items():
        if handler is not None and not callable(handler):
            raise TypeError(f"{name} is a function, not {handler!r}")
    if isinstance(messages, str | bytes) or not isinstance(messages, Sequence):
        raise TypeError(f"messages is a list of what the server sends first, not {messages!r}")
    if status is not None and (any(handlers.values()) or messages or protocols):
        raise TypeError("a route with a status refuses every handshake; it has no handlers, messages and protocols")
    if status is not None and (isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 599):
        raise ValueError(f"a handshake is refused by a status from 200 to 599, not {status!r}")
    check_pace(times, delay)
    _check_protocols(protocols)
    _check_headers(headers)
    script = Script(
        **handlers,
        messages=tuple(messages),
        protocols=tuple(protocols),
        headers=dict(headers),
        status=status,
        delay=delay,
    )
    route = SocketRoute(router, pattern, script, times=times, optional=optional)
    router.add(route)
    return route


def _check_protocols(protocols: Sequence[str]) -> None:
    if isinstance(protocols, str) or not isinstance(protocols, Sequence):
        raise TypeError(f"protocols is a list of subprotocols, not {protocols!r}")
    for protocol in protocols:
        if not isinstance(protocol, str) or TOKEN.fullmatch(protocol) is None:
            raise ValueError(f"{protocol!r} is no subprotocol")


def _check_headers(headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if TOKEN.fullmatch(name) is None or not isinstance(value, str) or "\r" in value or "\n" in value:
            raise ValueError(f"{name}: {value!r} is no header")
