"""Cross-origin resource sharing, as browsers hold pages to it: the Fetch standard's "HTTP-CORS protocol"."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

import attrs

from ...core.urls import Url
from .outgoing import Outgoing, encoded
from .reply import Reply
from .suffixes import registered

NO_ORIGIN = "null"
SAFE_METHODS = frozenset({"GET", "HEAD", "POST"})
SAFE_HEADERS = frozenset({"accept", "accept-language", "content-language"})
SAFE_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
#: The headers of a reply that a page sees without the server's leave.
SEEN_ALWAYS = frozenset({
    "cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma",
})  # fmt: skip


def origin_of(url: Url) -> str:
    """The origin that a url leads to, as an `Origin` header has it."""
    return f"{url.scheme}://{url.netloc}"


def site_of(origin: str) -> str:
    """The site of an origin: its scheme and the part of its name that somebody registered, or an address as it is."""
    parts = urlsplit(origin)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        host = registered(host)
    return f"{parts.scheme}://{host}"


def needs_to_ask(outgoing: Outgoing) -> bool:
    """Whether a browser asks ahead: for what no form could send, and for an upload whose progress it tells."""
    return outgoing.kind == "upload" or outgoing.method not in SAFE_METHODS or bool(_unsafe(outgoing))


def asked_ahead(outgoing: Outgoing) -> Outgoing:
    """The preflight."""
    unsafe = ",".join(sorted(_unsafe(outgoing)))
    asking = {"Access-Control-Request-Method": outgoing.method, "Origin": _origin(outgoing), "Accept": "*/*"}
    if unsafe:
        asking["Access-Control-Request-Headers"] = unsafe
    agent = {name: outgoing.headers[name] for name in ("user-agent", "referer") if name in outgoing.headers}
    return attrs.evolve(outgoing, method="OPTIONS", headers={**agent, **encoded(asking)}, body=None, cache="no-store")


def allowed_ahead(outgoing: Outgoing, reply: Reply) -> bool:
    """Whether the answer to a preflight lets the request itself be sent."""
    if not (200 <= reply.status < 300 and admits(outgoing, reply)):
        return False
    methods, headers = _listed(reply, b"access-control-allow-methods"), _listed(reply, b"access-control-allow-headers")
    any_will_do = "*" if outgoing.asks.credentials != "include" else None
    method = outgoing.method in {*SAFE_METHODS, *methods} or any_will_do in methods
    named = {name.lower() for name in headers}
    return method and all(
        name in named or (any_will_do in headers and name != "authorization") for name in _unsafe(outgoing)
    )


def admits(outgoing: Outgoing, reply: Reply) -> bool:
    """Whether the server lets the page's origin see the reply."""
    allowed = reply.first(b"access-control-allow-origin").strip()
    if outgoing.asks.credentials != "include":
        return allowed in ("*", _origin(outgoing))
    return allowed == _origin(outgoing) and reply.first(b"access-control-allow-credentials").strip() == "true"


def exposed(outgoing: Outgoing, reply: Reply, names: Iterable[str]) -> set[str]:
    """Those of the reply's headers, in lower case, that the page sees."""
    told = {name.lower() for name in _listed(reply, b"access-control-expose-headers")}
    everything = "*" in told and outgoing.asks.credentials != "include"
    return {name for name in names if everything or name in SEEN_ALWAYS or name in told}


def of_the_page(outgoing: Outgoing) -> dict[str, str]:
    """The headers that tell where a request comes from: `Referer`, and `Origin` unless it only reads at home."""
    page = outgoing.asks.origin
    if page is None:
        return {}
    at_home = origin_of(outgoing.url) == page and outgoing.method in ("GET", "HEAD")
    return {"Referer": f"{page}/", **({} if at_home else {"Origin": _origin(outgoing)})}


def _origin(outgoing: Outgoing) -> str:
    return NO_ORIGIN if outgoing.asks.tainted else outgoing.asks.origin or NO_ORIGIN


def _unsafe(outgoing: Outgoing) -> set[str]:
    return {name for name in outgoing.asks.authored & outgoing.headers.keys() if not _is_safe(name, outgoing)}


def _is_safe(name: str, outgoing: Outgoing) -> bool:
    if name != "content-type":
        return name in SAFE_HEADERS
    value = outgoing.headers[name][1].decode("utf-8", "replace")
    return value.partition(";")[0].strip().lower() in SAFE_TYPES


def _listed(reply: Reply, name: bytes) -> set[str]:
    return {part.strip() for value in reply.all(name) for part in value.split(",") if part.strip()}
