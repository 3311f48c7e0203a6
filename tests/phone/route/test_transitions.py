"""Routes with an animation of the program's own, on the phones that have a renderer for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from diaries import DETAIL, HOME, LIST, Diary

import taropy
from taropy import spec
from taropy.phone import NativeError, Phone


@pytest.fixture
def t() -> Iterator[Any]:
    with taropy.create("weapp") as runtime:
        Diary(renderer="skyline").app.launch(runtime).result()
        yield runtime


@pytest.fixture
def built(t: Any) -> list[Any]:
    """With what the route builder of `half` is called from now on."""
    heard: list[Any] = []

    def half(context: Any, options: Any) -> dict[str, Any]:
        heard.append((context.primaryAnimation.value, options))
        return {"opaque": False, "transitionDuration": 300}

    t.router.addRouteBuilder("half", half)
    return heard


def opened(t: Any, route: str = LIST, **options: Any) -> Any:
    """The context of the page that is opened."""
    t.navigateTo(url=f"/{route}", **options).result()
    return t.router.getRouteContext(t.getCurrentPages()[-1])


def test_the_builder_says_how_a_page_comes_in(t: Any, built: list[Any]) -> None:
    context = opened(t, routeType="half", routeOptions={"round": True})
    assert built == [(0, {"round": True})]
    assert (context.primaryAnimation.value, context.primaryAnimationStatus.value) == (1, 3)
    assert t.phone.pages.current.transition.config == {"opaque": False, "transitionDuration": 300}


def test_a_page_makes_place_for_the_next_and_comes_back(t: Any, built: list[Any]) -> None:
    below = opened(t, routeType="half")
    above = opened(t, DETAIL, routeType="half")
    assert (below.secondaryAnimation.value, below.secondaryAnimationStatus.value) == (1, 3)
    t.navigateBack().result()
    assert (below.secondaryAnimation.value, below.secondaryAnimationStatus.value) == (0, 0)
    assert (above.primaryAnimation.value, above.primaryAnimationStatus.value) == (0, 0)


def test_the_context_leads_back_once(t: Any, built: list[Any]) -> None:
    context = opened(t, routeType="half")
    context.didPop()
    context.didPop()
    assert t.phone.pages.routes == [HOME]


def test_a_gesture_begins_and_ends(t: Any, built: list[Any]) -> None:
    context = opened(t, routeType="half")
    context.startUserGesture()
    assert context.userGestureInProgress.value == 1
    context.stopUserGesture()
    assert context.userGestureInProgress.value == 0


@pytest.mark.parametrize("options", [{}, {"routeType": "wx://modal"}])
def test_a_route_of_the_clients_own_types_has_no_context(t: Any, built: list[Any], options: dict[str, Any]) -> None:
    assert opened(t, **options) is None
    assert built == []


def test_a_type_that_was_removed_is_as_any_other(t: Any, built: list[Any]) -> None:
    t.router.removeRouteBuilder("half")
    assert opened(t, routeType="half") is None
    assert built == []


def test_pages_in_a_web_view_come_in_as_always() -> None:
    with taropy.create("weapp") as t:
        Diary().app.launch(t).result()
        t.router.addRouteBuilder("half", lambda context, options: pytest.fail("nobody is to ask"))
        assert opened(t, routeType="half") is None


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_builder_that_throws_is_told_and_the_page_comes_in(t: Any) -> None:
    heard: list[str] = []
    t.onError(heard.append)
    t.router.addRouteBuilder("half", lambda context, options: 1 / 0)
    assert opened(t, routeType="half") is None
    assert t.phone.pages.routes == [HOME, LIST]
    assert "division by zero" in heard[0]


def test_another_launch_knows_no_builders(t: Any, built: list[Any]) -> None:
    Diary(renderer="skyline").app.launch(t).result()
    assert opened(t, routeType="half") is None


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda router: router.addRouteBuilder(5, print), "parameter.routeType should be String instead of Number"),
        (lambda router: router.addRouteBuilder("a", 5), "Function instead of Number"),
        (lambda router: router.addRouteBuilder("a"), "Function instead of Undefined"),
    ],
)
def test_wrong_parameters(t: Any, call: Any, fault: str) -> None:
    with pytest.raises(taropy.TaroError, match=fault):
        call(t.router)
    native_fault = fault.replace("Undefined", "Null")
    with pytest.raises(Exception, match=native_fault):
        call(t.native.router)


@pytest.mark.parametrize("platform", sorted(set(spec.PLATFORMS) - set(spec.supported_on("router"))))
def test_no_other_platform_has_it(platform: str) -> None:
    with taropy.create(platform) as t:
        assert not hasattr(t.native, "router")
        with pytest.raises(taropy.NotSupported):
            t.router  # noqa: B018


@pytest.mark.parametrize("type", [None, [], {}, 5], ids=repr)
def test_a_type_that_is_no_text_is_refused(type: Any) -> None:
    router = Phone().native("weapp").router
    for name in ("addRouteBuilder", "removeRouteBuilder"):
        with pytest.raises(NativeError, match=rf"{name}:fail parameter error: parameter\.routeType should be String"):
            getattr(router, name)(type, print)
