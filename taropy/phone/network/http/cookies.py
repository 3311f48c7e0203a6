"""The cookies of an app, for the platforms and requests that keep them.

WeChat keeps none: a program reads `cookies` from the result and sends them itself. Alipay keeps them always; a
web page does so for requests with `credentials: "include"`. On a phone with a folder those with a lifetime
outlive the phone.
"""

from __future__ import annotations

import threading
import warnings
from email.message import Message
from http.cookiejar import Cookie, CookiePolicy, DefaultCookiePolicy, LoadError, LWPCookieJar
from pathlib import Path
from shutil import rmtree
from urllib.parse import quote, urlsplit
from urllib.request import Request

from ...core.urls import Url
from .reply import Reply

COOKIE_FOLDER = "cookies"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# The attribute as servers write it.
SAME_SITE = ("SameSite", "samesite", "Samesite", "SAMESITE", "sameSite")


class Cookies:
    """The cookies of one app; with a `file`, the lasting ones are read from there and written back."""

    def __init__(self, file: Path | None, policy: CookiePolicy | None = None) -> None:
        """`policy` says which cookies go where; None is Python's own."""
        self._file = file
        self._lock = threading.Lock()
        self._jar = LWPCookieJar(policy=policy)
        if file is not None and file.exists():
            self._load(file)

    def header(self, url: Url) -> dict[str, str]:
        """The Cookie header for a request to `url`, if there are cookies for it."""
        request = Request(str(url))
        self._jar.add_cookie_header(request)
        header = request.get_header("Cookie")
        return {} if header is None else {"Cookie": header}

    def keep(self, url: Url, reply: Reply) -> None:
        """Keeps what a reply from `url` sets."""
        if not reply.first(b"set-cookie"):
            return
        self._jar.extract_cookies(_Answer(reply), Request(str(url)))  # type: ignore[arg-type]
        if self._file is not None:
            self._save(self._file)

    def clear(self) -> None:
        """Forgets every cookie in memory."""
        self._jar.clear()

    def _save(self, file: Path) -> None:
        fresh = file.with_suffix(".new")
        with self._lock:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._jar.save(str(fresh))
            fresh.replace(file)

    def _load(self, file: Path) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # of some damage it warns, as of a bug of its own
                self._jar.load(str(file))
        except (LoadError, ValueError):
            # A phone whose cookie file was damaged starts without cookies, as a browser does.
            self._jar.clear()


class _Answer:
    """A reply as `http.cookiejar` reads one."""

    def __init__(self, reply: Reply) -> None:
        self._headers = Message()
        for value in reply.all(b"set-cookie"):
            self._headers["Set-Cookie"] = value

    def info(self) -> Message:
        """Its headers."""
        return self._headers


def is_here(host: str | None) -> bool:
    """Whether a host is the computer itself."""
    return host in LOOPBACK


class PagePolicy(DefaultCookiePolicy):
    """A browser's: `Secure` cookies go to the computer itself over plain HTTP too, which it takes to be secure.

    A cookie for all sites (`SameSite=None`) has to be `Secure`: draft-ietf-httpbis-rfc6265bis.
    """

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        """Whether the cookie is kept."""
        told = next((cookie.get_nonstandard_attr(name) for name in SAME_SITE if cookie.has_nonstandard_attr(name)), "")
        return super().set_ok(cookie, request) and (cookie.secure or str(told).lower() != "none")

    def return_ok_secure(self, cookie: Cookie, request: Request) -> bool:
        """Whether the cookie may go with the request, as far as that has to be a secure one."""
        return is_here(urlsplit(request.get_full_url()).hostname) or super().return_ok_secure(cookie, request)


def cookie_file(folder: Path, app_key: str) -> Path:
    """Where a phone with a folder keeps an app's cookies."""
    return folder / COOKIE_FOLDER / f"{quote(app_key, safe='')}.txt"


def forget_cookies(folder: Path) -> None:
    """Removes the cookies that a phone with this folder keeps, of all apps."""
    rmtree(folder / COOKIE_FOLDER, ignore_errors=True)
