"""What clients ask of a page and its elements, and do to them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from speaking import Client, Element, Failed, Page

from taropy.automation.data import data_of
from taropy.automation.server import Automation

pytestmark = pytest.mark.anyio


@pytest.fixture
async def page(client: Client) -> Page:
    """The shop's first page."""
    return await client.page()


@pytest.fixture
async def mine(client: Client) -> Page:
    """The page with a custom component."""
    await client.wx("switchTab", {"url": "/pages/mine/index"})
    return await client.page()


async def happened(page: Page) -> list[Any]:
    return [[kind, at] for kind, at, _ in await page.data("happened")]


# --- data and methods ----------------------------------------------------------------------------------------------


async def test_data_are_what_the_program_keeps_on_the_page(page: Page) -> None:
    assert await page.data() == {"teas": ["Longjing", "Tieguanyin"], "count": 0, "name": "", "happened": []}
    assert await page.data("teas[1]") == "Tieguanyin"
    assert await page.data("teas[7].name") is None


async def test_a_view_of_the_programs_own_is_data_as_any_other_object_is() -> None:
    class View:
        cups = 3

    view = View()
    page: Any = SimpleNamespace(program=SimpleNamespace(view=view, count=2))
    assert data_of(page) == {"view": view, "count": 2}


async def test_data_that_are_set_are_the_programs_and_are_seen(page: Page) -> None:
    await page.ask("setData", data={"teas[2]": "Biluochun", "count": 3, "cup.size": "l"})
    assert await page.data("teas") == ["Longjing", "Tieguanyin", "Biluochun"]
    assert await page.data("cup") == {"size": "l"}
    assert [await tea.text() for tea in await page.all(".tea")] == ["Longjing", "Tieguanyin", "Biluochun"]
    assert await (await page.one("#top")).text() == "Teas: 3"


@pytest.mark.parametrize("data", [{"Taro": 1}, {"_secret": 1}, {"": 1}, {"teas[9999]": 1}, 7])
async def test_what_is_no_data_of_the_page_is_not_set(page: Page, data: Any) -> None:
    with pytest.raises(Failed):
        await page.ask("setData", data=data)


async def test_methods_of_the_page_are_called_and_awaited(page: Page) -> None:
    assert await page.ask("callMethod", method="add", args=[2, 3]) == {"result": {"sum": 5}}
    with pytest.raises(Failed, match=r"page\.nothing not exists"):
        await page.ask("callMethod", method="nothing")
    with pytest.raises(Failed, match="ValueError: out of tea"):
        await page.ask("callMethod", method="fail")


async def test_a_page_that_is_closed_is_destroyed(client: Client) -> None:
    await client.wx("navigateTo", {"url": "/pages/tea/index"})
    page = await client.page()
    await client.wx("navigateBack", {})
    with pytest.raises(Failed, match="page destroyed"):
        await page.data()


async def test_the_window_of_a_page(client: Client, page: Page) -> None:
    await client.wx("pageScrollTo", {"scrollTop": 30, "duration": 0})
    names = ["innerWidth", "scrollY", "document.documentElement.scrollTop", "document.body.scrollTop", "crypto.subtle"]
    assert (await page.ask("getWindowProperties", names=names))["properties"] == [393, 30, 30, 0, None]
    text = "extra => [window.scrollY, document.title, extra]"
    assert await page.ask("callFunction", functionDeclaration=text, args=[1]) == {"result": [30, "Tea room", 1]}


# --- selecting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        (".tea", ["Longjing", "Tieguanyin"]),
        ("#top text", ["0"]),
        ("view.tea > text", ["Longjing", "Tieguanyin"]),
        (".head.big", ["Teas: 0"]),
        ("button", ["Order", "Clear", "Buy", "Off"]),
        ("#buy, #inner", ["Buy", "in"]),
        ("view.tea:nth-of-type(3) text", ["Tieguanyin"]),
        ("view[data-id='0']", ["Longjing"]),
        ("#outer view:first-child", ["in"]),
        (".none", []),
    ],
)
async def test_elements_are_found_by_css(page: Page, selector: str, texts: list[str]) -> None:
    assert [await each.text() for each in await page.all(selector)] == texts


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/view[1]/text", ["0"]),
        ("//view[@class='tea']", ["Longjing", "Tieguanyin"]),
        ("//text[text()='Longjing']", ["Longjing"]),
        ("//text[contains(text(), 'an') or contains(text(), 'Long')]", ["Longjing", "Tieguanyin"]),
        ('//button[normalize-space(text())="Buy"]', ["Buy"]),
        ("(//view[@class='tea'])[2]", ["Tieguanyin"]),
        ("//view[@id='inner']/following-sibling::view", ["caught"]),
        ("/page/view[2]", ["Longjing"]),
        ("//none", []),
        ("count(//view)", []),
    ],
)
async def test_elements_are_found_by_xpath(page: Page, path: str, texts: list[str]) -> None:
    assert [await each.text() for each in await page.xpath(path)] == texts


