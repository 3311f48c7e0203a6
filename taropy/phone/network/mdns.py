"""Services that devices in the local network offer, found by mDNS (DNS-SD), by the library `zeroconf`.

Behaviour and wording are WeChat's: developers.weixin.qq.com/miniprogram/dev/api/network/mdns/ and "局域网通信" there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from ...extras import need
from ..core.answers import Fail, Options, Result, extras_told
from ..core.app import App
from ..core.events import off, on
from ..core.functions import answered
from ..core.options import optional
from ..core.room import Room
from .sockets.faults import Fault
from .sockets.link import Link

if TYPE_CHECKING:
    from zeroconf import ServiceStateChange, Zeroconf
    from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

    from ..core.faces import Phone

# How long a search goes on, and how long it may take to learn where a service is, in seconds.
LONGEST_SEARCH = 30
LONGEST_LOOK_UP = 3

LOCAL = "local."


class Discovery(Room, name="discovery"):
    """Searches for services. Nothing is found while the phone has no network.

    `interfaces`: the addresses of the computer's network interfaces to search on, say `["127.0.0.1"]` for services of
    this computer alone; None, the default, is all of them.
    """

    STATE: ClassVar[tuple[str, ...]] = ("interfaces",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.interfaces: Sequence[str] | None = None
        self._searches: dict[str, _Search] = {}

    @answered
    def startLocalServiceDiscovery(self, app: App, options: Options) -> None:
        """`wx.startLocalServiceDiscovery`: searches for services of `serviceType`, `_http._tcp.` or the like.

        It goes on for 30 seconds, or until it is stopped; until then another fails with `scan task already exist`.
        """
        wanted = optional(options, "serviceType", "String", "")
        full_type = f"{wanted.removesuffix('.').removesuffix('.local')}.{LOCAL}"
        if not wanted or not _is_type(full_type):
            raise Fail("invalid param")
        if app.key in self._searches:
            raise Fail("scan task already exist")
        self._searches[app.key] = _Search(self, app, wanted, full_type)

    @answered
    def stopLocalServiceDiscovery(self, app: App, options: Options) -> None:
        """`wx.stopLocalServiceDiscovery`: ends the search; without one it fails with `task not found`."""
        search = self._searches.get(app.key)
        if search is None:
            raise Fail("task not found")
        search.drop()

    onLocalServiceFound = on(
        "found", "Tells `serviceType`, `serviceName`, `ip`, `port` and `attributes` of each service that is found."
    )
    offLocalServiceFound = off("found")

    onLocalServiceResolveFail = on(
        "resolveFail", "Tells `serviceType` and `serviceName` of a service of which nobody says where it is."
    )
    offLocalServiceResolveFail = off("resolveFail")

    onLocalServiceLost = on("lost", "Tells `serviceType` and `serviceName` of a service that has gone.")
    offLocalServiceLost = off("lost")

    onLocalServiceDiscoveryStop = on("stop", "Tells that the search has ended, by itself or because it was stopped.")
    offLocalServiceDiscoveryStop = off("stop")

    def tell(self, app: App, event: str, told: Result) -> None:
        """Tells the app's listeners, if the phone could have heard of it."""
        if self.phone.network.online:
            self.audience(app).tell(event, told)

    def ended(self, app: App) -> None:
        """Notes that the app's search is over, and tells its listeners."""
        self._searches.pop(app.key, None)
        self.audience(app).tell("stop", {})


class _Search(Link):
    """One search. It ends with its loop and with the phone, as sockets do."""

    def __init__(self, room: Discovery, app: App, wanted: str, full_type: str) -> None:
        self._zeroconf = _zeroconf(room.interfaces)
        super().__init__(room.phone, app)
        self._room = room
        self._wanted = wanted
        self._type = full_type
        self._work = self.phone.spawn(self._search())
        # Work that is cancelled before it began never runs a line of its own.
        self._work.add_done_callback(self._over)

    def drop(self, fault: Fault | None = None) -> None:
        if fault is None:  # a search outlives a network that goes
            self.loop.call_soon_threadsafe(self._work.cancel)

    async def _search(self) -> None:
        browsers = _need("zeroconf.asyncio")
        browser = browsers.AsyncServiceBrowser(self._zeroconf.zeroconf, self._type, handlers=[self._changed])
        try:
            await self.phone.clock.sleep(LONGEST_SEARCH)
        finally:
            await browser.async_cancel()

    def _changed(self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        known = {"serviceType": self._wanted, "serviceName": self._own_part(name)}
        if state_change.name == "Added":
            self.phone.spawn(self._look_up(name, known))
        elif state_change.name == "Removed":
            self._room.tell(self.app, "lost", known)

    def _own_part(self, name: str) -> str:
        """What stands before the kind in a service's name; letters of names in a network may be small or capital."""
        return name[: -len(self._type) - 1] if name.lower().endswith(f".{self._type.lower()}") else name

    async def _look_up(self, name: str, known: Result) -> None:
        service = await self._found(name)
        if self._work.done():
            return
        if service is None or not service.parsed_addresses():
            self._room.tell(self.app, "resolveFail", known)
            return
        attributes = {key: value or "" for key, value in service.decoded_properties.items()}
        where = {"ip": service.parsed_addresses()[0], "port": service.port, "attributes": attributes}
        self._room.tell(self.app, "found", {**known, **where})

    async def _found(self, name: str) -> AsyncServiceInfo | None:
        """Where the service is; None if nobody says so, or if what devices say there is no name of a service."""
        try:
            service: AsyncServiceInfo = _need("zeroconf.asyncio").AsyncServiceInfo(self._type, name)
        except _need("zeroconf").BadTypeInNameException:
            return None
        found = await service.async_request(self._zeroconf.zeroconf, LONGEST_LOOK_UP * 1000)
        return service if found else None

    def _over(self, work: asyncio.Task[None]) -> None:
        self._room.ended(self.app)
        closing = self.loop.create_task(self._zeroconf.async_close())
        closing.add_done_callback(lambda _: self.leave())


def _zeroconf(interfaces: Sequence[str] | None) -> AsyncZeroconf:
    make: Callable[..., AsyncZeroconf] = _need("zeroconf.asyncio").AsyncZeroconf
    try:
        return make() if interfaces is None else make(interfaces=list(interfaces))
    except OSError as error:
        raise Fail(str(error)) from error


def _is_type(full_type: str) -> bool:
    """Whether this is the name of a kind of service, `_http._tcp.local.`."""
    zeroconf = _need("zeroconf")
    try:
        return bool(zeroconf.service_type_name(full_type, strict=False) == full_type)
    except zeroconf.BadTypeInNameException:
        return False


def _need(module: str) -> Any:
    with extras_told():
        return need(module, extra="mdns")
