"""A URL taken apart as RFC 3986 has it, every part escaped as it goes over the wire."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin

LONGEST = 65_536
DEFAULT_PORTS: Mapping[str, int] = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}
LARGEST_PORT = 65_535

_PARTS = re.compile(
    r"(?:(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):)?(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
_AUTHORITY = re.compile(r"(?:(?P<user>.*)@)?(?P<host>\[.*\]|[^:@]*)(?::?(?P<port>.*))?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_IPV4 = re.compile(r"[0-9]+(\.[0-9]+){3}")


def _escaper(unsafe: str) -> re.Pattern[str]:
    """What is to be escaped: these characters, blanks, and what is no ASCII. A percent sign stays, as in browsers."""
    return re.compile(rf"[^!-~]|[{re.escape(unsafe)}]")


# The URL standard's "percent-encode sets" of each part.
_IN_FRAGMENT = _escaper('"<>`')
_IN_QUERY = _escaper('"#<>')
_IN_PATH = _escaper('"#<>?`{}')
_IN_USER = _escaper('"#<>?`{}/;=@[\\]^|')
_IN_HOST = _escaper("#/<>?@[]^:")


class Url:
    """An absolute URL, or what of one there is.

    `host` is in ASCII and without the brackets of an IPv6 address; `port` is None if it is the scheme's own; `netloc`
    is what a `Host` header has, `target` the path and the query. `ValueError` if the text is none.
    """

    __slots__ = ("_text", "fragment", "host", "netloc", "origin", "path", "port", "query", "scheme", "target", "user")

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST or _CONTROL.search(text):
            raise ValueError(f"{text[:100]!r} is no url")
        parts = _PARTS.fullmatch(text)
        assert parts is not None
        authority = _AUTHORITY.fullmatch(parts["authority"] or "")
        if authority is None:
            raise ValueError(f"{text!r} names no host")
        self.scheme = (parts["scheme"] or "").lower()
        self.user = _escaped(authority["user"] or "", _IN_USER)
        self.host = _host(authority["host"])
        self.port = _port(authority["port"], self.scheme)
        absolute = bool(self.scheme or self.host)
        self.path = _escaped(_without_dots(parts["path"]) if absolute else parts["path"], _IN_PATH)
        self.query = None if parts["query"] is None else _escaped(parts["query"], _IN_QUERY)
        self.fragment = None if parts["fragment"] is None else _escaped(parts["fragment"], _IN_FRAGMENT)
        self._derive()

    def _derive(self) -> None:
        host = f"[{self.host}]" if ":" in self.host else self.host
        query = "" if self.query is None else f"?{self.query}"
        self.netloc = host if self.port is None else f"{host}:{self.port}"
        self.target = (self.path or "/") + query
        #: The scheme, the host and the port that a connection is made to.
        self.origin = (self.scheme, self.host, DEFAULT_PORTS.get(self.scheme, 0) if self.port is None else self.port)
        scheme = f"{self.scheme}:" if self.scheme else ""
        user = f"{self.user}@" if self.user else ""
        place = f"//{user}{self.netloc}" if user or self.netloc else ""
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        self._text = f"{scheme}{place}{self.path}{query}{fragment}"

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Url({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Url) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    @property
    def credentials(self) -> tuple[str, str] | None:
        """The name and the password in it, unescaped."""
        name, _, password = self.user.partition(":")
        return (unquote(name), unquote(password)) if self.user else None

    def join(self, reference: str) -> Url:
        """What the reference means from here."""
        return Url(urljoin(self._text, str(Url(reference))))


def escaped_path(text: str) -> str:
    """A piece of a path as it goes over the wire."""
    return _escaped(text, _IN_PATH)


def _escaped(text: str, escaper: re.Pattern[str]) -> str:
    return escaper.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def _host(host: str) -> str:
    if host.startswith("["):
        ipaddress.IPv6Address(host[1:-1])
        return host[1:-1]
    if _IPV4.fullmatch(host):
        ipaddress.IPv4Address(host)
        return host
    if host.isascii():
        return _escaped(host.lower(), _IN_HOST)
    import idna

    try:
        return idna.encode(host.lower()).decode()
    except idna.IDNAError as error:
        raise ValueError(f"{host!r} is no name of a host") from error


def _port(port: str | None, scheme: str) -> int | None:
    if not port:
        return None
    if not (port.isascii() and port.isdecimal() and len(port) <= LARGEST_PORT and int(port) <= LARGEST_PORT):
        raise ValueError(f"{port!r} is no port")
    return None if int(port) == DEFAULT_PORTS.get(scheme) else int(port)


def _without_dots(path: str) -> str:
    """The path without its `.` and `..`: RFC 3986, 5.2.4."""
    parts = path.split("/")
    if "." not in parts and ".." not in parts:
        return path
    kept: list[str] = []
    for part in parts:
        if part == "..":
            if kept and kept != [""]:
                kept.pop()
        elif part != ".":
            kept.append(part)
    return "/".join(kept)
