"""`uploadFile`: a file of the phone, and fields beside it, sent as `multipart/form-data`.

Facts: developers.weixin.qq.com/miniprogram/dev/api/network/upload/wx.uploadFile.html. The file is read while it is
sent, a part at a time.
"""

from __future__ import annotations

import math
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import attrs

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.disk import DiskWork
from ...core.exchange import Exchange, Progress
from ...core.javascript import is_object, text_of
from ...core.options import optional, required, wrong_type
from ...core.vendors import of_vendor
from .failures import NETWORK_ERRNO, net_fail
from .form import PART, Multipart
from .outgoing import encoded, transfer_options
from .reply import OCTETS

if TYPE_CHECKING:
    from ...core.faces import Files, Network
    from .session import Session
    from .wire import Wire

SENT = ("totalBytesSent", "totalBytesExpectedToSend")
# github.com/AlipayDocs/open-docs, `my.uploadFile`, "UploadTask".
COUNTED: Mapping[str, tuple[str, str]] = {"my": ("totalBytesWritten", "totalBytesExpectedToWrite")}

# How much of a file is read at once.
BATCH = 256 * 1024

# What the server is told that the file is, where that is not by its name: taro-rn 4.2.0, `file.ts`.
TYPED: Mapping[str, str] = {"rn": OCTETS}
# The page of `swan.uploadFile` (github.com/swan-team/swan-docs, api/net); of the others no limit is known.
LARGEST: Mapping[str, float] = {"swan": 25 * 1024 * 1024}

NO_SUCH_FILE = (1300002, "file not found")


class Form:
    """The body of an upload: what goes over the wire, counted as it goes."""

    def __init__(self, network: Network, exchange: Exchange, form: Multipart) -> None:
        self._network = network
        self._exchange = exchange
        self._counted = SENT if exchange.caller is None else of_vendor(COUNTED, exchange.caller, SENT)
        self._form = form
        self._disk = DiskWork()
        self._size = len(form)

    def __len__(self) -> int:
        return self._size

    async def __aiter__(self) -> AsyncIterator[bytes]:
        progress = Progress(self._exchange, self._counted, self._size, at_once=False)
        parts = iter(self._form)
        while batch := await self._disk.do(_batch, parts):
            for part in batch:
                await self._network.pace(len(part), up=True)
                self._check(progress.done + len(part) <= self._size)
                yield part
                progress.add(len(part))
        self._check(progress.done == self._size)

    def _check(self, fits: bool) -> None:
        """The server was told a length; a file that has another one by now can not be sent."""
        if not fits:
            raise net_fail("ERR_UPLOAD_FILE_CHANGED")


async def upload(session: Session, wire: Wire, exchange: Exchange) -> Result:
    """Sends the file; the result has the answer's body as text in `data`, and what every reply tells."""
    options, network = exchange.options, session.network
    outgoing = session.compose(transfer_options(options, session.app, method="POST"), exchange.name, "upload")
    path = required(options, "filePath", "String")
    name = required(options, "name", "String")
    began = network.phone.clock.now()
    file, kind = await _source(session, wire, path)
    with file:
        _check_size(session.app, file)
        file_name = optional(options, "fileName", "String", "") or session.client.file_name(path)
        fields = session.client.form_fields(_fields(options))
        kind, boundary = of_vendor(TYPED, session.app, kind), session.client.boundary()
        form = Multipart(fields, _sendable(name), _sendable(file_name), file, kind, boundary)
        # A browser leaves a program's own content type as it is, which then lacks the boundary of the form's parts.
        own = {} if "content-type" in outgoing.asks.authored else encoded({"Content-Type": form.content_type})
        headers = {**outgoing.headers, **own}
        outgoing = attrs.evolve(outgoing, headers=headers, body=Form(network, exchange, form))
        exchange.begun()
        reply = await session.fetch(outgoing, wire, exchange)
    return {"data": reply.text(), **session.told(reply, outgoing, began, len(reply.body))}


async def _source(session: Session, wire: Wire, path: str) -> tuple[BinaryIO, str | None]:
    """The file of the program's `path`, to be read, and its media type; None is what its name stands for."""
    files, app = session.network.phone.files, session.app
    if session.client.reaches(path) and not files.owns(app, path):
        return await _fetched(session, wire, path)
    try:
        return _opened(files, app, path), session.client.type_of(path)
    except Fail as failure:
        raise session.client.failure(failure, "upload") from failure


async def _fetched(session: Session, wire: Wire, url: str) -> tuple[BinaryIO, str]:
    """What a page is answered at `url`, with cookies; an answer has to have status 200."""
    wanted = session.compose({"url": url, "credentials": "include", "cache": "no-store"}, "uploadFile", "source")
    reply = await session.fetch(wanted, wire, Exchange("uploadFile", {}, None))
    if reply.status != HTTPStatus.OK:
        raise session.client.failure(Fail(f"status {reply.status} at {url}", errno=NETWORK_ERRNO), "source")
    return BytesIO(reply.body), reply.media_type or OCTETS


def _opened(files: Files, app: App, path: str) -> BinaryIO:
    """The file of the program's `path`, to be read."""
    try:
        return files.reading(app, path)
    except FileNotFoundError:
        code, reason = NO_SUCH_FILE
        raise Fail(reason, code, errno=code) from None
    except OSError as error:
        raise files.failure(error, path) from error


def _check_size(app: App, file: BinaryIO) -> None:
    """Refuses a file that is larger than the vendor lets be sent."""
    largest = of_vendor(LARGEST, app, math.inf)
    if largest < math.inf and os.fstat(file.fileno()).st_size > largest:
        raise Fail("exceed max file size")


def _fields(options: Options) -> dict[str, str]:
    fields = options.get("formData")
    if fields is None:
        return {}
    if not is_object(fields):
        raise wrong_type("parameter.formData", "Object", fields)
    return {_sendable(text_of(name)): _sendable(text_of(value)) for name, value in dict(fields).items()}


def _sendable(text: str) -> str:
    """The text without what is no valid Unicode."""
    return text.encode("utf-8", "replace").decode()


def _batch(parts: Iterator[bytes]) -> list[bytes]:
    """The next parts, `BATCH` bytes or somewhat more, small ones put together; nothing at the end."""
    batch, size = [b""], 0
    for part in parts:
        size += len(part)
        if len(batch[-1]) + len(part) <= PART:
            batch[-1] += part
        else:
            batch.append(part)
        if size >= BATCH:
            break
    return [part for part in batch if part]
