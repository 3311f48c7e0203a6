"""Apps in a page: the page says what happens to it, and the program's own objects are told of it.

The page's side is shell/life.js. It goes on without waiting for Python: a handler runs when the page has gone on, and
what it returns, the page does not hear.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs

from ...loops import keep_under_way
from ...program import from_the_program
from ...runtime.apps import error_told
from ...runtime.errors import NotSupported, TaroError
from ...runtime.jobs import in_a_loop, is_own, jobs_of, running_loop
from ...unheard import UnhandledErrorWarning, collected, report
from ..js_values import JsError
from .bridge import CLOSED, Bridge
from .channels import OpenerChannel, PageChannel
from .objects import RemoteObject, promised

if TYPE_CHECKING:
    from ...runtime.apps import Instance, Package
    from ...runtime.platforms import Platform

_log = logging.getLogger("taropy.page")
#: What a query has that only Taro's router needs.
TIMESTAMP = "$taroTimestamp"
#: What the app is told with how it was entered.
ENTRIES = ("onLaunch", "onShow")
LACK = "this page does not tell of its life"
WAY_OUT = ": `taropy page build --app` makes one that does, and docs/guides/page.md says how one of your own does"


@attrs.define(eq=False, repr=False, slots=False)
class ShownPage:
    """A page that is open, as Taro's router for the web has opened it.

    - `route`: without a leading slash; `unique`: its path with the router's mark, which no other page has.
    - `settings`: how it is shown, as the app and the page say.
    """

    route: str
    query: dict[str, Any]
    unique: str
    channel: PageChannel
    settings: Mapping[str, Any]
    _bridge: Bridge
    nodes: Any = None
    render: Any = None
    exit_state: Any = None
    instance: Instance | None = None

    def __attrs_post_init__(self) -> None:
        self._blank = SimpleNamespace(route=self.told_route, path=self.unique, getOpenerEventChannel=self._opener)

    def __repr__(self) -> str:
        return f"<Page {self.route} in the page>"

    @property
    def program(self) -> Any:
        """The program's own object of this page, as `getCurrentPages` gives it; a blank one if it has no code."""
        return self._blank if self.instance is None else self.instance.value

    def _opener(self) -> Any:
        return self.channel

    @property
    def window(self) -> dict[str, Any]:
        """How it is shown: the settings, and the title that the browser shows now."""
        app = self._bridge.app
        return {**self.settings, **({} if app is None else {"navigationBarTitleText": app.title()})}

    @property
    def web(self) -> bool:
        """Taro's router for the web has opened it."""
        return True

    @property
    def told_route(self) -> str:
        """Its route as programs see it."""
        return f"/{self.route}"

    @property
    def told_path(self) -> str:
        """What programs see as its path."""
        return self.unique

    @property
    def key(self) -> str:
        """What the names of its events begin with."""
        query = "&".join(f"{name}={value}" for name, value in self.query.items() if name != TIMESTAMP)
        return f"/{self.route}?{query}"


@attrs.define(eq=False)
class Running:
    """An app that runs in the page: its own object, and its pages, the one on the screen last."""

    package: Package
    instance: Instance
    #: By what no other page is called: those that are there, also the tabs that are not on the screen.
    open: dict[str, ShownPage] = attrs.field(factory=dict)
    stack: list[ShownPage] = attrs.field(factory=list)

    @property
    def app(self) -> Any:
        """What `getApp` gives."""
        return self.instance.value

    @property
    def current_pages(self) -> list[Any]:
        """What `getCurrentPages` gives."""
        return [page.program for page in self.stack]


@attrs.define(eq=False)
class Launch:
    """An app that is to run in the page, from when it is launched until another one is."""

    platform: Platform
    package: Package
    #: What the app is told of its launch beside what the page says.
    told: Mapping[str, Any]
    loop: asyncio.AbstractEventLoop
    ready: asyncio.Future[Instance]
    fresh: bool = True


