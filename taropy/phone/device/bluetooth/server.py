"""`BLEPeripheralServer`: the phone as a device for others.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/bluetooth-peripheral/BLEPeripheralServer.html. To those who
connect it is a `Peripheral` whose values the program gives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ....loops import settle
from ...core import telling
from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.events import off, on
from ...core.functions import answered
from ...core.options import Buffers, mapping, optional, required, strings, whole, word
from ...core.room import Manager
from .advertising import APPLE, USUAL_POWER, Beacon
from .failures import NO_CHARACTERISTIC, NO_CONNECTION, NO_SERVICE, NOT_AVAILABLE, failure
from .peripheral import MOST_MTU, Characteristic, Peripheral
from .radio import LONGEST_VALUE, PROPERTIES
from .uuids import full

if TYPE_CHECKING:
    from ...core.faces import Phone
    from .adapter import Adapter

#: How strongly a phone is heard, in dBm, by the power that it advertises with. Judgement.
POWERS: Mapping[str, int] = {"low": -75, "medium": -60, "high": -50}
#: As many phones as connect: Android allows some seven.
CAPACITY = 7
DONE: Result = {"errCode": 0}


class BLEPeripheralServer(Manager):
    """A device that the phone is, until it is closed."""

    def __init__(self, phone: Phone, app: App, room: Adapter) -> None:
        super().__init__(phone, app)
        self.serverId = str(uuid4()).upper()
        self._room = room
        self._device = Peripheral(phone.system.device.model, local_name="", capacity=CAPACITY, max_mtu=MOST_MTU)
        self._device.part_of = room.address
        self._device.advertising = False
        self._device.on_connect = lambda address: self._tell_connection(address, connected=True)
        self._device.on_disconnect = lambda address: self._tell_connection(address, connected=False)
        self._characteristics: dict[tuple[str, str], Characteristic] = {}
        self._asked: dict[int, asyncio.Future[bytes]] = {}
        self._ids = count(1)
        self._closed = False
        room.air.add(self._device)

    def in_words(self) -> Iterator[str]:
        """How much it offers."""
        yield telling.count(len(self._characteristics), "characteristics")

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    async def addService(self, app: App, options: Options) -> Result:
        """Offers a `service`: its `uuid`, and `characteristics` with `uuid`, `properties`, `permission`, `value`.

        A phone that is connected already finds it when it connects anew.
        """
        self._need_open()
        service = required(options, "service", "Object")
        uuid = _uuid(service.get("uuid"), "parameter.service.uuid")
        for index, each in enumerate(required(service, "characteristics", "Array")):
            self._add(uuid, mapping(each, f"parameter.service.characteristics[{index}]"))
        return dict(DONE)

    @answered
    async def removeService(self, app: App, options: Options) -> Result:
        """Offers the service `serviceId` no longer; fails with 10004 for one that there is not."""
        self._need_open()
        uuid = _uuid(options.get("serviceId"), "parameter.serviceId")
        if not self._device.remove_service(uuid):
            raise failure(NO_SERVICE)
        self._characteristics = {key: each for key, each in self._characteristics.items() if key[0] != uuid}
        return dict(DONE)

    @answered
    async def startAdvertising(self, app: App, options: Options) -> Result:
        """Has the server be heard as `advertiseRequest` says, with the power of `powerLevel`.

        `connectable` (true unless said), `deviceName`, `serviceUuids`, `manufacturerData` (Android only), or `beacon`
        alone: `uuid`, `major`, `minor`, `measuredPower`.
        """
        self._need_open()
        request = required(options, "advertiseRequest", "Object")
        power = word(options, "powerLevel", POWERS, "medium")
        self._advertise(request)
        self._device.rssi = POWERS[power]
        self._device.advertising = True
        self._room.air.heard_anew(self._device)
        return dict(DONE)

    @answered
    async def stopAdvertising(self, app: App, options: Options) -> Result:
        """Has it be heard no longer; who is connected stays so."""
        self._need_open()
        self._device.advertising = False
        return dict(DONE)

    @answered
    async def writeCharacteristicValue(self, app: App, options: Options) -> Result:
        """Sets a value: with `callbackId` as the answer to a request, with `needNotify` also for who subscribed."""
        self._need_open()
        service = _uuid(options.get("serviceId"), "parameter.serviceId")
        characteristic = self._characteristics.get(
            (service, _uuid(options.get("characteristicId"), "parameter.characteristicId"))
        )
        if characteristic is None:
            raise failure(NO_CHARACTERISTIC)
        value = _value(required(options, "value", "ArrayBuffer"), "parameter.value")
        need_notify = optional(options, "needNotify", "Boolean", False)
        characteristic.value = value
        asked = self._asked.pop(options.get("callbackId") or 0, None)
        if asked is not None:
            settle(asked, value)
        if need_notify:
            characteristic.send()
        return dict(DONE)

    @answered
    async def close(self, app: App, options: Options) -> Result:
        """Ends it, and the connections to it."""
        self.end()
        return dict(DONE)

    onCharacteristicReadRequest = on(
        "read",
        "Tells `serviceId`, `characteristicId` and `callbackId` of a value that `writeCharacteristicValue` is to give.",
    )
    offCharacteristicReadRequest = off("read")
    onCharacteristicWriteRequest = on(
        "write", "Tells the same and the `value` that is written; `writeCharacteristicValue` answers, if one is wanted."
    )
    offCharacteristicWriteRequest = off("write")
    onCharacteristicSubscribed = on(
        "subscribed", "Tells `serviceId` and `characteristicId` of a subscription; on an iPhone."
    )
    offCharacteristicSubscribed = off("subscribed")
    onCharacteristicUnsubscribed = on("unsubscribed", "Tells the same of one that has ended; on an iPhone.")
    offCharacteristicUnsubscribed = off("unsubscribed")

    # --- its own -----------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Ends it at once."""
        self._closed = True
        self._device.advertising = False
        self._room.air.remove(self._device)

    def _need_open(self) -> None:
        if self._closed:
            raise failure(NO_CONNECTION)
        if not self._room.available:
            raise failure(NOT_AVAILABLE)

    def _add(self, service: str, given: Options) -> None:
        uuid = _uuid(given.get("uuid"), "parameter.service.characteristics.uuid")
        allowed = optional(given, "properties", "Object", {})
        permission = optional(given, "permission", "Object", {})
        value = given.get("value")
        named = {"serviceId": service, "characteristicId": uuid}
        made = self._device.characteristic(
            service,
            uuid,
            *(name for name in PROPERTIES if allowed.get(name)),
            value=_value(value, "parameter.service.characteristics.value") if isinstance(value, Buffers) else b"",
            encrypted=bool(permission.get("readEncryptionRequired") or permission.get("writeEncryptionRequired")),
        )
        made.on_read = lambda: self._answer_read(made, named)
        made.on_write = lambda written: self._answer_write(made, named, written)
        if self._room.ios:
            made.on_subscribe = lambda: self.listeners.tell_each("subscribed", lambda: dict(named))
            made.on_unsubscribe = lambda: self.listeners.tell_each("unsubscribed", lambda: dict(named))
        self._characteristics[service, uuid] = made

    def _advertise(self, request: Options) -> None:
        """Takes over what is to be heard."""
        device = self._device
        device.connectable = optional(request, "connectable", "Boolean", True)
        device.local_name = optional(request, "deviceName", "String", "")
        uuids = strings(optional(request, "serviceUuids", "Array", []), "parameter.advertiseRequest.serviceUuids")
        device.services = tuple(_uuid(uuid, "parameter.advertiseRequest.serviceUuids") for uuid in uuids)
        told = optional(request, "manufacturerData", "Array", []) if not self._room.ios else []
        device.manufacturer_data = dict(map(_manufacturer, told))
        beacon = optional(request, "beacon", "Object", None)
        if beacon is not None:
            if device.local_name or uuids or told:
                raise Fail("parameter error: parameter.advertiseRequest.beacon goes with nothing else")
            device.manufacturer_data = {APPLE: _beacon(beacon).data}

    async def _answer_read(self, characteristic: Characteristic, named: Mapping[str, str]) -> bytes:
        """What the program gives; the value that there is, if it listens to no requests."""
        if "read" not in self.listeners:
            return characteristic.value
        return await self._ask("read", named)

    def _answer_write(self, characteristic: Characteristic, named: Mapping[str, str], value: bytes) -> Any:
        """Waits for the program's answer to a write that wants one, if it listens."""
        return self._ask("write", {**named, "value": value}) if "write" in self.listeners else None

    async def _ask(self, event: str, told: Mapping[str, Any]) -> bytes:
        number = next(self._ids)
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            self.listeners.tell_each(event, lambda: {**told, "callbackId": number})
            return await answer
        finally:
            self._asked.pop(number, None)

    def _tell_connection(self, address: str, *, connected: bool) -> None:
        told = {"deviceId": self._room.device_id(address), "serverId": self.serverId, "connected": connected}
        self._room.audience(self.app).tell_each("peripheral", lambda: dict(told))


