"""The phone's Bluetooth.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/bluetooth, …/bluetooth-ble, …/bluetooth-peripheral, and
miniprogram-api-typings 5.2.3. Alipay's form is in `alipay` and `alipay_form`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.checked import a
from ...core.events import off, on
from ...core.functions import answered
from ...core.options import seconds
from .adapter import SCOPE
from .air import Air
from .central import CentralPart
from .failures import NOT_INIT, SYSTEM_ERROR, TIME_OUT, answering, failure
from .peripheral import Peripheral, beacon
from .server import BLEPeripheralServer

if TYPE_CHECKING:
    from collections.abc import Iterator

Device = TypeVar("Device", bound=Peripheral)

PAIRING_TIMEOUT = 20_000


_DEVICE = a(Peripheral, "a Peripheral")


class Bluetooth(CentralPart, name="bluetooth"):
    """The phone's Bluetooth, and what is around it: devices that tests put there, other phones, or real ones.

    - `air`: the simulated surroundings; `radio`: what carries everything, the air unless `use_real` was called.
      Anything with the methods of `taropy.phone.device.bluetooth.radio.Radio` may be set.
    - `address`: the phone's own, by which devices and other phones know it. `paired`: the addresses of the devices that
      it is paired with. A phone with a folder keeps both.
    - `le`: whether it has Bluetooth Low Energy. `phone.system.bluetooth` switches Bluetooth off and on.
    """

    STATE = ("le", "address", "paired")

    def in_words(self) -> Iterator[str]:
        """What is connected."""
        connected = [each.device_id for session in self._sessions.values() for each in session.connections.values()]
        yield from [f"connected to {', '.join(connected)}"] if connected else []

    def snapshot(self) -> Any:
        """As every room, and the devices around: which there are, and how each is. Connections are under way."""
        return super().snapshot(), (self.air, self.air.meetings), self.air.kept()

    def restore(self, state: Any) -> None:
        """As every room, and keeps it. Where the phone has met another since, the devices around stay as they are."""
        own, air, around = state
        super().restore(own)
        self.keep()
        if air == (self.air, self.air.meetings):
            self.air.put_back(around)

    # --- for tests ---------------------------------------------------------------------------------------------

    def add(self, device: Device) -> Device:
        """Puts a device near the phone, and gives it back."""
        if not isinstance(device, Peripheral):
            raise TypeError(f"what is near a phone is a Peripheral, and not {device!r}")
        self.air.add(device)
        return device

    def add_beacon(self, uuid: str, major: int, minor: int, *, rssi: int = -65, power: int = -59) -> Peripheral:
        """Puts an iBeacon near the phone, heard with `rssi` dBm, which has `power` at one metre."""
        return self.add(beacon(uuid, major, minor, rssi=rssi, power=power))

    def remove(self, device: Peripheral) -> None:
        """Takes a device away for good."""
        _DEVICE.check("what is near a phone", device)
        self.air.remove(device)

    def pair(self, device: Peripheral) -> None:
        """Pairs the phone with a device, as a person does in the system's settings."""
        _DEVICE.check("what a phone is paired with", device)
        self.keep_pair(device.address)

    def unpair(self, device: Peripheral) -> None:
        """Has the phone forget that it is paired with a device."""
        _DEVICE.check("what a phone is paired with", device)
        self.paired = [address for address in self.paired if address != device.address]
        self.keep()

    def meet(self, other: Any) -> None:
        """Has another phone be where this one is: each hears what is around the other, and what the other offers.

        Devices that were around the other come with it; connections to them end, and one whose address a device here
        has gets another. TypeError for what is no other phone.
        """
        theirs = getattr(other, "bluetooth", None)
        if not isinstance(theirs, Bluetooth) or theirs is self:
            raise TypeError(f"a phone meets another phone, and not {'itself' if theirs is self else repr(other)}")
        if theirs.air is self.air:
            return
        for device in theirs.air.devices:
            theirs.air.remove(device)
            self.air.welcome(device)
        theirs.radio = theirs.air = self.air
        self.air.meetings += 1

    def use_real(self, *, scanner: Any = None, client: Any = None) -> None:
        """Has the phone hear and connect to what is really around this computer, by the package bleak.

        `scanner` and `client` are classes of bleak's backends, for other radios than the system's. What bleak can't do
        stays undone: being a device for others, agreeing on an MTU, a pin for pairing.
        """
        from .real import Bleak

        self.radio = Bleak(scanner, client)

    # --- native functions: pairing -----------------------------------------------------------------------------

    @answered
    async def makeBluetoothPair(self, app: App, options: Options) -> None:
        """Pairs with a device by its `pin`, in Base64, within `timeout` milliseconds, 20000 unless given; Android only.

        A wrong pin, an iPhone: 10008, which is judgement.
        """
        self.session(app)
        _, address = self.address_of(options)
        pin = self.form(app).pin(options)
        timeout = seconds(options, "timeout", PAIRING_TIMEOUT)
        if self.ios:
            raise failure(SYSTEM_ERROR)
        try:
            with answering():
                async with self.phone.clock.timeout(timeout):
                    paired = address in self.paired or await self.radio.pair(address, pin)
        except TimeoutError:
            raise failure(TIME_OUT) from None
        if not paired:
            raise failure(SYSTEM_ERROR)
        self.keep_pair(address)

    @answered
    def isBluetoothDevicePaired(self, app: App, options: Options) -> None:
        """Succeeds if the phone is paired with the device, on Android. What WeChat says else is not known."""
        self.session(app)
        _, address = self.address_of(options)
        if self.ios or address not in self.paired:
            raise failure(SYSTEM_ERROR)

    # --- native functions: being a device ----------------------------------------------------------------------

    @answered
    async def createBLEPeripheralServer(self, app: App, options: Options) -> Result:
        """A `server` by which the phone is a device for others, given `scope.bluetooth`; several may be there.

        On an iPhone the adapter has to be opened with the `mode` `peripheral`.
        """
        session = self.session(app)
        if self.ios and "peripheral" not in session.modes:
            raise failure(NOT_INIT)
        await self.phone.permissions.need(app, SCOPE)
        if not isinstance(self.radio, Air):
            raise Fail(":system error real radios are not used to be a device", SYSTEM_ERROR)
        server = BLEPeripheralServer(self.phone, app, self)
        session.servers.append(server)
        return {"server": server}

    onBLEPeripheralConnectionStateChanged = on(
        "peripheral", "Tells `deviceId`, `serverId` and `connected` when another phone connects to a server, or leaves."
    )
    offBLEPeripheralConnectionStateChanged = off("peripheral")
