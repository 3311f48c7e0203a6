"""`Bleak`: the real devices around this computer, by the package bleak (the extra `bluetooth`).

bleak drives BlueZ, Core Bluetooth and WinRT; its own classes `BleakScanner` and `BleakClient` take another backend, by
which tests put fake radios behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from ....extras import need
from ...core.answers import Fail
from .failures import SYSTEM_ERROR
from .radio import Attribute, Central, GattError, Gone, Hear, Heard, Offer, Stop, Unknown, Unreachable
from .uuids import full

if TYPE_CHECKING:
    from bleak import BleakClient
    from bleak.backends.characteristic import BleakGATTCharacteristic
    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import AdvertisementData

    from ...core.faces import Phone

#: What bleak calls the properties of a characteristic.
PROPERTIES = {
    "read": "read",
    "write": "write",
    "write-without-response": "writeNoResponse",
    "notify": "notify",
    "indicate": "indicate",
}


class Bleak:
    """The computer's own Bluetooth. It is a `Radio`.

    `scanner` and `client` are classes of bleak's backends, None the system's.
    """

    def __init__(self, scanner: Any = None, client: Any = None) -> None:
        self._bleak = _bleak()
        self._scanner = scanner
        self._client = client
        self._devices: dict[str, BLEDevice] = {}

    async def listen(self, hear: Hear, *, phone: Phone, every: float) -> Stop:
        """As `Radio.listen`; how often a device is heard is the system's."""

        def detected(device: BLEDevice, told: AdvertisementData) -> None:
            self._devices[device.address] = device
            hear(_heard(device, told))

        scanner = self._bleak.BleakScanner(detected, backend=self._scanner)
        with _answering(self._bleak):
            await scanner.start()

        async def stop() -> None:
            with _answering(self._bleak):
                await scanner.stop()

        return stop

    async def connect(self, address: str, central: Central) -> BleakLink:
        """As `Radio.connect`; bleak's own time limit, 30 seconds, is the system's to keep."""
        client = self._made(address, lambda _: central.lost())
        with _answering(self._bleak, connecting=True):
            await client.connect()
        return BleakLink(self._bleak, client)

    async def pair(self, address: str, pin: str | None) -> bool:
        """As `Radio.pair`; the system itself asks for the pin."""
        client = self._made(address, None)
        with _answering(self._bleak, connecting=True):
            await client.connect()
            try:
                await client.pair()
            finally:
                await client.disconnect()
        return True

    def _made(self, address: str, lost: Callable[[Any], None] | None) -> BleakClient:
        device = self._devices.get(address, address)
        client: BleakClient = self._bleak.BleakClient(device, lost, backend=self._client)
        return client


class BleakLink:
    """A connection to a real device. It is a `Link`."""

    def __init__(self, bleak: Any, client: BleakClient) -> None:
        self._bleak = bleak
        self._client = client
        self.offers: tuple[Offer, ...] = tuple(
            Offer(full(service.uuid), tuple(map(_attribute, service.characteristics))) for service in client.services
        )

    @property
    def mtu(self) -> int:
        """What the system has agreed on."""
        return self._client.mtu_size

    @property
    def name(self) -> str:
        """What the system calls the device."""
        return self._client.name

    async def read(self, attribute: Attribute) -> bytes:
        """As `Link.read`."""
        with self._asking():
            return bytes(await self._client.read_gatt_char(attribute.handle))

    async def write(self, attribute: Attribute, value: bytes, *, response: bool) -> None:
        """As `Link.write`."""
        with self._asking():
            await self._client.write_gatt_char(attribute.handle, value, response=response)

    async def subscribe(self, attribute: Attribute, kind: str, hear: Callable[[bytes], None]) -> None:
        """As `Link.subscribe`; which kind it is, where there are both, is the system's choice."""
        with self._asking():
            await self._client.start_notify(attribute.handle, lambda _, value: hear(bytes(value)))

    async def unsubscribe(self, attribute: Attribute) -> None:
        """As `Link.unsubscribe`."""
        with self._asking():
            await self._client.stop_notify(attribute.handle)

    async def request_mtu(self, mtu: int) -> int:
        """The MTU that the system has agreed on: bleak can ask for none."""
        return self.mtu

    async def rssi(self) -> int:
        """No backend of bleak's tells it of a connected device."""
        raise Fail(":system error bleak does not tell it", SYSTEM_ERROR)

    async def close(self) -> None:
        """As `Link.close`."""
        with self._asking():
            await self._client.disconnect()

    def _asking(self) -> AbstractContextManager[None]:
        if not self._client.is_connected:
            raise Gone
        return _answering(self._bleak, self._client)


@contextmanager
def _answering(bleak: Any, client: BleakClient | None = None, *, connecting: bool = False) -> Iterator[None]:
    """Has what bleak raises told as a radio's failure."""
    try:
        yield
    except bleak.exc.BleakDeviceNotFoundError as error:
        raise Unknown from error
    except bleak.exc.BleakGATTProtocolError as error:
        raise GattError(int(error.code)) from error
    except (bleak.exc.BleakError, TimeoutError, OSError) as error:
        if connecting:
            raise Unreachable from error
        if client is not None and not client.is_connected:
            raise Gone from error
        raise Fail(f":system error {error}", SYSTEM_ERROR) from error


def _heard(device: BLEDevice, told: AdvertisementData) -> Heard:
    return Heard(
        address=device.address,
        rssi=told.rssi,
        name=device.name or "",
        local_name=told.local_name or "",
        services=tuple(map(full, told.service_uuids)),
        manufacturer_data={company: bytes(data) for company, data in told.manufacturer_data.items()},
        service_data={full(uuid): bytes(data) for uuid, data in told.service_data.items()},
    )


def _attribute(characteristic: BleakGATTCharacteristic) -> Attribute:
    allowed = frozenset(PROPERTIES[name] for name in characteristic.properties if name in PROPERTIES)
    descriptors = frozenset(full(each.uuid) for each in characteristic.descriptors)
    return Attribute(full(characteristic.uuid), allowed, descriptors, characteristic)


def _bleak() -> Any:
    need("bleak.exc", extra="bluetooth", what="a phone's real Bluetooth")
    return need("bleak", extra="bluetooth", what="a phone's real Bluetooth")
