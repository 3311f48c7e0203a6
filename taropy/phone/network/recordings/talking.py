"""Recorded WebSockets as routes: the server says what it said, when the program has said what it did."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from ....masking import masked_text
from .bodies import canonical, same
from .reading import LEAST, Kept, Tape

if TYPE_CHECKING:
    from ..sockets.room import Sockets
    from ..sockets.routing import SocketRoute
    from ..sockets.serverside import ServerSide

SWITCHED = 101
# How much of a message the text of a failure shows.
SHOWN = 200


def socket_routes(tape: Tape, sockets: Sockets) -> list[SocketRoute]:
    """A route for each URL of a recorded WebSocket; several connections get their conversations in turn."""
    by_url: dict[str, list[Kept]] = {}
    for kept in tape.exchanges:
        if kept.messages is not None:
            by_url.setdefault(tape.masks.url(str(kept.url)), []).append(kept)
    return [_route(tape, sockets, url, conversations) for url, conversations in by_url.items()]


def _route(tape: Tape, sockets: Sockets, url: str, conversations: list[Kept]) -> SocketRoute:
    number = count()
    begun: dict[ServerSide, Kept] = {}

    def on_handshake(side: ServerSide) -> None:
        kept = begun[side] = conversations[min(next(number), len(conversations) - 1)]
        if kept.status < LEAST:
            side.fail()
        elif kept.status != SWITCHED:
            side.refuse(kept.status)

    async def on_connect(side: ServerSide) -> None:
        for message in begun.pop(side).messages or ():
            if message.sender == "server":
                await side.send(message.data)
                continue
            said = await side.receive()
            if not same(_said(tape, message.data), _said(tape, said)):
                raise AssertionError(
                    f"{tape.path} has the program send {_shown(message.data)} to {masked_text(side.url)}, "
                    f"and it has sent {_shown(said)}"
                )

    protocols = dict.fromkeys(name for kept in conversations if (name := _protocol(kept)))
    return sockets.route(
        url, on_handshake=on_handshake, on_connect=on_connect, protocols=list(protocols), optional=True
    )


def _protocol(kept: Kept) -> str:
    """The subprotocol that the server had chosen."""
    return next((value.decode() for name, value in kept.pairs if name.lower() == b"sec-websocket-protocol"), "")


def _said(tape: Tape, data: str | bytes) -> Any:
    """What is compared of a message."""
    return data if isinstance(data, bytes) else canonical("", data.encode("utf-8", "replace"), tape.masks)


def _shown(data: str | bytes) -> str:
    text = masked_text(data) if isinstance(data, str) else repr(data)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
