"""A phone that goes back has the devices around it that it had then, each as it was."""

from __future__ import annotations

from typing import Any

from belted import SERVICE, belted

import taropy
from taropy.phone import Peripheral, Phone


def test_devices_that_have_come_are_gone_and_those_that_have_gone_are_back() -> None:
    with Phone() as phone:
        stays, goes = phone.bluetooth.add(Peripheral("Stays")), phone.bluetooth.add(Peripheral("Goes"))
        taken = phone.snapshot()
        for _ in range(2):
            phone.bluetooth.remove(goes)
            comes = phone.bluetooth.add(Peripheral("Comes"))
            phone.restore(taken)
            assert phone.bluetooth.air.devices == (stays, goes)
            assert comes.air is None


def test_each_is_as_it_was() -> None:
    with Phone() as phone:
        belt = phone.bluetooth.add(Peripheral("Belt", rssi=-50))
        heart = belt.characteristic(SERVICE, "2A37", "read", "notify", value=b"a")
        taken = phone.snapshot()
        belt.rssi, belt.name, belt.advertising, belt.pin = -90, "Other", False, "1"
        belt.manufacturer_data[5] = b"x"
        heart.write(b"b")
        belt.characteristic(SERVICE, "2A38", "read")
        belt.vanish()
        phone.restore(taken)
        assert (belt.rssi, belt.name, belt.advertising, belt.pin, belt.here) == (-50, "Belt", True, None, True)
        assert belt.manufacturer_data == {}
        assert (heart.value, list(heart.writes)) == (b"a", [])
        assert [[each.uuid[4:8] for each in offer.attributes] for offer in belt.offers()] == [["2A37"]]


def test_a_program_finds_and_reads_a_device_that_is_back() -> None:
    with belted() as program:
        program.belt.characteristic(SERVICE, "2A3A", "read", value=b"s")
        taken = program.t.phone.snapshot()
        program.t.phone.bluetooth.remove(program.belt)
        program.t.phone.restore(taken)
        program.connect()
        program.t.readBLECharacteristicValue(program.of("2A3A")).result()
        assert program.values == [b"s"]


def test_a_connection_is_under_way_and_stays_while_its_device_does() -> None:
    with belted() as program:
        taken = program.t.phone.snapshot()
        address = program.connect()
        program.t.phone.restore(taken)
        assert len(program.belt.connected) == 1
        program.belt.vanish()
        gone = program.t.phone.snapshot()
        program.belt.come_back()
        program.t.createBLEConnection(deviceId=address).result()
        program.t.phone.restore(gone)
        assert program.belt.connected == []


def test_where_phones_have_met_since_the_surroundings_stay_as_they_are() -> None:
    with Phone() as one, Phone() as other:
        belt: Any = one.bluetooth.add(Peripheral("Belt"))
        taken = other.snapshot()
        other.bluetooth.meet(one)
        other.restore(taken)
        assert other.bluetooth.air.devices == (belt,)


def test_what_a_program_is_for_others_is_under_way() -> None:
    with Phone(device="Pixel 8") as phone, taropy.create("weapp", phone=phone) as t:
        taken = phone.snapshot()
        t.openBluetoothAdapter(mode="peripheral").result()
        server = t.createBLEPeripheralServer().result().server
        server.startAdvertising(advertiseRequest={"deviceName": "Me"}).result()
        around = phone.bluetooth.air.devices
        phone.restore(taken)
        assert phone.bluetooth.air.devices == around != ()
