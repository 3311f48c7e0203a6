"""The request of a web page, as Taro makes it for h5 and browsers send it.

Facts: `dist/api/network` of `@tarojs/taro-h5` 4.2.1 for what Taro asks of the browser and makes of the answer; the
Fetch and XMLHttpRequest standards for what a browser sends, keeps to itself and words.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Collection, Mapping
from http.cookiejar import CookiePolicy
from typing import Any
from urllib.parse import urlsplit

import attrs

from ....models.record import Record
from ...core.answers import Fail, Options, Result
from ...core.data_urls import DATA, of_data_url
from ...core.javascript import encode_uri_component, is_object, json_of, parsed_or, text_of
from ...core.options import Buffers, optional, required, seconds, wrong_type
from ...core.urls import Url
from .client import Client
from .cookies import PagePolicy, is_here
from .cors import admits, allowed_ahead, asked_ahead, exposed, needs_to_ask, of_the_page, origin_of, site_of
from .failures import NETWORK_ERRNO
from .faults import NetError
from .outgoing import CACHE_MODES, FORM, Fetch, Headers, Outgoing, parse
from .reply import OCTETS, Reply
from .urls import BLANKS, NO_PAGE, SCHEME, TAKEN_OUT, WEB, absolute, escaped
from .wire import knows_http2

JSON = "application/json"
WITHOUT_BODY = frozenset({"GET", "HEAD"})
# What a browser takes from no program: the Fetch standard's "forbidden request-header".
FORBIDDEN = frozenset({
    "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
    "connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin",
    "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
})  # fmt: skip
FORBIDDEN_BEGINNINGS = ("proxy-", "sec-")
# What a page never sees of a reply.
UNSEEN = frozenset({"set-cookie", "set-cookie2"})
# What the Fetch standard writes in capitals; other methods stay as they were given.
NORMALIZED = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"})
REFUSED_METHODS = frozenset({"CONNECT", "TRACE", "TRACK"})
# In milliseconds, for a time that is none at all.
AT_ONCE = 1
# A failure of the network, or of CORS, of which a page is told nothing more. XMLHttpRequest's has no message, and Taro
# writes what there is.
FAILED_TO_FETCH = "Failed to fetch"
NO_MESSAGE = "undefined"
NAMELESS = frozenset({NETWORK_ERRNO, 600002, 600009})
# What a program sees of an XMLHttpRequest that the browser refuses to make: taro-h5 has no task then, and uses it.
NO_TASK = "Cannot read properties of undefined (reading 'onHeadersReceived')"

NO_REQUEST = "Failed to execute 'open' on 'XMLHttpRequest': Invalid URL"

# The media type of a data URL that tells none.
UNNAMED = "text/plain;charset=US-ASCII"
# Of the Fetch standard: the options that are one of a few words, and what these are called.
ENUMS: Mapping[str, tuple[str, frozenset[str]]] = {
    "cache": ("RequestCache", CACHE_MODES),
    "credentials": ("RequestCredentials", frozenset({"omit", "same-origin", "include"})),
    "mode": ("RequestMode", frozenset({"", "cors", "navigate", "no-cors", "same-origin"})),
    "redirect": ("RequestRedirect", frozenset({"follow", "error", "manual"})),
}
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
LINE_END = re.compile(r"\r\n|\r|\n")
NOT_IN_VALUES = re.compile(r"[\0\r\n]")
# How Chromium begins to say what is wrong with the options of `fetch`.
FETCH = "Failed to execute 'fetch' on 'Window':"


class Refused(Fail):
    """What a browser refuses before it begins."""


class WebClient(Client):
    """`fetch` and `XMLHttpRequest` of the phone's browser, for the page of the app."""

    until_head = True
    takes_file_path = False

    @property
    def origin(self) -> str | None:
        """Where the page comes from; None if every server passes for its own."""
        return self.phone.browser.origin

    def identity(self) -> dict[str, str]:
        """A browser names no content type of its own; which page it is on is told as each request has it."""
        named = self.phone.system.identity(self.app)
        return {name: text for name, text in named.items() if name.lower() not in ("content-type", "referer")}

    def compose(self, options: Options, own: Headers, timeout: float, kind: str) -> Outgoing:
        """As `_request` of taro-h5 calls `fetch`, or as its transfers use `XMLHttpRequest`."""
        for name, (type_name, known) in ENUMS.items():
            _check_enum(name, type_name, known, options.get(name))
        headers = _headers(options)
        url = self._address(required(options, "url", "String"))
        if kind == "request":
            _check_for_fetch(options, url)
        method = _method(options)
        held = self._held(url, method)
        body = None
        if method in WITHOUT_BODY:
            url = _with_query(url, options.get("data"))
        else:
            body, content_type = _body(options.get("data"), headers)
            headers = headers if content_type is None else {**headers, "Content-Type": content_type}
        made = Outgoing(
            method,
            parse(url.partition("#")[0]) if held is None else parse(self.origin or NO_PAGE),
            {**own, **_in_latin(headers)},
            body,
            _seconds(options, timeout),
            follow=options.get("redirect") not in ("manual", "error"),
            http2=knows_http2(),
            chunked=False,
            cookies=False,
            cache=_cache(options, method),
            form=_form(options),
            asks=Fetch(
                origin=self.origin,
                credentials=str(options.get("credentials") or "same-origin"),
                mode=str(options.get("mode") or "cors"),
                redirect=str(options.get("redirect") or "follow"),
                authored=frozenset(name.lower() for name in headers),
            ),
            held=held,
        )
        made = made.with_headers(of_the_page(made))
        if made.asks.mode == "same-origin" and self._is_foreign(made):
            raise Fail(FAILED_TO_FETCH)
        return made

    def shares_cookies(self, outgoing: Outgoing) -> bool:
        """The page's own origin gets cookies, others only with `credentials: "include"`, those of other sites none."""
        if self.is_across_sites(outgoing.url):
            return False
        asked = outgoing.asks.credentials
        return asked == "include" or (asked == "same-origin" and not self._is_foreign(outgoing))

    def by_script(self, options: Options) -> bool:
        """Where the program asks for JSONP."""
        return bool(options.get("jsonp"))

    def cookie_policy(self) -> CookiePolicy:
        """A browser's."""
        return PagePolicy()

    def is_across_sites(self, url: Url) -> bool:
        """Whether `url` is of another site than the page.

        A server on this computer is a test's, and stands for one of the page's site, unless the page is here as well.
        """
        if self.origin is None or (is_here(url.host) and not is_here(urlsplit(self.origin).hostname)):
            return False
        return site_of(origin_of(url)) != site_of(self.origin)

    def redirected(self, outgoing: Outgoing) -> Outgoing:
        """Where the request comes from is told anew, as its new method and place have it."""
        told = {name: pair for name, pair in outgoing.headers.items() if name not in ("origin", "referer")}
        return attrs.evolve(outgoing, headers=told).with_headers(of_the_page(outgoing))

    def reaches(self, url: str) -> bool:
        """Whether there is a place that the url leads to: a relative one has none without an origin."""
        return self.origin is not None or SCHEME.match(url) is not None

    def boundary(self) -> str:
        """WebKit's, which Chromium kept: as long as this, so that bytes are counted as there."""
        return f"----WebKitFormBoundary{secrets.token_hex(8)}"

    def form_fields(self, fields: Mapping[str, str]) -> Mapping[str, str]:
        """The HTML standard's: every line of a value ends in CR and LF."""
        return {name: LINE_END.sub("\r\n", text) for name, text in fields.items()}

    def type_of(self, path: str) -> str:
        """The type of the blob, whatever the file is called."""
        return self.phone.files.type_of(self.app, path) or OCTETS

    def preflight(self, outgoing: Outgoing) -> Outgoing | None:
        """The OPTIONS request that a browser sends ahead of what a form could not send."""
        if not self._is_foreign(outgoing) or outgoing.asks.mode == "no-cors" or not needs_to_ask(outgoing):
            return None
        return asked_ahead(outgoing)

    def admit_preflight(self, outgoing: Outgoing, reply: Reply) -> None:
        """CORS, of the preflight."""
        if not allowed_ahead(outgoing, reply):
            raise Fail(FAILED_TO_FETCH)

    def admit(self, outgoing: Outgoing, reply: Reply) -> None:
        """CORS, and redirects that the program does not want followed."""
        moved = reply.status in (301, 302, 303, 307, 308)
        if moved and outgoing.asks.redirect == "error":
            raise Fail(FAILED_TO_FETCH)
        if outgoing.asks.mode != "no-cors" and self._is_foreign(outgoing) and not admits(outgoing, reply):
            raise Fail(FAILED_TO_FETCH)

    async def body(self, outgoing: Outgoing, body: Awaitable[bytes]) -> bytes:
        """The body; taro-h5 makes null of JSON that breaks off, and reads nothing that nobody wants."""
        try:
            return await body
        except NetError:
            if outgoing.form in ("arraybuffer", "text"):
                raise
            return b""

    def data(self, reply: Reply, outgoing: Outgoing) -> Any:
        """What taro-h5 reads: bytes, JSON, or text if it was asked for; what is no JSON is None."""
        body = b"" if self._is_opaque(outgoing, reply) else reply.body
        if outgoing.form == "arraybuffer":
            return body
        text = body.decode("utf-8", "replace").removeprefix("\ufeff")
        if outgoing.form.startswith("json") and reply.status != 204:
            return parsed_or(text, None)
        return text if outgoing.form.endswith("text") else None

    def told(self, reply: Reply, outgoing: Outgoing, profile: Mapping[str, Any]) -> Result:
        """The status, and of a request the headers that a page may see, in lower case."""
        if outgoing.kind != "request":
            return {"statusCode": reply.status}
        if self._is_opaque(outgoing, reply):
            return {"statusCode": 0, "header": Record()}
        return {"statusCode": reply.status, "header": Record(self._visible(reply, outgoing))}

    def head(self, reply: Reply, outgoing: Outgoing) -> Result:
        """As `getAllResponseHeaders` has it: one text."""
        shown = self._visible(reply, outgoing)
        return Record(header="".join(f"{name}: {text}\r\n" for name, text in shown.items()))

    def told_of_file(self, path: Result, size: int) -> Result:
        """A page has the file's address, and no more."""
        return path

    def file_name(self, path: str) -> str:
        """What taro-h5 calls a file that has no name, as its temporary ones: the time in ms."""
        return f"file-{int(self.phone.clock.now() * 1000)}"

    def failure(self, failure: Fail, kind: str) -> Fail:
        """No reason, but for timeouts and aborts; and no numbers."""
        is_nameless = failure.reason == FAILED_TO_FETCH or failure.fields.get("errno") in NAMELESS
        if kind == "request":
            return Fail(FAILED_TO_FETCH if is_nameless else failure.reason)
        if isinstance(failure, Refused):
            return Fail(NO_REQUEST if kind == "source" else NO_TASK)
        return Fail(NO_MESSAGE if is_nameless else failure.reason)

    def _address(self, given: str) -> str:
        """The absolute url that a text means on the page."""
        text = TAKEN_OUT.sub("", given.strip(BLANKS))
        try:
            url = absolute(text, self.origin)
        except ValueError:
            raise Refused(f"{FETCH} Failed to parse URL from {given}") from None
        if url is None:
            raise Fail(f'invalid url "{text}": the page has no origin; phone.browser.origin gives it one')
        return url

    def _held(self, url: str, method: str) -> Reply | None:
        """What a data URL or the address of a blob holds; None for a url of the web."""
        scheme = SCHEME.match(url)
        if scheme is None or scheme[0].lower() in WEB:
            return None
        try:
            if url.startswith(DATA):
                kind, body = of_data_url(url)
                return self._reply({"content-type": kind or UNNAMED}, body)
            if method == "GET" and self.phone.files.owns(self.app, url):
                with self.phone.files.reading(self.app, url) as file:
                    body = file.read()
                kind = self.phone.files.type_of(self.app, url)
                return self._reply({"content-length": str(len(body)), **({"content-type": kind} if kind else {})}, body)
        except (OSError, ValueError):
            raise Fail(FAILED_TO_FETCH) from None
        raise Fail(FAILED_TO_FETCH)

    def _reply(self, header: Mapping[str, str], body: bytes) -> Reply:
        pairs = [(name.encode(), value.encode()) for name, value in header.items()]
        return Reply(200, pairs, self.phone.clock.now(), body=body)

    def _is_foreign(self, outgoing: Outgoing, reply: Reply | None = None) -> bool:
        """Whether a request goes, or a reply has come, from another origin than the page's."""
        url = outgoing.url if reply is None or reply.url is None else reply.url
        return self.origin is not None and origin_of(url) != self.origin

    def _is_opaque(self, outgoing: Outgoing, reply: Reply) -> bool:
        """Whether the program sees nothing of the reply, although it has come."""
        unfollowed = outgoing.asks.redirect == "manual" and reply.status in (301, 302, 303, 307, 308)
        return unfollowed or (outgoing.asks.mode == "no-cors" and self._is_foreign(outgoing, reply))

    def _visible(self, reply: Reply, outgoing: Outgoing) -> dict[str, str]:
        shown = reply.joined(", ")
        names = exposed(outgoing, reply, shown) if self._is_foreign(outgoing, reply) else shown.keys()
        return {name: shown[name] for name in sorted(names) if name not in UNSEEN}


