"""From the options of a request to what goes out on the wire.

How data become a query or a body follows WeChat's documentation of `wx.request` ("data 参数说明"), and where that
is silent its base library: developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Mapping, Sized
from functools import lru_cache
from typing import Any, Protocol

import attrs

from ....masking import shown
from ...core.answers import Fail, Options
from ...core.app import App
from ...core.javascript import encode_uri_component, is_object, json_of, text_of
from ...core.options import Buffers, optional, required, seconds, wrong_type
from ...core.urls import Url
from ...core.vendors import of_vendor
from .failures import invalid_url
from .reply import Reply

Headers = Mapping[str, tuple[bytes, bytes]]


class Streamed(Sized, AsyncIterable[bytes], Protocol):
    """A body that is read while it is sent, from its beginning each time; its length is known before."""


METHODS = frozenset({"OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"})
#: JD's client has these two alone: github.com/dcloudio/unidocs-zh, docs/api/request/request.md, and the program
#: github.com/ifanrx/hydrogen-js-sdk, which goes round it. What it does with others is judgement.
METHODS_OF: Mapping[str, frozenset[str]] = {"jd": frozenset({"GET", "POST"})}
WITHOUT_BODY = frozenset({"GET", "HEAD", "TRACE", "CONNECT"})
#: Douyin sends data as a body with POST, PUT and PATCH alone (@douyin-microapp/typings 1.3.1).
WITHOUT_BODY_OF: Mapping[str, frozenset[str]] = {"tt": WITHOUT_BODY | {"DELETE", "OPTIONS"}}
DEFAULT_TIMEOUT = 60_000
CACHE_MODES = frozenset({"default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"})

# "base64" is Alipay's.
BINARY_FORMS = ("arraybuffer", "base64")

FORM = "application/x-www-form-urlencoded"

# The phone writes these itself; a program that sets them is not listened to.
OWN_HEADERS = frozenset({"referer", "content-length", "transfer-encoding"})


@attrs.frozen
class Fetch:
    """What a web page asks of its browser beside the request itself; other clients ask nothing.

    `origin` is the page's, None where nothing is foreign to it; `authored` are the headers that the program has set, in
    lower case; `tainted` is a request that a foreign server has sent on to another one.
    """

    origin: str | None = None
    credentials: str = "same-origin"
    mode: str = "cors"
    redirect: str = "follow"
    authored: frozenset[str] = frozenset()
    tainted: bool = False


NO_PAGE = Fetch()


@attrs.frozen
class Outgoing:
    """A request as it leaves the phone.

    `headers` map a lower-case name to the pair that is sent; `timeout` is in seconds; `cache` is one of the
    web's modes; `form` is what the program wants the body as: "json", "text", "arraybuffer" or "base64"; `kind` is
    "request", "upload" or "download", for which the vendors have lists of domains each, or "source", from where a page
    has what it uploads; `held` is the reply, where no server is asked for it.
    """

    method: str
    url: Url = attrs.field(repr=shown)
    headers: Headers = attrs.field(repr=shown)
    body: bytes | Streamed | None = attrs.field(repr=shown)
    timeout: float
    follow: bool
    http2: bool
    chunked: bool
    cookies: bool
    cache: str
    form: str
    kind: str = "request"
    asks: Fetch = NO_PAGE
    held: Reply | None = None

    def with_headers(self, extra: Mapping[str, str]) -> Outgoing:
        """The same request with more headers."""
        return attrs.evolve(self, headers={**self.headers, **encoded(extra)})

    def redirected(self, status: int, url: Url) -> Outgoing:
        """The request that follows a redirect, by the rules of browsers: the Fetch standard's "HTTP-redirect".

        A POST that is moved by 301 or 302, and anything but GET and HEAD on 303, becomes a GET without a body.
        Credentials stay with the origin that they were meant for.
        """
        dropped = {"host"}
        if url.origin != self.url.origin:
            dropped |= {"authorization", "cookie", "proxy-authorization"}
        method, body = self.method, self.body
        if (status in (301, 302) and method == "POST") or (status == 303 and method not in ("GET", "HEAD")):
            method, body = "GET", None
            dropped.add("content-type")
        headers = {name: pair for name, pair in self.headers.items() if name not in dropped}
        return attrs.evolve(self, method=method, url=url, headers=headers, body=body, asks=self._passed_on(url))

    def _passed_on(self, url: Url) -> Fetch:
        """A foreign server that leads to yet another one leaves the request without an origin."""
        page = self.asks.origin
        if page is None or url.origin == self.url.origin or f"{self.url.scheme}://{self.url.netloc}" == page:
            return self.asks
        return attrs.evolve(self.asks, tainted=True)


def compose(
    options: Options,
    own: Headers,
    default_timeout: float = DEFAULT_TIMEOUT,
    without_body: frozenset[str] = WITHOUT_BODY,
    methods: frozenset[str] = METHODS,
) -> Outgoing:
    """The request that `options` ask for, with the phone's `own` headers where the program sets none.

    `default_timeout` is in milliseconds, as the option is; data are the query with the methods in `without_body`.
    `methods` are those that the client has.
    Raises `Fail` for options of a wrong kind, a URL that is none, and data that have no form on the wire.
    """
    method = _method(options, methods)
    headers = _headers(options, own)
    url, data = required(options, "url", "String"), options.get("data")
    url, body = _placed(url, data, headers, as_query=method in without_body)
    chunked = bool(options.get("enableChunked"))
    return Outgoing(
        method,
        parse(url),
        headers,
        body,
        seconds(options, "timeout", default_timeout),
        follow=options.get("redirect") != "manual",
        http2=bool(options.get("enableHttp2")),
        chunked=chunked,
        cookies=options.get("credentials") == "include",
        cache=_cache(options, method, chunked=chunked),
        form=_form(options),
    )


def transfer_options(options: Options, app: App, *, method: str) -> Options:
    """The options of `uploadFile` and `downloadFile` as those of a request; web pages send cookies by default."""
    given = {name: options.get(name) for name in ("url", "header", "timeout", "enableHttp2", "credentials")}
    if given["timeout"] == 0:  # as if there were none, which is not so of a page's request
        del given["timeout"]
    if optional(options, "withCredentials", "Boolean", of_vendor(_WITH_COOKIES, app, False)):
        given["credentials"] = "include"
    return {**given, "method": method}


_WITH_COOKIES: Mapping[str, bool] = {"h5": True, "my": True}


@lru_cache(maxsize=256)
def parse(url: str) -> Url:
    """The URL, or `Fail` unless it is absolute, http or https, and has a host."""
    try:
        parsed = Url(url)
    except ValueError:
        raise invalid_url(url) from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise invalid_url(url)
    return parsed


def encoded(headers: Mapping[str, str]) -> Headers:
    """Headers by their lower-case name, as bytes; text that is not ASCII goes out as UTF-8.

    Blanks around a value are no part of it (RFC 9110, 5.5): `Bearer `, before there is a token, is `Bearer`.
    """
    return {
        name.lower(): (name.encode("utf-8", "replace"), value.strip(" \t").encode("utf-8", "replace"))
        for name, value in headers.items()
    }


def _method(options: Options, methods: frozenset[str]) -> str:
    method: str = optional(options, "method", "String", "GET").upper()
    if method not in methods:
        raise Fail("method is invalid")
    return method


def _headers(options: Options, own: Headers) -> Headers:
    given = options.get("header")
    if given is None:
        return own
    if not isinstance(given, Mapping):
        raise wrong_type("parameter.header", "Object", given)
    texts = {text_of(name): text_of(value) for name, value in given.items()}
    return {**own, **{name: pair for name, pair in encoded(texts).items() if name not in OWN_HEADERS}}


def _cache(options: Options, method: str, *, chunked: bool) -> str:
    """How the HTTP cache takes part: the web's `cache` option says so, or `enableCache`."""
    mode = options.get("cache") or ("default" if options.get("enableCache") else "no-store")
    return mode if isinstance(mode, str) and mode in CACHE_MODES and method == "GET" and not chunked else "no-store"


