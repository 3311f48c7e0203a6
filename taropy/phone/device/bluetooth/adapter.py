"""The phone's adapter as each program has it: opened and closed, what it has heard, and the search for devices."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, uuid5

import attrs

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.events import off, on
from ...core.functions import answered, plain
from ...core.loops import close_in
from ...core.options import UNDEFINED, function, optional, required, seconds, strings, word
from ...core.room import Room
from ...core.saved import Saved
from ...core.vendors import of_vendor
from . import alipay_form
from .air import Air
from .connection import Connection
from .failures import ALREADY_CONNECTED, INVALID_DATA, NOT_AVAILABLE, NOT_INIT, answering, failure
from .forms import WECHAT, Form
from .radio import Heard, Radio
from .search import Search, Wanted
from .uuids import full

if TYPE_CHECKING:
    from ...core.faces import Phone
    from .server import BLEPeripheralServer

FORMS: Mapping[str, Form] = {"my": alipay_form.FORM}
SCOPE = "scope.bluetooth"
MODES = ("central", "peripheral")
#: Why an iPhone's adapter can't be opened, as WeChat's page of `wx.openBluetoothAdapter` has it.
NO_BLE, NOT_AUTHORIZED, SWITCHED_OFF = 2, 3, 4
#: How soon a device is heard again, in seconds, by how hard the phone searches. Judgement; an iPhone is not told.
POWERS: Mapping[str, float] = {"low": 5.0, "medium": 1.0, "high": 0.1}
USUAL_POWER = "medium"
#: From which version on Android says whether a device can be connected.
TELLS_CONNECTABLE = 26
_ID = re.compile(r"[0-9A-F]{2}(:[0-9A-F]{2}){5}|[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", re.IGNORECASE)


@attrs.define(eq=False)
class Session:
    """What one program has of the adapter, from opening to closing it.

    `modes`: in which it was opened; `found`: what was heard, by the ids that programs know devices by.
    """

    app: App
    modes: set[str] = attrs.field(factory=set)
    found: dict[str, Heard] = attrs.field(factory=dict)
    search: Search | None = None
    connections: dict[str, Connection] = attrs.field(factory=dict)
    servers: list[BLEPeripheralServer] = attrs.field(factory=list)


@attrs.frozen
class Kept:
    """What a phone remembers: the address of its adapter, and the devices that it is paired with."""

    address: str = ""
    paired: list[str] = attrs.field(factory=list)


class Adapter(Room):
    """The part of the room `bluetooth` that knows who has opened the adapter, and what was heard."""

    FILE = "bluetooth.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Kept)
        kept = self._saved.load(Kept())
        self.le = True
        self.address: str = kept.address or _new_address()
        self.paired: list[str] = list(kept.paired)
        if not kept.address:
            self.keep()  # programs know devices by ids that hang on it
        self.air = Air()
        self.radio: Radio = self.air
        self._sessions: dict[str, Session] = {}
        self._addresses: dict[str, str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        phone.system.changes.on("bluetooth", self._switched)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    async def openBluetoothAdapter(self, app: App, options: Options) -> Result:
        """Opens the adapter for the program, given `scope.bluetooth`; `mode`, on an iPhone, is for which part.

        While Bluetooth is off (`phone.system.bluetooth`), denied to the vendor's app or not there it fails with 10001,
        and is open all the same: the program hears of it as soon as it can be used. On an iPhone `state` says why.
        """
        mode = word(options, "mode", MODES, "central")
        await self.phone.permissions.need(app, SCOPE)
        session = self._sessions.setdefault(app.key, Session(app))
        self._loop = asyncio.get_running_loop()
        if mode in session.modes and not self.form(app).twice_is_fine and self.available:
            raise Fail("already opened", ALREADY_CONNECTED)
        session.modes.add(mode)
        self._need_available(app, opening=True)
        return self.form(app).opened()

    @answered
    async def closeBluetoothAdapter(self, app: App, options: Options) -> Result:
        """Ends the program's search, connections and servers, and forgets what it has found."""
        await self._end(self.session(app, off=True), failure(NOT_INIT))
        return self.form(app).done()

    @answered
    def getBluetoothAdapterState(self, app: App, options: Options) -> Result:
        """Whether Bluetooth can be used (`available`), and whether the program searches (`discovering`)."""
        return self._state(self.session(app, off=True))

    onBluetoothAdapterStateChange = on(
        "adapter", "Tells `available` and `discovering` whenever one of them changes, once the adapter has been opened."
    )
    offBluetoothAdapterStateChange = off("adapter")

    @answered
    async def startBluetoothDevicesDiscovery(self, app: App, options: Options) -> Result:
        """Searches for devices, which `onBluetoothDeviceFound` tells of, until it is stopped or begun anew.

        - `services`: only devices that advertise one of these, in any form of a UUID.
        - `allowDuplicatesKey`: each device is told of as often as it is heard, not once a search.
        - `interval`: milliseconds for which devices are gathered; 0, the default, tells of each by itself.
        - `powerLevel`: how soon a device is heard again, on Android: `low`, `medium`, `high` for 5, 1 and 0.1 s.

        Devices in range are heard at once, even before the answer; a program that listens later is told of them then.
        On Android the phone's location has to be on, and not denied to the vendor's app. Alipay also searches by
        `deviceIds` and `deviceNames`, and with `includeClassic` for classic devices.
        """
        session = self.session(app)
        wanted, power = self._wanted(app, options), word(options, "powerLevel", POWERS, USUAL_POWER)
        self._need_location(app)
        await self._end_search(session)
        search = Search(self.phone, wanted, partial(self._tell_found, app))

        def hear(heard: Heard) -> None:
            device_id = self.device_id(heard.address)
            if search.hear(device_id, heard):
                session.found[device_id] = heard

        with answering():
            search.stopping = await self.radio.listen(
                hear, phone=self.phone, every=POWERS[USUAL_POWER if self.ios else power]
            )
        session.search = search
        self._tell_state(session)
        return self.form(app).done()

    @answered
    async def stopBluetoothDevicesDiscovery(self, app: App, options: Options) -> Result:
        """Ends the search; without one there is nothing to end."""
        session = self.session(app)
        if await self._end_search(session):
            self._tell_state(session)
        return self.form(app).done()

    @answered
    def getBluetoothDevices(self, app: App, options: Options) -> Result:
        """What was found since the adapter was opened, as it was last heard, and what is connected."""
        session = self.session(app)
        return {"devices": [self._told(app, *found) for found in session.found.items()]}

    @plain
    def onBluetoothDeviceFound(self, app: App, callback: object = UNDEFINED) -> None:
        """Tells of `devices` that the search has found; of those, too, that were heard before anybody listened."""
        self.audience(app).on("found", function(callback), app)
        session = self._sessions.get(app.key)
        if session is not None and session.search is not None:
            session.search.listened()

    offBluetoothDeviceFound = off("found")

    # --- for the group -----------------------------------------------------------------------------------------

    @property
    def ios(self) -> bool:
        """Whether the phone is an iPhone."""
        return self.phone.system.device.platform == "ios"

    @property
    def available(self) -> bool:
        """Whether Bluetooth can be used."""
        return not self._why_not()

    @property
    def has_location(self) -> bool:
        """Whether the phone's location is on, and not denied to the vendor's app."""
        return self.phone.system.location and self.phone.system.permission("location") != "denied"

    def form(self, app: App) -> Form:
        """How the app's vendor tells of things."""
        return of_vendor(FORMS, app, WECHAT)

    def session(self, app: App, *, off: bool = False) -> Session:
        """What the program has of the adapter; fails if that is not open, or Bluetooth can't be used, unless `off`."""
        session = self._sessions.get(app.key)
        if session is None or not session.modes:
            raise failure(NOT_INIT)
        if not off:
            self._need_available(app)
        return session

    def device_id(self, address: str) -> str:
        """By what programs know a device: its address, or on an iPhone a UUID that other phones have not."""
        known = address
        if self.ios and len(address) == 17:
            known = str(uuid5(NAMESPACE_OID, f"{self.address}/{address}")).upper()
        self._addresses[known] = address
        return known

    def address_of(self, options: Options) -> tuple[str, str]:
        """The id that the program names, and the device's address; fails for what is no id."""
        device_id: str = required(options, "deviceId", "String")
        if not _ID.fullmatch(device_id):
            raise failure(INVALID_DATA)
        if device_id not in self._addresses:  # one that was heard before the phone was made anew
            for device in self.air.devices:
                self.device_id(device.address)
        return device_id, self._addresses.get(device_id, device_id)

    def later(self, doing: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Has something done that takes no answer: outside a loop at once, in the one in which it began if need be."""
        if asyncio._get_running_loop() is not None:
            self.phone.spawn(doing())
        elif isinstance(self.radio, Air):
            _at_once(doing())
        elif self._loop is not None:
            close_in(self._loop, doing)

    def keep_pair(self, address: str) -> None:
        """Remembers that the phone is paired with a device."""
        if address not in self.paired:
            self.paired.append(address)
        self.keep()

    def keep(self) -> None:
        """Keeps what the phone remembers."""
        self._saved.keep_if_writable(Kept(self.address, self.paired))

    # --- its own -----------------------------------------------------------------------------------------------

    def _why_not(self) -> int:
        """Why Bluetooth can't be used, by an iPhone's number; 0 if it can."""
        if not self.le:
            return NO_BLE
        if self.phone.system.permission("bluetooth") == "denied":
            return NOT_AUTHORIZED
        return 0 if self.phone.system.bluetooth else SWITCHED_OFF

    def _need_available(self, app: App, *, opening: bool = False) -> None:
        state = self._why_not()
        if state:
            raise self.form(app).not_available(state, ios=self.ios, opening=opening)

    def _need_location(self, app: App) -> None:
        """Android lets nobody search who may not know where the phone is."""
        if not self.ios and isinstance(self.radio, Air) and not self.has_location:
            raise self.form(app).no_location()

    def _wanted(self, app: App, options: Options) -> Wanted:
        more: dict[str, Any] = {}
        if self.form(app).searches_more:
            more = {
                "ids": frozenset(_texts(options, "deviceIds")),
                "names": frozenset(_texts(options, "deviceNames")),
                "classic": optional(options, "includeClassic", "Boolean", False),
            }
        try:
            services = frozenset(map(full, _texts(options, "services")))
        except ValueError as error:
            raise Fail(f"parameter error: parameter.services: {error}", INVALID_DATA) from error
        return Wanted(
            services=services,
            duplicates=optional(options, "allowDuplicatesKey", "Boolean", False),
            interval=seconds(options, "interval", 0),
            **more,
        )

    def _told(self, app: App, device_id: str, heard: Heard) -> Result:
        connectable = self.ios or self.phone.system.device.api_level >= TELLS_CONNECTABLE
        return self.form(app).device(device_id, heard, ios=self.ios, connectable=connectable)

    def _tell_found(self, app: App, found: dict[str, Heard]) -> bool:
        audience = self.audience(app)
        if "found" not in audience:
            return False
        audience.tell_each("found", lambda: {"devices": [self._told(app, *each) for each in found.items()]})
        return True

    def _state(self, session: Session) -> Result:
        return {"available": self.available, "discovering": session.search is not None}

    def _tell_state(self, session: Session) -> None:
        self.audience(session.app).tell_each("adapter", partial(self._state, session))

    async def _end_search(self, session: Session) -> bool:
        """Ends the search; whether there was one."""
        search, session.search = session.search, None
        if search is not None:
            await search.stop()
        return search is not None

    def _switched(self, _: object = None) -> None:
        """Takes note that Bluetooth was switched on or off."""
        for session in tuple(self._sessions.values()):
            if not self.available:
                self._drop(session, failure(NOT_AVAILABLE))
            self._tell_state(session)

    def _drop(self, session: Session, why: Fail | None = None) -> None:
        """Ends at once what the program has going on, as far as the radio lets it: see `Connection.give_up`."""
        search, session.search = session.search, None
        if search is not None:
            search.on = False
            self.later(search.stop)
        for connection in tuple(session.connections.values()):
            link = connection.link
            connection.give_up(why)
            connection.lost()
            if link is not None:
                self.later(link.close)
        for server in tuple(session.servers):
            server.end()

    async def _end(self, session: Session, why: Fail | None = None) -> None:
        self._sessions.pop(session.app.key, None)
        await self._end_search(session)
        for connection in tuple(session.connections.values()):
            link, connection.link = connection.link, None
            connection.give_up(why)
            if link is not None:
                await link.close()
        session.connections.clear()
        for server in tuple(session.servers):
            server.end()

    # --- as every room -----------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """Ends what the program has of the adapter."""
        session = self._sessions.get(app.key)
        if session is not None and session.app is app:
            self._drop(session)
            self._sessions.pop(app.key, None)

    async def aend(self, app: App) -> None:
        """As `end`, and waits for connections to end."""
        session = self._sessions.get(app.key)
        if session is not None and session.app is app:
            await self._end(session)

    def close(self) -> None:
        """Ends what all programs have of the adapter."""
        for session in tuple(self._sessions.values()):
            self._drop(session)
        self._sessions.clear()


def _at_once(doing: Coroutine[Any, Any, None]) -> None:
    """Does what waits for nothing."""
    try:
        doing.send(None)
    except StopIteration:
        return
    doing.close()


def _texts(options: Options, name: str) -> list[str]:
    return strings(optional(options, name, "Array", []), f"parameter.{name}")


def _new_address() -> str:
    """An address as adapters have: the two bits on top say that it is a random one that stays."""
    raw = bytearray.fromhex(token_hex(6))
    raw[0] |= 0xC0
    return ":".join(f"{each:02X}" for each in raw)
