"""Apps declared in Python: what may be declared, launching, and what programs see of pages and app."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from diaries import DETAIL, HOME, LIST, MINE, TABS, Diary, told_path, told_query
from natives import PLATFORMS

import taropy
from taropy.models import AppConfig

ROUTES = [HOME, MINE, LIST]


def one_page(code: Any, **settings: Any) -> taropy.App:
    """An app whose only page is `code`."""
    app = taropy.App(pages=[HOME])
    app.page(HOME, **settings)(code)
    return app


# --- declarations --------------------------------------------------------------------------------------------------


def test_the_settings_come_in_the_three_forms_of_options():
    for app in (
        taropy.App(pages=ROUTES, tabBar=TABS),
        taropy.App({"pages": ROUTES, "tabBar": TABS}),
        taropy.App(AppConfig(pages=ROUTES, tabBar=TABS)),
        taropy.App({"pages": ROUTES}, tabBar=TABS),
    ):
        assert (app.routes, app.config["tabBar"]) == (ROUTES, TABS)


def test_sub_packages_have_pages_below_their_root():
    app = taropy.App(pages=[HOME], subPackages=[{"root": "orders/", "pages": ["list/index", "detail/index"]}])
    assert app.routes == [HOME, "orders/list/index", "orders/detail/index"]


def tabs(*routes: str) -> dict[str, Any]:
    return {"list": [{"pagePath": route, "text": "a"} for route in routes]}


WRONG = {
    "no pages": ({}, "App: pages is missing; name the app's pages, the first is shown at a launch"),
    "empty pages": ({"pages": []}, "App: pages is missing; name the app's pages, the first is shown at a launch"),
    "pages as text": ({"pages": "a"}, "App: pages should be Array instead of String"),
    "a slash": ({"pages": ["/a/b"]}, "App: pages[0] is '/a/b'; write 'a/b'"),
    "a query": ({"pages": ["a", "b?c=1"]}, "App: pages[1] is 'b?c=1'; write 'b'"),
    "a way up": ({"pages": ["../a"]}, "App: pages[0] is '../a'; write 'a'"),
    "two slashes": ({"pages": ["a//b"]}, "App: pages[0] is 'a//b'; write 'a/b'"),
    "a sub-package without a folder": (
        {"pages": ["a"], "subPackages": [{"root": "/", "pages": ["b"]}]},
        "App: subPackages[0].root is '/'; name the folder of its pages",
    ),
    "a sub-package without pages": (
        {"pages": ["a"], "subPackages": [{"root": "x"}]},
        "App: subPackages[0].pages is missing",
    ),
    "a page with a slash in a sub-package": (
        {"pages": ["a"], "subPackages": [{"root": "x", "pages": ["/b"]}]},
        "App: subPackages[0].pages[0] is '/b'; write 'b'",
    ),
    "preloading for an unknown page": (
        {"pages": ["a/index"], "preloadRule": {"a/indx": {"packages": ["__APP__"]}}},
        "App: a page of preloadRule is 'a/indx', which is not one of pages; did you mean 'a/index'?",
    ),
    "preloading an unknown package": (
        {
            "pages": ["a"],
            "subPackages": [{"root": "x/", "name": "extras", "pages": ["b"]}],
            "preloadRule": {"x/b": {"packages": ["__APP__", "x"]}, "a": {"packages": ["extras", "y"]}},
        },
        "App: preloadRule['a'].packages[1] is 'y', which is no root or name of subPackages",
    ),
    "preloading as text": (
        {"pages": ["a"], "preloadRule": {"a": {"packages": "x"}}},
        "App: preloadRule['a'].packages should be Array instead of String",
    ),
    "twice": ({"pages": ["a", "a"]}, "App: the page 'a' is there twice"),
    "an unknown name": ({"pages": ["a"], "tabbar": {}}, "App: there is no tabbar; did you mean 'tabBar'?"),
    "a wrong type": ({"pages": ["a"], "debug": "yes"}, "App: debug should be Boolean instead of String"),
    "a wrong word": (
        {"pages": ["a"], "window": {"navigationStyle": "none"}},
        "App: window.navigationStyle should be one of default, custom instead of none",
    ),
    "an unknown name inside": (
        {"pages": ["a"], "window": {"navigationBarTitle": "x"}},
        "App: there is no window.navigationBarTitle; did you mean 'navigationBarTitleText'?",
    ),
    "one tab": ({"pages": ["a"], "tabBar": tabs("a")}, "App: tabBar.list has 1 items; it takes 2 to 5"),
    "six tabs": ({"pages": list("abcdef"), "tabBar": tabs(*"abcdef")}, "App: tabBar.list has 6 items; it takes 2 to 5"),
    "an unknown tab": (
        {"pages": ["a/index", "b"], "tabBar": tabs("a/index", "a/indx")},
        "App: tabBar.list[1].pagePath is 'a/indx', which is not one of pages; did you mean 'a/index'?",
    ),
    "a tab twice": (
        {"pages": ["a", "b"], "tabBar": tabs("a", "a")},
        "App: tabBar.list[1].pagePath is 'a', as in tabBar.list[0]",
    ),
    "a tab without a text": (
        {"pages": ["a", "b"], "tabBar": {"list": [{"pagePath": "a", "text": "a"}, {"pagePath": "b"}]}},
        "App: tabBar.list[1].text is missing",
    ),
    "a tab of a sub-package": (
        {"pages": ["a"], "subPackages": [{"root": "x", "pages": ["b"]}], "tabBar": tabs("a", "x/b")},
        "App: tabBar.list[1].pagePath is 'x/b', which is not one of pages",
    ),
    "an unknown first page": (
        {"pages": ["a"], "entryPagePath": "c"},
        "App: entryPagePath is 'c', which is not one of pages",
    ),
    "both spellings": (
        {"pages": ["a"], "subPackages": [], "subpackages": []},
        "App: subPackages and subpackages are the same; give one",
    ),
    "no settings at all": (5, "App: settings should be Object instead of Number"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_declaration_names_the_line_to_mend(case):
    settings, message = WRONG[case]
    with pytest.raises(taropy.ConfigError) as caught:
        taropy.App(settings)
    assert str(caught.value) == message


def test_a_page_that_the_app_does_not_name():
    app = taropy.App(pages=["pages/index/index"])
    with pytest.raises(taropy.ConfigError, match="did you mean 'pages/index/index'"):
        app.page("pages/index")


def test_a_page_is_declared_once():
    app = one_page(type("Home", (), {}))
    with pytest.raises(taropy.ConfigError, match="declared twice"):
        app.page(HOME)


def test_a_page_has_the_settings_of_a_page():
    app = taropy.App(pages=[HOME])
    with pytest.raises(
        taropy.ConfigError, match=r"there is no enablePullDownRefesh; did you mean 'enablePullDownRefresh'"
    ):
        app.page(HOME, enablePullDownRefesh=True)


async def async_page(): ...


def demanding(one, two): ...


class Demanding:
    def __init__(self, query): ...


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (async_page, "is not async; a handler may be"),
        ("text", "by a class or a function, not by 'text'"),
        (demanding, "demanding takes the runtime, or nothing"),
        (Demanding, "Demanding needs no arguments"),
    ],
)
def test_code_that_is_no_page(code, message):
    app = taropy.App(pages=[HOME])
    with pytest.raises(taropy.ConfigError, match=message):
        app.page(HOME)(code)
    with pytest.raises(taropy.ConfigError, match=message):
        app.entry(code)


def test_an_app_has_one_entry():
    app = taropy.App(pages=[HOME])
    app.entry(lambda: None)
    with pytest.raises(taropy.ConfigError, match="two entries"):
        app.entry(lambda: None)


def test_all_pages_are_declared_before_a_launch(on_phone):
    app = one_page(type("Home", (), {}))
    app.config["pages"].append(LIST)
    with pytest.raises(taropy.ConfigError, match=r"no code declares 'pages/list/index'; use @app.page"):
        app.launch(on_phone)


# --- launching -----------------------------------------------------------------------------------------------------


def test_a_launch_needs_a_host_that_launches_apps(taro):
    told = (
        "the native object SimpleNamespace does not have App.launch, although weapp has it; it is launched on a phone"
    )
    with pytest.raises(taropy.NotSupported, match=told):
        Diary().app.launch(taro)


def test_a_closed_runtime_launches_nothing(on_phone):
    on_phone.close()
    with pytest.raises(taropy.TaroError, match="launch:fail this runtime is closed"):
        Diary().app.launch(on_phone)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pth": DETAIL}, "launch: there is no pth; did you mean 'path'?"),
        ({"refererInfo": {}}, "launch: there is no refererInfo; did you mean 'referrerInfo'?"),
        (
            {"referrerInfo": {"appid": "wx1"}},
            "launch: there is no referrerInfo.appid; did you mean 'appId'?",
        ),
        ({"path": 5}, "launch: path should be String instead of Number"),
        ({"query": "a=1"}, "launch: query should be Object instead of String"),
        ({"query": {"id": 7}}, "launch: query.id should be String instead of Number"),
        ({"scene": "1011"}, "launch: scene should be Number instead of String"),
    ],
)
def test_a_wrong_option_of_a_launch_launches_nothing(on_phone, options, message):
    diary = Diary()
    with pytest.raises(taropy.ConfigError) as caught:
        diary.app.launch(on_phone, **options)
    assert (str(caught.value), diary.new()) == (message, "")


def test_a_launch_outside_an_event_loop_returns_when_all_has_ended(on_phone):
    class Home:
        async def onLoad(self):
            await asyncio.sleep(0)
            self.loaded = True

    app = one_page(Home)
    app.launch(on_phone)
    assert on_phone.getCurrentPages()[0].loaded


@pytest.mark.anyio
async def test_a_launch_in_an_event_loop_goes_on_when_the_page_is_ready(on_phone):
    begun, go_on = [], asyncio.Event()

    class Home:
        async def onLoad(self):
            begun.append("load")
            await go_on.wait()
            begun.append("loaded")

        def onReady(self):
            begun.append("ready")

    await one_page(Home).launch(on_phone)
    assert begun == ["load", "ready"]
    go_on.set()
    await taropy.settled()
    assert begun == ["load", "ready", "loaded"]


def test_a_launch_gives_the_app(on_phone):
    class Main:
        greeting = "hello"

    diary = Diary()
    diary.app.code = Main
    shop = diary.app.launch(on_phone).result()
    assert shop is on_phone.getApp()
    assert (shop.greeting, shop.Taro, shop.config["pages"][0]) == ("hello", on_phone, HOME)


def test_an_app_without_code_of_its_own_still_has_an_object(on_phone):
    one_page(type("Home", (), {})).launch(on_phone).result()
    on_phone.getApp().user = "alice"
    assert on_phone.getApp().user == "alice"


def test_an_app_that_was_never_launched_has_a_place_for_what_programs_share(on_phone):
    on_phone.getApp().globalData["user"] = "alice"
    assert on_phone.getApp({"allowDefault": True}).globalData == {"user": "alice"}


def test_one_app_on_several_runtimes():
    app = one_page(type("Home", (), {}))
    runtimes = [taropy.create(platform) for platform in ("weapp", "alipay", "weapp")]
    apps = [app.launch(t).result() for t in runtimes]
    assert len({id(each) for each in apps}) == 3
    for t, each in zip(runtimes, apps, strict=True):
        assert each.Taro is t
        assert t.getCurrentInstance().app is each
        assert t.getCurrentPages()[0].Taro is t
        t.close()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_is_called_after_the_runtimes_end(platform):
    diary, phone = Diary(), taropy.Phone()
    with taropy.create(platform, phone=phone) as t:
        diary.app.launch(t).result()
    diary.new()
    phone.background()
    assert diary.new() == ""


# --- what programs see ---------------------------------------------------------------------------------------------


def test_pages_are_the_programs_own_objects(on_phone):
    diary = Diary()
    diary.app.launch(on_phone).result()
    on_phone.navigateTo(url=f"/{DETAIL}?id=7").result()
    home, detail = on_phone.getCurrentPages()
    assert (type(home), type(detail)) == (diary.app.pages[HOME].code, diary.app.pages[DETAIL].code)
    assert (detail.route, detail.options, detail.options.id) == (DETAIL, {"id": "7"}, "7")
    assert detail.config == diary.app.pages[DETAIL].settings


def test_each_open_page_is_an_object_of_its_own(on_phone):
    diary = Diary()
    diary.app.launch(on_phone).result()
    on_phone.navigateTo(url=f"/{DETAIL}?id=1").result()
    on_phone.navigateTo(url=f"/{DETAIL}?id=2").result()
    assert [page.options.get("id") for page in on_phone.getCurrentPages()] == [None, "1", "2"]


def test_in_on_launch_there_is_no_page_yet(on_phone):
    seen = []
    app = one_page(type("Home", (), {}))
    app.entry(lambda Taro: Taro.useLaunch(lambda: seen.append(Taro.getCurrentPages())))
    app.launch(on_phone).result()
    assert seen == [[]]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_current_page_and_its_router(platform):
    diary = Diary()
    with taropy.create(platform) as t:
        current = t.getCurrentInstance()
        assert (current.app, current.page, current.router) == (None, None, None)
        diary.app.launch(t, query={"a": "1"}).result()
        params = told_query(platform, "AA", a="1")
        assert (current.router.path, current.router.params) == (told_path(platform, HOME, "AA"), params)
        t.navigateTo(url=f"/{DETAIL}?id=7").result()
        assert (current.router.path, current.router.params.id) == (told_path(platform, DETAIL, "AB"), "7")
        assert type(current.page) is diary.app.pages[DETAIL].code
        assert t.Current is current
        t.navigateBack().result()
        assert (current.router.path, current.router.params.a) == (told_path(platform, HOME, "AA"), "1")
        t.phone.background()
        assert (current.page, current.router) == (None, None)


def test_at_the_launch_the_router_tells_what_the_app_was_launched_with(on_phone):
    seen = []
    app = one_page(type("Home", (), {}))
    app.entry(lambda Taro: Taro.useLaunch(lambda: seen.append(Taro.getCurrentInstance().router)))
    app.launch(on_phone, query={"a": "1"}, scene=1011).result()
    assert (seen[0].params, seen[0].path, seen[0].scene) == ({"a": "1"}, HOME, 1011)


def test_the_event_center_tells_of_the_page_by_its_routers_names(on_phone):
    heard = []
    Diary().app.launch(on_phone).result()
    router = on_phone.getCurrentInstance().router
    for event in ("onShow", "onHide"):
        on_phone.eventCenter.on(router[event], lambda event=event: heard.append(event))
    on_phone.phone.background()
    on_phone.phone.foreground()
    assert heard == ["onHide", "onShow"]


def test_another_launch_leaves_nothing_of_the_app_before(on_phone):
    Diary().app.launch(on_phone).result()
    page = on_phone.getCurrentInstance().page
    one_page(type("Home", (), {})).launch(on_phone).result()
    assert on_phone.getCurrentInstance().page is not page


def test_a_page_speaks_with_its_opener(on_phone):
    heard = []

    class Detail:
        def onLoad(self):
            channel = self.getOpenerEventChannel()
            channel.on("question", lambda text: channel.emit("answer", text.upper()))

    app = taropy.App(pages=[HOME, DETAIL])
    app.page(HOME)(type("Home", (), {}))
    app.page(DETAIL)(Detail)
    app.launch(on_phone).result()
    on_phone.navigateTo(
        url=f"/{DETAIL}",
        events={"answer": heard.append},
        success=lambda res: res.eventChannel.emit("question", "tea?"),
    ).result()
    assert heard == ["TEA?"]


# --- handlers ------------------------------------------------------------------------------------------------------


def test_methods_by_the_names_of_components_and_of_mini_programs(on_phone):
    heard = []
    names = (
        "componentWillMount", "componentDidMount", "onLoad", "componentDidShow", "onShow", "onReady",
        "componentDidHide", "onHide", "onUnload", "componentWillUnmount",
    )  # fmt: skip
    methods = {name: lambda self, *_, name=name: heard.append(name) for name in names}
    app = taropy.App(pages=[HOME, LIST])
    app.page(HOME)(type("Home", (), methods))
    app.page(LIST)(type("List", (), {}))
    app.launch(on_phone).result()
    on_phone.navigateTo(url=f"/{LIST}").result()
    on_phone.reLaunch(url=f"/{LIST}").result()
    assert heard == list(names)


def test_handlers_take_as_many_arguments_as_they_like(on_phone):
    heard = []

    class Home:
        def onLoad(self):
            heard.append("none")

        def onShow(self, options, more):
            heard.append((options, more))

        def onReady(self, *everything):
            heard.append(everything)

        def onPageScroll(self, position, speed=3):
            heard.append((position.scrollTop, speed))

    one_page(Home).launch(on_phone).result()
    on_phone.phone.pages.scroll(5)
    assert heard == ["none", ({}, None), (), (5, 3)]


def test_an_async_handler_has_begun_when_the_next_is_called(on_phone):
    class Home:
        async def onLoad(self):
            self.items = []
            await asyncio.sleep(0)
            self.items.append("tea")

        def onShow(self):
            self.shown = list(self.items)

    one_page(Home).launch(on_phone)
    page = on_phone.getCurrentPages()[0]
    assert (page.shown, page.items) == ([], ["tea"])


def test_an_async_handler_may_have_time_limits_from_its_first_line(on_phone):
    outcomes = []

    class Home:
        async def onLoad(self):
            try:
                async with asyncio.timeout(0.001):
                    await asyncio.get_running_loop().create_future()
            except TimeoutError:
                outcomes.append(asyncio.current_task() is not None)

    one_page(Home).launch(on_phone)
    assert outcomes == [True]


@pytest.mark.anyio
async def test_an_async_handler_inside_a_task_leaves_that_task_the_current_one(on_phone):
    class Home:
        async def onPullDownRefresh(self):
            await asyncio.sleep(0)

    await one_page(Home, enablePullDownRefresh=True).launch(on_phone)
    mine = asyncio.current_task()
    on_phone.phone.pages.pull_down()
    assert asyncio.current_task() is mine
    await taropy.settled()


def test_what_an_async_handler_throws_is_an_unhandled_rejection(on_phone):
    heard = []

    class Home:
        async def onReady(self):
            raise ValueError("at once")

        async def onPullDownRefresh(self):
            await asyncio.sleep(0)
            raise ValueError("later")

    app = one_page(Home, enablePullDownRefresh=True)
    app.entry(type("Main", (), {"onUnhandledRejection": lambda self, res: heard.append(str(res.reason))}))
    on_phone.onUnhandledRejection(lambda res: heard.append(f"listener: {res.reason}"))
    with pytest.warns(taropy.UnhandledRejectionWarning, match="at once"):
        app.launch(on_phone)
    with pytest.warns(taropy.UnhandledRejectionWarning, match="later"):
        on_phone.phone.pages.pull_down()
    assert heard == ["listener: at once", "at once", "listener: later", "later"]
    assert not on_phone.phone.lifecycle.errors


def test_an_app_that_is_gone_hears_of_no_rejections(on_phone):
    heard = []
    app = one_page(type("Home", (), {}))
    app.entry(type("Main", (), {"onUnhandledRejection": lambda self, res: heard.append(res)}))
    app.launch(on_phone).result()
    Diary().app.launch(on_phone).result()
    with pytest.warns(taropy.UnhandledRejectionWarning):
        on_phone.navigateBack()
    assert heard == []


# --- how a page is shown, and its nodes ----------------------------------------------------------------------------


def test_a_page_is_shown_as_the_app_and_the_page_say(on_phone):
    app = taropy.App(pages=[HOME], window={"navigationBarTitleText": "Tea", "backgroundColor": "#fff"})
    app.page(HOME, navigationBarTitleText="Home")(type("Home", (), {}))
    app.launch(on_phone).result()
    assert on_phone.phone.pages.current.window == {"navigationBarTitleText": "Home", "backgroundColor": "#fff"}


def test_a_pages_nodes_are_what_it_says(on_phone):
    for code, nodes in (
        (type("Home", (), {"wxml": "<view/>"}), "<view/>"),
        (type("Home", (), {"nodes": {"tag": "view"}}), {"tag": "view"}),
        (lambda: "<text/>", "<text/>"),
        (lambda Taro: None, None),
    ):
        one_page(code).launch(on_phone).result()
        assert on_phone.phone.pages.current.nodes == nodes


def test_nodes_that_are_made_are_made_when_they_are_looked_at(on_phone):
    class Home:
        items = ("a",)

        def nodes(self):
            return "".join(f"<view>{item}</view>" for item in self.items)

    one_page(Home).launch(on_phone).result()
    on_phone.getCurrentPages()[0].items = ("b", "c")
    assert on_phone.phone.pages.current.nodes == "<view>b</view><view>c</view>"
