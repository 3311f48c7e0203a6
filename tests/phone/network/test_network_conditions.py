"""The phone's network as a test sets it: its type, its speed, its losses, and what programs hear of it."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from natively import call, called
from servers import Answer, RawServer, WebServer, saying
from transfers import FUNCTIONS, no_tasks_left, nothing_left, options_of

import taropy
from taropy import spec
from taropy.phone import Phone
from taropy.phone.core.surface import ROOMS
from taropy.phone.network.conditions import QUALITIES, TYPES

GONE = "errcode:-21 cronet_error_code:-21 error_msg:net::ERR_NETWORK_CHANGED"
OFFLINE = "errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED"
LOST = "errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT"


def on(name: str) -> list[str]:
    return sorted(spec.supported_on(name))


def told(platform: str, type: str) -> str:
    """What the platform calls a network of this type: Douyin has no word for 5g."""
    return "unknown" if (platform, type) == ("tt", "5g") else type


# --- what programs ask and hear ------------------------------------------------------------------------------------


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("platform", on("getNetworkType"))
def test_a_program_learns_the_type_of_the_network(platform: str, type: str) -> None:
    with taropy.create(platform) as runtime:
        runtime.phone.network.type = type
        result = runtime.getNetworkType().result()
    assert (result.networkType, result.errMsg) == (told(platform, type), "getNetworkType:ok")


def test_the_type_comes_with_a_signal_and_whether_there_is_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    phone = Phone()
    monkeypatch.setenv("http_proxy", "http://proxy.invalid")
    phone.network.signal = -70
    result = call(phone.native("weapp"), "getNetworkType")
    assert (result["signalStrength"], result["hasSystemProxy"]) == (-70, True)
    phone.network.type = "none"
    assert "signalStrength" not in call(phone.native("weapp"), "getNetworkType")


def test_alipay_tells_whether_there_is_a_network() -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    assert call(my, "getNetworkType")["networkAvailable"] is True
    phone.network.type = "none"
    result = call(my, "getNetworkType")
    assert (result["networkAvailable"], result["networkType"]) == (False, "NOTREACHABLE")


def test_alipays_native_object_has_what_alipay_has() -> None:
    my = Phone().native("alipay", "my")
    names = {name for room in ("network", "sockets", "discovery") for name in ROOMS[room]}
    supported = {name for name in names if "alipay" in spec.supported_on(name)}
    assert {name for name in names if hasattr(my, name)} == supported
    assert names & {*dir(my)} == supported


@pytest.mark.parametrize("platform", on("onNetworkStatusChange"))
def test_a_listener_hears_of_each_change_once(platform: str) -> None:
    heard: list[Any] = []
    with taropy.create(platform) as runtime:
        runtime.onNetworkStatusChange(heard.append)
        for type in ("none", "none", "5g", "wifi"):
            runtime.phone.network.type = type
    assert [(event.isConnected, event.networkType) for event in heard] == list(
        zip([False, True, True], ["none", told(platform, "5g"), "wifi"], strict=True)
    )


@pytest.mark.parametrize("platform", on("offNetworkStatusChange"))
def test_a_listener_that_is_taken_off_hears_no_more(platform: str) -> None:
    heard: list[str] = []

    def one(event: Any) -> None:
        heard.append("one")

    def other(event: Any) -> None:
        heard.append("other")

    with taropy.create(platform) as runtime:
        runtime.onNetworkStatusChange(one)
        runtime.onNetworkStatusChange(other)
        runtime.offNetworkStatusChange(one)
        runtime.phone.network.type = "none"
        runtime.offNetworkStatusChange()
        runtime.phone.network.type = "wifi"
    # HarmonyOS's takes off the one that is named, and without one nobody.
    assert heard == (["other", "other"] if platform == "harmony" else ["other"])


@pytest.mark.parametrize("platform", on("onNetworkWeakChange"))
def test_a_listener_hears_when_the_network_becomes_weak_and_good_again(platform: str) -> None:
    heard: list[Any] = []
    with taropy.create(platform) as runtime:
        runtime.onNetworkWeakChange(heard.append)
        for weak in (True, True, False):
            runtime.phone.network.weak = weak
    assert [(event.weakNet, event.networkType) for event in heard] == [(True, "wifi"), (False, "wifi")]


def test_apps_on_one_phone_have_listeners_of_their_own() -> None:
    phone, heard = Phone(), []
    weapp, tt = phone.native("weapp"), phone.native("tt", "tt")
    weapp.onNetworkStatusChange(lambda event: heard.append("weapp"))
    tt.onNetworkStatusChange(lambda event: heard.append("tt"))
    weapp.offNetworkStatusChange()
    phone.network.type = "4g"
    assert heard == ["tt"]


def test_there_are_no_other_types() -> None:
    phone = Phone()
    with pytest.raises(ValueError, match="6g"):
        phone.network.type = "6g"
    assert phone.network.type == "wifi"


@pytest.mark.parametrize("platform", on("getLocalIPAddress"))
def test_the_local_address_is_the_computers_own(platform: str) -> None:
    with taropy.create(platform) as runtime:
        result = runtime.getLocalIPAddress().result()
    with socket.socket() as own:
        own.bind((result.localip, 0))
    network = ipaddress.IPv4Network((result.localip, result.netmask), strict=False)
    assert 8 <= network.prefixlen <= 32


def test_without_a_network_there_is_no_local_address() -> None:
    phone = Phone()
    phone.network.type = "none"
    assert call(phone.native("weapp"), "getLocalIPAddress")["errMsg"].startswith("getLocalIPAddress:fail")


# --- no network ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FUNCTIONS)
def test_without_a_network_nothing_is_sent(name: str, tmp_path: Path) -> None:
    phone = Phone()
    phone.network.type = "none"
    with WebServer(lambda received: Answer("ok")) as server:
        options = options_of(name, phone, server.url(), tmp_path)
        assert call(phone.native("weapp"), name, **options) == {"errMsg": f"{name}:fail {OFFLINE}", "errno": 600001}
        assert server.connections == 0
        phone.network.type = "4g"
        assert call(phone.native("weapp"), name, **options)["errMsg"] == f"{name}:ok"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_under_way_fails_when_the_network_goes(name: str, tmp_path: Path) -> None:
    async def main() -> Any:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        options = options_of(name, phone, server.url(), tmp_path)
        getattr(phone.native("weapp"), name)({**options, "complete": answer.set_result})
        await asyncio.to_thread(server.wait_for, lambda: server.connections == 1)
        phone.network.type = "none"
        phone.network.type = "wifi"
        assert await asyncio.to_thread(server.wait_until_left)
        return await answer

    phone = Phone()
    with RawServer(saying(b"", then="wait")) as server:
        assert asyncio.run(main()) == {"errMsg": f"{name}:fail {GONE}", "errno": 600001}


def test_connections_are_gone_with_the_network() -> None:
    async def main() -> int:
        for type in ("wifi", "none", "wifi"):
            phone.network.type = type
            await called(native, "request", url=server.url())
        return server.connections

    with Phone() as phone, WebServer(lambda received: Answer("ok")) as server:
        native = phone.native("weapp")
        assert asyncio.run(main()) == 2


@pytest.mark.parametrize("platform", on("request"))
def test_a_script_that_loses_its_network_between_two_calls_goes_on(platform: str) -> None:
    with taropy.create(platform) as t, WebServer(lambda received: Answer({"a": 1})) as server:
        assert t.request(url=server.url()).result().data == {"a": 1}
        t.phone.network.type = "none"
        assert server.wait_until_left()
        t.phone.network.type = "5g"
        assert t.request(url=server.url()).result().data == {"a": 1}


def test_what_was_kept_can_be_read_without_a_network() -> None:
    phone = Phone()
    with WebServer(lambda received: Answer("kept", headers=[("Cache-Control", "max-age=60")])) as server:
        for type in ("wifi", "none"):
            phone.network.type = type
            result = call(phone.native("weapp"), "request", url=server.url(), enableCache=True)
            assert result["data"] == "kept"


class Tally:
    """What calls were told by their callbacks, call for call, and the reasons that were given."""

    def __init__(self) -> None:
        self.told: list[list[str]] = []
        self.reasons: set[str] = set()

    def begin(self, native: Any, name: str, options: dict[str, Any]) -> None:
        told: list[str] = []
        self.told.append(told)

        def hear(callback: str, result: Any) -> None:
            told.append(callback)
            self.reasons.add(result["errMsg"].removeprefix(f"{name}:").rpartition("net::")[2])

        getattr(native, name)(
            {**options, **{callback: partial(hear, callback) for callback in ("success", "fail", "complete")}}
        )


def test_the_network_goes_and_comes_a_hundred_times_and_every_call_ends_once(tmp_path: Path) -> None:
    tally = Tally()

    async def main(phone: Phone) -> None:
        native = phone.native("weapp")
        options = {name: options_of(name, phone, server.url(), tmp_path) for name in FUNCTIONS}
        for turn in range(200):
            for name in FUNCTIONS * 2:
                tally.begin(native, name, options[name])
            if phone.network.online and turn % 20 < 2:
                assert (await called(native, "request", url=server.url()))["errMsg"] == "request:ok"
            for _ in range(turn % 7):
                await asyncio.sleep(0)
            phone.network.type = "wifi" if turn % 2 else "none"
        await no_tasks_left()
        assert phone.network.in_flight == 0

    asyncio.run(asyncio.sleep(0))  # what the first loop of a process opens stays
    with nothing_left(), WebServer(lambda received: Answer(b"x" * 10_000)) as server, Phone() as phone:
        phone.network.type = "none"
        phone.network.type = "wifi"
        asyncio.run(main(phone))
        assert server.wait_until_left()
    assert len(tally.told) == 200 * 2 * len(FUNCTIONS)
    assert {tuple(told) for told in tally.told} == {("success", "complete"), ("fail", "complete")}
    assert tally.reasons == {"ok", "ERR_NETWORK_CHANGED", "ERR_INTERNET_DISCONNECTED"}


# --- speed and losses ----------------------------------------------------------------------------------------------


def test_latency_delays_the_request_and_its_answer() -> None:
    phone = Phone()
    phone.network.latency = 0.02
    with WebServer(lambda received: Answer("ok")) as server:
        profile = call(phone.native("weapp"), "request", url=server.url())["profile"]
    assert profile["responseStart"] - profile["fetchStart"] >= 40


def test_latency_is_the_phones_own_time() -> None:
    async def main() -> None:
        phone.clock.stop()
        phone.network.latency = 20
        asking = asyncio.ensure_future(called(phone.native("weapp"), "request", url=server.url()))
        await phone.clock.advance(19)
        assert server.received == []
        await phone.clock.advance(20)
        assert server.received
        assert not asking.done()
        await phone.clock.advance(1)
        assert asking.result()["data"] == "ok"

    phone = Phone()
    with WebServer(lambda received: Answer("ok")) as server:
        asyncio.run(main())


@pytest.mark.parametrize(("bandwidth", "name"), [((1e9, 1e6), "downloadFile"), (1e6, "request")])
def test_bandwidth_is_how_fast_bytes_come_down(bandwidth: Any, name: str) -> None:
    phone = Phone()
    phone.network.bandwidth = bandwidth
    with WebServer(lambda received: Answer(b"x" * 30_000)) as server:
        profile = call(phone.native("weapp"), name, url=server.url())["profile"]
    assert profile["responseEnd"] - profile["responseStart"] >= 29


@pytest.mark.parametrize("name", ["request", "uploadFile"])
def test_bandwidth_is_how_fast_bytes_go_up(name: str, tmp_path: Path) -> None:
    phone = Phone()
    phone.network.bandwidth = (10e6, 1e9)
    with WebServer(lambda received: Answer()) as server:
        options = options_of(name, phone, server.url(), tmp_path)
        if name == "request":
            options |= {"method": "POST", "data": "x" * 300_000}
        profile = call(phone.native("weapp"), name, **options)["profile"]
    assert profile["responseStart"] - profile["fetchStart"] >= 29


@pytest.mark.parametrize("bandwidth", [0, -1, (0, 5)])
def test_a_bandwidth_is_more_than_nothing(bandwidth: Any) -> None:
    network = Phone().network
    with pytest.raises(ValueError, match="bandwidth"):
        network.bandwidth = bandwidth
    assert network.bandwidth is None


NO_SETTINGS = {
    "max_body": ["x", -1, 1.5, True],
    "max_download": ["x", -1],
    "max_concurrent": ["x", 0, -1, 1.5],
    "keep_alive": ["x", -1, None, float("nan")],
    "tls": ["x", True],
    "domains": ["https://api.example.com", 5, [5], {"request": "https://api.example.com"}],
    "latency": ["x", -1, None],
    "loss": ["x", 1.5, -0.1],
    "bandwidth": ["x", (1,), ("x", 1)],
    "signal": ["x", None],
    "weak": ["x", None],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in NO_SETTINGS.items() for value in values], ids=repr
)
def test_a_setting_that_is_none_is_refused_and_changes_nothing(name: str, value: Any) -> None:
    network = Phone().network
    before = getattr(network, name)
    with pytest.raises(ValueError, match=rf"phone\.network\.{name} is .*, not "):
        setattr(network, name, value)
    assert getattr(network, name) == before


def test_bandwidth_is_shared() -> None:
    async def main() -> float:
        native = phone.native("weapp")
        results = await asyncio.gather(*(called(native, "downloadFile", url=server.url()) for _ in range(3)))
        profiles = [result["profile"] for result in results]
        return max(p["responseEnd"] for p in profiles) - min(p["fetchStart"] for p in profiles)

    phone = Phone()
    phone.network.bandwidth = 1e6
    with WebServer(lambda received: Answer(b"x" * 10_000)) as server:
        assert asyncio.run(main()) >= 29


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_goes_missing_fails_as_what_nobody_answers(name: str, tmp_path: Path) -> None:
    phone = Phone()
    phone.network.loss = 1
    with WebServer(lambda received: Answer()) as server:
        failure = call(phone.native("weapp"), name, **options_of(name, phone, server.url(), tmp_path))
    assert failure["errMsg"] == f"{name}:fail {LOST}"


def test_losses_are_the_same_each_time() -> None:
    def losses() -> list[bool]:
        phone = Phone()
        phone.network.loss = 0.5
        answers = [call(phone.native("weapp"), "request", url=server.url()) for _ in range(20)]
        return ["fail" in answer["errMsg"] for answer in answers]

    with WebServer(lambda received: Answer()) as server:
        first, second = losses(), losses()
    assert first == second
    assert {True, False} == set(first)


@pytest.mark.parametrize("type", QUALITIES)
def test_a_phone_can_behave_as_in_a_network_of_a_type(type: str) -> None:
    network = Phone().network
    network.behave_as(type)
    assert (network.type, network.latency) == (type, QUALITIES[type].latency)
    assert network.bandwidth == (QUALITIES[type].up, QUALITIES[type].down)


def test_the_conditions_come_back_with_a_snapshot() -> None:
    network = Phone().network
    network.behave_as("3g")
    network.domains, network.loss = {"upload": ["https://a"]}, 0.5
    snapshot = network.snapshot()
    drawn = [network.lost() for _ in range(20)]
    network.behave_as("5g")
    network.domains, network.loss = None, 0.0
    network.restore(snapshot)
    assert (network.type, network.latency, network.domains) == (
        "3g",
        QUALITIES["3g"].latency,
        {"upload": ["https://a"]},
    )
    assert [network.lost() for _ in range(20)] == drawn