# --- what goes out ------------------------------------------------------------------------------------------------


def _check_enum(name: str, kind: str, known: Collection[str], given: Any) -> None:
    if given is not None and given not in known:
        reason = f"The provided value '{text_of(given)}' is not a valid enum value of type {kind}."
        raise Refused(f"{FETCH} Failed to read the '{name}' property from 'RequestInit': {reason}")


def _check_for_fetch(options: Options, url: str) -> None:
    """What `fetch` refuses and `XMLHttpRequest` does not know, or takes."""
    if options.get("cache") == "only-if-cached" and options.get("mode") != "same-origin":
        raise Refused(f"{FETCH} 'only-if-cached' can be set only with 'same-origin' mode")
    if "@" in urlsplit(url).netloc:
        raise Refused(f"{FETCH} Request cannot be constructed from a URL that includes credentials: {url}")


def _method(options: Options) -> str:
    given = "GET" if options.get("method") is None else text_of(options["method"])
    method = given.upper() if given.upper() in NORMALIZED else given
    if TOKEN.fullmatch(method) is None:
        raise Refused(f"{FETCH} '{given}' is not a valid HTTP method.")
    if method.upper() in REFUSED_METHODS:
        raise Refused(f"{FETCH} '{given}' HTTP method is unsupported.")
    return method


