"""What a socket holds at the most, whatever its server sends and its program does."""

from __future__ import annotations

import asyncio
import random
import tracemalloc
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from listened import Ears, Reader, Writer, after_hands, opened, shake_hands
from natively import PATIENCE
from servers import RawServer
from websockets.frames import Frame, Opcode

import taropy

pytestmark = pytest.mark.anyio

MEBIBYTE = 1024 * 1024
TOO_BIG = "receive fail: _code:4,_msg:A message was too large"
QUEUE_FULL = "send fail: _code:2,_msg:send queue full"
DEFLATED = b"Sec-WebSocket-Extensions: permessage-deflate"


def url_of(server: RawServer) -> str:
    return f"ws://127.0.0.1:{server.port}/"


async def read_nothing(reader: Reader, writer: Writer) -> None:
    """A server that says yes to a WebSocket and takes nothing of what is sent."""
    await shake_hands(reader, writer)
    await asyncio.get_running_loop().create_future()


class Torrent:
    """A server that sends as much as the client takes; it tells when it has been held back, or has sent all."""

    def __init__(self, message: bytes, times: int, *, shakes_hands: bool = True) -> None:
        self._message, self._times, self._shakes_hands = message, times, shakes_hands
        self.sent = 0
        self.stopped = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def talk(self, reader: Reader, writer: Writer) -> None:
        if self._shakes_hands:
            await shake_hands(reader, writer)
        for _ in range(self._times):
            writer.write(self._message)
            draining = asyncio.ensure_future(writer.drain())
            done, _ = await asyncio.wait([draining], timeout=0.3)
            if not done:
                self._loop.call_soon_threadsafe(self.stopped.set)
            await draining
            self.sent += 1
        self._loop.call_soon_threadsafe(self.stopped.set)
        await reader.read()


# --- what comes in ---------------------------------------------------------------------------------------------------


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("traced")
async def test_a_message_in_very_many_pieces_takes_no_more_than_its_bytes() -> None:
    pieces = 60_000
    said = b"\x02\x01x" + b"\x00\x01x" * pieces + b"\x80\x00"
    with RawServer(after_hands(said)) as server:
        async with taropy.create("weapp") as taro:
            _, ears = await opened(taro, url_of(server))
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            assert (await ears.until("Message")).data == b"x" * (pieces + 1)
            _, most = tracemalloc.get_traced_memory()
            assert most - before < 4 * MEBIBYTE


