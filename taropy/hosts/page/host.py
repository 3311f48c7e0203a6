"""The host "page": what `taropy.create` is given, and what comes of it."""

from __future__ import annotations

import asyncio
import math
import secrets
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ...extras import need
from ...hints import close_to
from ...runtime.hosts import Host
from ...undoing import undone_by
from ..errors import PageError
from ..js_values import JsError

if TYPE_CHECKING:
    from ...runtime.platforms import Platform
    from .apps import Apps
    from .session import Session

LACK = "the page does not have {api}"
#: Milliseconds that a page may take to come, and to answer a call that waits for its value.
PATIENCE = 30_000
OPTIONS = ("url", "launch", "origin", "api", "port", "token", "patience", "max_size")
#: The longest message from the page, in bytes.
MAX_SIZE = 64 * 1024 * 1024


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
    - `max_size`: the longest message from the page, in bytes.
    """
    need("websockets", extra="browser", what='the host "page"')
    check(url=url, launch=launch, port=port, token=token, patience=patience, max_size=max_size, browser=browser)
    from .apps import Apps
    from .native import PageNative
    from .opening import Opening
    from .session import Session, place_of

    names = [api] if api else list(dict.fromkeys(("Taro", platform.native_name)))
    token = secrets.token_urlsafe(24) if token is None else token
    made = Session(
        place_of(url, origin), names=names, port=port, token=token, patience=patience / 1000, max_size=max_size
    )
    apps = Apps(made.bridge)
    with undone_by(made.close):
        person = _launched(made, apps, browser) if launch else None
    return Host(
        "page",
        PageNative(made.bridge, apps),
        close=made.close,
        aclose=partial(asyncio.to_thread, made.close),
        lack=LACK,
        stand_in=person or Opening(made, apps),
        launcher=apps,
    )


def check(
    *, url: str | None, launch: bool, port: int, token: str | None, patience: float, max_size: int,
    browser: Mapping[str, Any],
) -> None:  # fmt: skip
    """Raises `TypeError` for options that are none, or do not go together."""
    for name in browser if not launch else ():
        hint = close_to(name, OPTIONS)
        raise TypeError(f"there is no option {name!r} for a page without launch=True{hint}")
    if not isinstance(launch, bool):
        raise TypeError(f"launch is True or False, not {launch!r}")
    if launch and url is None:
        raise TypeError("launch=True needs the url of the page, or the folder that it is in")
    if token is not None and (not isinstance(token, str) or len(token) < 32 or not _is_token(token)):
        raise TypeError("a token has at least 32 letters, digits, - and _; by default it is a random one")
    if isinstance(patience, bool) or not isinstance(patience, int | float) or not 0 < patience < math.inf:
        raise TypeError(f"patience is a number above 0, not {patience!r}")
    if isinstance(max_size, bool) or not isinstance(max_size, int) or max_size <= 0:
        raise TypeError(f"max_size is a whole number above 0, not {max_size!r}")
    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port < 65536:
        raise TypeError(f"port is a number below 65536, not {port!r}")


def _is_token(token: str) -> bool:
    return token.isascii() and all(sign.isalnum() or sign in "-_" for sign in token)


def _launched(host: Session, apps: Apps, options: Mapping[str, Any]) -> Any:
    """What a person does at the page of a browser that is started, once the page has come."""
    from .browser import known_options, launch
    from .person import Person

    known = known_options()
    for name in options.keys() - known:
        hint = close_to(name, known.union(OPTIONS))
        raise TypeError(f"neither a page nor a context of Playwright's has an option {name!r}{hint}")
    host.browser = launch(host, **options)
    person = Person(host, host.browser, apps)
    try:
        host.bridge.page()
    except JsError as error:
        raise PageError(str(error)) from None
    return person
