"""A request that is not the phone's: a vendor's server tells an app's backend of something."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from .faults import NetError
from .limit import Limit
from .outgoing import Outgoing, encoded, parse
from .reply import collected
from .seam import through

if TYPE_CHECKING:
    from ...core.faces import Network
    from .wire import Wire

#: How much of an answer is read, in bytes: the vendors want a word.
MOST_READ = 65_536


async def post(
    network: Network, wire: Wire, url: str, headers: Mapping[str, str], body: bytes, timeout: float
) -> tuple[int, bytes]:
    """The status and the body that the server of `url` answers within `timeout` seconds.

    Routes and mounts answer as they do for programs. The phone's cookies, conditions and lists of domains have no part
    in it. Raises ConnectionError, by Chromium's name for it, `Fail` for what is no URL, and TimeoutError.
    """
    outgoing = Outgoing(
        "POST",
        parse(url),
        encoded(headers),
        body,
        timeout,
        follow=False,
        http2=False,
        chunked=False,
        cookies=False,
        cache="no-store",
        form="arraybuffer",
    )
    with Limit(wire.deadlines, timeout):
        try:
            response = await through(network.layers, partial(wire.send, tls=network.tls))(outgoing)
            try:
                return response.status, await collected(response, MOST_READ)
            finally:
                await response.aclose()
        except NetError as error:
            raise ConnectionError(error.name) from error
