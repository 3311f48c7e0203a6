"""Advertisements as bytes, and the iBeacons among them.

The structures are those of the Core specification's supplement (part A, 1); iBeacon's is Apple's "Proximity Beacon
Specification", R1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from uuid import UUID

import attrs

from .radio import Heard
from .uuids import packed

APPLE = 0x004C
#: What iBeacons usually have at one metre, in dBm.
USUAL_POWER = -59
#: Major and minor have two bytes.
MOST_MAJOR = 65_535
_IBEACON = b"\x02\x15"
_FLAGS = b"\x06"  # generally discoverable, and no classic Bluetooth
#: Complete lists of UUIDs, and data of a service, by the size of the UUID in bytes.
_LISTS: Mapping[int, int] = {2: 0x03, 4: 0x05, 16: 0x07}
_SERVICE_DATA: Mapping[int, int] = {2: 0x16, 4: 0x20, 16: 0x21}
_NAME, _MANUFACTURER = 0x09, 0xFF


@attrs.frozen
class Beacon:
    """What an iBeacon says: its UUID in capitals, `major`, `minor`, and the dBm that it has at one metre, `power`.

    ValueError for a number that has no room in what it sends.
    """

    uuid: str
    major: int
    minor: int
    power: int = USUAL_POWER

    def __attrs_post_init__(self) -> None:
        for name, number in (("major", self.major), ("minor", self.minor)):
            if not 0 <= number <= MOST_MAJOR:
                raise ValueError(f"a beacon's {name} is from 0 to {MOST_MAJOR}, not {number!r}")
        if not -128 <= self.power <= 127:
            raise ValueError(f"a beacon's power at one metre is from -128 to 127 dBm, not {self.power!r}")

    @property
    def data(self) -> bytes:
        """Apple's manufacturer data that say it."""
        return _IBEACON + UUID(self.uuid).bytes + struct.pack(">HHb", self.major, self.minor, self.power)


def beacon_of(heard: Heard) -> Beacon | None:
    """The iBeacon that was heard; None if it is none."""
    data = heard.manufacturer_data.get(APPLE, b"")
    if len(data) != 23 or not data.startswith(_IBEACON):
        return None
    major, minor, power = struct.unpack(">HHb", data[18:])
    return Beacon(str(UUID(bytes=data[2:18])).upper(), major, minor, power)


def manufacturer_bytes(heard: Heard) -> bytes:
    """The manufacturer data with the company before them, as on the air; of several companies, one after the other."""
    return b"".join(struct.pack("<H", company) + data for company, data in heard.manufacturer_data.items())


def payload(heard: Heard) -> bytes:
    """The whole advertisement; what does not fit into one packet goes on in the scan response, which phones append."""
    return heard.payload if heard.payload is not None else b"".join(map(_structure, _parts(heard)))


def _parts(heard: Heard) -> Iterator[tuple[int, bytes]]:
    yield 0x01, _FLAGS
    uuids = [packed(uuid) for uuid in heard.services]
    for size, kind in _LISTS.items():
        if same := b"".join(uuid for uuid in uuids if len(uuid) == size):
            yield kind, same
    for company, data in heard.manufacturer_data.items():
        yield _MANUFACTURER, struct.pack("<H", company) + data
    for uuid, data in heard.service_data.items():
        yield _SERVICE_DATA[len(packed(uuid))], packed(uuid) + data
    if heard.local_name:
        yield _NAME, heard.local_name.encode()


def _structure(part: tuple[int, bytes]) -> bytes:
    kind, data = part
    return bytes((len(data) + 1, kind)) + data
