"""Queries and observers of plugin-platform-harmony-ets 4.2.0, which know less than those of mini programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import taropy
from taropy.phone import Node

PAGE = """
<view id="head" class="bar big" data-user-id="7" style="height: 100px">
  <view id="left" class="big"/><view id="right" class="bigger"/>
</view>
"""


@pytest.fixture
def t() -> Iterator[Any]:
    with taropy.create("harmony") as t:
        t.phone.screen.draw(PAGE)
        yield t


def selected(t: Any, selector: str, scope: Any = None) -> list[str]:
    results: list[Any] = []
    query = t.createSelectorQuery() if scope is None else t.createSelectorQuery().in_(scope)
    query.selectAll(selector).fields({"id": True}).exec(results.extend)
    return [node["id"] for node in results[0]]


@pytest.mark.parametrize(
    ("selector", "ids"),
    [
        ("#left", ["left"]),
        ("#right, #left", ["right", "left"]),  # in the order of the list
        (".bar", ["head"]),
        (".big", ["head", "left", "right"]),  # a part of a class will do
        (".bar.bigger", ["head", "right"]),  # and so will one of several
        (".bar.big", ["head", "head", "left", "right"]),
        ("view", []),
        ("#head #left", []),
        ("#head .big", []),
        ("", []),
        (".", []),
    ],
)
def test_selectors_are_an_id_or_classes_and_lists_of_these(t: Any, selector: str, ids: list[str]) -> None:
    assert selected(t, selector) == ids


def test_a_query_looks_through_the_page_wherever_it_is_told_to_look(t: Any) -> None:
    inner = Node(id="inner", class_="row")
    component = Node(id="outer", tree=[inner]) if "tree" in Node.__init__.__annotations__ else Node(id="outer")
    t.phone.screen.draw([component, Node(id="beside", class_="row")])
    assert selected(t, "#beside", component) == ["beside"]


def test_a_query_tells_no_dataset_and_neither_mark_nor_context(t: Any) -> None:
    results: list[Any] = []
    wanted = {"id": True, "dataset": True, "mark": True, "context": True, "size": True}
    t.createSelectorQuery().select("#head").fields(wanted).exec(results.extend)
    assert results[0].keys() == {"id", "width", "height"}


def observed(t: Any, selector: str, **options: Any) -> list[Any]:
    told: list[Any] = []
    t.createIntersectionObserver({}, options).observe(selector, told.append)
    return told


def test_an_observer_needs_no_reference_and_tells_no_rectangles(t: Any) -> None:
    (entry,) = observed(t, "#head")
    assert (entry["id"], entry["dataset"], entry["intersectionRatio"]) == ("head", {"userId": "7"}, 1)
    rects = [entry[name] for name in ("boundingClientRect", "intersectionRect", "relativeRect")]
    sides = ("left", "right", "top", "bottom")
    assert [rect[side] for rect in rects for side in sides] == [0] * 12
    assert (rects[0]["width"], rects[1]["height"]) == (0, 0)


def test_what_an_observer_is_relative_to_changes_nothing(t: Any) -> None:
    told: list[Any] = []
    observer = t.native.createIntersectionObserver({})
    observer.relativeTo("#left").relativeToViewport({"top": -1000}).observe("#head", told.append)
    assert [entry["intersectionRatio"] for entry in told] == [1]


def test_an_observer_hears_of_a_node_that_is_not_there(t: Any) -> None:
    (told,) = observed(t, "#none")
    assert told["errMsg"] == "IntersectionObserver.observe:fail cannot find the node for selector."
