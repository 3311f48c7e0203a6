"""Wi-Fi: which networks there are, which one the phone is in, and how programs join one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from supporting import failure, supporting

import taropy
from taropy.phone import Phone, WifiNetwork

#: The functions that need the module to be open.
OPEN = {
    "stopWifi": {},
    "getWifiList": {},
    "getConnectedWifi": {},
    "connectWifi": {"SSID": "tea", "password": "oolong tea"},
    "setWifiList": {"wifiList": []},
}


@pytest.fixture(params=["Pixel 8", "iPhone 15 Pro"])
def weapp(request: pytest.FixtureRequest) -> Iterator[Any]:
    """WeChat's Taro, with the module open and a tearoom nearby."""
    with opened(request.param) as runtime:
        yield runtime


@pytest.fixture
def android() -> Iterator[Any]:
    with opened("Pixel 8") as runtime:
        yield runtime


@pytest.fixture
def ios() -> Iterator[Any]:
    with opened("iPhone 15 Pro") as runtime:
        yield runtime


def opened(device: str, platform: str = "weapp") -> Any:
    t = taropy.create(platform, phone=Phone(device=device))
    if t.canIUse("startWifi"):
        t.startWifi().result()
    t.phone.wifi.add("tea", "oolong tea", signal=90, frequency=5180)
    t.phone.wifi.add("park", signal=30)
    return t


def error(promise: Any) -> tuple[str, int]:
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    return caught.value.errMsg, caught.value.errCode


# --- before it is open ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPEN)
def test_nothing_works_before_the_module_is_open(name: str) -> None:
    with taropy.create("weapp") as t:
        assert error(getattr(t, name)(**OPEN[name])) == (f"{name}:fail not init", 12000)


def test_nor_after_it_was_closed(android: Any) -> None:
    heard: list[Any] = []
    android.onWifiConnected(heard.append)
    android.stopWifi().result()
    android.phone.wifi.join("park")
    assert heard == []
    assert error(android.getConnectedWifi())[1] == 12000


# --- the list ------------------------------------------------------------------------------------------------------


@supporting("getWifiList", "onGetWifiList")
def test_programs_are_told_of_the_networks_within_reach_the_strongest_first(t: Any) -> None:
    with opened("Pixel 8", t.platform.name) as own:
        heard: list[Any] = []
        own.onGetWifiList(heard.append)
        own.getWifiList().result()
        own.getNetworkType().result()
        [told] = heard
        assert [each.SSID for each in told.wifiList] == ["tea", "home", "park"]
        assert [each.secure for each in told.wifiList] == [True, True, False]
        assert [each.signalStrength for each in told.wifiList] == [90, 80, 30]


def test_on_ios_strength_is_a_part_of_one(ios: Any) -> None:
    assert ios.getConnectedWifi().result().wifi.signalStrength == 0.8


def test_alipay_tells_percents_there_too_and_no_frequency() -> None:
    with opened("iPhone 15 Pro", "alipay") as t:
        told = t.getConnectedWifi().result()
        assert (told.success, told.wifi.signalStrength, "frequency" in told.wifi) == (True, 80, False)


def test_on_ios_the_person_has_to_go_to_the_systems_list(ios: Any) -> None:
    heard: list[Any] = []
    ios.onGetWifiList(heard.append)
    ios.phone.person.script("getWifiList", confirm=False)
    ios.getWifiList().result()
    ios.getNetworkType().result()
    assert heard == []


def test_android_wants_to_know_whether_it_may_know_where_it_is(android: Any) -> None:
    android.phone.permissions.deny("scope.userLocation")
    assert "auth deny" in failure(android.getWifiList())


@pytest.mark.parametrize(
    ("switch", "told"), [("wifi", ("wifi not turned on", 12005)), ("location", ("gps not turned on", 12006))]
)
def test_android_needs_wifi_and_location_on(android: Any, switch: str, told: tuple[str, int]) -> None:
    setattr(android.phone.system, switch, False)
    assert error(android.getWifiList()) == (f"getWifiList:fail {told[0]}", told[1])


def test_douyin_has_no_list_on_ios() -> None:
    with opened("iPhone 15 Pro", "tt") as t:
        assert failure(t.getWifiList()) == "getWifiList:fail system not support"


# --- joining -------------------------------------------------------------------------------------------------------


