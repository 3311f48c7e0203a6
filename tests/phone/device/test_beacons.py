"""iBeacons near the phone."""

from __future__ import annotations

from typing import Any

import pytest
from belted import reason
from supporting import supporting

import taropy
from taropy.phone import Phone

SHOP = "FDA50693-A4E2-4FB1-AFCF-C6EB07647825"
OTHER = "8667556C-9A37-4C91-84ED-54EE27D90049"


def heard(t: Any) -> list[list[int]]:
    """The minor numbers of the beacons that the program is told of, update by update."""
    updates: list[list[int]] = []
    t.onBeaconUpdate(lambda told: updates.append([int(each.minor) for each in told.beacons]))
    return updates


@supporting("startBeaconDiscovery", "onBeaconUpdate", "getBeacons")
def test_beacons_come_and_go(t: Any) -> None:
    t.phone.clock.stop()
    updates = heard(t)
    near = t.phone.bluetooth.add_beacon(SHOP, 1, 10)
    t.phone.bluetooth.add_beacon(OTHER, 1, 99)
    t.startBeaconDiscovery(uuids=[SHOP.lower()]).result()
    t.phone.clock.advance(5)
    t.phone.bluetooth.add_beacon(SHOP, 1, 11)
    t.phone.clock.advance(5)
    near.vanish()
    t.phone.clock.advance(5)
    assert updates == [[10], [10, 11], [11]]
    t.stopBeaconDiscovery().result()
    near.come_back()
    t.phone.clock.advance(5)
    assert updates == [[10], [10, 11], [11]]


@pytest.mark.parametrize(
    ("rssi", "metres", "proximity"), [(-50, 0.35, 1), (-59, 1.0, 2), (-65, 2.0, 2), (-85, 19.95, 3)]
)
def test_how_far_a_beacon_is(rssi: int, metres: float, proximity: int) -> None:
    for device, near in (("iPhone 15 Pro", proximity), ("Pixel 8", 0)):
        with Phone(device=device) as phone, taropy.create("weapp", phone=phone) as t:
            phone.bluetooth.add_beacon(SHOP, 1, 2, rssi=rssi)
            t.startBeaconDiscovery(uuids=[SHOP]).result()
            (beacon,) = t.getBeacons().result().beacons
            assert dict(beacon) == {
                "uuid": SHOP,
                "major": 1,
                "minor": 2,
                "proximity": near,
                "accuracy": metres,
                "rssi": rssi,
            }


def test_alipays_numbers_are_texts() -> None:
    with taropy.create("alipay") as t:
        t.phone.bluetooth.add_beacon(SHOP, 1, 2)
        t.startBeaconDiscovery(uuids=[SHOP]).result()
        (beacon,) = t.getBeacons().result().beacons
        assert (beacon.major, beacon.minor, beacon.rssi) == ("1", "2", -65)


def test_what_keeps_wechat_from_searching(weapp: Any) -> None:
    start = weapp.startBeaconDiscovery
    assert reason(weapp.getBeacons()) == (11004, "not startBeaconDiscovery")
    assert reason(weapp.stopBeaconDiscovery())[0] == 11004
    assert reason(start(uuids=[]))[0] == 11006
    assert reason(start(uuids=["the shop"])) == (11006, "invalid data")
    assert "uuids should be Array" in reason(start())[1]
    weapp.phone.system.bluetooth = False
    assert reason(start(uuids=[SHOP])) == (11001, "bluetooth service unavailable")
    start(uuids=[SHOP], ignoreBluetoothAvailable=True).result()  # on an iPhone
    weapp.stopBeaconDiscovery().result()
    weapp.phone.system.bluetooth = True
    weapp.phone.system.location = False
    assert reason(start(uuids=[SHOP])) == (11002, "location service unavailable")
    weapp.phone.system.location = True
    start(uuids=[SHOP]).result()
    assert reason(start(uuids=[SHOP])) == (11003, "already start")
    weapp.phone.bluetooth.le = False
    assert reason(weapp.getBeacons()) == (11000, "unsupport")


def test_what_keeps_alipay_from_searching() -> None:
    with taropy.create("alipay") as t:
        start = t.startBeaconDiscovery
        assert reason(start(uuids=[])) == (11008, "uuids empty")
        assert reason(start(uuids=["the shop"])) == (11006, "uuid invalid")
        t.phone.system.bluetooth = False
        assert reason(start(uuids=[SHOP])) == (11001, "bluetooth invalid")
        t.phone.system.bluetooth = True
        t.phone.system.set_permission("location", "denied")
        assert reason(start(uuids=[SHOP])) == (11003, "location authorization forbidden")
        t.phone.system.set_permission("location", "authorized")
        start(uuids=[SHOP]).result()
        assert reason(start(uuids=[SHOP])) == (11004, "already discovering")


@supporting("onBeaconServiceChange", "offBeaconServiceChange")
def test_whether_a_search_is_possible_is_told(t: Any) -> None:
    told: list[Any] = []
    t.onBeaconServiceChange(lambda state: told.append((state.available, state.discovering)))
    t.startBeaconDiscovery(uuids=[SHOP]).result()
    t.phone.system.location = False
    t.phone.system.location = True
    t.stopBeaconDiscovery().result()
    t.offBeaconServiceChange()
    t.phone.system.bluetooth = False
    assert told == [(True, True), (False, True), (True, True), (True, False)]


@pytest.mark.parametrize(("platform", "first"), [("weapp", []), ("alipay", [[1]])])
def test_wechat_has_one_listener(platform: str, first: list[list[int]]) -> None:
    with taropy.create(platform) as t:
        t.phone.bluetooth.add_beacon(SHOP, 1, 1)
        before, after = heard(t), heard(t)
        t.phone.clock.stop()
        t.startBeaconDiscovery(uuids=[SHOP]).result()
        t.phone.clock.advance(1)
        assert (before, after) == (first, [[1]])


def test_iphones_keep_beacons_from_searches_for_devices() -> None:
    for device, number in (("iPhone 15 Pro", 0), ("Pixel 8", 1)):
        with Phone(device=device) as phone, taropy.create("weapp", phone=phone) as t:
            phone.bluetooth.add_beacon(SHOP, 1, 1)
            t.openBluetoothAdapter().result()
            t.startBluetoothDevicesDiscovery().result()
            assert len(t.getBluetoothDevices().result().devices) == number


def test_a_program_that_ends_searches_no_longer(phone: Phone) -> None:
    phone.bluetooth.add_beacon(SHOP, 1, 1)
    with taropy.create("weapp", phone=phone) as t:
        t.startBeaconDiscovery(uuids=[SHOP]).result()
    with taropy.create("weapp", phone=phone) as t:
        assert reason(t.getBeacons())[0] == 11004
        t.startBeaconDiscovery(uuids=[SHOP]).result()


@pytest.mark.parametrize("wrong", [{"major": 65_536}, {"minor": -1}, {"power": -200}])
def test_a_beacons_numbers_have_room_in_what_it_sends(wrong: dict[str, int]) -> None:
    with Phone() as phone, pytest.raises(ValueError, match=f"a beacon's {next(iter(wrong))}.* is from .*, not "):
        phone.bluetooth.add_beacon(SHOP, **{"major": 1, "minor": 1, **wrong})
