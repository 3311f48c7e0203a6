"""The adapter, and the search for devices."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from belted import LONG, PLATFORMS, SERVICE, belted, reason
from natively import called, turns
from supporting import supporting

import taropy
from taropy.phone import Peripheral, Phone


def found_by(t: Any, **options: Any) -> list[str]:
    """The names of the devices that a search tells of at once."""
    found: list[str] = []
    t.onBluetoothDeviceFound(lambda told: found.extend(each.name for each in told.devices))
    t.startBluetoothDevicesDiscovery(**options).result()
    return found


@supporting("openBluetoothAdapter", "getBluetoothAdapterState")
def test_before_the_adapter_is_opened_nothing_works(t: Any) -> None:
    code, _ = reason(t.getBluetoothAdapterState())
    assert code == 10000
    t.openBluetoothAdapter().result()
    state = t.getBluetoothAdapterState().result()
    assert (state.available, state.discovering) == (True, False)
    t.closeBluetoothAdapter().result()
    assert reason(t.getBluetoothDevices())[0] == 10000


@supporting("openBluetoothAdapter")
def test_the_person_may_forbid_it(t: Any) -> None:
    t.phone.permissions.deny("scope.bluetooth")
    error = t.openBluetoothAdapter().catch(lambda error: error).result()
    assert "auth deny" in error.errMsg
    assert reason(t.startBluetoothDevicesDiscovery(services=[]))[0] == 10000


@pytest.mark.parametrize(
    ("device", "platform", "told"),
    [
        ("Pixel 8", "weapp", {"errCode": 10001}),
        ("iPhone 15 Pro", "weapp", {"errCode": 10001, "state": 4}),
        ("Pixel 8", "alipay", {"error": 12, "errorMessage": "蓝牙未打开"}),
    ],
)
def test_while_bluetooth_is_off_a_program_can_wait_for_it(device: str, platform: str, told: dict[str, Any]) -> None:
    with Phone(device=device) as phone, taropy.create(platform, phone=phone) as t:
        phone.system.bluetooth = False
        states: list[Any] = []
        t.onBluetoothAdapterStateChange(lambda state: states.append((state.available, state.discovering)))
        error = t.openBluetoothAdapter().catch(dict).result()
        assert {name: error.get(name) for name in told} == told
        assert ("state" in error) == ("state" in told)
        assert reason(t.getBluetoothDevices())[0] in (10001, 12)
        assert t.getBluetoothAdapterState().result().available is False
        phone.system.bluetooth = True
        assert states == [(True, False)]
        assert t.getBluetoothDevices().result().devices == []


def test_why_an_iphone_has_no_bluetooth() -> None:
    with Phone() as phone, taropy.create("weapp", phone=phone) as t:
        phone.system.set_permission("bluetooth", "denied")
        assert t.openBluetoothAdapter().catch(dict).result()["state"] == 3
        phone.bluetooth.le = False
        assert t.openBluetoothAdapter().catch(dict).result()["state"] == 2
    with taropy.create("alipay") as t:
        t.phone.system.set_permission("bluetooth", "denied")
        assert reason(t.openBluetoothAdapter()) == (14, "未授权支付宝使用蓝牙功能")


def test_wechat_opens_once_and_alipay_as_often_as_one_likes() -> None:
    with taropy.create("weapp") as t:
        t.openBluetoothAdapter().result()
        assert reason(t.openBluetoothAdapter()) == (-1, "already opened")
        assert t.openBluetoothAdapter(mode="peripheral").result().errMsg == "openBluetoothAdapter:ok"
        assert "should be one of central, peripheral" in reason(t.openBluetoothAdapter(mode="both"))[1]
    with taropy.create("alipay") as t:
        assert [t.openBluetoothAdapter().result().isSupportBLE for _ in range(2)] == [True, True]


@supporting("onBluetoothDeviceFound", "onBluetoothAdapterStateChange")
def test_what_is_near_is_found_and_what_comes_near(t: Any) -> None:
    states: list[bool] = []
    t.openBluetoothAdapter().result()
    t.onBluetoothAdapterStateChange(lambda state: states.append(state.discovering))
    t.phone.bluetooth.add(Peripheral("Belt"))
    away = t.phone.bluetooth.add(Peripheral("Scale"))
    away.vanish()
    found = found_by(t, services=[])
    assert found == ["Belt"]
    t.phone.bluetooth.add(Peripheral("Lock"))
    away.come_back()
    assert found == ["Belt", "Lock", "Scale"]
    t.stopBluetoothDevicesDiscovery().result()
    t.phone.bluetooth.add(Peripheral("Lamp"))
    assert found == ["Belt", "Lock", "Scale"]
    assert [each.name for each in t.getBluetoothDevices().result().devices] == found
    assert states == [True, False]


@pytest.mark.parametrize("asked", ["180d", "0000180D", "0000180d-0000-1000-8000-00805f9b34fb"])
def test_a_search_for_a_service_in_any_form(weapp: Any, asked: str) -> None:
    weapp.phone.bluetooth.add(Peripheral("Belt", services=["180D", "180F"]))
    weapp.phone.bluetooth.add(Peripheral("Lamp", services=["8667556c-9a37-4c91-84ed-54ee27d90049"]))
    weapp.phone.bluetooth.add(Peripheral("Silent"))
    weapp.openBluetoothAdapter().result()
    assert found_by(weapp, services=[asked]) == ["Belt"]


def test_what_is_no_uuid_is_told(weapp: Any) -> None:
    weapp.openBluetoothAdapter().result()
    assert "parameter.services" in reason(weapp.startBluetoothDevicesDiscovery(services=["heart rate"]))[1]
    assert "services[0] should be String" in reason(weapp.startBluetoothDevicesDiscovery(services=[6157]))[1]
    assert "powerLevel" in reason(weapp.startBluetoothDevicesDiscovery(powerLevel="full"))[1]
    with pytest.raises(ValueError, match="not '18'"):
        Peripheral(services=["18"])


def test_what_an_advertisement_says() -> None:
    said = Peripheral(
        "Scale 4",
        local_name="scale",
        services=["FEE7", "8667556c-9a37-4c91-84ed-54ee27d90049"],
        manufacturer_data={0x0157: b"\x0a\x0b"},
        service_data={"181D": b"\x22"},
        rssi=-71,
    )
    with Phone(device="Pixel 8") as phone, taropy.create("weapp", phone=phone) as t:
        phone.bluetooth.add(said)
        t.openBluetoothAdapter().result()
        t.startBluetoothDevicesDiscovery().result()
        (device,) = t.getBluetoothDevices().result().devices
        assert (device.name, device.localName, device.RSSI, device.connectable) == ("Scale 4", "scale", -71, True)
        assert device.advertisData == b"\x57\x01\x0a\x0b"  # the company comes first, its last byte before the other
        assert device.advertisServiceUUIDs == [LONG.format("FEE7"), "8667556C-9A37-4C91-84ED-54EE27D90049"]
        assert dict(device.serviceData) == {LONG.format("181D"): b"\x22"}
        assert device.deviceId == said.address


def test_alipay_gives_the_whole_advertisement_as_text() -> None:
    with belted("alipay") as program:
        program.find()
        (device,) = program.t.getBluetoothDevices().result().devices
        assert device["manufacturerData"] == "57010102"
        assert device.advertisData == "02010603030D1805FF57010102050942656C74"
        assert device["deviceName"] == "Belt"


def test_iphones_know_a_device_by_ids_of_their_own() -> None:
    ids = []
    for _ in range(2):
        with belted(device="iPhone 15 Pro") as program:
            program.find()
            ids.append(program.id)
            assert len(program.id) == 36
            program.t.createBLEConnection(deviceId=program.id).result()
    assert ids[0] != ids[1]


@pytest.mark.parametrize(("power", "heard"), [("low", 3), ("medium", 11), ("high", 101)])
def test_a_device_is_told_of_as_often_as_it_is_heard(power: str, heard: int) -> None:
    with belted() as program:
        program.t.phone.clock.stop()
        strengths: list[int] = []
        program.t.onBluetoothDeviceFound(lambda told: strengths.extend(each.RSSI for each in told.devices))
        program.t.openBluetoothAdapter().result()
        program.t.startBluetoothDevicesDiscovery(allowDuplicatesKey=True, powerLevel=power).result()
        program.belt.rssi = -80
        program.t.phone.clock.advance(10)
        assert strengths == [-60] + [-80] * (heard - 1)


def test_without_duplicates_a_device_is_told_of_once_a_search() -> None:
    with belted() as program:
        program.t.phone.clock.stop()
        program.t.openBluetoothAdapter().result()
        found = found_by(program.t)
        program.belt.rssi = -80
        program.t.phone.clock.advance(10)
        assert found == ["Belt"]
        assert program.t.getBluetoothDevices().result().devices[0].RSSI == -80
        program.t.startBluetoothDevicesDiscovery().result()
        assert found == ["Belt", "Belt"]


def test_devices_are_gathered_for_an_interval() -> None:
    with belted() as program:
        t = program.t
        t.phone.clock.stop()
        told: list[list[str]] = []
        t.onBluetoothDeviceFound(lambda found: told.append([each.name for each in found.devices]))
        t.openBluetoothAdapter().result()
        t.startBluetoothDevicesDiscovery(interval=500).result()
        t.phone.bluetooth.add(Peripheral("Lock"))
        assert told == []
        t.phone.clock.advance(0.5)
        t.phone.clock.advance(5)
        assert told == [["Belt", "Lock"]]


def test_who_listens_after_the_search_began_misses_nothing(native: Any, phone: Phone) -> None:
    phone.bluetooth.add(Peripheral("Belt"))

    async def main() -> None:
        await called(native, "openBluetoothAdapter")
        await called(native, "startBluetoothDevicesDiscovery")
        found: list[Any] = []
        native.onBluetoothDeviceFound(found.append)
        assert found == []
        await turns()
        assert [device["name"] for told in found for device in told["devices"]] == ["Belt"]

    asyncio.run(main())


def test_android_searches_nothing_without_a_location() -> None:
    with belted() as program:
        t = program.t
        t.openBluetoothAdapter().result()
        t.phone.system.location = False
        assert reason(t.startBluetoothDevicesDiscovery()) == (10008, "location permission is denied")
        t.phone.system.location = True
        t.phone.system.set_permission("location", "denied")
        assert reason(t.startBluetoothDevicesDiscovery())[0] == 10008
    with belted("alipay") as program:
        program.t.openBluetoothAdapter().result()
        program.t.phone.system.location = False
        assert reason(program.t.startBluetoothDevicesDiscovery(services=[])) == (10019, "位置权限未开启")
    with belted(device="iPhone 15 Pro") as program:
        program.t.phone.system.location = False
        program.find()
        assert program.id


def test_switching_bluetooth_off_ends_the_search_and_the_connections() -> None:
    with belted() as program:
        program.connect()
        program.t.phone.system.bluetooth = False
        assert program.connections == [True, False]
        assert program.belt.connected == []
        program.t.phone.system.bluetooth = True
        assert program.t.getBluetoothAdapterState().result().discovering is False
        assert reason(program.t.getBLEDeviceServices(deviceId=program.id))[0] == 10006


def test_alipay_searches_by_name_and_for_classic_devices_as_well() -> None:
    with belted("alipay") as program:
        phone, t = program.t.phone, program.t
        phone.bluetooth.add(Peripheral("Speaker", classic=True))
        t.openBluetoothAdapter().result()
        native = phone.native("alipay")
        told: list[Any] = []
        native.onBluetoothDeviceFound(told.append)

        def names(**options: Any) -> list[str]:
            told.clear()
            taropy.run(called(native, "startBluetoothDevicesDiscovery", **options))
            return [device["name"] for each in told for device in each["devices"]]

        assert names() == ["Belt"]
        assert names(includeClassic=True) == ["Belt", "Speaker"]
        assert names(includeClassic=True, deviceNames=["Speaker"]) == ["Speaker"]
        assert names(deviceIds=[program.belt.address]) == ["Belt"]
        assert names(deviceIds=["other"]) == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_program_that_ends_leaves_nothing_open(platform: str) -> None:
    with Phone(device="Pixel 8") as phone:
        belt = phone.bluetooth.add(Peripheral("Belt", services=[SERVICE]))
        with taropy.create(platform, phone=phone) as t:
            t.openBluetoothAdapter().result()
            t.startBluetoothDevicesDiscovery(services=[]).result()
            t.createBLEConnection(deviceId=belt.address).result()
            assert belt.connected == [phone.bluetooth.address]
        assert belt.connected == []
        with taropy.create(platform, phone=phone) as t:
            assert reason(t.getBluetoothDevices())[0] == 10000


def test_two_devices_do_not_share_an_address(weapp: Any) -> None:
    weapp.phone.bluetooth.add(Peripheral("One", address="AA:BB:CC:00:00:01"))
    with pytest.raises(ValueError, match="another device at AA:BB"):
        weapp.phone.bluetooth.add(Peripheral("Two", address="AA:BB:CC:00:00:01"))
    with pytest.raises(ValueError, match="in capitals, not 'aa"):
        Peripheral(address="aa:bb:cc:00:00:01")


def test_near_a_phone_are_devices_and_other_phones() -> None:
    with Phone() as phone:
        with pytest.raises(TypeError, match="is a Peripheral, and not 'Belt'"):
            phone.bluetooth.add("Belt")  # type: ignore[type-var]
        for other, called in ((phone, "itself"), ("Anna", "'Anna'")):
            with pytest.raises(TypeError, match=f"a phone meets another phone, and not {called}"):
                phone.bluetooth.meet(other)


def test_a_script_that_ends_while_it_searches_ends_without_a_word() -> None:
    program = """
import taropy
Taro = taropy.create("weapp", phone=taropy.Phone())
Taro.openBluetoothAdapter().result()
Taro.startBluetoothDevicesDiscovery().result()
Taro.startLocationUpdate().result()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""
