"""What a program hears when the network or the server fails during a request, an upload or a download."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from faulty import FAULTS, drip
from natively import call, called
from servers import Answer, RawServer, WebServer, certified, read_request, saying, unused_port
from transfers import FUNCTIONS, files_on, no_tasks_left, nothing_left, options_of

import taropy
from taropy import TaroError
from taropy.phone import Phone

TRANSFERS = ("uploadFile", "downloadFile")


@pytest.mark.parametrize("name", TRANSFERS)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_fails_once_in_chromiums_words_and_leaves_no_connection(
    name: str, fault: str, tmp_path: Path
) -> None:
    talk, error = FAULTS[fault]
    heard: list[str] = []
    with RawServer(talk) as server, taropy.create("weapp") as weapp:
        options = options_of(name, weapp.phone, server.url(), tmp_path)
        before = files_on(weapp.phone)
        with pytest.raises(TaroError) as raised:
            getattr(weapp, name)(
                options,
                success=lambda result: heard.append("success"),
                fail=lambda error: heard.append("fail"),
                complete=lambda error: heard.append("complete"),
            ).result(20)
        assert server.wait_until_left()
        assert files_on(weapp.phone) == before
    assert heard == ["fail", "complete"]
    words = raised.value.errMsg.split(" ")
    assert (words[0], words[-1]) == (f"{name}:fail", f"error_msg:net::{error}")


@pytest.mark.parametrize("name", TRANSFERS)
@pytest.mark.parametrize("talk", [drip, saying(b"", then="wait")], ids=["drips", "says nothing"])
def test_the_timeout_covers_the_whole_transfer(name: str, talk: Any, tmp_path: Path) -> None:
    phone = Phone()
    with RawServer(talk) as server:
        options = options_of(name, phone, server.url(), tmp_path)
        failure = call(phone.native("weapp"), name, **options, timeout=60)
        assert server.wait_until_left()
    assert failure == {"errMsg": f"{name}:fail timeout", "errno": 5}
    assert len(files_on(phone)) == (name == "uploadFile")


@pytest.mark.parametrize("name", TRANSFERS)
@pytest.mark.parametrize(
    ("host", "days", "trusted", "error"),
    [
        ("127.0.0.1", 1, False, "ERR_CERT_AUTHORITY_INVALID"),
        ("127.0.0.1", -1, True, "ERR_CERT_DATE_INVALID"),
        ("example.com", 1, True, "ERR_CERT_COMMON_NAME_INVALID"),
    ],
)
def test_a_certificate_that_can_not_be_trusted_fails(
    name: str, host: str, days: int, trusted: bool, error: str, tmp_path: Path
) -> None:
    server_tls, client_tls = certified(tmp_path, host=host, days=days)
    phone = Phone()
    phone.network.tls = client_tls if trusted else None
    with WebServer(lambda received: Answer("never"), server_tls) as server:
        failure = call(phone.native("weapp"), name, **options_of(name, phone, server.url(), tmp_path))
    assert failure["errMsg"].endswith(f"net::{error}")
    assert server.received == []


@pytest.mark.parametrize("name", TRANSFERS)
def test_redirects_without_end_fail(name: str, tmp_path: Path) -> None:
    phone = Phone()
    with WebServer(lambda received: Answer(status=307, headers=[("Location", "/again")])) as server:
        failure = call(phone.native("weapp"), name, **options_of(name, phone, server.url(), tmp_path))
    assert failure["errMsg"].endswith("net::ERR_TOO_MANY_REDIRECTS")
    assert len(server.received) == 21


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_server_that_is_not_there(name: str, tmp_path: Path) -> None:
    phone = Phone()
    failure = call(
        phone.native("weapp"), name, **options_of(name, phone, f"http://127.0.0.1:{unused_port()}", tmp_path)
    )
    assert failure["errMsg"].endswith("net::ERR_CONNECTION_REFUSED")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_fault_leaves_a_task_a_socket_or_a_descriptor(name: str, tmp_path: Path) -> None:
    async def main(phone: Phone) -> None:
        for talk in [*(talk for talk, _ in FAULTS.values()), drip]:
            with RawServer(talk) as server:
                options = options_of(name, phone, server.url(), tmp_path)
                failure = await called(phone.native("weapp"), name, **options, timeout=200)
                assert failure["errMsg"].startswith(f"{name}:fail")
                assert await asyncio.to_thread(server.wait_until_left)
        assert phone.network.in_flight == 0
        await no_tasks_left()

    asyncio.run(asyncio.sleep(0))  # what the first loop of a process opens stays
    with nothing_left(), Phone() as phone:
        asyncio.run(main(phone))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_phone_that_is_closed_in_the_middle_leaves_nothing(name: str, tmp_path: Path) -> None:
    async def main() -> Any:
        async with Phone() as phone:
            answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            options = options_of(name, phone, server.url(), tmp_path)
            getattr(phone.native("weapp"), name)({**options, "complete": answer.set_result})
            await asyncio.to_thread(server.wait_for, lambda: server.connections == 1)
        assert await asyncio.to_thread(server.wait_until_left)
        await no_tasks_left()
        return await answer

    with nothing_left(), RawServer(saying(b"", then="wait")) as server:
        assert asyncio.run(main()) == {"errMsg": f"{name}:fail interrupted", "errno": 600003}


@pytest.mark.parametrize("name", TRANSFERS)
def test_a_transfer_that_is_aborted_fails_with_abort_and_leaves_no_file(name: str, tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1000)
        await reader.read()

    async def main() -> None:
        async with taropy.create("weapp") as weapp:
            options = options_of(name, weapp.phone, server.url(), tmp_path)
            before = files_on(weapp.phone)
            task = getattr(weapp, name)(options)
            task.onHeadersReceived(lambda event: begun.set())
            await begun.wait()
            task.abort()
            with pytest.raises(TaroError) as raised:
                await task
            assert raised.value.errMsg == f"{name}:fail abort"
            assert files_on(weapp.phone) == before
            assert await asyncio.to_thread(server.wait_until_left)

    with RawServer(half) as server:
        asyncio.run(main())
