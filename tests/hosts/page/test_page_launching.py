"""Apps that are launched in a page, as far as Python alone tells: what the page says, and what if it says nonsense."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from diaries import HOME, LIST, Diary
from peer import LATER, Page, until, waiting, with_message

import taropy

APP = 7
ROUTES = [f"pages/{name}/index" for name in ("home", "mine", "list", "detail", "form")]
AT = f"/{HOME}?stamp=AA"
ENTRY = {"path": f"/{HOME}", "query": {"stamp": "AA"}, "scene": 0}
CHANNEL = {"$": "h", "n": 9, "c": "Object", "m": {"on": 1, "once": 1, "off": 1, "emit": 1}}


class AppPage(Page):
    """A page that tells of its life as shell/life.js does, whenever the test says so."""

    says: ClassVar = {
        "members": {"getApp": 1, "getCurrentPages": 1},
        "app": {"$": "h", "n": APP, "c": "Object", "m": {"attach": 1, "routes": 1, "title": 1, "through": 1}},
    }

    def __init__(self, taro: taropy.Taro, *, routes: Any = ROUTES, attach: Callable[..., Any] | None = None) -> None:
        self.listener: Any = None
        self.attached: list[Any] = []
        self._attach = attach or type(self).begin
        super().__init__(taro, {f"{APP}.routes": lambda: routes, f"{APP}.attach": with_message(AppPage.attach)})

    def attach(self, number: int, options: Any, *_: Any) -> Any:
        self.listener = options["to"]
        self.attached.append({name: options[name] for name in ("url", "anyway")})
        return self._attach(self, number)

    def begin(self, number: int) -> Any:
        """What a page tells that has just been loaded."""
        self.happens("onLaunch", None, [], ENTRY)
        self.happens("onShow", None, [], ENTRY)
        self.opens(HOME, "AA", [AT])
        return {"anew": False}

    def opens(self, route: str, stamp: str, stack: list[str]) -> None:
        path = f"/{route}?stamp={stamp}"
        self.happens("onLoad", path, stack, {"stamp": stamp}, CHANNEL)
        self.happens("onShow", path, stack)
        self.happens("onReady", path, stack)

    def happens(self, *said: Any) -> None:
        self.tell(self.listener, *said)


def never(page: AppPage, number: int) -> Any:
    """The page does not say that it is ready."""
    return LATER


def anew(page: AppPage, number: int) -> Any:
    """The page loads itself anew."""
    return {"anew": True}


def run(main: Callable[[], Any]) -> Any:
    return taropy.run(lambda: asyncio.wait_for(main(), 10))


BEGUN = "app.onLaunch app.onShow home.onLoad home.onShow home.onReady"


def test_an_app_hears_what_the_page_says_before_its_launch_is_through() -> None:
    diary = Diary()
    with waiting("h5") as taro, AppPage(taro) as page:

        async def main() -> None:
            assert await diary.app.launch(taro, scene=1011) is taro.getApp()
            assert diary.new() == BEGUN
            assert page.attached == [{"url": None, "anyway": False}]
            assert diary.last("app.onLaunch").scene == 1011
            page.opens(LIST, "AB", [AT, f"/{LIST}?stamp=AB"])
            page.happens("onPullDownRefresh", f"/{LIST}?stamp=AB", [AT, f"/{LIST}?stamp=AB"])
            await until(lambda: len(diary.lines) == 4)
            assert taro.phone.pages.routes == [HOME, LIST]
            assert taro.getCurrentPages()[1] is taro.phone.pages.current.program
            page.happens("onUnload", f"/{LIST}?stamp=AB", [AT])
            page.happens("onShow", AT, [AT])
            await until(lambda: diary.lines[-1] == "home.onShow")
            assert taro.phone.pages.routes == [HOME]
            assert diary.new().endswith("list.onUnload home.onShow")

        run(main)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({"path": LIST}, f"/{LIST}"),
        ({"path": f"{LIST}?a=1", "query": {"b": "2"}}, f"/{LIST}?a=1&b=2"),
        ({"query": {"tea": "a&b"}}, "/?tea=a%26b"),
    ],
)
def test_the_page_is_told_where_the_app_is_launched(given: dict[str, Any], url: str) -> None:
    diary = Diary()
    with waiting("h5") as taro, AppPage(taro) as page:
        diary.app.launch(taro, **given).result()
        assert page.attached == [{"url": url, "anyway": False}]
        assert diary.new() == BEGUN


def test_a_page_that_loads_itself_anew_is_waited_for() -> None:
    diary = Diary()
    with waiting("h5") as taro:

        async def main() -> None:
            with AppPage(taro, attach=anew) as first:
                launch = diary.app.launch(taro, path=LIST)
                await until(lambda: first.attached)
            with AppPage(taro) as page:
                assert await launch is taro.getApp()
                assert page.attached == [{"url": None, "anyway": True}]
                assert diary.new() == BEGUN

        run(main)


def test_whoever_comes_after_a_page_has_the_app_anew_and_the_old_one_hears_no_more() -> None:
    diary = Diary()
    with waiting("h5") as taro:

        async def main() -> None:
            with AppPage(taro):
                first = await diary.app.launch(taro)
            assert taro.phone.pages.routes == [HOME]
            diary.new()
            with AppPage(taro):
                await until(lambda: len(diary.lines) == 5)
                assert diary.new() == BEGUN
                assert taro.getApp() is not first

        run(main)


def test_a_page_that_does_not_tell_of_its_life_launches_no_app() -> None:
    with waiting("h5") as taro, Page(taro, {"request": lambda options: None}):
        with pytest.raises(taropy.NotSupported) as told:
            Diary().app.launch(taro).result()
        assert told.value.reason == "host"
        said = (
            "this page does not tell of its life, although h5 has it: `taropy page build --app` makes one that does, "
        )
        assert str(told.value) == f"{said}and docs/guides/page.md says how one of your own does"


def test_a_mini_program_behind_a_bridge_launches_no_app() -> None:
    launch = Diary().app.launch
    with waiting("weapp") as taro, Page(taro, {}), pytest.raises(taropy.NotSupported, match="although weapp has it"):
        launch(taro).result()


@pytest.mark.parametrize(("routes", "lacks"), [(ROUTES[:3], "pages/detail/index, pages/form/index"), ([None], "")])
def test_a_page_has_to_have_the_app_s_pages(routes: list[Any], lacks: str) -> None:
    with waiting("h5") as taro, AppPage(taro, routes=routes):
        with pytest.raises(taropy.TaroError, match=f"launch:fail the page has no .*{lacks}; build it anew"):
            Diary().app.launch(taro).result()
        assert taro.phone.pages.stack == []
        with pytest.raises(LookupError, match="no app has been launched in this page"):
            taro.phone.pages.current  # noqa: B018


def test_a_launch_waits_no_longer_than_its_patience() -> None:
    diary = Diary()
    with waiting("h5", patience=300) as taro, AppPage(taro, attach=never) as page:
        with pytest.raises(taropy.TaroError, match=r"launch:fail the page was not ready for 0\.3 s"):
            diary.app.launch(taro).result()
        page.happens("onLaunch", None, [], ENTRY)
        taropy.run(lambda: asyncio.sleep(0.05))
        assert diary.new() == ""


def test_a_page_that_goes_in_the_middle_of_a_launch_and_does_not_come_back_ends_it() -> None:
    with waiting("h5", patience=500) as taro:

        async def main() -> None:
            with AppPage(taro, attach=never) as page:
                launch = Diary().app.launch(taro)
                await until(lambda: page.attached)
            with pytest.raises(taropy.TaroError, match="launch:fail the page was not ready"):
                await launch

        run(main)


def test_a_runtime_that_ends_in_the_middle_of_a_launch_ends_it() -> None:
    async def main() -> None:
        taro = waiting("h5", patience=9_000)
        with AppPage(taro, attach=never) as page:
            launch = Diary().app.launch(taro)
            await until(lambda: page.attached)
            taro.close()
            with pytest.raises(taropy.TaroError, match="launch:fail this runtime is closed"):
                await launch

    run(main)


NONSENSE: list[list[Any]] = [
    [],
    ["onShow"],
    [1, 2, 3],
    ["onLoad", AT, [AT]],
    ["onLoad", AT, AT, {}, CHANNEL],
    ["onLaunch", None, []],
    ["onLaunch", AT, [{}], None],
    ["onShow", "/pages/never/index?stamp=ZZ", [[], {"a": 1}, None]],
    ["__init__", AT, [AT]],
    ["onNothing", None, [], {}],
]


def test_nonsense_of_a_page_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    diary = Diary()
    with waiting("h5") as taro, AppPage(taro) as page:

        async def main() -> None:
            await diary.app.launch(taro)
            diary.new()
            for said in NONSENSE:
                page.happens(*said)
            page.happens("onReachBottom", AT, [AT])
            await until(lambda: "home.onReachBottom" in diary.lines)
            assert taro.phone.pages.routes == [HOME]

        run(main)
    assert "home.onReachBottom" in diary.new()
    assert "the page has told what is no event of an app: ('onShow',)" in caplog.text


def test_an_app_that_its_own_code_does_not_make_is_not_launched() -> None:
    app = taropy.App(pages=[HOME])
    app.page(HOME)(type("Home", (), {}))

    @app.entry
    class Shop:
        def __init__(self) -> None:
            raise ValueError("no shop today")

    with waiting("h5") as taro, AppPage(taro), pytest.raises(ValueError, match="no shop today"):
        app.launch(taro).result()