@pytest.mark.parametrize(
    ("method", "selector", "told"),
    [
        ("getElement", ".none", "no such element"),
        ("getElementByXpath", "//none", "no such element"),
        ("getElements", "view[", "is no selector"),
        ("getElements", "::after", "is no selector"),
        ("getElementsByXpath", "//view[", "is no XPath"),
        ("getElements", 7, "selector should be a string"),
    ],
)
async def test_where_nothing_is_found_it_is_said(page: Page, method: str, selector: Any, told: str) -> None:
    with pytest.raises(Failed, match=told):
        await page.ask(method, selector=selector)


async def test_elements_are_found_in_elements(page: Page) -> None:
    outer = await page.one("#outer")
    found = await outer.ask("getElements", selector="view")
    assert [await Element(page, told).text() for told in found["elements"]] == ["in", "caught"]
    with pytest.raises(Failed, match="no such element"):
        await outer.ask("getElement", selector=".tea")


async def test_the_page_itself_is_an_element(page: Page) -> None:
    whole = await page.one("page")
    wxml = (await whole.ask("getWXML", type="inner"))["wxml"]
    assert '<view class="tea" data-id="0"><text>Longjing</text></view>' in wxml
    assert (await page.one("page")).told == whole.told


async def test_an_element_stays_itself_when_the_page_is_drawn_anew(page: Page) -> None:
    first, second = await page.all(".tea")
    await page.ask("setData", data={"count": 9, "teas[0]": "Biluochun"})
    assert await first.text() == "Biluochun"
    assert [each.told["elementId"] for each in await page.all(".tea")] == [
        first.told["elementId"],
        second.told["elementId"],
    ]
    await page.ask("setData", data={"teas": []})
    with pytest.raises(Failed, match="no such element"):
        await (await page.one("#top")).page.client.ask("Element.tap", pageId=page.id, elementId="nothing")


# --- what elements are ---------------------------------------------------------------------------------------------


async def test_texts_attributes_and_styles(page: Page) -> None:
    top = await page.one("#top")
    assert await top.text() == "Teas: 0"
    assert (await top.ask("getAttributes", names=["class", "id", "style", "bindtap", "none"]))["attributes"] == [
        "head big", "top", "height: 40px; color: red", None, None,
    ]  # fmt: skip
    assert (await top.ask("getStyles", names=["color", "height", "width", "font-size"]))["styles"] == [
        "red", "40px", "393px", "",
    ]  # fmt: skip
    assert (await top.ask("getWXML", type="outer"))["wxml"] == (
        '<view id="top" class="head big" style="height: 40px; color: red">Teas: <text>0</text></view>'
    )
    tea = await page.one(".tea")
    assert (await tea.ask("getAttributes", names=["data-id"]))["attributes"] == ["0"]


async def test_where_and_how_large_it_is(client: Client, page: Page) -> None:
    names = ["offsetWidth", "offsetHeight", "scrollHeight", "tagName", "nothing"]
    listed = await page.one("#list")
    assert (await listed.ask("getDOMProperties", names=names))["properties"] == [393, 100, 500, "WX-SCROLL-VIEW", None]
    await client.wx("pageScrollTo", {"scrollTop": 10, "duration": 0})
    assert await listed.ask("getOffset") == {"left": 0, "top": 40}


async def test_properties_are_as_they_are_now(page: Page) -> None:
    gift = await page.one("#gift")
    assert (await gift.property("__propPublic"))["checked"] is True
    assert await gift.property("checked") is False
    await gift.call("switch.tap")
    assert await gift.property("checked") is True
    many = await page.one("#many")
    assert (await many.property("max"), await many.property("value"), await many.property("none")) == ("9", 0, None)


# --- what is done to them ------------------------------------------------------------------------------------------


async def test_a_tap_is_heard_by_the_element_and_those_around_it(client: Client, page: Page) -> None:
    await (await page.one("#inner")).tap()
    assert await happened(page) == [["touchstart", "inner"], ["tap", "inner"], ["tap", "outer"]]
    await (await page.one("#caught")).tap()
    assert (await happened(page))[3:] == [["tap", "caught"]]
    await (await page.one("#off")).tap()
    assert len(await happened(page)) == 4
    await (await page.all(".tea"))[1].tap()
    await client.evaluate("() => new Promise(done => setTimeout(done, 1))")
    assert (await client.page()).query == {"id": "1"}


async def test_a_long_press_is_one_that_takes_its_time(page: Page, tools: Automation) -> None:
    clock = tools.target.phone.clock
    clock.stop()
    inner = await page.one("#inner")
    await inner.ask("touchstart")
    await clock.advance(0.35)
    await inner.ask("touchend")
    assert ["longpress", "inner"] in await happened(page)


async def test_typing_is_heard_and_kept(page: Page) -> None:
    name, note = await page.one("#name"), await page.one("#note")
    await name.call("input.input", "Grace Hopper of the Navy", True)
    await note.call("textarea.input", "hot")
    assert await page.data("name") == "Grace Hopper of the "  # its maxlength
    assert (await name.property("value"), await note.property("value")) == ("Grace Hopper of the ", "hot")
    assert await happened(page) == [["confirm", "name"], ["input", "note"]]