def _form(options: Options) -> str:
    """`responseType` decides if it asks for bytes; else text is parsed unless `dataType` is another than "json"."""
    kind = options.get("responseType")
    if isinstance(kind, str) and kind in BINARY_FORMS:
        return kind
    return "json" if (options.get("dataType") or "json") == "json" else "text"


def _placed(url: str, data: Any, headers: Headers, *, as_query: bool) -> tuple[str, bytes | None]:
    """The URL and the body once the data are in one of them."""
    if data is None:
        return url, None if as_query else b""
    try:
        data = dict(data) if is_object(data) else data
        if as_query:
            return with_query(url, data), None
        return url, _body(data, headers)
    except (TypeError, ValueError, RecursionError) as error:
        raise Fail(f"parameter error: parameter.data can not be sent: {error}") from error


def _body(data: Any, headers: Headers) -> bytes | None:
    if isinstance(data, Buffers):
        return bytes(data)
    # A lone surrogate is written as an escape, which is what JSON.stringify does with it.
    return _body_text(data, headers).encode("utf-8", "backslashreplace")


def _body_text(data: Any, headers: Headers) -> str:
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping) and FORM in headers["content-type"][1].decode().lower():
        return "&".join(_pairs(data, text_of).values())
    return json_of(data)


def with_query(url: str, data: Any) -> str:
    """The URL with a mapping's data in its query, in place of the same names there; other data are not sent."""
    if not isinstance(data, Mapping) or not data:
        return url
    added = _pairs(data, lambda value: text_of(value) if _is_scalar(value) else json_of(value))
    address, mark, fragment = url.partition("#")
    path, _, query = address.partition("?")
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0] not in added]
    return f"{path}?{'&'.join([*kept, *added.values()])}{mark}{fragment}"


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _pairs(data: Mapping[Any, Any], text: Callable[[Any], str]) -> dict[str, str]:
    names = {name: encode_uri_component(text_of(name)) for name in data}
    return {names[name]: f"{names[name]}={encode_uri_component(text(value))}" for name, value in data.items()}
