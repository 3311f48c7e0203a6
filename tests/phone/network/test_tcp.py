"""TCP sockets: `createTCPSocket`."""

from __future__ import annotations

import asyncio
import errno
from typing import Any

import pytest
from listened import Ears, descriptors, leaving_no_task
from servers import RawServer, reset, unused_port

import taropy
from taropy import TaroError, spec
from taropy.phone import Phone

pytestmark = pytest.mark.anyio

PLATFORMS = sorted(spec.supported_on("createTCPSocket"))

Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter


async def echo(reader: Reader, writer: Writer) -> None:
    while part := await reader.read(65536):
        writer.write(part)
        await writer.drain()


def listening(socket: Any) -> Ears:
    return Ears(socket, "Connect", "Message", "Error", "Close")


async def received(ears: Ears, size: int) -> bytes:
    """What has come in, as soon as it is that much."""
    times = 1
    while True:
        await ears.until("Message", times)
        parts = b"".join(bytes(told["message"]) for told in ears.all("Message"))
        if len(parts) >= size:
            return parts
        times += 1


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_written_arrives_and_so_does_the_answer(platform: str) -> None:
    with RawServer(echo) as server:
        async with taropy.create(platform) as taro:
            tcp = taro.createTCPSocket()
            ears = listening(tcp)
            tcp.connect(address="127.0.0.1", port=server.port)
            tcp.write("early, ")  # is sent when the connection is made
            await ears.until("Connect")
            tcp.write("\N{SNOWMAN} ")
            tcp.write(b"\x00\xff")
            assert await received(ears, 13) == "early, \N{SNOWMAN} ".encode() + b"\x00\xff"
            told = ears.all("Message")[0]
            assert (told.remoteInfo.address, told.remoteInfo.port) == ("127.0.0.1", server.port)
            assert told.remoteInfo.family == told.localInfo.family == "IPv4"
            assert sum(each.remoteInfo.size for each in ears.all("Message")) == 13
            tcp.close()
            await ears.until("Close")
            assert {*ears.events} == {"Connect", "Message", "Close"}


async def test_much_arrives_as_it_was() -> None:
    data = bytes(range(256)) * 20_000
    with RawServer(echo) as server:
        async with taropy.create("weapp") as taro:
            tcp = taro.createTCPSocket()
            ears = listening(tcp)
            tcp.connect(address="localhost", port=server.port)
            tcp.write(data)
            assert await received(ears, len(data)) == data


async def test_listeners_can_be_taken_off() -> None:
    with RawServer(echo) as server, Phone() as phone:
        tcp = phone.native("weapp").createTCPSocket()
        ears = listening(tcp)
        heard: list[Any] = []
        tcp.onMessage(heard.append)
        tcp.offMessage(heard.append)
        tcp.offConnect()
        tcp.connect({"address": "127.0.0.1", "port": server.port})
        tcp.write("a")
        await ears.until("Message")
        assert ears.events == ["Message"]
        assert not heard
        tcp.close()
        await ears.until("Close")


