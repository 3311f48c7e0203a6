"""iBeacons near the phone.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/ibeacon; Alipay's form is in `alipay`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import attrs

from ...core.alipay import UNKNOWN
from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.events import off
from ...core.functions import answered, plain
from ...core.loops import end_tasks
from ...core.options import UNDEFINED, function, optional, required, strings
from ...core.room import Room
from ...core.vendors import of_vendor
from .advertising import Beacon, beacon_of
from .radio import Heard, Stop
from .room import Bluetooth

if TYPE_CHECKING:
    from ...core.faces import Phone

#: The numbers and words of failures: WeChat's, and where they are other ones Alipay's.
WORDS: Mapping[str, tuple[int, str]] = {
    "unsupported": (11000, "unsupport"),
    "no bluetooth": (11001, "bluetooth service unavailable"),
    "no location": (11002, "location service unavailable"),
    "location denied": (11002, "location service unavailable"),
    "started": (11003, "already start"),
    "not started": (11004, "not startBeaconDiscovery"),
    "invalid": (11006, "invalid data"),
    "empty": (11006, "invalid data"),
}
ALIPAYS_WORDS: Mapping[str, tuple[int, str]] = {
    "no bluetooth": (11001, "bluetooth invalid"),
    "location denied": (11003, "location authorization forbidden"),
    "started": (11004, "already discovering"),
    "not started": (UNKNOWN, "not startBeaconDiscovery"),  # its page has no number for it
    "invalid": (11006, "uuid invalid"),
    "empty": (11008, "uuids empty"),
}

#: How often programs are told, and for how long a beacon that is not heard is still there, in seconds. Judgement: an
#: iPhone tells of its beacons once a second.
INTERVAL = 1.0
LASTS = 2.0
#: Up to how many metres a beacon is very near, and near. Judgement: Apple gives no figures.
VERY_NEAR, NEAR = 0.5, 3.0

#: Whose beacons have their numbers as text: AlipayDocs/open-docs, my.getBeacons.md.
NUMBERS_AS_TEXT: Mapping[str, bool] = {"my": True}
#: What a success of `getBeacons` has besides: the same page.
SAYS_OK: Mapping[str, Result] = {"my": {"errCode": "0", "errorMsg": "ok"}}
#: Who keeps one listener alone: WeChat's pages of `wx.onBeaconUpdate` and `wx.onBeaconServiceChange`.
MANY_LISTENERS: Mapping[str, bool] = {"my": True}


@attrs.define(eq=False)
class _Ranging:
    """A program's search for beacons: for which UUIDs, what was heard and when, and what the program was last told."""

    app: App
    uuids: frozenset[str]
    heard: dict[Beacon, tuple[int, float]] = attrs.field(factory=dict)
    told: list[Result] = attrs.field(factory=list)
    stopping: Stop | None = None
    reporting: asyncio.Task[None] | None = None

    async def stop(self) -> None:
        """Ends it."""
        if self.reporting is not None:
            end_tasks([self.reporting])
        if self.stopping is not None:
            await self.stopping()


