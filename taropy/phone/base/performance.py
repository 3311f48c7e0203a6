"""How long it took an app to start and its pages to open, and what is loaded ahead.

Facts: developers.weixin.qq.com/miniprogram/dev/api/base/performance and "framework/performance/perf_data". Times are by
the phone's clock, in milliseconds since the epoch. Nothing is drawn here, so entries have no times of a view layer, and
there are none of first paints.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...models.record import Record
from ..core.answers import Fail, Options
from ..core.app import App
from ..core.functions import answered, plain
from ..core.listening import Listeners
from ..core.options import function, optional, required, string, strings, unknown, whole, wrong_type
from ..core.room import Manager, Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page

BUFFERED = 30
TYPES = ("navigation", "render", "script")
#: The type of what a program notes itself, where it can.
MARK = "mark"
ASSETS = ("font", "image")

Entry = Record


class Performances(Room, name="performance"):
    """What was measured of each app since it was launched, the newest entries; and the assets loaded ahead.

    - `assets`: the bytes that `preloadAssets` has loaded, by their source.
    """

    STATE = ("_entries", "assets")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._entries: dict[str, deque[Entry]] = {}
        self._listeners = Listeners()
        self.assets: dict[str, bytes] = {}

    # --- for the other rooms -----------------------------------------------------------------------------------

    def entries(self, app: App) -> deque[Entry]:
        """The app's entries, oldest first."""
        return self._entries.setdefault(app.key, deque(maxlen=BUFFERED))

    def launched(self, app: App, began: float) -> None:
        """The app's code has run, for the first time; what was measured of it before is gone."""
        self._entries[app.key] = deque(maxlen=self.entries(app).maxlen)
        self._add(app, [self._entry("script", "evaluateScript", began, moduleName="APP", fileList=[])])

    def routed(self, app: App, page: Page, kind: str, began: float, *, rendered: bool = True) -> None:
        """A page is on the screen, by `navigateTo`, …, or by `appLaunch`."""
        path = page.route
        name = kind if kind == "appLaunch" else "route"
        told = {"path": path, "pageId": page.id, "navigationStart": _ms(began), "navigationType": kind}
        entries = [self._entry("navigation", name, began, **told)]
        if rendered:
            entries.append(self._entry("render", "firstRender", began, path=path, pageId=page.id))
        self._add(app, entries)

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def getPerformance(self, app: App) -> Performance:
        """The app's `Performance`."""
        kind: type[Performance] = of_vendor(KINDS, app, Performance)
        return kind(self.phone, app)

    @answered
    async def preloadAssets(self, app: App, options: Options) -> None:
        """Loads fonts and images for the next pages: `data` has their `type`, `font` or `image`, and `src`.

        Fails as a download would if one of them cannot be loaded; phones do not say what they do then.
        """
        for index, asset in enumerate(required(options, "data", "Array")):
            where = f"parameter.data[{index}]"
            if not isinstance(asset, Mapping):
                raise wrong_type(where, "Object", asset)
            if asset.get("type") not in ASSETS:
                raise unknown(f"{where}.type", ASSETS)
            source = string(asset.get("src"), f"{where}.src")
            self.assets[source] = await self._loaded(app, source)

    @answered
    def preloadWebview(self, app: App, options: Options) -> None:
        """Makes the next page's web view ready: here there is nothing to do for that."""

    @answered
    def preloadSkylineView(self, app: App, options: Options) -> None:
        """The same for the renderer Skyline."""

    # --- for the managers --------------------------------------------------------------------------------------

    def observe(self, app: App, types: Iterable[str], listener: Callable[[list[Entry]], None]) -> None:
        """Tells `listener` of the new entries of these types."""
        for type_ in types:
            self._listeners.on((app.key, type_), listener)

    def unobserve(self, app: App, listener: Callable[[list[Entry]], None]) -> None:
        """Tells it no more."""
        for type_ in (*TYPES, MARK):
            self._listeners.off((app.key, type_), listener)

    def mark(self, app: App, name: str) -> Entry:
        """Notes the moment under `name`."""
        entry = Entry(entryType=MARK, name=name, startTime=_ms(self.phone.clock.now()), duration=0)
        self._add(app, [entry])
        return entry

    def clear_marks(self, app: App, name: str) -> None:
        """Forgets the moments that were noted under `name`."""
        entries = self.entries(app)
        kept = [entry for entry in entries if (entry["entryType"], entry["name"]) != (MARK, name)]
        self._entries[app.key] = deque(kept, maxlen=entries.maxlen)

    def resize(self, app: App, size: int) -> None:
        """Keeps this many of the app's newest entries from now on."""
        self._entries[app.key] = deque(self.entries(app), maxlen=size)

    def close(self) -> None:
        """Forgets who listens."""
        self._listeners.clear()

    # --- its own -----------------------------------------------------------------------------------------------

    def _entry(self, type_: str, name: str, began: float, **more: Any) -> Entry:
        start = _ms(began)
        duration = _ms(self.phone.clock.now()) - start
        return Entry(entryType=type_, name=name, startTime=start, duration=duration, **more)

    def _add(self, app: App, entries: list[Entry]) -> None:
        self.entries(app).extend(entries)
        for entry in entries:
            self._listeners.tell((app.key, entry["entryType"]), [entry])

    async def _loaded(self, app: App, source: str) -> bytes:

        if not source.startswith(("http://", "https://")):
            return await asyncio.to_thread(self.phone.files.local(app, source).read_bytes)
        reply = await self.phone.network.fetched(app, source)
        if not isinstance(reply.get("data"), bytes):
            raise Fail(str(reply["errMsg"]).partition(":fail ")[2])
        if not 200 <= reply["statusCode"] < 300:
            raise Fail(f"{source} answered {reply['statusCode']}")
        return bytes(reply["data"])


