"""The window: its menu button, its size, scrolling and pulling down, and the question before a page is left."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from natively import call, turns
from supporting import failure, supporting
from tabbed import TAB_BAR, launched

import taropy
from taropy import spec
from taropy.phone import Node, Phone, Question

# --- menu button ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", sorted(spec.supported_on("getMenuButtonBoundingClientRect")))
def test_the_menu_button_is_in_the_corner(platform: str) -> None:
    with taropy.create(platform, device="iPhone SE (3rd generation)") as t:
        rect = t.getMenuButtonBoundingClientRect()
        sides = {name: rect[name] for name in ("left", "top", "right", "bottom", "width", "height")}
        assert sides == {"left": 281, "top": 24, "right": 368, "bottom": 56, "width": 87, "height": 32}


@pytest.mark.parametrize(
    ("device", "left", "top"), [("iPhone 15 Pro", 299, 58), ("Redmi 10A", 254, 38), ("Pixel 8", 306, 53)]
)
def test_every_phone_has_it_elsewhere(device: str, left: int, top: int) -> None:
    rect = Phone(device=device).native("weapp").getMenuButtonBoundingClientRect()
    assert (rect["left"], rect["top"]) == (left, top)


# --- size ----------------------------------------------------------------------------------------------------------


@supporting("onWindowResize")
def test_who_listens_is_told_the_size_when_the_phone_is_turned(t: Any) -> None:
    sizes: list[Any] = []

    def listener(res: Any) -> None:
        sizes.append((res.size["windowWidth"], res.size["windowHeight"]))

    t.onWindowResize(listener)
    t.phone.rotate("landscape")
    t.phone.rotate("landscape")
    t.offWindowResize(listener)
    t.phone.rotate("portrait")
    assert sizes == [(852, 393 if t.platform.name in ("h5", "harmony-hybrid") else 295)]


def test_a_page_that_does_not_turn_keeps_its_size(weapp: Any) -> None:
    sizes: list[Any] = []
    launched(weapp).onWindowResize(sizes.append)
    weapp.phone.rotate("landscape")
    assert sizes == []
    launched(weapp, pageOrientation="auto")
    weapp.phone.rotate("portrait")
    assert len(sizes) == 1


def test_a_page_that_does_not_turn_looks_the_same_on_a_phone_held_sideways(weapp: Any) -> None:
    launched(weapp, navigationStyle="default").phone.screen.draw('<view id="a" style="height: 750rpx"/>')
    before = weapp.getWindowInfo(), rect_of(weapp, "#a"), weapp.getMenuButtonBoundingClientRect()
    weapp.phone.rotate("landscape")
    assert (weapp.getWindowInfo(), rect_of(weapp, "#a"), weapp.getMenuButtonBoundingClientRect()) == before
    assert weapp.getSystemInfoSync().deviceOrientation == "portrait"


def test_a_page_may_stand_sideways_however_the_phone_is_held(weapp: Any) -> None:
    sizes: list[Any] = []
    launched(weapp, pageOrientation="landscape").onWindowResize(sizes.append)
    window = weapp.getWindowInfo()
    assert (window.screenWidth, window.screenHeight) == (852, 393)
    weapp.phone.rotate("landscape")
    assert (weapp.getWindowInfo(), sizes) == (window, [])


@pytest.mark.parametrize(
    ("device", "edges"), [("iPhone 15 Pro", (59, 0, 793, 359)), ("iPhone SE (3rd generation)", (0, 0, 667, 375))]
)
def test_what_is_safe_turns_with_the_page(device: str, edges: tuple[int, ...]) -> None:
    with taropy.create("weapp", device=device) as t:
        area = launched(t, pageOrientation="landscape").getWindowInfo().safeArea
        assert (area.left, area.top, area.right, area.bottom) == edges
        assert (area.width, area.height) == (area.right - area.left, area.bottom - area.top)


@pytest.mark.parametrize("t", ["h5", "harmony-hybrid"], indirect=True)
def test_web_pages_always_turn(t: Any) -> None:
    upright = launched(t).getSystemInfoSync()
    t.phone.rotate("landscape")
    assert t.getSystemInfoSync().screenWidth == upright.screenHeight


def rect_of(t: Any, selector: str) -> Any:
    told: list[Any] = []
    t.createSelectorQuery().select(selector).boundingClientRect(told.append).exec()
    return told[0]


def heights(t: Any) -> set[float]:
    """The height of the window, as each function that tells it does."""
    return {t.getSystemInfoSync().windowHeight, t.getSystemInfo().result().windowHeight, query_height(t)}


def query_height(t: Any) -> float:
    told: list[Any] = []
    t.createSelectorQuery().selectViewport().boundingClientRect(told.append).exec()
    return float(told[0].height)


@pytest.mark.parametrize("platform", ["weapp", "alipay", "swan", "tt", "qq", "jd"])
def test_the_window_ends_above_the_tab_bar(platform: str) -> None:
    with taropy.create(platform, device="iPhone SE (3rd generation)") as t:
        launched(t)
        assert heights(t) == {555}
        t.navigateTo(url="/pages/detail/detail").result()
        assert heights(t) == {603}
        t.navigateBack().result()
        t.hideTabBar().result()
        assert heights(t) == {603}
        t.showTabBar().result()
        assert heights(t) == {555}


@pytest.mark.parametrize("platform", ["h5", "rn", "harmony", "harmony-hybrid"])
def test_bars_that_taro_draws_itself_are_in_the_window(platform: str) -> None:
    with taropy.create(platform, device="iPhone SE (3rd generation)") as t:
        before = t.getSystemInfoSync().windowHeight
        launched(t, navigationStyle="custom")
        assert t.getSystemInfoSync().windowHeight == before


def test_a_gesture_bar_is_below_the_tab_bar(weapp: Any) -> None:
    before = weapp.getWindowInfo().windowHeight
    launched(weapp)
    assert before - weapp.getWindowInfo().windowHeight == 48 + weapp.phone.system.device.inset_bottom == 82


def test_a_page_without_a_navigation_bar_has_the_whole_screen(weapp: Any) -> None:
    launched(weapp, tab_bar=None, navigationStyle="custom")
    window = weapp.getWindowInfo()
    assert (window.windowHeight, window.screenTop) == (window.screenHeight, 0)


def test_a_tab_bar_of_the_programs_own_is_part_of_the_page(weapp: Any) -> None:
    before = weapp.getWindowInfo().windowHeight
    launched(weapp, tab_bar={**TAB_BAR, "custom": True})
    assert weapp.getWindowInfo().windowHeight == before


def test_the_bottom_of_a_page_is_reached_above_the_tab_bar(weapp: Any) -> None:
    launched(weapp).phone.screen.draw('<view style="height: 2000px"/>')
    weapp.phone.pages.scroll_to_bottom()
    assert weapp.phone.pages.current.scroll_top == 2000 - weapp.getWindowInfo().windowHeight


def test_the_size_of_a_phone_cannot_be_set(weapp: Any) -> None:
    assert failure(weapp.setWindowSize(width=300, height=400)).startswith("setWindowSize:fail not supported")
    for options, wrong in (
        ({"width": "300", "height": 400}, "parameter.width should be Number instead of String"),
        ({"width": 300}, "parameter.height should be Number instead of Undefined"),
    ):
        assert call(Phone().native("weapp"), "setWindowSize", **options)["errMsg"].endswith(wrong)


def test_picture_in_picture_is_as_the_test_says(weapp: Any) -> None:
    assert weapp.checkIsPictureInPictureActive() is False
    weapp.phone.window.picture_in_picture = True
    assert weapp.checkIsPictureInPictureActive() is True


# --- pull-down refresh ---------------------------------------------------------------------------------------------


@supporting("startPullDownRefresh")
def test_a_page_refreshes_until_it_is_stopped(t: Any) -> None:
    t.startPullDownRefresh().result()
    assert t.phone.screen.refreshing
    t.stopPullDownRefresh()
    t.stopPullDownRefresh()
    assert not t.phone.screen.refreshing


@pytest.mark.parametrize(("enabled", "told"), [(True, 1), (False, 0)])
def test_a_page_is_told_if_it_can_be_pulled(weapp: Any, enabled: bool, told: int) -> None:
    pulled: list[Any] = []

    class Page:
        def onPullDownRefresh(self) -> None:
            pulled.append(self)

    app = taropy.App(pages=["pages/a/a"])
    app.page("pages/a/a", enablePullDownRefresh=enabled)(Page)
    app.launch(weapp).result()
    weapp.startPullDownRefresh().result()
    assert (len(pulled), weapp.phone.screen.refreshing) == (told, True)


# --- scrolling -----------------------------------------------------------------------------------------------------


@supporting("pageScrollTo")
def test_the_page_scrolls_to_a_place(t: Any) -> None:
    t.pageScrollTo(scrollTop=120, duration=0).result()
    assert t.phone.screen.scroll_top == 120


def test_alipays_pages_scroll_at_once() -> None:
    phone = Phone()
    phone.clock.stop()
    my = phone.native("alipay", "my")
    assert call(my, "pageScrollTo", scrollTop=120) == {"errMsg": "pageScrollTo:ok"}
    assert call(my, "pageScrollTo")["error"] == 1


def test_a_scroll_takes_its_time() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            t.phone.clock.stop()
            promise = t.pageScrollTo(scrollTop=50)
            await asyncio.sleep(0)
            t.phone.clock.advance(0.299)
            assert t.phone.screen.scroll_top == 0
            t.phone.clock.advance(0.001)
            assert (await promise).errMsg == "pageScrollTo:ok"
            assert t.phone.screen.scroll_top == 50

    asyncio.run(main())


@pytest.mark.parametrize(
    ("options", "top"),
    [
        ({"selector": "#far"}, 900),
        ({"selector": "#far", "offsetTop": -40}, 860),
        ({"selector": "#far", "scrollTop": 10}, 10),
        ({"selector": ".last"}, 2246),
        ({"scrollTop": 99_999}, 2246),
        ({"scrollTop": -5}, 0),
    ],
)
def test_a_scroll_ends_within_the_page(weapp: Any, options: Any, top: float) -> None:
    weapp.setNavigationBarTitle(title="long").result()
    weapp.phone.screen.draw([Node(id="far", rect=(0, 900, 10, 10)), Node(class_="last", rect=(0, 2900, 10, 100))])
    weapp.pageScrollTo(duration=0, **options).result()
    assert weapp.phone.screen.scroll_top == top


def test_the_page_is_told_of_a_scroll(weapp: Any) -> None:
    tops: list[float] = []

    class Page:
        def onPageScroll(self, event: Any) -> None:
            tops.append(event["scrollTop"])

    app = taropy.App(pages=["pages/a/a"])
    app.page("pages/a/a")(Page)
    app.launch(weapp).result()
    weapp.pageScrollTo(scrollTop=7, duration=0).result()
    assert tops == [7]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "parameter error: parameter.scrollTop should be Number instead of Undefined"),
        ({"scrollTop": "5"}, "parameter error: parameter.scrollTop should be Number instead of String"),
        ({"selector": 5}, "parameter error: parameter.selector should be String instead of Number"),
        ({"scrollTop": 1, "duration": "1"}, "parameter error: parameter.duration should be Number instead of String"),
        ({"selector": "#nothing"}, 'no node matches the selector "#nothing"'),
    ],
)
def test_a_scroll_to_nowhere_fails(options: Any, reason: str) -> None:
    phone = Phone()
    assert call(phone.native("weapp"), "pageScrollTo", **options) == {"errMsg": f"pageScrollTo:fail {reason}"}
    assert phone.screen.scroll_top == 0


def test_a_page_that_has_been_left_is_not_scrolled_any_more() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            t.phone.clock.stop()
            promise = t.pageScrollTo(scrollTop=50)
            await asyncio.sleep(0)
            await t.navigateTo(url="/pages/other/other")
            t.phone.clock.advance(1)
            await promise
            assert [page.scroll_top for page in t.phone.pages.stack(t.phone.pages.front)] == [0, 0]

    asyncio.run(main())


# --- leaving a page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("confirm", "left"), [(True, 1), (False, 2)])
def test_a_page_may_ask_before_it_is_left(weapp: Any, confirm: bool, left: int) -> None:
    launched(weapp).navigateTo(url="/pages/detail/detail").result()
    weapp.enableAlertBeforeUnload(message="Unsaved").result()
    assert weapp.phone.screen.alert_before_unload == "Unsaved"
    weapp.phone.screen.answer_leaving(confirm=confirm)
    weapp.phone.pages.press_back()
    assert len(weapp.phone.pages.routes) == left
    assert [question.shown for question in weapp.phone.person.asked] == [{"message": "Unsaved"}]


def test_going_back_fails_if_the_person_stays(weapp: Any) -> None:
    launched(weapp).navigateTo(url="/pages/detail/detail").result()
    weapp.enableAlertBeforeUnload(message="Unsaved").result()
    weapp.phone.person.script("leave page", confirm=False)
    assert failure(weapp.navigateBack()) == "navigateBack:fail cancel"
    weapp.disableAlertBeforeUnload().result()
    weapp.navigateBack().result()
    assert weapp.phone.pages.routes == ["pages/home/home"]


def test_the_way_back_waits_for_who_is_asked() -> None:
    async def main() -> None:
        made_up_their_mind = asyncio.Event()

        async def ask(question: Question) -> dict[str, Any]:
            await made_up_their_mind.wait()
            return {"confirm": True}

        async with taropy.create("weapp", ask=ask) as t:
            await t.navigateTo(url="/pages/other/other")
            await t.enableAlertBeforeUnload(message="Unsaved")
            leaving = asyncio.ensure_future(t.navigateBack())
            await turns()
            assert (leaving.done(), len(t.phone.pages.routes)) == (False, 2)
            made_up_their_mind.set()
            assert (await leaving).errMsg == "navigateBack:ok"
            assert len(t.phone.pages.routes) == 1

    asyncio.run(main())


def test_who_is_asked_may_take_time_to_leave() -> None:
    async def ask(question: Question) -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"confirm": question.kind == "leave page"}

    async def main() -> None:
        async with taropy.create("weapp", ask=ask) as t:
            await t.navigateTo(url="/pages/other/other")
            await t.enableAlertBeforeUnload(message="Unsaved")
            t.phone.pages.press_back()
            assert len(t.phone.pages.routes) == 2
            await turns()
            assert len(t.phone.pages.routes) == 1

    asyncio.run(main())