class Apps:
    """Launches apps in the page, and tells them what it says. A page that is loaded anew launches its app anew."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._launch: Launch | None = None
        self.running: Running | None = None
        bridge.arrived = self._page_came

    async def launch(self, platform: Platform, package: Package, entry: Mapping[str, Any]) -> Instance:
        """Has the page load itself anew, unless it has just been loaded, and the app told of that."""
        try:
            app = self._bridge.page().app
            routes = None if app is None else app.routes()
        except JsError as error:
            raise _failure(str(error), platform) from None
        if not isinstance(routes, list):
            raise NotSupported("App.launch", platform.name, reason="host", host="page", lack=LACK, way_out=WAY_OUT)
        missing = [route for route in package.pages if route not in routes]
        if missing:
            raise _failure(f"the page has no {', '.join(missing)}; build it anew, by taropy page build --app", platform)
        loop = asyncio.get_running_loop()
        told = {name: value for name, value in entry.items() if name not in ("path", "query")}
        self._launch = launch = Launch(platform, package, told, loop, loop.create_future())
        attaching = loop.create_task(self._attach(launch, _address(entry)))
        try:
            return await asyncio.wait_for(launch.ready, self._bridge.patience)
        except TimeoutError:
            raise _failure(f"the page was not ready for {self._bridge.patience:g} s", platform) from None
        finally:
            attaching.cancel()
            if launch.ready.cancelled() and self._launch is launch:
                self._launch = None

    def opened(self, tell: Callable[[Any], object]) -> Callable[[Any], object]:
        """Tells what has come of `navigateTo`, with a channel to the program's own page."""

        def told(result: Any) -> None:
            stack = [] if self.running is None else self.running.stack
            if stack and isinstance(result, dict) and isinstance(result.get("eventChannel"), RemoteObject):
                result = {**result, "eventChannel": OpenerChannel(result["eventChannel"], stack[-1].channel)}
            tell(result)

        return told

    def follow(self, *, leads: bool = False) -> None:
        """Has the app told of what a person has done, which may lead to another page.

        Outside any loop that is now. In one, `taropy.settled()` waits for it.
        """
        launch = self._launch
        if launch is None or launch.loop.is_closed() or not self._bridge.connected:
            return
        if running_loop() is launch.loop:
            keep_under_way(launch.loop.create_task(self._through(leads)))
        elif running_loop() is None and is_own(launch.loop):
            launch.loop.run_until_complete(self._through(leads))
            jobs_of(launch.loop).drive()

    # --- its own -----------------------------------------------------------------------------------------------------

    def _page_came(self) -> None:
        """A page has connected, from the thread that reads; if an app is to run, it is launched there."""
        launch = self._launch
        if launch is not None and not launch.fresh:
            self._bridge.mail.post(launch.loop, self._attach_anew, launch)

    def _attach_anew(self, launch: Launch) -> None:
        if launch is self._launch:
            keep_under_way(launch.loop.create_task(self._attach(launch, None)))

    async def _attach(self, launch: Launch, url: str | None) -> None:
        """Has the page tell of itself. One that is gone meanwhile comes back, or not."""
        first, launch.fresh = launch.fresh, False
        app = self._bridge.app
        if app is None:
            return
        self.running = None
        options = {"to": partial(self._hear, launch), "url": url, "anyway": not first}
        try:
            told = await asyncio.wait_for(promised("attach", app, options), self._bridge.patience)
        except (JsError, TimeoutError):
            if self._bridge.closed and not launch.ready.done():
                launch.ready.set_exception(_failure(CLOSED, launch.platform))
            return
        is_there = isinstance(told, dict) and told.get("anew") is False
        if is_there and self.running is not None and not launch.ready.done():
            launch.ready.set_result(self.running.instance)

    async def _through(self, leads: bool) -> None:
        app = self._bridge.app
        if app is not None:
            try:
                await asyncio.wait_for(promised("through", app, {"leads": leads}), self._bridge.patience)
            except (JsError, TimeoutError):
                return

    def _hear(self, launch: Launch, *said: Any) -> None:
        """The page says what has happened: an event, a page's path or None for the app, the paths of all, and more."""
        if launch is not self._launch:
            return
        with in_a_loop():
            match said:
                case (("onLaunch" | "onShow") as event, None, [*_], dict() as entry):
                    self._tell_app(launch, event, entry)
                case (str() as event, None, [*_], *given) if event not in ENTRIES:
                    self._tell_app(launch, event, *given)
                case ("onLoad", str() as path, [*stack], dict() as query, channel):
                    self._open_page(launch, path, stack, query, channel)
                case (str() as event, str() as path, [*stack], *given) if event != "onLoad":
                    self._tell_page(event, path, stack, *given)
                case _:
                    _log.warning("the page has told what is no event of an app: %s", str(said)[:100])

    def _tell_app(self, launch: Launch, event: str, *given: Any) -> None:
        running = self._begun(launch) if event == "onLaunch" else self._running(launch)
        if running is None:
            return
        if event in ENTRIES and not running.open:
            given = ({**given[0], **launch.told},)
        self._tell(running, running.instance, "the app", event, *given)

    def _open_page(self, launch: Launch, path: str, stack: list[Any], query: dict[str, Any], channel: Any) -> None:
        running = self._running(launch)
        if running is not None:
            running.open[path] = self._opened(running, path, query, channel)
            self._tell_page("onLoad", path, stack, query)

    def _tell_page(self, event: str, path: str, stack: list[Any], *given: Any) -> None:
        running = self.running
        if running is None:
            return
        page = running.open.get(path)
        running.stack = [running.open[each] for each in stack if isinstance(each, str) and each in running.open]
        if page is None:
            return
        if event == "onUnload":
            del running.open[path]
        if page.instance is not None:
            self._tell(running, page.instance, page.route, event, *given)

    def _running(self, launch: Launch) -> Running | None:
        """The app, which begins to run with whatever is told first."""
        return self.running or self._begun(launch)

    def _begun(self, launch: Launch) -> Running | None:
        """The app, which begins to run; None if its own code throws, which is told to whoever launches it."""
        try:
            self.running = Running(launch.package, launch.package.start())
        except Exception as error:
            self.running = self._launch = None
            if launch.ready.done():
                report("the code of the app threw", error)
            else:
                launch.ready.set_exception(error)
        return self.running

    def _opened(self, running: Running, path: str, query: dict[str, Any], channel: Any) -> ShownPage:
        """A new page, with the program's own behind it; blank if the program cannot make it, or has none."""
        package, route = running.package, path.partition("?")[0].strip("/")
        page = ShownPage(route, query, path, PageChannel(channel), package.window(route), self._bridge)
        if route in package.pages:
            try:
                page.instance = package.open(page)
            except Exception as error:
                self._failed(running, error, f"the code of {route}")
        return page

    def _tell(self, running: Running, instance: Instance, called: str, event: str, *given: Any) -> None:
        try:
            instance.handle(event, *given)
        except Exception as error:
            if called == "the app" and event == "onError":
                report("onError of the app threw", error)
            else:
                self._failed(running, error, f"{event} of {called}")

    def _failed(self, running: Running, error: Exception, where: str) -> None:
        """Tells the app of what its code threw, in `onError`; if it does not listen, it is reported."""
        error.__traceback__ = from_the_program(error.__traceback__)
        if not running.instance.handles("onError"):
            report(f"{where} threw", error)
            return
        collected(UnhandledErrorWarning(error, f"{where} threw", heard=True))
        self._tell(running, running.instance, "the app", "onError", error_told(error))


def _address(entry: Mapping[str, Any]) -> str | None:
    """Where the app is launched, as Taro's router has it in the page's address; None for where the page is."""
    path, query = entry.get("path"), entry.get("query") or {}
    if path is None and not query:
        return None
    told = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    url = f"/{(path or '').lstrip('/')}"
    return f"{url}{'&' if '?' in url else '?'}{told}" if told else url


def _failure(reason: str, platform: Platform) -> TaroError:
    return TaroError(f"launch:fail {reason}", api="launch", platform=platform.name)
