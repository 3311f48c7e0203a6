"""UDP sockets: `createUDPSocket`."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from listened import Ears, descriptors, leaving_no_task
from natively import PATIENCE, turns

import taropy
from taropy import TaroError, spec
from taropy.phone import Phone

pytestmark = pytest.mark.anyio

PLATFORMS = sorted(spec.supported_on("createUDPSocket"))


@pytest.fixture
def peer() -> Iterator[socket.socket]:
    """Another device, as far as the phone can tell."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(PATIENCE)
        yield peer


def port_of(peer: socket.socket) -> int:
    port: int = peer.getsockname()[1]
    return port


def listening(udp: Any) -> Ears:
    return Ears(udp, "Listening", "Message", "Error", "Close")


async def heard(peer: socket.socket) -> tuple[bytes, Any]:
    return await asyncio.to_thread(peer.recvfrom, 65536)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_messages_go_there_and_come_back(platform: str, peer: socket.socket) -> None:
    async with taropy.create(platform) as taro:
        udp = taro.createUDPSocket()
        ears = listening(udp)
        port = udp.bind()
        assert port > 0
        await ears.until("Listening")
        udp.send(address="127.0.0.1", port=port_of(peer), message="\N{SNOWMAN}")
        assert await heard(peer) == ("\N{SNOWMAN}".encode(), ("127.0.0.1", port))
        peer.sendto(b"\x00\xff", ("127.0.0.1", port))
        told = await ears.until("Message")
        assert told.message == b"\x00\xff"
        assert (told.remoteInfo.address, told.remoteInfo.port) == ("127.0.0.1", port_of(peer))
        assert (told.remoteInfo.family, told.remoteInfo.size) == ("IPv4", 2)
        assert told.localInfo.port == port
        udp.close()
        await ears.until("Close")
        assert ears.events == ["Listening", "Message", "Close"]


async def test_a_port_can_be_chosen_unless_it_is_taken(peer: socket.socket) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free, taropy.create("weapp") as taro:
        free.bind(("", 0))
        port = port_of(free)
        udp = taro.createUDPSocket()
        ears = listening(udp)
        assert udp.bind(port) == 0
        assert (await ears.until("Error")).errNum == errno.EADDRINUSE
        free.close()
        assert udp.bind(port) == port
        assert udp.bind() == 0
        assert "bound already" in (await ears.until("Error", 2)).errMsg


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"message": b"0123456789", "offset": 3}, b"3456789"),
        ({"message": b"0123456789", "length": 3}, b"012"),
        ({"message": b"0123456789", "offset": 3, "length": 4}, b"3456"),
        ({"message": b"0123456789", "offset": 10}, b""),
        ({"message": bytearray(b"0123"), "length": 0}, b""),
        ({"message": "text", "offset": 2, "length": 1}, b"text"),
        ({"message": ""}, b""),
    ],
)
async def test_a_part_of_bytes_can_be_sent(options: dict[str, Any], sent: bytes, peer: socket.socket) -> None:
    async with taropy.create("weapp") as taro:
        udp = taro.createUDPSocket()
        udp.send({"address": "127.0.0.1", "port": port_of(peer), **options})
        assert (await heard(peer))[0] == sent


