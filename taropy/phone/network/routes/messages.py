"""A request as a server gets it, and the response that it gives: what handlers of routes take and return."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, cast
from urllib.parse import parse_qsl

from ....keywords import hinting_class
from ....masking import masked_text
from ....program import called
from ...core.javascript import json_of, parse
from ..http.faults import NetError
from ..http.headers import header_lines
from ..http.outgoing import Outgoing, Streamed
from ..http.reply import Pairs, Reply, header_text
from ..http.reply import Response as Incoming
from .incoming import Parts, Whole

HeaderTypes = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]
Body = bytes | Iterable[bytes] | AsyncIterable[bytes]
Send = Callable[[Outgoing], Awaitable[Incoming]]

#: What was not given, where None is something to give; `routed` has it as well, which knows no message.
UNSET: Final[Any] = ...

# Responses that have no body: RFC 9110, 6.4.1.
BODILESS = frozenset({204, 304})
# What tells how a body came over the wire, and is no more true once it has been read.
OF_THE_WIRE = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


class Headers(Mapping[str, str]):
    """The headers of a message, by their names in whatever case; values of a repeated one are joined by commas."""

    def __init__(self, headers: HeaderTypes = ()) -> None:
        self.pairs: tuple[tuple[str, str], ...] = tuple(_pairs(headers))

    @cached_property
    def _joined(self) -> dict[str, str]:
        joined: dict[str, str] = {}
        for name, value in self.pairs:
            name = name.lower()
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
        return joined

    def all(self, name: str) -> list[str]:
        """Every value of the header."""
        name = name.lower()
        return [value for key, value in self.pairs if key.lower() == name]

    def __getitem__(self, name: str) -> str:
        return self._joined[name.lower()]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._joined

    def __iter__(self) -> Iterator[str]:
        return iter(self._joined)

    def __len__(self) -> int:
        return len(self._joined)

    def __repr__(self) -> str:
        return masked_text(f"Headers({dict(self)!r})")


class Pass:
    """What a handler returns that does not answer: the request goes on."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


#: The request goes over the wire; it goes to the next route that takes it.
ON_THE_WIRE, NEXT_ROUTE = Pass("request.continue_()"), Pass("request.fallback()")


class Request:
    """A request as it reaches a server, with what the phone adds: cookies, `Content-Type`, `Host`, ….

    - `method`: in capitals, as a rule; `url`: the whole address, without a fragment; `path`: of it, still escaped.
    - `headers`: see `Headers`. `query`: by name; of a repeated one the last value, `query_pairs` has all.
    - `body`: bytes. `text` and `json()` read it.
    - `params`: what the names in braces of the route's pattern stand for, or the named groups of its expression.
    - `kind`: "request", "upload" or "download", as the phone's three functions are.
    """

    __slots__ = ("__dict__", "_outgoing", "_read", "_send", "kind", "method", "params")

    def __init__(self, outgoing: Outgoing, send: Send | None = None) -> None:
        self._outgoing = outgoing
        self._send = send
        self._read: bytes | None = None
        self.method: str = outgoing.method
        self.kind: str = outgoing.kind
        self.params: Mapping[str, str] = {}

    @property
    def url(self) -> str:
        url = self._outgoing.url
        return f"{url.scheme}://{url.netloc}{url.target}"

    @property
    def path(self) -> str:
        return self._outgoing.url.path or "/"

    @cached_property
    def headers(self) -> Headers:
        return Headers([(name.decode(), header_text(value)) for name, value in sent_headers(self._outgoing)])

    @cached_property
    def query_pairs(self) -> list[tuple[str, str]]:
        """The query as it came: every name with its value."""
        return parse_qsl(self._outgoing.url.query or "", keep_blank_values=True)

    @property
    def query(self) -> dict[str, str]:
        return dict(self.query_pairs)

    @property
    def body(self) -> bytes:
        if self._read is not None:
            return self._read
        body = self._outgoing.body
        return body if isinstance(body, bytes) else b""

    @property
    def text(self) -> str:
        """The body as text, by the charset of its content type, else UTF-8."""
        return _told(self._outgoing.headers.values(), self.body).text()

    def json(self) -> Any:
        """The body as JSON; ValueError if it is none."""
        return parse(self.text)

    def form(self) -> dict[str, Part]:
        """The fields of a form by their names: of an upload, or of data that were sent as a form."""
        from .forms import form_of

        return form_of(self.headers.get("content-type", ""), self.body)

    async def read(self) -> bytes:
        """The body, which of an upload is read now from the phone's file, and counted as sent."""
        if self._read is None and self.is_streamed:
            self._read = b"".join([part async for part in cast(Streamed, self._outgoing.body)])
        return self.body

    @property
    def is_streamed(self) -> bool:
        """Whether the body is read from a file while it is sent, and not there before `read`."""
        body = self._outgoing.body
        return body is not None and not isinstance(body, bytes)

    def continue_(self) -> Pass:
        """What a handler returns to have the request go to the real server."""
        return ON_THE_WIRE

    def fallback(self) -> Pass:
        """What a handler returns to leave the request to the next route that takes it, else to the real server."""
        return NEXT_ROUTE

    async def fetch(self) -> Response:
        """What the real server answers, for a handler to change; its body is decoded."""
        from ..http.decoding import decoded, decoders_of

        assert self._send is not None
        incoming = await self._send(self.as_read())
        try:
            encodings = _told(incoming.pairs, b"").encodings
            parts = decoded(incoming, decoders_of(encodings)) if encodings else incoming
            body = b"".join([part async for part in parts])
        finally:
            await incoming.aclose()
        kept = [(name.decode(), value.decode("latin-1")) for name, value in incoming.pairs
                if name.lower() not in OF_THE_WIRE]  # fmt: skip
        return Response(body=body, status=incoming.status, headers=kept)

    def as_read(self) -> Outgoing:
        """The request to be sent on; what has been read of a file is not read, and counted, once more."""
        if self._read is None:
            return self._outgoing
        import attrs

        return attrs.evolve(self._outgoing, body=self._read)

    @property
    def outgoing(self) -> Outgoing:
        """The request in the phone's own terms."""
        return self._outgoing

    def __repr__(self) -> str:
        return f"<Request {described(self)}>"


