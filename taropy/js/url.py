"""`URL`: addresses as the URL Standard has them, read by the parser of the extra `url`, Ada, which browsers share."""

from __future__ import annotations

from typing import Any

from ..extras import need
from .conversions import text
from .errors import TypeError
from .missing import is_nullish
from .url_search_params import URLSearchParams
from .utf16 import usv


def _part(name: str, what: str) -> Any:
    """A part of an address, as a property."""

    def get(url: URL) -> str:
        return str(getattr(url._ada, name))

    def set_(url: URL, value: Any) -> None:
        url._set(name, value)

    return property(get, set_, doc=what)


class URL:
    """`URL(address, base)`: an address and its parts, all of which may be set; one that can't be set so stays as it is.

    `href`, `protocol`, `username`, `password`, `host`, `hostname`, `port`, `pathname`, `search`, `hash` are texts,
    `origin` is one that can't be set, and `searchParams` are those of `search`. `TypeError` for what is no address;
    `MissingExtra` where taropy's extra `url` is not installed.
    """

    __slots__ = ("_ada", "_params")

    def __init__(self, url: Any, base: Any = None) -> None:
        self._ada = _parsed(url, base)
        self._params: URLSearchParams | None = None

    @staticmethod
    def canParse(url: Any, base: Any = None) -> bool:
        """Whether it is an address."""
        try:
            _parsed(url, base)
        except TypeError:
            return False
        return True

    href: str = _part("href", "The whole address.")
    protocol: str = _part("protocol", "The scheme, with its colon.")
    username: str = _part("username", "The user's name.")
    password: str = _part("password", "The user's password.")
    host: str = _part("host", "The host, and the port if it is not the scheme's own.")
    hostname: str = _part("hostname", "The host.")
    port: str = _part("port", "The port; empty if it is the scheme's own.")
    pathname: str = _part("pathname", "The path.")
    search: str = _part("search", "The query, with its `?`; empty if there is none.")
    hash: str = _part("hash", "The fragment, with its `#`; empty if there is none.")

    @property
    def searchParams(self) -> URLSearchParams:
        """The pairs of the query; what is changed in them is changed in the address."""
        if self._params is None:
            self._params = URLSearchParams._of_url(self.search, self._write_params)
        return self._params

    def _write_params(self) -> None:
        self._ada.search = str(self._params)

    def _set(self, part: str, value: Any) -> None:
        try:
            setattr(self._ada, part, usv(text(value)))
        except ValueError:
            if part == "href":
                raise TypeError("Invalid URL") from None
        if self._params is not None and part in ("href", "search"):
            self._params._read(self.search)

    @property
    def origin(self) -> str:
        """The scheme, host and port; "null" of a scheme that has no hosts."""
        return str(self._ada.origin)

    def toString(self) -> str:
        """The whole address."""
        return str(self._ada.href)

    def toJSON(self, key: Any = None) -> str:
        """The whole address."""
        return self.toString()

    def __str__(self) -> str:
        return self.toString()

    def __repr__(self) -> str:
        return f"URL({self.toString()!r})"


def _parsed(url: Any, base: Any) -> Any:
    ada = need("ada_url", extra="url", what="URL")
    try:
        return ada.URL(usv(text(url)), None if is_nullish(base) else usv(text(base)))
    except ValueError:
        raise TypeError("Invalid URL") from None
