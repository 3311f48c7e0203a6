"""A phone's radio made of bumble's host and virtual controller: what crosses it are the packets of the protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bumble.att import ATT_Error
from bumble.controller import Controller
from bumble.core import AdvertisingData
from bumble.device import Advertisement, Connection, Device, Peer
from bumble.gatt import Characteristic
from bumble.gatt_client import CharacteristicProxy
from bumble.hci import Address
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport.common import AsyncPipeSink

from taropy.phone.device.bluetooth.radio import (
    Attribute,
    Central,
    GattError,
    Gone,
    Hear,
    Heard,
    Offer,
    Stop,
    Unreachable,
)
from taropy.phone.device.bluetooth.uuids import full

_FLAGS = Characteristic.Properties
PROPERTIES = {
    "read": _FLAGS.READ,
    "write": _FLAGS.WRITE,
    "writeNoResponse": _FLAGS.WRITE_WITHOUT_RESPONSE,
    "notify": _FLAGS.NOTIFY,
    "indicate": _FLAGS.INDICATE,
}


def device(link: LocalLink, name: str, address: str) -> Device:
    """A device of bumble's on a link, with a controller of its own."""
    controller = Controller(name, link=link)
    host = Host(controller, AsyncPipeSink(controller))
    return Device(name=name, address=Address(address), host=host)


class VirtualRadio:
    """What a phone hears and connects to by a device of bumble's. It is a `Radio`."""

    def __init__(self, own: Device) -> None:
        self._own = own

    async def listen(self, hear: Hear, *, phone: Any, every: float) -> Stop:
        def advertised(advertisement: Advertisement) -> None:
            hear(heard(advertisement))

        self._own.on("advertisement", advertised)
        await self._own.start_scanning()

        async def stop() -> None:
            self._own.remove_listener("advertisement", advertised)
            await self._own.stop_scanning()

        return stop

    async def connect(self, address: str, central: Central) -> VirtualLink:
        try:
            connection = await self._own.connect(Address(address))
        except Exception as error:
            raise Unreachable from error
        link = VirtualLink(connection, Peer(connection))
        connection.on("disconnection", lambda reason: link.end(central))
        await link.discover()
        return link

    async def pair(self, address: str, pin: str | None) -> bool:
        raise Unreachable


class VirtualLink:
    """A connection of bumble's. It is a `Link`."""

    def __init__(self, connection: Connection, peer: Peer) -> None:
        self._connection = connection
        self._peer = peer
        self._open = True
        self._heard: dict[Attribute, Any] = {}
        self.name = ""
        self.offers: tuple[Offer, ...] = ()

    async def discover(self) -> None:
        """Reads what the device offers."""
        offers = []
        for service in await self._peer.discover_services():
            found = await service.discover_characteristics()
            for characteristic in found:
                await characteristic.discover_descriptors()
            offers.append(Offer(_uuid(service.uuid), tuple(map(_attribute, found))))
        self.offers = tuple(offers)

    def end(self, central: Central) -> None:
        """Takes note that the device has gone."""
        if self._open:
            self._open = False
            central.lost()

    @property
    def mtu(self) -> int:
        return int(self._peer.gatt_client.mtu)

    async def read(self, attribute: Attribute) -> bytes:
        return bytes(await self._asked(self._peer.gatt_client.read_value(attribute.handle)))

    async def write(self, attribute: Attribute, value: bytes, *, response: bool) -> None:
        await self._asked(self._peer.gatt_client.write_value(attribute.handle, value, with_response=response))

    async def subscribe(self, attribute: Attribute, kind: str, hear: Callable[[bytes], None]) -> None:
        self._heard[attribute] = hear
        characteristic: CharacteristicProxy[bytes] = attribute.handle
        await self._asked(characteristic.subscribe(hear, prefer_notify=kind == "notify"))

    async def unsubscribe(self, attribute: Attribute) -> None:
        await self._asked(attribute.handle.unsubscribe(self._heard.pop(attribute), force=True))

    async def request_mtu(self, mtu: int) -> int:
        return int(await self._asked(self._peer.request_mtu(mtu)))

    async def rssi(self) -> int:
        return int(await self._connection.get_rssi())

    async def close(self) -> None:
        self._open = False
        await self._connection.disconnect()

    async def _asked(self, doing: Any) -> Any:
        try:
            return await doing
        except ATT_Error as error:
            raise GattError(error.error_code) from error
        except BaseException as error:
            if self._open:
                raise
            raise Gone from error


def heard(advertisement: Advertisement) -> Heard:
    """What bumble has heard."""
    data = advertisement.data
    kinds = AdvertisingData.Type
    uuids = data.get(kinds.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS) or []
    company = data.get(kinds.MANUFACTURER_SPECIFIC_DATA)
    name = data.get(kinds.COMPLETE_LOCAL_NAME) or ""
    return Heard(
        address=advertisement.address.to_string(with_type_qualifier=False),
        rssi=advertisement.rssi,
        name=str(name),
        local_name=str(name),
        services=tuple(map(_uuid, uuids)),
        manufacturer_data={} if company is None else dict([company]),
        connectable=advertisement.is_connectable,
    )


def _attribute(characteristic: CharacteristicProxy[bytes]) -> Attribute:
    allowed = frozenset(name for name, flag in PROPERTIES.items() if characteristic.properties & flag)
    descriptors = frozenset(_uuid(each.type) for each in characteristic.descriptors)
    return Attribute(_uuid(characteristic.uuid), allowed, descriptors, characteristic)


def _uuid(uuid: Any) -> str:
    return full(uuid.to_hex_str("-") if len(uuid.to_bytes()) == 16 else uuid.to_hex_str())
