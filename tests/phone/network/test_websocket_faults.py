"""What a program hears when servers, networks and phones break its WebSockets off."""

from __future__ import annotations

import asyncio
import gc
import ssl
import threading
from pathlib import Path
from typing import Any

import pytest
from listened import (
    SWITCHING,
    UPGRADE,
    Ears,
    Reader,
    Writer,
    after_hands,
    descriptors,
    leaving_no_task,
    listening,
    opened,
    serving,
    shake_hands,
)
from natively import PATIENCE, called
from servers import RawServer, certified, reset, saying, unused_port
from websockets.asyncio.server import ServerConnection

import taropy
from taropy.phone import Phone

pytestmark = pytest.mark.anyio


async def leave(reader: Reader, writer: Writer) -> None:
    reset(writer)


async def say_nothing(reader: Reader, writer: Writer) -> None:
    await reader.read()


async def own_subprotocol(reader: Reader, writer: Writer) -> None:
    await shake_hands(reader, writer, b"Sec-WebSocket-Protocol: theirs")


def status(line: bytes) -> Any:
    return saying(b"HTTP/1.1 " + line + b"\r\nContent-Length: 2\r\n\r\nno")


UNOPENED = {
    "unauthorized": (status(b"401 Unauthorized"), 20, "Invalid HTTP status."),
    "not found": (status(b"404 Not Found"), 20, "Invalid HTTP status."),
    "a web page": (status(b"200 OK"), 20, "Invalid HTTP status."),
    "a redirect": (status(b"302 Found\r\nLocation: /"), 20, "Invalid HTTP status."),
    "no HTTP": (saying(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), 2, "invalid user input"),
    "no answer": (saying(b""), 2, "Underlying Transport Error"),
    "half an answer": (saying(SWITCHING + UPGRADE), 2, "Underlying Transport Error"),
    "reset at once": (leave, 2, "Underlying Transport Error"),
    "reset later": (saying(SWITCHING, then="reset"), 2, "Underlying Transport Error"),
    "no upgrade": (saying(SWITCHING + b"\r\n"), 21, "A required HTTP header is missing"),
    "no accept": (saying(SWITCHING + UPGRADE + b"\r\n"), 21, "A required HTTP header is missing"),
    "a wrong accept": (
        saying(SWITCHING + UPGRADE + b"Sec-WebSocket-Accept: x\r\n\r\n"), 21, "A required HTTP header is missing",
    ),
    "a subprotocol of its own": (own_subprotocol, 27, "Error parsing subprotocol header"),
    "a head without end": (saying(SWITCHING + b"X: " + b"x" * 300_000, then="wait"), 2, "invalid user input"),
    "no word": (say_nothing, 9, "Timer Expired"),
}  # fmt: skip

RESERVED, MASKED = b"\xc1\x01a", b"\x81\x81aaaaa"

BROKEN = {
    "reset": (after_hands(b"", reset), "_code:2,_msg:Underlying Transport Error"),
    "a reserved bit": (after_hands(RESERVED), "_code:3,_msg:Generic protocol violation"),
    "a masked frame": (after_hands(MASKED), "_code:3,_msg:Generic protocol violation"),
    "an unknown frame": (after_hands(b"\x83\x01a"), "_code:3,_msg:Generic protocol violation"),
    "a message in a message": (after_hands(b"\x01\x01a\x01\x01b"), "_code:3,_msg:Generic protocol violation"),
    "no UTF-8": (after_hands(b"\x81\x02\xc3\x28"), "_code:16,_msg:Invalid UTF8 encoding"),
    "too much": (after_hands(b"\x82\x7f" + (2**40).to_bytes(8, "big")), "_code:4,_msg:A message was too large"),
    "too much in pieces": (after_hands(b"\x02\x64" + b"x" * 100 + b"\x80\x64"), "_code:4,_msg:A message was too large"),
}


@pytest.mark.parametrize("fault", UNOPENED)
async def test_what_can_not_be_opened_tells_one_error_and_one_close(fault: str) -> None:
    talk, code, text = UNOPENED[fault]
    with RawServer(talk) as server, leaving_no_task():
        async with taropy.create("weapp") as taro:
            before = descriptors()
            timeout = 100 if fault == "no word" else 20_000
            task = await taro.connectSocket(url=f"ws://127.0.0.1:{server.port}/", timeout=timeout)
            ears = listening(task)
            closed = await ears.until("Close")
            assert (closed.code, closed.reason) == (1006, "abnormal closure")
            assert ears.events == ["Error", "Close"]
            error = ears.all("Error")[0]
            assert (error.errCode, error.errMsg) == (1004, f"open fail: _code:{code},_msg:{text}")
            assert await asyncio.to_thread(server.wait_until_left)
            assert task.readyState == task.CLOSED
        assert descriptors() == before


