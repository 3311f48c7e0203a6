"""How long it took an app to start and its pages to open, and what is loaded ahead."""

from __future__ import annotations

import math
from typing import Any

import pytest
from diaries import DETAIL, HOME, Diary
from natively import call
from servers import Answer, Received, WebServer
from supporting import failure, supporting

import taropy
from taropy.phone import Phone


def names(entries: Any) -> list[tuple[str, str]]:
    return [(entry.entryType, entry.name) for entry in entries]


@supporting("getPerformance", "navigateTo")
def test_the_back_button_is_a_route_like_others(t: Any) -> None:
    Diary().app.launch(t).result()
    t.navigateTo(url=f"/{DETAIL}?id=1").result()
    t.phone.pages.press_back()
    last = t.getPerformance().getEntriesByType("navigation")[-1]
    assert (last.path, last.navigationType) == (HOME, "navigateBack")


@supporting("getPerformance", "navigateTo")
def test_a_launch_and_its_routes_are_measured(t: Any) -> None:
    Diary().app.launch(t).result()
    t.navigateTo(url=f"/{DETAIL}?id=1").result()
    t.navigateBack().result()
    performance = t.getPerformance()
    assert names(performance.getEntries()) == [
        ("script", "evaluateScript"),
        ("navigation", "appLaunch"),
        ("render", "firstRender"),
        ("navigation", "route"),
        ("render", "firstRender"),
        ("navigation", "route"),
    ]
    routes = performance.getEntriesByType("navigation")
    assert [(entry.path, entry.navigationType) for entry in routes] == [
        (HOME, "appLaunch"),
        (DETAIL, "navigateTo"),
        (HOME, "navigateBack"),
    ]
    assert len(performance.getEntriesByName("firstRender")) == 2
    assert performance.getEntriesByName("firstRender", "navigation") == []


def test_an_entry_takes_as_long_as_the_program_did(weapp: Any) -> None:
    clock = weapp.phone.clock
    clock.stop()
    app = taropy.App(pages=["pages/index/index"])

    @app.page("pages/index/index")
    class Index:
        def onLoad(self, query: Any) -> None:
            clock.advance(0.25)

    began = clock.now()
    app.launch(weapp).result()
    (entry,) = weapp.getPerformance().getEntriesByName("appLaunch", "navigation")
    assert (entry.startTime, entry.duration) == (pytest.approx(began * 1000), pytest.approx(250, abs=0.01))


def test_a_launch_forgets_what_was_measured_before(weapp: Any) -> None:
    for _ in range(2):
        Diary().app.launch(weapp).result()
    assert len(weapp.getPerformance().getEntriesByName("appLaunch")) == 1


def test_an_observer_hears_of_the_types_it_asked_for_until_it_disconnects(weapp: Any) -> None:
    heard: list[Any] = []
    observer = weapp.getPerformance().createObserver(lambda entries: heard.append(entries.getEntries()))
    assert list(observer.supportedEntryTypes) == ["navigation", "render", "script"]
    observer.observe(entryTypes=["navigation", "script"])
    weapp.navigateTo(url="/pages/a/a").result()
    assert [names(entries) for entries in heard] == [[("navigation", "route")]]
    observer.observe(type="render")
    weapp.navigateTo(url="/pages/b/b").result()
    assert [names(entries) for entries in heard[1:]] == [[("render", "firstRender")]]
    observer.disconnect()
    weapp.navigateTo(url="/pages/c/c").result()
    assert len(heard) == 2


@pytest.mark.parametrize("options", [{}, {"type": "render", "entryTypes": ["script"]}, {"entryTypes": []}])
def test_an_observer_takes_a_type_or_several(weapp: Any, options: dict[str, Any]) -> None:
    observer = weapp.getPerformance().createObserver(print)
    with pytest.raises(taropy.TaroError, match=r"either parameter\.type or parameter\.entryTypes"):
        observer.observe(options)


def test_thirty_entries_are_kept_unless_another_number_is_set(weapp: Any) -> None:
    performance = weapp.getPerformance()
    for _ in range(20):
        weapp.redirectTo(url="/pages/a/a").result()
    assert len(performance.getEntries()) == 30
    performance.setBufferSize(3)
    assert names(performance.getEntries()) == [
        ("render", "firstRender"), ("navigation", "route"), ("render", "firstRender"),
    ]  # fmt: skip
    weapp.redirectTo(url="/pages/b/b").result()
    assert {entry.path for entry in performance.getEntries()[1:]} == {"pages/b/b"}


def test_a_program_may_change_what_it_was_given(weapp: Any) -> None:
    weapp.redirectTo(url="/pages/a/a").result()
    performance = weapp.getPerformance()
    performance.getEntries()[0]["name"] = "changed"
    assert performance.getEntries()[0].name == "route"


def test_a_restored_phone_has_the_entries_it_had(weapp: Any) -> None:
    weapp.redirectTo(url="/pages/a/a").result()
    performance = weapp.getPerformance()
    before, taken = performance.getEntries(), weapp.phone.snapshot()
    weapp.redirectTo(url="/pages/b/b").result()
    weapp.phone.performance.assets["https://example.com/a.png"] = b"since"
    weapp.phone.restore(taken)
    assert performance.getEntries() == before
    assert weapp.phone.performance.assets == {}


@pytest.mark.parametrize("size", [math.inf, math.nan, 1.5, "3", None])
def test_the_number_of_entries_is_an_integer(weapp: Any, size: Any) -> None:
    with pytest.raises(taropy.TaroError, match="setBufferSize:fail parameter error"):
        weapp.getPerformance().setBufferSize(size)


# --- loaded ahead ----------------------------------------------------------------------------------------------------


def test_assets_are_really_loaded(weapp: Any) -> None:
    def respond(received: Received) -> Answer:
        return Answer(b"the picture") if received.path == "/a.png" else Answer("gone", 404)

    files = weapp.getFileSystemManager()
    local = f"{weapp.env.USER_DATA_PATH}/b.ttf"
    files.writeFileSync(local, b"the font")
    with WebServer(respond) as server:
        picture = server.url("/a.png")
        weapp.preloadAssets(data=[{"type": "image", "src": picture}, {"type": "font", "src": local}]).result()
        assert weapp.phone.performance.assets == {picture: b"the picture", local: b"the font"}
        missing = server.url("/missing")
        assert failure(weapp.preloadAssets(data=[{"type": "image", "src": missing}])).endswith("answered 404")
    weapp.phone.network.type = "none"
    assert "ERR_INTERNET_DISCONNECTED" in failure(weapp.preloadAssets(data=[{"type": "image", "src": picture}]))


@pytest.mark.parametrize(
    ("asset", "expected"),
    [
        ("x", "parameter.data[0] should be Object instead of String"),
        ({"type": "video", "src": "x"}, "parameter.data[0].type should be one of font, image"),
        ({"type": "font"}, "parameter.data[0].src should be String instead of Null"),
    ],
)
def test_assets_are_fonts_and_images(asset: Any, expected: str) -> None:
    answer = call(Phone().native("weapp"), "preloadAssets", data=[asset])
    assert answer["errMsg"] == f"preloadAssets:fail parameter error: {expected}"


def test_views_are_made_ready_ahead(weapp: Any) -> None:
    assert weapp.preloadWebview().result().errMsg == "preloadWebview:ok"
    assert weapp.preloadSkylineView().result().errMsg == "preloadSkylineView:ok"
