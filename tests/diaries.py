"""An app that writes down what it hears, for the tests of pages and of the app's life."""

from __future__ import annotations

from typing import Any

import taropy

HOME, MINE, LIST, DETAIL, FORM = (f"pages/{name}/index" for name in ("home", "mine", "list", "detail", "form"))

TABS = {"list": [{"pagePath": HOME, "text": "Home"}, {"pagePath": MINE, "text": "Mine"}]}

PAGE_EVENTS = (
    "onLoad", "onShow", "onReady", "onHide", "onUnload", "onPullDownRefresh", "onReachBottom", "onPageScroll",
    "onResize", "onTabItemTap",
)  # fmt: skip
#: Where an app is launched from by default, by platform; 1001 elsewhere.
SCENES = {"h5": 0, "harmony": 0, "harmony-hybrid": 0}
APP_EVENTS = ("onLaunch", "onShow", "onHide", "onPageNotFound", "onThemeChange")


class Diary:
    """An app with two tabs and three other pages; `lines` is what its pages and itself have heard."""

    def __init__(self, **settings: Any) -> None:
        self.lines: list[str] = []
        self.heard: list[tuple[str, tuple[Any, ...]]] = []
        self.app = taropy.App(pages=[HOME, MINE, LIST, DETAIL, FORM], tabBar=TABS, **settings)
        self.app.entry(self._code("app", APP_EVENTS))
        for route in (HOME, MINE, LIST, DETAIL, FORM):
            name = route.split("/")[1]
            self.app.page(route, enablePullDownRefresh=name == "list")(self._code(name, PAGE_EVENTS))

    def _code(self, name: str, events: tuple[str, ...]) -> type:
        def writing(event: str) -> Any:
            def write(_: Any, *arguments: Any) -> None:
                self.lines.append(f"{name}.{event}")
                self.heard.append((f"{name}.{event}", arguments))

            return write

        return type(name.title(), (), {event: writing(event) for event in events})

    def new(self) -> str:
        """What was written since the last look."""
        lines, self.lines = self.lines, []
        return " ".join(lines)

    def last(self, line: str) -> Any:
        """The argument of the last event of this kind."""
        return next(arguments[0] for heard, arguments in reversed(self.heard) if heard == line)


def on_web(platform: str) -> bool:
    """Whether Taro's router for the web opens the pages."""
    return platform in ("h5", "harmony-hybrid")


def told_route(platform: str, route: str) -> str:
    """A page's route as programs see it there."""
    return f"/{route}" if on_web(platform) else route


def told_path(platform: str, route: str, stamp: str) -> str:
    """The path of a page's router; on the web it has the page's `stamp`."""
    return f"/{route}?stamp={stamp}" if on_web(platform) else f"/{route}"


def told_query(platform: str, stamp: str, **query: str) -> dict[str, str]:
    """A page's query, in which the web puts the page's `stamp`."""
    return {**query, "stamp": stamp} if on_web(platform) else query