@pytest.mark.parametrize(
    ("fault", "error", "text"),
    [
        ("no word", 6, "连接服务器超时。"),
        ("a subprotocol of its own", 8, "Invalid Sec-WebSocket-Accept response."),
        ("a wrong accept", 8, "Invalid Sec-WebSocket-Accept response."),
        ("reset at once", 50, "unknown error"),
        ("unauthorized", 1, "Error Unknown。"),
    ],
)
@pytest.mark.parametrize("multiple", [False, True])
async def test_alipay_has_its_own_codes(fault: str, error: int, text: str, multiple: bool) -> None:
    talk, code, reason = UNOPENED[fault]
    with RawServer(talk) as server:
        async with taropy.create("alipay") as taro:
            timeout = 100 if fault == "no word" else 20_000
            url = f"ws://127.0.0.1:{server.port}/"
            ears = listening(await taro.connectSocket(url=url, timeout=timeout, multiple=multiple))
            told = await ears.until("Error")
            assert (told.error, told.errorMessage) == (error, text)
            assert told.errMsg == f"open fail: _code:{code},_msg:{reason}"
            await ears.until("Close")


@pytest.mark.parametrize("fault", BROKEN)
async def test_what_breaks_tells_one_error_and_one_close(fault: str) -> None:
    talk, text = BROKEN[fault]
    with RawServer(talk) as server, leaving_no_task():
        async with taropy.create("weapp") as taro:
            taro.phone.sockets.max_message_size = 150
            before = descriptors()
            task = await taro.connectSocket(url=f"ws://127.0.0.1:{server.port}/")
            ears = listening(task)
            closed = await ears.until("Close")
            assert (closed.code, closed.reason) == (1006, "abnormal closure")
            assert ears.events == ["Open", "Error", "Close"]
            assert ears.all("Error")[0].errMsg == f"receive fail: {text}"
            assert await asyncio.to_thread(server.wait_until_left)
        assert descriptors() == before


async def test_a_server_that_leaves_without_a_word_closes_and_is_no_error() -> None:
    with RawServer(after_hands(b"\x81\x02hi", Writer.close)) as server:
        async with taropy.create("weapp") as taro:
            task = await taro.connectSocket(url=f"ws://127.0.0.1:{server.port}/")
            ears = listening(task)
            assert (await ears.until("Close")).code == 1006
            assert ears.events == ["Open", "Message", "Close"]


async def test_a_server_that_never_says_goodbye_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taropy.phone.network.sockets.connection.GRACE", 0.05)
    with RawServer(after_hands(b"")) as server, leaving_no_task():
        async with taropy.create("weapp") as taro:
            task, ears = await opened(taro, f"ws://127.0.0.1:{server.port}/")
            task.close(code=3000)
            assert (await ears.until("Close")).code == 1006
            assert ears.events == ["Open", "Close"]
            assert await asyncio.to_thread(server.wait_until_left)


async def test_a_server_that_reads_nothing_does_not_hold_up_the_end() -> None:
    async def read_nothing(reader: Reader, writer: Writer) -> None:
        await shake_hands(reader, writer)
        await asyncio.get_running_loop().create_future()

    with RawServer(read_nothing) as server, leaving_no_task():
        async with asyncio.timeout(PATIENCE), taropy.create("weapp") as taro:
            task, ears = await opened(taro, f"ws://127.0.0.1:{server.port}/")
            task.send(data=b"x" * 20_000_000)
            taro.phone.network.type = "none"
            assert (await ears.until("Close")).code == 1006


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "nowhere.invalid"])
async def test_a_server_that_is_not_there(host: str) -> None:
    async with taropy.create("weapp") as taro:
        ears = listening(await taro.connectSocket(url=f"ws://{host.format(port=unused_port())}/"))
        await ears.until("Close")
        assert ears.all("Error")[0].errMsg == "open fail: _code:2,_msg:Underlying Transport Error"


async def test_a_name_that_no_host_can_have_is_no_url() -> None:
    async with taropy.create("weapp") as taro:
        url = f"ws://{'a' * 70}.example/"
        answer = await called(taro.phone.native("weapp"), "connectSocket", url=url)
        assert answer["errMsg"] == f'connectSocket:fail invalid url "{url}"'


async def test_a_certificate_must_be_trusted(tmp_path: Path) -> None:
    server_tls, client_tls = certified(tmp_path)
    async with serving(ssl=server_tls) as url, taropy.create("weapp") as taro:
        ears = listening(await taro.connectSocket(url=url))
        await ears.until("Close")
        assert ears.events == ["Error", "Close"]
        assert ears.all("Error")[0].errMsg == "open fail: _code:8,_msg:TLS handshake failed"
        taro.phone.network.tls = client_tls
        task, ears = await opened(taro, url)
        task.send(data="secret")
        assert (await ears.until("Message")).data == "secret"
        task.close()
        await ears.until("Close")


