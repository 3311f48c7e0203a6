"""The bars of the pages: navigation bar, background, tab bar, and the top bar over the chats."""

from __future__ import annotations

from typing import Any

import pytest
from natively import call
from supporting import failure, supporting
from tabbed import TAB_BAR, launched

import taropy
from taropy.phone import Phone

# --- navigation bar ------------------------------------------------------------------------------------------------


@supporting("setNavigationBarTitle")
def test_the_title_is_set(t: Any) -> None:
    assert t.setNavigationBarTitle(title="Tea").result().errMsg == "setNavigationBarTitle:ok"
    assert t.phone.screen.navigation_bar.title == "Tea"


@supporting("setNavigationBarColor")
def test_the_colors_are_set(t: Any) -> None:
    t.setNavigationBarColor(frontColor="#000000", backgroundColor="#FFEE00").result()
    bar = t.phone.screen.navigation_bar
    assert (bar.front_color, bar.background_color) == ("#000000", "#FFEE00")


@supporting("showNavigationBarLoading")
def test_a_loading_sign_stays_until_it_is_hidden(t: Any) -> None:
    t.showNavigationBarLoading()
    assert t.phone.screen.navigation_bar.loading
    t.hideNavigationBarLoading()
    t.hideNavigationBarLoading()
    assert not t.phone.screen.navigation_bar.loading


@pytest.mark.parametrize(
    ("colors", "reason"),
    [
        ({"frontColor": "#fff", "backgroundColor": "#000000"}, 'invalid frontColor "#fff"'),
        ({"frontColor": "#ffffff", "backgroundColor": "red"}, 'invalid backgroundColor "red"'),
        ({"frontColor": "#ffffff", "backgroundColor": "#12345"}, 'invalid backgroundColor "#12345"'),
    ],
)
def test_a_wrong_color_changes_nothing(weapp: Any, colors: Any, reason: str) -> None:
    before = weapp.setNavigationBarTitle(title="x").result() and weapp.phone.screen.navigation_bar
    assert failure(weapp.setNavigationBarColor(colors)) == f"setNavigationBarColor:fail {reason}"
    assert weapp.phone.screen.navigation_bar == before


def test_web_pages_take_any_color() -> None:
    with taropy.create("h5") as t:
        t.setNavigationBarColor(frontColor="#ffffff", backgroundColor="tomato").result()
        assert t.phone.screen.navigation_bar.background_color == "tomato"


@pytest.mark.parametrize(
    ("name", "options", "fault"),
    [
        ("setNavigationBarTitle", {}, "parameter.title should be String instead of Undefined"),
        ("setNavigationBarTitle", {"title": 5}, "parameter.title should be String instead of Number"),
        ("setNavigationBarColor", {}, "parameter.frontColor should be String instead of Undefined"),
        (
            "setNavigationBarColor",
            {"frontColor": "#ffffff", "backgroundColor": "#000", "animation": 1},
            "parameter.animation should be Object instead of Number",
        ),
        ("setBackgroundColor", {"backgroundColor": 1}, "parameter.backgroundColor should be String instead of Number"),
        ("setBackgroundTextStyle", {}, "parameter.textStyle should be String instead of Undefined"),
        ("setTabBarBadge", {"text": "1"}, "parameter.index should be Number instead of Undefined"),
        ("setTabBarBadge", {"index": 0, "text": 1}, "parameter.text should be String instead of Number"),
        ("setTopBarText", {"text": None}, "parameter.text should be String instead of Null"),
    ],
)
def test_wrong_options_are_refused(name: str, options: Any, fault: str) -> None:
    answer = call(Phone().native("weapp"), name, **options)
    assert answer == {"errMsg": f"{name}:fail parameter error: {fault}"}


def test_what_is_set_goes_with_the_page(weapp: Any) -> None:
    t = launched(weapp, navigationBarTitleText="Shop", navigationBarTextStyle="black")
    t.navigateTo(url="/pages/detail/detail").result()
    t.setNavigationBarTitle(title="Green tea").result()
    t.setBackgroundColor(backgroundColor="#eeeeee").result()
    assert t.phone.screen.background.color_top == "#eeeeee"
    t.navigateBack().result()
    bar = t.phone.screen.navigation_bar
    assert (bar.title, bar.front_color) == ("Shop", "#000000")
    assert t.phone.screen.background.color == "#ffffff"


@supporting("hideHomeButton")
def test_the_home_button_of_a_lost_page_can_be_hidden(t: Any) -> None:
    launched(t)
    assert not t.phone.screen.navigation_bar.home_button
    t.reLaunch(url="/pages/detail/detail").result()
    assert t.phone.screen.navigation_bar.home_button
    t.hideHomeButton().result()
    assert not t.phone.screen.navigation_bar.home_button


