"""What a person does to a page: taps tabs, pulls, scrolls, goes back."""

from __future__ import annotations

from typing import Any

import pytest
from diaries import HOME, LIST, MINE, Diary

import taropy


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


@pytest.mark.parametrize("event", ["onTitleClick", "onOptionMenuClick", "onPullIntercept"])
def test_any_other_event_can_be_told(event: str) -> None:
    app = taropy.App(pages=[HOME])
    app.page(HOME)(type("Home", (), {event: lambda page: "heard"}))
    with taropy.create("alipay") as t:
        app.launch(t).result()
        assert t.phone.pages.tell(event) == "heard"
