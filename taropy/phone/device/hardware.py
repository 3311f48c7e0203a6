"""What the phone's hardware does and tells: vibration, battery, memory, and whether the screen is read aloud.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/vibrate, …/battery, …/memory and …/accessibility.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs
from attrs.validators import and_, ge, le

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import is_number
from ..core.events import off, on
from ..core.functions import answered, plain
from ..core.options import optional
from ..core.remembered import Remembered
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

SHORT, LONG = 0.015, 0.400
# Alipay's page of `my.vibrateShort` says 40 ms.
SHORT_OF: Mapping[str, float] = {"my": 0.040}
# Douyin's types (@douyin-microapp/typings 1.3.1) say 30 ms of Android, and 15 of iOS.
SHORT_ON_ANDROID: Mapping[str, float] = {"tt": 0.030}
# Where the strength is read by nobody: taro-h5 4.2.1, `api/device/vibrate.js`, plugin-platform-harmony-hybrid 4.1.11.
ONE_STRENGTH: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}
STRENGTHS = ("heavy", "medium", "light")
MEMORY_LEVELS = (5, 10, 15)


@attrs.frozen
class Vibration:
    """A vibration: how many seconds it took, and how strong it was, if the program said."""

    seconds: float
    strength: str | None = None


@attrs.frozen
class Battery:
    """How full it is, in percent."""

    level: int = attrs.field(default=100, validator=and_(ge(1), le(100)))
    charging: bool = False


class Hardware(Room, name="hardware"):
    """The parts of the phone that are felt, heard or run out.

    - `vibrations`: what vibrated, oldest first. `varied_strength`: whether the motor knows how strong to vibrate.
    - `battery_level`: in percent, 1 to 100; `charging`; a phone with a folder keeps both, as `set_battery` left them.
    - `screen_reader`: whether VoiceOver or TalkBack is on.
    """

    STATE = ("vibrations", "varied_strength", "battery_level", "charging", "screen_reader")
    FILE = "battery.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Battery)
        battery = self._saved.load(Battery())
        self.vibrations: Remembered[Vibration] = Remembered()
        self.varied_strength = True
        self.battery_level: int = battery.level
        self.charging: bool = battery.charging
        self.screen_reader = False

    def in_words(self) -> Iterator[str]:
        """The battery, and what vibrated."""
        yield f"battery {self.battery_level}%"
        yield from super().in_words()

    # --- for tests ---------------------------------------------------------------------------------------------

    def set_battery(self, level: int, *, charging: bool = False) -> None:
        """Charges or drains the battery to `level` percent."""
        if not is_number(level, 1, 100):
            raise ValueError(f"a battery's level is between 1 and 100 percent, not {level!r}")
        self.battery_level, self.charging = level, charging
        self._keep()

    def warn_of_memory(self, level: int = 10) -> None:
        """Warns every app that memory runs low; Android tells how low, by its own levels 5, 10 and 15."""
        if level not in MEMORY_LEVELS:
            raise ValueError(f"the system warns of levels {', '.join(map(str, MEMORY_LEVELS))}, not of {level!r}")
        android = self.phone.system.device.platform == "android"
        self.tell_apps("memory", lambda app: {"level": level} if android else {})

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    def vibrateShort(self, app: App, options: Options) -> None:
        """Vibrates for 15 ms, on Alipay 40, in Douyin's Android app 30, as strongly as `type` says.

        `type` is `heavy`, `medium` or `light`.

        `style is not support` where the strength is another word, or the motor knows but one. To a page all are one.
        """
        strength = None if of_vendor(ONE_STRENGTH, app, False) else self._strength(options)
        self.vibrations.append(Vibration(self._short(app), strength))

    @answered
    def vibrateLong(self, app: App, options: Options) -> None:
        """Vibrates for 400 ms."""
        self.vibrations.append(Vibration(LONG))

    @answered
    def getBatteryInfo(self, app: App, options: Options) -> Result:
        """The battery's level in percent, and whether it is charging."""
        return self._battery()

    @plain
    def getBatteryInfoSync(self, app: App) -> Result:
        """The same at once. WeChat's clients for iOS do not offer it; here it answers on every device."""
        return self._battery()

    @answered
    def checkIsOpenAccessibility(self, app: App, options: Options) -> Result:
        """Whether the screen is read aloud, as `open`."""
        return {"open": self.screen_reader}

    onMemoryWarning = on("memory", "Tells of each warning; on Android with its `level`.")
    offMemoryWarning = off("memory")

    # --- its own -----------------------------------------------------------------------------------------------

    def _short(self, app: App) -> float:
        usual = of_vendor(SHORT_OF, app, SHORT)
        return usual if self.phone.system.device.platform == "ios" else of_vendor(SHORT_ON_ANDROID, app, usual)

    def _strength(self, options: Options) -> str | None:
        strength: str | None = optional(options, "type", "String", None)
        if strength is not None and (strength not in STRENGTHS or not self.varied_strength):
            raise Fail("style is not support")
        return strength

    def _battery(self) -> Result:
        return {"level": self.battery_level, "isCharging": self.charging}

    def _keep(self) -> None:
        self._saved.keep(Battery(self.battery_level, self.charging))