@pytest.mark.parametrize(
    ("platform", "colors"), [("weapp", ("#ffffff", "#000000")), ("alipay", ("#000000", "#ffffff"))]
)
def test_a_bar_that_nobody_colored_has_the_vendors_colors(platform: str, colors: tuple[str, str]) -> None:
    with taropy.create(platform) as t:
        bar = launched(t).phone.screen.navigation_bar
        assert (bar.front_color, bar.background_color) == colors


def test_alipays_own_function_takes_what_there_is() -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    call(my, "setNavigationBar", title="Tea", backgroundColor="#112233", frontColor="#ffffff")
    call(my, "setNavigationBar", title="Coffee")
    bar = phone.screen.navigation_bar
    assert (bar.title, bar.front_color, bar.background_color) == ("Coffee", "#ffffff", "#112233")
    call(my, "setNavigationBar", reset=True)
    bar = phone.screen.navigation_bar
    assert (bar.title, bar.front_color, bar.background_color) == ("Coffee", "#000000", "#ffffff")
    assert not hasattr(my, "setNavigationBarTitle")
    assert not hasattr(phone.native("weapp"), "setNavigationBar")


# --- background ----------------------------------------------------------------------------------------------------


@supporting("setBackgroundColor")
def test_the_background_is_set(t: Any) -> None:
    t.setBackgroundColor(backgroundColor="#abcdef", backgroundColorBottom="#000").result()
    background = t.phone.screen.background
    assert (background.color, background.color_top, background.color_bottom) == ("#abcdef", "#abcdef", "#000")


@supporting("setBackgroundTextStyle")
def test_the_dots_are_dark_or_light(t: Any) -> None:
    t.setBackgroundTextStyle(textStyle="light").result()
    assert t.phone.screen.background.text_style == "light"


def test_no_other_style_of_dots() -> None:
    answer = call(Phone().native("weapp"), "setBackgroundTextStyle", textStyle="red")
    assert answer == {"errMsg": 'setBackgroundTextStyle:fail invalid textStyle "red"'}