class EntryList(Manager):
    """Some entries, as an observer is told of them; `Performance` is asked in the same way."""

    def __init__(self, phone: Phone, app: App, entries: Iterable[Entry]) -> None:
        super().__init__(phone, app)
        self._entries = entries

    @plain
    def getEntries(self, app: App) -> list[Entry]:
        """All of them."""
        return self._chosen()

    @plain
    def getEntriesByName(self, app: App, name: Any = None, entryType: Any = None) -> list[Entry]:
        """Those of one name: `appLaunch`, `route`, `firstRender`, `evaluateScript`; and of one type, if it is given."""
        return self._chosen(name=name, **({} if entryType is None else {"entryType": entryType}))

    @plain
    def getEntriesByType(self, app: App, entryType: Any = None) -> list[Entry]:
        """Those of one type: `navigation`, `render` or `script`."""
        return self._chosen(entryType=entryType)

    def _chosen(self, **fields: Any) -> list[Entry]:
        wanted = fields.items()
        return [Entry(entry) for entry in self._all() if all(entry[name] == value for name, value in wanted)]

    def _all(self) -> Iterable[Entry]:
        return self._entries


class Performance(EntryList):
    """What `getPerformance` gives: the entries of the app as they are when it is asked."""

    def __init__(self, phone: Phone, app: App) -> None:
        super().__init__(phone, app, ())

    def _all(self) -> Iterable[Entry]:
        return Performances.on(self.phone).entries(self.app)

    @plain
    def createObserver(self, app: App, callback: Any = None) -> PerformanceObserver:
        """An observer, which tells `callback` of new entries from `observe` on."""
        return PerformanceObserver(self.phone, app, function(callback))

    @plain
    def setBufferSize(self, app: App, size: Any = None) -> None:
        """How many entries are kept, 30 unless it is set; the oldest go first."""
        Performances.on(self.phone).resize(app, max(whole(size, "parameter"), 0))


class DouyinPerformance(Performance):
    """The same of Douyin, where a program asks by page and notes moments: @douyin-microapp/typings, performance.d.ts.

    What a program has noted belongs to no page.
    """

    @plain
    def getCurrentPageEntries(self, app: App) -> list[Entry]:
        """Those of the page on the screen."""
        return self._of_page(self.phone.pages.top(app).route)

    @plain
    def getEntriesByPage(self, app: App, pagePath: Any = None) -> list[Entry]:
        """Those of the page at this path, as a page's `route` has it."""
        return self._of_page(string(pagePath, "parameter.pagePath"))

    @plain
    def mark(self, app: App, name: Any = None) -> list[Entry]:
        """Notes this moment under the name; the entry that is made, in a list."""
        return [Entry(Performances.on(self.phone).mark(app, string(name, "parameter.name")))]

    @plain
    def clearMarks(self, app: App, name: Any = None) -> None:
        """Forgets the moments that were noted under the name."""
        Performances.on(self.phone).clear_marks(app, string(name, "parameter.name"))

    def _of_page(self, path: str) -> list[Entry]:
        return [Entry(entry) for entry in self._all() if entry.get("path") == path]


#: What `getPerformance` gives where that is not WeChat's.
KINDS: Mapping[str, type[Performance]] = {"tt": DouyinPerformance}


class PerformanceObserver(Manager):
    """What `createObserver` gives."""

    supportedEntryTypes = TYPES

    def __init__(self, phone: Phone, app: App, callback: Callable[..., Any]) -> None:
        super().__init__(phone, app)
        self._callback = callback

    @plain
    def observe(self, app: App, options: Any = None) -> None:
        """Begins to listen to the entries of one `type`, or of several `entryTypes`, and to no others."""
        given = options if isinstance(options, Mapping) else {}
        one = optional(given, "type", "String", None)
        several = strings(optional(given, "entryTypes", "Array", []), "parameter.entryTypes")
        if (one is None) == (not several):
            raise Fail("parameter error: either parameter.type or parameter.entryTypes should be given")
        self._stop()
        Performances.on(self.phone).observe(app, several if one is None else [one], self._tell)

    @plain
    def disconnect(self, app: App) -> None:
        """Listens no more."""
        self._stop()

    def _stop(self) -> None:
        Performances.on(self.phone).unobserve(self.app, self._tell)

    def _tell(self, entries: list[Entry]) -> None:
        self._callback(EntryList(self.phone, self.app, entries))


def _ms(moment: float) -> float:
    return round(moment * 1000, 3)
