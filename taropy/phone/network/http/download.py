"""`downloadFile`: what a server sends becomes a file of the phone.

Facts: developers.weixin.qq.com/miniprogram/dev/api/network/download/wx.downloadFile.html. Every answer becomes a file,
whatever its status. It is written while it comes in, and is there only when all of it has come.
"""

from __future__ import annotations

import math
import mimetypes
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from ...core.answers import Fail, Result
from ...core.app import App
from ...core.data_urls import DATA, of_data_url
from ...core.disk import DiskWork, whole_or_nothing
from ...core.exchange import Exchange, Progress
from ...core.options import optional, required
from ...core.urls import Url
from ...core.vendors import of_vendor
from . import contents
from .outgoing import transfer_options
from .reply import OCTETS, Reply, whole

if TYPE_CHECKING:
    from ...core.faces import Files
    from .client import Client
    from .session import Session
    from .wire import Wire

WRITTEN = ("totalBytesWritten", "totalBytesExpectedToWrite")

MB = 1024 * 1024

# WeChat: the page above; Douyin: developer.open-douyin.com, tt.downloadFile; Baidu: its page of swan.downloadFile.
# Browsers and React Native know no limit; of the others none is known, and WeChat's holds.
LARGEST: Mapping[str, float] = {"tt": 200 * MB, "swan": 10 * MB, "h5": math.inf, "rn": math.inf}
LARGEST_BY_DEFAULT = 200 * MB

# github.com/AlipayDocs/open-docs, `my.downloadFile`: it makes a file of a picture in a data URL as well.
TAKES_DATA_URLS: Mapping[str, bool] = {"my": True}


#: Where an answer that is not good fails, in words of ours: plugin-platform-harmony-ets 4.2.0.
GOOD_ONLY: Mapping[str, bool] = {"harmony": True}


async def _begun(parts: AsyncIterable[bytes]) -> tuple[bytes, AsyncIterator[bytes]]:
    """The bytes that tell what comes in, and all of the parts."""
    head, rest = b"", aiter(parts)
    while len(head) < contents.HEAD and (part := await anext(rest, None)) is not None:
        head += part
    return head, _joined(head, rest)


async def _joined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for part in rest:
        yield part


async def download(session: Session, wire: Wire, exchange: Exchange) -> Result:
    """Receives the file; the result has its path, its size in `dataLength`, and what every reply tells."""
    options, network = exchange.options, session.network
    phone = network.phone
    wanted = optional(options, "filePath", "String", None) if session.client.takes_file_path else None
    landing = Landing(phone.files, session.app, session.client, wanted, network.max_download)
    began = phone.clock.now()
    if of_vendor(TAKES_DATA_URLS, session.app, False) and str(options.get("url")).startswith(DATA):
        await landing.unpack(required(options, "url", "String"), exchange, began)
        return session.client.told_of_file(landing.path, landing.size)
    outgoing = session.compose(transfer_options(options, session.app, method="GET"), exchange.name, "download")

    async def receive(reply: Reply, parts: AsyncIterable[bytes]) -> Reply:
        if not 200 <= reply.status < 300 and of_vendor(GOOD_ONLY, session.app, False):
            raise Fail(f"statusCode {reply.status}")
        exchange.listeners.tell_each("headers", partial(session.client.head, reply, outgoing))
        await landing.take(reply, outgoing.url, parts, exchange)
        return reply

    reply = await session.send(outgoing, wire, receive)
    told = session.told(reply, outgoing, began, landing.size)
    return {**session.client.told_of_file(landing.path, landing.size), **told}


class Landing:
    """Where a download comes down: a temporary file, which at the end takes the place of the one that is wanted."""

    def __init__(self, files: Files, app: App, client: Client, wanted: str | None, largest: int | None) -> None:
        self._files = files
        self._app = app
        self._client = client
        self._wanted = wanted
        self._target = None if wanted is None else files.writable(app, wanted)
        self._largest = of_vendor(LARGEST, app, LARGEST_BY_DEFAULT) if largest is None else largest
        self.path: Result = {}
        self.size: int = 0

    async def take(self, reply: Reply, url: Url, parts: AsyncIterable[bytes], exchange: Exchange) -> None:
        """Writes the parts. Raises `Fail` when they are too many, or there is no room."""
        progress = Progress(exchange, WRITTEN, reply.length)
        self._check(progress.expected or 0)
        suffix = _suffix(reply, url)
        if self._client.names_by_content:
            head, parts = await _begun(parts)
            suffix = contents.ending(head)
        path, real = self._files.new_temporary(self._app, suffix, reply.media_type)
        with self._landing(real, self._wanted or path) as file:
            await self._write(file, parts, progress)
            self.size = progress.done
            self._settle(file, real)
        progress.end()
        self.path = {"tempFilePath": path} if self._wanted is None else {"filePath": self._wanted}

    async def unpack(self, url: str, exchange: Exchange, began: float) -> None:
        """Writes what a data URL (RFC 2397) holds, as if a server had sent it."""
        try:
            kind, body = of_data_url(url)
        except ValueError as error:
            raise Fail("invalid url") from error
        reply = Reply(200, [(b"Content-Type", kind.encode())], began)
        await self.take(reply, Url(DATA), whole(body), exchange)

    async def _write(self, file: BinaryIO, parts: AsyncIterable[bytes], progress: Progress) -> None:
        """Writes the parts as they come."""
        disk = DiskWork()
        async for part in parts:
            progress.add(len(part))
            self._check(progress.done)
            await disk.do(file.write, part)

    def _check(self, size: int) -> None:
        if size > self._largest:
            raise Fail("exceed max file size")

    @contextmanager
    def _landing(self, real: Path, path: str) -> Iterator[BinaryIO]:
        """A new file at `real`; whatever goes wrong, nothing of it stays."""
        with whole_or_nothing(real):
            try:
                with real.open("xb") as file:
                    yield file
            except OSError as error:
                raise self._files.failure(error, path) from error

    def _settle(self, file: BinaryIO, real: Path) -> None:
        file.close()
        if self._target is not None:
            self._files.move(self._app, real, self._target)


def _suffix(reply: Reply, url: Url) -> str:
    """By the content type, as the documents say; by the url if that says nothing."""
    kind = reply.media_type
    known = None if kind == OCTETS else _types().guess_extension(kind)
    return known or PurePosixPath(url.path).suffix


@cache
def _types() -> mimetypes.MimeTypes:
    """Python's own table of types, the same on every computer."""
    return mimetypes.MimeTypes()
