"""`Air`: what is around the phone, simulated: devices that are heard, and connections to them."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ...core.checked import of_bytes
from ...core.loops import end_tasks
from ...core.telling import Showing, count
from .peripheral import Characteristic, KeptDevice, Peripheral
from .radio import (
    LEAST_MTU,
    LONGEST_VALUE,
    OVERHEAD,
    PATIENCE,
    Attribute,
    Central,
    GattError,
    Gone,
    Hear,
    Offer,
    Silent,
    Stop,
    Unknown,
    Unreachable,
)
from .waiting import Waiters, idle

if TYPE_CHECKING:
    from ...core.faces import Phone

Answer = TypeVar("Answer")

#: A clock that was moved by hours is not worth an advertisement for each of their seconds.
CATCH_UP = 60.0
#: What the Attribute Protocol says of a value that only paired phones may have, and of one that is too long.
NOT_AUTHENTICATED, TOO_LONG = 0x05, 0x0D


@attrs.define(eq=False)
class _Listening:
    """One who listens: the phone, what it tells, and whether it still does."""

    hear: Hear
    phone: Phone
    address: str
    on: bool = True


class Air(Showing):
    """The devices around a phone, or around several. It is a `Radio`.

    A device in range is heard at once when a search begins, and when it comes; no packet is lost in the air.
    """

    def __init__(self) -> None:
        self._devices: dict[str, Peripheral] = {}
        self._listening: list[_Listening] = []
        self._waiting = Waiters()
        #: How often phones have met here, and brought what was around them.
        self.meetings = 0

    def in_words(self) -> Iterator[str]:
        """How many devices are in it."""
        yield count(len(self._devices), "devices")

    @property
    def devices(self) -> tuple[Peripheral, ...]:
        """What is there, in range or not."""
        return tuple(self._devices.values())

    def add(self, device: Peripheral) -> None:
        """Puts a device there. ValueError for one whose address another has."""
        if not device.address:
            device.address = self.free_address()
        if self._devices.get(device.address, device) is not device:
            raise ValueError(f"there is another device at {device.address}")
        self._devices[device.address] = device
        device.air = self
        self.heard_anew(device)

    def welcome(self, device: Peripheral) -> None:
        """As `add`, for a device from elsewhere: if its address is taken, it gets another."""
        if device.address in self._devices:
            device.address = ""
        self.add(device)

    def remove(self, device: Peripheral) -> None:
        """Takes a device away for good."""
        if self._devices.pop(device.address, None) is not None:
            device.disconnect()
            device.air = None
            self.look_again()

    def free_address(self) -> str:
        """An address that nobody has, the same ones in the same order."""
        number = 1
        while (address := f"C0:00:00:00:{number >> 8:02X}:{number & 255:02X}") in self._devices:
            number += 1
        return address

    def heard_anew(self, device: Peripheral) -> None:
        """Has those who listen hear a device now, and those who wait for one look again."""
        for listening in tuple(self._listening):
            self._tell(listening, device)
        self.look_again()

    def kept(self) -> list[KeptDevice]:
        """The devices that tests have put there; those that programs are for others are under way."""
        return [device.kept() for device in self.devices if not device.part_of]

    def put_back(self, kept: list[KeptDevice]) -> None:
        """Has these devices around again, as they were, and no others but those that programs are."""
        there = [each.device for each in kept]
        for device in self.devices:
            if not device.part_of:
                self._devices.pop(device.address)
                if device not in there:
                    device.disconnect()
                    device.air = None
        for each in kept:
            each.device.put_back(each)
            each.device.air = self
            self._devices[each.device.address] = each.device
        self.look_again()

    def look_again(self) -> None:
        """Has those who wait for a device look whether it is free."""
        self._waiting.wake()

    # --- as a radio --------------------------------------------------------------------------------------------

    async def listen(self, hear: Hear, *, phone: Phone, every: float) -> Stop:
        """As `Radio.listen`; devices in range are heard before it returns."""
        listening = _Listening(hear, phone, phone.bluetooth.address)
        self._listening.append(listening)
        self._tell_all(listening)
        repeating = phone.spawn(self._repeat(listening, every))

        async def stop() -> None:
            if listening.on:
                listening.on = False
                self._listening.remove(listening)
                end_tasks([repeating])

        return stop

    async def connect(self, address: str, central: Central) -> AirLink:
        """As `Radio.connect`: waits until the device is in range, and free."""
        while not (device := self._device(address)).is_free(central.address):
            with idle(central.phone), self._waiting.one() as change:
                await change
        link = AirLink(device, central)
        _call(device.on_connect, central.address)
        return link

    async def pair(self, address: str, pin: str | None) -> bool:
        """As `Radio.pair`; a device without a pin takes any."""
        device = self._devices.get(address)
        if device is None:
            raise Unknown
        if not device.here:
            raise Unreachable
        return device.pin is None or device.pin == pin

    # --- its own -----------------------------------------------------------------------------------------------

    def _device(self, address: str) -> Peripheral:
        device = self._devices.get(address)
        if device is None:
            raise Unknown
        if device.classic or not device.connectable:
            raise Unreachable
        return device

    def _tell(self, listening: _Listening, device: Peripheral) -> None:
        if device.part_of != listening.address and device.advertises():
            listening.hear(device.advertisement())

    def _tell_all(self, listening: _Listening) -> None:
        for device in self.devices:
            if listening.on:
                self._tell(listening, device)

    async def _repeat(self, listening: _Listening, every: float) -> None:
        clock = listening.phone.clock
        moment = clock.now()
        while listening.on:
            moment = max(moment + every, clock.now() - CATCH_UP)
            await clock.until(moment)
            self._tell_all(listening)


class AirLink:
    """A connection over the air. It is a `Link`."""

    def __init__(self, device: Peripheral, central: Central) -> None:
        self.device = device
        self.central = central
        self.mtu = LEAST_MTU
        if central.mtu:
            self.mtu = self._agreed(central.mtu)
        self.offers: Sequence[Offer] = device.offers()
        self._gone = False
        self._waiting = Waiters()
        device.links.append(self)

    @property
    def name(self) -> str:
        """What the device calls itself."""
        return self.device.name

    async def read(self, attribute: Attribute) -> bytes:
        """As `Link.read`: a long value takes a packet for each part of it."""
        characteristic = await self._reached(attribute)
        read = characteristic.on_read
        value = characteristic.value if read is None else await self._outcome(read())
        value = of_bytes(value, "what is read of a characteristic")[:LONGEST_VALUE]
        for _ in range(len(value) // (self.mtu - 1)):
            self._packet()
        return value

    async def write(self, attribute: Attribute, value: bytes, *, response: bool) -> None:
        """As `Link.write`: one that is too long for a packet is prepared in parts, and then written at once."""
        characteristic = await self._reached(attribute)
        if not response:
            self._without_response(characteristic, value)
            return
        if len(value) > LONGEST_VALUE:
            raise GattError(TOO_LONG)
        if len(value) > self.mtu - OVERHEAD:
            part = self.mtu - OVERHEAD - 2
            for _ in range(part, len(value) + part, part):
                self._packet()
        await self._outcome(characteristic.write(value))

    async def subscribe(self, attribute: Attribute, kind: str, hear: Callable[[bytes], None]) -> None:
        """As `Link.subscribe`."""
        characteristic = await self._reached(attribute)
        characteristic.subscribers[self] = hear
        _call(characteristic.on_subscribe)

    async def unsubscribe(self, attribute: Attribute) -> None:
        """As `Link.unsubscribe`."""
        self._packet()
        characteristic: Characteristic = attribute.handle
        if characteristic.subscribers.pop(self, None) is not None:
            _call(characteristic.on_unsubscribe)

    async def request_mtu(self, mtu: int) -> int:
        """As `Link.request_mtu`."""
        self._packet()
        self.mtu = self._agreed(mtu)
        return self.mtu

    async def rssi(self) -> int:
        """As `Link.rssi`."""
        self._check()
        return round(self.device.rssi)

    async def close(self) -> None:
        """As `Link.close`."""
        self._end()

    def send(self, hear: Callable[[bytes], None], value: bytes) -> None:
        """Has the phone hear a value, as much of it as fits into a packet."""
        if not self._gone:
            hear(value[: self.mtu - OVERHEAD])

    def lose(self) -> None:
        """Ends the connection from the device's side."""
        if self._end():
            self.central.lost()

    # --- its own -----------------------------------------------------------------------------------------------

    def _end(self) -> bool:
        if self not in self.device.links:
            return False
        self.device.links.remove(self)
        for offer in self.offers:
            for attribute in offer.attributes:
                attribute.handle.subscribers.pop(self, None)
        self._gone = True
        self._waiting.wake()
        _call(self.device.on_disconnect, self.central.address)
        if self.device.air is not None:
            self.device.air.look_again()
        return True

    def _agreed(self, mtu: int) -> int:
        return max(LEAST_MTU, min(mtu, self.device.max_mtu))

    def _check(self) -> None:
        if self._gone:
            raise Gone

    def _packet(self) -> None:
        """Sends a packet to the device, which may vanish just then."""
        self._check()
        if not self.device.takes_packet():
            raise Gone

    async def _reached(self, attribute: Attribute) -> Characteristic:
        """The characteristic, which a packet has reached that asks for something."""
        self._packet()
        characteristic: Characteristic = attribute.handle
        if characteristic.encrypted and not await self.central.paired():
            raise GattError(NOT_AUTHENTICATED)
        self._check()
        return characteristic

    def _without_response(self, characteristic: Characteristic, value: bytes) -> None:
        """Nobody hears what becomes of it."""
        try:
            done = characteristic.write(value)
        except GattError:
            return
        if inspect.isawaitable(done):
            self.central.phone.spawn(self._unheard(done))

    async def _unheard(self, doing: Awaitable[object]) -> None:
        with suppress(GattError, TimeoutError):
            async with self.central.phone.clock.timeout(PATIENCE):
                await doing

    async def _outcome(self, answer: Any) -> Any:
        """The answer, if it comes in time and the connection is still there then."""
        if inspect.isawaitable(answer):
            answer = await self._in_time(answer)
        self._check()
        return answer

    async def _in_time(self, answer: Awaitable[Answer]) -> Answer:
        working = asyncio.ensure_future(answer)
        try:
            with idle(self.central.phone), self._waiting.one() as gone:
                async with self.central.phone.clock.timeout(PATIENCE):
                    first: set[asyncio.Future[Any]] = {working, gone}
                    await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            raise Silent from None
        finally:
            if not working.done():
                working.cancel()
        self._check()
        return working.result()


def _call(hook: Callable[..., object] | None, *told: str) -> None:
    if hook is not None:
        hook(*told)