def test_the_top_bar_is_not_set_twice_within_five_seconds(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.setTopBarText(text="1 new").result()
    error = weapp.setTopBarText(text="2 new").catch(lambda error: error).result()
    assert (error.errMsg, error["errno"]) == ("setTopBarText:fail invoke too frequently", 510001)
    weapp.phone.clock.advance(5)
    weapp.setTopBarText(text="3 new").result()
    assert weapp.phone.screen.top_bar_text == "3 new"


def test_a_snapshot_brings_the_top_bar_back(weapp: Any) -> None:
    weapp.phone.clock.stop()
    before = weapp.phone.snapshot()
    weapp.setTopBarText(text="1 new").result()
    weapp.phone.restore(before)
    assert weapp.phone.screen.top_bar_text == ""
    assert weapp.setTopBarText(text="2 new").result().errMsg == "setTopBarText:ok"


# --- tab bar -------------------------------------------------------------------------------------------------------


@supporting("setTabBarBadge")
def test_an_item_has_a_badge_or_a_dot(t: Any) -> None:
    items = launched(t).phone.screen.tab_bar.items
    t.setTabBarBadge(index=1, text="3").result()
    assert (items[1].badge, items[1].red_dot) == ("3", False)
    t.showTabBarRedDot(index=1).result()
    assert (items[1].badge, items[1].red_dot) == (None, True)
    t.hideTabBarRedDot(index=1).result()
    t.setTabBarBadge(index=0, text="9").result()
    t.removeTabBarBadge(index=0).result()
    assert [(item.badge, item.red_dot) for item in items] == [(None, False), (None, False)]


@pytest.mark.parametrize(
    ("text", "shown"), [("9999", "9999"), ("99999", "..."), ("新品", "新品"), ("新品!", "..."), ("", "")]
)
def test_a_badge_has_room_for_four_letters(weapp: Any, text: str, shown: str) -> None:
    launched(weapp).setTabBarBadge(index=0, text=text).result()
    assert weapp.phone.screen.tab_bar.items[0].badge == shown


@pytest.mark.parametrize(
    ("platform", "text", "shown"),
    [("alipay", "支付宝", "支付宝"), ("alipay", "蚂蚁集团", "蚂蚁……"), ("h5", "a long text", "...")],
)
def test_every_vendor_has_room_for_other_badges(platform: str, text: str, shown: str) -> None:
    with taropy.create(platform) as t:
        launched(t).setTabBarBadge(index=0, text=text).result()
        assert t.phone.screen.tab_bar.items[0].badge == shown


@supporting("setTabBarItem")
def test_an_item_is_changed_as_far_as_it_is_given(t: Any) -> None:
    launched(t).setTabBarItem(index=0, text="Start").result()
    item = t.phone.screen.tab_bar.items[0]
    assert (item.text, item.icon_path, item.selected_icon_path) == ("Start", "a.png", "b.png")
    t.setTabBarItem(index=0, iconPath="c.png", selectedIconPath="d.png").result()
    assert (item.text, item.icon_path, item.selected_icon_path) == ("Start", "c.png", "d.png")


@supporting("setTabBarStyle", without=("alipay",))
def test_the_style_is_changed_as_far_as_it_is_given(t: Any) -> None:
    launched(t).setTabBarStyle(color="#FF0000", borderStyle="white").result()
    bar = t.phone.screen.tab_bar
    assert (bar.color, bar.selected_color, bar.border_style) == ("#FF0000", "#333333", "white")


@pytest.mark.parametrize("option", ["color", "selectedColor", "backgroundColor", "borderStyle"])
def test_a_wrong_style_changes_nothing(weapp: Any, option: str) -> None:
    t = launched(weapp)
    assert failure(t.setTabBarStyle({"color": "#000000", option: "red"})) == f"setTabBarStyle:fail invalid {option}"
    assert t.phone.screen.tab_bar.color == "#999999"


def test_alipays_border_has_a_color_and_its_failures_a_code() -> None:
    with taropy.create("alipay") as t:
        error = t.setTabBarItem(index=0, text="x").catch(lambda error: error).result()
        assert (error.errMsg, error["error"]) == ("setTabBarItem:fail not TabBar page", 11)
        colors = dict.fromkeys(("color", "selectedColor", "backgroundColor"), "#000000")
        launched(t).setTabBarStyle(**colors, borderStyle="#ABABAE").result()
        assert t.phone.screen.tab_bar.border_style == "#ABABAE"
        error = t.setTabBarStyle(borderStyle="#ABABAE").catch(lambda error: error).result()
        assert error["error"] == 2, "it needs all four"
        error = t.removeTabBarBadge(index=9).catch(lambda error: error).result()
        assert (error.errMsg, error["error"]) == ("removeTabBarBadge:fail tabbar item not found", 2)


@supporting("hideTabBar")
def test_the_tab_bar_is_hidden_and_shown(t: Any) -> None:
    launched(t).hideTabBar(animation=True).result()
    assert not t.phone.screen.tab_bar.visible
    t.showTabBar().result()
    assert t.phone.screen.tab_bar.visible


TAB_BAR_CALLS = [
    ("setTabBarBadge", {"index": 0, "text": "1"}),
    ("removeTabBarBadge", {"index": 0}),
    ("showTabBarRedDot", {"index": 0}),
    ("hideTabBarRedDot", {"index": 0}),
    ("setTabBarItem", {"index": 0}),
    ("setTabBarStyle", {}),
    ("showTabBar", {}),
    ("hideTabBar", {}),
]


@pytest.mark.parametrize(("name", "options"), TAB_BAR_CALLS)
def test_the_tab_bar_is_changed_on_its_own_pages_only(weapp: Any, name: str, options: Any) -> None:
    assert failure(getattr(weapp, name)(options)) == f"{name}:fail not TabBar page"
    launched(weapp).navigateTo(url="/pages/detail/detail").result()
    assert failure(getattr(weapp, name)(options)) == f"{name}:fail not TabBar page"
    weapp.navigateBack().result()
    assert getattr(weapp, name)(options).result().errMsg == f"{name}:ok"


@pytest.mark.parametrize(("name", "options"), TAB_BAR_CALLS[:5])
@pytest.mark.parametrize("index", [2, -1, 0.5])
def test_an_item_that_is_not_there_is_not_found(weapp: Any, name: str, options: Any, index: float) -> None:
    promise = getattr(launched(weapp), name)({**options, "index": index})
    assert failure(promise) == f"{name}:fail tabbar item not found"


def test_a_custom_tab_bar_is_the_programs_own_affair(weapp: Any) -> None:
    t = launched(weapp, tab_bar={**TAB_BAR, "custom": True})
    assert failure(t.setTabBarStyle(color="#000000")) == "setTabBarStyle:fail custom Tabbar"


def test_a_new_launch_has_a_fresh_tab_bar(weapp: Any) -> None:
    launched(weapp).setTabBarBadge(index=0, text="1").result()
    launched(weapp)
    assert weapp.phone.screen.tab_bar.items[0].badge is None


def test_a_snapshot_brings_the_tab_bar_back(weapp: Any) -> None:
    launched(weapp).setTabBarBadge(index=0, text="1").result()
    state = weapp.phone.tab_bars.snapshot()
    for _ in range(2):
        weapp.removeTabBarBadge(index=0).result()
        weapp.phone.tab_bars.restore(state)
        assert weapp.phone.screen.tab_bar.items[0].badge == "1"