def deflated(data: bytes, *, pieces: int) -> bytes:
    """A compressed message, in so many frames."""
    squeezer = zlib.compressobj(wbits=-15)
    content = (squeezer.compress(data) + squeezer.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\x00\x00\xff\xff")
    size = -(-len(content) // pieces)
    parts = [content[start : start + size] for start in range(0, len(content), size)]
    frames = [
        Frame(Opcode.CONT if number else Opcode.BINARY, part, fin=number == len(parts) - 1, rsv1=not number)
        for number, part in enumerate(parts)
    ]
    return b"".join(_said(frame) for frame in frames)


def _said(frame: Frame) -> bytes:
    """The frame as the wire has it; the library writes no reserved bits by itself."""
    plain = Frame(frame.opcode, frame.data, frame.fin).serialize(mask=False)
    return bytes([plain[0] | frame.rsv1 << 6]) + plain[1:]


@pytest.mark.parametrize("pieces", [1, 7, 500])
@pytest.mark.parametrize("content", ["zeros", "noise"])
async def test_a_compressed_message_counts_as_what_it_becomes(content: str, pieces: int) -> None:
    long = bytes(3 * MEBIBYTE) if content == "zeros" else random.Random(1).randbytes(2 * MEBIBYTE)
    fits = long[: MEBIBYTE - 8192]

    async def talk(reader: Reader, writer: Writer) -> None:
        await shake_hands(reader, writer, DEFLATED)
        writer.write(deflated(fits, pieces=pieces) + deflated(long, pieces=pieces))
        await reader.read()

    with RawServer(talk) as server:
        async with taropy.create("weapp") as taro:
            taro.phone.sockets.max_message_size = MEBIBYTE
            _, ears = await opened(taro, url_of(server), perMessageDeflate=True)
            assert (await ears.until("Close")).code == 1006
            assert ears.events == ["Open", "Message", "Error", "Close"]
            assert ears.all("Message")[0].data == fits
            assert ears.all("Error")[0].errMsg == TOO_BIG


@pytest.mark.parametrize("size", [100, 60_000])
async def test_a_server_waits_while_a_slow_network_carries_what_it_has_sent(size: int) -> None:
    """Many small messages and fewer long ones; each arrives in the end, in its order."""
    at_once, times = 240_000 // size, 60
    torrent = Torrent(Frame(Opcode.BINARY, b"x" * size).serialize(mask=False) * at_once, times)
    with RawServer(torrent.talk) as server:
        async with taropy.create("weapp") as taro:
            taro.phone.clock.stop()
            task = await taro.connectSocket(url=url_of(server))
            came: list[int] = []
            all_came = asyncio.Event()

            def count(message: Any) -> None:
                came.append(len(message.data))
                if len(came) == times * at_once:
                    all_came.set()

            task.onMessage(count)
            await Ears(task, "Open").until("Open")
            taro.phone.network.latency = 1
            await asyncio.wait_for(torrent.stopped.wait(), PATIENCE)
            assert torrent.sent < times
            taro.phone.network.latency = 0
            taro.phone.clock.start()
            taro.phone.clock.advance(1)
            await asyncio.wait_for(all_came.wait(), PATIENCE)
            assert set(came) == {size}


# --- what goes out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slow", [False, True], ids=["the server reads nothing", "the network is slow"])
async def test_a_program_that_sends_more_than_may_wait_breaks_its_socket(slow: bool) -> None:
    with RawServer(read_nothing) as server:
        async with taropy.create("weapp") as taro:
            taro.phone.sockets.max_unsent_size = 2 * MEBIBYTE
            task, ears = await opened(taro, url_of(server))
            if slow:
                taro.phone.network.bandwidth = 1
            for _ in range(200):
                if task.readyState != task.OPEN:
                    break
                task.send(data=b"x" * 500_000)
                assert "Close" not in ears.events  # who sends goes on before it is told
                await asyncio.sleep(0)
            closed = await ears.until("Close")
            assert (closed.code, closed.reason) == (1006, "abnormal closure")
            assert ears.events == ["Open", "Error", "Close"]
            assert ears.all("Error")[0].errMsg == QUEUE_FULL


async def test_one_message_may_be_longer_than_what_may_wait_and_a_test_may_lift_the_limit() -> None:
    with RawServer(read_nothing) as server:
        async with taropy.create("weapp") as taro:
            for limit, times in ((MEBIBYTE, 1), (None, 40)):
                taro.phone.sockets.max_unsent_size = limit
                task, ears = await opened(taro, url_of(server))
                for _ in range(times):
                    task.send(data=b"x" * 8 * MEBIBYTE if limit else b"x" * MEBIBYTE)
                    await asyncio.sleep(0)
                assert task.readyState == task.OPEN
                assert ears.events == ["Open"]


async def test_of_pings_that_nobody_waits_for_the_last_is_answered() -> None:
    """A server that pings and pings, and reads the answers only then."""
    pings = 80_000
    answers: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    async def talk(reader: Reader, writer: Writer) -> None:
        await shake_hands(reader, writer)
        writer.write(Frame(Opcode.PING, b"again" * 25).serialize(mask=False) * pings)
        writer.write(Frame(Opcode.PING, b"the last").serialize(mask=False))
        await writer.drain()
        size = 0
        while part := await reader.read(2**20):
            size += len(part)
            loop.call_soon_threadsafe(answers.put_nowait, part)

    answer = len(Frame(Opcode.PONG, b"the last").serialize(mask=True))
    with RawServer(talk) as server:
        async with taropy.create("weapp") as taro:
            await opened(taro, url_of(server))
            received = bytearray()
            async with asyncio.timeout(PATIENCE):
                while unmasked(received[-answer:]) != b"the last":
                    received += await answers.get()
            assert len(received) < pings * 131


def unmasked(frame: bytes) -> bytes:
    """The content of a short masked frame."""
    return bytes(byte ^ frame[2 + at % 4] for at, byte in enumerate(frame[6:]))


# --- TCP -------------------------------------------------------------------------------------------------------------


async def tcp_to(taro: Any, server: RawServer) -> tuple[Any, Ears]:
    socket = taro.createTCPSocket()
    ears = Ears(socket, "Connect", "Message", "Error", "Close")
    socket.connect(address="127.0.0.1", port=server.port)
    return socket, ears


@pytest.mark.parametrize("connected", [True, False])
async def test_a_tcp_socket_breaks_if_more_is_written_than_may_wait(connected: bool) -> None:
    async def read_nothing(reader: Reader, writer: Writer) -> None:
        await asyncio.get_running_loop().create_future()

    with RawServer(read_nothing) as server:
        async with taropy.create("weapp") as taro:
            taro.phone.sockets.max_unsent_size = 2 * MEBIBYTE
            socket, ears = await tcp_to(taro, server)
            if connected:
                await ears.until("Connect")
            for _ in range(200):
                socket.write(b"x" * 500_000)
                if connected:
                    await asyncio.sleep(0)
                if "Close" in ears.events:
                    break
            await ears.until("Close")
            assert [event for event in ears.events if event != "Connect"] == ["Error", "Close"]
            assert "write socket fail: errno:105 errmsg:" in ears.all("Error")[0].errMsg


async def test_a_tcp_server_waits_while_a_slow_network_carries_what_it_has_sent() -> None:
    torrent = Torrent(b"x" * 100_000, 400, shakes_hands=False)
    with RawServer(torrent.talk) as server:
        async with taropy.create("weapp") as taro:
            taro.phone.clock.stop()
            taro.phone.network.latency = 1
            socket, ears = await tcp_to(taro, server)
            await asyncio.sleep(0)
            taro.phone.clock.advance(1)
            await asyncio.wait_for(torrent.stopped.wait(), PATIENCE)
            assert torrent.sent < 400
            taro.phone.network.latency = 0
            taro.phone.clock.start()
            taro.phone.clock.advance(1)
            async with asyncio.timeout(PATIENCE):
                while sum(len(told.message) for told in ears.all("Message")) < 400 * 100_000:
                    await ears.until("Message", len(ears.all("Message")) + 1)
            socket.close()
            await ears.until("Close")


# --- UDP -------------------------------------------------------------------------------------------------------------


async def test_a_slow_network_loses_the_datagrams_that_are_too_many_for_it() -> None:
    async with taropy.create("weapp") as taro:
        one, other = taro.createUDPSocket(), taro.createUDPSocket()
        port = other.bind()
        came: list[bytes] = []
        last = asyncio.Event()

        def hear(told: Any) -> None:
            came.append(told.message)
            if told.message == b"the last":
                last.set()

        other.onMessage(hear)
        taro.phone.clock.stop()
        taro.phone.network.latency = 1
        for _ in range(200):
            one.send(address="127.0.0.1", port=port, message=b"x" * 60_000)
        taro.phone.network.latency = 0
        taro.phone.clock.start()
        taro.phone.clock.advance(1)
        async with asyncio.timeout(PATIENCE):
            while not last.is_set():
                one.send(address="127.0.0.1", port=port, message=b"the last")
                await asyncio.sleep(0.01)
        assert came.count(b"x" * 60_000) < 100
