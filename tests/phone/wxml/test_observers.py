"""Observers: who is told when nodes come into view, and when the window changes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from supporting import supporting

from taropy.phone import LostCallWarning, NativeError, Node, Phone


@pytest.fixture
def weapp(weapp: Any) -> Any:
    """Taro on weapp: a window of 393 by 754, and a target of 100 px that begins 1,000 px down the page."""
    _draw(weapp)
    return weapp


def _draw(t: Any) -> None:
    t.phone.screen.draw([
        Node(id="box", rect=(0, 900, 393, 150)),
        Node(id="target", class_="row", dataset={"n": 1}, rect=(0, 1000, 393, 100)),
        Node(class_="row", rect=(0, 1100, 393, 100)),
        Node(id="end", rect=(0, 2900, 393, 100)),
    ])  # fmt: skip


def observed(observer: Any, selector: str = "#target") -> list[Any]:
    """What the observer is told from now on, by rounded ratios."""
    ratios: list[Any] = []
    observer.observe(selector, lambda entry: ratios.append(round(entry["intersectionRatio"], 2)))
    return ratios


# --- intersection --------------------------------------------------------------------------------------------------


@supporting("createIntersectionObserver", "IntersectionObserver.relativeToViewport")
def test_who_observes_is_told_when_a_node_comes_and_goes(t: Any) -> None:
    _draw(t)
    ratios = observed(t.createIntersectionObserver({}).relativeToViewport())
    for top in (100, 246, 296, 500, 1500):
        t.phone.screen.scroll(top)
    assert ratios == [0.5, 0]


def test_thresholds_say_when(weapp: Any) -> None:
    observer = weapp.createIntersectionObserver({}, {"thresholds": [0.2, 0.9]}).relativeToViewport()
    ratios = observed(observer)
    for top in (250, 256, 276, 340, 400, 276, 247):
        weapp.phone.screen.scroll(top)
    assert ratios == [0.3, 0.94, 0.3, 0.01]


def test_the_first_look_is_compared_with_the_initial_ratio(weapp: Any) -> None:
    for initial, told in ((0, [1.0]), (1, [])):
        weapp.phone.screen.scroll(500)
        observer = weapp.createIntersectionObserver({}, {"initialRatio": initial, "thresholds": [0.5]})
        assert observed(observer.relativeToViewport()) == told


def test_margins_widen_and_narrow_the_view(weapp: Any) -> None:
    early = observed(weapp.createIntersectionObserver({}).relativeToViewport(bottom=100))
    late = observed(weapp.createIntersectionObserver({}).relativeToViewport({"bottom": -100}))
    weapp.phone.screen.scroll(171)
    assert (early, late) == ([0.25], [])
    weapp.phone.screen.scroll(371)
    assert (early, late) == ([0.25], [0.25])


def test_another_node_may_be_the_view(weapp: Any) -> None:
    assert observed(weapp.createIntersectionObserver({}).relativeTo("#box")) == [0.5]
    assert observed(weapp.createIntersectionObserver({}).relativeTo("#box").relativeToViewport()) == []
    assert observed(weapp.createIntersectionObserver({}).relativeTo("#nothing")) == []


def test_all_that_match_are_observed_or_the_first(weapp: Any) -> None:
    first = observed(weapp.createIntersectionObserver({}).relativeToViewport(), ".row")
    every = observed(weapp.createIntersectionObserver({}, {"observeAll": True}).relativeToViewport(), ".row")
    weapp.phone.screen.scroll(700)
    assert (first, every) == ([1], [1, 1])


def test_the_entry_says_who_where_and_when(weapp: Any) -> None:
    weapp.phone.clock.stop()
    entries: list[Any] = []
    weapp.createIntersectionObserver({}).relativeToViewport().observe("#target", entries.append)
    weapp.phone.screen.scroll(300)
    (entry,) = entries
    rect = {"left": 0, "right": 393, "top": 700, "bottom": 800, "width": 393, "height": 100}
    common = {**rect, "bottom": 754, "height": 54}
    assert {name: entry.boundingClientRect[name] for name in rect} == rect
    assert {name: entry.intersectionRect[name] for name in common} == common
    assert (entry.relativeRect.top, entry.relativeRect.bottom) == (0, 754)
    assert (entry["id"], entry["dataset"], entry.time) == ("target", {"n": 1}, int(weapp.phone.clock.now() * 1000))
    assert entry.intersectionRatio == 0.54


def test_after_disconnect_nobody_is_told(weapp: Any) -> None:
    observer = weapp.createIntersectionObserver({}).relativeToViewport()
    ratios = observed(observer)
    observer.disconnect()
    weapp.phone.screen.scroll(500)
    assert ratios == []


def test_who_was_disconnected_by_another_is_not_told(weapp: Any) -> None:
    first, second = (weapp.createIntersectionObserver({}).relativeToViewport() for _ in range(2))
    first.observe("#target", lambda entry: second.disconnect())
    ratios = observed(second)
    weapp.phone.screen.scroll(500)
    assert ratios == []


def test_on_the_web_a_wrong_selector_is_refused_and_nothing_is_observed() -> None:
    phone = Phone()
    observer = phone.native("h5", "h5").createIntersectionObserver()
    with pytest.raises(NativeError, match="'#1a' is not a valid selector"):
        observer.relativeTo("#1a")
    with pytest.raises(NativeError, match="'#1a' is not a valid selector"):
        observer.relativeToViewport().observe("#1a", print)
    phone.screen.draw(Node(id="a"))


def test_an_observer_ends_with_its_page(weapp: Any) -> None:
    weapp.navigateTo(url="/pages/other/other").result()
    _draw(weapp)
    ratios = observed(weapp.createIntersectionObserver({}).relativeToViewport())
    weapp.navigateBack().result()
    _draw(weapp)
    weapp.phone.screen.scroll(500)
    assert ratios == []


def test_an_observer_looks_at_what_is_drawn_anew_and_at_scroll_views(weapp: Any) -> None:
    ratios = observed(weapp.createIntersectionObserver({}).relativeToViewport())
    weapp.phone.screen.draw(Node(id="target", rect=(0, 10, 10, 10)))
    weapp.phone.screen.draw(
        '<scroll-view id="s" style="height:100px"><view id="target" style="height:50px"/></scroll-view>'
    )
    (place,) = weapp.phone.nodes.find(weapp.phone.pages.current, "#s", None, weapp.phone.pages.front)
    weapp.phone.nodes.scroll(place.node, 0, 60)
    assert ratios == [1, 0]


def test_a_node_without_size_is_never_to_be_seen(weapp: Any) -> None:
    weapp.phone.screen.draw(Node(id="target", rect=(0, 0, 10, 0)))
    assert observed(weapp.createIntersectionObserver({}).relativeToViewport()) == []


def test_without_a_reference_there_is_nothing_to_observe(weapp: Any) -> None:
    ratios = observed(weapp.createIntersectionObserver({}))
    weapp.phone.screen.scroll(500)
    assert ratios == []


def test_a_component_is_observed_in_its_own_tree(weapp: Any) -> None:
    card = Node("card", shadow=[Node(id="inner", rect=(0, 0, 10, 10))])
    weapp.phone.screen.draw(card)
    assert observed(weapp.createIntersectionObserver(card).relativeToViewport(), "#inner") == [1]
    with pytest.warns(LostCallWarning, match="sees nothing: no node of pages/index/index matches '#inner'"):
        assert observed(weapp.createIntersectionObserver({}).relativeToViewport(), "#inner") == []


def test_alipay_takes_the_options_alone() -> None:
    phone = Phone()
    entries: list[Any] = []
    my = phone.native("alipay", "my")
    phone.screen.draw([Node(class_="a", rect=(0, 0, 1, 1)), Node(class_="a", rect=(0, 0, 1, 1))])
    my.createIntersectionObserver({"selectAll": True}).relativeToViewport().observe(".a", entries.append)
    assert len(entries) == 2


@supporting("createIntersectionObserver", "IntersectionObserver.relativeToViewport")
def test_a_program_may_observe_all_on_every_platform(t: Any) -> None:
    _draw(t)
    ratios = observed(t.createIntersectionObserver({}, {"observeAll": True}).relativeToViewport(), ".row")
    t.phone.screen.scroll(700)
    assert ratios == [1, 1]


@pytest.mark.parametrize(
    ("misuse", "fault"),
    [
        (lambda observer: observer.relativeTo(5), "parameter.selector should be String instead of Number"),
        (lambda observer: observer.relativeToViewport({"top": "5"}), "parameter.top should be Number"),
        (lambda observer: observer.observe(None, print), "parameter.targetSelector should be String"),
        (lambda observer: observer.observe("#a"), "parameter.callback should be Function instead of Null"),
    ],
)
def test_misuse_is_told(misuse: Any, fault: str) -> None:
    with pytest.raises(NativeError) as caught:
        misuse(Phone().native("weapp").createIntersectionObserver())
    assert fault in caught.value.errMsg


def test_an_observer_observes_once() -> None:
    observer = Phone().native("weapp").createIntersectionObserver().relativeToViewport()
    observer.observe("#a", print)
    with pytest.raises(NativeError, match="can be only called once"):
        observer.observe("#b", print)
    with pytest.raises(NativeError, match='cannot be added after "observe"'):
        observer.relativeTo("#c")


@pytest.mark.parametrize("thresholds", ["0.5", [0, "0.5"]])
def test_thresholds_are_numbers(thresholds: Any) -> None:
    with pytest.raises(NativeError, match=r"parameter error: parameter\.thresholds"):
        Phone().native("weapp").createIntersectionObserver(None, {"thresholds": thresholds})


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_callback_that_throws_is_reported_and_the_others_are_told() -> None:
    told: list[Any] = []

    def throw(_: Any) -> None:
        raise LookupError("no idea")

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(str(context["exception"])))
        phone = Phone()
        wx = phone.native("weapp")
        phone.screen.draw(Node(id="a", rect=(0, 0, 1, 1)))
        for callback in (throw, lambda entry: told.append(entry["id"])):
            wx.createIntersectionObserver().relativeToViewport().observe("#a", callback)

    asyncio.run(main())
    assert told == ["no idea", "a"]


# --- media queries -------------------------------------------------------------------------------------------------


@supporting("createMediaQueryObserver")
def test_a_media_query_is_answered_at_once_and_when_the_phone_is_turned(t: Any) -> None:
    wide: list[bool] = []
    t.createMediaQueryObserver().observe({"minWidth": 500}, lambda res: wide.append(res["matches"]))
    t.phone.rotate("landscape")
    t.phone.rotate("landscape")
    t.phone.rotate("portrait")
    assert wide == [False, True, False]


@pytest.mark.parametrize(
    ("described", "matches"),
    [
        ({}, True),
        ({"minWidth": 393, "maxWidth": 393, "width": 393}, True),
        ({"minWidth": 394}, False),
        ({"maxWidth": 392}, False),
        ({"width": 392}, False),
        ({"minHeight": 754, "maxHeight": 754, "height": 754}, True),
        ({"minHeight": 755}, False),
        ({"maxHeight": 753}, False),
        ({"height": 1}, False),
        ({"orientation": "portrait"}, True),
        ({"orientation": "landscape"}, False),
        ({"orientation": "portrait", "maxWidth": 100}, False),
    ],
)
def test_all_that_is_described_has_to_hold(described: Any, matches: bool) -> None:
    told: list[Any] = []
    Phone().native("h5", "h5").createMediaQueryObserver().observe(described, told.append)
    assert told == [{"matches": matches}]


def test_a_media_query_ends_when_it_is_disconnected() -> None:
    phone = Phone()
    told: list[Any] = []
    observer = phone.native("h5", "h5").createMediaQueryObserver()
    observer.observe({"orientation": "landscape"}, told.append)
    observer.disconnect()
    phone.rotate("landscape")
    assert told == [{"matches": False}]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ((None, print), "parameter.descriptor should be Object instead of Null"),
        (({},), "parameter.callback should be Function instead of Null"),
        (({"minWidth": "5"}, print), "parameter.minWidth should be Number instead of String"),
        (({"orientation": 1}, print), "parameter.orientation should be String instead of Number"),
    ],
)
def test_a_media_query_is_checked(arguments: Any, fault: str) -> None:
    with pytest.raises(NativeError, match=fault):
        Phone().native("h5", "h5").createMediaQueryObserver().observe(*arguments)
