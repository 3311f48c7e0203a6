"""The stack of pages: what opens and closes them, in which order they hear of it, and what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from diaries import DETAIL, FORM, HOME, LIST, MINE, Diary
from natively import call, turns
from supporting import failure

import taropy
from taropy import NotSupported, spec
from taropy.phone import EventChannel, Phone

EVERYWHERE = sorted(spec.supported_on("navigateTo"))
LIMITED = ["weapp", "alipay", "swan", "tt", "qq", "jd"]


@pytest.fixture(params=EVERYWHERE)
def t(request: pytest.FixtureRequest) -> Iterator[Any]:
    with taropy.create(request.param) as runtime:
        yield runtime


@pytest.fixture
def diary() -> Diary:
    return Diary()


# --- an app that was never launched --------------------------------------------------------------------------------


def test_without_an_app_every_page_is_there_and_blank(t: Any) -> None:
    assert t.phone.pages.routes == ["pages/index/index"]
    assert t.navigateTo(url="/pages/order/index?id=7").result().errMsg == "navigateTo:ok"
    assert t.phone.pages.routes == ["pages/index/index", "pages/order/index"]
    assert (t.phone.pages.current.route, t.phone.pages.current.query) == ("pages/order/index", {"id": "7"})


def test_without_an_app_all_ways_lead_somewhere(t: Any) -> None:
    t.navigateTo(url="/pages/a/index").result()
    t.redirectTo(url="/pages/b/index").result()
    assert t.phone.pages.routes == ["pages/index/index", "pages/b/index"]
    t.navigateBack().result()
    assert t.phone.pages.routes == ["pages/index/index"]
    t.reLaunch(url="/pages/c/index").result()
    assert t.phone.pages.routes == ["pages/c/index"]


def test_without_an_app_any_page_may_be_a_tab(weapp: Any) -> None:
    weapp.navigateTo(url="/pages/a/index").result()
    weapp.switchTab(url="/pages/mine/index").result()
    assert weapp.phone.pages.routes == ["pages/mine/index"]


def test_the_blank_pages_are_told_of_by_get_current_pages(weapp: Any) -> None:
    weapp.navigateTo(url="/pages/a/index?id=7").result()
    page = weapp.getCurrentPages()[-1]
    assert (page.route, page.options) == ("pages/a/index", {"id": "7"})
    page.note = "a program may put things on it"
    assert weapp.getCurrentPages()[-1].note == "a program may put things on it"


def test_apps_on_one_phone_have_their_own_pages() -> None:
    phone = Phone()
    with taropy.create("weapp", phone=phone) as weapp, taropy.create("tt", phone=phone) as tt:
        weapp.navigateTo(url="/pages/a/index").result()
        assert [page.route for page in tt.getCurrentPages()] == ["pages/index/index"]
        assert len(weapp.getCurrentPages()) == 2


def test_a_phone_without_an_app_says_so() -> None:
    with pytest.raises(LookupError, match="no app is on this phone"):
        Phone().pages.routes  # noqa: B018


# --- who hears what, and when --------------------------------------------------------------------------------------


def test_a_launch(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    assert diary.new() == "app.onLaunch app.onShow home.onLoad home.onShow home.onReady"
    assert t.phone.pages.routes == [HOME]


def test_navigate_to_hides_the_page_below(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    diary.new()
    t.navigateTo(url=f"/{LIST}").result()
    assert diary.new() == "home.onHide list.onLoad list.onShow list.onReady"


# harmony's router knows no delta; on the web the page on top slides out, and is unloaded when the one below is shown.
BACK_TO_THE_FIRST = {
    "harmony": "detail.onUnload list.onShow",
    **dict.fromkeys(("h5", "harmony-hybrid"), "list.onUnload home.onShow detail.onUnload"),
}


def test_navigate_back_unloads_and_shows(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    t.navigateTo(url=f"/{LIST}").result()
    t.navigateTo(url=f"/{DETAIL}").result()
    t.navigateTo(url=f"/{FORM}").result()
    diary.new()
    t.navigateBack().result()
    assert diary.new() == "form.onUnload detail.onShow"
    t.navigateBack(delta=99).result()
    assert diary.new() == BACK_TO_THE_FIRST.get(t.platform.name, "detail.onUnload list.onUnload home.onShow")


def test_redirect_to_takes_the_place_of_the_page(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    t.navigateTo(url=f"/{LIST}").result()
    diary.new()
    t.redirectTo(url=f"/{DETAIL}").result()
    assert diary.new() == "list.onUnload detail.onLoad detail.onShow detail.onReady"
    assert t.phone.pages.routes == [HOME, DETAIL]


def test_re_launch_unloads_everything_tabs_too(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    weapp.switchTab(url=f"/{MINE}").result()
    weapp.navigateTo(url=f"/{LIST}").result()
    diary.new()
    weapp.reLaunch(url=f"/{MINE}?again=1").result()
    assert diary.new() == "list.onUnload mine.onUnload home.onUnload mine.onLoad mine.onShow mine.onReady"
    assert diary.last("mine.onLoad") == {"again": "1"}


# The table of developers.weixin.qq.com/miniprogram/dev/framework/app-service/route: A and B are tabs, C is opened from
# A, D from C.
SWITCHES = {
    "A to A": ([], HOME, ""),
    "A to B": ([], MINE, "home.onHide mine.onLoad mine.onShow mine.onReady"),
    "C to A": ([LIST], HOME, "list.onUnload home.onShow"),
    "C to B": ([LIST], MINE, "list.onUnload mine.onLoad mine.onShow mine.onReady"),
    "D to B": ([LIST, DETAIL], MINE, "detail.onUnload list.onUnload mine.onLoad mine.onShow mine.onReady"),
}


# There the page that was on top slides out, and is unloaded when the tab is shown.
WEB = ("h5", "harmony-hybrid")
SWITCHES_ON_THE_WEB = {
    "C to A": "home.onShow list.onUnload",
    "C to B": "mine.onLoad mine.onShow mine.onReady list.onUnload",
    "D to B": "list.onUnload mine.onLoad mine.onShow mine.onReady detail.onUnload",
}


@pytest.mark.parametrize("case", SWITCHES)
@pytest.mark.parametrize("platform", sorted(spec.supported_on("switchTab")))
def test_switching_tabs(platform: str, case: str, diary: Diary) -> None:
    way, target, heard = SWITCHES[case]
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        for route in way:
            t.navigateTo(url=f"/{route}").result()
        diary.new()
        t.switchTab(url=f"/{target}").result()
        assert diary.new() == (SWITCHES_ON_THE_WEB.get(case, heard) if platform in WEB else heard)
        assert t.phone.pages.routes == [target]


def test_a_tab_is_kept_alive(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    home = weapp.getCurrentPages()[0]
    weapp.switchTab(url=f"/{MINE}").result()
    diary.new()
    weapp.switchTab(url=f"/{HOME}").result()
    assert diary.new() == "mine.onHide home.onShow"
    assert weapp.getCurrentPages() == [home]


def test_a_tab_that_an_app_was_not_launched_on_is_loaded_first(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp, path=DETAIL).result()
    diary.new()
    weapp.switchTab(url=f"/{HOME}").result()
    assert diary.new() == "detail.onUnload home.onLoad home.onShow home.onReady"


def test_a_redirect_from_a_tab_unloads_it(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    diary.new()
    weapp.redirectTo(url=f"/{LIST}").result()
    assert diary.new() == "home.onUnload list.onLoad list.onShow list.onReady"


@pytest.mark.anyio
async def test_a_route_begins_when_the_code_that_asked_for_it_has_returned(diary: Diary) -> None:
    async with taropy.create("weapp") as t:
        await diary.app.launch(t)
        diary.new()
        first, second = t.navigateTo(url=f"/{LIST}"), t.navigateTo(url=f"/{DETAIL}")
        assert diary.new() == ""
        await taropy.Promise.all([first, second])
        assert t.phone.pages.routes == [HOME, LIST, DETAIL]


@pytest.mark.anyio
async def test_a_redirect_in_on_unload_does_not_stop_the_way_back(diary: Diary) -> None:
    async with taropy.create("weapp") as t:
        diary.app.pages[LIST].code.onUnload = lambda page: page.Taro.redirectTo(url=f"/{FORM}") and None
        await diary.app.launch(t)
        await t.navigateTo(url=f"/{LIST}")
        await t.navigateBack()
        await taropy.settled()
        assert t.phone.pages.routes == [FORM]


# --- urls ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("/pages/a/b", "pages/a/b"),
        ("detail?id=1", "pages/index/detail"),
        ("../list/index", "pages/list/index"),
        ("./other", "pages/index/other"),
        ("pages/a/b", "pages/index/pages/a/b"),
        ("/../../a", "a"),
    ],
)
def test_a_url_is_relative_to_the_page(weapp: Any, url: str, route: str) -> None:
    weapp.navigateTo(url=url).result()
    assert weapp.phone.pages.current.route == route


@pytest.mark.parametrize(
    ("url", "route"),
    [("pages/a/b", "pages/a/b"), ("./other", "pages/index/other"), ("../list/index", "pages/list/index")],
)
@pytest.mark.parametrize("platform", ["h5", "rn", "harmony", "harmony-hybrid"])
def test_with_taros_own_routers_a_url_begins_at_the_root_unless_with_a_dot(platform: str, url: str, route: str) -> None:
    with taropy.create(platform) as t:
        t.navigateTo(url=url).result()
        assert t.phone.pages.current.route == route


@pytest.mark.parametrize(
    ("platform", "name"),
    [
        *((platform, "%E8%8C%B6") for platform in ("weapp", "tt")),
        *((platform, "茶") for platform in ("alipay", "harmony")),
    ],
)
def test_a_query_comes_as_the_platform_hands_it_on(platform: str, name: str) -> None:
    with taropy.create(platform) as t:
        t.navigateTo(url="/pages/a/b?name=%E8%8C%B6&x=1=2&flag&x2=&&").result()
        assert t.phone.pages.current.query == {"name": name, "x": "1=2", "flag": "", "x2": ""}


def test_on_react_native_a_query_has_lists_and_bare_names() -> None:
    with taropy.create("rn") as t:
        t.navigateTo(url="/pages/a/b?name=%E8%8C%B6+x&d=1&flag&d=2&x2=&d&&y=1=2#part?z=1").result()
        query = {"d": ["1", "2", None], "flag": None, "name": "茶 x", "x2": "", "y": "1=2"}
        assert t.phone.pages.current.query == query


@pytest.mark.parametrize("platform", ["h5", "harmony-hybrid"])
def test_on_the_web_a_query_has_lists_and_bare_names_in_the_order_of_the_alphabet(platform: str) -> None:
    diary = Diary()
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        t.navigateTo(url=f"/{LIST}?x2=&d=1&name=%E8%8C%B6&flag&d=2&x=1=2&&").result()
        query = {"d": ["1", "2"], "flag": None, "name": "%E8%8C%B6", "x": "1=2", "x2": "", "stamp": "AB"}
        assert diary.last("list.onLoad") == query
        assert list(diary.last("list.onLoad")) == list(query)


@pytest.mark.parametrize("platform", ["h5", "harmony-hybrid"])
def test_on_the_web_each_page_has_a_stamp(platform: str) -> None:
    diary = Diary()
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        t.navigateTo(url=f"/{LIST}").result()
        t.navigateBack().result()
        t.navigateTo(url=f"/{LIST}?a=1").result()
        pages = t.getCurrentPages()
        assert [page.route for page in pages] == [f"/{HOME}", f"/{LIST}"]
        assert [page.path for page in pages] == [f"/{HOME}?stamp=AA", f"/{LIST}?stamp=AC"]
        assert t.getCurrentInstance().router["$taroPath"] == f"/{LIST}?stamp=AC"


def test_of_a_name_that_comes_twice_the_last_value_counts(weapp: Any) -> None:
    weapp.navigateTo(url="/pages/a/b?x=1&x=2").result()
    assert weapp.phone.pages.current.query == {"x": "2"}


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", LIMITED)
def test_the_stack_holds_ten_pages(platform: str) -> None:
    with taropy.create(platform) as t:
        for number in range(9):
            t.navigateTo(url=f"/pages/{number}").result()
        assert failure(t.navigateTo(url="/pages/10")) == "navigateTo:fail webview count limit exceed"
        t.redirectTo(url="/pages/11").result()
        assert len(t.getCurrentPages()) == 10


@pytest.mark.parametrize("platform", ["h5", "rn", "harmony", "harmony-hybrid"])
def test_taros_own_routers_know_no_limit(platform: str) -> None:
    with taropy.create(platform) as t:
        for number in range(20):
            t.navigateTo(url=f"/pages/{number}").result()
        assert len(t.phone.pages.routes) == 21


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo", "reLaunch", "switchTab"])
def test_a_page_that_the_app_does_not_have(weapp: Any, diary: Diary, name: str) -> None:
    diary.app.launch(weapp).result()
    diary.new()
    assert failure(getattr(weapp, name)(url="/pages/x/x?id=1")) == f'{name}:fail page "pages/x/x?id=1" is not found'
    assert (diary.new(), weapp.phone.pages.routes) == ("", [HOME])


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo"])
def test_a_tab_is_switched_to(weapp: Any, diary: Diary, name: str) -> None:
    diary.app.launch(weapp).result()
    assert failure(getattr(weapp, name)(url=f"/{MINE}")) == f"{name}:fail can not {name} a tabbar page"


def test_only_a_tab_is_switched_to(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    assert failure(weapp.switchTab(url=f"/{LIST}")) == "switchTab:fail can not switch to no-tabBar page"


def test_douyin_has_its_own_words_for_a_page_that_the_app_does_not_have(diary: Diary) -> None:
    with taropy.create("tt") as t:
        diary.app.launch(t).result()
        assert failure(t.reLaunch(url="/pages/x/x?id=1")) == 'reLaunch:fail url "/pages/x/x?id=1" is not in app.json'


def test_on_harmony_a_tab_is_a_page_like_others(diary: Diary) -> None:
    with taropy.create("harmony") as t:
        diary.app.launch(t).result()
        t.navigateTo(url=f"/{MINE}").result()
        assert t.phone.pages.routes == [HOME, MINE]


def test_in_a_browser_the_first_page_is_loaded_anew(web: Any, diary: Diary) -> None:
    diary.app.launch(web, path=DETAIL, query={"id": "7"}).result()
    diary.new()
    web.navigateBack().result()
    assert diary.new() == "app.onLaunch app.onShow detail.onLoad detail.onShow detail.onReady"
    assert diary.last("detail.onLoad") == {"id": "7", "stamp": "AA"}


@pytest.mark.parametrize("platform", sorted(spec.supported_on("navigateBack") - {"h5", "harmony", "harmony-hybrid"}))
def test_there_is_no_way_back_from_the_first_page(platform: str) -> None:
    words = {"alipay": "already top of navigation"}.get(platform, "cannot navigate back at first page.")
    with taropy.create(platform) as t:
        assert failure(t.navigateBack()) == f"navigateBack:fail {words}"


def test_on_harmony_the_first_page_stays() -> None:
    with taropy.create("harmony") as t:
        assert t.navigateBack().result().errMsg == "navigateBack:ok"
        assert len(t.phone.pages.routes) == 1


def test_a_delta_without_end_leads_to_the_first_page(weapp: Any) -> None:
    weapp.navigateTo(url="/pages/a").result()
    weapp.navigateTo(url="/pages/b").result()
    weapp.navigateBack(delta=float("inf")).result()
    assert len(weapp.phone.pages.routes) == 1


@pytest.mark.parametrize("delta", [0, -3, 0.5, float("nan"), float("-inf")])
def test_a_delta_below_one_is_one(weapp: Any, delta: float) -> None:
    weapp.navigateTo(url="/pages/a").result()
    weapp.navigateTo(url="/pages/b").result()
    weapp.navigateBack(delta=delta).result()
    assert len(weapp.phone.pages.routes) == 2


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo", "reLaunch", "switchTab"])
def test_a_url_is_needed(weapp: Any, name: str) -> None:
    fault = f"{name}:fail parameter error: parameter.url should be String instead of"
    assert failure(getattr(weapp, name)()) == f"{fault} Undefined"
    assert call(weapp.native, name)["errMsg"] == f"{fault} Undefined"
    assert call(weapp.native, name, url=5)["errMsg"] == f"{fault} Number"


def test_events_are_functions(weapp: Any) -> None:
    message = failure(weapp.navigateTo(url="/pages/a", events={"hi": 1}))
    assert message == "navigateTo:fail parameter error: parameter.events.hi should be Function instead of Number"
    assert len(weapp.phone.pages.routes) == 1


# --- Taro's router for the web -------------------------------------------------------------------------------------


@pytest.fixture(params=["h5", "harmony-hybrid"])
def web(request: pytest.FixtureRequest) -> Iterator[Any]:
    with taropy.create(request.param) as runtime:
        yield runtime


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo", "switchTab"])
def test_on_the_web_whoever_leads_to_a_tab_switches_to_it(web: Any, diary: Diary, name: str) -> None:
    diary.app.launch(web).result()
    web.navigateTo(url=f"/{LIST}").result()
    diary.new()
    assert getattr(web, name)(url=f"/{MINE}?id=7").result().errMsg == f"{name}:ok"
    assert diary.new() == "mine.onLoad mine.onShow mine.onReady list.onUnload"
    assert diary.last("mine.onLoad").id == "7"
    assert web.phone.pages.routes == [MINE]


def test_on_the_web_a_switch_to_what_is_no_tab_is_a_redirect(web: Any, diary: Diary) -> None:
    diary.app.launch(web).result()
    web.navigateTo(url=f"/{LIST}").result()
    diary.new()
    web.switchTab(url=f"/{FORM}").result()
    assert diary.new() == "list.onUnload form.onLoad form.onShow form.onReady"
    assert web.phone.pages.routes == [HOME, FORM]


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo", "reLaunch", "switchTab"])
def test_on_the_web_the_app_is_told_of_a_page_that_it_does_not_have(web: Any, diary: Diary, name: str) -> None:
    diary.app.launch(web).result()
    diary.new()
    assert getattr(web, name)(url="/pages/x/x?id=1").result().errMsg == f"{name}:ok"
    assert (diary.new(), web.phone.pages.routes) == ("app.onPageNotFound", [HOME])
    missing = {"path": "/pages/x/x", "query": {"id": "1", "stamp": "AB"}, "isEntryPage": False}
    assert diary.last("app.onPageNotFound") == missing


# --- pages speak with each other -----------------------------------------------------------------------------------


def test_an_opener_and_the_page_that_it_opened_speak_both_ways(t: Any) -> None:
    heard: list[Any] = []
    res = t.navigateTo(url="/pages/a", events={"back": lambda *data: heard.append(("back", *data))}).result()
    channel = t.phone.pages.current.program.getOpenerEventChannel()
    channel.on("there", lambda data: heard.append(("there", data)))
    if t.platform.name == "harmony":
        assert "eventChannel" not in res
        return
    if not t.canIUse("EventChannel.emit"):  # the vendor gives none
        with pytest.raises(NotSupported):
            res.eventChannel.emit("there", {"id": 1})
        return
    res.eventChannel.emit("there", {"id": 1})
    channel.emit("back", 1, 2)
    assert heard == [("there", {"id": 1}), ("back", 1, 2)]


def test_a_channel_is_listened_to_once_and_no_more(weapp: Any) -> None:
    heard: list[int] = []
    channel = weapp.navigateTo(url="/pages/a").result().eventChannel
    channel.once("n", heard.append)
    channel.emit("n", 1)
    channel.emit("n", 2)
    channel.once("n", heard.append)
    channel.off("n", heard.append)
    channel.emit("n", 3)
    channel.on("n", heard.append)
    channel.off("n")
    channel.emit("n", 4)
    assert heard == [1]


def test_who_listens_to_one_event_twice_is_told_twice_and_then_no_more() -> None:
    channel, heard = EventChannel(), [0]
    for _ in range(2):
        channel.once("n", heard.append)
    channel.emit("n", 1)
    channel.emit("n", 2)
    assert heard == [0, 1, 1]


def test_who_is_taken_off_a_channel_hears_neither_of_one_event_nor_of_all() -> None:
    channel, heard = EventChannel(), [0]
    channel.once("n", heard.append)
    channel.on("n", heard.append)
    channel.off("n", heard.append)
    channel.emit("n", 1)
    assert heard == [0]


@pytest.mark.parametrize("name", ["on", "once"])
def test_a_channel_is_listened_to_by_functions(weapp: Any, name: str) -> None:
    channel = weapp.navigateTo(url="/pages/a").result().eventChannel
    with pytest.raises(taropy.TaroError) as caught:
        getattr(channel, name)("n", 5)
    assert caught.value.errMsg == f"{name}:fail parameter error: parameter.fn should be Function instead of Number"


@pytest.mark.anyio
async def test_what_a_listener_throws_stops_nobody_else() -> None:
    heard: list[Any] = []

    async def later(data: Any) -> None:
        await asyncio.sleep(0)
        heard.append(data)

    async with taropy.create("weapp") as t:
        res = await t.navigateTo(url="/pages/a", events={"n": lambda data: 1 / 0})
        res.eventChannel.on("n", later)
        with pytest.warns(taropy.UnhandledRejectionWarning, match="division by zero"):
            res.eventChannel.emit("n", 5)
        await taropy.settled()
    assert heard == [5]


# --- what a person does --------------------------------------------------------------------------------------------


def test_tapping_a_tab(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    diary.new()
    weapp.phone.pages.tap_tab(1)
    assert diary.new() == "home.onHide mine.onLoad mine.onShow mine.onReady mine.onTabItemTap"
    assert diary.last("mine.onTabItemTap") == {"index": "1", "pagePath": MINE, "text": "Mine"}
    weapp.phone.pages.tap_tab(1)
    assert diary.new() == "mine.onTabItemTap"
    weapp.navigateTo(url=f"/{LIST}").result()
    with pytest.raises(LookupError, match="shows no tab bar"):
        weapp.phone.pages.tap_tab(0)


@pytest.mark.parametrize("index", [2, -1, "Mine"])
def test_tapping_beside_the_tabs(weapp: Any, diary: Diary, index: Any) -> None:
    diary.app.launch(weapp).result()
    with pytest.raises(LookupError, match=f"items 0 to 1, and not {index!r}"):
        weapp.phone.pages.tap_tab(index)


def test_pulling_a_page_down(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    assert not t.phone.pages.pull_down()
    t.navigateTo(url=f"/{LIST}").result()
    diary.new()
    assert t.phone.pages.pull_down()
    assert (diary.new(), t.phone.pages.current.refreshing) == ("list.onPullDownRefresh", True)


def test_scrolling_a_page(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    diary.new()
    t.phone.pages.scroll(120)
    assert (diary.new(), t.phone.pages.current.scroll_top) == ("home.onPageScroll", 120)
    assert diary.last("home.onPageScroll").scrollTop == 120
    t.phone.pages.scroll_to_bottom()
    assert diary.new() == "home.onPageScroll home.onReachBottom"


def test_the_bottom_is_reached_fifty_pixels_before_and_once_only(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    page, window = weapp.phone.pages.current, weapp.getWindowInfo().windowHeight
    page.height = window + 500
    diary.new()
    for top, heard in ((440, 0), (450, 1), (500, 0), (100, 0), (460, 1)):
        weapp.phone.pages.scroll(top)
        assert diary.new().count("onReachBottom") == heard, top
    weapp.phone.pages.scroll_to_bottom()
    assert page.scroll_top == 500


def test_the_back_button(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    weapp.navigateTo(url=f"/{LIST}").result()
    diary.new()
    weapp.phone.pages.press_back()
    assert diary.new() == "list.onUnload home.onShow"
    weapp.phone.pages.press_back()
    assert diary.new() == "home.onHide app.onHide"


def sharing(said: Any, **settings: Any) -> taropy.App:
    app = taropy.App(pages=[HOME], window={"navigationBarTitleText": "Tea"})

    @app.page(HOME, **settings)
    class Home:
        def onShareAppMessage(self, told: Any) -> Any:
            self.told = told
            return said() if callable(said) else said

        def onShareTimeline(self) -> Any:
            return {"title": "On my wall"}

        def onAddToFavorites(self, told: Any) -> None:
            assert told == {"webviewUrl": ""}

    return app


def shared(t: Any, **given: Any) -> Any:
    return asyncio.run(t.phone.pages.share(**given))


def test_a_card_that_says_nothing_is_the_page_itself(weapp: Any) -> None:
    sharing(None).launch(weapp, query={"id": "7"}).result()
    assert shared(weapp) == {"title": "Tea", "path": f"/{HOME}?id=7"}
    assert weapp.getCurrentPages()[0].told == {"from": "menu"}


def test_a_card_says_what_the_page_says(weapp: Any) -> None:
    sharing({"title": "Green", "imageUrl": "/a.png"}).launch(weapp).result()
    assert shared(weapp, by="button", target={"id": "b"}) == {
        "title": "Green",
        "path": f"/{HOME}",
        "imageUrl": "/a.png",
    }
    assert weapp.getCurrentPages()[0].told == {"from": "button", "target": {"id": "b"}}


def test_a_card_may_be_promised(weapp: Any) -> None:
    async def promised() -> Any:
        await asyncio.sleep(0)
        return {"title": "Later"}

    sharing(promised).launch(weapp).result()
    assert shared(weapp)["title"] == "Later"


@pytest.mark.anyio
async def test_a_promise_has_three_seconds() -> None:
    never: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    async with taropy.create("weapp") as t:
        t.phone.clock.stop()
        await sharing({"title": "Now", "promise": never}).launch(t)
        card = asyncio.ensure_future(t.phone.pages.share())
        await turns()
        assert not card.done()
        t.phone.clock.advance(3)
        assert (await card)["title"] == "Now"


def test_the_timeline_and_the_favorites(weapp: Any) -> None:
    sharing(None).launch(weapp, query={"id": "7"}).result()
    wall = weapp.phone.pages.share_timeline()
    assert wall == {"title": "On my wall", "query": "id=7"}
    assert (wall.title, wall["query"]) == ("On my wall", "id=7")
    kept = weapp.phone.pages.add_to_favorites()
    assert kept == {"title": "Tea", "query": "id=7"}
    assert kept.title == kept["title"]


def test_a_page_that_cannot_be_shared(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    with pytest.raises(LookupError, match="enableShareAppMessage=True"):
        shared(weapp)
    with pytest.raises(LookupError, match="enableShareTimeline=True"):
        weapp.phone.pages.share_timeline()


def test_every_page_can_be_a_favorite(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp, query={"id": "7"}).result()
    assert weapp.phone.pages.add_to_favorites() == {"title": "", "query": "id=7"}


@pytest.mark.parametrize("event", ["onTitleClick", "onOptionMenuClick", "onPullIntercept"])
def test_any_other_event_can_be_told(event: str) -> None:
    app = taropy.App(pages=[HOME])
    app.page(HOME)(type("Home", (), {event: lambda page: "heard"}))
    with taropy.create("alipay") as t:
        app.launch(t).result()
        assert t.phone.pages.tell(event) == "heard"


def test_many_pages_come_and_go_without_being_held(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    for number in range(50):
        weapp.navigateTo(url=f"/{DETAIL}?n={number}").result()
        weapp.navigateBack().result()
    assert weapp.phone.pages.routes == [HOME]
    assert diary.new().count("detail.onUnload") == 50


# --- snapshots -----------------------------------------------------------------------------------------------------


def test_a_snapshot_brings_the_pages_back_as_they_were_shown(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    weapp.navigateTo(url=f"/{LIST}").result()
    weapp.phone.pages.scroll(120)
    page, taken = weapp.getCurrentPages()[-1], weapp.phone.pages.snapshot()
    weapp.phone.pages.current.window["navigationBarTitleText"] = "Other"
    weapp.phone.pages.scroll(0)
    weapp.reLaunch(url=f"/{MINE}").result()
    diary.new()
    for _ in range(2):
        weapp.phone.pages.restore(taken)
        assert weapp.phone.pages.routes == [HOME, LIST]
        assert weapp.getCurrentPages()[-1] is page
        assert weapp.phone.pages.current.scroll_top == 120
        assert "navigationBarTitleText" not in weapp.phone.pages.current.window
        weapp.navigateBack().result()
    assert diary.new() == "list.onUnload home.onShow list.onUnload home.onShow"


@pytest.mark.parametrize("events", [object(), 5, [print]], ids=["object", "number", "list"])
def test_listeners_that_are_under_no_names_are_refused(native: Any, events: object) -> None:
    answer = call(native, "navigateTo", url="/pages/other/other", events=events)
    assert answer["errMsg"].startswith("navigateTo:fail parameter error: parameter.events should be Object instead of ")
