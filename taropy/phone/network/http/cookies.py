"""The cookies of an app, for the platforms and requests that keep them.

WeChat keeps none: a program reads `cookies` from the result and sends them itself. Alipay keeps them always; a
web page does so for requests with `credentials: "include"`. On a phone with a folder those with a lifetime
outlive the phone.
"""

from __future__ import annotations

import threading
import warnings
from contextlib import suppress
from email.message import Message
from http.cookiejar import Cookie, CookiePolicy, DefaultCookiePolicy, LWPCookieJar
from pathlib import Path
from shutil import rmtree
from urllib.parse import quote, urlsplit
from urllib.request import Request

from ...core.urls import Url
from .reply import Reply
from .suffixes import is_public_suffix

COOKIE_FOLDER = "cookies"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# The attribute as servers write it.
SAME_SITE = ("SameSite", "samesite", "Samesite", "SAMESITE", "sameSite")


class Cookies:
    """The cookies of one app; with a `file`, the lasting ones are read from there and written back."""

    def __init__(self, file: Path | None, policy: CookiePolicy | None = None) -> None:
        """`policy` says which cookies go where; None is what RFC 6265 says, as its successor has it."""
        self._file = file
        self._lock = threading.Lock()
        self._jar = LWPCookieJar(policy=policy or Policy())
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
        with self._lock, suppress(OSError):  # where nothing can be written they stay in memory, as in a browser
            file.parent.mkdir(parents=True, exist_ok=True)
            self._jar.save(str(fresh))
            fresh.replace(file)

    def _load(self, file: Path) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # of some damage it warns, as of a bug of its own
                self._jar.load(str(file))
        except (OSError, ValueError):
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


class Policy(DefaultCookiePolicy):
    """RFC 6265, and of the draft of its successor (draft-ietf-httpbis-rfc6265bis) what keeps sites apart.

    A cookie for all of a public suffix, as `com.cn` or `github.io`, is not kept; of the host that has the very name it
    is its own cookie. And a name may promise that the cookie came over a secure connection (`__Secure-…`), and also
    that it is of one host and for all its paths (`__Host-…`): one that breaks the promise is not kept.
    """

    def __init__(self) -> None:
        """A cookie that names no domain goes to its host alone, which Python's own policy has only on demand."""
        super().__init__(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain)

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        """Whether the cookie is kept."""
        asked = urlsplit(request.get_full_url())
        return (
            _keeps_promise(cookie, secure=asked.scheme == "https" or is_here(asked.hostname))
            and not _is_for_a_public_suffix(cookie, asked.hostname or "")
            and super().set_ok(cookie, request)
        )


def _keeps_promise(cookie: Cookie, *, secure: bool) -> bool:
    """Whether a cookie is what its name says that it is."""
    name = cookie.name.lower()
    if name.startswith("__secure-"):
        return cookie.secure and secure
    if name.startswith("__host-"):
        is_whole = cookie.path_specified and cookie.path == "/"
        return cookie.secure and secure and is_whole and not cookie.domain_specified
    return True


def _is_for_a_public_suffix(cookie: Cookie, host: str) -> bool:
    domain = cookie.domain.lstrip(".").rstrip(".")
    if not cookie.domain_specified or not is_public_suffix(domain):
        return False
    if domain != host:
        return True
    cookie.domain, cookie.domain_specified, cookie.domain_initial_dot = host, False, False
    return False


class PagePolicy(Policy):
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
