"""What the mini programs other than Alipay do in their own way, and what all of them do alike."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from recording import over

import taropy

MINI_PROGRAMS = ("weapp", "alipay", "swan", "tt", "qq", "jd")
ROUTES = ("navigateTo", "redirectTo", "reLaunch", "switchTab")


# --- WeChat -----------------------------------------------------------------------------------------------------


def test_what_is_shared_to_has_wechats_names() -> None:
    taro, wx = over("weapp", showShareMenu={})
    items = ["wechatFriends", "wechatMoment", "qq"]
    taro.showShareMenu(showShareItems=items).result()
    assert wx.calls == [
        ("showShareMenu", {"showShareItems": items, "menus": ["shareAppMessage", "shareTimeline", "qq"]})
    ]


def test_menus_in_wechats_own_words_are_kept() -> None:
    taro, wx = over("weapp", showShareMenu={})
    taro.showShareMenu(menus=["shareTimeline"]).result()
    assert wx.calls == [("showShareMenu", {"menus": ["shareTimeline"]})]


@pytest.mark.parametrize("platform", ["qq", "tt"])
def test_other_platforms_share_to_what_was_asked_for(platform: str) -> None:
    taro, native = over(platform, showShareMenu={})
    taro.showShareMenu(showShareItems=["wechatFriends"]).result()
    assert native.calls == [("showShareMenu", {"showShareItems": ["wechatFriends"]})]


@pytest.mark.parametrize("platform", ["weapp", "jd"])
def test_the_tab_bar_is_what_the_page_says(platform: str) -> None:
    taro, _ = over(platform)
    bar = SimpleNamespace(**{"$taroInstances": "the bar"})
    assert taro.getTabBar(SimpleNamespace(getTabBar=lambda: bar)) == "the bar"
    assert taro.getTabBar(SimpleNamespace()) is None


# --- Douyin -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("icon", "native_icon"), [("error", "fail"), ("success", "success")])
def test_a_toast_on_douyin_has_douyins_icons(icon: str, native_icon: str) -> None:
    taro, tt = over("tt", showToast={})
    taro.showToast(title="t", icon=icon).result()
    assert tt.calls == [("showToast", {"title": "t", "icon": native_icon})]


def test_a_toast_on_douyin_without_an_icon_has_none() -> None:
    taro, tt = over("tt", showToast={})
    taro.showToast(title="t").result()
    assert tt.calls == [("showToast", {"title": "t"})]


# --- all --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", MINI_PROGRAMS)
@pytest.mark.parametrize("route", ROUTES)
def test_a_pages_url_is_the_programs_own_before_and_after(platform: str, route: str) -> None:
    taro, native = over(platform, **{route: {}})
    options = {"url": "/pages/index?a=1"}
    getattr(taro, route)(options).result()
    assert options == {"url": "/pages/index?a=1"}
    assert native.calls == [(route, options)]


@pytest.mark.parametrize("platform", sorted({*MINI_PROGRAMS} - {"alipay"}))  # whose events differ: see test_alipay
def test_a_socket_is_the_native_task_with_the_results_fields(platform: str) -> None:
    task = SimpleNamespace(send=lambda _: None)
    heard: list[Any] = []

    def connectSocket(options: dict[str, Any]) -> Any:
        options["success"]({"errMsg": "connectSocket:ok", "socketTaskId": 7})
        return task

    taro: Any = taropy.create(platform, native=SimpleNamespace(connectSocket=connectSocket))
    socket = taro.connectSocket(url="wss://x.test", success=heard.append).result()
    assert socket == task
    assert (socket.errMsg, socket.socketTaskId) == ("connectSocket:ok", 7)
    assert vars(task).keys() == {"send"}  # the native object stays as it is
    assert heard == [{"errMsg": "connectSocket:ok", "socketTaskId": 7}]
    assert heard[0].socketTaskId == 7


class Closed:
    """A task that takes no attributes."""

    __slots__ = ()


def test_a_task_that_takes_no_attributes_is_given_as_it_is() -> None:
    task = Closed()

    def connectSocket(options: dict[str, Any]) -> Any:
        options["success"]({"errMsg": "connectSocket:ok"})
        return task

    taro: Any = taropy.create("weapp", native=SimpleNamespace(connectSocket=connectSocket))
    assert taro.connectSocket(url="wss://x.test").result() == task


@pytest.mark.parametrize("platform", MINI_PROGRAMS)
@pytest.mark.parametrize(
    ("create", "arguments", "method", "asked"),
    [
        ("createSelectorQuery", (), "exec", (print,)),
        ("createIntersectionObserver", ({},), "observe", (".box", print)),
    ],
)
def test_a_query_works_in_the_next_tick(
    platform: str, create: str, arguments: tuple[Any, ...], method: str, asked: tuple[Any, ...]
) -> None:
    order: list[Any] = []
    made = SimpleNamespace(**{method: lambda *given: order.append(given)})
    taro: Any = taropy.create(platform, native=SimpleNamespace(**{create: lambda *_: made}))

    async def main() -> None:
        query = getattr(taro, create)(*arguments)
        getattr(query, method)(*asked)
        order.append("asked")
        await asyncio.sleep(0)

    asyncio.run(main())
    assert [what if what == "asked" else len(what) for what in order] == ["asked", len(asked)]


def test_a_query_outside_any_loop_works_at_once() -> None:
    order: list[Any] = []
    taro: Any = taropy.create(
        "weapp",
        native=SimpleNamespace(createSelectorQuery=lambda: SimpleNamespace(exec=lambda: order.append("worked"))),
    )
    taro.createSelectorQuery().exec()
    assert order == ["worked"]


def test_a_listener_that_is_not_given_is_not_passed_on() -> None:
    given: list[Any] = []
    taro: Any = taropy.create(
        "weapp", native=SimpleNamespace(onBackgroundFetchData=lambda *arguments: given.append(arguments))
    )
    taro.onBackgroundFetchData()
    assert given == [()]