class Part:
    """A field of a form: `text`, and of a file `filename`, `content_type` and `content`, which is bytes."""

    def __init__(self, content: bytes, filename: str | None = None, content_type: str | None = None) -> None:
        self.content = content
        self.filename = filename
        self.content_type = content_type

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8", "replace")

    def __repr__(self) -> str:
        named = "" if self.filename is None else f" {self.filename!r}"
        return f"<Part{named}, {len(self.content):,} bytes>"


@hinting_class
class Response:
    """What a server answers.

    One of `json` (anything that JSON can say), `text` and `body`: bytes, or an iterable of bytes, sync or async, whose
    parts go out one by one. `status` is 200 to 599. `headers` have one value or a list of values by name, or are pairs.

    `Content-Type` and `Content-Length` are told by themselves unless `headers` have them.
    """

    __slots__ = ("_length", "_parts", "body", "headers", "pairs", "status")

    def __init__(
        self,
        body: Body = b"",
        *,
        json: Any = UNSET,
        text: str | None = None,
        status: int = 200,
        headers: HeaderTypes = (),
    ) -> None:
        kind, content = _content(body, json, text)
        if isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 599:
            raise ValueError(f"a response has a status from 200 to 599, not {status!r}")
        self.status: int = int(status)
        self._parts = None if isinstance(content, bytes) else content
        #: The body; empty if it comes in parts.
        self.body: bytes = content if isinstance(content, bytes) else b""
        given = Headers(headers)
        self.headers: Headers = Headers([*given.pairs, *self._own(given, kind)])
        self.pairs: Pairs = _encoded(self.headers)
        self._length = _length(given)

    def _own(self, given: Headers, kind: str) -> Iterator[tuple[str, str]]:
        if kind and "content-type" not in given:
            yield "Content-Type", kind
        if "content-length" in given or "transfer-encoding" in given or self.status in BODILESS:
            return
        yield ("Transfer-Encoding", "chunked") if self._parts is not None else ("Content-Length", str(len(self.body)))

    @property
    def text(self) -> str:
        """The body as text, by the charset of its content type, else UTF-8."""
        return _told(self.pairs, self.body).text()

    def json(self) -> Any:
        """The body as JSON; ValueError if it is none."""
        return parse(self.text)

    def incoming(self, method: str) -> Incoming:
        """The response as a client has it that has asked with this method."""
        if method in ("HEAD", "CONNECT") or self.status in BODILESS:
            return Whole(self.status, self.pairs, b"")
        if self._parts is None:
            return Whole(self.status, self.pairs, self.body, self._length)
        return Parts(self.status, self.pairs, self._sent_parts(self._parts), self._length)

    def _sent_parts(self, parts: Iterable[bytes] | AsyncIterable[bytes]) -> Iterable[bytes] | AsyncIterable[bytes]:
        """The parts, of which a generator's are there once."""
        if isinstance(parts, Iterator | AsyncIterator):
            self._parts = _Spent()
        return parts

    def __repr__(self) -> str:
        from .shown import shown_body

        body = "in parts" if self._parts is not None else shown_body(self.headers, self.body, self.text, repr)
        return f"<Response {self.status} {body}>"


