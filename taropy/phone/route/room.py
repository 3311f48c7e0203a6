"""The pages of each app: a stack, of which the topmost is on the screen.

An app that was never launched has every page that its program asks for, and each is blank.

Facts: which events come when, and what is refused in which words, from developers.weixin.qq.com/miniprogram/dev,
"framework/app-service/route" and "reference/api/Page"; the order within one route was not found documented for
`onReady`, which here always comes before the route has succeeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ...hints import check_slip
from ...models.record import Record, record
from ...runtime.apps import Instance, Package
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.channel import EventChannel
from ..core.checked import number
from ..core.functions import answered, only, plain, value
from ..core.listening import Listeners
from ..core.options import function, mapping, optional, required
from ..core.page import A_FRIEND, Page
from ..core.room import Room
from ..core.running import HOME, Kept, Running
from ..core.vendors import is_web, of_vendor
from .sharing import described, in_time, title
from .transitions import Router, settle, transition
from .urls import query_of, route_of
from .ways import HARMONY, Way, way_of
from .web import PageChannel, draw_bar, slides, stamped, stamped_anew

if TYPE_CHECKING:
    from ..core.faces import Phone

SHARED_BY = ("menu", "button")
#: The events that pages hear of; a vendor may have more.
EVENTS = (
    "onLoad", "onShow", "onReady", "onHide", "onUnload", "onPullDownRefresh", "onReachBottom", "onPageScroll",
    "onResize", "onTabItemTap", "onShareAppMessage", "onShareTimeline", "onAddToFavorites", "onSaveExitState",
    "onTitleClick", "onOptionMenuClick", "onPopMenuClick", "onKeyboardHeight", "onPullIntercept",
)  # fmt: skip

#: How many pages the stack may hold. Taro's own routers, for the web and for native apps, know no limit.
STACK_LIMIT = 10
LIMITS: Mapping[str, int | None] = {**dict.fromkeys(("h5", "rn", "harmony-hybrid")), "harmony": 32}
#: What a page more than that fails with: the reason, and fields beside it.
OVER: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "harmony": ("Page stack error. Too many pages are pushed.", {"code": 100003}),
}
WECHAT_OVER: tuple[str, Mapping[str, Any]] = ("webview count limit exceed", {})

# HarmonyOS's router goes one page back, or, on the first, nowhere; Taro's code asks for no more.
ONE_BACK: Mapping[str, bool] = {"harmony": True}

# Alipay's words from opendocs.alipay.com/mini/api, "my.navigateBack".
NO_WAY_BACK: Mapping[str, str] = {"my": "already top of navigation"}

#: Who shows no tab bar on a page that `navigateTo` and `redirectTo` open: github.com/AlipayDocs/open-docs, "路由 FAQ".
LEAVES_BARS_OUT: Mapping[str, bool] = {"my": True}

#: How near the end of the page its bottom counts as reached, in px, unless the page says otherwise.
REACH_BOTTOM_DISTANCE = 50

# For how many seconds navigateTo does not go to the same url again: plugin-platform-harmony-hybrid 4.1.11.
PAUSES: Mapping[str, float] = {"harmony-hybrid": 0.3}


class Pages(Room, name="pages"):
    """The pages of each app, how one leads to another, and what a person does on them.

    What a person does takes the app that it is done to; without one, the app that is in front.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._running: dict[str, Running] = {}
        self._front: App | None = None
        # By the app's key: the url that navigateTo has gone to last, and when.
        self._gone: dict[str, tuple[object, float]] = {}
        #: Other rooms listen here: `scroll` is told when a page has been scrolled, `route`, with the app, when another
        #: page of it has come to the screen.
        self.changes = Listeners()

    # --- what is there -----------------------------------------------------------------------------------------

    def of(self, app: App) -> Running:
        """The app as it runs; a blank one if it was never launched."""
        running = self._running.get(app.key)
        if running is None:
            running = self._running[app.key] = Running()
            self._front = self._front or app
        return running

    def place(self, app: App, url: str, query: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
        """What `url` means when nothing is open yet: the route, the path that programs are told, and the query."""
        route = route_of(app, f"/{url.lstrip('/')}", "")
        told = {**query_of(app, url), **query}
        return (route, f"/{route}", stamped(self.of(app), told)) if is_web(app) else (route, route, told)

    def stack(self, app: App) -> list[Page]:
        """The pages of the app, the one on the screen last."""
        return self.of(app).stack

    def top(self, app: App) -> Page:
        """The page on the screen."""
        return self.of(app).top

    @property
    def front(self) -> App:
        """The app in front: the one launched last, else the first that has used its pages."""
        app = self._front or next(iter(self.phone.apps), None)
        if app is None:
            raise LookupError("no app is on this phone yet: make one with taropy.create(…, phone=phone)")
        return app

    @property
    def current(self) -> Page:
        """The page on the screen, of the app in front."""
        return self.top(self.front)

    @property
    def routes(self) -> list[str]:
        """The routes of the pages of the app in front, the one on the screen last."""
        return [page.route for page in self.stack(self.front)]

    def in_words(self) -> Iterator[str]:
        """The routes of the app in front, the one on the screen last."""
        front = self._front
        if front is not None and front.key in self._running:
            yield " › ".join(page.route for page in self._running[front.key].stack)

    def begin(self, app: App, package: Package) -> Running:
        """Installs the app anew and puts it in front. What ran before is gone, and is not told."""
        self._front = app
        before = self._running.get(app.key)
        running = self._running[app.key] = Running(package, opened=False)
        running.exit_states = before.exit_states if before is not None else {}
        return running

    def snapshot(self) -> Any:
        """Which pages are open, and how they are shown."""
        return self._front, {key: Kept(running) for key, running in self._running.items()}

    def restore(self, state: Any) -> None:
        """Puts the stacks back, without telling anybody. The pages are the same objects."""
        self._front, kept = state
        self._running = {key: each.restored() for key, each in kept.items()}

    # --- native functions --------------------------------------------------------------------------------------

    # They are async so that a route begins when the code that asked for it has returned; routes follow each other.

    @answered
    async def navigateTo(self, app: App, options: Options) -> Result:
        """Opens a page on top of the others; `eventChannel` leads to it, with the listeners of `events` on it.

        Fails for an unknown page, for one of the tab bar, and with `webview count limit exceed` past ten pages.
        """
        if self._is_repeated(app, options):
            return {}
        page = self._go(app, options, "navigateTo")
        if of_vendor(HARMONY, app, False):
            return {}
        if not isinstance(page.channel, PageChannel):
            return {"eventChannel": page.channel}
        self.phone.spawn(page.channel.opened())
        return {"eventChannel": page.channel.opener}

    @answered
    async def redirectTo(self, app: App, options: Options) -> None:
        """Opens a page in the place of the one on the screen, which is unloaded."""
        self._go(app, options, "redirectTo")

    @answered
    async def reLaunch(self, app: App, options: Options) -> None:
        """Unloads all pages, those of the tab bar too, and opens one."""
        self._go(app, options, "reLaunch")

    @answered
    async def switchTab(self, app: App, options: Options) -> None:
        """Shows a page of the tab bar, whatever its query; pages that are no tabs are unloaded, tabs stay alive."""
        self._go(app, options, "switchTab")

    @answered
    async def navigateBack(self, app: App, options: Options) -> None:
        """Unloads `delta` pages, one by default, and shows the one below; at most until the first is left."""
        one = of_vendor(ONE_BACK, app, False)
        delta = 1 if one else optional(options, "delta", "Number", 1)
        running = self.of(app)
        if len(running.stack) == 1 and is_web(app):
            self._reload(app, running)
            return
        if len(running.stack) == 1:
            if one:
                return
            raise Fail(of_vendor(NO_WAY_BACK, app, "cannot navigate back at first page."))
        if not await self.phone.window.may_leave(running.top):
            raise Fail("cancel")
        began = self.phone.clock.now()
        self._back(app, running, int(min(delta, len(running.stack) - 1)) if delta >= 1 else 1, began)

    @plain
    def getCurrentPages(self, app: App) -> list[Any]:
        """The program's own page objects, the one on the screen last; the list is the caller's."""
        running = self.of(app)
        return [page.program for page in running.stack] if running.opened else []

    @only("wx")
    @value
    def router(self, app: App) -> Router:
        """`wx.router`; other vendors have none."""
        return Router(self.phone, app)

    # --- what a person does --------------------------------------------------------------------------------------

    def pull_down(self, app: App | None = None) -> bool:
        """Pulls the page down to refresh it; gives whether it lets itself be refreshed (`enablePullDownRefresh`)."""
        app = app or self.front
        page = self.top(app)
        if self.of(app).package is not None and not page.window.get("enablePullDownRefresh"):
            return False
        page.refreshing = True
        self.tell_page(app, page, "onPullDownRefresh")
        return True

    def scroll(self, top: float, app: App | None = None) -> None:
        """Scrolls the page, so that `top` px of it are above the screen; a web page no further than to its end.

        A page that seems to fit into the window can be scrolled all the same, since text takes no room here.
        """
        number().check("how far a page is scrolled", top)
        app = app or self.front
        end = self._end(app) if is_web(app) else None
        self.scrolled(app, min(top, end) if end else top)

    def scroll_to_bottom(self, app: App | None = None) -> None:
        """Scrolls the page to its end, which `onReachBottom` is told of."""
        app = app or self.front
        page, end = self.top(app), self._end(app)
        top = page.scroll_top if end is None else end
        page.at_bottom = False
        self._scrolled(app, page, top, reached=True)

    def scrolled(self, app: App, top: float) -> None:
        """Notes that the page on the screen is scrolled to `top`, and tells it: `onPageScroll`, `onReachBottom`."""
        page = self.top(app)
        self._scrolled(app, page, top, reached=self._is_at_bottom(app, page, top))

    def tap_tab(self, index: int, app: App | None = None) -> None:
        """Taps an item of the tab bar, counted from 0: its page is shown, and told by `onTabItemTap`.

        On the web it is the page that was shown before that is told, and its `index` is a number.
        LookupError if the page on the screen shows no tab bar, or that has no such item.
        """
        app = app or self.front
        running = self.of(app)
        if running.package is None or not running.shows_tabs(running.top):
            raise LookupError(f"{running.top.route} shows no tab bar")
        tabs = running.package.tabs
        if index not in range(len(tabs)):
            raise LookupError(f"the tab bar has the items 0 to {len(tabs) - 1}, and not {index!r}")
        route, text = running.package.tab_routes[index], tabs[index]["text"]
        if is_web(app):
            self.tell_page(app, running.top, "onTabItemTap", {"index": index, "pagePath": f"/{route}", "text": text})
        self._switch(app, running, route, {})
        if not is_web(app):
            tapped = {"index": str(index), "pagePath": running.top.route, "text": text}
            self.tell_page(app, running.top, "onTabItemTap", tapped)

    def press_back(self, app: App | None = None) -> None:
        """Goes back to the page below; on the first page this leaves the app, as the back button of a phone does."""
        app = app or self.front
        running = self.of(app)
        if len(running.stack) == 1:
            self.phone.lifecycle.background(app)
            return
        self.phone.window.leave(running.top, partial(self._go_back, app, running, running.top))

    async def share(
        self, app: App | None = None, *, by: str = "menu", target: Any = None, to: str = A_FRIEND
    ) -> Record:
        """Shares the page, `by` its `menu` or a `button`; gives the card: `title`, `path`, `imageUrl`.

        It is in the chat with `to` then, a friend or a group, see `phone.chats`. What the page does not say is the page
        itself. A page that gives a promise has three seconds for it. LookupError if the page lets nobody share it, or
        has hidden the menu's button.
        """
        check_slip(by, SHARED_BY, "nobody shares a page by {!r}")
        app = app or self.front
        page = self.top(app)
        if by == "menu":
            self._check_offered(page, "shareAppMessage")
        told = {"from": by} if target is None else {"from": by, "target": target}
        card = await in_time(self.phone, app, page, self._asked_for(app, page, "onShareAppMessage", told)) or {}
        promised = await in_time(self.phone, app, page, card.get("promise"))
        given = {name: value for name, value in (promised or card).items() if name != "promise" and value is not None}
        shared = Record(record({"title": title(page), "path": page.path, **given}))
        self.phone.chats.shared(app, page, shared, to)
        return shared

    def share_timeline(self, app: App | None = None) -> Record:
        """Shares the page on the person's timeline; gives what is shared: `title`, `query`, `imageUrl`.

        LookupError if the page lets nobody share it there, or has hidden the menu's button.
        """
        app = app or self.front
        self._check_offered(self.top(app), "shareTimeline")
        return described(self.top(app), self._asked_for(app, self.top(app), "onShareTimeline"))

    def add_to_favorites(self, app: App | None = None) -> Record:
        """Adds the page, any page, to the person's favorites; gives what is kept: `title`, `query`, `imageUrl`."""
        app = app or self.front
        kept = described(self.top(app), self.tell_page(app, self.top(app), "onAddToFavorites", {"webviewUrl": ""}))
        self.phone.favorites.keep_page(app, {**kept, "path": self.top(app).route})
        return kept

    def tell(self, event: str, *arguments: Any, app: App | None = None) -> Any:
        """Tells the page on the screen of any other event (`onTitleClick`, `onPopMenuClick`, …); gives its answer."""
        app = app or self.front
        if not self.top(app).instance.handles(event):
            check_slip(event, EVENTS, "no page hears of {!r}")
        return self.tell_page(app, self.top(app), event, *arguments)

    # --- for the other rooms -----------------------------------------------------------------------------------

    def tell_page(self, app: App, page: Page, event: str, *arguments: Any) -> Any:
        """Tells a page of an event. What its handler throws goes to the app's `onError`."""
        return self.tell_instance(app, page.instance, page.route, event, *arguments)

    def tell_instance(self, app: App, instance: Instance, called: str, event: str, *arguments: Any) -> Any:
        """The same for a page's or an app's program; `called` is what messages call it."""
        try:
            return instance.handle(event, *arguments)
        except Exception as error:
            self.phone.lifecycle.failed(app, error, f"{event} of {called}")
            return None

    def enter(self, app: App, running: Running, page: Page, by: str) -> None:
        """Puts a new page on top, and tells it so; `by` is the function that opens it, or `appLaunch`."""
        running.stack.append(page)
        running.opened = True
        self.changes.tell("route", app)
        self.tell_page(app, page, "onLoad", dict(page.query))
        if is_web(app):
            draw_bar(running, page)
        self.tell_page(app, page, "onShow")
        self.tell_page(app, page, "onReady")
        self.phone.performance.routed(app, page, by, running.began if by == "appLaunch" else page.began)

    def open_alone(self, app: App, running: Running, route: str, query: dict[str, str], by: str) -> None:
        """Unloads all pages and opens one; `by` as for `enter`."""
        for page in [*reversed(running.stack), *running.tabs.values()]:
            self.tell_page(app, page, "onUnload")
        made = self._make(app, running, route, query)
        running.stack.clear()
        running.tabs.clear()
        self.enter(app, running, made, by)
        if is_web(app) and not running.has(route):
            running.spare_stamp = made.query.get("stamp")

    def told_query(self, app: App, query: Mapping[str, Any]) -> dict[str, Any]:
        """What the app is told of the query of a page that is not there."""
        return stamped_anew(self.of(app), query) if is_web(app) else dict(query)

    def close(self) -> None:
        """Forgets all apps, without telling them."""
        self._running.clear()

    # --- its own -----------------------------------------------------------------------------------------------

    def _is_repeated(self, app: App, options: Options) -> bool:
        """Whether the program has gone to the same url a moment ago, where a second tap is taken for a slip."""
        pause, url, now = of_vendor(PAUSES, app, 0.0), options.get("url"), self.phone.clock.now()
        if not pause:
            return False
        last, moment = self._gone.get(app.key, (None, 0.0))
        repeated = url == last and now - moment < pause
        if not repeated:
            self._gone[app.key] = url, now
        return repeated

    def _go(self, app: App, options: Options, function: Way) -> Page:
        """Goes to the url; gives the page that is on the screen then."""
        url = required(options, "url", "String")
        running = self.of(app)
        route, query = route_of(app, url, running.top.route), query_of(app, url)
        match way_of(app, running, function, route, url):
            case "navigateTo":
                self._push(app, running, route, query, options)
            case "redirectTo":
                page = self._make(app, running, route, query)
                page.barless = of_vendor(LEAVES_BARS_OUT, app, False)
                self._leave(app, running)
                self.enter(app, running, page, "redirectTo")
            case "reLaunch":
                self.open_alone(app, running, route, query, "reLaunch")
            case "switchTab":
                self._switch(app, running, route, query if is_web(app) else {})
            case "onPageNotFound":
                self.phone.lifecycle.not_found(app, f"/{route}" if is_web(app) else route, query)
            case "stay alone":
                self._forget_below(app, running)
        return running.top

    def _push(self, app: App, running: Running, route: str, query: dict[str, str], options: Options) -> None:
        events = mapping(options.get("events"), "parameter.events")
        limit = of_vendor(LIMITS, app, STACK_LIMIT)
        if limit is not None and len(running.stack) >= limit:
            reason, fields = of_vendor(OVER, app, WECHAT_OVER)
            raise Fail(reason, **fields)
        page, below = self._make(app, running, route, query), running.top
        page.barless = of_vendor(LEAVES_BARS_OUT, app, False)
        if isinstance(page.channel, PageChannel):
            page.channel.open(events)
        else:
            _listen(page.channel, events)
        page.transition = self._transition(app, running, page, options)
        self.tell_page(app, below, "onHide")
        self.enter(app, running, page, "navigateTo")
        settle(page, below, open=True)

    def _transition(self, app: App, running: Running, page: Page, options: Options) -> Any:
        """How the page comes in. A builder that throws is told in `onError`, and the page comes in as usual."""
        try:
            return transition(app, running, page, options, partial(self._go_back, app, running, page))
        except Fail:
            raise
        except Exception as error:
            self.phone.lifecycle.failed(app, error, f"the route builder of {options['routeType']}")
            return None

    def _make(self, app: App, running: Running, route: str, query: dict[str, str]) -> Page:
        """A new page, with the program's own behind it, which does not know yet that it is open.

        A program that cannot make it is told in `onError`, and the page is blank.
        """
        package = running.package
        window = {} if package is None else package.window(route)
        page = Page(route, query, window, began=self.phone.clock.now())
        if package is None:
            return page
        if is_web(app):
            page.web, page.query = True, stamped(running, query)
            page.channel = running.channel = running.channel or PageChannel()
        page.exit_state = running.take_exit_state(route, self.phone.clock.now())
        if route in package.pages:
            try:
                page.instance = package.open(page)
            except Exception as error:
                self.phone.lifecycle.failed(app, error, f"the code of {route}")
        return page

    def _reload(self, app: App, running: Running) -> None:
        """Begins anew on the page that is shown, as a browser does that has nowhere to go back to."""
        if running.package is not None:
            query = {name: value for name, value in running.top.query.items() if name != "stamp"}
            self.phone.lifecycle.launch(app, running.package, running.top.route, query)

    def _go_back(self, app: App, running: Running, page: Page) -> None:
        """Unloads the page, if it is still the one on the screen, and shows the one below."""
        if running.top is page:
            self._back(app, running, 1, self.phone.clock.now())

    def _back(self, app: App, running: Running, count: int, began: float) -> None:
        """Unloads the uppermost pages, as many as that, and shows the one below them."""
        if slides(app, running):
            self._slide_back(app, running, count, began)
            return
        for _ in range(count):
            self._leave(app, running)
        self._show_again(app, running, "navigateBack", began)

    def _slide_back(self, app: App, running: Running, count: int, began: float) -> None:
        """The same where the uppermost page slides out: it goes last, but for the step to a page that is no tab."""
        uppermost, *others = [running.stack.pop() for _ in range(count)]
        at_last = bool(others) or running.is_tab(running.top.route)
        for page in others if at_last else [uppermost]:
            self.tell_page(app, page, "onUnload")
        self._show_again(app, running, "navigateBack", began)
        if at_last:
            self.tell_page(app, uppermost, "onUnload")

    def _leave(self, app: App, running: Running) -> None:
        """Unloads the page on the screen, which is still there while it hears of it."""
        self.tell_page(app, running.top, "onUnload")
        left = running.stack.pop()
        if running.stack:
            settle(left, running.top, open=False)

    def _switch(self, app: App, running: Running, route: str, query: dict[str, str]) -> None:
        """Shows a tab: the one that is kept alive, else a new one, with the query."""
        if [page.route for page in running.stack if running.shows_tabs(page)] == [route] and len(running.stack) == 1:
            return
        began = self.phone.clock.now()
        alive = {**running.tabs, **{page.route: page for page in running.stack if running.shows_tabs(page)}}
        page = alive.pop(route, None)
        made = self._make(app, running, route, query) if page is None else None
        if running.top in alive.values():
            self.tell_page(app, running.top, "onHide")
        leaving = [left for left in reversed(running.stack) if not running.shows_tabs(left)]
        at_last = leaving[: slides(app, running)]
        for left in leaving[len(at_last) :]:
            self.tell_page(app, left, "onUnload")
        running.stack.clear()
        running.tabs = alive
        if made is not None:
            self.enter(app, running, made, "switchTab")
        elif page is not None:
            running.stack.append(page)
            self._show_again(app, running, "switchTab", began)
        for left in at_last:
            self.tell_page(app, left, "onUnload")

    def _forget_below(self, app: App, running: Running) -> None:
        """Unloads all pages but the one on the screen."""
        for page in [*reversed(running.stack[:-1]), *running.tabs.values()]:
            self.tell_page(app, page, "onUnload")
        del running.stack[:-1]
        running.tabs.clear()

    def _show_again(self, app: App, running: Running, by: str, began: float) -> None:
        """Tells the page that has come back to the screen."""
        self.changes.tell("route", app)
        if is_web(app):
            draw_bar(running, running.top)
        self.tell_page(app, running.top, "onShow")
        self.phone.performance.routed(app, running.top, by, began, rendered=False)

    def _scrolled(self, app: App, page: Page, top: float, *, reached: bool) -> None:
        page.scroll_top = top
        self.tell_page(app, page, "onPageScroll", {"scrollTop": top})
        newly, page.at_bottom = reached and not page.at_bottom, reached
        if newly:
            self.tell_page(app, page, "onReachBottom")
        self.changes.tell("scroll")

    def _is_at_bottom(self, app: App, page: Page, top: float) -> bool:
        height = self.phone.nodes.height(app)
        if height is None:
            return False
        distance = page.window.get("onReachBottomDistance", REACH_BOTTOM_DISTANCE)
        left = height - top - self.phone.window.page_height(app)
        return bool(left < distance if is_web(app) else left <= distance)

    def _end(self, app: App) -> float | None:
        """How far the page on the screen can be scrolled; None if nobody has said how high it is."""
        height = self.phone.nodes.height(app)
        return None if height is None else max(height - self.phone.window.page_height(app), 0)

    def _check_offered(self, page: Page, how: str) -> None:
        if not self.phone.chats.offers(page, how):
            raise LookupError(f"{page.route} has hidden {how} in its menu")

    def _asked_for(self, app: App, page: Page, event: str, *arguments: Any) -> Any:
        if not page.instance.handles(event):
            enable = event.replace("on", "enable", 1)
            raise LookupError(f"{page.route} has no {event}; a function page needs {enable}=True in its settings too")
        return self.tell_page(app, page, event, *arguments)


def _listen(channel: EventChannel, events: Mapping[str, Callable[..., Any]]) -> None:
    for name, listener in events.items():
        channel.on(name, function(listener, f"parameter.events.{name}"))


__all__ = ["HOME", "EventChannel", "Instance", "Package", "Page", "Pages", "Running"]
