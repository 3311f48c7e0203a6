"""What servers can not do: use up the computer's memory."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import brotli
import pytest
from natively import call, called
from servers import Answer, RawServer, Received, WebServer, read_request
from transfers import options_of

import taropy
from taropy.phone import Phone

MB = 1024 * 1024
LIMIT = 100_000
REFUSED = "errcode:-12 cronet_error_code:-12 error_msg:net::ERR_INSUFFICIENT_RESOURCES"

pytestmark = pytest.mark.anyio


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def brotlied(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, quality=1)
    return packed


ENCODINGS: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "as it is": ("identity", bytes),
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without a header": ("deflate", raw_deflate),
    "brotli": ("br", brotlied),
    "twice": ("gzip, br", lambda data: brotlied(gzip.compress(data))),
}


@pytest.fixture
def phone() -> Phone:
    phone = Phone()
    phone.network.max_body = LIMIT
    return phone


def answering(body: bytes, encoding: str = "identity") -> WebServer:
    return WebServer(lambda received: Answer(body, headers=[("Content-Encoding", encoding)]))


# --- how much a body may be ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoded", ENCODINGS)
def test_a_body_counts_as_it_is_once_it_is_decoded(encoded: str, phone: Phone) -> None:
    encoding, encode = ENCODINGS[encoded]
    with answering(encode(b"x" * LIMIT), encoding) as server:
        assert call(phone.native("weapp"), "request", url=server.url())["data"] == "x" * LIMIT
    with answering(encode(b"x" * (LIMIT + 1)), encoding) as server:
        failure = call(phone.native("weapp"), "request", url=server.url())
        assert failure == {"errMsg": f"request:fail {REFUSED}", "errno": 600001}


@pytest.mark.parametrize("encoded", [name for name in ENCODINGS if name != "as it is"])
def test_little_that_would_become_much_takes_little_memory(encoded: str, phone: Phone) -> None:
    encoding, encode = ENCODINGS[encoded]
    with answering(encode(bytes(30 * MB)), encoding) as server:
        tracemalloc.start()
        try:
            failure = call(phone.native("weapp"), "request", url=server.url())
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert failure["errMsg"].endswith(REFUSED)
    assert most < 10 * MB


def test_a_body_without_end_is_not_read_on(phone: Phone) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            writer.write(bytes(MB))
            await writer.drain()

    with RawServer(talk) as server:
        assert call(phone.native("weapp"), "request", url=server.url())["errMsg"] == f"request:fail {REFUSED}"
        assert server.wait_until_left()


def test_the_answer_to_an_upload_has_the_same_limit(phone: Phone, tmp_path: Path) -> None:
    with answering(b"x" * (LIMIT + 1)) as server:
        options = options_of("uploadFile", phone, server.url(), tmp_path)
        assert call(phone.native("weapp"), "uploadFile", **options)["errMsg"] == f"uploadFile:fail {REFUSED}"


@pytest.mark.parametrize("form", [{}, {"dataType": "text"}, {"responseType": "arraybuffer"}])
def test_a_page_is_told_as_browsers_tell(form: dict[str, str], phone: Phone) -> None:
    with (
        answering(b"x" * (LIMIT + 1)) as server,
        taropy.create("h5", phone=phone) as page,
        pytest.raises(taropy.TaroError) as raised,
    ):
        page.request(url=server.url(), **form).result(20)
    assert "Failed to fetch" in raised.value.errMsg


def test_a_script_of_jsonp_has_the_same_limit(phone: Phone) -> None:
    def respond(received: Received) -> Answer:
        return Answer(f'{received.query["callback"]}("{"x" * LIMIT}")')

    with WebServer(respond) as server, taropy.create("h5", phone=phone) as page:
        with pytest.raises(taropy.TaroError):
            page.request(url=server.url(), jsonp=True, retryTimes=0, timeout=500).result(20)
        phone.network.max_body = None
        assert page.request(url=server.url(), jsonp=True).result(20).statusCode == 200


@pytest.mark.parametrize("limit", [None, 64 * MB])
def test_the_limit_can_be_set_or_taken_away(limit: int | None) -> None:
    with Phone() as phone, answering(b"x" * (LIMIT + 1)) as server:
        assert phone.network.max_body == 64 * MB
        phone.network.max_body = limit
        assert len(call(phone.native("weapp"), "request", url=server.url())["data"]) == LIMIT + 1


def test_what_is_told_in_chunks_is_not_kept_and_has_no_limit(phone: Phone) -> None:
    sizes: list[int] = []

    async def main() -> Any:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        options = {"url": server.url(), "enableChunked": True, "complete": answer.set_result}
        task = phone.native("weapp").request(options)
        task.onChunkReceived(lambda event: sizes.append(len(event["data"])))
        return await answer

    with answering(gzip.compress(bytes(5 * MB)), "gzip") as server:
        assert asyncio.run(main())["errMsg"] == "request:ok"
    assert sum(sizes) == 5 * MB
    assert max(sizes) <= MB


def test_a_download_is_decoded_a_piece_at_a_time(phone: Phone) -> None:
    phone.network.max_download = 20 * MB
    with answering(gzip.compress(bytes(30 * MB)), "gzip") as server:
        tracemalloc.start()
        try:
            failure = call(phone.native("weapp"), "downloadFile", url=server.url())
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert failure["errMsg"] == "downloadFile:fail exceed max file size"
    assert most < 10 * MB


# --- encodings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoded", ENCODINGS)
def test_every_encoding_is_undone_however_it_is_cut(encoded: str) -> None:
    encoding, encode = ENCODINGS[encoded]
    body = encode(b"abc" * 5000)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n".encode())
        for at in range(0, len(body), 7):
            writer.write(body[at : at + 7])
            await writer.drain()

    with RawServer(talk) as server:
        assert call(Phone().native("weapp"), "request", url=server.url())["data"] == "abc" * 5000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", ", ".join(["gzip"] * 1000)])
def test_what_is_not_encoded_so_fails(encoding: str) -> None:
    with answering(b"this is plain text, whatever the head says", encoding) as server:
        failure = call(Phone().native("weapp"), "request", url=server.url())
    assert failure["errMsg"].endswith("net::ERR_CONTENT_DECODING_FAILED")


def test_an_encoding_that_nobody_knows_is_left_alone() -> None:
    with answering(b"as it is", "unheard-of") as server:
        assert call(Phone().native("weapp"), "request", url=server.url())["data"] == "as it is"


# --- redirects -----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def moving(said: bytes, *, goes_on: bool) -> AsyncIterator[tuple[RawServer, list[bool]]]:
    """A server that moves `/here` to `/there`, with a body that may never end; and whether that was given up."""
    given_up: list[bool] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (received := await read_request(reader)) is not None:
            if received.path == "/there":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\narrived")
                continue
            writer.write(b"HTTP/1.1 302 Moved\r\nLocation: /there\r\n" + said)
            while goes_on:
                try:
                    writer.write(b"x" * 10_000)
                    await writer.drain()
                except ConnectionError:
                    given_up.append(True)
                    return

    with RawServer(talk) as server:
        yield server, given_up


@pytest.mark.parametrize("name", ["request", "uploadFile", "downloadFile"])
async def test_what_a_redirect_says_besides_is_not_read(name: str, phone: Phone, tmp_path: Path) -> None:
    async with moving(b"Content-Length: 1000000000\r\n\r\n", goes_on=True) as (server, given_up):
        options = options_of(name, phone, server.url("/here"), tmp_path)
        result = await called(phone.native("weapp"), name, **options)
        assert (result["errMsg"], result["statusCode"]) == (f"{name}:ok", 200)
        assert await asyncio.to_thread(server.wait_for, lambda: server.open_connections == 1)
        assert given_up == [True]


async def test_a_redirect_that_has_said_all_leaves_its_connection_to_the_next_request(phone: Phone) -> None:
    async with moving(b"Content-Length: 5\r\n\r\nmoved", goes_on=False) as (server, _):
        assert (await called(phone.native("weapp"), "request", url=server.url("/here")))["data"] == "arrived"
        assert server.connections == 1