class _Spent:
    """The parts of a generator that have been sent: a second response would have none, and look like an empty one."""

    def __iter__(self) -> Iterator[bytes]:
        raise RuntimeError(
            "the body was a generator, and has been sent already: a list can be sent again, and a handler can make a "
            "generator for each request"
        )


def as_response(answer: Any, handler: object) -> Response:
    """What a handler has returned, as a response. TypeError, which names the handler, for what is none."""
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, bytes):
        return Response(answer)
    if isinstance(answer, str):
        return Response(text=answer)
    if isinstance(answer, Mapping | list | tuple):
        return Response(json=answer)
    returned = "None, as a function without a return does" if answer is None else repr(answer)
    raise TypeError(
        f"{called(handler)} returned {returned}; it may return a Response, a dict or a list (JSON), a str, bytes, or "
        "request.continue_(), which leaves the request to the real server"
    )


def sent_headers(outgoing: Outgoing) -> Pairs:
    """All headers of a request as they go out. Raises `NetError` for one that cannot."""
    header_lines(tuple(outgoing.headers.values()))
    host = [] if "host" in outgoing.headers else [(b"Host", outgoing.url.netloc.encode())]
    length = [] if outgoing.body is None else [(b"Content-Length", str(len(outgoing.body)).encode())]
    return [*host, *outgoing.headers.values(), *length]


def described(request: Request) -> str:
    """A request in a line: its method, its address, and the beginning of its body, secrets masked."""
    from .shown import shown_body

    body = request.body
    shown = f" {shown_body(request.headers, body, request.text)}" if body else ""
    return f"{request.method} {masked_text(request.url)}{shown}"


def _told(pairs: Iterable[tuple[bytes, bytes]], body: bytes) -> Reply:
    return Reply(200, tuple(pairs), 0.0, body=body)


def _pairs(headers: HeaderTypes) -> Iterator[tuple[str, str]]:
    named = cast("Mapping[str, Any] | None", headers if isinstance(headers, Mapping) else None)
    for name, value in cast("Iterable[tuple[str, Any]]", headers if named is None else named.items()):
        for one in [value] if isinstance(value, str) or not isinstance(value, Sequence) else value:
            yield name, one if isinstance(one, str) else str(one)


def _encoded(headers: Headers) -> Pairs:
    pairs = tuple((name.encode(), value.strip(" \t").encode()) for name, value in headers.pairs)
    try:
        header_lines(pairs)
    except NetError:
        raise ValueError(f"these are no headers that HTTP can send: {headers!r}") from None
    return pairs


def _length(headers: Headers) -> int | None:
    told = headers.get("content-length", "")
    return int(told) if told.isdecimal() else None


def _content(body: Any, json: Any, text: str | None) -> tuple[str, Any]:
    """The media type that a body has by itself, and the body."""
    if (json is not UNSET) + (text is not None) + (body != b"" if isinstance(body, bytes) else True) > 1:
        raise TypeError("a response has one of json, text and body")
    if json is not UNSET:
        return "application/json", json_of(json).encode("utf-8", "backslashreplace")
    if text is not None:
        if not isinstance(text, str):
            raise TypeError(f"text is a str, not {type(text).__name__}")
        return "text/plain; charset=utf-8", text.encode()
    if isinstance(body, bytearray | memoryview):
        return "", bytes(body)
    if isinstance(body, str) or not isinstance(body, bytes | Iterable | AsyncIterable):
        raise TypeError(f"body is bytes, or an iterable of bytes, not {type(body).__name__}; there are text= and json=")
    return "", body
