"""Phones that are devices for others: `createBLEPeripheralServer`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from belted import LONG, reason

import taropy
from taropy.phone import Peripheral, Phone

SERVICE, STATE, COMMAND = "FEE7", "36F6", "36F5"


@attrs.frozen
class Two:
    """A program `door` that is a device, its server, and a program `key` on another phone that has found it."""

    door: Any
    server: Any
    key: Any
    values: list[bytes] = attrs.field(factory=list)

    def connect(self) -> str:
        """Has the key connect to the door; gives the door's id."""
        found: list[Any] = []
        self.key.onBluetoothDeviceFound(found.append)
        self.key.onBLECharacteristicValueChange(lambda told: self.values.append(told.value))
        self.key.startBluetoothDevicesDiscovery(services=[SERVICE]).result()
        device: str = found[0].devices[0].deviceId
        self.key.createBLEConnection(deviceId=device).result()
        return device


def offer(properties: dict[str, bool], uuid: str, **more: Any) -> dict[str, Any]:
    return {"uuid": uuid, "properties": properties, **more}


@pytest.fixture(params=["weapp", "jd"])
def two(request: pytest.FixtureRequest) -> Iterator[Two]:
    """Two phones that have met, one of which offers a service."""
    with (
        Phone(device="Pixel 8") as here,
        Phone(device="iPhone 15 Pro") as there,
        taropy.create(request.param, phone=here) as door,
        taropy.create("weapp", phone=there) as key,
    ):
        here.bluetooth.meet(there)
        door.openBluetoothAdapter().result()
        key.openBluetoothAdapter().result()
        server = door.createBLEPeripheralServer().result().server
        state = offer({"read": True, "notify": True}, STATE, value=b"\x00")
        command = offer({"write": True}, COMMAND)
        server.addService(service={"uuid": SERVICE, "characteristics": [state, command]}).result()
        request_ = {"deviceName": "Door", "serviceUuids": [SERVICE]}
        server.startAdvertising(advertiseRequest=request_).result()
        yield Two(door, server, key)


def of(device: str, characteristic: str, **more: Any) -> dict[str, Any]:
    return {"deviceId": device, "serviceId": SERVICE, "characteristicId": characteristic, **more}


def test_a_phone_finds_another(two: Two) -> None:
    two.key.startBluetoothDevicesDiscovery().result()
    (found,) = two.key.getBluetoothDevices().result().devices
    assert (found.localName, found.advertisServiceUUIDs) == ("Door", [LONG.format(SERVICE)])
    two.door.startBluetoothDevicesDiscovery().result()
    assert two.door.getBluetoothDevices().result().devices == []  # it does not hear itself


def test_what_is_around_two_phones_is_around_both_when_they_meet() -> None:
    with (
        Phone(device="Pixel 8") as here,
        Phone(device="Pixel 8") as there,
        taropy.create("weapp", phone=here) as ours,
        taropy.create("weapp", phone=there) as theirs,
    ):
        here.bluetooth.add(Peripheral("Belt"))
        there.bluetooth.add(Peripheral("Scale"))
        here.bluetooth.meet(there)
        here.bluetooth.meet(there)
        for t in (ours, theirs):
            t.openBluetoothAdapter().result()
            t.startBluetoothDevicesDiscovery().result()
            assert [each.name for each in t.getBluetoothDevices().result().devices] == ["Belt", "Scale"]


def test_who_connects_is_told(two: Two) -> None:
    told: list[Any] = []
    two.door.onBLEPeripheralConnectionStateChanged(lambda each: told.append((each.serverId, each.connected)))
    device = two.connect()
    two.key.closeBLEConnection(deviceId=device).result()
    assert [connected for _, connected in told] == [True, False]
    assert len({server for server, _ in told}) == 1


def test_a_value_that_nobody_asks_the_program_for(two: Two) -> None:
    device = two.connect()
    two.key.readBLECharacteristicValue(of(device, STATE)).result()
    assert two.values == [b"\x00"]


