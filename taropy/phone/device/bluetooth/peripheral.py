"""`Peripheral`: a device that a test puts beside the phone, with its services, values and behaviour."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

import attrs

from ....hints import check_word
from ...core.checked import BYTES, FLAG, TEXT, checked, number, of_bytes
from ...core.guarded import Guarded
from ...core.remembered import Remembered
from ...core.telling import Showing, count
from .advertising import APPLE, Beacon
from .radio import LEAST_MTU, LONGEST_VALUE, PROPERTIES, Attribute, Heard, Offer
from .uuids import full, short

if TYPE_CHECKING:
    from .air import Air, AirLink

OnRead = Callable[[], bytes | Awaitable[bytes]]
OnWrite = Callable[[bytes], object]
CCCD = full("2902")
#: What an MTU is at most: Bluetooth Core Specification 5.4, volume 3, part F, 3.2.9, of the longest attribute.
MOST_MTU = 517
_ADDRESS = re.compile(r"[0-9A-F]{2}(:[0-9A-F]{2}){5}")


@checked(value=BYTES, encrypted=FLAG)
class Characteristic(Showing, Guarded):
    """A characteristic of a `Peripheral`.

    - `value`: what phones read, up to 512 bytes, unless `on_read` gives it. What they write is put there.
    - `writes`: what phones have written, oldest first.
    - `on_read`, `on_write`: what the device does then; either may be async, take its time by the phone's clock, and
      raise `GattError` to refuse.
    - `encrypted`: whether phone and device have to be paired.
    """

    _in_messages = "a characteristic"

    def __init__(self, uuid: str, properties: Iterable[str]) -> None:
        self.uuid = full(uuid)
        self.properties = frozenset(properties)
        for name in self.properties:
            check_word(name, PROPERTIES, "a characteristic has no property {!r}")
        self.value = b""
        self.writes: Remembered[bytes] = Remembered()
        self.on_read: OnRead | None = None
        self.on_write: OnWrite | None = None
        self.encrypted = False
        #: Called when a phone subscribes, and when it ends that.
        self.on_subscribe: Callable[[], object] | None = None
        self.on_unsubscribe: Callable[[], object] | None = None
        self.subscribers: dict[AirLink, Callable[[bytes], None]] = {}

    def in_words(self) -> Iterator[str]:
        """What it is, and what it can."""
        yield short(self.uuid)
        yield ", ".join(sorted(self.properties))
        yield from [count(len(self.subscribers), "subscribers")] if self.subscribers else []

    def send(self, value: bytes | None = None) -> None:
        """Sets the value, if one is given, and sends it to the phones that have subscribed, at once and in order.

        A phone gets no more of it than its connection's MTU allows, three bytes less than that.
        """
        if value is not None:
            self.value = _checked(value)
        for link, hear in tuple(self.subscribers.items()):
            link.send(hear, self.value)

    def write(self, value: bytes) -> object:
        """What the device does with what a phone has written."""
        self.value = _checked(value)
        self.writes.append(self.value)
        return None if self.on_write is None else self.on_write(self.value)

    def kept(self) -> dict[str, Any]:
        """What it has, but for who has subscribed."""
        return {name: copy(getattr(self, name)) for name in ("value", "writes", "on_read", "on_write", "encrypted")}

    def put_back(self, kept: Mapping[str, Any]) -> None:
        """Has that again."""
        for name, value in kept.items():
            setattr(self, name, copy(value))

    def attribute(self) -> Attribute:
        """What a connected phone finds of it."""
        told = self.properties & {"notify", "indicate"}
        return Attribute(self.uuid, self.properties, frozenset((CCCD,)) if told else frozenset(), self)


#: What a snapshot has of a device.
KEPT = (
    "name", "address", "local_name", "services", "manufacturer_data", "service_data", "rssi", "connectable", "capacity",
    "classic", "pin", "max_mtu", "on_connect", "on_disconnect", "advertising", "_here", "_packets_left",
)  # fmt: skip


@attrs.frozen
class KeptDevice:
    """A device as a snapshot has it: which one, what is kept of it, and of its characteristics, each by its service."""

    device: Peripheral
    fields: dict[str, Any]
    characteristics: list[tuple[str, Characteristic, dict[str, Any]]]


@checked(
    name=TEXT,
    local_name=TEXT,
    rssi=number(-127, 20),
    connectable=FLAG,
    capacity=number(1, whole=True),
    max_mtu=number(LEAST_MTU, MOST_MTU, whole=True),
    advertising=FLAG,
)
class Peripheral(Guarded):
    """A Bluetooth device near the phone, once `phone.bluetooth.add` has put it there.

    - `name`: what the phone's system calls it; `local_name` the name in its advertisement, the same unless given.
    - `address`: `"C0:00:00:00:00:01"` and so on unless given.
    - `services`: the UUIDs that it advertises, in any form; `manufacturer_data` by company, `service_data` by UUID.
    - `rssi`: how well it is heard, in dBm; may be set at any time.
    - `connectable`: whether phones may connect, `capacity` how many at once: while it is full it advertises nothing.
    - `classic`: it is heard by searches for classic Bluetooth alone, and has no services. `pin`: what pairing asks for.
    - `max_mtu`: the MTU that it agrees to at most, in bytes.
    - `on_connect`, `on_disconnect`: called with the phone's address.
    """

    _in_messages = "a peripheral"

    def __init__(
        self,
        name: str = "",
        *,
        address: str = "",
        local_name: str | None = None,
        services: Iterable[str] = (),
        manufacturer_data: Mapping[int, bytes] | None = None,
        service_data: Mapping[str, bytes] | None = None,
        rssi: int = -60,
        connectable: bool = True,
        capacity: int = 1,
        classic: bool = False,
        pin: str | None = None,
        max_mtu: int = 247,
    ) -> None:
        for company, data in (manufacturer_data or {}).items():
            number(0, 0xFFFF, whole=True).check("a company in manufacturer_data", company)
            BYTES.check(f"what manufacturer_data has of {company}", data)
        for uuid, data in (service_data or {}).items():
            BYTES.check(f"what service_data has of {uuid}", data)
        if address and not _ADDRESS.fullmatch(address):
            raise ValueError(f"a Bluetooth address is C0:00:00:00:00:01 or the like, in capitals, not {address!r}")
        self.name, self.address = name, address
        self.local_name = name if local_name is None else local_name
        self.services = tuple(map(full, services))
        self.manufacturer_data = dict(manufacturer_data or {})
        self.service_data = {full(uuid): data for uuid, data in (service_data or {}).items()}
        self.rssi = rssi
        self.connectable, self.capacity = connectable, capacity
        self.classic, self.pin = classic, pin
        self.max_mtu = max_mtu
        self.on_connect: Callable[[str], object] | None = None
        self.on_disconnect: Callable[[str], object] | None = None
        self.advertising = True
        self.air: Air | None = None
        self.links: list[AirLink] = []
        #: The address of the phone that it is a part of, which does not hear it.
        self.part_of = ""
        self._here = True
        self._packets_left: int | None = None
        self._characteristics: dict[str, dict[str, Characteristic]] = {}

    # --- snapshots ---------------------------------------------------------------------------------------------

    def kept(self) -> KeptDevice:
        """How it is now, but for its connections."""
        fields = {name: copy(getattr(self, name)) for name in KEPT}
        found = [(service, each) for service, known in self._characteristics.items() for each in known.values()]
        return KeptDevice(self, fields, [(service, each, each.kept()) for service, each in found])

    def put_back(self, kept: KeptDevice) -> None:
        """As it was then. Who is connected stays so, if it is in range."""
        for name, value in kept.fields.items():
            setattr(self, name, copy(value))
        self._characteristics = {}
        for service, characteristic, fields in kept.characteristics:
            characteristic.put_back(fields)
            self._characteristics.setdefault(service, {})[characteristic.uuid] = characteristic
        if not self._here:
            self.disconnect()

    # --- what it is made of ------------------------------------------------------------------------------------

    def characteristic(
        self,
        service: str,
        uuid: str,
        *properties: str,
        value: bytes = b"",
        on_read: OnRead | None = None,
        on_write: OnWrite | None = None,
        encrypted: bool = False,
    ) -> Characteristic:
        """Gives it a characteristic, and the service if it has none of that UUID: see `Characteristic`.

        `properties` are of `read`, `write`, `writeNoResponse`, `notify`, `indicate`; ValueError for another. A phone
        that is connected already finds it when it connects anew.
        """
        made = Characteristic(uuid, properties)
        made.value, made.on_read, made.on_write, made.encrypted = _checked(value), on_read, on_write, encrypted
        self._characteristics.setdefault(full(service), {})[made.uuid] = made
        return made

    def offers(self) -> tuple[Offer, ...]:
        """The services, as a connected phone finds them."""
        return tuple(
            Offer(uuid, tuple(each.attribute() for each in characteristics.values()))
            for uuid, characteristics in self._characteristics.items()
        )

    def remove_service(self, uuid: str) -> bool:
        """Takes a service away; whether there was one."""
        return self._characteristics.pop(full(uuid), None) is not None

    # --- what it does ------------------------------------------------------------------------------------------

    @property
    def here(self) -> bool:
        """Whether it is in range."""
        return self._here

    @property
    def connected(self) -> list[str]:
        """The addresses of the phones that are connected."""
        return [link.central.address for link in self.links]

    def vanish(self, *, after: int = 0) -> None:
        """Goes out of range, or runs out of power: connections are lost, calls under way fail.

        With `after`, only when the phone has sent so many more packets: a long value takes several.
        """
        if after:
            self._packets_left = after
            return
        self._here, self._packets_left = False, None
        self.disconnect()

    def come_back(self) -> None:
        """Is in range again: phones that search hear it, and those that wait connect."""
        self._here = True
        if self.air is not None:
            self.air.heard_anew(self)

    def disconnect(self) -> None:
        """Ends the connections, and stays in range."""
        for link in tuple(self.links):
            link.lose()

    def takes_packet(self) -> bool:
        """Whether one more packet comes in before it vanishes."""
        if self._packets_left == 0:
            self.vanish()
        elif self._packets_left is not None:
            self._packets_left -= 1
        return self._here

    def is_free(self, phone: str) -> bool:
        """Whether the phone of this address can connect: it is in range, and not others' already."""
        others = {link.central.address for link in self.links} - {phone}
        return self._here and len(others) < self.capacity

    def advertises(self) -> bool:
        """Whether it is to be heard."""
        return self._here and self.advertising and (not self.connectable or len(self.links) < self.capacity)

    def advertisement(self) -> Heard:
        """What is heard of it."""
        return Heard(
            address=self.address,
            rssi=round(self.rssi),
            name=self.name,
            local_name=self.local_name,
            services=self.services,
            manufacturer_data=dict(self.manufacturer_data),
            service_data=dict(self.service_data),
            connectable=self.connectable,
            classic=self.classic,
        )

    def __repr__(self) -> str:
        state = "" if self._here else ", out of range"
        return f"<Peripheral {self.name!r} at {self.address or 'no place yet'}{state}>"


def beacon(uuid: str, major: int, minor: int, *, rssi: int = -65, power: int = -59) -> Peripheral:
    """An iBeacon: it is heard with `rssi` dBm, and says that this is `power` at one metre.

    ValueError for a number that has no room in what it sends.
    """
    told = Beacon(full(uuid), major, minor, power)
    return Peripheral(rssi=rssi, manufacturer_data={APPLE: told.data}, connectable=False)


def _checked(value: bytes) -> bytes:
    value = of_bytes(value, "a characteristic's value")
    if len(value) > LONGEST_VALUE:
        raise ValueError(f"a value has {LONGEST_VALUE} bytes at most, not {len(value)}")
    return value
