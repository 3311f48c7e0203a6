"""What the program makes when an app is launched and a page is opened, as the host calls it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from ..models.record import Record, record
from ..runtime.bound import Runtime
from ..runtime.current import Owner, Setup
from ..runtime.hooks import setting_up
from ..runtime.jobs import in_a_loop
from ..signatures import fitting, needed_arguments
from .config import Settings
from .handlers import Handlers

if TYPE_CHECKING:
    from ..runtime.apps import ShownPage
    from .declaring import App, PageCode

# A class page need not say that it can be shared: that it has the method says so. Taro, likewise.
ENABLED_BY: dict[str, str] = {
    "onShareAppMessage": "enableShareAppMessage",
    "onShareTimeline": "enableShareTimeline",
}


#: What a page in a browser has as its own functions, whether or not its program listens.
LIFE = (
    "onLoad", "onShow", "onReady", "onHide", "onUnload", "onPullDownRefresh", "onReachBottom", "onPageScroll",
    "onResize", "onTabItemTap", "onTitleClick", "onOptionMenuClick", "onPopMenuClick", "onPullIntercept",
    "onAddToFavorites",
)  # fmt: skip


class Component:
    """The object of a page, or of an app, that is written as a function: what is put on it stays on it."""

    def __repr__(self) -> str:
        return f"<{vars(self).get('route', 'app')}>"


class _Instance:
    """A page or an app, made by its class or function."""

    owner: Owner

    def __init__(self, runtime: Runtime, code: Callable[..., Any] | None, where: str) -> None:
        self.runtime = runtime
        self.handlers: Handlers = Handlers(runtime)
        self._function = None if code is None or inspect.isclass(code) else code
        self._where = where
        make: Callable[[], Any] = Component if code is None or self._function else code
        self.value: Any = cast(Any, make())
        self.value.Taro = runtime.taro
        self.handlers.add_methods(self.value)

    def handles(self, event: str) -> bool:
        """Whether the program has a handler for the event."""
        return event in self.handlers

    def handle(self, event: str, *arguments: Any) -> Any:
        """Calls the program's handlers, unless its runtime has ended."""
        if self.runtime.closed:
            return None
        with in_a_loop():
            return self._handle(event, *arguments)

    def call(self, handler: Any, *arguments: Any) -> None:
        """Calls what stands for an event of a component: a function, or a method by its name."""
        function = getattr(self.value, handler, None) if isinstance(handler, str) else handler
        if callable(function) and not self.runtime.closed:
            with in_a_loop():
                self.handlers.run(fitting(function), *arguments)

    def _handle(self, event: str, *arguments: Any) -> Any:
        return self.handlers.call(event, *arguments)

    def _set_up(self) -> Any:
        """Calls the function, in which hooks may be called; gives what it returns."""
        if self._function is None:
            return None
        with setting_up(self.runtime, Setup(self.owner, self._where, self.handlers)):
            return self._function(*[self.runtime.taro][: needed_arguments(self._function)])


class PageInstance(_Instance):
    """A page that is open."""

    owner: Owner = "page"

    def __init__(self, runtime: Runtime, page: ShownPage, declared: PageCode) -> None:
        super().__init__(runtime, declared.code, f"the page {page.route!r}")
        self._page = page
        self._settings: Settings = declared.settings
        self._router = _router(page)
        self.value.route = page.told_route
        self.value.config = declared.settings
        if page.web:
            self._furnish_for_the_web()
        else:
            self.value.__route__ = page.told_route
            self.value.options = record(page.query)
        channel = runtime.managers.wrap("EventChannel", page.channel)
        self.value.getOpenerEventChannel = lambda: channel
        if page.exit_state is not None:
            self.value.exitState = self._router["exitState"] = page.exit_state

    def handles(self, event: str) -> bool:
        """The same; whether a page is shared its settings may say too, and a function's have to."""
        if event in ENABLED_BY and self._settings.get(ENABLED_BY[event]):
            return True
        return super().handles(event) and (self._function is None or event not in ENABLED_BY)

    def _furnish_for_the_web(self) -> None:
        """Gives the page what Taro's pages have in a browser, where its `options` are not its query."""
        fields = {"path": self._page.told_path, "$taroPath": self._page.unique, "$taroParams": self._router["params"]}
        for name, field in {**fields, "options": Record()}.items():
            setattr(self.value, name, field)
        for name, field in {"data": Record(), **{event: partial(self.handle, event) for event in LIFE}}.items():
            if not hasattr(self.value, name):
                setattr(self.value, name, field)

    def _handle(self, event: str, *arguments: Any) -> Any:
        current = self.runtime.current
        if event in ("onLoad", "onShow"):
            current.page, current.router = self.value, self._router
        elif event == "onHide" and current.page is self.value:
            current.page = current.router = None
        if event == "onLoad":
            self._give_nodes(self._set_up())
            arguments = (self._router.params,)
        elif event == "onShow":
            arguments = (Record(),)
        outcome = super()._handle(event, *arguments)
        if event in ("onReady", "onShow", "onHide"):
            self.runtime.events.trigger(self._router[event])
        return outcome

    def _give_nodes(self, returned: Any) -> None:
        """Hands the host the page's tree: what the function returned, or the class's `nodes` or `wxml`."""
        tree = returned if returned is not None else getattr(self.value, "nodes", getattr(self.value, "wxml", None))
        if callable(tree):
            self._page.render = tree
        elif tree is not None:
            self._page.nodes = tree


class AppInstance(_Instance):
    """An app that runs."""

    owner: Owner = "app"

    def __init__(self, runtime: Runtime, app: App) -> None:
        super().__init__(runtime, app.code, "the app")
        self.value.config = app.config

    def _handle(self, event: str, *arguments: Any) -> Any:
        if event in ("onLaunch", "onShow"):
            entry = record(arguments[0])
            self.runtime.current.router = Record(params=entry.query or Record(), **entry)
        if event == "onLaunch":
            self.runtime.current.app = self.value
            self._set_up()
        return super()._handle(event, *arguments)


def _router(page: ShownPage) -> Record:
    """`Taro.getCurrentInstance().router` while the page is in front; the names of its events are `eventCenter`'s."""
    events = {event: f"{page.key}.{event}" for event in ("onReady", "onShow", "onHide")}
    return Record({"params": record(page.query), "path": page.told_path, "$taroPath": page.unique, **events})