def _uuid(uuid: object, where: str) -> str:
    try:
        return full(uuid)  # type: ignore[arg-type]
    except ValueError as error:
        raise Fail(f"parameter error: {where}: {error}") from error


def _value(value: Any, where: str) -> bytes:
    given = bytes(value)
    if len(given) > LONGEST_VALUE:
        raise Fail(f"parameter error: {where} should have {LONGEST_VALUE} bytes at most")
    return given


def _manufacturer(told: Options) -> tuple[int, bytes]:
    where = "parameter.advertiseRequest.manufacturerData"
    try:
        company = int(required(told, "manufacturerId", "String"), 16)
        if company not in range(1 << 16):
            raise ValueError(company)
    except ValueError as error:
        raise Fail(f"parameter error: {where}.manufacturerId should be 0x004C or the like") from error
    data = told.get("manufacturerSpecificData")
    return company, bytes(data) if isinstance(data, Buffers) else b""


def _beacon(told: Options) -> Beacon:
    where = "parameter.advertiseRequest.beacon"
    major, minor = (whole(told.get(name), f"{where}.{name}") for name in ("major", "minor"))
    power = whole(told.get("measuredPower", USUAL_POWER), f"{where}.measuredPower")
    uuid = _uuid(told.get("uuid"), f"{where}.uuid")
    try:
        return Beacon(uuid, major, minor, power)
    except ValueError as error:
        raise Fail(f"parameter error: {where}: {error}") from error