class Beacons(Room, name="beacons"):
    """The iBeacons near the phone: `phone.bluetooth.add_beacon` puts them there."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._ranging: dict[str, _Ranging] = {}
        self._bluetooth = Bluetooth.on(phone)
        for switch in ("bluetooth", "location"):
            phone.system.changes.on(switch, self._switched)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    async def startBeaconDiscovery(self, app: App, options: Options) -> Result:
        """Looks for beacons that say one of `uuids`, until it is stopped; `onBeaconUpdate` tells of them every second.

        Bluetooth and location have to be on. An iPhone's `ignoreBluetoothAvailable` does without Bluetooth's switch,
        since its control centre does not switch off what beacons need: here it then hears nothing.
        """
        given = strings(required(options, "uuids", "Array"), "parameter.uuids")
        ignores = optional(options, "ignoreBluetoothAvailable", "Boolean", False) and self._bluetooth.ios
        uuids = _uuids(app, given)
        self._need(app, bluetooth=not ignores)
        if app.key in self._ranging:
            raise _failure(app, "started")
        ranging = _Ranging(app, uuids)
        ranging.stopping = await self._bluetooth.radio.listen(
            partial(self._hear, ranging), phone=self.phone, every=INTERVAL
        )
        self._ranging[app.key] = ranging
        self._tell_service(app)
        ranging.reporting = self.phone.spawn(self._report_by_the_clock(ranging))
        return self._bluetooth.form(app).done()

    @answered
    async def stopBeaconDiscovery(self, app: App, options: Options) -> Result:
        """Ends the search; 11004 without one."""
        ranging = self._ranging.pop(app.key, None)
        if ranging is None:
            raise _failure(app, "not started")
        await ranging.stop()
        self._tell_service(app)
        return self._bluetooth.form(app).done()

    @answered
    def getBeacons(self, app: App, options: Options) -> Result:
        """The beacons that are in range: `uuid`, `major`, `minor`, `rssi`, `accuracy` in metres, `proximity`."""
        self._need(app)
        ranging = self._ranging.get(app.key)
        if ranging is None:
            raise _failure(app, "not started")
        return {"beacons": self._in_range(ranging), **of_vendor(SAYS_OK, app, {})}

    @plain
    def onBeaconUpdate(self, app: App, callback: object = UNDEFINED) -> None:
        """Tells of all `beacons` in range when anything of them has changed. WeChat keeps the last listener alone."""
        self._listen(app, "update", function(callback))

    offBeaconUpdate = off("update")

    @plain
    def onBeaconServiceChange(self, app: App, callback: object = UNDEFINED) -> None:
        """Tells `available` and `discovering` when one of them changes. WeChat keeps the last listener alone."""
        self._listen(app, "service", function(callback))

    offBeaconServiceChange = off("service")

    # --- as every room -----------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """Ends the program's search."""
        ranging = self._ranging.get(app.key)
        if ranging is not None and ranging.app is app:
            self._drop(ranging)

    def close(self) -> None:
        """Ends all searches."""
        for ranging in tuple(self._ranging.values()):
            self._drop(ranging)

    # --- its own -----------------------------------------------------------------------------------------------

    def _listen(self, app: App, event: str, callback: Callable[..., object]) -> None:
        if not of_vendor(MANY_LISTENERS, app, False):
            self.audience(app).off(event)
        self.audience(app).on(event, callback, app)

    def _drop(self, ranging: _Ranging) -> None:
        self._ranging.pop(ranging.app.key, None)
        self._bluetooth.later(ranging.stop)

    def _need(self, app: App, *, bluetooth: bool = True) -> None:
        if not self._bluetooth.le:
            raise _failure(app, "unsupported")
        if bluetooth and not self._bluetooth.available:
            raise _failure(app, "no bluetooth")
        if self.phone.system.permission("location") == "denied":
            raise _failure(app, "location denied")
        if not self.phone.system.location:
            raise _failure(app, "no location")

    def _hear(self, ranging: _Ranging, heard: Heard) -> None:
        beacon = beacon_of(heard)
        if beacon is not None and beacon.uuid in ranging.uuids and self._bluetooth.available:
            ranging.heard[beacon] = (heard.rssi, self.phone.clock.now())

    async def _report_by_the_clock(self, ranging: _Ranging) -> None:
        while self._ranging.get(ranging.app.key) is ranging:
            self._report(ranging)
            await self.phone.clock.sleep(INTERVAL)

    def _report(self, ranging: _Ranging) -> None:
        now = self._in_range(ranging)
        if now != ranging.told:
            ranging.told = now
            self.audience(ranging.app).tell_each("update", lambda: {"beacons": [dict(each) for each in now]})

    def _in_range(self, ranging: _Ranging) -> list[Result]:
        since = self.phone.clock.now() - LASTS
        heard = {beacon: rssi for beacon, (rssi, moment) in ranging.heard.items() if moment > since}
        return [self._told(ranging.app, *each) for each in heard.items()]

    def _told(self, app: App, beacon: Beacon, rssi: int) -> Result:
        numbers: Result = {"major": beacon.major, "minor": beacon.minor}
        if of_vendor(NUMBERS_AS_TEXT, app, False):
            numbers = {name: str(number) for name, number in numbers.items()}
        metres = round(10 ** ((beacon.power - rssi) / 20), 2)
        proximity = (1 if metres <= VERY_NEAR else 2 if metres <= NEAR else 3) if self._bluetooth.ios else 0
        return {"uuid": beacon.uuid, **numbers, "proximity": proximity, "accuracy": metres, "rssi": rssi}

    def _switched(self, _: object = None) -> None:
        for app in self.phone.apps:
            self._tell_service(app)

    def _tell_service(self, app: App) -> None:
        told = {
            "available": self._bluetooth.available and self._bluetooth.has_location,
            "discovering": app.key in self._ranging,
        }
        self.audience(app).tell_each("service", lambda: dict(told))


def _failure(app: App, why: str) -> Fail:
    code, words = WORDS[why]
    if app.native_name == "my":
        code, words = ALIPAYS_WORDS.get(why, (code, words))
        return Fail(words, error=code)
    return Fail(f":{words}", code)


def _uuids(app: App, given: list[str]) -> frozenset[str]:
    if not given:
        raise _failure(app, "empty")
    try:
        return frozenset(str(UUID(each)).upper() for each in given)
    except ValueError:
        raise _failure(app, "invalid") from None
