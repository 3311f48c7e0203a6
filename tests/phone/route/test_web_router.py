"""Taro's router for the web: it leads to tabs in its own way, and tells the app of pages that there are not."""

from __future__ import annotations

from typing import Any

import pytest
from diaries import FORM, HOME, LIST, MINE, Diary


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo", "switchTab"])
def test_on_the_web_whoever_leads_to_a_tab_switches_to_it(web: Any, diary: Diary, name: str) -> None:
    diary.app.launch(web).result()
    web.navigateTo(url=f"/{LIST}").result()
    diary.new()
    assert getattr(web, name)(url=f"/{MINE}?id=7").result().errMsg == f"{name}:ok"
    assert diary.new() == "mine.onLoad mine.onShow mine.onReady list.onUnload"
    assert diary.last("mine.onLoad").id == "7"
    assert web.phone.pages.routes == [MINE]


def test_on_the_web_a_switch_to_what_is_no_tab_is_a_redirect(web: Any, diary: Diary) -> None:
    diary.app.launch(web).result()
    web.navigateTo(url=f"/{LIST}").result()
    diary.new()
    web.switchTab(url=f"/{FORM}").result()
    assert diary.new() == "list.onUnload form.onLoad form.onShow form.onReady"
    assert web.phone.pages.routes == [HOME, FORM]


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo", "reLaunch", "switchTab"])
def test_on_the_web_the_app_is_told_of_a_page_that_it_does_not_have(web: Any, diary: Diary, name: str) -> None:
    diary.app.launch(web).result()
    diary.new()
    assert getattr(web, name)(url="/pages/x/x?id=1").result().errMsg == f"{name}:ok"
    assert (diary.new(), web.phone.pages.routes) == ("app.onPageNotFound", [HOME])
    missing = {"path": "/pages/x/x", "query": {"id": "1", "stamp": "AB"}, "isEntryPage": False}
    assert diary.last("app.onPageNotFound") == missing
