"""What the phone's Bluetooth is carried by: the seam between what programs call and what is on the air.

`Air` is the simulated one, `real.Bleak` the computer's own. Anything with these methods may be `phone.bluetooth.radio`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import attrs

if TYPE_CHECKING:
    from ...core.faces import Phone

PROPERTIES = ("read", "write", "writeNoResponse", "notify", "indicate")
#: What a value may have at most, in bytes: Core specification 5.4, Vol 3, Part F, 3.2.9.
LONGEST_VALUE = 512
#: What every connection begins with, in bytes, and what of it is not the value's.
LEAST_MTU, OVERHEAD = 23, 3
#: How long an answer may take, in seconds: the same, 3.3.3.
PATIENCE = 30.0


class Unknown(Exception):
    """There is no such device."""


class Unreachable(Exception):
    """The device does not let itself be connected."""


class Gone(Exception):
    """The connection is lost."""


class Silent(Exception):
    """The device has not answered in time."""


class GattError(Exception):
    """A device refuses what it was asked for, with an error code of the Attribute Protocol, 0x80 to 0x9F its own."""

    def __init__(self, code: int = 0x80) -> None:
        super().__init__(f"ATT error 0x{code:02X}")
        self.code = code


@attrs.frozen(kw_only=True)
class Heard:
    """One advertisement, as it comes in.

    `services`, and the keys of `service_data`, are 128-bit UUIDs in capitals; `manufacturer_data` is by company.
    `payload` are its bytes, where the radio tells them.
    """

    address: str
    rssi: int
    name: str = ""
    local_name: str = ""
    services: tuple[str, ...] = ()
    manufacturer_data: Mapping[int, bytes] = attrs.field(factory=dict)
    service_data: Mapping[str, bytes] = attrs.field(factory=dict)
    connectable: bool = True
    classic: bool = False
    payload: bytes | None = None


@attrs.frozen(eq=False)
class Attribute:
    """A characteristic of a connected device: its UUID in full, what it allows, and the UUIDs of its descriptors.

    `handle` is the radio's own hold on it.
    """

    uuid: str
    properties: frozenset[str]
    descriptors: frozenset[str] = frozenset()
    handle: Any = None


@attrs.frozen(eq=False)
class Offer:
    """A service of a connected device, with its characteristics."""

    uuid: str
    attributes: tuple[Attribute, ...]
    primary: bool = True


class Central(Protocol):
    """The phone's side of a connection, as a radio knows it. `mtu` is what it asks for at the start; 0 for nothing."""

    address: str
    mtu: int
    phone: Phone

    def lost(self) -> None:
        """The connection has ended, other than by the phone itself."""

    def mtu_changed(self, mtu: int) -> None:
        """Both sides have agreed on another MTU."""

    async def paired(self) -> bool:
        """Whether phone and device are paired; if not yet, the person is asked."""
        ...


class Link(Protocol):
    """A connection. Everything on it raises `Gone` once it is lost, and `GattError` for what the device refuses.

    - `mtu`: what both sides have agreed on, in bytes; `request_mtu` asks for another, and gives what comes of it.
    - `offers`: the services, all of which were read when the connection was made; `name`: what the device is called.
    - `read`, `write`: a whole value, however many packets it takes; without `response` nobody says that it has arrived.
    - `subscribe`: has `hear` called with each value that the device sends; `kind` is `notify` or `indicate`.
    - `rssi`: how well the device is heard, in dBm. `close` ends it from the phone's side, and tells nobody.
    """

    @property
    def mtu(self) -> int: ...
    @property
    def offers(self) -> Sequence[Offer]: ...
    @property
    def name(self) -> str: ...
    async def read(self, attribute: Attribute) -> bytes: ...
    async def write(self, attribute: Attribute, value: bytes, *, response: bool) -> None: ...
    async def subscribe(self, attribute: Attribute, kind: str, hear: Callable[[bytes], None]) -> None: ...
    async def unsubscribe(self, attribute: Attribute) -> None: ...
    async def request_mtu(self, mtu: int) -> int: ...
    async def rssi(self) -> int: ...
    async def close(self) -> None: ...


Hear = Callable[[Heard], None]
Stop = Callable[[], Coroutine[Any, Any, None]]


class Radio(Protocol):
    """What hears advertisements and makes connections."""

    async def listen(self, hear: Hear, *, phone: Phone, every: float) -> Stop:
        """Tells of each advertisement from now on; gives what ends that.

        A device is heard again after `every` seconds by the phone's clock, where the radio can be told.
        """
        ...

    async def connect(self, address: str, central: Central) -> Link:
        """Connects, however long it takes. `Unknown` or `Unreachable` where that can't be."""
        ...

    async def pair(self, address: str, pin: str | None) -> bool:
        """Whether the device lets itself be paired with this pin; `Unknown` or `Unreachable` where that can't be."""
        ...