def _seconds(options: Options, default: float) -> float:
    """The time that a request has. None at all is a time too, as a browser's timer has it: at once, or nearly so."""
    given = optional(options, "timeout", "Number", default)
    return seconds({"timeout": given if given > 0 else AT_ONCE}, "timeout", default)


def _headers(options: Options) -> dict[str, str]:
    """What the program sets and a browser lets it set; what differs in case alone is one header with both values."""
    given = options.get("header")
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise wrong_type("parameter.header", "Object", given)
    texts = [(text_of(name), text_of(value).strip(" \t\r\n")) for name, value in given.items()]
    for name, value in texts:
        _check_header(name, value)
    names: dict[str, str] = {}
    headers: dict[str, str] = {}
    for written, value in texts:
        name = names.setdefault(written.lower(), written)
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return {name: value for name, value in headers.items() if not _is_forbidden(name.lower())}


def _check_header(name: str, value: str) -> None:
    if any(ord(letter) > 0xFF for letter in name + value):
        reason = "String contains non ISO-8859-1 code point."
        raise Refused(f"{FETCH} Failed to read the 'headers' property from 'RequestInit': {reason}")
    if TOKEN.fullmatch(name) is None:
        raise Refused(f"{FETCH} Invalid name")
    if NOT_IN_VALUES.search(value):
        raise Refused(f"{FETCH} Invalid value")


