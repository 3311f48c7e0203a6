"""The connections that requests go over: shared, given back, left, and closed at once when nobody wants them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from natively import call, called
from servers import Answer, RawServer, Received, WebServer, certified, read_request, saying
from transfers import FUNCTIONS, options_of

import taropy
from taropy import TaroError
from taropy.phone import Phone

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


async def until(server: Any, condition: Callable[[], bool]) -> bool:
    """Whether the condition comes to hold, while the loop goes on."""
    held: bool = await asyncio.to_thread(server.wait_for, condition)
    return held


# --- abort ---------------------------------------------------------------------------------------------------------


async def wait_in_the_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    await reader.read()


async def send_without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x" * 1000)
        await writer.drain()


async def read_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Leaves the request where it is, as a server that hangs; until the client is gone."""
    while not reader.at_eof():
        await reader.read(1)
        await asyncio.sleep(0)


TALKS = {
    "before the head": saying(b"", then="wait"),
    "in the body": wait_in_the_body,
    "while much comes in": send_without_end,
    "while it is sent": read_nothing,
}


@pytest.mark.parametrize("when", TALKS)
@pytest.mark.parametrize("name", FUNCTIONS)
async def test_the_connection_of_an_aborted_call_is_closed_at_once(name: str, when: str, tmp_path: Path) -> None:
    with RawServer(TALKS[when]) as server:
        async with taropy.create("weapp") as taro:
            options = options_of(name, taro.phone, server.url(), tmp_path)
            task = getattr(taro, name)(**options)
            assert await until(server, lambda: server.open_connections == 1)
            task.abort()
            assert await until(server, lambda: server.open_connections == 0)  # while the phone goes on
            with pytest.raises(TaroError) as raised:
                await task
    assert raised.value.errMsg == f"{name}:fail abort"


async def test_the_connection_of_a_request_that_takes_too_long_is_closed_at_once() -> None:
    with RawServer(wait_in_the_body) as server:
        async with taropy.create("weapp") as taro:
            with pytest.raises(TaroError, match="timeout"):
                await taro.request(url=server.url(), timeout=50)
            assert await until(server, lambda: server.open_connections == 0)


# --- many at once --------------------------------------------------------------------------------------------------


async def test_a_thousand_requests_at_once_share_a_hundred_connections() -> None:
    with WebServer(lambda received: Answer(received.target)) as server:
        async with taropy.create("weapp") as taro:
            results = await asyncio.gather(*(taro.request(server.url(f"/{at}")) for at in range(1000)))
            assert [result.data for result in results] == [f"/{at}" for at in range(1000)]
            assert server.connections <= 100
            again = await taro.request(server.url("/again"))
            assert (again.data, server.connections <= 100) == ("/again", True)


async def test_requests_that_wait_for_a_connection_can_be_aborted_too() -> None:
    held: list[asyncio.StreamWriter] = []

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        if request is not None and request.path == "/last":
            writer.write(OK)
        held.append(writer)
        await reader.read()

    with RawServer(hold) as server:
        async with taropy.create("weapp") as taro:
            tasks = [taro.request(server.url(), fail=lambda error: None) for _ in range(150)]
            last = taro.request(server.url("/last"))
            assert await until(server, lambda: server.open_connections == 100)
            for task in tasks:
                task.abort()
            assert (await last).data == "ok"
            ends = await asyncio.gather(*tasks, return_exceptions=True)
    assert {str(end) for end in ends} == {"request:fail abort"}


async def test_a_server_that_is_not_there_fails_all_that_wait() -> None:
    with WebServer(lambda received: Answer()) as server:
        url = server.url()
    async with taropy.create("weapp") as taro:
        ends = await asyncio.gather(*(taro.request(url) for _ in range(400)), return_exceptions=True)
    assert all(str(end).endswith("net::ERR_CONNECTION_REFUSED") for end in ends)


# --- one after the other -------------------------------------------------------------------------------------------


async def test_requests_one_after_the_other_share_a_connection() -> None:
    with WebServer(lambda received: Answer(received.method)) as server, Phone() as phone:
        native = phone.native("weapp")
        for method in ("GET", "HEAD", "POST", "HEAD", "GET", "DELETE"):
            result = await called(native, "request", url=server.url(), method=method)
            assert result["data"] == ("" if method == "HEAD" else method)
        assert server.connections == 1


async def test_bodies_that_nobody_may_send_leave_the_connection_in_order() -> None:
    def respond(received: Received) -> Answer:
        return Answer("" if received.path == "/none" else "something", 204 if received.path == "/none" else 200)

    with WebServer(respond) as server, Phone() as phone:
        statuses = [
            (await called(phone.native("weapp"), "request", url=server.url(path)))["statusCode"]
            for path in ("/none", "/some", "/none", "/some")
        ]
        assert (statuses, server.connections) == ([204, 200, 204, 200], 1)


