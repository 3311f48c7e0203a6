"""The device, its window and its settings, as each platform tells them to a program.

Facts: the fields per platform are those of `@tarojs/taro` and of the vendors' documents:
developers.weixin.qq.com/miniprogram/dev/api/base/system, opendocs.alipay.com/mini/api/system-info, and the same pages
of the others. What a platform does not tell is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .devices import Device, device, profiles
from .listening import Listeners
from .native import App, Options, Result, Room, answered, plain
from .options import required
from .person import Question
from .saved import Saved
from .system_fields import ANDROID_ONLY, FIELDS, HOSTS, IOS_ONLY, TRANSLATED, Fields, Host
from .vendors import of_vendor

if TYPE_CHECKING:
    from .phone import Phone

Kind = TypeVar("Kind")

PERMISSIONS = (
    "album", "bluetooth", "camera", "location", "microphone", "notification",
    "notificationAlert", "notificationBadge", "notificationSound", "phoneCalendar",
)  # fmt: skip
#: The release of the renderer that came with the base library of `HOSTS`.
SKYLINE = "1.4.3"
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
            raise ValueError(f"{self.name} is one of {', '.join(map(repr, self.choices))}, not {value!r}")
        before = self.__get__(system)
        system.settings[self.name] = value
        system.save()
        if value != before:
            system.changes.tell(self.name)


class System(Room):
    """What the phone is, and how it is set.

    `theme` is `"light"` or `"dark"`, `language` WeChat's name of it (`zh_CN`, `en`, …), `orientation` `"portrait"` or
    `"landscape"`, `font_size` in pixels; `bluetooth`, `location` and `wifi` are the device's own switches.
    """

    theme: Setting[str] = Setting("light", "light", "dark")
    language: Setting[str] = Setting("zh_CN", "zh_CN", "zh_TW", "zh_HK", "en")
    orientation: Setting[str] = Setting("portrait", "portrait", "landscape")
    font_size: Setting[float] = Setting(16)
    bluetooth: Setting[bool] = Setting(True, True, False)
    location: Setting[bool] = Setting(True, True, False)
    wifi: Setting[bool] = Setting(True, True, False)

    STATE = ("settings",)

    def __init__(self, phone: Phone, device_name: str) -> None:
        super().__init__(phone)
        self.device: Device = device(device_name)
        self._saved = Saved(phone, "system.json")
        self.settings: dict[str, Any] = self._saved.load()
        #: Other rooms listen here: each setting is an event, told when it has changed.
        self.changes = Listeners()

    def restore(self, state: Any) -> None:
        """As every room; the settings are kept. Programs are not told of it."""
        super().restore(state)
        self.save()

    def save(self) -> None:
        """Keeps the settings in the phone's folder."""
        self._saved.keep(self.settings)

    def permission(self, name: str) -> str:
        """What the device lets the vendor's own app (WeChat, …) use: `authorized`, `denied` or `not determined`."""
        return str(self.settings.get("permissions", {}).get(name, "authorized"))

    def set_permission(self, name: str, state: str) -> None:
        """Lets the vendor's own app use `camera`, `location`, … (see `PERMISSIONS`), or denies it."""
        if name not in PERMISSIONS:
            raise ValueError(f"there is no permission {name!r}; there are {', '.join(PERMISSIONS)}")
        if state not in PERMISSION_STATES:
            raise ValueError(f"a permission is one of {', '.join(PERMISSION_STATES)}, not {state!r}")
        self.settings.setdefault("permissions", {})[name] = state
        self.save()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the screen as it is held now, in logical pixels."""
        width, height = self.device.width, self.device.height
        return (width, height) if self.orientation == "portrait" else (height, width)

    def window(self, app: App) -> dict[str, Any]:
        """Screen and window of the app as they are held now, in logical pixels: `windowWidth`, `windowHeight`, …."""
        return self._window_facts(app)

    # --- native functions ---------------------------------------------------------------------------------------

    @answered
    def getSystemInfo(self, app: App, options: Options) -> Result:
        """All that the platform tells of device, window, app and settings."""
        return self._tell(app, "getSystemInfo")

    @answered
    def getSystemInfoAsync(self, app: App, options: Options) -> Result:
        """The same as `getSystemInfo`."""
        return self._tell(app, "getSystemInfo")

    @plain
    def getSystemInfoSync(self, app: App) -> Result:
        """The same as `getSystemInfo`."""
        return self._tell(app, "getSystemInfo")

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
        """The device's switches and how it is held."""
        return self._tell(app, "getSystemSetting")

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
        from .http.identity import user_agent

        return {"userAgent": user_agent(self.phone, app)}

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

    def _tell(self, app: App, function: str) -> Result:
        fields: Fields = of_vendor(FIELDS, app, FIELDS["wx"])
        host = of_vendor(HOSTS, app, HOSTS["wx"])
        known = {**self._facts(app, host), **self._permissions(switches=function == "getSystemInfo")}
        known["enableDebug"] = app.key in self.settings.get("debugged", ())
        if app.native_name == "wx" and not self.phone.lifecycle.themed(app):
            del known["theme"]
        translate = of_vendor(TRANSLATED, app, None)
        if translate is not None:
            known.update(translate(known, self.device))
        absent = ANDROID_ONLY if self.device.platform == "ios" else IOS_ONLY
        told = (name for name in fields[function] if name in known and name not in absent)
        return {name: _own(known[name]) for name in told}

    def _facts(self, app: App, host: Host) -> dict[str, Any]:
        return {**self._device_facts(), **self._window_facts(app), **self._setting_facts(), **host}

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
        }

    def _window_facts(self, app: App) -> dict[str, Any]:
        device = self.device
        width, height = self.size
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
            "safeArea": device.safe_area,
        }

    def _setting_facts(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "theme": self.theme,
            "fontSizeSetting": self.font_size,
            "fontSizeScaleFactor": self.font_size / 16,
            "deviceOrientation": self.orientation,
            "bluetoothEnabled": self.bluetooth,
            "locationEnabled": self.location,
            "wifiEnabled": self.wifi,
            "locationReducedAccuracy": False,
        }

    def _permissions(self, *, switches: bool) -> Mapping[str, str | bool]:
        """Each permission as `getAppAuthorizeSetting` words it, or as the switches of `getSystemInfo`."""
        states = {f"{name}Authorized": self.permission(name) for name in PERMISSIONS}
        return {name: state == "authorized" for name, state in states.items()} if switches else states


def _own(value: Any) -> Any:
    """A copy that the program may change."""
    return dict(value) if isinstance(value, dict) else value
