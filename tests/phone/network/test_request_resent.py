"""Requests over connections that were kept, and that the server has closed meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from natively import call
from servers import Answer, RawServer, Received, WebServer, read_request, reset, saying, unused_port
from transfers import FUNCTIONS, form_of, options_of

import taropy
from taropy import TaroError
from taropy.phone import Phone

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
REFUSED = r"net::ERR_CONNECTION_REFUSED$"
EMPTY = "net::ERR_EMPTY_RESPONSE"


@pytest.fixture
def taro() -> Iterator[Any]:
    with taropy.create("weapp") as taro:
        yield taro


class Fickle(RawServer):
    """Answers the first request on each connection, and leaves with `last` upon the second one."""

    def __init__(self, last: bytes = b"", *, resets: bool = False, reads_bodies: bool = True) -> None:
        super().__init__(self._talk_once)
        self.received: list[Received] = []
        self._last, self._resets, self._reads_bodies = last, resets, reads_bodies

    async def _talk_once(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await self._hear(reader):
            writer.write(OK)
        if self._reads_bodies:
            await self._hear(reader)
        else:
            await reader.read(1)
        writer.write(self._last)
        await writer.drain()
        if self._resets:
            reset(writer)

    async def _hear(self, reader: asyncio.StreamReader) -> Received | None:
        received = await read_request(reader)
        if received is not None:
            self.received.append(received)
        return received


# --- a script without a loop of its own: nobody hears of what servers do between its requests ------------------------


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_server_may_be_restarted_between_two_requests(method: str, taro: Any) -> None:
    port = unused_port()
    for at in range(3):
        with WebServer(lambda received: Answer(received.body), port=port) as server:
            data = f"body {at}" if method == "POST" else None
            assert taro.request(server.url(), method=method, data=data).result(20).data == (data or "")
            assert len(server.received) == 1


def test_a_server_may_close_the_connection_between_two_requests(taro: Any) -> None:
    still = threading.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(OK)
        await asyncio.to_thread(still.wait, 20)

    with RawServer(talk) as server:
        for connections in (1, 2, 3):
            still.clear()
            assert taro.request(server.url(), method="POST", data="x").result(20).data == "ok"
            assert server.connections == connections
            still.set()
            assert server.wait_until_left()


def test_a_server_that_is_gone_by_the_next_request_refuses_it(taro: Any) -> None:
    with WebServer(lambda received: Answer()) as server:
        taro.request(server.url()).result(20)
    with pytest.raises(TaroError, match=REFUSED):
        taro.request(server.url()).result(20)


def test_a_connection_past_its_time_is_not_used_though_nobody_has_closed_it(taro: Any) -> None:
    taro.phone.network.keep_alive = 0
    with WebServer(lambda received: Answer()) as server:
        for connections in (1, 2):
            taro.request(server.url()).result(20)
            assert server.connections == connections


# --- servers that leave while a request is on its way ----------------------------------------------------------------


@pytest.mark.parametrize("resets", [False, True], ids=["closes", "resets"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_request_is_sent_again_when_a_kept_connection_ends_without_an_answer(
    method: str, resets: bool, taro: Any
) -> None:
    async def main() -> None:
        for _ in range(3):
            assert (await taro.request(server.url(), method=method, data={"a": 1})).statusCode == 200

    with Fickle(resets=resets) as server:
        asyncio.run(main())
    assert len(server.received) == 5  # the second and the third went out twice
    assert {received.body for received in server.received} == {b"" if method == "GET" else b'{"a":1}'}


@pytest.mark.parametrize("reads_bodies", [True, False], ids=["after all has come", "while it is sent"])
def test_an_upload_is_sent_again_from_the_beginning_of_its_file(reads_bodies: bool, tmp_path: Path) -> None:
    with Fickle(resets=True, reads_bodies=reads_bodies) as server, taropy.create("weapp") as taro:
        options = options_of("uploadFile", taro.phone, server.url(), tmp_path)

        async def main() -> None:
            for _ in range(2):
                assert (await taro.uploadFile(**options)).data == "ok"

        asyncio.run(main())
    assert len(server.received) == (3 if reads_bodies else 2)
    assert all(form_of(received)["file"].get_content() == b"x" * 300_000 for received in server.received)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("then", ["close", "reset"])
def test_a_new_connection_that_ends_without_an_answer_is_a_failure(then: str, name: str, tmp_path: Path) -> None:
    with RawServer(saying(b"", then=then)) as server, Phone() as phone:
        failure = call(phone.native("weapp"), name, **options_of(name, phone, server.url(), tmp_path))
        assert server.connections == 1
    assert failure["errMsg"].endswith(EMPTY if then == "close" else "net::ERR_CONNECTION_RESET")


def test_what_a_server_has_begun_to_answer_is_not_sent_again(taro: Any) -> None:
    async def main() -> None:
        await taro.request(server.url())
        with pytest.raises(TaroError, match=EMPTY):
            await taro.request(server.url(), method="POST", data="x")

    with Fickle(b"HTTP/1.1 2") as server:
        asyncio.run(main())
    assert [received.method for received in server.received] == ["GET", "POST"]