LAST_WORDS = {
    "leaves": b"",
    "says more than was asked for": b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
    "sends more of a body than it told": b"and more",
}


@pytest.mark.parametrize("words", LAST_WORDS.values(), ids=LAST_WORDS)
async def test_a_connection_whose_server(words: bytes) -> None:
    """… leaves, or says what nobody has asked for, is not used again."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(OK + words)
        await writer.drain()

    with RawServer(talk) as server, Phone() as phone:
        for count in (1, 2, 3):
            result = await called(phone.native("weapp"), "request", url=server.url())
            assert (result["statusCode"], result["data"]) == (200, "ok")
            assert await until(server, lambda: server.open_connections == 0)
            assert server.connections == count


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
async def test_a_connection_that_the_server_wants_closed_is_closed(method: str) -> None:
    with WebServer(lambda received: Answer("x", headers=[("Connection", "close")])) as server, Phone() as phone:
        await called(phone.native("weapp"), "request", url=server.url(), method=method)
        assert await until(server, lambda: server.open_connections == 0)


# --- what servers may say ------------------------------------------------------------------------------------------

LEGAL = {
    "announces itself": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK,
    "ends lines as Unix does": b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
    "gives no reason": b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
    "tells no length": b"HTTP/1.1 200 OK\r\n\r\nok",
    "is of another age": b"HTTP/1.0 200 OK\r\n\r\nok",
    "sends chunks": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\no\r\n1\r\nk\r\n0\r\nX-Late: 1\r\n\r\n"
    ),
    "writes it all in capitals": b"HTTP/1.1 200 OK\r\nCONTENT-LENGTH: 2\r\n\r\nok",
}


@pytest.mark.parametrize("said", LEGAL.values(), ids=LEGAL)
def test_a_server_is_understood_that(said: bytes) -> None:
    with RawServer(saying(said)) as server:
        result = call(Phone().native("weapp"), "request", url=server.url())
    assert (result["statusCode"], result["data"]) == (200, "ok")
    assert not {"Link", "X-Late"} & set(result["header"])


def test_a_server_that_would_speak_another_protocol_has_answered() -> None:
    said = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\nother words"
    with RawServer(saying(said, then="wait")) as server:
        result = call(Phone().native("weapp"), "request", url=server.url())
        assert server.wait_until_left()
    assert (result["statusCode"], result["data"]) == (101, "")


@pytest.mark.parametrize("size", [1, 100, 100_000])
def test_a_server_is_understood_however_its_words_are_cut(size: int) -> None:
    body = bytes(range(256)) * 400

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        said = b"HTTP/1.1 200 OK\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (
            len(body),
            body,
        )
        for at in range(0, len(said), size):
            writer.write(said[at : at + size])
            if at % 1000 == 0:
                await writer.drain()

    with RawServer(talk) as server:
        result = call(Phone().native("weapp"), "request", url=server.url(), responseType="arraybuffer")
    assert (result["data"], result["header"]["X-A"]) == (body, "1")


@pytest.mark.parametrize("part", [b"X: " + b"x" * 1000 + b"\r\n", b"HTTP/1.1 102 Processing\r\n\r\n"])
def test_a_head_without_end_is_given_up(part: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"" if part.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(part * 100)
            await writer.drain()

    with RawServer(talk) as server:
        failure = call(Phone().native("weapp"), "request", url=server.url())
        assert failure["errMsg"].endswith("net::ERR_RESPONSE_HEADERS_TOO_BIG")
        assert server.wait_until_left()


# --- proxies for https ---------------------------------------------------------------------------------------------


def proxy_to(port: int, asked: list[str]) -> RawServer:
    """A proxy that leads every tunnel to this port; to none if that is 0."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        if not port:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        there, here = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pass_on(reader, here), pass_on(there, writer))

    return RawServer(talk)


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()


def test_https_goes_through_a_proxy_untouched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    server_tls, client_tls = certified(tmp_path, host="shop.example")
    asked: list[str] = []
    with (
        WebServer(lambda received: Answer(received.target), server_tls) as server,
        proxy_to(server.port, asked) as proxy,
        Phone() as phone,
    ):
        phone.network.tls = client_tls
        monkeypatch.setenv("https_proxy", proxy.origin.replace("//", "//user:word@"))
        result = call(phone.native("weapp"), "request", url="https://shop.example/a?b")
    assert result["data"] == "/a?b"
    assert asked[0].startswith("CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n")
    assert "Proxy-Authorization: Basic dXNlcjp3b3Jk\r\n" in asked[0]
    assert "authorization" not in {name for received in server.received for name in received.headers}


def test_a_proxy_that_lets_nobody_through_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy_to(0, []) as proxy:
        monkeypatch.setenv("https_proxy", proxy.origin)
        failure = call(Phone().native("weapp"), "request", url="https://shop.example/")
        assert proxy.wait_until_left()
    assert failure["errMsg"].endswith("net::ERR_PROXY_CONNECTION_FAILED")
