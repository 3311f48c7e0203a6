"""Apps and what launches them: what a host and a program's app know of each other, whatever they are."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import attrs

if TYPE_CHECKING:
    from .platforms import Platform


class Instance(Protocol):
    """What a program made for its app, or for one page, as the host calls it.

    - `value`: what `getApp()` or `getCurrentPages()` give of it.
    """

    @property
    def value(self) -> Any: ...

    def handles(self, event: str) -> bool:
        """Whether the program has a handler for `onShareAppMessage`, …"""
        ...

    def handle(self, event: str, *arguments: Any) -> Any:
        """Calls the program's handlers of the event, and gives what the first of them returns."""
        ...

    def call(self, handler: Any, *arguments: Any) -> None:
        """Calls what stands for an event of a component: a function, or the name of one of the program's own."""
        ...


class ShownPage(Protocol):
    """A page that a host has opened, as the program that stands behind it knows it.

    - `route`: without a leading slash; `told_route`, `told_path`: as programs see these.
    - `unique`: what no other page is called; `key`: what the names of its events begin with.
    - `web`: whether Taro's router for the web has opened it, which has names of its own for routes and paths.
    - `channel`: leads to the page that opened this one; `exit_state`: what it had kept of itself the last time.
    - `nodes`: the tree of its nodes, or `render`, which makes it.
    """

    nodes: Any
    render: Callable[[], Any] | None

    @property
    def route(self) -> str: ...
    @property
    def query(self) -> dict[str, Any]: ...
    @property
    def told_route(self) -> str: ...
    @property
    def told_path(self) -> str: ...
    @property
    def unique(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def web(self) -> bool: ...
    @property
    def channel(self) -> Any: ...
    @property
    def exit_state(self) -> Any: ...


@attrs.frozen
class Package:
    """A declared app as it is installed: `config` is its `app.json`, `pages` has each page's own settings by route.

    `start` makes what `App(...)` would have, `open` what `Page(...)` would have for one page.
    """

    config: Mapping[str, Any]
    pages: Mapping[str, Mapping[str, Any]]
    start: Callable[[], Instance]
    open: Callable[[ShownPage], Instance]

    @property
    def home(self) -> str:
        """The route that a launch without a path opens."""
        return str(self.config.get("entryPagePath") or self.config["pages"][0]).lstrip("/")

    @property
    def sub_packages(self) -> list[Mapping[str, Any]]:
        """The settings of its sub-packages."""
        return list(self.config.get("subPackages") or self.config.get("subpackages") or ())

    @property
    def tabs(self) -> list[Mapping[str, Any]]:
        """The items of its tab bar."""
        bar = self.config.get("tabBar") or {}
        return list(bar.get("list", ()))

    @property
    def tab_routes(self) -> list[str]:
        """The routes of its tab bar's pages."""
        return [str(tab["pagePath"]).lstrip("/") for tab in self.tabs]

    def window(self, route: str) -> dict[str, Any]:
        """How a page is shown when it is opened."""
        return {**(self.config.get("window") or {}), **self.pages.get(route, {})}


class Launcher(Protocol):
    """What launches apps at a host: it shows their pages, and tells their programs of what happens to them."""

    async def launch(self, platform: Platform, package: Package, entry: Mapping[str, Any]) -> Instance:
        """Starts the app in the place of what ran before; gives its own object when the first page is ready.

        `entry` is what it is launched with: `path`, `query`, `scene`, …, as far as they are given.
        """
        ...


def error_told(error: Exception) -> str:
    """What `onError` is told of what the app's code threw: in words, and where."""
    stack = "".join(traceback.format_exception(error))
    return f"MiniProgramError\n{error}\n{stack}"
