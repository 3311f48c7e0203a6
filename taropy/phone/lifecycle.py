"""The apps as a whole: launched, hidden and shown again, and told of what goes wrong.

Facts: events, options and their order from developers.weixin.qq.com/miniprogram/dev, "reference/api/App",
"framework/runtime/operating-mechanism" and "api/base/app"; errMsg of the navigation between apps as programs compare
them.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .events import off, on
from .listening import Listeners, report
from .native import App, Fail, Options, Result, Room, answered, plain
from .options import optional, required
from .pages import Package, Running
from .pages.urls import query_of, route_of
from .person import Question

if TYPE_CHECKING:
    from .phone import Phone

#: WeChat's scene of a launch from the list on its main page.
FROM_THE_LIST = 1001

#: The scenes of an app that another one has opened, and of one that another one has come back to.
FROM_ANOTHER_APP = 1037

#: How long what `onSaveExitState` gives is kept, in seconds, unless it says otherwise.
A_DAY = 24 * 3600


class Lifecycle(Room):
    """The life of the apps on this phone."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        #: The phone's own rooms that want to know: "launch" tells of an app as it is launched.
        self.listeners = Listeners()
        #: What programs have thrown in their handlers, oldest first, whoever was told of it: the last hundred.
        self.errors: deque[Exception] = deque(maxlen=100)
        phone.system.changes.on("theme", self._theme_changed)
        phone.system.changes.on("orientation", self._turned)

    # --- what happens to an app --------------------------------------------------------------------------------

    def launch(
        self,
        app: App,
        package: Package,
        path: str | None = None,
        query: Mapping[str, str] | None = None,
        scene: int = FROM_THE_LIST,
        **options: Any,
    ) -> Running:
        """Starts the app anew: `onLaunch`, `onShow`, then its page. `options` go with these two (`referrerInfo`, …).

        Whatever the app was doing before ends without being told. `onPageNotFound` is told of a path that is none of
        its pages; a page that it opens then takes the place of the phone's own, which says that there is none.
        """
        running = self.phone.pages.begin(app, package)
        url = path or package.home
        running.launch = running.enter = _entry(app, url, query, scene, options)
        running.began = self.phone.clock.now()
        self.phone.network.launched(app, package.config)
        self.listeners.tell("launch", app)
        running.instance = package.start()
        self.phone.performance.launched(app, running.began)
        self._tell(app, "onLaunch", running.launch)
        self._tell(app, "onShow", running.enter, event="AppShow")
        self._open(app, running, running.launch, first=True)
        return running

    def background(self, app: App | None = None) -> None:
        """Hides the app: first its page, then the app itself."""
        app = app or self.phone.pages.front
        running = self.phone.pages.of(app)
        if running.visible:
            running.visible = False
            self.phone.network.hidden(app)
            self.phone.pages.tell_page(app, running.top, "onHide")
            self._tell(app, "onHide", running.enter, event="AppHide")
            self._save_exit_state(app, running)

    def foreground(
        self,
        app: App | None = None,
        *,
        scene: int,
        path: str | None = None,
        query: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        """Shows the app again: first the app, then its page. With a `path` its pages give way to that one."""
        app = app or self.phone.pages.front
        running = self.phone.pages.of(app)
        if running.visible and path is None:
            return
        running.visible = True
        self.phone.network.shown(app)
        url = running.top.path if path is None else path
        running.enter = _entry(app, url, query, scene, options)
        self._tell(app, "onShow", running.enter, event="AppShow")
        if path is None:
            self.phone.pages.tell_page(app, running.top, "onShow")
        else:
            self._open(app, running, running.enter, first=False)

    def failed(self, app: App, error: Exception) -> None:
        """Tells the app of what one of its handlers threw, in `onError`; if it does not listen, it is reported."""
        self.errors.append(error)
        running = self.phone.pages.of(app)
        if not running.instance.handles("onError") and "Error" not in self.audience(app):
            report(f"a handler of {app.key} threw", error)
            return
        text = f"MiniProgramError\n{error}\n{''.join(traceback.format_exception(error))}"
        self.audience(app).tell("Error", text)
        try:
            running.instance.handle("onError", text)
        except Exception as again:
            report(f"onError of {app.key} threw", again)

    def themed(self, app: App) -> bool:
        """Whether the app has a look for the dark (`darkmode`); one that was never launched counts as if it had."""
        package = self.phone.pages.of(app).package
        return package is None or bool(package.config.get("darkmode"))

    def interrupt_audio(self) -> None:
        """A call, an alarm, another app's voice: takes the sound from the apps."""
        self.tell_apps("AudioInterruptionBegin", lambda app: {})

    def resume_audio(self) -> None:
        """Gives it back."""
        self.tell_apps("AudioInterruptionEnd", lambda app: {})

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def getApp(self, app: App, options: Options | None = None) -> Any:
        """The program's own app object; of an app that was never launched, one that programs may put things on."""
        return self.phone.pages.of(app).instance.value

    @plain
    def getLaunchOptionsSync(self, app: App) -> Result:
        """What the app was launched with."""
        return _copied(self._launched(app).launch)

    @plain
    def getEnterOptionsSync(self, app: App) -> Result:
        """What the app was launched with, or shown again with, whichever was last."""
        return _copied(self._launched(app).enter)

    onAppShow = on("AppShow", "Tells the options of `getEnterOptionsSync` when the app is shown.")
    offAppShow = off("AppShow")
    onAppHide = on("AppHide", "Tells the options that the app was entered with when it is hidden.")
    offAppHide = off("AppHide")
    onError = on("Error", "Tells, as one text, of what a handler of the app or of a page threw.")
    offError = off("Error")
    onPageNotFound = on("PageNotFound", "Tells `path`, `query` and `isEntryPage` of a page that the app does not have.")
    offPageNotFound = off("PageNotFound")
    onThemeChange = on("ThemeChange", "Tells `theme`, `light` or `dark`, if the app has `darkmode`.")
    offThemeChange = off("ThemeChange")
    onAudioInterruptionBegin = on("AudioInterruptionBegin", "Tells that something else takes the sound.")
    offAudioInterruptionBegin = off("AudioInterruptionBegin")
    onAudioInterruptionEnd = on("AudioInterruptionEnd", "Tells that the sound is the app's again.")
    offAudioInterruptionEnd = off("AudioInterruptionEnd")

    @answered
    async def exitMiniProgram(self, app: App, options: Options) -> None:
        """Leaves the app, which stays in the background."""
        self.background(app)

    @answered
    async def navigateToMiniProgram(self, app: App, options: Options) -> None:
        """Opens another app, if the person agrees; this one goes to the background until `foreground`.

        Script it with `person.script("navigateToMiniProgram", allow=False)`; unless told otherwise the person agrees.
        """
        appid = required(options, "appId", "String")
        if not appid:
            raise Fail("invalid appid")
        if appid == app.appid:
            raise Fail("can't navigate to myself")
        shown = {"appId": appid, "path": optional(options, "path", "String", "")}
        answer = await self.phone.person.answer(Question("navigateToMiniProgram", shown, {"allow": True}))
        if not answer["allow"]:
            raise Fail("cancel")
        self.background(app)

    @answered
    async def navigateBackMiniProgram(self, app: App, options: Options) -> None:
        """Goes back to the app that has opened this one; fails if none has."""
        if self._launched(app).enter["scene"] != FROM_ANOTHER_APP:
            raise Fail("not MiniProgram can navigate back.")
        self.background(app)

    def close(self) -> None:
        """Forgets who listens."""
        self.listeners.clear()
        self._audiences.clear()

    # --- its own -----------------------------------------------------------------------------------------------

    def _launched(self, app: App) -> Running:
        """The app; one that was never launched is taken to be opened from the list, on its first page."""
        running = self.phone.pages.of(app)
        if not running.launch:
            running.launch = running.enter = _entry(app, running.stack[0].path, None, FROM_THE_LIST, {})
        return running

    def _open(self, app: App, running: Running, entry: Result, *, first: bool) -> None:
        """Opens the page that the app was entered by, or the phone's own, if the app has no such page."""
        by = "appLaunch" if first else "reLaunch"
        self.phone.pages.open_alone(app, running, entry["path"], entry["query"], by)
        if not running.has(entry["path"]):
            missing = {"path": entry["path"], "query": dict(entry["query"]), "isEntryPage": first}
            self._tell(app, "onPageNotFound", missing)

    def _save_exit_state(self, app: App, running: Running) -> None:
        """Asks the page on the screen what it wants to find again when the app is launched anew."""
        kept = self.phone.pages.tell_page(app, running.top, "onSaveExitState")
        if isinstance(kept, Mapping):
            usual = (self.phone.clock.now() + A_DAY) * 1000
            until = optional(kept, "expireTimeStamp", "Number", usual)
            running.exit_states[running.top.route] = kept.get("data"), until

    def _tell(self, app: App, handler: str, told: Result, *, event: str = "") -> None:
        """Tells the app's own handler, and who listens to the event of that name."""
        instance = self.phone.pages.of(app).instance
        self.phone.pages.tell_instance(app, instance, handler, _copied(told))
        self.audience(app).tell_each(event or handler.removeprefix("on"), lambda: _copied(told))

    def _theme_changed(self) -> None:
        """Tells the apps of the theme, as far as they have one for the dark (`darkmode`)."""
        for app in self.phone.apps:
            if self.themed(app):
                self._tell(app, "onThemeChange", {"theme": self.phone.system.theme})

    def _turned(self) -> None:
        """Tells the pages on the screen, as far as they turn with the phone."""
        for app in self.phone.apps:
            if self.phone.window.turns(app):
                self.phone.pages.tell_page(app, self.phone.pages.top(app), "onResize", self._size(app))

    def _size(self, app: App) -> Result:
        window = self.phone.system.window(app)
        names = ("windowWidth", "windowHeight", "screenWidth", "screenHeight")
        size = {name: window[name] for name in names}
        return {"deviceOrientation": self.phone.system.orientation, "size": size}


def _entry(app: App, url: str, query: Mapping[str, str] | None, scene: int, options: Mapping[str, Any]) -> Result:
    """The options that an app is launched or shown with."""
    return {
        "path": route_of(app, f"/{url.lstrip('/')}", ""),
        "query": {**query_of(app, url), **(query or {})},
        "scene": scene,
        "shareTicket": "",
        "referrerInfo": {},
        **options,
    }


def _copied(entry: Result) -> Result:
    """A copy that the program may change."""
    return {name: dict(value) if isinstance(value, dict) else value for name, value in entry.items()}
