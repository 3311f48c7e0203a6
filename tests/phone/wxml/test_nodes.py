"""The nodes of a page: how a test declares them, and what programs ask of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from supporting import supporting

import taropy
from taropy.phone import NativeError, Node, Phone, WxmlError

PAGE = """
<!-- a page for all of these tests -->
<view id="head" class="bar big" data-user-id="7" style="height: 100px"/>
<scroll-view id="list" class="list" scroll-y scroll-top="20" style="height: 300px">
  <view class="row odd" style="height: 40px"><text class="name">first &lt;one&gt;</text></view>
  <view class="row" style="height: 40px"><view class="odd"/></view>
</scroll-view>
<canvas type="2d" id="board" style="width: 200px; height: 75rpx"/>
"""


@pytest.fixture
def weapp(weapp: Any) -> Any:
    """Taro on weapp, and the page on its screen."""
    weapp.phone.screen.draw(PAGE)
    return weapp


def density(t: Any) -> int:
    """How many of the pixels in which the platform measures are a logical one: on HarmonyOS they are physical ones."""
    return 3 if t.platform.name == "harmony" else 1


Ask = Callable[[Any], Any]


def answer(t: Any, ask: Ask) -> Any:
    """What a query of one question answers."""
    results: list[Any] = []
    ask(t.createSelectorQuery()).exec(results.extend)
    (result,) = results
    return result


def selected(t: Any, selector: str, component: Any = None) -> list[Any]:
    """The ids, or else the classes, of the nodes that a selector selects."""
    query = t.createSelectorQuery() if component is None else t.createSelectorQuery().in_(component)
    results: list[Any] = []
    query.selectAll(selector).fields({"id": True, "ref": True}).exec(results.extend)
    return [node["id"] or node["ref"].class_ for node in results[0]]


# --- what is asked -------------------------------------------------------------------------------------------------


@supporting("createSelectorQuery")
def test_a_node_is_where_it_is_to_be_seen(t: Any) -> None:
    t.phone.screen.draw(PAGE)
    t.phone.screen.scroll(30)
    found = answer(t, lambda query: query.select("#list").boundingClientRect())
    edges = {name: found[name] / density(t) for name in ("left", "right", "top", "bottom", "width", "height")}
    assert edges == {"left": 0, "right": 393, "top": 70, "bottom": 370, "width": 393, "height": 300}
    assert answer(t, lambda query: query.select("#nothing").boundingClientRect()) is None
    assert answer(t, lambda query: query.selectAll(".nothing").boundingClientRect()) == []


def test_who_it_is_is_told_with_where_it_is(weapp: Any) -> None:
    found = answer(weapp, lambda query: query.select("#head").boundingClientRect())
    assert (found["id"], found["dataset"]) == ("head", {"userId": "7"})


def test_alipay_tells_where_a_node_is_and_not_which() -> None:
    with taropy.create("alipay") as t:
        t.phone.screen.draw(PAGE)
        found = answer(t, lambda query: query.in_({}).select("#head").boundingClientRect())
        assert found == {"left": 0, "right": 393, "top": 0, "bottom": 100, "width": 393, "height": 100, "x": 0, "y": 0}


@supporting("createSelectorQuery")
def test_what_is_in_a_scroll_view_moves_with_it(t: Any) -> None:
    t.phone.screen.draw(PAGE)
    rows = answer(t, lambda query: query.selectAll(".row").boundingClientRect())
    assert [row["top"] / density(t) for row in rows] == [80, 120]
    offset = answer(t, lambda query: query.select("#list").scrollOffset())
    who = {"ALIPAY": {}, "HARMONY": {"id": "list"}}.get(t.getEnv(), {"id": "list", "dataset": {}})
    assert offset == {**who, "scrollLeft": 0, "scrollTop": 20 * density(t)}


@supporting("createSelectorQuery", "getSystemInfoSync")
def test_the_viewport_is_as_large_as_the_window(t: Any) -> None:
    t.phone.screen.scroll(15)
    window = t.getSystemInfoSync()
    rect = answer(t, lambda query: query.selectViewport().boundingClientRect())
    assert (rect["width"], rect["height"]) == (window.windowWidth, window.windowHeight)
    sides = {} if t.getEnv() == "ALIPAY" else dict.fromkeys(("left", "right", "top", "bottom"), 0)
    assert {name: rect[name] for name in rect if name in ("left", "right", "top", "bottom")} == sides
    offset = answer(t, lambda query: query.selectViewport().scrollOffset())
    assert (offset["scrollLeft"], offset["scrollTop"]) == (0, 15 * density(t))


@supporting("createSelectorQuery")
def test_a_query_tells_what_a_program_names(t: Any) -> None:
    t.phone.screen.draw(PAGE)
    wanted = {"id": True, "size": True, "scrollOffset": True, "properties": ["scrollY"], "computedStyle": ["height"]}
    found = answer(t, lambda query: query.select("#list").fields(wanted))
    px = density(t)
    told = {"id": "list", "width": 393 * px, "height": "300px", "scrollTop": 20 * px, "scrollY": True}
    assert {name: found[name] for name in told} == told


def test_a_page_that_nobody_has_drawn_is_empty_but_has_a_viewport() -> None:
    with taropy.create("weapp") as t:
        assert answer(t, lambda query: query.select("#head").boundingClientRect()) is None
        assert answer(t, lambda query: query.selectViewport().fields({"size": True}))["width"] == 393


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, {}),
        ({"id": True, "dataset": False}, {"id": "head"}),
        ({"size": True}, {"width": 393, "height": 100}),
        ({"rect": True}, {"left": 0, "right": 393, "top": 0, "bottom": 100}),
        ({"scrollOffset": True}, {"scrollLeft": 0, "scrollTop": 0}),
        ({"properties": ["hoverClass", "none"]}, {}),
        ({"computedStyle": ["height", "margin", "width"]}, {"height": "100px", "width": "393px"}),
        ({"context": True, "mark": True}, {"context": None, "mark": {}}),
    ],
)
def test_only_the_fields_that_are_asked_for_are_told(weapp: Any, fields: Any, told: Any) -> None:
    assert answer(weapp, lambda query: query.select("#head").fields(fields)) == told


def test_properties_styles_and_marks_are_the_nodes_own() -> None:
    with taropy.create("weapp") as t:
        t.phone.screen.draw(
            '<view mark:a="1" mark:b="1">'
            '<slider id="s" show-value max="9" mark:b="2" bindchange="f" style="Color: red"/>'
            "</view>"
        )
        fields = {"properties": ["showValue", "max", "bindchange"], "computedStyle": ["color"], "mark": True}
        assert answer(t, lambda query: query.select("#s").fields(fields)) == {
            "showValue": True,
            "max": "9",
            "color": "red",
            "mark": {"a": "1", "b": "2"},
        }


def test_a_canvas_and_a_context_are_what_the_test_gave() -> None:
    canvas, video = object(), object()
    with taropy.create("weapp") as t:
        t.phone.screen.draw([
            Node("canvas", id="c", properties={"type": "2d"}, node=canvas),
            Node("video", id="v", context=video),
        ])  # fmt: skip
        found = answer(t, lambda query: query.select("#c").node())
        assert (found["node"], found["nodeCanvasType"]) == (canvas, "2d")
        assert answer(t, lambda query: query.select("#v").context())["context"] is video
        assert answer(t, lambda query: query.select("#v").node())["node"] is None


def test_an_enhanced_scroll_view_can_be_moved() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    phone.screen.draw(
        '<scroll-view id="s" enhanced style="height:100px"><view style="height:500px"/>'
        '<view id="last" style="height:50px"/></scroll-view>'
    )
    results: list[Any] = []
    wx.createSelectorQuery().select("#s").node().exec(results.extend)
    scroll_view = results[0]["node"]
    scroll_view.scrollTo({"top": 30})
    assert phone.nodes.find(phone.pages.current, "#s", None, phone.pages.front)[0].node.scroll == (0, 30)
    scroll_view.scrollIntoView("#last")
    wx.createSelectorQuery().select("#last").boundingClientRect().exec(results.extend)
    assert results[1]["top"] == 0
    scroll_view.scrollTo({"top": -5, "left": 2})
    wx.createSelectorQuery().select("#s").scrollOffset().exec(results.extend)
    assert (results[2]["scrollLeft"], results[2]["scrollTop"]) == (2, 0)
    with pytest.raises(NativeError, match=r"parameter\.top should be Number instead of String"):
        scroll_view.scrollTo({"top": "5"})


def test_a_scroll_view_that_is_not_enhanced_has_no_node(weapp: Any) -> None:
    assert answer(weapp, lambda query: query.select("#list").node())["node"] is None


# --- order and repetition ------------------------------------------------------------------------------------------


@supporting("createSelectorQuery")
def test_each_question_has_its_own_callback_and_exec_gets_all(t: Any) -> None:
    told: list[Any] = []
    t.phone.screen.draw(PAGE)
    query = t.createSelectorQuery()
    query.select("#head").boundingClientRect(lambda rect: told.append(rect["height"]))
    query.selectAll(".row").fields({"size": True}, lambda rows: told.append(len(rows)))
    query.select(".nothing").boundingClientRect(told.append)
    query.exec(lambda results: told.append([type(result).__name__ for result in results]))
    assert told == [100 * density(t), 2, None, ["Record", "list", "NoneType"]]


def test_what_is_asked_and_who_is_told_may_be_named(weapp: Any) -> None:
    told: list[Any] = []
    weapp.createSelectorQuery().select("#head").fields(size=True, callback=told.append).exec()
    weapp.createSelectorQuery().select("#head").fields({"size": True}, callback=told.append).exec()
    assert [found.height for found in told] == [100, 100]


def test_a_query_keeps_its_questions_and_sees_what_is_there_then(weapp: Any) -> None:
    heights: list[Any] = []
    query = weapp.createSelectorQuery().select("#head").boundingClientRect()
    query.exec(lambda results: heights.append(results[0]["height"]))
    weapp.phone.screen.draw(Node("view", id="head", rect=(0, 0, 10, 55)))
    query.exec(lambda results: heights.append(results[0]["height"]))
    assert heights == [100, 55]


def test_a_query_is_about_the_page_that_was_on_the_screen() -> None:
    with taropy.create("weapp") as t:
        t.phone.screen.draw(Node(id="a", rect=(0, 0, 1, 1)))
        query = t.createSelectorQuery().select("#a").boundingClientRect()
        t.navigateTo(url="/pages/other/other").result()
        results: list[Any] = []
        query.exec(results.extend)
        assert results[0]["width"] == 1
        assert answer(t, lambda query: query.select("#a").boundingClientRect()) is None


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_callback_that_throws_stops_none_of_the_others() -> None:
    told: list[Any] = []

    def throw(_: Any) -> None:
        raise LookupError("no idea")

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(str(context["exception"])))
        query = Phone().native("weapp").createSelectorQuery()
        query.select("#a").boundingClientRect(throw).select("#b").boundingClientRect(told.append)
        query.exec(told.append)

    asyncio.run(main())
    assert told == ["no idea", None, [None, None]]


def test_in_a_running_loop_the_answer_comes_after_exec_has_returned() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            results: list[Any] = []
            t.createSelectorQuery().selectViewport().scrollOffset().exec(results.extend)
            assert results == []
            await asyncio.sleep(0)
            assert len(results) == 1

    asyncio.run(main())


def test_a_native_query_has_methods_that_taro_does_not_know() -> None:
    phone = Phone()
    query = phone.native("weapp").createSelectorQuery()
    node = Node(id="a")
    phone.screen.draw(node)
    results: list[Any] = []
    assert getattr(query, "in")(None) is query
    query.select("#a").ref().exec(results.extend)
    assert results == [{"ref": node}]
    assert not hasattr(query, "into")


# --- selectors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "nodes"),
    [
        ("#head", ["head"]),
        (".big", ["head"]),
        (".bar.big", ["head"]),
        ("#head.bar", ["head"]),
        ("#list.bar", []),
        (".odd", ["row odd", "odd"]),
        (".row.odd", ["row odd"]),
        ("#list .odd", ["row odd", "odd"]),
        ("#list > .odd", ["row odd"]),
        ("#list>.row>.odd", ["odd"]),
        (".list .row .name", ["name"]),
        (".odd .odd", []),
        ("#board, #head,.name", ["head", "name", "board"]),
        ("  #head  ", ["head"]),
        ("#list >>> .name", ["name"]),
    ],
)
@pytest.mark.parametrize("t", ["weapp", "tt", "alipay", "h5"], indirect=True)
def test_selectors_select(t: Any, selector: str, nodes: list[str]) -> None:
    t.phone.screen.draw(PAGE)
    assert selected(t, selector) == nodes


@pytest.mark.parametrize(
    "selector",
    ["view", "view.row", "*", "", "#", ".", "#1a", ".a:first-child", "[id=head]", "#head >", "> .row", "+", "#a#b"],
)
def test_what_is_no_selector_selects_nothing(weapp: Any, selector: str) -> None:
    assert selected(weapp, selector) == []
    assert selected(weapp, f"{selector}, #head") == ["head"]


@pytest.mark.parametrize("t", ["h5", "harmony-hybrid"], indirect=True)
def test_web_pages_know_tags(t: Any) -> None:
    t.phone.screen.draw(PAGE)
    assert selected(t, "canvas") == ["board"]
    assert selected(t, "view.row > text, #head") == ["head", "name"]
    assert selected(t, ".row > *") == ["name", "odd"]


@pytest.mark.parametrize("selector", ["#1a", ".row:first-child", "[id=head]"])
def test_web_pages_refuse_what_is_no_selector_that_the_phone_knows(selector: str) -> None:
    query = Phone().native("h5", "h5").createSelectorQuery().select(f"#head, {selector}").boundingClientRect()
    with pytest.raises(NativeError) as caught:
        query.exec()
    assert caught.value.errMsg == f"exec:fail '{selector}' is not a valid selector, or none that this phone knows"


def test_a_selector_is_a_text(weapp: Any) -> None:
    with pytest.raises(taropy.ParameterError, match=r"parameter\.selector should be String instead of Number"):
        weapp.createSelectorQuery().select(5)
    results: list[Any] = []
    Phone().native("weapp").createSelectorQuery().select(None).boundingClientRect().exec(results.extend)
    assert results == [None]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (None, "parameter.fields should be Object instead of Null"),
        ({"properties": "x"}, "parameter.fields.properties should be Array instead of String"),
    ],
)
def test_fields_are_an_object(fields: Any, fault: str) -> None:
    with pytest.raises(NativeError, match=fault):
        Phone().native("weapp").createSelectorQuery().select("#a").fields(fields)


# --- components ----------------------------------------------------------------------------------------------------


@pytest.fixture
def card() -> Node:
    inner = Node("counter", class_="counter", shadow=[Node(id="digit", class_="digit", rect=(0, 0, 5, 5))])
    return Node(
        "card",
        id="card",
        class_="card",
        shadow=[Node(id="title", class_="title", children=[inner])],
        children=[Node(id="slotted", class_="title")],
    )


def test_a_component_hides_its_own_tree(weapp: Any, card: Node) -> None:
    weapp.phone.screen.draw([Node(class_="page", children=[card])])
    assert selected(weapp, ".title") == ["slotted"]
    assert selected(weapp, "#card >>> .title") == ["title", "slotted"]
    assert selected(weapp, ".page >>> .digit") == ["digit"]
    assert selected(weapp, ".page .card >>> .counter >>> .digit") == ["digit"]
    assert selected(weapp, ".page .digit") == []


def test_in_looks_into_the_components_own_tree(weapp: Any, card: Node) -> None:
    class Component:
        node = card

    weapp.phone.screen.draw([card])
    for component in (card, Component()):
        assert selected(weapp, ".title", component) == ["title"]
        assert selected(weapp, ".card", component) == []
        assert selected(weapp, ".title >>> .digit", component) == ["digit"]


def test_what_is_no_component_is_the_page(weapp: Any) -> None:
    page = weapp.getCurrentPages()[-1]
    assert selected(weapp, "#head", page) == ["head"]


# --- what is drawn ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nodes", [5, ["<view/>"], Node(children=["text"])], ids=["number", "texts", "text inside"])  # type: ignore[list-item]
def test_what_is_no_node_cannot_be_drawn(weapp: Any, nodes: Any) -> None:
    with pytest.raises(TypeError, match="a page is made of Nodes, or is WXML text as a whole, and not of"):
        weapp.phone.screen.draw(nodes)


@pytest.mark.parametrize("wrong", ["<view>", "<view/", 5, [Node(), None]])
def test_a_page_stays_as_it_is_if_what_is_drawn_is_wrong(weapp: Any, wrong: Any) -> None:
    with pytest.raises((WxmlError, TypeError)):
        weapp.phone.screen.draw(wrong)
    assert selected(weapp, "#head") == ["head"]


def test_a_page_that_turns_is_laid_out_anew() -> None:
    with taropy.create("h5") as t:
        t.phone.screen.draw('<view id="a" style="height: 1500rpx"/>')
        heights = [answer(t, lambda query: query.select("#a").boundingClientRect())["height"]]
        t.phone.rotate("landscape")
        heights.append(answer(t, lambda query: query.select("#a").boundingClientRect())["height"])
        t.phone.pages.scroll_to_bottom()
        assert heights == [786, 1704]
        assert t.phone.screen.scroll_top == 1704 - t.getSystemInfoSync().windowHeight


def test_several_nodes_may_come_one_by_one(weapp: Any) -> None:
    weapp.phone.screen.draw(Node(id=name) for name in "ab")
    for _ in range(2):
        assert selected(weapp, "#a, #b") == ["a", "b"]


def test_a_wide_and_a_deep_page_are_no_problem(weapp: Any) -> None:
    deep = Node(class_="deep", id="bottom")
    for _ in range(200):
        deep = Node(class_="deep", children=[deep])
    weapp.phone.screen.draw([deep, *(Node(class_="wide", style={"height": "1px"}) for _ in range(2000))])
    assert selected(weapp, ".deep > .deep #bottom") == ["bottom"]
    assert selected(weapp, ".nothing .deep .deep .deep .deep .deep") == []
    assert len(selected(weapp, ".wide")) == 2000


# --- how deep ------------------------------------------------------------------------------------------------------


def nested(depth: int, *, shadow: bool = False) -> Node:
    """Nodes in each other, each in the slot of the one around it or, with `shadow`, in its own tree."""
    node = Node(id="innermost", class_="a", style={"height": "7px"})
    for _ in range(depth - 1):
        node = Node(class_="a", **{"shadow" if shadow else "children": [node]})
    return node


def test_nodes_may_be_nested_256_deep(weapp: Any) -> None:
    for page in (
        "<view>" * 255 + '<view class="a" id="innermost" style="height: 7px"/>' + "</view>" * 255,
        nested(256),
    ):
        weapp.phone.screen.draw(page)
        assert selected(weapp, "#innermost") == ["innermost"]
        told = answer(weapp, lambda query: query.select("#innermost").boundingClientRect())
        assert told["height"] == 7
        heard: list[Any] = []
        weapp.createIntersectionObserver().relativeToViewport().observe("#innermost", heard.append)
        assert len(heard) == 1
    assert selected(weapp, " ".join([".a"] * 256)) == ["innermost"]
    assert selected(weapp, " ".join([".a"] * 5_000)) == []
    weapp.phone.screen.draw(nested(256, shadow=True))
    assert selected(weapp, ".a" + ">>>.a" * 255) == ["innermost"]


@pytest.mark.parametrize("depth", [257, 500, 100_000])
def test_nodes_that_are_nested_deeper_make_no_page(weapp: Any, depth: int) -> None:
    with pytest.raises(WxmlError) as caught:
        weapp.phone.screen.draw("<page>\n" + "<view>" * depth + "</view>" * depth + "</page>")
    assert str(caught.value) == "line 2: nodes are nested more than 256 deep"
    for shadow in (False, True):
        with pytest.raises(WxmlError) as caught:
            weapp.phone.screen.draw(nested(min(depth, 20_000), shadow=shadow))
        assert str(caught.value) == "nodes are nested more than 256 deep"
    assert selected(weapp, "#head") == ["head"]


def test_a_node_that_is_in_itself_makes_no_page(weapp: Any) -> None:
    node = Node()
    node.children.append(node)
    with pytest.raises(WxmlError):
        weapp.phone.screen.draw(node)
