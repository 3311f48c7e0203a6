"""Nodes in a browser: what taro-h5 tells of elements, and of what comes into view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import taropy
from taropy.phone import Node

HOME, MINE, DETAIL = "pages/home/home", "pages/mine/mine", "pages/detail/detail"
PAGE = "<view id='box' class='a b' data-id='5' title='Box' style='width:100px;height:50px'/><canvas id='board'/>"


@pytest.fixture
def t() -> Iterator[Any]:
    """h5, with an app whose first page has a tab bar."""
    app = taropy.App(
        pages=[HOME, MINE, DETAIL],
        tabBar={"list": [{"pagePath": HOME, "text": "Home"}, {"pagePath": MINE, "text": "Mine"}]},
    )
    for route in (HOME, MINE, DETAIL):
        app.page(route)(lambda: PAGE)
    with taropy.create("h5") as runtime:
        app.launch(runtime).result()
        yield runtime


def asked(t: Any, selector: str, **fields: Any) -> Any:
    """What a query tells of the first node that matches."""
    told: list[Any] = []
    t.createSelectorQuery().select(selector).fields(fields).exec(told.extend)
    return told[0]


def test_the_viewport_is_the_page_above_the_tab_bar(t: Any) -> None:
    told: list[Any] = []
    t.createSelectorQuery().selectViewport().boundingClientRect(told.append).exec()
    t.navigateTo(url=f"/{DETAIL}").result()
    t.createSelectorQuery().selectViewport().boundingClientRect(told.append).exec()
    assert [rect["id"] for rect in told] == [f"/{HOME}?stamp=AA", f"/{DETAIL}?stamp=AB"]
    window = t.getSystemInfoSync().windowHeight
    assert [rect["height"] for rect in told] == [window - 50, window]


def test_properties_are_attributes_as_they_are_written(t: Any) -> None:
    names = ["style", "class", "title", "data-id", "hidden"]
    assert asked(t, "#box", properties=names) == {
        "style": "width:100px;height:50px", "class": "a b", "title": "Box", "data-id": "5",
    }  # fmt: skip
    t.phone.screen.draw(Node(id="box", style={"width": "10px", "color": "red"}))
    assert asked(t, "#box", properties=["style", "id"]) == {"style": "width: 10px; color: red;", "id": "box"}


def test_an_element_is_its_own_node_and_has_no_marks(t: Any) -> None:
    assert asked(t, "#box", mark=True, size=True) == {"width": 100, "height": 50}
    told = asked(t, "#box", node=True, id=True)
    assert (told["node"].id, told["nodeCanvasType"], "id" in told) == ("box", "", False)
    assert asked(t, "#box", context=True) is None
    assert asked(t, "#board", node=True)["node"].width == 300


def test_a_query_can_be_chained(t: Any) -> None:
    query = t.createSelectorQuery()
    assert query.exec() is query
    with taropy.create("weapp") as weapp:
        assert weapp.createSelectorQuery().exec() is None


def test_an_observer_does_not_say_which_node_it_is_and_knows_one_reference(t: Any) -> None:
    seen: list[Any] = []
    observer = t.createIntersectionObserver().relativeTo("#board").relativeTo("#nothing")
    observer.observe("#box", seen.append)
    observer.observe("#board", seen.append)
    (entry,) = seen
    assert sorted(entry) == ["boundingClientRect", "intersectionRatio", "intersectionRect", "relativeRect", "time"]
    window = t.getSystemInfoSync()
    assert (entry["relativeRect"]["width"], entry["relativeRect"]["height"]) == (
        window.windowWidth,
        window.windowHeight,
    )


def test_behind_the_tab_bar_nothing_is_seen(t: Any) -> None:
    height = t.getSystemInfoSync().windowHeight
    t.phone.screen.draw([Node(id="low", rect=(0, height - 100, 100, 100))])
    seen: list[Any] = []
    t.createIntersectionObserver().relativeToViewport().observe("#low", seen.append)
    assert [entry["intersectionRatio"] for entry in seen] == [0.5]
