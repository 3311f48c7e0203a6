"""The ways of Taro's own routers on phones: router-rn 4.2.0, and plugin-platform-harmony-ets 4.2.0 over HarmonyOS's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from diaries import DETAIL, HOME, LIST, MINE, Diary
from supporting import failure

import taropy


@pytest.fixture
def rn(diary: Diary) -> Iterator[Any]:
    with taropy.create("rn") as t:
        diary.app.launch(t).result()
        diary.new()
        yield t


@pytest.fixture
def harmony(diary: Diary) -> Iterator[Any]:
    with taropy.create("harmony") as t:
        diary.app.launch(t).result()
        diary.new()
        yield t


# --- React Native --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["navigateTo", "redirectTo", "reLaunch", "switchTab"])
def test_react_native_succeeds_for_a_page_that_is_not_there_and_the_app_hears_of_it(
    rn: Any, diary: Diary, way: str
) -> None:
    assert getattr(rn, way)(url="/pages/none/none").result().errMsg == f"{way}:ok"
    assert rn.phone.pages.routes == [HOME]
    assert diary.last("app.onPageNotFound")["path"] == "pages/none/none"


@pytest.mark.parametrize("way", ["navigateTo", "redirectTo"])
def test_react_native_opens_no_tab_beside_the_tabs(rn: Any, way: str) -> None:
    getattr(rn, way)(url=f"/{MINE}").result()
    assert rn.phone.pages.routes == [HOME]


def test_react_native_opens_a_page_from_the_tabs(rn: Any) -> None:
    rn.switchTab(url=f"/{DETAIL}").result()
    assert rn.phone.pages.routes == [HOME, DETAIL]


def test_react_native_switches_to_a_tab(rn: Any) -> None:
    rn.navigateTo(url=f"/{LIST}").result()
    rn.switchTab(url=f"/{MINE}").result()
    assert rn.phone.pages.routes == [MINE]


# --- HarmonyOS -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("way", "code"), [("navigateTo", 100002), ("redirectTo", 200002)])
def test_harmony_has_numbers_for_a_page_that_is_not_there(harmony: Any, way: str, code: int) -> None:
    with pytest.raises(taropy.TaroError, match=f"{way}:fail Uri error") as caught:
        getattr(harmony, way)(url="/pages/none/none").result()
    assert caught.value.errCode == code
    assert harmony.phone.pages.routes == [HOME]


def test_harmony_gives_no_reason_for_what_is_no_tab(harmony: Any) -> None:
    assert failure(harmony.switchTab(url=f"/{DETAIL}")) == "switchTab:fail"


def test_harmony_has_32_pages(harmony: Any) -> None:
    for _ in range(31):
        harmony.navigateTo(url=f"/{DETAIL}").result()
    with pytest.raises(taropy.TaroError, match="Too many pages are pushed") as caught:
        harmony.navigateTo(url=f"/{DETAIL}").result()
    assert caught.value.errCode == 100003


def test_harmony_re_launches_without_asking_how_it_went(harmony: Any, diary: Diary) -> None:
    harmony.navigateTo(url=f"/{LIST}").result()
    diary.new()
    assert harmony.reLaunch(url="/pages/none/none").result().errMsg == "reLaunch:ok"
    assert harmony.phone.pages.routes == [LIST]
    assert diary.new() == "home.onUnload"


def test_harmony_knows_of_no_scene(harmony: Any) -> None:
    assert harmony.getLaunchOptionsSync().scene == 0


# --- HarmonyOS's hybrid --------------------------------------------------------------------------------------------


def test_the_hybrid_takes_a_second_tap_within_three_tenths_of_a_second_for_a_slip(diary: Diary) -> None:
    with taropy.create("harmony-hybrid") as t:
        diary.app.launch(t).result()
        t.phone.clock.stop()
        for _ in range(2):
            assert t.navigateTo(url=f"/{DETAIL}").result().errMsg == "navigateTo:ok"
        assert t.phone.pages.routes == [HOME, DETAIL]
        t.navigateTo(url=f"/{DETAIL}?other").result()
        assert t.phone.pages.routes == [HOME, DETAIL, DETAIL]
        t.phone.clock.advance(0.31)
        t.navigateTo(url=f"/{DETAIL}?other").result()
        assert t.phone.pages.routes == [HOME, DETAIL, DETAIL, DETAIL]