WRONG = {
    "no address": ({"port": 9999}, 1),
    "an empty address": ({"address": "", "port": 9999}, 1),
    "a number": ({"address": 1, "port": 9999}, 1),
    "no port": ({"address": "127.0.0.1"}, 2),
    "port 0": ({"address": "127.0.0.1", "port": 0}, 2),
    "a port that is none": ({"address": "127.0.0.1", "port": 70_000}, 2),
    "text": ({"address": "127.0.0.1", "port": "9999"}, 2),
    "a port of the system": ({"address": "127.0.0.1", "port": 1023}, 2),
    "a forbidden port": ({"address": "127.0.0.1", "port": 6379}, 2),
    "another": ({"address": "127.0.0.1", "port": 8080}, 2),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_wrong_addresses_and_forbidden_ports_are_errors(wrong: str) -> None:
    options, code = WRONG[wrong]
    with Phone() as phone:
        tcp = phone.native("weapp").createTCPSocket()
        ears = listening(tcp)
        tcp.connect(options)
        error = await ears.until("Error")
        assert error["errCode"] == code
        assert error["errMsg"].startswith("connect socket: fail invalid ")
        assert ears.events == ["Error"]


@pytest.mark.parametrize("data", [None, 1, ["a"]])
async def test_only_text_and_bytes_are_written_and_only_when_connected(data: Any) -> None:
    with Phone() as phone:
        tcp = phone.native("weapp").createTCPSocket()
        ears = listening(tcp)
        tcp.write(data)
        assert "should be String/ArrayBuffer" in (await ears.until("Error"))["errMsg"]
        tcp.write("text")
        assert "is not connected" in (await ears.until("Error", 2))["errMsg"]
        tcp.close()
        assert ears.events == ["Error", "Error"]


async def test_a_socket_has_one_connection_at_a_time() -> None:
    with RawServer(echo) as server, Phone() as phone:
        tcp = phone.native("weapp").createTCPSocket()
        ears = listening(tcp)
        for _ in range(2):
            tcp.connect({"address": "127.0.0.1", "port": server.port})
        assert "connected already" in (await ears.until("Error"))["errMsg"]
        await ears.until("Connect")
        tcp.close()
        await ears.until("Close")
        tcp.connect({"address": "127.0.0.1", "port": server.port})
        await ears.until("Connect", 2)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost"])
async def test_nobody_listens(address: str) -> None:
    with Phone() as phone:
        tcp = phone.native("weapp").createTCPSocket()
        ears = listening(tcp)
        tcp.connect({"address": address, "port": unused_port()})
        error = await ears.until("Error")
        assert error == {
            "errCode": -2,
            "errMsg": f"connect socket fail: errno:{errno.ECONNREFUSED} errmsg:Connection refused",
            "errNum": errno.ECONNREFUSED,
        }
        await ears.until("Close")
        assert ears.events == ["Error", "Close"]


@pytest.mark.parametrize("name", ["nowhere.invalid", "a" * 70 + ".invalid"])
async def test_a_name_that_nobody_has(name: str) -> None:
    with Phone() as phone:
        tcp = phone.native("weapp").createTCPSocket()
        ears = listening(tcp)
        tcp.connect({"address": name, "port": 9999})
        assert (await ears.until("Error"))["errCode"] in (-4, -2)
        await ears.until("Close")


async def test_a_server_that_resets_is_an_error() -> None:
    async def leave(reader: Reader, writer: Writer) -> None:
        await reader.read(1)
        reset(writer)

    with RawServer(leave) as server, leaving_no_task():
        async with taropy.create("weapp") as taro:
            before = descriptors()
            tcp = taro.createTCPSocket()
            ears = listening(tcp)
            tcp.connect(address="127.0.0.1", port=server.port)
            tcp.write("a")
            await ears.until("Close")
            assert ears.events == ["Connect", "Error", "Close"]
            assert ears.all("Error")[0].errNum == errno.ECONNRESET
            assert await asyncio.to_thread(server.wait_until_left)
            assert descriptors() == before


async def test_a_server_that_ends_is_none() -> None:
    async def bye(reader: Reader, writer: Writer) -> None:
        writer.write(b"bye")

    with RawServer(bye) as server:
        async with taropy.create("weapp") as taro:
            tcp = taro.createTCPSocket()
            ears = listening(tcp)
            tcp.connect(address="127.0.0.1", port=server.port)
            await ears.until("Close")
            assert ears.events == ["Connect", "Message", "Close"]


async def test_connecting_takes_only_so_long() -> None:
    async with taropy.create("weapp") as taro:
        taro.phone.network.latency = 60
        tcp = taro.createTCPSocket()
        ears = listening(tcp)
        tcp.connect({"address": "127.0.0.1", "port": unused_port(), "timeout": 0.05})
        assert (await ears.until("Error")).errNum == errno.ETIMEDOUT
        await ears.until("Close")


async def test_when_the_network_goes_connections_break_and_none_are_made() -> None:
    with RawServer(echo) as server, leaving_no_task():
        async with taropy.create("weapp") as taro:
            tcp = taro.createTCPSocket()
            ears = listening(tcp)
            tcp.connect(address="127.0.0.1", port=server.port)
            await ears.until("Connect")
            taro.phone.network.type = "none"
            await ears.until("Close")
            tcp.connect(address="127.0.0.1", port=server.port)
            await ears.until("Close", 2)
            assert ears.events == ["Connect", "Error", "Close", "Error", "Close"]
            codes = [error.errNum for error in ears.all("Error")]
            assert codes == [errno.ECONNABORTED, errno.ENETUNREACH]
            taro.phone.network.type = "wifi"
            tcp.connect(address="127.0.0.1", port=server.port)
            await ears.until("Connect", 2)


async def test_a_slow_network_keeps_the_order() -> None:
    with RawServer(echo) as server:
        async with taropy.create("weapp") as taro:
            taro.phone.network.latency = 0.001
            taro.phone.network.bandwidth = 1_000_000
            tcp = taro.createTCPSocket()
            ears = listening(tcp)
            tcp.connect(address="127.0.0.1", port=server.port)
            for number in range(20):
                tcp.write(f"{number:03}")
            assert (await received(ears, 60)).decode() == "".join(f"{number:03}" for number in range(20))
            tcp.close()
            await ears.until("Close")


async def test_the_list_of_domains_holds_for_servers_outside_the_local_network() -> None:
    with Phone() as phone:
        phone.network.domains = ["tcp://a.invalid"]
        tcp = phone.native("weapp").createTCPSocket()
        ears = listening(tcp)
        for number, (address, code) in enumerate({"b.invalid": 1, "8.8.8.8": 1, "a.invalid": -4}.items(), 1):
            tcp.connect({"address": address, "port": 9999})
            error = await ears.until("Error", number)
            assert error["errCode"] == code, address


async def test_twenty_sockets_in_five_minutes() -> None:
    with taropy.create("weapp") as taro:
        taro.phone.clock.stop()
        for _ in range(20):
            taro.createTCPSocket()
        with pytest.raises(TaroError) as failure:
            taro.createTCPSocket()
        assert failure.value.errMsg == "createTCPSocket:fail exceed max count 20 in 5 minutes"
        taro.phone.clock.advance(300)
        taro.createTCPSocket()
        taro.phone.sockets.max_tcp_sockets = None
        for _ in range(30):
            taro.createTCPSocket()


@pytest.mark.parametrize(
    ("device", "bssid", "network", "code"),
    [
        ("Pixel 8", "02:00:00:00:00:01", "wifi", None),
        ("Pixel 8", "02:00:00:00:00:01", "4g", 3),
        ("Pixel 8", "home", "wifi", 3),
        ("iPhone 15 Pro", "02:00:00:00:00:01", "wifi", 5),
    ],
)
async def test_binding_to_wifi_is_for_android_phones_with_wifi(
    device: str, bssid: str, network: str, code: int | None
) -> None:
    with Phone(device=device) as phone:
        phone.network.type = network
        tcp = phone.native("weapp").createTCPSocket()
        ears = Ears(tcp, "BindWifi", "Error")
        tcp.bindWifi({"BSSID": bssid})
        if code is None:
            await ears.until("BindWifi")
        else:
            assert (await ears.until("Error"))["errCode"] == code


async def test_the_end_of_the_phone_ends_connections() -> None:
    with RawServer(echo) as server, leaving_no_task():
        phone = Phone()
        open_one, coming = (phone.native("weapp").createTCPSocket() for _ in range(2))
        ears, others = listening(open_one), listening(coming)
        open_one.connect({"address": "127.0.0.1", "port": server.port})
        await ears.until("Connect")
        coming.connect({"address": "127.0.0.1", "port": server.port})
        await phone.aclose()
        assert ears.events == ["Connect", "Close"]
        assert others.events == ["Close"]
        assert await asyncio.to_thread(server.wait_until_left)


@pytest.mark.parametrize(
    ("make", "method"),
    [
        ("createTCPSocket", "connect"),
        ("createUDPSocket", "connect"),
        ("createUDPSocket", "send"),
        ("createUDPSocket", "write"),
    ],
)
@pytest.mark.parametrize("options", [None, "127.0.0.1", 5, []], ids=repr)
async def test_options_that_are_none_are_an_error_that_is_told(make: str, method: str, options: Any) -> None:
    with Phone() as phone:
        opened = getattr(phone.native("weapp"), make)()
        told: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        opened.onError(told.set_result)
        getattr(opened, method)(options)
        assert "parameter error: parameter should be Object" in (await told)["errMsg"]