async def test_a_plain_server_speaks_no_tls() -> None:
    async def say_http(reader: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()

    with RawServer(say_http) as server:
        async with taropy.create("weapp") as taro:
            taro.phone.network.tls = ssl.create_default_context()
            ears = listening(await taro.connectSocket(url=f"wss://127.0.0.1:{server.port}/"))
            await ears.until("Close")
            assert ears.all("Error")[0].errMsg == "open fail: _code:8,_msg:TLS handshake failed"


# --- the phone's network ---------------------------------------------------------------------------------------------


async def test_when_the_network_goes_open_sockets_break_and_new_ones_fail() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task, ears = await opened(taro, url)
        coming = listening(await taro.connectSocket(url=url))
        taro.phone.network.type = "none"
        for each, events in ((ears, ["Open", "Error", "Close"]), (coming, ["Error", "Close"])):
            assert (await each.until("Close")).code == 1006
            assert each.events == events
        assert task.readyState == task.CLOSED
        late = listening(await taro.connectSocket(url=url))
        await late.until("Close")
        assert late.all("Error")[0].errMsg == "open fail: _code:2,_msg:Underlying Transport Error"
        taro.phone.network.type = "wifi"
        await opened(taro, url)


async def test_network_off_and_on_a_hundred_times_under_load_closes_each_socket_once() -> None:
    def talking(url: str) -> Ears:
        task = phone.native("weapp").connectSocket({"url": url})
        ears = listening(task)
        for event in ("onOpen", "onMessage"):
            getattr(task, event)(lambda _: task.send({"data": "more"}))
        return ears

    with leaving_no_task():
        async with serving() as url, Phone() as phone:
            phone.sockets.max_web_sockets = None
            everyone: list[Ears] = []
            for _ in range(100):
                everyone += [talking(url) for _ in range(3)]
                await everyone[-1].until("Message", 2)
                everyone += [talking(url) for _ in range(2)]
                phone.network.type = "none"
                phone.network.type = "4g"
            for ears in everyone:
                await ears.until("Close")
        assert [len(ears.all("Close")) for ears in everyone] == [1] * 500
        assert all(len(ears.all("Error")) == 1 for ears in everyone)
        assert all(ears.heard[-1][1]["code"] == 1006 for ears in everyone)


async def test_a_slow_network_carries_messages_late_and_in_their_order() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        clock, network = taro.phone.clock, taro.phone.network
        task, ears = await opened(taro, url)
        other, others = await opened(taro, url)
        clock.stop()
        network.latency = 10
        for number in range(10):
            task.send(data=str(number))
        await asyncio.sleep(0)
        network.latency = 0
        task.send(data="after")
        other.send(data="there and back")
        await others.until("Message")
        assert "Message" not in ears.events
        clock.advance(10)
        await ears.until("Message", 11)
        assert [message.data for message in ears.all("Message")] == [*map(str, range(10)), "after"]


async def test_a_lost_opening_is_a_timeout() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        taro.phone.network.loss = 1
        ears = listening(await taro.connectSocket(url=url))
        await ears.until("Close")
        assert ears.all("Error")[0].errMsg == "open fail: _code:9,_msg:Timer Expired"


# --- the end of the phone --------------------------------------------------------------------------------------------


async def test_the_end_of_a_runtime_ends_its_sockets() -> None:
    gone: asyncio.Queue[Any] = asyncio.Queue()

    async def stay(connection: ServerConnection) -> None:
        await connection.wait_closed()
        gone.put_nowait(connection)

    async with serving(stay) as url:
        with leaving_no_task():
            taro = taropy.create("weapp")
            _, ears = await opened(taro, url)
            coming = listening(await taro.connectSocket(url=url))
            await taro.aclose()
            assert ears.events == ["Open", "Close"]
            assert coming.events == ["Close"]
            await gone.get()
            answer = await called(taro.phone.native("weapp"), "connectSocket", url=url)
            assert answer["errMsg"] == "connectSocket:fail interrupted"


def test_a_phone_may_be_closed_from_anywhere_and_any_time() -> None:
    """In another loop, without one, while the socket's own waits to run again, and when that is over."""
    with RawServer(after_hands(b"")) as server:
        url = f"ws://127.0.0.1:{server.port}/"

        async def open_one(phone: Phone) -> Ears:
            ears = listening(phone.native("weapp").connectSocket({"url": url}))
            await ears.until("Open")
            return ears

        before = descriptors()
        with asyncio.Runner() as runner:
            phone = Phone()
            ears = runner.run(open_one(phone))
            phone.close()
            phone.close()
            assert ears.events == ["Open", "Close"]
        phone = Phone()
        ears = asyncio.run(open_one(phone))
        assert ears.events == ["Open", "Close"]
        phone.close()

        async def closed_by_a_thread() -> None:
            phone = Phone()
            ears = await open_one(phone)
            threading.Thread(target=phone.close).start()
            await ears.until("Close")

        asyncio.run(closed_by_a_thread())
        assert server.wait_until_left()
        gc.collect()
        assert descriptors() == before
