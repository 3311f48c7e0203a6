"""What opens and closes pages, and in which order they hear of it."""

from __future__ import annotations

from typing import Any

import pytest
from diaries import DETAIL, FORM, HOME, LIST, MINE, Diary

import taropy
from taropy import spec


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


def test_many_pages_come_and_go_without_being_held(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    for number in range(50):
        weapp.navigateTo(url=f"/{DETAIL}?n={number}").result()
        weapp.navigateBack().result()
    assert weapp.phone.pages.routes == [HOME]
    assert diary.new().count("detail.onUnload") == 50
