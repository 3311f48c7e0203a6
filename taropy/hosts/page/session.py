"""One page and its program: where the page is, the server that it connects to, and the browser if one was started."""

from __future__ import annotations

import atexit
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

import attrs

from ..errors import PageError
from .bridge import Bridge
from .server import Server

if TYPE_CHECKING:
    from .browser import Browser

DEFAULT_PORTS = {"http": 80, "https": 443}


@attrs.frozen
class Place:
    """Where the page is: its address, its origin (None for the host's own server), and the folder that this serves."""

    url: str | None
    origin: str | None
    folder: Path | None


def place_of(url: str | None, origin: str | None) -> Place:
    """The place that `url` names: an address, or the folder of a built page. `TypeError` for what is neither."""
    if url is None:
        return Place(None, origin, None)
    parts = urlsplit(str(url))
    if parts.scheme in DEFAULT_PORTS and parts.hostname:
        return Place(str(url), origin if origin is not None else _origin(parts), None)
    folder = Path(url)
    if not (folder / "index.html").is_file():
        raise TypeError(f"url is a page's address (http://…) or a folder with its index.html, not {str(url)!r}")
    return Place(None, None, folder)


def _origin(parts: SplitResult) -> str:
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


class Session:
    """The server that a page connects to, the browser if one was started, and their end."""

    def __init__(self, place: Place, *, names: Sequence[str], port: int, token: str, patience: float, max_size: int):
        self.place = place
        self.names: tuple[str, ...] = tuple(names)
        self.token = token
        self.bridge: Bridge = Bridge(patience=patience)
        try:
            self.server: Server = Server(
                self.bridge, token=token, origin=place.origin, port=port, folder=place.folder, max_size=max_size
            )
        except (OSError, OverflowError) as error:
            raise PageError(f"port {port} cannot be listened on: {getattr(error, 'strerror', None) or error}") from None
        self.bridge.invitation = self.invitation
        self.browser: Browser | None = None
        _open.add(self)

    @property
    def address(self) -> str:
        """The WebSocket's address."""
        return f"ws://127.0.0.1:{self.server.port}/"

    @property
    def page_url(self) -> str | None:
        """The address of the page itself; None if it is not known, as a mini program's."""
        return f"{self.server.origin}/" if self.place.folder is not None else self.place.url

    @property
    def link(self) -> str | None:
        """The address to open in a browser: the page's, with what its agent needs to connect."""
        url = self.page_url
        if url is None:
            return None
        parts = urlsplit(url)
        told = urlencode({"taropy": f"{self.server.port}.{self.token}.{','.join(self.names)}"}, safe=",.")
        return urlunsplit(
            parts._replace(query=f"{parts.query}&{told}" if parts.query else told, path=parts.path or "/")
        )

    def invitation(self) -> str:
        """What to say to who waits for a page in vain."""
        if self.bridge.refused is not None:
            return f"no page is connected: {self.bridge.refused}"
        if self.browser is not None:
            return f"no page is connected: {self.browser.state()}"
        if self.link is None:
            return f"no page is connected: its agent.js connects to {self.address} with this host's token"
        return f"no page is connected: open {self.link}"

    def close(self) -> None:
        """Ends the page's calls, the browser, the server and their threads."""
        _open.discard(self)
        self.bridge.close()
        if self.browser is not None:
            self.browser.close()
        self.server.close()


#: Those that are open when the process ends: their browsers must not stay.
_open: weakref.WeakSet[Session] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for each in list(_open):
        each.close()
