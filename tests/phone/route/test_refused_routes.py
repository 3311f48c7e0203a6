"""Where no way leads: what is refused, and where each router has its own limits."""

from __future__ import annotations

from typing import Any

import pytest
from diaries import DETAIL, HOME, LIST, MINE, Diary
from natively import call
from supporting import failure

import taropy
from taropy import spec

LIMITED = ["weapp", "alipay", "swan", "tt", "qq", "jd"]


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


@pytest.mark.parametrize("events", [object(), 5, [print]], ids=["object", "number", "list"])
def test_listeners_that_are_under_no_names_are_refused(native: Any, events: object) -> None:
    answer = call(native, "navigateTo", url="/pages/other/other", events=events)
    assert answer["errMsg"].startswith("navigateTo:fail parameter error: parameter.events should be Object instead of ")
