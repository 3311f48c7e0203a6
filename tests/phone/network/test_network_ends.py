"""What a program has under way in the network ends with it, on a phone that goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from listened import Ears, descriptors, echo, opened, serving
from natively import called
from servers import RawServer, saying
from zeroconf import Zeroconf

import taropy
from taropy.phone import Phone

pytestmark = pytest.mark.anyio


@pytest.fixture
async def phone() -> AsyncIterator[Phone]:
    async with Phone() as phone:
        phone.discovery.interfaces = ["127.0.0.1"]
        yield phone


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async with serving(echo) as url:
        yield url


def closing(taro: Any) -> None:
    taro.close()


async def aclosing(taro: Any) -> None:
    await taro.aclose()


async def by_a_thread(taro: Any) -> None:
    await asyncio.to_thread(taro.close)


HOW = pytest.mark.parametrize("end", [closing, aclosing, by_a_thread])


async def ended(end: Callable[[Any], Awaitable[None] | None], taro: Any) -> None:
    ending = end(taro)
    if ending is not None:
        await ending


async def web_socket(taro: Any, url: str) -> Ears:
    return (await opened(taro, url))[1]


async def tcp_socket(taro: Any, url: str) -> Ears:
    socket = taro.createTCPSocket()
    ears = Ears(socket, "Connect", "Close")
    socket.connect(address="127.0.0.1", port=int(url.rstrip("/").rpartition(":")[2]))
    await ears.until("Connect")
    return ears


async def udp_socket(taro: Any, url: str) -> Ears:
    socket = taro.createUDPSocket()
    ears = Ears(socket, "Listening", "Close")
    socket.bind()
    await ears.until("Listening")
    return ears


SOCKETS = pytest.mark.parametrize("made", [web_socket, tcp_socket, udp_socket])


@HOW
@SOCKETS
async def test_its_sockets_end_with_it(end: Any, made: Any, phone: Phone, url: str) -> None:
    taro = taropy.create("weapp", phone=phone)
    ears = await made(taro, url)
    await ended(end, taro)
    await ears.until("Close")
    assert not phone.closed


@SOCKETS
async def test_who_waits_for_the_end_finds_nothing_left(made: Any, phone: Phone, url: str) -> None:
    taro = taropy.create("weapp", phone=phone)
    ears = await made(taro, url)
    before = len(descriptors())
    await taro.aclose()
    assert ears.events[-1] == "Close"
    assert len(descriptors()) < before


@SOCKETS
@pytest.mark.parametrize("platform", ["weapp", "tt"])
async def test_other_programs_keep_theirs(made: Any, platform: str, phone: Phone, url: str) -> None:
    taro, other = taropy.create("weapp", phone=phone), taropy.create(platform, phone=phone)
    ears = await made(taro, url)
    socket, others = await opened(other, url)
    await taro.aclose()
    await ears.until("Close")
    socket.send(data="still here")
    assert (await others.until("Message")).data == "still here"
    assert "Close" not in others.events


@HOW
async def test_its_search_for_services_ends_with_it(end: Any, phone: Phone) -> None:
    try:
        Zeroconf(interfaces=["127.0.0.1"]).close()
    except OSError as error:
        pytest.skip(f"no multicast on loopback: {error}")
    taro = taropy.create("weapp", phone=phone)
    native = phone.native("weapp")
    ears = Ears(native, "DiscoveryStop", prefix="onLocalService")
    await taro.startLocalServiceDiscovery(serviceType="_taropy-ends._tcp")
    await ended(end, taro)
    await ears.until("DiscoveryStop")
    assert (await called(native, "stopLocalServiceDiscovery"))["errMsg"].endswith("task not found")


@HOW
async def test_its_requests_fail_and_those_of_other_programs_go_on(end: Any, phone: Phone) -> None:
    with RawServer(saying(b"", then="wait")) as server:
        taro = taropy.create("weapp", phone=phone)
        ours = asyncio.ensure_future(called(taro.native, "request", url=server.url()))
        theirs = asyncio.ensure_future(called(phone.native("weapp"), "request", url=server.url()))
        await asyncio.to_thread(server.wait_for, lambda: server.connections == 2)
        await ended(end, taro)
        assert await ours == {"errMsg": "request:fail interrupted", "errno": 600003}
        assert not theirs.done()
        await phone.aclose()
        await theirs


async def test_it_hears_nothing_more_of_the_network(phone: Phone) -> None:
    heard: list[Any] = []
    async with taropy.create("weapp", phone=phone) as taro:
        taro.onNetworkStatusChange(heard.append)
        phone.network.type = "4g"
    phone.network.type = "none"
    assert [told.networkType for told in heard] == ["4g"]


def test_it_may_end_while_its_loop_waits_to_run_again() -> None:
    with RawServer(saying(b"", then="wait")) as server, asyncio.Runner() as runner, Phone() as phone:
        taro = taropy.create("weapp", phone=phone)

        async def begin() -> None:
            taro.request(url=server.url(), fail=lambda _: None)
            await asyncio.to_thread(server.wait_for, lambda: server.connections == 1)

        runner.run(begin())
        taro.close()
        assert phone.network.in_flight == 0
        assert server.wait_until_left()


def test_a_request_outside_an_event_loop_is_refused_and_leaves_nothing() -> None:
    with Phone() as phone:
        native = phone.native("weapp")
        with pytest.raises(RuntimeError, match="no running event loop"):
            native.request({"url": "http://127.0.0.1/"})
        assert phone.network.in_flight == 0
        phone.end(native)
