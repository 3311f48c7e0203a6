"""The window of an app: its menu button, its size, and the question before a page is left.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/menu and ".../ui/window". The menu button is 32 px high; on iOS
it is 87 px wide, 4 px under the status bar and 7 px from the edge, on Android 96, 8 and 10 (as programs print it on
phones: 375 px wide, status bar 20: left 281, top 24; 360 px wide, status bar 24: left 254, top 32). Of an iPhone 6 and
X pages with a tab bar have 555 and 642 px, others 603 and 724, and those with `navigationStyle: custom` all the screen.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.events import off, on
from ..core.functions import answered, plain
from ..core.options import required
from ..core.person import Question
from ..core.room import Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page

MENU_BUTTON_HEIGHT = 32


@attrs.frozen
class Menu:
    """Where a system puts the menu button: its width, and how far it is from the status bar and the right edge."""

    width: int
    under_status_bar: int
    from_edge: int


IOS = Menu(87, 4, 7)
ANDROID = Menu(96, 8, 10)

# The bars of Taro's own router are drawn in the window, and no settings change what is around that.
DRAWS_BARS: Mapping[str, bool] = dict.fromkeys(("h5", "rn", "harmony", "harmony-hybrid"), True)

# The bar of `taro-tabbar`, in px, takes its place in the window of a web page, whether it is to be seen or hidden.
TAB_BARS: Mapping[str, int] = dict.fromkeys(("h5", "harmony-hybrid"), 50)

# Web pages turn with the phone; elsewhere only those that say so.
ALWAYS_TURNS: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}

# Where a changed window is told by the size of the screen, and bare: taro-h5 4.2.1, `onWindowResize`.
TELLS_THE_SCREEN: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}

# github.com/AlipayDocs/open-docs, `my.enableAlertBeforeUnload` and `my.disableAlertBeforeUnload`.
ASKS_NOT_ON_THE_FIRST_PAGE: Mapping[str, bool] = {"my": True}


class Window(Room, name="window"):
    """The windows of the apps. `picture_in_picture` is whether a video plays in a small window of its own."""

    STATE = ("picture_in_picture",)
    EVENTS_OF_THE_WEB = True

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.picture_in_picture = False
        phone.system.changes.on("orientation", self._turned)

    def alert_before_unload(self, app: App) -> str | None:
        """What the page on the screen asks before it is left; None if it asks nothing."""
        message: str | None = self.phone.pages.top(app).window.get("alertBeforeUnload")
        return message

    def bars(self, app: App) -> tuple[int, int]:
        """How much of the screen is above the page on it, for status and navigation bar, and below, for the tab bar."""
        device = self.phone.system.device
        above = device.status_bar + device.title_bar
        if of_vendor(DRAWS_BARS, app, False):
            return above, 0
        custom = self.phone.pages.top(app).window.get("navigationStyle") == "custom"
        return 0 if custom else above, self.phone.tab_bars.height(app)

    def page_height(self, app: App) -> float:
        """How high the window is without a tab bar that is drawn in it: what of a page is to be seen at once, in px."""
        running = self.phone.pages.of(app)
        bar = of_vendor(TAB_BARS, app, 0) if running.shows_tabs(running.top) else 0
        return float(self.phone.system.window(app)["windowHeight"]) - bar

    def turns(self, app: App) -> bool:
        """Whether the page on the screen turns with the phone."""
        return self._declared_orientation(app, self.phone.pages.top(app)) == "auto"

    def orientation(self, app: App, page: Page | None = None) -> str:
        """How a page of the app stands, by default the one on the screen, however the phone is held."""
        told = self._declared_orientation(app, page or self.phone.pages.top(app))
        return self.phone.system.orientation if told == "auto" else told

    # --- native functions ---------------------------------------------------------------------------------------

    @plain
    def getMenuButtonBoundingClientRect(self, app: App) -> Result:
        """Where the menu button is, in px on the screen."""
        menu = IOS if self.phone.system.device.platform == "ios" else ANDROID
        window = self.phone.system.window(app)
        right = window["screenWidth"] - menu.from_edge
        top = window["statusBarHeight"] + menu.under_status_bar
        return {
            "width": menu.width,
            "height": MENU_BUTTON_HEIGHT,
            "left": right - menu.width,
            "right": right,
            "top": top,
            "bottom": top + MENU_BUTTON_HEIGHT,
        }

    onWindowResize = on(
        "resize", "Tells `size` when the window of a page that turns (`pageOrientation: auto`) has another."
    )
    offWindowResize = off("resize")

    @answered
    def setWindowSize(self, app: App, options: Options) -> None:
        """Is for desktops, and so fails on a phone; in which words is not documented."""
        required(options, "width", "Number")
        required(options, "height", "Number")
        raise Fail("not supported on this device")

    @plain
    def checkIsPictureInPictureActive(self, app: App) -> bool:
        """Whether a video plays in a small window."""
        return self.picture_in_picture

    @answered
    def enableAlertBeforeUnload(self, app: App, options: Options) -> None:
        """Has the person asked before the page is left."""
        message = required(options, "message", "String")
        self._refuse_first_page(app, "enableAlertBeforeUnload")
        self.phone.pages.top(app).window["alertBeforeUnload"] = message

    @answered
    def disableAlertBeforeUnload(self, app: App, options: Options) -> None:
        """Lets the page go without a question."""
        self._refuse_first_page(app, "disableAlertBeforeUnload")
        self.phone.pages.top(app).window.pop("alertBeforeUnload", None)

    def _refuse_first_page(self, app: App, function: str) -> None:
        """On Alipay nobody is asked before the first page goes, nor before there is one."""
        if not of_vendor(ASKS_NOT_ON_THE_FIRST_PAGE, app, False):
            return
        running = self.phone.pages.of(app)
        if not running.opened:
            raise Fail(f"has not found page when {function} has been invoked", error=7)
        if len(running.stack) == 1:
            raise Fail(f"can not invoke {function} at first page", error=8)

    # --- leaving pages ------------------------------------------------------------------------------------------

    async def may_leave(self, page: Page) -> bool:
        """Whether the page may be left. One that has a question asks the person; by default they leave."""
        message = page.window.get("alertBeforeUnload")
        return message is None or bool((await self.phone.person.answer(_leaving(message)))["confirm"])

    def leave(self, page: Page, leave: Callable[[], Any]) -> None:
        """The same, for what is not to wait: leaves at once, or when the person has confirmed it."""
        message = page.window.get("alertBeforeUnload")
        answer = {"confirm": True} if message is None else self.phone.person.answer_at_once(_leaving(message))
        if inspect.isawaitable(answer):
            self.phone.spawn(_leave_later(answer, leave))
        elif answer["confirm"]:
            leave()

    # --- its own ------------------------------------------------------------------------------------------------

    def _turned(self) -> None:
        for app in self.phone.apps:
            if self.turns(app):
                self.audience(app).tell_each("resize", partial(self._resized, app))

    def _resized(self, app: App) -> Result:
        window = self.phone.system.window(app)
        if of_vendor(TELLS_THE_SCREEN, app, False):
            return {"windowWidth": window["screenWidth"], "windowHeight": window["screenHeight"]}
        return {"size": {name: window[name] for name in ("windowWidth", "windowHeight")}}

    def _declared_orientation(self, app: App, page: Page) -> str:
        """What the page's `pageOrientation` says; an app that was never launched turns with the phone."""
        if of_vendor(ALWAYS_TURNS, app, False) or self.phone.pages.of(app).package is None:
            return "auto"
        return str(page.window.get("pageOrientation", "portrait"))


def _leaving(message: str) -> Question:
    return Question("leave page", {"message": message}, {"confirm": True})


async def _leave_later(answer: Any, leave: Callable[[], Any]) -> None:
    if (await answer or {}).get("confirm", True):
        leave()
