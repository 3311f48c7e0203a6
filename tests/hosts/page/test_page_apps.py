"""Apps declared in Python, launched in a page: the real router of taro-h5 opens their pages."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from diaries import DETAIL, FORM, HOME, LIST, MINE, TABS, Diary
from peer import until

import taropy
from taropy.phone import leave_open
from taropy.testing import expect_unhandled

pytestmark = pytest.mark.browser
CONFIG = {
    "pages": [HOME, MINE, LIST, DETAIL, FORM],
    "tabBar": TABS,
    "window": {"navigationBarTitleText": "Tea"},
    "pageConfigs": {LIST: {"enablePullDownRefresh": True}},
}
Built = Callable[[dict[str, Any]], Path]
Walk = Callable[[Any, Callable[[str], Awaitable[None]]], Awaitable[None]]


@pytest.fixture(scope="module")
def taro(built: Built) -> Iterator[taropy.Taro]:
    with taropy.create("h5", host="page", url=str(built(CONFIG)), launch=True) as made:
        yield made


@pytest.fixture
def diary() -> Diary:
    return Diary(window=CONFIG["window"])


def run(main: Callable[[], Awaitable[Any]]) -> Any:
    return taropy.run(lambda: asyncio.wait_for(main(), 20))


def app_of(page: type, **settings: Any) -> taropy.App:
    """An app whose first page is this, and whose others are empty."""
    app = taropy.App({name: CONFIG[name] for name in ("pages", "tabBar", "window")})
    for route in app.routes:
        app.page(route, **settings)(page if route == HOME else type("Empty", (), {}))
    return app


# --- as on a phone ---------------------------------------------------------------------------------------------------


async def routes(taro: Any, note: Callable[[str], Awaitable[None]]) -> None:
    await taro.navigateTo(url=f"/{LIST}?tea=oolong")
    await note("a page on another")
    await taro.redirectTo(url=f"/{DETAIL}")
    await note("in the place of another")
    await taro.navigateTo(url="../form/index")
    await note("by a relative address")
    await taro.navigateBack(delta=2)
    await note("two pages back")
    await taro.switchTab(url=f"/{MINE}")
    await note("another tab")
    await taro.navigateTo(url=f"/{FORM}")
    await taro.switchTab(url=f"/{HOME}")
    await note("back to the tab that was left")
    await taro.switchTab(url=f"/{HOME}")
    await note("to the tab that is shown")
    await taro.navigateTo(url="/pages/nowhere/index?tea=1")
    await note("to no page")
    await taro.reLaunch(url=f"/{HOME}")
    await note("all anew")


async def gestures(taro: Any, note: Callable[[str], Awaitable[None]]) -> None:
    phone = taro.phone
    phone.pages.tap_tab(1)
    await note("a tap on a tab")
    phone.pages.tap_tab(1)
    await note("a tap on the same tab")
    await taro.navigateTo(url=f"/{LIST}")
    assert phone.pages.pull_down()
    await note("pulled down")
    await taro.stopPullDownRefresh()
    phone.pages.scroll_to_bottom()
    await note("scrolled to the end")
    phone.background()
    await note("left")
    phone.foreground()
    await note("come back to")
    phone.pages.press_back()
    await note("gone back")
    assert not phone.pages.pull_down()
    phone.rotate("landscape")
    await note("turned")
    phone.rotate("portrait")
    await note("turned back")


@pytest.mark.parametrize("walk", [routes, gestures])
def test_pages_hear_the_same_in_the_same_order(taro: taropy.Taro, walk: Walk) -> None:
    def heard(taro: Any) -> list[Any]:
        diary = Diary(window=CONFIG["window"])
        told: list[Any] = []

        async def note(what: str) -> None:
            await taropy.settled()
            page, router = taro.getCurrentInstance().page, taro.getCurrentInstance().router
            pages = taro.getCurrentPages()
            assert taro.phone.pages.current.program is pages[-1]
            assert page is (None if what == "left" else pages[-1])
            assert [page.route for page in pages] == [f"/{route}" for route in taro.phone.pages.routes]
            params = None if router is None else {**router.params, "$taroTimestamp": None}
            told.append((what, diary.new(), taro.phone.pages.routes, router and router.path, params))

        async def main() -> None:
            assert await diary.app.launch(taro) is taro.getApp()
            await note("launched")
            await walk(taro, note)

        run(main)
        return told

    with taropy.Phone(ask=leave_open) as phone, taropy.create("h5", phone=phone) as simulated:
        assert heard(taro) == heard(simulated)


def test_a_page_and_its_opener_talk(taro: taropy.Taro) -> None:
    heard: list[Any] = []

    class Form:
        def onLoad(self: Any) -> None:
            channel = self.getOpenerEventChannel()
            channel.on("order", lambda data: heard.append(["page", data]))
            channel.emit("opened", {"at": 1})

    app = app_of(type("Home", (), {}))
    app.pages.pop(FORM)
    app._places.pop(FORM)
    app.page(FORM)(Form)

    async def main() -> None:
        await app.launch(taro)
        opened = await taro.navigateTo(url=f"/{FORM}", events={"opened": lambda data: heard.append(["opener", data])})
        opened.eventChannel.emit("order", {"tea": "oolong"})
        await until(lambda: len(heard) == 2)

    run(main)
    assert sorted(heard) == [["opener", {"at": 1}], ["page", {"tea": "oolong"}]]


def test_outside_an_event_loop_everything_is_done_when_a_call_returns(taro: taropy.Taro, diary: Diary) -> None:
    app = diary.app.launch(taro).result()
    assert app is taro.getApp()
    assert diary.new() == "app.onLaunch app.onShow home.onLoad home.onShow home.onReady"
    taro.phone.pages.tap_tab(1)
    assert diary.new() == "home.onTabItemTap home.onHide mine.onLoad mine.onShow mine.onReady"
    taro.navigateTo(url=f"/{LIST}").result()
    assert diary.new() == "mine.onHide list.onLoad list.onShow list.onReady"
    assert taro.phone.pages.routes == [MINE, LIST]
    taro.phone.pages.press_back()
    assert diary.new() == "mine.onShow list.onUnload"


# --- how it is launched -----------------------------------------------------------------------------------------------


def test_an_app_is_launched_at_a_page_with_a_query(taro: taropy.Taro, diary: Diary) -> None:
    async def main() -> None:
        await diary.app.launch(taro, path=DETAIL, query={"tea": "oolong"}, scene=1011)
        assert taro.phone.pages.routes == [DETAIL]
        entry = diary.last("app.onLaunch")
        assert (entry.path, entry.query.tea, entry.scene) == (f"/{DETAIL}", "oolong", 1011)
        assert diary.last("detail.onLoad").tea == "oolong"

    run(main)


def test_an_app_that_is_launched_where_there_is_no_page_hears_of_it(taro: taropy.Taro, diary: Diary) -> None:
    async def main() -> None:
        await diary.app.launch(taro, path="pages/nowhere/index")
        assert diary.lines[-1] == "app.onPageNotFound"
        missing = diary.last("app.onPageNotFound")
        assert (missing.path, missing.isEntryPage) == ("/pages/nowhere/index", True)
        assert taro.phone.pages.routes == taro.getCurrentPages() == []
        await taro.reLaunch(url=f"/{HOME}")
        assert taro.phone.pages.routes == [HOME]

    run(main)


def test_an_app_that_is_launched_again_begins_anew(taro: taropy.Taro, diary: Diary) -> None:
    """The page is loaded anew for that. What ran before is gone, and hears nothing of it."""
    other = Diary()

    async def main() -> None:
        first = await diary.app.launch(taro)
        await taro.navigateTo(url=f"/{LIST}")
        diary.new()
        second = await other.app.launch(taro)
        assert other.new() == "app.onLaunch app.onShow home.onLoad home.onShow home.onReady"
        assert diary.new() == ""
        assert taro.getApp() is second is not first
        assert taro.phone.pages.routes == [HOME]
        await taro.navigateTo(url=f"/{LIST}")
        assert diary.new() == ""

    run(main)


def test_a_page_that_is_loaded_anew_launches_its_app_anew(taro: taropy.Taro, diary: Diary) -> None:
    async def main() -> None:
        first = await diary.app.launch(taro)
        await taro.navigateTo(url=f"/{LIST}?tea=1")
        taro.setStorageSync("kept", "yes")
        diary.new()
        taro.phone.reload()
        await taropy.settled()
        assert diary.new() == "app.onLaunch app.onShow list.onLoad list.onShow list.onReady"
        assert taro.phone.pages.routes == [LIST]
        assert taro.getApp() is not first
        assert taro.getStorageSync("kept") == "yes"
        await taro.navigateTo(url=f"/{FORM}")
        assert taro.phone.pages.routes == [LIST, FORM]

    run(main)


def test_who_goes_back_on_the_first_page_loads_it_anew(taro: taropy.Taro, diary: Diary) -> None:
    """Which ends the call that has led to it: nobody is left to answer."""

    async def main() -> None:
        await diary.app.launch(taro)
        diary.new()
        with pytest.raises(taropy.TaroError, match="the page is gone"):
            await taro.navigateBack()
        await until(lambda: "home.onReady" in diary.lines)
        assert diary.new() == "app.onLaunch app.onShow home.onLoad home.onShow home.onReady"

    run(main)


def test_a_page_lacks_what_it_was_not_built_with(taro: taropy.Taro) -> None:
    app = taropy.App(pages=[HOME, "pages/shop/index"])
    for route in app.routes:
        app.page(route)(type("Shown", (), {}))
    with pytest.raises(taropy.TaroError, match="the page has no pages/shop/index; build it anew, by taropy page build"):
        app.launch(taro).result()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_app_of_a_page_that_crashes_stays_as_it_was_until_another_page_comes(built: Built, diary: Diary) -> None:
    with taropy.create("h5", host="page", url=str(built(CONFIG)), launch=True) as taro:
        browser = taro.phone.browser

        async def crash() -> None:
            session = await browser.context.new_cdp_session(browser.page)
            with contextlib.suppress(Exception, asyncio.CancelledError):  # nobody is left to answer
                await session.send("Page.crash")

        async def main() -> None:
            await diary.app.launch(taro)
            diary.new()
            browser.begin(crash(), "crash")
            await until(lambda: not taro.phone.connected)
            taro.native._bridge.patience = 0.2
            with pytest.raises(taropy.TaroError):
                await taro.navigateTo(url=f"/{LIST}")
            assert taro.phone.pages.routes == [HOME]
            assert diary.new() == ""

        run(main)


# --- what handlers do -------------------------------------------------------------------------------------------------


def test_a_handler_may_make_calls_that_wait_for_their_value(taro: taropy.Taro) -> None:
    class Home:
        def onLoad(self: Any) -> None:
            taro.setStorageSync("seen", taro.getSystemInfoSync().windowWidth)
            self.seen = taro.getStorageSync("seen")

        async def onShow(self: Any) -> None:
            self.kept = (await taro.getStorage(key="seen")).data

    async def main() -> None:
        await app_of(Home).launch(taro)
        await taropy.settled()
        home = taro.phone.pages.current.program
        assert (home.seen, home.kept) == (393, 393)

    run(main)


def test_a_page_that_leads_to_another_as_it_is_loaded_does(taro: taropy.Taro) -> None:
    class Home:
        async def onLoad(self) -> None:
            await taro.redirectTo(url=f"/{FORM}?from=home")
            self.led = True

    async def main() -> None:
        await app_of(Home).launch(taro)
        await taropy.settled()
        assert taro.phone.pages.routes == [FORM]
        assert taro.getCurrentInstance().router.params["from"] == "home"

    run(main)


def test_what_a_handler_raises_is_told_to_the_app_or_reported(taro: taropy.Taro) -> None:
    class Home:
        def onShow(self) -> None:
            raise ValueError("no tea left")

    app, told = app_of(Home), []

    async def main() -> None:
        with expect_unhandled(ValueError, match="no tea left"):
            await app.launch(taro)
        app.entry(type("Shop", (), {"onError": lambda self, message: told.append(message)}))
        with expect_unhandled(ValueError):
            await app.launch(taro)
        await taro.navigateTo(url=f"/{FORM}")
        assert taro.phone.pages.routes == [HOME, FORM]

    run(main)
    assert told[0].splitlines()[:2] == ["MiniProgramError", "no tea left"]


def test_what_an_async_handler_raises_is_an_unhandled_rejection(taro: taropy.Taro) -> None:
    class Home:
        async def onReady(self) -> None:
            await taro.getStorage(key="never")

    app, told = app_of(Home), []
    app.entry(type("Shop", (), {"onUnhandledRejection": lambda self, event: told.append(event.reason.errMsg)}))

    async def main() -> None:
        with expect_unhandled(taropy.TaroError):
            await app.launch(taro)
            await taropy.settled()

    run(main)
    assert told == ["getStorage:fail data not found"]


def test_what_the_page_itself_throws_is_told_to_the_app(taro: taropy.Taro) -> None:
    app, told = app_of(type("Home", (), {})), []

    @app.entry
    class Shop:
        def onError(self, message: str) -> None:
            told.append(message)

        def onUnhandledRejection(self, event: Any) -> None:
            told.append(event.reason["message"])

    async def main() -> None:
        await app.launch(taro)
        browser = taro.phone.browser
        browser.run(browser.page.evaluate("() => void setTimeout(() => { throw new Error('no tea') })"))
        browser.run(browser.page.evaluate("() => void Promise.reject(new Error('no cup'))"))
        await until(lambda: len(told) == 2)

    run(main)
    assert sorted(told) == ["Uncaught Error: no tea", "no cup"]


def test_functions_with_hooks_are_pages_too(taro: taropy.Taro) -> None:
    heard: list[Any] = []

    def home(Taro: Any) -> None:
        Taro.useLoad(lambda query: heard.append("load"))
        Taro.useDidShow(lambda: heard.append(["show", Taro.getCurrentInstance().router.path]))
        Taro.useReady(lambda: heard.append("ready"))
        Taro.usePullDownRefresh(lambda: heard.append("pulled"))

    app = app_of(home)  # type: ignore[arg-type]

    async def main() -> None:
        await app.launch(taro)
        assert heard == ["load", ["show", f"/{HOME}?stamp=AA"], "ready"]
        taro.phone.pages.current.window["navigationBarTitleText"] = "not so"
        await taro.setNavigationBarTitle(title="Oolong")
        assert taro.phone.pages.current.window["navigationBarTitleText"] == "Oolong"

    run(main)


# --- what taro-h5 does itself, and the host does not ----------------------------------------------------------------


def in_page(taro: Any, script: str) -> Any:
    return taro.phone.browser.run(taro.phone.browser.page.evaluate(script))


def test_taro_h5_itself_fulfils_a_route_before_its_page_is_there(taro: taropy.Taro, diary: Diary) -> None:
    diary.app.launch(taro).result()
    depth = "Taro.getCurrentPages().length"
    assert in_page(taro, f"Taro.navigateTo({{ url: '/{LIST}' }}).then(() => {depth})") == 1
    assert in_page(taro, f"new Promise(done => setTimeout(() => done({depth}), 500))") == 2


def test_taro_h5_itself_hides_the_page_below_one_that_is_left_as_it_slides_in(taro: taropy.Taro, diary: Diary) -> None:
    diary.app.launch(taro).result()
    shown = "document.querySelector('.taro_page').offsetWidth"
    there_and_back = f"Taro.navigateTo({{ url: '/{LIST}' }}).then(() => setTimeout(() => Taro.navigateBack(), 50))"
    assert in_page(taro, shown) == 393
    assert in_page(taro, f"{there_and_back}.then(() => new Promise(done => setTimeout(() => done({shown}), 900)))") == 0


async def there_and_back(taro: Any) -> None:
    await taro.navigateTo(url=f"/{LIST}")
    await taro.navigateBack()


def test_a_program_that_goes_there_and_back_sees_the_page_below(taro: taropy.Taro, diary: Diary) -> None:
    async def main() -> None:
        await diary.app.launch(taro)
        await there_and_back(taro)
        await asyncio.sleep(0.5)

    run(main)
    assert in_page(taro, "document.querySelector('.taro_page').offsetWidth") == 393
