"""The phone on a virtual controller of bumble's: the packets that it sends are the protocol's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import attrs
import pytest

import taropy
from taropy.phone import Peripheral, Phone

bumble = pytest.importorskip("bumble", reason="bumble plays the other side: pip install bumble")

from bumble.att import ATT_Error  # noqa: E402
from bumble.core import AdvertisingData  # noqa: E402
from bumble.gatt import Characteristic, CharacteristicValue, Service  # noqa: E402
from bumble.link import LocalLink  # noqa: E402
from virtual_radio import VirtualRadio, device  # noqa: E402

from taropy.phone.device.bluetooth.advertising import payload  # noqa: E402

PHONE, BELT = "F0:F0:F0:F0:F0:01", "F0:F0:F0:F0:F0:02"
FLAGS = Characteristic.Properties
NAME, UUIDS, COMPANY = 0x09, 0x03, 0xFF


@attrs.frozen
class Belt:
    """A program, bumble's belt, and the packets of the Attribute Protocol that have come and gone there, in hex."""

    t: Any
    belt: Any
    rate: Any
    control: Any
    came: list[str]
    went: list[str]
    values: list[bytes]

    async def connect(self) -> None:
        """Has the program find the belt, which begins to advertise, and connect."""
        found = asyncio.get_running_loop().create_future()
        self.t.onBLECharacteristicValueChange(lambda told: self.values.append(told.value))
        self.t.onBluetoothDeviceFound(lambda told: found.done() or found.set_result(told.devices[0]))
        await self.t.openBluetoothAdapter()
        await self.t.startBluetoothDevicesDiscovery(services=["180D"])
        await self.belt.start_advertising(advertising_interval_min=20, advertising_interval_max=20)
        seen = await found
        assert (seen.localName, seen.advertisData, seen.deviceId) == ("Belt", b"\x57\x01\x05", BELT)
        await self.t.stopBluetoothDevicesDiscovery()
        await self.t.createBLEConnection(deviceId=BELT)
        self.came.clear()
        self.went.clear()

    def of(self, characteristic: str, **more: Any) -> dict[str, Any]:
        """The options that name a characteristic."""
        return {"deviceId": BELT, "serviceId": "180D", "characteristicId": characteristic, **more}


def belted(use: Callable[[Belt], Awaitable[None]], refuse: bool = False) -> None:
    """Has a test use a program whose phone is connected to a belt of bumble's."""

    def command(connection: Any, value: bytes) -> None:
        if refuse:
            raise ATT_Error(0x81)

    async def main() -> None:
        link = LocalLink()
        own, belt = device(link, "phone", PHONE), device(link, "belt", BELT)
        rate = Characteristic("2A37", FLAGS.NOTIFY | FLAGS.READ, Characteristic.READABLE, bytes(range(60)))
        control = Characteristic(
            "2A39",
            FLAGS.WRITE | FLAGS.WRITE_WITHOUT_RESPONSE,
            Characteristic.WRITEABLE,
            CharacteristicValue(write=command),
        )
        belt.add_service(Service("180D", [rate, control]))
        parts = [(NAME, b"Belt"), (UUIDS, b"\x0d\x18"), (COMPANY, b"\x57\x01\x05")]
        belt.advertising_data = bytes(AdvertisingData(parts))
        came, went = watched(belt.gatt_server)
        await own.power_on()
        await belt.power_on()
        async with Phone(device="Pixel 8") as phone, taropy.create("weapp", phone=phone) as t:
            phone.bluetooth.radio = VirtualRadio(own)
            program = Belt(t, belt, rate, control, came, went, [])
            await program.connect()
            await use(program)

    asyncio.run(main())


def watched(server: Any) -> tuple[list[str], list[str]]:
    """What comes to a server of bumble's, and what it sends, packet by packet."""
    came: list[str] = []
    went: list[str] = []
    take, send = server.on_gatt_pdu, server.send_gatt_pdu

    def on_gatt_pdu(bearer: Any, pdu: Any) -> None:
        came.append(bytes(pdu).hex())
        take(bearer, pdu)

    def send_gatt_pdu(bearer: Any, pdu: bytes) -> None:
        went.append(bytes(pdu).hex())
        send(bearer, pdu)

    server.on_gatt_pdu, server.send_gatt_pdu = on_gatt_pdu, send_gatt_pdu
    return came, went


def handle(attribute: Any) -> str:
    """A handle, as in packets: the lower byte first."""
    return int(attribute.handle).to_bytes(2, "little").hex()


async def until(condition: Callable[[], object]) -> None:
    """Lets the controllers talk until something has happened."""
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it has not happened")


