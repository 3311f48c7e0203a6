"""The device, its window and its settings, as each platform tells them to a program.

Facts: the fields per platform are those of `@tarojs/taro` and of the vendors' documents:
developers.weixin.qq.com/miniprogram/dev/api/base/system, opendocs.alipay.com/mini/api/system-info, and the same pages
of the others. What a platform does not tell is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import attrs

from ...hints import check_word, no_word
from ..core.answers import Options, Result
from ..core.app import App
from ..core.devices import Device, device, profiles
from ..core.functions import answered, plain, value
from ..core.listening import Listeners
from ..core.options import required
from ..core.person import Question
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import of_vendor
from .system_fields import (
    ALIKE,
    ALIPAY_ON_REQUEST,
    ANDROID_ONLY,
    FIELDS,
    HOSTS,
    IOS_ONLY,
    TRANSLATED,
    Fields,
    baidu_env,
)

if TYPE_CHECKING:
    from ..core.faces import Phone

Kind = TypeVar("Kind")

PERMISSIONS = (
    "album", "bluetooth", "camera", "location", "microphone", "notification",
    "notificationAlert", "notificationBadge", "notificationSound", "overlay", "phoneCalendar",
)  # fmt: skip
#: The release of the renderer that came with the base library of `HOSTS`.
SKYLINE = "1.4.3"
NO_PERMISSION = "there is no permission {!r}"
ORIENTATIONS = ("portrait", "landscape")
PERMISSION_STATES = ("authorized", "denied", "not determined")


def devices() -> list[str]:
    """The names that `Phone(device=…)` takes."""
    return list(profiles())


class Setting(Generic[Kind]):
    """A setting of the phone, which a test or the person may change; a phone with a folder keeps it."""

    def __init__(self, default: Kind, *choices: Kind) -> None:
        self.default = default
        self.choices = choices

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, system: System, owner: type | None = None) -> Kind:
        value: Kind = system.settings.get(self.name, self.default)
        return value

    def __set__(self, system: System, value: Kind) -> None:
        if self.choices and value not in self.choices:
            raise no_word(value, [str(choice) for choice in self.choices], f"phone.system has no {self.name} {{!r}}")
        before = self.__get__(system)
        system.settings[self.name] = value
        system.save()
        if value != before:
            system.changes.tell(self.name)


#: For how many seconds what getSystemSetting has told holds: plugin-platform-harmony-hybrid 4.1.11.
HELD: Mapping[str, float] = {"harmony-hybrid": 0.5}


@attrs.frozen
class Settings:
    """What was set; None is what was not."""

    theme: Literal["light", "dark"] | None = None
    language: Literal["zh_CN", "zh_TW", "zh_HK", "en"] | None = None
    orientation: Literal["portrait", "landscape"] | None = None
    font_size: float | None = None
    bluetooth: bool | None = None
    location: bool | None = None
    wifi: bool | None = None
    debugged: list[str] | None = None
    permissions: dict[str, Literal["authorized", "denied", "not determined"]] | None = None


class System(Room, name="system"):
    """What the phone is, and how it is set.

    `theme` is `"light"` or `"dark"`, `language` WeChat's name of it (`zh_CN`, `en`, …), `orientation` `"portrait"` or
    `"landscape"`, `font_size` in pixels; `bluetooth`, `location` and `wifi` are the device's own switches.
    """

    theme: Setting[str] = Setting("light", "light", "dark")
    language: Setting[str] = Setting("zh_CN", "zh_CN", "zh_TW", "zh_HK", "en")
    orientation: Setting[str] = Setting("portrait", *ORIENTATIONS)
    font_size: Setting[float] = Setting(16)
    bluetooth: Setting[bool] = Setting(True, True, False)
    location: Setting[bool] = Setting(True, True, False)
    wifi: Setting[bool] = Setting(True, True, False)

    STATE = ("settings",)
    FILE = "system.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.device: Device = device(phone.device_name)
        self._saved = Saved(phone, self.FILE, Settings)
        self.settings: dict[str, Any] = _set(self._saved.load(Settings()))
        #: Whether it is told to be the simulator of WeChat's developer tools: `platform` is `devtools` on WeChat then.
        self.in_devtools = False
        #: Other rooms listen here: each setting is an event, told when it has changed.
        self.changes = Listeners()
        # By the app's key: what getSystemSetting has told, and when.
        self._held: dict[str, tuple[Result, float]] = {}

    def in_words(self) -> Iterator[str]:
        """The device, and how it is set."""
        yield from (self.device.name, self.theme, self.language, self.orientation)

    def restore(self, state: Any) -> None:
        """As every room; the settings are kept. Programs are not told of it."""
        super().restore(state)
        self.save()

    def save(self) -> None:
        """Keeps the settings in the phone's folder."""
        self._saved.keep(Settings(**self.settings))

    def identity(self, app: App) -> dict[str, str]:
        """The headers that every request of the app carries."""
        from .identity import identity

        return identity(self.phone, app)

    def permission(self, name: str) -> str:
        """What the device lets the vendor's own app (WeChat, …) use: `authorized`, `denied` or `not determined`."""
        check_word(name, PERMISSIONS, NO_PERMISSION)
        return self._permission(name)

    def _permission(self, name: str) -> str:
        return str(self.settings.get("permissions", {}).get(name, "authorized"))

    def set_permission(self, name: str, state: str) -> None:
        """Lets the vendor's own app use `camera`, `location`, … (see `PERMISSIONS`), or denies it.

        `not determined`, where the system has not asked yet, is iOS's.
        """
        check_word(name, PERMISSIONS, NO_PERMISSION)
        check_word(state, PERMISSION_STATES, "a permission is never {!r}")
        if state == "not determined" and self.device.platform != "ios":
            raise ValueError(f"only iOS has permissions that are not determined, and this is a {self.device.name}")
        self.settings.setdefault("permissions", {})[name] = state
        self.save()

    def size(self, orientation: str) -> tuple[int, int]:
        """Width and height of the screen, in logical pixels, to what stands so."""
        check_word(orientation, ORIENTATIONS, "no screen stands in {!r}")
        width, height = self.device.width, self.device.height
        return (height, width) if orientation == "landscape" else (width, height)

    def window(self, app: App) -> dict[str, Any]:
        """Screen and window to the app's page on the screen, in logical pixels: `windowWidth`, `windowHeight`, …."""
        return self._window_facts(app)

    @value
    def env(self, app: App) -> Result:
        """The native object's `env`: `USER_DATA_PATH`, where the app may write files, and what a vendor adds to it."""
        return {**self.phone.files.env(app), **self._tell(app, "env")}

    # --- native functions ---------------------------------------------------------------------------------------

    @answered
    def getSystemInfo(self, app: App, options: Options) -> Result:
        """All that the platform tells of device, window, app and settings.

        Alipay tells of Bluetooth and of notifications only with the options `includeBluetooth`, `includeNotification`.
        """
        return self._tell(app, "getSystemInfo", _on_request(app, options))

    @answered
    def getSystemInfoAsync(self, app: App, options: Options) -> Result:
        """The same as `getSystemInfo`."""
        return self._tell(app, "getSystemInfo")

    @plain
    def getSystemInfoSync(self, app: App, options: Any = None) -> Result:
        """The same as `getSystemInfo`."""
        return self._tell(app, "getSystemInfo", _on_request(app, options))

    @plain
    def getDeviceInfo(self, app: App) -> Result:
        """The device alone."""
        return self._tell(app, "getDeviceInfo")

    @plain
    def getWindowInfo(self, app: App) -> Result:
        """Screen and window, in logical pixels."""
        return self._tell(app, "getWindowInfo")

    @plain
    def getAppBaseInfo(self, app: App) -> Result:
        """The vendor's own app: its versions, language and theme."""
        return self._tell(app, "getAppBaseInfo")

    @plain
    def getSystemSetting(self, app: App) -> Result:
        """The device's switches, and as `deviceOrientation` how the app's page stands.

        That it is the page's, and not how the device is held, is judgement: the documentation calls it the device's.
        In HarmonyOS's hybrid apps what was told holds for half a second.
        """
        pause, now = of_vendor(HELD, app, 0.0), self.phone.clock.now()
        if not pause:
            return self._tell(app, "getSystemSetting")
        held = self._held.get(app.key)
        if held is None or now - held[1] >= pause:
            held = self._held[app.key] = self._tell(app, "getSystemSetting"), now
        return {**held[0]}

    @plain
    def getAppAuthorizeSetting(self, app: App) -> Result:
        """What the device lets the vendor's own app use."""
        return self._tell(app, "getAppAuthorizeSetting")

    @answered
    def getSkylineInfo(self, app: App, options: Options) -> Result:
        """Whether the client has the renderer Skyline, and which `version` of it."""
        return self.getSkylineInfoSync(app)

    @plain
    def getSkylineInfoSync(self, app: App) -> Result:
        """The same at once."""
        return {"isSupported": True, "version": SKYLINE}

    @answered
    def getRendererUserAgent(self, app: App, options: Options) -> Result:
        """The `userAgent` of the web view that draws the pages: the one that the app's requests carry."""
        from .identity import user_agent

        return {"userAgent": user_agent(self.phone, app)}

    @plain
    def getEnvInfoSync(self, app: App) -> Result:
        """Douyin's: the app's version, kind of release and id, and where it may write files.

        How the app was opened (`location`, `launchFrom`, `schema`) Douyin tells only to apps that may know. Baidu tells
        other things: see `baidu_env`.
        """
        if app.native_name == "swan":
            return baidu_env(app, self.phone.lifecycle.getEnterOptionsSync(app))
        env = self.env(app)
        microapp = {"mpVersion": self.phone.updates.version(app), "envType": env.get("VERSION"), "appId": app.appid}
        return {"microapp": microapp, "plugin": {}, "common": {"USER_DATA_PATH": env.get("USER_DATA_PATH")}}

    # --- settings that programs change, or lead the person to --------------------------------------------------

    @answered
    def setEnableDebug(self, app: App, options: Options) -> None:
        """Switches the app's debugging on or off, which system information tells as `enableDebug`; it is kept."""
        debugged = {*self.settings.get("debugged", ())} - {app.key}
        if required(options, "enableDebug", "Boolean"):
            debugged.add(app.key)
        self.settings["debugged"] = sorted(debugged)
        self.save()

    @answered
    async def openAppAuthorizeSetting(self, app: App, options: Options) -> None:
        """Shows the person what the device lets the vendor's own app use; unless told otherwise nothing is changed.

        Script it with `person.script("openAppAuthorizeSetting", permissions={"camera": "denied"})`.
        """
        shown = {"permissions": {name: self.permission(name) for name in PERMISSIONS}}
        answer = await self.phone.person.answer(Question("openAppAuthorizeSetting", shown, {"permissions": {}}))
        for name, state in answer["permissions"].items():
            self.set_permission(name, state)

    @answered
    async def openSystemBluetoothSetting(self, app: App, options: Options) -> None:
        """Shows the person the device's Bluetooth, who may switch it; unless told otherwise it stays as it is.

        Script it with `person.script("openSystemBluetoothSetting", bluetooth=True)`.
        """
        shown = {"bluetooth": self.bluetooth}
        answer = await self.phone.person.answer(Question("openSystemBluetoothSetting", shown, shown))
        self.bluetooth = bool(answer["bluetooth"])

    # --- what is told ------------------------------------------------------------------------------------------

    def _tell(self, app: App, function: str, more: Iterable[str] = ()) -> Result:
        """What the platform's `function` tells: the fields of its table, and `more`."""
        fields: Fields = of_vendor(FIELDS, app, FIELDS["wx"])
        known, absent = self._facts(app), self._absent(app)
        told = {name: _own(known[name]) for name in (*fields[function], *more) if name in known and name not in absent}
        return _switched(told) if function == "getSystemInfo" else told

    def _facts(self, app: App) -> dict[str, Any]:
        """All that is known, in the platform's words."""
        known = {
            **self._device_facts(),
            **self._window_facts(app),
            **self._setting_facts(),
            **{f"{name}Authorized": self._permission(name) for name in PERMISSIONS},
            **of_vendor(HOSTS, app, HOSTS["wx"]),
            "enableDebug": app.key in self.settings.get("debugged", ()),
        }
        if app.native_name == "wx" and not self.phone.lifecycle.themed(app):
            del known["theme"]
        if app.native_name == "wx" and self.in_devtools:
            known["platform"] = "devtools"
        translate = of_vendor(TRANSLATED, app, None)
        return known if translate is None else {**known, **translate(known, self.phone, app)}

    def _absent(self, app: App) -> frozenset[str]:
        """What the device does not have."""
        if of_vendor(ALIKE, app, False):
            return frozenset()
        return ANDROID_ONLY if self.device.platform == "ios" else IOS_ONLY

    def _device_facts(self) -> dict[str, Any]:
        device = self.device
        return {
            "abi": device.abi,
            "deviceAbi": device.abi,
            "benchmarkLevel": device.benchmark,
            "brand": device.brand,
            "memorySize": device.memory,
            "model": device.model,
            "system": device.system,
            "platform": device.platform,
            "CPUType": device.cpu,
            "cpuType": device.cpu,
            "apiLevel": device.api_level,
        }

    def _window_facts(self, app: App) -> dict[str, Any]:
        device = self.device
        orientation = self.phone.window.orientation(app)
        width, height = self.size(orientation)
        above, below = self.phone.window.bars(app)
        return {
            "pixelRatio": device.pixel_ratio,
            "devicePixelRatio": device.pixel_ratio,
            "screenWidth": width,
            "screenHeight": height,
            "screenTop": above,
            "screen": {"width": width, "height": height},
            "windowWidth": width,
            "windowHeight": height - above - below,
            "statusBarHeight": device.status_bar,
            "titleBarHeight": device.title_bar,
            "navigationBarHeight": device.title_bar,
            "safeArea": device.safe_area(orientation),
            "deviceOrientation": orientation,
        }

    def _setting_facts(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "theme": self.theme,
            "fontSizeSetting": self.font_size,
            "fontSizeScaleFactor": self.font_size / 16,
            "bluetoothEnabled": self.bluetooth,
            "locationEnabled": self.location,
            "wifiEnabled": self.wifi,
            "locationReducedAccuracy": False,
        }


def _set(settings: Settings) -> dict[str, Any]:
    """What was set, by name."""
    return {name: value for name, value in attrs.asdict(settings).items() if value is not None}


def _on_request(app: App, options: Any) -> list[str]:
    """The fields that the options ask for."""
    if app.native_name != "my" or not isinstance(options, Mapping):
        return []
    return [name for option, names in ALIPAY_ON_REQUEST.items() if options.get(option) for name in names]


def _switched(told: Result) -> Result:
    """Permissions as `getSystemInfo` tells them; `getAppAuthorizeSetting` has them in words."""
    return {name: value == "authorized" if name.endswith("Authorized") else value for name, value in told.items()}


def _own(value: Any) -> Any:
    """A copy that the program may change."""
    return dict(value) if isinstance(value, dict) else value
