"""A program with a heart-rate belt near its phone: what tests of Bluetooth begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs

import taropy
from taropy.phone import Characteristic, Peripheral, Phone

SERVICE, RATE, CONTROL, SENSOR = "180D", "2A37", "2A39", "2A38"
LONG = "0000{}-0000-1000-8000-00805F9B34FB"
#: Who has Bluetooth Low Energy as a central.
PLATFORMS = ("alipay", "harmony-hybrid", "jd", "weapp")


@attrs.frozen
class Belt:
    """A program `t`, the belt, and what the program is told."""

    t: Any
    belt: Peripheral
    rate: Characteristic
    control: Characteristic
    values: list[Any] = attrs.field(factory=list)
    connections: list[bool] = attrs.field(factory=list)

    @property
    def id(self) -> str:
        """By what the program knows the belt."""
        return str(self.t.getBluetoothDevices().result().devices[0].deviceId)

    def find(self) -> None:
        """Opens the adapter and has the belt be found."""
        self.t.onBLECharacteristicValueChange(lambda told: self.values.append(told.value))
        self.t.onBLEConnectionStateChange(lambda told: self.connections.append(told.connected))
        self.t.openBluetoothAdapter().result()
        self.t.startBluetoothDevicesDiscovery(services=[SERVICE]).result()

    def connect(self) -> str:
        """Finds it and connects to it; gives its id."""
        self.find()
        self.t.createBLEConnection(deviceId=self.id).result()
        return self.id

    def of(self, characteristic: str, **options: Any) -> dict[str, Any]:
        """The options that name a characteristic."""
        return {"deviceId": self.id, "serviceId": SERVICE, "characteristicId": characteristic, **options}

    def subscribe(self, **options: Any) -> None:
        """Subscribes to the heart rate."""
        self.t.notifyBLECharacteristicValueChange(self.of(RATE, state=True, **options)).result()

    def write(self, value: bytes, **options: Any) -> Any:
        """Begins to write to the control point, in the form of the platform."""
        given = value.hex() if self.t.platform.name == "alipay" else value
        return self.t.writeBLECharacteristicValue(self.of(CONTROL, value=given, **options))


@contextmanager
def belted(platform: str = "weapp", device: str = "Pixel 8") -> Iterator[Belt]:
    """A program on a phone with a belt near it."""
    with Phone(device=device) as phone, taropy.create(platform, phone=phone) as t:
        belt = phone.bluetooth.add(Peripheral("Belt", services=[SERVICE], manufacturer_data={0x0157: b"\x01\x02"}))
        rate = belt.characteristic(SERVICE, RATE, "notify")
        control = belt.characteristic(SERVICE, CONTROL, "write", "writeNoResponse")
        belt.characteristic(SERVICE, SENSOR, "read", value=b"\x01")
        yield Belt(t, belt, rate, control)


def reason(promise: Any) -> tuple[int, str]:
    """The number and the words of a failure."""
    error = promise.catch(lambda error: error).result()
    number = error.get("errCode") if error.get("error") is None else error["error"]
    words = error.errMsg.partition(":fail")[2].lstrip(": ")
    return number, str(error.get("errorMessage") or words)
