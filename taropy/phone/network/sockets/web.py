"""The WebSocket of a web page, as taro-h5 hands it to programs.

Facts: `dist/api/network/websocket` of `@tarojs/taro-h5` 4.2.1 for what a task makes of the browser's socket; the web's
WebSocket standard (websockets.spec.whatwg.org) and Chromium for the rest. A page chooses no headers and no timeout, and
is told nothing of the server's answer. What taro-h5 tells of an end by the program is what that said, of which the
server hears nothing; of any other end it tells 1006, in whose place taropy has the server's own code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit

import attrs

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.functions import answered
from ...core.listening import Listeners
from ..http.cookies import is_here
from ..http.failures import invalid_url
from .connection import ReadyState
from .handshake import TOKEN, Handshake, compose
from .listeners import Latest
from .websocket import NORMAL, SocketTask

# How taro-h5 says goodbye to its own program.
FAREWELL = "server complete,close"
# How Chromium begins to say what is wrong with a new socket.
CONSTRUCT = "Failed to construct 'WebSocket':"
# How long Chromium waits for a handshake, in milliseconds (`kHandshakeTimeoutIntervalInSeconds`).
PATIENCE = 240_000


def handshake(
    options: Options, agent: str, origin: str | None, cookies: Callable[[str], Mapping[str, str]]
) -> Handshake:
    """The handshake of a page of this origin, if it has one. Raises `Fail` for what makes no socket in a browser.

    `cookies` gives the `Cookie` header for a url.
    """
    url = options.get("url")
    if not isinstance(url, str) or not url.startswith(("ws://", "wss://")):
        raise Fail(invalid_url(str(url)).reason)
    if origin is not None and origin.startswith("https:") and url.startswith("ws:"):
        _check_secure(url)
    wanted: Options = {"url": url.strip().replace(" ", "%20"), "protocols": _protocols(options.get("protocols"))}
    own = {"User-Agent": agent, **({} if origin is None else {"Origin": origin}), **cookies(url)}
    if "#" in url:
        fragment = url.strip().partition("#")[2]
        rule = "Fragment identifiers are not allowed in WebSocket URLs."
        raise Fail(f"{CONSTRUCT} The URL contains a fragment identifier ('{fragment}'). {rule}")
    try:
        return attrs.evolve(compose(wanted, own, PATIENCE), deflate=True)
    except Fail:
        raise Fail(f"{CONSTRUCT} The URL '{url}' is invalid.") from None


def _check_secure(url: str) -> None:
    if not is_here(urlsplit(url).hostname):  # what is on its own computer a page trusts
        reason = "An insecure WebSocket connection may not be initiated from a page loaded over HTTPS."
        raise Fail(f"{CONSTRUCT} {reason}")


def _protocols(given: Any) -> list[str]:
    """The subprotocols; what is no list of them is none."""
    protocols = list(given) if isinstance(given, list | tuple) else []
    for index, protocol in enumerate(protocols):
        if TOKEN.fullmatch(protocol) is None:
            raise Fail(f"{CONSTRUCT} The subprotocol '{protocol}' is invalid.")
        if protocol in protocols[:index]:
            raise Fail(f"{CONSTRUCT} The subprotocol '{protocol}' is duplicated.")
    return protocols


class PageSocketTask(SocketTask):
    """taro-h5's task: each `on…` takes the place of the one before, and `close` ends it for the program alone."""

    KIND: ClassVar[str] = "SocketTask"
    _said: Result | None = None
    _counts = True

    @cached_property
    def listeners(self) -> Listeners:
        return Latest()

    @answered
    def close(self, app: App, options: Options) -> Result:
        """Ends the connection, whose listeners are told `code` and `reason`; the server is told neither."""
        code, reason = options.get("code"), options.get("reason")
        self._said = {"code": NORMAL if code is None else code, "reason": FAREWELL if reason is None else reason}
        self._count_no_more()
        self.connection.close(None, "")
        return {"errMsg": "closeSocket:ok"}

    def _tell(self, event: str, told: Any) -> None:
        if event == "message" and self.connection.state is not ReadyState.OPEN:
            return  # what comes while it closes is nobody's, as the standard has it
        if event != "close":
            super()._tell(event, told)
            return
        if "close" in self.listeners:  # taro-h5 learns of the end where the program listens to it, and nowhere else
            self._count_no_more()
        self.listeners.tell("close", self._said or told)

    def _count_no_more(self) -> None:
        """Makes room for another of the app's sockets."""
        if self._counts:
            self._counts = False
            self._ended(self)
