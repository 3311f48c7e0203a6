"""Connections to devices: made, lost, waited for; pairing; MTU and signal."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from belted import LONG, PLATFORMS, RATE, SENSOR, SERVICE, belted, reason
from natively import called, turns

import taropy
from taropy.phone import Peripheral, Phone

NOWHERE = "AA:AA:AA:AA:AA:AA"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_device_is_connected_and_left(platform: str) -> None:
    with belted(platform) as program:
        device = program.connect()
        assert program.belt.connected == [program.t.phone.bluetooth.address]
        (connected,) = program.t.getConnectedBluetoothDevices(services=[SERVICE]).result().devices
        assert (connected.deviceId, connected.name) == (device, "Belt")
        program.t.closeBLEConnection(deviceId=device).result()
        assert program.belt.connected == []
        assert program.connections == [True, False]
        assert reason(program.t.closeBLEConnection(deviceId=device))[0] == 10006


@pytest.mark.parametrize("platform", ["weapp", "jd", "harmony-hybrid"])
def test_a_second_connection_is_refused(platform: str) -> None:
    with belted(platform) as program:
        device = program.connect()
        assert reason(program.t.createBLEConnection(deviceId=device)) == (-1, "already connect")
        assert program.connections == [True]


def test_on_alipay_a_second_connection_is_the_first() -> None:
    with belted("alipay") as program:
        device = program.connect()
        program.t.createBLEConnection(deviceId=device).result()
        assert program.connections == [True]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_who_is_not_there_can_not_be_connected(platform: str) -> None:
    alipay = platform == "alipay"
    with belted(platform) as program:
        program.find()
        create = program.t.createBLEConnection
        assert reason(create(deviceId=NOWHERE))[0] == 10002
        assert reason(create(deviceId=""))[0] == (10011 if alipay else 10013)
        assert reason(create(deviceId="the belt"))[0] == (10011 if alipay else 10013)
        sign = program.t.phone.bluetooth.add(Peripheral("Sign", connectable=False))
        assert reason(create(deviceId=sign.address))[0] == 10003
        speaker = program.t.phone.bluetooth.add(Peripheral("Speaker", classic=True))
        assert reason(create(deviceId=speaker.address))[0] == 10003
        assert reason(program.t.getBLEDeviceServices(deviceId=NOWHERE))[0] == 10002
        assert reason(program.t.getBLEDeviceServices(deviceId=program.belt.address))[0] == 10006


@pytest.mark.parametrize(
    ("platform", "device", "options", "seconds", "told"),
    [
        ("weapp", "Pixel 8", {"timeout": 5000}, 5, (10012, "operate time out")),
        ("weapp", "Pixel 8", {}, 30, (10003, "connection fail")),
        ("weapp", "iPhone 15 Pro", {"timeout": 5000}, 5, (10012, "operate time out")),
        ("alipay", "Pixel 8", {"timeout": 5000}, 5, (10015, "操作超时")),
    ],
)
def test_who_is_out_of_range_is_waited_for(
    platform: str, device: str, options: dict[str, Any], seconds: float, told: tuple[int, str]
) -> None:
    with belted(platform, device) as program:
        clock = program.t.phone.clock

        async def main() -> tuple[int, str]:
            program.belt.vanish()
            connecting = program.t.createBLEConnection(deviceId=device_id, **options)
            await clock.advance(seconds - 0.5)
            assert not failures
            connecting.catch(failures.append)
            await clock.advance(1)
            error = failures[0]
            return error.get("error") or error["errCode"], error.get("errorMessage") or error.errMsg.split(":")[-1]

        failures: list[Any] = []
        clock.stop()
        program.find()
        device_id = program.id
        assert taropy.run(main()) == told
        assert program.connections == []


def test_an_iphone_waits_until_the_device_comes_back() -> None:
    with belted(device="iPhone 15 Pro") as program:
        clock = program.t.phone.clock
        clock.stop()
        program.find()
        device_id = program.id

        async def main() -> None:
            program.belt.vanish()
            connecting = program.t.createBLEConnection(deviceId=device_id)
            await clock.advance(3600)
            program.belt.come_back()
            await connecting

        taropy.run(main())
        assert program.connections == [True]


def test_a_device_that_another_phone_has_is_neither_heard_nor_free() -> None:
    with belted() as mine, Phone(device="Pixel 8") as phone, taropy.create("weapp", phone=phone) as theirs:
        mine.t.phone.bluetooth.meet(phone)
        mine.connect()
        theirs.openBluetoothAdapter().result()
        theirs.startBluetoothDevicesDiscovery().result()
        assert theirs.getBluetoothDevices().result().devices == []

        async def main() -> None:
            connecting = theirs.createBLEConnection(deviceId=mine.belt.address)
            await turns()
            assert mine.belt.connected == [mine.t.phone.bluetooth.address]
            await mine.t.closeBLEConnection(deviceId=mine.belt.address)
            await connecting

        taropy.run(main())
        assert mine.belt.connected == [phone.bluetooth.address]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_device_that_goes_takes_the_connection_with_it(platform: str) -> None:
    with belted(platform) as program:
        device = program.connect()
        program.belt.disconnect()
        assert program.connections == [True, False]
        program.t.createBLEConnection(deviceId=device).result()
        program.belt.vanish()
        assert program.connections == [True, False, True, False]
        assert reason(program.t.getBLEDeviceServices(deviceId=device))[0] == 10006
        assert program.t.getConnectedBluetoothDevices(services=[]).result().devices == []


def test_closing_the_adapter_ends_everything() -> None:
    with belted() as program:
        program.connect()
        program.t.closeBluetoothAdapter().result()
        assert program.belt.connected == []
        program.t.openBluetoothAdapter().result()
        assert program.t.getBluetoothDevices().result().devices == []


def test_closing_the_adapter_ends_an_attempt() -> None:
    with belted() as program:
        program.find()
        device_id = program.id

        async def main() -> Any:
            program.belt.vanish()
            connecting = program.t.createBLEConnection(deviceId=device_id)
            await turns()
            await program.t.closeBluetoothAdapter()
            return await connecting.catch(lambda error: error["errCode"])

        assert taropy.run(main()) == 10000


def test_a_device_that_is_taken_away_is_waited_for_no_longer() -> None:
    with belted() as program:
        program.find()
        device_id = program.id

        async def main() -> Any:
            program.belt.vanish()
            connecting = program.t.createBLEConnection(deviceId=device_id)
            await turns()
            program.t.phone.bluetooth.remove(program.belt)
            return await connecting.catch(lambda error: error["errCode"])

        assert taropy.run(main()) == 10002


def test_bluetooth_that_is_switched_off_ends_an_attempt() -> None:
    with belted() as program:
        program.find()
        device_id = program.id

        async def main() -> Any:
            program.belt.vanish()
            connecting = program.t.createBLEConnection(deviceId=device_id)
            await turns()
            program.t.phone.system.bluetooth = False
            return await connecting.catch(lambda error: error["errCode"])

        assert taropy.run(main()) == 10001


def test_a_device_that_is_connected_is_among_those_that_were_found() -> None:
    with belted() as program:
        program.t.openBluetoothAdapter().result()
        program.t.createBLEConnection(deviceId=program.belt.address).result()
        (device,) = program.t.getBluetoothDevices().result().devices
        assert (device.name, device.RSSI) == ("Belt", -60)


def test_services_and_characteristics_are_listed_with_what_they_allow() -> None:
    with belted() as program:
        device = program.connect()
        (service,) = program.t.getBLEDeviceServices(deviceId=device).result().services
        assert (service.uuid, service.isPrimary) == (LONG.format("180D"), True)
        listed = program.t.getBLEDeviceCharacteristics(deviceId=device, serviceId=service.uuid).result().characteristics
        rate, control, _ = listed
        assert rate.uuid == LONG.format(RATE)
        assert dict(rate.properties) == {
            "read": False,
            "write": False,
            "writeDefault": False,
            "writeNoResponse": False,
            "notify": True,
            "indicate": False,
        }
        assert (control.properties.write, control.properties.writeDefault) == (True, True)
        assert reason(program.t.getBLEDeviceCharacteristics(deviceId=device, serviceId="180F")) == (10004, "no service")


@pytest.mark.parametrize(
    ("device", "service", "characteristic"),
    [("Pixel 8", LONG.format("180D").lower(), LONG.format("2A37").lower()), ("iPhone 15 Pro", "180D", "2A37")],
)
def test_alipay_names_things_in_its_own_way(device: str, service: str, characteristic: str) -> None:
    with belted("alipay", device) as program:
        connected = program.connect()
        native = program.t.phone.native("alipay")

        def told(name: str, **options: Any) -> dict[str, Any]:
            answer: dict[str, Any] = taropy.run(called(native, name, deviceId=connected, **options))
            return answer

        assert told("getBLEDeviceServices")["services"] == [{"serviceId": service, "isPrimary": True}]
        first, *_ = told("getBLEDeviceCharacteristics", serviceId="180D")["characteristics"]
        assert first == {
            "characteristicId": characteristic,
            "serviceId": service,
            "value": "",
            "properties": {"read": False, "write": False, "notify": True, "indicate": False},
        }
        assert program.t.getBLEDeviceServices(deviceId=connected).result().services[0].uuid == service
        read = told("readBLECharacteristicValue", serviceId="180D", characteristicId=SENSOR)
        assert (read["characteristic"]["value"], program.values) == ("01", ["01"])


# --- MTU and signal -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["alipay", "jd", "weapp"])
def test_android_agrees_on_an_mtu(platform: str) -> None:
    with belted(platform) as program:
        device = program.connect()
        assert program.t.getBLEMTU(deviceId=device).result().mtu == 23
        assert program.t.setBLEMTU(deviceId=device, mtu=200).result().mtu == 200
        assert program.t.getBLEMTU(deviceId=device).result().mtu == 200
        error = program.t.setBLEMTU(deviceId=device, mtu=400).catch(dict).result()
        assert error.get("error", error.get("errCode")) == 10008
        assert program.t.getBLEMTU(deviceId=device).result().mtu == 247  # all that the belt agrees to


def test_harmonys_hybrid_apps_are_told_of_an_mtu_in_words() -> None:
    with belted("harmony-hybrid") as program:
        device = program.connect()
        assert program.t.setBLEMTU(deviceId=device, mtu=200).result()["mtu"] == "200"
        assert program.t.setBLEMTU(deviceId=device, mtu=400).catch(dict).result()["mtu"] == ""


def test_what_mtu_there_is_is_told() -> None:
    with belted() as program:
        told: list[Any] = []
        program.t.onBLEMTUChange(lambda change: told.append((change.deviceId, change.mtu)))
        device = program.connect()
        error = program.t.setBLEMTU(deviceId=device, mtu=400).catch(dict).result()
        assert (error["errCode"], error["mtu"], told) == (10008, 247, [(device, 247)])
        for mtu in (22, 512):
            assert "more than 22 and less than 512" in reason(program.t.setBLEMTU(deviceId=device, mtu=mtu))[1]
        assert "writeType" in reason(program.t.getBLEMTU(deviceId=device, writeType="fast"))[1]


def test_an_iphone_agrees_by_itself() -> None:
    with belted(device="iPhone 15 Pro") as program:
        device = program.connect()
        assert program.t.getBLEMTU(deviceId=device).result().mtu == 185
        assert reason(program.t.setBLEMTU(deviceId=device, mtu=100))[0] == 10008


@pytest.mark.parametrize("platform", PLATFORMS)
def test_how_well_a_connected_device_is_heard(platform: str) -> None:
    with belted(platform) as program:
        device = program.connect()
        program.belt.rssi = -83
        assert program.t.getBLEDeviceRSSI(deviceId=device).result().RSSI == -83


# --- pairing ------------------------------------------------------------------------------------------------------


def encoded(pin: str) -> str:
    return base64.b64encode(pin.encode()).decode()


def test_a_device_is_paired_by_its_pin() -> None:
    with belted() as program:
        lock = program.t.phone.bluetooth.add(Peripheral("Lock", pin="4711"))
        program.find()
        pair, paired = program.t.makeBluetoothPair, program.t.isBluetoothDevicePaired
        assert reason(paired(deviceId=lock.address))[0] == 10008
        assert reason(pair(deviceId=lock.address, pin=encoded("0000"), timeout=5000))[0] == 10008
        assert reason(pair(deviceId=lock.address, pin="no base64"))[0] == 10013
        assert reason(pair(deviceId=NOWHERE, pin=encoded("4711")))[0] == 10002
        pair(deviceId=lock.address, pin=encoded("4711")).result()
        assert paired(deviceId=lock.address).result().errMsg == "isBluetoothDevicePaired:ok"
        assert program.t.phone.bluetooth.paired == [lock.address]


def test_only_android_pairs_by_a_program() -> None:
    with belted(device="iPhone 15 Pro") as program:
        program.find()
        assert reason(program.t.makeBluetoothPair(deviceId=program.id, pin=encoded("1")))[0] == 10008


def test_alipay_takes_the_pin_as_it_is() -> None:
    with belted("alipay") as program:
        speaker = program.t.phone.bluetooth.add(Peripheral("Speaker", pin="0000", classic=True))
        program.t.openBluetoothAdapter().result()
        native = program.t.phone.native("alipay")
        refused = taropy.run(called(native, "makeBluetoothPair", deviceId=speaker.address, pin="1"))
        assert (refused["error"], refused["errorMessage"]) == (10008, "其余所有系统上报的异常")
        paired = taropy.run(called(native, "makeBluetoothPair", deviceId=speaker.address, pin=b"0000", timeout=5))
        assert paired["success"] is True


def test_a_value_that_is_secret_has_the_person_pair() -> None:
    with belted() as program:
        phone = program.t.phone
        program.belt.pin = "4711"
        program.belt.characteristic(SERVICE, "2A3A", "read", value=b"s", encrypted=True)
        program.connect()
        phone.person.script("pair", allow=False)
        assert reason(program.t.readBLECharacteristicValue(program.of("2A3A"))) == (
            10008,
            "system error ATT error 0x05",
        )
        phone.person.script("pair", pin="1")
        assert reason(program.t.readBLECharacteristicValue(program.of("2A3A")))[0] == 10008
        program.t.readBLECharacteristicValue(program.of("2A3A")).result()
        program.t.readBLECharacteristicValue(program.of("2A3A")).result()
        assert program.values == [b"s", b"s"]
        assert [dict(asked.shown) for asked in phone.person.asked if asked.kind == "pair"] == [
            {"name": "Belt", "pin": True}
        ] * 3


def test_a_phone_stays_paired(tmp_path: Path) -> None:
    lock = Peripheral("Lock", address="AA:BB:CC:00:00:01", pin="1")
    with Phone(tmp_path / "phone", device="Pixel 8") as phone, taropy.create("weapp", phone=phone) as t:
        before = phone.snapshot()
        phone.bluetooth.add(lock)
        t.openBluetoothAdapter().result()
        t.makeBluetoothPair(deviceId=lock.address, pin=encoded("1")).result()
        address = phone.bluetooth.address
    with Phone(tmp_path / "phone", device="Pixel 8") as phone:
        assert (phone.bluetooth.paired, phone.bluetooth.address) == ([lock.address], address)
        phone.restore(before)
        assert phone.bluetooth.paired == []


def test_a_person_pairs_and_forgets_a_device_in_the_settings() -> None:
    with belted() as program:
        program.belt.pin = "4711"
        program.belt.characteristic(SERVICE, "2A3A", "read", value=b"s", encrypted=True)
        program.t.phone.bluetooth.pair(program.belt)
        program.connect()
        program.t.readBLECharacteristicValue(program.of("2A3A")).result()
        assert program.t.isBluetoothDevicePaired(deviceId=program.id).result().errMsg.endswith(":ok")
        assert [asked.kind for asked in program.t.phone.person.asked] == ["authorize"]
        program.t.phone.bluetooth.unpair(program.belt)
        assert reason(program.t.isBluetoothDevicePaired(deviceId=program.id))[0] == 10008


def test_a_call_that_is_given_up_ends_the_attempt() -> None:
    with belted() as program:
        program.find()
        device_id = program.id

        async def main() -> None:
            program.belt.vanish()
            waiting = asyncio.ensure_future(program.t.createBLEConnection(deviceId=device_id))
            await turns()
            waiting.cancel()
            await asyncio.wait([waiting])
            await turns()
            program.belt.come_back()
            await program.t.createBLEConnection(deviceId=device_id)

        taropy.run(main())
        assert program.connections == [True]
