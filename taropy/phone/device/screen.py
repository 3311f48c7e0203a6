"""The display: how bright it is, whether it stays on, and who takes pictures of it.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import FLAG, checked, number, word
from ..core.events import off, on
from ..core.functions import answered, plain
from ..core.options import UNDEFINED, function, optional, required
from ..core.room import Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

#: Who lets a program have one listener to screenshots (@douyin-microapp/typings 1.3.1, capture-screen.d.ts). That it is
#: the newest is judgement.
ONE_LISTENER: Mapping[str, bool] = {"tt": True}

VISUAL_EFFECTS = ("none", "hidden")

#: How bright the display is while no program has set it, and what Android's programs set to leave it to the system.
BY_THE_SYSTEM = 0.5
LEAVE_TO_THE_SYSTEM = -1

#: What the brightest is where a brightness is above 1: plugin-platform-harmony-ets 4.2.0, over @system.brightness.
BRIGHTEST: Mapping[str, int] = {"harmony": 255}
#: What is told of a picture of the screen: plugin-platform-harmony-hybrid 4.1.11.
CAPTURED: Mapping[str, Result] = {"harmony-hybrid": {"errMsg": "onUserCaptureScreen:ok"}}


@checked(brightness=number(0, 1), visual_effect=word(*VISUAL_EFFECTS), recording=FLAG)
class Display(Room, name="display"):
    """The phone's display.

    `brightness` is from 0 to 1; `keep_on` has the apps, by key, that keep it on; `visual_effect` is `"hidden"` while
    pictures of the screen are to show nothing; `recording` is whether the screen is being recorded.
    """

    STATE = ("brightness", "keep_on", "visual_effect", "recording")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.brightness = BY_THE_SYSTEM
        self.keep_on: set[str] = set()
        self.visual_effect = "none"
        self.recording = False
        phone.lifecycle.listeners.on("hide", self._hidden)

    # --- what the person does -----------------------------------------------------------------------------------

    def capture(self) -> None:
        """Takes a picture of the screen; the apps are told."""
        self.tell_apps("capture", lambda app: dict(of_vendor(CAPTURED, app, {})))

    def record(self, recording: bool = True) -> None:
        """Begins to record the screen, or ends it; the apps are told."""
        if recording is not self.recording:
            self.recording = recording
            state = "start" if recording else "stop"
            self.tell_apps("recording", lambda app: {"state": state})

    # --- native functions ---------------------------------------------------------------------------------------

    @answered
    def setScreenBrightness(self, app: App, options: Options) -> None:
        """Sets the brightness, from 0 to 1; -1 leaves it to the system again, on Android.

        On HarmonyOS what is above 1 counts to 255.

        How phones word the failure of another value is not documented.
        """
        value = required(options, "value", "Number")
        if value == LEAVE_TO_THE_SYSTEM and self.phone.system.device.platform == "android":
            value = BY_THE_SYSTEM
        if value > 1:
            value /= of_vendor(BRIGHTEST, app, 1)
        if not 0 <= value <= 1:
            raise Fail("parameter error: parameter.value should be between 0 and 1")
        self.brightness = value

    @answered
    def getScreenBrightness(self, app: App, options: Options) -> Result:
        """The brightness, as `value`."""
        return {"value": self.brightness}

    @answered
    def setKeepScreenOn(self, app: App, options: Options) -> None:
        """Keeps the display on until the app is left, or no longer."""
        if required(options, "keepScreenOn", "Boolean"):
            self.keep_on.add(app.key)
        else:
            self.keep_on.discard(app.key)

    @answered
    def setVisualEffectOnCapture(self, app: App, options: Options) -> None:
        """Hides the screen in pictures of it (`hidden`), or shows it (`none`)."""
        effect = optional(options, "visualEffect", "String", "none")
        if effect not in VISUAL_EFFECTS:
            raise Fail(f'invalid visualEffect "{effect}"')
        self.visual_effect = effect

    @answered
    def getScreenRecordingState(self, app: App, options: Options) -> Result:
        """Whether the screen is being recorded: `on` or `off`, as `state`."""
        return {"state": "on" if self.recording else "off"}

    @plain
    def onUserCaptureScreen(self, app: App, callback: object = UNDEFINED) -> None:
        """Tells that the person took a picture of the screen. On Douyin the newest listener alone is told."""
        listener = function(callback)
        if of_vendor(ONE_LISTENER, app, False):
            self.audience(app).off("capture", None)
        self.audience(app).on("capture", listener, app)

    offUserCaptureScreen = off("capture")

    onScreenRecordingStateChanged = on(
        "recording", "Tells, as `state`, that a recording has begun (`start`) or ended (`stop`)."
    )
    offScreenRecordingStateChanged = off("recording")

    def _hidden(self, app: App) -> None:
        self.keep_on.discard(app.key)
