"""Where the phone is, and what programs learn of it: once, as it moves, and from a map.

Facts: developers.weixin.qq.com/miniprogram/dev/api/location and what its community reports of failures; Alipay's form
(github.com/AlipayDocs/open-docs) is in `variants`. The phone keeps wgs84, and shifts to gcj02 where that is asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import NO_OPTIONS, Fail, Options, Result
from ..core.app import App
from ..core.checked import TEXT, number
from ..core.earth import on_earth
from ..core.events import off, on
from ..core.functions import answered, plain
from ..core.listening import Listener
from ..core.options import UNDEFINED, function, optional, required
from ..core.person import Question
from ..core.remembered import Remembered
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import is_in_browser, of_vendor
from . import web
from .coordinates import Position, gcj02

if TYPE_CHECKING:
    from ..core.faces import Phone
    from .track import Track

# Tiananmen, Beijing.
DEFAULT = Position(39.9075, 116.3913)
INTERVAL = 1.0
CATCH_UP = 3600.0
UNAVAILABLE = 2
# The grid that a fuzzy position is put on, in digits after the point of a degree: about a kilometre. Judgement:
# WeChat does not tell how it blurs.
FUZZY_DIGITS = 2
# Taro's own code on phones tells the coordinates as the device has them, and no accuracies but one: taro-rn 4.2.0 and
# plugin-platform-harmony-ets 4.2.0, `location`; plugin-platform-harmony-hybrid 4.1.11 tells that one three times.
DEVICES_OWN: Mapping[str, bool] = {"rn": True, "harmony": True}
ACCURACIES: Mapping[str, Callable[[float], float] | None] = {
    **dict.fromkeys(("rn", "harmony"), lambda accuracy: 0),
    "harmony-hybrid": float,
}
#: On which system the client can't tell how exact the height is, and says 0: swan-docs, `swan.getLocation`.
NO_VERTICAL_ACCURACY: Mapping[str, str] = {"swan": "android"}
#: Where the height is told only to a program that asks for it.
HEIGHT_IF_ASKED: Mapping[str, bool] = {"harmony-hybrid": True}
#: Where a fuzzy position is as exact as any, and where a second start fails before the reports have been ended.
EXACT: Mapping[str, bool] = {"harmony-hybrid": True}
STARTS_ONCE: Mapping[str, bool] = {"rn": True}
#: Where a start succeeds before anybody is asked: taro-rn 4.2.0, below which @react-native-community/geolocation 3.4.0
#: asks when it begins to watch.
ALLOWED_LATER: Mapping[str, bool] = {"rn": True}
#: Where there is no start: the first listener is one.
STARTS_WITH_A_LISTENER: Mapping[str, bool] = {"harmony": True}
HERE = "我的位置"
# Who wants a permission for the map: smartprogram.baidu.com, "authorize"; developer.open-douyin.com, "AuthSetting".
CHOOSING: Mapping[str, str] = dict.fromkeys(("swan", "tt"), "scope.userLocation")
OPENING: Mapping[str, str] = {"tt": "scope.userLocation"}

# What a map wants to be told beside the place, and how near it begins: github.com/AlipayDocs/open-docs,
# `my.openLocation`.
ALSO_NEEDED: Mapping[str, tuple[str, ...]] = {"my": ("name", "address")}
SCALES: Mapping[str, int] = {"my": 15}

# What platforms add that name places; it comes from `Location.address`.
NAMED: Mapping[str, tuple[str, ...]] = {
    "swan": ("street", "cityCode", "city", "country", "countryCode", "province", "streetNumber", "district"),
    "tt": ("city", "province", "district"),
}
# Who tells them with every report as well: `swan.onLocationChange`.
NAMED_IN_REPORTS: Mapping[str, tuple[str, ...]] = {"swan": NAMED["swan"]}
# Douyin's reports (developer.open-douyin.com, `tt.onLocationChange`) have these fields, and what iOS or Android cannot
# tell is left out, or 0. Of the reports' end its programs are told the words (`tt.onLocationChangeError`).
REPORTED: Mapping[str, tuple[str, ...]] = {
    "tt": ("latitude", "longitude", "speed", "accuracy", "altitude", "verticalAccuracy"),
}
NAMED_IN_REPORTS_ON: Mapping[str, Mapping[str, tuple[str, ...]]] = {"tt": {"android": ("city",)}}
NO_VERTICAL_ACCURACY_IN_REPORTS: Mapping[str, str] = {"tt": "android"}
TELLS_WHY_REPORTS_END: Mapping[str, bool] = {"tt": True}
# Of whom `chooseLocation` tells the province and the city: `my.chooseLocation`.
NAMED_WHERE_PICKED: Mapping[str, Mapping[str, str]] = {"my": {"provinceName": "province", "cityName": "city"}}
NAMED_BY_ALIPAY: Mapping[int, tuple[str, ...]] = {
    0: (),
    1: (
        "country", "countryCode", "province", "provinceAdcode", "city", "cityAdcode", "district", "districtAdcode",
    ),
    2: ("streetNumber",),
    3: ("pois",),
}  # fmt: skip


@attrs.frozen
class Place:
    """A place on the map: a position in gcj02, its name and address, and how far the map is zoomed in."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""
    scale: float = 18


