"""`Page`: one page of an app on the phone, and what the program behind it offers the phone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from ...runtime.apps import Instance
from ...signatures import called
from .channel import EventChannel
from .telling import quoted, told

_ids = itertools.count(1)

#: With whom a page is shared, if nobody says.
A_FRIEND = "a friend"


class Blank:
    """An app or a page that no program stands behind: nothing happens on it, and programs may put things on it."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)

    def __repr__(self) -> str:
        return f"<blank {self.__dict__.get('route', 'app')}>"


@attrs.define(eq=False)
class BlankInstance:
    """Stands where no program does."""

    value: Blank

    def handles(self, event: str) -> bool:
        """Nothing is handled."""
        return False

    def handle(self, event: str, *arguments: Any) -> None:
        """Nothing happens."""

    def call(self, handler: Any, *arguments: Any) -> None:
        """Calls a function; no name stands for one."""
        if callable(handler):
            called(handler, *arguments)


@attrs.define(eq=False, repr=False)
class Page:
    """A page of an app.

    - `route`: its path, without a leading slash; `query`: what it was opened with.
    - `window`: how it is shown: the app's `window` with the page's own settings over it, `navigationBarTitleText`, ….
      Functions as `setNavigationBarTitle` change it.
    - `scroll_top`: how far it is scrolled down, in px; `height`: how high its content is said to be,
      None if that is for its nodes to say.
    - `refreshing`: whether it shows that it refreshes, after it was pulled down.
    - `nodes`: the tree of its nodes, or its WXML, which selectors look at; None if it has none. A page whose program
      makes it anew each time has `render`.
    - `web`: whether Taro's router for the web has opened it, which has names of its own for routes and paths.
    - `began`: when it began to open, by the phone's clock.
    - `channel`: leads to the page that opened this one by `navigateTo`.
    - `barless`: whether it shows no tab bar even if it is a page of it: Alipay's, when `navigateTo` opens it.
    - `transition`: how it came in, the route's context, if by an animation of the program's own (`wx.router`).
    - `exit_state`: what the page had kept of itself when the app was left the last time, by `onSaveExitState`.
    """

    route: str
    query: dict[str, Any] = attrs.field(factory=dict)
    window: dict[str, Any] = attrs.field(factory=dict)
    scroll_top: float = 0.0
    height: float | None = None
    refreshing: bool = False
    _nodes: Any = None
    render: Callable[[], Any] | None = None
    channel: EventChannel = attrs.field(factory=EventChannel)
    exit_state: Any = None
    barless: bool = attrs.field(default=False, init=False)
    transition: Any = attrs.field(default=None, init=False, repr=False)
    instance: Instance = attrs.field(init=False)
    began: float = attrs.field(default=0.0, kw_only=True)
    web: bool = attrs.field(default=False, kw_only=True)
    at_bottom: bool = attrs.field(default=False, init=False)
    id: int = attrs.field(factory=lambda: next(_ids), init=False)

    def __attrs_post_init__(self) -> None:
        blank = Blank(route=self.route, options=self.query, getOpenerEventChannel=lambda: self.channel)
        self.instance = BlankInstance(blank)

    def __repr__(self) -> str:
        return told("Page", self._told)

    def _told(self) -> Iterator[str]:
        """What it is and how it is seen; not its query's values, which a program may have filled with anything."""
        yield quoted(f"{self.route}{'?' if self.query else ''}{'&'.join(map(str, self.query))}")[1:-1]
        title = self.window.get("navigationBarTitleText")
        yield from [f"title {quoted(title)}"] if title else []
        yield from [f"scrolled to {self.scroll_top:g} px"] if self.scroll_top else []
        yield from ["refreshing"] if self.refreshing else []

    @property
    def program(self) -> Any:
        """The program's own object of this page, as `getCurrentPages` gives it."""
        return self.instance.value

    @property
    def nodes(self) -> Any:
        """The tree as it is now, in the form in which the program gave it."""
        return self._nodes if self.render is None else self.render()

    @nodes.setter
    def nodes(self, tree: Any) -> None:
        self._nodes, self.render = tree, None

    @property
    def path(self) -> str:
        """Its route and query, as `navigateTo` takes them."""
        query = "&".join(part for name, value in self.query.items() for part in _written(name, value))
        return f"/{self.route}?{query}" if query else f"/{self.route}"

    @property
    def told_route(self) -> str:
        """Its route as programs see it: on the web with a leading slash."""
        return f"/{self.route}" if self.web else self.route

    @property
    def told_path(self) -> str:
        """What programs see as its path, `Taro.Current.router.path`: on the web with the mark of this one page."""
        return f"/{self.route}?stamp={self.query['stamp']}" if self.web else f"/{self.route}"

    @property
    def key(self) -> str:
        """What the names of its events begin with."""
        return self.path if self.web else self.route

    @property
    def unique(self) -> str:
        """What no other page is called: Taro's `$taroPath`."""
        if self.web:
            return self.told_path
        return f"{self.path.lstrip('/')}{'&' if self.query else '?'}$taroPage={self.id}"


def _written(name: str, value: Any) -> list[str]:
    """An entry of a query, as urls have it: a list is a name that comes again, None a bare one."""
    if isinstance(value, list):
        return [part for each in value for part in _written(name, each)]
    return [name if value is None else f"{name}={value}"]
