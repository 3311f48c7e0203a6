"""Wi-Fi: the networks around the phone, the one that it is in, and how programs join one.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/wifi, whose table of errors gives the words and numbers here;
Alipay's pages (github.com/AlipayDocs/open-docs, `my.connectWifi` and its kin) and Douyin's where they are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs
from attrs.validators import and_, ge, instance_of, le, matches_re, max_len, min_len
from attrs.validators import optional as none_or

from ...hints import close_to
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import checked, list_of, number
from ..core.events import off, on
from ..core.functions import answered
from ..core.options import mapping, optional, required
from ..core.person import Question
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

#: Who has no `startWifi`, and needs none.
NEEDS_NO_START: Mapping[str, bool] = {"tt": True, "harmony-hybrid": True}
#: What a program needs to be told of networks: on Android; Alipay's page names none.
SCOPES: Mapping[str, str | None] = {"my": None}
#: Who tells no frequency: Alipay's and Douyin's pages. Alipay's strength is from 0 to 100 on iOS, too; Douyin has
#: neither that nor `secure` there.
FIELDS: Mapping[str, tuple[str, ...]] = dict.fromkeys(("my", "tt"), ("SSID", "BSSID", "secure", "signalStrength"))
FIELDS_ON_IOS: Mapping[str, tuple[str, ...]] = {"tt": ("SSID", "BSSID")}
EVERYWHERE_A_HUNDRED: Mapping[str, bool] = {"my": True}
#: Whose iOS has no list: Douyin's page of `tt.getWifiList`.
NO_LIST_ON_IOS: Mapping[str, bool] = {"tt": True}

NOT_INIT = ("not init", 12000)
NOT_SUPPORTED = ("system not support", 12001)
WRONG_PASSWORD = ("password error Wi-Fi", 12002)
TIMEOUT = ("connection timeout", 12003)
TWICE = ("duplicate request", 12004)
WIFI_OFF = ("wifi not turned on", 12005)
GPS_OFF = ("gps not turned on", 12006)
DENIED = ("user denied", 12007)
NO_NAME = ("invalid SSID", 12008)
NOT_FOUND = ("system internal error", 12010)
NOT_CONNECTED = ("no wifi is connected", 12010)
UNREADABLE = ("can't gain current wifi", 12010)
HIDDEN = ("weapp in background", 12011)
TOO_SHORT = ("invalid WEP / WPA password", 12014)

#: A WPA password has so many characters at least.
SHORTEST_PASSWORD = 8


@attrs.frozen
class WifiNetwork:
    """An access point within reach: its name, its address, its password (None if it is open), and how it is received.

    `signal` is in percent, `frequency` in MHz.
    """

    SSID: str = attrs.field(validator=and_(instance_of(str), min_len(1), max_len(32)))
    BSSID: str = attrs.field(validator=matches_re(r"([0-9a-f]{2}:){5}[0-9a-f]{2}"))
    password: str | None = attrs.field(default=None, validator=none_or(instance_of(str)), repr=False)
    signal: int = attrs.field(default=80, validator=and_(ge(0), le(100)))
    frequency: int = attrs.field(default=2437, validator=number(above=0).of("a frequency"))


@attrs.frozen
class Known:
    """The networks around the phone, and the name of the one that it is in."""

    networks: list[WifiNetwork] = attrs.field(factory=list)
    joined: str | None = None


AT_HOME = Known([WifiNetwork("home", "02:00:00:00:00:01", "at home!")], "home")


@checked(networks=list_of(WifiNetwork, "a list of WifiNetworks"))
class Wifi(Room, name="wifi"):
    """The networks around the phone, which is in the network "home" at first.

    - `networks`: those within reach. `add` puts one there, `remove` takes it away. A phone with a folder keeps them.
    - `connected`: the one that the phone is in: while `phone.network.type` is `"wifi"`, and Wi-Fi is on.
    - `offered`: the passwords, by name, that a program has given to iOS by `setWifiList`.

    `phone.system.wifi` and `phone.system.location` are the device's switches.
    """

    STATE = ("networks", "offered", "_joined", "_started")
    FILE = "wifi.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Known)
        known = self._saved.load(AT_HOME)
        self.networks: list[WifiNetwork] = list(known.networks)
        self.offered: dict[str, str] = {}
        self._joined = known.joined
        self._started: set[str] = set()
        self._joining: set[str] = set()
        #: The program of each app that has opened the module last.
        self._openers: dict[str, App] = {}

    def in_words(self) -> Iterator[str]:
        """The network that the phone is in, and how many there are."""
        connected = self.connected
        yield "not connected" if connected is None else f"in {connected.SSID!r}"
        yield f"{len(self.networks)} within reach"

    # --- what a test and a person do ---------------------------------------------------------------------------

    @property
    def connected(self) -> WifiNetwork | None:
        """The network that the phone is in; None if it is in none."""
        if self.phone.network.type != "wifi" or not self.phone.system.wifi:
            return None
        return next((each for each in self.networks if self._joined == each.SSID), None)

    def add(
        self, SSID: str, password: str | None = None, *, BSSID: str = "", signal: int = 80, frequency: int = 2437
    ) -> WifiNetwork:
        """Has a network be within reach; without a password it is open. One of the same address takes its place."""
        address = BSSID or f"02:00:00:00:00:{len(self.networks) + 1:02x}"
        network = WifiNetwork(SSID, address, password, signal, frequency)
        self.networks = [each for each in self.networks if address != each.BSSID] + [network]
        self._keep()
        return network

    def remove(self, SSID: str) -> None:
        """Takes a network out of reach. A phone that is in it is on its mobile network then."""
        self._named(SSID)
        if self.connected is not None and self.connected.SSID == SSID:
            self.leave()
        self.networks = [each for each in self.networks if each.SSID != SSID]
        self._keep()

    def join(self, SSID: str) -> None:
        """The person has the phone join a network, whose password they know; programs hear of it."""
        self._join(self._named(SSID), partial=False)

    def leave(self) -> None:
        """The person has the phone leave its network: it is on its mobile network then (`4g`)."""
        self._joined = None
        self._keep()
        if self.phone.network.type == "wifi":
            self.phone.network.type = "4g"

    def refuse(self) -> None:
        """The next time that a program wants to join a network, the person does not let it."""
        self.phone.person.script("connectWifi", allow=False)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    def startWifi(self, app: App, options: Options) -> None:
        """Opens the module, which every other function needs: `not init` (12000) before."""
        self._started.add(app.key)
        self._openers[app.key] = app

    @answered
    def stopWifi(self, app: App, options: Options) -> None:
        """Closes it; programs hear of no more networks."""
        self._need_start(app)
        self._started.discard(app.key)

    @answered
    async def getWifiList(self, app: App, options: Options) -> None:
        """Looks for networks, of which `onGetWifiList` tells, the strongest first.

        Android needs `scope.userLocation`, and fails while Wi-Fi (12005) or location (12006) is off. iOS opens the
        system's settings: if the person goes to its list, as they do by default, the program is told.
        """
        self._need_start(app)
        if self._on_ios:
            if of_vendor(NO_LIST_ON_IOS, app, False):
                raise Fail(*NOT_SUPPORTED)
            visit = await self.phone.person.answer(Question("getWifiList", {}, {"confirm": True}))
            if not visit["confirm"]:
                return
        else:
            self._need_switches()
            await self.phone.permissions.need(app, of_vendor(SCOPES, app, "scope.userLocation"))
        if self.phone.system.wifi:
            found = sorted(self.networks, key=lambda network: -network.signal)
            self.phone.spawn(self._found(app, found))

    @answered
    def setWifiList(self, app: App, options: Options) -> None:
        """Gives iOS the passwords of networks that it has listed; see `offered`. Elsewhere 12001."""
        self._need_start(app)
        given = required(options, "wifiList", "Array")
        if not self._on_ios:
            raise Fail(*NOT_SUPPORTED)
        for index, each in enumerate(given):
            network = mapping(each, f"parameter.wifiList[{index}]")
            self.offered[optional(network, "SSID", "String", "")] = optional(network, "password", "String", "")

    @answered
    async def connectWifi(self, app: App, options: Options) -> None:
        """Joins the network `SSID`, of several the one with the address `BSSID`, if the person lets it.

        `password error Wi-Fi` (12002) for a wrong password; what is not within reach is a timeout on Android (12003),
        and the system's error on iOS (12010). `maunal` leaves it to the person, who knows the password: it succeeds
        whatever they do. How long a phone tries is not known: here it takes no time.
        """
        self._need_start(app)
        name = required(options, "SSID", "String")
        password = optional(options, "password", "String", "")
        address = optional(options, "BSSID", "String", "")
        manual = optional(options, "maunal", "Boolean", False)
        partial = optional(options, "partialInfo", "Boolean", False)
        if not name:
            raise Fail(*NO_NAME)
        if not self.phone.pages.of(app).visible:
            raise Fail(*HIDDEN)
        if not self.phone.system.wifi:
            raise Fail(*(NOT_FOUND if self._on_ios else WIFI_OFF))
        if app.key in self._joining:
            raise Fail(*TWICE)
        self._joining.add(app.key)
        try:
            shown = {"SSID": name, "maunal": manual}
            allowed = await self.phone.person.allows("connectWifi", shown)
        finally:
            self._joining.discard(app.key)
        network = self._within_reach(name, address)
        if manual:
            if allowed and network is not None:
                self._join(network, partial)
            return
        if not allowed:
            raise Fail(*DENIED)
        self._join(self._unlocked(network, password), partial)

    @answered
    def getConnectedWifi(self, app: App, options: Options) -> Result:
        """The network that the phone is in, as `wifi`; with `partialInfo` its name alone, on iOS its address as well.

        `no wifi is connected` (12010) if it is in none. While location is off, Android tells nothing but the name:
        else it is `can't gain current wifi` (12010).
        """
        self._need_start(app)
        partial = optional(options, "partialInfo", "Boolean", False)
        if not self.phone.system.wifi and not self._on_ios:
            raise Fail(*WIFI_OFF)
        network = self.connected
        if network is None:
            raise Fail(*NOT_CONNECTED)
        if partial:
            return {"wifi": {"SSID": network.SSID, **({"BSSID": network.BSSID} if self._on_ios else {})}}
        if not (self._on_ios or self.phone.system.location):
            raise Fail(*UNREADABLE)
        return {"wifi": self._told(app, network)}

    onGetWifiList = on("list", "Tells the networks that `getWifiList` has found, as `wifiList`.")
    offGetWifiList = off("list")
    onWifiConnected = on("connected", "Tells of the network that the phone has joined, as `wifi`.")
    offWifiConnected = off("connected")
    onWifiConnectedWithPartialInfo = on("joined", "Tells the name of the network that it has joined, as `wifi.SSID`.")
    offWifiConnectedWithPartialInfo = off("joined")

    # --- its own -----------------------------------------------------------------------------------------------

    @property
    def _on_ios(self) -> bool:
        return self.phone.system.device.platform == "ios"

    def end(self, app: App) -> None:
        """Closes the module for the program."""
        if self._openers.get(app.key) is app:
            del self._openers[app.key]
            self._started.discard(app.key)

    def _need_start(self, app: App) -> None:
        if not self._is_open(app):
            raise Fail(*NOT_INIT)

    def _is_open(self, app: App) -> bool:
        return app.key in self._started or of_vendor(NEEDS_NO_START, app, False)

    def _need_switches(self) -> None:
        if not self.phone.system.wifi:
            raise Fail(*WIFI_OFF)
        if not self.phone.system.location:
            raise Fail(*GPS_OFF)

    async def _found(self, app: App, networks: list[WifiNetwork]) -> None:
        """Tells of them once the call has succeeded."""
        if self._is_open(app):
            self.audience(app).tell_each("list", lambda: {"wifiList": [self._told(app, each) for each in networks]})

    def _told(self, app: App, network: WifiNetwork) -> Result:
        percent = not self._on_ios or of_vendor(EVERYWHERE_A_HUNDRED, app, False)
        told = {
            "SSID": network.SSID,
            "BSSID": network.BSSID,
            "secure": network.password is not None,
            "signalStrength": network.signal if percent else network.signal / 100,
            "frequency": network.frequency,
        }
        names = of_vendor(FIELDS, app, tuple(told))
        return {name: told[name] for name in (of_vendor(FIELDS_ON_IOS, app, names) if self._on_ios else names)}

    def _within_reach(self, name: str, address: str) -> WifiNetwork | None:
        found = (each for each in self.networks if name == each.SSID and address.lower() in ("", each.BSSID))
        return max(found, key=lambda network: network.signal, default=None)

    def _unlocked(self, network: WifiNetwork | None, password: str) -> WifiNetwork:
        """The network, if the password opens it."""
        if network is None:
            raise Fail(*(NOT_FOUND if self._on_ios else TIMEOUT))
        if network.password is not None and network.password != password:
            raise Fail(*(TOO_SHORT if self._on_ios and len(password) < SHORTEST_PASSWORD else WRONG_PASSWORD))
        return network

    def _named(self, SSID: str) -> WifiNetwork:
        network = self._within_reach(SSID, "")
        if network is None:
            names = [each.SSID for each in self.networks]
            raise ValueError(f"no network {SSID!r} is within reach{close_to(SSID, names)}")
        return network

    def _join(self, network: WifiNetwork, partial: bool) -> None:
        self._joined = network.SSID
        self._keep()
        self.phone.network.type = "wifi"
        name = {"SSID": network.SSID}
        for app in self.phone.apps:
            if self._is_open(app):
                short = partial and not self._on_ios
                wifi = dict(name) if short else self._told(app, network)
                self.audience(app).tell_each("connected", lambda wifi=wifi: {"wifi": dict(wifi)})  # type: ignore[misc]
                self.audience(app).tell_each("joined", lambda: {"wifi": dict(name)})

    def _keep(self) -> None:
        self._saved.keep(Known(self.networks, self._joined))