def _in_latin(headers: Mapping[str, str]) -> Headers:
    """Headers as a browser sends them: a byte for each character."""
    return {name.lower(): (name.encode(), value.encode("latin-1")) for name, value in headers.items()}


def _is_forbidden(name: str) -> bool:
    return name in FORBIDDEN or name.startswith(FORBIDDEN_BEGINNINGS)


def _with_query(url: str, data: Any) -> str:
    """The url with the data behind it: a text as it is, of an object or a list the entries."""
    query = data if isinstance(data, str) else _serialized(data)
    if query:
        url = f"{url}{'&' if '?' in url else '?'}{escaped(query)}"
    return url.replace("?&", "?", 1)


def _serialized(data: Any) -> str:
    """Taro's `serializeParams`: whatever is an object or a list in the data is sent as its JSON text."""
    if isinstance(data, list | tuple):
        entries: Mapping[Any, Any] = dict(enumerate(data))
    elif is_object(data):
        entries = dict(data)
    else:
        return ""
    pairs = ((text_of(name), value if _is_plain(value) else json_of(value)) for name, value in entries.items())
    return "&".join(f"{encode_uri_component(name)}={encode_uri_component(text_of(value))}" for name, value in pairs)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _body(data: Any, headers: Mapping[str, str]) -> tuple[bytes | None, str | None]:
    """The body, and the content type that comes with it if the program has set none."""
    if data is None:
        return None, None
    if isinstance(data, Buffers):
        return bytes(data), None
    if is_object(data) or isinstance(data, list | tuple):
        kind = next((text for name, text in headers.items() if name.lower() == "content-type"), None)
        return _written(data, JSON if kind is None else kind), JSON if kind is None else None
    given = any(name.lower() == "content-type" for name in headers)
    return text_of(data).encode("utf-8", "replace"), None if given else "text/plain;charset=UTF-8"


def _written(data: Any, kind: str) -> bytes:
    """An object or a list as the content type has it; as JavaScript's text of it, where Taro knows no form."""
    try:
        data = dict(data) if is_object(data) else data
        text = json_of(data) if JSON in kind else _serialized(data) if FORM in kind else text_of(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise Fail(f"parameter error: parameter.data can not be sent: {error}") from error
    return text.encode("utf-8", "backslashreplace")


def _cache(options: Options, method: str) -> str:
    mode = options.get("cache") or "default"
    return mode if isinstance(mode, str) and mode in CACHE_MODES and method == "GET" else "no-store"


def _form(options: Options) -> str:
    """What taro-h5 reads the body as: "json", "text", both in turn ("json, text"), "arraybuffer", or "" for nothing."""
    if options.get("responseType") == "arraybuffer":
        return "arraybuffer"
    kinds = ["json"] if (options.get("dataType") or "json") == "json" else []
    asks_text = "text" in (options.get("responseType"), options.get("dataType"))
    return ", ".join([*kinds, *(["text"] if asks_text else [])])


CLIENT = WebClient
