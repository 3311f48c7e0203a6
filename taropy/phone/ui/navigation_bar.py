"""The top of the pages, and what is behind them: navigation bar, background, and the bar of an app that is on top of
the chats.

Pages keep how they are shown in `Page.window`, under the names of their configuration; so what is set here goes with
the page. Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/navigation-bar, ".../ui/background" and
".../ui/sticky"; `invalid frontColor "…"` is the base library's own wording, other invalid values are worded like it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import optional, required, wrong_type
from ..core.room import Room
from ..core.vendors import is_web, of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page

FRONT_COLORS: Mapping[str, str] = {"#ffffff": "white", "#000000": "black"}
TEXT_COLORS: Mapping[str, str] = {style: color for color, style in FRONT_COLORS.items()}
TEXT_STYLES = ("dark", "light")

#: The colors of title and bar where neither the configuration nor the program has set them.
COLORS = ("#ffffff", "#000000")
VENDORS_COLORS: Mapping[str, tuple[str, str]] = {"my": ("#000000", "#ffffff")}

HEX_COLOR = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)

# Web pages show whatever color CSS knows; router-rn 4.2.0 and plugin-platform-harmony-ets 4.2.0 hand on what they are
# given.
ANY_COLOR: Mapping[str, bool] = dict.fromkeys(("h5", "harmony-hybrid", "rn", "harmony"), True)
#: Where that holds for title and buttons, too; plugin-platform-harmony-hybrid 4.1.11 knows two.
ANY_FRONT: Mapping[str, bool] = dict.fromkeys(("h5", "rn", "harmony"), True)
#: Where one of the colors may be left out, or both: `@tarojs/taro-h5` 4.2.1.
EITHER_COLOR: Mapping[str, bool] = {"h5": True}
#: Where any other style of text is light: runtime-rn 4.2.0, `setBackgroundTextStyle`.
ANY_TEXT_STYLE: Mapping[str, bool] = {"rn": True}

#: How long the text of the top bar has to stand before it can be set again, in seconds; the errno is WeChat's.
TOP_BAR_PAUSE = 5.0
TOO_FREQUENTLY = 510001


@attrs.frozen
class NavigationBar:
    """The navigation bar of a page, as it is to be seen.

    Colors are hexadecimal; `front_color`, of title and buttons, is black or white, but where any color may be named.
    `home_button` leads from a page at the bottom of the stack to the first of the app.
    """

    title: str
    front_color: str
    background_color: str
    loading: bool
    home_button: bool


@attrs.frozen
class Background:
    """What is behind a page, and above and below it when it is pulled; `text_style` is of the three dots there."""

    color: str
    color_top: str
    color_bottom: str
    text_style: str


class NavigationBars(Room, name="navigation_bars"):
    """The navigation bars of the pages, their backgrounds, and the text of the top bar, `top_bar_text`."""

    STATE = ("top_bar_text", "_top_bar_until")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.top_bar_text = ""
        self._top_bar_until = 0.0

    def of(self, app: App) -> NavigationBar:
        """The navigation bar of the app's page on the screen."""
        window = self.phone.pages.top(app).window
        front, background = of_vendor(VENDORS_COLORS, app, COLORS)
        return NavigationBar(
            title=str(window.get("navigationBarTitleText", "")),
            front_color=window.get("frontColor") or TEXT_COLORS.get(str(window.get("navigationBarTextStyle")), front),
            background_color=str(window.get("navigationBarBackgroundColor", background)),
            loading=bool(window.get("navigationBarLoading")),
            home_button=self._is_lost(app) and not window.get("homeButtonHidden"),
        )

    def background(self, app: App) -> Background:
        """The background of the app's page on the screen."""
        window = self.phone.pages.top(app).window
        color = str(window.get("backgroundColor", "#ffffff"))
        return Background(
            color=color,
            color_top=str(window.get("backgroundColorTop", color)),
            color_bottom=str(window.get("backgroundColorBottom", color)),
            text_style=str(window.get("backgroundTextStyle", "dark")),
        )

    # --- native functions ---------------------------------------------------------------------------------------

    @answered
    def setNavigationBarTitle(self, app: App, options: Options) -> None:
        """Sets the title; on the web it has to have letters."""
        title = required(options, "title", "String")
        if not title and is_web(app):
            raise wrong_type("parameter.title", "String", title)
        self._set(app, navigationBarTitleText=title)

    @answered
    def setNavigationBarColor(self, app: App, options: Options) -> None:
        """Sets the colors: `frontColor`, which is `#ffffff` or `#000000`, and `backgroundColor`.

        They are there at once, whatever `animation` says. h5 takes any colors, and each by itself.
        """
        names: tuple[str, ...] = ("frontColor", "backgroundColor")
        if of_vendor(EITHER_COLOR, app, False):
            names = tuple(name for name in names if options.get(name) is not None)
        colors = {name: required(options, name, "String") for name in names}
        optional(options, "animation", "Object", {})
        self._set(app, **_changed(app, colors))

    @only("my")
    @answered
    def setNavigationBar(self, app: App, options: Options) -> None:
        """Alipay's own for title and colors, each of which may be left out; `reset` gives back Alipay's colors.

        opendocs.alipay.com/mini/api/xwq8e6
        """
        names = ("title", "frontColor", "backgroundColor", "borderBottomColor", "image")
        given = {name: text for name in names if (text := optional(options, name, "String", None)) is not None}
        page = self._page(app)
        if optional(options, "reset", "Boolean", False):
            for name in ("navigationBarTextStyle", "navigationBarBackgroundColor"):
                page.window.pop(name, None)
        page.window.update(_changed(app, given))
        if "title" in given:
            page.window["navigationBarTitleText"] = given["title"]

    @answered
    def showNavigationBarLoading(self, app: App, options: Options) -> None:
        """Shows a loading sign in the bar."""
        self._set(app, navigationBarLoading=True)

    @answered
    def hideNavigationBarLoading(self, app: App, options: Options) -> None:
        """Hides it. That there is none is no failure."""
        self._set(app, navigationBarLoading=False)

    @answered
    def hideHomeButton(self, app: App, options: Options) -> None:
        """Hides the button that leads home."""
        self._page(app).window["homeButtonHidden"] = True

    @answered
    def setBackgroundColor(self, app: App, options: Options) -> None:
        """Sets `backgroundColor`, and `backgroundColorTop` and `backgroundColorBottom`, which only iOS shows."""
        names = ("backgroundColor", "backgroundColorTop", "backgroundColorBottom")
        given = {name: color for name in names if (color := optional(options, name, "String", None)) is not None}
        for name, color in given.items():
            check_color(app, name, color)
        self._page(app).window.update(given)

    @answered
    def setBackgroundTextStyle(self, app: App, options: Options) -> None:
        """Sets the color of the three dots above the page: `dark` or `light`."""
        style = required(options, "textStyle", "String")
        if style not in TEXT_STYLES:
            if not of_vendor(ANY_TEXT_STYLE, app, False):
                raise Fail(f'invalid textStyle "{style}"')
            style = "light"
        self._page(app).window["backgroundTextStyle"] = style

    @answered
    def setTopBarText(self, app: App, options: Options) -> None:
        """Sets the text that an app shows on top of the chats; not again within five seconds."""
        text = required(options, "text", "String")
        now = self.phone.clock.now()
        if now < self._top_bar_until:
            raise Fail("invoke too frequently", errno=TOO_FREQUENTLY)
        self.top_bar_text, self._top_bar_until = text, now + TOP_BAR_PAUSE

    # --- its own ------------------------------------------------------------------------------------------------

    def _page(self, app: App) -> Page:
        return self.phone.pages.top(app)

    def _set(self, app: App, **changed: Any) -> None:
        """Changes the bar of the page on the screen, and on the web, once it is drawn, those of its route to come."""
        page = self._page(app)
        page.window.update(changed)
        if is_web(app):
            self.phone.pages.of(app).bars.get(page.route, {}).update(changed)

    def _is_lost(self, app: App) -> bool:
        """Whether the page is alone, and neither the app's first nor a tab, so that nothing else leads back."""
        running = self.phone.pages.of(app)
        if running.package is None or len(running.stack) > 1:
            return False
        route = running.top.route
        return route != running.package.home and not running.is_tab(route)


def check_color(app: App, name: str, color: str) -> None:
    """Fails for what is no hexadecimal color, where only those are known."""
    if not of_vendor(ANY_COLOR, app, False) and not HEX_COLOR.fullmatch(color):
        raise Fail(f'invalid {name} "{color}"')


def _changed(app: App, given: Mapping[str, Any]) -> dict[str, Any]:
    """What of a page's window the colors change. Fails for one that the vendor does not know."""
    changed: dict[str, Any] = {}
    if "frontColor" in given:
        style = FRONT_COLORS.get(given["frontColor"].lower())
        if of_vendor(ANY_FRONT, app, False):
            changed["frontColor"] = given["frontColor"]
        elif style is None:
            raise Fail(f'invalid frontColor "{given["frontColor"]}"')
        else:
            changed["navigationBarTextStyle"] = style
    if "backgroundColor" in given:
        check_color(app, "backgroundColor", given["backgroundColor"])
        changed["navigationBarBackgroundColor"] = given["backgroundColor"]
    return changed