@attrs.define(eq=False)
class _Updates:
    """Reports to an app of where the phone is, from the time `since` on, until they are stopped."""

    app: App
    system: str
    background: bool
    since: float
    loop: asyncio.AbstractEventLoop
    available: bool = True


class Location(Room, name="location"):
    """Where the phone is: at Tiananmen, until `set` or `follow` say otherwise.

    - `position`: now, by the phone's clock. A phone with a folder keeps what was `set`.
    - `address`: what the place is called, for platforms that tell it: `city`, `province`, `street`, …; empty at first.
    - `shown`: the `Place`s that programs opened on the map, oldest first.
    """

    STATE = ("_place", "_track", "_began", "_pace", "address", "shown", "_told")
    FILE = "location.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Position)
        self._place = self._saved.load(DEFAULT)
        self._track: Track | None = None
        self._began = 0.0
        self._pace = 1.0
        self.address: dict[str, Any] = {}
        self.shown: Remembered[Place] = Remembered()
        self._updates: dict[str, _Updates] = {}
        self._told: dict[str, Result] = {}

    def in_words(self) -> Iterator[str]:
        """Where the phone is, by its latitude and longitude."""
        position = self.position
        yield f"{position.latitude:.5f} {position.longitude:.5f}"
        yield from super().in_words()

    # --- what a test does --------------------------------------------------------------------------------------

    @property
    def position(self) -> Position:
        """Where the phone is at this moment, in wgs84."""
        return self._at(self.phone.clock.now())

    def set(
        self,
        latitude: float,
        longitude: float,
        *,
        altitude: float = 0.0,
        accuracy: float = 30.0,
        vertical_accuracy: float = 30.0,
        speed: float = 0.0,
    ) -> None:
        """Puts the phone somewhere: degrees in wgs84, metres, metres per second. Who listens is told at once."""
        for what, given in (("a latitude", latitude), ("a longitude", longitude), ("an altitude", altitude)):
            number().check(what, given)
        for what, given in (("an accuracy", accuracy), ("a vertical accuracy", vertical_accuracy), ("a speed", speed)):
            number(0).check(what, given)
        self._place = Position(latitude, longitude, altitude, accuracy, vertical_accuracy, speed)
        self._track = None
        self._saved.keep(self._place)
        for updates in tuple(self._updates.values()):
            if not updates.loop.is_closed():
                updates.loop.call_soon_threadsafe(self._report, updates, self.phone.clock.now())

    def follow(self, path: str | PathLike[str], speed: float = 1.0) -> None:
        """Carries the phone along a GPX file's track, from now, by the phone's clock, `speed` times as fast."""
        from . import track

        if not speed > 0:
            raise ValueError(f"a track is followed at a speed above 0, not {speed!r}")
        self._track, self._began, self._pace = track.read(path), self.phone.clock.now(), speed

    def pick(self, name: str, address: str = "", latitude: float | None = None, longitude: float | None = None) -> None:
        """The next time that a program asks for a place, the person picks this: gcj02, by default where they are."""
        TEXT.check("a place's name", name)
        TEXT.check("a place's address", address)
        if not on_earth(latitude or 0, longitude or 0):
            raise ValueError(f"there is no place at {latitude!r}, {longitude!r} on the earth")
        self.phone.person.script("place", **_given(name=name, address=address, latitude=latitude, longitude=longitude))

    def cancel(self) -> None:
        """The next time that a program asks for a place, the person goes back without picking one."""
        self.phone.person.script("place", cancel=True)

    # --- native functions: the position ------------------------------------------------------------------------

    @answered
    async def getLocation(self, app: App, options: Options) -> Result:
        """Where the phone is, given `scope.userLocation`; `type` is `wgs84`, the default, or `gcj02`.

        `altitude`, `isHighAccuracy` and `highAccuracyExpireTime` are checked, and make the answer no slower and no
        other. WeChat gives a second call within some seconds the first position again; here every call looks. A web
        page has to name the type, `wgs84`, unless it is inside WeChat.
        """
        if web.asks_the_browser(self.phone, app):
            web.check_type(options)
            await self._allow_page(app)
            return web.told(self.position)
        optional(options, "altitude", "Boolean", False)
        optional(options, "isHighAccuracy", "Boolean", False)
        optional(options, "highAccuracyExpireTime", "Number", None)
        system = _system(app, options, "wgs84")
        await self._allow(app, "scope.userLocation")
        told = self._told_of(app, self.position, system)
        if is_in_browser(app):
            return web.told_by_wechat(told)
        if of_vendor(HEIGHT_IF_ASKED, app, False) and not options.get("altitude"):
            told["altitude"] = 0
        told |= self._names(app, options)
        self._told[app.key] = told
        return dict(told)

    @answered
    async def getFuzzyLocation(self, app: App, options: Options) -> Result:
        """About where the phone is, within a kilometre, given `scope.userFuzzyLocation`."""
        system = _system(app, options, "wgs84")
        await self._allow(app, "scope.userFuzzyLocation")
        told = self._told_of(app, self.position, system)
        digits = None if of_vendor(EXACT, app, False) else FUZZY_DIGITS
        return {name: told[name] if digits is None else round(told[name], digits) for name in ("latitude", "longitude")}

    @answered
    async def startLocationUpdate(self, app: App, options: Options) -> None:
        """Reports the position to `onLocationChange` at once, then every second, given `scope.userLocation`.

        `type` is `gcj02` by default. Starting again changes the type. An app that is hidden is told nothing. To a web
        page the start succeeds before the person is asked, whose no it hears by `onLocationChangeError`; it gets wgs84,
        and starts but once.
        """
        await self._start(app, options, "scope.userLocation", background=False)

    @answered
    async def startLocationUpdateBackground(self, app: App, options: Options) -> None:
        """As `startLocationUpdate`, also while hidden, given `scope.userLocationBackground`; no dialog asks for it."""
        await self._start(app, options, "scope.userLocationBackground", background=True)

    @answered
    def stopLocationUpdate(self, app: App, options: Options) -> None:
        """Ends the reports; who listens stays, for the next ones."""
        self._updates.pop(app.key, None)

    @plain
    def onLocationChange(self, app: App, callback: object = UNDEFINED) -> None:
        """Tells of each report. HarmonyOS begins to report with the first listener; that it cannot it tells, too."""
        self.audience(app).on("change", function(callback), app)
        if app.key not in self._updates and of_vendor(STARTS_WITH_A_LISTENER, app, False):
            self.phone.spawn(self._start_for_listeners(app))

    @plain
    def offLocationChange(self, app: App, callback: Listener | None = None) -> None:
        """Takes the listener off; without one, all. HarmonyOS ends the reports with the last listener."""
        self.audience(app).off("change", callback)
        if of_vendor(STARTS_WITH_A_LISTENER, app, False) and "change" not in self.audience(app):
            self._updates.pop(app.key, None)

    onLocationChangeError = on(
        "error", "Tells when reports fail, once until they go on: the phone's location was switched off."
    )
    offLocationChangeError = off("error")

    # --- native functions: the map -----------------------------------------------------------------------------

    @answered
    async def chooseLocation(self, app: App, options: Options) -> Result:
        """The place that the person picks from the map, in gcj02; by default where it opens.

        It opens at `latitude` and `longitude`, else where the phone is. WeChat asks for no scope, since picking is
        consent; Baidu and Douyin want `scope.userLocation`. A web page has to be inside WeChat, `phone.browser.wechat`.
        """
        if web.asks_the_browser(self.phone, app):
            raise Fail("LOCATION_APIKEY needed")
        latitude, longitude = self.on_map()
        latitude = optional(options, "latitude", "Number", latitude)
        longitude = optional(options, "longitude", "Number", longitude)
        await self.phone.permissions.need(app, of_vendor(CHOOSING, app, None))
        place = {"latitude": latitude, "longitude": longitude, "name": HERE, "address": self.address.get("address", "")}
        named = of_vendor(NAMED_WHERE_PICKED, app, {})
        return await self._pick("chooseLocation", {**place, **self._called(named)})

    @answered
    async def choosePoi(self, app: App, options: Options) -> Result:
        """The place nearby that the person picks, by default the one where they are: `type` 2; 1 is a whole city.

        Script a city with `person.script("place", type=1, city="北京市")`.
        """
        latitude, longitude = self.on_map()
        place = {"type": 2, "city": self.address.get("city", ""), "name": HERE, "address": ""}
        return await self._pick("choosePoi", {**place, "latitude": latitude, "longitude": longitude})

    @answered
    async def openLocation(self, app: App, options: Options) -> None:
        """Shows a place, in gcj02, on the map; see `shown`. Douyin wants `scope.userLocation` for it.

        What is not on the earth is `invalid_coordinate`, as programs are reported to be told by WeChat on an iPhone.
        A web page has to be inside WeChat (`phone.browser.wechat`).
        """
        self.phone.browser.need_wechat(app)
        latitude, longitude = required(options, "latitude", "Number"), required(options, "longitude", "Number")
        for name in of_vendor(ALSO_NEEDED, app, ()):
            required(options, name, "String")
        if not on_earth(latitude, longitude):
            raise Fail("invalid_coordinate")
        place = Place(
            latitude,
            longitude,
            optional(options, "name", "String", ""),
            optional(options, "address", "String", ""),
            optional(options, "scale", "Number", of_vendor(SCALES, app, 18)),
        )
        await self.phone.permissions.need(app, of_vendor(OPENING, app, None))
        self.shown.append(place)

    # --- for the other rooms -----------------------------------------------------------------------------------

    def last_told(self, app: App) -> Result | None:
        """What `getLocation` told the app last; None before that."""
        told = self._told.get(app.key)
        return None if told is None else dict(told)

    def on_map(self) -> tuple[float, float]:
        """Where the phone is, in gcj02."""
        position = self.position
        return gcj02(position.latitude, position.longitude)

    # --- its own -----------------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """Ends the reports that the program has asked for."""
        updates = self._updates.get(app.key)
        if updates is not None and updates.app is app:
            del self._updates[app.key]

    def close(self) -> None:
        """Ends all reports."""
        self._updates.clear()

    def _at(self, moment: float) -> Position:
        if self._track is None:
            return self._place
        return self._track.at((moment - self._began) * self._pace)

    async def _allow(self, app: App, scope: str) -> None:
        await self.phone.permissions.need(app, scope)
        self._check_system()

    async def _allow_page(self, app: App) -> None:
        """The same as `_allow`, in a browser's words."""
        code = await self._refusal(app)
        if code:
            raise Fail(web.WORDS[code])

    async def _refusal(self, app: App) -> int:
        """The number under which a browser refuses the position, 0 if it does not."""
        try:
            await self.phone.permissions.need(app, "scope.userLocation")
        except Fail:
            return web.DENIED
        return 0 if self._unavailable() is None else web.UNAVAILABLE

    def _check_system(self) -> None:
        """Fails as WeChat's clients do where the phone itself does not tell them its position."""
        if not self.phone.system.location:
            raise Fail(":ERROR_NOCELL&WIFI_LOCATIONSWITCHOFF", UNAVAILABLE)
        self.phone.permissions.need_of_device("location", errCode=UNAVAILABLE)

    def _names(self, app: App, options: Options) -> Result:
        names = of_vendor(NAMED, app, ())
        if app.native_name == "my":
            level = int(options["type"]) if isinstance(options.get("type"), int) else 0
            names = tuple(name for upto, some in NAMED_BY_ALIPAY.items() if upto <= level for name in some)
        return self._called({name: name for name in names})

    def _called(self, names: Mapping[str, str]) -> Result:
        """What the place is called, as far as that is known, by the platform's names for it."""
        return {told: self.address[name] for told, name in names.items() if name in self.address}

    def _told_of(self, app: App, position: Position, system: str) -> Result:
        """The position as programs are told it."""
        told = _told(app, position, system)
        if of_vendor(NO_VERTICAL_ACCURACY, app, "") == self.phone.system.device.platform:
            told["verticalAccuracy"] = 0
        return told

    async def _start_for_listeners(self, app: App) -> None:
        try:
            await self._start(app, NO_OPTIONS, "scope.userLocation", background=False)
        except Fail as failure:
            self.audience(app).tell("change", {"errMsg": failure.result("onLocationChange")["errMsg"]})

    def _watch(self, app: App) -> None:
        """A browser's start, which succeeds if there was none yet."""
        if app.key in self._updates:
            raise Fail
        self.phone.spawn(self._watch_if_allowed(self._begun(app, "wgs84", background=False)))

    async def _watch_if_allowed(self, updates: _Updates) -> None:
        await asyncio.sleep(0)  # a browser has no position yet when the start has succeeded
        code = await self._refusal(updates.app)
        if code == web.DENIED:
            self.audience(updates.app).tell_each("error", lambda: web.failed(code))
        else:
            await self._keep_reporting(updates)

    async def _start(self, app: App, options: Options, scope: str, *, background: bool) -> None:
        if is_in_browser(app):
            self._watch(app)
            return
        system = _system(app, options, "gcj02")
        if app.key in self._updates and of_vendor(STARTS_ONCE, app, False):
            raise Fail
        if of_vendor(ALLOWED_LATER, app, False):
            self.phone.spawn(self._report_if_allowed(self._begun(app, system, background=background), scope))
            return
        await self._allow(app, scope)
        self.phone.spawn(self._keep_reporting(self._begun(app, system, background=background)))

    def _begun(self, app: App, system: str, *, background: bool) -> _Updates:
        since, loop = self.phone.clock.now(), asyncio.get_running_loop()
        updates = self._updates[app.key] = _Updates(app, system, background, since, loop)
        return updates

    async def _report_if_allowed(self, updates: _Updates, scope: str) -> None:
        """Reports once the person has allowed it; that it cannot the listeners are told."""
        try:
            await self._allow(updates.app, scope)
        except Fail as failure:
            code = web.DENIED if "denied" in failure.reason else UNAVAILABLE
            told = {"errMsg": "Watch Position error", "err": {"code": code}}
            self.audience(updates.app).tell("change", told)
        else:
            await self._keep_reporting(updates)

    async def _keep_reporting(self, updates: _Updates) -> None:
        moment = updates.since
        while self._live(updates):
            self._report(updates, moment)
            # A clock that was moved by days is not worth a report for each of their seconds.
            moment = max(moment + INTERVAL, self.phone.clock.now() - CATCH_UP)
            await self.phone.clock.until(moment)

    def _live(self, updates: _Updates) -> bool:
        return self._updates.get(updates.app.key) is updates

    def _report(self, updates: _Updates, moment: float) -> None:
        if not self._live(updates) or not (updates.background or self.phone.pages.of(updates.app).visible):
            return
        listeners = self.audience(updates.app)
        was_available = updates.available
        unavailable = self._unavailable()
        updates.available = unavailable is None
        if unavailable is None:
            listeners.tell_each("change", lambda: self._report_of(updates, self._at(moment)))
        elif was_available:
            listeners.tell_each("error", lambda: _end_told(updates.app, unavailable))

    def _report_of(self, updates: _Updates, position: Position) -> Result:
        app, system = updates.app, self.phone.system.device.platform
        if is_in_browser(app):
            return web.watched(position)
        names = of_vendor(NAMED_IN_REPORTS, app, of_vendor(NAMED_IN_REPORTS_ON, app, {}).get(system, ()))
        told = self._told_of(app, position, updates.system)
        if of_vendor(NO_VERTICAL_ACCURACY_IN_REPORTS, app, "") == system:
            told["verticalAccuracy"] = 0
        fields = of_vendor(REPORTED, app, tuple(told))
        return {**{name: told[name] for name in fields}, **self._called({name: name for name in names})}

    def _unavailable(self) -> Fail | None:
        """Why the phone tells nobody where it is; None while it does."""
        try:
            self._check_system()
        except Fail as failure:
            return failure
        return None

    async def _pick(self, function: str, place: Result) -> Result:
        answer = await self.phone.person.answer(Question("place", {"function": function, **place}, place))
        if answer.get("cancel"):
            raise Fail("cancel")
        return dict(answer)


