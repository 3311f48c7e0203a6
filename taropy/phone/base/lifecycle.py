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

from ...hints import close_to
from ...program import from_the_program
from ...runtime.apps import Package, error_told
from ...unheard import UnhandledErrorWarning, collected, report
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import a
from ..core.events import off, on
from ..core.functions import answered, plain
from ..core.listening import Listeners
from ..core.options import optional, required
from ..core.room import Room
from ..core.running import Running
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

#: WeChat's scene of a launch from the list on its main page.
FROM_THE_LIST = 1001

# Taro's router for the web knows of no scenes, nor does its code for HarmonyOS.
SCENES: Mapping[str, int] = {"h5": 0, "harmony": 0, "harmony-hybrid": 0}

#: The scene of an app that is opened from the list of those used last, the usual way back to one.
FROM_RECENT_APPS = 1089

# What an app is told of how it was entered, beside path, query and scene, if nobody says otherwise.
USUAL_ENTRY: Mapping[str, Mapping[str, Any]] = {"my": {"referrerInfo": {}}, "tt": {"referrerInfo": {}}}
# Whose scenes are texts, and who tells, as `showFrom`, whether a link has opened the app or somebody come back to it:
# @douyin-microapp/typings 1.3.1, types/app.d.ts; developer.open-douyin.com, `tt.getEnterOptionsSync`.
SCENES_ARE_TEXTS: Mapping[str, bool] = {"tt": True}
SHOW_FROM: Mapping[str, Mapping[str, int]] = {"tt": {"opened": 10, "back": 0}}
# Whose query is undefined where there is none (github.com/AlipayDocs/open-docs, `my.getLaunchOptionsSync`).
WITHOUT_EMPTY_QUERY: Mapping[str, bool] = {"my": True}
# Who tells nothing of how the app was entered as it is hidden (@mini-types/my, `onAppHide`).
HIDES_WITHOUT_A_WORD: Mapping[str, bool] = {"my": True}
# Where the theme is told to whoever listens: a browser knows no setting of the app's.
ALWAYS_THEMED: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}
# Who tells nothing of it to the app's own handler alone: the hooks of `@tarojs/plugin-framework-react` 4.2.1.
HANDLER_HEARS_NO_ENTRY: Mapping[str, bool] = dict.fromkeys(("h5", "harmony-hybrid"), True)
# Where listeners hear of an event before the app's own handler does, and of the address of the page without its query,
# while the handler hears of the app's launch: `createRouter` of `@tarojs/router`, `onAppShow` of `@tarojs/taro-h5`.
LISTENERS_FIRST: Mapping[str, bool] = dict.fromkeys(("h5", "harmony-hybrid"), True)
# Who tells what an error says and where it was thrown apart (@mini-types/my, `onError`).
TELLS_STACK_APART: Mapping[str, bool] = {"my": True}

#: The scene of an app that another one has opened.
FROM_ANOTHER_APP = 1037

#: What else an app may be told of how it was entered, beside path, query and scene.
ENTRY_OPTIONS = ("shareTicket", "referrerInfo", "forwardMaterials", "chatType", "apiCategory", "showFrom")

#: What a person's question shows of another app that is to be opened, beside its id and path, if it was given.
SHOWN_OF_OTHERS = {"shortLink": "String", "extraData": "Object", "envVersion": "String"}

#: The events that tell how the app was entered.
ENTRIES = ("AppShow", "AppHide")


#: How long what `onSaveExitState` gives is kept, in seconds, unless it says otherwise.
A_DAY = 24 * 3600


