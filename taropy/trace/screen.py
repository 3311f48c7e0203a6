"""What is on a phone's screen at one moment, as plain values. Looking changes nothing and runs nothing of a program's.

A room that nobody has used is not made for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs

from .values import short

if TYPE_CHECKING:
    from ..phone import Phone
    from ..phone.core.app import App
    from ..phone.core.page import Page

#: So many of a page's nodes are drawn.
MOST_BOXES = 150


@attrs.frozen
class Box:
    """A node of the page: what it is called, and where it is seen, in px from the page's corner."""

    label: str
    left: float
    top: float
    width: float
    height: float


@attrs.frozen
class Tab:
    """An item of the tab bar."""

    text: str
    selected: bool = False
    badge: str = ""
    dot: bool = False


@attrs.frozen
class Dialog:
    """A modal or an action sheet: its texts, what can be tapped, and what a text was to be typed into."""

    kind: str
    title: str = ""
    content: str = ""
    choices: tuple[str, ...] = ()
    input: str | None = None


@attrs.frozen
class Screen:
    """What is to be seen. Two moments at which the same is to be seen are equal, whatever the time is.

    - `width`, `height`: in px, as the phone is held. `route`: the page's path, empty before there is a page.
    - `front`, `bar`: the colors of the navigation bar, as the program has them; `below`: whether a page is under it.
    - `tab_colors`: of the tab bar's texts, of the selected one, and of the bar.
    - `toast`, `loading`: their texts; None where there is none. `icon`: the toast's.
    - `time`: on the phone, as its status bar has it. `network`: what kind the phone is in.
    """

    device: str
    width: int
    height: int
    platform: str = ""
    route: str = ""
    title: str = ""
    front: str = "#000000"
    bar: str = "#ffffff"
    background: str = "#ffffff"
    bar_loading: bool = False
    below: bool = False
    refreshing: bool = False
    status_height: int = 20
    title_height: int = 44
    boxes: tuple[Box, ...] = ()
    tabs: tuple[Tab, ...] = ()
    tab_colors: tuple[str, str, str] = ("", "", "")
    tab_height: int = 0
    toast: str | None = None
    icon: str = "none"
    loading: str | None = None
    dialog: Dialog | None = None
    keyboard: float = 0
    network: str = "wifi"
    visible: bool = True
    time: str = attrs.field(default="", eq=False)


def look(phone: Phone, *, dialog: Any = None, show_secrets: bool = False) -> Screen:
    """The screen of the phone now; `dialog` is one of its dialogs that was answered at once, to be seen open."""
    system, rooms = phone.system, vars(phone)
    app = _front(phone)
    width, height = system.size(system.orientation)
    shown: dict[str, Any] = {
        "device": phone.device_name,
        "width": width,
        "height": height,
        "status_height": system.device.status_bar,
        "title_height": system.device.title_bar,
        "time": datetime.fromtimestamp(phone.clock.now()).strftime("%H:%M"),
    }
    if "network" in rooms:
        shown["network"] = phone.network.type
    if "keyboard" in rooms:
        shown["keyboard"] = phone.keyboard.height
    if app is not None:
        shown.update(_of_app(phone, app))
    if "screen" in rooms:
        shown.update(_notices(phone))
    if dialog is not None:
        shown["dialog"] = _dialog(dialog)
    if not show_secrets:
        shown = {name: short(value) if isinstance(value, str) else value for name, value in shown.items()}
    return Screen(**shown)


def _front(phone: Phone) -> App | None:
    """The app in front, if one has used its pages."""
    if "pages" in vars(phone):
        try:
            return phone.pages.front
        except LookupError:
            return None
    return next(iter(phone.apps), None)


def _of_app(phone: Phone, app: App) -> Iterator[tuple[str, Any]]:
    yield "platform", app.platform
    if "pages" not in vars(phone):
        return
    running = phone.pages.of(app)
    page = running.top
    bar = phone.navigation_bars.of(app)
    yield "visible", running.visible
    yield "route", page.path if running.package is not None else ""
    yield "title", bar.title
    yield "front", bar.front_color
    yield "bar", bar.background_color
    yield "bar_loading", bar.loading
    yield "below", len(running.stack) > 1
    yield "background", str(page.window.get("backgroundColor", "#ffffff"))
    yield "refreshing", page.refreshing
    yield "boxes", tuple(_boxes(phone, app, page))
    tab_bar = phone.tab_bars.of(app)
    if tab_bar is not None and tab_bar.visible and running.shows_tabs(page):
        yield (
            "tabs",
            tuple(
                Tab(item.text, item.page_path == page.route, item.badge or "", item.red_dot) for item in tab_bar.items
            ),
        )
        yield "tab_colors", (tab_bar.color, tab_bar.selected_color, tab_bar.background_color)
        yield "tab_height", phone.tab_bars.height(app)


def _boxes(phone: Phone, app: App, page: Page) -> Iterator[Box]:
    """The nodes of the page that are on the screen. What a program makes anew each time is not asked for."""
    if page.render is not None or not page.nodes:
        return
    height = phone.window.page_height(app)
    for place in phone.nodes.tree(page, app).places[:MOST_BOXES]:
        seen = place.seen(page.scroll_top)
        if seen.width > 0 and seen.height > 0 and seen.bottom > 0 and seen.top < height:
            node = place.node
            classes = "".join(f".{name}" for name in node.class_.split())
            label = f"{node.tag}{'#' + node.id if node.id else ''}{classes}"
            yield Box(label[:60], seen.left, seen.top, seen.width, seen.height)


def _notices(phone: Phone) -> Iterator[tuple[str, Any]]:
    screen = phone.screen
    if screen.toast is not None:
        yield "toast", screen.toast.title
        yield "icon", screen.toast.icon
    if screen.loading is not None:
        yield "loading", screen.loading.title
    dialog = screen.modal or screen.action_sheet
    if dialog is not None:
        yield "dialog", _dialog(dialog)


def _dialog(shown: Any) -> Dialog:
    """As the phone has it: a `Modal` or an `ActionSheet`."""
    if hasattr(shown, "itemList"):
        return Dialog("sheet", title=shown.alertText, choices=_texts(shown.itemList))
    choices = [shown.cancelText, shown.confirmText] if shown.showCancel else [shown.confirmText]
    typed = (shown.content or shown.placeholderText) if shown.editable else None
    return Dialog("modal", shown.title, "" if shown.editable else shown.content, _texts(choices), typed)


def _texts(texts: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, texts))
