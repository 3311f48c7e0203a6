"""What stands between an app's session and the wire: routes that answer, and whatever looks on.

Cookies, redirects, preflights, the conditions of the network and all that programs are told is above: a layer gets each
request as it leaves the phone, and gives a response as it comes in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from .outgoing import Outgoing
from .reply import Response

#: Sends a request, and waits for the head of its response. Raises `NetError`, and TimeoutError if its time is up.
Send = Callable[[Outgoing], Awaitable[Response]]
#: Is given a request and how it is sent on; gives the response, its own or that.
Layer = Callable[[Outgoing, Send], Awaitable[Response]]


def through(layers: Iterable[Layer], send: Send) -> Send:
    """How a request is sent through these layers, of which the last one sees it first."""
    for layer in layers:
        send = partial(_pass, layer, send)
    return send


def _pass(layer: Layer, send: Send, outgoing: Outgoing) -> Awaitable[Response]:
    return layer(outgoing, send)
