"""Which addresses a route is for: one, or those that a pattern or a regular expression describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

import attrs

from ...core.urls import Url, escaped_path

Origin = tuple[str, str, int]

_PARTS = re.compile(r"(?:(?P<scheme>[^:/?#]+)://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?")
_GLOB = re.compile(r"\*\*|\*|\{[^{}]*\}")
# What `/**` at the end stands for: all below, and the place itself.
_BELOW = "/**"
#: The schemes of what goes by HTTP, and of WebSockets.
REQUESTS, SOCKETS = ("http", "https"), ("ws", "wss")
_AFFAIRS = {**dict.fromkeys(REQUESTS, "a request's address; those are phone.network's affair"),
            **dict.fromkeys(SOCKETS, "a socket's address; those are phone.sockets' affair")}  # fmt: skip
_HOW = "https://api.example.com/x, /x for any server, patterns as https://api.example.com/** and **/x, or re.compile(…)"


@attrs.frozen
class Pattern:
    """The addresses that a route is for.

    `origin` is None where several servers are meant; `path` is None where several paths are. What both leave open
    `regex` decides: over the path, or over what `over` says, the whole url or the address, which has no query.
    `base` is the path that an app is mounted at.
    """

    text: str
    origin: Origin | None = None
    path: str | None = None
    regex: re.Pattern[str] | None = None
    over: str = "path"
    query: tuple[tuple[str, re.Pattern[str]], ...] = ()
    base: str = ""

    def is_written(self, where: object) -> bool:
        """Whether a test has written it so."""
        return where == (self.text if self.over != "url" else self.regex)

    def match(self, url: Url) -> Mapping[str, str] | None:
        """What the names in the pattern stand for in this address; None if it is another.

        `origin` and `path` have been compared before.
        """
        if self.regex is None:
            return {}
        if self.over == "url":
            found = self.regex.search(f"{url.scheme}://{url.netloc}{url.target}")
        else:
            path = url.path or "/"
            found = self.regex.fullmatch(path if self.over == "path" else f"{url.scheme}://{url.netloc}{path}")
        return None if found is None else found.groupdict(default="")

    def __str__(self) -> str:
        return self.text


def pattern_of(where: object, schemes: tuple[str, ...] = REQUESTS) -> Pattern:
    """The pattern that a test has written, for `REQUESTS` or `SOCKETS`. ValueError for one that no address could be."""
    if isinstance(where, re.Pattern):
        if isinstance(where.pattern, bytes):
            raise TypeError(f"an address is text, and {where!r} searches bytes")
        return Pattern(f"/{where.pattern}/", regex=where, over="url")
    if not isinstance(where, str):
        raise TypeError(f"a route is for an address: {_HOW}; not {where!r}")
    parts = _PARTS.match(where)
    assert parts is not None
    _check_braces(where, (parts["authority"] or "") + parts["path"])
    query = tuple(
        (name, _compiled(".*".join(map(re.escape, value.split("*")))))
        for name, value in parse_qsl(parts["query"] or "", keep_blank_values=True)
    )
    if parts["scheme"] is None:
        return _of_any_server(where, parts["path"], query)
    return _of_servers(where, parts["scheme"].lower(), parts["authority"], parts["path"], query, schemes)


def below(base: str) -> Pattern:
    """The pattern for all addresses below a base address, for a server that is mounted there."""
    try:
        url = Url(base)
    except ValueError:
        url = Url("")
    if url.scheme not in ("http", "https") or not url.host or url.query is not None or url.fragment is not None:
        raise ValueError(
            f"an app is mounted at an address as https://api.example.com or https://example.com/api, not {base!r}"
        )
    path = url.path.rstrip("/")
    return Pattern(
        f"{url.scheme}://{url.netloc}{path}", url.origin, regex=_compiled(f"{re.escape(path)}(?:/.*)?"), base=path
    )


def _of_any_server(where: str, path: str, query: tuple[tuple[str, re.Pattern[str]], ...]) -> Pattern:
    if path.startswith("/"):
        if _GLOB.search(path):
            return Pattern(where, regex=_compiled(_path_regex(path)), query=query)
        return Pattern(where, path=Url(f"http://any{path}").path, query=query)
    if path.startswith("*"):
        return Pattern(where, regex=_compiled(_path_regex(path)), over="address", query=query)
    raise ValueError(f"{where!r} is no address that a route could be for; there are {_HOW}")


def _of_servers(
    where: str,
    scheme: str,
    authority: str,
    path: str,
    query: tuple[tuple[str, re.Pattern[str]], ...],
    schemes: tuple[str, ...],
) -> Pattern:
    if scheme in _AFFAIRS and scheme not in schemes:
        raise ValueError(f"{where!r} is {_AFFAIRS[scheme]}")
    if _GLOB.search(scheme) or _GLOB.search(authority):
        server = f"{_glob_regex(scheme)}://{_glob_regex(authority.lower())}"
        return Pattern(where, regex=_compiled(f"{server}{_path_regex(path or '/')}"), over="address", query=query)
    if scheme not in schemes:
        raise ValueError(f"{where!r} is no address that a route could be for; there are {_HOW}")
    url = Url(f"{scheme}://{authority}{'' if _GLOB.search(path) else path}")
    if not url.host:
        raise ValueError(f"{where!r} names no server")
    if _GLOB.search(path):
        return Pattern(where, url.origin, regex=_compiled(_path_regex(path)), query=query)
    return Pattern(where, url.origin, path=url.path or "/", query=query)


def _check_braces(where: str, glob: str) -> None:
    """ValueError for braces that mean nothing, which no address would ever have."""
    names: set[str] = set()
    for name in (token[1:-1] for token in _GLOB.findall(glob) if token[0] == "{" and "," not in token):
        if not name.isidentifier():
            raise ValueError(f"{{{name}}} in {where!r} is no name, such as {{id}}, and no choice, such as {{a,b}}")
        if name in names:
            raise ValueError(f"two parts of {where!r} have the name {{{name}}}")
        names.add(name)
    if re.search("[{}]", _GLOB.sub("", glob)):
        raise ValueError(f"a brace in {where!r} has no other; a brace of the address itself is %7B or %7D")


def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.DOTALL)


def _path_regex(path: str) -> str:
    if path.endswith(_BELOW):
        return f"{_glob_regex(path.removesuffix(_BELOW))}(?:/.*)?"
    return _glob_regex(path)


def _glob_regex(glob: str) -> str:
    """`**` is anything, `*` anything but a slash, `{a,b}` one of these, `{name}` a part between slashes."""
    regex, at = "", 0
    for found in _GLOB.finditer(glob):
        regex += re.escape(escaped_path(glob[at : found.start()])) + _token(found[0])
        at = found.end()
    return regex + re.escape(escaped_path(glob[at:]))


def _token(token: str) -> str:
    if token == "**":
        return ".*"
    if token == "*":
        return "[^/]*"
    inner = token[1:-1]
    if "," in inner:
        return f"(?:{'|'.join(map(_glob_regex, inner.split(',')))})"
    return f"(?P<{inner}>[^/]+)"