def test_a_subscription_is_a_write_to_the_descriptor_and_its_values_are_notifications() -> None:
    async def use(program: Belt) -> None:
        await program.t.notifyBLECharacteristicValueChange(program.of("2A37", state=True))
        cccd = int(program.rate.handle + 1).to_bytes(2, "little").hex()
        assert program.came[-1] == f"12{cccd}0100"
        await program.belt.notify_subscribers(program.rate, b"\x00\x48")
        await until(lambda: program.values)
        assert program.went[-1] == f"1b{handle(program.rate)}0048"
        assert program.values == [b"\x00\x48"]
        await program.t.notifyBLECharacteristicValueChange(program.of("2A37", state=False))
        assert program.came[-1] == f"12{cccd}0000"

    belted(use)


def test_a_long_value_is_read_in_parts() -> None:
    async def use(program: Belt) -> None:
        await program.t.readBLECharacteristicValue(program.of("2A37"))
        of = handle(program.rate)
        assert program.came == [f"0a{of}", f"0c{of}1600", f"0c{of}2c00"]
        assert program.values == [bytes(range(60))]

    belted(use)


def test_writes_with_and_without_an_answer() -> None:
    async def use(program: Belt) -> None:
        of = handle(program.control)
        await program.t.writeBLECharacteristicValue(program.of("2A39", value=b"\x01", writeType="write"))
        await program.t.writeBLECharacteristicValue(program.of("2A39", value=b"\x02", writeType="writeNoResponse"))
        await until(lambda: len(program.came) == 2)
        assert program.came == [f"12{of}01", f"52{of}02"]
        too_long = program.of("2A39", value=bytes(21), writeType="writeNoResponse")
        assert await program.t.writeBLECharacteristicValue(too_long).catch(lambda error: error.errCode) == 10008
        assert len(program.came) == 2

    belted(use)


def test_a_long_write_is_prepared_and_executed() -> None:
    async def use(program: Belt) -> None:
        value = bytes(range(40))
        await program.t.writeBLECharacteristicValue(program.of("2A39", value=value, writeType="write"))
        of = handle(program.control)
        parts = [f"16{of}{at:02x}00{value[at : at + 18].hex()}" for at in (0, 18, 36)]
        assert program.came == [*parts, "1801"]

    belted(use)


def test_an_mtu_is_agreed_on() -> None:
    async def use(program: Belt) -> None:
        changes: list[int] = []
        program.t.onBLEMTUChange(lambda told: changes.append(told.mtu))
        assert (await program.t.getBLEMTU(deviceId=BELT)).mtu == 23
        assert (await program.t.setBLEMTU(deviceId=BELT, mtu=100)).mtu == 100
        assert program.came == ["026400"]
        assert changes == [100]
        await program.t.writeBLECharacteristicValue(program.of("2A39", value=bytes(97), writeType="writeNoResponse"))

    belted(use)


def test_what_the_device_refuses() -> None:
    async def use(program: Belt) -> None:
        writing = program.t.writeBLECharacteristicValue(program.of("2A39", value=b"\x01", writeType="write"))
        error = await writing.catch(dict)
        assert (error["errCode"], error["errMsg"].rpartition(" ")[2]) == (10008, "0x81")

    belted(use, refuse=True)


def test_a_device_that_hangs_up() -> None:
    async def use(program: Belt) -> None:
        states: list[bool] = []
        program.t.onBLEConnectionStateChange(lambda told: states.append(told.connected))
        (connection,) = program.belt.connections.values()
        await connection.disconnect()
        await until(lambda: states)
        assert states == [False]
        reading = program.t.readBLECharacteristicValue(program.of("2A37"))
        assert await reading.catch(lambda error: error.errCode) == 10006

    belted(use)


def test_advertisements_of_the_simulated_air_are_those_of_the_protocol() -> None:
    scale = Peripheral(
        "Scale",
        services=["181D", "8667556c-9a37-4c91-84ed-54ee27d90049"],
        manufacturer_data={0x0157: b"\x0a\x0b"},
        service_data={"181D": b"\x22"},
    )
    kinds = AdvertisingData.Type
    read = AdvertisingData.from_bytes(payload(scale.advertisement()))
    assert read.get(kinds.COMPLETE_LOCAL_NAME) == "Scale"
    assert read.get(kinds.MANUFACTURER_SPECIFIC_DATA) == (0x0157, b"\x0a\x0b")
    (short,) = read.get(kinds.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS)
    (long,) = read.get(kinds.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS)
    assert short.to_hex_str() == "181D"
    assert UUID(long.to_hex_str()) == UUID("8667556c-9a37-4c91-84ed-54ee27d90049")
    uuid, data = read.get(kinds.SERVICE_DATA_16_BIT_UUID)
    assert (uuid.to_hex_str(), data) == ("181D", b"\x22")
