"""The tab bar of an app, as its configuration declares it and its program changes it.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/tab-bar; `not TabBar page`, `tabbar item not found` and
`custom Tabbar` are how phones and developer tools word what fails. Alipay: opendocs.alipay.com/mini/api/qm7t3v,
".../wcf0sv"; web pages: `taro-tabbar` of `@tarojs/components`; React Native: router-rn 4.2.0, `tabBar.ts`, which only
notes what is to be; HarmonyOS: plugin-platform-harmony-ets 4.2.0, `tab-bar.ts`, where the bar itself hears of badges
and dots, on whatever page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.functions import answered
from ..core.options import optional, required
from ..core.room import Room
from ..core.vendors import of_vendor
from .navigation_bar import HEX_COLOR
from .text import text_width

if TYPE_CHECKING:
    from ...runtime.apps import Package
    from ..core.faces import Phone

BADGE_WIDTH = 4

#: How many bytes an icon may have: github.com/swan-team/swan-docs, api/show, `swan.setTabBarItem`.
LARGEST_ICON: Mapping[str, float] = {"swan": 40 * 1024}

# In px, above what the device's gesture bar takes: what WeChat's developer tools leave for it on an iPhone 6 and X.
HEIGHT = 48

BORDER_STYLES = ("black", "white")
#: What a color of a web page's bar is.
SIX_DIGITS = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
COLORED_BORDERS: Mapping[str, bool] = {"my": True}
COLORS: Mapping[str, re.Pattern[str]] = dict.fromkeys(("h5", "harmony-hybrid"), SIX_DIGITS)
#: Where colors are taken as they are.
ANY_STYLE: Mapping[str, bool] = {"rn": True, "harmony": True}

#: Where the bar is there on every page, if the app has one, and seen on those of its items; and where an empty text
#: counts as not given.
ALWAYS_THERE: Mapping[str, bool] = dict.fromkeys(("h5", "harmony-hybrid"), True)

#: What of a tab bar is noted from any page, and for an item that is not there: all, or what is in an item's corner.
UNASKED: Mapping[str, str] = {"rn": "all", "harmony": "corner"}


@attrs.define
class TabItem:
    """An item: what it leads to, its text and icons, and what is in its corner: a badge, or a red dot."""

    page_path: str
    text: str
    icon_path: str
    selected_icon_path: str
    badge: str | None = None
    red_dot: bool = False


@attrs.define
class TabBar:
    """A tab bar. `visible` is whether the program shows it; it is only ever seen on pages of its items."""

    items: list[TabItem]
    color: str
    selected_color: str
    background_color: str
    border_style: str
    custom: bool
    visible: bool = True


class TabBars(Room, name="tab_bars"):
    """The tab bars of the apps, each from the app's launch until the next."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._bars: dict[str, tuple[Package, TabBar]] = {}

    def of(self, app: App) -> TabBar | None:
        """The app's tab bar; None if it has none, or was never launched."""
        package = self.phone.pages.of(app).package
        if package is None or not package.tabs:
            return None
        made_of, bar = self._bars.get(app.key, (None, None))
        if bar is None or made_of is not package:
            bar = _tab_bar(package)
            self._bars[app.key] = package, bar
        return bar

    def height(self, app: App) -> int:
        """How much of the screen the tab bar takes, in px: nothing if none is to be seen, or it is the program's."""
        bar = self.of(app)
        if bar is None or bar.custom or not bar.visible:
            return 0
        running = self.phone.pages.of(app)
        return HEIGHT + self.phone.system.device.inset_bottom if running.shows_tabs(running.top) else 0

    def snapshot(self) -> Any:
        """The bars as they are now."""
        return {key: (package, attrs.evolve(bar, items=_copied(bar))) for key, (package, bar) in self._bars.items()}

    def restore(self, state: Any) -> None:
        """Puts them back."""
        self._bars = {key: (package, attrs.evolve(bar, items=_copied(bar))) for key, (package, bar) in state.items()}

    # --- native functions ---------------------------------------------------------------------------------------

    @answered
    def setTabBarBadge(self, app: App, options: Options) -> None:
        """Puts a text into the corner of an item, as far as the vendor has room for it."""
        index, text = required(options, "index", "Number"), required(options, "text", "String")
        item = self._cornered(app, index)
        item.badge = of_vendor(BADGES, app, _shortened)(text)
        item.red_dot = False

    @answered
    def removeTabBarBadge(self, app: App, options: Options) -> None:
        """Takes it away."""
        self._cornered(app, required(options, "index", "Number")).badge = None

    @answered
    def showTabBarRedDot(self, app: App, options: Options) -> None:
        """Puts a red dot into the corner of an item."""
        item = self._cornered(app, required(options, "index", "Number"))
        item.badge, item.red_dot = None, True

    @answered
    def hideTabBarRedDot(self, app: App, options: Options) -> None:
        """Takes it away."""
        self._cornered(app, required(options, "index", "Number")).red_dot = False

    @answered
    def setTabBarItem(self, app: App, options: Options) -> None:
        """Sets text and icons of an item; what is not given stays."""
        index = required(options, "index", "Number")
        given = {name: _text(app, options, name) for name in ("text", "iconPath", "selectedIconPath")}
        item = self._item(app, index)
        self._check_sizes(app, given["iconPath"], given["selectedIconPath"])
        item.text = _given(given["text"], item.text)
        item.icon_path = _given(given["iconPath"], item.icon_path)
        item.selected_icon_path = _given(given["selectedIconPath"], item.selected_icon_path)

    @answered
    def setTabBarStyle(self, app: App, options: Options) -> None:
        """Sets the colors, which are hexadecimal, and the border, `black` or `white`; what is not given stays.

        Alipay takes a color for the border, too.
        """
        given = {
            name: _style(app, options, name) for name in ("color", "selectedColor", "backgroundColor", "borderStyle")
        }
        bar = self._bar(app)
        bar.color = _given(given["color"], bar.color)
        bar.selected_color = _given(given["selectedColor"], bar.selected_color)
        bar.background_color = _given(given["backgroundColor"], bar.background_color)
        bar.border_style = _given(given["borderStyle"], bar.border_style)

    @answered
    def showTabBar(self, app: App, options: Options) -> None:
        """Shows the tab bar."""
        optional(options, "animation", "Boolean", False)
        self._bar(app).visible = True

    @answered
    def hideTabBar(self, app: App, options: Options) -> None:
        """Hides the tab bar."""
        optional(options, "animation", "Boolean", False)
        self._bar(app).visible = False

    # --- its own ------------------------------------------------------------------------------------------------

    def _bar(self, app: App, unasked: bool = False) -> TabBar:
        """The bar; `unasked`, whether the page on the screen has it or not, and an empty one for an app without."""
        bar, running = self.of(app), self.phone.pages.of(app)
        if unasked or of_vendor(UNASKED, app, "") == "all":
            return bar or TabBar([], "", "", "", "black", custom=False)
        seen = running.shows_tabs(running.top) or of_vendor(ALWAYS_THERE, app, False)
        if bar is None or not seen:
            raise Fail("not TabBar page")
        if bar.custom:
            raise Fail("custom Tabbar")
        return bar

    def _item(self, app: App, index: float, unasked: bool = False) -> TabItem:
        items = self._bar(app, unasked).items
        if index in range(len(items)):
            return items[int(index)]
        if of_vendor(UNASKED, app, ""):
            return TabItem("", "", "", "")
        raise Fail("tabbar item not found")

    def _check_sizes(self, app: App, *icons: str | None) -> None:
        """Refuses an icon that is larger than the vendor allows; one that is not in the app's files has no size."""
        largest = of_vendor(LARGEST_ICON, app, math.inf)
        for icon in icons if largest < math.inf else ():
            try:
                size = self.phone.files.local(app, icon or "").stat().st_size
            except Fail:
                continue
            if size > largest:
                raise Fail("icon is too large")

    def _cornered(self, app: App, index: float) -> TabItem:
        """The item whose corner is to be changed."""
        return self._item(app, index, of_vendor(UNASKED, app, "") == "corner")