def _system(app: App, options: Options, default: str) -> str:
    """The coordinates that a program wants; Alipay has gcj02 only, and its `type` says what else it wants."""
    if app.native_name == "my":
        return "gcj02"
    if of_vendor(DEVICES_OWN, app, False):
        return "wgs84"
    system: str = optional(options, "type", "String", default)
    if system.lower() not in ("wgs84", "gcj02"):
        raise Fail(f"invalid type {system}")
    return system.lower()


def _end_told(app: App, failure: Fail) -> Result:
    """What listeners are told of the end of reports, which `failure` is the reason of."""
    if is_in_browser(app):
        return web.failed(web.UNAVAILABLE)
    if of_vendor(TELLS_WHY_REPORTS_END, app, False):
        return {"errMsg": failure.reason.lstrip(":")}
    return {"errCode": UNAVAILABLE}


def _told(app: App, position: Position, system: str) -> Result:
    """The position as programs are told it."""
    told = of_vendor(ACCURACIES, app, None)
    latitude, longitude = position.latitude, position.longitude
    if system == "gcj02":
        latitude, longitude = gcj02(latitude, longitude)
    return {
        "latitude": latitude,
        "longitude": longitude,
        "speed": position.speed,
        "accuracy": position.accuracy,
        "altitude": position.altitude,
        "verticalAccuracy": position.vertical_accuracy if told is None else told(position.accuracy),
        "horizontalAccuracy": position.accuracy if told is None else told(position.accuracy),
    }


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
