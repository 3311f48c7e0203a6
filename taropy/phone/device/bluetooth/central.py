"""The phone as a central: it connects to devices, reads, writes and subscribes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from ....undoing import undone_by
from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.events import off, on
from ...core.functions import answered
from ...core.options import LONGEST_TIMEOUT, optional, required, strings, unknown, whole, word
from ...core.person import Question
from .adapter import Adapter, Session
from .air import Air
from .connection import Connection
from .failures import (
    ALREADY_CONNECTED,
    CONNECTION_FAIL,
    NO_CONNECTION,
    NO_DESCRIPTOR,
    NO_DEVICE,
    NOT_SUPPORTED,
    SYSTEM_ERROR,
    TIME_OUT,
    answering,
    failure,
)
from .radio import OVERHEAD, Attribute, Heard, Link, Offer
from .uuids import known

#: What an iPhone agrees to by itself at the start of a connection, in bytes. Android asks for what programs want.
IOS_MTU = 185
#: When Android's own patience with a device that does not answer ends, in seconds; an iPhone waits on.
ANDROIDS_PATIENCE = 30.0
MTUS = range(23, 512)
WRITE_TYPES = ("write", "writeNoResponse")


class CentralPart(Adapter):
    """The part of the room `bluetooth` that makes connections."""

    # --- connections -------------------------------------------------------------------------------------------

    @answered
    async def createBLEConnection(self, app: App, options: Options) -> Result:
        """Connects to the device `deviceId`; also to one that an earlier search has found.

        Who is out of range, or connected to another phone, is waited for: for `timeout` milliseconds (10012), on
        Android for 30 seconds at the most (10003). 10013 for what is no id, 10002 for a device that there is not, -1
        while there is a connection: on Alipay that is a success.
        """
        session = self.session(app)
        timeout = optional(options, "timeout", "Number", 0)
        device_id, address = self.address_of(options)
        if device_id in session.connections:
            if self.form(app).twice_is_fine and session.connections[device_id].link is not None:
                return self.form(app).done()
            raise failure(ALREADY_CONNECTED)
        connection = Connection(self.phone, app, device_id, address, self._lost, self._agreed, self._paired)
        connection.mtu = IOS_MTU if self.ios else 0
        session.connections[device_id] = connection
        with undone_by(connection.lost):
            connection.link = await self._connect(connection, min(timeout, LONGEST_TIMEOUT) / 1000)
        if session.connections.get(device_id) is not connection:  # lost while it was made
            connection.link = None
            raise failure(CONNECTION_FAIL)
        self._tell_connection(connection, connected=True)
        await self._note(session, connection)
        return self.form(app).done()

    @answered
    async def closeBLEConnection(self, app: App, options: Options) -> Result:
        """Ends the connection."""
        session = self.session(app)
        connection = self._connection(app, options)
        link, connection.link = connection.open, None
        del session.connections[connection.device_id]
        await link.close()
        self._tell_connection(connection, connected=False)
        return self.form(app).done()

    onBLEConnectionStateChange = on(
        "connection", "Tells `deviceId` and `connected` of every connection that is made or ends, for whatever reason."
    )
    offBLEConnectionStateChange = off("connection")

    @answered
    def getConnectedBluetoothDevices(self, app: App, options: Options) -> Result:
        """The connected devices that have one of the services in `services`, which Alipay has no need of."""
        session, form = self.session(app), self.form(app)
        given = required(options, "services", "Array") if form.needs_services else []
        wanted = {known(uuid) for uuid in strings(given, "parameter.services")}
        told = []
        for device_id, connection in session.connections.items():
            link = connection.link
            if link is not None and (not wanted or wanted & {offer.uuid for offer in link.offers}):
                told.append({"deviceId": device_id, "name": link.name})
        return {"devices": told}

    # --- what a device offers ----------------------------------------------------------------------------------

    @answered
    async def getBLEDeviceServices(self, app: App, options: Options) -> Result:
        """The services of a connected device: `uuid` and `isPrimary`."""
        return {"services": self.form(app).services(self._connection(app, options).open.offers, ios=self.ios)}

    @answered
    async def getBLEDeviceCharacteristics(self, app: App, options: Options) -> Result:
        """The characteristics of a service: `uuid`, and in `properties` what they allow."""
        connection, form = self._connection(app, options), self.form(app)
        offer = connection.offer(options.get("serviceId"))
        told = [
            form.characteristic(offer, each, connection.values.get(each, b""), ios=self.ios)
            for each in offer.attributes
        ]
        return {"characteristics": told}

    @answered
    async def getBLEDeviceRSSI(self, app: App, options: Options) -> Result:
        """How well a connected device is heard, in dBm."""
        async with self._asking(app, options) as (_, link):
            return {"RSSI": await link.rssi()}

    @answered
    async def getBLEMTU(self, app: App, options: Options) -> Result:
        """The connection's MTU, in bytes; a value has three less."""
        word(options, "writeType", WRITE_TYPES, "write")
        return {"mtu": self._connection(app, options).open.mtu}

    @answered
    async def setBLEMTU(self, app: App, options: Options) -> Result:
        """Agrees with the device on an MTU of 23 to 511 bytes, on Android.

        Where the device agrees to less, it fails, and `mtu` is what is in force. An iPhone has no such function: that
        it fails with 10008 is judgement.
        """
        mtu = whole(required(options, "mtu", "Number"), "parameter.mtu")
        if mtu not in MTUS:
            raise Fail("parameter error: parameter.mtu should be more than 22 and less than 512")
        async with self._asking(app, options) as (connection, link):
            if self.ios:
                raise failure(SYSTEM_ERROR)
            before = link.mtu
            agreed = await link.request_mtu(mtu)
            if agreed != before:
                self._agreed(connection, agreed)
        if agreed != mtu:
            raise failure(SYSTEM_ERROR, mtu=agreed)
        return {"mtu": agreed}

    onBLEMTUChange = on("mtu", "Tells `deviceId` and `mtu` when both sides of a connection have agreed on another MTU.")
    offBLEMTUChange = off("mtu")

    # --- values ------------------------------------------------------------------------------------------------

    @answered
    async def readBLECharacteristicValue(self, app: App, options: Options) -> Result:
        """Asks for a value, which `onBLECharacteristicValueChange` tells. Alipay gives it as well."""
        async with self._asking(app, options) as (connection, link):
            offer, attribute = self._attribute(connection, options, {"read"})
            value = await link.read(attribute)
        self._hear(connection, offer, attribute)(value)
        form = self.form(app)
        return form.read(form.characteristic(offer, attribute, value, ios=self.ios))

    @answered
    async def writeBLECharacteristicValue(self, app: App, options: Options) -> Result:
        """Writes `value`, bytes; `writeType` says whether the device is to answer.

        Unless given, an iPhone rather has it answer (`write`), Android not (`writeNoResponse`). With an answer a value
        of up to 512 bytes is sent in parts; without one it has to fit into the MTU, else it fails with 10008. (WeChat
        says that some iPhones give no answer at all then.) Writes of one program go one after another.
        """
        value = bytes(required(options, "value", "ArrayBuffer"))
        write_type = options.get("writeType")
        if write_type is not None and write_type not in WRITE_TYPES:
            raise unknown("parameter.writeType", WRITE_TYPES)
        async with self._asking(app, options) as (connection, link):
            _, attribute = self._attribute(connection, options, {write_type} if write_type else set(WRITE_TYPES))
            response = (write_type or self._usual(attribute)) == "write"
            if not response and len(value) > link.mtu - OVERHEAD:
                raise failure(SYSTEM_ERROR)
            await link.write(attribute, value, response=response)
        return self.form(app).done()

    @answered
    async def notifyBLECharacteristicValueChange(self, app: App, options: Options) -> Result:
        """Subscribes to a characteristic, or ends that, as `state` says.

        `type` is `indication`, the default, or `notification`; where the device offers one of them only, that is it.
        Alipay's `descriptorId` has to be a descriptor that there is.
        """
        state = self.form(app).state(options)
        kind = optional(options, "type", "String", "indication")
        async with self._asking(app, options) as (connection, link):
            offer, attribute = self._attribute(connection, options, {"notify", "indicate"})
            self._check_descriptor(app, attribute, options)
            if not state:
                await link.unsubscribe(attribute)
                return self.form(app).done()
            wished = "notify" if kind == "notification" else "indicate"
            offered = wished if wished in attribute.properties else ({"notify", "indicate"} - {wished}).pop()
            await link.subscribe(attribute, offered, self._hear(connection, offer, attribute))
        return self.form(app).done()

    onBLECharacteristicValueChange = on(
        "value",
        "Tells `deviceId`, `serviceId`, `characteristicId` and `value` of what was read and of what devices send.",
    )
    offBLECharacteristicValueChange = off("value")

    # --- its own -----------------------------------------------------------------------------------------------

    async def _note(self, session: Session, connection: Connection) -> None:
        """Takes note of a device that no search had found."""
        self._addresses[connection.device_id] = connection.device
        if connection.device_id not in session.found:
            with suppress(Fail), answering():
                link = connection.open
                told = Heard(address=connection.device, rssi=await link.rssi(), name=link.name)
                session.found[connection.device_id] = told

    async def _connect(self, connection: Connection, timeout: float) -> Link:
        limit = timeout or (0 if self.ios or not isinstance(self.radio, Air) else ANDROIDS_PATIENCE)
        connection.task = asyncio.current_task()
        try:
            with answering():
                if not limit:
                    return await self.radio.connect(connection.device, connection)
                async with self.phone.clock.timeout(limit):
                    return await self.radio.connect(connection.device, connection)
        except TimeoutError:
            raise failure(TIME_OUT if timeout else CONNECTION_FAIL) from None
        except asyncio.CancelledError:
            if connection.failure is None or connection.task is None:
                raise
            connection.task.uncancel()
            raise connection.failure from None
        finally:
            connection.task = None

    def _connection(self, app: App, options: Options) -> Connection:
        """The connection that the options name; fails without one."""
        session = self.session(app)
        device_id = required(options, "deviceId", "String")
        connection = session.connections.get(device_id)
        if connection is None or connection.link is None:
            raise failure(NO_CONNECTION if self._has_heard(session, device_id) else NO_DEVICE)
        return connection

    def _has_heard(self, session: Session, device_id: str) -> bool:
        return device_id in session.found or device_id in self._addresses

    @asynccontextmanager
    async def _asking(self, app: App, options: Options) -> AsyncIterator[tuple[Connection, Link]]:
        """The connection and its link, when it is this call's turn; what goes wrong is told in WeChat's numbers."""
        connection = self._connection(app, options)
        with answering():
            async with connection.turn() as link:
                yield connection, link

    def _attribute(self, connection: Connection, options: Options, properties: set[str]) -> tuple[Offer, Attribute]:
        """The characteristic that the options name, which has to have one of these properties."""
        offer = connection.offer(options.get("serviceId"))
        attribute = connection.attribute(offer, options.get("characteristicId"))
        if not properties & attribute.properties:
            raise failure(NOT_SUPPORTED)
        return offer, attribute

    def _usual(self, attribute: Attribute) -> str:
        wished = "write" if self.ios else "writeNoResponse"
        return wished if wished in attribute.properties else ({*WRITE_TYPES} - {wished}).pop()

    def _check_descriptor(self, app: App, attribute: Attribute, options: Options) -> None:
        wanted = options.get("descriptorId")
        if wanted is not None and self.form(app).names_descriptors and known(wanted) not in attribute.descriptors:
            raise failure(NO_DESCRIPTOR)

    def _hear(self, connection: Connection, offer: Offer, attribute: Attribute) -> Callable[[bytes], None]:
        """What takes a value of the characteristic to the program."""
        app = connection.app
        form, audience = self.form(app), self.audience(app)
        named = {
            "deviceId": connection.device_id,
            "serviceId": form.uuid(offer.uuid, ios=self.ios),
            "characteristicId": form.uuid(attribute.uuid, ios=self.ios),
        }

        def hear(value: bytes) -> None:
            value = connection.values[attribute] = bytes(value)
            audience.tell_each("value", lambda: {**named, "value": form.value(value)})

        return hear

    def _lost(self, connection: Connection) -> None:
        session = self._sessions.get(connection.app.key)
        if session is None or session.connections.get(connection.device_id) is not connection:
            return
        was_open = connection.link is not None
        del session.connections[connection.device_id]
        connection.link = None
        if was_open:
            self._tell_connection(connection, connected=False)

    def _tell_connection(self, connection: Connection, *, connected: bool) -> None:
        told = {"deviceId": connection.device_id, "connected": connected}
        self.audience(connection.app).tell_each("connection", lambda: dict(told))

    def _agreed(self, connection: Connection, mtu: int) -> None:
        told = {"deviceId": connection.device_id, "mtu": mtu}
        self.audience(connection.app).tell_each("mtu", lambda: dict(told))

    async def _paired(self, address: str) -> bool:
        """Whether the phone is paired with a device; else the person is asked, and types its pin."""
        if address in self.paired:
            return True
        device = next((each for each in self.air.devices if each.address == address), None)
        name, pin = ("", None) if device is None else (device.name, device.pin)
        shown: dict[str, Any] = {"name": name, "pin": pin is not None}
        answer = await self.phone.person.answer(Question("pair", shown, {"allow": True, "pin": pin}))
        if not answer["allow"] or not await self.radio.pair(address, answer["pin"]):
            return False
        self.keep_pair(address)
        return True