def test_the_program_answers_what_is_read_and_written(two: Two) -> None:
    asked: list[Any] = []

    def answer(request: Any) -> None:
        asked.append((request.serviceId, request.characteristicId, request.get("value")))
        named = {"serviceId": request.serviceId, "characteristicId": request.characteristicId}
        value = request.get("value") or b"\x07"
        two.server.writeCharacteristicValue(**named, value=value, needNotify=False, callbackId=request.callbackId)

    two.server.onCharacteristicReadRequest(answer)
    two.server.onCharacteristicWriteRequest(answer)
    device = two.connect()
    two.key.readBLECharacteristicValue(of(device, STATE)).result()
    two.key.writeBLECharacteristicValue(of(device, COMMAND, value=b"\x01")).result()
    assert two.values == [b"\x07"]
    service = LONG.format(SERVICE)
    assert asked == [(service, LONG.format(STATE), None), (service, LONG.format(COMMAND), b"\x01")]


def test_who_has_subscribed_is_sent_new_values(two: Two) -> None:
    device = two.connect()
    two.key.notifyBLECharacteristicValueChange(of(device, STATE, state=True)).result()
    send = two.server.writeCharacteristicValue
    for value in (b"\x01", b"\x02"):
        send(serviceId=SERVICE, characteristicId=STATE, value=value, needNotify=True).result()
    send(serviceId=SERVICE, characteristicId=STATE, value=b"\x03", needNotify=False).result()
    assert two.values == [b"\x01", b"\x02"]


def test_a_write_that_wants_no_answer_waits_for_none(two: Two) -> None:
    two.server.addService(
        service={"uuid": "FEE8", "characteristics": [offer({"writeNoResponse": True}, "36F7")]}
    ).result()
    written: list[bytes] = []
    two.server.onCharacteristicWriteRequest(lambda request: written.append(request.value))
    device = two.connect()
    options = {"deviceId": device, "serviceId": "FEE8", "characteristicId": "36F7"}
    two.key.writeBLECharacteristicValue(**options, value=b"\x01").result()
    two.key.getBluetoothAdapterState().result()  # by then it has arrived
    assert written == [b"\x01"]


def test_an_answer_that_never_comes(two: Two) -> None:
    clock = two.key.phone.clock
    clock.stop()
    two.server.onCharacteristicReadRequest(lambda request: None)
    device = two.connect()

    async def main() -> Any:
        reading = two.key.readBLECharacteristicValue(of(device, STATE))
        await clock.advance(31)
        return await reading.catch(lambda error: error["errCode"])

    assert taropy.run(main()) == 10012


def test_who_stops_advertising_keeps_its_connections(two: Two) -> None:
    device = two.connect()
    two.server.stopAdvertising().result()
    two.key.closeBluetoothAdapter().result()
    two.key.openBluetoothAdapter().result()
    two.key.startBluetoothDevicesDiscovery().result()
    assert two.key.getBluetoothDevices().result().devices == []
    two.key.createBLEConnection(deviceId=device).result()


def test_a_server_that_closes_is_gone(two: Two) -> None:
    ended: list[bool] = []
    two.key.onBLEConnectionStateChange(lambda told: ended.append(told.connected))
    device = two.connect()
    if two.door.platform.name == "weapp":
        two.server.close().result()
        assert reason(two.server.startAdvertising(advertiseRequest={}))[0] == 10006
    else:
        two.door.closeBluetoothAdapter().result()
    assert ended == [True, False]
    assert reason(two.key.createBLEConnection(deviceId=device))[0] == 10002


