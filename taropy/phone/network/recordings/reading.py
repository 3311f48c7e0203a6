"""HAR files as phones and browsers write them, read into what can be answered from.

What browsers add to the format, and leave out of it, is theirs: Chromium's developer tools export 304s, and bodies only
"with content"; they and Playwright have HTTP/2's pseudo headers among the headers, 0 and -1 for what got no response,
and the messages of WebSockets in `_webSocketMessages`; Playwright keeps bodies in files of their own (`_file`), beside
the HAR file or with it in a zip archive.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import attrs

from ...core.urls import Url
from ..http.outgoing import FORM
from .archive import SIGNATURES, Archive, Folder
from .bodies import ANY, canonical, from_params
from .errors import ANEW, RecordingError
from .masks import Masks
from .writing import MULTIPART, charset_of

# How the content of a response came over the wire, which is not how a file has it.
OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})
GZIP = b"\x1f\x8b"
# The first number that is a status; browsers have 0 and -1 for no response.
LEAST = 100


@attrs.frozen
class SocketText:
    """A message of a recorded WebSocket: whose it was, and what."""

    sender: Literal["program", "server"]
    data: str | bytes


@attrs.frozen
class Kept:
    """A recorded exchange.

    `number` is its place in the file, from 1 on. `body` is what is compared of the request's: see `bodies`. `error` is
    what came instead of a response, as Chromium calls it; `missing` says why the response's content is not there.
    """

    number: int
    method: str
    url: Url
    body: Any
    status: int = 0
    pairs: tuple[tuple[bytes, bytes], ...] = ()
    content: bytes = b""
    error: str = ""
    missing: str = ""
    messages: tuple[SocketText, ...] | None = None


@attrs.frozen
class Tape:
    """What a file has: its exchanges, and how its secrets are masked."""

    path: Path
    exchanges: list[Kept]
    masks: Masks


def read(path: Path) -> Tape:
    """Reads a file. `RecordingError` for one that is damaged, or is something else."""
    data = _bytes(path)
    archive = Archive(path, data) if data.startswith(SIGNATURES) else None
    log = _log(path, _json(path, data if archive is None else archive.har()))
    beside = archive or Folder(path.parent)
    secrets = log.get("_secrets", [])
    masks = Masks([name for name in secrets if isinstance(name, str)] if isinstance(secrets, list) else [])
    exchanges: list[Kept] = []
    for number, entry in enumerate(log["entries"], 1):
        try:
            kept = _Reader(beside, number, entry, masks).kept()
        except _Odd as odd:
            raise RecordingError(path, f"has an entry that is none: number {number}, {odd}; {ANEW}") from None
        if kept is not None:
            exchanges.append(kept)
    return Tape(path, exchanges, masks)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        again = "phone.network.record_once(…) records where there is no file yet"
        raise RecordingError(path, f"is not there; {again}, or {ANEW}") from None
    except OSError as error:
        raise RecordingError(path, f"cannot be read: {error.strerror}") from error


def _json(path: Path, data: bytes) -> Any:
    if not data.strip():
        raise RecordingError(path, f"is empty; {ANEW}")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RecordingError(path, f"is no HAR file, since it is no text in UTF-8; {ANEW}") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        cut = ", which looks as if it were cut off" if error.pos >= len(error.doc.rstrip()) - 1 else ""
        raise RecordingError(path, f"is no HAR file, or a damaged one: it is no JSON ({place}){cut}; {ANEW}") from None
    except (ValueError, RecursionError):
        raise RecordingError(path, f"is no HAR file: no one can read its JSON; {ANEW}") from None


def _log(path: Path, har: Any) -> Mapping[str, Any]:
    log = har.get("log") if isinstance(har, dict) else None
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        raise RecordingError(path, f"is JSON, but no HAR file: it has no log with entries; {ANEW}")
    return log


class _Odd(Exception):
    """What is wrong with an entry."""


class _Reader:
    """Reads one entry. Fields that are not what HAR says are an `_Odd`, unless browsers write them so."""

    def __init__(self, beside: Folder | Archive, number: int, entry: Any, masks: Masks) -> None:
        self._beside = beside
        self._number = number
        self._entry = _mapping(entry, "the entry")
        self._masks = masks

    def kept(self) -> Kept | None:
        """The exchange; None for one that no phone could have, as with a browser's own addresses."""
        request = _mapping(self._entry.get("request"), "request")
        address = _text(request.get("url"), "request.url")
        if address.partition(":")[0].lower() not in ("http", "https", "ws", "wss"):
            return None
        try:
            url = Url(address)
        except ValueError:
            raise _Odd(f"request.url is {address!r}") from None
        method = _text(request.get("method"), "request.method").upper()
        kept = Kept(self._number, method, url, self._sent(request))
        response = _mapping(self._entry.get("response"), "response")
        if "_webSocketMessages" in self._entry or url.scheme in ("ws", "wss"):
            return attrs.evolve(self._answered(kept, response), messages=tuple(self._messages()))
        return self._answered(kept, response)

    # --- the request ----------------------------------------------------------------------------------------------

    def _sent(self, request: Mapping[str, Any]) -> Any:
        """What is to be compared of the request's body."""
        posted, headers = request.get("postData"), list(_pairs(request.get("headers"), "request.headers"))
        if not isinstance(posted, Mapping):
            size, length = request.get("bodySize"), _value(headers, "content-length")
            there = (isinstance(size, int) and size > 0) or length not in ("", "0")
            return ANY if there else canonical("", b"", self._masks)
        type = _value(headers, "content-type") or str(posted.get("mimeType") or "")
        text, params, file = posted.get("text"), posted.get("params"), posted.get("_file")
        if isinstance(file, str):
            sent, missing = self._attached(file)
            return ANY if missing else canonical(type, sent, self._masks)
        if isinstance(text, str) and text:
            return canonical(type, self._posted(text, posted.get("_encoding")), self._masks)
        if isinstance(params, list) and params:
            form = type.partition(";")[0].strip().lower()
            if form not in (FORM, MULTIPART):
                raise _Odd("request.postData has params, and is no form")
            return from_params([_mapping(each, "request.postData.params") for each in params], self._masks)
        return ANY

    def _posted(self, text: str, encoding: Any) -> bytes:
        return _base64(text, "request.postData.text") if encoding == "base64" else text.encode("utf-8", "replace")

    # --- the response ---------------------------------------------------------------------------------------------

    def _answered(self, kept: Kept, response: Mapping[str, Any]) -> Kept:
        status = response.get("status")
        if isinstance(status, bool) or not isinstance(status, int):
            raise _Odd(f"response.status is {status!r}")
        error = str(response.get("_error") or response.get("_failureText") or self._entry.get("_error") or "")
        if status < LEAST:
            return attrs.evolve(kept, error=error or "net::ERR_FAILED")
        content = response.get("content")
        content = content if isinstance(content, Mapping) else {}
        pairs = list(_pairs(response.get("headers"), "response.headers"))
        body, missing = self._content(content, pairs)
        if status == 304 and body:  # a browser had it in its cache, and the phone has it not
            status = 200
        where = response.get("redirectURL")
        if isinstance(where, str) and where and 300 <= status < 400 and not _value(pairs, "location"):
            pairs.append(("Location", where))
        raw, type = self._encoded(body, pairs)
        kept_pairs = [(name, type if name.lower() == "content-type" else value) for name, value in pairs]
        kept_pairs = [pair for pair in kept_pairs if pair[0].lower() not in OF_THE_WIRE]
        kept_pairs.append(("Content-Length", str(len(raw))))
        return attrs.evolve(
            kept,
            status=status,
            pairs=tuple((name.encode(), value.encode("utf-8", "replace")) for name, value in kept_pairs),
            content=raw,
            error=error,
            missing=missing,
        )

    def _content(self, content: Mapping[str, Any], pairs: list[tuple[str, str]]) -> tuple[str | bytes, str]:
        """The content, text or bytes; and why it is not there."""
        text, file = content.get("text"), content.get("_file")
        if isinstance(file, str):
            attached, missing = self._attached(file)
            return _as_text(attached, _value(pairs, "content-type")), missing
        if text is None:
            size = content.get("size")
            is_missing = isinstance(size, int) and size > 0
            return b"", "the file has no content of responses: export it again, with content" if is_missing else ""
        if not isinstance(text, str):
            raise _Odd("response.content.text is no text")
        if content.get("encoding") != "base64":
            return text, ""
        return _unzipped(_base64(text, "response.content.text"), _value(pairs, "content-encoding")), ""

    def _attached(self, name: str) -> tuple[bytes, str]:
        """A body that is in a file of its own, beside this one."""
        if Path(name).name != name:
            raise _Odd(f"a _file is {name!r}, which is not beside it")
        try:
            return self._beside.read(name), ""
        except OSError:
            return b"", f"its content should be in {self._beside.path(name)}, which is not there"

    def _encoded(self, body: str | bytes, pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
        """The body as bytes, and its content type: in its charset, or else in UTF-8."""
        type = _value(pairs, "content-type")
        if isinstance(body, bytes):
            return body, type
        try:
            return body.encode(charset_of(type)), type
        except (LookupError, ValueError):
            return body.encode("utf-8", "replace"), f"{type.partition(';')[0].strip()}; charset=utf-8"

    # --- a WebSocket ----------------------------------------------------------------------------------------------

    def _messages(self) -> Iterator[SocketText]:
        messages = self._entry.get("_webSocketMessages", [])
        if not isinstance(messages, list):
            raise _Odd("_webSocketMessages is no list")
        for message in messages:
            told = _mapping(message, "_webSocketMessages")
            sender, data = told.get("type"), _text(told.get("data"), "_webSocketMessages.data")
            if sender not in ("send", "receive"):
                raise _Odd(f"the type of a message is {sender!r}")
            if told.get("opcode", 1) not in (1, 2):  # what controls the connection
                continue
            is_bytes = told.get("opcode") == 2
            content = _base64(data, "_webSocketMessages.data") if is_bytes else data
            yield SocketText("program" if sender == "send" else "server", content)


def _mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Odd(f"{what} is {'not there' if value is None else 'no object'}")
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise _Odd(f"{what} is {'not there' if value is None else 'no text'}")
    return value


def _pairs(headers: Any, what: str) -> Iterator[tuple[str, str]]:
    """Headers; HTTP/2's pseudo headers are none."""
    if not isinstance(headers, list):
        raise _Odd(f"{what} is {'not there' if headers is None else 'no list'}")
    for header in headers:
        pair = _mapping(header, what)
        name, value = _text(pair.get("name"), f"{what}.name"), _text(pair.get("value"), f"{what}.value")
        if name and not name.startswith(":"):
            # Browsers write what came several times in lines.
            yield from ((name, line.strip()) for line in value.split("\n"))


def _value(pairs: list[tuple[str, str]], name: str) -> str:
    return next((value for key, value in pairs if key.lower() == name), "")


def _base64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _Odd(f"{what} is no base64") from None


def _as_text(body: bytes, type: str) -> str | bytes:
    """What Playwright has kept in UTF-8, whatever charset it came in."""
    if charset_of(type) in ("utf-8", "utf8"):
        return body
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body


def _unzipped(body: bytes, encoding: str) -> bytes:
    """What some tools have kept as it came over the wire."""
    if encoding.strip().lower() not in ("gzip", "x-gzip") or not body.startswith(GZIP):
        return body
    try:
        return zlib.decompress(body, zlib.MAX_WBITS | 16)
    except zlib.error:
        return body
