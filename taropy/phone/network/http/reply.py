"""From a response to what a program sees of it."""

from __future__ import annotations

import asyncio
import codecs
import re
from base64 import b64encode
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from typing import Any, Protocol

import attrs

from ....masking import hidden
from ....models.record import Record
from ...core.answers import Result
from ...core.javascript import parse, parsed
from ...core.urls import Url
from .failures import net_fail

# Headers in the order and with the names that the server sent.
Pairs = Sequence[tuple[bytes, bytes]]

#: How much of a body is kept that nobody has taken yet, before the server has to wait.
HIGH_WATER = 1024 * 1024

# The media type of bytes of which nothing is known.
OCTETS = "application/octet-stream"

BOM = "\ufeff".encode()

# What Python calls encodings and are no charsets; of its others that are none, as `rot13`, it says so itself.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.ASCII | re.IGNORECASE)


def wake(waiter: asyncio.Future[None] | None) -> None:
    """Ends a wait, if there is one."""
    if waiter is not None and not waiter.done():
        waiter.set_result(None)


class Response(Protocol):
    """A response as it comes in: its head, and the parts of its body."""

    @property
    def status(self) -> int:
        """The number of its status."""
        ...

    @property
    def pairs(self) -> Pairs:
        """Its headers."""
        ...

    @property
    def protocol(self) -> str:
        """The version of HTTP: "http/1.1" or "h2"."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None:
        """No more of it is wanted. Unless all has come, what it comes over is closed at once."""


@attrs.frozen
class Reply:
    """A response: its status, its headers as sent, its body with every content encoding undone.

    `began` is when its head came in, in seconds since the epoch; `redirects` counts those that led to it; `url` is
    where it comes from, None if no server has sent it.
    """

    status: int
    pairs: Pairs = attrs.field(repr=hidden)
    began: float
    protocol: str = "http/1.1"
    redirects: int = 0
    body: bytes = b""
    url: Url | None = None

    def with_body(self, body: bytes) -> Reply:
        """The same reply with this body."""
        return Reply(self.status, self.pairs, self.began, self.protocol, self.redirects, body, self.url)

    def first(self, name: bytes) -> str:
        """The first value of the header with this lower-case name, or an empty text."""
        for key, value in self.pairs:
            if key.lower() == name:
                return header_text(value)
        return ""

    def all(self, name: bytes) -> list[str]:
        """Every value of the header with this lower-case name."""
        return [header_text(value) for key, value in self.pairs if key.lower() == name]

    def head(self) -> Result:
        """What `onHeadersReceived` is told."""
        return Record(header=self.header(), statusCode=self.status, cookies=self.all(b"set-cookie"))

    def joined(self, between: str) -> dict[str, str]:
        """The headers under lower-case names; values of a repeated one with `between` between them."""
        joined: dict[str, str] = {}
        for key, value in self.pairs:
            name, text = header_text(key).lower(), header_text(value)
            joined[name] = f"{joined[name]}{between}{text}" if name in joined else text
        return joined

    @property
    def length(self) -> int | None:
        """How long the body is going to be, if the server says so."""
        told = self.first(b"content-length")
        return int(told) if told.isdecimal() and not self.first(b"content-encoding") else None

    @property
    def encodings(self) -> list[str]:
        """The encodings of the body as it comes in, in the order in which they were made."""
        told = ",".join(self.all(b"content-encoding"))
        return [name.strip().lower() for name in told.split(",")] if told else []

    @property
    def media_type(self) -> str:
        """The media type of the body in lower case, without its parameters; "" if the server tells none."""
        return self.first(b"content-type").partition(";")[0].strip().lower()

    def header(self) -> Record:
        """The headers under the names that the server sent; values of a repeated one are joined by commas."""
        names: dict[bytes, str] = {}
        header = Record()
        for key, value in self.pairs:
            name = names.setdefault(key.lower(), header_text(key))
            text = header_text(value)
            header[name] = f"{header[name]},{text}" if name in header else text
        return header

    def data(self, form: str) -> Any:
        """The body as "arraybuffer" (bytes), "base64", "text" or "json"; what is no JSON stays text."""
        if form == "arraybuffer":
            return self.body
        if form == "base64":
            return b64encode(self.body).decode()
        return parsed(self.text()) if form == "json" else self.text()

    def json(self) -> Any:
        """The body, which has to be JSON without a byte order mark, or empty; `ValueError` if it is not."""
        text = self.text()
        if self.body.startswith(BOM):
            raise ValueError("JSON does not begin with a byte order mark")
        return parse(text) if text else text

    def text(self) -> str:
        """The body as text: by the charset of the content type, else UTF-8, without a byte order mark."""
        found = _CHARSET.search(self.first(b"content-type"))
        return _decoded(self.body, found[1] if found else "utf-8").removeprefix("\ufeff")


def _decoded(body: bytes, charset: str) -> str:
    """The body as text; a charset that is none reads as UTF-8, which is the usual one."""
    try:
        is_charset = codecs.lookup(charset).name not in _NO_CHARSETS
        return body.decode(charset if is_charset else "utf-8", "replace")
    except LookupError:  # nobody knows it, or it is an encoding of something else than text
        return body.decode("utf-8", "replace")


def header_text(value: bytes) -> str:
    """A header's value as UTF-8, in which apps send it, or as Latin-1, in which pages in a browser do."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


async def whole(body: bytes) -> AsyncIterator[bytes]:
    """A body that is there, as one that comes in."""
    yield body


async def collected(parts: AsyncIterable[bytes], limit: int | None) -> bytes:
    """All parts in one. Raises `Fail` when they are longer than the limit, in Chromium's word for one of its own."""
    kept: list[bytes] = []
    size = 0
    async for part in parts:
        size += len(part)
        if limit is not None and size > limit:
            raise net_fail("ERR_INSUFFICIENT_RESOURCES")
        kept.append(part)
    return b"".join(kept)