def test_services_that_are_not_there_and_options_that_are_wrong(two: Two) -> None:
    assert reason(two.server.removeService(serviceId="180F"))[0] == 10004
    send = two.server.writeCharacteristicValue
    assert reason(send(serviceId=SERVICE, characteristicId="2A00", value=b"", needNotify=False))[0] == 10005
    long = send(serviceId=SERVICE, characteristicId=STATE, value=bytes(513), needNotify=False)
    assert "512 bytes at most" in reason(long)[1]
    assert "uuid" in reason(two.server.addService(service={"uuid": "door", "characteristics": []}))[1]
    beacon = {"uuid": LONG.format("FEE7"), "major": 1, "minor": 2}
    both = {"deviceName": "Door", "beacon": beacon}
    assert "nothing else" in reason(two.server.startAdvertising(advertiseRequest=both))[1]
    assert "powerLevel" in reason(two.server.startAdvertising(advertiseRequest={}, powerLevel="full"))[1]
    far = {"beacon": {**beacon, "major": 70000}}
    assert "65535" in reason(two.server.startAdvertising(advertiseRequest=far))[1]
    loud = {"beacon": {**beacon, "measuredPower": 200}}
    assert "-128 to 127 dBm" in reason(two.server.startAdvertising(advertiseRequest=loud))[1]


def test_manufacturer_data_of_an_android_phone(two: Two) -> None:
    data = [{"manufacturerId": "0x0157", "manufacturerSpecificData": b"\x05"}]
    two.server.startAdvertising(advertiseRequest={"manufacturerData": data}).result()
    two.key.startBluetoothDevicesDiscovery().result()
    (found,) = two.key.getBluetoothDevices().result().devices
    assert found.advertisData == b"\x57\x01\x05"
    for wrong in ("Apple", "0x10000", "-1"):
        request = {"manufacturerData": [{"manufacturerId": wrong}]}
        assert "should be 0x004C or the like" in reason(two.server.startAdvertising(advertiseRequest=request))[1]


def test_a_phone_is_a_beacon(two: Two) -> None:
    beacons: list[Any] = []
    two.key.onBeaconUpdate(lambda told: beacons.extend(told.beacons))
    uuid = "FDA50693-A4E2-4FB1-AFCF-C6EB07647825"
    two.key.startBeaconDiscovery(uuids=[uuid]).result()
    beacon = {"uuid": uuid, "major": 3, "minor": 4}
    two.key.phone.clock.stop()
    two.server.startAdvertising(advertiseRequest={"beacon": beacon, "connectable": False}).result()
    two.key.phone.clock.advance(1)
    assert [(each.uuid, each.major, each.minor) for each in beacons] == [(uuid, 3, 4)]


def test_an_iphone_tells_of_subscriptions_and_has_to_be_opened_as_a_device() -> None:
    with Phone() as phone, taropy.create("weapp", phone=phone) as door:
        door.openBluetoothAdapter().result()
        assert reason(door.createBLEPeripheralServer())[0] == 10000
        door.openBluetoothAdapter(mode="peripheral").result()
        server = door.createBLEPeripheralServer().result().server
        state = offer({"notify": True}, STATE)
        server.addService(service={"uuid": SERVICE, "characteristics": [state]}).result()
        server.startAdvertising(advertiseRequest={"serviceUuids": [SERVICE]}).result()
        told: list[str] = []
        server.onCharacteristicSubscribed(lambda each: told.append(f"+{each.characteristicId[4:8]}"))
        server.onCharacteristicUnsubscribed(lambda each: told.append(f"-{each.characteristicId[4:8]}"))
        with Phone(device="Pixel 8") as other, taropy.create("weapp", phone=other) as key:
            phone.bluetooth.meet(other)
            key.openBluetoothAdapter().result()
            device = Two(door, server, key).connect()
            for begins in (True, False):
                key.notifyBLECharacteristicValueChange(of(device, STATE, state=begins)).result()
        assert told == ["+36F6", "-36F6"]


def test_the_person_may_forbid_it() -> None:
    with Phone(device="Pixel 8") as phone, taropy.create("weapp", phone=phone) as door:
        door.openBluetoothAdapter().result()
        phone.permissions.deny("scope.bluetooth")
        assert "auth deny" in door.createBLEPeripheralServer().catch(lambda error: error.errMsg).result()
