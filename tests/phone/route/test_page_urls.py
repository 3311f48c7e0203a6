"""The urls of pages: where they lead, and what of a query a page is told."""

from __future__ import annotations

from typing import Any

import pytest
from diaries import HOME, LIST, Diary

import taropy


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("/pages/a/b", "pages/a/b"),
        ("detail?id=1", "pages/index/detail"),
        ("../list/index", "pages/list/index"),
        ("./other", "pages/index/other"),
        ("pages/a/b", "pages/index/pages/a/b"),
        ("/../../a", "a"),
    ],
)
def test_a_url_is_relative_to_the_page(weapp: Any, url: str, route: str) -> None:
    weapp.navigateTo(url=url).result()
    assert weapp.phone.pages.current.route == route


@pytest.mark.parametrize(
    ("url", "route"),
    [("pages/a/b", "pages/a/b"), ("./other", "pages/index/other"), ("../list/index", "pages/list/index")],
)
@pytest.mark.parametrize("platform", ["h5", "rn", "harmony", "harmony-hybrid"])
def test_with_taros_own_routers_a_url_begins_at_the_root_unless_with_a_dot(platform: str, url: str, route: str) -> None:
    with taropy.create(platform) as t:
        t.navigateTo(url=url).result()
        assert t.phone.pages.current.route == route


@pytest.mark.parametrize(
    ("platform", "name"),
    [
        *((platform, "%E8%8C%B6") for platform in ("weapp", "tt")),
        *((platform, "茶") for platform in ("alipay", "harmony")),
    ],
)
def test_a_query_comes_as_the_platform_hands_it_on(platform: str, name: str) -> None:
    with taropy.create(platform) as t:
        t.navigateTo(url="/pages/a/b?name=%E8%8C%B6&x=1=2&flag&x2=&&").result()
        assert t.phone.pages.current.query == {"name": name, "x": "1=2", "flag": "", "x2": ""}


def test_on_react_native_a_query_has_lists_and_bare_names() -> None:
    with taropy.create("rn") as t:
        t.navigateTo(url="/pages/a/b?name=%E8%8C%B6+x&d=1&flag&d=2&x2=&d&&y=1=2#part?z=1").result()
        query = {"d": ["1", "2", None], "flag": None, "name": "茶 x", "x2": "", "y": "1=2"}
        assert t.phone.pages.current.query == query


@pytest.mark.parametrize("platform", ["h5", "harmony-hybrid"])
def test_on_the_web_a_query_has_lists_and_bare_names_in_the_order_of_the_alphabet(platform: str) -> None:
    diary = Diary()
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        t.navigateTo(url=f"/{LIST}?x2=&d=1&name=%E8%8C%B6&flag&d=2&x=1=2&&").result()
        query = {"d": ["1", "2"], "flag": None, "name": "%E8%8C%B6", "x": "1=2", "x2": "", "stamp": "AB"}
        assert diary.last("list.onLoad") == query
        assert list(diary.last("list.onLoad")) == list(query)


@pytest.mark.parametrize("platform", ["h5", "harmony-hybrid"])
def test_on_the_web_each_page_has_a_stamp(platform: str) -> None:
    diary = Diary()
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        t.navigateTo(url=f"/{LIST}").result()
        t.navigateBack().result()
        t.navigateTo(url=f"/{LIST}?a=1").result()
        pages = t.getCurrentPages()
        assert [page.route for page in pages] == [f"/{HOME}", f"/{LIST}"]
        assert [page.path for page in pages] == [f"/{HOME}?stamp=AA", f"/{LIST}?stamp=AC"]
        assert t.getCurrentInstance().router["$taroPath"] == f"/{LIST}?stamp=AC"


def test_of_a_name_that_comes_twice_the_last_value_counts(weapp: Any) -> None:
    weapp.navigateTo(url="/pages/a/b?x=1&x=2").result()
    assert weapp.phone.pages.current.query == {"x": "2"}
