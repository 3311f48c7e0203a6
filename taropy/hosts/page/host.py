"""The host "page": what `taropy.create` is given, and what comes of it."""

from __future__ import annotations

import atexit
import math
import secrets
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

import attrs

from ...extras import need
from ...runtime.hosts import Host
from ..errors import PageError
from ..js_values import JsError
from .bridge import Bridge
from .native import PageNative
from .opening import Opening

if TYPE_CHECKING:
    from ...runtime.platforms import Platform
    from .browser import Browser
    from .server import Server

LACK = "the page does not have {api}"
#: Milliseconds that a page may take to come, and to answer a call that waits for its value.
PATIENCE = 30_000
#: The longest message in bytes.
MAX_SIZE = 64 * 1024 * 1024
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


class PageHost:
    """The server that a page connects to, the browser if one was started, and their end."""

    def __init__(self, place: Place, *, names: Sequence[str], port: int, token: str, patience: float, max_size: int):
        from .server import Server

        self.place = place
        self.names = tuple(names)
        self.token = token
        self.bridge = Bridge(patience=patience)
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
        if self.server.refused is not None:
            return f"no page is connected: {self.server.refused}"
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
_open: weakref.WeakSet[PageHost] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for each in list(_open):
        each.close()


def page_host(
    platform: Platform,
    *,
    url: str | None = None,
    launch: bool = False,
    origin: str | None = None,
    api: str | None = None,
    port: int = 0,
    token: str | None = None,
    patience: float = PATIENCE,
    max_size: int = MAX_SIZE,
    **browser: Any,
) -> Host:
    """A page with a real runtime in it, over a WebSocket.

    - `url`: the page's address, or a folder with a built page, which is served then (`taropy page build` makes one).
    - `launch`: whether a browser is started for it; `browser` are the options of that (`taropy.hosts.page.browser`).
    - `origin`: the exact origin of who may connect, by default that of `url`; "" for who names none.
    - `api`: the page's global name for the native object; by default `Taro`, or the platform's own.
    - `port`: that of the server, a free one by default; `token`: what the page has to know, a random one by default.
    - `patience`: how long a page may take to come, and to answer a call that waits for its value, in milliseconds.
    - `max_size`: the longest message, in bytes.
    """
    need("websockets", extra="browser", what='the host "page"')
    check(url=url, launch=launch, port=port, token=token, patience=patience, max_size=max_size, browser=browser)
    names = [api] if api else list(dict.fromkeys(("Taro", platform.native_name)))
    token = secrets.token_urlsafe(24) if token is None else token
    made = PageHost(
        place_of(url, origin), names=names, port=port, token=token, patience=patience / 1000, max_size=max_size
    )
    try:
        person = _launched(made, browser) if launch else None
        if launch:
            made.bridge.page()
    except JsError as error:
        made.close()
        raise PageError(str(error)) from None
    except BaseException:
        made.close()
        raise
    return Host("page", PageNative(made.bridge), close=made.close, lack=LACK, stand_in=person or Opening(made))


def check(
    *, url: str | None, launch: bool, port: int, token: str | None, patience: float, max_size: int,
    browser: Mapping[str, Any],
) -> None:  # fmt: skip
    """Raises `TypeError` for options that are none, or do not go together."""
    if browser and not launch:
        raise TypeError(f"{', '.join(browser)} {'is' if len(browser) == 1 else 'are'} for a page with launch=True")
    if launch and url is None:
        raise TypeError("launch=True needs the url of the page, or the folder that it is in")
    if token is not None and (not isinstance(token, str) or len(token) < 32 or not _is_token(token)):
        raise TypeError("a token has at least 32 letters, digits, - and _; by default it is a random one")
    for name, value in {"patience": patience, "max_size": max_size}.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
            raise TypeError(f"{name} is a number above 0, not {value!r}")
    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port < 65536:
        raise TypeError(f"port is a number below 65536, not {port!r}")


def _is_token(token: str) -> bool:
    return token.isascii() and all(sign.isalnum() or sign in "-_" for sign in token)


def _launched(host: PageHost, options: Mapping[str, Any]) -> Any:
    from .browser import launch
    from .person import Person

    host.browser = launch(host, **options)
    return Person(host, host.browser)
