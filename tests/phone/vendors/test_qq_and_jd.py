"""QQ's and JD's functions, as programs of these vendors use them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from natively import call
from opened import opened

import taropy
from taropy.phone import Phone


@pytest.fixture
def qq(tmp_path: Path) -> Any:
    with opened("qq", tmp_path) as world:
        yield world


def ok(world: Any, name: str, /, **options: Any) -> Any:
    """What the function answers, which succeeds."""
    answer = call(world.native, name, **options)
    assert answer.pop("errMsg") == f"{name}:ok"
    return answer


def test_the_tab_bar_does_what_the_example_has_it_do(qq: Any) -> None:
    ok(qq, "setTabBarBadge", index=1, text="1")
    ok(qq, "showTabBarRedDot", index=0)
    ok(qq, "setTabBarItem", index=1, text="API")
    ok(qq, "setTabBarStyle", color="#FFF", selectedColor="#1AAD19", backgroundColor="#000000")
    ok(qq, "hideTabBar")
    bar = qq.phone.screen.tab_bar
    assert [(item.badge, item.red_dot, item.text) for item in bar.items] == [(None, True, "Home"), ("1", False, "API")]
    assert (bar.color, bar.selected_color, bar.background_color, bar.visible) == ("#FFF", "#1AAD19", "#000000", False)
    ok(qq, "removeTabBarBadge", index=1)
    ok(qq, "hideTabBarRedDot", index=0)
    ok(qq, "showTabBar")
    bar = qq.phone.screen.tab_bar
    assert bar.visible
    assert [(item.badge, item.red_dot) for item in bar.items] == [(None, False)] * 2


def test_pages_open_by_relative_addresses(qq: Any) -> None:
    ok(qq, "navigateTo", url="/pages/detail/detail")
    ok(qq, "navigateTo", url="./detail?tea=green")
    ok(qq, "redirectTo", url="./detail")
    assert len(qq.native.getCurrentPages()) == 3
    ok(qq, "navigateBack")
    assert len(qq.native.getCurrentPages()) == 2
    ok(qq, "switchTab", url="/pages/cart/cart")
    ok(qq, "reLaunch", url="/pages/home/home")
    assert [page.route for page in qq.native.getCurrentPages()] == ["pages/home/home"]


def test_the_bar_of_a_page_takes_a_title_colors_and_a_loading_sign(qq: Any) -> None:
    ok(qq, "setNavigationBarTitle", title="Tea")
    moving = {"duration": 400, "timingFunc": "easeIn"}
    ok(qq, "setNavigationBarColor", frontColor="#000000", backgroundColor="#FF596A", animation=moving)
    ok(qq, "showNavigationBarLoading")
    bar = qq.phone.screen.navigation_bar
    assert (bar.title, bar.front_color, bar.background_color, bar.loading) == ("Tea", "#000000", "#FF596A", True)
    ok(qq, "hideNavigationBarLoading")
    assert not qq.phone.screen.navigation_bar.loading


def test_notices_and_dialogs_are_shown(qq: Any) -> None:
    ok(qq, "showToast", title="Tea", icon="loading", duration=5000)
    ok(qq, "hideToast")
    ok(qq, "showLoading", title="")
    ok(qq, "hideLoading")
    assert ok(qq, "showModal", content="Green?", confirmText="确定", cancelText="取消")["confirm"]
    toast, loading, modal = qq.phone.screen.history
    assert (toast.icon, loading.title, modal.title, modal.content) == ("loading", "", "", "Green?")


def test_the_clipboard_the_screen_and_the_telephone_do_what_they_are_told(qq: Any) -> None:
    ok(qq, "setClipboardData", data="tea")
    assert ok(qq, "getClipboardData") == {"data": "tea"}
    ok(qq, "setScreenBrightness", value=0.3)
    assert ok(qq, "getScreenBrightness") == {"value": 0.3}
    ok(qq, "setKeepScreenOn", keepScreenOn=True)
    ok(qq, "makePhoneCall", phoneNumber="10086")
    assert qq.phone.telephone.calls == ["10086"]
    for name in ("vibrateShort", "vibrateLong"):
        ok(qq, name)
    assert len(qq.phone.hardware.vibrations) == 2


def test_what_is_stored_is_there_until_all_is_cleared(qq: Any) -> None:
    qq.native.setStorageSync("tea", "green")
    assert qq.native.getStorageSync("tea") == "green"
    qq.native.clearStorageSync()
    assert qq.native.getStorageSync("tea") == ""


def test_who_has_refused_a_profile_is_not_asked_again(qq: Any) -> None:
    qq.phone.permissions.deny("scope.userInfo")
    assert call(qq.native, "getUserInfo")["errMsg"] == "getUserInfo:fail auth deny"
    assert call(qq.native, "authorize", scope="scope.userInfo")["errMsg"] == "authorize:fail auth deny"


def test_boxes_and_observers_are_told(qq: Any) -> None:
    qq.phone.screen.draw('<view class="target" id="tea" style="height: 12px"/>')
    heard: list[Any] = []

    async def main() -> None:
        query = qq.native.createSelectorQuery()
        query.select(".target").boundingClientRect()
        query.exec(heard.append)
        qq.native.createIntersectionObserver(None).relativeToViewport().observe(".target", heard.append)

    taropy.run(main)
    [[box], seen] = heard
    assert (box["height"], box["id"]) == (12, "tea")
    assert seen["intersectionRatio"] > 0


# --- JD --------------------------------------------------------------------------------------------------------------


def test_jd_s_programs_pick_upload_and_look_at_pictures(tmp_path: Path) -> None:
    with opened("jd", tmp_path) as world:
        world.phone.media.pick(world.picture)
        chosen = ok(world, "chooseImage", count=1, sizeType=["original", "compressed"], sourceType=["album", "camera"])
        [path] = chosen["tempFilePaths"]
        assert chosen["tempFiles"] == [{"path": path, "size": world.picture.stat().st_size}]
        info = ok(world, "getImageInfo", src=path)
        assert (info["width"], info["height"]) == (40, 30)
        ok(world, "previewImage", urls=[world.web.url("/picture")], current=world.web.url("/picture"))
        told = ok(world, "uploadFile", url=world.web.url("/tea"), filePath=path, name="photo", formData={"a": "b"})
        assert told["statusCode"] == 200


@pytest.mark.parametrize(("device", "platform"), [("iPhone 15 Pro", "ios"), ("Pixel 8", "android")])
def test_jd_s_programs_know_an_iphone(device: str, platform: str) -> None:
    with Phone(device=device) as phone:
        assert phone.native("jd", "jd").getSystemInfoSync()["platform"] == platform


def test_jd_s_programs_store_lists_and_move_things(tmp_path: Path) -> None:
    with opened("jd", tmp_path) as world:
        assert world.native.getStorageSync("sizes") == ""
        world.native.setStorageSync("sizes", [{"width": 3}])
        assert world.native.getStorageSync("sizes") == [{"width": 3}]
        ok(world, "navigateTo", url="/pages/detail/detail")
        ok(world, "showToast", title="Tea", icon="none")
        assert world.phone.screen.toast.icon == "none"
        moved = world.native.createAnimation({"duration": 300, "delay": 20}).translateX(8).step().export()
        [step] = moved["actions"]
        assert step["option"]["transition"] == {"duration": 300, "timingFunction": "linear", "delay": 20}


def test_who_is_not_logged_in_to_jd_s_app_is_asked_to_by_a_login() -> None:
    with Phone() as phone:
        native = phone.native("jd", "jd")
        assert call(native, "login")["code"]
        assert phone.person.asked == []
        phone.account.log_out()
        phone.person.script("login", allow=False)
        assert call(native, "login")["errMsg"].startswith("login:fail ")
        assert call(native, "login")["code"]
        assert [question.kind for question in phone.person.asked] == ["login", "login"]


def test_who_uses_wechat_or_qq_is_logged_in() -> None:
    with Phone() as phone:
        phone.account.log_out()
        for platform, native in (("weapp", "wx"), ("qq", "qq")):
            assert call(phone.native(platform, native), "login")["code"]
        assert phone.person.asked == []
