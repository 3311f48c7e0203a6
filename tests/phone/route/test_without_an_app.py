"""The pages of an app that was never launched: every one is there, and blank."""

from __future__ import annotations

from typing import Any

import pytest

import taropy
from taropy.phone import Phone


def test_without_an_app_every_page_is_there_and_blank(t: Any) -> None:
    assert t.phone.pages.routes == ["pages/index/index"]
    assert t.navigateTo(url="/pages/order/index?id=7").result().errMsg == "navigateTo:ok"
    assert t.phone.pages.routes == ["pages/index/index", "pages/order/index"]
    assert (t.phone.pages.current.route, t.phone.pages.current.query) == ("pages/order/index", {"id": "7"})


def test_without_an_app_all_ways_lead_somewhere(t: Any) -> None:
    t.navigateTo(url="/pages/a/index").result()
    t.redirectTo(url="/pages/b/index").result()
    assert t.phone.pages.routes == ["pages/index/index", "pages/b/index"]
    t.navigateBack().result()
    assert t.phone.pages.routes == ["pages/index/index"]
    t.reLaunch(url="/pages/c/index").result()
    assert t.phone.pages.routes == ["pages/c/index"]


def test_without_an_app_any_page_may_be_a_tab(weapp: Any) -> None:
    weapp.navigateTo(url="/pages/a/index").result()
    weapp.switchTab(url="/pages/mine/index").result()
    assert weapp.phone.pages.routes == ["pages/mine/index"]


def test_the_blank_pages_are_told_of_by_get_current_pages(weapp: Any) -> None:
    weapp.navigateTo(url="/pages/a/index?id=7").result()
    page = weapp.getCurrentPages()[-1]
    assert (page.route, page.options) == ("pages/a/index", {"id": "7"})
    page.note = "a program may put things on it"
    assert weapp.getCurrentPages()[-1].note == "a program may put things on it"


def test_apps_on_one_phone_have_their_own_pages() -> None:
    phone = Phone()
    with taropy.create("weapp", phone=phone) as weapp, taropy.create("tt", phone=phone) as tt:
        weapp.navigateTo(url="/pages/a/index").result()
        assert [page.route for page in tt.getCurrentPages()] == ["pages/index/index"]
        assert len(weapp.getCurrentPages()) == 2


def test_a_phone_without_an_app_says_so() -> None:
    with pytest.raises(LookupError, match="no app is on this phone"):
        Phone().pages.routes  # noqa: B018