@supporting("connectWifi", "onWifiConnected")
def test_a_program_joins_a_network_and_hears_that_it_has(t: Any) -> None:
    with opened("Pixel 8", t.platform.name) as own:
        own.phone.network.type = "4g"
        heard, changes = [], []
        own.onWifiConnected(heard.append)
        own.onNetworkStatusChange(changes.append)
        own.connectWifi(SSID="tea", password="oolong tea").result()
        assert own.phone.wifi.connected == WifiNetwork("tea", "02:00:00:00:00:02", "oolong tea", 90, 5180)
        assert [(told.wifi.SSID, told.wifi.BSSID) for told in heard] == [("tea", "02:00:00:00:00:02")]
        assert len(changes) == 1
        assert own.phone.network.type == "wifi"


def test_an_open_network_takes_any_password(weapp: Any) -> None:
    weapp.connectWifi(SSID="park", password="").result()
    assert weapp.getConnectedWifi().result().wifi.secure is False


@pytest.mark.parametrize(
    ("device", "options", "told"),
    [
        ("Pixel 8", {"SSID": "tea", "password": "green"}, ("password error Wi-Fi", 12002)),
        ("iPhone 15 Pro", {"SSID": "tea", "password": "green tea"}, ("password error Wi-Fi", 12002)),
        ("iPhone 15 Pro", {"SSID": "tea", "password": "green"}, ("invalid WEP / WPA password", 12014)),
        ("Pixel 8", {"SSID": "cafe", "password": ""}, ("connection timeout", 12003)),
        ("iPhone 15 Pro", {"SSID": "cafe", "password": ""}, ("system internal error", 12010)),
        ("Pixel 8", {"SSID": "", "password": ""}, ("invalid SSID", 12008)),
        ("Pixel 8", {"SSID": "park", "password": "", "BSSID": "02:00:00:00:00:02"}, ("connection timeout", 12003)),
    ],
)
def test_what_cannot_be_joined_says_why(device: str, options: dict[str, str], told: tuple[str, int]) -> None:
    with opened(device) as t:
        assert error(t.connectWifi(options)) == (f"connectWifi:fail {told[0]}", told[1])
        assert t.phone.wifi.connected.SSID == "home"


def test_the_person_may_refuse(weapp: Any) -> None:
    weapp.phone.wifi.refuse()
    assert error(weapp.connectWifi(SSID="park", password="")) == ("connectWifi:fail user denied", 12007)


def test_a_second_call_while_the_person_is_asked_is_one_too_many(android: Any) -> None:
    async def main() -> None:
        decided = asyncio.Event()

        async def decide(question: Any) -> dict[str, bool]:
            await decided.wait()
            return {"allow": True}

        android.phone.person.ask = decide
        first = android.connectWifi(SSID="park", password="")
        with pytest.raises(taropy.TaroError) as caught:
            await android.connectWifi(SSID="park", password="")
        assert (caught.value.errMsg, caught.value.errCode) == ("connectWifi:fail duplicate request", 12004)
        decided.set()
        await first
        assert android.phone.wifi.connected.SSID == "park"

    taropy.run(main)


def test_an_app_in_the_background_joins_nothing(android: Any) -> None:
    android.phone.lifecycle.background()
    assert error(android.connectWifi(SSID="park", password="")) == ("connectWifi:fail weapp in background", 12011)


def test_on_the_settings_page_the_person_does_it(android: Any) -> None:
    assert android.connectWifi(SSID="tea", password="", maunal=True).result().errMsg == "connectWifi:ok"
    assert android.phone.wifi.connected.SSID == "tea"
    android.phone.wifi.refuse()
    android.connectWifi(SSID="park", password="", maunal=True).result()
    assert android.phone.wifi.connected.SSID == "tea"


def test_with_partial_info_android_tells_the_name_alone(android: Any) -> None:
    heard, names = [], []
    android.onWifiConnected(heard.append)
    android.onWifiConnectedWithPartialInfo(names.append)
    android.connectWifi(SSID="park", password="", partialInfo=True).result()
    android.phone.wifi.join("tea")
    assert [dict(told.wifi) for told in names] == [{"SSID": "park"}, {"SSID": "tea"}]
    assert ["BSSID" in told.wifi for told in heard] == [False, True]


def test_who_listens_no_more_hears_nothing(android: Any) -> None:
    heard: list[Any] = []
    for name in ("WifiConnected", "WifiConnectedWithPartialInfo", "GetWifiList"):
        getattr(android, f"on{name}")(heard.append)
        getattr(android, f"off{name}")(heard.append)
    android.phone.wifi.join("tea")
    android.getWifiList().result()
    android.getNetworkType().result()
    assert heard == []


# --- the one that the phone is in ----------------------------------------------------------------------------------


@supporting("getConnectedWifi")
def test_a_phone_is_at_home_at_first(t: Any) -> None:
    with opened("Pixel 8", t.platform.name) as own:
        told = own.getConnectedWifi().result()
        wifi = told if t.platform.name == "tt" else told.wifi
        assert (wifi.SSID, wifi.BSSID, wifi.secure) == ("home", "02:00:00:00:00:01", True)


