"""Toasts, dialogs, bars and scrolling in a browser, as taro-h5 does them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from supporting import failure
from tabbed import launched

import taropy
from taropy.phone import LostCallWarning, Node, Phone, leave_open

DETAIL = "/pages/detail/detail"


@pytest.fixture
def t() -> Iterator[Any]:
    with taropy.create("h5") as runtime:
        yield launched(runtime)


@pytest.mark.parametrize("icon", ["fail", "", 5])
def test_whatever_is_no_icon_is_the_usual_one(t: Any, icon: Any) -> None:
    t.showToast(title="Saved", icon=icon).result()
    assert (t.phone.screen.toast.title, t.phone.screen.toast.icon) == ("Saved", "success")


def test_a_toast_of_less_than_no_time_stays(t: Any) -> None:
    t.showToast(title="Saved", duration=-1).result()
    t.phone.clock.advance(3600)
    assert t.phone.screen.toast.title == "Saved"


def test_a_modal_asks_for_no_text(t: Any) -> None:
    assert "content" not in t.showModal(title="Name?", editable=True).result()


def test_a_second_modal_takes_the_place_of_the_first_and_a_route_takes_it_away() -> None:
    async def program(t: Any) -> list[Any]:
        screen = t.phone.screen
        settled: list[Any] = []
        t.showModal(title="One").then(settled.append, settled.append)
        second = t.showModal(title="Two")
        seen = [screen.modal.title]
        screen.answer_modal(confirm=True)
        assert (await second).confirm
        seen.append(screen.modal)
        t.showModal(title="Three").then(settled.append, settled.append)
        await t.navigateTo(url=DETAIL)
        assert settled == []  # as in a browser, nobody can answer the first and the third any more
        return [*seen, screen.modal]

    with Phone(ask=leave_open) as phone, taropy.create("h5", phone=phone) as t:
        launched(t)
        assert asyncio.run(program(t)) == ["Two", None, None]


# --- bars ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("colors", [{}, {"frontColor": "red"}, {"backgroundColor": "#123456"}])
def test_each_color_of_the_navigation_bar_may_be_left_out(t: Any, colors: dict[str, str]) -> None:
    before = t.phone.screen.navigation_bar
    t.setNavigationBarColor(colors).result()
    bar = t.phone.screen.navigation_bar
    assert bar.front_color == colors.get("frontColor", before.front_color)
    assert bar.background_color == colors.get("backgroundColor", before.background_color)


def test_a_title_has_letters(t: Any) -> None:
    reason = "setNavigationBarTitle:fail parameter error: parameter.title should be String instead of String"
    assert failure(t.setNavigationBarTitle(title="")) == reason


def test_a_title_is_kept_for_the_next_page_of_the_route(t: Any) -> None:
    t.navigateTo(url=DETAIL).result()
    t.setNavigationBarTitle(title="Tea").result()
    t.navigateBack().result()
    t.navigateTo(url=f"{DETAIL}?id=2").result()
    assert t.phone.screen.navigation_bar.title == "Tea"


def test_the_tab_bar_is_there_on_pages_that_do_not_show_it(t: Any) -> None:
    t.navigateTo(url=DETAIL).result()
    t.setTabBarBadge(index=1, text="12345").result()
    t.setTabBarItem(index=0, text="").result()
    t.setTabBarStyle(color="", selectedColor="#123456").result()
    t.hideTabBar().result()
    bar = t.phone.tab_bars.of(t.phone.pages.front)
    assert (bar.items[1].badge, bool(bar.items[0].text), bar.selected_color) == ("...", True, "#123456")


@pytest.mark.parametrize("color", ["#123", "#12345678", "tomato"])
def test_a_color_of_the_tab_bar_has_six_digits(t: Any, color: str) -> None:
    assert failure(t.setTabBarStyle(color=color)) == "setTabBarStyle:fail invalid color"


# --- scrolling -----------------------------------------------------------------------------------------------------


def scrolling(t: Any) -> list[Any]:
    """A page of 3,000 px with a part at 900, and what it hears of its scrolling."""
    heard: list[Any] = []
    app = taropy.App(pages=["pages/long/long"])

    @app.page("pages/long/long")
    class Long:
        nodes = [Node(rect=(0, 0, 393, 900)), Node(id="part", rect=(0, 900, 393, 2100))]  # noqa: RUF012 - a page's own

        def onPageScroll(self, event: Any) -> None:
            heard.append(event.scrollTop)

    app.launch(t).result()
    return heard


@pytest.mark.parametrize(
    ("options", "top"),
    [
        ({"scrollTop": 99999}, 3000 - 754),
        ({"scrollTop": 5, "selector": "#part", "offsetTop": 10}, 910),
        ({"selector": "#nothing", "offsetTop": 7}, 7),
        ({"scrollTop": -5}, 0),
    ],
)
@pytest.mark.filterwarnings("ignore::taropy.phone.LostCallWarning")
def test_a_page_is_told_of_a_scroll_when_it_is_drawn(t: Any, options: dict[str, Any], top: int) -> None:
    heard = scrolling(t)

    async def program() -> None:
        assert (await t.pageScrollTo(duration=0, **options)).errMsg == "pageScrollTo:ok"
        for _ in range(10):
            await asyncio.sleep(0)

    asyncio.run(program())
    assert (t.phone.screen.scroll_top, heard) == (top, [top] if top else [])


def test_a_test_is_told_of_a_scroll_to_a_node_that_is_not_there(t: Any) -> None:
    with pytest.warns(LostCallWarning, match="pageScrollTo goes to the top: no node matches the selector '#nothing'"):
        t.pageScrollTo(selector="#nothing").result()


def test_a_person_scrolls_no_further_than_to_the_end(t: Any) -> None:
    heard = scrolling(t)
    t.phone.screen.scroll(99999)
    assert heard == [3000 - 754]