def _tab_bar(package: Package) -> TabBar:
    config: Mapping[str, Any] = package.config["tabBar"]
    items = zip(package.tab_routes, package.tabs, strict=True)
    return TabBar(
        items=[
            TabItem(route, tab.get("text", ""), tab.get("iconPath", ""), tab.get("selectedIconPath", ""))
            for route, tab in items
        ],
        color=config.get("color", ""),
        selected_color=config.get("selectedColor", ""),
        background_color=config.get("backgroundColor", ""),
        border_style=config.get("borderStyle", "black"),
        custom=bool(config.get("custom")),
    )


def _copied(bar: TabBar) -> list[TabItem]:
    return [attrs.evolve(item) for item in bar.items]


def _given(value: str | None, otherwise: str) -> str:
    return otherwise if value is None else value


def _text(app: App, options: Options, name: str) -> str | None:
    """The option; None where it says nothing, as an empty one does on the web."""
    text: str | None = optional(options, name, "String", None)
    return text or None if of_vendor(ALWAYS_THERE, app, False) else text


def _style(app: App, options: Options, name: str) -> str | None:
    value = _text(app, options, name)
    if value is None or of_vendor(ANY_STYLE, app, False):
        return value
    is_color = of_vendor(COLORS, app, HEX_COLOR).fullmatch(value) and (
        name != "borderStyle" or of_vendor(COLORED_BORDERS, app, False)
    )
    if not is_color and not (name == "borderStyle" and value in BORDER_STYLES):
        raise Fail(f"invalid {name}")
    return value


def _shortened(text: str) -> str:
    """A badge of WeChat: what is longer than four letters, a Chinese one counting two, is not shown."""
    return text if text_width(text) <= BADGE_WIDTH else "..."


def _three(text: str) -> str:
    """A badge of Baidu: more than three letters are not shown."""
    return text if len(text) <= 3 else "..."


def _cut(text: str) -> str:
    """A badge of Alipay: of more than three letters it shows two."""
    return text if len(text) <= 3 else f"{text[:2]}……"


BADGES: Mapping[str, Callable[[str], str]] = {"my": _cut, "swan": _three, "rn": str}