class Lifecycle(Room, name="lifecycle"):
    """The life of the apps on this phone."""

    EVENTS_OF_THE_WEB = True

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        #: Who wants to know: "launch" and "hide" tell of an app, "failed" of its error as well, others of the sound.
        self.listeners = Listeners()
        #: Whether something else has the sound.
        self.audio_interrupted = False
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
        scene: int | None = None,
        **options: Any,
    ) -> Running:
        """Starts the app anew: `onLaunch`, `onShow`, then its page. `options` go with these two (`referrerInfo`, …).

        Without a `scene` it is opened from the list of apps, where there is one. Whatever the app was doing before ends
        without being told. `onPageNotFound` is told of a path that is none of its pages; a page that it opens then
        takes the place of the phone's own, which says that there is none.
        """
        _refuse_unknown(options)
        running = self.phone.pages.begin(app, package)
        told = {**_show_from(app, "opened"), **options}
        route, entry = self._entry(app, path or package.home, query, _scene(app, scene, FROM_THE_LIST), told)
        running.launch = running.enter = entry
        running.began, running.since = self.phone.clock.now(), self.phone.clock.elapsed()
        self.phone.network.launched(app, package.config)
        self.listeners.tell("launch", app)
        running.instance = package.start()
        self.phone.performance.launched(app, running.began)
        self._tell(app, "onLaunch", running.launch)
        self._tell(app, "onShow", running.enter, event="AppShow")
        self._open(app, running, route, running.launch, first=True)
        return running

    def background(self, app: App | None = None) -> None:
        """Hides the app: first its page, then the app itself."""
        app = app or self.phone.pages.front
        running = self.phone.pages.of(app)
        if running.visible:
            running.visible = False
            self.phone.network.hidden(app)
            self.listeners.tell("hide", app)
            self.phone.pages.tell_page(app, running.top, "onHide")
            hides_silently = of_vendor(HIDES_WITHOUT_A_WORD, app, False)
            entry = self._shown_anew(app) if of_vendor(LISTENERS_FIRST, app, False) else running.enter
            self._tell(app, "onHide", *([] if hides_silently else [entry]), event="AppHide")
            self._save_exit_state(app, running)

    def foreground(
        self,
        app: App | None = None,
        *,
        scene: int | None = None,
        path: str | None = None,
        query: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        """Shows the app again: first the app, then its page. With a `path` its pages give way to that one."""
        a(int, "a number", or_none=True).check("a scene", scene)
        a(str, "a text", or_none=True).check("a path", path)
        app = app or self.phone.pages.front
        running = self.phone.pages.of(app)
        _refuse_unknown(options)
        if running.visible and path is None:
            return
        if path is None and of_vendor(LISTENERS_FIRST, app, False):
            told = options if scene is None else {"scene": scene, **options}
            route, entry = running.top.route, {**self._shown_anew(app), **told}
            running.enter = entry if told else running.enter
        else:
            scene = _scene(app, scene, FROM_RECENT_APPS)
            told = {**_show_from(app, "back" if path is None else "opened"), **options}
            route, entry = self._entry(app, running.top.path if path is None else path, query, scene, told)
            running.enter = entry
        running.visible = True
        self.phone.network.shown(app)
        self._tell(app, "onShow", entry, event="AppShow")
        if path is None:
            self.phone.pages.tell_page(app, running.top, "onShow")
        else:
            self._open(app, running, route, running.enter, first=False)

    def failed(self, app: App, error: Exception, where: str) -> None:
        """Tells the app of what its code threw, in `onError`; if it does not listen, it is reported: `where` threw.

        Its traceback begins in the app's code, as on phones.
        """
        error.__traceback__ = from_the_program(error.__traceback__)
        self.errors.append(error)
        self.listeners.tell("failed", app, error)
        running = self.phone.pages.of(app)
        if not running.instance.handles("onError") and "Error" not in self.audience(app):
            report(f"{where} threw", error)
            return
        collected(UnhandledErrorWarning(error, f"{where} threw", heard=True))
        told = _error_told(app, error)
        self.audience(app).tell("Error", *told)
        try:
            running.instance.handle("onError", *told)
        except Exception as again:
            report("onError of the app threw", again)

    def not_found(self, app: App, path: str, query: Mapping[str, str], *, first: bool = False) -> None:
        """Tells the app that it has no such page; `first` if it was launched there."""
        query = self.phone.pages.told_query(app, query)
        self._tell(app, "onPageNotFound", {"path": path, "query": query, "isEntryPage": first})

    def themed(self, app: App) -> bool:
        """Whether the app has a look for the dark (`darkmode`); one that was never launched counts as if it had."""
        package = self.phone.pages.of(app).package
        return package is None or bool(package.config.get("darkmode"))

    def interrupt_audio(self) -> None:
        """A call, an alarm, another app's voice: takes the sound from the apps."""
        self.audio_interrupted = True
        self.listeners.tell("audio interrupted")
        self.tell_apps("AudioInterruptionBegin", lambda app: {})

    def resume_audio(self) -> None:
        """Gives it back."""
        self.audio_interrupted = False
        self.listeners.tell("audio resumed")
        self.tell_apps("AudioInterruptionEnd", lambda app: {})

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def getApp(self, app: App, options: Options | None = None) -> Any:
        """The program's own app object; of an app that was never launched, one that programs may put things on."""
        return self.phone.pages.of(app).instance.value

    @plain
    def getLaunchOptionsSync(self, app: App) -> Result:
        """What the app was launched with."""
        return _entry_told(app, self._launched(app).launch)

    @plain
    def getEnterOptionsSync(self, app: App) -> Result:
        """What the app was launched with, or shown again with, whichever was last."""
        return _entry_told(app, self._launched(app).enter)

    onAppShow = on("AppShow", "Tells the options of `getEnterOptionsSync` when the app is shown.")
    offAppShow = off("AppShow")
    onAppHide = on("AppHide", "Tells the options that the app was entered with when it is hidden.")
    offAppHide = off("AppHide")
    onError = on("Error", "Tells, as one text, of what a handler of the app or of a page threw.")
    offError = off("Error")
    onPageNotFound = on("PageNotFound", "Tells `path`, `query` and `isEntryPage` of a page that the app does not have.")
    offPageNotFound = off("PageNotFound")
    onThemeChange = on("ThemeChange", "Tells `theme`, `light` or `dark`, if the app has `darkmode`; on h5 always.")
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
        await self._open_other(app, "navigateToMiniProgram", options)

    @answered
    async def openEmbeddedMiniProgram(self, app: App, options: Options) -> None:
        """The same over the lower part of the screen; the app below hears of it as if it were not to be seen.

        Facts: developers.weixin.qq.com/miniprogram/dev, "framework/open-ability/openEmbeddedMiniProgram".
        """
        await self._open_other(app, "openEmbeddedMiniProgram", options)

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

    async def _open_other(self, app: App, function: str, options: Options) -> None:
        """Goes to the background, if the person lets `function` open the other app that its options tell of."""
        link = optional(options, "shortLink", "String", "")
        appid = "" if link else required(options, "appId", "String")
        if not (link or appid):
            raise Fail("invalid appid")
        if appid == app.appid:
            raise Fail("can't navigate to myself")
        shown = {"appId": appid, "path": optional(options, "path", "String", "")}
        for name, kind in SHOWN_OF_OTHERS.items():
            if options.get(name) is not None:
                shown[name] = required(options, name, kind)
        if not await self.phone.person.allows(function, shown):
            raise Fail("cancel")
        self.background(app)

    def _launched(self, app: App) -> Running:
        """The app; one that was never launched is taken to be opened from the list, on its first page."""
        running = self.phone.pages.of(app)
        if not running.launch:
            scene, told = _scene(app, None, FROM_THE_LIST), _show_from(app, "opened")
            _, running.launch = self._entry(app, running.stack[0].path, None, scene, told)
            running.enter = running.launch
        return running

    def _entry(
        self, app: App, url: str, query: Mapping[str, str] | None, scene: int, options: Mapping[str, Any]
    ) -> tuple[str, Result]:
        """The route that an app is launched or shown at, and the options that it is told of."""
        route, path, told = self.phone.pages.place(app, url, query or {})
        entry = {"path": path, "query": told, "scene": scene}
        usual = of_vendor(USUAL_ENTRY, app, {"shareTicket": "", "referrerInfo": {}})
        return route, {**entry, **usual, **options}

    def _open(self, app: App, running: Running, route: str, entry: Result, *, first: bool) -> None:
        """Opens the page that the app was entered by, or the phone's own, if the app has no such page."""
        by = "appLaunch" if first else "reLaunch"
        self.phone.pages.open_alone(app, running, route, entry["query"], by)
        if not running.has(route):
            self.not_found(app, entry["path"], entry["query"], first=first)

    def _save_exit_state(self, app: App, running: Running) -> None:
        """Asks the page on the screen what it wants to find again when the app is launched anew."""
        kept = self.phone.pages.tell_page(app, running.top, "onSaveExitState")
        if isinstance(kept, Mapping):
            usual = (self.phone.clock.now() + A_DAY) * 1000
            until = kept.get("expireTimeStamp")
            running.exit_states[running.top.route] = (
                kept.get("data"),
                until if isinstance(until, int | float) else usual,
            )

    def _tell(self, app: App, handler: str, *told: Result, event: str = "") -> None:
        """Tells the app's own handler, and who listens to the event of that name, one thing or nothing."""
        event = event or handler.removeprefix("on")
        if of_vendor(LISTENERS_FIRST, app, False):
            without_query = [{**each, "query": {}} if event in ENTRIES else each for each in told]
            self._tell_listeners(app, event, *without_query)
            self._tell_handler(app, handler, *told)
        else:
            self._tell_handler(app, handler, *told)
            self._tell_listeners(app, event, *told)

    def _tell_handler(self, app: App, handler: str, *told: Result) -> None:
        instance = self.phone.pages.of(app).instance
        if handler == "onHide" and of_vendor(HANDLER_HEARS_NO_ENTRY, app, False):
            told = ()
        self.phone.pages.tell_instance(app, instance, "the app", handler, *(_entry_told(app, each) for each in told))

    def _tell_listeners(self, app: App, event: str, *told: Result) -> None:
        listeners = self.audience(app)
        if told:
            listeners.tell_each(event, lambda: _entry_told(app, told[0]))
        else:
            listeners.tell(event)

    def _shown_anew(self, app: App) -> Result:
        """How an app on the web was launched, with the address of the page that is shown now."""
        return {**self._launched(app).launch, "path": self.phone.pages.top(app).told_route}

    def _theme_changed(self) -> None:
        """Tells the apps of the theme, as far as they have one for the dark (`darkmode`), and a browser's pages."""
        for app in self.phone.apps:
            if self.themed(app):
                self._tell(app, "onThemeChange", {"theme": self.phone.system.theme})
            elif of_vendor(ALWAYS_THEMED, app, False):
                self.audience(app).tell_each("ThemeChange", lambda: {"theme": self.phone.system.theme})

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


def _scene(app: App, given: int | None, usual: int) -> int:
    return of_vendor(SCENES, app, usual) if given is None else given


def _show_from(app: App, how: str) -> Result:
    found = of_vendor(SHOW_FROM, app, {}).get(how)
    return {} if found is None else {"showFrom": found}


def _error_told(app: App, error: Exception) -> list[str]:
    """What listeners to errors are told."""
    if of_vendor(TELLS_STACK_APART, app, False):
        return [str(error), "".join(traceback.format_exception(error))]
    return [error_told(error)]


def _entry_told(app: App, entry: Result) -> Result:
    """A copy of how an app was entered, or of a page that is not there, for its program."""
    told = _copied(entry)
    is_entry = "scene" in told
    if is_entry and told["query"] == {} and of_vendor(WITHOUT_EMPTY_QUERY, app, False):
        told["query"] = None
    if is_entry and of_vendor(SCENES_ARE_TEXTS, app, False):
        told["scene"] = str(told["scene"])
    return told


def _refuse_unknown(options: Mapping[str, Any]) -> None:
    """Raises TypeError for what an app is not told as it is launched or shown."""
    for name in options:
        if name not in ENTRY_OPTIONS:
            hint = close_to(name, ("path", "query", "scene", *ENTRY_OPTIONS))
            raise TypeError(f"an app is not launched or shown with {name!r}{hint}")


def _copied(entry: Result) -> Result:
    """A copy that the program may change."""
    return {name: dict(value) if isinstance(value, dict) else value for name, value in entry.items()}
