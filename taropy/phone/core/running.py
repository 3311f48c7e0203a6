"""`Running`: one app on the phone, from its launch until the next: its pages, and what it was launched with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from ...runtime.apps import Instance, Package
from .channel import EventChannel
from .page import Blank, BlankInstance, Page

HOME = "pages/index/index"


def _home_page() -> list[Page]:
    return [Page(HOME)]


def _no_app() -> Instance:
    return BlankInstance(Blank(globalData={}))


@attrs.define(eq=False)
class Running:
    """An app and its pages. One that was never launched has no package; each page is there, and blank.

    - `stack`: the pages on each other, the one on the screen last; never empty: before a launched app has `opened` its
      first page, there is the phone's own.
    - `tabs`: the pages of the tab bar that are kept alive beside the stack, by route.
    - `exit_states`: what pages have kept for the next launch, by route, and until when, in ms since the epoch.
    - `route_builders`: how pages come in that are opened by a type of route of the program's own, by type.
    - `began`: when it was launched, by the phone's clock; `since`: the same, in the clock's seconds that only grow.
    - `stamps`: how many pages Taro's router for the web has numbered; `spare_stamp`: the number of one that was not
      there, which the next page gets.
    - `bars`: how programs have set the navigation bar on the web, by route: for every page of that route to come.
    - `channel`: what all pages speak with their openers by, where they have but one channel.
    - `launch`, `enter`: the options of the last launch, and of the last time that the app came to the front.
    """

    package: Package | None = None
    instance: Instance = attrs.field(factory=_no_app)
    stack: list[Page] = attrs.field(factory=_home_page)
    tabs: dict[str, Page] = attrs.field(factory=dict)
    exit_states: dict[str, tuple[Any, float]] = attrs.field(factory=dict)
    route_builders: dict[str, Callable[..., Any]] = attrs.field(factory=dict)
    began: float = 0.0
    since: float = 0.0
    stamps: int = 0
    spare_stamp: str | None = None
    bars: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    channel: EventChannel | None = None
    launch: dict[str, Any] = attrs.field(factory=dict)
    enter: dict[str, Any] = attrs.field(factory=dict)
    visible: bool = True
    opened: bool = True

    @property
    def top(self) -> Page:
        """The page on the screen."""
        return self.stack[-1]

    @property
    def open_pages(self) -> list[Page]:
        """All pages that are there: those of the stack, and those of the tab bar beside it."""
        return [*self.stack, *self.tabs.values()]

    def take_exit_state(self, route: str, now: float) -> Any:
        """What the page has kept, if its time is not up; only once."""
        state, until = self.exit_states.pop(route, (None, 0))
        return state if now * 1000 < until else None

    def has(self, route: str) -> bool:
        """Whether there is such a page."""
        return self.package is None or route in self.package.pages

    def is_tab(self, route: str) -> bool:
        """Whether the page is one of the tab bar's."""
        return self.package is not None and route in self.package.tab_routes

    def shows_tabs(self, page: Page) -> bool:
        """Whether the page is one of the tab bar's, and shows it."""
        return self.is_tab(page.route) and not page.barless

    def copy(self) -> Running:
        """The same, in lists of its own."""
        return attrs.evolve(
            self,
            stack=[*self.stack],
            tabs={**self.tabs},
            exit_states={**self.exit_states},
            route_builders={**self.route_builders},
            bars={route: {**set_} for route, set_ in self.bars.items()},
        )


#: What of a page changes while it is open, beside what its program holds.
SHOWN = ("window", "scroll_top", "height", "refreshing", "at_bottom", "_nodes", "render")


class Kept:
    """An app as it was at one moment: which pages were open, and how they were shown.

    The pages come back as the same objects, so what programs hold in them stays as it is.
    """

    def __init__(self, running: Running) -> None:
        self._running = running.copy()
        self._shown = [(page, {name: _own(getattr(page, name)) for name in SHOWN}) for page in running.open_pages]

    def restored(self) -> Running:
        """The app as it was; may be asked for again."""
        for page, shown in self._shown:
            for name, value in shown.items():
                setattr(page, name, _own(value))
        return self._running.copy()


def _own(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value