async def test_a_form_is_sent_with_the_values_of_its_fields(page: Page) -> None:
    await (await page.one("#name")).call("input.input", "Ada")
    await (await page.one("#gift")).call("switch.tap")
    await (await page.one("#many")).call("slider.slideTo", 20)
    milk, _ = await page.all("checkbox")
    await milk.tap()
    await (await page.all("radio"))[1].tap()
    await (await page.one("#size")).ask("triggerEvent", type="change", detail={"value": 2})
    await (await page.one("#send")).tap()
    kind, _, detail = (await page.data("happened"))[-1]
    assert (kind, detail["value"]) == (
        "submit",
        {"name": "Ada", "note": "", "gift": True, "many": 9, "size": 2, "with": ["milk", "sugar"], "cup": "l"},
    )
    await (await page.one("#clear")).tap()
    assert (await happened(page))[-1] == ["reset", "order"]
    assert await (await page.one("#gift")).property("checked") is False


async def test_components_move_as_they_are_told(page: Page) -> None:
    listed, swiper, ball = await page.one("#list"), await page.one("#swiper"), await page.one("#ball")
    await listed.call("scroll-view.scrollTo", 0, 50)
    assert await listed.call("scroll-view.scrollTop") == 50
    assert (await listed.call("scroll-view.scrollLeft"), await listed.call("scroll-view.scrollWidth")) == (0, 393)
    await listed.ask(
        "dispatchEvent", eventName="scroll", eventData={"scrollDetail": {"scrollTop": 80, "scrollLeft": 0}}
    )
    assert await listed.call("scroll-view.scrollTop") == 80
    await swiper.call("swiper.swipeTo", 2)
    assert await swiper.property("current") == 2
    with pytest.raises(Failed, match="items 0 to 2"):
        await swiper.call("swiper.swipeTo", 3)
    await ball.call("movable-view.moveTo", 30, 40)
    assert (await ball.property("_translateX"), await ball.property("_translateY")) == (30, 40)
    assert [kind for kind, _ in await happened(page)] == ["scroll", "scroll", "change", "change"]


@pytest.mark.parametrize(
    ("function", "given", "told"),
    [
        ("input.fly", [], "there is no function"),
        ("slider.slideTo", [1], "for a slider, and not for a input"),
        ("movable-view.moveTo", ["a", 1], "for a movable-view"),
    ],
)
async def test_what_a_component_cannot_do_is_said(page: Page, function: str, given: list[Any], told: str) -> None:
    with pytest.raises(Failed, match=told):
        await (await page.one("#name")).call(function, *given)


async def test_events_have_the_touches_and_details_that_clients_send(client: Client, page: Page) -> None:
    await client.evaluate("() => { getCurrentPages()[0].heard = event => global.last = event }")
    inner = await page.one("#inner")
    touch = {"identifier": 1, "clientX": 3, "clientY": 4}
    await inner.ask("touchstart", touches=[touch], changedTouches=[touch])
    assert await client.evaluate("() => [last.type, last.touches[0].clientX, last.mark.side]") == [
        "touchstart",
        3,
        "left",
    ]
    await (await page.one("#outer")).ask(
        "dispatchEvent", eventName="longpress", **{"$": "#inner"}, detail={"hard": True}
    )
    assert await client.evaluate("() => [last.type, last.detail.hard, last.target.id]") == ["longpress", True, "inner"]


async def test_a_navigator_opens_its_page(client: Client, page: Page) -> None:
    await (await page.one("#link")).tap()
    await client.evaluate("() => new Promise(done => setTimeout(done, 1))")
    assert ((await client.page()).path, (await client.page()).query) == ("pages/tea/index", {"id": "9"})


async def test_a_custom_component_has_data_methods_and_a_tree_of_its_own(mine: Page) -> None:
    rating = await mine.one("#rating")
    assert rating.told["nodeId"] == rating.told["elementId"]
    assert await rating.ask("getData") == {"data": {"stars": 3}}
    await rating.ask("setData", data={"stars": 5})
    assert await rating.ask("getData", path="stars") == {"data": 5}
    assert await rating.ask("callMethod", method="rate", args=[2]) == {"result": "★★"}
    with pytest.raises(Failed, match=r"rating\.fly not exists"):
        await rating.ask("callMethod", method="fly")
    [star] = (await rating.ask("getElements", selector=".star"))["elements"]
    assert await Element(mine, star).text() == "3 stars"
    assert await mine.all(".star") == []


async def test_a_videos_context_is_called(client: Client, tools: Automation) -> None:
    await client.wx("navigateTo", {"url": "/pages/media/index"})
    page = await client.page()
    film = await page.one("#film")
    assert film.told["videoId"] == "film"
    assert await film.ask("callContextMethod", method="pause", args=[]) == {"result": None}
    with pytest.raises(Failed, match="has no fly"):
        await film.ask("callContextMethod", method="fly")