WRONG: dict[str, tuple[dict[str, Any], int]] = {
    "no address": ({"address": None}, 1),
    "an empty address": ({"address": ""}, 1),
    "no port": ({"port": None}, 2),
    "a port that is none": ({"port": 65536}, 2),
    "no message": ({"message": None}, -1),
    "a number": ({"message": 1}, -1),
    "an offset beyond the end": ({"offset": 2}, -1),
    "a length beyond the end": ({"length": 2}, -1),
    "a negative offset": ({"offset": -1}, -1),
    "a message that is too long": ({"message": b"x" * 70_000}, -2),
    "a broadcast without leave": ({"address": "127.255.255.255"}, -2),
    "a name that nobody has": ({"address": "nowhere.invalid"}, -4),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("method", ["send", "write"])
async def test_what_can_not_be_sent_is_an_error(wrong: str, method: str) -> None:
    options, code = WRONG[wrong]
    async with Phone() as phone:
        udp = phone.native("weapp").createUDPSocket()
        ears = listening(udp)
        getattr(udp, method)({"address": "127.0.0.1", "port": 9, "message": b"a", **options})
        error = await ears.until("Error")
        assert error["errCode"] == code
        assert error["errMsg"].startswith(method)


async def test_a_broadcast_may_be_sent_if_the_program_says_so() -> None:
    async with Phone() as phone:
        udp = phone.native("weapp").createUDPSocket()
        ears = listening(udp)
        udp.send({"address": "127.255.255.255", "port": 9, "message": "a", "setBroadcast": True})
        udp.close()
        await ears.until("Close")
        assert "Error" not in ears.events


async def test_write_goes_to_the_one_that_it_was_connected_to(peer: socket.socket) -> None:
    async with taropy.create("weapp") as taro:
        udp = taro.createUDPSocket()
        port = udp.bind()
        udp.connect(address="127.0.0.1", port=port_of(peer))
        udp.write(address="127.0.0.1", port=9, message="there")
        assert await heard(peer) == (b"there", ("127.0.0.1", port))


@pytest.mark.parametrize("options", [{}, {"address": "127.0.0.1"}, {"address": "127.0.0.1", "port": "9"}])
async def test_it_is_connected_to_an_address_and_a_port(options: dict[str, Any]) -> None:
    async with Phone() as phone:
        udp = phone.native("weapp").createUDPSocket()
        ears = listening(udp)
        udp.connect(options)
        assert (await ears.until("Error"))["errMsg"].startswith("connect: fail invalid ")


async def test_names_are_looked_up(peer: socket.socket) -> None:
    async with taropy.create("weapp") as taro:
        udp = taro.createUDPSocket()
        udp.send(address="localhost", port=port_of(peer), message="by name")
        assert (await heard(peer))[0] == b"by name"


@pytest.mark.parametrize("ttl", [-1, 256, "1", None])
async def test_a_ttl_is_a_number_up_to_255(ttl: Any) -> None:
    async with Phone() as phone:
        udp = phone.native("weapp").createUDPSocket()
        ears = listening(udp)
        udp.setTTL(64)
        assert "not bound" in (await ears.until("Error"))["errMsg"]
        udp.bind()
        udp.setTTL(64)
        udp.setTTL(ttl)
        assert (await ears.until("Error", 2))["errMsg"] == f"setTTL: fail invalid ttl {ttl!r}"


async def test_a_closed_socket_sends_and_hears_nothing(peer: socket.socket) -> None:
    with leaving_no_task():
        async with taropy.create("weapp") as taro:
            before = descriptors()
            udp = taro.createUDPSocket()
            ears = listening(udp)
            port = udp.bind()
            await ears.until("Listening")
            udp.close()
            udp.close()
            await ears.until("Close")
            peer.sendto(b"late", ("127.0.0.1", port))
            udp.send(address="127.0.0.1", port=port_of(peer), message="late")
            assert "closed" in (await ears.until("Error")).errMsg
            assert ears.events == ["Listening", "Close", "Error"]
            assert descriptors() == before


async def test_one_that_was_never_bound_can_be_closed() -> None:
    async with taropy.create("weapp") as taro:
        udp = taro.createUDPSocket()
        ears = listening(udp)
        udp.close()
        await ears.until("Close")


@pytest.mark.parametrize(
    "use",
    [
        lambda t: t.createUDPSocket().bind(),
        lambda t: t.createUDPSocket().send(address="127.0.0.1", port=9999, message="x"),
        lambda t: t.createUDPSocket().close(),
        lambda t: t.createTCPSocket().connect(address="127.0.0.1", port=9999),
        lambda t: t.createTCPSocket().write(b"x"),
    ],
)
def test_a_script_without_an_event_loop_is_told_what_to_do(use: Any) -> None:
    with taropy.create("weapp") as taro, pytest.raises(TaroError) as failure:
        use(taro)
    assert failure.value.errMsg.endswith("start the program by taropy.run(main)")


async def test_ipv6() -> None:
    async with Phone() as phone:
        wx = phone.native("weapp")
        try:
            with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as peer:
                peer.bind(("::1", 0))
                peer.settimeout(PATIENCE)
                udp = wx.createUDPSocket("udp6")
                ears = listening(udp)
                port = udp.bind()
                udp.setTTL(3)
                udp.send({"address": "::1", "port": port_of(peer), "message": "six"})
                assert (await heard(peer))[0] == b"six"
                peer.sendto(b"back", ("::1", port))
                assert (await ears.until("Message"))["remoteInfo"]["family"] == "IPv6"
        except OSError as error:
            pytest.skip(f"this computer has no IPv6: {error}")


async def test_there_are_two_types() -> None:
    with taropy.create("weapp") as taro:
        for type in ("udp4", "udp6"):
            taro.createUDPSocket(type)
        with pytest.raises(TaroError) as failure:
            taro.createUDPSocket("udp5")
    assert failure.value.errMsg.startswith("createUDPSocket:fail parameter error: type should be udp4 or udp6")


async def test_without_a_network_nothing_is_sent_and_nothing_comes(peer: socket.socket) -> None:
    async with taropy.create("weapp") as taro:
        udp = taro.createUDPSocket()
        ears = listening(udp)
        port = udp.bind()
        await ears.until("Listening")
        taro.phone.network.type = "none"
        udp.send(address="127.0.0.1", port=port_of(peer), message="a")
        assert (await ears.until("Error")).errNum == errno.ENETUNREACH
        peer.sendto(b"missed", ("127.0.0.1", port))
        await turns()
        taro.phone.network.type = "wifi"
        peer.sendto(b"heard", ("127.0.0.1", port))
        assert (await ears.until("Message")).message == b"heard"


async def test_what_goes_missing_on_the_way_is_no_error(peer: socket.socket) -> None:
    async with taropy.create("weapp") as taro:
        udp = taro.createUDPSocket()
        ears = listening(udp)
        taro.phone.network.loss = 1
        udp.send(address="127.0.0.1", port=port_of(peer), message="lost")
        taro.phone.network.loss = 0
        udp.send(address="127.0.0.1", port=port_of(peer), message="found")
        assert (await heard(peer))[0] == b"found"
        assert "Error" not in ears.events


async def test_a_slow_network_is_slow_both_ways(peer: socket.socket) -> None:
    async with taropy.create("weapp") as taro:
        clock = taro.phone.clock
        udp = taro.createUDPSocket()
        ears = listening(udp)
        port = udp.bind()
        await ears.until("Listening")
        clock.stop()
        taro.phone.network.latency = 5
        udp.send(address="127.0.0.1", port=port_of(peer), message="slow")
        peer.sendto(b"slow as well", ("127.0.0.1", port))
        await turns()
        assert "Message" not in ears.events
        clock.advance(5)
        assert (await heard(peer))[0] == b"slow"
        assert (await ears.until("Message")).message == b"slow as well"


async def test_the_end_of_the_phone_ends_sockets() -> None:
    with leaving_no_task():
        before = descriptors()
        phone = Phone()
        udp, unready = (phone.native("weapp").createUDPSocket() for _ in range(2))
        ears, others = listening(udp), listening(unready)
        udp.bind()
        await ears.until("Listening")
        unready.bind()
        await phone.aclose()
        assert ears.events == ["Listening", "Close"]
        assert others.events == ["Close"]
        assert descriptors() == before
