"""Real devices by bleak, whose backends are played here: there is no radio in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from belted import LONG

import taropy
from taropy.extras import MissingExtra
from taropy.phone import Phone

pytest.importorskip("bleak", reason="the package bleak is the way to real radios: pip install 'taropy[bluetooth]'")

from bleak import BleakError
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakGATTProtocolError

LAMP = "AA:BB:CC:00:00:07"
SERVICE, STATE, COMMAND = "0000fee7-0000-1000-8000-00805f9b34fb", "000036f6-0000-1000-8000-00805f9b34fb", "36f5"


class Scanner(BaseBleakScanner):
    """Hears one lamp."""

    running: ClassVar[list[Scanner]] = []

    def __init__(self, detection_callback: Any, service_uuids: Any, scanning_mode: str, **options: Any) -> None:
        super().__init__(detection_callback, service_uuids)

    async def start(self) -> None:
        self.running.append(self)
        told = AdvertisementData("Lamp", {0x0157: b"\x05"}, {SERVICE: b"\x01"}, [SERVICE], None, -57, ())
        self.call_detection_callbacks(BLEDevice(LAMP, "Lamp 7", None), told)

    async def stop(self) -> None:
        self.running.remove(self)


class Client(BaseBleakClient):
    """A connection to the lamp."""

    last: ClassVar[Client]
    fails: ClassVar[Exception | None] = None

    def __init__(self, device: Any, **options: Any) -> None:
        super().__init__(device, **{name: options[name] for name in ("disconnected_callback", "timeout")})
        Client.last = self
        self.written: list[tuple[bytes, bool]] = []
        self.there = False
        self.notify: Callable[[bytearray], None] | None = None

    @property
    def name(self) -> str:
        return "Lamp 7"

    @property
    def mtu_size(self) -> int:
        return 120

    @property
    def is_connected(self) -> bool:
        return self.there

    async def connect(self, pair: bool, **options: Any) -> None:
        if self.fails is not None:
            raise self.fails
        self.there = True
        services = self.services = BleakGATTServiceCollection()
        service = BleakGATTService(None, 1, SERVICE)
        services.add_service(service)
        flags: list[Any] = [["read", "notify"], ["write", "write-without-response"]]
        for handle, (uuid, allowed) in enumerate(zip((STATE, f"0000{COMMAND}{SERVICE[8:]}"), flags, strict=True), 2):
            services.add_characteristic(BleakGATTCharacteristic(None, handle, uuid, allowed, lambda: 117, service))

    async def disconnect(self) -> None:
        self.there = False

    async def pair(self, *arguments: Any, **options: Any) -> None:
        pass

    async def unpair(self) -> None:
        pass

    async def read_gatt_char(self, characteristic: Any, **options: Any) -> bytearray:
        if self.fails is not None:
            raise self.fails
        return bytearray(b"\x01")

    async def read_gatt_descriptor(self, descriptor: Any, **options: Any) -> bytearray:
        raise NotImplementedError

    async def write_gatt_char(self, characteristic: Any, data: Any, response: bool) -> None:
        self.written.append((bytes(data), response))

    async def write_gatt_descriptor(self, descriptor: Any, data: Any) -> None:
        raise NotImplementedError

    async def start_notify(self, characteristic: Any, callback: Callable[[bytearray], None], **options: Any) -> None:
        self.notify = callback

    async def stop_notify(self, characteristic: Any) -> None:
        self.notify = None

    def vanish(self) -> None:
        """The lamp goes."""
        self.there = False
        assert self._disconnected_callback is not None
        self._disconnected_callback()


@pytest.fixture(autouse=True)
def fresh() -> None:
    Scanner.running.clear()
    Client.fails = None


def of(characteristic: str, **more: Any) -> dict[str, Any]:
    return {"deviceId": LAMP, "serviceId": "FEE7", "characteristicId": characteristic, **more}


def used(use: Callable[[Any], Any]) -> None:
    """Has a test use a program that has opened the adapter, on a phone with this radio."""

    async def main() -> None:
        async with Phone(device="Pixel 8") as phone, taropy.create("weapp", phone=phone) as t:
            phone.bluetooth.use_real(scanner=Scanner, client=Client)
            await t.openBluetoothAdapter()
            await use(t)

    asyncio.run(main())


def test_real_devices_are_found() -> None:
    async def use(t: Any) -> None:
        t.phone.system.location = False  # the computer asks for none
        await t.startBluetoothDevicesDiscovery(services=["FEE7"])
        (found,) = (await t.getBluetoothDevices()).devices
        assert (found.deviceId, found.name, found.localName, found.RSSI) == (LAMP, "Lamp 7", "Lamp", -57)
        assert (found.advertisData, found.advertisServiceUUIDs) == (b"\x57\x01\x05", [LONG.format("FEE7")])
        assert len(Scanner.running) == 1
        await t.stopBluetoothDevicesDiscovery()
        assert Scanner.running == []

    used(use)


def test_real_devices_are_read_written_and_listened_to() -> None:
    async def use(t: Any) -> None:
        values: list[bytes] = []
        t.onBLECharacteristicValueChange(lambda told: values.append(told.value))
        await t.createBLEConnection(deviceId=LAMP)
        (service,) = (await t.getBLEDeviceServices(deviceId=LAMP)).services
        assert service.uuid == LONG.format("FEE7")
        await t.readBLECharacteristicValue(of("36F6"))
        await t.notifyBLECharacteristicValueChange(of("36F6", state=True))
        assert Client.last.notify is not None
        Client.last.notify(bytearray(b"\x02"))
        assert values == [b"\x01", b"\x02"]
        await t.writeBLECharacteristicValue(of("36F5", value=b"\x03"))
        await t.writeBLECharacteristicValue(of("36F5", value=b"\x04", writeType="write"))
        assert Client.last.written == [(b"\x03", False), (b"\x04", True)]
        assert (await t.getBLEMTU(deviceId=LAMP)).mtu == 120
        await t.notifyBLECharacteristicValueChange(of("36F6", state=False))
        assert Client.last.notify is None
        await t.closeBLEConnection(deviceId=LAMP)
        assert not Client.last.there

    used(use)


def test_a_real_device_that_goes() -> None:
    async def use(t: Any) -> None:
        states: list[bool] = []
        t.onBLEConnectionStateChange(lambda told: states.append(told.connected))
        await t.createBLEConnection(deviceId=LAMP)
        Client.last.vanish()
        assert states == [True, False]
        assert await t.readBLECharacteristicValue(of("36F6")).catch(lambda error: error.errCode) == 10006

    used(use)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BleakDeviceNotFoundError(LAMP), 10002),
        (BleakError("it will not"), 10003),
        (TimeoutError(), 10003),
    ],
)
def test_a_real_device_that_can_not_be_connected(error: Exception, code: int) -> None:
    async def use(t: Any) -> None:
        Client.fails = error
        assert await t.createBLEConnection(deviceId=LAMP).catch(lambda failure: failure.errCode) == code

    used(use)


def test_what_a_real_device_refuses_and_what_bleak_can_not_do() -> None:
    async def use(t: Any) -> None:
        await t.createBLEConnection(deviceId=LAMP)
        Client.fails = BleakGATTProtocolError(0x80)
        told = await t.readBLECharacteristicValue(of("36F6")).catch(lambda error: error.errMsg)
        assert told.endswith("system error ATT error 0x80")
        Client.fails = BleakError("the system is busy")
        told = await t.readBLECharacteristicValue(of("36F6")).catch(lambda error: error.errMsg)
        assert told.endswith("system error the system is busy")
        assert "bleak does not tell it" in await t.getBLEDeviceRSSI(deviceId=LAMP).catch(lambda error: error.errMsg)
        assert (await t.setBLEMTU(deviceId=LAMP, mtu=200).catch(dict))["mtu"] == 120
        assert "real radios" in await t.createBLEPeripheralServer().catch(lambda error: error.errMsg)

    used(use)


def test_a_program_that_ends_lets_go_of_the_radio() -> None:
    async def use(t: Any) -> None:
        await t.startBluetoothDevicesDiscovery()
        await t.createBLEConnection(deviceId=LAMP)

    used(use)
    assert Scanner.running == []
    assert not Client.last.there


def test_a_program_without_a_loop_lets_go_of_the_radio_too() -> None:
    with Phone(device="Pixel 8") as phone, taropy.create("weapp", phone=phone) as t:
        phone.bluetooth.use_real(scanner=Scanner, client=Client)
        t.openBluetoothAdapter().result()
        t.startBluetoothDevicesDiscovery().result()
        t.createBLEConnection(deviceId=LAMP).result()
    assert Scanner.running == []
    assert not Client.last.there


def test_without_bleak_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "bleak", None)
    monkeypatch.setitem(__import__("sys").modules, "bleak.exc", None)
    with Phone() as phone, pytest.raises(MissingExtra, match=r"pip install 'taropy\[bluetooth\]'"):
        phone.bluetooth.use_real()
