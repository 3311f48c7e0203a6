"""Services in the local network: `startLocalServiceDiscovery` and its events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from listened import Ears, leaving_no_task
from natively import called
from zeroconf import DNSOutgoing, DNSPointer, ServiceInfo, Zeroconf
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

import taropy
from taropy import TaroError, extras, spec
from taropy.phone import Phone

pytestmark = pytest.mark.anyio

PLATFORMS = sorted(spec.supported_on("startLocalServiceDiscovery"))
LOOPBACK = ["127.0.0.1"]
# Of DNS: the flags of an answer, and what makes a record one that names a service.
RESPONSE, POINTER, INTERNET = 0x8400, 12, 1
EVENTS = ("Found", "Lost", "ResolveFail", "DiscoveryStop")


@pytest.fixture(scope="module")
def multicast() -> None:
    """Skips where the computer carries no multicast on its loopback interface."""
    try:
        searching, offering = (Zeroconf(interfaces=LOOPBACK) for _ in range(2))
    except OSError as error:
        pytest.skip(f"no multicast on loopback: {error}")
    name = "probe._taropy-probe._tcp.local."
    service = ServiceInfo("_taropy-probe._tcp.local.", name, 9, addresses=[b"\x7f\0\0\1"], server="probe.local.")
    try:
        offering.register_service(service, cooperating_responders=True)
        if searching.get_service_info(service.type, name, 3000) is None:
            pytest.skip("nobody hears multicast on loopback")
    finally:
        searching.close()
        offering.close()


@pytest.fixture
def kind(request: pytest.FixtureRequest, multicast: None) -> str:
    """A kind of service that no other test has, so that tests may run at the same time."""
    return f"_t{abs(hash(request.node.nodeid)) % 10**10}._tcp"


@asynccontextmanager
async def offering(kind: str, name: str, port: int = 8848, **properties: str) -> AsyncIterator[AsyncZeroconf]:
    """Another device, which offers a service."""
    service = AsyncServiceInfo(
        f"{kind}.local.",
        f"{name}.{kind}.local.",
        port,
        addresses=[b"\x7f\0\0\1"],
        properties=properties,
        server="device.local.",
    )
    device = AsyncZeroconf(interfaces=LOOPBACK)
    try:
        announcing = asyncio.ensure_future(await device.async_register_service(service, cooperating_responders=True))
        yield device
        announcing.cancel()  # who searches asks, and need not wait for the last announcement
    finally:
        await device.async_close()


@pytest.fixture
def phone() -> Iterator[Phone]:
    """A phone that searches on this computer only."""
    with Phone() as phone:
        phone.discovery.interfaces = LOOPBACK
        yield phone


def listening(taro: Any) -> Ears:
    return Ears(taro, *EVENTS, prefix="onLocalService")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_service_is_found_and_lost(platform: str, kind: str, phone: Phone) -> None:
    with leaving_no_task():
        taro = taropy.create(platform, phone=phone)
        ears = listening(taro)
        async with offering(kind, "lamp \N{SNOWMAN}", 8848, room="kitchen"):
            await taro.startLocalServiceDiscovery(serviceType=f"{kind}.")
            found = await ears.until("Found")
            assert (found.serviceType, found.serviceName) == (f"{kind}.", "lamp \N{SNOWMAN}")
            assert (found.ip, found.port) == ("127.0.0.1", 8848)
            assert found["attributes"] == {"room": "kitchen"}
        lost = await ears.until("Lost")
        assert (lost.serviceType, lost.serviceName) == (f"{kind}.", "lamp \N{SNOWMAN}")
        await taro.stopLocalServiceDiscovery()
        await ears.until("DiscoveryStop")
        assert ears.events == ["Found", "Lost", "DiscoveryStop"]
        taro.close()
        await phone.aclose()


async def test_a_search_ends_after_thirty_seconds(kind: str, phone: Phone) -> None:
    wx = phone.native("weapp")
    ears = listening(wx)
    phone.clock.stop()
    assert (await called(wx, "startLocalServiceDiscovery", serviceType=kind))["errMsg"].endswith(":ok")
    again = await called(wx, "startLocalServiceDiscovery", serviceType=kind)
    assert again["errMsg"] == "startLocalServiceDiscovery:fail scan task already exist"
    await asyncio.sleep(0)  # the search has begun
    phone.clock.advance(30)
    await ears.until("DiscoveryStop")
    assert (await called(wx, "startLocalServiceDiscovery", serviceType=kind))["errMsg"].endswith(":ok")
    assert (await called(wx, "stopLocalServiceDiscovery"))["errMsg"].endswith(":ok")
    await ears.until("DiscoveryStop", 2)
    await phone.aclose()


async def test_without_a_search_there_is_none_to_stop() -> None:
    async with taropy.create("weapp") as taro:
        with pytest.raises(TaroError) as failure:
            await taro.stopLocalServiceDiscovery()
        assert failure.value.errMsg == "stopLocalServiceDiscovery:fail task not found"


@pytest.mark.parametrize(
    "wrong", [None, "", "http", "_http", "_http._tcp.elsewhere.", "_" * 80 + "._tcp.", "a b._tcp."]
)
async def test_a_kind_of_service_must_be_one(wrong: str | None, phone: Phone) -> None:
    answer = await called(phone.native("weapp"), "startLocalServiceDiscovery", serviceType=wrong)
    assert answer["errMsg"] == "startLocalServiceDiscovery:fail invalid param"


async def test_two_apps_search_at_the_same_time(kind: str, phone: Phone) -> None:
    async with offering(kind, "lamp"):
        apps = [phone.native(platform) for platform in ("weapp", "tt")]
        ears = [listening(app) for app in apps]
        for app in apps:
            assert (await called(app, "startLocalServiceDiscovery", serviceType=kind))["errMsg"].endswith(":ok")
        for each in ears:
            assert (await each.until("Found"))["serviceName"] == "lamp"
        await phone.aclose()
        assert [each.events for each in ears] == [["Found", "DiscoveryStop"]] * 2


async def test_a_service_that_nobody_tells_the_place_of(
    kind: str, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unanswered(*_: Any) -> bool:
        return False

    monkeypatch.setattr(AsyncServiceInfo, "async_request", unanswered)
    async with offering(kind, "ghost"):
        wx = phone.native("weapp")
        ears = listening(wx)
        await called(wx, "startLocalServiceDiscovery", serviceType=kind)
        assert await ears.until("ResolveFail") == {"serviceType": kind, "serviceName": "ghost"}
        await phone.aclose()


def announce(device: AsyncZeroconf, kind: str, *names: str) -> None:
    """Has the device say that these are services of the kind, whatever they are called; it tells nothing else."""
    told = DNSOutgoing(RESPONSE)
    for name in names:
        told.add_answer_at_time(DNSPointer(f"{kind}.local.", POINTER, INTERNET, 4500, name), 0)
    device.zeroconf.async_send(told)


NO_NAMES = {
    "a control character": "bad\x01\x1fname\x7f.{kind}.local.",
    "a line break": "bad\nname.{kind}.local.",
    "another kind": "lamp._other._tcp.local.",
    "the kind alone": "{kind}.local.",
    "no kind": "lamp.local.",
    "another domain": "lamp.{kind}.example.com.",
    "a hyphen too many": "lamp._a--b._tcp.local.",
    "a long name": ".".join(["x" * 60] * 3) + ".{kind}.local.",
}


@pytest.mark.parametrize("wrong", NO_NAMES)
async def test_what_is_no_name_of_a_service_has_no_place(kind: str, phone: Phone, wrong: str) -> None:
    name = NO_NAMES[wrong].format(kind=kind)
    with leaving_no_task():
        async with offering(kind, "lamp") as device:
            wx = phone.native("weapp")
            ears = listening(wx)
            await called(wx, "startLocalServiceDiscovery", serviceType=kind)
            await ears.until("Found")
            announce(device, kind, name)
            failed = await ears.until("ResolveFail")
            assert failed == {"serviceType": kind, "serviceName": name.removesuffix(f".{kind}.local.")}
            assert ears.events == ["Found", "ResolveFail"]
            await phone.aclose()


async def test_names_of_kinds_may_be_written_in_capitals(kind: str, phone: Phone) -> None:
    async with offering(kind, "lamp") as device:
        wx = phone.native("weapp")
        ears = listening(wx)
        await called(wx, "startLocalServiceDiscovery", serviceType=kind)
        await ears.until("Found")
        announce(device, kind, f"bad\x01name.{kind.upper()}.LOCAL.")
        assert (await ears.until("ResolveFail"))["serviceName"] == "bad\x01name"
        await phone.aclose()


async def test_nothing_is_found_without_a_network(kind: str, phone: Phone) -> None:
    async with offering(kind, "lamp"):
        wx, there = phone.native("weapp"), Phone()
        there.discovery.interfaces = LOOPBACK
        ears, others = listening(wx), listening(there.native("weapp"))
        phone.network.type = "none"
        for each in (wx, there.native("weapp")):
            await called(each, "startLocalServiceDiscovery", serviceType=kind)
        await others.until("Found")
        assert not ears.events
        await there.aclose()
        await phone.aclose()


async def test_listeners_can_be_taken_off(kind: str, phone: Phone) -> None:
    async with offering(kind, "lamp"):
        wx = phone.native("weapp")
        ears, kept = listening(wx), listening(wx)
        for event in EVENTS:
            getattr(wx, f"offLocalService{event}")()
        kept = listening(wx)
        await called(wx, "startLocalServiceDiscovery", serviceType=kind)
        await kept.until("Found")
        assert not ears.events
        await phone.aclose()


def test_the_end_of_a_loop_ends_its_search(kind: str, phone: Phone) -> None:
    wx = phone.native("weapp")

    async def search() -> Ears:
        ears = listening(wx)
        await called(wx, "startLocalServiceDiscovery", serviceType=kind)
        return ears

    assert asyncio.run(search()).events == ["DiscoveryStop"]
    assert asyncio.run(search()).events == ["DiscoveryStop"]


async def test_without_the_library_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(extras.importlib, "import_module", missing)
    with Phone() as phone:
        answer = await called(phone.native("weapp"), "startLocalServiceDiscovery", serviceType="_http._tcp.")
        assert "pip install 'taropy[mdns]'" in answer["errMsg"]