def test_with_partial_info_it_tells_the_name_and_on_ios_the_address(weapp: Any) -> None:
    told = weapp.getConnectedWifi(partialInfo=True).result().wifi
    ios = weapp.phone.system.device.platform == "ios"
    assert dict(told) == {"SSID": "home", **({"BSSID": "02:00:00:00:00:01"} if ios else {})}


def test_android_without_location_knows_its_name_alone(android: Any) -> None:
    android.phone.system.location = False
    assert error(android.getConnectedWifi()) == ("getConnectedWifi:fail can't gain current wifi", 12010)
    assert android.getConnectedWifi(partialInfo=True).result().wifi.SSID == "home"


def test_a_phone_on_its_mobile_network_is_in_none(weapp: Any) -> None:
    weapp.phone.wifi.leave()
    assert weapp.getNetworkType().result().networkType == "4g"
    assert error(weapp.getConnectedWifi()) == ("getConnectedWifi:fail no wifi is connected", 12010)


def test_nor_is_one_whose_network_is_gone(weapp: Any) -> None:
    weapp.phone.wifi.remove("home")
    assert (weapp.phone.wifi.connected, weapp.phone.network.type) == (None, "4g")


@pytest.mark.parametrize(("device", "told"), [("Pixel 8", 12005), ("iPhone 15 Pro", 12010)])
def test_nor_one_whose_wifi_is_off(device: str, told: int) -> None:
    with opened(device) as t:
        t.phone.system.wifi = False
        assert error(t.getConnectedWifi())[1] == told


@pytest.mark.parametrize(
    ("off", "number"), [({"wifi": False}, 110001), ({"type": "4g"}, 110002), ({"location": False}, 110003)]
)
def test_douyin_has_its_own_numbers(off: dict[str, Any], number: int) -> None:
    with opened("Pixel 8", "tt") as t:
        for name, value in off.items():
            setattr(t.phone.network if name == "type" else t.phone.system, name, value)
        failed = t.getConnectedWifi().catch(lambda error: error).result()
        assert (failed["errorCode"], "errCode" in failed) == (number, False)


def test_one_program_of_an_app_does_not_end_what_another_has_begun() -> None:
    phone = Phone()
    with taropy.create("weapp", phone=phone):
        with taropy.create("weapp", phone=phone) as other:
            other.startWifi().result()
            with taropy.create("weapp", phone=phone) as third:
                third.getNetworkType().result()
            assert other.getConnectedWifi().result().wifi.SSID == "home"
        with taropy.create("weapp", phone=phone) as next_one:
            assert error(next_one.getConnectedWifi())[1] == 12000


# --- ios' own list -------------------------------------------------------------------------------------------------


def test_ios_takes_passwords_for_networks_that_it_has_listed(ios: Any) -> None:
    ios.setWifiList(wifiList=[{"SSID": "tea", "BSSID": "02:00:00:00:00:02", "password": "oolong tea"}]).result()
    assert ios.phone.wifi.offered == {"tea": "oolong tea"}


def test_android_takes_none(android: Any) -> None:
    assert error(android.setWifiList(wifiList=[])) == ("setWifiList:fail system not support", 12001)


# --- the phone -----------------------------------------------------------------------------------------------------


def test_a_phone_with_a_folder_knows_its_networks_the_next_day(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.wifi.add("tea", "oolong tea")
        phone.wifi.join("tea")
    with Phone(tmp_path) as phone:
        assert phone.wifi.connected.SSID == "tea"


def test_a_snapshot_has_them(android: Any) -> None:
    taken = android.phone.snapshot()
    android.phone.wifi.remove("tea")
    android.phone.wifi.join("park")
    android.phone.restore(taken)
    assert android.phone.wifi.connected.SSID == "home"
    assert len(android.phone.wifi.networks) == 3


def test_what_is_no_network_is_refused() -> None:
    wifi = Phone().wifi
    with pytest.raises(ValueError, match="did you mean 'home'"):
        wifi.join("hime")
    with pytest.raises(ValueError, match="BSSID"):
        wifi.add("tea", BSSID="nowhere")
    with pytest.raises(ValueError, match="signal"):
        wifi.add("tea", signal=101)
    with pytest.raises(ValueError, match="SSID"):
        wifi.add("")


def test_it_shows_no_password() -> None:
    wifi = Phone().wifi
    wifi.add("tea", "oolong tea")
    assert repr(wifi) == "<Wifi in 'home', 2 within reach>"
    assert "oolong" not in repr(wifi.networks)
