"""Pages in a browser, as Taro's router for the web opens them, names them and lets them speak with each other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from diaries import DETAIL, FORM, HOME, LIST, MINE, Diary

import taropy


@pytest.fixture
def t() -> Iterator[Any]:
    with taropy.create("h5") as runtime:
        yield runtime


def test_letters_of_a_query_are_written_as_a_browser_writes_addresses(t: Any, diary: Diary) -> None:
    diary.app.launch(t, path=f'{DETAIL}?stamp=ZZ&name=中&a=<b c>"&d=1%2C2+3').result()
    query = dict(diary.last("detail.onLoad"))
    assert query == {"name": "%E4%B8%AD", "a": "%3Cb%20c%3E%22", "d": "1%2C2+3", "stamp": "AA"}


def test_a_page_has_what_taros_pages_have_in_a_browser(t: Any, diary: Diary) -> None:
    diary.app.launch(t, path=DETAIL, query={"id": "7"}).result()
    (page,) = t.getCurrentPages()
    assert (page.route, page.path, page.options) == (f"/{DETAIL}", f"/{DETAIL}?stamp=AA", {})
    assert getattr(page, "$taroPath") == f"/{DETAIL}?stamp=AA"
    assert getattr(page, "$taroParams") == {"id": "7", "stamp": "AA"}
    assert not hasattr(page, "__route__")


def test_the_page_in_front_is_the_page_of_the_stack(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    current = t.getCurrentInstance()
    assert current["page"] is current.page is t.getCurrentPages()[0]
    assert (current.page.route, list(current)) == (f"/{HOME}", ["app", "router", "page"])


def test_a_page_that_was_not_there_leaves_its_mark_to_the_next_one(t: Any, diary: Diary) -> None:
    diary.app.launch(t, path="pages/gone/index").result()
    assert diary.last("app.onPageNotFound").query == {"stamp": "AB"}
    t.redirectTo(url=f"/{LIST}").result()
    assert diary.last("list.onLoad") == {"stamp": "AA"}


def test_the_page_on_top_slides_out_and_goes_last(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    for route in (LIST, DETAIL, FORM):
        t.navigateTo(url=f"/{route}").result()
    diary.new()
    t.navigateBack(delta=2).result()
    assert diary.new() == "detail.onUnload list.onShow form.onUnload"
    t.phone.pages.press_back()
    assert diary.new() == "home.onShow list.onUnload"


def test_without_an_animation_pages_go_before_another_is_shown(t: Any) -> None:
    diary = Diary(animation=False)
    diary.app.launch(t).result()
    t.navigateTo(url=f"/{LIST}").result()
    diary.new()
    t.switchTab(url=f"/{MINE}").result()
    assert diary.new() == "list.onUnload mine.onLoad mine.onShow mine.onReady"


def test_a_tap_on_a_tab_is_told_to_the_page_that_is_left(t: Any, diary: Diary) -> None:
    diary.app.launch(t).result()
    diary.new()
    t.phone.pages.tap_tab(1)
    assert diary.new() == "home.onTabItemTap home.onHide mine.onLoad mine.onShow mine.onReady"
    assert diary.last("home.onTabItemTap") == {"index": 1, "pagePath": f"/{MINE}", "text": "Mine"}


def test_listeners_hear_of_the_background_before_the_app_and_of_the_page_alone(t: Any, diary: Diary) -> None:
    diary.app.launch(t, query={"id": "7"}).result()
    t.navigateTo(url=f"/{LIST}").result()
    t.onAppHide(lambda entry: diary.lines.append(f"hidden on {entry.path} {dict(entry.query)}"))
    t.onAppShow(lambda entry: diary.lines.append(f"shown on {entry.path} {dict(entry.query)}"))
    diary.new()
    t.phone.background()
    assert diary.lines == ["list.onHide", f"hidden on /{LIST} {{}}", "app.onHide"]
    diary.new()
    t.phone.foreground()
    assert diary.lines == [f"shown on /{LIST} {{}}", "app.onShow", "list.onShow"]
    assert dict(diary.last("app.onShow").query) == {"id": "7", "stamp": "AA"}
    assert t.getEnterOptionsSync().path == f"/{HOME}"


# --- opener and page -----------------------------------------------------------------------------------------------


def speaking(heard: list[Any], *, once: bool = False) -> taropy.App:
    """An app whose second page listens to `order` from its load on."""
    app = taropy.App(pages=[HOME, DETAIL])
    app.page(HOME)(lambda: None)

    @app.page(DETAIL)
    def detail(Taro: Any) -> None:
        def listen() -> None:
            channel = Taro.getCurrentPages()[-1].getOpenerEventChannel()
            (channel.once if once else channel.on)("order", heard.append)

        Taro.useLoad(listen)

    return app


def test_a_page_hears_what_its_opener_sends_as_soon_as_it_is_told_that_it_is_open(t: Any) -> None:
    heard: list[Any] = []

    async def program() -> None:
        await speaking(heard).launch(t)
        opened = await t.navigateTo(
            url=f"/{DETAIL}", success=lambda result: result.eventChannel.emit("order", "at once", "and no more")
        )
        opened.eventChannel.emit("order", "then")
        for _ in range(30):
            await asyncio.sleep(0)
        opened.eventChannel.emit("order", "later")

    asyncio.run(program())
    assert heard == ["at once", "then"]


def test_what_is_sent_later_waits_for_who_listens_anew(t: Any) -> None:
    heard: list[Any] = []

    async def program() -> None:
        await speaking([]).launch(t)
        opened = await t.navigateTo(url=f"/{DETAIL}")
        for _ in range(30):
            await asyncio.sleep(0)
        opened.eventChannel.emit("order", 1)
        opened.eventChannel.emit("order", 2)
        channel = t.getCurrentPages()[-1].getOpenerEventChannel()
        assert channel.on("order", heard.append) is channel

    asyncio.run(program())
    assert heard == [1, 2]


def test_who_listens_once_hears_one_event(t: Any) -> None:
    heard: list[Any] = []

    async def program() -> None:
        await speaking(heard, once=True).launch(t)
        opened = await t.navigateTo(url=f"/{DETAIL}")
        opened.eventChannel.emit("order", 1)
        opened.eventChannel.emit("order", 2)

    asyncio.run(program())
    assert heard == [1]


def test_all_pages_speak_with_the_last_opener_that_listens_to_the_event(t: Any) -> None:
    heard: list[str] = []
    app = taropy.App(pages=[HOME, DETAIL, FORM])
    for route in (HOME, DETAIL, FORM):
        app.page(route)(lambda: None)
    app.launch(t).result()
    t.navigateTo(url=f"/{DETAIL}", events={"news": lambda news: heard.append(f"home {news}")}).result()
    t.navigateTo(url=f"/{FORM}").result()
    t.getCurrentPages()[-1].getOpenerEventChannel().emit("news", 1)
    t.navigateTo(url=f"/{FORM}", events={"news": lambda news: heard.append(f"form {news}")}).result()
    t.getCurrentPages()[-1].getOpenerEventChannel().emit("news", 2)
    assert heard == ["home 1", "form 2"]


def test_a_title_that_is_set_while_a_page_is_loaded_is_drawn_over(t: Any) -> None:
    app = taropy.App(pages=[HOME, DETAIL])
    app.page(HOME)(lambda: None)

    @app.page(DETAIL, navigationBarTitleText="Detail")
    class Detail:
        def onLoad(self, query: Any) -> None:
            t.setNavigationBarTitle(title="mine")

    app.launch(t).result()
    t.navigateTo(url=f"/{DETAIL}").result()
    assert t.phone.screen.navigation_bar.title == "Detail"
    t.setNavigationBarTitle(title="later").result()
    assert t.phone.screen.navigation_bar.title == "later"


def test_a_bar_that_is_set_is_kept_for_the_route(t: Any) -> None:
    app = taropy.App(pages=[HOME, DETAIL])
    app.page(HOME)(lambda: None)
    app.page(DETAIL, navigationBarTitleText="Detail")(lambda: None)
    app.launch(t).result()
    t.navigateTo(url=f"/{DETAIL}").result()
    t.setNavigationBarTitle(title="later").result()
    t.showNavigationBarLoading().result()
    t.navigateBack().result()
    assert not t.phone.screen.navigation_bar.loading
    t.navigateTo(url=f"/{DETAIL}").result()
    assert t.phone.screen.navigation_bar.title == "later"
    assert t.phone.screen.navigation_bar.loading


def test_what_stands_behind_a_hash_is_no_part_of_a_page_s_url(t: Any) -> None:
    app = taropy.App(pages=[HOME, DETAIL])
    for route in (HOME, DETAIL):
        app.page(route)(lambda: None)
    app.launch(t).result()
    t.navigateTo(url=f"/{DETAIL}?id=7#reviews").result()
    assert t.getCurrentPages()[-1].route == f"/{DETAIL}"
    assert t.getCurrentInstance().router.params.id == "7"
