"""Bars, dialogs and scrolling as Taro's own code does them on React Native and HarmonyOS."""

from __future__ import annotations

from typing import Any

import pytest
from natively import call
from supporting import failure, supporting
from tabbed import launched

import taropy


@pytest.fixture
def t(request: pytest.FixtureRequest) -> Any:
    with taropy.create(request.param) as runtime:
        yield launched(runtime)


rn = pytest.mark.parametrize("t", ["rn"], indirect=True)
harmony = pytest.mark.parametrize("t", ["harmony"], indirect=True)
both = pytest.mark.parametrize("t", ["rn", "harmony"], indirect=True)


def bar(t: Any) -> Any:
    return t.phone.tab_bars.of(t.phone.pages.front)


@rn
def test_the_tab_bar_of_react_native_hears_of_everything_anywhere(t: Any) -> None:
    t.navigateTo(url="/pages/detail/detail").result()
    t.setTabBarBadge(index=1, text="12345").result()
    t.setTabBarItem(index=0, text="Start").result()
    t.setTabBarStyle(color="tomato").result()
    t.hideTabBar().result()
    assert (bar(t).items[1].badge, bar(t).items[0].text, bar(t).color, bar(t).visible) == (
        "12345", "Start", "tomato", False,
    )  # fmt: skip
    t.setTabBarBadge(index=9, text="1").result()
    assert [item.badge for item in bar(t).items] == [None, "12345"]


@harmony
def test_the_corners_of_harmonys_tab_bar_are_reached_anywhere_the_rest_is_not(t: Any) -> None:
    t.navigateTo(url="/pages/detail/detail").result()
    t.setTabBarBadge(index=1, text="12345").result()
    assert bar(t).items[1].badge == "..."
    t.showTabBarRedDot(index=0).result()
    assert bar(t).items[0].red_dot
    t.hideTabBarRedDot(index=9).result()
    for name, options in [("setTabBarItem", {"index": 0}), ("setTabBarStyle", {}), ("hideTabBar", {})]:
        assert failure(getattr(t, name)(**options)) == f"{name}:fail not TabBar page"


@both
def test_any_color_may_be_named(t: Any) -> None:
    t.setNavigationBarColor(frontColor="tomato", backgroundColor="teal").result()
    shown = t.phone.navigation_bars.of(t.phone.pages.front)
    assert (shown.front_color, shown.background_color) == ("tomato", "teal")
    t.setBackgroundColor(backgroundColor="teal").result()
    assert t.phone.navigation_bars.background(t.phone.pages.front).color == "teal"


@rn
def test_any_other_style_of_text_is_light(t: Any) -> None:
    call(t.phone.native("rn", "rn"), "setBackgroundTextStyle", textStyle="grey")
    assert t.phone.navigation_bars.background(t.phone.pages.front).text_style == "light"


@rn
def test_an_action_sheet_of_react_native_has_any_number_of_items(t: Any) -> None:
    t.phone.screen.answer_action_sheet(8)
    assert t.showActionSheet(itemList=[str(number) for number in range(9)]).result().tapIndex == 8
    t.phone.screen.cancel_action_sheet()
    assert failure(t.showActionSheet(itemList=[])) == "showActionSheet:fail cancel"


@harmony
def test_an_action_sheet_of_harmony_has_six_items_and_tells_taros_index(t: Any) -> None:
    t.phone.screen.answer_action_sheet(1)
    assert t.showActionSheet(itemList=["a", "b"]).result().tapIndex == 1
    assert "large than 6" in failure(t.showActionSheet(itemList=["a"] * 7))


@both
def test_a_modal_has_no_input_and_buttons_of_any_length(t: Any) -> None:
    t.phone.person.script("modal", content="typed")
    shown = t.showModal(title="a", editable=True, confirmText="a long confirmation").result()
    assert (shown.confirm, shown.get("content")) == (True, None)


@harmony
def test_a_toast_of_harmony_is_a_text(t: Any) -> None:
    t.showToast(title="Saved", icon="success", mask=True).result()
    toast = t.phone.screen.toast
    assert (toast.title, toast.icon, toast.mask) == ("Saved", "none", False)


@rn
def test_react_native_scrolls_to_heights_and_by_default_to_the_top(t: Any) -> None:
    t.phone.clock.stop()
    t.pageScrollTo(scrollTop=40, duration=5000).result()
    assert t.phone.pages.current.scroll_top == 40
    t.pageScrollTo().result()
    assert t.phone.pages.current.scroll_top == 0


@harmony
def test_harmony_wants_to_know_where_to_scroll(t: Any) -> None:
    assert '"selector"' in failure(t.pageScrollTo())


@supporting("startPullDownRefresh")
def test_react_native_only_notes_that_a_page_refreshes(t: Any) -> None:
    heard: list[str] = []
    app = taropy.App(pages=["pages/a/a"], window={"enablePullDownRefresh": True})

    @app.page("pages/a/a")
    class A:
        def onPullDownRefresh(self) -> None:
            heard.append("pulled")

    with taropy.create(t.platform.name) as runtime:
        app.launch(runtime).result()
        runtime.startPullDownRefresh().result()
        assert heard == ([] if t.platform.name == "rn" else ["pulled"])
        assert runtime.phone.pages.current.refreshing
        runtime.phone.pages.pull_down()
        assert heard[-1:] == ["pulled"]


@pytest.mark.parametrize("t", ["h5", "rn", "harmony", "harmony-hybrid"], indirect=True)
def test_a_toast_needs_no_title_and_shows_none(t: Any) -> None:
    t.showToast({}).result()
    assert t.phone.screen.toast.title == ""


@supporting("showLoading")
def test_a_sign_of_loading_needs_no_title_where_taros_own_code_shows_it(t: Any) -> None:
    if t.getEnv() in ("WEB", "RN", "HARMONYHYBRID"):
        t.showLoading().result()
        assert t.phone.screen.loading.title == ("加载中" if t.platform.name == "rn" else "")
    elif t.getEnv() != "ALIPAY":
        assert "parameter.title should be String" in failure(t.showLoading())


@rn
def test_a_sign_of_loading_of_react_native_has_a_title_where_nothing_is_said(t: Any) -> None:
    t.native.showLoading()
    assert t.phone.screen.loading.title == "加载中"
    call(t.native, "showLoading", mask=True)
    assert (t.phone.screen.loading.title, t.phone.screen.loading.mask) == ("", True)
    t.showLoading().result()
    assert t.phone.screen.loading.title == "加载中"
    t.showLoading(mask=True).result()
    assert t.phone.screen.loading.title == ""


@pytest.mark.parametrize("t", ["harmony-hybrid"], indirect=True)
def test_the_hybrid_refuses_an_empty_title(t: Any) -> None:
    t.setNavigationBarTitle(title="Tea").result()
    assert "parameter.title should be String" in failure(t.setNavigationBarTitle(title=""))
    assert t.phone.screen.navigation_bar.title == "Tea"
