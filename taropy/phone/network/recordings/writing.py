"""From what has gone over the wire to entries of a HAR file, and to the file.

The format is HAR 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html). Fields that begin with `_` are those that
Chromium has for what HAR knows nothing of, `_error`, `_resourceType` and `_webSocketMessages`; `_secrets` and
`_encoding` are our own.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from ...core.urls import Url
from ..http.outgoing import FORM
from ..http.reply import OCTETS
from ..routes.forms import form_of
from .masks import Masks, Texts

Entry = dict[str, Any]

MULTIPART = "multipart/form-data"
#: What Chromium has for an exchange that the program has given up.
ABORTED = "net::ERR_ABORTED"
#: What it has for one whose time was up.
TIMED_OUT = "net::ERR_TIMED_OUT"


def written(path: Path, entries: Iterable[Entry], masks: Masks) -> None:
    """Writes the file: all of it, or nothing. Its folder is made."""
    log: dict[str, Any] = {
        "version": "1.2",
        "creator": {"name": "taropy", "version": _version()},
        "entries": list(entries),
    }
    if masks.names:
        log["_secrets"] = sorted(masks.names)
    text = json.dumps({"log": log}, ensure_ascii=False, indent=2)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{id(log)}")
    try:
        # A lone half of a pair, which UTF-8 has no form of, is escaped, as JSON may have it.
        fresh.write_bytes(f"{text}\n".encode("utf-8", "backslashreplace"))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def moment(seconds: float) -> str:
    """A time as HAR has it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def request_of(method: str, url: Url, pairs: Texts, body: bytes | None, masks: Masks) -> Entry:
    """A request, with its secrets masked."""
    sent = masks.headers(pairs)
    query = parse_qsl(url.query or "", keep_blank_values=True)
    request: Entry = {
        "method": method,
        "url": masks.url(f"{url.scheme}://{url.netloc}{url.target}"),
        "httpVersion": "HTTP/1.1",
        "cookies": [{"name": name, "value": value} for name, value in _sent_cookies(sent)],
        "headers": _named(sent),
        "queryString": _named(masks.pairs(query)),
        "headersSize": -1,
        "bodySize": len(body or b""),
    }
    if body:
        type = next((value for name, value in pairs if name.lower() == "content-type"), "")
        request["postData"] = _posted(type, body, masks)
    return request


def _posted(type: str, body: bytes, masks: Masks) -> Entry:
    posted: Entry = {"mimeType": type}
    kind = type.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        return {**posted, "params": list(_params(type, body, masks))}
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return {**posted, "text": base64.b64encode(body).decode(), "_encoding": "base64"}
    if kind == FORM:
        return {**posted, "text": masks.url(f"?{text}")[1:]}
    return {**posted, "text": masks.text(text)}


def _params(type: str, body: bytes, masks: Masks) -> Iterable[Entry]:
    for name, part in form_of(type, body).items():
        if part.filename is None:
            yield {"name": name, "value": masks.pairs([(name, part.text)])[0][1]}
        else:
            yield {"name": name, "fileName": part.filename, "contentType": part.content_type or OCTETS}


def response_of(status: int, protocol: str, pairs: Texts, body: bytes, masks: Masks, *, transferred: int = -1) -> Entry:
    """A response, with its secrets masked; `body` is decoded, `transferred` its length on the wire."""
    pairs = list(pairs)
    type = next((value for name, value in pairs if name.lower() == "content-type"), "")
    got = masks.headers(pairs)
    return {
        "status": status,
        "statusText": _phrase(status),
        "httpVersion": {"h2": "HTTP/2", "http/1.1": "HTTP/1.1"}.get(protocol, protocol),
        "cookies": [cookie for name, value in got if name.lower() == "set-cookie" for cookie in _set_cookies(value)],
        "headers": _named(got),
        "content": _content(type, body, masks),
        "redirectURL": next((masks.url(value) for name, value in pairs if name.lower() == "location"), ""),
        "headersSize": -1,
        "bodySize": transferred,
    }


def no_response(error: str) -> Entry:
    """What stands in the place of a response that did not come: as Chromium has it."""
    return {
        "status": 0,
        "statusText": "",
        "httpVersion": "",
        "cookies": [],
        "headers": [],
        "content": {"size": 0, "mimeType": "x-unknown"},
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
        "_error": error,
    }


def _content(type: str, body: bytes, masks: Masks) -> Entry:
    content: Entry = {"size": len(body), "mimeType": type or "x-unknown"}
    if not body:
        return content
    text = _text(type, body)
    if text is None:
        return {**content, "text": base64.b64encode(body).decode(), "encoding": "base64"}
    return {**content, "text": masks.text(text)}


def _text(type: str, body: bytes) -> str | None:
    """The body as text that can be turned back into these very bytes; None if it is none."""
    charset = charset_of(type)
    try:
        text = body.decode(charset)
        return text if text.encode(charset) == body and "\0" not in text else None
    except (LookupError, ValueError):
        return None


def charset_of(type: str) -> str:
    """The charset that a content type names, else UTF-8."""
    for parameter in type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower() or "utf-8"
    return "utf-8"


def _named(pairs: Texts) -> list[Mapping[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _sent_cookies(headers: Texts) -> Iterable[tuple[str, str]]:
    for name, value in headers:
        if name.lower() == "cookie":
            for pair in value.split(";"):
                cookie, _, said = pair.strip().partition("=")
                yield cookie, said


def _set_cookies(value: str) -> Iterable[Entry]:
    try:
        cookies = SimpleCookie(value)
    except CookieError:
        return
    for name, morsel in cookies.items():
        cookie: Entry = {"name": name, "value": morsel.value}
        cookie |= {field: morsel[field] for field in ("path", "domain") if morsel[field]}
        yield {**cookie, "httpOnly": bool(morsel["httponly"]), "secure": bool(morsel["secure"])}


def _version() -> str:
    """taropy's, which HAR wants to know; a copy that was not installed does not know its own."""
    try:
        return version("taropy")
    except PackageNotFoundError:
        return "unknown"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
