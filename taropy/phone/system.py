"""The device, its window and its settings, as each platform tells them to a program.

Facts: the fields per platform are those of `@tarojs/taro` and of the vendors' documents:
developers.weixin.qq.com/miniprogram/dev/api/base/system, opendocs.alipay.com/mini/api/system-info, and the same pages
of the others. What a platform does not tell is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .devices import Device, device, profiles
from .native import App, Options, Result, Room, answered, plain
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
        system.settings[self.name] = value
        system.save()


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

    def __init__(self, phone: Phone, device_name: str) -> None:
        super().__init__(phone)
        self.device: Device = device(device_name)
        self._saved = Saved(phone, "system.json")
        self.settings: dict[str, Any] = self._saved.load()

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

    def _tell(self, app: App, function: str) -> Result:
        fields: Fields = of_vendor(FIELDS, app, FIELDS["wx"])
        host = of_vendor(HOSTS, app, HOSTS["wx"])
        known = {**self._facts(host), **self._permissions(switches=function == "getSystemInfo")}
        translate = of_vendor(TRANSLATED, app, None)
        if translate is not None:
            known.update(translate(known, self.device))
        absent = ANDROID_ONLY if self.device.platform == "ios" else IOS_ONLY
        told = (name for name in fields[function] if name in known and name not in absent)
        return {name: _own(known[name]) for name in told}

    def _facts(self, host: Host) -> dict[str, Any]:
        return {**self._device_facts(), **self._window_facts(), **self._setting_facts(), **host}

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

    def _window_facts(self) -> dict[str, Any]:
        device = self.device
        width, height = device.width, device.height
        if self.orientation == "landscape":
            width, height = height, width
        return {
            "pixelRatio": device.pixel_ratio,
            "devicePixelRatio": device.pixel_ratio,
            "screenWidth": width,
            "screenHeight": height,
            "screenTop": device.status_bar + device.title_bar,
            "screen": {"width": width, "height": height},
            "windowWidth": width,
            "windowHeight": height - device.status_bar - device.title_bar,
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
            "enableDebug": False,
            "locationReducedAccuracy": False,
        }

    def _permissions(self, *, switches: bool) -> Mapping[str, str | bool]:
        """Each permission as `getAppAuthorizeSetting` words it, or as the switches of `getSystemInfo`."""
        states = {f"{name}Authorized": self.permission(name) for name in PERMISSIONS}
        return {name: state == "authorized" for name, state in states.items()} if switches else states


def _own(value: Any) -> Any:
    """A copy that the program may change."""
    return dict(value) if isinstance(value, dict) else value
